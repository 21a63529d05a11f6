//! Passkeys (security.md W1, W2, G2): set up, asked for beside a password, and as a whole sign-in.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use axum::http::StatusCode;
use serde_json::Value;
use sqlx::{ConnectOptions as _, PgPool};
use time::Duration;
use tokio::task::JoinSet;
use vestibule::customers::CustomerId;
use vestibule::practice::sp::{Outstanding, RequestOptions};
use vestibule::sites::SiteId;

use crate::support::soft_passkey::{Algorithm, Lies, SoftPasskey, USER_VERIFIED};
use crate::support::{Browser, ORIGIN, PASSWORD, Page, World, install};

const MFA: &str = "https://refeds.org/profile/mfa";
const PASSWORD_CLASS: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
const HONEST: Lies = Lies {
    kind: None,
    challenge: None,
    origin: None,
    rp_id: None,
    cross_origin: None,
    top_origin: None,
    flags_on: 0,
    flags_off: 0,
    counter: None,
    handle: None,
    id: None,
    other_key: false,
    trailing: b"",
    attestation: None,
    attest_itself_as: None,
};

/// What the page wants the browser to ask.
fn options(page: &Page) -> Value {
    let options = page.attribute("form[data-passkey]", "data-passkey-options");
    serde_json::from_str(&options.unwrap_or_else(|| panic!("no passkey's form on {page:?}"))).unwrap()
}

/// A new request, whatever session there is.
fn anew(world: &World) -> (String, Outstanding) {
    world.request(&RequestOptions { force_authn: true, ..RequestOptions::default() })
}

/// Past the password, at the page that makes a passkey.
async fn at_enrolment(world: &World, browser: &mut Browser, name: &str) -> (Page, Outstanding) {
    browser.picks = Some("passkey");
    let (url, request) = anew(world);
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", name), ("password", PASSWORD)]).await;
    assert_eq!((page.form().as_str(), page.text("h1").as_deref()), ("enrol", Some("Set up a passkey")));
    (page, request)
}

/// Sets a passkey up, and the customer in.
async fn enrol(world: &World, browser: &mut Browser, name: &str) -> SoftPasskey {
    let (page, request) = at_enrolment(world, browser, name).await;
    let (passkey, answer) = SoftPasskey::create(&options(&page), ORIGIN, Algorithm::Es256, &HONEST);
    let page = browser.submit(&page, &[("credential", &answer)]).await;
    let told = world.verify(&page, &request);
    assert_eq!(told.assertion.unwrap().authn_context, MFA);
    passkey
}

/// Past the password, at the page that asks for a passkey.
async fn asked(world: &World, browser: &mut Browser, name: &str) -> (Page, Outstanding) {
    let (url, request) = anew(world);
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", name), ("password", PASSWORD)]).await;
    assert_eq!((page.form().as_str(), page.text("h1").as_deref()), ("challenge", Some("Use your passkey")));
    (page, request)
}

/// The password page of a site that takes passkeys instead.
async fn at_the_door(world: &World, browser: &mut Browser) -> (Page, Outstanding) {
    let (url, request) = anew(world);
    let page = browser.get(&url).await;
    assert_eq!(page.attribute("form[data-passkey]", "data-passkey").as_deref(), Some("autofill"));
    (page, request)
}

/// Answers the password page with a passkey.
async fn show(browser: &mut Browser, page: &Page, answer: &str) -> Page {
    browser.post(&page.action("/passkey"), &[("credential", answer)]).await
}

async fn allow_whole_sign_in(world: &World) {
    world.policy(|policy| policy.settings.passkey_sign_in = true).await;
}

/// The newest results of an action in the audit trail, newest first.
async fn results(world: &World, action: &str) -> Vec<String> {
    sqlx::query_scalar("select result from audit_events where action = $1 order by id desc")
        .bind(action)
        .fetch_all(&world.app.db)
        .await
        .unwrap()
}

