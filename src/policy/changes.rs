//! A change of a policy in words: for the page that asks before saving, and for the audit trail.

use serde_json::{Map, Value, json};
use time::Date;
use time::macros::format_description;

use super::Policy;
use super::settings::{Grace, Scope};
use crate::factors::Method;

/// One setting that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its name in [`super::Draft`].
    pub field: &'static str,
    /// What it is called on pages.
    pub label: &'static str,
    pub before: String,
    pub after: String,
}

/// What differs, in the order of the form.
pub fn changes(before: &Policy, after: &Policy) -> Vec<Change> {
    let told = told(before).into_iter().zip(told(after));
    told.filter(|(before, after)| before.2 != after.2)
        .map(|((field, label, before), (.., after))| {
            // Of a long list only what differs is worth reading.
            let (before, after) =
                if field == "question_list" { lines(&before, &after) } else { (before, after) };
            Change { field, label, before, after }
        })
        .collect()
}

/// What each of two lists of questions, one a line, has and the other lacks.
fn lines(before: &str, after: &str) -> (String, String) {
    let lacking = |one: &str, other: &str| {
        let lines: Vec<_> = one.lines().filter(|line| !other.lines().any(|of| of == *line)).collect();
        lines.join(" · ")
    };
    let or = |text: String, none: &str| if text.is_empty() { none.to_owned() } else { text };
    match (lacking(before, after), lacking(after, before)) {
        (gone, new) if gone.is_empty() && new.is_empty() => ("one order".into(), "another order".into()),
        (gone, new) => (or(gone, "none taken away"), or(new, "none added")),
    }
}

/// The detail of the audit event `policy.changed`: each changed setting with its words before and
/// after.
pub fn audit_detail(before: &Policy, after: &Policy) -> Value {
    let changed = changes(before, after)
        .into_iter()
        .map(|change| (change.field.to_owned(), json!({ "before": change.before, "after": change.after })));
    Value::Object(changed.collect::<Map<_, _>>())
}

/// A day as people write it: `1 December 2026`.
pub fn day(day: Date) -> String {
    day.format(format_description!("[day padding:none] [month repr:long] [year]")).unwrap_or_default()
}

/// Every setting: name, label, value.
fn told(policy: &Policy) -> Vec<(&'static str, &'static str, String)> {
    let settings = &policy.settings;
    let switch = |on: bool| if on { "on" } else { "off" }.to_owned();
    let minutes = |minutes: u32| counted(minutes, "minute");
    let failures = |failures: u32| format!("after {}", counted(failures, "failure"));
    let networks: Vec<String> = settings.trusted_networks.iter().map(ToString::to_string).collect();
    let mut told = vec![
        ("two_factor", "2FA", switch(policy.two_factor)),
        ("scope", "Whom it is for", scope(settings.scope).into()),
        ("passkey_sign_in", "A passkey alone is a whole sign-in", switch(settings.passkey_sign_in)),
        (
            "totp_issuer",
            "Name shown in the app",
            settings.totp_issuer.clone().unwrap_or("the site's address".into()),
        ),
        ("question_list", "Security questions to choose from", settings.questions.list.join("\n")),
        ("questions_to_set", "Questions a customer answers", settings.questions.to_set.to_string()),
        ("questions_to_ask", "Questions asked at a sign-in", settings.questions.to_ask.to_string()),
        ("least_factors", "Second factors a customer must have", settings.least_factors.to_string()),
        ("grace", "Setting up may be put off", grace(settings.grace)),
        ("remembered_days", "Devices are remembered", remembered(settings.remembered_days)),
        ("self_recovery", "Starting anew by mail", switch(settings.self_recovery)),
        ("idle_minutes", "An unused session ends after", minutes(settings.session.idle_minutes)),
        ("absolute_minutes", "Any session ends after", minutes(settings.session.absolute_minutes)),
        ("account_failures", "Waits begin at an account", failures(settings.throttle.account_failures)),
        ("network_failures", "Waits begin at a network", failures(settings.throttle.network_failures)),
        (
            "trusted_networks",
            "Trusted networks",
            if networks.is_empty() { "none".into() } else { networks.join(", ") },
        ),
    ];
    let methods = Method::ALL
        .iter()
        .map(|method| (method.word(), method.about().label, switch(settings.methods.contains(*method))));
    told.splice(2..2, methods);
    told
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Selected => "selected customers",
        Scope::EveryoneExcept => "everyone with exceptions",
        Scope::Enforced => "everyone",
    }
}

