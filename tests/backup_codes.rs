//! Backup codes (security.md B1): shown once, each good once, replaced as a set.

use axum::http::StatusCode;
use sqlx::PgPool;
use time::Duration;
use tokio::task::JoinSet;
use vestibule::practice::sp::{Outstanding, RequestOptions};

use crate::support::browser::{Browser, Page};
use crate::support::{PASSWORD, World, secret_on};

/// Sets an app up; the page that shows the codes.
async fn at_the_codes(world: &World, browser: &mut Browser) -> (Page, Outstanding) {
    browser.saves_codes = false;
    let (url, request) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    let code = world.code(&secret_on(&page));
    (browser.submit(&page, &[("code", &code)]).await, request)
}

/// Past the password, at the backup code's page.
async fn asked_for_a_code(world: &World, browser: &mut Browser) -> (Page, Outstanding) {
    let (url, request) = world.request(&RequestOptions { force_authn: true, ..RequestOptions::default() });
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(page.form(), "challenge");
    if page.text("h1").as_deref() == Some("Enter a backup code") {
        return (page, request);
    }
    let page = browser.post(&page.action("/challenge/other"), &[("method", "backup_codes")]).await;
    assert_eq!(page.text("h1").as_deref(), Some("Enter a backup code"));
    (page, request)
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_set_is_shown_until_it_is_saved_and_each_code_works_once(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    let (page, request) = at_the_codes(&world, &mut browser).await;
    assert_eq!(page.form(), "codes");
    let codes = page.texts(".codes li");
    assert_eq!(codes.len(), 10, "{codes:?}");
    assert_eq!(browser.get(&page.path).await.texts(".codes li"), codes, "a reload loses none");
    let download = page.attribute("a[download]", "href").unwrap();
    let file = percent_encoding::percent_decode_str(&download).decode_utf8().unwrap();
    assert!(codes.iter().all(|code| file.contains(code.as_str())), "{file}");

    let unsaved = browser.submit(&page, &[]).await;
    assert_eq!(unsaved.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unsaved.texts(".codes li"), codes);
    world.verify(&browser.submit(&unsaved, &[("saved", "on")]).await, &request);

    world.pass(Duration::minutes(1));
    let (page, request) = asked_for_a_code(&world, &mut browser).await;
    assert!(page.body.contains("You have 10 codes left"), "{}", page.body);
    let typed = codes[3].to_lowercase().replace('-', " ");
    let told = world.verify(&browser.submit(&page, &[("code", &typed)]).await, &request);
    assert_eq!(told.assertion.unwrap().authn_context, "https://refeds.org/profile/mfa");

    let (page, request) = asked_for_a_code(&world, &mut browser).await;
    assert!(page.body.contains("You have 9 codes left"), "{}", page.body);
    let used = browser.submit(&page, &[("code", &codes[3])]).await;
    assert!(used.body.contains("has been used already"), "{}", used.body);
    let wrong = browser.submit(&used, &[("code", "0000-0000-0000-0000")]).await;
    assert!(wrong.body.contains("none of your backup codes"), "{}", wrong.body);
    world.verify(&browser.submit(&wrong, &[("code", &codes[4])]).await, &request);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn codes_that_were_not_saved_are_no_way_in(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    let (page, request) = at_the_codes(&world, &mut browser).await;
    let codes = page.texts(".codes li");
    let page = browser.post(&page.action("/codes/later"), &[]).await;
    world.verify(&page, &request);
    let (url, _) = world.request(&RequestOptions { force_authn: true, ..RequestOptions::default() });
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert!(page.attribute("details.others", "class").is_none(), "an app is the only way");
    let page =
        browser.post(&format!("{}/other", page.action("/challenge")), &[("method", "backup_codes")]).await;
    assert_eq!(page.text("h1").as_deref(), Some("Enter your code"));
    let wrong = browser.submit(&page, &[("code", &codes[0])]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn of_many_at_once_with_one_code_one_gets_in(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut owner = world.browser();
    let (page, _) = at_the_codes(&world, &mut owner).await;
    let code = page.texts(".codes li").remove(0);
    owner.submit(&page, &[("saved", "on")]).await.response();
    let mut waiting = Vec::new();
    for _ in 0..6 {
        let mut browser = world.browser();
        let (page, _) = asked_for_a_code(&world, &mut browser).await;
        waiting.push((browser, page));
    }
    let mut tasks = JoinSet::new();
    for (mut browser, page) in waiting {
        let code = code.clone();
        tasks.spawn(async move { browser.submit(&page, &[("code", &code)]).await.body });
    }
    let pages = tasks.join_all().await;
    assert_eq!(pages.iter().filter(|page| page.contains("SAMLResponse")).count(), 1);
    assert_eq!(pages.iter().filter(|page| page.contains("has been used already")).count(), 5);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn whoever_uses_the_last_is_given_new_ones(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    let (page, _) = at_the_codes(&world, &mut browser).await;
    let codes = page.texts(".codes li");
    browser.submit(&page, &[("saved", "on")]).await.response();
    for code in &codes[1..] {
        let (page, request) = asked_for_a_code(&world, &mut browser).await;
        world.verify(&browser.submit(&page, &[("code", code)]).await, &request);
    }
    let (page, request) = asked_for_a_code(&world, &mut browser).await;
    assert!(page.body.contains("You have 1 code left"), "{}", page.body);
    let page = browser.submit(&page, &[("code", &codes[0])]).await;
    assert_eq!(page.form(), "codes");
    let fresh = page.texts(".codes li");
    assert!(fresh.iter().all(|code| !codes.contains(code)));
    world.verify(&browser.submit(&page, &[("saved", "on")]).await, &request);
    let (page, request) = asked_for_a_code(&world, &mut browser).await;
    let old = browser.submit(&page, &[("code", &codes[5])]).await;
    assert!(old.body.contains("none of your backup codes"), "{}", old.body);
    world.verify(&browser.submit(&old, &[("code", &fresh[9])]).await, &request);
}
