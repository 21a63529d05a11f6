//! Jira Service Management's part of the REST API: a few desks with a few thousand customers, made up
//! by their number, in answers as Atlassian's OpenAPI document has them. Desks share customers; some
//! hide their email, some are no portal-only customers, some are inactive. The switch "desks" brings
//! each kind of trouble that a caller has to live with.

use std::ops::Range;
use std::pin::Pin;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{CONTENT_LENGTH, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use hyper::body::Frame;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::Duration;
use time::macros::format_description;

use super::{Jira, rest};
use crate::practice::crowd;

/// No page is longer, whatever the caller asks for.
const MOST: usize = 50;
/// Customers of the whole site.
const CUSTOMERS: usize = 3_000;
/// Id, key and name of each desk, and which of the customers are its own.
const DESKS: [(&str, &str, &str, Range<usize>); 4] = [
    ("1", "HELP", "IT Help Desk", 0..2_000),
    ("2", "FAC", "Facilities", 1_500..2_600),
    ("3", "LEGAL", "Legal", 2_600..3_000),
    ("4", "NEW", "New Desk", 0..0),
];
/// The companies of the crowd, and who is in them: every fifth.
const ORGANISATIONS: [&str; 5] = ["Customer AG", "Harbour, Inc.", "Millworks", "North Line", "Orchard"];

/// Trouble with the calls of this file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    #[default]
    None,
    /// Every second call is one too many: 429, with `Retry-After` in seconds.
    Limited,
    /// Every second call finds Jira out of service: 503, with `Retry-After` as a date.
    Unavailable,
    /// The app may not see the customers of the desk "Legal": 403.
    Forbidden,
    /// Every second answer breaks off in the middle.
    Cut,
    /// A page for people instead of JSON, with status 200.
    Html,
    /// Answers longer than anybody reads.
    Huge,
}

impl Trouble {
    pub const ALL: [Self; 7] =
        [Self::None, Self::Limited, Self::Unavailable, Self::Forbidden, Self::Cut, Self::Html, Self::Huge];

    /// As addresses have it.
    pub fn key(self) -> &'static str {
        match self {
            Self::None => "fine",
            Self::Limited => "429",
            Self::Unavailable => "503",
            Self::Forbidden => "403",
            Self::Cut => "cut",
            Self::Html => "html",
            Self::Huge => "huge",
        }
    }

    /// As the button says.
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "Desks answer",
            Self::Limited => "Desks: every second call is one too many (429)",
            Self::Unavailable => "Desks: every second call finds them out of service (503)",
            Self::Forbidden => "Desks: the app may not see Legal's customers (403)",
            Self::Cut => "Desks: every second answer breaks off",
            Self::Html => "Desks: a page instead of JSON",
            Self::Huge => "Desks: endless answers",
        }
    }
}

/// The addresses of this file; each wants a call signed by the app.
pub fn routes(jira: &Jira) -> Router<Jira> {
    Router::new()
        .route("/rest/servicedeskapi/servicedesk", get(desks))
        .route("/rest/servicedeskapi/servicedesk/{desk}/customer", get(customers))
        .route("/rest/servicedeskapi/servicedesk/{desk}/organization", get(desk_organisations))
        .route("/rest/servicedeskapi/organization", get(organisations))
        .route("/rest/servicedeskapi/organization/{id}/user", get(users))
        .route("/rest/servicedeskapi/customer", post(create))
        .route("/rest/api/3/user/bulk", get(bulk))
        .layer(middleware::from_fn_with_state(jira.clone(), troubled))
        .layer(middleware::from_fn_with_state(jira.clone(), signed))
}

async fn signed(State(jira): State<Jira>, request: Request, next: Next) -> Response {
    match rest::signed_by_app(&jira, request.method(), request.uri(), request.headers()).await {
        Ok(()) => next.run(request).await,
        Err(problem) => error(StatusCode::UNAUTHORIZED, problem),
    }
}

