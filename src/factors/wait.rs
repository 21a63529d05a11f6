//! The growing wait after wrong answers (security.md G1; NIST SP 800-63B-4 3.2.2; ASVS v5 6.3.1).
//! One scale for passwords and codes.

use time::{Duration, OffsetDateTime};

/// After this many consecutive failures a factor is off until re-bound (NIST SP 800-63B-4 3.2.2).
pub const MOST_FAILURES: u32 = 100;

/// The failure the wait begins with, where nobody decides otherwise: four slips cost nothing.
pub const BEGINS: u32 = 5;

/// How long after the last of `failures` consecutive wrong answers the next one is looked at, when
/// the wait begins with the failure `begins`: 15 s, doubling to a quarter of an hour.
pub fn after(failures: u32, begins: u32) -> Duration {
    const LONGEST: i64 = 15 * 60;
    match failures.checked_sub(begins) {
        None => Duration::ZERO,
        Some(beyond) => Duration::seconds((15_i64 << beyond.min(10)).min(LONGEST)),
    }
}

/// Whole seconds still to wait at `now`, or `None` when an answer is looked at.
pub fn remaining(
    failures: u32,
    begins: u32,
    last_failure_at: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> Option<u64> {
    let until = last_failure_at? + after(failures, begins);
    let left = (until - now).whole_milliseconds();
    (left > 0).then(|| u64::try_from(left).unwrap_or(0).div_ceil(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn waits_grow_and_stop_growing() {
        for (failures, seconds) in [
            (0, 0),
            (1, 0),
            (4, 0),
            (5, 15),
            (6, 30),
            (7, 60),
            (10, 480),
            (11, 900),
            (12, 900),
            (99, 900),
            (u32::MAX, 900),
        ] {
            assert_eq!(after(failures, BEGINS), Duration::seconds(seconds), "{failures}");
        }
        for (failures, begins, seconds) in [(2, 3, 0), (3, 3, 15), (19, 20, 0), (20, 20, 15), (26, 20, 900)] {
            assert_eq!(after(failures, begins), Duration::seconds(seconds), "{failures} from {begins}");
        }
    }

    #[test]
    fn what_remains_is_rounded_up_and_ends() {
        let last = datetime!(2026-11-23 12:00 UTC);
        let left = |now| remaining(5, BEGINS, Some(last), now);
        assert_eq!(left(last), Some(15));
        assert_eq!(left(last + Duration::milliseconds(14_001)), Some(1));
        assert_eq!(left(last + Duration::seconds(15)), None);
        assert_eq!(remaining(5, BEGINS, None, last), None);
        assert_eq!(remaining(4, BEGINS, Some(last), last), None);
    }
}
