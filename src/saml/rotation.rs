//! The life of a site's keys (security.md M2): one signs, a next one may be made and published ahead,
//! and a former one is kept so that a switch can be taken back. Pure; `store::keys` holds the rows.

use data_encoding::BASE64;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::keys::fingerprint;

/// From here on an administrator is reminded.
pub const SOON: Duration = Duration::days(60);
/// From here on it is urgent.
pub const URGENT: Duration = Duration::days(7);

/// One key, by its certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub id: Uuid,
    /// X.509 DER.
    pub certificate: Vec<u8>,
    pub not_before: OffsetDateTime,
    pub not_after: OffsetDateTime,
}

impl Key {
    /// The certificate as PEM (RFC 7468): lines of 64 characters.
    pub fn pem(&self) -> String {
        let text = BASE64.encode(&self.certificate);
        let mut pem = "-----BEGIN CERTIFICATE-----\n".to_owned();
        for line in text.as_bytes().chunks(64) {
            pem.extend(line.iter().copied().map(char::from));
            pem.push('\n');
        }
        pem + "-----END CERTIFICATE-----\n"
    }

    /// SHA-256 of the certificate, as `AA:BB:...`.
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.certificate)
    }

    /// How long it lasts from `now` on.
    pub fn expiry(&self, now: OffsetDateTime) -> Expiry {
        let left = self.not_after - now;
        match left.whole_days() {
            _ if left <= Duration::ZERO => Expiry::Expired,
            days if left <= URGENT => Expiry::Urgent { days },
            days if left <= SOON => Expiry::Soon { days },
            days => Expiry::Fine { days },
        }
    }
}

/// A site's keys. There is always one that signs, from the site's installation on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    pub active: Key,
    /// Published in the metadata beside the active one.
    pub next: Option<Key>,
    /// Signed before the last switch.
    pub previous: Option<Key>,
}

impl Keys {
    /// The key `id`, whatever its state.
    pub fn find(&self, id: Uuid) -> Option<&Key> {
        [Some(&self.active), self.next.as_ref(), self.previous.as_ref()]
            .into_iter()
            .flatten()
            .find(|key| key.id == id)
    }
}

/// How long a certificate lasts, in whole days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    Fine { days: i64 },
    Soon { days: i64 },
    Urgent { days: i64 },
    Expired,
}

/// What became of a change of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Done,
    /// The keys are not the ones the change was decided on: somebody else, or a second click, was
    /// faster. Nothing was written.
    Stale,
    /// There is a next key already; it would be lost.
    NextExists,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::saml::keys::tests::new_key;

    #[test]
    fn a_certificate_is_told_in_time_and_in_pem() {
        let now = time::macros::datetime!(2026-11-23 12:00 UTC);
        let new = new_key(now);
        let key = Key {
            id: new.id,
            certificate: new.certificate.clone(),
            not_before: new.not_before,
            not_after: now + Duration::days(61),
        };
        let openssl = openssl::x509::X509::from_der(&new.certificate).unwrap();
        assert_eq!(key.pem().into_bytes(), openssl.to_pem().unwrap());
        for (later, expiry) in [
            (Duration::ZERO, Expiry::Fine { days: 61 }),
            (Duration::days(1), Expiry::Soon { days: 60 }),
            (Duration::days(53), Expiry::Soon { days: 8 }),
            (Duration::days(54), Expiry::Urgent { days: 7 }),
            (Duration::days(60) + Duration::hours(23), Expiry::Urgent { days: 0 }),
            (Duration::days(61), Expiry::Expired),
        ] {
            assert_eq!(key.expiry(now + later), expiry, "{later}");
        }
    }
}
