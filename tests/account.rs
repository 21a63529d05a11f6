//! The customer's own security page: what it shows, and what it takes to change something (security.md
//! S3, S4).

use axum::http::StatusCode;
use sqlx::PgPool;
use time::Duration;
use vestibule::config::Config;
use vestibule::customers::CustomerId;
use vestibule::factors::{Method, MethodSet};
use vestibule::practice::sp::RequestOptions;
use vestibule::web::cookies;

use crate::support::mail::MailServer;
use crate::support::{Browser, PASSWORD, Page, World, config, secret_on};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0";
const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) CriOS/130.0 Mobile Safari/604.1";

fn account(world: &World, path: &str) -> String {
    format!("/sites/{}/account{path}", world.site)
}

/// Signs in at the account page, as it asks, with an app's secret if there is one.
async fn sign_in(world: &World, browser: &mut Browser, secret: Option<&[u8]>) -> Page {
    let page = browser.get(&account(world, "")).await;
    prove(world, browser, page, secret).await
}

/// Gives the password, and the code that is asked for.
async fn prove(world: &World, browser: &mut Browser, page: Page, secret: Option<&[u8]>) -> Page {
    assert_eq!(page.form(), "password", "{page:?}");
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    match secret {
        Some(secret) => {
            assert_eq!(page.form(), "challenge", "{page:?}");
            browser.submit(&page, &[("code", &world.code(secret))]).await
        }
        None => page,
    }
}

/// A world with Zoë, who has an app and backup codes and is signed in with Firefox.
async fn at_home(pool: PgPool) -> (World, CustomerId, Browser, Vec<u8>) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    let mut browser = world.browser();
    browser.agent = Some(FIREFOX);
    let (page, request, secret) = world.enrol(&mut browser, "zoe").await;
    world.verify(&page, &request);
    (world, zoe, browser, secret)
}

async fn count(world: &World, sql: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&world.app.db).await.unwrap()
}