fn grace(grace: Grace) -> String {
    match grace {
        Grace::None => "no".into(),
        Grace::Until(last) => format!("until {}", day(last)),
        Grace::Skips(times) => counted(times, "time"),
    }
}

fn remembered(days: u32) -> String {
    match days {
        0 => "no".into(),
        days => format!("for {}", counted(days, "day")),
    }
}

/// `1 time`, `2 times`.
pub fn counted(number: u32, unit: &str) -> String {
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::policy::{SessionLimits, Settings};

    #[test]
    fn only_what_changes_is_told() {
        let before = Policy::default();
        assert_eq!(changes(&before, &Policy { version: 9, ..before.clone() }), []);
        let settings = Settings {
            scope: Scope::Selected,
            grace: Grace::Until(date!(2026 - 12 - 01)),
            session: SessionLimits { idle_minutes: 30, ..SessionLimits::default() },
            trusted_networks: vec!["10.0.0.0/8".parse().unwrap(), "192.0.2.7/32".parse().unwrap()],
            totp_issuer: Some("Acme help".into()),
            passkey_sign_in: true,
            least_factors: 2,
            remembered_days: 30,
            self_recovery: false,
            ..Settings::default()
        };
        let after = Policy { two_factor: false, settings, version: 1 };
        let told: Vec<_> =
            changes(&before, &after).into_iter().map(|c| (c.field, c.before, c.after)).collect();
        let told: Vec<_> =
            told.iter().map(|(field, from, to)| (*field, from.as_str(), to.as_str())).collect();
        assert_eq!(
            told,
            [
                ("two_factor", "on", "off"),
                ("scope", "everyone", "selected customers"),
                ("passkey_sign_in", "off", "on"),
                ("totp_issuer", "the site's address", "Acme help"),
                ("least_factors", "1", "2"),
                ("grace", "no", "until 1 December 2026"),
                ("remembered_days", "no", "for 30 days"),
                ("self_recovery", "on", "off"),
                ("idle_minutes", "60 minutes", "30 minutes"),
                ("trusted_networks", "none", "10.0.0.0/8, 192.0.2.7/32"),
            ]
        );
        let detail = audit_detail(&before, &after);
        assert_eq!(detail["scope"], json!({ "before": "everyone", "after": "selected customers" }));
        assert_eq!(detail.as_object().unwrap().len(), 10);
    }

    #[test]
    fn of_the_questions_only_what_differs_is_told() {
        let with = |list: &[&str]| {
            let mut policy = Policy::default();
            policy.settings.questions.list = list.iter().map(|&question| question.to_owned()).collect();
            policy
        };
        for (before, after, told) in [
            (["a?", "b?", "c?"], ["a?", "d?", "c?"], ("b?", "d?")),
            (["a?", "b?", "c?"], ["d?", "e?", "c?"], ("a? · b?", "d? · e?")),
            (["a?", "b?", "c?"], ["c?", "b?", "a?"], ("one order", "another order")),
        ] {
            let changed = changes(&with(&before), &with(&after));
            assert_eq!(changed.len(), 1);
            assert_eq!((changed[0].before.as_str(), changed[0].after.as_str()), told);
        }
        let longer = changes(&with(&["a?", "b?", "c?"]), &with(&["a?", "b?", "c?", "d?"]));
        assert_eq!((longer[0].before.as_str(), longer[0].after.as_str()), ("none taken away", "d?"));
    }

    #[test]
    fn every_field_is_one_of_the_form() {
        let draft = format!("{:?}", crate::policy::Draft::of(&Policy::default())).replace('"', "");
        for (field, ..) in told(&Policy::default()) {
            assert!(draft.contains(&format!("{field}:")), "{field}");
        }
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!((counted(1, "time"), counted(2, "time")), ("1 time".into(), "2 times".into()));
    }
}
