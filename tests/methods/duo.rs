//! Duo, answered by the practice world's.

use axum::http::{StatusCode, header};
use sqlx::PgPool;
use time::Duration;
use vestibule::config::Config;
use vestibule::factors::Method;
use vestibule::factors::duo::Duo;
use vestibule::practice::gateways::{DUO_CLIENT_ID, DUO_CLIENT_SECRET};

use super::outside::Outside;
use super::{allow, beside, failures, is_told, past_the_password};
use crate::support::{Browser, ORIGIN, Page, World};

async fn open(pool: PgPool) -> (World, Outside) {
    let outside = Outside::open().await;
    let world = outside.world(pool, Method::Duo, |_| {}).await;
    (world, outside)
}

/// Follows the page's link to Duo and presses a button there; where the browser is sent.
async fn at_duo(outside: &Outside, browser: &mut Browser, page: &Page, press: &str) -> String {
    let link = page.attribute("main a.primary", "href").unwrap_or_else(|| panic!("no link on {page:?}"));
    let there = browser.get_once(&link).await;
    assert_eq!(there.status, StatusCode::SEE_OTHER);
    let prompt = there.headers[header::LOCATION].to_str().unwrap();
    assert!(prompt.starts_with(&format!("{}/duo/oauth/v1/authorize?", outside.url)), "{prompt}");
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let page = http.get(prompt).send().await.unwrap().text().await.unwrap();
    let key = page.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("key", key)
        .append_pair("press", press)
        .finish();
    let answer = http
        .post(format!("{}/duo/answer", outside.url))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form)
        .send()
        .await
        .unwrap();
    let back = answer.headers()["location"].to_str().unwrap();
    back.strip_prefix(ORIGIN).expect("back to us").to_owned()
}

