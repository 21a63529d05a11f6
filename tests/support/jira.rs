//! A Jira that answers one question, and the tokens it gives: worked out here anew, with no code of
//! the product's.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::{Value, json};
use time::OffsetDateTime;
use vestibule::sites::SiteId;

use super::World;

/// Ada administers; Noor does not.
pub const ADA: &str = "712020:ada";
pub const BEA: &str = "712020:bea";
pub const NOOR: &str = "712020:noor";

/// What it knows and has been asked.
#[derive(Clone)]
pub struct Jira(Arc<Parts>);

struct Parts {
    address: String,
    admins: Mutex<BTreeSet<&'static str>>,
    /// The status it answers with instead of an answer; 0 for none.
    trouble: AtomicU16,
    asked: AtomicUsize,
}

impl Jira {
    /// On a free port of this machine.
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let jira = Self(Arc::new(Parts {
            address: format!("http://{}", listener.local_addr().unwrap()),
            admins: Mutex::new(BTreeSet::from([ADA, BEA])),
            trouble: AtomicU16::new(0),
            asked: AtomicUsize::new(0),
        }));
        let router =
            Router::new().route("/rest/api/3/permissions/check", post(check)).with_state(jira.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        jira
    }

    pub fn address(&self) -> &str {
        &self.0.address
    }

    pub fn dismiss(&self, account: &'static str) {
        self.0.admins.lock().unwrap().remove(account);
    }

    /// Answers with `status` from now on; 0 ends it.
    pub fn trouble(&self, status: u16) {
        self.0.trouble.store(status, Ordering::SeqCst);
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }
}

async fn check(State(jira): State<Jira>, headers: HeaderMap, body: String) -> (StatusCode, String) {
    jira.0.asked.fetch_add(1, Ordering::SeqCst);
    let trouble = jira.0.trouble.load(Ordering::SeqCst);
    if trouble != 0 {
        return (StatusCode::from_u16(trouble).unwrap(), String::new());
    }
    let signed = headers["authorization"].to_str().unwrap().starts_with("JWT ey");
    let question: Value = serde_json::from_str(&body).unwrap();
    assert!(signed && question["globalPermissions"] == json!(["ADMINISTER"]), "{headers:?} {body}");
    let account = question["accountId"].as_str().unwrap();
    let granted: &[&str] =
        if jira.0.admins.lock().unwrap().contains(account) { &["ADMINISTER"] } else { &[] };
    (StatusCode::OK, json!({ "globalPermissions": granted, "projectPermissions": [] }).to_string())
}

/// What a token says; start from [`Token::context`] and change what is to be wrong.
#[derive(Clone, Debug)]
pub struct Token {
    pub algorithm: &'static str,
    pub secret: Vec<u8>,
    pub claims: Value,
}

impl Token {
    /// A context token of `account` at `site`.
    pub async fn context(world: &World, site: SiteId, account: &str) -> Self {
        let (client_key, secret) = shared(world, site).await;
        let iat = world.clock.now().unix_timestamp();
        let claims = json!({
            "iss": client_key, "sub": account, "qsh": "context-qsh", "iat": iat, "exp": iat + 900,
        });
        Self { algorithm: "HS256", secret, claims }
    }

    /// The same with another claim; null takes it away.
    pub fn with(mut self, claim: &str, value: Value) -> Self {
        if value.is_null() {
            self.claims.as_object_mut().unwrap().remove(claim);
        } else {
            self.claims[claim] = value;
        }
        self
    }

    /// Bound to a request, as in the address of a page.
    pub fn bound_to(self, method: &str, path: &str, query: &str) -> Self {
        let canonical = format!("{method}&{path}&{query}");
        let hash = openssl::sha::sha256(canonical.as_bytes());
        self.with("qsh", json!(data_encoding::HEXLOWER.encode(&hash)))
    }

    pub fn signed(&self) -> String {
        let part = |value: &Value| data_encoding::BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let head =
            format!("{}.{}", part(&json!({ "alg": self.algorithm, "typ": "JWT" })), part(&self.claims));
        let signature = match self.algorithm {
            "HS256" => {
                let key = openssl::pkey::PKey::hmac(&self.secret).unwrap();
                sign(&key, &head)
            }
            "RS256" => {
                let key = openssl::pkey::PKey::from_rsa(openssl::rsa::Rsa::generate(2048).unwrap()).unwrap();
                sign(&key, &head)
            }
            _ => Vec::new(),
        };
        format!("{head}.{}", data_encoding::BASE64URL_NOPAD.encode(&signature))
    }
}

fn sign(key: &openssl::pkey::PKeyRef<openssl::pkey::Private>, text: &str) -> Vec<u8> {
    let mut signer = openssl::sign::Signer::new(openssl::hash::MessageDigest::sha256(), key).unwrap();
    signer.update(text.as_bytes()).unwrap();
    signer.sign_to_vec().unwrap()
}

async fn shared(world: &World, site: SiteId) -> (String, Vec<u8>) {
    let mut conn = world.app.db.acquire().await.unwrap();
    let secret =
        vestibule::sites::store::shared_secret(&mut conn, &world.app.vault, site).await.unwrap().unwrap();
    let found = vestibule::sites::store::find(&mut conn, site).await.unwrap().unwrap();
    (found.client_key, secret.unwrap().to_vec())
}

/// Points a site at this Jira.
pub async fn at(world: &World, site: SiteId, jira: &Jira) {
    sqlx::query("update sites set base_url = $2 where id = $1")
        .bind(site.0)
        .bind(jira.address())
        .execute(&world.app.db)
        .await
        .unwrap();
}

/// A moment before, in seconds since the epoch.
pub fn seconds(at: OffsetDateTime, earlier: i64) -> Value {
    json!(at.unix_timestamp() - earlier)
}
