//! Who is let into the pages inside Jira: every endpoint, every way to be wrong (Connect's three
//! kinds of token; CVE-2021-26073, -26074 and -26077 came from taking one for another).

use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;
use time::Duration;
use tower::ServiceExt;
use uuid::Uuid;
use vestibule::app::App;
use vestibule::random::Random;
use vestibule::sites::SiteId;

use crate::support::jira::{self, ADA, Jira, NOOR, Token, seconds};
use crate::support::{World, config, install};

/// Every admin endpoint, read from the routes themselves.
fn endpoints() -> Vec<(Method, String)> {
    let source = include_str!("../src/routes.rs");
    let mut found = Vec::new();
    for rest in source.split(".route(").skip(1) {
        let Some(path) = rest.split('"').nth(1).filter(|path| path.contains("/admin/")) else { continue };
        let handlers = rest.split(".route(").next().unwrap_or(rest).split(";\n").next().unwrap_or_default();
        for (word, method) in [("get(", Method::GET), ("post(", Method::POST)] {
            if handlers.contains(word) {
                found.push((method, path.to_owned()));
            }
        }
    }
    assert!(found.len() >= 12, "{found:?}");
    found
}

/// An answer, as far as these tests look at it.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

async fn send(router: &Router, method: &Method, url: &str, token: Option<&str>, form: &str) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .extension(ConnectInfo(SocketAddr::from(([198, 51, 100, 7], 40_000))));
    if let Some(token) = token {
        request = request.header("authorization", format!("JWT {token}"));
    }
    let response = router.clone().oneshot(request.body(Body::from(form.to_owned())).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
}

/// All that an endpoint could have changed.
async fn state(world: &World) -> Vec<String> {
    let mut all = Vec::new();
    for table in ["sites", "setups", "policies", "saml_keys", "signin_tests", "customers", "audit_events"] {
        let rows: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "select t::text from {table} t order by t::text"
        )))
        .fetch_all(&world.app.db)
        .await
        .unwrap();
        all.extend(rows);
    }
    all
}

/// A site with its Jira, and another site.
async fn open(pool: PgPool) -> (World, Jira, SiteId, Router) {
    let world = World::new(pool).await;
    let jira = Jira::start().await;
    jira::at(&world, world.site, &jira).await;
    let other = install(&world.app, "client-key-2", "https://other.atlassian.net").await;
    jira::at(&world, other, &jira).await;
    let router = vestibule::routes::router(world.app.clone());
    (world, jira, other, router)
}

