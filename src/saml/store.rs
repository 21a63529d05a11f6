//! All SQL of the SAML room.

pub mod keys; // the life of a site's keys

use sqlx::PgConnection;
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

use super::NewKey;
use super::keys::StoredKey;
use super::trace::{Detail, Entry, Row};
use crate::app::App;
use crate::sites::SiteId;

/// Stores `key`, sealed, as the site's active key unless it has one already.
pub async fn insert_active_key(
    conn: &mut PgConnection,
    app: &App,
    site: SiteId,
    key: &NewKey,
) -> sqlx::Result<()> {
    keys::insert(conn, app, site, key, "active").await
}

/// The key that signs for the site now; none before its first installation is complete.
pub async fn active_key(conn: &mut PgConnection, site: SiteId) -> sqlx::Result<Option<StoredKey>> {
    let row = sqlx::query!(
        "select id, certificate_der, sealed_private_key, not_after
           from saml_keys where site_id = $1 and state = 'active'",
        site.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| StoredKey {
        id: row.id,
        site,
        certificate: row.certificate_der,
        sealed_private_key: row.sealed_private_key,
        not_after: row.not_after,
    }))
}

/// The certificates (X.509 DER) an SP shall know: the active one, then the next.
pub async fn published_certificates(conn: &mut PgConnection, site: SiteId) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar!(
        "select certificate_der from saml_keys
          where site_id = $1 and state in ('active', 'next')
          order by state, created_at",
        site.0,
    )
    .fetch_all(conn)
    .await
}

/// Takes an AuthnRequest's ID: true the first time, false when it was taken before and is not
/// `expires_at` yet (security.md M4). Safe between parallel requests and instances.
pub async fn consume_request(
    conn: &mut PgConnection,
    site: SiteId,
    request_id: &str,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<bool> {
    let taken = sqlx::query!(
        "insert into consumed_requests (site_id, request_id, expires_at) values ($1, $2, $4)
         on conflict (site_id, request_id)
         do update set expires_at = excluded.expires_at where consumed_requests.expires_at <= $3",
        site.0,
        request_id,
        now,
        expires_at,
    )
    .execute(conn)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Writes one row of the trace.
pub async fn insert_trace(
    conn: &mut PgConnection,
    site: SiteId,
    now: OffsetDateTime,
    entry: &Entry<'_>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into saml_trace
            (site_id, at, reference, verdict, reason, binding, request_id, issuer, acs_url, customer_id, detail)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        site.0,
        now,
        entry.reference,
        entry.verdict,
        entry.reason,
        entry.binding.as_str(),
        entry.request_id,
        entry.issuer,
        entry.acs_url,
        entry.customer.map(|c| c.0),
        Json(entry.detail) as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The site's newest `limit` rows of the trace, newest first; with `after`, those of a greater id only.
///
/// Ids are given out before they are committed: a reader that asks for what is new may miss a row that
/// was slow to commit, and sees it when asking without `after`.
pub async fn newest_traces(
    conn: &mut PgConnection,
    site: SiteId,
    after: Option<i64>,
    limit: i64,
) -> sqlx::Result<Vec<Row>> {
    let rows = sqlx::query_as!(
        TraceRow,
        r#"select t.id, t.at, t.reference, t.verdict, t.reason, t.binding, t.request_id, t.issuer, t.acs_url,
                  t.customer_id, c.email as "customer_email?", t.detail as "detail: Json<Detail>"
             from saml_trace t left join customers c on c.site_id = t.site_id and c.id = t.customer_id
            where t.site_id = $1 and t.id > $2 order by t.id desc limit $3"#,
        site.0,
        after.unwrap_or(0),
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Row::from).collect())
}

/// The newest answer that signed somebody in at the SP, as far as the trace goes back (30 days).
pub async fn last_success(conn: &mut PgConnection, site: SiteId) -> sqlx::Result<Option<Row>> {
    let row = sqlx::query_as!(
        TraceRow,
        r#"select t.id, t.at, t.reference, t.verdict, t.reason, t.binding, t.request_id, t.issuer, t.acs_url,
                  t.customer_id, c.email as "customer_email?", t.detail as "detail: Json<Detail>"
             from saml_trace t left join customers c on c.site_id = t.site_id and c.id = t.customer_id
            where t.site_id = $1 and t.verdict = 'answered' order by t.id desc limit 1"#,
        site.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Row::from))
}

struct TraceRow {
    id: i64,
    at: OffsetDateTime,
    reference: String,
    verdict: String,
    reason: String,
    binding: String,
    request_id: Option<String>,
    issuer: Option<String>,
    acs_url: Option<String>,
    customer_id: Option<Uuid>,
    customer_email: Option<String>,
    detail: Json<Detail>,
}

impl From<TraceRow> for Row {
    fn from(row: TraceRow) -> Self {
        Self {
            id: row.id,
            at: row.at,
            reference: row.reference,
            verdict: row.verdict,
            reason: row.reason,
            binding: row.binding,
            request_id: row.request_id,
            issuer: row.issuer,
            acs_url: row.acs_url,
            customer_id: row.customer_id,
            customer_email: row.customer_email,
            detail: row.detail.0,
        }
    }
}

#[cfg(test)]
mod tests;
