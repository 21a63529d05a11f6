use time::macros::date;

use super::*;
use crate::factors::{Method, MethodSet};
use crate::policy::{SessionLimits, Settings, Throttle};

/// A class of one customer, without exceptions, factor or sessions, with a password.
const PLAIN: Class = Class {
    exceptions: Exceptions { customer: None, group_on: false, group_off: false },
    has_factor: false,
    usable: MethodSet::EMPTY,
    has_password: true,
    count: 1,
    password_sessions: 0,
    remembered_sessions: 0,
};

const APP: MethodSet = MethodSet::of(&[Method::Totp]);
const CODES: MethodSet = MethodSet::of(&[Method::BackupCodes]);

fn excepted(customer: bool, count: u64) -> Class {
    Class { exceptions: Exceptions { customer: Some(customer), ..Exceptions::default() }, count, ..PLAIN }
}

fn policy(two_factor: bool, scope: Scope) -> Policy {
    Policy { two_factor, settings: Settings { scope, ..Settings::default() }, version: 1 }
}

#[test]
fn whom_each_scope_covers() {
    let in_group = |on: bool, count| {
        let exceptions = Exceptions { group_on: on, group_off: !on, ..Exceptions::default() };
        Class { exceptions, count, ..PLAIN }
    };
    let classes = [
        Class { count: 1000, ..PLAIN },
        excepted(true, 200),
        excepted(false, 30),
        in_group(true, 4),
        in_group(false, 5),
    ];
    let off = policy(false, Scope::Selected);
    assert_eq!(effect(&off, &classes), Effect { covered: 0, total: 1239 });
    assert_eq!(
        effects(&off, &classes),
        [
            (Scope::Selected, Effect { covered: 204, total: 1239 }),
            (Scope::EveryoneExcept, Effect { covered: 1204, total: 1239 }),
            (Scope::Enforced, Effect { covered: 1239, total: 1239 }),
        ]
    );
    assert_eq!(effect(&off, &[]), Effect { covered: 0, total: 0 });
}

#[test]
fn devices_that_are_remembered_no_more_sign_in_again() {
    let classes = [
        Class { count: 10, password_sessions: 7, remembered_sessions: 3, ..PLAIN },
        Class { count: 50, remembered_sessions: 9, ..excepted(false, 0) },
    ];
    let remembering = |on, days| {
        let mut policy = policy(on, Scope::EveryoneExcept);
        policy.settings.remembered_days = days;
        policy
    };
    for (before, after, ending) in [
        (remembering(true, 30), remembering(true, 0), 3),
        (remembering(true, 30), remembering(true, 7), 0),
        (remembering(true, 0), remembering(true, 30), 0),
        (remembering(false, 30), remembering(true, 0), 10),
        (remembering(true, 30), remembering(false, 0), 0),
    ] {
        assert_eq!(rehearse(&before, &after, &classes).sessions_ending, ending);
    }
}

#[test]
fn switching_on_counts_everybody_once() {
    let factor = Class { has_factor: true, usable: APP, ..PLAIN };
    let classes = [
        Class { count: 10, password_sessions: 7, ..PLAIN },
        Class { count: 20, password_sessions: 1, ..factor },
        Class { count: 3, usable: MethodSet::EMPTY, ..factor },
        Class { count: 4, has_password: false, ..PLAIN },
        Class { count: 50, password_sessions: 9, ..excepted(false, 0) },
    ];
    let before = policy(false, Scope::EveryoneExcept);
    let after = policy(true, Scope::EveryoneExcept);
    let done = Rehearsal {
        newly_asked: 37,
        asked_total: 37,
        no_longer_asked: 0,
        will_enrol: 10,
        cannot_enrol: 0,
        will_add: 0,
        locked_out: 3,
        left: Vec::new(),
        without_password: 4,
        sessions_ending: 8,
        stricter: true,
        looser: false,
    };
    assert_eq!(rehearse(&before, &after, &classes), done);
    assert_eq!(locked_out(&before, &after, &classes), [classes[2]]);

    let undone = rehearse(&after, &before, &classes);
    let expected = Rehearsal { no_longer_asked: 37, looser: true, ..Rehearsal::default() };
    assert_eq!(undone, expected);

    let widened = rehearse(&after, &policy(true, Scope::Enforced), &classes);
    assert_eq!((widened.newly_asked, widened.asked_total, widened.will_enrol), (50, 87, 60));
    assert_eq!((widened.locked_out, widened.sessions_ending), (0, 9), "who was out stays out");
    assert!(widened.stricter && !widened.looser);
}

