//! What is written to customers: each letter with its data. Links come ready-made from the room that
//! knows what they open, built from the configured base URL (security.md L2).

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::jobs::Priority;

/// A mail to a customer. Holds codes and links, so it is only ever stored sealed and never shown by
/// `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// A sign-in's code, good for some minutes.
    EmailCode {
        code: String,
        minutes: u32,
    },
    /// The way to a new password, good for some minutes.
    ResetPassword {
        link: String,
        minutes: u32,
    },
    /// The way to the first password, good for some hours.
    SetPassword {
        link: String,
        hours: u32,
    },
    /// There is an account, with a password that the customer was told by other means.
    Welcome,
    /// A factor came. `method` is its word in the database; `name` what the customer calls it.
    FactorAdded {
        method: String,
        name: String,
        freeze_link: String,
    },
    /// A factor went.
    FactorRemoved {
        method: String,
        name: String,
        freeze_link: String,
    },
    /// All factors went at once.
    FactorsReset {
        freeze_link: String,
    },
    PasswordChanged {
        freeze_link: String,
    },
    /// Wrong a hundred times in a row: off until another is set (security.md G1).
    PasswordOff {
        freeze_link: String,
    },
    /// Goes to both addresses. The new one gets no freeze link: when it was mistyped, a stranger
    /// reads that mail.
    EmailChanged {
        old: String,
        new: String,
        freeze_link: String,
    },
    BackupCodeUsed {
        left: u32,
        freeze_link: String,
    },
    BackupCodesMade {
        freeze_link: String,
    },
    /// A sign-in from a browser not seen before: the browser in words, its network if known.
    NewDevice {
        browser: String,
        network: Option<String>,
        #[serde(with = "time::serde::timestamp")]
        when: OffsetDateTime,
        freeze_link: String,
    },
    /// A remembered device is asked for a second factor again: its cookie was used twice.
    DeviceCopied {
        freeze_link: String,
    },
    /// Somebody knew the password but not the second factor (security.md G5).
    SecondFactorFailed {
        #[serde(with = "time::serde::timestamp")]
        when: OffsetDateTime,
        freeze_link: String,
    },
    /// Recovery was asked for, and opens at `ready_at` unless it is called off.
    RecoveryStarted {
        cancel_link: String,
        #[serde(with = "time::serde::timestamp")]
        ready_at: OffsetDateTime,
    },
    RecoveryReady {
        link: String,
        cancel_link: String,
    },
    RecoveryCancelled,
    /// The account was frozen by a link in a mail.
    Frozen,
}

/// A kind of letter: the column `mails.kind`, and what limits count by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterKind {
    EmailCode,
    ResetPassword,
    SetPassword,
    Welcome,
    FactorAdded,
    FactorRemoved,
    FactorsReset,
    PasswordChanged,
    PasswordOff,
    EmailChanged,
    BackupCodeUsed,
    BackupCodesMade,
    NewDevice,
    DeviceCopied,
    SecondFactorFailed,
    RecoveryStarted,
    RecoveryReady,
    RecoveryCancelled,
    Frozen,
}

impl LetterKind {
    /// As the column `mails.kind` has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::EmailCode => "email_code",
            Self::ResetPassword => "reset_password",
            Self::SetPassword => "set_password",
            Self::Welcome => "welcome",
            Self::FactorAdded => "factor_added",
            Self::FactorRemoved => "factor_removed",
            Self::FactorsReset => "factors_reset",
            Self::PasswordOff => "password_off",
            Self::PasswordChanged => "password_changed",
            Self::EmailChanged => "email_changed",
            Self::BackupCodeUsed => "backup_code_used",
            Self::BackupCodesMade => "backup_codes_made",
            Self::NewDevice => "new_device",
            Self::DeviceCopied => "device_copied",
            Self::SecondFactorFailed => "second_factor_failed",
            Self::RecoveryStarted => "recovery_started",
            Self::RecoveryReady => "recovery_ready",
            Self::RecoveryCancelled => "recovery_cancelled",
            Self::Frozen => "frozen",
        }
    }
}

impl Letter {
    /// Which kind this is.
    pub fn kind(&self) -> LetterKind {
        match self {
            Self::EmailCode { .. } => LetterKind::EmailCode,
            Self::ResetPassword { .. } => LetterKind::ResetPassword,
            Self::SetPassword { .. } => LetterKind::SetPassword,
            Self::Welcome => LetterKind::Welcome,
            Self::FactorAdded { .. } => LetterKind::FactorAdded,
            Self::FactorRemoved { .. } => LetterKind::FactorRemoved,
            Self::FactorsReset { .. } => LetterKind::FactorsReset,
            Self::PasswordOff { .. } => LetterKind::PasswordOff,
            Self::PasswordChanged { .. } => LetterKind::PasswordChanged,
            Self::EmailChanged { .. } => LetterKind::EmailChanged,
            Self::BackupCodeUsed { .. } => LetterKind::BackupCodeUsed,
            Self::BackupCodesMade { .. } => LetterKind::BackupCodesMade,
            Self::NewDevice { .. } => LetterKind::NewDevice,
            Self::DeviceCopied { .. } => LetterKind::DeviceCopied,
            Self::SecondFactorFailed { .. } => LetterKind::SecondFactorFailed,
            Self::RecoveryStarted { .. } => LetterKind::RecoveryStarted,
            Self::RecoveryReady { .. } => LetterKind::RecoveryReady,
            Self::RecoveryCancelled => LetterKind::RecoveryCancelled,
            Self::Frozen => LetterKind::Frozen,
        }
    }

    /// Who goes first: whoever waits in front of a page, then what is about safety, then welcomes.
    pub fn priority(&self) -> Priority {
        match self {
            Self::EmailCode { .. } | Self::ResetPassword { .. } => Priority::Urgent,
            Self::SetPassword { .. } | Self::Welcome => Priority::Bulk,
            _ => Priority::Normal,
        }
    }

    /// How long after it was written it is worth sending; none for what stays true.
    pub fn life(&self) -> Option<Duration> {
        match self {
            Self::EmailCode { minutes, .. } | Self::ResetPassword { minutes, .. } => {
                Some(Duration::minutes((*minutes).into()))
            }
            Self::SetPassword { hours, .. } => Some(Duration::hours((*hours).into())),
            _ => None,
        }
    }

    /// Whom it goes to, given the customer's present address.
    pub fn recipients<'a>(&'a self, present: &'a str) -> Vec<&'a str> {
        match self {
            Self::EmailChanged { old, new, .. } => vec![old, new],
            _ => vec![present],
        }
    }

    /// The "this was not me" link for a mail to `to` (security.md A3).
    pub fn freeze_link(&self, to: &str) -> Option<&str> {
        match self {
            Self::EmailChanged { old, freeze_link, .. } => (to == old).then_some(freeze_link),
            Self::FactorAdded { freeze_link, .. }
            | Self::FactorRemoved { freeze_link, .. }
            | Self::FactorsReset { freeze_link }
            | Self::PasswordOff { freeze_link }
            | Self::PasswordChanged { freeze_link }
            | Self::BackupCodeUsed { freeze_link, .. }
            | Self::BackupCodesMade { freeze_link }
            | Self::NewDevice { freeze_link, .. }
            | Self::DeviceCopied { freeze_link }
            | Self::SecondFactorFailed { freeze_link, .. } => Some(freeze_link),
            _ => None,
        }
    }
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Letter({})", self.kind().word())
    }
}
