//! Pages that only tell something: each with its title, a sentence and a way on.

use askama::Template;

use super::Shell;

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
    /// Too much work at once.
    Busy,
}

impl Notice {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Expired,
        Self::Finished,
        Self::Cancelled,
        Self::OtherBrowser,
        Self::NotConfigured,
        Self::RequestRefused,
        Self::SiteGone,
        Self::SignedOut,
        Self::Busy,
    ];

    /// The page's title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Expired => "This sign-in took too long",
            Self::Finished => "You're already signed in here",
            Self::Cancelled => "You cancelled signing in",
            Self::OtherBrowser => "This sign-in belongs to another browser",
            Self::NotConfigured => "Sign-in isn't set up yet",
            Self::RequestRefused => "We couldn't accept this sign-in",
            Self::SiteGone => "This help centre doesn't sign people in here",
            Self::SignedOut => "You're signed out",
            Self::Busy => "We are very busy right now",
        }
    }

    /// What happened.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Expired => {
                "To keep your account safe, a sign-in must be finished within a few minutes of starting it."
            }
            Self::Finished => {
                "This sign-in was completed before, so there is nothing more to do on this page."
            }
            Self::Cancelled => "You are not signed in, and nothing was changed.",
            Self::OtherBrowser => {
                "It was started in a different browser or a private window, and can only be finished there."
            }
            Self::NotConfigured => {
                "The people who run this help centre have not finished setting up sign-in."
            }
            Self::RequestRefused => {
                "The request that brought you here was out of date or not what this page expects. You have \
                 done nothing wrong."
            }
            Self::SiteGone => "Its owner no longer uses this sign-in page.",
            Self::SignedOut => {
                "You have signed out of this page. The help centre itself may keep you signed in until you sign out there too."
            }
            Self::Busy => "Many people are signing in at this moment. Nothing is wrong with your account.",
        }
    }

    /// What to do next.
    pub fn way_on(self) -> &'static str {
        match self {
            Self::Expired => "Go back to the help centre and choose Sign in again.",
            Self::Finished => "Go back to the help centre to carry on.",
            Self::Cancelled => "You can sign in from the help centre whenever you like.",
            Self::OtherBrowser => "Go back to the help centre in this browser and choose Sign in again.",
            Self::NotConfigured => "Contact the help centre's owner, and give them the reference below.",
            Self::RequestRefused => {
                "Go back to the help centre and choose Sign in again. If it keeps happening, contact its \
                 owner and give them the reference below."
            }
            Self::SiteGone => "Contact the help centre's owner to learn how to sign in now.",
            Self::SignedOut => "On a shared computer, close the browser as well.",
            Self::Busy => "Wait a few seconds, then reload this page.",
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
}
