//! A link's page and its button. The page's address holds the token and its form sends it along in its
//! body, to an address of no worth: what comes after is found in no history and no log.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::links::{self, Link, Purpose};
use super::views::{Button, ButtonPage, Told};
use super::{delayed, freeze, new_password, store};
use crate::app::App;
use crate::audit::{self, Event};
use crate::customers::{self, Customer};
use crate::error::AppError;
use crate::signin::frame;
use crate::signin::views::Notice;
use crate::sites::{CurrentSite, Site, SiteStatus};
use crate::web::Visitor;
use crate::web::forms::Form;

/// A link that opens something, and whoever opened it.
pub struct Opened {
    pub app: App,
    pub visitor: Visitor,
    pub site: Site,
    pub now: OffsetDateTime,
    pub token: String,
    pub link: Link,
    /// As read before anything was locked.
    pub customer: Customer,
}

/// What a link's form sends.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    token: String,
    #[serde(default)]
    pub password: Zeroizing<String>,
    #[serde(default)]
    pub repeat: Zeroizing<String>,
}

/// `GET /sites/{site}/link/{token}`: says what the link does; changes nothing.
pub async fn show(
    State(app): State<App>,
    CurrentSite(site): CurrentSite,
    visitor: Visitor,
    Path((_, token)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let page = match open(&app, &site, &visitor, &token).await? {
        Ok(opened) => opened.page().await?,
        Err(page) => page,
    };
    Ok(visitor.secret(page))
}

/// `POST /sites/{site}/link`: does it.
pub async fn submit(
    State(app): State<App>,
    CurrentSite(site): CurrentSite,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Result<Response, AppError> {
    let opened = match open(&app, &site, &visitor, &sent.token).await? {
        Ok(opened) => opened,
        Err(page) => return Ok(page),
    };
    match opened.link.purpose {
        Purpose::ResetPassword | Purpose::SetPassword => new_password::submit(opened, &sent).await,
        Purpose::CancelRecovery => delayed::submit_cancel(opened).await,
        Purpose::Recover => delayed::submit_recover(opened).await,
        Purpose::Freeze => freeze::submit(opened).await,
    }
}

/// What a token opens; or the one page for all that opens nothing: unknown, used, expired, another
/// site's, overtaken.
async fn open(
    app: &App,
    site: &Site,
    visitor: &Visitor,
    token: &str,
) -> Result<Result<Opened, Response>, AppError> {
    if site.status == SiteStatus::Uninstalled {
        return Ok(Err(frame::notice(visitor, site, StatusCode::GONE, Notice::SiteGone)));
    }
    let void = || Ok(Err(void(visitor, site)));
    let Some(hash) = links::hash(token) else { return void() };
    let now = app.clock.now();
    let mut conn = app.db.acquire().await?;
    let Some(link) = store::find_link(&mut conn, site.id, &hash).await? else { return void() };
    let customer = customers::store::find(&mut conn, site.id, link.customer).await?;
    let Some(customer) = customer.filter(|customer| link.is_open(customer, now)) else { return void() };
    if matches!(link.purpose, Purpose::CancelRecovery | Purpose::Recover)
        && store::find_recovery(&mut conn, site.id, customer.id).await?.is_none()
    {
        return void();
    }
    let (app, site, visitor, token) = (app.clone(), site.clone(), visitor.clone(), token.to_owned());
    Ok(Ok(Opened { app, visitor, site, now, token, link, customer }))
}

fn void(visitor: &Visitor, site: &Site) -> Response {
    Told::LinkVoid.page(visitor, site, StatusCode::GONE)
}

impl Opened {
    async fn page(&self) -> Result<Response, AppError> {
        let button = match self.link.purpose {
            Purpose::ResetPassword | Purpose::SetPassword => {
                return new_password::page(self, StatusCode::OK, None).await;
            }
            Purpose::CancelRecovery => Button::Cancel,
            Purpose::Recover => Button::Recover,
            Purpose::Freeze => Button::Freeze,
        };
        let page = ButtonPage {
            shell: frame::shell(&self.visitor, &self.site),
            button,
            account: self.customer.email.clone(),
            action: self.action(),
            token: self.token.clone(),
        };
        Ok(self.visitor.page(StatusCode::OK, &page))
    }

    /// Where the form posts to.
    pub fn action(&self) -> String {
        format!("/sites/{}/link", self.site.id)
    }

    /// The page of a link that opens nothing any more.
    pub fn void(&self) -> Response {
        void(&self.visitor, &self.site)
    }

    /// Locks the customer and uses the link up. None, to be answered with [`void`](Self::void), when it
    /// opens nothing any more.
    pub async fn take(&self, conn: &mut PgConnection) -> sqlx::Result<Option<Customer>> {
        let customer = customers::store::lock(conn, self.site.id, self.link.customer).await?;
        let Some(customer) = customer.filter(|customer| self.link.is_open(customer, self.now)) else {
            return Ok(None);
        };
        let Some(hash) = links::hash(&self.token) else { return Ok(None) };
        Ok(store::take_link(conn, self.site.id, &hash).await?.then_some(customer))
    }

    /// Writes an audit event of this visitor.
    pub async fn record(
        &self,
        conn: &mut PgConnection,
        action: &'static str,
        result: &'static str,
    ) -> sqlx::Result<()> {
        let customer = Some(self.customer.id);
        let event = Event::by_customer(self.site.id, customer, self.visitor.ip, action, result);
        audit::record(conn, self.now, &event).await
    }
}
