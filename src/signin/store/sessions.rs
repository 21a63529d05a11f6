//! IdP sessions.

use ipnet::IpNet;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::audit::Event;
use crate::customers::{Customer, CustomerId};
use crate::policy::Policy;
use crate::saml::trace::Entry;
use crate::signin::session::{ABSOLUTE, Methods, Session, is_alive};
use crate::sites::SiteId;

/// A live session, and what an answer from it rests on, in one query: single sign-on asks nothing
/// else of the database.
#[derive(Debug)]
pub struct Found {
    pub session: Session,
    pub policy: Policy,
    /// The row of the site's active signing key.
    pub signing_key: Option<Uuid>,
}

/// The live session of a cookie, with its customer.
pub async fn find(
    conn: &mut PgConnection,
    site: SiteId,
    token_hash: &[u8; 32],
    now: OffsetDateTime,
) -> sqlx::Result<Option<Found>> {
    let row = sqlx::query!(
        r#"select s.session_index, s.methods, s.authn_at, s.last_seen_at, s.expires_at,
                c.id, c.email, c.username, c.given_name, c.family_name, c.password_set_at, c.created_at,
                p.two_factor as "two_factor?", k.id as "signing_key?"
         from sessions s join customers c on c.site_id = s.site_id and c.id = s.customer_id
         left join policies p on p.site_id = s.site_id
         left join saml_keys k on k.site_id = s.site_id and k.state = 'active'
         where s.token_hash = $2 and s.site_id = $1"#,
        site.0,
        token_hash,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.filter(|row| is_alive(row.last_seen_at, row.expires_at, now)).map(|row| Found {
        policy: row.two_factor.map_or_else(Policy::default, |two_factor| Policy { two_factor }),
        signing_key: row.signing_key,
        session: Session {
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
        },
    }))
}

/// Writes all that an answer from a session writes, in one statement and so all or nothing: the
/// request's ID is taken, the session used, the trace and the audit trail grow. False, and nothing
/// written, when the request came before.
///
/// The rooms of the trace and of the audit trail have their own statements for each; this one
/// stands for five of them because single sign-on is what the server does most (`script/bench`).
pub async fn resume(
    conn: &mut PgConnection,
    site: SiteId,
    token_hash: &[u8; 32],
    request: TakenRequest<'_>,
    trace: &Entry<'_>,
    event: &Event<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let taken = sqlx::query_scalar!(
        r#"with taken as (
             insert into consumed_requests (site_id, request_id, expires_at) values ($1, $2, $3)
             on conflict (site_id, request_id)
             do update set expires_at = excluded.expires_at where consumed_requests.expires_at <= $4
             returning 1),
           used as (
             update sessions set last_seen_at = $4
             where token_hash = $5 and site_id = $1 and exists (select from taken)),
           traced as (
             insert into saml_trace
                 (site_id, at, reference, verdict, reason, binding, request_id, issuer, acs_url, customer_id)
             select $1, $4, $6, $7, $8, $9, $2, $10, $11, $12 from taken)
           insert into audit_events
               (site_id, at, actor_kind, actor_id, action, result, customer_id, factor, client_ip)
           select $1, $4, 'customer', $12::uuid::text, $13, $14, $12, $15, $16 from taken
           returning 1 as "taken!""#,
        site.0,
        request.id,
        request.forget_at,
        now,
        token_hash,
        trace.reference,
        trace.verdict,
        trace.reason,
        trace.binding.as_str(),
        trace.issuer,
        trace.acs_url,
        trace.customer.map(|customer| customer.0),
        event.action,
        event.result,
        event.factor,
        event.client_ip.map(IpNet::from),
    )
    .fetch_optional(conn)
    .await?;
    Ok(taken.is_some())
}

/// An AuthnRequest's ID, and when it may be forgotten.
#[derive(Clone, Copy, Debug)]
pub struct TakenRequest<'a> {
    pub id: &'a str,
    pub forget_at: OffsetDateTime,
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