/// The newest audit event: action and result.
async fn audited(world: &World) -> (String, String) {
    sqlx::query_as("select action, result from audit_events order by id desc limit 1")
        .fetch_one(&world.app.db)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_session_shows_the_page_and_without_one_a_sign_in_comes_back(pool: PgPool) {
    let (world, _, mut browser, secret) = at_home(pool).await;
    let page = browser.get(&account(&world, "")).await;
    assert_eq!(page.text("h1").as_deref(), Some("Your account's security"));
    let sections = page.texts("main h2");
    assert_eq!(
        sections,
        ["Second factors", "Backup codes", "Where you are signed in", "Password", "Language"]
    );
    for words in [
        "zoe@example.com",
        "Authenticator app",
        "Added 23 November 2026",
        "You have 10 codes left.",
        "Firefox on Linux",
        "This browser",
        "Set on 23 November 2026.",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }

    world.pass(Duration::minutes(1));
    let mut phone = world.browser();
    phone.agent = Some(IPHONE);
    let page = sign_in(&world, &mut phone, Some(&secret)).await;
    assert_eq!((page.path, page.status), (account(&world, ""), StatusCode::OK));
    assert_eq!(audited(&world).await, ("signin.completed".into(), "ok".into()));
    let page = browser.get(&account(&world, "")).await;
    assert!(page.body.contains("Chrome on iPhone"), "{}", page.body);
    let trace = count(&world, "select count(*) from saml_trace where binding = 'account'").await;
    assert_eq!(trace, 0, "no service provider was told anything");

    // An SP's sign-in that is over names the way here.
    let (url, _) = world.request(&RequestOptions::default());
    let mut other = world.browser();
    let page = other.get(&url).await;
    let address = page.path.clone();
    world.pass(Duration::minutes(1));
    prove(&world, &mut other, page, Some(&secret)).await.response();
    let done = other.get(&address).await;
    assert_eq!(done.attribute("main a", "href"), Some(account(&world, "")), "{}", done.body);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_change_takes_a_fresh_authentication_and_goes_on_where_it_was(pool: PgPool) {
    let (world, _, mut browser, secret) = at_home(pool).await;
    let page = browser.get(&account(&world, "")).await;
    let factor = page.attribute(".rows a", "href").unwrap();
    assert_eq!(browser.get(&factor).await.text("h1").unwrap(), "Change a second factor", "fresh");

    world.pass(Duration::minutes(10));
    let page = browser.get(&account(&world, "")).await;
    assert_eq!(page.text("h1").unwrap(), "Your account's security", "looking takes none");
    for path in ["/add", "/codes", "/password", &format!("{}/remove", &factor[account(&world, "").len()..])] {
        let page = browser.get(&account(&world, path)).await;
        assert_eq!(page.text("h1").as_deref(), Some("Prove it's you again"), "{path}");
        assert_eq!(page.attribute("#name", "value").as_deref(), Some("zoe"));
    }
    // What was typed is still there afterwards, however long it gets on its way.
    let mut page = browser.post(&factor, &[("name", &"名".repeat(60))]).await;
    page = prove(&world, &mut browser, page, Some(&secret)).await;
    assert_eq!(page.attribute("#name", "value"), Some("名".repeat(60)), "{page:?}");
    world.pass(Duration::minutes(10));
    let page = browser.post(&factor, &[("name", "Work & play + 50%")]).await;
    let page = prove(&world, &mut browser, page, Some(&secret)).await;
    assert_eq!(page.attribute("#name", "value").as_deref(), Some("Work & play + 50%"), "{page:?}");
    let page = browser.submit(&page, &[("name", "Work & play + 50%")]).await;
    assert_eq!(page.text("[role=status]").as_deref(), Some("The name is saved."));
    assert_eq!(page.text(".name").as_deref(), Some("Work & play + 50%"));

    // A form that was open for too long changes nothing.
    world.pass(Duration::minutes(10));
    let before = count(&world, "select count(*) from factors").await;
    for (path, fields) in [
        ("/add", &[("method", "totp")][..]),
        ("/codes", &[]),
        (
            "/password",
            &[("current", PASSWORD), ("password", "nine quiet zebras"), ("repeat", "nine quiet zebras")],
        ),
        (&format!("{}/remove", &factor[account(&world, "").len()..]), &[]),
        (&format!("{}/replace", &factor[account(&world, "").len()..]), &[]),
    ] {
        let page = browser.post(&account(&world, path), fields).await;
        assert_eq!(page.text("h1").as_deref(), Some("Prove it's you again"), "{path}");
    }
    assert_eq!(count(&world, "select count(*) from factors").await, before);
    // Turning back leaves the session as it was.
    let page = browser.get(&account(&world, "/password")).await;
    let page = browser.post(&page.action("/cancel"), &[]).await;
    assert_eq!(page.text("h1").unwrap(), "Your account's security");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn whoever_has_a_factor_shows_it_before_a_change_even_where_the_password_is_enough(pool: PgPool) {
    let (world, _, mut browser, secret) = at_home(pool).await;
    world.policy(|policy| policy.settings.trusted_networks = vec!["198.51.100.0/24".parse().unwrap()]).await;
    world.pass(Duration::minutes(1));
    let mut other = world.browser();
    let page = sign_in(&world, &mut other, None).await;
    assert_eq!(page.text("h1").unwrap(), "Your account's security", "the network is trusted");
    let page = other.get(&account(&world, "/password")).await;
    let page = prove(&world, &mut other, page, Some(&secret)).await;
    assert_eq!(page.text("h1").unwrap(), "Change your password");
    assert_eq!(browser.get(&account(&world, "/password")).await.text("h1").unwrap(), "Change your password");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_factor_that_cannot_be_asked_for_stands_before_a_change_all_the_same(pool: PgPool) {
    let (world, _, mut browser, _) = at_home(pool).await;
    world.two_factor(false).await;
    world.pass(Duration::minutes(1));
    for (sql, allowed) in [
        ("update factors set failures = 100", Method::ALL), // by whoever guessed a hundred times
        ("update factors set failures = 0", &[Method::Questions]),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&world.app.db).await.unwrap();
        world.policy(|policy| policy.settings.methods = MethodSet::of(allowed)).await;
        let mut thief = world.browser();
        let page = sign_in(&world, &mut thief, None).await;
        assert_eq!(page.text("h1").unwrap(), "Your account's security", "the password is enough to look");
        for (path, fields) in [
            ("/add", &[("method", allowed[0].word())][..]),
            ("/codes", &[]),
            ("/password", &[("current", PASSWORD), ("password", "x".repeat(15).as_str())]),
        ] {
            let page = thief.post(&account(&world, path), fields).await;
            let page = match page.form().as_str() {
                "password" => prove(&world, &mut thief, page, None).await,
                _ => page, // there is nothing of the kind
            };
            let heading = page.text("h1").unwrap();
            assert!(
                ["No way left to prove it's you", "Your account's security"].contains(&heading.as_str()),
                "{path}: {heading}"
            );
        }
        assert_eq!(count(&world, "select count(*) from factors").await, 2);
    }
    assert_eq!(browser.get(&account(&world, "/password")).await.text("h1").unwrap(), "Change your password");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn another_app_is_added_one_is_replaced_and_the_last_one_stays(pool: PgPool) {
    let (world, _, mut browser, first) = at_home(pool).await;
    let page = browser.get(&account(&world, "")).await;
    let old = page.attribute(".rows a", "href").unwrap();
    let page = browser.get(&format!("{old}/remove")).await;
    assert_eq!(page.text("h1").unwrap(), "You need this second factor");
    let refused = browser.post(&format!("{old}/remove"), &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);

    // In place of the old one, which works until the new one does.
    world.pass(Duration::minutes(1));
    let page = browser.post(&format!("{old}/replace"), &[]).await;
    assert_eq!(page.text("button.primary").as_deref(), Some("Confirm"));
    let second = secret_on(&page);
    let mut other = world.browser();
    assert_eq!(
        sign_in(&world, &mut other, Some(&first)).await.text("h1").unwrap(),
        "Your account's security"
    );
    assert!(page.texts("button.choice").is_empty(), "in the place of an app comes an app: {page:?}");
    let wrong = browser.submit(&page, &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = browser.submit(&wrong, &[("code", &world.code(&second))]).await;
    assert!(page.text("[role=status]").unwrap().starts_with("It is set up."), "{page:?}");
    assert_eq!(page.texts(".name").iter().filter(|name| *name == "Authenticator app").count(), 1);
    assert_eq!(other.get(&account(&world, "")).await.form(), "password", "signed out elsewhere");
    assert_eq!(browser.get(&old).await.status, StatusCode::NOT_FOUND);

    // Beside it.
    let page = browser.get(&account(&world, "/add")).await;
    assert_eq!(page.text("h1").unwrap(), "Add a second factor");
    let page = browser.post(&account(&world, "/add"), &[("method", "totp")]).await;
    let third = secret_on(&page);
    world.pass(Duration::minutes(1));
    let page = browser.submit(&page, &[("code", &world.code(&third))]).await;
    assert_eq!(page.texts(".rows a").len(), 2, "{}", page.body);
    // The sign-in of it leads nowhere any more, but here.
    let gone = page.attribute(".rows a", "href").unwrap();
    let page = browser.get(&format!("{gone}/remove")).await;
    let page = browser.submit(&page, &[]).await;
    assert!(page.text("[role=status]").unwrap().starts_with("It is removed."), "{page:?}");
    assert_eq!(audited(&world).await, ("factor.removed".into(), "ok".into()));

    world.pass(Duration::minutes(1));
    let mut other = world.browser();
    assert_eq!(sign_in(&world, &mut other, Some(&third)).await.status, StatusCode::OK);
    // Where nobody asks for one, the last may go, and the backup codes with it.
    world.two_factor(false).await;
    let page = other.get(&account(&world, "")).await;
    let last = page.attribute(".rows a", "href").unwrap();
    let page = other.get(&format!("{last}/remove")).await;
    assert!(page.body.contains("Your backup codes are removed with it."), "{}", page.body);
    other.submit(&page, &[]).await;
    assert_eq!(count(&world, "select count(*) from factors").await, 0);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn setting_up_ends_with_the_session_it_was_begun_from(pool: PgPool) {
    let (world, _, mut browser, _) = at_home(pool).await;
    let page = browser.post(&account(&world, "/add"), &[("method", "totp")]).await;
    let (address, secret) = (page.path.clone(), secret_on(&page));
    let mut thief = world.browser();
    assert_eq!(thief.get(&address).await.status, StatusCode::FORBIDDEN, "another browser's");
    let cancelled = browser.clone().post(&page.action("/restart"), &[]).await;
    assert_eq!(cancelled.path, account(&world, ""));
    assert_eq!(browser.clone().get(&address).await.path, account(&world, ""), "over");

    let page = browser.post(&account(&world, "/add"), &[("method", "totp")]).await;
    sqlx::query("delete from sessions").execute(&world.app.db).await.unwrap();
    let later = browser.clone().get(&page.path).await;
    assert_eq!(later.form(), "password", "whoever comes after reads no key: {later:?}");
    world.pass(Duration::minutes(1));
    let page = browser.submit(&page, &[("code", &world.code(&secret))]).await;
    assert_eq!(page.form(), "password", "{page:?}");
    assert_eq!(count(&world, "select count(*) from factors where kind = 'totp'").await, 1);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn new_backup_codes_take_the_old_ones_place_once_saved(pool: PgPool) {
    let (world, _, mut browser, _) = at_home(pool).await;
    browser.saves_codes = false;
    let codes = "select data->>'codes' from factors where kind = 'backup_codes'";
    let kept = async || sqlx::query_scalar::<_, String>(codes).fetch_all(&world.app.db).await.unwrap();
    let old = kept().await;
    let page = browser.get(&account(&world, "/codes")).await;
    assert!(page.body.contains("The 10 codes you have left work until"), "{}", page.body);
    let shown = browser.submit(&page, &[]).await;
    assert_eq!((shown.form(), shown.texts(".codes li").len()), ("codes".into(), 10));
    let later = browser.post(&shown.action("/codes/later"), &[]).await;
    assert_eq!(later.path, account(&world, ""));
    assert_eq!(kept().await, old, "not saved: nothing has changed");

    let shown = browser.submit(&page, &[]).await;
    let done = browser.submit(&shown, &[("saved", "on")]).await;
    assert_eq!(
        done.text("[role=status]").unwrap(),
        "Your new backup codes are saved. The old ones no longer work."
    );
    let new = kept().await;
    assert_eq!(new.len(), 1);
    assert_ne!(new, old);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn another_password_ends_everything_else(pool: PgPool) {
    let (world, zoe, mut browser, secret) = at_home(pool).await;
    world.pass(Duration::minutes(1));
    let mut other = world.browser();
    sign_in(&world, &mut other, Some(&secret)).await;
    let name = cookies::session_name(world.site.0);
    let token = browser.cookies[&name].clone();

    let page = browser.get(&account(&world, "/password")).await;
    let new = "seven quiet lanterns";
    let refused = async |browser: &mut Browser, current, password, repeat, words: &str| {
        let fields = [("current", current), ("password", password), ("repeat", repeat)];
        let page = browser.submit(&page, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(page.text("[role=alert]").unwrap().contains(words), "{words}: {page:?}");
        assert!(!page.body.contains(new) && !page.body.contains(PASSWORD), "nothing typed is shown");
    };
    refused(&mut browser, "", new, new, "Enter the password you have now.").await;
    refused(&mut browser, PASSWORD, new, "another", "The two passwords differ.").await;
    refused(&mut browser, PASSWORD, "short", "short", "Use at least 8 characters.").await;
    refused(&mut browser, PASSWORD, PASSWORD, PASSWORD, "That is the password you have now.").await;
    refused(&mut browser, "wrong password", new, new, "That is not the password you have now.").await;

    // Strangers have put the password off: the new one is another.
    sqlx::query(
        "insert into throttles (site_id, subject, failures, last_failure_at) values ($1, $2, 100, 'epoch')",
    )
    .bind(world.site.0)
    .bind(format!("account:{}", zoe.0))
    .execute(&world.app.db)
    .await
    .unwrap();
    let fields = [("current", PASSWORD), ("password", new), ("repeat", new)];
    let page = browser.submit(&page, &fields).await;
    assert!(page.text("[role=status]").unwrap().starts_with("Your password is changed."), "{page:?}");
    assert_eq!(count(&world, "select count(*) from throttles where subject like 'account:%'").await, 0);
    assert_ne!(browser.cookies[&name], token, "another token");
    assert_eq!(other.get(&account(&world, "")).await.form(), "password", "ended elsewhere");
    assert_eq!(count(&world, "select count(*) from sessions").await, 1);
    let page = other.get(&account(&world, "")).await;
    let page = other.submit(&page, &[("name", "zoe"), ("password", new)]).await;
    assert_eq!(page.form(), "challenge", "it is the one that counts");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn guesses_at_the_present_password_wait_as_at_sign_in(pool: PgPool) {
    let (world, _, mut browser, _) = at_home(pool).await;
    let page = browser.get(&account(&world, "/password")).await;
    let new = "seven quiet lanterns";
    let guess = |current| [("current", current), ("password", new), ("repeat", new)];
    for _ in 0..5 {
        browser.submit(&page, &guess("wrong password")).await;
    }
    let page = browser.submit(&page, &guess(PASSWORD)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "right, but too soon");
    assert_eq!(audited(&world).await, ("password.changed".into(), "too_soon".into()));
    world.pass(Duration::minutes(1));
    let page = browser.submit(&page, &guess(PASSWORD)).await;
    assert!(page.text("[role=status]").is_some(), "{page:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn sessions_are_listed_and_ended_by_a_handle_that_is_no_token(pool: PgPool) {
    let (world, _, mut browser, secret) = at_home(pool).await;
    let mut others = Vec::new();
    for _ in 0..3 {
        world.pass(Duration::minutes(1));
        let mut other = world.browser();
        other.agent = Some(IPHONE);
        sign_in(&world, &mut other, Some(&secret)).await;
        others.push(other);
    }
    let page = browser.get(&account(&world, "")).await;
    let handle = page.attribute("button[name=which]", "value").unwrap();
    for other in &others {
        assert!(!page.body.contains(&other.cookies[&cookies::session_name(world.site.0)]));
    }
    let page = browser.post(&account(&world, "/sessions"), &[("which", &handle)]).await;
    assert_eq!(page.text("[role=status]").as_deref(), Some("Signed out there."));
    let mut ended = 0;
    for other in &mut others {
        ended += usize::from(other.get(&account(&world, "")).await.form() == "password");
    }
    assert_eq!(ended, 1, "that one");
    let page = browser.post(&account(&world, "/sessions"), &[("which", &handle)]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    browser.post(&account(&world, "/sessions"), &[("which", "all")]).await;
    assert_eq!(count(&world, "select count(*) from sessions").await, 1);
    assert_eq!(browser.get(&account(&world, "")).await.status, StatusCode::OK);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn what_is_somebody_elses_is_not_there(pool: PgPool) {
    let (world, _, mut browser, _) = at_home(pool).await;
    world.customer("max@example.com", Some("max"), "Max", "Muster", PASSWORD).await;
    let mut max = world.browser();
    world.enrol(&mut max, "max").await;
    let page = max.get(&account(&world, "")).await;
    let theirs = page.attribute(".rows a", "href").unwrap();
    for path in ["", "/remove"] {
        assert_eq!(browser.get(&format!("{theirs}{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["", "/remove", "/replace"] {
        let page = browser.post(&format!("{theirs}{path}"), &[("name", "mine")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    let codes: uuid::Uuid = sqlx::query_scalar("select id from factors where kind = 'backup_codes' limit 1")
        .fetch_one(&world.app.db)
        .await
        .unwrap();
    for id in [codes.to_string(), "nonsense".into(), "%00".into()] {
        let page = browser.get(&account(&world, &format!("/factors/{id}"))).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{id}");
    }
    let session: Vec<u8> = sqlx::query_scalar(
        "select token_hash from sessions s join customers c on c.id = s.customer_id where c.email like 'max%'",
    )
    .fetch_one(&world.app.db)
    .await
    .unwrap();
    let handle = vestibule::signin::session::handle(&session.try_into().unwrap());
    for path in ["/sessions", "/devices"] {
        let page = browser.post(&account(&world, path), &[("which", &handle)]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        let page = browser.post_cross_site(&account(&world, path), &[("which", "all")]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(max.get(&account(&world, "")).await.texts(".rows a").len(), 1);

    // Proving it is somebody else does not go on where the other was.
    world.pass(Duration::minutes(10));
    let own = account(&world, "/password");
    let page = browser.get(&own).await;
    let page = browser.submit(&page, &[("name", "max"), ("password", PASSWORD)]).await;
    assert_eq!(page.form(), "challenge");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn what_is_preferred_is_asked_for_first(pool: PgPool) {
    let (world, zoe, mut browser, _) = at_home(pool).await;
    let page = browser.get(&account(&world, "")).await;
    assert!(page.text("#method").is_none(), "there is one method only");
    let page = browser.post(&account(&world, "/preferred"), &[("method", "backup_codes")]).await;
    assert_eq!(page.text("[role=status]").as_deref(), Some("Saved."));
    let preferred: Option<String> =
        sqlx::query_scalar("select preferred_method from customers where id = $1")
            .bind(zoe.0)
            .fetch_one(&world.app.db)
            .await
            .unwrap();
    assert_eq!(preferred.as_deref(), Some("backup_codes"));
    let mut other = world.browser();
    let page = other.get(&account(&world, "")).await;
    let page = other.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(page.text("h1").as_deref(), Some("Enter a backup code"));
    let page = browser.post(&account(&world, "/preferred"), &[("method", "nonsense")]).await;
    assert_eq!(page.text("[role=status]").as_deref(), Some("Saved."), "no wish at all");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_language_chosen_while_signed_in_goes_before_cookie_and_browser(pool: PgPool) {
    let (world, _, mut browser, secret) = at_home(pool).await;
    let page = browser.get(&account(&world, "")).await;
    let choose = page.attribute("section form.pick", "action").unwrap();
    let page = browser.post(&choose, &[("lang", "de"), ("back", &account(&world, ""))]).await;
    assert_eq!((page.path, page.headers["content-language"].to_str().unwrap()), (account(&world, ""), "de"));

    world.pass(Duration::minutes(1));
    let mut other = world.browser();
    other.languages = Some("ja");
    let page = other.get(&account(&world, "")).await;
    assert_eq!(page.headers["content-language"], "ja", "nobody knows who it is yet");
    let page = other.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(page.headers["content-language"], "de");
    // Chosen in the middle of a sign-in it counts at once.
    let back = page.path.clone();
    let page = other.post(&choose, &[("lang", "fr"), ("back", &back)]).await;
    assert_eq!((page.headers["content-language"].to_str().unwrap(), page.form()), ("fr", "challenge".into()));
    other.submit(&page, &[("code", &world.code(&secret))]).await;
    assert_eq!(browser.get(&account(&world, "")).await.headers["content-language"], "fr");
    // Somebody who only knows the sign-in's address chooses for nobody.
    let mut stranger = world.browser();
    stranger.post(&choose, &[("lang", "ar"), ("back", &back)]).await;
    assert_eq!(browser.get(&account(&world, "")).await.headers["content-language"], "fr");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_customer_is_told_of_every_change_by_mail(pool: PgPool) {
    let server = MailServer::start(&["accept"]);
    let world = World::of(pool, Config { mail: server.config("", ""), ..config() }).await;
    world.zoe().await;
    let kinds = async || {
        sqlx::query_scalar::<_, String>("select kind from mails order by created_at, kind")
            .fetch_all(&world.app.db)
            .await
            .unwrap()
    };
    let mut browser = world.browser();
    let (_, _, secret) = world.enrol(&mut browser, "zoe").await;
    assert_eq!(kinds().await, ["backup_codes_made", "factor_added"]);
    world.pass(Duration::minutes(1));
    let mut other = world.browser();
    other.agent = Some(IPHONE);
    sign_in(&world, &mut other, Some(&secret)).await;
    assert_eq!(kinds().await[2..], ["new_device"]);

    world.pass(Duration::minutes(1));
    let page = other.post(&account(&world, "/add"), &[("method", "totp")]).await;
    let code = world.code(&secret_on(&page));
    let page = other.submit(&page, &[("code", &code)]).await;
    assert_eq!(kinds().await[3..], ["factor_added"]);
    world.pass(Duration::minutes(1));
    let factor = page.attribute(".rows a", "href").unwrap();
    other.post(&format!("{factor}/remove"), &[]).await;
    assert_eq!(kinds().await[4..], ["factor_removed"]);
    world.pass(Duration::minutes(1));
    let new = "seven quiet lanterns";
    let fields = [("current", PASSWORD), ("password", new), ("repeat", new)];
    other.post(&account(&world, "/password"), &fields).await;
    assert_eq!(kinds().await[5..], ["password_changed"]);
    vestibule::jobs::run_due(&world.app).await.unwrap();
    for mail in server.rest() {
        assert!(mail.text.contains("Was this not you?"), "{mail:?}");
    }
}
