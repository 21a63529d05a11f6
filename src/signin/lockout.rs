//! Growing waits on passwords (security.md G1, G2, G4).
//!
//! Failures are counted per account and per network, in Postgres, so that they hold across
//! instances. A try is *reserved* before the password is looked at: it counts as a failure until it
//! proves right, so that a thousand guesses sent at once share one count instead of each seeing
//! the count before them.
//!
//! A browser the customer has signed in with before has a count of its own: strangers can make
//! each other wait, but cannot lock the customer out from afar.
//!
//! After a hundred failures in a row the password is off for whoever made them, until another is set
//! by mail, or the account forgiven (`docs/decisions/0007-hundred-guesses.md`).

use std::net::IpAddr;

use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use crate::customers::CustomerId;
use crate::factors::wait;
use crate::policy::Throttle;
use crate::web::client_ip;

/// Whose failures are counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An account, as strangers see it.
    Account(CustomerId),
    /// A name nobody has: it waits just like an account.
    Nobody { name_key: String },
    /// An account, tried from a browser it has signed in with before.
    KnownBrowser(CustomerId, [u8; 32]),
    /// The network the tries come from: one IPv4 address or an IPv6 /64.
    Network(String),
    /// The same, for those who ask for mails instead of trying passwords.
    Asking(String),
}

impl Subject {
    /// What a try at an account from a network counts for. A known browser is no stranger: others' failures
    /// on its network do not hold it up.
    pub fn of_try(account: Self, network: IpAddr) -> Vec<Self> {
        match account {
            Self::KnownBrowser(..) => vec![account],
            _ => vec![account, Self::Network(client_ip::network(network))],
        }
    }

    /// Its key in the table of counts. A name nobody has is hashed: people type passwords there.
    pub fn key(&self) -> String {
        let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
        match self {
            Self::Account(id) => format!("account:{id}"),
            Self::Nobody { name_key } => format!("nobody:{}", hex(&Sha256::digest(name_key.as_bytes()))),
            Self::KnownBrowser(id, browser) => format!("known:{id}:{}", hex(browser)),
            Self::Network(network) => format!("network:{network}"),
            Self::Asking(network) => format!("asking:{network}"),
        }
    }

    /// The failure the wait begins with.
    fn begins(key: &str, throttle: Throttle) -> u32 {
        if Self::is_network(key) { throttle.network_failures } else { throttle.account_failures }
    }

    /// Whether `key` is a network's.
    pub fn is_network(key: &str) -> bool {
        key.starts_with("network:") || key.starts_with("asking:")
    }

    /// Whether `key` is an account's, whoever tries it.
    fn is_account(key: &str) -> bool {
        key.starts_with("account:") || key.starts_with("known:")
    }

    /// A count this old starts anew.
    fn memory(key: &str) -> Duration {
        if Self::is_network(key) { Duration::hours(1) } else { Duration::days(1) }
    }
}

/// One row of the table of counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    pub key: String,
    pub failures: u32,
    pub last_failure_at: OffsetDateTime,
}

impl Count {
    /// Whether the password is off for those counted here.
    pub fn is_off(&self) -> bool {
        Subject::is_account(&self.key) && self.failures >= wait::MOST_FAILURES
    }

    /// The failures that still count at `now`.
    pub fn standing(&self, now: OffsetDateTime) -> u32 {
        if self.is_off() {
            return self.failures; // time alone does not end it
        }
        if now - self.last_failure_at >= Subject::memory(&self.key) { 0 } else { self.failures }
    }

    /// Whether a try must wait at `now`.
    pub fn must_wait(&self, throttle: Throttle, now: OffsetDateTime) -> bool {
        let begins = Subject::begins(&self.key, throttle);
        wait::remaining(self.standing(now), begins, Some(self.last_failure_at), now).is_some()
    }
}

/// Whether a try may be looked at. Either way it costs the same work and gets the same words (G4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Try {
    /// Reserved: counted as a failure until it proves right.
    Allowed,
    /// Not looked at, not counted.
    TooSoon,
}

