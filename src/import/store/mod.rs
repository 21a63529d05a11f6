//! All SQL of the import room: imports and pieces here, rows in `rows`, what is done to the directory in
//! `judge`, `apply` and `undo`.

mod apply; // a batch
mod judge; // the preview
mod rows; // what is to come in
mod undo; // and back

use std::net::IpAddr;

use ipnet::IpNet;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Counts, Import, Source, State};
use crate::sites::SiteId;

pub use apply::{
    Batch, Existing, add_groups, add_missing_groups, came_in, changed_numbers, create, existing, next_batch,
    settle, update,
};
pub use judge::judge;
pub use rows::{
    Choice, ListedRow, NewRow, add_group_to_rows, choose, chosen, clear, insert_rows, kept, last_number,
    list, listed_accounts,
};
pub use undo::{Undoing, drop_groups, mark_kept, next_undo, remove_created, restore, settle_undo};

/// An import about to begin.
#[derive(Clone, Copy, Debug)]
pub struct NewImport<'a> {
    pub id: Uuid,
    pub site: SiteId,
    pub source: Source,
    pub name: &'a str,
    /// Of a file, in bytes.
    pub size: u64,
    /// Of a list from Jira: which desks are to be fetched.
    pub cursor: &'a serde_json::Value,
    pub account: &'a str,
    pub client_ip: IpAddr,
    pub now: OffsetDateTime,
}

impl NewImport<'_> {
    /// Where it begins.
    pub fn state(&self) -> State {
        match self.source {
            Source::Csv => State::Uploading,
            Source::Jsm => State::Fetching,
        }
    }
}

/// How what was judged is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct How {
    pub auto: bool,
    pub batch: u32,
    pub mails: bool,
}

/// Puts an import down.
pub async fn insert(conn: &mut PgConnection, new: &NewImport<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into imports (id, site_id, source, name, state, account, client_ip, size, cursor, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        new.id,
        new.site.0,
        new.source.word(),
        new.name,
        new.state().word(),
        new.account,
        IpNet::from(new.client_ip),
        i64::try_from(new.size).unwrap_or(i64::MAX),
        new.cursor,
        new.now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

struct Row {
    id: Uuid,
    site_id: Uuid,
    source: String,
    name: String,
    state: String,
    failed_in: Option<String>,
    fault: Option<String>,
    account: String,
    client_ip: IpNet,
    size: Option<i64>,
    received: i64,
    layout: Option<serde_json::Value>,
    cursor: serde_json::Value,
    auto: bool,
    batch: i32,
    mails: bool,
    new: i64,
    changed: i64,
    unchanged: i64,
    refused: i64,
    applied: i64,
    created: i64,
    updated: i64,
    lost: i64,
    removed: i64,
    restored: i64,
    kept: i64,
    created_at: OffsetDateTime,
    finished_at: Option<OffsetDateTime>,
}

impl Row {
    fn import(self) -> Option<Import> {
        Some(Import {
            id: self.id,
            site: SiteId(self.site_id),
            source: Source::parse(&self.source)?,
            name: self.name,
            state: State::parse(&self.state)?,
            failed_in: self.failed_in.as_deref().and_then(State::parse),
            fault: self.fault,
            account: self.account,
            client_ip: self.client_ip.addr(),
            size: self.size.unwrap_or(0).unsigned_abs(),
            received: self.received.unsigned_abs(),
            layout: self.layout.and_then(|layout| serde_json::from_value(layout).ok()),
            cursor: self.cursor,
            auto: self.auto,
            batch: self.batch.unsigned_abs(),
            mails: self.mails,
            counts: Counts {
                new: self.new.unsigned_abs(),
                changed: self.changed.unsigned_abs(),
                unchanged: self.unchanged.unsigned_abs(),
                refused: self.refused.unsigned_abs(),
                created: self.created.unsigned_abs(),
                updated: self.updated.unsigned_abs(),
                lost: self.lost.unsigned_abs(),
                removed: self.removed.unsigned_abs(),
                restored: self.restored.unsigned_abs(),
                kept: self.kept.unsigned_abs(),
            },
            applied: self.applied,
            created_at: self.created_at,
            finished_at: self.finished_at,
        })
    }
}

/// The import of that id.
pub async fn find(conn: &mut PgConnection, site: SiteId, import: Uuid) -> sqlx::Result<Option<Import>> {
    let row = sqlx::query_as!(
        Row,
        "select id, site_id, source, name, state, failed_in, fault, account, client_ip, size, received, layout,
            cursor, auto, batch, mails, new, changed, unchanged, refused, applied, created, updated, lost,
            removed, restored, kept, created_at, finished_at
         from imports where site_id = $1 and id = $2",
        site.0,
        import,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.and_then(Row::import))
}

/// The import, locked until the transaction ends: of a batch, a cancellation and an undo, one after the
/// other.
pub async fn lock(conn: &mut PgConnection, site: SiteId, import: Uuid) -> sqlx::Result<Option<Import>> {
    let locked = sqlx::query!(
        "select id from imports where site_id = $1 and id = $2 for no key update",
        site.0,
        import,
    )
    .fetch_optional(&mut *conn)
    .await?;
    match locked {
        Some(_) => find(conn, site, import).await,
        None => Ok(None),
    }
}

/// The site's newest imports.
pub async fn newest(conn: &mut PgConnection, site: SiteId, most: u32) -> sqlx::Result<Vec<Import>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, site_id, source, name, state, failed_in, fault, account, client_ip, size, received, layout,
            cursor, auto, batch, mails, new, changed, unchanged, refused, applied, created, updated, lost,
            removed, restored, kept, created_at, finished_at
         from imports where site_id = $1 order by created_at desc limit $2",
        site.0,
        i64::from(most),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().filter_map(Row::import).collect())
}

