//! Dialogs above the directory. Each keeps the place it was opened at, and answers with the page there
//! once it is done; what is wrong with it comes back as the dialog.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};

use super::place::Place;
use crate::jira::JiraAdmin;

/// The place that a dialog was opened at, from the query of its address.
pub fn place(query: Option<&str>) -> Place {
    let query = query.unwrap_or_default();
    let place = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "place");
    Place::parse(&place.map(|(_, value)| value.into_owned()).unwrap_or_default())
}

/// A dialog as it opens.
pub fn open(admin: &JiraAdmin, dialog: &impl Template) -> Response {
    admin.visitor.page(StatusCode::OK, dialog)
}

/// The dialog again, with what is wrong in it.
pub fn again(admin: &JiraAdmin, dialog: &impl Template) -> Response {
    let mut response = admin.visitor.page(StatusCode::UNPROCESSABLE_ENTITY, dialog).into_response();
    for (name, value) in [("hx-retarget", "#dialog"), ("hx-reswap", "innerHTML")] {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}
