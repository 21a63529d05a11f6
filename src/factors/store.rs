//! All SQL of the factors room.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Factor, FactorId, Method};
use crate::customers::CustomerId;
use crate::sites::SiteId;

struct Row {
    id: uuid::Uuid,
    kind: String,
    name: String,
    sealed_secret: Option<Vec<u8>>,
    data: serde_json::Value,
    failures: i32,
    last_failure_at: Option<OffsetDateTime>,
    created_at: OffsetDateTime,
    last_used_at: Option<OffsetDateTime>,
}

impl Row {
    /// `None` for a kind that a later version knows: it is neither asked for nor touched here.
    fn into_factor(self, site: SiteId, customer: CustomerId) -> Option<Factor> {
        Some(Factor {
            id: FactorId(self.id),
            site,
            customer,
            method: Method::parse(&self.kind)?,
            name: self.name,
            sealed_secret: self.sealed_secret,
            data: self.data,
            failures: u32::try_from(self.failures).unwrap_or(0),
            last_failure_at: self.last_failure_at,
            created_at: self.created_at,
            last_used_at: self.last_used_at,
        })
    }
}

/// Whether the customer has an enrolled factor.
pub async fn has_any(conn: &mut PgConnection, site: SiteId, customer: CustomerId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from factors where site_id = $1 and customer_id = $2) as "exists!""#,
        site.0,
        customer.0,
    )
    .fetch_one(conn)
    .await
}

/// All factors of the customer, oldest first.
pub async fn list(conn: &mut PgConnection, site: SiteId, customer: CustomerId) -> sqlx::Result<Vec<Factor>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, kind, name, sealed_secret, data, failures, last_failure_at, created_at, last_used_at
         from factors where site_id = $1 and customer_id = $2 order by created_at, id",
        site.0,
        customer.0,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().filter_map(|row| row.into_factor(site, customer)).collect())
}

/// The customer's factors of one kind, their rows locked until the transaction ends, in one order
/// for all, so that two checks wait for each other instead of deadlocking.
pub async fn lock(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    method: Method,
) -> sqlx::Result<Vec<Factor>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, kind, name, sealed_secret, data, failures, last_failure_at, created_at, last_used_at
         from factors where site_id = $1 and customer_id = $2 and kind = $3 order by id for update",
        site.0,
        customer.0,
        method.word(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().filter_map(|row| row.into_factor(site, customer)).collect())
}

/// The factor with that credential, and its customer. Nothing is locked.
pub async fn find_credential(
    conn: &mut PgConnection,
    site: SiteId,
    method: Method,
    credential_id: &[u8],
) -> sqlx::Result<Option<(FactorId, CustomerId)>> {
    let row = sqlx::query!(
        "select id, customer_id from factors where site_id = $1 and kind = $2 and credential_id = $3",
        site.0,
        method.word(),
        credential_id,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (FactorId(row.id), CustomerId(row.customer_id))))
}

/// Adds a confirmed factor. False when its `credential_id` is another factor's of the site.
pub async fn insert(
    conn: &mut PgConnection,
    factor: &Factor,
    credential_id: Option<&[u8]>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into factors
            (id, site_id, customer_id, kind, name, sealed_secret, data, credential_id, created_at, last_used_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (site_id, kind, credential_id) where credential_id is not null do nothing",
        factor.id.0,
        factor.site.0,
        factor.customer.0,
        factor.method.word(),
        factor.name,
        factor.sealed_secret,
        factor.data,
        credential_id,
        factor.created_at,
        factor.last_used_at,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a right answer: what the method keeps moves on, the count of failures starts anew.
pub async fn accept(conn: &mut PgConnection, factor: &Factor, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update factors set data = $3, failures = 0, last_failure_at = null, last_used_at = $4
         where site_id = $1 and id = $2",
        factor.site.0,
        factor.id.0,
        factor.data,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Counts a wrong answer, and what the method learnt from it.
pub async fn fail(conn: &mut PgConnection, factor: &Factor, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update factors set failures = failures + 1, last_failure_at = $3, data = $4
         where site_id = $1 and id = $2",
        factor.site.0,
        factor.id.0,
        now,
        factor.data,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets the failures of all factors start anew, also of those that are off. How many had some.
pub async fn forgive(conn: &mut PgConnection, site: SiteId, customer: CustomerId) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update factors set failures = 0, last_failure_at = null
         where site_id = $1 and customer_id = $2 and failures > 0",
        site.0,
        customer.0,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Takes every factor away, also of kinds that only a later version knows.
pub async fn remove_every(conn: &mut PgConnection, site: SiteId, customer: CustomerId) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from factors where site_id = $1 and customer_id = $2", site.0, customer.0)
            .execute(conn)
            .await?;
    Ok(done.rows_affected())
}

/// Takes one factor away. False when the customer has none of that id.
pub async fn remove(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    id: FactorId,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "delete from factors where site_id = $1 and customer_id = $2 and id = $3",
        site.0,
        customer.0,
        id.0,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives a factor another name. False when the customer has none of that id.
pub async fn rename(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    id: FactorId,
    name: &str,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update factors set name = $4 where site_id = $1 and customer_id = $2 and id = $3",
        site.0,
        customer.0,
        id.0,
        name,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes all factors of one kind away.
pub async fn remove_all(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    method: Method,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from factors where site_id = $1 and customer_id = $2 and kind = $3",
        site.0,
        customer.0,
        method.word(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
