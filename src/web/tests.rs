//! The layers together, through a real router.

use std::net::SocketAddr;

use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::MockConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use http_body_util::BodyExt;
use serde::Deserialize;
use tower::ServiceExt;

use super::*;
use crate::app::App;
use crate::clock::Clock;
use crate::config::{BaseUrl, Config, Pepper};
use crate::error::AppError;
use crate::random::Random;
use crate::vault::MasterKey;

/// An app whose database nobody asks.
fn app(base_url: &str) -> App {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = Config {
        base_url: BaseUrl::parse(base_url).unwrap(),
        listen: "127.0.0.1:0".parse().unwrap(),
        database_url: None,
        database_connections: 1,
        data_dir: "unused".into(),
        master_key: MasterKey::new([7; 32]),
        previous_master_keys: Vec::new(),
        pepper: Pepper([8; 32].into()),
        trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
        connect_keys_url: "https://keys.test/".parse().unwrap(),
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
    let db = sqlx::postgres::PgPoolOptions::new().connect_lazy("postgres://nobody@127.0.0.1:1/none").unwrap();
    App::new(config, db, Clock::System, Random::seeded(1))
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    name: String,
}

#[derive(Template)]
#[template(source = "<p>{{ nonce }}</p>", ext = "html")]
struct Back {
    nonce: String,
}

async fn typed(Form(typed): Form<Typed>) -> String {
    typed.name
}

async fn back(visitor: Visitor) -> Response {
    visitor.auto_post_page(&Back { nonce: visitor.nonce.clone() }, "https://sp.test/acs?connection=x")
}

async fn who(visitor: Visitor) -> String {
    visitor.ip.to_string()
}

async fn fault() -> AppError {
    AppError::internal(anyhow::anyhow!("the password of the database"))
}

fn panics() -> &'static str {
    assert!(std::hint::black_box(false), "a secret in a panic");
    ""
}

fn server(base_url: &str) -> Router {
    let app = app(base_url);
    let forms = Router::new().route("/form", post(typed).get(async || "form"));
    let pages = csrf::guard(forms, &app)
        .route("/saml", post(typed))
        .route("/back", get(back))
        .route("/who", get(who))
        .route("/fault", get(fault))
        .route("/busy", get(async || AppError::Busy { retry_after: 7 }))
        .route("/panic", get(async || panics()))
        .route("/own", get(async || (StatusCode::BAD_REQUEST, axum::response::Html("<p>own</p>"))));
    let machines = Router::new()
        .route("/machine/fault", get(fault))
        .route("/machine/json", get(async || axum::Json(serde_json::json!({"a": 1}))));
    layer(Audience::Portal, pages, &app)
        .merge(layer(Audience::Machine, machines, &app))
        .layer(MockConnectInfo(SocketAddr::from(([10, 0, 0, 1], 4000))))
        .with_state(app)
}

async fn ask(request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let response = server("https://v.test").oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
}

async fn read(path: &str) -> (StatusCode, HeaderMap, String) {
    ask(Request::get(path).body(Body::empty()).unwrap()).await
}

