//! Times and numbers as people read them.

use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Duration, OffsetDateTime};

const DATE: &[BorrowedFormatItem<'_>] = format_description!("[day padding:none] [month repr:long] [year]");
const MOMENT: &[BorrowedFormatItem<'_>] =
    format_description!("[day padding:none] [month repr:short] [year], [hour]:[minute]:[second] UTC");

/// `25 November 2026`.
pub fn date(at: OffsetDateTime) -> String {
    at.to_offset(time::UtcOffset::UTC).format(DATE).unwrap_or_default()
}

/// `25 Nov 2026, 14:05:09 UTC`.
pub fn moment(at: OffsetDateTime) -> String {
    at.to_offset(time::UtcOffset::UTC).format(MOMENT).unwrap_or_default()
}

/// How long ago, to the largest unit that fits: `just now`, `5 minutes ago`, `3 days ago`.
pub fn ago(at: OffsetDateTime, now: OffsetDateTime) -> String {
    let past = now - at;
    let (count, unit) = if past < Duration::MINUTE {
        return "just now".into();
    } else if past < Duration::HOUR {
        (past.whole_minutes(), "minute")
    } else if past < Duration::DAY {
        (past.whole_hours(), "hour")
    } else {
        (past.whole_days(), "day")
    };
    format!("{} ago", counted(count.unsigned_abs(), unit, &format!("{unit}s")))
}

/// `1,912`: thousands apart.
pub fn number(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 customer`, `1,912 customers`.
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn numbers_are_grouped() {
        for (count, text) in [
            (0, "0 days"),
            (1, "1 day"),
            (999, "999 days"),
            (1_000, "1,000 days"),
            (12_431, "12,431 days"),
            (1_000_000, "1,000,000 days"),
        ] {
            assert_eq!(counted(count, "day", "days"), text);
        }
    }

    #[test]
    fn times_are_told_in_utc() {
        let at = datetime!(2026-11-25 01:05:09 +02:00);
        assert_eq!(date(at), "24 November 2026");
        assert_eq!(moment(at), "24 Nov 2026, 23:05:09 UTC");
        for (later, text) in [
            (Duration::seconds(-5), "just now"),
            (Duration::seconds(59), "just now"),
            (Duration::seconds(60), "1 minute ago"),
            (Duration::minutes(59), "59 minutes ago"),
            (Duration::hours(23), "23 hours ago"),
            (Duration::hours(49), "2 days ago"),
        ] {
            assert_eq!(ago(at, at + later), text);
        }
    }
}
