//! The directory of a site's portal-only customers.

use time::OffsetDateTime;
use uuid::Uuid;

use crate::sites::SiteId;

/// A customer's id: random, never reused.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::Type, serde::Serialize, serde::Deserialize,
)]
#[sqlx(transparent)]
pub struct CustomerId(pub Uuid);

impl std::fmt::Display for CustomerId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A portal-only customer, without the password hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    pub site: SiteId,
    /// As entered; goes out as NameID.
    pub email: String,
    pub username: Option<String>,
    pub given_name: String,
    pub family_name: String,
    pub password_set_at: Option<OffsetDateTime>,
    pub created_at: OffsetDateTime,
}
