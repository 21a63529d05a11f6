//! The practice SMS gateway. Its API is of nobody's make, as gateways are: a JSON object posted with a
//! bearer token. What arrives can be read on a page, where one also chooses how the gateway behaves.

use axum::Form;
use axum::Json;
use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use axum::routing::post;
use serde::Deserialize;
use serde_json::json;
use subtle::ConstantTimeEq;
use time::OffsetDateTime;

use super::*;
use crate::factors::sms::{PhoneNumber, text};

/// The longest text taken: ten segments.
const MAX_TEXT: usize = 1530;

/// A message on a phone.
#[derive(Clone)]
pub struct Received {
    pub to: String,
    pub text: String,
    pub at: OffsetDateTime,
}

impl Received {
    fn length(&self) -> String {
        let length = text::length(&self.text);
        let what = match length.encoding {
            text::Encoding::Gsm7 => "GSM 7-bit",
            text::Encoding::Ucs2 => "UCS-2",
        };
        format!("{} in {what}, {} to pay", length.units, length.segments)
    }

    fn time(&self) -> String {
        let (hour, minute, second) = self.at.to_hms();
        format!("{hour:02}:{minute:02}:{second:02} UTC")
    }
}

/// How the gateway behaves until told otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mood {
    #[default]
    Well,
    /// 429 with `Retry-After: 2`.
    Busy,
    /// 503.
    Down,
    /// 400 for every number.
    Refusing,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Posted {
    to: String,
    text: String,
    reference: String,
}

pub fn routes() -> Router<Gateways> {
    Router::new()
        .route("/sms", get(inbox))
        .route("/sms/mood", post(set_mood))
        .route("/sms/messages", post(receive))
}

#[derive(Template)]
#[template(path = "practice/gateways_sms.html")]
struct Inbox {
    frame: Frame,
    messages: Vec<Received>,
    mood: Mood,
}

async fn inbox(State(gateways): State<Gateways>) -> Response {
    let state = gateways.state();
    let messages = state.messages.iter().map(|(_, message)| message.clone()).collect();
    let mood = state.mood;
    drop(state);
    render(&Inbox { frame: gateways.frame("Messages"), messages, mood })
}

#[derive(Deserialize)]
struct MoodForm {
    mood: Mood,
}

async fn set_mood(State(gateways): State<Gateways>, Form(form): Form<MoodForm>) -> Redirect {
    gateways.state().mood = form.mood;
    Redirect::to("/sms")
}

/// The API.
async fn receive(State(gateways): State<Gateways>, headers: HeaderMap, body: Bytes) -> Response {
    let get = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let refuse = |status: StatusCode, why: &str| (status, Json(json!({ "error": why }))).into_response();
    let wanted = format!("Bearer {SMS_TOKEN}");
    let token = get(header::AUTHORIZATION).unwrap_or_default();
    if !bool::from(token.as_bytes().ct_eq(wanted.as_bytes())) {
        return refuse(StatusCode::UNAUTHORIZED, "the token is wrong");
    }
    if get(header::CONTENT_TYPE) != Some("application/json") {
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "application/json alone is taken");
    }
    let mood = gateways.state().mood;
    match mood {
        Mood::Well => {}
        Mood::Busy => {
            let busy = refuse(StatusCode::TOO_MANY_REQUESTS, "too many messages");
            return ([(header::RETRY_AFTER, "2")], busy).into_response();
        }
        Mood::Down => return refuse(StatusCode::SERVICE_UNAVAILABLE, "the gateway is down"),
        Mood::Refusing => return refuse(StatusCode::BAD_REQUEST, "the number cannot be reached"),
    }
    let posted: Posted = match serde_json::from_slice(&body) {
        Ok(posted) => posted,
        Err(error) => return refuse(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    // As E.164 has it, not as somebody typed it.
    if !PhoneNumber::parse(&posted.to).is_ok_and(|number| number.as_str() == posted.to) {
        return refuse(StatusCode::BAD_REQUEST, "`to` is not in E.164's form");
    }
    if posted.text.is_empty() || posted.text.len() > MAX_TEXT || posted.reference.is_empty() {
        return refuse(StatusCode::BAD_REQUEST, "`text` or `reference` is empty or too long");
    }
    let received = Received { to: posted.to, text: posted.text, at: gateways.0.surroundings.clock.now() };
    // A second try of a message that had arrived is not a second message.
    gateways.state().messages.get_or_insert(posted.reference.clone(), || received);
    (StatusCode::CREATED, Json(json!({ "reference": posted.reference }))).into_response()
}
