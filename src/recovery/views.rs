//! The pages' data: plain data in, HTML out, as in `signin::views`.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::i18n::{Key, key};
use crate::signin::frame;
use crate::signin::views::PasswordError;
use crate::sites::Site;
use crate::web::{Shell, Visitor};

/// Asks whose password is forgotten.
#[derive(Clone, Debug, Template)]
#[template(path = "recovery/forgotten.html")]
pub struct ForgottenPage {
    pub shell: Shell,
    pub action: String,
    /// The sign-in the visitor comes from, for the form to keep.
    pub signin: Option<Uuid>,
    /// That sign-in's address, or the help centre's.
    pub back: String,
    pub error: Option<PasswordError>,
}

/// What a link's button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    Freeze,
    Cancel,
    Recover,
}

impl Button {
    pub const ALL: [Self; 3] = [Self::Freeze, Self::Cancel, Self::Recover];

    /// The page's title, with the parts `sentence` (what will happen), `way-on` (what then) and `button`.
    pub fn words(self) -> Key {
        match self {
            Self::Freeze => key("recovery-freeze"),
            Self::Cancel => key("recovery-cancel"),
            Self::Recover => key("recovery-recover"),
        }
    }
}

/// One button, and what it does.
#[derive(Clone, Debug, Template)]
#[template(path = "recovery/button.html")]
pub struct ButtonPage {
    pub shell: Shell,
    pub button: Button,
    /// The customer's email address.
    pub account: String,
    pub action: String,
    pub token: String,
}

/// What can be done about lost second factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Ask the people of the help centre.
    Ask,
    Offered {
        ready_at: OffsetDateTime,
    },
    UnderWay {
        ready_at: OffsetDateTime,
    },
    /// The link is in the mail.
    Ready {
        until: OffsetDateTime,
    },
    TooOften,
}

/// "I have none of these any more."
#[derive(Clone, Debug, Template)]
#[template(path = "recovery/lost.html")]
pub struct LostPage {
    pub shell: Shell,
    pub way: Way,
    /// The customer's email address.
    pub account: String,
    pub action: String,
    pub back: String,
    pub help_centre: String,
}

/// What there is to tell when something is done, or cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// To every name alike (security.md G4).
    MailSent,
    /// Unknown, used, expired, overtaken.
    LinkVoid,
    PasswordSet,
    Frozen,
    Cancelled,
    Recovered,
}

impl Told {
    pub const ALL: [Self; 6] =
        [Self::MailSent, Self::LinkVoid, Self::PasswordSet, Self::Frozen, Self::Cancelled, Self::Recovered];

    /// The page's title, with the parts `sentence` and `way-on`.
    pub fn words(self) -> Key {
        match self {
            Self::MailSent => key("recovery-mail-sent"),
            Self::LinkVoid => key("recovery-link-void"),
            Self::PasswordSet => key("recovery-password-set"),
            Self::Frozen => key("recovery-frozen"),
            Self::Cancelled => key("recovery-cancelled"),
            Self::Recovered => key("recovery-recovered"),
        }
    }

    /// The page, which leads on to the help centre. It stands at an address that nobody can come back
    /// to, so it has no language menu.
    pub fn page(self, visitor: &Visitor, site: &Site, status: StatusCode) -> Response {
        let help_centre = frame::help_centre(site);
        visitor
            .page(status, &ToldPage { shell: frame::momentary_shell(visitor, site), told: self, help_centre })
    }
}

/// A [`Told`] as a page.
#[derive(Clone, Debug, Template)]
#[template(path = "recovery/told.html")]
pub struct ToldPage {
    pub shell: Shell,
    pub told: Told,
    pub help_centre: String,
}

#[cfg(test)]
mod tests;