async fn failures(world: &World, customer: CustomerId) -> Vec<i32> {
    sqlx::query_scalar(
        "select failures from factors where customer_id = $1 and kind = 'passkey' order by created_at",
    )
    .bind(customer.0)
    .fetch_all(&world.app.db)
    .await
    .unwrap()
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_passkey_is_set_up_and_asked_for_beside_the_password(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    let mut browser = world.browser();
    browser.picks = None;
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    assert!(page.attribute("form[data-passkey]", "action").is_none(), "the site has not allowed it");
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(page.texts("button.choice strong"), ["Passkey", "Authenticator app"]);
    assert_eq!(page.texts("button.choice .tag"), ["Recommended"]);
    assert!(page.attribute("button[value=passkey][data-passkey-way]", "name").is_some());

    let mut passkey = enrol(&world, &mut browser, "zoe").await;
    for count in 1..3 {
        let (page, request) = asked(&world, &mut browser, "zoe").await;
        let wanted = options(&page);
        assert_eq!(wanted["userVerification"], "preferred");
        assert_eq!(wanted["allowCredentials"].as_array().unwrap().len(), 1);
        let unverified = Lies { flags_off: USER_VERIFIED, handle: Some(None), ..HONEST };
        let page = browser.submit(&page, &[("credential", &passkey.get(&wanted, &unverified))]).await;
        assert_eq!(world.verify(&page, &request).assertion.unwrap().authn_context, MFA);
        assert_eq!(passkey.counter, count);
    }
    let kept: (String, Value, bool) = sqlx::query_as(
        "select name, data, credential_id is not null from factors where customer_id = $1 and kind = 'passkey'",
    )
    .bind(zoe.0)
    .fetch_one(&world.app.db)
    .await
    .unwrap();
    assert_eq!((kept.0.as_str(), kept.2), ("Passkey", true));
    assert_eq!((&kept.1["rp_id"], &kept.1["counter"]), (&"2fa.example.com".into(), &2.into()));
    assert_eq!(results(&world, "signin.factor").await, ["ok", "ok"]);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_wrong_answer_beside_the_password_is_refused_and_asked_anew(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    let mut browser = world.browser();
    let mut passkey = enrol(&world, &mut browser, "zoe").await;
    let (page, request) = asked(&world, &mut browser, "zoe").await;
    let spent = passkey.get(&options(&page), &HONEST);
    world.verify(&browser.submit(&page, &[("credential", &spent)]).await, &request);
    let (elsewhere, _) = asked(&world, &mut world.browser(), "zoe").await;
    let elsewhere = options(&elsewhere);
    passkey.counter = 5;
    let (mut page, request) = asked(&world, &mut browser, "zoe").await;
    let counted = passkey.get(&options(&page), &HONEST);
    world.verify(&browser.submit(&page, &[("credential", &counted)]).await, &request);

    let (first, request) = asked(&world, &mut browser, "zoe").await;
    page = first;
    let mut challenges = vec![options(&page)["challenge"].clone()];
    for (what, word, lies) in [
        ("replayed", "challenge", None),
        ("another sign-in's challenge", "challenge", None),
        ("nothing", "malformed", None),
        ("origin", "origin", Some(Lies { origin: Some("https://evil.example"), ..HONEST })),
        ("wrong key", "signature", Some(Lies { other_key: true, ..HONEST })),
        ("another's", "other_customer", Some(Lies { handle: Some(Some(&[7; 16])), ..HONEST })),
        ("unknown", "unknown_credential", Some(Lies { id: Some(b"nobody's"), ..HONEST })),
        ("counter back", "counter_went_back", Some(Lies { counter: Some(3), ..HONEST })),
    ] {
        let answer = match (what, lies) {
            ("replayed", _) => spent.clone(),
            ("nothing", _) => String::new(),
            (_, None) => passkey.get(&elsewhere, &HONEST),
            (_, Some(lies)) => passkey.get(&options(&page), &lies),
        };
        page = browser.submit(&page, &[("credential", &answer)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
        assert!(page.title().starts_with("Error: Use your passkey"), "{what}: {}", page.title());
        assert_eq!(page.attribute("#problem a", "href").as_deref(), Some("#use-passkey"), "{what}");
        assert_eq!(results(&world, "signin.factor").await[0], word, "{what}");
        assert_eq!(failures(&world, zoe).await, [0], "{what}");
        let challenge = options(&page)["challenge"].clone();
        assert!(!challenges.contains(&challenge), "{what}: asked once");
        challenges.push(challenge);
    }
    // The first page's challenge is gone, although nobody answered it rightly.
    let late = passkey.get(&options(&first_of(&challenges, &page)), &HONEST);
    page = browser.submit(&page, &[("credential", &late)]).await;
    assert_eq!(results(&world, "signin.factor").await[0], "challenge");
    passkey.counter = 50;
    let right = passkey.get(&options(&page), &HONEST);
    world.verify(&browser.submit(&page, &[("credential", &right)]).await, &request);
}

/// `page` with the first of the challenges in place of its own.
fn first_of(challenges: &[Value], page: &Page) -> Page {
    let (first, last) = (challenges[0].as_str().unwrap(), options(page)["challenge"].clone());
    let body = page.body.replace(last.as_str().unwrap(), first);
    Page { status: page.status, path: page.path.clone(), headers: page.headers.clone(), body }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn setting_one_up_takes_one_answer_a_challenge(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    let (page, request) = at_enrolment(&world, &mut browser, "zoe").await;
    let first = options(&page);
    assert_eq!(options(&browser.get(&page.path).await), first, "a reload asks the same");
    let (_, answer) = SoftPasskey::create(&first, ORIGIN, Algorithm::Es256, &HONEST);
    let refused = browser.submit(&page, &[("credential", "{}")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let second = options(&refused);
    assert_ne!(second["challenge"], first["challenge"]);
    let late = browser.submit(&refused, &[("credential", &answer)]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "the challenge before");
    assert_eq!(results(&world, "factor.enrolled").await, ["challenge", "malformed"]);

    // Ten minutes later it is void; the page says so and asks anew.
    let (_, answer) = SoftPasskey::create(&options(&late), ORIGIN, Algorithm::Es256, &HONEST);
    world.pass(Duration::minutes(10));
    let late = browser.submit(&late, &[("credential", &answer)]).await;
    assert_eq!(results(&world, "factor.enrolled").await[0], "expired");
    assert!(late.body.contains("That took too long"), "{}", late.body);

    // Of two answers at once one counts.
    let (_, answer) = SoftPasskey::create(&options(&late), ORIGIN, Algorithm::Ed25519, &HONEST);
    let (mut one, mut two) = (browser.clone(), browser.clone());
    let (fields_one, fields_two) = ([("credential", answer.as_str())], [("credential", answer.as_str())]);
    let (one, two) = tokio::join!(one.submit(&late, &fields_one), two.submit(&late, &fields_two));
    let in_both = [&one, &two].into_iter().filter(|page| page.body.contains("SAMLResponse")).count();
    assert_eq!(in_both, 1, "{one:?} {two:?}");
    let done = if one.body.contains("SAMLResponse") { one } else { two };
    world.verify(&done, &request);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_passkey_is_one_customers_within_a_site(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let yan = world.customer("yan@example.com", Some("yan"), "Yan", "Li", PASSWORD).await;
    let passkey = enrol(&world, &mut world.browser(), "zoe").await;
    let mut browser = world.browser();
    let (page, _) = at_enrolment(&world, &mut browser, "yan").await;
    let answer = passkey.attestation(&options(&page), &HONEST);
    let page = browser.submit(&page, &[("credential", &answer)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("in use already"), "{}", page.body);
    assert_eq!(results(&world, "factor.enrolled").await[0], "taken");
    assert!(failures(&world, yan).await.is_empty());
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_passkey_is_a_whole_sign_in_where_the_site_allows_it(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut passkey = enrol(&world, &mut world.browser(), "zoe").await;
    allow_whole_sign_in(&world).await;
    let mut browser = world.browser();
    let (page, request) = at_the_door(&world, &mut browser).await;
    assert_eq!(page.attribute("#name", "autocomplete").as_deref(), Some("username webauthn"));
    assert_eq!(page.text("form[data-passkey] button").as_deref(), Some("Sign in with a passkey"));
    let wanted = options(&page);
    assert_eq!(
        (&wanted["userVerification"], &wanted["allowCredentials"]),
        (&"required".into(), &Value::Array(vec![]))
    );
    assert_eq!(options(&browser.get(&page.path).await), wanted, "two tabs share it");

    let page = show(&mut browser, &page, &passkey.get(&wanted, &HONEST)).await;
    let told = world.verify(&page, &request).assertion.unwrap();
    assert_eq!((told.name_id.as_str(), told.authn_context.as_str()), ("zoe@example.com", MFA));
    let sessions: Vec<Vec<String>> =
        sqlx::query_scalar("select methods from sessions").fetch_all(&world.app.db).await.unwrap();
    assert!(sessions.iter().any(|methods| methods[..] == ["passkey", "verified"]), "{sessions:?}");
    let trail: Vec<(String, String, Option<String>)> =
        sqlx::query_as("select action, result, factor from audit_events order by id desc limit 2")
            .fetch_all(&world.app.db)
            .await
            .unwrap();
    let word = Some("passkey".to_owned());
    assert_eq!(trail[0], ("signin.completed".into(), "ok".into(), word.clone()));
    assert_eq!(trail[1], ("signin.passkey".into(), "ok".into(), word));

    // The session answers for itself; not to an SP that wants to be told of a password.
    let (url, request) = world.request(&RequestOptions::default());
    let told = world.verify(&browser.get_once(&url).await, &request).assertion.unwrap();
    assert_eq!(told.authn_context, MFA);
    let wants_a_password =
        RequestOptions { authn_context: Some(PASSWORD_CLASS.into()), ..RequestOptions::default() };
    let (url, _) = world.request(&wants_a_password);
    let page = browser.get(&url).await;
    assert_eq!(page.form(), "password");
    assert!(page.attribute("form[data-passkey]", "action").is_none(), "a passkey could not answer it");

    // One without a session, whose 2FA is off and whose password is too short to stand alone.
    world.two_factor(false).await;
    let mut browser = world.browser();
    let (page, request) = at_the_door(&world, &mut browser).await;
    let page = show(&mut browser, &page, &passkey.get(&options(&page), &HONEST)).await;
    assert_eq!(world.verify(&page, &request).assertion.unwrap().authn_context, MFA);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn whatever_is_wrong_with_a_whole_sign_in_is_told_alike(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    let yan = world.customer("yan@example.com", Some("yan"), "Yan", "Li", PASSWORD).await;
    let mut passkey = enrol(&world, &mut world.browser(), "zoe").await;
    allow_whole_sign_in(&world).await;
    let other = install(&world.app, "client-key-2", "https://other.atlassian.net").await;
    let mut foreign = foreign_passkey(&world, other, zoe).await;

    let mut browser = world.browser();
    let (page, request) = at_the_door(&world, &mut browser).await;
    let spent = passkey.get(&options(&page), &HONEST);
    world.verify(&show(&mut browser, &page, &spent).await, &request);
    let again = show(&mut browser, &page, &spent).await;
    assert_eq!(again.text("h1").as_deref(), Some("You're already signed in here"), "the sign-in is over");
    passkey.counter = 5;
    let (page, request) = at_the_door(&world, &mut browser).await;
    let counted = passkey.get(&options(&page), &HONEST);
    world.verify(&show(&mut browser, &page, &counted).await, &request);

    let yans: &'static [u8] = Box::leak(Box::new(*yan.0.as_bytes()));
    let elsewhere = options(&at_the_door(&world, &mut world.browser()).await.0);
    let (mut page, request) = at_the_door(&world, &mut browser).await;
    let mut told = Vec::new();
    for (what, word, lies) in [
        ("replayed", "challenge", None),
        ("another sign-in's challenge", "challenge", None),
        ("another site's passkey", "unknown_credential", None),
        ("nothing", "malformed", None),
        ("unknown", "unknown_credential", Some(Lies { id: Some(b"nobody's"), ..HONEST })),
        ("another customer's handle", "other_customer", Some(Lies { handle: Some(Some(yans)), ..HONEST })),
        ("no handle", "other_customer", Some(Lies { handle: Some(None), ..HONEST })),
        ("not verified", "not_verified", Some(Lies { flags_off: USER_VERIFIED, ..HONEST })),
        ("another host's page", "origin", Some(Lies { origin: Some("https://evil.example"), ..HONEST })),
        ("counter back", "counter_went_back", Some(Lies { counter: Some(2), ..HONEST })),
    ] {
        let answer = match (what, lies) {
            ("replayed", _) => spent.clone(),
            ("nothing", _) => String::new(),
            ("another site's passkey", _) => foreign.get(&options(&page), &HONEST),
            (_, None) => passkey.get(&elsewhere, &HONEST),
            (_, Some(lies)) => passkey.get(&options(&page), &lies),
        };
        let asked_before = options(&page)["challenge"].clone();
        page = show(&mut browser, &page, &answer).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
        assert_eq!(results(&world, "signin.passkey").await[0], word, "{what}");
        assert_eq!(failures(&world, zoe).await, [0], "{what}");
        assert_ne!(options(&page)["challenge"], asked_before, "{what}: asked once");
        told.push((page.title(), page.text("#problem")));
    }
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(failures(&world, yan).await.is_empty());
    passkey.counter = 50;
    let right = passkey.get(&options(&page), &HONEST);
    world.verify(&show(&mut browser, &page, &right).await, &request);
}

/// A passkey of another site's customer, who has the same id there as far as it can tell.
async fn foreign_passkey(world: &World, site: SiteId, like: CustomerId) -> SoftPasskey {
    let options = serde_json::json!({
        "rp": { "id": "2fa.example.com" },
        "user": { "id": data_encoding::BASE64URL_NOPAD.encode(like.0.as_bytes()) },
        "challenge": "AAAA",
    });
    let (passkey, _) = SoftPasskey::create(&options, ORIGIN, Algorithm::Es256, &HONEST);
    let form = vestibule::customers::AddForm {
        email: "zoe@example.com".into(),
        username: None,
        given_name: "Zoë".into(),
        family_name: "There".into(),
        password: Some(PASSWORD.to_owned().into()),
    };
    let customer = vestibule::customers::add(&world.app, site, form, vestibule::audit::Actor::Operator).await;
    sqlx::query(
        "insert into factors (id, site_id, customer_id, kind, name, data, credential_id, created_at)
         select gen_random_uuid(), $1, $2, kind, name, data, $3, created_at from factors where kind = 'passkey'",
    )
    .bind(site.0)
    .bind(customer.unwrap().0)
    .bind(&passkey.id)
    .execute(&world.app.db)
    .await
    .unwrap();
    passkey
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn of_many_answers_at_once_to_one_challenge_one_gets_in(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut passkey = enrol(&world, &mut world.browser(), "zoe").await;
    allow_whole_sign_in(&world).await;
    for whole in [true, false] {
        let mut browser = world.browser();
        let (page, action) = if whole {
            let (page, _) = at_the_door(&world, &mut browser).await;
            let action = page.action("/passkey");
            (page, action)
        } else {
            let (page, _) = asked(&world, &mut browser, "zoe").await;
            let action = page.action("/challenge");
            (page, action)
        };
        // Each a genuine answer of its own, with a counter that moves on.
        let mut tasks = JoinSet::new();
        for _ in 0..8 {
            let (mut browser, action) = (browser.clone(), action.clone());
            let answer = passkey.get(&options(&page), &HONEST);
            tasks.spawn(async move { browser.post(&action, &[("credential", &answer)]).await.body });
        }
        let pages = tasks.join_all().await;
        assert_eq!(pages.iter().filter(|page| page.contains("SAMLResponse")).count(), 1, "whole: {whole}");
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn strangers_cannot_lock_a_passkey_out(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut passkey = enrol(&world, &mut world.browser(), "zoe").await;
    allow_whole_sign_in(&world).await;
    // Her account waits, and so does the network she comes from, at a browser that is new.
    let mut stranger = world.browser();
    for at in 0..60 {
        let (url, _) = world.request(&RequestOptions::default());
        let page = stranger.get(&url).await;
        let name = if at % 2 == 0 { "zoe".to_owned() } else { format!("guess{at}") };
        stranger.submit(&page, &[("name", &name), ("password", "wrong password")]).await;
    }
    let mut browser = world.browser();
    let (page, request) = at_the_door(&world, &mut browser).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!((page.status, page.form().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "password"));
    let page = show(&mut browser, &page, &passkey.get(&options(&page), &HONEST)).await;
    world.verify(&page, &request);
}

/// A signature cannot be guessed, so a count would only help strangers: whoever knows a passkey's id
/// could put it off.
#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn no_number_of_wrong_signatures_puts_a_passkey_off(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    let mut passkey = enrol(&world, &mut world.browser(), "zoe").await;
    allow_whole_sign_in(&world).await;
    let mut stranger = world.browser();
    let (mut page, _) = at_the_door(&world, &mut stranger).await;
    let mut told = Vec::new();
    for at in 0..103 {
        let nobodys = Lies { id: Some(b"nobody's"), ..HONEST };
        let forged = Lies { other_key: true, ..HONEST };
        let lies = if at == 0 { nobodys } else { forged };
        page = show(&mut stranger, &page, &passkey.get(&options(&page), &lies)).await;
        let word = if at == 0 { "unknown_credential" } else { "signature" };
        assert_eq!(results(&world, "signin.passkey").await[0], word, "{at}");
        told.push((page.status, page.title(), page.text("#problem")));
    }
    told.dedup();
    assert_eq!(told.len(), 1, "an id that is known is answered as one that is not: {told:?}");
    assert_eq!(failures(&world, zoe).await, [0]);
    let mut browser = world.browser();
    let (page, request) = at_the_door(&world, &mut browser).await;
    world.verify(&show(&mut browser, &page, &passkey.get(&options(&page), &HONEST)).await, &request);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_passkey_that_an_older_version_put_off_works_again(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    let mut passkey = enrol(&world, &mut world.browser(), "zoe").await;
    allow_whole_sign_in(&world).await;
    for whole in [true, false] {
        sqlx::query("update factors set failures = 100, last_failure_at = $1 where kind = 'passkey'")
            .bind(world.clock.now())
            .execute(&world.app.db)
            .await
            .unwrap();
        let mut browser = world.browser();
        let (page, request) = match whole {
            true => at_the_door(&world, &mut browser).await,
            false => asked(&world, &mut browser, "zoe").await,
        };
        let answer = passkey.get(&options(&page), &HONEST);
        let page = match whole {
            true => show(&mut browser, &page, &answer).await,
            false => browser.submit(&page, &[("credential", &answer)]).await,
        };
        world.verify(&page, &request);
        assert_eq!(failures(&world, zoe).await, [0], "whole: {whole}");
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_passkey_that_is_gone_or_no_longer_allowed_is_no_way_in(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    let mut passkey = enrol(&world, &mut world.browser(), "zoe").await;
    allow_whole_sign_in(&world).await;

    let mut browser = world.browser();
    let (page, _) = at_the_door(&world, &mut browser).await;
    let answer = passkey.get(&options(&page), &HONEST);
    world.policy(|policy| policy.settings.passkey_sign_in = false).await;
    let page = show(&mut browser, &page, &answer).await;
    assert_eq!((page.status, page.form().as_str()), (StatusCode::OK, "password"));
    assert!(page.attribute("form[data-passkey]", "action").is_none());

    allow_whole_sign_in(&world).await;
    world
        .policy(|policy| {
            policy.settings.methods = policy.settings.methods.without(vestibule::factors::Method::Passkey)
        })
        .await;
    let page = browser.get(&page.path).await;
    assert!(page.attribute("form[data-passkey]", "action").is_none());
    world
        .policy(|policy| {
            policy.settings.methods = policy.settings.methods.with(vestibule::factors::Method::Passkey)
        })
        .await;

    // Too late: the page asks anew, and a reload does by itself.
    let (page, _) = at_the_door(&world, &mut browser).await;
    let answer = passkey.get(&options(&page), &HONEST);
    world.pass(Duration::minutes(10));
    assert_ne!(options(&browser.get(&page.path).await)["challenge"], options(&page)["challenge"]);
    let page = show(&mut browser, &page, &answer).await;
    assert_eq!(results(&world, "signin.passkey").await, ["challenge"]);

    sqlx::query("delete from factors where customer_id = $1")
        .bind(zoe.0)
        .execute(&world.app.db)
        .await
        .unwrap();
    let page = show(&mut browser, &page, &passkey.get(&options(&page), &HONEST)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(results(&world, "signin.passkey").await[0], "unknown_credential");
}

/// `vestibule serve` as that host over the story's database: until it serves, or what it says instead.
fn serve(world: &World, host: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_vestibule"))
        .arg("serve")
        .current_dir(&folder)
        .env_clear()
        .env("VESTIBULE_BASE_URL", format!("https://{host}"))
        .env("VESTIBULE_LISTEN", "127.0.0.1:0")
        .env("VESTIBULE_MASTER_KEY", "2v1wN3mXzq0rH8kJd5cYbL6tQe9uGiPaSxVfCzB7oUE=")
        .env("VESTIBULE_PASSWORD_PEPPER", "kT0sW4yRj9nAq2hF7dLxZ3vM6bEoUcIgPw8tJrX1aHs=")
        .env("DATABASE_URL", world.app.db.connect_options().to_url_lossy().to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    for line in BufReader::new(child.stderr.take().unwrap()).lines() {
        said += &line.unwrap();
        if said.contains(" serving ") {
            child.kill().unwrap();
            child.wait().unwrap();
            return Ok(());
        }
    }
    assert_eq!(child.wait().unwrap().code(), Some(1), "{said}");
    Err(said)
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn passkeys_keep_the_server_at_its_host(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let moved = async |host| vestibule::db::host::prove(&world.app.db, host).await;
    moved("elsewhere.example.com").await.unwrap();
    enrol(&world, &mut world.browser(), "zoe").await;
    moved("2fa.example.com").await.unwrap();
    let refused = moved("elsewhere.example.com").await.unwrap_err().to_string();
    assert!(refused.contains("elsewhere.example.com") && refused.contains("(1)"), "{refused}");
    assert!(refused.contains("made for 2fa.example.com") && refused.contains("Go back"), "{refused}");
    serve(&world, "2fa.example.com").expect("it serves where they were made");
    let refused = serve(&world, "elsewhere.example.com").expect_err("it asks before it serves");
    assert!(refused.contains("made for 2fa.example.com") && refused.contains("Go back"), "{refused}");
}