/// How many of the site's imports are under way.
pub async fn count_open(conn: &mut PgConnection, site: SiteId) -> sqlx::Result<u64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from imports
           where site_id = $1 and state not in ('done', 'cancelled', 'undone')"#,
        site.0,
    );
    Ok(count.fetch_one(conn).await?.unsigned_abs())
}

/// Forgets an import that has changed nothing.
pub async fn forget(conn: &mut PgConnection, site: SiteId, import: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from imports where site_id = $1 and id = $2", site.0, import).execute(conn).await?;
    Ok(())
}

/// Leads an import to a state. One that ends keeps what it has of the file no longer.
pub async fn set_state(
    conn: &mut PgConnection,
    site: SiteId,
    import: Uuid,
    state: State,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update imports set state = $3, failed_in = null, fault = null,
            finished_at = case when $4 then $5 else finished_at end
         where site_id = $1 and id = $2",
        site.0,
        import,
        state.word(),
        state.is_over(),
        now,
    )
    .execute(&mut *conn)
    .await?;
    if state == State::Running || state.is_over() {
        sqlx::query!("delete from import_pieces where site_id = $1 and import_id = $2", site.0, import)
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// Puts an import aside, to be tried again on an admin's word.
pub async fn fail(conn: &mut PgConnection, site: SiteId, import: Uuid, fault: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update imports set failed_in = state, state = 'failed', fault = $3
         where site_id = $1 and id = $2
           and state in ('reading', 'fetching', 'judging', 'running', 'undoing')",
        site.0,
        import,
        fault,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How many bytes of the file are read, or accounts fetched. False when the import is not in `state` any
/// more.
pub async fn set_received(
    conn: &mut PgConnection,
    site: SiteId,
    import: Uuid,
    state: State,
    received: u64,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update imports set received = $4 where site_id = $1 and id = $2 and state = $3",
        site.0,
        import,
        state.word(),
        i64::try_from(received).unwrap_or(i64::MAX),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How far the fetching is.
pub async fn set_cursor(
    conn: &mut PgConnection,
    site: SiteId,
    import: Uuid,
    cursor: &serde_json::Value,
) -> sqlx::Result<()> {
    sqlx::query!("update imports set cursor = $3 where site_id = $1 and id = $2", site.0, import, cursor)
        .execute(conn)
        .await?;
    Ok(())
}

/// How the file is read.
pub async fn set_layout(
    conn: &mut PgConnection,
    site: SiteId,
    import: Uuid,
    layout: &serde_json::Value,
) -> sqlx::Result<()> {
    sqlx::query!("update imports set layout = $3 where site_id = $1 and id = $2", site.0, import, layout)
        .execute(conn)
        .await?;
    Ok(())
}

/// How it is applied.
pub async fn set_how(conn: &mut PgConnection, site: SiteId, import: Uuid, how: &How) -> sqlx::Result<()> {
    sqlx::query!(
        "update imports set auto = $3, batch = $4, mails = $5, applied = 0 where site_id = $1 and id = $2",
        site.0,
        import,
        how.auto,
        i32::try_from(how.batch).unwrap_or(i32::MAX),
        how.mails,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// From now on, batch after batch without being asked.
pub async fn set_auto(conn: &mut PgConnection, site: SiteId, import: Uuid, batch: u32) -> sqlx::Result<()> {
    sqlx::query!(
        "update imports set auto = true, batch = $3 where site_id = $1 and id = $2",
        site.0,
        import,
        i32::try_from(batch).unwrap_or(i32::MAX),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Set-password mails are sent.
pub async fn set_mailed(conn: &mut PgConnection, site: SiteId, import: Uuid) -> sqlx::Result<()> {
    sqlx::query!("update imports set mails = true where site_id = $1 and id = $2", site.0, import)
        .execute(conn)
        .await?;
    Ok(())
}

/// Keeps a piece; one that is there already stays as it is.
pub async fn put_piece(
    conn: &mut PgConnection,
    site: SiteId,
    import: Uuid,
    number: i32,
    bytes: &[u8],
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into import_pieces (site_id, import_id, number, bytes) values ($1, $2, $3, $4)
         on conflict do nothing",
        site.0,
        import,
        number,
        bytes,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How many pieces have arrived.
pub async fn count_pieces(conn: &mut PgConnection, site: SiteId, import: Uuid) -> sqlx::Result<u64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from import_pieces where site_id = $1 and import_id = $2"#,
        site.0,
        import,
    );
    Ok(count.fetch_one(conn).await?.unsigned_abs())
}

/// One piece.
pub async fn piece(
    conn: &mut PgConnection,
    site: SiteId,
    import: Uuid,
    number: i32,
) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!(
        "select bytes from import_pieces where site_id = $1 and import_id = $2 and number = $3",
        site.0,
        import,
        number,
    )
    .fetch_optional(conn)
    .await
}
