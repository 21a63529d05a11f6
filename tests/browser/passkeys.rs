//! The passkey script and the room behind it in a real browser, with a page of this test's own and
//! Chromium's virtual authenticators.

use std::sync::{Arc, Mutex};

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use axum::{Form, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use vestibule::config::{BaseUrl, Config};
use vestibule::factors::passkey::{
    Assertion, Attestation, Authenticating, Passkey, Passkeys, Person, Purpose, Refusal, Registering,
};
use vestibule::random::Random;

use super::authenticator::{Authenticator, Kind};
use super::chromium::{Browser, Screen};
use crate::support::config;

const NOW: OffsetDateTime = datetime!(2026-11-23 09:00:10 UTC);
const ZOE: Uuid = Uuid::from_u128(0x20e);

/// One customer's passkeys and the ceremony under way.
struct Site {
    passkeys: Passkeys,
    random: Random,
    stored: Vec<Passkey>,
    registering: Option<Registering>,
    authenticating: Option<Authenticating>,
    now: OffsetDateTime,
}

type Shared = Arc<Mutex<Site>>;

#[derive(Deserialize)]
struct Answer {
    credential: String,
}

/// Serves the page at `http://localhost`; its address, and what it knows.
async fn serve() -> (String, Shared) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let config = Config { base_url: BaseUrl::parse(&base).unwrap(), ..config() };
    let site = Arc::new(Mutex::new(Site {
        passkeys: Passkeys::new(&config.base_url),
        random: Random::seeded(3),
        stored: vec![],
        registering: None,
        authenticating: None,
        now: NOW,
    }));
    let script = || async { ([(CONTENT_TYPE, "text/javascript")], include_str!("../../static/passkey.js")) };
    let style = || async { ([(CONTENT_TYPE, "text/css")], include_str!("../../static/vestibule.css")) };
    let router = Router::new()
        .route("/passkey.js", get(script))
        .route("/style.css", get(style))
        .route("/{what}", get(ask).post(judge))
        .with_state(site.clone());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (base, site)
}

async fn ask(State(site): State<Shared>, Path(what): Path<String>) -> impl IntoResponse {
    let mut site = site.lock().unwrap();
    let (kind, options) = match what.as_str() {
        "register" => ("create", site.begin_registration()),
        "second" => ("get", site.begin_authentication(Purpose::SecondFactor)),
        "whole" => ("get", site.begin_authentication(Purpose::WholeSignIn)),
        "discover" => ("get", site.begin_discoverable()),
        "autofill" => ("autofill", site.begin_discoverable()),
        "elsewhere" => {
            let mut options = site.begin_discoverable();
            options["rpId"] = "example.com".into();
            ("get", options)
        }
        _ => panic!("{what}"),
    };
    page(&what, &form(kind, &options))
}

async fn judge(
    State(site): State<Shared>,
    Path(what): Path<String>,
    Form(answer): Form<Answer>,
) -> impl IntoResponse {
    let mut site = site.lock().unwrap();
    let judged = if what == "register" { site.register(&answer) } else { site.sign_in(&answer) };
    let heading = judged.unwrap_or_else(|refusal| format!("Refused: {}", refusal.word()));
    page(&heading, "<p>Done.</p>")
}

impl Site {
    fn begin_registration(&mut self) -> Value {
        let person = Person { handle: ZOE, name: "zoe@example.com (Acme)", display_name: "Zoë" };
        let (options, state) = self.passkeys.begin_registration(person, &self.stored, &self.random, self.now);
        self.registering = Some(state);
        options
    }

    fn begin_authentication(&mut self, purpose: Purpose) -> Value {
        let (options, state) =
            self.passkeys.begin_authentication(&self.stored, purpose, &self.random, self.now);
        self.authenticating = Some(state);
        options
    }

    fn begin_discoverable(&mut self) -> Value {
        let (options, state) = self.passkeys.begin_discoverable(&self.random, self.now);
        self.authenticating = Some(state);
        options
    }

    fn register(&mut self, answer: &Answer) -> Result<String, Refusal> {
        let state = self.registering.take().expect("one answer a challenge");
        let passkey =
            self.passkeys.finish_registration(&state, &Attestation::read(&answer.credential)?, self.now)?;
        let said = if passkey.data.user_verified { "Registered, verified" } else { "Registered" };
        self.stored.push(passkey);
        Ok(said.into())
    }

