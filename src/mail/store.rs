//! All SQL of the mail room.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{CustomerMail, LastMail, LetterKind, Refusal};
use crate::customers::CustomerId;
use crate::i18n::Lang;
use crate::sites::SiteId;

/// A mail about to be put in the outbox.
#[derive(Debug)]
pub struct NewMail<'a> {
    pub id: Uuid,
    pub customer: CustomerId,
    pub kind: LetterKind,
    pub lang: Lang,
    pub sealed_letter: &'a [u8],
    pub expires_at: Option<OffsetDateTime>,
}

/// A mail that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub customer: Option<CustomerId>,
    pub lang: String,
    pub sealed_letter: Vec<u8>,
    pub expires_at: Option<OffsetDateTime>,
    /// Of the customer, for the greeting; empty when unknown.
    pub given_name: String,
    /// Where the site is for people: its name is made of it.
    pub display_url: String,
}

/// How a mail ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Refused,
    Failed,
    Expired,
}

impl End {
    fn word(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Expired => "expired",
        }
    }
}

/// Puts a mail in the outbox.
pub async fn insert(
    conn: &mut PgConnection,
    site: SiteId,
    mail: &NewMail<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into mails (id, site_id, customer_id, kind, state, lang, sealed_letter, created_at, expires_at)
         values ($1, $2, $3, $4, 'queued', $5, $6, $7, $8)",
        mail.id,
        site.0,
        mail.customer.0,
        mail.kind.word(),
        mail.lang.tag(),
        mail.sealed_letter,
        now,
        mail.expires_at,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The mail, if it still waits.
pub async fn waiting(conn: &mut PgConnection, site: SiteId, id: Uuid) -> sqlx::Result<Option<Waiting>> {
    sqlx::query_as!(
        Waiting,
        r#"select m.customer_id as "customer: CustomerId", m.lang, m.sealed_letter as "sealed_letter!",
            m.expires_at, coalesce(c.given_name, '') as "given_name!", s.display_url
         from mails m join sites s on s.id = m.site_id
         left join customers c on c.site_id = m.site_id and c.id = m.customer_id
         where m.site_id = $1 and m.id = $2 and m.state = 'queued'"#,
        site.0,
        id,
    )
    .fetch_optional(conn)
    .await
}

/// Taken by the mail server: nothing secret is kept. What the customer's address was refused for is
/// over, if it is still the address this went to.
pub async fn sent(
    conn: &mut PgConnection,
    site: SiteId,
    id: Uuid,
    to: &str,
    answer: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with mail as (
            update mails set state = 'sent', sent_at = $4, sealed_letter = null, attempts = attempts + 1, answer = $3
            where site_id = $1 and id = $2 and state = 'queued'
            returning customer_id)
         update customers set mail_refused_at = null, mail_refusal = null
         where site_id = $1 and id = (select customer_id from mail) and email = $5 and mail_refused_at is not null",
        site.0,
        id,
        answer,
        now,
        to,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A try that failed, to be repeated.
pub async fn tried(conn: &mut PgConnection, site: SiteId, id: Uuid, answer: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update mails set attempts = attempts + 1, answer = $3
         where site_id = $1 and id = $2 and state = 'queued'",
        site.0,
        id,
        answer,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The end of a mail that was not sent: nothing secret is kept.
pub async fn close(
    conn: &mut PgConnection,
    site: SiteId,
    id: Uuid,
    end: End,
    answer: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update mails set state = $3, sealed_letter = null, attempts = attempts + $5,
            answer = coalesce($4, answer)
         where site_id = $1 and id = $2 and state = 'queued'",
        site.0,
        id,
        end.word(),
        answer,
        i32::from(end != End::Expired && answer.is_some()),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that the customer's address does not take mail, if it is still the one that was tried.
pub async fn mark_refused(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    to: &str,
    answer: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update customers set mail_refused_at = $4, mail_refusal = $5
         where site_id = $1 and id = $2 and email = $3",
        site.0,
        customer.0,
        to,
        now,
        answer,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The address changed: what the former one was refused for says nothing of the new one.
pub async fn forget_refusal(conn: &mut PgConnection, site: SiteId, customer: CustomerId) -> sqlx::Result<()> {
    sqlx::query!(
        "update customers set mail_refused_at = null, mail_refusal = null where site_id = $1 and id = $2",
        site.0,
        customer.0,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What is to be seen of a customer's mail; none when the site has no such customer.
pub async fn of_customer(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
) -> sqlx::Result<Option<CustomerMail>> {
    let row = sqlx::query!(
        r#"select c.mail_refused_at, c.mail_refusal, m.kind as "kind?", m.state as "state?",
            m.created_at as "created_at?", m.sent_at as "sent_at?", m.answer as "answer?"
         from customers c
         left join lateral (select kind, state, created_at, sent_at, answer from mails
                            where site_id = c.site_id and customer_id = c.id
                            order by created_at desc limit 1) m on true
         where c.site_id = $1 and c.id = $2"#,
        site.0,
        customer.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| CustomerMail {
        refusal: row.mail_refused_at.zip(row.mail_refusal).map(|(at, answer)| Refusal { at, answer }),
        last: match (row.kind, row.state, row.created_at) {
            (Some(kind), Some(state), Some(created_at)) => {
                Some(LastMail { kind, state, created_at, sent_at: row.sent_at, answer: row.answer })
            }
            _ => None,
        },
    }))
}

/// When the newest mails of a kind were written, since `since`, newest first, at most `most`.
pub async fn newest(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    kind: LetterKind,
    since: OffsetDateTime,
    most: usize,
) -> sqlx::Result<Vec<OffsetDateTime>> {
    sqlx::query_scalar!(
        "select created_at from mails
         where site_id = $1 and customer_id = $2 and kind = $3 and created_at > $4
         order by created_at desc limit $5",
        site.0,
        customer.0,
        kind.word(),
        since,
        i64::try_from(most).unwrap_or(i64::MAX),
    )
    .fetch_all(conn)
    .await
}

/// Locks the customer's row until the transaction ends.
pub async fn lock_customer(conn: &mut PgConnection, site: SiteId, customer: CustomerId) -> sqlx::Result<()> {
    sqlx::query!(
        "select id from customers where site_id = $1 and id = $2 for no key update",
        site.0,
        customer.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(())
}
