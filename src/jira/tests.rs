//! The lifecycle calls through the room's router: real tokens, a real key server on loopback.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use openssl::rsa::Rsa;
use serde_json::{Value, json};
use sqlx::PgPool;
use time::{Duration, OffsetDateTime};
use tower::ServiceExt;

use super::*;
use crate::clock::Clock;
use crate::config::{BaseUrl, Config, Pepper};
use crate::random::Random;
use crate::sites::{Site, SiteStatus, store};
use crate::vault::MasterKey;

const BASE: &str = "http://app.localhost:8080";
const START: i64 = 1_800_000_000;

/// An App at [`START`] that looks for install keys at `keys`.
pub(crate) fn app(pool: PgPool, keys: &str) -> App {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = Config {
        base_url: BaseUrl::parse(BASE).unwrap(),
        listen: "127.0.0.1:0".parse().unwrap(),
        database_url: None,
        database_connections: 4,
        data_dir: "data".into(),
        master_key: MasterKey::new([1; 32]),
        previous_master_keys: vec![],
        pepper: Pepper(zeroize::Zeroizing::new([2; 32])),
        trusted_proxies: vec![],
        connect_keys_url: keys.parse().unwrap(),
        connect_script_url: "https://connect-cdn.example/all.js".parse().unwrap(),
        app_key: "vestibule".into(),
        marketplace_licence: false,
        create_in_jira: false,
        hash_workers: 1,
        mail: None,
        sms: None,
        yubikey: None,
        duo: None,
    };
    let start = OffsetDateTime::from_unix_timestamp(START).unwrap();
    App::new(config, pool, Clock::fixed(start), Random::seeded(1))
}

/// Atlassian: signs lifecycle calls and publishes its key as `kid-1`.
struct Atlassian {
    app: App,
    key: EncodingKey,
}

/// What a site answers and what it has been told.
struct Answer {
    status: StatusCode,
    body: String,
}

