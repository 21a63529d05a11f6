//! All SQL of the SAML room.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::NewKey;
use super::keys::{StoredKey, label};
use super::trace::{Entry, Row};
use crate::app::App;
use crate::sites::SiteId;

/// Stores `key`, sealed, as the site's active key unless it has one already.
pub async fn insert_active_key(
    conn: &mut PgConnection,
    app: &App,
    site: SiteId,
    key: &NewKey,
) -> sqlx::Result<()> {
    let sealed = app.vault.seal(label(site, key.id), &key.private_key);
    sqlx::query!(
        "insert into saml_keys
            (id, site_id, state, certificate_der, sealed_private_key, not_before, not_after, created_at)
         values ($1, $2, 'active', $3, $4, $5, $6, $7)
         on conflict (site_id) where state = 'active' do nothing",
        key.id,
        site.0,
        key.certificate,
        sealed,
        key.not_before,
        key.not_after,
        key.created_at,
    )
    .execute(conn)
    .await?;
    Ok(())
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
            (site_id, at, reference, verdict, reason, binding, request_id, issuer, acs_url, customer_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
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
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The site's newest `limit` rows of the trace, newest first.
pub async fn newest_traces(conn: &mut PgConnection, site: SiteId, limit: i64) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        "select id, at, reference, verdict, reason, binding, request_id, issuer, acs_url, customer_id
           from saml_trace where site_id = $1 order by id desc limit $2",
        site.0,
        limit,
    )
    .fetch_all(conn)
    .await
}

#[cfg(test)]
mod tests;
