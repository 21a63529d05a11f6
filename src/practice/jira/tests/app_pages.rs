//! What Jira shows of the app, and what it answers it: judged by the product's own rules for tokens.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use time::Duration;

use super::super::*;
use crate::jira as product;
use crate::practice::testing::{Served, http, surroundings};

/// A practice Jira, served, with an app that has pages installed.
struct World {
    jira: Jira,
    served: Served,
    app: Served,
    secret: String,
    folder: tempfile::TempDir,
}

async fn app(descriptor: Value) -> Served {
    Served::start(|base| {
        let mut descriptor = descriptor;
        descriptor["baseUrl"] = base.into();
        let descriptor = Arc::new(descriptor);
        Router::new()
            .route("/atlassian-connect.json", get(async move || Json(descriptor.as_ref().clone())))
            .route("/c/{event}", post(async || StatusCode::NO_CONTENT))
    })
    .await
}

fn descriptor() -> Value {
    json!({
        "key": "vestibule", "name": "The app", "authentication": { "type": "jwt" },
        "apiMigrations": { "signed-install": true }, "enableLicensing": true,
        "lifecycle": { "installed": "/c/installed", "uninstalled": "/c/uninstalled",
                       "enabled": "/c/enabled", "disabled": "/c/disabled" },
        "modules": {
            "webSections": [{ "key": "s", "location": "admin_plugins_menu", "name": { "value": "Vestibule" } }],
            "adminPages": [
                { "key": "setup", "location": "admin_plugins_menu/s", "name": { "value": "Setup" },
                  "url": "/page/setup?tab=1", "conditions": [{ "condition": "user_is_admin" }] },
                { "key": "open", "location": "admin_plugins_menu/s", "name": { "value": "For everybody" },
                  "url": "/page/open" },
            ],
            "postInstallPage": { "key": "begin", "name": { "value": "Begin" }, "url": "/page/setup" },
        },
    })
}

impl World {
    async fn new(descriptor: Value) -> Self {
        let app = app(descriptor).await;
        let folder = tempfile::tempdir().unwrap();
        let jira = Jira::open(surroundings(folder.path(), &app.url)).unwrap();
        jira.act(Act::Install).await.unwrap();
        let secret = jira.0.state.lock().await.site.shared_secret.clone().unwrap();
        let router = jira.router();
        let served = Served::start(|_| router).await;
        Self { jira, served, app, secret, folder }
    }

    fn now(&self) -> OffsetDateTime {
        self.jira.0.surroundings.clock.now()
    }

