//! HTTP manners, no domain.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::error::AppError;

/// The page for an [`AppError`].
pub fn error_page(status: StatusCode, _error: AppError) -> Response {
    status.into_response()
}
