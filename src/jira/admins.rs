//! Who is an administrator, as Jira said less than a minute ago.

use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

use lru::LruCache;
use time::{Duration, OffsetDateTime};

use crate::sites::SiteId;

/// How long Jira's word counts: who loses the permission loses these pages within a minute.
const LIFE: Duration = Duration::minutes(1);
/// Accounts remembered.
const CAPACITY: NonZeroUsize = NonZeroUsize::new(4096).expect("4096 is not zero");

/// A bounded memory of administrators. That somebody is none is not remembered: who just became one
/// need not wait.
pub struct Admins(Mutex<LruCache<(SiteId, String), OffsetDateTime>>);

impl Default for Admins {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(CAPACITY)))
    }
}

impl Admins {
    /// Whether Jira confirmed `account` within the last minute.
    pub fn knows(&self, site: SiteId, account: &str, now: OffsetDateTime) -> bool {
        let key = (site, account.to_owned());
        self.lock().get(&key).is_some_and(|asked| *asked <= now && now - *asked < LIFE)
    }

    /// Notes that Jira confirmed `account` at `now`.
    pub fn note(&self, site: SiteId, account: &str, now: OffsetDateTime) {
        self.lock().put((site, account.to_owned()), now);
    }

    fn lock(&self) -> MutexGuard<'_, LruCache<(SiteId, String), OffsetDateTime>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_word_counts_for_a_minute_and_for_one_site() {
        let now = time::macros::datetime!(2026-11-23 12:00 UTC);
        let (one, other) = (SiteId(Uuid::from_u128(1)), SiteId(Uuid::from_u128(2)));
        let admins = Admins::default();
        admins.note(one, "ada", now);
        for (site, account, at, known) in [
            (one, "ada", now, true),
            (one, "ada", now + Duration::seconds(59), true),
            (one, "ada", now + Duration::seconds(60), false),
            (one, "ada", now - Duration::seconds(1), false),
            (one, "eve", now, false),
            (other, "ada", now, false),
        ] {
            assert_eq!(admins.knows(site, account, at), known, "{site} {account} {at}");
        }
    }
}
