//! IdP sessions.

use ipnet::IpNet;
use sqlx::PgConnection;
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::audit::Event;
use crate::customers::{Customer, CustomerId};
use crate::factors::MethodSet;
use crate::policy::{Exceptions, Policy, Standing};
use crate::saml::trace::Entry;
use crate::signin::session::{Life, Methods, Session};
use crate::sites::SiteId;
use crate::web::Agent;

/// A live session, and what an answer from it rests on, in one query: single sign-on asks nothing
/// else of the database.
#[derive(Debug)]
pub struct Found {
    pub session: Session,
    pub standing: Standing,
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
                c.id, c.email, c.username, c.given_name, c.family_name, c.password_set_at, c.frozen_at, c.created_at,
                c.two_factor as exception, c.enrolment_skips,
                exists (select from factors f where f.site_id = c.site_id and f.customer_id = c.id) as "enrolled!",
                g.any_on as "group_on!", g.any_off as "group_off!",
                p.two_factor as "two_factor?", p.settings as "settings?", p.version as "version?",
                k.id as "signing_key?"
         from sessions s join customers c on c.site_id = s.site_id and c.id = s.customer_id
         left join policies p on p.site_id = s.site_id
         left join saml_keys k on k.site_id = s.site_id and k.state = 'active'
         cross join lateral (
             select coalesce(bool_or(g.two_factor), false) as any_on,
                    coalesce(bool_or(not g.two_factor), false) as any_off
             from customer_group_members m
             join customer_groups g on g.site_id = m.site_id and g.id = m.group_id
             where m.site_id = c.site_id and m.customer_id = c.id) g
         where s.token_hash = $2 and s.site_id = $1 and c.frozen_at is null"#,
        site.0,
        token_hash,
    )
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let policy = match (row.two_factor, row.settings, row.version) {
        (Some(two_factor), Some(settings), Some(version)) => Policy::read(two_factor, &settings, version),
        _ => Policy::default(),
    };
    let life = Life { authn_at: row.authn_at, last_seen_at: row.last_seen_at, expires_at: row.expires_at };
    if !life.is_on(policy.settings.session, now) {
        return Ok(None);
    }
    Ok(Some(Found {
        standing: Standing {
            policy,
            exceptions: Exceptions {
                customer: row.exception,
                group_on: row.group_on,
                group_off: row.group_off,
            },
            enrolled: row.enrolled,
            skips_used: u32::try_from(row.enrolment_skips).unwrap_or(0),
        },
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
                frozen_at: row.frozen_at,
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
                 (site_id, at, reference, verdict, reason, binding, request_id, issuer, acs_url, customer_id, detail)
             select $1, $4, $6, $7, $8, $9, $2, $10, $11, $12, $17 from taken)
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
        Json(trace.detail) as _,
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

/// Begins a session of a fresh token; the directory shows when.
pub async fn insert(conn: &mut PgConnection, session: &Session, agent: Option<Agent>) -> sqlx::Result<()> {
    sqlx::query!(
        "with begun as (
            insert into sessions
                (token_hash, site_id, customer_id, session_index, methods, authn_at, last_seen_at, expires_at,
                 browser)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9))
         update customers set signed_in_at = $6 where site_id = $2 and id = $3",
        &session.token_hash,
        session.customer.site.0,
        session.customer.id.0,
        session.index,
        &session.methods.names(),
        session.authn_at,
        session.last_seen_at,
        session.expires_at,
        agent.map(Agent::stored),
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

/// Ends all sessions of a customer but the one that is `kept`.
pub async fn end_others(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    kept: &[u8; 32],
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from sessions where site_id = $1 and customer_id = $2 and token_hash <> $3",
        site.0,
        customer.0,
        kept,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Ends the sessions of a customer that rest on a remembered device, but the one that is `kept`.
pub async fn end_remembered(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    kept: Option<&[u8; 32]>,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from sessions where site_id = $1 and customer_id = $2 and token_hash is distinct from $3
         and methods @> array['remembered'] and methods <@ array['pwd', 'remembered']",
        site.0,
        customer.0,
        kept.map(|hash| hash.as_slice()),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Notes that second factors were shown in a session that goes on.
pub async fn add_shown(
    conn: &mut PgConnection,
    site: SiteId,
    token_hash: &[u8; 32],
    shown: MethodSet,
) -> sqlx::Result<()> {
    let words: Vec<_> = shown.iter().map(|method| method.word().to_owned()).collect();
    sqlx::query!(
        "update sessions set methods = array(select distinct unnest(methods || $3::text[]))
         where site_id = $1 and token_hash = $2",
        site.0,
        token_hash,
        &words,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A session in its customer's list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub token_hash: [u8; 32],
    pub life: Life,
    /// [`Agent::stored`].
    pub browser: Option<String>,
}

/// The customer's sessions, the newest first, also those past their time.
pub async fn list(conn: &mut PgConnection, site: SiteId, customer: CustomerId) -> sqlx::Result<Vec<Listed>> {
    let rows = sqlx::query!(
        "select token_hash, authn_at, last_seen_at, expires_at, browser from sessions
         where site_id = $1 and customer_id = $2 order by last_seen_at desc, token_hash",
        site.0,
        customer.0,
    )
    .fetch_all(conn)
    .await?;
    let listed = rows.into_iter().filter_map(|row| {
        Some(Listed {
            token_hash: row.token_hash.try_into().ok()?, // SHA-256: always
            life: Life { authn_at: row.authn_at, last_seen_at: row.last_seen_at, expires_at: row.expires_at },
            browser: row.browser,
        })
    });
    Ok(listed.collect())
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
