//! All SQL of the factors room.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{FactorId, TotpFactor, totp};
use crate::customers::CustomerId;
use crate::sites::SiteId;

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

/// The customer's authenticator apps, their rows locked until the transaction ends, in one order
/// for all, so that two checks wait for each other instead of deadlocking.
pub async fn lock_totp(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
) -> sqlx::Result<Vec<TotpFactor>> {
    let rows = sqlx::query!(
        "select id, sealed_secret, last_step, burned_steps, failures, last_failure_at from factors
         where site_id = $1 and customer_id = $2 and kind = 'totp' order by id for update",
        site.0,
        customer.0,
    )
    .fetch_all(conn)
    .await?;
    let unsigned = |step: i64| u64::try_from(step).unwrap_or(0);
    Ok(rows
        .into_iter()
        .map(|row| TotpFactor {
            id: FactorId(row.id),
            site,
            customer,
            sealed_secret: row.sealed_secret,
            history: totp::History {
                last_step: row.last_step.map(unsigned),
                burned_steps: row.burned_steps.into_iter().map(unsigned).collect(),
            },
            failures: u32::try_from(row.failures).unwrap_or(0),
            last_failure_at: row.last_failure_at,
        })
        .collect())
}

/// Adds a confirmed authenticator app.
pub async fn insert_totp(
    conn: &mut PgConnection,
    factor: &TotpFactor,
    name: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into factors (id, site_id, customer_id, kind, name, sealed_secret, last_step, created_at, last_used_at)
         values ($1, $2, $3, 'totp', $4, $5, $6, $7, $7)",
        factor.id.0,
        factor.site.0,
        factor.customer.0,
        name,
        factor.sealed_secret,
        factor.history.last_step.map(signed),
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes a right answer: the history moves on, the count of failures starts anew.
pub async fn accept(
    conn: &mut PgConnection,
    factor: &TotpFactor,
    history: &totp::History,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let burned: Vec<i64> = history.burned_steps.iter().copied().map(signed).collect();
    sqlx::query!(
        "update factors set last_step = $3, burned_steps = $4, failures = 0, last_failure_at = null, last_used_at = $5
         where site_id = $1 and id = $2",
        factor.site.0,
        factor.id.0,
        history.last_step.map(signed),
        &burned,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Counts a wrong answer, and burns what its hint gave away.
pub async fn fail(
    conn: &mut PgConnection,
    factor: &TotpFactor,
    history: &totp::History,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let burned: Vec<i64> = history.burned_steps.iter().copied().map(signed).collect();
    sqlx::query!(
        "update factors set failures = failures + 1, last_failure_at = $3, burned_steps = $4
         where site_id = $1 and id = $2",
        factor.site.0,
        factor.id.0,
        now,
        &burned,
    )
    .execute(conn)
    .await?;
    Ok(())
}

fn signed(step: u64) -> i64 {
    i64::try_from(step).unwrap_or(i64::MAX)
}
