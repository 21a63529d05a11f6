//! What is asked wrongly is refused plainly, and told to the site's admin.

use axum::http::{StatusCode, header};
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;
use vestibule::practice::sp::{Part, RequestOptions};

use crate::support::{PASSWORD, World, install};

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn refused_requests_get_a_page_and_leave_a_reason(pool: PgPool) {
    let world = World::new(pool).await;
    let sso = format!("/sites/{}/saml/sso", world.site);
    let (good, _) = world.request(&RequestOptions::default());
    let now = world.clock.now();
    let with = |options: RequestOptions| world.sp.authn_request(&options, "_x1", now);
    let at = |when| world.sp.authn_request(&RequestOptions::default(), "_x2", when);
    let cases = [
        ("nothing", sso.clone()),
        ("an empty message", format!("{sso}?SAMLRequest=")),
        ("no base64", format!("{sso}?SAMLRequest=%3Cxml%3E")),
        ("a message twice", format!("{good}&SAMLRequest=abc")),
        ("a huge message", format!("{sso}?SAMLRequest={}", "A".repeat(30_000))),
        ("too old", at(now - Duration::minutes(6))),
        ("from the future", at(now + Duration::minutes(6))),
        (
            "a wrong issuer",
            with(RequestOptions {
                issuer: Part::Other("https://evil.example".into()),
                ..RequestOptions::default()
            }),
        ),
        (
            "a wrong ACS",
            with(RequestOptions {
                acs: Part::Other("https://evil.example/acs".into()),
                ..RequestOptions::default()
            }),
        ),
        (
            "a script ACS",
            with(RequestOptions {
                acs: Part::Other("javascript:alert(1)".into()),
                ..RequestOptions::default()
            }),
        ),
        (
            "another destination",
            with(RequestOptions {
                destination: Part::Other("https://other.example/sso".into()),
                ..RequestOptions::default()
            }),
        ),
        (
            "a long RelayState",
            with(RequestOptions { relay_state: Some("r".repeat(2049)), ..RequestOptions::default() }),
        ),
    ];
    for (what, url) in cases {
        let page = world.browser().get_once(&url).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{what}: {page:?}");
        assert_eq!(page.headers.get(header::LOCATION), None, "{what}");
        assert!(!page.body.contains("evil.example"), "{what}: nothing of the request is shown");
        assert!(page.text(".reference").is_some_and(|r| !r.is_empty()), "{what}: a reference");
        let (verdict, reason) = world.newest_trace().await;
        assert_eq!(verdict, "refused", "{what}");
        assert!(!reason.is_empty() && reason.len() < 300, "{what}: {reason}");
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_request_counts_once(pool: PgPool) {
    let world = World::new(pool).await;
    let (url, _) = world.request(&RequestOptions::default());
    assert_eq!(world.browser().get(&url).await.form(), "password");
    let again = world.browser().get(&url).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    assert!(world.newest_trace().await.1.contains("before"), "{:?}", world.newest_trace().await);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_site_that_is_unknown_parked_or_not_configured_says_so(pool: PgPool) {
    let world = World::new(pool).await;
    for site in [Uuid::from_u128(1).to_string(), "nonsense".into()] {
        for rest in ["saml/sso", "saml/metadata", "signout"] {
            let page = world.browser().get(&format!("/sites/{site}/{rest}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{site} {rest}");
        }
    }
    let bare = install(&world.app, "client-key-2", "https://bare.atlassian.net").await;
    let page = world.browser().get(&format!("/sites/{bare}/saml/sso?SAMLRequest=x")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.text(".reference").is_some());

    sqlx::query("update sites set status = 'uninstalled', uninstalled_at = now() where id = $1")
        .bind(world.site.0)
        .execute(&world.app.db)
        .await
        .unwrap();
    let (url, _) = world.request(&RequestOptions::default());
    assert_eq!(world.browser().get(&url).await.status, StatusCode::GONE);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_sign_in_is_reached_through_its_own_site_only(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let other = install(&world.app, "client-key-2", "https://other.atlassian.net").await;
    let mut browser = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    sqlx::query("update sites set sp_entity_id = 'https://a.example', sp_acs_url = 'https://a.example/acs'")
        .execute(&world.app.db)
        .await
        .unwrap();
    let foreign = page.path.replace(&world.site.to_string(), &other.to_string());
    assert_eq!(browser.get(&foreign).await.status, StatusCode::NOT_FOUND);
    for form in ["password", "passkey", "new-password", "enrol", "challenge", "codes", "restart", "cancel"] {
        let page = browser
            .post(
                &format!("{foreign}/{form}"),
                &[("name", "zoe"), ("password", PASSWORD), ("code", "123456")],
            )
            .await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{form}");
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn forms_sent_from_another_site_are_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let mut browser = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    for form in ["password", "passkey", "new-password", "enrol", "challenge", "codes", "restart", "cancel"] {
        let refused = browser.post_cross_site(&format!("{}/{form}", page.path), &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{form}");
    }
    let signout = browser.post_cross_site(&format!("/sites/{}/signout", world.site), &[]).await;
    assert_eq!(signout.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.get(&page.path).await.form(), "password", "nothing happened");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn every_page_forbids_framing_caching_and_foreign_origins(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let form = browser.get(&url).await;
    let enrol = browser.submit(&form, &[("name", "zoe"), ("password", PASSWORD)]).await;
    let done = browser.submit(&enrol, &[("code", &world.code(&crate::support::secret_on(&enrol)))]).await;
    let missing = browser.get("/nowhere").await;
    for page in [&form, &enrol, &done, &missing] {
        let header = |name: &str| page.headers.get(name).map(|v| v.to_str().unwrap()).unwrap_or_default();
        let csp = header("content-security-policy");
        assert!(csp.contains("default-src 'none'") && csp.contains("frame-ancestors 'none'"), "{csp}");
        assert!(!csp.contains("unsafe"), "{csp}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("cache-control"), "no-store");
        assert!(header("strict-transport-security").contains("max-age="));
        assert!(!page.body.contains(" style=") && !page.body.contains(" onclick="), "{}", page.path);
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_refusal_brings_the_relay_state_back_too(pool: PgPool) {
    let world = World::new(pool).await;
    for relay_state in ["a?b&c=<d>", ""] {
        let (url, request) = world.request(&RequestOptions {
            force_authn: true,
            is_passive: true,
            relay_state: Some(relay_state.into()),
            ..RequestOptions::default()
        });
        let page = world.browser().get_once(&url).await;
        assert_eq!(world.verify(&page, &request).status.codes, ["Responder", "NoPassive"]);
        assert_eq!(page.response().2.as_deref(), Some(relay_state), "SAML bindings 3.4.3 and 3.5.3");
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_relay_state_that_the_database_cannot_hold_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let options = RequestOptions { relay_state: Some("a\0b".into()), ..RequestOptions::default() };
    let (url, _) = world.request(&options);
    assert_eq!(world.browser().get_once(&url).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(world.newest_trace().await.0, "refused");
    let (action, fields, _) = world.request_form(&options);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(world.browser().post_cross_site(&action, &fields).await.status, StatusCode::BAD_REQUEST);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn asking_for_the_head_uses_nothing_up(pool: PgPool) {
    let world = World::new(pool).await;
    let mut browser = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    assert_eq!(browser.head(&url).await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(browser.get(&url).await.form(), "password");
}
