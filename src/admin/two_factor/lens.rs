//! The compliance lens: which rule each setting meets or bends, as it stands in the form.
//!
//! Sources: NIST SP 800-63B-4 and OWASP ASVS 5.0.0, by the ids of docs/security.md.

use super::methods;
use crate::factors::Method;
use crate::policy::{Draft, SessionLimits, Throttle};

/// One note beside a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// `NIST SP 800-63B-4, 2.2.3`.
    pub rule: &'static str,
    pub sentence: &'static str,
    pub meets: bool,
}

/// All notes, but those of the methods, which stand with their words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    pub two_factor: Note,
    pub scope: Note,
    pub methods: Note,
    pub passkey_sign_in: Note,
    pub least_factors: Note,
    pub grace: Note,
    pub remembered: Note,
    pub self_recovery: Note,
    pub idle: Note,
    pub absolute: Note,
    pub throttle: Note,
    pub networks: Note,
}

impl Lens {
    /// For a policy as it stands in the form; a number that is none bends nothing yet.
    pub fn of(draft: &Draft) -> Self {
        let number = |text: &str| text.trim().parse::<u32>().ok();
        let at_most = |text: &str, most: u32| number(text).is_none_or(|value| value <= most);
        let normal = (SessionLimits::default(), Throttle::default());
        Self {
            two_factor: note(
                "NIST SP 800-63B-4, 2.2; ASVS 6.3.3",
                draft.two_factor == "on",
                "AAL2 and ASVS level 2 ask for two factors.",
                "A password alone reaches AAL1; it must have 15 characters then (3.1.1.2).",
            ),
            scope: note(
                "ASVS 6.3.3",
                draft.scope == "enforced",
                "Every customer signs in with two factors.",
                "Customers it does not apply to sign in with a password alone.",
            ),
            methods: {
                let on = |method: &&Method| method.about().chosen && draft.method(method.word()) == "on";
                let mut on = Method::ALL.iter().filter(on).peekable();
                let bent = match on.peek() {
                    None => "No second factor can be set up.",
                    Some(_) => "Each method that can be set up bends a rule: see the notes below.",
                };
                note(
                    "ASVS 6.3.3",
                    on.any(|method| methods::meets(*method)),
                    "A second factor can be set up.",
                    bent,
                )
            },
            passkey_sign_in: note(
                "NIST SP 800-63B-4, 2.2.1 and 3.1.7; ASVS 6.3.3",
                true,
                "A passkey that verifies its user is two factors in one.",
                "",
            ),
            least_factors: note(
                "NIST SP 800-63B-4, 4.1.2.1",
                number(&draft.least_factors) != Some(1) || draft.method("backup_codes") == "on",
                "Customers are to have two ways to sign in; backup codes are one of them.",
                "Customers should have two ways to sign in: ask for two, or switch backup codes on.",
            ),
            grace: note(
                "ASVS 6.3.3",
                draft.grace == "none",
                "The second factor is set up at the first sign-in.",
                "Until it is set up, the password alone signs in, and may be shorter than 15 characters.",
            ),
            remembered: note(
                "NIST SP 800-63B-4, 5.1",
                draft.remembered != "days",
                "The second factor is asked for at every sign-in.",
                "\"Remember my browser\" is not to be used instead of authentication.",
            ),
            self_recovery: note(
                "NIST SP 800-63B-4, 4.2.1.2 and 4.2.2.2; ASVS 6.4.4",
                draft.self_recovery != "on",
                "Only a backup code or an administrator brings a customer back.",
                "The right password and a mailed link, as AAL2 allows; but the link can be used for longer than the \
                 24 hours that it allows.",
            ),
            idle: note(
                "NIST SP 800-63B-4, 2.2.3; ASVS 7.3.1",
                at_most(&draft.idle_minutes, normal.0.idle_minutes),
                "AAL2 asks for no more than 1 hour without use.",
                "Longer than the 1 hour without use that AAL2 allows.",
            ),
            absolute: note(
                "NIST SP 800-63B-4, 2.2.3; ASVS 7.3.2",
                at_most(&draft.absolute_minutes, normal.0.absolute_minutes),
                "AAL2 asks for a new sign-in after 24 hours at most.",
                "Longer than the 24 hours that AAL2 allows.",
            ),
            throttle: note(
                "NIST SP 800-63B-4, 3.2.2; ASVS 6.3.1",
                true,
                "Waits grow with every failure, far below 100 in a row.",
                "",
            ),
            networks: note(
                "NIST SP 800-63B-4, 2.2; ASVS 6.3.3",
                draft.trusted_networks.trim().is_empty(),
                "The second factor is asked for wherever a customer is.",
                "Whoever is in such a network signs in with a password alone.",
            ),
        }
    }
}

