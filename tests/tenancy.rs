//! Another site's ids, sessions and addresses lead nowhere (security.md N1), and nobody chooses
//! the address he is counted under (G6).

use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode};
use sqlx::PgPool;
use time::Duration;
use tower::ServiceExt;
use uuid::Uuid;
use vestibule::app::App;
use vestibule::audit::Actor;
use vestibule::config::Config;
use vestibule::customers::{self, AddForm};
use vestibule::factors;
use vestibule::factors::kind::NewFactor;
use vestibule::practice::sp::RequestOptions;
use vestibule::random::Random;
use vestibule::sites::{self, SiteId};
use vestibule::web::cookies;

use crate::support::{Browser, PASSWORD, Page, World, config, install};

/// Every address below a site with its methods, read from the routes themselves: a new one is
/// walked without being listed here.
fn routes() -> Vec<(String, Vec<Method>)> {
    let source = include_str!("../src/routes.rs");
    let routes: Vec<_> = source
        .split(".route(\"")
        .skip(1)
        .map(|rest| {
            let (path, rest) = rest.split_once('"').expect("a closed string");
            let handlers = rest.split(".route(").next().unwrap_or(rest).split(';').next().unwrap_or_default();
            let methods = [
                ("get(", Method::GET),
                ("post(", Method::POST),
                ("put(", Method::PUT),
                ("delete(", Method::DELETE),
            ];
            let methods: Vec<_> =
                methods.into_iter().filter(|(word, _)| handlers.contains(word)).map(|(_, m)| m).collect();
            assert!(!methods.is_empty(), "{path}: no method found in {handlers}");
            (path.to_owned(), methods)
        })
        .collect();
    assert!(routes.len() >= 10, "{routes:?}");
    // A page in Jira's frame names its site in its token (tests/admission.rs).
    let (of_sites, others): (Vec<_>, Vec<_>) =
        routes.into_iter().partition(|(path, _)| path.starts_with("/sites/{site}/"));
    assert!(others.iter().all(|(path, _)| path == "/connect/page/{page}"), "{others:?}");
    of_sites
}

async fn other_site(world: &World) -> SiteId {
    let other = install(&world.app, "client-key-2", "https://other.atlassian.net").await;
    let mut conn = world.app.db.acquire().await.unwrap();
    let sp = sites::ServiceProvider {
        entity_id: "https://other.example/sp".into(),
        acs_url: "https://other.example/acs".into(),
    };
    sites::store::set_service_provider(&mut conn, world.clock.now(), other, &sp).await.unwrap();
    other
}

