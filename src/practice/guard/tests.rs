use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::*;
use crate::practice::sp::forge::{Forge, Key};
use crate::practice::testing::{Served, surroundings};

/// A practice Guard, served, and the identity provider it trusts.
struct World {
    guard: Guard,
    served: Served,
    idp_key: Key,
    _idp: Served,
    _folder: tempfile::TempDir,
}

fn leak(text: String) -> &'static str {
    text.leak()
}

impl World {
    async fn new() -> Self {
        let idp_key = Key::new();
        let certificate = STANDARD.encode(&idp_key.certificate_der);
        let metadata = format!(
            "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" \
             entityID=\"http://localhost:8080/idp\"><IDPSSODescriptor \
             protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"><KeyDescriptor>\
             <X509Certificate xmlns=\"http://www.w3.org/2000/09/xmldsig#\">{certificate}</X509Certificate>\
             </KeyDescriptor><SingleSignOnService Location=\"http://localhost:8080/sso\" \
             Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\"/></IDPSSODescriptor>\
             </EntityDescriptor>"
        );
        let idp = Served::start(|_| Router::new().route("/metadata", get(async move || metadata))).await;
        let folder = tempfile::tempdir().unwrap();
        let guard = Guard::open(surroundings(folder.path(), "http://localhost:8080")).unwrap();
        let router = guard.router();
        let served = Served::start(|_| router).await;
        guard.read_metadata(&format!("{}/metadata", idp.url)).await.unwrap();
        Self { guard, served, idp_key, _idp: idp, _folder: folder }
    }

    /// Presses a button; where it leads, and the request that now waits.
    async fn press(&self, edge: &str, email: &str) -> (String, Waiting) {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("email", email)
            .append_pair("edge", edge)
            .finish();
        let answer = self.served.post_request("/sign-in", &form, Some("same-origin")).send().await.unwrap();
        let location = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        let mut state = self.guard.state();
        let id = state.last_id.clone().unwrap();
        let waiting = state.waiting.get(&id).unwrap().clone();
        (location.unwrap_or_default(), waiting)
    }

    fn response(&self, waiting: &Waiting) -> Forge {
        Forge {
            destination: leak(self.guard.acs_url()),
            recipient: leak(self.guard.acs_url()),
            audience: leak(self.guard.entity_id()),
            in_response_to: leak(waiting.outstanding.id.clone()),
            ..Forge::default()
        }
    }

    /// Posts a response as another site's page does; the cookie set, and the result page.
    async fn answer(&self, forge: &Forge, relay_state: Option<&str>) -> (Option<String>, u16, String) {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("SAMLResponse", &forge.message(&self.idp_key));
        if let Some(relay_state) = relay_state {
            form.append_pair("RelayState", relay_state);
        }
        let acs = self.guard.acs_url();
        let path = &acs[acs.find("/login").unwrap()..];
        let answer = self.served.post_request(path, &form.finish(), Some("cross-site")).send().await.unwrap();
        assert_eq!(answer.status(), 303);
        let cookie = answer.headers().get("set-cookie").map(|cookie| cookie.to_str().unwrap().to_owned());
        let location = answer.headers()["location"].to_str().unwrap().to_owned();
        let (status, page) = self.served.get(&location).await;
        (cookie, status, page)
    }
}

#[tokio::test]
async fn a_customer_signs_in_and_out() {
    let world = World::new().await;
    let (location, waiting) = world.press("plain", "Ada@example.com").await;
    assert!(location.starts_with("http://localhost:8080/sso?SAMLRequest="), "{location}");
    let relay_state = waiting.outstanding.relay_state.clone();
    let forge = Forge { name: "<i>&amp;", ..world.response(&waiting) };
    let (cookie, status, page) = world.answer(&forge, relay_state.as_deref()).await;
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("You are signed in as <strong>ada@example.com</strong>"), "{page}");
    assert!(page.contains("&#60;i&#62;&#38;amp;") && !page.contains("<i>"), "{page}");
    assert!(page.contains("TimeSyncToken") && !page.contains("class=\"fail\""), "{page}");

    let cookie = cookie.unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let (pair, _) = cookie.split_once(';').unwrap();
    let home = async || {
        let request = crate::practice::testing::http().get(&world.served.url).header("cookie", pair);
        request.send().await.unwrap().text().await.unwrap()
    };
    assert!(home().await.contains("You are signed in as"));
    let out = world.served.post_request("/sign-out", "", Some("same-origin")).header("cookie", pair);
    assert_eq!(out.send().await.unwrap().status(), 303);
    assert!(!home().await.contains("You are signed in as"));
}

