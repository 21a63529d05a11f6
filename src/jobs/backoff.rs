//! How long a job waits after a failed try.

use time::Duration;

/// After the first failure.
const FIRST: Duration = Duration::seconds(10);
/// At most, before jitter.
const LONGEST: Duration = Duration::hours(1);

/// The wait after try number `attempts` (from 1): 10 s, doubled each time up to an hour, and a
/// fifth more or less by `jitter`, so that what failed together does not come back together.
pub fn wait(attempts: i32, jitter: u8) -> Duration {
    let doublings = attempts.clamp(1, 16).unsigned_abs() - 1;
    let wait = (FIRST * 2_u32.pow(doublings)).min(LONGEST);
    // 0 is 80 percent, 255 is 120.
    wait * (800 + u32::from(jitter) * 400 / 255) / 1_000_u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour() {
        for (attempts, seconds) in [
            (i32::MIN, 10),
            (0, 10),
            (1, 10),
            (2, 20),
            (3, 40),
            (4, 80),
            (9, 2_560),
            (10, 3_600),
            (30, 3_600),
            (i32::MAX, 3_600),
        ] {
            let least = wait(attempts, 0);
            let most = wait(attempts, 255);
            assert_eq!(least, Duration::seconds(seconds) * 8 / 10, "{attempts}");
            assert_eq!(most, Duration::seconds(seconds) * 12 / 10, "{attempts}");
            assert!((least..=most).contains(&wait(attempts, 128)), "{attempts}");
        }
    }
}
