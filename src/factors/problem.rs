//! What is wrong with an answer, in words for the customer.

use crate::i18n::{Arg, Key, Lang, Problem as Told, key};

/// A problem: a message whose text becomes the link to the field it is about, with the rest of the
/// advice as its part `more`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    key: Key,
    args: Vec<(&'static str, Arg)>,
    /// The id of the field; empty when no field can mend it.
    pub field: &'static str,
    /// Whether another answer can help.
    pub can_retry: bool,
    /// What was typed and is no secret, so that it need not be typed again.
    typed: Vec<(&'static str, String)>,
}

impl Problem {
    /// About a field.
    pub fn new(key: Key, field: &'static str) -> Self {
        Self { key, args: Vec::new(), field, can_retry: true, typed: Vec::new() }
    }

    /// With an argument more.
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// With what was typed into another field, to be shown again.
    pub fn keeping(mut self, field: &'static str, text: &str) -> Self {
        self.typed.push((field, text.to_owned()));
        self
    }

    /// What was typed into `field`, if it is to be shown again.
    pub fn typed(&self, field: &str) -> &str {
        self.typed.iter().find(|(name, _)| *name == field).map(|(_, text)| text.as_str()).unwrap_or_default()
    }

    /// Whether it is this one.
    pub fn is(&self, key: Key) -> bool {
        self.key == key
    }

    /// No further answer helps.
    pub fn for_good(mut self) -> Self {
        self.field = "";
        self.can_retry = false;
        self
    }

    /// Too many tries (security.md G1).
    pub fn wait(seconds: u64, field: &'static str) -> Self {
        match seconds {
            0..120 => Self::new(key("factors-wait-seconds"), field).with("count", seconds.max(1)),
            _ => Self::new(key("factors-wait-minutes"), field).with("count", seconds.div_ceil(60)),
        }
    }

    /// Off after too many failures.
    pub fn off() -> Self {
        Self::new(key("factors-off"), "").for_good()
    }

    /// As its reader is told.
    pub fn told(&self, lang: Lang) -> Told {
        lang.problem(self.key, &self.args)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_told_in_words_that_fit() {
        for (seconds, rest) in [
            (0, "Wait 1 second, then try again."),
            (1, "Wait 1 second, then try again."),
            (119, "Wait 119 seconds, then try again."),
            (120, "Wait 2 minutes, then try again."),
            (121, "Wait 3 minutes, then try again."),
        ] {
            let told = Problem::wait(seconds, "code").told(Lang::English);
            assert_eq!((told.link.as_str(), told.more.trim()), ("Too many tries.", rest));
        }
    }
}
