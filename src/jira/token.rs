//! Connect's three kinds of token (JWT, RFC 7519; JWS, RFC 7515). There is one function a kind, and
//! none accepts another's: the algorithm is fixed by the function, never taken from the token, and
//! so is what `qsh` must be.
//!
//! The signature is jsonwebtoken's work; times, issuer, audience and `qsh` are checked here, since
//! the time is injected.

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use subtle::ConstantTimeEq;
use time::OffsetDateTime;

/// The longest token worth reading, in bytes. Atlassian's are below 2 KiB.
pub const MAX_TOKEN: usize = 16 * 1024;
/// How far the clocks of Atlassian and this server may differ, in seconds (RFC 7519 section 4.1.4).
pub const LEEWAY: i64 = 30;
/// What stands for `qsh` in a context token: it is bound to no URL.
const CONTEXT_QSH: &str = "context-qsh";

/// What a verified token says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Claims {
    /// The site's `clientKey`.
    pub iss: String,
    /// The Atlassian account that acts, if a person does.
    #[serde(default)]
    pub sub: Option<String>,
    /// When it was issued, in seconds since the Unix epoch.
    pub iat: i64,
    /// When it ends, in seconds since the Unix epoch.
    pub exp: i64,
    #[serde(default)]
    qsh: Option<String>,
    #[serde(default)]
    aud: Audience,
}

/// RFC 7519 section 4.1.3: one string, or several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
    #[default]
    None,
}

/// Why a token is refused. The text tells a developer what to look at, and nothing secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("no token: expected `Authorization: JWT <token>`")]
    Missing,
    #[error("the token is longer than 16 KiB")]
    TooLong,
    #[error("the token is not a JWT with the claims iss, iat and exp")]
    Malformed,
    #[error("the token is not signed with the algorithm this address accepts")]
    Algorithm,
    #[error("the token names no usable key (kid)")]
    Kid,
    #[error("the token's key is unknown")]
    UnknownKey,
    #[error("the token's issuer is unknown, or not the clientKey of the body")]
    Issuer,
    #[error("the token's signature does not verify")]
    Signature,
    #[error("the token has expired")]
    Expired,
    #[error("the token was issued in the future")]
    Future,
    #[error("the token's audience is not this app's base URL")]
    Audience,
    #[error("the token is not for this method and URL (qsh)")]
    Qsh,
}

/// A key id that is safe to put into a URL's path: 1-128 characters of `A-Za-z0-9._-`, not all dots.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Kid(String);

impl Kid {
    /// Takes a key id as found in a token.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let fits = (1..=128).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
            && text.bytes().any(|b| b != b'.');
        if fits { Ok(Self(text.to_owned())) } else { Err(Refusal::Kid) }
    }

    /// The key id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The key id of a token that claims to be a lifecycle token; nothing is verified yet.
pub fn lifecycle_kid(token: &str) -> Result<Kid, Refusal> {
    let header = header(token, Algorithm::RS256)?;
    Kid::parse(header.kid.as_deref().ok_or(Refusal::Kid)?)
}

/// The issuer a token claims, to find the secret that proves it; nothing is verified yet.
pub fn claimed_issuer(token: &str) -> Result<String, Refusal> {
    header(token, Algorithm::HS256)?;
    let claims = jsonwebtoken::dangerous::insecure_decode_claims::<Claims>(token);
    claims.map(|claims| claims.iss).map_err(|_| Refusal::Malformed)
}

/// Verifies a lifecycle token: RS256 by an install key, for this app (`audience`, its base URL
/// without a trailing slash) and this request (`qsh`).
pub fn lifecycle(
    token: &str,
    key: &DecodingKey,
    audience: &str,
    qsh: &str,
    now: OffsetDateTime,
) -> Result<Claims, Refusal> {
    let claims = signed(token, key, Algorithm::RS256)?;
    check_times(&claims, now)?;
    check_audience(&claims, audience)?;
    check_qsh(&claims, qsh)?;
    Ok(claims)
}

/// Verifies a URL-bound token: HS256 by the site's shared secret, for this request (`qsh`).
pub fn url_bound(token: &str, secret: &[u8], qsh: &str, now: OffsetDateTime) -> Result<Claims, Refusal> {
    let claims = signed(token, &DecodingKey::from_secret(secret), Algorithm::HS256)?;
    check_times(&claims, now)?;
    check_qsh(&claims, qsh)?;
    Ok(claims)
}

/// Verifies a context token: HS256 by the site's shared secret, bound to no URL.
pub fn context(token: &str, secret: &[u8], now: OffsetDateTime) -> Result<Claims, Refusal> {
    url_bound(token, secret, CONTEXT_QSH, now)
}

/// The header, once it is known that the token is short enough and names `algorithm`.
fn header(token: &str, algorithm: Algorithm) -> Result<jsonwebtoken::Header, Refusal> {
    if token.len() > MAX_TOKEN {
        return Err(Refusal::TooLong);
    }
    // An unknown or missing `alg` (such as `none`) fails to parse and ends here as well.
    let header = jsonwebtoken::decode_header(token).map_err(|_| Refusal::Malformed)?;
    if header.alg != algorithm {
        return Err(Refusal::Algorithm);
    }
    // RFC 7515 section 4.1.11: extensions that must be understood, and none is.
    if header.crit.is_some() { Err(Refusal::Malformed) } else { Ok(header) }
}

fn signed(token: &str, key: &DecodingKey, algorithm: Algorithm) -> Result<Claims, Refusal> {
    use jsonwebtoken::errors::ErrorKind;
    header(token, algorithm)?;
    let mut validation = Validation::new(algorithm);
    validation.required_spec_claims.clear();
    validation.validate_exp = false; // by the system's clock; see check_times
    validation.validate_aud = false; // see check_audience
    match jsonwebtoken::decode::<Claims>(token, key, &validation) {
        Ok(data) => Ok(data.claims),
        Err(error) => Err(match error.kind() {
            ErrorKind::InvalidAlgorithm => Refusal::Algorithm,
            ErrorKind::Json(_) | ErrorKind::Utf8(_) | ErrorKind::InvalidToken => Refusal::Malformed,
            _ => Refusal::Signature,
        }),
    }
}

fn check_times(claims: &Claims, now: OffsetDateTime) -> Result<(), Refusal> {
    let now = now.unix_timestamp();
    if claims.exp.saturating_add(LEEWAY) <= now {
        return Err(Refusal::Expired);
    }
    if claims.iat > now.saturating_add(LEEWAY) { Err(Refusal::Future) } else { Ok(()) }
}

fn check_audience(claims: &Claims, audience: &str) -> Result<(), Refusal> {
    let is_ours = |text: &String| text.strip_suffix('/').unwrap_or(text) == audience;
    let found = match &claims.aud {
        Audience::One(one) => is_ours(one),
        Audience::Several(several) => several.iter().any(is_ours),
        Audience::None => false,
    };
    if found { Ok(()) } else { Err(Refusal::Audience) }
}

fn check_qsh(claims: &Claims, qsh: &str) -> Result<(), Refusal> {
    let claimed = claims.qsh.as_deref().ok_or(Refusal::Qsh)?;
    if bool::from(claimed.as_bytes().ct_eq(qsh.as_bytes())) { Ok(()) } else { Err(Refusal::Qsh) }
}

#[cfg(test)]
#[path = "token/tests.rs"]
mod tests;
