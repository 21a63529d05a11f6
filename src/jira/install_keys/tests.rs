use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use openssl::rsa::Rsa;

use super::*;

/// A key server that answers by the id asked for, and counts.
async fn key_server() -> (Url, Arc<AtomicUsize>, reqwest::Client) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let count = Arc::new(AtomicUsize::new(0));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    let router = Router::new().route("/{kid}", get(answer)).with_state(count.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    (base, count, http)
}

async fn answer(State(count): State<Arc<AtomicUsize>>, Path(kid): Path<String>) -> Response {
    count.fetch_add(1, Ordering::SeqCst);
    let rsa = |bits| Rsa::generate(bits).unwrap();
    match kid.as_str() {
        "good" => rsa(2048).public_key_to_pem().unwrap().into_response(),
        "weak" => rsa(1024).public_key_to_pem().unwrap().into_response(),
        "private" => rsa(2048).private_key_to_pem().unwrap().into_response(),
        "long" => vec![b'x'; MAX_KEY + 1].into_response(),
        "text" => "hello".into_response(),
        "empty" => ().into_response(),
        "moved" => (StatusCode::FOUND, [("location", "/good")]).into_response(),
        "broken" => StatusCode::BAD_GATEWAY.into_response(),
        "curve" => {
            let group = openssl::ec::EcGroup::from_curve_name(openssl::nid::Nid::X9_62_PRIME256V1).unwrap();
            openssl::ec::EcKey::generate(&group).unwrap().public_key_to_pem().unwrap().into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

#[tokio::test]
async fn only_a_strong_rsa_public_key_passes() {
    let (base, _, http) = key_server().await;
    let keys = InstallKeys::default();
    for (kid, expected) in [
        ("good", "ok"),
        ("weak", "unusable"),
        ("private", "unusable"),
        ("curve", "unusable"),
        ("long", "unusable"),
        ("text", "unusable"),
        ("empty", "unusable"),
        ("moved", "unreachable"),
        ("broken", "unreachable"),
        ("other", "unknown"),
    ] {
        let found = keys.get(&http, &base, &Kid::parse(kid).unwrap(), OffsetDateTime::UNIX_EPOCH).await;
        let found = match found {
            Ok(_) => "ok",
            Err(KeyError::Unusable(_)) => "unusable",
            Err(KeyError::Unreachable(_)) => "unreachable",
            Err(KeyError::Unknown(_)) => "unknown",
            Err(KeyError::Busy) => "busy",
        };
        assert_eq!(found, expected, "{kid}");
    }
}

#[tokio::test]
async fn a_key_is_fetched_once_an_hour_and_a_failure_every_time() {
    let (base, count, http) = key_server().await;
    let keys = InstallKeys::default();
    let start = OffsetDateTime::UNIX_EPOCH;
    let good = Kid::parse("good").unwrap();
    for (minutes, fetched) in [(0, 1), (1, 1), (59, 1), (60, 2), (61, 2)] {
        keys.get(&http, &base, &good, start + Duration::minutes(minutes)).await.unwrap();
        assert_eq!(count.load(Ordering::SeqCst), fetched, "after {minutes} min");
    }
    let other = Kid::parse("other").unwrap();
    for fetched in [3, 4] {
        assert!(keys.get(&http, &base, &other, start).await.is_err());
        assert_eq!(count.load(Ordering::SeqCst), fetched);
    }
}

#[tokio::test]
async fn strangers_can_not_start_fetches_without_end() {
    let (base, count, http) = key_server().await;
    let keys = InstallKeys::default();
    let all = keys.fetches.try_acquire_many(FETCHES as u32).unwrap();
    let good = Kid::parse("good").unwrap();
    let refused = keys.get(&http, &base, &good, OffsetDateTime::UNIX_EPOCH).await;
    assert!(matches!(refused, Err(KeyError::Busy)));
    assert_eq!(count.load(Ordering::SeqCst), 0);
    drop(all);
    assert!(keys.get(&http, &base, &good, OffsetDateTime::UNIX_EPOCH).await.is_ok());
}
