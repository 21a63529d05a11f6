//! The operator's SMS gateway: one HTTP request a message.
//!
//! What a gateway answers is judged by its status alone; bodies differ with every provider. 2xx: it
//! took the message. 408, 425, 429 and 5xx, a time-out or no connection: later, perhaps. All else,
//! redirects included, will not get better by itself.

use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Client, Method, Request, StatusCode};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;
use url::Url;

use super::PhoneNumber;
use super::template::{ContentType, Template};
use crate::web::answer::bounded;

/// How much of an answer is read (and thrown away), in bytes: enough that the connection can be used
/// again.
const MAX_ANSWER: usize = 64 * 1024;
/// The longest wait a gateway may ask for, in seconds. A code lives ten minutes (security.md C1).
pub const MOST_WAIT: u64 = 600;

/// A text message.
#[derive(Clone, Copy)]
pub struct Message<'a> {
    pub to: &'a PhoneNumber,
    /// Holds the code.
    pub text: &'a str,
    /// The same at every try, for gateways that recognise one they have sent: `{id}`.
    pub id: &'a str,
}

/// A gateway as configured. Its `Debug` tells the host alone: key and password may be in any part.
#[derive(Clone)]
pub struct Gateway {
    pub(super) method: Method,
    pub(super) url: Url,
    /// Marked as sensitive.
    pub(super) headers: HeaderMap,
    pub(super) body: Template,
    pub(super) from: String,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The gateway took it.
    Taken,
    /// It will not take it, now or later: a wrong number, or a wrong configuration (401, 403, 404).
    Refused(u16),
    /// Not now. It may have been sent all the same, when the answer did not come in time.
    Later {
        /// None when there was no answer.
        status: Option<u16>,
        /// What it asked to wait, in seconds, [`MOST_WAIT`] at most.
        after: Option<u64>,
    },
}

impl Gateway {
    /// Whether anything answers at the gateway's address: asked for its head without a word of ours, so that
    /// nothing is sent. An error is its reason, without the address, which may hold a key.
    pub async fn hear(&self, http: &Client) -> Result<u16, String> {
        let mut bare = self.url.clone();
        bare.set_query(None);
        let answer = http.head(bare).send().await.map_err(|error| error.without_url().to_string())?;
        Ok(answer.status().as_u16())
    }

    /// Its host.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The request for `message`.
    pub fn request(&self, message: &Message<'_>) -> Request {
        let body = self.body.fill(message, &self.from);
        let mut url = self.url.clone();
        if self.method == Method::GET {
            // What the address has already comes first.
            let query = url.query().filter(|query| !query.is_empty());
            let query = query.map_or_else(|| body.clone(), |query| format!("{query}&{body}"));
            url.set_query(Some(&query));
        }
        let mut request = Request::new(self.method.clone(), url);
        *request.headers_mut() = self.headers.clone();
        if self.method != Method::GET {
            *request.body_mut() = Some(body.into());
        }
        request
    }

    /// Sends `message` through `http`, which has a time limit and follows no redirect.
    pub async fn send(&self, http: &Client, message: &Message<'_>, now: OffsetDateTime) -> Sent {
        let Ok(answer) = http.execute(self.request(message)).await else {
            return Sent::Later { status: None, after: None };
        };
        let sent = read(answer.status(), answer.headers(), now);
        // Nothing in it counts, so neither does a fault in reading it.
        let _ = bounded(answer, MAX_ANSWER).await;
        sent
    }

    /// What the body is written as.
    pub fn content_type(&self) -> ContentType {
        self.body.content_type()
    }
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gateway").field("host", &self.url.host_str()).finish_non_exhaustive()
    }
}

/// What an answer means.
pub fn read(status: StatusCode, headers: &HeaderMap, now: OffsetDateTime) -> Sent {
    let code = status.as_u16();
    match code {
        200..=299 => Sent::Taken,
        408 | 425 | 429 | 500..=599 => {
            let after = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok());
            Sent::Later { status: Some(code), after: after.and_then(|text| wait(text, now)) }
        }
        _ => Sent::Refused(code),
    }
}

/// `Retry-After` in seconds (RFC 9110 section 10.2.3: seconds, or a date), bounded; none when it is
/// neither.
pub fn wait(text: &str, now: OffsetDateTime) -> Option<u64> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a u64 holds is longer than any bound.
        return Some(text.parse().unwrap_or(MOST_WAIT).min(MOST_WAIT));
    }
    let until = OffsetDateTime::parse(text, &Rfc2822).ok()?;
    let seconds = u64::try_from(until.unix_timestamp().saturating_sub(now.unix_timestamp()));
    Some(seconds.unwrap_or(0).min(MOST_WAIT))
}
