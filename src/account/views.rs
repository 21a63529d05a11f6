//! The pages of the account: plain data in, HTML out. Every page works without JavaScript, has one `h1`,
//! and says what it would do before it does it.

use askama::Template;

use super::rules::{NameFault, Removal};
use crate::i18n::{Key, Lang, Problem, key};
use crate::signin::purpose::Done;
use crate::signin::views::{Choice, NewPasswordError};
use crate::web::Shell;

/// All at a glance.
#[derive(Template)]
#[template(path = "account/overview.html")]
pub struct OverviewPage {
    pub shell: Shell,
    /// The page's own address.
    pub base: String,
    /// The customer's email address.
    pub account: String,
    pub done: Option<Done>,
    pub factors: Vec<FactorRow>,
    pub can_add: bool,
    /// What may be asked for first; empty where there is nothing to choose.
    pub preferred: Vec<Preferred>,
    pub codes: Codes,
    /// The site remembers devices.
    pub remembers: bool,
    pub devices: Vec<DeviceRow>,
    pub sessions: Vec<SessionRow>,
    /// When the password was set.
    pub password_set: Option<String>,
    /// Where a language is posted to.
    pub language: String,
    pub sign_out: String,
    pub help_centre: String,
}

/// A factor in a list.
#[derive(Clone, Debug)]
pub struct FactorRow {
    /// The factor's own page.
    pub path: String,
    pub name: String,
    /// What kind it is, where the name does not say so.
    pub kind: Option<String>,
    pub added: String,
    pub used: Option<String>,
    pub state: FactorState,
}

/// Whether a factor can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorState {
    On,
    /// After too many wrong answers.
    Off,
    /// The site no longer allows its kind.
    NotAllowed,
}

/// What may be asked for first.
#[derive(Clone, Debug)]
pub struct Preferred {
    pub word: &'static str,
    pub name: String,
    pub chosen: bool,
}

/// What there is to say of backup codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codes {
    /// Nothing: the site has none, or there is no factor they could stand in for.
    Hidden,
    None,
    Left {
        count: usize,
        can_make: bool,
    },
}

/// A remembered device.
#[derive(Clone, Debug)]
pub struct DeviceRow {
    pub handle: String,
    pub browser: String,
    pub used: String,
    pub until: String,
}

/// A session.
#[derive(Clone, Debug)]
pub struct SessionRow {
    pub handle: String,
    pub browser: String,
    pub since: String,
    pub seen: String,
    /// The one this page is seen in.
    pub is_this: bool,
}

/// One factor.
#[derive(Template)]
#[template(path = "account/factor.html")]
pub struct FactorPage {
    pub shell: Shell,
    pub base: String,
    pub row: FactorRow,
    /// What the field holds.
    pub name: String,
    pub fault: Option<NameFault>,
    pub can_replace: bool,
}

/// Asks before a factor goes, or says why it cannot.
#[derive(Template)]
#[template(path = "account/remove.html")]
pub struct RemovePage {
    pub shell: Shell,
    pub base: String,
    pub row: FactorRow,
    pub removal: Removal,
}

/// What to add.
#[derive(Template)]
#[template(path = "account/add.html")]
pub struct AddPage {
    pub shell: Shell,
    pub base: String,
    pub choose: String,
    pub choices: Vec<Choice>,
}

/// Asks before new backup codes are made.
#[derive(Template)]
#[template(path = "account/codes.html")]
pub struct CodesPage {
    pub shell: Shell,
    pub base: String,
    pub action: String,
    /// Of the present ones, if there are any.
    pub left: Option<usize>,
}

/// Another password.
#[derive(Template)]
#[template(path = "account/password.html")]
pub struct PasswordPage {
    pub shell: Shell,
    pub base: String,
    pub action: String,
    /// What a password manager files it under.
    pub account: String,
    /// There is one, which is asked for.
    pub has_one: bool,
    pub minimum: usize,
    pub error: Option<ChangeError>,
}

