//! All SQL of the policy room.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::Policy;
use crate::sites::SiteId;

/// The site's policy; the default until an admin has set one.
pub async fn load(conn: &mut PgConnection, site: SiteId) -> sqlx::Result<Policy> {
    let row = sqlx::query!("select two_factor from policies where site_id = $1", site.0)
        .fetch_optional(conn)
        .await?;
    Ok(row.map_or_else(Policy::default, |row| Policy { two_factor: row.two_factor }))
}

/// Sets the site's policy.
pub async fn save(
    conn: &mut PgConnection,
    site: SiteId,
    policy: Policy,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into policies (site_id, two_factor, updated_at) values ($1, $2, $3)
         on conflict (site_id) do update set two_factor = excluded.two_factor, updated_at = excluded.updated_at",
        site.0,
        policy.two_factor,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}
