//! The one error at the edge. Rules return small enums and page states are not errors; what is
//! left (a broken database, a bug) ends here: the visitor gets a fixed sentence and a reference,
//! the log gets the detail once.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Something a visitor can do nothing about, or an address that leads nowhere.
#[derive(Debug)]
pub enum AppError {
    /// Nothing at this address, or nothing this visitor may know of: 404.
    NotFound,
    /// A body that cannot be read: 400.
    Malformed,
    /// A form that no page of ours sent: 403.
    CrossSite,
    /// A body over the limit: 413.
    TooLarge,
    /// A body of a kind the address does not take: 415.
    WrongContentType,
    /// Too much work at once: 503 with `Retry-After` in seconds.
    Busy { retry_after: u32 },
    /// A fault of ours: 500.
    Internal(anyhow::Error),
}

impl AppError {
    /// A fault of ours, told to the log when the response is made.
    pub fn internal(error: impl Into<anyhow::Error>) -> Self {
        Self::Internal(error.into())
    }
}

impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl IntoResponse for AppError {
    // Only a marker leaves here: the page around it is made by `web::errors`, which knows the
    // visitor's language and the request's reference.
    fn into_response(self) -> Response {
        let status = match &self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::WrongContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Busy { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        crate::web::error_page(status, self)
    }
}
