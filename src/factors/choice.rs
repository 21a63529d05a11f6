//! Which methods a customer may set up, and which one is asked for first.

use super::{Factor, Method, MethodSet};

/// The methods of the factors that [can be used](Factor::is_usable).
pub fn usable(own: &[Factor]) -> MethodSet {
    own.iter().filter(|factor| factor.is_usable()).map(|factor| factor.method).collect()
}

/// What may be set up: those that are `allowed`, strongest first; not a second one of a kind that
/// stands alone, unless the first one is off.
pub fn to_set_up(allowed: MethodSet, own: &[Factor]) -> Vec<Method> {
    let has = |method| usable(own).contains(method);
    let fits = |method: &Method| {
        let about = method.about();
        about.chosen && allowed.contains(*method) && (about.several || !has(*method))
    };
    Method::ALL.iter().copied().filter(fits).collect()
}

/// What may be asked for: the `allowed` ones that the customer has and that are not off, the preferred
/// one first, then the last used, then by strength.
pub fn to_ask_for(allowed: MethodSet, own: &[Factor], preferred: Option<Method>) -> Vec<Method> {
    let last_used = |method: Method| {
        own.iter().filter(|factor| factor.method == method).filter_map(|factor| factor.last_used_at).max()
    };
    let mut methods: Vec<_> = allowed.and(usable(own)).iter().collect();
    // Backup codes are for when the others are out of reach: never first while there is another.
    methods.sort_by_key(|method| {
        (Some(*method) != preferred, !method.about().chosen, std::cmp::Reverse(last_used(*method)))
    });
    methods
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;
    use time::{Duration, OffsetDateTime};

    use super::*;
    use crate::factors::wait;
    use Method::{BackupCodes, Questions, Totp};

    const NOW: OffsetDateTime = datetime!(2026-11-25 12:00 UTC);

    fn factor(method: Method, used_days_ago: i64) -> Factor {
        Factor { last_used_at: Some(NOW - Duration::days(used_days_ago)), ..Factor::sample(method) }
    }

    #[test]
    fn what_is_asked_for_first() {
        let all = MethodSet::of(Method::ALL);
        let own = [factor(Totp, 9), factor(BackupCodes, 1)];
        assert_eq!(to_ask_for(all, &own, None), [Totp, BackupCodes]);
        assert_eq!(to_ask_for(all, &own, Some(BackupCodes)), [BackupCodes, Totp]);
        assert_eq!(to_ask_for(all.without(Totp), &own, Some(Totp)), [BackupCodes]);
        assert_eq!(to_ask_for(MethodSet::EMPTY, &own, None), []);
        let off = Factor { failures: wait::MOST_FAILURES, ..factor(Totp, 0) };
        assert_eq!(to_ask_for(all, &[off.clone(), factor(BackupCodes, 1)], None), [BackupCodes]);
        assert_eq!(to_ask_for(all, &[off.clone(), factor(Totp, 1)], None), [Totp]);
        assert_eq!(to_ask_for(all, &[off], None), []);
        let used = serde_json::json!({ "codes": [{ "hash": "", "used_at": "2026-11-25T12:00:00Z" }] });
        let used = Factor { data: used, ..factor(BackupCodes, 0) };
        assert_eq!(to_ask_for(all, &[used], None), [], "all used");
    }

    #[test]
    fn what_can_be_set_up() {
        let all = MethodSet::of(Method::ALL);
        assert!(!to_set_up(all, &[]).contains(&BackupCodes), "they come with another");
        assert!(to_set_up(all, &[factor(Totp, 0)]).contains(&Totp), "several apps");
        let answered = factor(Questions, 0);
        assert!(!to_set_up(all, std::slice::from_ref(&answered)).contains(&Questions), "one set");
        let off = Factor { failures: wait::MOST_FAILURES, ..answered };
        assert!(to_set_up(all, &[off]).contains(&Questions), "which a new one can replace");
        assert!(!to_set_up(all.without(Totp), &[]).contains(&Totp));
    }
}
