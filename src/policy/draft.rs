//! A policy as a form posts it: text, checked all at once, with words that say what would be right.

mod questions; // security questions

use std::collections::BTreeMap;

use serde::Deserialize;
use time::Date;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use super::settings::{Grace, Scope, SessionLimits, Settings, Throttle, issuer_fault};
use super::{Policy, networks};
use crate::factors::{Method, MethodSet};

const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// What a form posts. A checkbox posts `on` or nothing; a field that is missing is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Checkbox.
    pub two_factor: String,
    /// [`Scope::as_str`].
    pub scope: String,
    /// Checkbox.
    pub passkey_sign_in: String,
    /// Empty: the site's host name.
    pub totp_issuer: String,
    /// One a line. This and the two numbers are read when the method is on.
    pub question_list: String,
    pub questions_to_set: String,
    pub questions_to_ask: String,
    pub least_factors: String,
    /// `none`, `until` or `skips`.
    pub grace: String,
    /// A day as `2026-12-01`; read when `grace` is `until`.
    pub grace_until: String,
    /// Read when `grace` is `skips`.
    pub grace_skips: String,
    /// `off` or `days`.
    pub remembered: String,
    /// Read when `remembered` is `days`.
    pub remembered_days: String,
    /// Checkbox.
    pub self_recovery: String,
    pub idle_minutes: String,
    pub absolute_minutes: String,
    pub account_failures: String,
    pub network_failures: String,
    /// One a line, or separated by commas.
    pub trusted_networks: String,
    /// A checkbox for each method, by its word.
    #[serde(flatten, deserialize_with = "checkboxes")]
    pub methods: BTreeMap<String, String>,
}

/// Those of the methods, all of them, out of whatever else was posted.
fn checkboxes<'de, D: serde::Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    let mut posted = BTreeMap::<String, String>::deserialize(from)?;
    let all = Method::ALL.iter().map(|method| {
        let word = method.word();
        (word.to_owned(), posted.remove(word).unwrap_or_default())
    });
    Ok(all.collect())
}

/// What is wrong with one field of a [`Draft`], as a sentence for the admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's name in [`Draft`].
    pub field: &'static str,
    pub problem: String,
}

impl Draft {
    /// The draft that fills the form with a policy.
    pub fn of(policy: &Policy) -> Self {
        let settings = &policy.settings;
        let checkbox = |on: bool| if on { "on".to_owned() } else { String::new() };
        let (grace, grace_until, grace_skips) = match settings.grace {
            Grace::None => ("none", String::new(), String::new()),
            Grace::Until(day) => ("until", day.format(DAY).unwrap_or_default(), String::new()),
            Grace::Skips(times) => ("skips", String::new(), times.to_string()),
        };
        let networks: Vec<String> = settings.trusted_networks.iter().map(ToString::to_string).collect();
        Self {
            two_factor: checkbox(policy.two_factor),
            scope: settings.scope.as_str().into(),
            passkey_sign_in: checkbox(settings.passkey_sign_in),
            totp_issuer: settings.totp_issuer.clone().unwrap_or_default(),
            question_list: settings.questions.list.join("\n"),
            questions_to_set: settings.questions.to_set.to_string(),
            questions_to_ask: settings.questions.to_ask.to_string(),
            least_factors: settings.least_factors.to_string(),
            grace: grace.into(),
            grace_until,
            grace_skips,
            remembered: if settings.remembered_days == 0 { "off" } else { "days" }.into(),
            remembered_days: match settings.remembered_days {
                0 => String::new(),
                days => days.to_string(),
            },
            self_recovery: checkbox(settings.self_recovery),
            idle_minutes: settings.session.idle_minutes.to_string(),
            absolute_minutes: settings.session.absolute_minutes.to_string(),
            account_failures: settings.throttle.account_failures.to_string(),
            network_failures: settings.throttle.network_failures.to_string(),
            trusted_networks: networks.join("\n"),
            methods: Method::ALL
                .iter()
                .map(|method| (method.word().to_owned(), checkbox(settings.methods.contains(*method))))
                .collect(),
        }
    }

    /// The checkbox of a method.
    pub fn method(&self, word: &str) -> &str {
        self.methods.get(word).map(String::as_str).unwrap_or_default()
    }

    /// The switch and the settings, or every fault, in the order of the fields.
    pub fn check(&self) -> Result<(bool, Settings), Vec<Fault>> {
        let mut faults = Faults::default();
        let two_factor = faults.checkbox("two_factor", &self.two_factor);
        let scope = faults.take("scope", self.scope(), Scope::default());
        let methods = self.methods(two_factor, &mut faults);
        let passkey_sign_in = faults.checkbox("passkey_sign_in", &self.passkey_sign_in);
        let totp_issuer = faults.take("totp_issuer", self.issuer(), None);
        let questions = self.questions(methods.contains(Method::Questions), &mut faults);
        let least_factors = self.least_factors(two_factor, methods, &mut faults);
        let grace = self.grace(&mut faults);
        let remembered_days = self.remembered_days(&mut faults);
        let self_recovery = faults.checkbox("self_recovery", &self.self_recovery);
        let session = self.session(&mut faults);
        let throttle = Throttle {
            account_failures: faults.number(
                "account_failures",
                &self.account_failures,
                "failures",
                Throttle::ACCOUNT,
            ),
            network_failures: faults.number(
                "network_failures",
                &self.network_failures,
                "failures",
                Throttle::NETWORK,
            ),
        };
        let trusted_networks = networks::parse(&self.trusted_networks).unwrap_or_else(|problems| {
            faults.add("trusted_networks", problems.join(" "));
            Vec::new()
        });
        if !faults.0.is_empty() {
            return Err(faults.0);
        }
        Ok((
            two_factor,
            Settings {
                scope,
                methods,
                totp_issuer,
                passkey_sign_in,
                questions,
                least_factors,
                remembered_days,
                self_recovery,
                grace,
                session,
                throttle,
                trusted_networks,
            },
        ))
    }

