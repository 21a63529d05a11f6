//! Whose page it is: the customer of this browser's session, or a sign-in that leads back here.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method as HttpMethod};
use axum::response::{IntoResponse, Redirect, Response};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::rules;
use crate::app::App;
use crate::audit::{self, Event};
use crate::customers::{self, Customer};
use crate::error::AppError;
use crate::factors::{self, Factor, MethodSet};
use crate::i18n::Lang;
use crate::policy::{self, Standing};
use crate::signin::purpose::{self, Done, asked_by_account};
use crate::signin::session::Session;
use crate::signin::store::sessions::Found;
use crate::signin::{self, frame, here::live_session};
use crate::sites::{CurrentSite, Site};
use crate::web::{Shell, Visitor, cookies};

/// A signed-in customer on the account page. Extracting it answers everybody else with a sign-in that
/// comes back.
pub struct Account {
    pub app: App,
    pub visitor: Visitor,
    pub headers: HeaderMap,
    pub site: Site,
    pub session: Session,
    pub standing: Standing,
    pub own: Vec<Factor>,
    pub now: OffsetDateTime,
}

impl FromRequestParts<App> for Account {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let CurrentSite(site) =
            CurrentSite::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let Ok(visitor) = Visitor::from_request_parts(parts, app).await;
        frame::open_for_sign_in(&visitor, &site)?;
        match Self::load(app, &site, visitor, &parts.headers).await {
            Ok(Some(account)) => Ok(account),
            Ok(None) => {
                let page = parts.uri.path().strip_prefix(&purpose::account(site.id, ""));
                // A form cannot be sent again by a redirect: its customer begins at the overview.
                let path = page.filter(|_| parts.method == HttpMethod::GET).unwrap_or_default();
                let on = purpose::sign_in(app, &site, &parts.headers, path, None).await;
                Err(on.unwrap_or_else(IntoResponse::into_response))
            }
            Err(error) => Err(error.into_response()),
        }
    }
}

impl Account {
    async fn load(
        app: &App,
        site: &Site,
        mut visitor: Visitor,
        headers: &HeaderMap,
    ) -> Result<Option<Self>, AppError> {
        let now = app.clock.now();
        let Some(token) = cookies::session(headers, site.id.0) else { return Ok(None) };
        let mut conn = app.db.acquire().await?;
        let asked = asked_by_account();
        let found = live_session(&mut conn, site.id, Some(token), &asked, visitor.ip, now).await?;
        let Some(Found { session, standing, .. }) = found else { return Ok(None) };
        let customer = session.customer.id;
        signin::store::sessions::touch(&mut conn, site.id, &session.token_hash, now).await?;
        let own = factors::store::list(&mut conn, site.id, customer).await?;
        let chosen = customers::store::language(&mut conn, site.id, customer).await?;
        visitor.lang = chosen.unwrap_or(visitor.lang);
        let (app, site, headers) = (app.clone(), site.clone(), headers.clone());
        Ok(Some(Self { app, visitor, headers, site, session, standing, own, now }))
    }

    pub fn customer(&self) -> &Customer {
        &self.session.customer
    }

    /// What the customer chose, else what this browser reads.
    pub fn lang(&self) -> Lang {
        self.visitor.lang
    }

    pub fn shell(&self) -> Shell {
        frame::shell(&self.visitor, &self.site)
    }

    /// The methods that the site allows and the deployment is equipped for.
    pub fn allowed(&self) -> MethodSet {
        self.standing.policy.settings.methods.offered(&self.app)
    }

    /// Whether the site's policy asks this customer for a second factor.
    pub fn is_covered(&self) -> bool {
        policy::coverage(&self.standing.policy, self.standing.exceptions).is_covered()
    }

    /// The address of the page, or of one below it.
    pub fn address(&self, path: &str) -> String {
        purpose::account(self.site.id, path)
    }

    /// Back to the page.
    pub fn back(&self) -> Response {
        Redirect::to(&self.address("")).into_response()
    }

    /// Back to the page, which says what was done.
    pub fn back_with(&self, done: Done) -> Response {
        Redirect::to(&self.address(&done.query())).into_response()
    }

    /// The way to a fresh authentication and on to `path`; none where this session's is fresh
    /// (security.md S4).
    pub async fn prove_again(&self, path: &str) -> Result<Option<Response>, AppError> {
        let Session { authn_at, methods, .. } = self.session;
        if rules::is_fresh(authn_at, methods, &self.own, self.now) {
            return Ok(None);
        }
        let again = Some(self.customer());
        purpose::sign_in(&self.app, &self.site, &self.headers, path, again).await.map(Some)
    }

    /// The customer, locked, and the factors as they are now; none when the session ended meanwhile.
    pub async fn lock(&self, conn: &mut PgConnection) -> Result<Option<(Customer, Vec<Factor>)>, AppError> {
        let id = self.customer().id;
        let Some(customer) = customers::store::lock(conn, self.site.id, id).await? else { return Ok(None) };
        let token_hash = &self.session.token_hash;
        if signin::store::sessions::find(conn, self.site.id, token_hash, self.now).await?.is_none() {
            return Ok(None);
        }
        Ok(Some((customer, factors::store::list(conn, self.site.id, id).await?)))
    }

    /// Writes an audit event of this customer.
    pub async fn record(
        &self,
        conn: &mut PgConnection,
        action: &'static str,
        result: &'static str,
        factor: Option<&'static str>,
    ) -> Result<(), AppError> {
        let (site, customer) = (self.site.id, Some(self.customer().id));
        let event = Event { factor, ..Event::by_customer(site, customer, self.visitor.ip, action, result) };
        Ok(audit::record(conn, self.now, &event).await?)
    }
}
