use time::macros::{date, datetime};

use super::*;
use crate::policy::Settings;

const NOW: OffsetDateTime = datetime!(2026-11-23 12:00 UTC);
const OFFICE: &str = "192.0.2.9";
const ELSEWHERE: &str = "203.0.113.9";

/// Scope, the customer's exception, groups on and off, and whom 2FA is for: mission.md C2 spelt out.
const COVERED: [(Scope, Option<bool>, [Coverage; 4]); 9] = {
    use Coverage::{Covered, Excepted, NotSelected};
    // Without groups, in one that is on, in one that is off, in both.
    [
        (Scope::Selected, None, [NotSelected, Covered, NotSelected, Covered]),
        (Scope::Selected, Some(true), [Covered, Covered, Covered, Covered]),
        (Scope::Selected, Some(false), [NotSelected, NotSelected, NotSelected, NotSelected]),
        (Scope::EveryoneExcept, None, [Covered, Covered, Excepted, Excepted]),
        (Scope::EveryoneExcept, Some(true), [Covered, Covered, Covered, Covered]),
        (Scope::EveryoneExcept, Some(false), [Excepted, Excepted, Excepted, Excepted]),
        (Scope::Enforced, None, [Covered, Covered, Covered, Covered]),
        (Scope::Enforced, Some(true), [Covered, Covered, Covered, Covered]),
        (Scope::Enforced, Some(false), [Covered, Covered, Covered, Covered]),
    ]
};
const GROUPS: [(bool, bool); 4] = [(false, false), (true, false), (false, true), (true, true)];

/// Grace, skips used, and what is left of it at [`NOW`].
const GRACES: [(Grace, u32, Option<Postponement>); 7] = [
    (Grace::None, 0, None),
    (Grace::Until(date!(2026 - 11 - 22)), 0, None),
    (Grace::Until(date!(2026 - 11 - 23)), 9, Some(Postponement::Until(date!(2026 - 11 - 23)))),
    (Grace::Skips(2), 0, Some(Postponement::Times(2))),
    (Grace::Skips(2), 1, Some(Postponement::Times(1))),
    (Grace::Skips(2), 2, None),
    (Grace::Skips(2), 7, None),
];

/// What must be shown, worked out here from the rules' words rather than their code.
fn expected(
    covered: Coverage,
    trusted: bool,
    left: Option<Postponement>,
    enrolled: bool,
    raised: bool,
) -> Requirement {
    use Requirement::{Enrol, PasswordAlone, SecondFactor};
    match (raised, covered, trusted, enrolled) {
        (true, .., true) => SecondFactor,
        (true, .., false) => Enrol { may_skip: None },
        (false, Coverage::Off, ..) => PasswordAlone(Why::Off),
        (false, Coverage::NotSelected, ..) => PasswordAlone(Why::NotSelected),
        (false, Coverage::Excepted, ..) => PasswordAlone(Why::Excepted),
        (false, Coverage::Covered, true, _) => PasswordAlone(Why::TrustedNetwork),
        (false, Coverage::Covered, false, true) => SecondFactor,
        (false, Coverage::Covered, false, false) => Enrol { may_skip: left },
    }
}

#[test]
fn every_combination() {
    let mut seen = 0;
    for switch in [true, false] {
        for (scope, customer, covered_by_groups) in COVERED {
            for ((group_on, group_off), covered) in GROUPS.into_iter().zip(covered_by_groups) {
                let covered = if switch { covered } else { Coverage::Off };
                let exceptions = Exceptions { customer, group_on, group_off };
                for (grace, skips_used, left) in GRACES {
                    for bits in 0..8 {
                        let [trusted, enrolled, asked_by_sp] = [bits & 1 == 0, bits & 2 == 0, bits & 4 == 0];
                        let settings = Settings {
                            scope,
                            grace,
                            trusted_networks: vec!["192.0.2.0/24".parse().unwrap()],
                            ..Settings::default()
                        };
                        let policy = Policy { two_factor: switch, settings, version: 1 };
                        let network = if trusted { OFFICE } else { ELSEWHERE }.parse().unwrap();
                        let case = Case { exceptions, enrolled, skips_used, network, asked_by_sp, now: NOW };
                        assert_eq!(coverage(&policy, exceptions), covered, "{policy:?} {exceptions:?}");
                        assert_eq!(
                            requirement(&policy, &case),
                            expected(covered, trusted, left, enrolled, asked_by_sp),
                            "{policy:?} {case:?}"
                        );
                        seen += 1;
                    }
                }
            }
        }
    }
    assert_eq!(seen, 2 * 9 * 4 * 7 * 8);
}

