//! The JWTs Jira sends (RFC 7515, 7519): RS256 with the install key for `installed` and
//! `uninstalled`, HS256 with the shared secret for everything else.

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::sign::Signer;
use serde_json::{Value, json};
use sha2::Sha256;
use time::OffsetDateTime;

/// How long a token lives, in seconds: Atlassian's own do three minutes.
const LIFE: i64 = 180;

/// What every token says.
#[derive(Clone, Debug)]
pub struct Claims<'a> {
    /// The site's clientKey.
    pub issuer: &'a str,
    /// The app's base URL: signed installs only.
    pub audience: Option<&'a str>,
    pub qsh: &'a str,
    pub now: OffsetDateTime,
}

impl Claims<'_> {
    fn json(&self) -> Value {
        let issued = self.now.unix_timestamp();
        let mut claims = json!({ "iss": self.issuer, "qsh": self.qsh, "iat": issued, "exp": issued + LIFE });
        if let Some(audience) = self.audience {
            claims["aud"] = json!([audience]);
        }
        claims
    }
}

/// A token signed with an install key.
///
/// # Errors
/// When openssl refuses the key.
pub fn rs256(claims: &Claims, kid: &str, key: &PKey<Private>) -> Result<String, ErrorStack> {
    let head =
        format!("{}.{}", part(&json!({ "alg": "RS256", "kid": kid, "typ": "JWT" })), part(&claims.json()));
    let mut signer = Signer::new(MessageDigest::sha256(), key)?;
    signer.update(head.as_bytes())?;
    Ok(format!("{head}.{}", BASE64URL_NOPAD.encode(&signer.sign_to_vec()?)))
}

/// A token signed with the shared secret.
pub fn hs256(claims: &Claims, shared_secret: &str) -> String {
    let head = format!("{}.{}", part(&json!({ "alg": "HS256", "typ": "JWT" })), part(&claims.json()));
    let mut mac =
        Hmac::<Sha256>::new_from_slice(shared_secret.as_bytes()).expect("HMAC takes any key length");
    mac.update(head.as_bytes());
    format!("{head}.{}", BASE64URL_NOPAD.encode(&mac.finalize().into_bytes()))
}

fn part(value: &Value) -> String {
    BASE64URL_NOPAD.encode(value.to_string().as_bytes())
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
    use openssl::rsa::Rsa;
    use time::macros::datetime;

    use super::*;

    const CLAIMS: Claims = Claims {
        issuer: "site",
        audience: Some("http://localhost:8080"),
        qsh: "q",
        now: datetime!(2026-11-23 12:00 UTC),
    };

    fn validation(algorithm: Algorithm) -> Validation {
        let mut validation = Validation::new(algorithm);
        validation.validate_exp = false;
        validation.set_audience(&["http://localhost:8080"]);
        validation
    }

    #[test]
    fn another_library_verifies_them() {
        let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
        let public = DecodingKey::from_rsa_pem(&key.public_key_to_pem().unwrap()).unwrap();
        let token = rs256(&CLAIMS, "kid-1", &key).unwrap();
        let read = decode::<Value>(&token, &public, &validation(Algorithm::RS256)).unwrap();
        assert_eq!(read.header.kid.as_deref(), Some("kid-1"));
        assert_eq!(read.claims["exp"].as_i64().unwrap() - read.claims["iat"].as_i64().unwrap(), LIFE);

        let token = hs256(&CLAIMS, "secret");
        let secret = DecodingKey::from_secret(b"secret");
        let read = decode::<Value>(&token, &secret, &validation(Algorithm::HS256)).unwrap();
        assert_eq!((read.claims["iss"].as_str(), read.claims["qsh"].as_str()), (Some("site"), Some("q")));
    }
}
