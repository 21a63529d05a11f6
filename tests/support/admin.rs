//! An administrator at the pages inside Jira: fragments over the real router, each with a fresh token.

use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use scraper::{Html, Selector};
use sqlx::PgPool;
use tower::ServiceExt;
use vestibule::sites::SiteId;

use super::World;
use super::jira::{self, Jira, Token};

/// One administrator at one site.
pub struct Admin<'a> {
    world: &'a World,
    router: Router,
    site: SiteId,
    account: &'static str,
}

/// What came back.
#[derive(Debug)]
pub struct Fragment {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl<'a> Admin<'a> {
    pub fn new(world: &'a World, account: &'static str) -> Self {
        Self::at(world, world.site, account)
    }

    pub fn at(world: &'a World, site: SiteId, account: &'static str) -> Self {
        Self { world, router: vestibule::routes::router(world.app.clone()), site, account }
    }

    pub async fn get(&self, path: &str) -> Fragment {
        self.send(Method::GET, path, &[]).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Fragment {
        self.send(Method::POST, path, fields).await
    }

    /// Bytes of a file.
    pub async fn put(&self, path: &str, bytes: &[u8]) -> Fragment {
        self.ask(Method::POST, path, "application/octet-stream", bytes.to_vec()).await
    }

    async fn send(&self, method: Method, path: &str, fields: &[(&str, &str)]) -> Fragment {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        self.ask(method, path, "application/x-www-form-urlencoded", form.finish().into_bytes()).await
    }

    async fn ask(&self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Fragment {
        let token = Token::context(self.world, self.site, self.account).await.signed();
        let request = Request::builder()
            .method(method)
            .uri(format!("/sites/{}/admin/{path}", self.site))
            .header("authorization", format!("JWT {token}"))
            .header("content-type", kind)
            .extension(ConnectInfo(SocketAddr::from(([198, 51, 100, 7], 40_000))))
            .body(Body::from(body))
            .unwrap();
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let body = axum::body::to_bytes(body, 1 << 22).await.unwrap();
        Fragment {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }
}

impl Fragment {
    /// Its place in the host's history.
    pub fn state(&self) -> String {
        self.attribute("[data-state]", "data-state")
    }

    pub fn attribute(&self, css: &str, name: &str) -> String {
        let html = Html::parse_fragment(&self.body);
        let element = html.select(&Selector::parse(css).unwrap()).next();
        element.and_then(|e| e.value().attr(name)).unwrap_or_default().to_owned()
    }

    pub fn text(&self, css: &str) -> String {
        let html = Html::parse_fragment(&self.body);
        let selector = Selector::parse(css).unwrap();
        let texts = html.select(&selector);
        let text: Vec<_> = texts.flat_map(|element| element.text()).collect();
        text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Every field of the form `css`, as a browser would send it.
    pub fn fields(&self, css: &str) -> Vec<(String, String)> {
        let html = Html::parse_fragment(&self.body);
        let form = html.select(&Selector::parse(css).unwrap()).next().expect("the form is there");
        let mut fields = Vec::new();
        for field in form.select(&Selector::parse("input, textarea").unwrap()) {
            let attribute = |name| field.value().attr(name);
            let Some(name) = attribute("name") else { continue };
            let checkable = matches!(attribute("type"), Some("checkbox" | "radio"));
            if checkable && attribute("checked").is_none() {
                continue;
            }
            let value = match field.value().name() {
                "textarea" => field.text().collect(),
                _ => attribute("value").unwrap_or(if checkable { "on" } else { "" }).to_owned(),
            };
            fields.push((name.to_owned(), value));
        }
        fields
    }
}

/// A world whose site has a Jira.
pub async fn open(pool: PgPool) -> World {
    let world = World::new(pool).await;
    let jira = Jira::start().await;
    jira::at(&world, world.site, &jira).await;
    world
}

/// The audit trail's newest events: action, account, detail.
pub async fn trail(world: &World) -> Vec<(String, Option<String>, serde_json::Value)> {
    sqlx::query_as(
        "select action, actor_id, detail from audit_events where actor_kind = 'admin' order by id desc",
    )
    .fetch_all(&world.app.db)
    .await
    .unwrap()
}
