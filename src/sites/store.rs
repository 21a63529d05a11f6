//! All SQL of the sites room.

pub mod setup; // where its set-up stands

use sqlx::PgConnection;
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::installation::{Installation, Known, Plan, plan};
use super::{Licence, ServiceProvider, Site, SiteId, SiteStatus};
use crate::vault::{Label, Unsealing, Vault};

/// A row of `sites`, as read.
struct Row {
    id: uuid::Uuid,
    client_key: String,
    base_url: String,
    display_url: String,
    product_type: String,
    status: String,
    sp_entity_id: Option<String>,
    sp_acs_url: Option<String>,
    licence: Option<String>,
    installed_at: OffsetDateTime,
    uninstalled_at: Option<OffsetDateTime>,
}

impl From<Row> for Site {
    fn from(row: Row) -> Self {
        Self {
            id: SiteId(row.id),
            client_key: row.client_key,
            base_url: row.base_url,
            display_url: row.display_url,
            product_type: row.product_type,
            status: SiteStatus::from_column(&row.status),
            service_provider: row
                .sp_entity_id
                .zip(row.sp_acs_url)
                .map(|(entity_id, acs_url)| ServiceProvider { entity_id, acs_url }),
            licence: row.licence.as_deref().and_then(Licence::parse),
            installed_at: row.installed_at,
            uninstalled_at: row.uninstalled_at,
        }
    }
}

/// The site `id`, in whatever state it is.
pub async fn find(conn: &mut PgConnection, id: SiteId) -> sqlx::Result<Option<Site>> {
    let row = sqlx::query_as!(
        Row,
        "select id, client_key, base_url, display_url, product_type, status, sp_entity_id, sp_acs_url,
                licence, installed_at, uninstalled_at
         from sites where id = $1",
        id.0
    );
    Ok(row.fetch_optional(conn).await?.map(Site::from))
}

/// The site that has `client_key` now.
pub async fn find_by_client_key(conn: &mut PgConnection, client_key: &str) -> sqlx::Result<Option<Site>> {
    let row = sqlx::query_as!(
        Row,
        "select id, client_key, base_url, display_url, product_type, status, sp_entity_id, sp_acs_url,
                licence, installed_at, uninstalled_at
         from sites where client_key = $1",
        client_key
    );
    Ok(row.fetch_optional(conn).await?.map(Site::from))
}

/// All sites, by address.
pub async fn list(conn: &mut PgConnection) -> sqlx::Result<Vec<Site>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, client_key, base_url, display_url, product_type, status, sp_entity_id, sp_acs_url,
                licence, installed_at, uninstalled_at
         from sites order by base_url, installed_at, id"
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(Site::from).collect())
}

/// The secret that `site` and the app share, to check and make HS256 tokens. `None` when there is
/// no such site; an inner error when the master key does not open it.
pub async fn shared_secret(
    conn: &mut PgConnection,
    vault: &Vault,
    site: SiteId,
) -> sqlx::Result<Option<Result<Zeroizing<Vec<u8>>, Unsealing>>> {
    let sealed = sqlx::query_scalar!("select sealed_shared_secret from sites where id = $1", site.0);
    Ok(sealed.fetch_optional(conn).await?.map(|sealed| vault.open(secret_label(site), &sealed)))
}

/// What [`install`] would do at this moment. The transaction decides again.
pub async fn preview(conn: &mut PgConnection, install: &Installation) -> sqlx::Result<Plan> {
    let same_key = known_by_client_key(conn, &install.client_key).await?;
    let same_address = known_by_address(conn, &install.base_url).await?;
    Ok(plan(same_key.as_ref(), same_address.as_ref(), install))
}

/// Applies an installation, in the caller's transaction; `new_id` is for a site never seen.
/// Installs of one deployment happen one after another until the transaction ends, so that two
/// calls for one address can't both create a site.
pub async fn install(
    conn: &mut PgConnection,
    vault: &Vault,
    now: OffsetDateTime,
    new_id: SiteId,
    install: &Installation,
) -> sqlx::Result<Plan> {
    // Any number that nothing else in this database locks: "sites" in ASCII.
    sqlx::query!("select pg_advisory_xact_lock($1)", 0x0073_6974_6573_i64).execute(&mut *conn).await?;
    let plan = preview(conn, install).await?;
    match plan {
        Plan::Create => insert(conn, vault, now, new_id, install).await?,
        Plan::Renew(id) | Plan::Revive(id) | Plan::Adopt(id) => update(conn, vault, now, id, install).await?,
        Plan::Repeat(_) | Plan::Superseded(_) => {}
    }
    Ok(plan)
}