#[test]
fn without_a_method_nobody_can_enrol_and_factors_are_worth_nothing() {
    let classes = [Class { count: 10, ..PLAIN }, Class { has_factor: true, usable: APP, count: 2, ..PLAIN }];
    let on = policy(true, Scope::Enforced);
    // No form lets this pass; the counts say why.
    let settings = Settings { methods: MethodSet::EMPTY, ..Settings::default() };
    let none = Policy { settings, ..on.clone() };
    let told = rehearse(&on, &none, &classes);
    assert_eq!((told.cannot_enrol, told.locked_out, told.will_enrol), (10, 2, 0));
    let (app, codes) = ((Method::Totp, Use { customers: 2, only: 2 }), (Method::BackupCodes, Use::default()));
    assert!(told.left.contains(&app) && told.left.contains(&codes), "{:?}", told.left);
    assert_eq!(cannot_enrol(&none, &classes), [classes[0]]);
    assert!(told.stricter);
}

#[test]
fn whoever_has_nothing_left_is_counted_for_each_method() {
    let having = |usable, count| Class { has_factor: true, usable, count, ..PLAIN };
    let both = APP.with(Method::BackupCodes);
    let classes = [
        having(APP, 100),
        having(CODES, 20),
        having(both, 3),
        having(MethodSet::EMPTY, 4),
        Class { count: 5, ..PLAIN },
        Class { exceptions: excepted(false, 0).exceptions, ..having(APP, 60) },
    ];
    assert_eq!(users(Method::Totp, both, &classes), Use { customers: 163, only: 160 });
    assert_eq!(users(Method::BackupCodes, both, &classes), Use { customers: 23, only: 20 });
    assert_eq!(users(Method::BackupCodes, CODES, &classes), Use { customers: 23, only: 23 });

    let with = |methods| {
        let settings = Settings { scope: Scope::EveryoneExcept, methods, ..Settings::default() };
        Policy { two_factor: true, settings, version: 1 }
    };
    let told = rehearse(&with(both), &with(APP), &classes);
    assert_eq!(told.left, [(Method::BackupCodes, Use { customers: 23, only: 20 })]);
    assert_eq!(told.locked_out, 20, "who had the codes only");
    assert_eq!(locked_out(&with(both), &with(APP), &classes), [classes[1]]);
    let told = rehearse(&with(both), &with(CODES), &classes);
    assert_eq!(told.left, [(Method::Totp, Use { customers: 163, only: 160 })], "also whom it does not cover");
    assert_eq!((told.locked_out, told.cannot_enrol), (100, 5), "and the codes alone let nobody set one up");
    assert_eq!(rehearse(&with(APP), &with(both), &classes).locked_out, 0);
}

#[test]
fn what_is_stricter_and_what_is_looser() {
    let with = |settings: Settings| Policy { two_factor: true, settings, version: 1 };
    let plain = || with(Settings::default());
    let grace = |grace| with(Settings { grace, ..Settings::default() });
    let session = |idle_minutes, absolute_minutes| {
        with(Settings { session: SessionLimits { idle_minutes, absolute_minutes }, ..Settings::default() })
    };
    let throttle = |account_failures, network_failures| {
        with(Settings { throttle: Throttle { account_failures, network_failures }, ..Settings::default() })
    };
    let trusting = |networks: &[&str]| {
        let trusted_networks = networks.iter().map(|network| network.parse().unwrap()).collect();
        with(Settings { trusted_networks, ..Settings::default() })
    };
    let named = with(Settings { totp_issuer: Some("Acme".into()), ..Settings::default() });
    for (before, after, stricter, looser) in [
        (plain(), plain(), false, false),
        (plain(), named, false, false),
        (plain(), policy(false, Scope::Enforced), false, true),
        (plain(), grace(Grace::Skips(1)), false, true),
        (grace(Grace::Skips(2)), grace(Grace::Skips(1)), true, false),
        (grace(Grace::Until(date!(2026 - 12 - 01))), grace(Grace::Until(date!(2026 - 12 - 02))), false, true),
        (grace(Grace::Until(date!(2026 - 12 - 01))), grace(Grace::Skips(1)), true, true),
        (plain(), session(30, 1440), true, false),
        (plain(), session(60, 2880), false, true),
        (plain(), session(30, 2880), true, true),
        (plain(), throttle(3, 50), true, false),
        (plain(), throttle(5, 51), false, true),
        (plain(), trusting(&["10.0.0.0/8"]), false, true),
        (trusting(&["10.0.0.0/8"]), trusting(&["10.1.0.0/16"]), true, false),
        (trusting(&["10.0.0.0/8"]), trusting(&["192.0.2.0/24"]), true, true),
        (plain(), with(Settings { methods: APP, ..Settings::default() }), true, false),
        (plain(), with(Settings { passkey_sign_in: true, ..Settings::default() }), false, true),
        (plain(), with(Settings { least_factors: 2, ..Settings::default() }), true, false),
        (plain(), with(Settings { remembered_days: 30, ..Settings::default() }), false, true),
        (plain(), with(Settings { self_recovery: false, ..Settings::default() }), true, false),
    ] {
        let told = rehearse(&before, &after, &[]);
        assert_eq!((told.stricter, told.looser), (stricter, looser), "{before:?} to {after:?}");
    }
}
