//! Guessing passwords and codes gets nobody anywhere, and locks nobody out.

use std::collections::HashMap;

use axum::http::StatusCode;
use sqlx::PgPool;
use time::Duration;
use tokio::task::JoinSet;
use vestibule::audit::Actor;
use vestibule::practice::sp::RequestOptions;
use vestibule::{customers, signin};

use crate::support::{Browser, PASSWORD, Page, World, code_at};

async fn try_password(world: &World, browser: &mut Browser, name: &str, password: &str) -> Page {
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    browser.submit(&page, &[("name", name), ("password", password)]).await
}

/// A page without what differs between any two loads of it.
fn fixed_part(page: &Page, name: &str) -> String {
    let reference = page.text(".reference").unwrap_or_default();
    assert!(!reference.is_empty(), "{page:?}");
    let id = page.path.split('/').nth(4).unwrap_or_default().to_owned();
    let nonce = page.attribute("script", "nonce").unwrap();
    page.body.replace(&id, "ID").replace(name, "NAME").replace(&reference, "REF").replace(&nonce, "NONCE")
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn unknown_wrong_and_waiting_look_the_same(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let unknown = try_password(&world, &mut world.browser(), "nobody@example.com", "wrong password").await;
    let wrong = try_password(&world, &mut world.browser(), "zoe@example.com", "wrong password").await;
    for _ in 0..6 {
        try_password(&world, &mut world.browser(), "zoe@example.com", "wrong password").await;
    }
    let waiting = try_password(&world, &mut world.browser(), "zoe@example.com", PASSWORD).await;
    for (page, name) in
        [(&unknown, "nobody@example.com"), (&wrong, "zoe@example.com"), (&waiting, "zoe@example.com")]
    {
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.form(), "password");
        assert_eq!(fixed_part(page, name), fixed_part(&unknown, "nobody@example.com"));
        assert_eq!(
            page.headers.keys().collect::<Vec<_>>(),
            unknown.headers.keys().collect::<Vec<_>>(),
            "the headers tell nothing either"
        );
    }
    assert_eq!(wrong.attribute("input[name=name]", "value").as_deref(), Some("zoe@example.com"), "kept");
    assert_eq!(wrong.attribute("input[name=password]", "value"), None, "never sent back");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn waits_grow_and_end_with_the_right_password(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    for _ in 0..5 {
        try_password(&world, &mut browser, "zoe", "wrong password").await;
    }
    assert_eq!(try_password(&world, &mut browser, "zoe", PASSWORD).await.form(), "password", "must wait");
    assert_eq!(
        try_password(&world, &mut browser, "zoe@example.com", PASSWORD).await.form(),
        "password",
        "email and username share one count"
    );
    world.pass(Duration::seconds(15));
    assert_eq!(try_password(&world, &mut browser, "zoe", PASSWORD).await.form(), "enrol");
    for _ in 0..4 {
        try_password(&world, &mut browser, "zoe", "wrong password").await;
    }
    assert_eq!(
        try_password(&world, &mut browser, "zoe", PASSWORD).await.form(),
        "enrol",
        "the count began anew"
    );
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_thousand_guesses_at_once_share_one_count(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut tasks = JoinSet::new();
    for at in 0..40u8 {
        // From many networks, so that only the account's own count can stop them.
        let mut browser = world.browser().at([203, 0, 113, at]);
        let (url, _) = world.request(&RequestOptions::default());
        tasks.spawn(async move {
            let page = browser.get(&url).await;
            browser.submit(&page, &[("name", "zoe"), ("password", "wrong password")]).await.status
        });
    }
    tasks.join_all().await;
    let results = results(&world, "signin.password").await;
    assert_eq!(results.get("wrong_password"), Some(&5), "{results:?}");
    assert_eq!(results.get("too_soon"), Some(&35), "{results:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn strangers_cannot_lock_out_a_browser_the_customer_has_used(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut own = world.browser();
    world.enrol(&mut own, "zoe").await;
    for at in 0..30u8 {
        try_password(&world, &mut world.browser().at([203, 0, 113, at]), "zoe", "wrong password").await;
    }
    let mut stranger = world.browser().at([192, 0, 2, 1]);
    assert_eq!(try_password(&world, &mut stranger, "zoe", PASSWORD).await.form(), "password");
    world.pass(Duration::hours(2)); // the session is over, the browser is still known
    for at in 0..30u8 {
        try_password(&world, &mut world.browser().at([203, 0, 113, at]), "zoe", "wrong password").await;
    }
    assert_eq!(try_password(&world, &mut own, "zoe", PASSWORD).await.form(), "challenge");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_network_that_guesses_at_many_names_waits(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    for at in 0..50 {
        try_password(&world, &mut browser, &format!("guess{at}@example.com"), "wrong password").await;
    }
    assert_eq!(try_password(&world, &mut browser, "zoe", PASSWORD).await.form(), "password");
    let mut elsewhere = world.browser().at([192, 0, 2, 1]);
    assert_eq!(try_password(&world, &mut elsewhere, "zoe", PASSWORD).await.form(), "enrol");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn sixty_four_submissions_of_one_code_give_one_success(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let (_, _, secret) = world.enrol(&mut world.browser(), "zoe").await;
    world.pass(Duration::minutes(1));
    let code = world.code(&secret);

    let (_second, other_router) = world.second_instance();
    let mut waiting = Vec::new();
    for at in 0..64 {
        let mut browser = world.browser();
        let page = try_password(&world, &mut browser, "zoe", PASSWORD).await;
        assert_eq!(page.form(), "challenge");
        if at % 2 == 1 {
            let cookies = browser.cookies.clone();
            browser = Browser::new(other_router.clone(), crate::support::ORIGIN);
            browser.cookies = cookies;
        }
        waiting.push((browser, page));
    }
    let mut tasks = JoinSet::new();
    for (mut browser, page) in waiting {
        let code = code.clone();
        tasks.spawn(async move {
            let page = browser.submit(&page, &[("code", &code)]).await;
            (page.status, page.body.contains("SAMLResponse"))
        });
    }
    let outcomes = tasks.join_all().await;
    let successes = outcomes.iter().filter(|(_, carries_response)| *carries_response).count();
    assert_eq!(successes, 1, "{outcomes:?}");
    assert_eq!(results(&world, "signin.factor").await.get("code_already_used"), Some(&63));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_code_is_spent_once_used_and_a_wrong_clock_is_told(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let (_, _, secret) = world.enrol(&mut world.browser(), "zoe").await;
    let used = world.code(&secret);
    world.pass(Duration::minutes(20));
    let mut browser = world.browser();
    let page = try_password(&world, &mut browser, "zoe", PASSWORD).await;
    for (code, told) in [
        (used, "already"),
        (code_at(&secret, world.clock.now() - Duration::minutes(10)), "10 minutes"),
        ("12345".into(), "has 6 digits"),
        (String::new(), "Enter the 6-digit code"),
    ] {
        let page = browser.submit(&page, &[("code", &code)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
        assert!(page.title().starts_with("Error: "), "{code}: {}", page.title());
        assert!(page.body.contains(told), "{code}: {}", page.body);
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn wrong_codes_wait_and_a_hundred_put_the_app_off(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let (_, _, secret) = world.enrol(&mut world.browser(), "zoe").await;
    world.pass(Duration::minutes(1));
    let mut browser = world.browser();
    let mut page = try_password(&world, &mut browser, "zoe", PASSWORD).await;
    let wrong = wrong_code(&world, &secret);
    for _ in 0..5 {
        page = browser.submit(&page, &[("code", &wrong)]).await;
    }
    let waits = browser.submit(&page, &[("code", &world.code(&secret))]).await;
    assert!(waits.body.contains("15 seconds"), "{}", waits.body);

    sqlx::query("update factors set failures = 100").execute(&world.app.db).await.unwrap();
    world.pass(Duration::minutes(20));
    let off = browser.submit(&page, &[("code", &world.code(&secret))]).await;
    assert_eq!(off.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!off.body.contains("SAMLResponse"));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn an_administrator_ends_waits_and_brings_factors_back(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    let (_, _, secret) = world.enrol(&mut world.browser(), "zoe").await;
    world.pass(Duration::minutes(1));
    let unlock = async || {
        let mut tx = world.app.db.begin().await.unwrap();
        let zoe = customers::store::lock(&mut tx, world.site, zoe).await.unwrap().unwrap();
        let unlocked = signin::unlock(&mut tx, &zoe, Actor::Operator, world.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        (unlocked.counts, unlocked.factors)
    };
    assert_eq!(unlock().await, (0, 0), "nothing is in the way, and nothing is audited");

    let mut browser = world.browser();
    for _ in 0..6 {
        try_password(&world, &mut browser, "zoe", "wrong password").await;
    }
    assert_eq!(try_password(&world, &mut browser, "zoe", PASSWORD).await.form(), "password", "must wait");
    assert_eq!(unlock().await, (1, 0));
    let page = try_password(&world, &mut browser, "zoe", PASSWORD).await;
    assert_eq!(page.form(), "challenge");

    sqlx::query("update factors set failures = 100 where kind = 'totp'")
        .execute(&world.app.db)
        .await
        .unwrap();
    let off = browser.submit(&page, &[("code", &world.code(&secret))]).await;
    assert!(off.body.contains("switched off after too many wrong answers"), "{}", off.body);
    assert_eq!(unlock().await, (0, 1));
    let page = try_password(&world, &mut browser, "zoe", PASSWORD).await;
    browser.submit(&page, &[("code", &world.code(&secret))]).await.response();
    assert_eq!(results(&world, "customer.unlocked").await, HashMap::from([("ok".into(), 2)]));
}

/// A code that is right at no time near now.
fn wrong_code(world: &World, secret: &[u8]) -> String {
    let near: Vec<_> =
        (-400..400).map(|step| code_at(secret, world.clock.now() + Duration::seconds(30 * step))).collect();
    (0..).map(|n| format!("{n:06}")).find(|code| !near.contains(code)).unwrap()
}

/// How often an action ended in which way.
async fn results(world: &World, action: &str) -> HashMap<String, i64> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("select result, count(*) from audit_events where action = $1 group by result")
            .bind(action)
            .fetch_all(&world.app.db)
            .await
            .unwrap();
    rows.into_iter().collect()
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn colleagues_who_sign_in_keep_nobody_waiting(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    world.customer("max@example.com", None, "Max", "Muster", PASSWORD).await;
    for at in 0..50 {
        try_password(&world, &mut world.browser(), &format!("guess{at}@example.com"), "wrong password").await;
    }
    world.pass(Duration::seconds(15));
    assert_eq!(try_password(&world, &mut world.browser(), "zoe", PASSWORD).await.form(), "enrol");
    let page = try_password(&world, &mut world.browser(), "max@example.com", PASSWORD).await;
    assert_eq!(page.form(), "enrol", "the network's wait counts from its last failure, not from a success");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_name_too_long_to_be_one_finds_nobody(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let padded = format!("zoe{}\0", " ".repeat(400));
    let page = try_password(&world, &mut world.browser(), &padded, PASSWORD).await;
    assert_eq!((page.status, page.form()), (StatusCode::UNPROCESSABLE_ENTITY, "password".into()));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn tries_reserved_and_taken_back_at_once_wait_for_each_other_in_order(pool: PgPool) {
    use vestibule::policy::Throttle;
    use vestibule::signin::lockout::Subject;
    use vestibule::signin::store::throttles::{release, reserve};
    let world = World::new(pool).await;
    let mut tasks = JoinSet::new();
    for at in 0..8 {
        let (pool, site, now) = (world.app.db.clone(), world.site, world.clock.now());
        tasks.spawn(async move {
            let name_key = format!("n{}", at % 2);
            let subjects = [Subject::Nobody { name_key }, Subject::Network("192.0.2.1/32".into())];
            for _ in 0..100 {
                let mut tx = pool.begin().await.unwrap();
                let reserved = reserve(&mut tx, site, &subjects, Throttle::default(), now).await.unwrap();
                tx.commit().await.unwrap();
                if let Some(reserved) = reserved {
                    release(&mut pool.acquire().await.unwrap(), site, &reserved, false).await.unwrap();
                }
            }
        });
    }
    tasks.join_all().await;
}