async fn insert(
    conn: &mut PgConnection,
    vault: &Vault,
    now: OffsetDateTime,
    id: SiteId,
    install: &Installation,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into sites (id, client_key, base_url, display_url, product_type, sealed_shared_secret,
                            status, installed_at, updated_at, lifecycle_iat, install_digest)
         values ($1, $2, $3, $4, $5, $6, 'installed', $7, $7, $8, $9)",
        id.0,
        install.client_key,
        install.base_url,
        install.display_url,
        install.product_type,
        vault.seal(secret_label(id), install.shared_secret.as_bytes()),
        now,
        install.issued_at,
        &install.digest,
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn update(
    conn: &mut PgConnection,
    vault: &Vault,
    now: OffsetDateTime,
    id: SiteId,
    install: &Installation,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sites
         set client_key = $2, base_url = $3, display_url = $4, product_type = $5,
             sealed_shared_secret = $6, status = 'installed', uninstalled_at = null, updated_at = $7,
             lifecycle_iat = $8, install_digest = $9
         where id = $1",
        id.0,
        install.client_key,
        install.base_url,
        install.display_url,
        install.product_type,
        vault.seal(secret_label(id), install.shared_secret.as_bytes()),
        now,
        install.issued_at,
        &install.digest,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Parks a site, keeping its data. Says whether anything changed: not when it is parked already,
/// nor when an install newer than `issued_at` (the token's `iat`) was applied.
pub async fn uninstall(
    conn: &mut PgConnection,
    now: OffsetDateTime,
    site: SiteId,
    issued_at: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update sites set status = 'uninstalled', uninstalled_at = $2, updated_at = $2, lifecycle_iat = $3
         where id = $1 and status <> 'uninstalled' and lifecycle_iat <= $3",
        site.0,
        now,
        issued_at,
    );
    Ok(done.execute(conn).await?.rows_affected() == 1)
}

/// Notes that Jira enabled or disabled the app. Says whether anything changed: a parked site stays
/// parked (Jira sends `disabled` and `uninstalled` side by side, and either may come first), and a
/// call older than the newest install says nothing about it.
pub async fn set_enabled(
    conn: &mut PgConnection,
    now: OffsetDateTime,
    site: SiteId,
    enabled: bool,
    issued_at: OffsetDateTime,
) -> sqlx::Result<bool> {
    let status = if enabled { SiteStatus::Installed } else { SiteStatus::Disabled };
    let done = sqlx::query!(
        "update sites set status = $2, updated_at = $3
         where id = $1 and status not in ('uninstalled', $2) and lifecycle_iat <= $4",
        site.0,
        status.as_str(),
        now,
        issued_at,
    );
    Ok(done.execute(conn).await?.rows_affected() == 1)
}

/// Stores the SP a site trusts. `false` when there is no such site.
pub async fn set_service_provider(
    conn: &mut PgConnection,
    now: OffsetDateTime,
    site: SiteId,
    service_provider: &ServiceProvider,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update sites set sp_entity_id = $2, sp_acs_url = $3, updated_at = $4 where id = $1",
        site.0,
        service_provider.entity_id,
        service_provider.acs_url,
        now,
    );
    Ok(done.execute(conn).await?.rows_affected() == 1)
}

/// Notes what Jira says of the site's licence. Says whether it said something else before.
pub async fn set_licence(
    conn: &mut PgConnection,
    now: OffsetDateTime,
    site: SiteId,
    licence: Licence,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update sites set licence = $2, licence_seen_at = $3 where id = $1 and licence is distinct from $2",
        site.0,
        licence.as_str(),
        now,
    );
    Ok(done.execute(conn).await?.rows_affected() == 1)
}

/// Rows that decide are locked until the transaction ends.
async fn known_by_client_key(conn: &mut PgConnection, client_key: &str) -> sqlx::Result<Option<Known>> {
    let row = sqlx::query!(
        "select id, status, lifecycle_iat, install_digest from sites where client_key = $1 for update",
        client_key
    );
    Ok(row.fetch_optional(conn).await?.map(|row| Known {
        id: SiteId(row.id),
        status: SiteStatus::from_column(&row.status),
        lifecycle_iat: row.lifecycle_iat,
        install_digest: row.install_digest,
    }))
}

/// The site at `base_url`; of several (an address changed hands), the one that is not parked and
/// was installed last.
async fn known_by_address(conn: &mut PgConnection, base_url: &str) -> sqlx::Result<Option<Known>> {
    let row = sqlx::query!(
        "select id, status, lifecycle_iat, install_digest from sites where base_url = $1
         order by status = 'uninstalled', lifecycle_iat desc, id limit 1 for update",
        base_url
    );
    Ok(row.fetch_optional(conn).await?.map(|row| Known {
        id: SiteId(row.id),
        status: SiteStatus::from_column(&row.status),
        lifecycle_iat: row.lifecycle_iat,
        install_digest: row.install_digest,
    }))
}

fn secret_label(site: SiteId) -> Label {
    Label { kind: "connect-secret", site: site.0, owner: site.0 }
}

#[cfg(test)]
#[path = "store/tests.rs"]
mod tests;
