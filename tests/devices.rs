//! Remembered devices (security.md S5): off by default, asked for, and worth a second factor at the site's
//! own wish only.

use clap::Parser as _;
use sqlx::PgPool;
use time::Duration;
use vestibule::cli::customers;
use vestibule::practice::sp::RequestOptions;
use vestibule::web::cookies;

use crate::support::{Browser, PASSWORD, Page, World, secret_on};

const MFA: &str = "https://refeds.org/profile/mfa";
const PASSWORD_ONLY: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";

/// A site that remembers for 30 days, with Zoë.
async fn remembering(pool: PgPool) -> World {
    let world = World::new(pool).await;
    world.policy(|policy| policy.settings.remembered_days = 30).await;
    world.zoe().await;
    world
}

/// Sets an app up and has the device remembered; the app's secret.
async fn remembered(world: &World, browser: &mut Browser) -> Vec<u8> {
    let (url, request) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    let secret = secret_on(&page);
    let fields = [("remember_shown", "1"), ("remember", "on"), ("code", &world.code(&secret))];
    world.verify(&browser.submit(&page, &fields).await, &request);
    assert!(browser.cookies.contains_key(&cookies::device_name(world.site.0)));
    secret
}

/// Without its session, the page after the password.
async fn again(world: &World, browser: &mut Browser) -> Page {
    browser.cookies.remove(&cookies::session_name(world.site.0));
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await
}

/// Signs in with the app, and has the device remembered.
async fn remember(world: &World, browser: &mut Browser, secret: &[u8]) {
    world.pass(Duration::minutes(1));
    let page = again(world, browser).await;
    let fields = [("remember_shown", "1"), ("remember", "on"), ("code", &world.code(secret))];
    assert!(is_in(&browser.submit(&page, &fields).await));
}

