//! All SQL of the customers room: single customers here, the directory in [`directory`], groups of
//! them in [`groups`], what is known besides in [`status`].

pub mod directory;
pub mod groups;
pub mod status;

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::edit::Called;
use super::names::{Email, PersonName, Username};
use super::{Customer, CustomerId, search};
use crate::i18n::Lang;
use crate::sites::SiteId;

/// A customer about to be added.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    pub id: CustomerId,
    pub site: SiteId,
    pub email: Email,
    pub username: Option<Username>,
    pub name: PersonName,
    /// PHC string; none until the customer sets a password.
    pub password_hash: Option<String>,
    pub now: OffsetDateTime,
}

/// What another customer of the site already has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Taken {
    #[error("Another customer of this site has this email address.")]
    Email,
    #[error("Another customer of this site has this username.")]
    Username,
}

/// Adds a customer. The transaction stays usable when something is taken. A site that does not
/// exist is a database error.
pub async fn add(conn: &mut PgConnection, customer: &NewCustomer) -> sqlx::Result<Result<CustomerId, Taken>> {
    let email_key = customer.email.key();
    let username_key = customer.username.as_ref().map(Username::key);
    let username = customer.username.as_ref().map(Username::as_str);
    let added = sqlx::query!(
        "insert into customers (id, site_id, email, email_key, username, username_key, given_name,
            family_name, password_hash, password_set_at, created_at, updated_at, search_text, name_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13)
         on conflict do nothing",
        customer.id.0,
        customer.site.0,
        customer.email.as_str(),
        email_key,
        username,
        username_key,
        customer.name.given,
        customer.name.family,
        customer.password_hash,
        customer.password_hash.as_ref().map(|_| customer.now),
        customer.now,
        search::text(&customer.name.given, &customer.name.family, customer.email.as_str(), username),
        search::name_key(&customer.name.given, &customer.name.family),
    )
    .execute(&mut *conn)
    .await?;
    if added.rows_affected() == 1 {
        return Ok(Ok(customer.id));
    }
    let email = sqlx::query_scalar!(
        r#"select exists (select from customers where site_id = $1 and email_key = $2) as "taken!""#,
        customer.site.0,
        email_key,
    )
    .fetch_one(conn)
    .await?;
    // Whoever had it may be gone by now; then the last guess is as good as any.
    Ok(Err(if email || username_key.is_none() { Taken::Email } else { Taken::Username }))
}

/// One customer of the site.
pub async fn find(conn: &mut PgConnection, site: SiteId, id: CustomerId) -> sqlx::Result<Option<Customer>> {
    sqlx::query_as!(
        Customer,
        r#"select id as "id: CustomerId", site_id as "site: SiteId", email, username, given_name,
            family_name, password_set_at, frozen_at, created_at
         from customers where site_id = $1 and id = $2"#,
        site.0,
        id.0,
    )
    .fetch_optional(conn)
    .await
}

/// One customer of the site, locked until the transaction ends: what is decided about a password or
/// a first factor is decided by one transaction after the other. (`no key update`, since rows that
/// refer to the customer may well be added meanwhile.)
pub async fn lock(conn: &mut PgConnection, site: SiteId, id: CustomerId) -> sqlx::Result<Option<Customer>> {
    sqlx::query_as!(
        Customer,
        r#"select id as "id: CustomerId", site_id as "site: SiteId", email, username, given_name,
            family_name, password_set_at, frozen_at, created_at
         from customers where site_id = $1 and id = $2 for no key update"#,
        site.0,
        id.0,
    )
    .fetch_optional(conn)
    .await
}

/// Whose email or username folds to `key` (from [`super::names::login_key`]), with the password
/// hash. At most one: an email holds an `@`, a username never does.
pub async fn find_for_sign_in(
    conn: &mut PgConnection,
    site: SiteId,
    key: &str,
) -> sqlx::Result<Option<(Customer, Option<String>)>> {
    let row = sqlx::query!(
        "select id, email, username, given_name, family_name, password_hash, password_set_at, frozen_at, created_at
         from customers
         where site_id = $1 and (email_key = $2 or username_key = $2)
         limit 1",
        site.0,
        key,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| {
        let customer = Customer {
            id: CustomerId(row.id),
            site,
            email: row.email,
            username: row.username,
            given_name: row.given_name,
            family_name: row.family_name,
            password_set_at: row.password_set_at,
            frozen_at: row.frozen_at,
            created_at: row.created_at,
        };
        (customer, row.password_hash)
    }))
}

