//! Rules of docs/security.md that no other story would break.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::http::StatusCode;
use axum::response::Redirect;
use sqlx::PgPool;
use time::Duration;
use vestibule::practice::sp::RequestOptions;
use vestibule::web::cookies;

use crate::support::{PASSWORD, World, code_at};

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn every_authentication_makes_a_new_session_and_ends_the_old_one(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let name = cookies::session_name(world.site.0);
    let mut browser = world.browser();
    // A cookie somebody else planted is not taken over.
    browser.cookies.insert(name.clone(), "p".repeat(43));
    let (_, _, secret) = world.enrol(&mut browser, "zoe").await;
    let first = browser.clone();
    assert_ne!(first.cookies[&name], "p".repeat(43));

    let (url, request) = world.request(&RequestOptions::default());
    world.verify(&browser.get_once(&url).await, &request);
    assert_eq!(browser.cookies[&name], first.cookies[&name], "using a session is no authentication");

    world.pass(Duration::minutes(1));
    let (url, _) = world.request(&RequestOptions { force_authn: true, ..RequestOptions::default() });
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(browser.cookies[&name], first.cookies[&name], "a password alone makes none");
    browser.submit(&page, &[("code", &world.code(&secret))]).await.response();
    assert_ne!(browser.cookies[&name], first.cookies[&name]);

    let (url, request) = world.request(&RequestOptions::default());
    world.verify(&browser.get_once(&url).await, &request);
    let (url, _) = world.request(&RequestOptions::default());
    assert_eq!(first.clone().get(&url).await.form(), "password", "the old token is worth nothing");
    let sessions: i64 =
        sqlx::query_scalar("select count(*) from sessions").fetch_one(&world.app.db).await.unwrap();
    assert_eq!(sessions, 1);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_changed_password_ends_the_other_sessions(pool: PgPool) {
    let world = World::new(pool).await;
    let short = "tiny-9-zebra";
    world.customer("max@example.com", None, "Max", "Muster", short).await;
    let mut elsewhere = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let page = elsewhere.get(&url).await;
    let page = elsewhere.submit(&page, &[("name", "max@example.com"), ("password", short)]).await;
    let code = world.code(&crate::support::secret_on(&page));
    elsewhere.submit(&page, &[("code", &code)]).await.response();
    world.two_factor(false).await;
    let (url, request) = world.request(&RequestOptions::default());
    world.verify(&elsewhere.get(&url).await, &request);

    let mut browser = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    let typed = [("name", "max@example.com"), ("password", short)];
    let page = browser.submit(&page, &typed).await;
    assert_eq!(page.form(), "challenge", "whoever only knows the password does not replace it");
    sqlx::query("delete from factors").execute(&world.app.db).await.unwrap();
    let page = browser.post(&page.action("/restart"), &[]).await;
    let page = browser.submit(&page, &typed).await;
    assert_eq!(page.form(), "new-password");
    let new = "nine zebras walk quietly";
    browser.submit(&page, &[("password", new), ("repeat", new)]).await.response();

    let (url, _) = world.request(&RequestOptions::default());
    assert_eq!(elsewhere.get(&url).await.form(), "password", "ended elsewhere");
    let (url, request) = world.request(&RequestOptions::default());
    world.verify(&browser.get(&url).await, &request);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn beginning_anew_resets_no_count_of_wrong_codes(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let (_, _, secret) = world.enrol(&mut world.browser(), "zoe").await;
    world.pass(Duration::minutes(1));
    let (url, _) = world.request(&RequestOptions::default());
    let mut browser = world.browser();
    let mut page = browser.get(&url).await;
    let long_ago = code_at(&secret, world.clock.now() - Duration::hours(9));
    for _ in 0..5 {
        page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
        assert_eq!(page.form(), "challenge");
        browser.submit(&page, &[("code", &long_ago)]).await;
        page = browser.post(&format!("{}/restart", path_of(&page.path)), &[]).await;
        assert_eq!(page.form(), "password");
    }
    // From another browser, in another sign-in, with the password and the code both right.
    let mut other = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let page = other.get(&url).await;
    let page = other.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    let waits = other.submit(&page, &[("code", &world.code(&secret))]).await;
    assert_eq!(waits.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(waits.body.contains("15 seconds"), "{}", waits.body);
}

/// A sign-in's own address, from that of any of its pages.
fn path_of(page: &str) -> String {
    page.split('/').take(5).collect::<Vec<_>>().join("/")
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn outgoing_calls_follow_no_redirect(pool: PgPool) {
    let world = World::new(pool).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let server = Router::new().fallback(move || async move {
        counted.fetch_add(1, Ordering::SeqCst);
        Redirect::to("/internal")
    });
    let serving = tokio::spawn(async move { axum::serve(listener, server).await });
    let answer = world.app.http.get(format!("http://{address}/key")).send().await.unwrap();
    serving.abort();
    assert_eq!(answer.status(), 303);
    assert_eq!(calls.load(Ordering::SeqCst), 1, "nobody sends this server where he likes");
}