    fn methods(&self, two_factor: bool, faults: &mut Faults) -> MethodSet {
        let is_on = |method: &Method| faults.checkbox(method.word(), self.method(method.word()));
        let methods: MethodSet = Method::ALL.iter().copied().filter(is_on).collect();
        if two_factor && !methods.iter().any(|method| method.about().chosen) {
            faults.add(
                Method::Totp.word(),
                "Leave one method on, or switch 2FA off: without one nobody could sign in.",
            );
        }
        methods
    }

    /// As many as there are kinds to set up; without 2FA, as many as there will be.
    fn least_factors(&self, two_factor: bool, methods: MethodSet, faults: &mut Faults) -> u32 {
        let wanted = faults.number("least_factors", &self.least_factors, "factors", Settings::LEAST_FACTORS);
        let on = methods.iter().filter(|method| method.about().chosen).count();
        if two_factor && wanted as usize > on.max(1) {
            let problem = format!(
                "Enter at most {}, or switch another method on: each factor is of another kind, and backup codes \
                 do not count.",
                on.max(1)
            );
            faults.add("least_factors", problem);
        }
        wanted
    }

    fn remembered_days(&self, faults: &mut Faults) -> u32 {
        match self.remembered.as_str() {
            "off" => 0,
            "days" => {
                let bounds = (1, Settings::REMEMBERED_DAYS.1);
                faults.number("remembered_days", &self.remembered_days, "days", bounds)
            }
            _ => {
                faults.add("remembered", "Choose whether devices are remembered.");
                0
            }
        }
    }

    fn scope(&self) -> Result<Scope, String> {
        Scope::parse(&self.scope).ok_or_else(|| "Choose whom 2FA is for.".into())
    }

    fn issuer(&self) -> Result<Option<String>, String> {
        let name = self.totp_issuer.trim();
        match issuer_fault(name) {
            Some(problem) => Err(problem),
            None => Ok((!name.is_empty()).then(|| name.to_owned())),
        }
    }

    fn grace(&self, faults: &mut Faults) -> Grace {
        match self.grace.as_str() {
            "none" => Grace::None,
            "until" => {
                let day = Date::parse(self.grace_until.trim(), DAY)
                    .map_err(|_| "Enter a day as year-month-day, such as 2026-12-01.".to_owned());
                faults.take("grace_until", day.map(Grace::Until), Grace::None)
            }
            "skips" => {
                let times = faults.number("grace_skips", &self.grace_skips, "times", (1, Grace::MOST_SKIPS));
                Grace::Skips(times)
            }
            _ => {
                faults.add("grace", "Choose whether setting up a factor may be put off.");
                Grace::None
            }
        }
    }

    fn session(&self, faults: &mut Faults) -> SessionLimits {
        let before = faults.0.len();
        let idle_minutes = faults.number("idle_minutes", &self.idle_minutes, "minutes", SessionLimits::IDLE);
        let absolute_minutes =
            faults.number("absolute_minutes", &self.absolute_minutes, "minutes", SessionLimits::ABSOLUTE);
        if faults.0.len() == before && idle_minutes > absolute_minutes {
            let problem = format!(
                "Enter at most {absolute_minutes}: an unused session cannot last longer than one in use."
            );
            faults.add("idle_minutes", problem);
        }
        SessionLimits { idle_minutes, absolute_minutes }
    }
}

/// Faults as they are found; what is read beside one is a placeholder that goes nowhere.
#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, field: &'static str, problem: impl Into<String>) {
        self.0.push(Fault { field, problem: problem.into() });
    }

    fn take<T>(&mut self, field: &'static str, read: Result<T, String>, placeholder: T) -> T {
        read.unwrap_or_else(|problem| {
            self.add(field, problem);
            placeholder
        })
    }

    fn checkbox(&mut self, field: &'static str, value: &str) -> bool {
        match value {
            "on" => true,
            "" | "off" => false,
            _ => {
                self.add(field, "Switch it on or off.");
                false
            }
        }
    }

    fn number(&mut self, field: &'static str, text: &str, unit: &str, (least, most): (u32, u32)) -> u32 {
        let number = text.trim().parse::<u32>().ok().filter(|number| (least..=most).contains(number));
        let problem = || format!("Enter a whole number of {unit} from {least} to {most}.");
        self.take(field, number.ok_or_else(problem), least)
    }
}

#[cfg(test)]
mod tests;
