//! The tenant: one Jira site that installed the app. Everything a site owns carries its id.

pub mod store;

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

/// The SAML service provider a site trusts: Guard's, as the admin entered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceProvider {
    pub entity_id: String,
    pub acs_url: String,
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
    pub installed_at: OffsetDateTime,
    pub uninstalled_at: Option<OffsetDateTime>,
}
