//! What was looked at and how it came out, in words for a person who has to mend something.

use std::fmt;

/// One rule and its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The rule, such as "Audience".
    pub rule: &'static str,
    /// What was found: on success the value, otherwise what is wrong.
    pub outcome: Result<String, String>,
}

impl Check {
    /// Whether the rule is kept.
    pub fn passed(&self) -> bool {
        self.outcome.is_ok()
    }

    /// The value found, or what is wrong with it.
    pub fn detail(&self) -> &str {
        match &self.outcome {
            Ok(found) => found,
            Err(problem) => problem,
        }
    }
}

/// Every rule a response broke, as "rule: what is wrong".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<String>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("; "))
    }
}

impl std::error::Error for Problems {}

/// The list under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Checks(pub Vec<Check>);

impl Checks {
    /// Notes an outcome and hands the value on when there is one.
    pub fn note<T: fmt::Display>(&mut self, rule: &'static str, outcome: Result<T, String>) -> Option<T> {
        let check = Check { rule, outcome: outcome.as_ref().map(ToString::to_string).map_err(Clone::clone) };
        self.0.push(check);
        outcome.ok()
    }

    /// Notes whether `found` is exactly `wanted`.
    pub fn exactly(&mut self, rule: &'static str, found: Option<&str>, wanted: &str) {
        let outcome = match found {
            Some(found) if found == wanted => Ok(found),
            Some(found) => Err(format!("{found:?} instead of {wanted:?}")),
            None => Err(format!("missing; {wanted:?} was expected")),
        };
        self.note(rule, outcome);
    }
}
