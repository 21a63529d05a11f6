//! A method that an administrator switches off while somebody stands at its page.

use sqlx::PgPool;
use time::Duration;
use vestibule::factors::Method;

use super::{allow, past_the_password};
use crate::support::{World, secret_on};

async fn factors(world: &World) -> Vec<String> {
    sqlx::query_scalar("select kind from factors order by kind").fetch_all(&world.app.db).await.unwrap()
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn it_lets_nobody_in(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    allow(&world, &[Method::Totp, Method::BackupCodes]).await;
    let (_, _, secret) = world.enrol(&mut world.browser(), "zoe").await;
    world.pass(Duration::minutes(1));
    let mut browser = world.browser();
    let (page, _) = past_the_password(&world, &mut browser).await;
    assert_eq!(page.form(), "challenge");
    allow(&world, &[Method::Questions, Method::BackupCodes]).await;
    let page = browser.submit(&page, &[("code", &world.code(&secret))]).await;
    assert_eq!(page.text("h1").as_deref(), Some("Enter a backup code"), "what is left is asked for");
    allow(&world, &[Method::Questions]).await;
    let page = browser.submit(&page, &[("code", "ABCD-EFGH-1234-5678")]).await;
    assert_eq!(page.text("h1").as_deref(), Some("No way left to prove it's you"));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn nobody_sets_it_up(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    allow(&world, &[Method::Totp, Method::BackupCodes]).await;
    let mut browser = world.browser();
    let (page, _) = past_the_password(&world, &mut browser).await;
    let secret = secret_on(&page);
    allow(&world, &[Method::Questions, Method::BackupCodes]).await;
    let page = browser.submit(&page, &[("code", &world.code(&secret))]).await;
    assert_eq!(page.text("h1").as_deref(), Some("Set up security questions"));
    assert!(factors(&world).await.is_empty());

    allow(&world, &[Method::Totp, Method::BackupCodes]).await;
    let mut browser = world.browser();
    browser.saves_codes = false;
    let (page, _) = past_the_password(&world, &mut browser).await;
    let secret = secret_on(&page);
    let page = browser.submit(&page, &[("code", &world.code(&secret))]).await;
    assert_eq!(page.form(), "codes");
    allow(&world, &[Method::Totp]).await;
    let page = browser.submit(&page, &[("saved", "on")]).await;
    assert!(page.body.contains("SAMLResponse"), "the app was shown: {page:?}");
    assert_eq!(factors(&world).await, ["totp"], "and no codes are kept");
}
