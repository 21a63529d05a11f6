//! The IdP session: how long a sign-in is remembered, and what may rest on it (security.md S1).

use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use crate::customers::Customer;
use crate::factors::{Method, MethodSet};
use crate::policy::{SessionLimits, Shown};

/// The stored names of a password, of a passkey that verified its user in place of one, of a remembered
/// device in place of a second factor, and of a factor put off.
const PASSWORD: &str = "pwd";
const VERIFIED: &str = "verified";
const REMEMBERED: &str = "remembered";
const SKIPPED: &str = "skipped";
/// What the version before called an authenticator app's code.
const FORMER_TOTP: &str = "otp";

/// What a cookie's token is stored and looked up as: its SHA-256. The token has 256 random bits, so
/// a plain hash is enough.
pub fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// What a session goes by in forms: it says nothing of its token.
pub fn handle(hash: &[u8; 32]) -> String {
    let mut derived = Sha256::new();
    derived.update(b"vestibule handle\0");
    derived.update(hash);
    data_encoding::HEXLOWER.encode(&derived.finalize()[..16])
}

/// How the customer of a session signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Methods {
    pub password: bool,
    /// The second factors shown.
    pub factors: MethodSet,
    /// A passkey verified its user, and was the whole sign-in.
    pub verified: bool,
    /// The device was remembered, and no second factor asked for.
    pub remembered: bool,
    /// Setting up a factor was put off.
    pub skipped: bool,
}

impl Methods {
    /// The password alone.
    pub const PASSWORD: Self = Self {
        password: true,
        factors: MethodSet::EMPTY,
        verified: false,
        remembered: false,
        skipped: false,
    };
    /// The password, on a remembered device.
    pub const REMEMBERED: Self = Self { remembered: true, ..Self::PASSWORD };
    /// The password, and a factor put off.
    pub const SKIPPED: Self = Self { skipped: true, ..Self::PASSWORD };

    /// A passkey that verified its user, and no password.
    pub const PASSKEY: Self = Self {
        password: false,
        factors: MethodSet::of(&[Method::Passkey]),
        verified: true,
        ..Self::PASSWORD
    };

    /// The password and these factors.
    pub const fn with(factors: MethodSet) -> Self {
        Self { factors, ..Self::PASSWORD }
    }

    /// What they come to for the policy.
    pub fn shown(self) -> Shown {
        match self {
            Self { factors, .. } if !factors.is_empty() => Shown::SecondFactor,
            Self { remembered: true, .. } => Shown::Remembered,
            Self { skipped: true, .. } => Shown::Skipped,
            _ => Shown::Password,
        }
    }

    /// As stored: the methods by their words, the password by RFC 8176's.
    pub fn names(self) -> Vec<String> {
        let password = self.password.then_some(PASSWORD);
        let verified = self.verified.then_some(VERIFIED);
        let remembered = self.remembered.then_some(REMEMBERED);
        let skipped = self.skipped.then_some(SKIPPED);
        password
            .into_iter()
            .chain(self.factors.iter().map(Method::word))
            .chain(verified)
            .chain(remembered)
            .chain(skipped)
            .map(str::to_owned)
            .collect()
    }

    /// From what was stored.
    pub fn from_names(names: &[String]) -> Self {
        let has = |wanted| names.iter().any(|name| name == wanted);
        let method = |name: &String| match name.as_str() {
            FORMER_TOTP => Some(Method::Totp),
            word => Method::parse(word),
        };
        let factors = names.iter().filter_map(method).collect();
        Self {
            password: has(PASSWORD),
            factors,
            verified: has(VERIFIED),
            remembered: has(REMEMBERED),
            skipped: has(SKIPPED),
        }
    }
}

impl From<Methods> for crate::saml::Methods {
    fn from(methods: Methods) -> Self {
        let totp = methods.factors.contains(Method::Totp);
        let raises = |method: Method| method.about().raises;
        let second_factor = methods.factors.iter().any(raises);
        let verified_passkey = methods.verified && methods.factors.contains(Method::Passkey);
        Self { password: methods.password, totp, second_factor, verified_passkey }
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
        let all = Methods::with(MethodSet::of(Method::ALL));
        for methods in [Methods::PASSWORD, Methods::SKIPPED, Methods::REMEMBERED, Methods::PASSKEY, all] {
            assert_eq!(Methods::from_names(&methods.names()), methods);
        }
        let former = ["pwd".to_owned(), "otp".to_owned()];
        assert_eq!(Methods::from_names(&former), Methods::with(MethodSet::of(&[Method::Totp])));
    }
}