fn is_in(page: &Page) -> bool {
    page.body.contains("SAMLResponse")
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn nothing_is_offered_or_taken_where_the_site_does_not_remember(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert!(page.text("#remember").is_none());
    let code = world.code(&secret_on(&page));
    let fields = [("remember_shown", "1"), ("remember", "on"), ("code", &code)];
    browser.submit(&page, &fields).await.response();
    assert!(!browser.cookies.contains_key(&cookies::device_name(world.site.0)));
    let page = browser.get(&format!("/sites/{}/account", world.site)).await;
    assert!(!page.body.contains("Remembered devices"));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_remembered_device_is_asked_for_the_password_only(pool: PgPool) {
    let world = remembering(pool).await;
    let mut browser = world.browser();
    remembered(&world, &mut browser).await;
    for _ in 0..3 {
        world.pass(Duration::days(9));
        browser.cookies.remove(&cookies::session_name(world.site.0));
        let before = browser.cookies[&cookies::device_name(world.site.0)].clone();
        let (url, request) = world.request(&RequestOptions::default());
        let page = browser.get(&url).await;
        assert_eq!(page.form(), "password", "never without it");
        let wrong = browser.submit(&page, &[("name", "zoe"), ("password", "wrong password")]).await;
        assert_eq!(wrong.form(), "password");
        let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
        let told = world.verify(&page, &request);
        assert_eq!(told.assertion.unwrap().authn_context, PASSWORD_ONLY, "nothing else was shown");
        let after = &browser.cookies[&cookies::device_name(world.site.0)];
        assert_ne!(&before, after, "another token");
        assert_eq!(before.split('.').next(), after.split('.').next(), "of the same series");
    }
    // Its session answers at once, like any other.
    let (url, request) = world.request(&RequestOptions::default());
    world.verify(&browser.get(&url).await, &request);
    world.pass(Duration::days(3));
    assert_eq!(again(&world, &mut browser).await.form(), "challenge", "30 days are over");
    // Somebody else is not remembered here.
    let mut stranger = world.browser();
    assert_eq!(again(&world, &mut stranger).await.form(), "challenge");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_wish_survives_a_wrong_code_and_can_be_taken_back(pool: PgPool) {
    let world = remembering(pool).await;
    let (_, _, secret) = world.enrol(&mut world.browser(), "zoe").await;
    let mut browser = world.browser();
    let page = again(&world, &mut browser).await;
    assert_eq!(
        page.text("label[for=remember]").unwrap(),
        "Don't ask for a second factor on this device for 30 days"
    );
    world.pass(Duration::minutes(1));
    let wrong =
        browser.submit(&page, &[("remember_shown", "1"), ("remember", "on"), ("code", "000000")]).await;
    assert!(wrong.attribute("#remember[checked]", "name").is_some(), "{}", wrong.body);
    let page = browser.submit(&wrong, &[("remember_shown", "1"), ("code", &world.code(&secret))]).await;
    assert!(is_in(&page));
    assert!(!browser.cookies.contains_key(&cookies::device_name(world.site.0)));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn it_counts_for_nothing_where_more_is_asked_for(pool: PgPool) {
    let world = remembering(pool).await;
    let mut browser = world.browser();
    remembered(&world, &mut browser).await;
    world.pass(Duration::minutes(1));
    let asked = async |browser: &mut Browser, options: &RequestOptions| {
        let (url, _) = world.request(options);
        let page = browser.get(&url).await;
        assert_eq!(page.form(), "password");
        browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await
    };
    let forced = RequestOptions { force_authn: true, ..RequestOptions::default() };
    assert_eq!(asked(&mut browser, &forced).await.form(), "challenge");
    // A session made by it does not answer an SP that asks for a second factor, and neither does it.
    assert!(is_in(&again(&world, &mut browser).await));
    let mfa = RequestOptions { authn_context: Some(MFA.into()), ..RequestOptions::default() };
    assert_eq!(asked(&mut browser, &mfa).await.form(), "challenge");
    // Nor does it let anything be changed.
    assert!(is_in(&again(&world, &mut browser).await));
    let page = browser.get(&format!("/sites/{}/account/password", world.site)).await;
    assert_eq!(page.text("h1").as_deref(), Some("Prove it's you again"));
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(page.form(), "challenge");
    // And when the site stops remembering, it is over, session and all.
    world.policy(|policy| policy.settings.remembered_days = 0).await;
    let (url, _) = world.request(&RequestOptions::default());
    assert_eq!(browser.get(&url).await.form(), "password");
    assert_eq!(again(&world, &mut browser).await.form(), "challenge");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_copy_is_told_by_its_stale_token_and_ends_with_its_sessions(pool: PgPool) {
    let world = remembering(pool).await;
    let mut browser = world.browser();
    remembered(&world, &mut browser).await;
    let mut copy = browser.clone();
    world.pass(Duration::minutes(1));
    assert!(is_in(&again(&world, &mut copy).await), "whoever comes first");
    // Two tabs at the same moment are no theft.
    let mut tab = browser.clone();
    assert!(is_in(&again(&world, &mut tab).await));
    world.pass(Duration::seconds(10));
    let home = format!("/sites/{}/account", world.site);
    assert_eq!(copy.get(&home).await.text("h1").unwrap(), "Your account's security");
    assert_eq!(again(&world, &mut browser).await.form(), "challenge", "stale");
    assert_eq!(copy.get(&home).await.form(), "password", "whoever made the copy is signed out");
    assert_eq!(again(&world, &mut copy).await.form(), "challenge", "and the copy with it");
    let audited: i64 = sqlx::query_scalar(
        "select count(*) from audit_events where action = 'device.remembered' and result = 'stale'",
    )
    .fetch_one(&world.app.db)
    .await
    .unwrap();
    assert_eq!(audited, 1);
    let left: Vec<Vec<String>> =
        sqlx::query_scalar("select methods from sessions").fetch_all(&world.app.db).await.unwrap();
    assert_eq!(left, [["pwd", "totp"]], "it ends nothing else");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_customer_forgets_one_or_all_and_a_new_password_forgets_them_too(pool: PgPool) {
    let world = remembering(pool).await;
    let home = format!("/sites/{}/account", world.site);
    let mut browser = world.browser();
    let secret = remembered(&world, &mut browser).await;
    let mut phone = world.browser();
    remember(&world, &mut phone, &secret).await;
    world.pass(Duration::minutes(1));
    assert!(is_in(&again(&world, &mut phone).await));
    let page = browser.get(&home).await;
    assert!(page.body.contains("remembered until 23 December 2026"), "{}", page.body);
    let handles: Vec<_> = page.texts("section[aria-labelledby=devices] .name");
    assert_eq!(handles.len(), 2);
    let handle = page.attribute("section[aria-labelledby=devices] button[name=which]", "value").unwrap();
    let page = browser.post(&format!("{home}/devices"), &[("which", &handle)]).await;
    assert!(page.text("[role=status]").unwrap().starts_with("Forgotten."));
    assert_eq!(phone.get(&home).await.form(), "password", "signed out there");
    assert_eq!(again(&world, &mut phone).await.form(), "challenge", "the last used stands first");
    assert!(is_in(&again(&world, &mut browser).await), "the other is remembered still");

    remember(&world, &mut phone, &secret).await;
    world.pass(Duration::minutes(1));
    let new = "seven quiet lanterns";
    phone
        .post(&format!("{home}/password"), &[("current", PASSWORD), ("password", new), ("repeat", new)])
        .await;
    let left: i64 =
        sqlx::query_scalar("select count(*) from remembered_devices").fetch_one(&world.app.db).await.unwrap();
    assert_eq!(left, 0);
    assert!(!phone.cookies.contains_key(&cookies::device_name(world.site.0)));
}

/// `vestibule customers ...` of Zoë, as the command line has it.
async fn operator(world: &World, word: &str) {
    #[derive(clap::Parser)]
    struct Cli {
        #[command(subcommand)]
        command: customers::Command,
    }
    let words = ["customers", word, "--site", "client-key-1", "--email", "zoe@example.com"];
    let command = Cli::try_parse_from(words).unwrap().command;
    customers::run(&world.app, command).await.unwrap();
}

/// The newest audit event: who, what, how it went, and by which factor.
async fn audited(world: &World) -> (String, String, String, Option<String>) {
    sqlx::query_as("select actor_kind, action, result, factor from audit_events order by id desc limit 1")
        .fetch_one(&world.app.db)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_reset_a_removed_factor_and_the_operators_word_end_what_is_signed_in_and_remembered(pool: PgPool) {
    let world = remembering(pool).await;
    let home = format!("/sites/{}/account", world.site);
    let mut browser = world.browser();
    let mut secret = remembered(&world, &mut browser).await;
    let line = |actor: &str, action: &str, factor: Option<&str>| {
        (actor.to_owned(), action.to_owned(), "ok".to_owned(), factor.map(str::to_owned))
    };
    for (deed, audit, next) in [
        ("end-sessions", line("operator", "customer.sessions_ended", None), "challenge"),
        ("remove", line("customer", "factor.removed", Some("totp")), "challenge"),
        ("reset-mfa", line("operator", "customer.factors_reset", None), "enrol"),
    ] {
        assert_eq!(browser.get(&home).await.text("h1").as_deref(), Some("Your account's security"));
        world.pass(Duration::minutes(1));
        assert!(is_in(&again(&world, &mut browser).await), "{deed}: remembered");
        world.pass(Duration::minutes(1));
        match deed {
            // From another browser: what it is signed in with itself stays.
            "remove" => {
                let mut other = world.browser();
                let page = again(&world, &mut other).await;
                other.submit(&page, &[("code", &world.code(&secret))]).await.response();
                let page = other.post(&format!("{home}/add"), &[("method", "totp")]).await;
                secret = secret_on(&page);
                let page = other.submit(&page, &[("code", &world.code(&secret))]).await;
                assert!(is_in(&again(&world, &mut browser).await), "another one ends nothing");
                let first = page.attribute(".rows a", "href").unwrap();
                other.post(&format!("{first}/remove"), &[]).await;
                assert_eq!(other.get(&home).await.text("h1").as_deref(), Some("Your account's security"));
            }
            deed => operator(&world, deed).await,
        }
        assert_eq!(audited(&world).await, audit, "{deed}");
        assert_eq!(browser.get(&home).await.form(), "password", "{deed}: signed out");
        let page = again(&world, &mut browser).await;
        assert_eq!(page.form(), next, "{deed}: not remembered");
        if next == "challenge" {
            remember(&world, &mut browser, &secret).await;
        }
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_database_holds_neither_half_of_the_cookie(pool: PgPool) {
    let world = remembering(pool).await;
    let mut browser = world.browser();
    remembered(&world, &mut browser).await;
    let cookie = &browser.cookies[&cookies::device_name(world.site.0)];
    let rows: Vec<String> = sqlx::query_scalar("select d::text from remembered_devices d")
        .fetch_all(&world.app.db)
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
    for half in cookie.split('.') {
        let bytes = data_encoding::BASE64URL_NOPAD.decode(half.as_bytes()).unwrap();
        assert!(!rows[0].contains(half) && !rows[0].contains(&data_encoding::HEXLOWER.encode(&bytes)));
    }
}
