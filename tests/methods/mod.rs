//! Each kind of factor besides the app and backup codes, from its enrolment to what goes wrong.

mod codes;
mod duo;
mod outside;
mod questions;
mod several;
mod switched_off;
mod yubikey;

use axum::http::StatusCode;
use vestibule::app::App;
use vestibule::config::Config;
use vestibule::factors::{Method, MethodSet};
use vestibule::practice::sp::{Outstanding, RequestOptions};
use vestibule::random::Random;

use crate::support::{Browser, ORIGIN, PASSWORD, Page, World};

/// Nothing but `methods` is allowed.
async fn allow(world: &World, methods: &[Method]) {
    world.policy(|policy| policy.settings.methods = MethodSet::of(methods)).await;
}

/// Past the password, wherever that leads.
async fn past_the_password(world: &World, browser: &mut Browser) -> (Page, Outstanding) {
    browser.picks = None;
    let (url, request) = world.request(&RequestOptions { force_authn: true, ..RequestOptions::default() });
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    (page, request)
}

/// A browser at another instance over the same database, with a configuration of its own.
fn beside(world: &World, config: Config, seed: u64) -> Browser {
    let app = App::new(config, world.app.db.clone(), world.clock.clone(), Random::seeded(seed));
    Browser::new(vestibule::routes::router(app), ORIGIN)
}

/// The page says that something is wrong, in these words.
#[track_caller]
fn is_told(page: &Page, words: &str) {
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{page:?}");
    let told = page.text("#problem").unwrap_or_default();
    assert!(told.contains(words), "{told}");
}

/// Failures on the customer's factor rows.
async fn failures(world: &World) -> i64 {
    sqlx::query_scalar("select coalesce(sum(failures), 0)::bigint from factors")
        .fetch_one(&world.app.db)
        .await
        .unwrap()
}