/// The stored hash of a customer's password; none where there is no password.
pub async fn password_hash(
    conn: &mut PgConnection,
    site: SiteId,
    id: CustomerId,
) -> sqlx::Result<Option<String>> {
    let hash = sqlx::query_scalar!(
        "select password_hash from customers where site_id = $1 and id = $2",
        site.0,
        id.0
    );
    Ok(hash.fetch_optional(conn).await?.flatten())
}

/// The language a customer chose for good.
pub async fn language(conn: &mut PgConnection, site: SiteId, id: CustomerId) -> sqlx::Result<Option<Lang>> {
    let tag =
        sqlx::query_scalar!("select language from customers where site_id = $1 and id = $2", site.0, id.0);
    Ok(tag.fetch_optional(conn).await?.flatten().as_deref().and_then(Lang::from_tag))
}

/// Keeps the language a customer chose.
pub async fn set_language(
    conn: &mut PgConnection,
    site: SiteId,
    id: CustomerId,
    lang: Lang,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update customers set language = $3 where site_id = $1 and id = $2",
        site.0,
        id.0,
        lang.tag()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The word of the kind of factor a customer wants to be asked for first.
pub async fn preferred_method(
    conn: &mut PgConnection,
    site: SiteId,
    id: CustomerId,
) -> sqlx::Result<Option<String>> {
    let word = sqlx::query_scalar!(
        "select preferred_method from customers where site_id = $1 and id = $2",
        site.0,
        id.0
    );
    Ok(word.fetch_optional(conn).await?.flatten())
}

/// Keeps that word; none: whichever was used last.
pub async fn set_preferred_method(
    conn: &mut PgConnection,
    site: SiteId,
    id: CustomerId,
    word: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update customers set preferred_method = $3 where site_id = $1 and id = $2",
        site.0,
        id.0,
        word,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Calls a customer something else.
pub async fn rename(
    conn: &mut PgConnection,
    site: SiteId,
    called: &Called,
    now: OffsetDateTime,
) -> sqlx::Result<Result<(), Taken>> {
    let Called { id, email, username, name } = called;
    let username_key = username.as_ref().map(Username::key);
    let username = username.as_ref().map(Username::as_str);
    let done = sqlx::query!(
        "update customers set email = $3, email_key = $4, username = $5, username_key = $6, given_name = $7,
            family_name = $8, search_text = $9, name_key = $10, updated_at = $11
         where site_id = $1 and id = $2",
        site.0,
        id.0,
        email.as_str(),
        email.key(),
        username,
        username_key,
        name.given,
        name.family,
        search::text(&name.given, &name.family, email.as_str(), username),
        search::name_key(&name.given, &name.family),
        now,
    )
    .execute(conn)
    .await;
    match done {
        Ok(_) => Ok(Ok(())),
        Err(sqlx::Error::Database(error)) if error.constraint() == Some("customers_email") => {
            Ok(Err(Taken::Email))
        }
        Err(sqlx::Error::Database(error)) if error.constraint() == Some("customers_username") => {
            Ok(Err(Taken::Username))
        }
        Err(error) => Err(error),
    }
}

/// Deletes a customer for good, and with the row all that refers to it: factors, sessions, devices,
/// mails that wait. False when the site has no such customer.
pub async fn remove(conn: &mut PgConnection, site: SiteId, id: CustomerId) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from customers where site_id = $1 and id = $2", site.0, id.0);
    Ok(done.execute(conn).await?.rows_affected() == 1)
}

/// Sets a new password. False when the site has no such customer.
pub async fn set_password(
    conn: &mut PgConnection,
    site: SiteId,
    id: CustomerId,
    hash: &str,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update customers set password_hash = $3, password_set_at = $4, updated_at = $4
         where site_id = $1 and id = $2",
        site.0,
        id.0,
        hash,
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Replaces the hash of an unchanged password by one of today's parameters. False when the
/// password was changed meanwhile: the newer one stays.
pub async fn rehash(
    conn: &mut PgConnection,
    site: SiteId,
    id: CustomerId,
    old_hash: &str,
    new_hash: &str,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update customers set password_hash = $4
         where site_id = $1 and id = $2 and password_hash = $3",
        site.0,
        id.0,
        old_hash,
        new_hash,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

#[cfg(test)]
pub(super) mod tests;
