//! Remembered devices (security.md S5).

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::customers::CustomerId;
use crate::signin::device::Remembered;
use crate::sites::SiteId;
use crate::web::Agent;

fn hash(bytes: Vec<u8>) -> sqlx::Result<[u8; 32]> {
    bytes.try_into().map_err(|_| sqlx::Error::Decode("a device's hash is unreadable".into()))
}

struct Row {
    series_hash: Vec<u8>,
    customer_id: uuid::Uuid,
    token_hash: Vec<u8>,
    former_token_hash: Option<Vec<u8>>,
    browser: Option<String>,
    created_at: OffsetDateTime,
    used_at: OffsetDateTime,
    expires_at: OffsetDateTime,
}

impl Row {
    fn into_device(self) -> sqlx::Result<Remembered> {
        Ok(Remembered {
            series_hash: hash(self.series_hash)?,
            customer: CustomerId(self.customer_id),
            token_hash: hash(self.token_hash)?,
            former_token_hash: self.former_token_hash.map(hash).transpose()?,
            browser: self.browser,
            created_at: self.created_at,
            used_at: self.used_at,
            expires_at: self.expires_at,
        })
    }
}

/// The device of a series, locked: of two uses at once one sees the other's change.
pub async fn lock(
    conn: &mut PgConnection,
    site: SiteId,
    series_hash: &[u8; 32],
) -> sqlx::Result<Option<Remembered>> {
    let row = sqlx::query_as!(
        Row,
        "select series_hash, customer_id, token_hash, former_token_hash, browser, created_at, used_at, expires_at
         from remembered_devices where site_id = $1 and series_hash = $2 for update",
        site.0,
        series_hash,
    )
    .fetch_optional(conn)
    .await?;
    row.map(Row::into_device).transpose()
}

/// The customer's devices, the last used first, also those past their time.
pub async fn list(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
) -> sqlx::Result<Vec<Remembered>> {
    let rows = sqlx::query_as!(
        Row,
        "select series_hash, customer_id, token_hash, former_token_hash, browser, created_at, used_at, expires_at
         from remembered_devices where site_id = $1 and customer_id = $2 order by used_at desc, series_hash",
        site.0,
        customer.0,
    )
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(Row::into_device).collect()
}

/// Remembers a device.
pub async fn insert(
    conn: &mut PgConnection,
    site: SiteId,
    device: &Remembered,
    agent: Option<Agent>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into remembered_devices
            (series_hash, site_id, customer_id, token_hash, browser, created_at, used_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &device.series_hash,
        site.0,
        device.customer.0,
        &device.token_hash,
        agent.map(Agent::stored),
        device.created_at,
        device.used_at,
        device.expires_at,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives a series, which is locked, its next token.
pub async fn rotate(
    conn: &mut PgConnection,
    site: SiteId,
    series_hash: &[u8; 32],
    token_hash: &[u8; 32],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update remembered_devices set former_token_hash = token_hash, token_hash = $3, used_at = $4
         where site_id = $1 and series_hash = $2",
        site.0,
        series_hash,
        token_hash,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets a device.
pub async fn end(conn: &mut PgConnection, site: SiteId, series_hash: &[u8; 32]) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "delete from remembered_devices where site_id = $1 and series_hash = $2",
        site.0,
        series_hash,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets all devices of a customer (security.md S3).
pub async fn end_all(conn: &mut PgConnection, site: SiteId, customer: CustomerId) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from remembered_devices where site_id = $1 and customer_id = $2",
        site.0,
        customer.0,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
