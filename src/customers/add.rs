//! Adding one customer: check what was entered, hash, and write customer and audit event in one
//! transaction.

use sqlx::PgConnection;
use zeroize::Zeroizing;

use super::names::{Email, EmailFault, NameFault, PersonName, Username, UsernameFault};
use super::password::{self, PasswordFault};
use super::store::{self, NewCustomer, Taken};
use super::{CustomerId, HashError};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::error::AppError;
use crate::policy;
use crate::sites::{self, SiteId};

/// What was entered, unchecked.
#[derive(Clone, Default)]
pub struct AddForm {
    pub email: String,
    /// None or empty: the customer signs in by email only.
    pub username: Option<String>,
    pub given_name: String,
    pub family_name: String,
    /// None: the customer cannot sign in until a password is set.
    pub password: Option<Zeroizing<String>>,
}

/// Why nobody was added. The first five are sentences for whoever filled in the form.
#[derive(Debug, thiserror::Error)]
pub enum AddFault {
    #[error(transparent)]
    Email(#[from] EmailFault),
    #[error(transparent)]
    Username(#[from] UsernameFault),
    #[error(transparent)]
    Name(#[from] NameFault),
    #[error(transparent)]
    Password(#[from] PasswordFault),
    #[error(transparent)]
    Taken(#[from] Taken),
    #[error(transparent)]
    Hash(#[from] HashError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl AddFault {
    /// Tells what whoever filled in the form can mend (`Err`: a sentence) from what they cannot.
    pub fn sort(self) -> Result<AppError, String> {
        match self {
            Self::Hash(error) => Ok(error.into()),
            Self::Database(error) => Ok(error.into()),
            fault => Err(fault.to_string()),
        }
    }
}

/// Adds a customer to an existing site.
pub async fn add(app: &App, site: SiteId, form: AddForm, actor: Actor) -> Result<CustomerId, AddFault> {
    let new = check(app, site, form).await?;
    let mut transaction = app.db.begin().await?;
    write(&mut transaction, &new, actor).await?;
    transaction.commit().await?;
    Ok(new.id)
}

/// Checks what was entered, and hashes the password.
pub async fn check(app: &App, site: SiteId, form: AddForm) -> Result<NewCustomer, AddFault> {
    let email = Email::parse(&form.email)?;
    let username = Username::parse(form.username.as_deref().unwrap_or_default(), &email)?;
    let name = PersonName::parse(&form.given_name, &form.family_name)?;
    let password_hash = match &form.password {
        None => None,
        Some(typed) => {
            // Looked up in its own short connection: hashing may wait, and a connection that
            // waits with it is one that nobody else can use.
            let (policy, found) = {
                let mut conn = app.db.acquire().await?;
                (policy::store::load(&mut conn, site).await?, sites::store::find(&mut conn, site).await?)
            };
            // Whoever is new has no exceptions and belongs to no group.
            let covered = policy::coverage(&policy, policy::Exceptions::default()).is_covered();
            let context = password::Context {
                email: email.as_str(),
                username: username.as_ref().map_or("", Username::as_str),
                given_name: &name.given,
                family_name: &name.family,
                site: found.as_ref().map_or("", |site| &site.display_url),
            };
            let password = password::check_new(typed, covered, &context)?;
            Some(app.hasher.hash(&password, app.random.bytes()).await?)
        }
    };
    let (id, now) = (CustomerId(app.random.uuid()), app.clock.now());
    Ok(NewCustomer { id, site, email, username, name, password_hash, now })
}

/// Writes a customer that was checked, with the audit event, in the caller's transaction.
pub async fn write(conn: &mut PgConnection, new: &NewCustomer, actor: Actor) -> Result<(), AddFault> {
    store::add(conn, new).await??;
    let event = Event {
        customer: Some(new.id),
        detail: &serde_json::json!({ "password": new.password_hash.is_some() }),
        ..Event::new(new.site, actor, "customer.added", "ok")
    };
    Ok(audit::record(conn, new.now, &event).await?)
}

#[cfg(test)]
mod tests;
