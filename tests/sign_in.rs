//! A portal customer signs in.

use axum::http::StatusCode;
use sqlx::PgPool;
use time::Duration;
use vestibule::practice::sp::{Assertion, Decoded, RequestOptions};

use crate::support::{PASSWORD, World, secret_on};

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_first_sign_in_sets_up_an_app_and_the_second_asks_for_its_code(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;

    let mut browser = world.browser();
    let (page, request, secret) = world.enrol(&mut browser, "zoe@example.com").await;
    let decoded = world.verify(&page, &request);
    assert_eq!(decoded.name_id(), Some("zoe@example.com"));
    assert_eq!(assertion(&decoded).attribute("givenname"), Some("Zoë"));
    assert_eq!(assertion(&decoded).attribute("surname"), Some("Łukasiewicz"));

    world.pass(Duration::minutes(1));
    let mut elsewhere = world.browser();
    let (url, request) =
        world.request(&RequestOptions { relay_state: Some("a?b&c=<d>".into()), ..RequestOptions::default() });
    let page = elsewhere.get(&url).await;
    let page = elsewhere.submit(&page, &[("name", "ZOE"), ("password", PASSWORD)]).await;
    assert_eq!(page.form(), "challenge", "the username works too, in any case");
    let page = elsewhere.submit(&page, &[("code", &world.code(&secret))]).await;
    let decoded = world.verify(&page, &request);
    assert_eq!(decoded.name_id(), Some("zoe@example.com"));
    assert_eq!(page.response().2.as_deref(), Some("a?b&c=<d>"), "RelayState comes back byte for byte");
    assert_eq!(assertion(&decoded).authn_context, "urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_session_answers_at_once_until_it_ends(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    world.enrol(&mut browser, "zoe").await;

    world.pass(Duration::minutes(30));
    let (url, request) = world.request(&RequestOptions::default());
    let decoded = world.verify(&browser.get_once(&url).await, &request);
    assert_eq!(decoded.name_id(), Some("zoe@example.com"));

    let (url, _) = world.request(&RequestOptions { force_authn: true, ..RequestOptions::default() });
    assert_eq!(browser.get(&url).await.form(), "password", "ForceAuthn asks anew");

    let (url, _) = world.request(&RequestOptions::default());
    assert_eq!(world.browser().get(&url).await.form(), "password", "another browser has no session");

    world.pass(Duration::minutes(59));
    let (url, request) = world.request(&RequestOptions::default());
    world.verify(&browser.get_once(&url).await, &request);
    world.pass(Duration::minutes(60));
    let (url, _) = world.request(&RequestOptions::default());
    assert_eq!(browser.get(&url).await.form(), "password", "an hour unused ends it");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_post_binding_finds_the_session_although_the_post_carries_no_cookie(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    world.enrol(&mut browser, "zoe").await;

    let (action, fields, request) = world.request_form(&RequestOptions::default());
    let page = browser.post_cross_site(&action, &borrowed(&fields)).await;
    world.verify(&page, &request);

    let mut fresh = world.browser();
    let (action, fields, _) = world.request_form(&RequestOptions::default());
    let page = fresh.post_cross_site(&action, &borrowed(&fields)).await;
    assert_eq!(page.form(), "password");
    assert_eq!(
        world.browser().get(&page.path).await.status,
        StatusCode::FORBIDDEN,
        "bound to the first browser"
    );
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_passive_request_is_never_shown_a_form(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let passive = RequestOptions { is_passive: true, ..RequestOptions::default() };

    let both = RequestOptions { force_authn: true, relay_state: Some("back here".into()), ..passive.clone() };
    let (url, request) = world.request(&both);
    let decoded = world.verify(&world.browser().get_once(&url).await, &request);
    assert_eq!(decoded.status.codes, ["Responder", "NoPassive"], "and the RelayState comes back");

    let (url, request) = world.request(&passive);
    let decoded = world.verify(&world.browser().get_once(&url).await, &request);
    assert_eq!(decoded.status.codes, ["Responder", "NoPassive"]);
    assert_eq!(decoded.name_id(), None);

    let (action, fields, request) = world.request_form(&passive);
    let page = world.browser().post_cross_site(&action, &borrowed(&fields)).await;
    let decoded = world.verify(&page, &request);
    assert_eq!(decoded.status.codes, ["Responder", "NoPassive"]);

    let mut browser = world.browser();
    world.enrol(&mut browser, "zoe").await;
    let (url, request) = world.request(&passive);
    let decoded = world.verify(&browser.get_once(&url).await, &request);
    assert_eq!(decoded.name_id(), Some("zoe@example.com"));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn reload_back_and_doubled_tabs_lead_somewhere_sensible(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let first = browser.get(&url).await;
    let doubled = browser.get(&url).await;
    assert_eq!(doubled.path, first.path, "the same request goes on where it stands");

    let (url2, request2) = world.request(&RequestOptions::default());
    let other_tab = browser.get(&url2).await;
    assert_ne!(other_tab.path, first.path);

    let enrol = browser.submit(&first, &[("name", "zoe"), ("password", PASSWORD)]).await;
    let again = browser.submit(&first, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(again.form(), "enrol", "a form sent twice shows where the sign-in stands");
    assert_eq!(secret_on(&again), secret_on(&enrol), "reloading keeps the scanned code valid");
    let done = browser.submit(&enrol, &[("code", &world.code(&secret_on(&enrol)))]).await;
    assert!(!done.response().1.is_empty());

    let back = browser.get(&first.path).await;
    assert_eq!((back.status, back.attribute("main form", "action")), (StatusCode::OK, None));
    assert!(back.body.contains("https://acme.atlassian.net/servicedesk/customer/portals"), "{back:?}");

    let decoded = world.verify(&browser.get(&other_tab.path).await, &request2);
    assert_eq!(decoded.name_id(), Some("zoe@example.com"), "the other tab follows the session");

    let replayed = browser.get(&url2).await;
    assert_eq!(
        replayed.status,
        StatusCode::OK,
        "a request already answered here is not a fault: {replayed:?}"
    );
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_sign_in_expires_can_be_cancelled_and_belongs_to_one_browser(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    assert_eq!(world.browser().get(&page.path).await.status, StatusCode::FORBIDDEN);

    world.pass(Duration::minutes(30));
    let expired = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(expired.status, StatusCode::GONE);
    assert!(expired.body.contains("/servicedesk/customer/portals"), "a way on");

    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    let cancelled = browser.post(&format!("{}/cancel", page.path), &[]).await;
    assert_eq!((cancelled.status, cancelled.form()), (StatusCode::OK, String::new()));
    let late = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(late.form(), "", "a cancelled sign-in stays cancelled");
    let audited = "select count(*) from audit_events where action = 'signin.cancelled'";
    let audited: i64 = sqlx::query_scalar(audited).fetch_one(&world.app.db).await.unwrap();
    assert_eq!(audited, 1, "security.md A1");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn somebody_else_can_start_over(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    world.customer("max@example.com", None, "Max", "Muster", PASSWORD).await;
    let mut browser = world.browser();
    let (url, request) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    let zoes = secret_on(&page);
    let page = browser.post(&format!("{}/restart", page.path), &[]).await;
    assert_eq!(page.form(), "password");
    let page = browser.submit(&page, &[("name", "max@example.com"), ("password", PASSWORD)]).await;
    assert_ne!(secret_on(&page), zoes);
    let page = browser.submit(&page, &[("code", &world.code(&secret_on(&page)))]).await;
    assert_eq!(world.verify(&page, &request).name_id(), Some("max@example.com"));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn without_2fa_a_long_password_is_enough_and_a_short_one_is_replaced(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    world.customer("max@example.com", None, "Max", "Muster", "tiny-9-zebra").await;
    world.two_factor(false).await;

    let mut browser = world.browser();
    let (url, request) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    let decoded = world.verify(&page, &request);
    assert_eq!(
        assertion(&decoded).authn_context,
        "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
    );

    let mut browser = world.browser();
    let (url, request) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "max@example.com"), ("password", "tiny-9-zebra")]).await;
    assert_eq!(page.form(), "new-password");
    for (new, again) in [
        ("still-too-short", "still-too-shorT"),
        ("fourteen-chars", "fourteen-chars"),
        ("max@example.com", "max@example.com"),
        ("passwordpassword", "passwordpassword"),
    ] {
        let refused = browser.submit(&page, &[("password", new), ("repeat", again)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
        assert!(refused.title().starts_with("Error: "), "{new}");
    }
    let new = "nine zebras walk quietly";
    let page = browser.submit(&page, &[("password", new), ("repeat", new)]).await;
    world.verify(&page, &request);

    let mut browser = world.browser();
    let (url, request) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    let old = browser.submit(&page, &[("name", "max@example.com"), ("password", "tiny-9-zebra")]).await;
    assert_eq!(old.form(), "password", "the old password is gone");
    let page = browser.submit(&page, &[("name", "max@example.com"), ("password", new)]).await;
    world.verify(&page, &request);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_session_without_a_second_factor_ends_when_2fa_is_switched_on(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    world.two_factor(false).await;
    let mut browser = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await.response();

    world.two_factor(true).await;
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    assert_eq!(page.form(), "password");
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(page.form(), "enrol");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn signing_out_ends_the_session(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    world.enrol(&mut browser, "zoe").await;
    let stolen = browser.clone();

    let address = format!("/sites/{}/signout", world.site);
    let page = browser.get(&address).await;
    assert!(page.body.contains("zoe@example.com"));
    let (url, request) = world.request(&RequestOptions::default());
    world.verify(&browser.get(&url).await, &request);
    let page = browser.submit(&page, &[]).await;
    assert_eq!((page.status, page.form()), (StatusCode::OK, String::new()));

    for mut browser in [browser, stolen] {
        let (url, _) = world.request(&RequestOptions::default());
        assert_eq!(browser.get(&url).await.form(), "password");
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn any_name_arrives_exactly_as_it_was_entered_or_was_refused_at_entry(pool: PgPool) {
    let world = World::new(pool).await;
    world.two_factor(false).await;
    let long = "ü".repeat(200);
    let names = [
        "<b>&amp;\"quoted\" 'n' so on",
        "]]>",
        "x</saml2:AttributeValue><saml2:AttributeValue>admin",
        "🦓 emoji 👩‍👩‍👧",
        "שלום עולם مرحبا",
        "a  two  spaces",
        long.as_str(),
    ];
    for (at, name) in names.iter().enumerate() {
        let email = format!("o'hara+{at}&co@example.com");
        world.customer(&email, None, name, name, PASSWORD).await;
        let mut browser = world.browser().at([198, 51, 100, u8::try_from(at).unwrap()]);
        let (url, request) = world.request(&RequestOptions::default());
        let page = browser.get(&url).await;
        let page = browser.submit(&page, &[("name", &email), ("password", PASSWORD)]).await;
        let decoded = world.verify(&page, &request);
        assert_eq!(assertion(&decoded).attribute("givenname"), Some(*name));
        assert_eq!(assertion(&decoded).attribute("surname"), Some(*name));
        assert_eq!(decoded.name_id(), Some(email.as_str()));
        assert_eq!(
            assertion(&decoded).attributes.len(),
            4,
            "no attribute was smuggled in: {:?}",
            assertion(&decoded).attributes
        );
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn two_instances_share_one_sign_in_half_and_half(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let (_, _, secret) = world.enrol(&mut world.browser(), "zoe").await;
    world.pass(Duration::minutes(1));

    let (_second, router) = world.second_instance();
    let (url, request) = world.request(&RequestOptions::default());
    let mut on_first = world.browser();
    let page = on_first.get(&url).await;
    let page = on_first.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;

    let mut on_second = crate::support::Browser::new(router, crate::support::ORIGIN);
    on_second.cookies = on_first.cookies.clone();
    let page = on_second.get(&page.path).await;
    assert_eq!(page.form(), "challenge");
    let page = on_second.submit(&page, &[("code", &world.code(&secret))]).await;
    world.verify(&page, &request);

    on_first.cookies = on_second.cookies.clone();
    let (url, request) = world.request(&RequestOptions::default());
    world.verify(&on_first.get(&url).await, &request);
}

fn assertion(decoded: &Decoded) -> &Assertion {
    decoded.assertion.as_ref().expect("somebody signed in")
}

fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_way_of_signing_in_that_is_not_had_here_is_declined_before_anybody_is_asked(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    world.two_factor(false).await;
    let with =
        |class: &str| RequestOptions { authn_context: Some(class.into()), ..RequestOptions::default() };

    let (url, request) = world.request(&with("urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI"));
    let decoded = world.verify(&world.browser().get_once(&url).await, &request);
    assert_eq!(decoded.status.codes, ["Responder", "NoAuthnContext"]);

    let (url, request) = world.request(&with("https://refeds.org/profile/mfa"));
    let mut browser = world.browser();
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(page.form(), "enrol", "an SP may ask for more than the site does");
    let page = browser.submit(&page, &[("code", &world.code(&secret_on(&page)))]).await;
    let decoded = world.verify(&page, &request);
    assert_eq!(assertion(&decoded).authn_context, "https://refeds.org/profile/mfa");
}
