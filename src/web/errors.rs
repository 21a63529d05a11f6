//! What a visitor sees of an error: a fixed sentence, a way on, and the reference. The detail goes
//! to the log, once, with the same reference.

use std::sync::Arc;

use axum::Json;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::assets::File;
use super::headers::Audience;
use super::page::{ErrorPage, JiraMessage, Shell};
use super::visitor::Visitor;
use crate::error::AppError;
use crate::i18n::{Key, Lang, key};

/// When a visitor is asked to come back after the server gave up by itself, in seconds.
const RETRY: u32 = 10;

/// Marks an answer whose page the outermost layer has yet to make.
#[derive(Clone, Debug)]
struct Fault(Arc<AppError>);

/// The answer for an [`AppError`], in plain text until [`dress`] makes it a page.
pub fn error_page(status: StatusCode, error: AppError) -> Response {
    let sentence = Lang::English.part(words(status), "sentence");
    let mut response = (status, sentence).into_response();
    if let AppError::Busy { retry_after } = error {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(retry_after));
    }
    response.extensions_mut().insert(Fault(Arc::new(error)));
    response
}

/// Turns an error without a page of its own (one of ours, or one a layer or the router made) into
/// a page, or into JSON for machines. Anything else is left as it is.
pub(super) fn dress(response: Response, visitor: &Visitor, audience: Audience) -> Response {
    let status = response.status();
    let fault = response.extensions().get::<Fault>().cloned();
    if let Some(Fault(error)) = &fault
        && let AppError::Internal(error) = &**error
    {
        tracing::error!(reference = visitor.reference, error = format!("{error:#}"), "a request failed");
    }
    let erroneous = status.is_client_error() || status.is_server_error();
    if fault.is_none() && (!erroneous || speaks_for_itself(response.headers())) {
        return response;
    }
    let mut dressed = match audience {
        Audience::Portal => page(status, visitor),
        Audience::JiraPage | Audience::JiraFragment => {
            let (title, sentence, way_on) = words_in_jira(status);
            in_jira(audience, visitor, status, &Told { title, sentence, way_on })
        }
        Audience::Machine => {
            let (english, words) = (Lang::English, words(status));
            let (title, sentence) = (english.say(words), english.part(words, "sentence"));
            let body = json!({"error": title, "message": sentence, "reference": visitor.reference});
            (status, Json(body)).into_response()
        }
    };
    keep_headers(response.headers(), dressed.headers_mut());
    if status == StatusCode::SERVICE_UNAVAILABLE {
        dressed.headers_mut().entry(RETRY_AFTER).or_insert(HeaderValue::from(RETRY));
    }
    dressed
}

fn page(status: StatusCode, visitor: &Visitor) -> Response {
    let page = ErrorPage { shell: Shell::nameless(visitor), words: words(status) };
    visitor.page(status, &page)
}

/// What a page inside Jira says when it cannot do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told<'a> {
    pub title: &'a str,
    pub sentence: &'a str,
    pub way_on: &'a str,
}

/// Says it: as a page of its own in Jira's frame, or as a message above what the frame shows, so
/// that nothing typed there is lost.
pub fn in_jira(audience: Audience, visitor: &Visitor, status: StatusCode, told: &Told<'_>) -> Response {
    let message = JiraMessage {
        framed: audience == Audience::JiraPage,
        tokens_url: File::AdminTokens.url(),
        css_url: File::AdminStyle.url(),
        title: told.title,
        sentence: told.sentence,
        way_on: told.way_on,
        retry: status == StatusCode::UNAUTHORIZED || status.is_server_error(),
        reference: &visitor.reference,
    };
    let mut response = visitor.page(status, &message);
    if audience == Audience::JiraFragment {
        let headers = response.headers_mut();
        headers.insert("hx-retarget", HeaderValue::from_static("#notice"));
        headers.insert("hx-reswap", HeaderValue::from_static("innerHTML"));
    }
    response
}

/// Title, sentence and way on of a status, for an administrator.
fn words_in_jira(status: StatusCode) -> (&'static str, &'static str, &'static str) {
    const RELOAD: &str = "Reload the page to see how things stand now.";
    match status.as_u16() {
        404 => {
            ("There is nothing here any more", "It may have been removed, perhaps by somebody else.", RELOAD)
        }
        413 => (
            "That is too much at once",
            "What was sent is larger than this page accepts.",
            "Make it shorter and try again.",
        ),
        503 => (
            "Vestibule is very busy right now",
            "What you asked for may or may not have been done.",
            "Wait a few seconds, then reload the page to see.",
        ),
        400..500 => ("That request could not be read", "Nothing was changed.", RELOAD),
        _ => (
            "Something went wrong in Vestibule",
            "What you asked for may or may not have been done: reload the page to see.",
            "Try again in a minute. If it keeps happening, give the reference to whoever runs the server.",
        ),
    }
}

/// Whether an error answer is a room's own page or message. What axum and the layers make
/// themselves is empty or plain text.
fn speaks_for_itself(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"))
}

/// `Allow`, `Retry-After`, cookies: all but what described the old body.
fn keep_headers(from: &HeaderMap, to: &mut HeaderMap) {
    for (name, value) in from {
        if ![CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING].contains(name) {
            to.append(name.clone(), value.clone());
        }
    }
}

/// What there is to say of a status: a title, with the parts `sentence` and `way-on`.
fn words(status: StatusCode) -> Key {
    match status.as_u16() {
        403 => key("common-error-foreign-form"),
        404 => key("common-error-nothing-here"),
        405 => key("common-error-wrong-method"),
        413 => key("common-error-too-large"),
        503 => key("common-error-busy"),
        400..500 => key("common-error-unreadable"),
        _ => key("common-error-ours"),
    }
}
