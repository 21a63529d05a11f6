mod app_pages;

use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Value, json};

use super::*;
use crate::practice::testing::{Served, surroundings};

/// What the stand-in for the app was told: event, Authorization, body.
type Calls = Arc<Mutex<Vec<(String, String, Value)>>>;

async fn record(
    State(calls): State<Calls>,
    Path(event): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let authorization = headers["authorization"].to_str().unwrap().to_owned();
    let body: Value = serde_json::from_slice(&body).unwrap();
    let refuse = body["sharedSecret"] == "refuse";
    calls.lock().unwrap().push((event, authorization, body));
    if refuse { StatusCode::UNAUTHORIZED } else { StatusCode::NO_CONTENT }
}

async fn app(calls: &Calls) -> Served {
    Served::start(|base| {
        let descriptor = json!({
            "key": "vestibule", "baseUrl": base, "authentication": { "type": "jwt" },
            "apiMigrations": { "signed-install": true },
            "lifecycle": { "installed": "/c/installed", "uninstalled": "/c/uninstalled",
                           "enabled": "/c/enabled", "disabled": "/c/disabled" },
        });
        Router::new()
            .route("/atlassian-connect.json", get(async move || Json(descriptor)))
            .route("/c/{event}", post(record))
            .with_state(calls.clone())
    })
    .await
}

#[tokio::test]
async fn the_life_of_an_installation() {
    let calls = Calls::default();
    let app = app(&calls).await;
    let folder = tempfile::tempdir().unwrap();
    let jira = Jira::open(surroundings(folder.path(), &app.url)).unwrap();
    for act in [Act::Install, Act::Disable, Act::Enable, Act::Rotate, Act::Uninstall] {
        jira.act(act).await.unwrap();
    }
    jira.act(Act::Enable).await.unwrap_err();

    let calls = calls.lock().unwrap();
    let events: Vec<_> = calls.iter().map(|(event, ..)| event.as_str()).collect();
    let all = ["installed", "enabled", "disabled", "enabled", "installed", "enabled", "uninstalled"];
    assert_eq!(events, all);

    let key = &jira.0.install_key;
    let public = DecodingKey::from_rsa_pem(key.public_pem.as_bytes()).unwrap();
    let mut rs256 = Validation::new(Algorithm::RS256);
    rs256.set_audience(&[&app.url]);
    rs256.validate_exp = false;
    let mut hs256 = Validation::new(Algorithm::HS256);
    hs256.validate_exp = false;
    let mut secret = String::new();
    for (event, authorization, body) in calls.iter() {
        let token = authorization.strip_prefix("JWT ").unwrap();
        let claims = match event.as_str() {
            "installed" | "uninstalled" => {
                assert_eq!(decode_header(token).unwrap().kid.as_deref(), Some(key.kid.as_str()));
                decode::<Value>(token, &public, &rs256).unwrap().claims
            }
            _ => {
                let shared = DecodingKey::from_secret(secret.as_bytes());
                decode::<Value>(token, &shared, &hs256).unwrap().claims
            }
        };
        assert_eq!(claims["iss"], body["clientKey"]);
        let url = format!("{}/c/{event}", app.url).parse().unwrap();
        assert_eq!(claims["qsh"], qsh::qsh("POST", &url, &app.url.parse().unwrap()));
        match body["sharedSecret"].as_str() {
            Some(new) => {
                assert_eq!(event, "installed");
                assert_ne!(new, secret, "a rotation brings another secret");
                secret = new.to_owned();
            }
            None => assert_ne!(event, "installed"),
        }
    }
}

#[tokio::test]
async fn identity_outlives_a_restart_and_a_refusal_changes_nothing() {
    let calls = Calls::default();
    let app = app(&calls).await;
    let folder = tempfile::tempdir().unwrap();
    let first = Jira::open(surroundings(folder.path(), &app.url)).unwrap();
    first.act(Act::Install).await.unwrap();
    let again = Jira::open(surroundings(folder.path(), &app.url)).unwrap();
    assert_eq!(first.client_key().await, again.client_key().await);
    assert_eq!(first.0.install_key.public_pem, again.0.install_key.public_pem);

    let before = again.0.state.lock().await.site.shared_secret.clone();
    assert!(before.is_some());
    {
        let mut state = again.0.state.lock().await;
        let descriptor = Descriptor::fetch(&again.0.surroundings).await.unwrap();
        again.install(&mut state, &descriptor, "refuse".into()).await.unwrap_err();
        assert_eq!(state.site.shared_secret, before);
        assert!(state.log[0].answer.is_err());
    }
}

#[tokio::test]
async fn no_app_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let jira = Jira::open(surroundings(folder.path(), "http://127.0.0.1:9")).unwrap();
    let problem = jira.act(Act::Install).await.unwrap_err();
    assert!(problem.contains("could not be reached"), "{problem}");
}

#[tokio::test]
async fn the_page_and_the_key_server() {
    let folder = tempfile::tempdir().unwrap();
    let jira = Jira::open(surroundings(folder.path(), "http://127.0.0.1:9")).unwrap();
    let router = jira.router();
    let served = Served::start(|_| router).await;
    let page = served.get("/").await;
    assert!(page.1.contains("Practice world") && page.1.contains("Not installed"), "{}", page.1);
    let key = &jira.0.install_key;
    assert_eq!(served.get(&format!("/install-keys/{}", key.kid)).await, (200, key.public_pem.clone()));
    assert_eq!(served.get("/install-keys/other").await.0, 404);
    assert_eq!(served.post("/act/install", "", Some("cross-site")).await.0, 403);
    assert_eq!(served.post("/act/install", "", None).await.0, 502);
    assert_eq!(served.post("/act/other", "", None).await.0, 404);
}
