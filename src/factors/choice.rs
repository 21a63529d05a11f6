//! Which methods a customer may set up, and which one is asked for first.

use super::{Factor, Method, MethodSet};

/// What may be set up: those that are `allowed`, strongest first; not a second one of a kind that
/// stands alone.
pub fn to_set_up(allowed: MethodSet, own: &[Factor]) -> Vec<Method> {
    let has = |method| own.iter().any(|factor| factor.method == method);
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
    let usable = |method: &Method| {
        allowed.contains(*method) && own.iter().any(|factor| factor.method == *method && !factor.is_off())
    };
    let mut methods: Vec<_> = Method::ALL.iter().copied().filter(usable).collect();
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
    use uuid::Uuid;

    use super::*;
    use crate::customers::CustomerId;
    use crate::factors::{FactorId, wait};
    use crate::sites::SiteId;
    use Method::{BackupCodes, Totp};

    const NOW: OffsetDateTime = datetime!(2026-11-25 12:00 UTC);

    fn factor(method: Method, used_days_ago: i64) -> Factor {
        Factor {
            id: FactorId(Uuid::nil()),
            site: SiteId(Uuid::nil()),
            customer: CustomerId(Uuid::nil()),
            method,
            name: String::new(),
            sealed_secret: None,
            data: serde_json::Value::Null,
            failures: 0,
            last_failure_at: None,
            created_at: NOW,
            last_used_at: Some(NOW - Duration::days(used_days_ago)),
        }
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
    }

    #[test]
    fn what_can_be_set_up() {
        let all = MethodSet::of(Method::ALL);
        assert!(!to_set_up(all, &[]).contains(&BackupCodes), "they come with another");
        assert!(to_set_up(all, &[factor(Totp, 0)]).contains(&Totp), "several apps");
        assert!(!to_set_up(all.without(Totp), &[]).contains(&Totp));
    }
}