/// What the switch "desks" does.
async fn troubled(State(jira): State<Jira>, request: Request, next: Next) -> Response {
    let is_second = jira.0.calls.fetch_add(1, Ordering::SeqCst) % 2 == 1;
    match jira.switches().desks {
        Trouble::Limited if is_second => {
            ([(RETRY_AFTER, "1")], error(StatusCode::TOO_MANY_REQUESTS, "Rate limit exceeded."))
                .into_response()
        }
        Trouble::Unavailable if is_second => {
            let at = jira.0.surroundings.clock.now() + Duration::seconds(2);
            let form = format_description!(
                "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
            );
            let date = at.format(form).unwrap_or_default();
            ([(RETRY_AFTER, date)], error(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable"))
                .into_response()
        }
        Trouble::Cut if is_second => cut(next.run(request).await).await,
        Trouble::Html => axum::response::Html("<h1>Jira is being upgraded</h1>").into_response(),
        Trouble::Huge => format!("[{}1]", "1,".repeat(2 << 20)).into_response(),
        _ => next.run(request).await,
    }
}

/// Half an answer; then the connection ends.
async fn cut(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let whole = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let half = Half(Some(whole.slice(..whole.len() / 2)));
    Response::from_parts(http_head(parts), Body::new(half))
}

/// Without the length, which would be half the truth.
fn http_head(mut parts: axum::http::response::Parts) -> axum::http::response::Parts {
    parts.headers.remove(CONTENT_LENGTH);
    parts
}

struct Half(Option<Bytes>);

impl hyper::body::Body for Half {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let next = self.0.take().map(Frame::data).ok_or(std::io::ErrorKind::BrokenPipe.into());
        Poll::Ready(Some(next))
    }
}

/// `UserDTO` of the OpenAPI document, for one of the site's customers.
fn user(number: usize) -> Value {
    let (name, email) = crowd::somebody(number);
    json!({
        "accountId": account_id(number),
        "emailAddress": (number % 97 != 13).then_some(email),
        "displayName": name,
        "active": number % 41 != 9,
        "timeZone": "Europe/Berlin",
    })
}

fn account_id(number: usize) -> String {
    let kind = if number % 50 == 7 { "712020" } else { "qm:a713c8ea-1075-4e30-9d96-891a7d181739" };
    format!("{kind}:{number:024x}")
}

#[derive(Deserialize)]
struct Asked {
    start: Option<usize>,
    limit: Option<usize>,
    #[serde(default)]
    query: String,
}

/// A page of a list, as the OpenAPI document has them.
fn page(asked: &Asked, all: Vec<Value>) -> Response {
    let start = asked.start.unwrap_or(0).min(all.len());
    let limit = asked.limit.unwrap_or(MOST).min(MOST);
    let values: Vec<Value> = all.iter().skip(start).take(limit).cloned().collect();
    let is_last = start + values.len() >= all.len();
    Json(json!({
        "_expands": [], "size": values.len(), "start": start, "limit": limit, "isLastPage": is_last,
        "_links": {}, "values": values,
    }))
    .into_response()
}

async fn desks(Query(asked): Query<Asked>) -> Response {
    let desk = |(id, key, name, _): (&str, &str, &str, Range<usize>)| json!({ "id": id, "projectId": format!("1000{id}"), "projectKey": key, "projectName": name });
    page(&asked, DESKS.map(desk).to_vec())
}

async fn customers(
    State(jira): State<Jira>,
    Path(desk): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    if headers.get("x-experimentalapi").is_none_or(|value| value != "opt-in") {
        return error(StatusCode::PRECONDITION_FAILED, "This resource is experimental: opt in.");
    }
    let Some((id, .., members)) = DESKS.into_iter().find(|(id, key, ..)| *id == desk || *key == desk) else {
        return error(StatusCode::NOT_FOUND, "The service desk does not exist.");
    };
    if id == "3" && jira.switches().desks == Trouble::Forbidden {
        return error(StatusCode::FORBIDDEN, "You do not have permission to see these customers.");
    }
    let query = asked.query.to_lowercase();
    let found = members.filter(|number| {
        let (name, email) = crowd::somebody(*number);
        name.to_lowercase().contains(&query) || email.contains(&query)
    });
    page(&asked, found.map(user).collect())
}

fn organisation((number, name): (usize, &str)) -> Value {
    json!({ "id": (number + 1).to_string(), "name": name, "scimManaged": false })
}

async fn organisations(Query(asked): Query<Asked>) -> Response {
    page(&asked, ORGANISATIONS.into_iter().enumerate().map(organisation).collect())
}

async fn desk_organisations(Path(desk): Path<String>, Query(asked): Query<Asked>) -> Response {
    match DESKS.iter().find(|(id, key, ..)| *id == desk || *key == desk) {
        None => error(StatusCode::NOT_FOUND, "The service desk does not exist."),
        Some((.., members)) if members.is_empty() => page(&asked, Vec::new()),
        Some(_) => organisations(Query(asked)).await,
    }
}

async fn users(Path(id): Path<usize>, Query(asked): Query<Asked>) -> Response {
    if !(1..=ORGANISATIONS.len()).contains(&id) {
        return error(StatusCode::NOT_FOUND, "The organization does not exist.");
    }
    page(&asked, (id - 1..CUSTOMERS).step_by(ORGANISATIONS.len()).map(user).collect())
}

/// The platform's own paging, and its own names.
async fn bulk(uri: Uri) -> Response {
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let number = |account: &str| {
        let number = usize::from_str_radix(account.rsplit(':').next()?, 16).ok()?;
        (number < CUSTOMERS && account_id(number) == account).then_some(number)
    };
    let (mut start, mut most, mut found) = (0_usize, 10_usize, Vec::new());
    for (name, value) in pairs {
        match &*name {
            "startAt" => start = value.parse().unwrap_or(0),
            "maxResults" => most = value.parse().unwrap_or(10),
            "accountId" => found.extend(number(&value)),
            _ => {}
        }
    }
    let total = found.len();
    let values: Vec<Value> = found.into_iter().skip(start).take(most).map(user).collect();
    let is_last = start + values.len() >= total;
    Json(json!({ "startAt": start, "maxResults": most, "total": total, "isLast": is_last, "values": values }))
        .into_response()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewCustomer {
    email: String,
    display_name: String,
}

async fn create(State(jira): State<Jira>, body: Bytes) -> Response {
    let Ok(new) = serde_json::from_slice::<NewCustomer>(&body) else {
        return error(StatusCode::BAD_REQUEST, "The request is invalid.");
    };
    let email = new.email.to_lowercase();
    let mut created = jira.0.created.lock().unwrap_or_else(PoisonError::into_inner);
    if created.contains(&email) || (0..CUSTOMERS).any(|number| crowd::somebody(number).1 == email) {
        return error(StatusCode::CONFLICT, "An account already exists for this email.");
    }
    let account = format!("qm:a713c8ea-1075-4e30-9d96-891a7d181739:new{}", created.len());
    created.insert(email);
    let user = json!({
        "accountId": account, "emailAddress": new.email, "displayName": new.display_name, "active": true,
    });
    (StatusCode::CREATED, Json(user)).into_response()
}

/// `ErrorResponse` of the OpenAPI document.
fn error(status: StatusCode, problem: &str) -> Response {
    (status, Json(json!({ "errorMessage": problem }))).into_response()
}
