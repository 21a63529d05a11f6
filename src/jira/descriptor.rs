//! The app's descriptor: what Jira reads before it installs the app (A1).
//!
//! Its source is `atlassian-connect.json` at the top of the repository; this deployment's own
//! address and app key are filled in as JSON values. `READ` is the only scope asked for. Pages
//! inside Jira are listed under `modules` as soon as they exist.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::Value;

use crate::app::App;
use crate::config::BaseUrl;

const SOURCE: &str = include_str!("../../atlassian-connect.json");

/// `GET /atlassian-connect.json`.
pub async fn show(State(app): State<App>) -> impl IntoResponse {
    let descriptor = descriptor(&app.config.base_url, &app.config.app_key);
    ([(header::CACHE_CONTROL, "no-cache")], Json(descriptor))
}

/// The descriptor of the deployment at `base_url`.
pub fn descriptor(base_url: &BaseUrl, app_key: &str) -> Value {
    let mut descriptor: Value = serde_json::from_str(SOURCE).expect("a test reads the file compiled in");
    descriptor["key"] = app_key.into();
    descriptor["baseUrl"] = base_url.as_str().into();
    descriptor["vendor"]["url"] = base_url.as_str().into();
    descriptor
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_this_deployment_and_asks_for_signed_installs() {
        let base_url = BaseUrl::parse("https://vestibule.example").unwrap();
        let descriptor = descriptor(&base_url, "my-app");
        assert_eq!(descriptor["key"], "my-app");
        assert_eq!(descriptor["baseUrl"], "https://vestibule.example");
        assert_eq!(descriptor["vendor"]["url"], "https://vestibule.example");
        for migration in ["signed-install", "context-qsh", "gdpr"] {
            assert_eq!(descriptor["apiMigrations"][migration], true, "{migration}");
        }
        assert!(!descriptor.to_string().contains("filled in"));
    }
}
