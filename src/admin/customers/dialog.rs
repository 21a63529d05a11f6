//! Dialogs above the directory. Each keeps the place it was opened at, and answers with the page there
//! once it is done; what is wrong with it comes back as the dialog.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::place::Place;
use crate::admin::frame;
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
    frame::into("#dialog", admin.visitor.page(StatusCode::UNPROCESSABLE_ENTITY, dialog))
}
