//! Yubico's Validation Protocol, version 2.0, without the sending
//! (<https://developers.yubico.com/OTP/Specifications/OTP_validation_protocol.html>; the server is
//! Yubico/yubikey-val).
//!
//! Both ways a message is a set of `name=value`, signed by HMAC-SHA-1 under the client's secret over
//! the pairs sorted by name and joined with `&`. An answer counts only when its signature is right
//! and it repeats the OTP and the nonce of the request. One exception, which lets nobody in: a server
//! that does not know the client cannot sign for it, so the statuses that say so are believed unsigned.

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use url::Url;

use super::Otp;

/// The longest answer worth reading, in bytes; Yubico's have some 200.
pub const MAX_ANSWER: usize = 4096;
/// The most pairs of an answer.
const MAX_PAIRS: usize = 32;
/// Of the servers behind one address, how many percent must have heard of the OTP (`sl`), and how
/// long the one that was asked may wait for them, in seconds. Half the servers can't be misled by a
/// replay elsewhere; 8 seconds leave the client's 10 room for the way.
const SYNC_PERCENT: &str = "50";
const SYNC_SECONDS: &str = "8";

/// The key's own counters at a touch. Later touches have a larger pair (`session`, `in_session`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touch {
    /// `sessioncounter`: how often the key was plugged in, 15 bits.
    pub session: u16,
    /// `sessionuse`: which touch since then.
    pub in_session: u8,
}

/// What is known of an OTP after asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Right and, to the server, new. Compare the counters with those stored last.
    Right(Touch),
    /// No OTP of a key the server knows.
    Wrong,
    /// Right once, and seen before.
    Replayed,
    /// The server is out of reach or in trouble: nobody's fault here, try again.
    Away(String),
    /// The operator's part: client id, secret or address are not right.
    Misconfigured(String),
    /// An answer that a right server would not give: forged, or not this protocol.
    Distrusted(&'static str),
}

/// The signature of a set of pairs, in base64. `h` itself must not be among them.
pub fn sign<'a>(secret: &[u8], pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    data_encoding::BASE64.encode(&mac(secret, pairs).finalize().into_bytes())
}

fn mac<'a>(secret: &[u8], pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Hmac<Sha1> {
    let sorted: BTreeMap<&str, &str> = pairs.into_iter().collect();
    let line: Vec<String> = sorted.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("HMAC takes a key of any length");
    mac.update(line.join("&").as_bytes());
    mac
}

/// The address that asks `server` about `otp`. `nonce`: 16 to 32 random letters and digits (the
/// specification says up to 40; Yubico's server has taken no more than 32).
pub fn request(server: &Url, client_id: &str, secret: &[u8], otp: &Otp, nonce: &str) -> Url {
    let pairs = [
        ("id", client_id),
        ("nonce", nonce),
        ("otp", otp.as_str()),
        ("sl", SYNC_PERCENT),
        ("timeout", SYNC_SECONDS),
        ("timestamp", "1"),
    ];
    let signature = sign(secret, pairs);
    let mut url = server.clone();
    url.query_pairs_mut().clear().extend_pairs(pairs).append_pair("h", &signature);
    url
}

/// Reads the body of an answer and says what it means for `otp`, asked about with `nonce`.
pub fn read(body: &[u8], secret: &[u8], otp: &Otp, nonce: &str) -> Verdict {
    let Some(pairs) = pairs(body) else {
        return Verdict::Distrusted("the answer is not in the form of the validation protocol");
    };
    let get = |name: &str| pairs.get(name).copied();
    let Some(status) = get("status") else { return Verdict::Distrusted("the answer has no status") };
    if !is_signed(&pairs, secret) {
        return match status {
            "NO_SUCH_CLIENT" | "BAD_SIGNATURE" => misconfigured(status),
            _ => Verdict::Distrusted("the answer's signature is missing or wrong"),
        };
    }
    // Yubico's server repeats both only where it got far enough to know them.
    let differs = |name: &str, sent: &str| get(name).is_some_and(|value| value != sent);
    if differs("otp", otp.as_str()) || differs("nonce", nonce) {
        return Verdict::Distrusted("the answer is for another request");
    }
    match status {
        "OK" => {
            if get("otp").is_none() || get("nonce").is_none() {
                return Verdict::Distrusted("the answer does not repeat OTP and nonce");
            }
            let touch = || -> Option<Touch> {
                let session = get("sessioncounter")?.parse().ok()?;
                Some(Touch { session, in_session: get("sessionuse")?.parse().ok()? })
            };
            touch().map_or(Verdict::Distrusted("the answer lacks the key's counters"), Verdict::Right)
        }
        "BAD_OTP" => Verdict::Wrong,
        // The second: this OTP with this very nonce. The nonce is fresh, so somebody sent our request
        // twice; who is first cannot be told.
        "REPLAYED_OTP" | "REPLAYED_REQUEST" => Verdict::Replayed,
        "BACKEND_ERROR" | "NOT_ENOUGH_ANSWERS" => Verdict::Away(status.to_owned()),
        "BAD_SIGNATURE" | "NO_SUCH_CLIENT" | "OPERATION_NOT_ALLOWED" | "MISSING_PARAMETER" => {
            misconfigured(status)
        }
        _ => Verdict::Distrusted("the answer has a status that the protocol does not know"),
    }
}

fn misconfigured(status: &str) -> Verdict {
    Verdict::Misconfigured(status.to_owned())
}

/// The pairs of an answer, a line each. None when a line is none, or a name comes twice (which of the
/// two was signed?).
fn pairs(body: &[u8]) -> Option<BTreeMap<&str, &str>> {
    let body = std::str::from_utf8(body).ok().filter(|body| body.len() <= MAX_ANSWER && body.is_ascii())?;
    let mut pairs = BTreeMap::new();
    for line in body.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once('=')?;
        if pairs.len() == MAX_PAIRS || pairs.insert(name, value).is_some() {
            return None;
        }
    }
    Some(pairs)
}

fn is_signed(pairs: &BTreeMap<&str, &str>, secret: &[u8]) -> bool {
    let signature = pairs.get("h").and_then(|h| data_encoding::BASE64.decode(h.as_bytes()).ok());
    let signed = pairs.iter().filter(|(name, _)| **name != "h").map(|(name, value)| (*name, *value));
    // In constant time.
    signature.is_some_and(|signature| mac(secret, signed).verify_slice(&signature).is_ok())
}

#[cfg(test)]
mod tests;
