//! The tenant: one Jira site that installed the app. Everything a site owns carries its id.
//!
//! A site is born and changed by Atlassian's signed calls (`installation` holds the rules, the jira
//! room checks the signatures) and gets its SAML service provider from its admin
//! (`service_provider`), who is led there in steps (`setup`). Uninstalling parks it: nothing is deleted until a set time has passed.
//! Handlers below `/sites/{site}` take a [`CurrentSite`].

pub mod current;
pub mod installation;
pub mod service_provider;
pub mod setup;
pub mod store;

pub use current::CurrentSite;

use time::OffsetDateTime;
use uuid::Uuid;

/// A site's id: random, public, part of every URL.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::Type, serde::Serialize, serde::Deserialize,
)]
#[sqlx(transparent)]
pub struct SiteId(pub Uuid);

impl std::fmt::Display for SiteId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a site stands with the app (A2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteStatus {
    Installed,
    /// The app is disabled in Jira: customers still sign in, since nobody may be locked out.
    Disabled,
    /// Parked: nobody signs in; the data is purged after a set time.
    Uninstalled,
}

impl SiteStatus {
    /// As the column `sites.status` has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Installed => "installed",
            Self::Disabled => "disabled",
            Self::Uninstalled => "uninstalled",
        }
    }

    /// Reads the column; its check constraint admits no other value.
    fn from_column(text: &str) -> Self {
        match text {
            "installed" => Self::Installed,
            "disabled" => Self::Disabled,
            _ => Self::Uninstalled,
        }
    }
}

/// The SAML service provider a site trusts: Guard's, as the admin entered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceProvider {
    pub entity_id: String,
    pub acs_url: String,
}

/// What Jira says of a site's licence for the app (A3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Licence {
    Active,
    /// The admin pages are read only; customers still sign in.
    None,
}

impl Licence {
    /// As Connect's query parameter `lic` and the column `sites.licence` have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::None => "none",
        }
    }

    /// Reads either.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Active, Self::None].into_iter().find(|licence| licence.as_str() == text)
    }
}

/// What a site is called, on its pages and in its mails: the host it has for people, until an admin
/// names it.
pub fn name(display_url: &str) -> String {
    let host = url::Url::parse(display_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.unwrap_or_else(|| display_url.to_owned())
}

/// A site without its secrets.
#[derive(Clone, Debug)]
pub struct Site {
    pub id: SiteId,
    pub client_key: String,
    /// REST goes here.
    pub base_url: String,
    /// People's links go here.
    pub display_url: String,
    pub product_type: String,
    pub status: SiteStatus,
    pub service_provider: Option<ServiceProvider>,
    /// As Jira said last; none when it never has.
    pub licence: Option<Licence>,
    pub installed_at: OffsetDateTime,
    pub uninstalled_at: Option<OffsetDateTime>,
}
