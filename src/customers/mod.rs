//! The directory of a site's portal-only customers.
//!
//! `names` and `password` are the rules for what may be entered; `hasher` is the one place that
//! turns a password into something storable, a few at a time; `store` holds the rows; `add` ties
//! them together for one new customer, `edit` for one that is there. A sign-in asks `store::find_for_sign_in` and then
//! `Hasher::verify`, also when nobody was found, so that an unknown name costs the same
//! (security.md G4). `list` and `search` say how the directory is looked at. Emails and usernames are unique per site by their folded form, and no
//! username holds an `@` (see `names::Username`), so that one typed name means one customer.

pub mod add;
pub mod edit;
pub mod hasher;
pub mod list;
pub mod names;
pub mod password;
pub mod search;
pub mod store;

pub use add::{AddFault, AddForm, add};
pub use edit::{EditFault, EditForm, edit};
pub use hasher::{HashError, Hasher, Verdict};

use time::OffsetDateTime;
use uuid::Uuid;

use crate::sites::SiteId;

/// Folds the customers whom an older release wrote, so that they are found and sorted like others; call
/// it after a migration. How many.
pub async fn fold(db: &sqlx::PgPool) -> sqlx::Result<u64> {
    let mut folded = 0;
    loop {
        let mut tx = db.begin().await?;
        let done = store::directory::fold(&mut tx, 1_000).await?;
        tx.commit().await?;
        folded += done;
        if done == 0 {
            return Ok(folded);
        }
    }
}

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
    /// Nobody signs in to the account since then (security.md A3).
    pub frozen_at: Option<OffsetDateTime>,
    pub created_at: OffsetDateTime,
}

/// The words around a customer that a new password must not be made of. `site_url` is the site's
/// address for people.
pub fn password_context<'a>(customer: &'a Customer, site_url: &'a str) -> password::Context<'a> {
    password::Context {
        email: &customer.email,
        username: customer.username.as_deref().unwrap_or_default(),
        given_name: &customer.given_name,
        family_name: &customer.family_name,
        site: site_url,
    }
}
