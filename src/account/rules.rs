//! What may be done on the account page. Pure.

use time::{Duration, OffsetDateTime};

use crate::customers::names::characters;
use crate::factors::{Factor, FactorId, Method, MethodSet, choice};
use crate::signin::session::Methods;

/// How long after an authentication something may be changed (security.md S4).
pub const FRESH: Duration = Duration::minutes(10);

/// Code points of a factor's name at most.
pub const LONGEST_NAME: usize = 60;

/// Whether a session that authenticated `at` with `methods` may change what signs its customer in.
/// Whoever has a second factor that can be asked for has shown one, whatever let the password pass alone:
/// a trusted network, a remembered device.
pub fn is_fresh(
    at: OffsetDateTime,
    methods: Methods,
    allowed: MethodSet,
    own: &[Factor],
    now: OffsetDateTime,
) -> bool {
    let can_be_shown = !choice::to_ask_for(allowed, own, None).is_empty();
    now < at + FRESH && (!methods.factors.is_empty() || !can_be_shown)
}

/// What removing a factor would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// It goes.
    Alone,
    /// It goes, and backup codes, which stand for nothing then, with it.
    WithBackupCodes,
    /// The customer needs it: so many have to stay.
    Needed { least: u32 },
}

/// Decides whether `factor` may go. `least`: how many usable ones a customer whom 2FA covers has to keep;
/// none for others.
pub fn removal(own: &[Factor], factor: FactorId, allowed: MethodSet, least: Option<u32>) -> Removal {
    let others = || own.iter().filter(move |other| other.id != factor && other.method.about().chosen);
    let usable = others().filter(|other| allowed.contains(other.method) && !other.is_off()).count();
    match least.map(|least| least.max(1)) {
        Some(least) if usable < least as usize => Removal::Needed { least },
        _ if others().next().is_none() && own.iter().any(|other| other.method == Method::BackupCodes) => {
            Removal::WithBackupCodes
        }
        _ => Removal::Alone,
    }
}

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFault {
    Missing,
    TooLong,
    /// A control character, or one that turns the direction of the text around it.
    Unusable,
}

/// Reads a factor's name.
pub fn name(typed: &str) -> Result<&str, NameFault> {
    let name = typed.trim();
    if name.is_empty() {
        Err(NameFault::Missing)
    } else if name.chars().count() > LONGEST_NAME {
        Err(NameFault::TooLong)
    } else if characters(name).is_err() || name.contains(['\u{200e}', '\u{200f}']) {
        Err(NameFault::Unusable)
    } else {
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::factors::wait;
    use time::macros::datetime;
    use uuid::Uuid;

    const NOW: OffsetDateTime = datetime!(2026-11-25 12:00 UTC);

    fn factor(id: u128, method: Method, failures: u32) -> Factor {
        Factor { id: FactorId(Uuid::from_u128(id)), failures, ..Factor::sample(method) }
    }

    #[test]
    fn what_counts_as_fresh() {
        let all = MethodSet::of(Method::ALL);
        let with = Methods::with(MethodSet::of(&[Method::Totp]));
        let app = [factor(1, Method::Totp, 0)];
        let off = [factor(1, Method::Totp, wait::MOST_FAILURES)];
        let (just, minutes) = (Duration::ZERO, Duration::minutes);
        for (ago, methods, allowed, own, expected) in [
            (just, with, all, &app[..], true),
            (minutes(10) - Duration::SECOND, with, all, &app, true),
            (minutes(10), with, all, &app, false),
            (just, Methods::PASSWORD, all, &app, false),
            (just, Methods::REMEMBERED, all, &app, false),
            (just, Methods::PASSWORD, all, &[], true),
            (just, Methods::SKIPPED, all, &[], true),
            (just, Methods::PASSWORD, all, &off, true), // there is nothing else to show
            (just, Methods::PASSWORD, MethodSet::EMPTY, &app, true),
            (minutes(10), Methods::PASSWORD, all, &[], false),
        ] {
            assert_eq!(
                is_fresh(NOW - ago, methods, allowed, own, NOW),
                expected,
                "{ago} {methods:?} {own:?}"
            );
        }
    }

    #[test]
    fn the_last_one_stays_where_one_is_asked_for() {
        let all = MethodSet::of(Method::ALL);
        let one = factor(1, Method::Totp, 0);
        let other = factor(2, Method::Totp, 0);
        let off = factor(3, Method::Totp, wait::MOST_FAILURES);
        let codes = factor(4, Method::BackupCodes, 0);
        let own = |list: &[&Factor]| list.iter().map(|factor| (*factor).clone()).collect::<Vec<_>>();
        let needed = |least| Removal::Needed { least };
        for (list, goes, least, expected) in [
            (own(&[&one]), &one, Some(1), needed(1)),
            (own(&[&one]), &one, Some(0), needed(1)),
            (own(&[&one, &codes]), &one, Some(1), needed(1)), // codes are no factor to live on
            (own(&[&one, &off]), &one, Some(1), needed(1)),
            (own(&[&one, &off]), &off, Some(1), Removal::Alone),
            (own(&[&off]), &off, Some(1), needed(1)),
            (own(&[&one, &other, &codes]), &one, Some(1), Removal::Alone),
            (own(&[&one, &other]), &one, Some(2), needed(2)),
            (own(&[&one]), &one, None, Removal::Alone),
            (own(&[&one, &codes]), &one, None, Removal::WithBackupCodes),
            (own(&[&one, &off, &codes]), &one, None, Removal::Alone),
        ] {
            assert_eq!(removal(&list, goes.id, all, least), expected, "{list:?}");
        }
        assert_eq!(removal(&own(&[&one, &other]), one.id, MethodSet::EMPTY, Some(1)), needed(1));
    }

    #[test]
    fn names_are_short_and_keep_to_themselves() {
        let longest = "ü".repeat(LONGEST_NAME);
        for (typed, expected) in [
            ("  Work phone ", Ok("Work phone")),
            ("الهاتف", Ok("الهاتف")),
            ("<b>&\"'", Ok("<b>&\"'")),
            (longest.as_str(), Ok(longest.as_str())),
            ("", Err(NameFault::Missing)),
            (" \t ", Err(NameFault::Missing)),
            (&format!("{longest}x"), Err(NameFault::TooLong)),
            (&"x".repeat(60_000), Err(NameFault::TooLong)),
            ("a\u{0}b", Err(NameFault::Unusable)),
            ("a\nb", Err(NameFault::Unusable)),
            ("a\u{202e}b", Err(NameFault::Unusable)),
        ] {
            assert_eq!(name(typed), expected, "{typed:.20?}");
        }
    }
}