#[tokio::test]
async fn another_email_gets_atlassians_words() {
    let world = World::new().await;
    let (_, waiting) = world.press("plain", "eve@example.com").await;
    let relay_state = waiting.outstanding.relay_state.clone();
    let (cookie, status, page) = world.answer(&world.response(&waiting), relay_state.as_deref()).await;
    assert_eq!((cookie, status), (None, 403));
    assert!(page.contains("Whoops! The email address you entered can't be used to log in here."), "{page}");
}

#[tokio::test]
async fn a_request_is_answered_once() {
    let world = World::new().await;
    let (_, waiting) = world.press("plain", "").await;
    let relay_state = waiting.outstanding.relay_state.clone();
    let forge = world.response(&waiting);
    assert_eq!(world.answer(&forge, relay_state.as_deref()).await.1, 200);
    let (cookie, status, page) = world.answer(&forge, relay_state.as_deref()).await;
    assert_eq!((cookie, status), (None, 403));
    assert!(page.contains("<strong>InResponseTo</strong>"), "{page}");
}

#[tokio::test]
async fn a_decline_is_no_failure_and_a_broken_response_names_its_faults() {
    let world = World::new().await;
    let (_, waiting) = world.press("passive", "").await;
    let relay_state = waiting.outstanding.relay_state.clone();
    let declined = Forge {
        assertion: false,
        status: "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\">\
                 <samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:NoPassive\">\
                 </samlp:StatusCode></samlp:StatusCode>",
        ..world.response(&waiting)
    };
    let (cookie, status, page) = world.answer(&declined, relay_state.as_deref()).await;
    assert_eq!((cookie, status), (None, 200));
    assert!(page.contains("Responder / NoPassive"), "{page}");

    let (_, waiting) = world.press("plain", "").await;
    let broken = Forge { audience: "http://elsewhere", ..world.response(&waiting) };
    let (cookie, status, page) = world.answer(&broken, Some("else")).await;
    assert_eq!((cookie, status), (None, 403));
    for rule in ["Audience", "RelayState"] {
        assert!(page.contains(&format!("<li><strong>{rule}</strong>")), "{rule}: {page}");
    }
}

#[tokio::test]
async fn the_edges_send_what_they_say() {
    let world = World::new().await;
    for edge in Edge::ALL {
        let before = world.guard.state().last_id.clone();
        let (location, waiting) = world.press(edge.name(), "").await;
        assert_eq!(location.is_empty(), edge == Edge::PostBinding, "{edge:?}");
        assert_eq!(waiting.edge, edge);
        let same = before.as_deref() == Some(waiting.outstanding.id.as_str());
        assert_eq!(same, edge == Edge::Replay, "{edge:?}");
    }
}

#[tokio::test]
async fn what_does_not_belong_is_refused() {
    let world = World::new().await;
    let served = &world.served;
    assert_eq!(served.post("/sign-in", "edge=plain", Some("cross-site")).await.0, 403);
    assert_eq!(served.post("/sign-in", "edge=other", None).await.0, 400);
    assert_eq!(served.post("/login/callback?connection=saml-1", "SAMLResponse=x", None).await.0, 404);
    assert_eq!(served.get("/result/none").await.0, 404);
    assert_eq!(served.post("/metadata", "", None).await.0, 303);
    let typed = "email=o%27hara%2B1%40x.example&edge=plain";
    let answer = served.post_request("/sign-in", typed, None).send().await.unwrap();
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let home = crate::practice::testing::http().get(&served.url).header("cookie", cookie);
    assert!(home.send().await.unwrap().text().await.unwrap().contains("o&#39;hara+1@x.example"));
    let admin = served.get("/admin").await.1;
    assert!(
        admin.contains(&world.guard.entity_id()) && admin.contains("http://localhost:8080/idp"),
        "{admin}"
    );
}

/// A form's fields, encoded.
fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn values<'a>(entity_id: &'a str, sso_url: &'a str, certificate: &'a str) -> [(&'a str, &'a str); 3] {
    [("entity_id", entity_id), ("sso_url", sso_url), ("certificate", certificate)]
}

fn pem_of(key: &Key) -> String {
    settings::pem(&key.certificate_der).unwrap()
}

