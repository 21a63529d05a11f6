//! The practice validation server (Validation Protocol 2.0, as Yubico/yubikey-val's `ykval-verify.php`
//! answers) and the page of the virtual keys. Unlike Yubico's it takes no unsigned request.

use std::collections::HashMap;
use std::fmt::Write as _;

use axum::Form;
use axum::extract::Query;
use axum::http::header;
use axum::routing::post;
use data_encoding::BASE64;
use serde::Deserialize;

use super::virtual_key::Seen;
use super::*;
use crate::factors::yubikey::protocol::sign;

pub fn routes() -> Router<Gateways> {
    Router::new()
        .route("/yubikey", get(keys))
        .route("/yubikey/touch", post(touch))
        .route("/yubikey/plug", post(plug))
        .route("/yubikey/wsapi/2.0/verify", get(verify))
}

#[derive(Template)]
#[template(path = "practice/gateways_yubikey.html")]
struct KeysPage {
    frame: Frame,
    keys: Vec<VirtualKey>,
    /// The key touched just now, and what it typed.
    typed: Option<(usize, String)>,
}

#[derive(Deserialize)]
struct KeyForm {
    key: usize,
}

async fn keys(State(gateways): State<Gateways>) -> Response {
    page(&gateways, None)
}

async fn touch(State(gateways): State<Gateways>, Form(form): Form<KeyForm>) -> Response {
    match gateways.touch(form.key) {
        Ok(otp) => page(&gateways, Some((form.key, otp))),
        Err(error) => gateways.trouble(StatusCode::BAD_REQUEST, &format!("{error:#}")),
    }
}

async fn plug(State(gateways): State<Gateways>, Form(form): Form<KeyForm>) -> Response {
    let done = gateways.state().keys.plug_in(form.key, &gateways.0.surroundings.folder);
    match done {
        Ok(()) => Redirect::to("/yubikey").into_response(),
        Err(error) => gateways.trouble(StatusCode::BAD_REQUEST, &format!("{error:#}")),
    }
}

fn page(gateways: &Gateways, typed: Option<(usize, String)>) -> Response {
    let keys = gateways.state().keys.0.clone();
    render(&KeysPage { frame: gateways.frame("Virtual YubiKeys"), keys, typed })
}

/// The `verify` call: 200 whatever it finds.
async fn verify(State(gateways): State<Gateways>, Query(query): Query<HashMap<String, String>>) -> Response {
    let (status, extra, secret) = judge(&gateways, &query);
    let now = gateways.0.surroundings.clock.now();
    let (hour, minute, second) = now.to_hms();
    let t = format!("{}T{hour:02}:{minute:02}:{second:02}Z{:04}", now.date(), now.millisecond());
    let mut pairs = vec![("t", t), ("status", status.to_owned())];
    pairs.extend(extra);
    let h = sign(&secret, pairs.iter().map(|(name, value)| (*name, value.as_str())));
    let mut body = format!("h={h}\r\n");
    for (name, value) in pairs {
        // Writing into a String does not fail.
        let _ = write!(body, "{name}={value}\r\n");
    }
    ([(header::CONTENT_TYPE, "text/plain")], body + "\r\n").into_response()
}

type Pairs = Vec<(&'static str, String)>;

/// Status, what is told besides, and the secret to sign with: none for who is not known.
fn judge(gateways: &Gateways, query: &HashMap<String, String>) -> (&'static str, Pairs, Vec<u8>) {
    let get = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(get("id")) {
        return ("MISSING_PARAMETER", vec![], vec![]);
    }
    if get("id") != YUBIKEY_CLIENT_ID {
        return ("NO_SUCH_CLIENT", vec![], vec![]);
    }
    let secret = BASE64.decode(YUBIKEY_SECRET.as_bytes()).unwrap_or_default();
    let (otp, nonce) = (get("otp").to_ascii_lowercase(), get("nonce"));
    let nonce_fits = (16..=40).contains(&nonce.len()) && nonce.bytes().all(|b| b.is_ascii_alphanumeric());
    let sl = get("sl");
    let sl_fits =
        matches!(sl, "" | "fast" | "secure") || sl.parse::<u8>().is_ok_and(|percent| percent <= 100);
    if otp.is_empty()
        || !nonce_fits
        || !sl_fits
        || !matches!(get("timeout"), text if text.is_empty() || digits(text))
    {
        return ("MISSING_PARAMETER", vec![], secret);
    }
    let signed = query.iter().filter(|(name, _)| *name != "h").map(|(n, v)| (n.as_str(), v.as_str()));
    if get("h") != sign(&secret, signed) {
        return ("BAD_SIGNATURE", vec![], secret);
    }
    let mut told = vec![("otp", otp.clone()), ("nonce", nonce.to_owned())];
    let mut state = gateways.state();
    let Some((key, block)) = state.keys.of(&otp).and_then(|key| {
        let block = key.decrypt(&otp).ok()?;
        Some((key, block))
    }) else {
        return ("BAD_OTP", told, secret);
    };
    if let Some(seen) = &key.seen {
        let (last, this) = ((seen.session, seen.in_session), (block.session, block.in_session));
        if last == this && seen.nonce == nonce {
            return ("REPLAYED_REQUEST", told, secret);
        }
        if last >= this {
            return ("REPLAYED_OTP", told, secret);
        }
    }
    key.seen = Some(Seen { session: block.session, in_session: block.in_session, nonce: nonce.into() });
    if state.keys.keep(&gateways.0.surroundings.folder).is_err() {
        return ("BACKEND_ERROR", told, secret);
    }
    told.push(("sl", "100".into()));
    if get("timestamp") == "1" {
        told.push(("timestamp", block.timestamp.to_string()));
        told.push(("sessioncounter", block.session.to_string()));
        told.push(("sessionuse", block.in_session.to_string()));
    }
    ("OK", told, secret)
}