async fn enrol(world: &World, outside: &Outside, browser: &mut Browser) {
    let (page, request) = past_the_password(world, browser).await;
    assert_eq!(page.text("h1").as_deref(), Some("Set up Duo"), "{page:?}");
    let back = at_duo(outside, browser, &page, "approve").await;
    world.verify(&browser.get(&back).await, &request);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn one_approval_sets_it_up_and_another_one_signs_in(pool: PgPool) {
    let (world, outside) = open(pool).await;
    let mut browser = world.browser();
    let (page, request) = past_the_password(&world, &mut browser).await;
    let denied = at_duo(&outside, &mut browser, &page, "deny").await;
    let page = browser.get(&denied).await;
    is_told(&page, "Nothing was approved");
    let back = at_duo(&outside, &mut browser, &page, "approve").await;
    world.verify(&browser.get(&back).await, &request);

    let (page, request) = past_the_password(&world, &mut browser).await;
    assert_eq!(page.text("h1").as_deref(), Some("Approve it with Duo"));
    let back = at_duo(&outside, &mut browser, &page, "approve").await;
    let told = world.verify(&browser.get(&back).await, &request);
    assert_eq!(told.assertion.unwrap().authn_context, "https://refeds.org/profile/mfa");
    let again = browser.get(&back).await;
    assert!(again.text("h1").unwrap().contains("already signed in"), "a reload leads nowhere");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn whoever_says_no_is_asked_again_and_it_is_counted(pool: PgPool) {
    let (world, outside) = open(pool).await;
    let mut browser = world.browser();
    enrol(&world, &outside, &mut browser).await;
    let (mut page, request) = past_the_password(&world, &mut browser).await;
    for (press, words) in [
        ("deny", "Nothing was approved"),
        ("other", "can't be asked at the moment"),
        ("late", "this was denied"),
    ] {
        let back = at_duo(&outside, &mut browser, &page, press).await;
        page = browser.get(&back).await;
        is_told(&page, words);
    }
    assert_eq!(failures(&world).await, 1);
    for _ in 0..4 {
        let back = at_duo(&outside, &mut browser, &page, "late").await;
        page = browser.get(&back).await;
    }
    let back = at_duo(&outside, &mut browser, &page, "approve").await;
    page = browser.get(&back).await;
    is_told(&page, "Too many tries");
    world.pass(Duration::seconds(16));
    let back = at_duo(&outside, &mut browser, &page, "approve").await;
    world.verify(&browser.get(&back).await, &request);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn what_comes_back_is_good_once_and_for_its_own_sign_in(pool: PgPool) {
    let (world, outside) = open(pool).await;
    let mut browser = world.browser();
    enrol(&world, &outside, &mut browser).await;
    let (page, request) = past_the_password(&world, &mut browser).await;
    let mine = at_duo(&outside, &mut browser, &page, "approve").await;
    // Another sign-in's answer, in this one and by a browser that does not own it.
    let (other, _) = past_the_password(&world, &mut browser).await;
    let query = mine.split_once('?').unwrap().1;
    is_told(&browser.get(&format!("{}/return?{query}", other.path)).await, "does not belong to this sign-in");
    let stranger = world.browser().get(&mine).await;
    assert!(stranger.body.contains("belongs to another browser"), "{stranger:?}");
    for query in ["", "state=x&duo_code=y", "duo_code=y", "state=%00", &"a".repeat(9_000)] {
        let (page, _) = past_the_password(&world, &mut browser).await;
        is_told(&browser.get(&format!("{}/return?{query}", page.path)).await, "does not belong");
    }
    assert_eq!(browser.head(&mine).await.status, StatusCode::METHOD_NOT_ALLOWED, "scanners use nothing up");
    world.verify(&browser.get(&mine).await, &request);

    // An old page's answer, after a new one was asked for: its state is spent.
    let (page, _) = past_the_password(&world, &mut browser).await;
    let first = at_duo(&outside, &mut browser, &page, "late").await;
    let page = browser.get(&first).await;
    is_told(&page, "this was denied");
    is_told(&browser.get(&first).await, "does not belong to this sign-in");
    // Too late: Duo takes the code no more.
    let (page, _) = past_the_password(&world, &mut browser).await;
    let back = at_duo(&outside, &mut browser, &page, "approve").await;
    outside.clock.advance(Duration::minutes(6));
    world.pass(Duration::minutes(6));
    is_told(&browser.get(&back).await, "has expired or was used");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn duo_that_is_away_is_told_before_anybody_is_sent_there(pool: PgPool) {
    let outside = Outside::open().await;
    let world = outside.world(pool, Method::Duo, |_| {}).await;
    enrol(&world, &outside, &mut world.browser()).await;
    let at = |url: &str, client: &str| {
        Duo::configure(&Duo::api(&format!("{url}/duo")).unwrap(), client, DUO_CLIENT_SECRET).ok()
    };
    for (duo, seed) in
        [(at(Outside::nowhere(), DUO_CLIENT_ID), 3), (at(&outside.url, "DIPRACTICE0000000009"), 4)]
    {
        assert!(duo.is_some());
        let config = Config { duo, ..world.app.config.clone() };
        let mut browser = beside(&world, config, seed);
        let (page, _) = past_the_password(&world, &mut browser).await;
        let page = browser.get(&page.attribute("main a.primary", "href").unwrap()).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(page.text("#problem").unwrap().contains("can't be asked"), "{page:?}");
        assert!(page.attribute("main a.primary", "href").is_some(), "a way to try again");
    }
    assert_eq!(failures(&world).await, 0);
}

/// A method that is answered here has no way out and none back.
#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn other_methods_do_not_leave(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    allow(&world, &[Method::Totp]).await;
    let mut browser = world.browser();
    let (page, _) = past_the_password(&world, &mut browser).await;
    for end in ["leave", "return?code=123456", "return?state=x&duo_code=y"] {
        let shown = browser.get(&format!("{}/{end}", page.path)).await;
        assert_eq!((shown.status, shown.form().as_str()), (StatusCode::OK, "enrol"), "{end}");
    }
}