#[tokio::test]
async fn an_administrator_sets_it_up_by_hand_and_a_restart_remembers() {
    const APP: &str = "http://localhost:8080";
    let folder = tempfile::tempdir().unwrap();
    let open = || Guard::open(surroundings(folder.path(), APP)).unwrap();
    let guard = open();
    let router = guard.router();
    let served = Served::start(|_| router).await;
    let post = async |path: &str, fields: &[(&str, &str)]| {
        served.post(path, &form(fields), Some("same-origin")).await
    };

    // Before: the page says what is missing and keeps the two values to itself.
    assert!(served.get("/").await.1.contains("Single sign-on is not set up here yet"));
    assert!(!served.get("/admin").await.1.contains(&guard.entity_id()));
    let enable = [("single_sign_on", "on"), ("password", "off")];
    let (status, page) = post("/admin/authentication", &enable).await;
    assert!(status == 422 && page.contains("Set up SAML single sign-on first"), "{page}");

    let key = Key::new();
    let (status, _) = post("/admin/saml", &values(APP, "http://localhost:8080/sso", &pem_of(&key))).await;
    assert_eq!(status, 303);
    let admin = served.get("/admin").await.1;
    assert!(admin.contains(&guard.entity_id()) && admin.contains(&guard.acs_url()), "{admin}");

    // Set up, but customers go on with their password until single sign-on is on.
    assert_eq!(post("/sign-in", &[("edge", "plain")]).await.0, 409);
    assert_eq!(served.get("/sign-in/test").await.0, 409);
    assert_eq!(
        post("/admin/authentication", &[("single_sign_on", "test"), ("password", "off")]).await.0,
        422
    );
    assert_eq!(post("/admin/authentication", &[("single_sign_on", "test"), ("password", "on")]).await.0, 303);
    assert_eq!(served.get("/sign-in/test").await.0, 303);
    assert_eq!(post("/sign-in", &[("edge", "plain")]).await.0, 409);
    assert!(post("/password", &[]).await.1.contains("no second factor"));
    assert_eq!(post("/admin/authentication", &enable).await.0, 303);
    assert_eq!(post("/sign-in", &[("edge", "plain")]).await.0, 303);
    assert_eq!(post("/password", &[]).await.0, 403);

    let again = open();
    assert_eq!(again.authentication(), Authentication::FINISHED);
    let idp = again.service_provider().unwrap().idp().clone();
    assert_eq!((idp.entity_id.as_str(), idp.sso_url.as_str()), (APP, "http://localhost:8080/sso"));
    assert_eq!(idp.certificates_der, [key.certificate_der]);

    // The certificate is replaced; single sign-on stays as it was.
    let newer = Key::new();
    post("/admin/saml", &values(APP, "http://localhost:8080/sso", &pem_of(&newer))).await;
    assert_eq!(guard.service_provider().unwrap().idp().certificates_der, [newer.certificate_der]);
    assert_eq!(guard.authentication(), Authentication::FINISHED);
    assert_eq!(post("/admin/saml/delete", &[]).await.0, 303);
    assert!(open().service_provider().is_none());
}

#[tokio::test]
async fn a_fault_stands_beside_its_field_and_what_was_typed_stays() {
    let folder = tempfile::tempdir().unwrap();
    let guard = Guard::open(surroundings(folder.path(), "http://localhost:8080")).unwrap();
    let router = guard.router();
    let served = Served::start(|_| router).await;
    let typed = form(&values("two words", "ftp://idp.example", "<b>rubbish"));
    let (status, page) = served.post("/admin/saml", &typed, Some("same-origin")).await;
    assert_eq!(status, 422);
    let page = scraper::Html::parse_document(&page);
    let one = |css: &str| page.select(&scraper::Selector::parse(css).unwrap()).next().unwrap();
    for (field, words) in [("entity_id", "without spaces"), ("sso_url", "https://"), ("certificate", "PEM")] {
        assert_eq!(
            one(&format!("#{field}")).attr("aria-describedby"),
            Some(format!("{field}-fault").as_str())
        );
        let fault: String = one(&format!("#{field}-fault")).text().collect();
        assert!(fault.contains(words), "{field}: {fault}");
    }
    assert_eq!(one("#entity_id").attr("value"), Some("two words"));
    assert_eq!(one("#certificate").text().collect::<String>().trim(), "<b>rubbish");
    assert!(guard.service_provider().is_none());
    assert_eq!(served.post("/admin/saml", &typed, Some("cross-site")).await.0, 403);
}

#[tokio::test]
async fn identity_outlives_a_restart_and_without_idp_nobody_is_sent_away() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Guard::open(surroundings(folder.path(), "http://127.0.0.1:9")).unwrap();
    let guard = open();
    assert_eq!(guard.entity_id(), open().entity_id());
    assert!(guard.read_metadata("http://127.0.0.1:9/metadata").await.is_err());
    let router = guard.router();
    let served = Served::start(|_| router).await;
    assert_eq!(served.post("/sign-in", "edge=plain", None).await.0, 503);
}
