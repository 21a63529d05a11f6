//! A test sign-in is a real one up to its end: the response is examined here, shown, and goes nowhere.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;
use vestibule::practice::sp::RequestOptions;
use vestibule::saml::{self, rotation::Keys};
use vestibule::sites::SiteId;

use crate::support::admin::{Admin, open, trail};
use crate::support::jira::{self, ADA, Jira};
use crate::support::{ORIGIN, PASSWORD, Page, World, install, secret_on};

/// The site's keys as they stand.
pub async fn keys(world: &World, site: SiteId) -> Keys {
    let mut conn = world.app.db.acquire().await.unwrap();
    saml::store::keys::find(&mut conn, site).await.unwrap().unwrap()
}

/// Takes the administrator's wizard to where tests are offered.
pub async fn ready(world: &World, admin: &Admin<'_>) {
    admin.post("setup/guard", &[("ready", "on")]).await;
    let values = [("entity_id", world.sp.entity_id()), ("acs_url", world.sp.acs_url()), ("entered", "on")];
    assert_eq!(admin.post("setup/source", &values).await.state(), "setup/policy");
    assert_eq!(admin.post("setup/finish", &[("works", "on")]).await.state(), "setup/done");
}

/// A new test with `key`: its id, and the link's path.
async fn prepared(admin: &Admin<'_>, key: Uuid) -> (String, String) {
    let fragment = admin.post("setup/tests", &[("key", &key.to_string())]).await;
    assert_eq!(fragment.status, StatusCode::OK, "{fragment:?}");
    let link = fragment.text("#test-link");
    assert_eq!(fragment.attribute("a.button", "href"), link);
    let poll = fragment.attribute("#trial", "hx-get");
    let id = poll.split("/tests/").nth(1).unwrap().split('?').next().unwrap().to_owned();
    assert!(poll.ends_with("?state=waiting"), "{poll}");
    (id, link.strip_prefix(ORIGIN).expect("an address of ours").to_owned())
}

async fn count(world: &World, table: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
        .fetch_one(&world.app.db)
        .await
        .unwrap()
}

/// Every row of `table` as text.
async fn rows(world: &World, table: &str) -> String {
    let rows: Vec<String> =
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select t::text from {table} t order by t::text")))
            .fetch_all(&world.app.db)
            .await
            .unwrap();
    rows.join("\n")
}

