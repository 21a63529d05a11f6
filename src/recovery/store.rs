//! All SQL of the recovery room.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::delayed::Recovery;
use super::links::{Link, Purpose};
use crate::customers::CustomerId;
use crate::sites::SiteId;

/// Keeps a link under its token's hash.
pub async fn insert_link(
    conn: &mut PgConnection,
    site: SiteId,
    token_hash: &[u8; 32],
    link: &Link,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into links (token_hash, site_id, customer_id, purpose, email_key, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        token_hash,
        site.0,
        link.customer.0,
        link.purpose.word(),
        link.mailbox,
        link.created_at,
        link.expires_at,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The link of a token, whether or not it still opens anything.
pub async fn find_link(
    conn: &mut PgConnection,
    site: SiteId,
    token_hash: &[u8; 32],
) -> sqlx::Result<Option<Link>> {
    let row = sqlx::query!(
        "select customer_id, purpose, email_key, created_at, expires_at from links
         where site_id = $1 and token_hash = $2",
        site.0,
        token_hash,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.and_then(|row| {
        Some(Link {
            customer: CustomerId(row.customer_id),
            purpose: Purpose::parse(&row.purpose)?,
            mailbox: row.email_key,
            created_at: row.created_at,
            expires_at: row.expires_at,
        })
    }))
}

/// Uses a link up. False when another use was faster.
pub async fn take_link(conn: &mut PgConnection, site: SiteId, token_hash: &[u8; 32]) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from links where site_id = $1 and token_hash = $2", site.0, token_hash)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Makes the customer's links of a purpose void.
pub async fn drop_links(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    purpose: Purpose,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from links where site_id = $1 and customer_id = $2 and purpose = $3",
        site.0,
        customer.0,
        purpose.word(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Begins a recovery. False when one is under way.
pub async fn insert_recovery(conn: &mut PgConnection, recovery: &Recovery) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into recoveries (id, site_id, customer_id, lang, started_at, ready_at, told_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (site_id, customer_id) do nothing",
        recovery.id,
        recovery.site.0,
        recovery.customer.0,
        recovery.lang,
        recovery.started_at,
        recovery.ready_at,
        recovery.told_at,
        recovery.expires_at,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The customer's recovery, also one that is past its time.
pub async fn find_recovery(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
) -> sqlx::Result<Option<Recovery>> {
    sqlx::query_as!(
        Recovery,
        r#"select id, site_id as "site: SiteId", customer_id as "customer: CustomerId", lang, started_at,
            ready_at, told_at, expires_at
         from recoveries where site_id = $1 and customer_id = $2"#,
        site.0,
        customer.0,
    )
    .fetch_optional(conn)
    .await
}

/// Whose recovery that is; none when it was called off.
pub async fn recovering(
    conn: &mut PgConnection,
    site: SiteId,
    recovery: Uuid,
) -> sqlx::Result<Option<CustomerId>> {
    let customer = sqlx::query_scalar!(
        "select customer_id from recoveries where site_id = $1 and id = $2",
        site.0,
        recovery,
    )
    .fetch_optional(conn)
    .await?;
    Ok(customer.map(CustomerId))
}

/// Notes that the mail with the way in was written.
pub async fn note_told(
    conn: &mut PgConnection,
    site: SiteId,
    recovery: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("update recoveries set told_at = $3 where site_id = $1 and id = $2", site.0, recovery, now)
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends the customer's recovery, and makes the link that would complete one void. False when there was
/// none.
pub async fn end_recovery(conn: &mut PgConnection, site: SiteId, customer: CustomerId) -> sqlx::Result<bool> {
    let done =
        sqlx::query!("delete from recoveries where site_id = $1 and customer_id = $2", site.0, customer.0)
            .execute(&mut *conn)
            .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    drop_links(conn, site, customer, Purpose::Recover).await?;
    Ok(true)
}

/// Ends every recovery of a site; whose they were.
pub async fn end_recoveries(conn: &mut PgConnection, site: SiteId) -> sqlx::Result<Vec<CustomerId>> {
    let ended = sqlx::query_scalar!(
        "with ended as (delete from recoveries where site_id = $1 returning customer_id),
              void as (delete from links where site_id = $1 and purpose = $2)
         select customer_id from ended",
        site.0,
        Purpose::Recover.word(),
    )
    .fetch_all(conn)
    .await?;
    Ok(ended.into_iter().map(CustomerId).collect())
}

/// Freezes an account; `by` is the mailbox whose link did it. Links that would let somebody in are void.
pub async fn freeze(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    by: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update customers set frozen_at = coalesce(frozen_at, $4), frozen_by = $3
         where site_id = $1 and id = $2",
        site.0,
        customer.0,
        by,
        now,
    )
    .execute(&mut *conn)
    .await?;
    for purpose in [Purpose::ResetPassword, Purpose::SetPassword, Purpose::Recover] {
        drop_links(conn, site, customer, purpose).await?;
    }
    Ok(())
}

/// Unfreezes an account. False when it was not frozen.
pub async fn unfreeze(conn: &mut PgConnection, site: SiteId, customer: CustomerId) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update customers set frozen_at = null, frozen_by = null
         where site_id = $1 and id = $2 and frozen_at is not null",
        site.0,
        customer.0,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The mailbox whose link froze the account; none when nobody's did.
pub async fn frozen_by(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select frozen_by from customers where site_id = $1 and id = $2", site.0, customer.0)
        .fetch_one(conn)
        .await
}

/// Notes that the present password came by a mailed link.
pub async fn note_mailed_password(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update customers set password_mailed_at = $3 where site_id = $1 and id = $2",
        site.0,
        customer.0,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// When a password was last set by a mailed link.
pub async fn password_mailed_at(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
) -> sqlx::Result<Option<OffsetDateTime>> {
    sqlx::query_scalar!(
        "select password_mailed_at from customers where site_id = $1 and id = $2",
        site.0,
        customer.0
    )
    .fetch_one(conn)
    .await
}
