//! Size and time limits, and the net under every handler.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use crate::app::App;
use crate::error::AppError;

/// The largest request body, in bytes. Routes that take more (an import's pieces) say so themselves.
pub const BODY: usize = 64 * 1024;
/// How long an answer may take before the visitor is told to come back.
pub const TIME: Duration = Duration::from_secs(30);
/// How long a body may stand still while it arrives.
pub const BODY_PAUSE: Duration = Duration::from_secs(10);

/// Bounds what a request may cost: 413 for a larger body, 503 for a slow answer, 500 for a panic.
pub fn apply(router: Router<App>, body: usize) -> Router<App> {
    apply_with(router, body, TIME)
}

pub(super) fn apply_with(router: Router<App>, body: usize, time: Duration) -> Router<App> {
    // Each layer goes around those before it: the panic catcher is the outermost.
    router
        .layer(DefaultBodyLimit::max(body))
        .layer(RequestBodyLimitLayer::new(body))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, time))
        .layer(CatchPanicLayer::custom(caught))
}

#[allow(clippy::needless_pass_by_value, reason = "the shape tower-http asks for")]
fn caught(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = match (panic.downcast_ref::<String>(), panic.downcast_ref::<&str>()) {
        (Some(text), _) => text.as_str(),
        (None, Some(text)) => text,
        (None, None) => "no message",
    };
    AppError::Internal(anyhow::anyhow!("panic: {text}")).into_response()
}
