//! Where a site's set-up stands.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::sites::SiteId;
use crate::sites::setup::Setup;

/// What has been confirmed so far.
pub async fn load(conn: &mut PgConnection, site: SiteId) -> sqlx::Result<Setup> {
    let setup = sqlx::query_as!(
        Setup,
        "select guard_ready_at, values_entered_at, finished_at, password_login_off_at
         from setups where site_id = $1",
        site.0,
    );
    Ok(setup.fetch_optional(conn).await?.unwrap_or_default())
}

/// As [`load`], locked until the transaction ends, for a change that rests on it.
pub async fn lock(conn: &mut PgConnection, site: SiteId, now: OffsetDateTime) -> sqlx::Result<Setup> {
    sqlx::query!(
        "insert into setups (site_id, updated_at) values ($1, $2) on conflict (site_id) do nothing",
        site.0,
        now,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query_as!(
        Setup,
        "select guard_ready_at, values_entered_at, finished_at, password_login_off_at
         from setups where site_id = $1 for update",
        site.0,
    )
    .fetch_one(conn)
    .await
}

/// Writes it. [`lock`] it first.
pub async fn save(
    conn: &mut PgConnection,
    site: SiteId,
    setup: &Setup,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update setups set guard_ready_at = $2, values_entered_at = $3, finished_at = $4,
                           password_login_off_at = $5, updated_at = $6
         where site_id = $1",
        site.0,
        setup.guard_ready_at,
        setup.values_entered_at,
        setup.finished_at,
        setup.password_login_off_at,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}
