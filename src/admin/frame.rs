//! What surrounds every fragment: where it is, where one can go, what holds for the whole site.

use axum::http::header::{HeaderName, HeaderValue};
use axum::response::Response;

use crate::error::AppError;
use crate::jira::{self, JiraAdmin};
use crate::sites::Site;

/// One of the pages that Jira's sidebar lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Setup,
    TwoFactor,
    Customers,
}

impl Page {
    pub const ALL: [Self; 3] = [Self::Setup, Self::TwoFactor, Self::Customers];

    /// Its name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::TwoFactor => "two-factor",
            Self::Customers => "customers",
        }
    }

    /// The page of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.as_str() == name)
    }

    /// As Jira's sidebar calls it (`atlassian-connect.json`).
    pub fn title(self) -> &'static str {
        match self {
            Self::Setup => "Setup",
            Self::TwoFactor => "2FA Configuration",
            Self::Customers => "Customers",
        }
    }
}

/// What the template around every fragment needs.
#[derive(Clone, Debug)]
pub struct Frame {
    pub page: Page,
    /// Of the document, and of the place in the host's history: below `base`.
    pub title: String,
    pub state: String,
    /// The address of the site's fragments, without a trailing slash.
    pub base: String,
    /// The address of a page in Jira itself, less the module's key: what a link opens in a new tab.
    jira: String,
    /// Read only (A3).
    pub unlicensed: bool,
    /// What was done just now, to be told once.
    pub outcome: Option<&'static str>,
}

impl Frame {
    /// The frame of `page`, at `state` below the site's fragments.
    pub fn new(admin: &JiraAdmin, page: Page, title: impl Into<String>, state: impl Into<String>) -> Self {
        let display_url = admin.site.display_url.trim_end_matches('/');
        Self {
            page,
            title: title.into(),
            state: state.into(),
            base: base(&admin.site),
            jira: format!("{display_url}/plugins/servlet/ac/{}", admin.app.config.app_key),
            unlicensed: jira::admission::is_unlicensed(&admin.app, &admin.site),
            outcome: None,
        }
    }

    /// The same, telling that something was done.
    pub fn telling(mut self, outcome: &'static str) -> Self {
        self.outcome = Some(outcome);
        self
    }

    /// The page's address in Jira.
    pub fn in_jira(&self, page: &Page) -> String {
        format!("{}/vestibule-{}", self.jira, page.as_str())
    }

    /// Where the policy is decided, in Jira.
    pub fn two_factor_in_jira(&self) -> String {
        self.in_jira(&Page::TwoFactor)
    }
}

/// `GET .../{*nowhere}`: a link into the middle that leads nowhere is told inside the frame.
pub async fn nowhere(_: JiraAdmin) -> AppError {
    AppError::NotFound
}

/// The answer, put into the element `target` whatever asked for it.
pub fn into(target: &'static str, mut answer: Response) -> Response {
    for (name, value) in [("hx-retarget", target), ("hx-reswap", "innerHTML")] {
        answer.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    answer
}

/// The address of the site's fragments.
pub fn base(site: &Site) -> String {
    format!("/sites/{}/admin", site.id)
}
