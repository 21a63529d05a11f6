//! One line a request. Of the address only the route's pattern: what fills its places and what
//! follows the question mark may be a SAML message or a link's token (security.md A2).

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

use crate::web::Visitor;

/// Logs method, route, status, time taken, and the visitor's address and reference (the one shown
/// on an error's page); a fault of ours as a warning, health checks quietly.
pub async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    #[allow(clippy::disallowed_methods, reason = "measures for the log, decides nothing")]
    let start = std::time::Instant::now();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let status = response.status().as_u16();
    let ms = start.elapsed().as_millis();
    let visitor = response.extensions().get::<Visitor>();
    let reference = visitor.map(|visitor| visitor.reference.as_str());
    let ip = visitor.map(|visitor| tracing::field::display(visitor.ip));
    if response.status().is_server_error() {
        tracing::warn!(%method, route, status, ms, reference, ip, "request");
    } else if route.starts_with("/health/") {
        tracing::debug!(%method, route, status, ms, "request");
    } else {
        tracing::info!(%method, route, status, ms, reference, ip, "request");
    }
    response
}
