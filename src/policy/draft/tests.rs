use std::collections::BTreeMap;

use crate::factors::MethodSet;
use crate::policy::Questions;
use crate::policy::settings::RECOMMENDED;
use time::macros::date;

use super::*;

fn draft() -> Draft {
    Draft::of(&Policy::default())
}

fn faults(draft: Draft) -> Vec<(&'static str, String)> {
    draft.check().unwrap_err().into_iter().map(|fault| (fault.field, fault.problem)).collect()
}

#[test]
fn a_policy_fills_the_form_and_comes_back_from_it() {
    for (two_factor, scope, grace, totp_issuer) in [
        (true, Scope::Selected, Grace::None, None),
        (true, Scope::EveryoneExcept, Grace::Until(date!(2026 - 12 - 01)), Some("Acme help".to_owned())),
        (false, Scope::Enforced, Grace::Skips(20), None),
    ] {
        let settings = Settings {
            scope,
            grace,
            totp_issuer,
            methods: if two_factor { RECOMMENDED } else { MethodSet::EMPTY },
            passkey_sign_in: two_factor,
            questions: Questions {
                list: ["one?", "two?", "three?", "four?"].map(str::to_owned).into(),
                to_set: 4,
                to_ask: 3,
            },
            least_factors: if two_factor { 1 } else { 3 },
            remembered_days: if two_factor { 0 } else { 90 },
            self_recovery: two_factor,
            session: SessionLimits { idle_minutes: 30, absolute_minutes: 30 },
            throttle: Throttle { account_failures: 20, network_failures: 10 },
            trusted_networks: vec!["10.0.0.0/8".parse().unwrap(), "192.0.2.7/32".parse().unwrap()],
        };
        let policy = Policy { two_factor, settings: settings.clone(), version: 3 };
        assert_eq!(Draft::of(&policy).check(), Ok((two_factor, settings)));
    }
}

#[test]
fn blanks_around_values_do_not_matter() {
    let typed = Draft {
        totp_issuer: "  Acme  ".into(),
        idle_minutes: " 15 ".into(),
        grace: "until".into(),
        grace_until: " 2026-12-01 ".into(),
        ..draft()
    };
    let (_, settings) = typed.check().unwrap();
    assert_eq!(settings.totp_issuer.as_deref(), Some("Acme"));
    assert_eq!((settings.session.idle_minutes, settings.grace), (15, Grace::Until(date!(2026 - 12 - 01))));
}

#[test]
fn every_fault_says_what_would_be_right() {
    for (wrong, field, words) in [
        (Draft { two_factor: "yes".into(), ..draft() }, "two_factor", "on or off"),
        (Draft { scope: "all".into(), ..draft() }, "scope", "Choose whom"),
        (Draft { methods: BTreeMap::new(), ..draft() }, "totp", "Leave one method on"),
        (Draft { totp_issuer: "a:b".into(), ..draft() }, "totp_issuer", "Leave out colons"),
        (
            Draft { totp_issuer: "é".repeat(61), ..draft() },
            "totp_issuer",
            "at most 60 characters; these are 61",
        ),
        (Draft { grace: String::new(), ..draft() }, "grace", "Choose whether"),
        (Draft { grace: "until".into(), ..draft() }, "grace_until", "such as 2026-12-01"),
        (
            Draft { grace: "until".into(), grace_until: "1.12.2026".into(), ..draft() },
            "grace_until",
            "year-month-day",
        ),
        (Draft { grace: "skips".into(), ..draft() }, "grace_skips", "from 1 to 20"),
        (Draft { grace: "skips".into(), grace_skips: "21".into(), ..draft() }, "grace_skips", "from 1 to 20"),
        (Draft { passkey_sign_in: "1".into(), ..draft() }, "passkey_sign_in", "on or off"),
        (Draft { least_factors: "0".into(), ..draft() }, "least_factors", "from 1 to 3"),
        (Draft { least_factors: "4".into(), ..draft() }, "least_factors", "from 1 to 3"),
        (Draft { least_factors: "3".into(), ..draft() }, "least_factors", "switch another method on"),
        (Draft { remembered: String::new(), ..draft() }, "remembered", "Choose whether devices"),
        (Draft { remembered: "days".into(), ..draft() }, "remembered_days", "from 1 to 90"),
        (
            Draft { remembered: "days".into(), remembered_days: "0".into(), ..draft() },
            "remembered_days",
            "from 1 to 90",
        ),
        (Draft { self_recovery: "yes".into(), ..draft() }, "self_recovery", "on or off"),
        (Draft { idle_minutes: "4".into(), ..draft() }, "idle_minutes", "from 5 to 1440"),
        (Draft { idle_minutes: "1 h".into(), ..draft() }, "idle_minutes", "whole number of minutes"),
        (Draft { absolute_minutes: "43201".into(), ..draft() }, "absolute_minutes", "from 30 to 43200"),
        (
            Draft { idle_minutes: "61".into(), absolute_minutes: "60".into(), ..draft() },
            "idle_minutes",
            "Enter at most 60",
        ),
        (Draft { account_failures: "2".into(), ..draft() }, "account_failures", "from 3 to 20"),
        (Draft { account_failures: "-3".into(), ..draft() }, "account_failures", "from 3 to 20"),
        (Draft { network_failures: "501".into(), ..draft() }, "network_failures", "from 10 to 500"),
        (Draft { trusted_networks: "0.0.0.0/0".into(), ..draft() }, "trusted_networks", "too wide"),
    ] {
        let told = faults(wrong.clone());
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].0, field, "{wrong:?}");
        assert!(told[0].1.contains(words), "{told:?}");
    }
}

#[test]
fn all_faults_come_at_once() {
    let fields: Vec<_> = faults(Draft::default()).into_iter().map(|(field, _)| field).collect();
    let numbers = ["idle_minutes", "absolute_minutes", "account_failures", "network_failures"];
    assert_eq!(fields[..4], ["scope", "least_factors", "grace", "remembered"]);
    assert_eq!(fields[4..], numbers, "an empty form");
}

#[test]
fn with_2fa_off_no_method_is_needed() {
    let off = Draft { two_factor: String::new(), methods: BTreeMap::new(), ..draft() };
    assert!(!off.check().unwrap().1.has_method());
}

#[test]
fn reads_what_a_browser_posts() {
    let posted = "two_factor=on&scope=selected&totp=on&grace=none&least_factors=1&remembered=off&idle_minutes=60&absolute_minutes=1440\
                  &account_failures=5&network_failures=50&trusted_networks=10.0.0.0%2F8%0D%0A192.0.2.7&version=4";
    let pairs: std::collections::HashMap<_, _> =
        form_urlencoded::parse(posted.as_bytes()).into_owned().collect();
    let draft: Draft = serde_json::from_value(serde_json::to_value(pairs).unwrap()).unwrap();
    let (two_factor, settings) = draft.check().unwrap();
    assert!(two_factor);
    assert_eq!((settings.scope, settings.trusted_networks.len()), (Scope::Selected, 2));
}