/// Decides over all counts concerned, by the site's `throttle`.
pub fn decide(counts: &[Count], throttle: Throttle, now: OffsetDateTime) -> Try {
    if counts.iter().any(|count| count.must_wait(throttle, now)) { Try::TooSoon } else { Try::Allowed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;
    use uuid::Uuid;

    const LAST: OffsetDateTime = datetime!(2026-11-23 12:00 UTC);

    fn count(key: &str, failures: u32) -> Count {
        Count { key: key.into(), failures, last_failure_at: LAST }
    }

    #[test]
    fn when_a_try_must_wait() {
        for (key, failures, seconds_later, expected) in [
            ("account:a", 4, 0, Try::Allowed),
            ("account:a", 5, 0, Try::TooSoon),
            ("account:a", 5, 15, Try::Allowed),
            ("account:a", 50, 899, Try::TooSoon),
            ("account:a", 50, 900, Try::Allowed),
            ("nobody:a", 5, 0, Try::TooSoon),
            ("known:a", 5, 0, Try::TooSoon),
            ("network:1.2.3.4/32", 49, 0, Try::Allowed),
            ("network:1.2.3.4/32", 50, 0, Try::TooSoon),
        ] {
            let got = decide(
                &[count("account:other", 0), count(key, failures)],
                Throttle::default(),
                LAST + Duration::seconds(seconds_later),
            );
            assert_eq!(got, expected, "{key} {failures} after {seconds_later} s");
        }
    }

    #[test]
    fn the_site_says_when_waits_begin() {
        let throttle = Throttle { account_failures: 3, network_failures: 10 };
        for (key, failures, expected) in [
            ("account:a", 2, Try::Allowed),
            ("account:a", 3, Try::TooSoon),
            ("known:a", 3, Try::TooSoon),
            ("nobody:a", 3, Try::TooSoon),
            ("network:1.2.3.4/32", 9, Try::Allowed),
            ("network:1.2.3.4/32", 10, Try::TooSoon),
        ] {
            assert_eq!(decide(&[count(key, failures)], throttle, LAST), expected, "{key} {failures}");
        }
    }

    #[test]
    fn counts_are_forgotten() {
        assert_eq!(count("account:a", 50).standing(LAST + Duration::hours(23)), 50);
        assert_eq!(count("account:a", 50).standing(LAST + Duration::days(1)), 0);
        assert_eq!(count("network:n", 500).standing(LAST + Duration::hours(1)), 0);
    }

    #[test]
    fn a_hundred_failures_in_a_row_put_the_password_off_for_those_who_made_them() {
        for (key, failures, off) in [
            ("account:a", 99, false),
            ("account:a", 100, true),
            ("account:a", 1000, true),
            ("known:a:b", 99, false),
            ("known:a:b", 100, true),
            ("nobody:a", 1000, false),
            ("network:n", 1000, false),
            ("asking:n", 1000, false),
        ] {
            assert_eq!(count(key, failures).is_off(), off, "{key} {failures}");
            let a_year_later = count(key, failures).standing(LAST + Duration::days(365));
            assert_eq!(a_year_later, if off { failures } else { 0 }, "{key} {failures}");
        }
    }

    #[test]
    fn subjects_do_not_mix_and_tell_no_typed_name() {
        let id = CustomerId(Uuid::from_u128(1));
        let keys = [
            Subject::Account(id).key(),
            Subject::Nobody { name_key: id.to_string() }.key(),
            Subject::KnownBrowser(id, [0; 32]).key(),
            Subject::KnownBrowser(id, [1; 32]).key(),
            Subject::Network(id.to_string()).key(),
            Subject::Asking(id.to_string()).key(),
        ];
        let distinct: std::collections::HashSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
        assert!(!Subject::Nobody { name_key: "hunter2".into() }.key().contains("hunter2"));
    }
}
