//! Atlassian: everything this server knows of Connect (and of Forge, later) lives in this room.
//!
//! Jira finds the app by its *descriptor*, and tells it of its life by signed *lifecycle* calls:
//! `installed` brings the secret that site and app share. Every call carries a *token* (a JWT,
//! RFC 7519) of one of three kinds, and each address accepts exactly one of them:
//!
//! | kind | signed with | bound to | for |
//! |---|---|---|---|
//! | lifecycle | RS256, Atlassian's *install key* | method and URL, by `qsh` | `installed`, `uninstalled` |
//! | URL-bound | HS256, the shared secret | method and URL, by `qsh` | `enabled`, `disabled`, page loads |
//! | context | HS256, the shared secret | nothing: `qsh` is the word `context-qsh` | requests from a page's script |
//!
//! CVE-2021-26073, -26074 and -26077 came from taking one kind for another.

pub mod admins; // who is one, as Jira said a moment ago
pub mod admission; // the extractors of the pages inside Jira
pub mod caller; // the token of a request, and the site it names
pub mod descriptor;
pub mod desks; // service desks, their customers, organisations
pub mod failure;
pub mod install_keys;
pub mod lifecycle;
pub mod payload;
pub mod presence; // whether customers have accounts
pub mod qsh;
pub mod rest; // calls of ours to Jira
pub mod token;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::app::App;

pub use admins::Admins;
pub use admission::{JiraAdmin, PageLoad};
pub use install_keys::InstallKeys;

/// The largest body of a lifecycle call, in bytes. Atlassian's are about 1 KiB.
const MAX_BODY: usize = 64 * 1024;

/// The addresses that Atlassian's servers call.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/atlassian-connect.json", get(descriptor::show))
        .route("/connect/installed", post(lifecycle::installed))
        .route("/connect/uninstalled", post(lifecycle::uninstalled))
        .route("/connect/enabled", post(lifecycle::enabled))
        .route("/connect/disabled", post(lifecycle::disabled))
        .layer(DefaultBodyLimit::max(MAX_BODY))
}

#[cfg(test)]
pub(crate) mod tests;
