//! Who is let into the pages inside Jira, by two extractors of which each takes exactly one kind of
//! token: [`PageLoad`] the URL-bound one that Jira puts into the iframe's address, [`JiraAdmin`] the
//! context token that the page's script sends with every request. Both ask Jira whether the account
//! is an administrator: that Jira shows the link to administrators alone is no access control.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use time::OffsetDateTime;
use url::Url;

use super::caller;
use super::failure::Failure;
use super::qsh;
use super::rest::{self, RestFault};
use super::token::{self, Claims, Refusal};
use crate::app::App;
use crate::audit::Actor;
use crate::error::AppError;
use crate::sites::{CurrentSite, Licence, Site, SiteStatus};
use crate::web::{Audience, Bridge, InJira, Told, Visitor, in_jira};

/// An administrator of the site's Jira, at a fragment or a form of a page inside it.
#[derive(Clone)]
pub struct JiraAdmin {
    pub app: App,
    pub visitor: Visitor,
    pub site: Site,
    /// The Atlassian account.
    pub account: String,
    pub now: OffsetDateTime,
}

impl JiraAdmin {
    /// For the audit trail.
    pub fn actor(&self) -> Actor {
        Actor::Admin(self.account.clone())
    }
}

/// An administrator of the site's Jira, whose browser loads a page into Jira's frame.
pub struct PageLoad {
    pub app: App,
    pub visitor: Visitor,
    pub site: Site,
    /// What Jira says of the licence: the query parameter `lic`.
    pub licence: Option<Licence>,
    pub now: OffsetDateTime,
}

impl PageLoad {
    /// Who may frame the page, and what script of the host's it runs.
    pub fn in_jira(&self, bridge: Option<Bridge>) -> InJira {
        in_jira_of(&self.site, bridge)
    }
}

fn in_jira_of(site: &Site, bridge: Option<Bridge>) -> InJira {
    let framed_by = Url::parse(&site.display_url).map(|url| url.origin().ascii_serialization());
    InJira { framed_by: framed_by.unwrap_or_default(), bridge }
}

/// Why somebody is not let in.
enum Closed {
    Token(Refusal),
    NotAdministrator,
    Unlicensed,
    Parked,
    JiraAway(String),
    JiraRefuses(String),
    App(AppError),
}

impl FromRequestParts<App> for JiraAdmin {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Ok(visitor) = Visitor::from_request_parts(parts, app).await;
        let refuse = |closed: Closed| closed.told(Audience::JiraFragment, &visitor);
        let site = CurrentSite::from_request_parts(parts, app).await;
        let CurrentSite(site) = site.map_err(IntoResponse::into_response)?;
        let account = context_account(app, parts, &site).await.map_err(refuse)?;
        admit(app, &site, &account).await.map_err(refuse)?;
        // Read only, not shut: nobody may be locked out of his settings over a bill (A3).
        if parts.method != Method::GET && is_unlicensed(app, &site) {
            return Err(refuse(Closed::Unlicensed));
        }
        Ok(Self { app: app.clone(), site, account, now: app.clock.now(), visitor })
    }
}

impl FromRequestParts<App> for PageLoad {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Ok(visitor) = Visitor::from_request_parts(parts, app).await;
        let refuse = |closed: Closed| closed.told(Audience::JiraPage, &visitor);
        let (site, claims) = page_token(app, parts).await.map_err(refuse)?;
        // From here on it is known who may frame the refusal.
        let refuse = |closed: Closed| {
            let mut response = closed.told(Audience::JiraPage, &visitor);
            response.extensions_mut().insert(in_jira_of(&site, None));
            response
        };
        let account = account_of(claims).map_err(refuse)?;
        admit(app, &site, &account).await.map_err(refuse)?;
        let licence = query_parameter(parts, "lic").and_then(|lic| Licence::parse(&lic));
        Ok(Self { app: app.clone(), site, licence, now: app.clock.now(), visitor })
    }
}

/// Whether the admin pages of `site` are read only.
pub fn is_unlicensed(app: &App, site: &Site) -> bool {
    app.config.marketplace_licence && site.licence == Some(Licence::None)
}

/// The account of a context token of `site`, and of no other site.
async fn context_account(app: &App, parts: &Parts, site: &Site) -> Result<String, Closed> {
    let token = caller::bearer(&parts.headers)?;
    let (issuer, secret) = caller::issuer(app, token).await?;
    let claims = token::context(token, &secret, app.clock.now())?;
    if issuer.id != site.id {
        return Err(Closed::Token(Refusal::Issuer));
    }
    account_of(claims)
}

