//! The app's descriptor: what Jira reads before it installs the app (A1).
//!
//! Its source is `atlassian-connect.json` at the top of the repository; this deployment's own
//! address and app key are filled in as JSON values. `READ` is the only scope asked for, but where customers
//! are created in Jira. A private
//! app does not ask Jira for a licence: nobody sells one, and Jira would say there is none.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::Value;

use crate::app::App;
use crate::config::Config;

const SOURCE: &str = include_str!("../../atlassian-connect.json");

/// `GET /atlassian-connect.json`.
pub async fn show(State(app): State<App>) -> impl IntoResponse {
    let descriptor = descriptor(&app.config);
    ([(header::CACHE_CONTROL, "no-cache")], Json(descriptor))
}

/// The descriptor of a deployment.
fn descriptor(config: &Config) -> Value {
    let base_url = config.base_url.as_str();
    let mut descriptor: Value = serde_json::from_str(SOURCE).expect("a test reads the file compiled in");
    descriptor["key"] = config.app_key.as_str().into();
    descriptor["baseUrl"] = base_url.into();
    descriptor["vendor"]["url"] = base_url.into();
    descriptor["enableLicensing"] = config.marketplace_licence.into();
    if config.create_in_jira {
        descriptor["scopes"] = serde_json::json!(["READ", "ADMIN"]);
    }
    descriptor
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::encode_secret;
    use crate::random::Random;

    #[test]
    fn names_this_deployment_and_asks_for_signed_installs() {
        for sold in [false, true] {
            let config = Config::load(|name| match name {
                "VESTIBULE_BASE_URL" => Some("https://vestibule.example".into()),
                "VESTIBULE_APP_KEY" => Some("my-app".into()),
                "VESTIBULE_MASTER_KEY" => Some(encode_secret(&Random::seeded(1).bytes()).to_string()),
                "VESTIBULE_PASSWORD_PEPPER" => Some(encode_secret(&Random::seeded(2).bytes()).to_string()),
                "VESTIBULE_MARKETPLACE_LICENCE" | "VESTIBULE_CREATE_IN_JIRA" => Some(sold.to_string()),
                _ => None,
            });
            let descriptor = descriptor(&config.unwrap());
            assert_eq!(descriptor["key"], "my-app");
            assert_eq!(descriptor["baseUrl"], "https://vestibule.example");
            assert_eq!(descriptor["vendor"]["url"], "https://vestibule.example");
            assert_eq!(descriptor["enableLicensing"], sold);
            let scopes: &[&str] = if sold { &["READ", "ADMIN"] } else { &["READ"] };
            assert_eq!(descriptor["scopes"], serde_json::json!(scopes));
            for migration in ["signed-install", "context-qsh", "gdpr"] {
                assert_eq!(descriptor["apiMigrations"][migration], true, "{migration}");
            }
            for page in descriptor["modules"]["adminPages"].as_array().unwrap() {
                assert_eq!(page["conditions"][0]["condition"], "user_is_admin", "{page}");
            }
            assert!(!descriptor.to_string().contains("filled in"));
        }
    }
}
