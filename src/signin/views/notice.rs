//! Pages that only tell something: each with its title, a sentence and a way on.

use askama::Template;

use super::Shell;
use crate::i18n::{Key, key};

/// What there is to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The sign-in took too long.
    Expired,
    /// The sign-in is over already: a reload, the back button, a second tab.
    Finished,
    /// The customer gave up.
    Cancelled,
    /// The sign-in was begun in another browser.
    OtherBrowser,
    /// The site has no service provider yet.
    NotConfigured,
    /// The sign-in request was refused; why is in the site's trace.
    RequestRefused,
    /// The site is parked.
    SiteGone,
    SignedOut,
    /// Another language was chosen on a page that cannot be shown again.
    LanguageChosen,
    /// Too much work at once.
    Busy,
}

impl Notice {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Expired,
        Self::Finished,
        Self::Cancelled,
        Self::OtherBrowser,
        Self::NotConfigured,
        Self::RequestRefused,
        Self::SiteGone,
        Self::SignedOut,
        Self::LanguageChosen,
        Self::Busy,
    ];

    /// The page's title, with the parts `sentence` (what happened) and `way-on` (what to do next).
    pub fn words(self) -> Key {
        match self {
            Self::Expired => key("signin-notice-expired"),
            Self::Finished => key("signin-notice-finished"),
            Self::Cancelled => key("signin-notice-cancelled"),
            Self::OtherBrowser => key("signin-notice-other-browser"),
            Self::NotConfigured => key("signin-notice-not-configured"),
            Self::RequestRefused => key("signin-notice-request-refused"),
            Self::SiteGone => key("signin-notice-site-gone"),
            Self::SignedOut => key("signin-notice-signed-out"),
            Self::LanguageChosen => key("signin-notice-language-chosen"),
            Self::Busy => key("signin-notice-busy"),
        }
    }
}

/// A [`Notice`] as a page; the status is the handler's.
#[derive(Clone, Debug, Template)]
#[template(path = "signin/notice.html")]
pub struct NoticePage {
    pub shell: Shell,
    pub kind: Notice,
    /// Where the button leads, if anywhere: the help centre's address as the server knows it.
    pub continue_url: Option<String>,
    /// The customer's account page, for whoever is signed in.
    pub account_url: Option<String>,
}