/// The site and claims of the URL-bound token in the address: the only place Jira can put one.
async fn page_token(app: &App, parts: &Parts) -> Result<(Site, Claims), Closed> {
    let token = query_parameter(parts, "jwt").ok_or(Closed::Token(Refusal::Missing))?;
    let (site, secret) = caller::issuer(app, &token).await?;
    let qsh = qsh::of_request(&parts.method, &parts.uri);
    let claims = token::url_bound(&token, &secret, &qsh, app.clock.now())?;
    Ok((site, claims))
}

/// The one value of a query parameter; none when it comes twice.
fn query_parameter(parts: &Parts, wanted: &str) -> Option<String> {
    let query = parts.uri.query().unwrap_or_default().as_bytes();
    let mut values = form_urlencoded::parse(query).filter(|(name, _)| name == wanted);
    let first = values.next()?.1.into_owned();
    values.next().is_none().then_some(first)
}

/// A token without `sub` speaks for nobody.
fn account_of(claims: Claims) -> Result<String, Closed> {
    claims.sub.filter(|account| !account.is_empty()).ok_or(Closed::Token(Refusal::Malformed))
}

async fn admit(app: &App, site: &Site, account: &str) -> Result<(), Closed> {
    if site.status == SiteStatus::Uninstalled {
        return Err(Closed::Parked);
    }
    let now = app.clock.now();
    if app.admins.knows(site.id, account, now) {
        return Ok(());
    }
    if !rest::is_administrator(app, site, account).await? {
        return Err(Closed::NotAdministrator);
    }
    app.admins.note(site.id, account, now);
    Ok(())
}

impl From<Refusal> for Closed {
    fn from(refusal: Refusal) -> Self {
        Self::Token(refusal)
    }
}

impl From<Failure> for Closed {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => Self::Token(refusal),
            Failure::App(error) => Self::App(error),
            other => Self::App(AppError::internal(anyhow::anyhow!("{other:?}"))),
        }
    }
}

impl From<RestFault> for Closed {
    fn from(fault: RestFault) -> Self {
        match fault {
            RestFault::Own(error) => Self::App(AppError::Internal(error)),
            RestFault::Unauthorized | RestFault::Forbidden => Self::JiraRefuses(fault.to_string()),
            _ => Self::JiraAway(fault.to_string()),
        }
    }
}

impl Closed {
    fn told(self, audience: Audience, visitor: &Visitor) -> Response {
        let (status, title, sentence, way_on) = match &self {
            Self::Token(Refusal::Expired) => (
                StatusCode::UNAUTHORIZED,
                "Your session with Jira has expired",
                "Nothing was changed.",
                "Reload the page; Jira may ask you to log in again.",
            ),
            Self::Token(_) => (
                StatusCode::UNAUTHORIZED,
                "Open this page from Jira",
                "It can only be used inside Jira, which says who you are.",
                "In Jira, open Settings, then Apps, and choose Vestibule in the sidebar.",
            ),
            Self::NotAdministrator => (
                StatusCode::FORBIDDEN,
                "This page is for Jira administrators",
                "Your account does not have the global permission Administer Jira.",
                "Ask a Jira administrator of your site to give it to you, or to make the change.",
            ),
            Self::Unlicensed => (
                StatusCode::FORBIDDEN,
                "Nothing was saved: this site has no licence",
                "Customers can still sign in, but settings are read only.",
                "Renew the licence in Jira under Apps, then Manage apps, and reload this page.",
            ),
            Self::Parked => (
                StatusCode::GONE,
                "The app was uninstalled from this site",
                "Its settings are kept for a while, and nobody can sign in.",
                "Install the app again to go on where you left off.",
            ),
            Self::JiraAway(_) => (
                StatusCode::BAD_GATEWAY,
                "Jira does not answer",
                "Vestibule could not ask Jira whether you are an administrator. Nothing was changed.",
                "Wait a minute, then try again.",
            ),
            Self::JiraRefuses(_) => (
                StatusCode::BAD_GATEWAY,
                "Jira no longer knows this app",
                "Jira refused Vestibule's question whether you are an administrator. Nothing was changed.",
                "Install the app again in Jira; all settings are kept.",
            ),
            Self::App(_) => {
                let Self::App(error) = self else { unreachable!("matched just now") };
                return error.into_response();
            }
        };
        match &self {
            Self::Token(refusal) => tracing::info!(reference = visitor.reference, %refusal, "not admitted"),
            Self::JiraAway(fault) | Self::JiraRefuses(fault) => {
                tracing::warn!(reference = visitor.reference, fault, "administrators cannot be told");
            }
            _ => tracing::info!(reference = visitor.reference, title, "not admitted"),
        }
        in_jira(audience, visitor, status, &Told { title, sentence, way_on })
    }
}