fn filled(pattern: &str, site: SiteId) -> String {
    let path = pattern
        .replace("{site}", &site.to_string())
        .replace("{step}", "guard")
        .replace("{*nowhere}", "nowhere/at/all");
    let id = Uuid::from_u128(1).to_string();
    let path = path
        .replace("{test}", &id)
        .replace("{customer}", &id)
        .replace("{act}", "reset-mfa")
        .replace("{run}", &id)
        .replace("{import}", &id)
        .replace("{group}", &id)
        .replace("{number}", "0");
    assert!(!path.contains('{'), "{pattern}: teach this test what stands there");
    path
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn every_endpoint_admits_administrators_with_a_context_token_only(pool: PgPool) {
    let (world, _jira, other, router) = open(pool).await;
    let now = world.clock.now();
    let good = Token::context(&world, world.site, ADA).await;
    let elsewhere = Token::context(&world, other, ADA).await;
    let forged = Token { secret: elsewhere.secret.clone(), ..good.clone() };
    let before = state(&world).await;
    for (method, pattern) in endpoints() {
        let path = filled(&pattern, world.site);
        let bound = good.clone().bound_to(method.as_str(), &path, "");
        let cases: [(&str, Option<String>, StatusCode); 14] = [
            ("no token", None, StatusCode::UNAUTHORIZED),
            ("rubbish", Some("rubbish".into()), StatusCode::UNAUTHORIZED),
            ("expired", Some(good.clone().with("exp", seconds(now, 31)).signed()), StatusCode::UNAUTHORIZED),
            (
                "from the future",
                Some(good.clone().with("iat", seconds(now, -60)).signed()),
                StatusCode::UNAUTHORIZED,
            ),
            ("bound to this very URL", Some(bound.signed()), StatusCode::UNAUTHORIZED),
            ("without qsh", Some(good.clone().with("qsh", Value::Null).signed()), StatusCode::UNAUTHORIZED),
            (
                "signed with RS256",
                Some(Token { algorithm: "RS256", ..good.clone() }.signed()),
                StatusCode::UNAUTHORIZED,
            ),
            (
                "not signed",
                Some(Token { algorithm: "none", ..good.clone() }.signed()),
                StatusCode::UNAUTHORIZED,
            ),
            ("signed by another site", Some(forged.signed()), StatusCode::UNAUTHORIZED),
            ("of another site", Some(elsewhere.signed()), StatusCode::UNAUTHORIZED),
            (
                "of an unknown site",
                Some(good.clone().with("iss", json!("nobody")).signed()),
                StatusCode::UNAUTHORIZED,
            ),
            ("of nobody", Some(good.clone().with("sub", Value::Null).signed()), StatusCode::UNAUTHORIZED),
            (
                "of an empty name",
                Some(good.clone().with("sub", json!("")).signed()),
                StatusCode::UNAUTHORIZED,
            ),
            (
                "of no administrator",
                Some(Token::context(&world, world.site, NOOR).await.signed()),
                StatusCode::FORBIDDEN,
            ),
        ];
        for (name, token, status) in cases {
            let answer = send(&router, &method, &path, token.as_deref(), "ready=on").await;
            assert_eq!(answer.status, status, "{method} {path}, {name}: {}", answer.body);
            assert!(answer.body.contains("role=\"alert\""), "{method} {path}, {name}: {}", answer.body);
            assert_eq!(answer.headers["hx-retarget"], "#notice", "what was typed stays");
        }
        // The kinds of place: a context token counts in the header, nowhere else.
        let in_address = format!("{path}?jwt={}", good.signed());
        let answer = send(&router, &method, &in_address, None, "").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path}, in the address");
        // Another site's address, and one that nobody has.
        for site in [other, SiteId(Uuid::from_u128(9))] {
            let answer = send(&router, &method, &filled(&pattern, site), Some(&good.signed()), "").await;
            let status = if site == other { StatusCode::UNAUTHORIZED } else { StatusCode::NOT_FOUND };
            assert_eq!(answer.status, status, "{method} {path} at {site}");
        }
    }
    assert_eq!(state(&world).await, before, "and nothing has changed");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn administrators_are_asked_for_once_a_minute(pool: PgPool) {
    let (world, jira, _, router) = open(pool).await;
    let path = filled("/sites/{site}/admin/setup", world.site);
    let ask = async || {
        let token = Token::context(&world, world.site, ADA).await.signed();
        send(&router, &Method::GET, &path, Some(&token), "").await.status
    };
    assert_eq!((ask().await, ask().await, jira.asked()), (StatusCode::OK, StatusCode::OK, 1));
    jira.dismiss(ADA);
    world.pass(Duration::seconds(59));
    assert_eq!((ask().await, jira.asked()), (StatusCode::OK, 1));
    world.pass(Duration::seconds(1));
    assert_eq!((ask().await, jira.asked()), (StatusCode::FORBIDDEN, 2));
    assert_eq!((ask().await, jira.asked()), (StatusCode::FORBIDDEN, 3), "a no is not remembered");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_jira_in_trouble_lets_nobody_in_and_says_so(pool: PgPool) {
    let (world, jira, _, router) = open(pool).await;
    let path = filled("/sites/{site}/admin/setup", world.site);
    let token = Token::context(&world, world.site, ADA).await.signed();
    for (status, words) in [
        (500, "Jira does not answer"),
        (503, "Jira does not answer"),
        (429, "Jira does not answer"),
        (204, "Jira does not answer"),
        (302, "Jira does not answer"),
        (401, "Jira no longer knows this app"),
        (403, "Jira no longer knows this app"),
    ] {
        jira.trouble(status);
        let answer = send(&router, &Method::GET, &path, Some(&token), "").await;
        assert_eq!(answer.status, StatusCode::BAD_GATEWAY, "{status}");
        assert!(answer.body.contains(words), "{status}: {}", answer.body);
    }
    jira.trouble(0);
    assert_eq!(send(&router, &Method::GET, &path, Some(&token), "").await.status, StatusCode::OK);
    sqlx::query("update sites set status = 'uninstalled', uninstalled_at = now() where id = $1")
        .bind(world.site.0)
        .execute(&world.app.db)
        .await
        .unwrap();
    assert_eq!(send(&router, &Method::GET, &path, Some(&token), "").await.status, StatusCode::GONE);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn without_a_licence_pages_are_read_only(pool: PgPool) {
    let (world, _jira, _, private) = open(pool).await;
    let sold = vestibule::config::Config { marketplace_licence: true, ..config() };
    let sold = App::new(sold, world.app.db.clone(), world.clock.clone(), Random::seeded(3));
    let sold = vestibule::routes::router(sold);
    let token = Token::context(&world, world.site, ADA).await;
    let load = async |router: &Router, licence: &str| {
        let query = format!("lic={licence}");
        let bound = token.clone().bound_to("GET", "/connect/page/setup", &query).signed();
        send(router, &Method::GET, &format!("/connect/page/setup?{query}&jwt={bound}"), None, "").await.status
    };
    let path = filled("/sites/{site}/admin/setup", world.site);
    let form = format!("{path}/guard");
    let post = async |router: &Router| {
        send(router, &Method::POST, &form, Some(&token.signed()), "ready=on").await.status
    };
    assert_eq!(load(&sold, "none").await, StatusCode::OK);
    assert_eq!(post(&sold).await, StatusCode::FORBIDDEN);
    let shown = send(&sold, &Method::GET, &path, Some(&token.signed()), "").await;
    assert!(shown.status == StatusCode::OK && shown.body.contains("This site has no licence"));
    // A rubbish value says nothing; the next good one counts.
    assert_eq!((load(&sold, "maybe").await, post(&sold).await), (StatusCode::OK, StatusCode::FORBIDDEN));
    assert_eq!((load(&sold, "active").await, post(&sold).await), (StatusCode::OK, StatusCode::OK));
    // Nobody sells a private app.
    assert_eq!((load(&private, "none").await, post(&private).await), (StatusCode::OK, StatusCode::OK));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_page_in_the_frame_takes_an_address_signed_by_jira_only(pool: PgPool) {
    let (world, _jira, other, router) = open(pool).await;
    let now = world.clock.now();
    let good = Token::context(&world, world.site, ADA).await;
    let bound = |token: &Token| token.clone().bound_to("GET", "/connect/page/setup", "cp=");
    let foreign = Token::context(&world, other, ADA).await;
    let cases: [(&str, String, StatusCode); 9] = [
        ("right", bound(&good).signed(), StatusCode::OK),
        ("context token", good.signed(), StatusCode::UNAUTHORIZED),
        (
            "another URL",
            good.clone().bound_to("GET", "/connect/page/two-factor", "cp=").signed(),
            StatusCode::UNAUTHORIZED,
        ),
        (
            "another query",
            good.clone().bound_to("GET", "/connect/page/setup", "").signed(),
            StatusCode::UNAUTHORIZED,
        ),
        ("expired", bound(&good).with("exp", seconds(now, 31)).signed(), StatusCode::UNAUTHORIZED),
        (
            "forged",
            Token { secret: foreign.secret.clone(), ..bound(&good) }.signed(),
            StatusCode::UNAUTHORIZED,
        ),
        ("RS256", Token { algorithm: "RS256", ..bound(&good) }.signed(), StatusCode::UNAUTHORIZED),
        ("nobody", bound(&good).with("sub", Value::Null).signed(), StatusCode::UNAUTHORIZED),
        (
            "no administrator",
            bound(&Token::context(&world, world.site, NOOR).await).signed(),
            StatusCode::FORBIDDEN,
        ),
    ];
    for (name, token, status) in cases {
        let url = format!("/connect/page/setup?cp=&jwt={token}");
        let answer = send(&router, &Method::GET, &url, None, "").await;
        assert_eq!(answer.status, status, "{name}: {}", answer.body);
        assert!(!answer.headers.contains_key("x-frame-options"), "{name}: Jira shows it in a frame");
        assert_eq!(answer.headers["referrer-policy"], "no-referrer", "{name}: the address holds a token");
        assert!(!answer.headers.contains_key("set-cookie"), "{name}");
        assert!(answer.body.contains("<h1>") || status == StatusCode::OK, "{name}: {}", answer.body);
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("frame-ancestors 'self' https://*.atlassian.net https://*.jira.com"),
            "{policy}"
        );
        let scripts = if status == StatusCode::OK {
            "script-src 'self' https://connect-cdn.example/all.js;"
        } else {
            "script-src 'none';"
        };
        assert!(policy.contains(scripts), "{name}: {policy}");
        let known = status != StatusCode::UNAUTHORIZED || name == "nobody";
        assert_eq!(
            policy.contains("https://acme.atlassian.net"),
            known,
            "{name}: who may frame it: {policy}"
        );
    }
    // In the header it is no page's token, and twice is once too often.
    for url in [
        "/connect/page/setup?cp=".to_owned(),
        format!("/connect/page/setup?cp=&jwt={0}&jwt={0}", bound(&good).signed()),
    ] {
        let answer = send(&router, &Method::GET, &url, Some(&bound(&good).signed()), "").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{url}");
    }
    let lost = good.clone().bound_to("GET", "/connect/page/nowhere", "").signed();
    let answer = send(&router, &Method::GET, &format!("/connect/page/nowhere?jwt={lost}"), None, "").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