/// Nothing on the page could be given to a service provider.
fn holds_no_message(page: &Page) {
    let coded = STANDARD.encode("<samlp:Response ");
    for message in ["SAMLResponse", "SignatureValue", "<saml", "&#60;saml", &coded[..16]] {
        assert!(!page.body.contains(message), "{message} in {page:?}");
    }
    assert!(!page.headers.contains_key("location"));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_test_sign_in_ends_with_what_guard_would_be_told(pool: PgPool) {
    let world = open(pool).await;
    let zoe = world.zoe().await;
    let ada = Admin::new(&world, ADA);
    let key = keys(&world, world.site).await.active;
    let early = ada.post("setup/tests", &[("key", &key.id.to_string())]).await;
    assert_eq!((early.status, count(&world, "signin_tests").await), (StatusCode::NOT_FOUND, 0));
    ready(&world, &ada).await;
    let (test, link) = prepared(&ada, key.id).await;
    let status = format!("setup/tests/{test}");
    assert_eq!(ada.get(&format!("{status}?state=waiting")).await.status, StatusCode::NO_CONTENT);

    // Looking changes nothing, however often.
    let mut browser = world.browser();
    let before = (rows(&world, "signin_tests").await, count(&world, "audit_events").await);
    for _ in 0..2 {
        let page = browser.get_once(&link).await;
        assert_eq!((page.status, page.attribute("form", "action")), (StatusCode::OK, Some(link.clone())));
        assert_eq!(page.headers["referrer-policy"], "same-origin", "no other origin learns the link");
    }
    assert_eq!(browser.head(&link).await.status, StatusCode::METHOD_NOT_ALLOWED);
    let crossing = world.browser().post_cross_site(&link, &[]).await;
    assert_eq!(crossing.status, StatusCode::FORBIDDEN);
    let after = (rows(&world, "signin_tests").await, count(&world, "audit_events").await);
    assert_eq!((before, count(&world, "signins").await), (after, 0));

    let page = browser.post(&link, &[]).await;
    assert_eq!(page.form(), "password", "{page:?}");
    let begun = ada.get(&format!("{status}?state=waiting")).await;
    assert!(begun.text("[role=status]").contains("Somebody is signing in"), "{begun:?}");
    assert!(begun.text("#test-link").is_empty(), "the link is shown once");
    assert_eq!(ada.get(&format!("{status}?state=begun")).await.status, StatusCode::NO_CONTENT);

    // A wrong password counts as ever.
    let wrong = browser.submit(&page, &[("name", "zoe"), ("password", "not that one")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let failures: Vec<i32> = sqlx::query_scalar("select failures from throttles order by subject")
        .fetch_all(&world.app.db)
        .await
        .unwrap();
    assert_eq!(failures, [1, 1], "of the account and of the network");

    world.pass(Duration::minutes(1));
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(page.form(), "enrol", "{page:?}");
    let page = browser.submit(&page, &[("code", &world.code(&secret_on(&page)))]).await;
    assert_eq!((page.status, page.text("h1")), (StatusCode::OK, Some("The test passed".into())), "{page:?}");
    assert_eq!(page.text("bdi.who").as_deref(), Some("zoe@example.com"));
    assert!(page.body.contains("Łukasiewicz") && page.body.contains(&key.fingerprint()), "{page:?}");
    assert_eq!(page.attribute(".checks li.fail", "class"), None);
    assert_eq!(page.attribute("form", "action"), None, "nothing to send");
    holds_no_message(&page);

    let done = ada.get(&format!("{status}?state=begun")).await;
    assert_eq!(done.text(".lozenge.success").split(' ').next(), Some("Passed"), "{done:?}");
    assert!(done.text("bdi").contains("zoe@example.com"), "{done:?}");
    assert_eq!(done.attribute("#trial", "hx-get"), "", "it asks no more");
    assert_eq!(ada.get(&format!("{status}?state=done")).await.status, StatusCode::NO_CONTENT);

    assert_eq!((count(&world, "sessions").await, count(&world, "known_browsers").await), (0, 0));
    assert!(browser.cookies.keys().all(|name| !name.contains("session")), "{:?}", browser.cookies);
    let (url, _) = world.request(&RequestOptions::default());
    assert_eq!(browser.get(&url).await.form(), "password", "and nobody is signed in");

    let mut conn = world.app.db.acquire().await.unwrap();
    let trace = saml::store::newest_traces(&mut conn, world.site, None, 2).await.unwrap().remove(1);
    assert_eq!((&*trace.verdict, &*trace.binding), ("tested", "test"));
    assert_eq!(trace.customer_id, Some(zoe.0));
    assert_eq!(trace.detail.answer.unwrap().certificate_sha256, key.fingerprint());
    assert_eq!(saml::store::last_success(&mut conn, world.site).await.unwrap(), None, "no sign-in at the SP");
    let told: (String, Option<Uuid>, Option<String>) =
        sqlx::query_as("select result, customer_id, factor from audit_events where action = 'signin.tested'")
            .fetch_one(&mut *conn)
            .await
            .unwrap();
    assert_eq!(told, ("ok".into(), Some(zoe.0), Some("totp".into())));
    let completed: i64 =
        sqlx::query_scalar("select count(*) from audit_events where action = 'signin.completed'")
            .fetch_one(&mut *conn)
            .await
            .unwrap();
    assert_eq!(completed, 0);
    let (action, account, detail) = trail(&world).await.remove(0);
    assert_eq!((&*action, account.as_deref()), ("signin_test.prepared", Some(ADA)));
    assert_eq!((detail["test"].as_str(), detail["key"].as_str()), (Some(&*test), Some(&*key.id.to_string())));

    // The link is spent, and the page at its end comes up once.
    for page in [world.browser().get(&link).await, world.browser().post(&link, &[]).await] {
        assert_eq!((page.status, page.attribute("form", "action")), (StatusCode::GONE, None));
    }
    assert_eq!(count(&world, "signins").await, 2, "the test and the request after it");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_link_ends_after_fifteen_minutes_or_with_its_key_and_belongs_to_its_site(pool: PgPool) {
    let world = open(pool).await;
    let ada = Admin::new(&world, ADA);
    ready(&world, &ada).await;
    let key = keys(&world, world.site).await.active.id;
    let (test, link) = prepared(&ada, key).await;
    let token = link.rsplit('/').next().unwrap();

    let other = install(&world.app, "client-key-2", "https://other.atlassian.net").await;
    sqlx::query(
        "update sites set sp_entity_id = 'https://sp.example', sp_acs_url = 'https://sp.example/acs'
                  where id = $1",
    )
    .bind(other.0)
    .execute(&world.app.db)
    .await
    .unwrap();
    for path in [
        format!("/sites/{other}/test/{token}"),
        format!("/sites/{}/test/{}", world.site, token.to_uppercase()),
        format!("/sites/{}/test/{}", world.site, &token[1..]),
        format!("/sites/{}/test/%00", world.site),
    ] {
        let pages = [world.browser().get_once(&path).await, world.browser().post(&path, &[]).await];
        for page in pages {
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!page.headers.contains_key("set-cookie"), "{path}");
        }
    }

    world.pass(Duration::minutes(15) - Duration::SECOND);
    assert_eq!(world.browser().get(&link).await.status, StatusCode::OK);
    world.pass(Duration::SECOND);
    assert_eq!(world.browser().get(&link).await.status, StatusCode::GONE);
    assert_eq!(world.browser().post(&link, &[]).await.status, StatusCode::GONE);
    let expired = ada.get(&format!("setup/tests/{test}?state=waiting")).await;
    assert!(expired.body.contains("was not finished in time"), "{expired:?}");
    assert_eq!(expired.attribute("#trial", "hx-get"), "", "it asks no more");

    // With its key goes the test, whether it has begun or not.
    ada.post("setup/certificates/next", &[]).await;
    let next = keys(&world, world.site).await.next.unwrap().id;
    let (waiting, unopened) = prepared(&ada, next).await;
    let (_, opened) = prepared(&ada, next).await;
    let mut browser = world.browser();
    let page = browser.post(&opened, &[]).await;
    assert_eq!(page.form(), "password");
    let both = [("active", key.to_string()), ("other", next.to_string())];
    let both = both.each_ref().map(|(name, id)| (*name, id.as_str()));
    ada.post("setup/certificates/discard", &both).await;
    assert_eq!(world.browser().get(&unopened).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.browser().post(&unopened, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ada.get(&format!("setup/tests/{waiting}")).await.status, StatusCode::NOT_FOUND);
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);

    // A site that nobody can sign in at says so.
    let (_, link) = prepared(&ada, key).await;
    sqlx::query("update sites set sp_entity_id = null, sp_acs_url = null")
        .execute(&world.app.db)
        .await
        .unwrap();
    for page in [world.browser().get(&link).await, world.browser().post(&link, &[]).await] {
        assert_eq!(page.status, StatusCode::CONFLICT, "{page:?}");
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn of_clicks_at_once_one_begins_a_sign_in(pool: PgPool) {
    let world = open(pool).await;
    let ada = Admin::new(&world, ADA);
    ready(&world, &ada).await;
    let (_, link) = prepared(&ada, keys(&world, world.site).await.active.id).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let (mut browser, link) = (world.browser(), link.clone());
        tasks.spawn(async move { browser.post(&link, &[]).await.status });
    }
    let mut statuses = tasks.join_all().await;
    statuses.sort();
    assert_eq!(statuses[0], StatusCode::OK);
    assert_eq!(statuses[1..], [StatusCode::GONE; 5]);
    assert_eq!(count(&world, "signins").await, 1);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_next_certificate_is_tried_before_it_signs(pool: PgPool) {
    let world = open(pool).await;
    world.zoe().await;
    world.two_factor(false).await;
    let ada = Admin::new(&world, ADA);
    ready(&world, &ada).await;
    ada.post("setup/finish", &[("works", "on")]).await;
    ada.post("setup/certificates/next", &[]).await;
    let site_keys = keys(&world, world.site).await;
    let next = site_keys.next.unwrap();

    // She has a session that would answer by itself.
    let mut browser = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await.response();
    let cookies = browser.cookies.clone();

    let (_, link) = prepared(&ada, next.id).await;
    let page = browser.post(&link, &[]).await;
    assert_eq!(page.form(), "password", "asked in spite of the session: {page:?}");
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(page.text("h1").as_deref(), Some("The test passed"), "a password alone: {page:?}");
    assert!(page.body.contains(&next.fingerprint()), "signed by the next: {page:?}");
    assert!(!page.body.contains(&site_keys.active.fingerprint()));
    holds_no_message(&page);
    assert_eq!((browser.cookies.clone(), count(&world, "sessions").await), (cookies, 1), "as it was");
    let board = ada.get("setup/done").await;
    assert!(board.text(".facts").contains("as zoe@example.com"), "{board:?}");

    // What signs for the SP is the active one still.
    let (url, request) = world.request(&RequestOptions::default());
    world.verify(&browser.get_once(&url).await, &request);

    // A key of which the certificate is another's fails its test, and says which rule.
    sqlx::query("update saml_keys set certificate_der = $2 where id = $1")
        .bind(next.id)
        .bind(&site_keys.active.certificate)
        .execute(&world.app.db)
        .await
        .unwrap();
    let (test, link) = prepared(&ada, next.id).await;
    let page = browser.post(&link, &[]).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(page.text("h1").as_deref(), Some("The test failed"), "{page:?}");
    assert!(page.text(".checks li.fail").unwrap().contains("Signatures verify"), "{page:?}");
    holds_no_message(&page);
    let failed = ada.get(&format!("setup/tests/{test}?state=begun")).await;
    assert!(failed.text(".lozenge.removed").starts_with("Failed"), "{failed:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_test_of_another_site_is_not_there(pool: PgPool) {
    let world = open(pool).await;
    let jira = Jira::start().await;
    let other = install(&world.app, "client-key-2", "https://other.atlassian.net").await;
    jira::at(&world, other, &jira).await;
    let (ada, elsewhere) = (Admin::new(&world, ADA), Admin::at(&world, other, ADA));
    ready(&world, &ada).await;
    ready(&world, &elsewhere).await;
    let mine = keys(&world, world.site).await.active.id;
    let (test, _) = prepared(&ada, mine).await;
    let before = rows(&world, "signin_tests").await;
    let nobody = Uuid::from_u128(1).to_string();
    for key in [&*mine.to_string(), &*nobody, "", "x"] {
        let answer = elsewhere.post("setup/tests", &[("key", key)]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{key}");
    }
    for (admin, test) in [(&elsewhere, &*test), (&elsewhere, &*nobody), (&ada, "x"), (&ada, "%00")] {
        for query in ["", "?state=waiting"] {
            let answer = admin.get(&format!("setup/tests/{test}{query}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{test}{query}");
        }
    }
    assert_eq!(rows(&world, "signin_tests").await, before);
    assert_eq!(ada.get(&format!("setup/tests/{test}")).await.status, StatusCode::OK);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn no_table_holds_a_link_or_a_message(pool: PgPool) {
    let world = open(pool).await;
    world.zoe().await;
    world.two_factor(false).await;
    let ada = Admin::new(&world, ADA);
    ready(&world, &ada).await;
    let (_, link) = prepared(&ada, keys(&world, world.site).await.active.id).await;
    let token = link.rsplit('/').next().unwrap();
    let mut browser = world.browser();
    let page = browser.post(&link, &[]).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(page.text("h1").as_deref(), Some("The test passed"), "{page:?}");

    let tests = rows(&world, "signin_tests").await;
    assert!(tests.contains(&HEXLOWER.encode(&Sha256::digest(token.as_bytes()))), "its hash: {tests}");
    assert!(tests.contains("zoe@example.com"), "what it came to: {tests}");
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).expect("a token");
    assert!(bytes.len() >= 32, "256 bits");
    let coded = STANDARD.encode("<samlp:Response ");
    for table in ["signin_tests", "signins", "saml_trace", "audit_events"] {
        let rows = rows(&world, table).await;
        assert!(!rows.is_empty(), "{table}");
        let token_hex = HEXLOWER.encode(token.as_bytes());
        for secret in [token, &HEXLOWER.encode(&bytes), &token_hex, PASSWORD, "SignatureValue", &coded[..16]]
        {
            assert!(!rows.contains(secret), "{table} holds {secret}: {rows}");
        }
        assert!(!rows.contains("<saml"), "{table} holds a message: {rows}");
    }
}
