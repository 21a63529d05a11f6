//! Atlassian's install keys: the public halves of the keys that sign lifecycle calls, each
//! published under its id. A key never changes under its id (a rotation makes a new one), so an
//! hour in memory is safe; it ends, so that a withdrawn key is not trusted for ever.

use std::num::NonZeroUsize;
use std::sync::Mutex;

use axum::http::StatusCode;
use jsonwebtoken::DecodingKey;
use lru::LruCache;
use openssl::pkey::PKey;
use time::{Duration, OffsetDateTime};
use tokio::sync::Semaphore;
use url::Url;

use super::token::Kid;
use crate::web::answer::bounded;

/// How long a fetched key is trusted.
const LIFE: Duration = Duration::hours(1);
/// How many keys are kept. Atlassian uses a handful at a time.
const CAPACITY: NonZeroUsize = NonZeroUsize::new(64).expect("64 is not zero");
/// How many are fetched at once: strangers who send made-up key ids can't turn this server into
/// a flood towards Atlassian's.
const FETCHES: usize = 8;
/// The longest answer worth reading, in bytes. A 4096-bit key takes 800.
const MAX_KEY: usize = 16 * 1024;

/// Fetches install keys and remembers them.
pub struct InstallKeys {
    known: Mutex<LruCache<Kid, (OffsetDateTime, DecodingKey)>>,
    fetches: Semaphore,
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The key server says there is no such key.
    #[error("no such install key (status {0})")]
    Unknown(StatusCode),
    /// The key server answered with something else than an RSA public key of 2048 to 4096 bits.
    #[error("the install key is unusable: {0}")]
    Unusable(&'static str),
    /// The key server can't be reached or is at fault: worth another try.
    #[error("the install keys can't be reached: {0}")]
    Unreachable(String),
    /// Too many keys are being fetched already.
    #[error("too many install keys are being fetched")]
    Busy,
}

impl Default for InstallKeys {
    fn default() -> Self {
        Self { known: Mutex::new(LruCache::new(CAPACITY)), fetches: Semaphore::new(FETCHES) }
    }
}

impl InstallKeys {
    /// The key `kid`, from memory or from `{base}/{kid}`.
    pub async fn get(
        &self,
        http: &reqwest::Client,
        base: &Url,
        kid: &Kid,
        now: OffsetDateTime,
    ) -> Result<DecodingKey, KeyError> {
        if let Some(key) = self.remembered(kid, now) {
            return Ok(key);
        }
        let _permit = self.fetches.try_acquire().map_err(|_| KeyError::Busy)?;
        let key = parse(&fetch(http, base, kid).await?)?;
        self.known().put(kid.clone(), (now, key.clone()));
        Ok(key)
    }

    fn remembered(&self, kid: &Kid, now: OffsetDateTime) -> Option<DecodingKey> {
        let mut known = self.known();
        let (fetched, key) = known.get(kid)?;
        (now - *fetched < LIFE).then(|| key.clone())
    }

    fn known(&self) -> std::sync::MutexGuard<'_, LruCache<Kid, (OffsetDateTime, DecodingKey)>> {
        self.known.lock().expect("no panic holds the cache")
    }
}

async fn fetch(http: &reqwest::Client, base: &Url, kid: &Kid) -> Result<Vec<u8>, KeyError> {
    let unreachable = |error: reqwest::Error| KeyError::Unreachable(error.to_string());
    // A kid holds nothing that a URL's path would read otherwise.
    let url = format!("{}/{}", base.as_str().trim_end_matches('/'), kid.as_str());
    let response = http.get(url).send().await.map_err(unreachable)?;
    match response.status() {
        StatusCode::OK => {}
        status if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS => {
            return Err(KeyError::Unknown(status));
        }
        status => return Err(KeyError::Unreachable(format!("status {status}"))),
    }
    let body = bounded(response, MAX_KEY).await.map_err(unreachable)?;
    body.ok_or(KeyError::Unusable("it is longer than 16 KiB"))
}

/// Reads a PEM public key. OpenSSL judges it, so that a certificate, a private key or a key of
/// another kind or size does not pass.
fn parse(pem: &[u8]) -> Result<DecodingKey, KeyError> {
    let key = PKey::public_key_from_pem(pem).map_err(|_| KeyError::Unusable("it is no PEM public key"))?;
    let key = key.rsa().map_err(|_| KeyError::Unusable("it is no RSA key"))?;
    // Below 2048 is too weak (RFC 7518 section 3.3); above 4096 only costs time.
    if !(256..=512).contains(&key.size()) {
        return Err(KeyError::Unusable("it has not 2048 to 4096 bits"));
    }
    let der = key.public_key_to_der_pkcs1().map_err(|_| KeyError::Unusable("it can't be written as DER"))?;
    Ok(DecodingKey::from_rsa_der(&der))
}

#[cfg(test)]
#[path = "install_keys/tests.rs"]
mod tests;
