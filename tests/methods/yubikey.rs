//! YubiKeys, typed by the practice world's virtual ones.

use sqlx::PgPool;
use tokio::task::JoinSet;
use vestibule::config::Config;
use vestibule::factors::Method;
use vestibule::factors::yubikey::Validator;
use vestibule::practice::gateways::{YUBIKEY_CLIENT_ID, YUBIKEY_SECRET};

use super::outside::Outside;
use super::{beside, failures, is_told, past_the_password};
use crate::support::{Browser, World};

async fn open(pool: PgPool) -> (World, Outside) {
    let outside = Outside::open().await;
    let world = outside.world(pool, Method::Yubikey, |_| {}).await;
    (world, outside)
}

async fn enrol(world: &World, outside: &Outside, browser: &mut Browser, key: usize) -> String {
    let (page, request) = past_the_password(world, browser).await;
    assert_eq!(page.text("h1").as_deref(), Some("Set up a YubiKey"), "{page:?}");
    let otp = outside.gateways.touch(key).unwrap();
    world.verify(&browser.submit(&page, &[("code", &otp)]).await, &request);
    otp
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_touch_sets_it_up_and_another_one_signs_in(pool: PgPool) {
    let (world, outside) = open(pool).await;
    let mut browser = world.browser();
    let (page, request) = past_the_password(&world, &mut browser).await;
    is_told(&browser.submit(&page, &[("code", "")]).await, "Touch your YubiKey");
    is_told(&browser.submit(&page, &[("code", "123456")]).await, "not what a YubiKey types");
    let made_up = "cccccckdvvulethkhtvkrtbeukiettvfceekurncllcj";
    is_told(&browser.submit(&page, &[("code", made_up)]).await, "isn't right");
    let first = outside.gateways.touch(0).unwrap();
    world.verify(&browser.submit(&page, &[("code", &first)]).await, &request);

    let (page, request) = past_the_password(&world, &mut browser).await;
    assert_eq!(page.text("h1").as_deref(), Some("Touch your YubiKey"));
    is_told(&browser.submit(&page, &[("code", &first)]).await, "has been used already");
    let foreign = outside.gateways.touch(1).unwrap();
    is_told(&browser.submit(&page, &[("code", &foreign)]).await, "isn't set up for you");
    assert_eq!(failures(&world).await, 0, "none of it was a guess");
    let mut forged = outside.gateways.touch(0).unwrap();
    forged.replace_range(40.., if forged.ends_with("cccc") { "bbbb" } else { "cccc" });
    is_told(&browser.submit(&page, &[("code", &forged)]).await, "isn't right");
    assert_eq!(failures(&world).await, 1);
    let older = outside.gateways.touch(0).unwrap();
    let newer = outside.gateways.touch(0).unwrap().to_uppercase();
    let told = world.verify(&browser.submit(&page, &[("code", &newer)]).await, &request);
    assert_eq!(told.assertion.unwrap().authn_context, "https://refeds.org/profile/mfa");
    assert_eq!(failures(&world).await, 0);
    let (page, _) = past_the_password(&world, &mut browser).await;
    is_told(&browser.submit(&page, &[("code", &older)]).await, "has been used already");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn several_are_one_customers_and_one_is_nobody_elses(pool: PgPool) {
    let (world, outside) = open(pool).await;
    let mut browser = world.browser();
    enrol(&world, &outside, &mut browser, 0).await;
    let mia = world.customer("mia@example.com", Some("mia"), "Mia", "Okafor", crate::support::PASSWORD).await;
    let (url, request) = world.request(&Default::default());
    let mut other = world.browser();
    let page = other.get(&url).await;
    let page = other.submit(&page, &[("name", "mia"), ("password", crate::support::PASSWORD)]).await;
    let otp = outside.gateways.touch(0).unwrap();
    is_told(&other.submit(&page, &[("code", &otp)]).await, "in use already");
    let page = other.get(&page.path.replace("/enrol", "")).await;
    let otp = outside.gateways.touch(1).unwrap();
    world.verify(&other.submit(&page, &[("code", &otp)]).await, &request);
    let keys: i64 =
        sqlx::query_scalar("select count(*) from factors where customer_id = $1 and kind = 'yubikey'")
            .bind(mia.0)
            .fetch_one(&world.app.db)
            .await
            .unwrap();
    assert_eq!(keys, 1);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn of_many_at_once_with_one_touch_one_gets_in(pool: PgPool) {
    let (world, outside) = open(pool).await;
    enrol(&world, &outside, &mut world.browser(), 0).await;
    let mut waiting = Vec::new();
    for _ in 0..4 {
        let mut browser = world.browser();
        let (page, _) = past_the_password(&world, &mut browser).await;
        waiting.push((browser, page));
    }
    let otp = outside.gateways.touch(0).unwrap();
    let mut tasks = JoinSet::new();
    for (mut browser, page) in waiting {
        let otp = otp.clone();
        tasks.spawn(async move { browser.submit(&page, &[("code", &otp)]).await.body });
    }
    let pages = tasks.join_all().await;
    assert_eq!(pages.iter().filter(|page| page.contains("SAMLResponse")).count(), 1);
    assert_eq!(pages.iter().filter(|page| page.contains("has been used already")).count(), 3);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_server_that_is_away_or_does_not_know_us_is_nobodys_guess(pool: PgPool) {
    let outside = Outside::open().await;
    let world = outside.world(pool, Method::Yubikey, |_| {}).await;
    enrol(&world, &outside, &mut world.browser(), 0).await;
    let at = |url: &str, client: &str| {
        let url = format!("{url}/yubikey/wsapi/2.0/verify").parse().unwrap();
        Validator::configure(url, client, YUBIKEY_SECRET).ok()
    };
    let away = at(Outside::nowhere(), YUBIKEY_CLIENT_ID);
    let unknown = at(&outside.url, "99");
    for (yubikey, seed) in [(away, 3), (unknown, 4)] {
        assert!(yubikey.is_some());
        let config = Config { yubikey, ..world.app.config.clone() };
        let mut browser = beside(&world, config, seed);
        let (page, _) = past_the_password(&world, &mut browser).await;
        let otp = outside.gateways.touch(0).unwrap();
        is_told(&browser.submit(&page, &[("code", &otp)]).await, "can't be checked at the moment");
    }
    assert_eq!(failures(&world).await, 0);
}
