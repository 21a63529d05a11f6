//! Every URL the server answers, on one screen. Three audiences: portal customers, Jira, machines.

use axum::Router;

use crate::app::App;

/// The whole server.
pub fn router(app: App) -> Router {
    Router::new().with_state(app)
}
