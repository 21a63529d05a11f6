//! The IdP session: how long a sign-in is remembered, and what may rest on it (security.md S1).

use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use crate::customers::Customer;
use crate::policy::{SessionLimits, Shown};

/// The stored name of a factor put off.
const SKIPPED: &str = "skipped";

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
    /// Setting up a factor was put off.
    pub skipped: bool,
}

impl Methods {
    /// The password alone.
    pub const PASSWORD: Self = Self { totp: false, skipped: false };
    /// The password, and a factor put off.
    pub const SKIPPED: Self = Self { totp: false, skipped: true };
    /// The password and an app's code.
    pub const TOTP: Self = Self { totp: true, skipped: false };

    /// What they come to for the policy.
    pub fn shown(self) -> Shown {
        match (self.totp, self.skipped) {
            (true, _) => Shown::SecondFactor,
            (false, true) => Shown::Skipped,
            (false, false) => Shown::Password,
        }
    }

    /// As stored: RFC 8176's names, and one of our own.
    pub fn names(self) -> Vec<String> {
        let mut names = vec!["pwd".to_owned()];
        if self.totp {
            names.push("otp".to_owned());
        }
        if self.skipped {
            names.push(SKIPPED.to_owned());
        }
        names
    }

    /// From what was stored.
    pub fn from_names(names: &[String]) -> Self {
        let has = |wanted| names.iter().any(|name| name == wanted);
        Self { totp: has("otp"), skipped: has(SKIPPED) }
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

/// When a session was made, last used, and ends at the latest as was said when it was made.
#[derive(Clone, Copy, Debug)]
pub struct Life {
    pub authn_at: OffsetDateTime,
    pub last_seen_at: OffsetDateTime,
    pub expires_at: OffsetDateTime,
}

impl Life {
    /// Whether the session is alive at `now`. Limits that were changed since it was made hold for it
    /// too, but it never lives longer than was said then.
    pub fn is_on(&self, limits: SessionLimits, now: OffsetDateTime) -> bool {
        now < self.expires_at
            && now < self.authn_at + limits.absolute()
            && now < self.last_seen_at + limits.idle()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;
    use time::macros::datetime;

    #[test]
    fn a_session_ends_by_idleness_or_age() {
        let authn_at = datetime!(2026-11-23 12:00 UTC);
        let limits = |idle_minutes, absolute_minutes| SessionLimits { idle_minutes, absolute_minutes };
        let usual = SessionLimits::default();
        for (limits, seen, now, alive) in [
            (usual, 0, 0, true),
            (usual, 0, 59, true),
            (usual, 0, 60, false),
            (usual, 23 * 60, 23 * 60 + 59, true),
            (usual, 23 * 60 + 59, 24 * 60, false),
            (limits(5, 30), 20, 24, true),
            (limits(5, 30), 20, 25, false),
            (limits(5, 30), 29, 30, false),
            (limits(1440, 43_200), 23 * 60, 24 * 60, false), // made when 24 hours were the most
        ] {
            let [last_seen_at, at] = [seen, now].map(|minutes| authn_at + Duration::minutes(minutes));
            let life = Life { authn_at, last_seen_at, expires_at: authn_at + Duration::DAY };
            assert_eq!(life.is_on(limits, at), alive, "{limits:?}: seen {seen}, now {now}");
        }
    }

    #[test]
    fn methods_survive_being_stored() {
        for methods in [Methods::PASSWORD, Methods::SKIPPED, Methods::TOTP] {
            assert_eq!(Methods::from_names(&methods.names()), methods);
        }
    }
}
