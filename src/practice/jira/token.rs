//! The JWTs between Jira and the app (RFC 7515, 7519). Jira signs `installed` and `uninstalled` with
//! its install key (RS256), everything else with the shared secret (HS256); the app signs its REST
//! calls with that secret too.

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::sign::Signer;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::Sha256;
use time::OffsetDateTime;

/// How long a token for one URL lives, in seconds: Atlassian's own do three minutes.
pub const LIFE: i64 = 180;
/// How long a context token lives, in seconds.
pub const CONTEXT_LIFE: i64 = 900;
/// The `qsh` of a token that is bound to no URL.
pub const CONTEXT_QSH: &str = "context-qsh";

/// What every token says.
#[derive(Clone, Debug)]
pub struct Claims<'a> {
    /// The site's clientKey.
    pub issuer: &'a str,
    /// The app's base URL: signed installs only.
    pub audience: Option<&'a str>,
    /// The account that looks: pages only.
    pub subject: Option<&'a str>,
    pub qsh: &'a str,
    /// In seconds.
    pub life: i64,
    pub now: OffsetDateTime,
}

impl Claims<'_> {
    fn json(&self) -> Value {
        let issued = self.now.unix_timestamp();
        let mut claims =
            json!({ "iss": self.issuer, "qsh": self.qsh, "iat": issued, "exp": issued + self.life });
        if let Some(audience) = self.audience {
            claims["aud"] = json!([audience]);
        }
        if let Some(subject) = self.subject {
            claims["sub"] = subject.into();
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

/// Verifies a token the app signed with the shared secret for one REST call.
///
/// # Errors
/// What is wrong with it, in words.
pub fn verify(
    token: &str,
    shared_secret: &str,
    app_key: &str,
    qsh: &str,
    now: OffsetDateTime,
) -> Result<(), &'static str> {
    #[derive(Deserialize)]
    struct Claims {
        iss: String,
        exp: i64,
        qsh: String,
    }
    let mut validation = Validation::new(Algorithm::HS256);
    // The time is this world's, not the system's.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let secret = DecodingKey::from_secret(shared_secret.as_bytes());
    let Ok(read) = jsonwebtoken::decode::<Claims>(token, &secret, &validation) else {
        return Err("The token is not signed with the shared secret (HS256), or lacks iss, exp or qsh.");
    };
    if read.claims.iss != app_key {
        return Err("The token's iss is not the app's key.");
    }
    if read.claims.exp <= now.unix_timestamp() {
        return Err("The token has expired.");
    }
    if read.claims.qsh != qsh { Err("The token's qsh is not that of this call.") } else { Ok(()) }
}

fn part(value: &Value) -> String {
    BASE64URL_NOPAD.encode(value.to_string().as_bytes())
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::decode;
    use openssl::rsa::Rsa;
    use time::macros::datetime;

    use super::*;

    const CLAIMS: Claims = Claims {
        issuer: "site",
        audience: Some("http://localhost:8080"),
        subject: Some("ada"),
        qsh: "q",
        life: LIFE,
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
        assert_eq!(read.claims["sub"], "ada");
    }

    #[test]
    fn what_the_app_signs_is_for_one_call_and_a_while() {
        let token = hs256(&CLAIMS, "secret");
        let check = |secret, app, qsh, seconds| {
            verify(&token, secret, app, qsh, CLAIMS.now + time::Duration::seconds(seconds))
        };
        assert_eq!(check("secret", "site", "q", LIFE - 1), Ok(()));
        assert!(check("other", "site", "q", 0).is_err());
        assert!(check("secret", "other", "q", 0).is_err());
        assert!(check("secret", "site", "other", 0).is_err());
        assert!(check("secret", "site", "q", LIFE).is_err());
        let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
        let other_kind = rs256(&CLAIMS, "kid-1", &key).unwrap();
        assert!(verify(&other_kind, "secret", "site", "q", CLAIMS.now).is_err());
    }
}
