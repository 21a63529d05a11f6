//! What can be wrong with what was typed, in the words its visitor reads.

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
    /// The sentence.
    pub fn message(self) -> &'static str {
        match self {
            Self::NameMissing => "Enter your email or username.",
            Self::PasswordMissing => "Enter your password.",
            Self::NoMatch => {
                "That email or username and password don't match. Check both and try again. After several \
                 tries we ask you to wait a few minutes."
            }
            Self::Busy => {
                "Many people are signing in right now. Nothing is wrong with your account: wait a few \
                 seconds, then try again."
            }
        }
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
    /// The sentence.
    pub fn message(self) -> String {
        match self {
            Self::TooShort { minimum } => {
                format!("Use at least {minimum} characters. A few unrelated words make a good password.")
            }
            Self::TooLong => "That password is too long. Use at most 1,000 characters.".into(),
            Self::Common => {
                "That password is too common. It is on a list that attackers try first: choose another."
                    .into()
            }
            Self::Context => {
                "That password is easy to guess. It contains your name, your email or the name of this help \
                 centre: choose another."
                    .into()
            }
            Self::Mismatch => "The two passwords differ. Type the same one twice.".into(),
            Self::Same => "That is the password you have now. Choose a different one.".into(),
            Self::Unusable => {
                "That password holds characters that can't be typed again reliably. Choose another.".into()
            }
        }
    }

    /// The id of the field that is wrong.
    pub fn field(self) -> &'static str {
        if self == Self::Mismatch { "repeat" } else { "password" }
    }
}

/// A message's first sentence, which becomes the link, and what follows it.
pub(super) fn first_sentence(message: impl AsRef<str>) -> (String, String) {
    let message = message.as_ref();
    let end = message.find(". ").map_or(message.len(), |dot| dot + 1);
    (message[..end].to_owned(), message[end..].to_owned())
}