/// A note that says `met` or `bent`.
pub fn note(rule: &'static str, meets: bool, met: &'static str, bent: &'static str) -> Note {
    Note { rule, meets, sentence: if meets { met } else { bent } }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::policy::Policy;

    #[test]
    fn the_safe_policy_meets_every_rule_and_each_weaker_choice_bends_one() {
        let bent = |draft: &Draft| {
            let lens = Lens::of(draft);
            let all = [
                ("two_factor", lens.two_factor.meets),
                ("scope", lens.scope.meets),
                ("methods", lens.methods.meets),
                ("passkey_sign_in", lens.passkey_sign_in.meets),
                ("least_factors", lens.least_factors.meets),
                ("grace", lens.grace.meets),
                ("remembered", lens.remembered.meets),
                ("self_recovery", lens.self_recovery.meets),
                ("idle", lens.idle.meets),
                ("absolute", lens.absolute.meets),
                ("throttle", lens.throttle.meets),
                ("networks", lens.networks.meets),
            ];
            all.into_iter().filter(|(_, meets)| !meets).map(|(name, _)| name).collect::<Vec<_>>()
        };
        // Starting anew by mail is the one thing recommended for the sake of those who are locked out.
        let recommended = Draft::of(&Policy::default());
        assert_eq!(bent(&recommended), ["self_recovery"]);
        let safe = Draft { self_recovery: String::new(), ..recommended };
        assert!(bent(&safe).is_empty(), "{:?}", bent(&safe));
        let app_alone: BTreeMap<_, _> = [("totp".to_owned(), "on".to_owned())].into();
        let mail_alone: BTreeMap<_, _> = [("email_code".to_owned(), "on".to_owned())].into();
        let cases: [(Draft, &[&str]); 13] = [
            (Draft { two_factor: String::new(), ..safe.clone() }, &["two_factor"]),
            (Draft { scope: "selected".into(), ..safe.clone() }, &["scope"]),
            (Draft { methods: BTreeMap::new(), ..safe.clone() }, &["methods", "least_factors"]),
            (Draft { methods: mail_alone, least_factors: "2".into(), ..safe.clone() }, &["methods"]),
            (Draft { methods: app_alone.clone(), ..safe.clone() }, &["least_factors"]),
            (Draft { methods: app_alone, least_factors: "2".into(), ..safe.clone() }, &[]),
            (Draft { passkey_sign_in: "on".into(), ..safe.clone() }, &[]),
            (Draft { remembered: "days".into(), ..safe.clone() }, &["remembered"]),
            (Draft { grace: "skips".into(), ..safe.clone() }, &["grace"]),
            (Draft { idle_minutes: "61".into(), ..safe.clone() }, &["idle"]),
            (Draft { absolute_minutes: "1441".into(), ..safe.clone() }, &["absolute"]),
            (Draft { idle_minutes: "soon".into(), ..safe.clone() }, &[]),
            (Draft { trusted_networks: "10.0.0.0/8".into(), ..safe.clone() }, &["networks"]),
        ];
        for (draft, expected) in cases {
            assert_eq!(bent(&draft), expected, "{draft:?}");
        }
    }
}
