use crate::factors::{Method, MethodSet};
use serde_json::json;
use time::macros::date;

use super::*;

#[test]
fn the_default_is_the_safe_preset() {
    let safe = Settings::safe();
    assert_eq!(safe, Settings::read(&json!({})));
    assert_eq!(safe, Settings::read(&json!(null)));
    assert_eq!((safe.scope, safe.grace), (Scope::Enforced, Grace::None));
    assert!(safe.has_method() && safe.trusted_networks.is_empty() && safe.totp_issuer.is_none());
    assert_eq!((safe.session.idle_minutes, safe.session.absolute_minutes), (60, 1440));
    assert_eq!((safe.throttle.account_failures, safe.throttle.network_failures), (5, 50));
}

#[test]
fn what_is_stored_comes_back() {
    for (scope, grace) in [
        (Scope::Selected, Grace::None),
        (Scope::EveryoneExcept, Grace::Until(date!(2026 - 12 - 01))),
        (Scope::Enforced, Grace::Skips(3)),
    ] {
        let settings = Settings {
            scope,
            grace,
            methods: MethodSet::EMPTY,
            totp_issuer: Some("Acme help".into()),
            session: SessionLimits { idle_minutes: 30, absolute_minutes: 480 },
            throttle: Throttle { account_failures: 3, network_failures: 500 },
            trusted_networks: vec!["10.0.0.0/8".parse().unwrap(), "2001:db8::/32".parse().unwrap()],
            passkey_sign_in: true,
            questions: Questions {
                list: ["one?", "two?", "three?", "four?"].map(str::to_owned).into(),
                to_set: 4,
                to_ask: 3,
            },
            least_factors: 2,
            remembered_days: 30,
            self_recovery: false,
        };
        assert_eq!(Settings::read(&serde_json::to_value(&settings).unwrap()), settings);
    }
    let stored =
        serde_json::to_value(Settings { grace: Grace::Until(date!(2026 - 12 - 01)), ..Settings::default() });
    assert_eq!(stored.unwrap()["grace"], json!({ "until": "2026-12-01" }), "legible in the database");
}

#[test]
fn what_is_out_of_bounds_or_unreadable_becomes_safe() {
    let read = |document| Settings::read(&document);
    for (idle, absolute, expected) in [
        (0, 1440, (5, 1440)),
        (100_000, 1440, (1440, 1440)),
        (60, 1, (30, 30)),
        (60, 1_000_000, (60, 43_200)),
        (120, 60, (60, 60)),
    ] {
        let session =
            read(json!({ "session": { "idle_minutes": idle, "absolute_minutes": absolute } })).session;
        assert_eq!((session.idle_minutes, session.absolute_minutes), expected, "{idle} {absolute}");
    }
    assert_eq!(read(json!({ "session": { "idle_minutes": -1 } })).session, SessionLimits::default());
    assert_eq!(read(json!({ "session": { "idle_minutes": 30 } })).session.absolute_minutes, 1440);
    let throttle = read(json!({ "throttle": { "account_failures": 0, "network_failures": 9999 } })).throttle;
    assert_eq!((throttle.account_failures, throttle.network_failures), (3, 500));
    for (stored, expected) in [
        (json!({ "skips": 0 }), Grace::None),
        (json!({ "skips": 1000 }), Grace::Skips(20)),
        (json!({ "until": "2026-13-01" }), Grace::None),
        (json!({ "for_ever": true }), Grace::None),
        (json!("none"), Grace::None),
    ] {
        assert_eq!(read(json!({ "grace": stored })).grace, expected, "{stored}");
    }
    assert_eq!(read(json!({ "scope": "nobody", "methods": "all" })), Settings::default());
    let methods = |stored| read(json!({ "methods": stored })).methods;
    assert_eq!(methods(json!({ "telepathy": true })), MethodSet::EMPTY);
    assert_eq!(methods(json!({ "totp": true })), MethodSet::of(&[Method::Totp]), "what came later is off");
    let few =
        read(json!({ "questions": { "list": ["one?", "one?", " "], "to_set": 99, "to_ask": 99 } })).questions;
    assert_eq!((few.list, few.to_set, few.to_ask), (Questions::default().list, 8, 5));
    let numbers = read(json!({ "least_factors": 9, "remembered_days": 365 }));
    assert_eq!((numbers.least_factors, numbers.remembered_days), (3, 90));
    for name in ["a:b", "a\nb", "", &"x".repeat(61)] {
        assert_eq!(read(json!({ "totp_issuer": name })).totp_issuer, None, "{name:?}");
    }
    let networks =
        read(json!({ "trusted_networks": ["0.0.0.0/0", "10.0.0.0/8", 7, "x", "::/0"] })).trusted_networks;
    assert_eq!(networks, ["10.0.0.0/8".parse().unwrap()]);
    let many: Vec<_> = (0..60).map(|n| format!("10.0.{n}.0/24")).collect();
    assert_eq!(read(json!({ "trusted_networks": many })).trusted_networks.len(), 50);
}

#[test]
fn what_is_weaker_or_asks_for_less_is_off_until_switched_on() {
    use crate::factors::Method;
    use crate::factors::kind::Strength;
    use crate::policy::Policy;
    for settings in [Settings::default(), Policy::read(true, &json!({}), 1).settings] {
        for method in [Method::EmailCode, Method::Sms, Method::Questions] {
            assert_eq!(method.about().strength, Strength::Weaker, "{method:?}");
        }
        for method in Method::ALL {
            let is_on = settings.methods.contains(*method);
            assert!(!is_on || method.about().strength < Strength::Weaker, "{method:?}");
        }
        assert_eq!((settings.remembered_days, settings.passkey_sign_in), (0, false));
        assert!(settings.trusted_networks.is_empty());
    }
}

#[test]
fn every_scope_has_one_name() {
    for scope in Scope::ALL {
        assert_eq!(Scope::parse(scope.as_str()), Some(scope));
        assert_eq!(serde_json::to_value(scope).unwrap(), json!(scope.as_str()));
    }
    assert_eq!(Scope::parse("all"), None);
}

#[test]
fn two_factor_is_never_on_without_a_method() {
    use crate::policy::Policy;
    let none = json!({ "methods": { "totp": false } });
    assert!(Policy::read(true, &none, 1).settings.has_method());
    let off = Policy::read(false, &none, 1);
    assert!(!off.settings.has_method(), "off, it may stay as it is");
    assert!(off.switched(true).settings.has_method());
}
