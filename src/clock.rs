//! The time, injected: nothing else in the program reads a clock (`clippy.toml` forbids it),
//! so that a test can stand at any moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use time::OffsetDateTime;

/// Where "now" comes from. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is moved; microseconds since the Unix epoch.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at`.
    pub fn fixed(at: OffsetDateTime) -> Self {
        let micros = (at.unix_timestamp_nanos() / 1_000) as i64;
        Self::Fixed(Arc::new(AtomicI64::new(micros)))
    }

    /// The present moment in UTC, whole microseconds: what Postgres can store, so that a value
    /// written and read again is equal.
    pub fn now(&self) -> OffsetDateTime {
        let micros = match self {
            #[allow(clippy::disallowed_methods, reason = "the one place that reads the clock")]
            Self::System => OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000,
            Self::Fixed(micros) => i128::from(micros.load(Ordering::SeqCst)),
        };
        OffsetDateTime::from_unix_timestamp_nanos(micros * 1_000)
            .expect("a clock between the years 1 and 9999")
    }

    /// Moves a fixed clock. Does nothing to the system's.
    pub fn advance(&self, by: time::Duration) {
        if let Self::Fixed(micros) = self {
            micros.fetch_add(by.whole_microseconds() as i64, Ordering::SeqCst);
        }
    }
}
