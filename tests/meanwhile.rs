//! Something changes while a sign-in stands half way: what was shown before it counts no more.

use sqlx::PgPool;
use time::Duration;
use tokio::task::JoinSet;
use vestibule::customers::{self, CustomerId};
use vestibule::practice::sp::RequestOptions;

use crate::support::{Browser, PASSWORD, Page, World, code_at, secret_on};

/// A browser whose sign-in has shown the password.
async fn past_password(world: &World, name: &str, password: &str) -> (Browser, Page) {
    let mut browser = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", name), ("password", password)]).await;
    (browser, page)
}

async fn factors_of(world: &World, customer: CustomerId) -> i64 {
    sqlx::query_scalar("select count(*) from factors where customer_id = $1 and kind = 'totp'")
        .bind(customer.0)
        .fetch_one(&world.app.db)
        .await
        .unwrap()
}

/// What a reset of the password will do.
async fn reset_password(world: &World, customer: CustomerId, password: &str) {
    let password = customers::password::Normalised::new(password).unwrap();
    let hash = world.app.hasher.hash(&password, world.app.random.bytes()).await.unwrap();
    let mut conn = world.app.db.acquire().await.unwrap();
    let now = world.clock.now();
    assert!(customers::store::set_password(&mut conn, world.site, customer, &hash, now).await.unwrap());
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn an_app_set_up_meanwhile_is_asked_for_instead_of_adding_another(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    // Somebody who knows the password only, at the page that sets up an app.
    let (mut thief, enrol) = past_password(&world, "zoe", PASSWORD).await;
    assert_eq!(enrol.form(), "enrol");
    let (_, _, zoes) = world.enrol(&mut world.browser(), "zoe").await;

    let own = secret_on(&enrol);
    let page = thief.submit(&enrol, &[("code", &world.code(&own))]).await;
    assert_eq!(page.form(), "challenge", "{page:?}");
    assert_eq!(factors_of(&world, zoe).await, 1);
    world.pass(Duration::minutes(1));
    let page = thief.submit(&page, &[("code", &world.code(&own))]).await;
    assert_eq!(page.form(), "challenge", "the code of the app that was not added");
    let page = thief.submit(&page, &[("code", &world.code(&zoes))]).await;
    assert!(!page.response().1.is_empty());
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn of_many_enrolments_at_once_one_succeeds(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    let mut waiting = Vec::new();
    for _ in 0..8 {
        waiting.push(past_password(&world, "zoe", PASSWORD).await);
    }
    let mut tasks = JoinSet::new();
    for (mut browser, page) in waiting {
        let code = world.code(&secret_on(&page));
        tasks.spawn(async move { browser.submit(&page, &[("code", &code)]).await.form() });
    }
    let forms = tasks.join_all().await;
    assert_eq!(factors_of(&world, zoe).await, 1);
    assert_eq!(forms.iter().filter(|form| *form == "challenge").count(), 7, "{forms:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_second_factor_switched_on_meanwhile_is_asked_for(pool: PgPool) {
    let world = World::new(pool).await;
    world.customer("max@example.com", None, "Max", "Muster", "tiny-9-zebra").await;
    world.two_factor(false).await;
    let (mut browser, page) = past_password(&world, "max@example.com", "tiny-9-zebra").await;
    assert_eq!(page.form(), "new-password");
    world.two_factor(true).await;
    let new = "nine zebras walk quietly";
    let page = browser.submit(&page, &[("password", new), ("repeat", new)]).await;
    assert_eq!(page.form(), "enrol", "{page:?}");
    let (_, page) = past_password(&world, "max@example.com", "tiny-9-zebra").await;
    assert_eq!(page.form(), "enrol", "no password is changed before the second factor was shown");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_replaced_password_opens_no_second_tab(pool: PgPool) {
    let world = World::new(pool).await;
    world.customer("max@example.com", None, "Max", "Muster", "tiny-9-zebra").await;
    world.two_factor(false).await;
    let (mut thief, theirs) = past_password(&world, "max@example.com", "tiny-9-zebra").await;
    let (mut browser, page) = past_password(&world, "max@example.com", "tiny-9-zebra").await;
    assert_eq!((theirs.form(), page.form()), ("new-password".into(), "new-password".into()));
    world.pass(Duration::minutes(1));
    let new = "nine zebras walk quietly";
    browser.submit(&page, &[("password", new), ("repeat", new)]).await.response();

    let other = "ten rabbits sleep deeply";
    let page = thief.submit(&theirs, &[("password", other), ("repeat", other)]).await;
    assert_eq!(page.form(), "password", "{page:?}");
    let (_, page) = past_password(&world, "max@example.com", other).await;
    assert_eq!(page.form(), "password", "it was not changed again");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_reset_password_ends_sign_ins_under_way(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    let (_, _, secret) = world.enrol(&mut world.browser(), "zoe").await;
    let max = world.customer("max@example.com", None, "Max", "Muster", PASSWORD).await;
    let (mut at_code, code_page) = past_password(&world, "zoe", PASSWORD).await;
    let (mut at_enrolment, enrol_page) = past_password(&world, "max@example.com", PASSWORD).await;
    world.pass(Duration::minutes(1));
    for customer in [zoe, max] {
        reset_password(&world, customer, "nine zebras walk quietly").await;
    }
    let page = at_code.submit(&code_page, &[("code", &world.code(&secret))]).await;
    assert_eq!(page.form(), "password", "{page:?}");
    let page = at_enrolment.submit(&enrol_page, &[("code", &world.code(&secret_on(&enrol_page)))]).await;
    assert_eq!(page.form(), "password", "{page:?}");
    assert_eq!(factors_of(&world, max).await, 0);
    let (mut again, page) = past_password(&world, "zoe", "nine zebras walk quietly").await;
    let page = again.submit(&page, &[("code", &code_at(&secret, world.clock.now()))]).await;
    assert!(!page.response().1.is_empty(), "the code was not spent");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_customer_deleted_meanwhile_gets_nowhere(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    let (mut browser, page) = past_password(&world, "zoe", PASSWORD).await;
    sqlx::query("delete from customers where id = $1").bind(zoe.0).execute(&world.app.db).await.unwrap();
    let page = browser.submit(&page, &[("code", &world.code(&secret_on(&page)))]).await;
    assert_eq!(page.status.as_u16(), 404);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_password_replaced_while_it_is_looked_at_lets_nobody_in(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    let mut browser = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    // The sign-in's row is held, so that the old password is found right but not yet acted on.
    let mut holder = world.app.db.begin().await.unwrap();
    sqlx::query("select from signins for update").execute(&mut *holder).await.unwrap();
    let submitted = tokio::spawn(async move {
        browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await.form()
    });
    let reserved = "select exists (select from throttles where subject like 'account:%')";
    while !sqlx::query_scalar::<_, bool>(reserved).fetch_one(&world.app.db).await.unwrap() {
        tokio::task::yield_now().await;
    }
    world.pass(Duration::SECOND);
    reset_password(&world, zoe, "nine zebras walk quietly").await;
    holder.rollback().await.unwrap();
    assert_eq!(submitted.await.unwrap(), "password");
}
