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
    /// A passkey that is unknown, wrong or late: one message for all (G4).
    PasskeyRefused,
}

impl PasswordError {
    /// The message.
    pub fn told(self, lang: Lang) -> Problem {
        let key = match self {
            Self::NameMissing => key("signin-error-name-missing"),
            Self::PasswordMissing => key("signin-error-password-missing"),
            Self::NoMatch => key("signin-error-no-match"),
            Self::Busy => key("signin-error-busy"),
            Self::PasskeyRefused => key("signin-error-passkey"),
        };
        lang.problem(key, &[])
    }

    /// The id of the field that gets the focus: after a mismatch the password, since the name is
    /// still there and the password is not.
    pub fn field(self) -> &'static str {
        match self {
            Self::NameMissing | Self::PasskeyRefused => "name",
            Self::PasswordMissing | Self::NoMatch | Self::Busy => "password",
        }
    }

    /// Whether the field `id` is one of those that are wrong.
    pub fn marks(self, id: &str) -> bool {
        match self {
            Self::NameMissing => id == "name",
            Self::PasswordMissing => id == "password",
            Self::NoMatch => true,
            Self::Busy | Self::PasskeyRefused => false,
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
