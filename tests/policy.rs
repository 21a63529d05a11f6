//! What a site's policy asks of a customer, at the real sign-in.

use sqlx::PgPool;
use time::Duration;
use time::macros::date;
use tokio::task::JoinSet;
use vestibule::customers::CustomerId;
use vestibule::factors::MethodSet;
use vestibule::policy::{self, Grace, Scope, SessionLimits, Throttle};
use vestibule::practice::sp::RequestOptions;

use crate::support::{Browser, PASSWORD, Page, World, secret_on};

/// The page after a right password, from a browser as it stands.
async fn sign_in(world: &World, browser: &mut Browser, name: &str, password: &str) -> Page {
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    assert_eq!(page.form(), "password", "{page:?}");
    browser.submit(&page, &[("name", name), ("password", password)]).await
}

/// Whether a page carries an answer to the SP rather than a form to fill in.
fn is_answer(page: &Page) -> bool {
    page.attribute("input[name=SAMLResponse]", "value").is_some()
}

/// What the next request is shown, without anything being typed.
async fn next(world: &World, browser: &mut Browser) -> Page {
    let (url, _) = world.request(&RequestOptions::default());
    browser.get(&url).await
}

async fn skip(browser: &mut Browser, page: &Page) -> Page {
    let path: Vec<&str> = page.path.split('/').take(5).collect();
    browser.post(&format!("{}/skip", path.join("/")), &[]).await
}

async fn except(world: &World, customer: CustomerId, two_factor: Option<bool>) {
    let mut conn = world.app.db.acquire().await.unwrap();
    assert!(policy::store::set_exception(&mut conn, world.site, customer, two_factor).await.unwrap());
}

async fn group(world: &World, customer: CustomerId, two_factor: Option<bool>) {
    let id = world.app.random.uuid();
    sqlx::query("insert into customer_groups (id, site_id, name, two_factor, created_at) values ($1, $2, $1::text, $3, $4)")
        .bind(id)
        .bind(world.site.0)
        .bind(two_factor)
        .bind(world.clock.now())
        .execute(&world.app.db)
        .await
        .unwrap();
    sqlx::query("insert into customer_group_members (site_id, group_id, customer_id) values ($1, $2, $3)")
        .bind(world.site.0)
        .bind(id)
        .bind(customer.0)
        .execute(&world.app.db)
        .await
        .unwrap();
}

async fn count(world: &World, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&world.app.db).await.unwrap()
}

