//! All SQL of the audit room.

use ipnet::IpNet;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Actor, Event};

/// Writes `event`; call it in the transaction of the change it tells.
pub async fn record(conn: &mut PgConnection, now: OffsetDateTime, event: &Event<'_>) -> sqlx::Result<()> {
    let (kind, actor_id) = match &event.actor {
        Actor::Customer => ("customer", event.customer.map(|c| c.to_string())),
        Actor::Admin(account) => ("admin", Some(account.clone())),
        Actor::System => ("system", None),
        Actor::Operator => ("operator", None),
        Actor::Atlassian => ("atlassian", None),
    };
    let detail = if event.detail.is_null() { serde_json::json!({}) } else { event.detail.clone() };
    sqlx::query!(
        "insert into audit_events
            (site_id, at, actor_kind, actor_id, action, result, customer_id, factor, client_ip, detail)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        event.site.0,
        now,
        kind,
        actor_id,
        event.action,
        event.result,
        event.customer.map(|c| c.0),
        event.factor,
        event.client_ip.map(IpNet::from),
        detail,
    )
    .execute(conn)
    .await?;
    Ok(())
}