    fn sign_in(&mut self, answer: &Answer) -> Result<String, Refusal> {
        let state = self.authenticating.take().expect("one answer a challenge");
        let answer = Assertion::read(&answer.credential)?;
        let named = |passkey: &&mut Passkey| passkey.credential_id == answer.credential_id();
        let stored = self.stored.iter_mut().find(named).ok_or(Refusal::UnknownCredential)?;
        let verified = self.passkeys.finish_authentication(&state, &answer, stored, ZOE, self.now)?;
        *stored = verified.passkey;
        Ok(if verified.user_verified { "Signed in, verified" } else { "Signed in" }.into())
    }
}

fn form(kind: &str, options: &Value) -> String {
    let options = options.to_string().replace('&', "&amp;").replace('"', "&quot;");
    let errors = ["cancelled", "exists", "failed", "unsupported"]
        .map(|word| format!(r#"<p data-passkey-error="{word}" hidden>It was {word}.</p>"#))
        .concat();
    let name = match kind {
        "autofill" => r#"<label for="name">Name</label><input id="name" autocomplete="username webauthn">"#,
        _ => "",
    };
    format!(
        r#"{name}<form method="post" data-passkey="{kind}" data-passkey-options="{options}">
<input type="hidden" name="credential">
<button type="submit" data-passkey-button hidden>Use a passkey</button><div role="alert">{errors}</div></form>
<p data-passkey-unsupported>This browser has no passkeys.</p>"#
    )
}

/// Under a policy that lets nothing inline run.
fn page(heading: &str, body: &str) -> impl IntoResponse + use<> {
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'";
    let html = format!(
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{heading}</title>
<link rel="stylesheet" href="/style.css"><script src="/passkey.js" defer></script></head>
<body><main><h1>{heading}</h1>{body}</main></body></html>"#
    );
    ([(CONTENT_SECURITY_POLICY, policy)], Html(html))
}

/// Opens the page `what`, uses the button, and sees `heading`.
#[track_caller]
fn does(browser: &Browser, base: &str, what: &str, heading: &str) -> impl Future<Output = ()> {
    let (address, what, heading) = (format!("{base}/{what}"), what.to_owned(), heading.to_owned());
    async move {
        browser.open(&address).await;
        browser.sees(&what).await;
        browser.press("Use a passkey").await;
        browser.sees(&heading).await;
    }
}

/// Opens the page `what`, uses the button, and reads why it came to nothing; the button stays.
async fn fails(browser: &Browser, base: &str, what: &str, word: &str) {
    browser.open(&format!("{base}/{what}")).await;
    browser.sees(what).await;
    browser.press("Use a passkey").await;
    browser.awaits("[role=alert]", &format!("It was {word}.")).await;
    let shown =
        "return [...document.querySelectorAll('[data-passkey-error]')].filter((e) => !e.hidden).length";
    assert_eq!(browser.run(shown).await, 1);
    assert_eq!(browser.run("return document.querySelector('button').disabled").await, false);
}

#[tokio::test]
async fn a_passkey_of_the_device_registers_once_and_signs_in_in_every_way() {
    let (base, site) = serve().await;
    let browser = Browser::start("passkey", Screen::Desktop).await;
    let device = Authenticator::add(&browser, Kind::Internal).await;
    does(&browser, &base, "register", "Registered, verified").await;
    assert_eq!(device.credentials().await.len(), 1);
    assert_eq!(site.lock().unwrap().stored[0].data.discoverable, Some(true));
    fails(&browser, &base, "register", "exists").await;

    does(&browser, &base, "second", "Signed in, verified").await;
    does(&browser, &base, "whole", "Signed in, verified").await;
    does(&browser, &base, "discover", "Signed in, verified").await;

    // For another host the browser refuses by itself.
    fails(&browser, &base, "elsewhere", "failed").await;

    // The wrong finger, and then the right one on the same page.
    device.set_verified(false).await;
    fails(&browser, &base, "discover", "cancelled").await;
    fails(&browser, &base, "whole", "cancelled").await;
    device.set_verified(true).await;
    browser.press("Use a passkey").await;
    browser.sees("Signed in, verified").await;

    // Too late.
    browser.open(&format!("{base}/second")).await;
    browser.sees("second").await;
    site.lock().unwrap().now += Duration::minutes(10);
    browser.press("Use a passkey").await;
    browser.sees("Refused: expired").await;

    device.forget().await;
    fails(&browser, &base, "discover", "cancelled").await;
    browser.quit().await;
}

#[tokio::test]
async fn a_plain_security_key_is_a_second_factor_and_no_more() {
    let (base, site) = serve().await;
    let browser = Browser::start("passkey-usb", Screen::DarkPhone).await;
    let _key = Authenticator::add(&browser, Kind::PlainUsb).await;
    does(&browser, &base, "register", "Registered").await;
    assert_eq!(site.lock().unwrap().stored[0].data.discoverable, Some(false));
    does(&browser, &base, "second", "Signed in").await;
    fails(&browser, &base, "whole", "cancelled").await;
    browser.axe("a refused passkey").await;
    browser.quit().await;
}

#[tokio::test]
async fn a_copied_key_is_told_by_its_counter() {
    let (base, site) = serve().await;
    let browser = Browser::start("passkey-copy", Screen::Desktop).await;
    let device = Authenticator::add(&browser, Kind::Internal).await;
    does(&browser, &base, "register", "Registered, verified").await;
    let copied = device.credentials().await.remove(0);
    does(&browser, &base, "second", "Signed in, verified").await;
    does(&browser, &base, "second", "Signed in, verified").await;
    assert!(site.lock().unwrap().stored[0].counter > 2);
    device.remove().await;

    let thief = Authenticator::add(&browser, Kind::Internal).await;
    thief.put(&copied).await;
    does(&browser, &base, "second", "Refused: counter_went_back").await;
    browser.quit().await;
}

/// Runs `script` on every page from here on, before the page's own.
pub async fn before_each_page(browser: &Browser, script: &str) {
    let parameters = json!({ "source": script });
    let command = json!({ "cmd": "Page.addScriptToEvaluateOnNewDocument", "params": parameters });
    browser.command(reqwest::Method::POST, "goog/cdp/execute", command).await;
}

#[tokio::test]
async fn a_browser_that_cannot_write_json_is_helped_and_one_without_passkeys_is_told() {
    let (base, _) = serve().await;
    let browser = Browser::start("passkey-old", Screen::Desktop).await;
    let _device = Authenticator::add(&browser, Kind::Internal).await;
    let older = "delete PublicKeyCredential.parseCreationOptionsFromJSON;
        delete PublicKeyCredential.parseRequestOptionsFromJSON;
        delete PublicKeyCredential.prototype.toJSON;";
    before_each_page(&browser, older).await;
    does(&browser, &base, "register", "Registered, verified").await;
    does(&browser, &base, "second", "Signed in, verified").await;
    does(&browser, &base, "discover", "Signed in, verified").await;
    fails(&browser, &base, "register", "exists").await;

    before_each_page(&browser, "delete window.PublicKeyCredential").await;
    browser.open(&format!("{base}/discover")).await;
    browser.sees("discover").await;
    let text = browser.text().await;
    assert!(text.contains("This browser has no passkeys.") && !text.contains("Use a passkey"), "{text}");
    browser.quit().await;
}

/// A virtual authenticator takes what autofill offers as soon as it has something to offer.
#[tokio::test]
async fn autofill_signs_in_and_gives_way_to_the_button() {
    let (base, _) = serve().await;
    let browser = Browser::start("passkey-autofill", Screen::Desktop).await;
    let _device = Authenticator::add(&browser, Kind::Internal).await;
    does(&browser, &base, "register", "Registered, verified").await;
    browser.open(&format!("{base}/autofill")).await;
    browser.sees("Signed in, verified").await;

    // An offer nobody takes waits until the button ends it.
    let untaken = "const get = navigator.credentials.get.bind(navigator.credentials);
        navigator.credentials.get = ({ mediation, signal, publicKey }) => {
            if (mediation !== 'conditional') return get({ mediation, signal, publicKey });
            return new Promise((_, end) => signal.addEventListener('abort', () => {
                sessionStorage.ended = signal.reason.name;
                end(signal.reason);
            }));
        };";
    before_each_page(&browser, untaken).await;
    browser.open(&format!("{base}/autofill")).await;
    browser.sees("autofill").await;
    browser.press("Use a passkey").await;
    browser.sees("Signed in, verified").await;
    assert_eq!(browser.run("return sessionStorage.ended").await, "AbortError");
    browser.quit().await;
}
