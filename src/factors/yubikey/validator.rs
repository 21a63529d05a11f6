//! The configured validation server.

use data_encoding::{BASE64, HEXLOWER};
use reqwest::Client;
use url::Url;
use zeroize::Zeroizing;

use super::Otp;
use super::protocol::{self, MAX_ANSWER, Verdict};
use crate::random::Random;
use crate::web::answer::bounded;

/// Lengths of a secret, in bytes; Yubico's have 20.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 16..=64;
/// Digits of a client id.
const MAX_CLIENT_ID: usize = 10;

/// A validation server and what it knows us by.
#[derive(Clone)]
pub struct Validator {
    url: Url,
    client_id: String,
    secret: Zeroizing<Vec<u8>>,
}

/// Which value is wrong and what would be right; never a secret's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsFault {
    Url(String),
    ClientId(String),
    Secret(String),
}

impl Validator {
    /// Whether a validation server answers there: asked with nothing to validate, which it says is missing.
    pub async fn hear(&self, http: &Client) -> Result<u16, String> {
        let answer = http.get(self.url.clone()).send().await;
        Ok(answer.map_err(|error| error.without_url().to_string())?.status().as_u16())
    }

    /// Its host.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Puts a validator together. `url` ends in the `verify` call; whether its scheme may be used is
    /// the caller's to judge. `secret` is base64, as Yubico hands it out.
    pub fn configure(url: Url, client_id: &str, secret: &str) -> Result<Self, SettingsFault> {
        let bare = url.username().is_empty() && url.password().is_none();
        if !bare || url.query().is_some() || url.fragment().is_some() {
            let advice = "must have no user, query or fragment; right would be \
                          https://api.yubico.com/wsapi/2.0/verify";
            return Err(SettingsFault::Url(advice.into()));
        }
        let fits = (1..=MAX_CLIENT_ID).contains(&client_id.len());
        if !fits || !client_id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SettingsFault::ClientId("must be the number that came with the secret".into()));
        }
        let bytes = BASE64.decode(secret.as_bytes()).map(Zeroizing::new);
        let bytes = bytes.map_err(|_| {
            SettingsFault::Secret("is not base64; right would be the secret as Yubico shows it".into())
        })?;
        if !SECRET_BYTES.contains(&bytes.len()) {
            let advice =
                format!("holds {} bytes; Yubico's have 20, and fewer than 16 are too few", bytes.len());
            return Err(SettingsFault::Secret(advice));
        }
        Ok(Self { url, client_id: client_id.into(), secret: bytes })
    }

    /// Asks about `otp` through `http`, which has a time limit and follows no redirect.
    pub async fn ask(&self, http: &Client, otp: &Otp, random: &Random) -> Verdict {
        let nonce = HEXLOWER.encode(&random.bytes::<16>());
        let url = protocol::request(&self.url, &self.client_id, &self.secret, otp, &nonce);
        // The address holds the OTP, so it stays out of every message.
        let away = |error: reqwest::Error| Verdict::Away(error.without_url().to_string());
        let answer = match http.get(url).send().await {
            Ok(answer) => answer,
            Err(error) => return away(error),
        };
        let status = answer.status();
        if status.is_server_error() || status.as_u16() == 429 {
            return Verdict::Away(format!("status {status}"));
        }
        // A validation server answers 200 whatever it thinks of the OTP.
        if status.as_u16() != 200 {
            return Verdict::Misconfigured(format!("status {status}"));
        }
        match bounded(answer, MAX_ANSWER).await {
            Ok(Some(body)) => protocol::read(&body, &self.secret, otp, &nonce),
            Ok(None) => Verdict::Distrusted("the answer is longer than 4 KiB"),
            Err(error) => away(error),
        }
    }
}

impl std::fmt::Debug for Validator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let host = self.url.host_str();
        f.debug_struct("Validator")
            .field("host", &host)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}
