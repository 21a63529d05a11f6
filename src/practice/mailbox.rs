//! The practice mailbox: everybody's mail in one place. A small SMTP server takes what Vestibule
//! hands in, as an operator's server does, and pages show it. Kept in memory only.

mod pages;
mod smtp;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use mail_parser::{HeaderValue, Message, MessageParser};
use time::OffsetDateTime;
use tokio::net::TcpListener;

use super::Surroundings;

/// How many mails are kept; the oldest go.
const KEPT: usize = 200;

/// The practice mailbox. Cheap to clone.
#[derive(Clone)]
pub struct Mailbox(Arc<Parts>);

struct Parts {
    surroundings: Surroundings,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Newest first.
    mails: VecDeque<Arc<Mail>>,
    taken: u64,
}

/// A mail as it arrived.
pub struct Mail {
    /// Counts from 1.
    pub number: u64,
    pub at: OffsetDateTime,
    /// Of the envelope.
    pub to: Vec<String>,
    pub from: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub raw: String,
}

impl Mailbox {
    /// An empty one.
    pub fn new(surroundings: Surroundings) -> Self {
        Self(Arc::new(Parts { surroundings, state: Mutex::default() }))
    }

    /// Its pages.
    pub fn router(&self) -> Router {
        pages::router(self.clone())
    }

    /// Takes mail on `listener` until the runtime ends.
    pub async fn receive(self, listener: TcpListener) {
        smtp::serve(listener, self).await;
    }

    /// What has arrived, newest first.
    pub fn mails(&self) -> Vec<Arc<Mail>> {
        self.state().mails.iter().cloned().collect()
    }

    fn find(&self, number: u64) -> Option<Arc<Mail>> {
        self.state().mails.iter().find(|mail| mail.number == number).cloned()
    }

    fn clear(&self) {
        self.state().mails.clear();
    }

    fn put(&self, to: Vec<String>, raw: &[u8]) {
        let parsed = MessageParser::default().parse(raw);
        let parsed = parsed.as_ref();
        let body = |body: Option<std::borrow::Cow<'_, str>>| body.unwrap_or_default().into_owned();
        let at = self.0.surroundings.clock.now();
        let mut state = self.state();
        state.taken += 1;
        let mail = Mail {
            number: state.taken,
            at,
            to,
            from: parsed.map(sender).unwrap_or_default(),
            subject: parsed.and_then(Message::subject).unwrap_or("(no subject)").to_owned(),
            text: body(parsed.and_then(|mail| mail.body_text(0))),
            html: body(parsed.and_then(|mail| mail.body_html(0))),
            raw: String::from_utf8_lossy(raw).into_owned(),
        };
        state.mails.push_front(Arc::new(mail));
        state.mails.truncate(KEPT);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The From header as a reader sees it.
fn sender(mail: &Message<'_>) -> String {
    let HeaderValue::Address(address) = mail.header("From").unwrap_or(&HeaderValue::Empty) else {
        return String::new();
    };
    let shown = |first: &mail_parser::Addr<'_>| match (first.name(), first.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    };
    address.first().map(shown).unwrap_or_default()
}
