//! Mail to customers. A room says *what* is written ([`Letter`]) in its own transaction; the mail
//! exists if and only if the change does ([`send`]). A job hands it to the operator's mail server
//! (`jobs`, `smtp`), again and again with growing waits while the server says "not now", for about a
//! day, and never after a code's or link's life.
//!
//! What is needed to write a mail (codes, links, the address) lies sealed in the outbox and is wiped
//! when the mail is sent or given up. A refusal for good of an address shows at the customer
//! ([`of_customer`]) until a mail gets through or the address changes; what is the operator's fault
//! (`verdict`) is never blamed on a customer. `contents` puts a letter in the customer's language,
//! `message` makes text, HTML and headers of it, `limits` says how often one may be asked for.
//!
//! A deployment without a mail server has `app.config.mail` empty: pages do not offer then what
//! needs mail.

pub mod contents; // a letter in words
pub mod jobs; // sending one
mod letter; // what is written
pub mod limits; // how often
pub mod message; // text, HTML, headers
pub mod smtp; // the way to the mail server
pub mod store; // all SQL of this room
pub mod verdict; // what a server's answer means

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;
use zeroize::Zeroizing;

pub use letter::{Letter, LetterKind};
pub use smtp::Mailer;
pub use store::{forget_refusal, of_customer};

use crate::app::App;
use crate::customers::names::{Email, EmailFault};
use crate::customers::{self, Customer};
use crate::i18n::Lang;
use crate::jobs::{Job, Kind};
use crate::sites::SiteId;
use crate::vault::Label;

/// What is to be seen of a customer's mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerMail {
    /// The address does not take mail, as its server said.
    pub refusal: Option<Refusal>,
    /// Of the last 90 days.
    pub last: Option<LastMail>,
}

/// A permanent refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub at: OffsetDateTime,
    /// Step, code and enhanced status, such as `RCPT TO: 550 5.1.1`.
    pub answer: String,
}

/// The newest mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastMail {
    /// [`LetterKind::word`].
    pub kind: String,
    /// `queued`, `sent`, `refused`, `failed` or `expired`.
    pub state: String,
    pub created_at: OffsetDateTime,
    pub sent_at: Option<OffsetDateTime>,
    /// What the server said last.
    pub answer: Option<String>,
}

/// What is sealed in the outbox.
#[derive(Serialize, Deserialize)]
struct Envelope {
    /// The address at the time of writing: a code asked for there goes nowhere else.
    to: String,
    letter: Letter,
}

impl Envelope {
    fn email(&self) -> Result<Email, EmailFault> {
        Email::parse(&self.to)
    }
}

fn label(site: SiteId, mail: Uuid) -> Label {
    Label { kind: "mail", site: site.0, owner: mail }
}

/// Writes `letter` to the customer of `site`, in the caller's transaction: the mail leaves after the
/// commit, in the language the customer chose for good, else in `lang`. Ask [`limits::wait_in_turn`]
/// before a kind that somebody may ask for again and again. A deployment without mail writes nothing:
/// false.
pub async fn send(
    conn: &mut PgConnection,
    app: &App,
    site: SiteId,
    customer: &Customer,
    lang: Lang,
    letter: Letter,
) -> sqlx::Result<bool> {
    if app.config.mail.is_none() {
        return Ok(false);
    }
    let now = app.clock.now();
    let chosen = customers::store::language(conn, site, customer.id).await?;
    let lang = chosen.unwrap_or(lang);
    let to: Vec<String> = letter.recipients(&customer.email).into_iter().map(Into::into).collect();
    for to in to {
        let id = app.random.uuid();
        let envelope = Envelope { to, letter: letter.clone() };
        let written = serde_json::to_vec(&envelope).map_err(|error| sqlx::Error::Encode(error.into()))?;
        let mail = store::NewMail {
            id,
            customer: customer.id,
            kind: letter.kind(),
            lang,
            sealed_letter: &app.vault.seal(label(site, id), &Zeroizing::new(written)),
            expires_at: letter.life().map(|life| now + life),
        };
        store::insert(conn, site, &mail, now).await?;
        let job = Job {
            id: app.random.uuid(),
            site: Some(site),
            kind: Kind::Mail,
            payload: jobs::payload(id),
            priority: letter.priority(),
            run_at: now,
            dedupe: None,
        };
        crate::jobs::enqueue(conn, &job, now).await?;
    }
    Ok(true)
}
