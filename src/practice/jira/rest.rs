//! Jira's REST API, as far as the app calls it: every call is signed by the app with the shared
//! secret, and checked here as Jira checks it.

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::{Jira, Viewer, desks, qsh, token};

/// The global permissions of Jira, as far as anybody asks for them.
const KNOWN: [&str; 2] = ["ADMINISTER", "SYSTEM_ADMIN"];

/// The addresses below `/rest`.
pub fn routes(jira: &Jira) -> Router<Jira> {
    Router::new()
        .route("/rest/api/3/permissions/check", post(permissions_check))
        .merge(desks::routes(jira))
        .layer(middleware::from_fn_with_state(jira.clone(), down))
}

/// The switch "Jira's REST API is down".
async fn down(State(jira): State<Jira>, request: Request, next: Next) -> Response {
    if jira.switches().rest_down {
        return (StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable").into_response();
    }
    next.run(request).await
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Check {
    account_id: Option<String>,
    #[serde(default)]
    global_permissions: Vec<String>,
}

/// `POST /rest/api/3/permissions/check`: which of the global permissions asked for an account has.
/// Nobody has permissions in projects here, for there are none.
async fn permissions_check(
    State(jira): State<Jira>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Err(problem) = signed_by_app(&jira, &method, &uri, &headers).await {
        return error(StatusCode::UNAUTHORIZED, problem);
    }
    let Ok(check) = serde_json::from_slice::<Check>(&body) else {
        return error(
            StatusCode::BAD_REQUEST,
            "Invalid request payload. Refer to the REST API documentation.",
        );
    };
    if let Some(unknown) = check.global_permissions.iter().find(|name| !KNOWN.contains(&name.as_str())) {
        return error(StatusCode::BAD_REQUEST, &format!("Unrecognized permission: {unknown}"));
    }
    let state = jira.0.state.lock().await;
    // Without an account the app asks for itself, and administers nothing.
    let person = check.account_id.as_deref().map(|account| Viewer::with_account(account, &state.site));
    let granted: Vec<&String> = match person {
        Some(None) => return error(StatusCode::BAD_REQUEST, "The user does not exist."),
        Some(Some(person)) if person.is_admin() => {
            check.global_permissions.iter().filter(|name| *name == "ADMINISTER").collect()
        }
        _ => Vec::new(),
    };
    Json(json!({ "globalPermissions": granted, "projectPermissions": [] })).into_response()
}

/// Checks `Authorization: JWT` as Jira does: the installed app's own, for this very call.
pub(super) async fn signed_by_app(
    jira: &Jira,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<(), &'static str> {
    const NOBODY: &str = "Client must be authenticated to access this resource.";
    let site = jira.0.state.lock().await.site.clone();
    let (Some(secret), Some(app_key)) = (&site.shared_secret, &site.app_key) else { return Err(NOBODY) };
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let jwt = authorization.and_then(|value| value.strip_prefix("JWT ")).ok_or(NOBODY)?;
    let base = Url::parse(&jira.0.surroundings.links.jira_rest).map_err(|_| NOBODY)?;
    let url = base.join(&uri.to_string()).map_err(|_| NOBODY)?;
    let qsh = qsh::qsh(method.as_str(), &url, &base);
    token::verify(jwt, secret, app_key, &qsh, jira.0.surroundings.clock.now())
}

/// An error in the shape of Jira's.
fn error(status: StatusCode, problem: &str) -> Response {
    (status, Json(json!({ "errorMessages": [problem], "errors": {} }))).into_response()
}
