//! HEAD is not GET here: axum answers it by running the GET handler, and ours move sign-ins on. A
//! link checker that asks for the head of an AuthnRequest's address must not use its ID up.

use axum::Router;
use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};

use crate::app::App;

/// Answers HEAD with 405 on all routes of `router`.
pub fn refuse(router: Router<App>) -> Router<App> {
    router.route_layer(from_fn(refuse_one))
}

async fn refuse_one(request: Request, next: Next) -> Response {
    if request.method() == Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, POST")]).into_response();
    }
    next.run(request).await
}