    /// A REST call as the app makes it: status and body.
    async fn check(&self, jwt: &str, body: &Value) -> (u16, Value) {
        let url = format!("{}/rest/api/3/permissions/check", self.served.url);
        let call = http().post(url).header("authorization", format!("JWT {jwt}")).json(body);
        let answer = call.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    /// A token of the app for `POST /rest/api/3/permissions/check`.
    fn app_token(&self, issuer: &str, secret: &str, path: &str, now: OffsetDateTime) -> String {
        let qsh = product::qsh::hash("POST", path, None);
        let claims =
            token::Claims { issuer, audience: None, subject: None, qsh: &qsh, life: token::LIFE, now };
        token::hs256(&claims, secret)
    }
}

fn parameter(url: &url::Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn a_page_load_is_bound_to_its_address_and_its_viewer() {
    let world = World::new(descriptor()).await;
    for viewer in Viewer::ALL {
        let load = world.jira.page_load("setup", viewer).await.unwrap();
        assert_eq!(load.url.path(), "/page/setup");
        assert!(load.url.as_str().starts_with(&world.app.url));
        let jwt = parameter(&load.url, "jwt").unwrap();
        let qsh = product::qsh::hash("GET", load.url.path(), load.url.query());
        let claims = product::token::url_bound(&jwt, world.secret.as_bytes(), &qsh, world.now()).unwrap();
        assert_eq!(claims.iss, world.jira.client_key().await);
        assert_eq!(claims.sub, Some(world.jira.account_id(viewer).await));
        assert_eq!(claims.exp - claims.iat, 180);
        assert!(product::token::context(&jwt, world.secret.as_bytes(), world.now()).is_err());
        assert_eq!(parameter(&load.url, "xdm_e"), Some(world.jira.0.surroundings.links.jira.clone()));
        assert_eq!(parameter(&load.url, "tab").as_deref(), Some("1"));
    }
    assert_eq!(world.jira.page_load("none", Viewer::Ada).await.unwrap_err(), admin::Unavailable::NoSuchPage);
    world.jira.act(Act::Disable).await.unwrap();
    assert_eq!(world.jira.page_load("setup", Viewer::Ada).await.unwrap_err(), admin::Unavailable::Disabled);
    world.jira.act(Act::Uninstall).await.unwrap();
    let gone = world.jira.context_token(Viewer::Ada).await.unwrap_err();
    assert_eq!(gone, admin::Unavailable::NotInstalled);
}

#[tokio::test]
async fn a_context_token_is_for_the_viewer_and_for_our_own_pages() {
    let world = World::new(descriptor()).await;
    let (status, body) = world.served.post("/bridge/token", "as=noor", Some("same-origin")).await;
    assert_eq!(status, 200);
    let body: Value = serde_json::from_str(&body).unwrap();
    let jwt = body["token"].as_str().unwrap();
    let claims = product::token::context(jwt, world.secret.as_bytes(), world.now()).unwrap();
    assert_eq!(claims.sub, Some(world.jira.account_id(Viewer::Noor).await));
    assert_eq!(claims.exp - claims.iat, 900);
    assert_eq!(world.served.post("/bridge/token", "as=ada", Some("cross-site")).await.0, 403);
    assert_eq!(world.served.post("/bridge/token", "as=ada", Some("same-site")).await.0, 403);
    assert_eq!(world.served.get("/bridge/token").await.0, 405);
}

#[tokio::test]
async fn the_licence_is_told_to_a_paid_app_alone() {
    let world = World::new(descriptor()).await;
    let lic = async |world: &World| {
        parameter(&world.jira.page_load("setup", Viewer::Ada).await.unwrap().url, "lic")
    };
    assert_eq!(lic(&world).await.as_deref(), Some("active"));
    assert_eq!(world.served.post("/bridge/switch/licence/none", "", Some("same-origin")).await.0, 303);
    assert_eq!(lic(&world).await.as_deref(), Some("none"));
    let mut free = descriptor();
    free["enableLicensing"] = false.into();
    assert_eq!(lic(&World::new(free).await).await, None);
}

#[tokio::test]
async fn the_frame_is_as_connects_and_the_menu_as_the_viewer_may_see_it() {
    let world = World::new(descriptor()).await;
    let (status, page) = world.served.get("/plugins/servlet/ac/vestibule/setup").await;
    assert_eq!(status, 200, "{page}");
    let page = scraper::Html::parse_document(&page);
    let frame = page.select(&scraper::Selector::parse("iframe").unwrap()).next().unwrap();
    let sandbox: Vec<&str> = frame.attr("sandbox").unwrap().split(' ').collect();
    for permission in ["allow-scripts", "allow-same-origin", "allow-forms", "allow-modals", "allow-downloads"]
    {
        assert!(sandbox.contains(&permission), "{permission}");
    }
    assert!(!sandbox.contains(&"allow-top-navigation"));
    let src = url::Url::parse(frame.attr("data-src").unwrap()).unwrap();
    assert!(parameter(&src, "jwt").is_some());
    let links = |page: &scraper::Html| -> Vec<String> {
        let links = scraper::Selector::parse(".side a").unwrap();
        page.select(&links).map(|link| link.text().collect()).collect()
    };
    assert_eq!(links(&page), ["Manage apps", "Setup", "For everybody"]);

    // The condition hides the link; it guards nothing.
    let (status, page) = world.served.get("/plugins/servlet/ac/vestibule/setup?as=noor").await;
    assert_eq!(status, 200);
    assert_eq!(links(&scraper::Html::parse_document(&page)), ["Manage apps", "For everybody"]);
    for path in ["/plugins/servlet/ac/vestibule/none", "/plugins/servlet/ac/other/setup"] {
        assert_eq!(world.served.get(path).await.0, 404, "{path}");
    }
}

#[tokio::test]
async fn the_bridge_may_be_loaded_by_the_apps_pages_and_jira_frames_the_app_alone() {
    let world = World::new(descriptor()).await;
    let get = async |path: &str| http().get(format!("{}{path}", world.served.url)).send().await.unwrap();
    let bridge = get("/all.js").await;
    assert_eq!(bridge.headers()["cross-origin-resource-policy"], "cross-origin");
    assert!(bridge.headers()["content-type"].to_str().unwrap().starts_with("text/javascript"));
    assert!(bridge.text().await.unwrap().contains("window.AP"));
    assert_eq!(get("/host.js").await.headers()["cross-origin-resource-policy"], "same-origin");
    let page = get("/plugins/servlet/ac/vestibule/setup").await;
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    for part in ["script-src 'self'", &format!("frame-src {}", world.app.url), "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{part}: {policy}");
    }
}

#[tokio::test]
async fn permissions_are_checked_as_jira_does() {
    const PATH: &str = "/rest/api/3/permissions/check";
    let world = World::new(descriptor()).await;
    let now = world.now();
    let good = world.app_token("vestibule", &world.secret, PATH, now);
    let ask = |account: &str| json!({ "accountId": account, "globalPermissions": ["ADMINISTER"] });
    for viewer in Viewer::ALL {
        let granted = if viewer.is_admin() { json!(["ADMINISTER"]) } else { json!([]) };
        let answer = json!({ "globalPermissions": granted, "projectPermissions": [] });
        let account = world.jira.account_id(viewer).await;
        assert_eq!(world.check(&good, &ask(&account)).await, (200, answer), "{viewer:?}");
    }
    assert_eq!(world.check(&good, &ask("712020:nobody")).await.0, 400);
    assert_eq!(world.check(&good, &json!({ "globalPermissions": ["FLY"] })).await.0, 400);
    assert_eq!(world.check(&good, &json!([])).await.0, 400);

    let ada = ask(&world.jira.account_id(Viewer::Ada).await);
    for (what, jwt) in [
        ("nothing", String::new()),
        ("another issuer", world.app_token("other", &world.secret, PATH, now)),
        ("another secret", world.app_token("vestibule", "other", PATH, now)),
        ("another address", world.app_token("vestibule", &world.secret, "/rest/api/3/myself", now)),
        ("expired", world.app_token("vestibule", &world.secret, PATH, now - Duration::minutes(3))),
        ("a context token", world.jira.context_token(Viewer::Ada).await.unwrap()),
    ] {
        assert_eq!(world.check(&jwt, &ada).await.0, 401, "{what}");
    }
    assert_eq!(world.served.post("/bridge/switch/rest/down", "", None).await.0, 303);
    assert_eq!(world.check(&good, &ada).await.0, 503);
    assert_eq!(world.served.post("/bridge/switch/rest/up", "", None).await.0, 303);
    world.jira.act(Act::Uninstall).await.unwrap();
    assert_eq!(world.check(&good, &ada).await.0, 401);
}

#[tokio::test]
async fn switches_outlive_a_restart_and_the_first_install_leads_to_the_apps_page() {
    let world = World::new(descriptor()).await;
    let to = async |path: &str| {
        let answer = world.served.post_request(path, "as=ben", None).send().await.unwrap();
        answer.headers()["location"].to_str().unwrap().to_owned()
    };
    assert_eq!(to("/bridge/switch/theme/dark").await, "/?as=ben");
    assert_eq!(to("/bridge/switch/licence/none").await, "/?as=ben");
    let again = Jira::open(surroundings(world.folder.path(), &world.app.url)).unwrap();
    assert_eq!(again.switches(), world.jira.switches());
    assert_eq!((again.switches().theme, again.switches().licence), (Theme::Dark, Licence::None));
    assert!(world.served.get("/").await.1.contains("data-color-mode=\"dark\""));
    assert_eq!(world.served.post("/bridge/switch/theme/blue", "", None).await.0, 404);

    assert_eq!(to("/act/install").await, "/?as=ben", "an install again leads nowhere else");
    to("/act/uninstall").await;
    assert_eq!(to("/act/install").await, "/plugins/servlet/ac/vestibule/begin?as=ben");
    let home = world.served.get("/?as=noor").await.1;
    assert!(home.contains("/plugins/servlet/ac/vestibule/setup?as=noor"), "{home}");
}
