//! All SQL of the outbox of text messages.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::customers::CustomerId;
use crate::sites::SiteId;

/// How a message ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The gateway took it.
    Sent,
    /// The gateway will not take it.
    Refused,
    /// Tried until there was no try left.
    Failed,
    Expired,
}

impl End {
    fn word(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Expired => "expired",
        }
    }
}

/// Puts a message in the outbox.
pub async fn insert(
    conn: &mut PgConnection,
    (site, customer): (SiteId, CustomerId),
    id: Uuid,
    sealed_text: &[u8],
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into texts (id, site_id, customer_id, state, sealed_text, created_at, expires_at)
         values ($1, $2, $3, 'queued', $4, $5, $6)",
        id,
        site.0,
        customer.0,
        sealed_text,
        now,
        expires_at,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The sealed message and its end, if it still waits.
pub async fn waiting(
    conn: &mut PgConnection,
    site: SiteId,
    id: Uuid,
) -> sqlx::Result<Option<(Vec<u8>, OffsetDateTime)>> {
    let row = sqlx::query!(
        r#"select sealed_text as "sealed_text!", expires_at from texts
           where site_id = $1 and id = $2 and state = 'queued'"#,
        site.0,
        id,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.sealed_text, row.expires_at)))
}

/// Writes down how a waiting message ended; nothing secret is kept.
pub async fn close(
    conn: &mut PgConnection,
    site: SiteId,
    id: Uuid,
    end: End,
    answer: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update texts set state = $3, sealed_text = null, answer = coalesce($4, answer)
         where site_id = $1 and id = $2 and state = 'queued'",
        site.0,
        id,
        end.word(),
        answer,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether the message was given up: refused, or tried in vain.
pub async fn is_given_up(conn: &mut PgConnection, site: SiteId, id: Uuid) -> sqlx::Result<bool> {
    let state = sqlx::query_scalar!("select state from texts where site_id = $1 and id = $2", site.0, id)
        .fetch_optional(conn)
        .await?;
    Ok(state.is_some_and(|state| state == "refused" || state == "failed"))
}

/// When the customer's newest messages were written, since `since`, newest first, at most `most`.
pub async fn newest(
    conn: &mut PgConnection,
    (site, customer): (SiteId, CustomerId),
    since: OffsetDateTime,
    most: usize,
) -> sqlx::Result<Vec<OffsetDateTime>> {
    sqlx::query_scalar!(
        "select created_at from texts where site_id = $1 and customer_id = $2 and created_at > $3
         order by created_at desc limit $4",
        site.0,
        customer.0,
        since,
        i64::try_from(most).unwrap_or(i64::MAX),
    )
    .fetch_all(conn)
    .await
}