fn case(enrolled: bool, skips_used: u32) -> Case {
    let network = ELSEWHERE.parse().unwrap();
    Case { exceptions: Exceptions::default(), enrolled, skips_used, network, asked_by_sp: false, now: NOW }
}

fn with(settings: Settings) -> Policy {
    Policy { two_factor: true, settings, version: 1 }
}

#[test]
fn without_a_method_the_sps_wish_changes_nothing() {
    let settings = Settings { methods: crate::factors::MethodSet::EMPTY, ..Settings::default() };
    let policy = Policy { two_factor: false, settings, version: 1 };
    for enrolled in [true, false] {
        let asked = Case { asked_by_sp: true, ..case(enrolled, 0) };
        assert_eq!(requirement(&policy, &asked), Requirement::PasswordAlone(Why::Off));
    }
}

#[test]
fn a_grace_period_ends_with_its_day_in_utc() {
    let policy = with(Settings { grace: Grace::Until(date!(2026 - 12 - 01)), ..Settings::default() });
    for (now, may) in [
        (datetime!(2026-12-01 23:59:59 UTC), true),
        (datetime!(2026-12-02 00:00 UTC), false),
        (datetime!(2026-12-02 01:00 +2), true),
        (datetime!(2026-12-01 22:00 -3), false),
    ] {
        let got = requirement(&policy, &Case { now, ..case(false, 0) });
        let may_skip = may.then_some(Postponement::Until(date!(2026 - 12 - 01)));
        assert_eq!(got, Requirement::Enrol { may_skip }, "{now}");
    }
}

#[test]
fn a_session_suffices_only_for_what_it_showed() {
    let enforced = with(Settings::default());
    let twice = with(Settings { grace: Grace::Skips(2), ..Settings::default() });
    let off = Policy { two_factor: false, ..enforced.clone() };
    use Shown::{Password, SecondFactor, Skipped};
    for (policy, case, shown, suffices) in [
        (&enforced, case(true, 0), SecondFactor, true),
        (&enforced, case(true, 0), Password, false),
        (&enforced, case(false, 0), Password, false),
        (&off, case(true, 0), Password, true),
        (&off, Case { asked_by_sp: true, ..case(true, 0) }, Password, false),
        (&off, Case { asked_by_sp: true, ..case(true, 0) }, SecondFactor, true),
        (&twice, case(false, 1), Skipped, true),
        (&twice, case(false, 2), Skipped, true), // made by the last skip
        (&twice, case(false, 3), Skipped, false), // the site allows fewer by now
        (&twice, case(true, 1), Skipped, false), // has a factor by now
        (&enforced, case(false, 1), Skipped, false),
        // Made on a trusted network, or before 2FA was on: no skip was ever counted for it.
        (&twice, case(false, 0), Password, false),
        (&twice, case(false, 2), Password, false),
    ] {
        assert_eq!(session_suffices(policy, &case, shown), suffices, "{policy:?} {case:?} {shown:?}");
    }
    let trusting =
        with(Settings { trusted_networks: vec!["192.0.2.0/24".parse().unwrap()], ..Settings::default() });
    for (network, suffices) in [(OFFICE, true), (ELSEWHERE, false)] {
        let case = Case { network: network.parse().unwrap(), ..case(true, 0) };
        assert_eq!(session_suffices(&trusting, &case, Shown::Password), suffices, "{network}");
    }
}
