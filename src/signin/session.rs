//! The IdP session: how long a sign-in is remembered, and what may rest on it (security.md S1).

use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use crate::customers::Customer;

/// Unused for this long, a session is over.
pub const IDLE: Duration = Duration::hours(1);
/// However much used, a session is over after this.
pub const ABSOLUTE: Duration = Duration::hours(24);

/// What a cookie's token is stored and looked up as: its SHA-256. The token has 256 random bits, so
/// a plain hash is enough.
pub fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// How the customer of a session signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Methods {
    /// An authenticator app's code besides the password.
    pub totp: bool,
}

impl Methods {
    /// As stored: RFC 8176's names.
    pub fn names(self) -> Vec<String> {
        let mut names = vec!["pwd".to_owned()];
        if self.totp {
            names.push("otp".to_owned());
        }
        names
    }

    /// From what was stored.
    pub fn from_names(names: &[String]) -> Self {
        Self { totp: names.iter().any(|name| name == "otp") }
    }
}

impl From<Methods> for crate::saml::Methods {
    fn from(methods: Methods) -> Self {
        Self { password: true, totp: methods.totp }
    }
}

/// A session that is alive, with its customer.
#[derive(Clone, Debug)]
pub struct Session {
    pub token_hash: [u8; 32],
    /// SAML's SessionIndex.
    pub index: String,
    pub customer: Customer,
    pub methods: Methods,
    pub authn_at: OffsetDateTime,
    pub last_seen_at: OffsetDateTime,
    pub expires_at: OffsetDateTime,
}

/// Whether a session last used at `last_seen_at` that ends at `expires_at` is alive at `now`.
pub fn is_alive(last_seen_at: OffsetDateTime, expires_at: OffsetDateTime, now: OffsetDateTime) -> bool {
    now < expires_at && now < last_seen_at + IDLE
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_session_ends_by_idleness_or_age() {
        let start = datetime!(2026-11-23 12:00 UTC);
        let expires = start + ABSOLUTE;
        for (seen, now, alive) in [
            (start, start, true),
            (start, start + Duration::minutes(59), true),
            (start, start + IDLE, false),
            (start + Duration::hours(23), start + Duration::minutes(23 * 60 + 59), true),
            (start + Duration::minutes(23 * 60 + 59), expires, false),
        ] {
            assert_eq!(is_alive(seen, expires, now), alive, "seen {seen}, now {now}");
        }
    }

    #[test]
    fn methods_survive_being_stored() {
        for totp in [true, false] {
            assert_eq!(Methods::from_names(&Methods { totp }.names()), Methods { totp });
        }
    }
}
