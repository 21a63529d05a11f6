//! A site that asks for several kinds of factor (mission.md C4).

use sqlx::PgPool;
use time::Duration;
use vestibule::factors::Method;
use vestibule::policy::{Grace, Scope};
use vestibule::practice::sp::RequestOptions;

use super::{allow, past_the_password};
use crate::support::{Browser, Page, World, secret_on};

const TITLE: &str = "Add another way to prove it's you";

/// A site that asks for an app and questions.
async fn world(pool: PgPool) -> World {
    let world = World::new(pool).await;
    world.zoe().await;
    allow(&world, &[Method::Totp, Method::Questions, Method::BackupCodes]).await;
    world.policy(|policy| policy.settings.least_factors = 2).await;
    world
}

/// Sets an app up; the page after it, and the app's secret.
async fn with_an_app(world: &World, browser: &mut Browser) -> (Page, Vec<u8>) {
    let (page, _) = past_the_password(world, browser).await;
    let page = browser.post(&page.action("/enrol/choose"), &[("method", "totp")]).await;
    let secret = secret_on(&page);
    (browser.submit(&page, &[("code", &world.code(&secret))]).await, secret)
}

/// Signs in with the app; the page after it.
async fn by_the_app(world: &World, browser: &mut Browser, secret: &[u8]) -> Page {
    world.pass(Duration::minutes(1));
    let (page, _) = past_the_password(world, browser).await;
    assert_eq!(page.form(), "challenge");
    browser.submit(&page, &[("code", &world.code(secret))]).await
}

/// Answers three questions; the page after them.
async fn with_questions(browser: &mut Browser, page: &Page) -> Page {
    let mut page = browser.post(&page.action("/enrol/choose"), &[("method", "questions")]).await;
    for answer in ["Nick Cave", "Momo", "Frau Holle"] {
        let question = page.texts("option")[1].clone();
        page = browser.submit(&page, &[("question", &question), ("answer", answer)]).await;
    }
    page
}

fn is_answer(page: &Page) -> bool {
    page.attribute("input[name=SAMLResponse]", "value").is_some()
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn whoever_has_one_kind_sets_up_another(pool: PgPool) {
    let world = world(pool).await;
    let mut browser = world.browser();
    let (page, secret) = with_an_app(&world, &mut browser).await;
    assert_eq!(page.text("h1").as_deref(), Some(TITLE));
    assert!(page.body.contains("asks everybody for 2 ways"), "{}", page.body);
    let offered = page.texts("button.choice strong");
    assert_eq!(offered, ["Security questions"], "what is there already is not offered again");
    assert!(!page.body.contains("Not now"), "{}", page.body);
    let path = page.action("/enrol/choose").replace("/enrol/choose", "/skip");
    assert_eq!(browser.post(&path, &[]).await.text("h1").as_deref(), Some(TITLE), "nor by hand");

    // Left there, it is where the next sign-in leads, after the app's code.
    let mut later = world.browser();
    let page = by_the_app(&world, &mut later, &secret).await;
    assert_eq!(page.text("h1").as_deref(), Some(TITLE));
    later.saves_codes = false;
    let page = with_questions(&mut later, &page).await;
    assert_eq!(page.form(), "codes", "{page:?}");
    assert!(!page.body.contains("A second way to sign in"), "there are two");
    assert!(is_answer(&later.submit(&page, &[("saved", "on")]).await));
    assert!(is_answer(&by_the_app(&world, &mut later, &secret).await), "two are enough");

    // One that is off is none.
    sqlx::query("update factors set failures = 100 where kind = 'questions'")
        .execute(&world.app.db)
        .await
        .unwrap();
    let page = by_the_app(&world, &mut later, &secret).await;
    assert_eq!(page.text("h1").as_deref(), Some(TITLE));
    assert!(is_answer(&with_questions(&mut later, &page).await), "the new answers take the old ones' place");
    let replaced: i64 = sqlx::query_scalar(
        "select count(*) from audit_events
         where action = 'factor.removed' and result = 'replaced' and factor = 'questions'",
    )
    .fetch_one(&world.app.db)
    .await
    .unwrap();
    assert_eq!(replaced, 1);
    let kinds: Vec<(String, i32)> = sqlx::query_as("select kind, failures from factors order by kind")
        .fetch_all(&world.app.db)
        .await
        .unwrap();
    let kinds: Vec<_> = kinds.iter().map(|(kind, failures)| (kind.as_str(), *failures)).collect();
    assert_eq!(kinds, [("backup_codes", 0), ("questions", 0), ("totp", 0)]);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn another_kind_is_put_off_as_long_as_the_first(pool: PgPool) {
    let world = world(pool).await;
    world.policy(|policy| policy.settings.grace = Grace::Skips(2)).await;
    let mut browser = world.browser();
    browser.saves_codes = false;
    let (page, secret) = with_an_app(&world, &mut browser).await;
    assert!(page.body.contains("2 times left"), "{}", page.body);
    let page = browser.post(&page.action("/skip"), &[]).await;
    assert_eq!(page.form(), "codes", "whoever has just set one up is given codes all the same");
    assert!(page.body.contains("A second way to sign in"), "and a word on why two are better");
    assert!(is_answer(&browser.submit(&page, &[("saved", "on")]).await));

    let page = by_the_app(&world, &mut browser, &secret).await;
    assert!(page.body.contains("1 time left"), "{}", page.body);
    assert!(is_answer(&browser.post(&page.action("/skip"), &[]).await), "the app was shown: two factors");
    let page = by_the_app(&world, &mut browser, &secret).await;
    assert_eq!(page.text("h1").as_deref(), Some(TITLE));
    assert!(!page.body.contains("Not now"), "{}", page.body);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn nobody_is_asked_for_more_whom_2fa_is_not_for(pool: PgPool) {
    let world = world(pool).await;
    world.policy(|policy| policy.settings.scope = Scope::Selected).await;
    let strong = RequestOptions {
        authn_context: Some("https://refeds.org/profile/mfa".into()),
        ..RequestOptions::default()
    };
    let (url, request) = world.request(&strong);
    let mut browser = world.browser();
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", crate::support::PASSWORD)]).await;
    let secret = secret_on(&page);
    world.verify(&browser.submit(&page, &[("code", &world.code(&secret))]).await, &request);

    // Where only one kind is on, no more than that is asked for.
    world.policy(|policy| policy.settings.scope = Scope::Enforced).await;
    allow(&world, &[Method::Totp]).await;
    assert!(is_answer(&by_the_app(&world, &mut browser, &secret).await));
}
