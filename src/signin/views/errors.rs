//! What can be wrong with what was typed, in the words its visitor reads.

use crate::i18n::{Lang, Problem, key};

/// The password page's errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordError {
    NameMissing,
    PasswordMissing,
    /// Unknown, wrong, waiting or locked: one message for all (G4).
    NoMatch,
    /// Too many sign-ins at once; the customer did nothing wrong (P7).
    Busy,
}

impl PasswordError {
    /// The message.
    pub fn told(self, lang: Lang) -> Problem {
        let key = match self {
            Self::NameMissing => key("signin-error-name-missing"),
            Self::PasswordMissing => key("signin-error-password-missing"),
            Self::NoMatch => key("signin-error-no-match"),
            Self::Busy => key("signin-error-busy"),
        };
        lang.problem(key, &[])
    }

    /// The id of the field that gets the focus: after a mismatch the password, since the name is
    /// still there and the password is not.
    pub fn field(self) -> &'static str {
        match self {
            Self::NameMissing => "name",
            Self::PasswordMissing | Self::NoMatch | Self::Busy => "password",
        }
    }

    /// Whether the field `id` is one of those that are wrong.
    pub fn marks(self, id: &str) -> bool {
        match self {
            Self::NameMissing => id == "name",
            Self::PasswordMissing => id == "password",
            Self::NoMatch => true,
            Self::Busy => false,
        }
    }
}

/// The new-password page's errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewPasswordError {
    /// In characters (P1).
    TooShort { minimum: usize },
    /// Over 1,024 bytes (P2).
    TooLong,
    /// On the list of common passwords (P4).
    Common,
    /// Made of the customer's own or the portal's name (P4).
    Context,
    /// The two differ.
    Mismatch,
    /// The one in use until now.
    Same,
    /// Holds control characters or nothing to see.
    Unusable,
}

impl NewPasswordError {
    /// The message.
    pub fn told(self, lang: Lang) -> Problem {
        let key = match self {
            Self::TooShort { minimum } => {
                return lang.problem("signin-error-too-short", &[("minimum", minimum.into())]);
            }
            Self::TooLong => key("signin-error-too-long"),
            Self::Common => key("signin-error-common"),
            Self::Context => key("signin-error-context"),
            Self::Mismatch => key("signin-error-mismatch"),
            Self::Same => key("signin-error-same"),
            Self::Unusable => key("signin-error-unusable"),
        };
        lang.problem(key, &[])
    }

    /// The id of the field that is wrong.
    pub fn field(self) -> &'static str {
        if self == Self::Mismatch { "repeat" } else { "password" }
    }
}

/// The errors of a code, at enrolment and at sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeError {
    Missing,
    /// Not six digits.
    Malformed,
    Wrong,
    /// Right, but accepted before (T2).
    AlreadyUsed,
    /// Right for another time (T3): the device is ahead (positive) or behind (negative).
    ClockOff {
        minutes: i64,
    },
    /// Too many tries (G1).
    Wait {
        seconds: u64,
    },
    /// Switched off after too many failures (G1): no code helps.
    FactorOff,
    /// The page was open for too long.
    Expired,
}

impl CodeError {
    /// The sentence.
    pub fn message(self) -> String {
        match self {
            Self::Missing => "Enter the 6-digit code from your authenticator app.".into(),
            Self::Malformed => {
                "The code has 6 digits, like 123 456. Enter the one your app shows now.".into()
            }
            Self::Wrong => {
                "That code isn't right. Enter the newest code your app shows for this account.".into()
            }
            Self::AlreadyUsed => {
                "That code has been used already. Wait for the next one: your app shows a new code every 30 \
                 seconds."
                    .into()
            }
            Self::ClockOff { minutes } => {
                let way = if minutes < 0 { "behind" } else { "ahead" };
                let by = count(minutes.unsigned_abs().max(1), "minute");
                format!(
                    "Your device's clock is about {by} {way}. Set its date and time to automatic, then enter \
                     a new code."
                )
            }
            Self::Wait { seconds: seconds @ 0..120 } => {
                format!("Too many tries. Wait {}, then enter a new code.", count(seconds.max(1), "second"))
            }
            Self::Wait { seconds } => {
                format!(
                    "Too many tries. Wait {}, then enter a new code.",
                    count(seconds.div_ceil(60), "minute")
                )
            }
            Self::FactorOff => {
                "This authenticator app was switched off after too many wrong codes. Ask the people who run \
                 your help centre to reset it."
                    .into()
            }
            Self::Expired => "That took a little too long. Enter the code your app shows now.".into(),
        }
    }

    /// Whether another code can help.
    pub fn can_retry(self) -> bool {
        self != Self::FactorOff
    }
}

/// An English message cut after its first sentence.
impl From<&String> for Problem {
    fn from(message: &String) -> Self {
        let end = message.find(". ").map_or(message.len(), |dot| dot + 1);
        Self { link: message[..end].to_owned(), more: message[end..].to_owned() }
    }
}

fn count(number: u64, unit: &str) -> String {
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}