async fn send(
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> (StatusCode, HeaderMap, String) {
    let mut request = Request::post(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    ask(request.body(body.into()).unwrap()).await
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");

#[tokio::test]
async fn errors_are_pages_with_a_reference() {
    for (path, status) in [
        ("/nowhere", 404),
        ("/fault", 500),
        ("/panic", 500),
        ("/busy", 503),
        ("/saml", 405),
        ("/static/x.css", 404),
    ] {
        let (found, headers, body) = read(path).await;
        assert_eq!(found.as_u16(), status, "{path}");
        assert_eq!(headers["content-type"], "text/html; charset=utf-8", "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
        assert!(body.contains("<h1>") && body.contains("class=\"reference\""), "{path}: {body}");
        assert!(!body.contains("secret") && !body.contains("database"), "{path}: {body}");
    }
    assert_eq!(read("/busy").await.1["retry-after"], "7");
    assert_eq!(read("/saml").await.1["allow"], "POST");
    assert_eq!(read("/own").await.2, "<p>own</p>", "a room's own page stays");
}

#[tokio::test]
async fn machines_get_json() {
    let (status, headers, body) = read("/machine/fault").await;
    assert_eq!(status, 500);
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(headers["content-security-policy"], "default-src 'none'; frame-ancestors 'none'");
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["reference"].as_str().unwrap().len(), 10);
    assert_eq!(read("/machine/json").await.2, "{\"a\":1}");
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    for path in ["/form", "/nowhere", "/panic", "/machine/json", super::assets::css_url()] {
        let (_, headers, _) = read(path).await;
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["x-frame-options"], "DENY", "{path}");
        assert_eq!(headers["referrer-policy"], "same-origin", "{path}");
        assert_eq!(headers["strict-transport-security"], "max-age=63072000", "{path}");
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{path}: {policy}");
    }
    let policy = read("/form").await.1["content-security-policy"].clone();
    let policy = policy.to_str().unwrap();
    assert!(policy.contains("script-src 'none'") && policy.contains("form-action 'self'"), "{policy}");
    let plain = server("http://localhost:8080");
    let response = plain.oneshot(Request::get("/form").body(Body::empty()).unwrap()).await.unwrap();
    assert!(!response.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn the_way_back_may_run_its_one_script() {
    let (status, headers, body) = read("/back").await;
    assert_eq!(status, 200);
    let nonce = body.trim_start_matches("<p>").trim_end_matches("</p>");
    assert_eq!(nonce.len(), 43);
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.ends_with(&format!("script-src 'nonce-{nonce}'; form-action https:")), "{policy}");
    assert_eq!(headers["referrer-policy"], "strict-origin");
    assert_eq!(headers["cache-control"], "no-store");
}

#[tokio::test]
async fn forms_come_from_our_own_pages() {
    for (from, status) in [
        (vec![FORM, OURS], 200),
        (vec![FORM, ("origin", "https://v.test")], 200),
        (vec![FORM, ("sec-fetch-site", "cross-site"), ("origin", "https://v.test")], 403),
        (vec![FORM, ("sec-fetch-site", "same-site")], 403),
        (vec![FORM, ("origin", "https://evil.test"), ("host", "evil.test")], 403),
        (vec![FORM], 403),
    ] {
        let (found, _, body) = send("/form", &from, "name=zo%C3%AB").await;
        assert_eq!(found.as_u16(), status, "{from:?}");
        assert_eq!(body == "zoë", status == 200, "{from:?}: {body}");
        assert!(status == 200 || body.contains("<h1>"), "a page: {body}");
    }
    let posted = send("/saml", &[FORM, ("sec-fetch-site", "cross-site")], "name=a").await;
    assert_eq!(posted.2, "a", "the SAML endpoint stays outside");
}

#[tokio::test]
async fn unreadable_forms_get_a_plain_page() {
    let large = format!("name={}", "a".repeat(limits::BODY));
    let full = format!("name={}", "a".repeat(limits::BODY - 5));
    for (headers, body, status) in [
        (vec![FORM, OURS], "name=a&name=b".to_owned(), 400),
        (vec![("content-type", "application/json"), OURS], "{}".to_owned(), 415),
        (vec![OURS], "name=a".to_owned(), 415),
        (vec![FORM, OURS], large, 413),
        (vec![FORM, OURS], full, 200),
        (vec![FORM, OURS], "%%%&&&===&name=%zz%ff".to_owned(), 200),
        (vec![FORM, OURS], String::new(), 200),
    ] {
        let start = body.chars().take(20).collect::<String>();
        let (found, _, page) = send("/form", &headers, body).await;
        assert_eq!(found.as_u16(), status, "{start}");
        assert!(status == 200 || page.contains("<h1>"), "{start}: {page}");
    }
    // No length named beforehand: cut off while it is read.
    let unsized_body =
        Body::new(http_body_util::Full::from("a".repeat(limits::BODY + 1)).map_frame(|frame| frame));
    assert_eq!(send("/form", &[FORM, OURS], unsized_body).await.0, 413);
}

#[tokio::test]
async fn the_address_is_counted_through_our_proxy() {
    let request = Request::get("/who").header("x-forwarded-for", "1.2.3.4, 198.51.100.9");
    assert_eq!(ask(request.body(Body::empty()).unwrap()).await.2, "198.51.100.9");
}

#[tokio::test]
async fn assets_are_kept_for_ever() {
    let (status, headers, body) = read(assets::css_url()).await;
    assert_eq!(status, 200);
    assert_eq!(headers["content-type"], "text/css; charset=utf-8");
    assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
    assert!(body.contains(":focus-visible") && body.len() < 20_000, "under 20 KB");
    let again = Request::get(assets::css_url()).header("if-none-match", headers["etag"].clone());
    assert_eq!(ask(again.body(Body::empty()).unwrap()).await.0, 304);
    assert_eq!(read("/static/vestibule.0000000000000000.css").await.0, 404);
    assert_eq!(read("/static/..%2fvestibule.css").await.0, 404);
    assert_eq!(read(assets::icon_url()).await.1["content-type"], "image/svg+xml");
}

#[tokio::test]
async fn a_slow_answer_becomes_the_busy_page() {
    let app = app("https://v.test");
    let slow = Router::new().route("/slow", get(std::future::pending::<()>));
    let slow = limits::apply_with(slow, 10, std::time::Duration::ZERO);
    let server = visitor::attend(Audience::Portal, slow, &app).with_state(app);
    let response = server.oneshot(Request::get("/slow").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), 503);
    assert_eq!(response.headers()["retry-after"], "10");
    assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
}

/// The tokens of one scheme: `--name: #rrggbb;` between `start` and the next closing brace.
fn tokens(css: &str, start: &str) -> std::collections::HashMap<String, [f64; 3]> {
    let block = css.split_once(start).unwrap().1.split_once('}').unwrap().0;
    let lines = block.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
    let channel = |hex: &str, at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    lines.map(|(name, hex)| (name.to_owned(), [channel(hex, 0), channel(hex, 2), channel(hex, 4)])).collect()
}

#[test]
fn colours_can_be_told_apart() {
    let css = include_str!("../../static/vestibule.css");
    for (scheme, start) in [("light", ":root {"), ("dark", "(prefers-color-scheme: dark) {\n  :root {")] {
        let tokens = tokens(css, start);
        let light = |name: &str| {
            let [red, green, blue] = tokens[name];
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        for (front, back, least) in [
            ("ink", "card", 7.0),
            ("ink", "wall", 7.0),
            ("soft", "card", 4.5),
            ("soft", "wall", 4.5),
            ("accent", "card", 4.5),
            ("accent", "tint", 4.5),
            ("on-accent", "accent", 4.5),
            ("on-accent", "accent-over", 4.5),
            ("bad", "bad-tint", 4.5),
            ("ink", "bad-tint", 4.5),
            ("bad", "card", 3.0),
            ("edge", "card", 3.0),
        ] {
            let (a, b) = (light(front), light(back));
            let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(ratio >= least, "{scheme}: {front} on {back} is {ratio:.2}, wants {least}");
        }
    }
}
