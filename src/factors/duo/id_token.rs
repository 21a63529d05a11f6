//! The result: an OpenID Connect id token under the shared secret. The algorithm is fixed here, never
//! taken from the token; the signature is jsonwebtoken's work, times and all claims are checked here,
//! since the time is injected.

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use subtle::ConstantTimeEq;
use time::OffsetDateTime;

use super::Duo;
use super::request::Asked;

/// The longest token worth reading, in bytes.
pub const MAX_TOKEN: usize = 16 * 1024;
/// How far the clocks of Duo and this server may differ, in seconds (duo_universal_python, `LEEWAY`).
pub const LEEWAY: i64 = 60;

/// What the customer answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Approved,
    Denied,
}

/// Why a token is refused. The text tells an operator what to look at, and nothing secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("Duo's token is longer than 16 KiB")]
    TooLong,
    #[error("Duo's token is not a JWT with the claims of an id token")]
    Malformed,
    #[error("Duo's token is not signed with HS512")]
    Algorithm,
    #[error("the signature of Duo's token does not verify")]
    Signature,
    #[error("Duo's token is from another issuer")]
    Issuer,
    #[error("Duo's token is for another application")]
    Audience,
    #[error("Duo's token has expired")]
    Expired,
    #[error("Duo's token was issued in the future")]
    Future,
    #[error("Duo's token is for another sign-in (nonce)")]
    Nonce,
    #[error("Duo's token is about another user")]
    Username,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
    preferred_username: Option<String>,
    auth_result: AuthResult,
}

/// One string, or a list of it alone: a token for several is for nobody (OpenID Connect Core 1.0
/// section 3.1.3.7, points 3 to 5).
#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    List([String; 1]),
}

#[derive(Deserialize)]
struct AuthResult {
    result: String,
}

/// Verifies `token` for what `asked` asked, at `now`. Duo's SDKs leave `auth_result` to their callers;
/// here it is the outcome, and only the word `allow` is an approval.
pub fn verify(duo: &Duo, token: &str, asked: &Asked<'_>, now: OffsetDateTime) -> Result<Outcome, Refusal> {
    let claims = signed(duo, token)?;
    if claims.iss != duo.token_endpoint() {
        return Err(Refusal::Issuer);
    }
    let (Audience::One(audience) | Audience::List([audience])) = &claims.aud;
    if *audience != duo.client_id {
        return Err(Refusal::Audience);
    }
    let now = now.unix_timestamp();
    if claims.exp.saturating_add(LEEWAY) <= now {
        return Err(Refusal::Expired);
    }
    if claims.iat > now.saturating_add(LEEWAY) {
        return Err(Refusal::Future);
    }
    let nonce = claims.nonce.as_deref().ok_or(Refusal::Nonce)?;
    if !bool::from(nonce.as_bytes().ct_eq(asked.nonce.as_bytes())) {
        return Err(Refusal::Nonce);
    }
    if claims.preferred_username.as_deref() != Some(asked.username) {
        return Err(Refusal::Username);
    }
    Ok(if claims.auth_result.result == "allow" { Outcome::Approved } else { Outcome::Denied })
}

fn signed(duo: &Duo, token: &str) -> Result<Claims, Refusal> {
    use jsonwebtoken::errors::ErrorKind;
    if token.len() > MAX_TOKEN {
        return Err(Refusal::TooLong);
    }
    // An unknown or missing `alg` (such as `none`) fails to parse and ends here as well.
    let header = jsonwebtoken::decode_header(token).map_err(|_| Refusal::Malformed)?;
    if header.alg != Algorithm::HS512 {
        return Err(Refusal::Algorithm);
    }
    // RFC 7515 section 4.1.11: extensions that must be understood, and none is.
    if header.crit.is_some() {
        return Err(Refusal::Malformed);
    }
    let mut validation = Validation::new(Algorithm::HS512);
    validation.required_spec_claims.clear();
    validation.validate_exp = false; // by the system's clock
    validation.validate_aud = false; // see above
    let key = DecodingKey::from_secret(duo.client_secret.as_bytes());
    match jsonwebtoken::decode::<Claims>(token, &key, &validation) {
        Ok(data) => Ok(data.claims),
        Err(error) => Err(match error.kind() {
            ErrorKind::InvalidAlgorithm => Refusal::Algorithm,
            ErrorKind::Json(_) | ErrorKind::Utf8(_) | ErrorKind::InvalidToken => Refusal::Malformed,
            _ => Refusal::Signature,
        }),
    }
}

#[cfg(test)]
mod tests;
