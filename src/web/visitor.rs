//! Who is asking: one value a request, made by the outermost layer, taken by any handler.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use askama::Template;
use axum::Router;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};

use super::headers::{self, Audience, AutoPost, Scripted, Secret};
use super::{Agent, client_ip, cookies, errors};
use crate::app::App;
use crate::error::AppError;
use crate::i18n::{Lang, choice};

/// One request's visitor.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Lets one script of our own run on this answer (CSP); 256 bits, base64url.
    pub nonce: String,
    /// What a visitor may read out and the log can be searched for.
    pub reference: String,
    /// Where the request came from, behind trusted proxies (G6).
    pub ip: IpAddr,
    /// Whether the deployment is reached by https.
    pub secure: bool,
    /// The language of pages; English inside Jira. What a customer chose for good goes here before a
    /// page is made, see `i18n::choice`.
    pub lang: Lang,
    /// The path that was asked for.
    pub path: String,
    /// What the browser says it is.
    pub agent: Option<Agent>,
}

impl Visitor {
    /// Looks at a request. A connection of unknown origin (a router driven without a socket and
    /// without `MockConnectInfo`) counts as `0.0.0.0`, which no proxy list trusts: forgetting the
    /// connection's address never makes a forged header believed.
    async fn look(audience: Audience, parts: &mut Parts, app: &App) -> Self {
        let peer = match ConnectInfo::<SocketAddr>::from_request_parts(parts, &()).await {
            Ok(ConnectInfo(address)) => address.ip(),
            Err(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        };
        Self {
            nonce: app.random.token(),
            reference: app.random.reference(),
            ip: client_ip::client_ip(peer, &parts.headers, &app.config.trusted_proxies),
            secure: !app.config.base_url.is_loopback_http(),
            lang: match audience {
                Audience::Portal => language(&parts.headers),
                Audience::Machine | Audience::JiraPage | Audience::JiraFragment => Lang::English,
            },
            path: parts.uri.path().to_owned(),
            agent: agent(&parts.headers),
        }
    }

    /// The same visitor on a page for administrators, which is in English.
    pub fn in_english(&self) -> Self {
        Self { lang: Lang::English, ..self.clone() }
    }

    /// Answers with a page that no cache keeps. A template that fails is a fault of ours.
    pub fn page(&self, status: StatusCode, page: &impl Template) -> Response {
        match page.render() {
            Ok(html) => {
                let headers = [
                    (CONTENT_TYPE, "text/html; charset=utf-8"),
                    (CONTENT_LANGUAGE, self.lang.tag()),
                    (CACHE_CONTROL, "no-store"),
                ];
                (status, headers, html).into_response()
            }
            Err(error) => AppError::internal(error).into_response(),
        }
    }

    /// As [`page`](Self::page); one that is `scripted` runs one of our files, named with this answer's nonce.
    pub fn page_with(&self, status: StatusCode, page: &impl Template, scripted: bool) -> Response {
        let mut response = self.page(status, page);
        if scripted {
            response.extensions_mut().insert(Scripted);
        }
        response
    }

    /// Makes an answer one whose address is a secret: a link of a mail (security.md L2).
    pub fn secret(&self, mut answer: Response) -> Response {
        answer.extensions_mut().insert(Secret);
        answer
    }

    /// Answers 200 with the one page that posts itself elsewhere, to `acs_url`.
    pub fn auto_post_page(&self, page: &impl Template, acs_url: &str) -> Response {
        let mut response = self.page(StatusCode::OK, page);
        response.extensions_mut().insert(AutoPost::to(acs_url));
        response
    }
}

fn agent(headers: &HeaderMap) -> Option<Agent> {
    headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).and_then(Agent::of)
}

/// What is known of a visitor's language before anybody knows the customer.
fn language(headers: &HeaderMap) -> Lang {
    let accepts = headers.get(ACCEPT_LANGUAGE).and_then(|languages| languages.to_str().ok());
    choice::choose(cookies::language(headers), accepts)
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        match parts.extensions.get::<Self>() {
            Some(visitor) => Ok(visitor.clone()),
            None => Ok(Self::look(Audience::Portal, parts, app).await),
        }
    }
}

/// The outermost layer: notes the visitor, lets the request through, makes a page of an error, and
/// sets the headers every answer carries.
pub fn attend(audience: Audience, router: Router<App>, app: &App) -> Router<App> {
    router.layer(from_fn_with_state((audience, app.clone()), attend_one))
}

async fn attend_one(
    State((audience, app)): State<(Audience, App)>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let visitor = Visitor::look(audience, &mut parts, &app).await;
    parts.extensions.insert(visitor.clone());
    let response = next.run(Request::from_parts(parts, body)).await;
    let mut response = errors::dress(response, &visitor, audience);
    headers::set(&mut response, audience, &visitor);
    response.extensions_mut().insert(visitor); // for the request's line in the log
    response
}
