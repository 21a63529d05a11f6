//! A site's keys and their states. Changes are decided on the rows locked until the transaction ends,
//! and name the keys the administrator saw.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::app::App;
use crate::saml::NewKey;
use crate::saml::keys::{StoredKey, label};
use crate::saml::rotation::{Change, Key, Keys};
use crate::sites::SiteId;

struct Row {
    id: Uuid,
    state: String,
    certificate_der: Vec<u8>,
    not_before: OffsetDateTime,
    not_after: OffsetDateTime,
}

/// The site's keys; none before its installation is complete.
pub async fn find(conn: &mut PgConnection, site: SiteId) -> sqlx::Result<Option<Keys>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, state, certificate_der, not_before, not_after from saml_keys where site_id = $1",
        site.0,
    )
    .fetch_all(conn)
    .await?;
    Ok(gathered(rows))
}

/// A certificate that signs at a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signing {
    /// The site's address.
    pub site: String,
    pub not_after: OffsetDateTime,
}

/// What signs at the installed sites, the one that ends first before the others.
pub async fn signing(conn: &mut PgConnection) -> sqlx::Result<Vec<Signing>> {
    sqlx::query_as!(
        Signing,
        r#"select s.display_url as site, k.not_after from saml_keys k join sites s on s.id = k.site_id
           where k.state = 'active' and s.status = 'installed' order by k.not_after"#,
    )
    .fetch_all(conn)
    .await
}

/// As [`find`], the rows locked until the transaction ends.
async fn lock(conn: &mut PgConnection, site: SiteId) -> sqlx::Result<Option<Keys>> {
    // The site's row first: keys that do not exist yet cannot be locked.
    sqlx::query!("select id from sites where id = $1 for no key update", site.0)
        .fetch_optional(&mut *conn)
        .await?;
    let rows = sqlx::query_as!(
        Row,
        "select id, state, certificate_der, not_before, not_after from saml_keys where site_id = $1 for update",
        site.0,
    )
    .fetch_all(conn)
    .await?;
    Ok(gathered(rows))
}

fn gathered(rows: Vec<Row>) -> Option<Keys> {
    let (mut active, mut next, mut previous) = (None, None, None);
    for row in rows {
        let slot = match row.state.as_str() {
            "active" => &mut active,
            "next" => &mut next,
            _ => &mut previous,
        };
        *slot = Some(Key {
            id: row.id,
            certificate: row.certificate_der,
            not_before: row.not_before,
            not_after: row.not_after,
        });
    }
    active.map(|active| Keys { active, next, previous })
}

/// The key `id` of the site, ready to be decoded.
pub async fn stored(conn: &mut PgConnection, site: SiteId, id: Uuid) -> sqlx::Result<Option<StoredKey>> {
    let row = sqlx::query!(
        "select certificate_der, sealed_private_key, not_after from saml_keys where site_id = $1 and id = $2",
        site.0,
        id,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| StoredKey {
        id,
        site,
        certificate: row.certificate_der,
        sealed_private_key: row.sealed_private_key,
        not_after: row.not_after,
    }))
}

/// Stores `key`, sealed, as the next one.
pub async fn add_next(
    conn: &mut PgConnection,
    app: &App,
    site: SiteId,
    key: &NewKey,
) -> sqlx::Result<Change> {
    match lock(conn, site).await? {
        None => return Ok(Change::Stale),
        Some(Keys { next: Some(_), .. }) => return Ok(Change::NextExists),
        Some(_) => {}
    }
    insert(conn, app, site, key, "next").await?;
    Ok(Change::Done)
}

/// Stores `key`, sealed, in `state`, unless the site has one there already.
pub(super) async fn insert(
    conn: &mut PgConnection,
    app: &App,
    site: SiteId,
    key: &NewKey,
    state: &str,
) -> sqlx::Result<()> {
    let sealed = app.vault.seal(label(site, key.id), &key.private_key);
    sqlx::query!(
        "insert into saml_keys
            (id, site_id, state, certificate_der, sealed_private_key, not_before, not_after, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict do nothing",
        key.id,
        site.0,
        state,
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

/// Deletes the next key, if it is `next` still.
pub async fn discard_next(conn: &mut PgConnection, site: SiteId, next: Uuid) -> sqlx::Result<Change> {
    let done =
        sqlx::query!("delete from saml_keys where site_id = $1 and id = $2 and state = 'next'", site.0, next)
            .execute(conn)
            .await?;
    Ok(if done.rows_affected() == 1 { Change::Done } else { Change::Stale })
}

/// The next key signs from now on; the active one is kept as the previous. An older previous one goes.
pub async fn switch(conn: &mut PgConnection, site: SiteId, active: Uuid, next: Uuid) -> sqlx::Result<Change> {
    let keys = lock(conn, site).await?;
    if !keys.is_some_and(|keys| keys.active.id == active && keys.next.is_some_and(|key| key.id == next)) {
        return Ok(Change::Stale);
    }
    sqlx::query!("delete from saml_keys where site_id = $1 and state = 'previous'", site.0)
        .execute(&mut *conn)
        .await?;
    set_state(conn, site, active, "previous").await?;
    set_state(conn, site, next, "active").await?;
    Ok(Change::Done)
}

/// The previous key signs again; the active one is the next once more.
pub async fn switch_back(
    conn: &mut PgConnection,
    site: SiteId,
    active: Uuid,
    previous: Uuid,
) -> sqlx::Result<Change> {
    let Some(keys) = lock(conn, site).await? else { return Ok(Change::Stale) };
    if keys.active.id != active || keys.previous.is_none_or(|key| key.id != previous) {
        return Ok(Change::Stale);
    }
    if keys.next.is_some() {
        return Ok(Change::NextExists);
    }
    set_state(conn, site, active, "next").await?;
    set_state(conn, site, previous, "active").await?;
    Ok(Change::Done)
}

// One row after the other, in an order in which no state is ever held twice.
async fn set_state(conn: &mut PgConnection, site: SiteId, key: Uuid, state: &str) -> sqlx::Result<()> {
    sqlx::query!("update saml_keys set state = $3 where site_id = $1 and id = $2", site.0, key, state)
        .execute(conn)
        .await?;
    Ok(())
}
