//! All SQL of the policy room: policies here, what they mean for a site's customers in
//! [`directory`].

pub mod directory;
#[cfg(test)]
mod tests;

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::Policy;
use crate::sites::SiteId;

pub use directory::{
    Excepted, Named, count_skip, exceptions, list_exceptions, names, set_exception, standing, tally,
};

/// The site's policy; the default until an admin has set one.
pub async fn load(conn: &mut PgConnection, site: SiteId) -> sqlx::Result<Policy> {
    let row = sqlx::query!("select two_factor, settings, version from policies where site_id = $1", site.0)
        .fetch_optional(conn)
        .await?;
    Ok(row.map_or_else(Policy::default, |row| Policy::read(row.two_factor, &row.settings, row.version)))
}

/// What became of [`save`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Stored, under this version.
    Done(i64),
    /// Somebody else saved in between; nothing was written.
    Stale {
        version: i64,
        /// An Atlassian account; none: the command line.
        updated_by: Option<String>,
        updated_at: OffsetDateTime,
    },
}

/// Sets the site's policy to `wanted` (its version says nothing) if it is still the one of
/// `expected_version`, as [`load`] told it. Of many at once, one is done and the others are stale.
pub async fn save(
    conn: &mut PgConnection,
    site: SiteId,
    wanted: &Policy,
    expected_version: i64,
    by: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<Saved> {
    let settings = serde_json::to_value(&wanted.settings).expect("a plain structure becomes JSON");
    let version = if expected_version == 0 {
        sqlx::query_scalar!(
            "insert into policies (site_id, two_factor, settings, version, updated_by, updated_at)
             values ($1, $2, $3, 1, $4, $5)
             on conflict (site_id) do nothing
             returning version",
            site.0,
            wanted.two_factor,
            settings,
            by,
            now,
        )
        .fetch_optional(&mut *conn)
        .await?
    } else {
        sqlx::query_scalar!(
            "update policies
             set two_factor = $2, settings = $3, version = version + 1, updated_by = $4, updated_at = $5
             where site_id = $1 and version = $6
             returning version",
            site.0,
            wanted.two_factor,
            settings,
            by,
            now,
            expected_version,
        )
        .fetch_optional(&mut *conn)
        .await?
    };
    if let Some(version) = version {
        return Ok(Saved::Done(version));
    }
    let other =
        sqlx::query!("select version, updated_by, updated_at from policies where site_id = $1", site.0)
            .fetch_one(conn)
            .await?;
    Ok(Saved::Stale { version: other.version, updated_by: other.updated_by, updated_at: other.updated_at })
}

/// Who changed a policy last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastChange {
    /// An Atlassian account; none: the command line.
    pub by: Option<String>,
    pub at: OffsetDateTime,
}

/// The last change of the site's policy, if there ever was one.
pub async fn last_change(conn: &mut PgConnection, site: SiteId) -> sqlx::Result<Option<LastChange>> {
    sqlx::query_as!(
        LastChange,
        "select updated_by as by, updated_at as at from policies where site_id = $1",
        site.0,
    )
    .fetch_optional(conn)
    .await
}
