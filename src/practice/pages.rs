//! What all practice pages share: the frame around them, and the layers in front of them.

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use super::Surroundings;
use super::jira::Theme;

const STYLE: &str = include_str!("../../templates/practice/practice.css");
/// The largest form taken: a SAML response of 256 KiB in base64, and room around it.
const MAX_FORM: usize = 512 * 1024;
/// The one address that another site's page may post to.
pub const CALLBACK: &str = "/login/callback";

/// What a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Jira,
    /// The help centre whose customers Guard signs in.
    Guard,
    /// Where an administrator tells Guard of the identity provider; Guard's server too.
    Administration,
    /// Where all mail ends.
    Mailbox,
    /// The SMS gateway, the virtual YubiKeys and Duo.
    Gateways,
}

/// The frame of every page.
#[derive(Clone, Debug)]
pub struct Frame {
    pub title: String,
    pub place: Place,
    pub jira: String,
    pub guard: String,
    pub mail: String,
    pub gateways: String,
    /// Jira's theme, when it is one of Jira's pages: `light` or `dark`.
    pub color_mode: Option<&'static str>,
}

impl Frame {
    pub fn new(title: &str, place: Place, surroundings: &Surroundings) -> Self {
        let links = surroundings.links.clone();
        Self {
            title: title.into(),
            place,
            jira: links.jira,
            guard: links.guard,
            mail: links.mail,
            gateways: links.gateways,
            color_mode: None,
        }
    }

    /// In Jira's theme, instead of the browser's.
    pub fn theme(mut self, theme: Theme) -> Self {
        self.color_mode = Some(theme.as_str());
        self
    }
}

/// Something went wrong, and why.
#[derive(Template)]
#[template(path = "practice/trouble.html")]
pub struct Trouble {
    pub frame: Frame,
    pub problem: String,
}

/// A page, or a bare 500 when a template is broken.
pub fn render(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// Puts the style sheet, the limits and the headers around a practice server.
pub fn surround(router: Router, place: Place, surroundings: &Surroundings) -> Router {
    let style = async || ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE);
    let app = &surroundings.links.app;
    let policy = match place {
        // Frames the app's pages, and is the other end of their bridge.
        Place::Jira => format!("script-src 'self'; connect-src 'self'; frame-src {app}; form-action 'self'"),
        // A form of ours ends at the app, after a redirect: form-action follows redirects.
        Place::Mailbox => "frame-src 'self'; form-action 'self'".to_owned(),
        Place::Guard | Place::Administration | Place::Gateways => {
            format!("script-src 'self'; form-action 'self' {app}")
        }
    };
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; {policy}; \
         frame-ancestors 'none'; base-uri 'none'"
    );
    router
        .route("/practice.css", get(style))
        .layer(DefaultBodyLimit::max(MAX_FORM))
        .layer(middleware::from_fn_with_state(policy, around))
}

/// Refuses forms from other sites' pages, and adds the security headers.
async fn around(State(policy): State<String>, request: Request, next: Next) -> Response {
    let site = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    let foreign = matches!(site, Some("cross-site" | "same-site"));
    let mut response = match request.method() {
        &Method::POST if foreign && request.uri().path() != CALLBACK => StatusCode::FORBIDDEN.into_response(),
        _ => next.run(request).await,
    };
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        // A page may have one of its own.
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
