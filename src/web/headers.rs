//! Security headers (H1). They differ by audience, so they are set by hand.
//!
//! Two of them deserve their reason:
//!
//! **Referrer-Policy** is `same-origin`, not `no-referrer`: under `no-referrer` a browser sends
//! `Origin: null` with our own forms (Fetch, "append a request `Origin` header"), and the `Origin`
//! check of `csrf` would refuse every browser that lacks `Sec-Fetch-Site`. To other origins
//! `same-origin` tells just as little. The auto-post page alone has `strict-origin`: its form goes
//! to the service provider, which may refuse `Origin: null`, and already knows our origin.
//!
//! A page behind a mailed link has `no-referrer`, since its address holds the link's token (L2). Its form
//! may thus come with `Origin: null`, and is guarded by the token that it carries (`csrf::guard_secret`).
//!
//! **form-action** on the auto-post page is the scheme, not the ACS's origin: Chromium applies it
//! to the redirects that follow a form's POST too, and a service provider answers its ACS with a
//! redirect to yet another origin of its own (seen: with the ACS's origin alone, Chromium stops
//! there). The page holds one form, whose address is the stored ACS (M1), and no foreign markup.
//!
//! **A page inside Jira** is framed by the site's own Jira and by Atlassian's hosts, and by nobody
//! else. Its address carries a token, hence `no-referrer`. What its script fetches are fragments,
//! which no frame may show by themselves.

use axum::http::header::{
    CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, VARY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use super::visitor::Visitor;

/// Whom a router answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// People at a portal: pages.
    Portal,
    /// Guard, Jira and health checks: JSON and XML, no pages.
    Machine,
    /// Jira's iframe: a page.
    JiraPage,
    /// The script of such a page: parts of it.
    JiraFragment,
}

/// Marks a page inside Jira whose site is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InJira {
    /// The origin of the site's Jira.
    pub framed_by: String,
    /// The host's bridge; none on a page that runs no script, such as a refusal.
    pub bridge: Option<Bridge>,
}

/// The one foreign script (security.md H1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bridge {
    pub url: String,
    pub origin: String,
}

/// Marks the answer that posts itself to a service provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AutoPost {
    plain_http: bool,
}

impl AutoPost {
    /// A page whose form goes to `acs_url`, the site's stored one.
    pub fn to(acs_url: &str) -> Self {
        Self { plain_http: acs_url.starts_with("http://") }
    }
}

/// Marks a page that runs a script of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scripted;

/// Marks a page whose own address is a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Secret;

/// Two years, as browsers' preload lists ask; subdomains are not ours to speak for.
const HSTS: &str = "max-age=63072000";
const NO_FEATURES: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
     magnetometer=(), microphone=(), midi=(), payment=(), usb=()";
const PAGE: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; \
     frame-ancestors 'none'";
const FRAMED: &str = "default-src 'none'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; \
     form-action 'none'";
/// Where Jira Cloud lives (atlassian.md); a site's own domain comes with the site.
const JIRA: &str = "'self' https://*.atlassian.net https://*.jira.com";

/// Sets the headers of one answer.
pub fn set(response: &mut Response, audience: Audience, visitor: &Visitor) {
    let auto_post = response.extensions().get::<AutoPost>().copied();
    let scripted = response.extensions().get::<Scripted>().is_some();
    let policy = match (audience, auto_post) {
        (Audience::Machine | Audience::JiraFragment, _) => {
            "default-src 'none'; frame-ancestors 'none'".to_owned()
        }
        (Audience::JiraPage, _) => framed(response.extensions().get::<InJira>(), visitor),
        (Audience::Portal, None) if scripted => {
            format!("{PAGE}; script-src 'nonce-{}'; form-action 'self'", visitor.nonce)
        }
        (Audience::Portal, None) => format!("{PAGE}; script-src 'none'; form-action 'self'"),
        (Audience::Portal, Some(AutoPost { plain_http })) => {
            let schemes = if plain_http { "http: https:" } else { "https:" };
            format!("{PAGE}; script-src 'nonce-{}'; form-action {schemes}", visitor.nonce)
        }
    };
    let secret = response.extensions().get::<Secret>().is_some();
    let referrer = match (audience, auto_post) {
        _ if secret => "no-referrer",
        (Audience::JiraPage, _) => "no-referrer",
        (_, Some(_)) => "strict-origin",
        _ => "same-origin",
    };
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    if audience == Audience::Portal && headers.contains_key(CONTENT_LANGUAGE) {
        headers.append(VARY, HeaderValue::from_static("Accept-Language, Cookie"));
    }
    put(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    if audience != Audience::JiraPage {
        put(headers, X_FRAME_OPTIONS, "DENY");
    }
    put(headers, REFERRER_POLICY, referrer);
    put(headers, HeaderName::from_static("permissions-policy"), NO_FEATURES);
    put(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if visitor.secure {
        put(headers, STRICT_TRANSPORT_SECURITY, HSTS);
    }
}

/// The policy of a page inside Jira. One whose site is not known (its token is refused) runs no
/// script; on a loopback deployment the practice Jira may frame it.
fn framed(page: Option<&InJira>, visitor: &Visitor) -> String {
    match page {
        // The bridge brings the style sheets of the host's theme from its own origin.
        Some(InJira { framed_by, bridge: Some(Bridge { url, origin }) }) => format!(
            "{FRAMED}; style-src 'self' {origin}; script-src 'self' {url}; frame-ancestors {JIRA} {framed_by}"
        ),
        Some(InJira { framed_by, bridge: None }) => {
            format!("{FRAMED}; style-src 'self'; script-src 'none'; frame-ancestors {JIRA} {framed_by}")
        }
        None => {
            let ancestors = if visitor.secure { JIRA } else { "'self' http://*.localhost:*" };
            format!("{FRAMED}; style-src 'self'; script-src 'none'; frame-ancestors {ancestors}")
        }
    }
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}