/// What is wrong with a change of password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeError {
    CurrentMissing,
    /// Or too many tries: one message for both (security.md G4).
    CurrentWrong,
    New(NewPasswordError),
    Busy,
}

impl From<NewPasswordError> for ChangeError {
    fn from(error: NewPasswordError) -> Self {
        Self::New(error)
    }
}

impl ChangeError {
    /// The message.
    pub fn told(self, lang: Lang) -> Problem {
        let key = match self {
            Self::CurrentMissing => key("account-password-current-missing"),
            Self::CurrentWrong => key("account-password-current-wrong"),
            Self::New(error) => return error.told(lang),
            Self::Busy => key("signin-error-busy"),
        };
        lang.problem(key, &[])
    }

    /// The id of the field that gets the focus.
    pub fn field(self) -> &'static str {
        match self {
            Self::CurrentMissing | Self::CurrentWrong => "current",
            Self::New(error) => error.field(),
            Self::Busy => "password",
        }
    }

    /// Whether `field` is the one that is wrong.
    pub fn marks(self, field: &str) -> bool {
        self != Self::Busy && self.field() == field
    }
}

impl NameFault {
    fn told(self, lang: Lang) -> Problem {
        let key = match self {
            Self::Missing => key("account-name-missing"),
            Self::TooLong => key("account-name-too-long"),
            Self::Unusable => key("account-name-unusable"),
        };
        lang.problem(key, &[("most", super::rules::LONGEST_NAME.into())])
    }
}

impl Done {
    /// What the page says.
    fn words(self) -> Key {
        match self {
            Self::FactorAdded => key("account-done-factor-added"),
            Self::FactorRenamed => key("account-done-factor-renamed"),
            Self::FactorRemoved => key("account-done-factor-removed"),
            Self::CodesMade => key("account-done-codes-made"),
            Self::PasswordChanged => key("account-done-password-changed"),
            Self::PreferenceKept => key("account-done-preference-kept"),
            Self::SessionEnded => key("account-done-session-ended"),
            Self::DeviceForgotten => key("account-done-device-forgotten"),
        }
    }
}

impl FactorRow {
    /// When it came, and when it was used last.
    fn dates(&self, lang: Lang) -> String {
        match &self.used {
            Some(used) => lang.say2("account-factor-dates", "added", &self.added, "used", used),
            None => lang.say1("account-factor-added", "added", &self.added),
        }
    }

    /// Why it is not asked for.
    fn trouble(&self, lang: Lang) -> Option<String> {
        match self.state {
            FactorState::On => None,
            FactorState::Off => Some(lang.say("account-factor-off")),
            FactorState::NotAllowed => Some(lang.say("account-factor-not-allowed")),
        }
    }
}

impl OverviewPage {
    fn has_other_sessions(&self) -> bool {
        self.sessions.iter().any(|session| !session.is_this)
    }

    fn prefers(&self) -> bool {
        self.preferred.iter().any(|preferred| preferred.chosen)
    }
}

impl AddPage {
    /// Whether it runs our script: browsers without passkeys are not shown that way.
    pub fn is_scripted(&self) -> bool {
        self.choices.iter().any(|way| way.scripted)
    }
}

impl RemovePage {
    fn heading(&self) -> Key {
        match self.removal {
            Removal::Needed { .. } => key("account-remove-needed-title"),
            _ => key("account-remove-title"),
        }
    }
}

impl PasswordPage {
    fn heading(&self) -> Key {
        if self.has_one { key("account-password-change") } else { key("account-password-set") }
    }

    fn marks(&self, field: &str) -> bool {
        self.error.is_some_and(|error| error.marks(field))
    }

    /// Of a page without a mistake the first field.
    fn has_focus(&self, field: &str) -> bool {
        let first = if self.has_one { "current" } else { "password" };
        self.error.map_or(first, ChangeError::field) == field
    }
}