const SKIPS: &str = "select sum(enrolment_skips) from customers";
const SKIPS_AUDITED: &str = "select count(*) from audit_events where action = 'factor.enrolment_skipped'";

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn each_scope_asks_whom_it_is_for(pool: PgPool) {
    let world = World::new(pool).await;
    for (name, own, group_says) in [
        ("plain", None, None),
        ("on", Some(true), None),
        ("off", Some(false), None),
        ("group-on", None, Some(true)),
        ("group-off", None, Some(false)),
        ("on-group-off", Some(true), Some(false)),
        ("off-group-on", Some(false), Some(true)),
    ] {
        let customer = world.customer(&format!("{name}@example.com"), Some(name), "N", "N", PASSWORD).await;
        except(&world, customer, own).await;
        group(&world, customer, group_says).await;
    }
    for (scope, asked) in [
        (Scope::Selected, &["on", "group-on", "on-group-off"][..]),
        (Scope::EveryoneExcept, &["plain", "on", "group-on", "on-group-off"]),
        (Scope::Enforced, &["plain", "on", "off", "group-on", "group-off", "on-group-off", "off-group-on"]),
    ] {
        world.policy(|policy| policy.settings.scope = scope).await;
        for name in ["plain", "on", "off", "group-on", "group-off", "on-group-off", "off-group-on"] {
            let mut browser = world.browser();
            let page = sign_in(&world, &mut browser, name, PASSWORD).await;
            assert_eq!(is_answer(&page), !asked.contains(&name), "{scope:?} {name}");
            assert_eq!(page.form() == "enrol", asked.contains(&name), "{scope:?} {name}");
            if is_answer(&page) {
                assert!(is_answer(&next(&world, &mut browser).await), "{name}'s session is enough too");
            }
        }
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn an_exception_taken_back_ends_what_rested_on_it(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    world.policy(|policy| policy.settings.scope = Scope::EveryoneExcept).await;
    except(&world, zoe, Some(false)).await;
    let mut browser = world.browser();
    assert!(is_answer(&sign_in(&world, &mut browser, "zoe", PASSWORD).await));
    except(&world, zoe, None).await;
    assert_eq!(next(&world, &mut browser).await.form(), "password");
    except(&world, zoe, Some(false)).await;
    assert!(is_answer(&next(&world, &mut browser).await));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_trusted_network_asks_for_the_password_only_and_outside_the_same_session_is_asked_again(
    pool: PgPool,
) {
    let world = World::new(pool).await;
    world.customer("max@example.com", None, "Max", "Muster", "tiny-9-zebra").await;
    world.policy(|policy| policy.settings.trusted_networks = vec!["192.0.2.0/24".parse().unwrap()]).await;
    let mut inside = world.browser().at([192, 0, 2, 9]);
    let page = sign_in(&world, &mut inside, "max@example.com", "tiny-9-zebra").await;
    assert!(is_answer(&page), "and a password that stands beside a factor elsewhere may be short: {page:?}");
    assert!(is_answer(&next(&world, &mut inside).await));

    let mut outside = inside.clone().at([203, 0, 113, 9]);
    assert_eq!(next(&world, &mut outside).await.form(), "password");
    assert!(is_answer(&next(&world, &mut inside).await), "the session is still good where it was made");
    let page = sign_in(&world, &mut outside, "max@example.com", "tiny-9-zebra").await;
    assert_eq!(page.form(), "enrol");
    outside.submit(&page, &[("code", &world.code(&secret_on(&page)))]).await.response();
    assert!(is_answer(&next(&world, &mut outside).await), "a second factor once shown counts everywhere");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_grace_period_lasts_until_its_day_is_over(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    world.policy(|policy| policy.settings.grace = Grace::Until(date!(2026 - 11 - 24))).await;
    let mut browser = world.browser();
    let page = sign_in(&world, &mut browser, "zoe", PASSWORD).await;
    assert_eq!(page.form(), "enrol");
    assert!(page.body.contains("until 24 November 2026"), "{}", page.body);
    skip(&mut browser, &page).await.response();
    assert!(is_answer(&next(&world, &mut browser).await), "that session is enough");
    world.pass(Duration::hours(38)); // 23:00 on the last day
    let page = sign_in(&world, &mut browser, "zoe", PASSWORD).await;
    skip(&mut browser, &page).await.response();
    let mut late = world.browser();
    let late_page = sign_in(&world, &mut late, "zoe", PASSWORD).await;
    assert!(late_page.body.contains("Not now"));
    world.pass(Duration::minutes(59) + Duration::seconds(50)); // midnight
    assert_eq!(next(&world, &mut browser).await.form(), "password", "the session made by it ends with it");
    let page = sign_in(&world, &mut browser, "zoe", PASSWORD).await;
    assert!(!page.body.contains("Not now"), "{}", page.body);
    assert_eq!(skip(&mut browser, &page).await.form(), "enrol", "nor by hand");
    assert_eq!((count(&world, SKIPS).await, count(&world, SKIPS_AUDITED).await), (2, 2));
    browser.submit(&page, &[("code", &world.code(&secret_on(&page)))]).await.response();
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn enrolment_is_put_off_as_often_as_the_site_allows(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    world.policy(|policy| policy.settings.grace = Grace::Skips(2)).await;
    for left in ["2 times left", "1 time left"] {
        let mut browser = world.browser();
        let (url, request) = world.request(&RequestOptions::default());
        let page = browser.get(&url).await;
        let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
        assert!(page.body.contains(left), "{}", page.body);
        let decoded = world.verify(&skip(&mut browser, &page).await, &request);
        assert_eq!(
            decoded.assertion.expect("an assertion").authn_context,
            "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
            "the answer says what was shown"
        );
        assert!(is_answer(&next(&world, &mut browser).await), "put off for as long as the session lasts");
    }
    let mut browser = world.browser();
    let page = sign_in(&world, &mut browser, "zoe", PASSWORD).await;
    assert!(!page.body.contains("Not now"), "{}", page.body);
    assert_eq!(skip(&mut browser, &page).await.form(), "enrol");
    assert_eq!((count(&world, SKIPS).await, count(&world, SKIPS_AUDITED).await), (2, 2));
    world.pass(Duration::hours(1));
    let (_, _, secret) = world.enrol(&mut browser, "zoe").await;
    world.pass(Duration::hours(1));
    world.policy(|policy| policy.settings.grace = Grace::Skips(20)).await;
    let page = sign_in(&world, &mut browser, "zoe", PASSWORD).await;
    assert_eq!(page.form(), "challenge");
    assert_eq!(
        skip(&mut browser, &page).await.form(),
        "challenge",
        "a factor that is there is never put off"
    );
    browser.submit(&page, &[("code", &world.code(&secret))]).await.response();
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn of_many_skips_at_once_only_those_left_count(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    world.policy(|policy| policy.settings.grace = Grace::Skips(2)).await;
    let mut waiting = Vec::new();
    for _ in 0..8 {
        let mut browser = world.browser();
        let page = sign_in(&world, &mut browser, "zoe", PASSWORD).await;
        waiting.push((browser, page));
    }
    let mut tasks = JoinSet::new();
    for (mut browser, page) in waiting {
        tasks.spawn(async move { is_answer(&skip(&mut browser, &page).await) });
    }
    let answered = tasks.join_all().await.into_iter().filter(|answered| *answered).count();
    assert_eq!((answered, count(&world, SKIPS).await, count(&world, SKIPS_AUDITED).await), (2, 2, 2));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn an_app_set_up_meanwhile_is_not_skipped(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    world.policy(|policy| policy.settings.grace = Grace::Skips(5)).await;
    let mut thief = world.browser();
    let page = sign_in(&world, &mut thief, "zoe", PASSWORD).await;
    world.enrol(&mut world.browser(), "zoe").await;
    assert_eq!(skip(&mut thief, &page).await.form(), "challenge");
    assert_eq!(count(&world, SKIPS).await, 0);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_policy_tightened_half_way_holds_at_the_next_form(pool: PgPool) {
    let world = World::new(pool).await;
    let max = world.customer("max@example.com", None, "Max", "Muster", "tiny-9-zebra").await;
    world.policy(|policy| policy.settings.grace = Grace::Skips(5)).await;
    let mut browser = world.browser();
    let page = sign_in(&world, &mut browser, "max@example.com", "tiny-9-zebra").await;
    assert!(page.body.contains("Not now"));
    world.policy(|policy| policy.settings.grace = Grace::None).await;
    let page = skip(&mut browser, &page).await;
    assert_eq!(page.form(), "enrol");
    assert!(!page.body.contains("Not now"), "{}", page.body);
    assert_eq!(count(&world, SKIPS).await, 0);

    world.policy(|policy| policy.settings.scope = Scope::Selected).await;
    let mut browser = world.browser();
    let page = sign_in(&world, &mut browser, "max@example.com", "tiny-9-zebra").await;
    assert_eq!(page.form(), "new-password", "not selected: the password stands alone");
    except(&world, max, Some(true)).await;
    let new = "nine zebras walk quietly";
    let page = browser.submit(&page, &[("password", new), ("repeat", new)]).await;
    assert_eq!(page.form(), "enrol", "{page:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn sessions_last_as_long_as_the_site_says(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let limits = |idle_minutes, absolute_minutes| SessionLimits { idle_minutes, absolute_minutes };
    world.policy(|policy| policy.settings.session = limits(10, 30)).await;
    let mut browser = world.browser();
    let (_, _, secret) = world.enrol(&mut browser, "zoe").await;
    for minutes in [9, 9, 9] {
        world.pass(Duration::minutes(minutes));
        assert!(is_answer(&next(&world, &mut browser).await));
    }
    world.pass(Duration::minutes(3));
    assert_eq!(next(&world, &mut browser).await.form(), "password", "half an hour is over");

    let page = sign_in(&world, &mut browser, "zoe", PASSWORD).await;
    browser.submit(&page, &[("code", &world.code(&secret))]).await.response();
    world.pass(Duration::minutes(10));
    assert_eq!(next(&world, &mut browser).await.form(), "password", "ten minutes unused");

    world.policy(|policy| policy.settings.session = limits(60, 1440)).await;
    let mut browser = world.browser();
    let page = sign_in(&world, &mut browser, "zoe", PASSWORD).await;
    browser.submit(&page, &[("code", &world.code(&secret))]).await.response();
    world.pass(Duration::minutes(45));
    assert!(is_answer(&next(&world, &mut browser).await));
    world.policy(|policy| policy.settings.session = limits(30, 30)).await;
    assert_eq!(next(&world, &mut browser).await.form(), "password", "shortened for sessions that exist");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn waits_begin_when_the_site_says(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let throttle = Throttle { account_failures: 3, network_failures: 10 };
    world.policy(|policy| policy.settings.throttle = throttle).await;
    let wrong = async |name: &str, address: [u8; 4]| {
        let mut browser = world.browser().at(address);
        assert_eq!(sign_in(&world, &mut browser, name, "wrong password").await.form(), "password");
    };
    for _ in 0..2 {
        wrong("zoe", [192, 0, 2, 1]).await;
    }
    let right = async |address: [u8; 4]| {
        sign_in(&world, &mut world.browser().at(address), "zoe", PASSWORD).await.form()
    };
    assert_eq!(right([192, 0, 2, 1]).await, "enrol", "two slips cost nothing");
    for _ in 0..3 {
        wrong("zoe", [192, 0, 2, 2]).await;
    }
    assert_eq!(right([192, 0, 2, 3]).await, "password", "the third does, from anywhere");
    world.pass(Duration::seconds(15));
    assert_eq!(right([192, 0, 2, 3]).await, "enrol");
    for n in 0..10 {
        wrong(&format!("guess{n}@example.com"), [203, 0, 113, 1]).await;
    }
    assert_eq!(right([203, 0, 113, 1]).await, "password", "ten from one network");
    assert_eq!(right([203, 0, 113, 2]).await, "enrol");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn an_sp_that_asks_for_a_code_gets_one_in_spite_of_every_way_past_it(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    except(&world, zoe, Some(false)).await;
    world
        .policy(|policy| {
            policy.settings.scope = Scope::EveryoneExcept;
            policy.settings.grace = Grace::Skips(5);
            policy.settings.trusted_networks = vec!["198.51.100.0/24".parse().unwrap()];
        })
        .await;
    let mut browser = world.browser();
    assert!(
        is_answer(&sign_in(&world, &mut browser, "zoe", PASSWORD).await),
        "an exception, from the office"
    );
    let strong = RequestOptions {
        authn_context: Some("https://refeds.org/profile/mfa".into()),
        ..RequestOptions::default()
    };
    let (url, request) = world.request(&strong);
    let page = browser.get(&url).await;
    assert_eq!(page.form(), "password", "that session is not enough");
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(page.form(), "enrol");
    assert!(!page.body.contains("Not now"), "{}", page.body);
    assert_eq!(skip(&mut browser, &page).await.form(), "enrol");
    let page = browser.submit(&page, &[("code", &world.code(&secret_on(&page)))]).await;
    let decoded = world.verify(&page, &request);
    assert_eq!(decoded.assertion.expect("an assertion").authn_context, "https://refeds.org/profile/mfa");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn an_sp_that_asks_for_a_code_where_no_method_is_on_is_told_so(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    world
        .policy(|policy| {
            policy.two_factor = false;
            policy.settings.methods = MethodSet::EMPTY;
        })
        .await;
    let strong = RequestOptions {
        authn_context: Some("https://refeds.org/profile/mfa".into()),
        ..RequestOptions::default()
    };
    let (url, request) = world.request(&strong);
    let mut browser = world.browser();
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(world.verify(&page, &request).status.codes, ["Responder", "NoAuthnContext"]);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_app_shows_the_name_the_site_chose(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    for (chosen, shown) in [(None, "acme%2Eatlassian%2Enet"), (Some("Acme help"), "Acme%20help")] {
        world.policy(|policy| policy.settings.totp_issuer = chosen.map(Into::into)).await;
        let page = sign_in(&world, &mut world.browser(), "zoe", PASSWORD).await;
        let uri = page.attribute("a[href^='otpauth:']", "href").unwrap();
        assert!(uri.ends_with(&format!("&issuer={shown}")), "{uri}");
    }
}