impl Atlassian {
    async fn new(pool: PgPool) -> Self {
        let rsa = Rsa::generate(2048).unwrap();
        let pem = rsa.public_key_to_pem().unwrap();
        let serve = move |Path(kid): Path<String>| async move {
            if kid == "kid-1" { Ok(pem) } else { Err(StatusCode::NOT_FOUND) }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let keys = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, Router::new().route("/{kid}", get(serve))).await });
        let key = EncodingKey::from_rsa_pem(&rsa.private_key_to_pem().unwrap()).unwrap();
        Self { app: app(pool, &keys), key }
    }

    /// Claims for `POST path` from `client_key`, issued now.
    fn claims(&self, path: &str, client_key: &str) -> Value {
        let now = self.app.clock.now().unix_timestamp();
        let qsh = qsh::hash("POST", path, None);
        json!({"iss": client_key, "aud": [BASE], "iat": now, "exp": now + 180, "qsh": qsh})
    }

    fn rs256(&self, claims: &Value) -> String {
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some("kid-1".into());
        encode(&header, claims, &self.key).unwrap()
    }

    async fn post(&self, path: &str, token: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(path)
            .header("authorization", format!("JWT {token}"))
            .header("content-type", "application/json")
            .body(body.into())
            .unwrap();
        self.send(request).await
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = routes().with_state(self.app.clone()).oneshot(request).await.unwrap();
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        Answer { status, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// A well-signed `installed` call.
    async fn install(&self, client_key: &str, host: &str, secret: &str) -> StatusCode {
        let token = self.rs256(&self.claims("/connect/installed", client_key));
        self.post("/connect/installed", &token, body(client_key, host, secret)).await.status
    }

    /// A well-signed `uninstalled` call.
    async fn uninstall(&self, client_key: &str) -> StatusCode {
        let token = self.rs256(&self.claims("/connect/uninstalled", client_key));
        self.post("/connect/uninstalled", &token, body(client_key, "acme", "s")).await.status
    }

    /// `enabled` or `disabled`, signed with `secret`.
    async fn toggle(&self, path: &str, client_key: &str, secret: &str) -> StatusCode {
        let token = hs256(secret.as_bytes(), &self.claims(path, client_key));
        self.post(path, &token, body(client_key, "acme", secret)).await.status
    }

    fn later(&self, seconds: i64) {
        self.app.clock.advance(Duration::seconds(seconds));
    }

    async fn sites(&self) -> Vec<Site> {
        store::list(&mut self.app.db.acquire().await.unwrap()).await.unwrap()
    }

    async fn only_site(&self) -> Site {
        let mut sites = self.sites().await;
        assert_eq!(sites.len(), 1);
        sites.remove(0)
    }

    async fn secret(&self, site: &Site) -> String {
        let mut conn = self.app.db.acquire().await.unwrap();
        let secret = store::shared_secret(&mut conn, &self.app.vault, site.id).await.unwrap();
        String::from_utf8(secret.unwrap().unwrap().to_vec()).unwrap()
    }

    async fn audited(&self) -> Vec<(String, String)> {
        let rows = sqlx::query!("select action, result from audit_events order by id");
        let rows = rows.fetch_all(&self.app.db).await.unwrap();
        rows.into_iter().map(|row| (row.action, row.result)).collect()
    }
}

fn hs256(secret: &[u8], claims: &Value) -> String {
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some("kid-1".into());
    encode(&header, claims, &EncodingKey::from_secret(secret)).unwrap()
}

fn body(client_key: &str, host: &str, secret: &str) -> String {
    json!({
        "key": "vestibule", "clientKey": client_key, "sharedSecret": secret, "productType": "jira",
        "baseUrl": format!("https://{host}.atlassian.net"), "eventType": "installed", "novelty": 1,
    })
    .to_string()
}

fn secret(letter: &str) -> String {
    letter.repeat(40)
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_site_is_installed_with_its_secret_sealed(pool: PgPool) {
    let atlassian = Atlassian::new(pool).await;
    assert_eq!(atlassian.install("c1", "acme", &secret("a")).await, StatusCode::NO_CONTENT);
    let site = atlassian.only_site().await;
    assert_eq!((site.client_key.as_str(), site.status), ("c1", SiteStatus::Installed));
    assert_eq!(
        (site.base_url.as_str(), site.display_url.as_str()),
        ("https://acme.atlassian.net", "https://acme.atlassian.net")
    );
    assert_eq!(atlassian.secret(&site).await, secret("a"));
    let sealed = sqlx::query_scalar!("select sealed_shared_secret from sites");
    let sealed = sealed.fetch_one(&atlassian.app.db).await.unwrap();
    assert!(!sealed.windows(8).any(|w| w == b"aaaaaaaa"));
    assert_eq!(atlassian.audited().await, [("site.installed".into(), "created".into())]);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_badly_signed_install_changes_nothing(pool: PgPool) {
    let atlassian = Atlassian::new(pool).await;
    let path = "/connect/installed";
    let good = atlassian.claims(path, "c1");
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        atlassian.rs256(&claims)
    };
    let stranger = Atlassian::new(atlassian.app.db.clone()).await;
    let mut unknown_kid = Header::new(Algorithm::RS256);
    unknown_kid.kid = Some("kid-2".into());
    let body = body("c1", "acme", &secret("a"));
    for (name, token, reason) in [
        ("another client's token", with("iss", json!("c2")), "issuer"),
        ("another audience", with("aud", json!(["https://evil.example"])), "audience"),
        ("expired", with("exp", json!(START - 31)), "expired"),
        ("from the future", with("iat", json!(START + 31)), "future"),
        ("for uninstalled", with("qsh", json!(qsh::hash("POST", "/connect/uninstalled", None))), "qsh"),
        ("context", with("qsh", json!("context-qsh")), "qsh"),
        ("signed by a stranger", stranger.rs256(&good), "signature"),
        ("an unknown key", encode(&unknown_kid, &good, &atlassian.key).unwrap(), "unknown"),
        ("HS256 by its own secret", hs256(secret("a").as_bytes(), &good), "algorithm"),
        ("empty", String::new(), "not a JWT"),
        ("garbage", "a.b.c".into(), "not a JWT"),
    ] {
        let answer = atlassian.post(path, &token, body.clone()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{name}");
        assert!(answer.body.contains(reason), "{name}: {}", answer.body);
    }
    let bare = Request::post(path).body(Body::from(body.clone())).unwrap();
    assert_eq!(atlassian.send(bare).await.status, StatusCode::UNAUTHORIZED);
    let bearer = Request::post(path).header("authorization", format!("Bearer {}", atlassian.rs256(&good)));
    assert_eq!(
        atlassian.send(bearer.body(Body::from(body.clone())).unwrap()).await.status,
        StatusCode::UNAUTHORIZED
    );
    // The URL is part of what is signed.
    let answer = atlassian.post("/connect/installed?x=1", &atlassian.rs256(&good), body).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(atlassian.sites().await.is_empty());
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_malformed_body_is_told_after_the_token_only(pool: PgPool) {
    let atlassian = Atlassian::new(pool).await;
    let path = "/connect/installed";
    let token = atlassian.rs256(&atlassian.claims(path, "c1"));
    for bad in [
        "",
        "{",
        "{}",
        r#"{"clientKey":"c1"}"#,
        &body("c1", "acme", "short"),
        &body("c1", "a/@x", &secret("a")),
    ] {
        let answer = atlassian.post(path, &token, bad.to_owned()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad}");
        assert_eq!(atlassian.post(path, "x", bad.to_owned()).await.status, StatusCode::UNAUTHORIZED, "{bad}");
    }
    let large = atlassian.post(path, &token, vec![b' '; MAX_BODY + 1]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(atlassian.sites().await.is_empty());
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_rotation_and_a_rename_keep_the_site(pool: PgPool) {
    let atlassian = Atlassian::new(pool).await;
    atlassian.install("c1", "acme", &secret("a")).await;
    let before = atlassian.only_site().await;
    atlassian.later(60);
    assert_eq!(atlassian.install("c1", "acme-two", &secret("b")).await, StatusCode::NO_CONTENT);
    let after = atlassian.only_site().await;
    assert_eq!((after.id, after.installed_at), (before.id, before.installed_at));
    assert_eq!(after.base_url, "https://acme-two.atlassian.net");
    assert_eq!(atlassian.secret(&after).await, secret("b"));
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_replayed_install_brings_back_no_old_secret_and_none_of_its_own(pool: PgPool) {
    let atlassian = Atlassian::new(pool).await;
    let path = "/connect/installed";
    let overheard = atlassian.rs256(&atlassian.claims(path, "c1"));
    let first = body("c1", "acme", &secret("a"));
    assert_eq!(atlassian.post(path, &overheard, first.clone()).await.status, StatusCode::NO_CONTENT);
    // An answer that got lost: the same call again is well, and changes nothing.
    atlassian.later(5);
    assert_eq!(atlassian.post(path, &overheard, first.clone()).await.status, StatusCode::NO_CONTENT);
    // The token does not cover the body: an eavesdropper's own secret is refused.
    let answer = atlassian.post(path, &overheard, body("c1", "acme", &secret("e"))).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(atlassian.secret(&atlassian.only_site().await).await, secret("a"));
    // After a rotation the first call is old, though its token lives.
    assert_eq!(atlassian.install("c1", "acme", &secret("b")).await, StatusCode::NO_CONTENT);
    assert_eq!(atlassian.post(path, &overheard, first).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(atlassian.secret(&atlassian.only_site().await).await, secret("b"));
    let results: Vec<String> = atlassian.audited().await.into_iter().map(|(_, result)| result).collect();
    assert_eq!(results, ["created", "repeated", "superseded", "renewed", "superseded"]);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn uninstall_parks_and_reinstall_revives(pool: PgPool) {
    let atlassian = Atlassian::new(pool).await;
    let path = "/connect/installed";
    let old = atlassian.rs256(&atlassian.claims(path, "c1"));
    let old_body = body("c1", "acme", &secret("a"));
    atlassian.post(path, &old, old_body.clone()).await;
    let before = atlassian.only_site().await;
    atlassian.later(10);
    assert_eq!(atlassian.uninstall("c1").await, StatusCode::NO_CONTENT);
    let parked = atlassian.only_site().await;
    assert_eq!((parked.id, parked.status), (before.id, SiteStatus::Uninstalled));
    assert_eq!(parked.uninstalled_at, Some(atlassian.app.clock.now()));
    // Once more is well; a late `disabled` (Jira sends both side by side) unparks nothing; the old
    // install brings nothing back.
    atlassian.later(1);
    assert_eq!(atlassian.uninstall("c1").await, StatusCode::NO_CONTENT);
    for path in ["/connect/disabled", "/connect/enabled"] {
        assert_eq!(atlassian.toggle(path, "c1", &secret("a")).await, StatusCode::NO_CONTENT);
    }
    assert_eq!(atlassian.post(path, &old, old_body).await.status, StatusCode::UNAUTHORIZED);
    let still = atlassian.only_site().await;
    assert_eq!((still.status, still.uninstalled_at), (SiteStatus::Uninstalled, parked.uninstalled_at));
    // Reinstalled: the same site. An `uninstalled` from before comes too late.
    let late = atlassian.rs256(&atlassian.claims("/connect/uninstalled", "c1"));
    atlassian.later(10);
    assert_eq!(atlassian.install("c1", "acme", &secret("b")).await, StatusCode::NO_CONTENT);
    let answer = atlassian.post("/connect/uninstalled", &late, body("c1", "acme", "s")).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let revived = atlassian.only_site().await;
    assert_eq!((revived.id, revived.status), (before.id, SiteStatus::Installed));
    assert_eq!(revived.uninstalled_at, None);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn an_import_continues_the_site_under_its_new_key(pool: PgPool) {
    let atlassian = Atlassian::new(pool).await;
    let late = atlassian.rs256(&atlassian.claims("/connect/installed", "c1"));
    atlassian.install("c1", "acme", &secret("a")).await;
    let before = atlassian.only_site().await;
    atlassian.later(10);
    assert_eq!(atlassian.install("c2", "acme", &secret("b")).await, StatusCode::NO_CONTENT);
    let after = atlassian.only_site().await;
    assert_eq!((after.id, after.client_key.as_str()), (before.id, "c2"));
    assert_eq!(atlassian.secret(&after).await, secret("b"));
    // The old key names no site now: its calls neither park nor take the site back.
    assert_eq!(atlassian.uninstall("c1").await, StatusCode::NO_CONTENT);
    assert_eq!(atlassian.toggle("/connect/disabled", "c1", &secret("a")).await, StatusCode::UNAUTHORIZED);
    let answer = atlassian.post("/connect/installed", &late, body("c1", "acme", &secret("a"))).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let still = atlassian.only_site().await;
    assert_eq!((still.client_key.as_str(), still.status), ("c2", SiteStatus::Installed));
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_parked_sites_address_passes_to_a_stranger_without_its_data(pool: PgPool) {
    let atlassian = Atlassian::new(pool).await;
    atlassian.install("c1", "acme", &secret("a")).await;
    atlassian.later(10);
    atlassian.uninstall("c1").await;
    atlassian.later(10);
    assert_eq!(atlassian.install("c2", "acme", &secret("b")).await, StatusCode::NO_CONTENT);
    let sites = atlassian.sites().await;
    assert_eq!(sites.iter().map(|s| s.client_key.as_str()).collect::<Vec<_>>(), ["c1", "c2"]);
    assert_ne!(sites[0].id, sites[1].id);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn enabled_and_disabled_are_signed_with_the_sites_own_secret(pool: PgPool) {
    let atlassian = Atlassian::new(pool).await;
    atlassian.install("c1", "acme", &secret("a")).await;
    atlassian.install("c2", "other", &secret("b")).await;
    let status = async || atlassian.sites().await[0].status;
    assert_eq!(atlassian.toggle("/connect/disabled", "c1", &secret("a")).await, StatusCode::NO_CONTENT);
    assert_eq!(status().await, SiteStatus::Disabled);
    assert_eq!(atlassian.toggle("/connect/enabled", "c1", &secret("a")).await, StatusCode::NO_CONTENT);
    assert_eq!(status().await, SiteStatus::Installed);

    let path = "/connect/disabled";
    let claims = atlassian.claims(path, "c1");
    let mut context = claims.clone();
    context["qsh"] = json!("context-qsh");
    let mut elsewhere = claims.clone();
    elsewhere["qsh"] = json!(qsh::hash("POST", "/connect/enabled", None));
    for (name, token, body) in [
        ("another site's secret", hs256(secret("b").as_bytes(), &claims), body("c1", "acme", "s")),
        ("a context token", hs256(secret("a").as_bytes(), &context), body("c1", "acme", "s")),
        ("another URL", hs256(secret("a").as_bytes(), &elsewhere), body("c1", "acme", "s")),
        ("a lifecycle token", atlassian.rs256(&claims), body("c1", "acme", "s")),
        ("another site's body", hs256(secret("a").as_bytes(), &claims), body("c2", "other", "s")),
    ] {
        let answer = atlassian.post(path, &token, body).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{name}: {}", answer.body);
    }
    assert_eq!(atlassian.toggle(path, "nobody", &secret("a")).await, StatusCode::UNAUTHORIZED);
    // A page's token, or the site's secret, uninstalls nothing.
    let claims = atlassian.claims("/connect/uninstalled", "c1");
    let symmetric = hs256(secret("a").as_bytes(), &claims);
    let answer = atlassian.post("/connect/uninstalled", &symmetric, body("c1", "acme", "s")).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(status().await, SiteStatus::Installed);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn installs_at_the_same_moment_make_one_site(pool: PgPool) {
    let atlassian = Atlassian::new(pool).await;
    let (s1, s2) = (secret("a"), secret("b"));
    let (first, second) = tokio::join!(
        async { tokio::join!(atlassian.install("c1", "acme", &s1), atlassian.install("c1", "acme", &s1)) },
        atlassian.install("c2", "acme", &s2),
    );
    assert_eq!((first, second), ((StatusCode::NO_CONTENT, StatusCode::NO_CONTENT), StatusCode::NO_CONTENT));
    atlassian.only_site().await;
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn keys_out_of_reach_are_no_refusal(pool: PgPool) {
    let mut atlassian = Atlassian::new(pool).await;
    atlassian.app = app(atlassian.app.db.clone(), "http://127.0.0.1:1");
    assert_eq!(atlassian.install("c1", "acme", &secret("a")).await, StatusCode::SERVICE_UNAVAILABLE);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn the_descriptor_is_served(pool: PgPool) {
    let atlassian = Atlassian::new(pool).await;
    let answer = atlassian.send(Request::get("/atlassian-connect.json").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
    let descriptor: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&descriptor["key"], &descriptor["baseUrl"]), (&json!("vestibule"), &json!(BASE)));
    for path in descriptor["lifecycle"].as_object().unwrap().values() {
        let post = Request::post(path.as_str().unwrap()).body(Body::empty()).unwrap();
        assert_eq!(atlassian.send(post).await.status, StatusCode::UNAUTHORIZED, "{path} exists");
    }
}
