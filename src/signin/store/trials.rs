//! Test sign-ins.

use sqlx::PgConnection;
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::signin::trial::{LIFETIME, Outcome, Trial};
use crate::sites::SiteId;

struct Row {
    id: Uuid,
    key_id: Uuid,
    expires_at: OffsetDateTime,
    begun_at: Option<OffsetDateTime>,
    finished_at: Option<OffsetDateTime>,
    outcome: Option<Json<Outcome>>,
}

impl From<Row> for Trial {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            key: row.key_id,
            expires_at: row.expires_at,
            begun_at: row.begun_at,
            finished_at: row.finished_at,
            outcome: row.outcome.map(|outcome| outcome.0),
        }
    }
}

/// Stores one whose link has not been opened.
pub async fn insert(
    conn: &mut PgConnection,
    site: SiteId,
    id: Uuid,
    token_hash: &[u8; 32],
    key: Uuid,
    created_by: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into signin_tests (id, site_id, token_hash, key_id, created_by, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id,
        site.0,
        token_hash,
        key,
        created_by,
        now,
        now + LIFETIME,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The one a link names.
pub async fn find_by_token(
    conn: &mut PgConnection,
    site: SiteId,
    token_hash: &[u8; 32],
) -> sqlx::Result<Option<Trial>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, key_id, expires_at, begun_at, finished_at, outcome as "outcome: Json<Outcome>"
           from signin_tests where site_id = $1 and token_hash = $2"#,
        site.0,
        token_hash,
    );
    Ok(row.fetch_optional(conn).await?.map(Trial::from))
}

/// One by its id.
pub async fn find(conn: &mut PgConnection, site: SiteId, id: Uuid) -> sqlx::Result<Option<Trial>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, key_id, expires_at, begun_at, finished_at, outcome as "outcome: Json<Outcome>"
           from signin_tests where site_id = $1 and id = $2"#,
        site.0,
        id,
    );
    Ok(row.fetch_optional(conn).await?.map(Trial::from))
}

/// The newest finished one with that key.
pub async fn latest(conn: &mut PgConnection, site: SiteId, key: Uuid) -> sqlx::Result<Option<Trial>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, key_id, expires_at, begun_at, finished_at, outcome as "outcome: Json<Outcome>"
           from signin_tests where site_id = $1 and key_id = $2 and finished_at is not null
           order by finished_at desc limit 1"#,
        site.0,
        key,
    );
    Ok(row.fetch_optional(conn).await?.map(Trial::from))
}

/// Notes that the link was used. False when it was before, or came too late.
pub async fn begin(
    conn: &mut PgConnection,
    site: SiteId,
    id: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update signin_tests set begun_at = $3
         where site_id = $1 and id = $2 and begun_at is null and expires_at > $3",
        site.0,
        id,
        now,
    );
    Ok(done.execute(conn).await?.rows_affected() == 1)
}

/// Writes what it came to.
pub async fn finish(
    conn: &mut PgConnection,
    site: SiteId,
    id: Uuid,
    outcome: &Outcome,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update signin_tests set finished_at = $3, outcome = $4 where site_id = $1 and id = $2",
        site.0,
        id,
        now,
        Json(outcome) as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}
