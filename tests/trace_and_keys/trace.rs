//! Every exchange is told to the administrator, decoded, and nothing that could be used again.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sqlx::PgPool;
use time::Duration;
use vestibule::practice::sp::{Part, RequestOptions};
use vestibule::saml::trace::{Detail, LONGEST_EXCERPT, Row};
use vestibule::saml::{self, advice};

use crate::support::{PASSWORD, World};

async fn newest(world: &World) -> Row {
    let mut conn = world.app.db.acquire().await.unwrap();
    saml::store::newest_traces(&mut conn, world.site, None, 1).await.unwrap().remove(0)
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_sign_in_is_told_from_the_request_to_the_last_attribute(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    let mut browser = world.browser();
    let options = RequestOptions {
        force_authn: true,
        relay_state: Some("to-the-portal".into()),
        authn_context: Some("urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport".into()),
        ..RequestOptions::default()
    };
    let (url, request) = world.request(&options);
    let asked_at = world.clock.now();
    let page = browser.get(&url).await;
    let accepted = newest(&world).await;
    assert_eq!((&*accepted.verdict, &*accepted.binding), ("accepted", "redirect"));
    let asked = accepted.detail.request.unwrap();
    assert_eq!(asked.id.as_deref(), Some(&*request.id));
    assert_eq!(asked.issuer.as_deref(), Some(world.sp.entity_id()));
    assert_eq!(asked.acs_url.as_deref(), Some(world.sp.acs_url()));
    assert_eq!(asked.destination.as_deref(), Some(&*world.sp.idp().sso_url));
    assert_eq!(asked.issue_instant.map(|at| at.unix_timestamp()), Some(asked_at.unix_timestamp()));
    assert_eq!((asked.force_authn, asked.is_passive, asked.signed), (true, false, Some(false)));
    assert_eq!(asked.relay_state_bytes, Some("to-the-portal".len()));
    assert_eq!(asked.requested_contexts.unwrap().classes, [options.authn_context.clone().unwrap()]);

    world.pass(Duration::minutes(1));
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    let secret = crate::support::secret_on(&page);
    let page = browser.submit(&page, &[("code", &world.code(&secret))]).await;
    let decoded = world.verify(&page, &request);
    let assertion = decoded.assertion.unwrap();

    let answered = newest(&world).await;
    assert_eq!(answered.verdict, "answered");
    assert_eq!(answered.request_id.as_deref(), Some(&*request.id));
    assert_eq!(
        (answered.customer_id, answered.customer_email.as_deref()),
        (Some(zoe.0), Some("zoe@example.com"))
    );
    let request_detail = answered.detail.request.clone().unwrap();
    assert_eq!(request_detail.id.as_deref(), Some(&*request.id));
    assert!(request_detail.force_authn);
    // What was told is what an SP that knows nothing of us reads.
    let told = answered.detail.answer.clone().unwrap();
    assert_eq!(told.status, decoded.status.codes);
    assert_eq!(told.recipient, world.sp.acs_url());
    assert_eq!(told.audience.as_deref(), Some(world.sp.entity_id()));
    assert_eq!(told.in_response_to, request.id);
    assert_eq!(told.name_id.as_deref(), Some(&*assertion.name_id));
    assert_eq!(told.authn_context.as_deref(), Some(&*assertion.authn_context));
    assert_eq!(told.authn_instant, Some(assertion.authn_instant));
    assert_eq!(told.not_before, Some(assertion.not_before));
    assert_eq!(told.not_on_or_after, Some(assertion.not_on_or_after));
    let attributes: Vec<_> =
        told.attributes.iter().map(|attribute| (&*attribute.name, vec![attribute.value.clone()])).collect();
    let read: Vec<_> =
        assertion.attributes.iter().map(|attribute| (&*attribute.name, attribute.values.clone())).collect();
    assert_eq!(attributes, read);
    let certificate = openssl::x509::X509::from_der(&world.sp.idp().certificates_der[0]).unwrap();
    let digest = certificate.digest(openssl::hash::MessageDigest::sha256()).unwrap();
    let expected: Vec<_> = digest.iter().map(|byte| format!("{byte:02X}")).collect();
    assert_eq!(told.certificate_sha256, expected.join(":"));
    assert_eq!(told.signed, ["assertion", "response"]);

    let json = serde_json::to_string(&answered.detail).unwrap();
    assert!(!json.contains(&assertion.session_index), "no SessionIndex: {json}");
    assert!(!json.contains("to-the-portal"), "no RelayState: {json}");
    let mut conn = world.app.db.acquire().await.unwrap();
    let last = saml::store::last_success(&mut conn, world.site).await.unwrap();
    assert_eq!(last, Some(answered));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn answers_without_a_page_are_told_as_fully(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    world.enrol(&mut browser, "zoe").await;

    // From the session, which writes everything in one statement.
    let (url, request) =
        world.request(&RequestOptions { relay_state: Some(String::new()), ..RequestOptions::default() });
    let url = format!("{url}&SigAlg=x&Signature=c2lnbmVk");
    let decoded = world.verify(&browser.get_once(&url).await, &request);
    let row = newest(&world).await;
    let asked = row.detail.request.unwrap();
    assert_eq!(row.verdict, "answered");
    assert_eq!(asked.issuer.as_deref(), Some(world.sp.entity_id()), "the whole request is there");
    assert_eq!((asked.relay_state_bytes, asked.signed), (Some(0), Some(true)));
    assert_eq!(row.detail.answer.unwrap().name_id.as_deref(), decoded.name_id());

    // Refusals that the SP hears.
    let smart_card = "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard";
    for (options, verdict, status) in [
        (RequestOptions { is_passive: true, ..RequestOptions::default() }, "no_passive", "NoPassive"),
        (
            RequestOptions { authn_context: Some(smart_card.into()), ..RequestOptions::default() },
            "no_authn_context",
            "NoAuthnContext",
        ),
    ] {
        let (url, request) = world.request(&options);
        let decoded = world.verify(&world.browser().get_once(&url).await, &request);
        assert_eq!(decoded.status.codes, ["Responder", status]);
        let row = newest(&world).await;
        assert_eq!((&*row.verdict, row.detail.code.as_deref()), (verdict, Some(verdict)));
        assert_eq!(row.detail.request.unwrap().issuer.as_deref(), Some(world.sp.entity_id()));
        let told = row.detail.answer.unwrap();
        assert_eq!(told.status, decoded.status.codes);
        assert_eq!(
            (told.name_id, told.attributes.len(), &*told.signed),
            (None, 0, &["response".to_owned()][..])
        );
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_refused_request_is_shown_as_far_as_it_could_be_read_with_what_to_do(pool: PgPool) {
    let world = World::new(pool).await;
    let now = world.clock.now();
    let wrong = RequestOptions {
        issuer: Part::Other("https://auth.atlassian.com/saml/another".into()),
        ..RequestOptions::default()
    };
    let page = world.browser().get_once(&world.sp.authn_request(&wrong, "_x1", now)).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    let row = newest(&world).await;
    assert_eq!(row.detail.code.as_deref(), Some("wrong_issuer"));
    assert!(advice("wrong_issuer").unwrap().contains("SP entity ID"));
    let asked = row.detail.request.unwrap();
    assert_eq!(asked.issuer.as_deref(), Some("https://auth.atlassian.com/saml/another"));
    let excerpt = row.detail.excerpt.unwrap();
    assert!(excerpt.starts_with("<samlp:AuthnRequest") && excerpt.contains("saml/another"), "{excerpt}");
    assert_eq!(row.detail.answer, None);
    assert!(!page.body.contains("another"), "the person is told nothing of it");

    // Not an AuthnRequest at all: somebody posts a response, as good as a password, to the wrong address.
    let signature = "c2lnbmF0dXJl".repeat(30);
    let response = format!(
        "<samlp:Response xmlns:samlp='urn:oasis:names:tc:SAML:2.0:protocol'>\
         <ds:SignatureValue>{signature}</ds:SignatureValue>{}</samlp:Response>",
        "<x>\u{1}\u{202E}</x>".repeat(500)
    );
    let message = STANDARD.encode(&response);
    let fields = [("SAMLRequest", &*message), ("RelayState", "where-to-go")];
    let sso = format!("/sites/{}/saml/sso", world.site);
    assert_eq!(world.browser().post_cross_site(&sso, &fields).await.status, StatusCode::BAD_REQUEST);
    let row = newest(&world).await;
    assert_eq!((&*row.binding, row.detail.code.as_deref()), ("post", Some("xml_refused")));
    let excerpt = row.detail.excerpt.clone().unwrap();
    assert!(excerpt.len() <= LONGEST_EXCERPT && excerpt.starts_with("<samlp:Response"), "{excerpt}");
    assert!(excerpt.chars().all(|c| !c.is_control() && c != '\u{202E}'), "{excerpt:?}");
    let json = serde_json::to_string(&row.detail).unwrap();
    assert!(!json.contains("c2lnbmF0dXJl") && !json.contains("where-to-go"), "{json}");
    assert_eq!(row.detail.request.unwrap().relay_state_bytes, Some("where-to-go".len()));

    // Not even XML.
    world.browser().get_once(&format!("{sso}?SAMLRequest=%3Cxml%3E")).await;
    let row = newest(&world).await;
    assert_eq!(row.detail.code.as_deref(), Some("not_base64"));
    assert_eq!(row.detail.excerpt, None);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_replay_and_a_damaged_request_leave_their_code(pool: PgPool) {
    let world = World::new(pool).await;
    let (url, request) = world.request(&RequestOptions::default());
    world.browser().get(&url).await;
    world.browser().get_once(&url).await;
    let row = newest(&world).await;
    assert_eq!(row.detail.code.as_deref(), Some("replayed"));
    assert_eq!(row.request_id.as_deref(), Some(&*request.id));
    let Detail { request, answer, excerpt, .. } = row.detail;
    assert!(request.is_some() && answer.is_none() && excerpt.is_some());
    world.browser().get_once(&format!("{url}&RelayState=a&RelayState=b")).await;
    let row = newest(&world).await;
    assert_eq!(row.detail.code.as_deref(), Some("repeated_parameter"));
    assert!(advice("repeated_parameter").is_some());
}
