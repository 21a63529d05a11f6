//! What may be done on the account page. Pure.

use time::{Duration, OffsetDateTime};

use crate::customers::names::characters;
use crate::factors::{Factor, FactorId, Method, MethodSet};
use crate::policy;
use crate::signin::session::Methods;

/// How long after an authentication something may be changed (security.md S4).
pub const FRESH: Duration = Duration::minutes(10);

/// Code points of a factor's name at most.
pub const LONGEST_NAME: usize = 60;

/// Whether a session that authenticated `at` with `methods` may change what signs its customer in.
/// Whoever has a second factor has shown one, whatever let the password pass alone: a trusted network, a
/// remembered device. Also where it is off or no longer allowed: else a hundred wrong guesses would let
/// whoever knows the password set up a factor of their own.
pub fn is_fresh(at: OffsetDateTime, methods: Methods, own: &[Factor], now: OffsetDateTime) -> bool {
    now < at + FRESH && (!methods.factors.is_empty() || own.is_empty())
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

/// Decides whether `factor` may go. `least`: of how many kinds a customer whom 2FA covers has to keep one;
/// none for others. What cannot be used may always go, and so may one that leaves no less than there was.
pub fn removal(own: &[Factor], factor: FactorId, allowed: MethodSet, least: Option<u32>) -> Removal {
    let others = || own.iter().filter(move |other| other.id != factor && other.method.about().chosen);
    let countable = |factors: Vec<&Factor>| -> MethodSet {
        let usable = factors.into_iter().filter(|factor| factor.is_usable()).map(|factor| factor.method);
        usable.collect::<MethodSet>().and(allowed).filter(|method| method.about().chosen)
    };
    let (before, after) = (countable(own.iter().collect()), countable(others().collect()));
    match least.map(|least| least.max(1)) {
        Some(least)
            if after != before && (after.is_empty() || policy::wants_another(allowed, least, after)) =>
        {
            Removal::Needed { least }
        }
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
        let with = Methods::with(MethodSet::of(&[Method::Totp]));
        let app = [factor(1, Method::Totp, 0)];
        let off = [factor(1, Method::Totp, wait::MOST_FAILURES)];
        let (just, minutes) = (Duration::ZERO, Duration::minutes);
        for (ago, methods, own, expected) in [
            (just, with, &app[..], true),
            (minutes(10) - Duration::SECOND, with, &app, true),
            (minutes(10), with, &app, false),
            (just, Methods::PASSKEY, &app, true),
            (just, Methods::PASSWORD, &app, false),
            (just, Methods::REMEMBERED, &app, false),
            (just, Methods::PASSWORD, &[], true),
            (just, Methods::SKIPPED, &[], true),
            (just, Methods::PASSWORD, &off, false), // by whoever made the wrong guesses
            (minutes(10), Methods::PASSWORD, &[], false),
        ] {
            assert_eq!(is_fresh(NOW - ago, methods, own, NOW), expected, "{ago} {methods:?} {own:?}");
        }
    }

    #[test]
    fn the_last_one_stays_where_one_is_asked_for() {
        let all = MethodSet::of(Method::ALL);
        let one = factor(1, Method::Totp, 0);
        let other = factor(2, Method::Totp, 0);
        let off = factor(3, Method::Totp, wait::MOST_FAILURES);
        let codes = factor(4, Method::BackupCodes, 0);
        let key = factor(5, Method::Passkey, 0);
        let own = |list: &[&Factor]| list.iter().map(|factor| (*factor).clone()).collect::<Vec<_>>();
        let needed = |least| Removal::Needed { least };
        for (list, goes, least, expected) in [
            (own(&[&one]), &one, Some(1), needed(1)),
            (own(&[&one]), &one, Some(0), needed(1)),
            (own(&[&one, &codes]), &one, Some(1), needed(1)), // codes are no factor to live on
            (own(&[&one, &off]), &one, Some(1), needed(1)),
            (own(&[&one, &off]), &off, Some(1), Removal::Alone),
            (own(&[&off]), &off, Some(1), Removal::Alone), // it is of no use
            (own(&[&one, &other, &codes]), &one, Some(1), Removal::Alone),
            (own(&[&one, &other]), &one, Some(2), Removal::Alone), // one kind before and after
            (own(&[&one, &key]), &one, Some(2), needed(2)),
            (own(&[&one, &key]), &one, Some(1), Removal::Alone),
            (own(&[&one, &other, &key]), &key, Some(2), needed(2)),
            (own(&[&one, &other, &key]), &other, Some(2), Removal::Alone),
            (own(&[&one, &key]), &key, Some(3), needed(3)),
            (own(&[&one]), &one, None, Removal::Alone),
            (own(&[&one, &codes]), &one, None, Removal::WithBackupCodes),
            (own(&[&one, &off, &codes]), &one, None, Removal::Alone),
        ] {
            assert_eq!(removal(&list, goes.id, all, least), expected, "{list:?}");
        }
        let both = own(&[&one, &key]);
        let app_alone = MethodSet::of(&[Method::Totp]);
        assert_eq!(removal(&both, key.id, app_alone, Some(2)), Removal::Alone, "its kind is not allowed");
        assert_eq!(removal(&both, one.id, app_alone, Some(2)), needed(2), "the only one that is");
        assert_eq!(removal(&both, one.id, MethodSet::EMPTY, Some(1)), Removal::Alone);
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
