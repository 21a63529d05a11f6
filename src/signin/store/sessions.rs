//! IdP sessions.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::customers::{Customer, CustomerId};
use crate::signin::session::{ABSOLUTE, Methods, Session, is_alive};
use crate::sites::SiteId;

/// The live session of a cookie, with its customer.
pub async fn find(
    conn: &mut PgConnection,
    site: SiteId,
    token_hash: &[u8; 32],
    now: OffsetDateTime,
) -> sqlx::Result<Option<Session>> {
    let row = sqlx::query!(
        "select s.session_index, s.methods, s.authn_at, s.last_seen_at, s.expires_at,
                c.id, c.email, c.username, c.given_name, c.family_name, c.password_set_at, c.created_at
         from sessions s join customers c on c.site_id = s.site_id and c.id = s.customer_id
         where s.token_hash = $2 and s.site_id = $1",
        site.0,
        token_hash,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.filter(|row| is_alive(row.last_seen_at, row.expires_at, now)).map(|row| Session {
        token_hash: *token_hash,
        index: row.session_index,
        customer: Customer {
            id: CustomerId(row.id),
            site,
            email: row.email,
            username: row.username,
            given_name: row.given_name,
            family_name: row.family_name,
            password_set_at: row.password_set_at,
            created_at: row.created_at,
        },
        methods: Methods::from_names(&row.methods),
        authn_at: row.authn_at,
        last_seen_at: row.last_seen_at,
        expires_at: row.expires_at,
    }))
}

/// Begins a session of a fresh token.
pub async fn insert(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    token_hash: &[u8; 32],
    index: &str,
    methods: Methods,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into sessions
            (token_hash, site_id, customer_id, session_index, methods, authn_at, last_seen_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $6, $7)",
        token_hash,
        site.0,
        customer.0,
        index,
        &methods.names(),
        now,
        now + ABSOLUTE,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends the session of a cookie. Whose it was, if it was there.
pub async fn end(
    conn: &mut PgConnection,
    site: SiteId,
    token_hash: &[u8; 32],
) -> sqlx::Result<Option<CustomerId>> {
    let ended = sqlx::query_scalar!(
        "delete from sessions where token_hash = $2 and site_id = $1 returning customer_id",
        site.0,
        token_hash,
    )
    .fetch_optional(conn)
    .await?;
    Ok(ended.map(CustomerId))
}

/// Ends all sessions of a customer, as a changed password must (security.md S3).
pub async fn end_all(conn: &mut PgConnection, site: SiteId, customer: CustomerId) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from sessions where site_id = $1 and customer_id = $2", site.0, customer.0)
            .execute(conn)
            .await?;
    Ok(done.rows_affected())
}

/// Notes that a session was used: its idle time starts anew.
pub async fn touch(
    conn: &mut PgConnection,
    site: SiteId,
    token_hash: &[u8; 32],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sessions set last_seen_at = $3 where token_hash = $2 and site_id = $1",
        site.0,
        token_hash,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}