async fn send(world: &World, browser: &Browser, method: &Method, path: &str) -> (StatusCode, String) {
    let cookies: Vec<_> = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("sec-fetch-site", "same-origin")
        .header("cookie", cookies.join("; "))
        .header("content-type", "application/x-www-form-urlencoded")
        .extension(ConnectInfo(browser.address))
        .body(Body::from("name=zoe&password=correct+horse+battery&code=123456"))
        .unwrap();
    let response = vestibule::routes::router(world.app.clone()).oneshot(request).await.unwrap();
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_foreign_id_leads_nowhere_on_every_route(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let other = other_site(&world).await;
    let mut browser = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    let signin = page.path.rsplit('/').next().unwrap().to_owned();
    let nobody = Uuid::from_u128(1).to_string();

    let before = state(&world).await;
    for (pattern, methods) in routes() {
        let filled = |site: &str, signin: &str| {
            let path = pattern.replace("{site}", site).replace("{signin}", signin);
            let path = path
                .replace("{step}", "guard")
                .replace("{test}", signin)
                .replace("{token}", "unknown")
                .replace("{factor}", signin)
                .replace("{customer}", signin)
                .replace("{act}", "unlock")
                .replace("{run}", signin)
                .replace("{import}", signin)
                .replace("{group}", signin)
                .replace("{number}", "0")
                .replace("{*nowhere}", "nowhere");
            assert!(!path.contains('{'), "{pattern}: teach this test what stands there");
            path
        };
        let mut paths = vec![filled(&nobody, &signin), filled(&other.to_string().to_uppercase(), &signin)];
        if pattern.contains("{signin}") {
            paths.push(filled(&other.to_string(), &signin));
            paths.push(filled(&world.site.to_string(), &nobody));
        }
        for path in paths {
            for method in &methods {
                let (status, body) = send(&world, &browser, method, &path).await;
                assert_eq!(status, StatusCode::NOT_FOUND, "{method} {path}");
                assert!(!body.contains("zoe") && !body.contains("acme"), "{method} {path}: {body}");
            }
        }
    }
    assert_eq!(state(&world).await, before, "and nothing has changed");
    assert_eq!(browser.get(&page.path).await.form(), "password", "where it belongs it goes on");
}

/// What the sign-ins and the trail hold.
async fn state(world: &World) -> (Vec<String>, i64) {
    let signins = sqlx::query_scalar("select s::text from signins s order by id")
        .fetch_all(&world.app.db)
        .await
        .unwrap();
    let events =
        sqlx::query_scalar("select count(*) from audit_events").fetch_one(&world.app.db).await.unwrap();
    (signins, events)
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_session_of_one_site_is_none_at_another(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let other = other_site(&world).await;
    let mut browser = world.browser();
    world.enrol(&mut browser, "zoe").await;
    let token = browser.cookies[&cookies::session_name(world.site.0)].clone();
    browser.cookies.insert(cookies::session_name(other.0), token);

    let signout = format!("/sites/{other}/signout");
    let page = browser.get(&signout).await;
    assert!(!page.body.contains("zoe@example.com"), "{}", page.body);
    browser.clone().post(&signout, &[]).await;
    let (url, request) = world.request(&RequestOptions::default());
    world.verify(&browser.get_once(&url).await, &request);

    // The other site, asked the way its own SP asks, with the same token under its name.
    world.configure("https://first.example/sp", "https://first.example/acs").await;
    let mut conn = world.app.db.acquire().await.unwrap();
    let sp =
        sites::ServiceProvider { entity_id: world.sp.entity_id().into(), acs_url: world.sp.acs_url().into() };
    sites::store::set_service_provider(&mut conn, world.clock.now(), other, &sp).await.unwrap();
    let there = RequestOptions {
        destination: vestibule::practice::sp::Part::Other(format!(
            "{}/sites/{other}/saml/sso",
            crate::support::ORIGIN
        )),
        ..RequestOptions::default()
    };
    let (url, _) = world.request(&there);
    let url = url.replace(&format!("/sites/{}/", world.site), &format!("/sites/{other}/"));
    let page = browser.get(&url).await;
    assert_eq!(page.form(), "password", "{page:?}");
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "her password is none there either");
}

/// Whoever is signed in reaches no factor of another site, by whatever address.
#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_factor_of_another_site_is_not_there(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let other = other_site(&world).await;
    let form = AddForm { email: "zoe@example.com".into(), given_name: "Zoë".into(), ..AddForm::default() };
    let there = customers::add(&world.app, other, form, Actor::Operator).await.unwrap();
    let factor =
        NewFactor { name: "Theirs".into(), secret: Some(vec![1; 20].into()), ..NewFactor::default() };
    let mut conn = world.app.db.acquire().await.unwrap();
    let now = world.clock.now();
    factors::add(&mut conn, &world.app, (other, there), factors::Method::Totp, factor, now).await.unwrap();
    let stored = async || -> (Uuid, String) {
        let sql = "select id, f::text from factors f where site_id = $1";
        sqlx::query_as(sql).bind(other.0).fetch_one(&world.app.db).await.unwrap()
    };
    let (theirs, before) = stored().await;

    let mut browser = world.browser();
    world.enrol(&mut browser, "zoe").await;
    let own = browser.get(&format!("/sites/{}/account", world.site)).await;
    let own = own.attribute(".rows a", "href").unwrap();
    assert_eq!(browser.get(&own).await.text("h1").as_deref(), Some("Change a second factor"), "the session");
    let token = browser.cookies[&cookies::session_name(world.site.0)].clone();
    browser.cookies.insert(cookies::session_name(other.0), token);
    let here = format!("/sites/{}/account/factors/{theirs}", world.site);
    let at_theirs = format!("/sites/{other}/account/factors/{theirs}");
    for (method, below) in [
        (Method::GET, ""),
        (Method::POST, ""),
        (Method::GET, "/remove"),
        (Method::POST, "/remove"),
        (Method::POST, "/replace"),
    ] {
        let (status, body) = send(&world, &browser, &method, &format!("{here}{below}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{method} {below}");
        assert!(!body.contains("Theirs"), "{method} {below}: {body}");
        let (status, body) = send(&world, &browser, &method, &format!("{at_theirs}{below}")).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{method} {below}: to the other site's sign-in");
        assert!(!body.contains("Theirs"), "{method} {below}: {body}");
    }
    assert_eq!(stored().await, (theirs, before), "and nothing has changed");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_forwarded_address_counts_from_trusted_proxies_only(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    for (seed, trusted, peer, forwarded, expected) in [
        (3, None, [203, 0, 113, 7], "198.51.100.1", "203.0.113.7"),
        (4, Some("10.0.0.0/8"), [203, 0, 113, 8], "198.51.100.1, 10.0.0.1", "203.0.113.8"),
        (5, Some("10.0.0.0/8"), [10, 0, 0, 1], "1.2.3.4, 198.51.100.2", "198.51.100.2"),
    ] {
        let trusted_proxies = trusted.map(|network| network.parse().unwrap()).into_iter().collect();
        let config = Config { trusted_proxies, ..config() };
        let app = App::new(config, world.app.db.clone(), world.clock.clone(), Random::seeded(seed));
        let router = behind(vestibule::routes::router(app), forwarded);
        let mut browser = Browser::new(router, crate::support::ORIGIN).at(peer);
        world.pass(Duration::seconds(1));
        let (url, _) = world.request(&RequestOptions::default());
        let page = browser.get(&url).await;
        let page: Page = browser.submit(&page, &[("name", "zoe"), ("password", "wrong password")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let audited: String =
            sqlx::query_scalar("select host(client_ip) from audit_events order by id desc limit 1")
                .fetch_one(&world.app.db)
                .await
                .unwrap();
        assert_eq!(audited, expected, "{forwarded} by {peer:?}");
        let counted: bool = sqlx::query_scalar("select exists (select from throttles where subject = $1)")
            .bind(format!("network:{expected}/32"))
            .fetch_one(&world.app.db)
            .await
            .unwrap();
        assert!(counted, "{expected} is what guesses are counted under");
    }
}

/// Every request says it was forwarded.
fn behind(router: Router, forwarded: &'static str) -> Router {
    router.layer(axum::middleware::map_request(move |mut request: Request<Body>| async move {
        assert!(request.extensions().get::<ConnectInfo<SocketAddr>>().is_some());
        request.headers_mut().insert("x-forwarded-for", forwarded.parse().unwrap());
        request
    }))
}
