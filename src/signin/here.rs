//! The sign-in a page belongs to: loaded from the URL, checked against the browser's cookie.

use std::net::IpAddr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method as HttpMethod, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::session::{self, Session};
use super::store::sessions::Found;
use super::views::Notice;
use super::{Asked, Purpose, SignIn, SignInId, Step, frame, purpose, step, store};
use crate::app::App;
use crate::audit::{self, Event};
use crate::customers::{self, Customer, CustomerId};
use crate::error::AppError;
use crate::factors::kind::{Begun, Desk};
use crate::factors::{self, Factor, Method, Performed, Problem};
use crate::i18n::Lang;
use crate::policy::{self, Postponement, Requirement, Settings, Standing};
use crate::sites::{CurrentSite, ServiceProvider, Site, SiteId};
use crate::web::cookies::{self, SetCookies};
use crate::web::visitor::Visitor;

/// A live sign-in of this browser, and all that its pages need. Extracting it answers every dead
/// end with a page of its own.
pub struct Here {
    pub app: App,
    pub visitor: Visitor,
    /// The token of this browser's session cookie, alive or not.
    pub session_token: Option<String>,
    /// The series and token of this browser's remembered device, if it has a cookie of one.
    pub device: Option<(String, String)>,
    pub site: Site,
    /// What the site is called on its pages.
    pub site_name: String,
    pub service_provider: ServiceProvider,
    pub signin: SignIn,
    pub browser_hash: [u8; 32],
    pub now: OffsetDateTime,
}

/// A sign-in past its password, locked, with its customer's standing and factors.
pub struct Past {
    pub signin: SignIn,
    pub customer: Customer,
    pub standing: Standing,
    pub own: Vec<Factor>,
}

/// Why a sign-in's page is not shown to this browser.
pub fn dead_end(signin: &SignIn, browser_hash: Option<&[u8; 32]>, now: OffsetDateTime) -> Option<Notice> {
    match (signin.browser_hash, browser_hash) {
        (Some(owner), Some(visitor)) if owner == *visitor => {}
        _ => return Some(Notice::OtherBrowser),
    }
    match signin.step {
        Step::Finished => Some(Notice::Finished),
        Step::Cancelled => Some(Notice::Cancelled),
        _ if now >= signin.expires_at => Some(Notice::Expired),
        _ => None,
    }
}

/// Whether a dead end is the account page, which there is more to say at.
fn ends_at_account(purpose: &Purpose, notice: Notice) -> bool {
    match purpose {
        Purpose::Answer => false,
        Purpose::Account { .. } => notice == Notice::Finished,
        Purpose::AddFactor { .. } => notice != Notice::OtherBrowser,
    }
}

/// The status a dead end's page goes out with.
fn status_of(notice: Notice) -> StatusCode {
    match notice {
        Notice::Finished | Notice::Cancelled => StatusCode::OK,
        Notice::Expired => StatusCode::GONE,
        _ => StatusCode::FORBIDDEN,
    }
}

impl FromRequestParts<App> for Here {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        #[derive(serde::Deserialize)]
        struct Address {
            signin: SignInId,
        }
        let CurrentSite(site) =
            CurrentSite::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let Ok(Path(Address { signin: id })) = Path::<Address>::from_request_parts(parts, app).await else {
            return Err(AppError::NotFound.into_response());
        };
        let Ok(visitor) = Visitor::from_request_parts(parts, app).await;
        Self::load(app, site, id, visitor, &parts.headers, parts.method == HttpMethod::GET).await
    }
}

impl Here {
    async fn load(
        app: &App,
        site: Site,
        id: SignInId,
        mut visitor: Visitor,
        headers: &HeaderMap,
        may_bind: bool,
    ) -> Result<Self, Response> {
        let now = app.clock.now();
        let service_provider = frame::open_for_sign_in(&visitor, &site)?.clone();
        let fail = |error: AppError| error.into_response();
        let mut conn = app.db.acquire().await.map_err(|e| fail(e.into()))?;
        let mut signin = store::signins::find(&mut conn, site.id, id)
            .await
            .map_err(|e| fail(e.into()))?
            .ok_or_else(|| fail(AppError::NotFound))?;
        let mut browser_hash = cookies::browser(headers).map(session::token_hash);
        if may_bind && signin.browser_hash.is_none() {
            let fresh = if browser_hash.is_none() { Some(app.random.token()) } else { None };
            let hash =
                browser_hash.unwrap_or_else(|| session::token_hash(fresh.as_deref().unwrap_or_default()));
            if store::signins::bind(&mut conn, site.id, id, &hash).await.map_err(|e| fail(e.into()))? {
                if let Some(token) = fresh {
                    // Come again with the cookie; a browser that takes none is told so then.
                    let again = Redirect::to(&path(&site, id));
                    return Err((SetCookies::new().browser(&token), again).into_response());
                }
                signin.browser_hash = Some(hash);
                browser_hash = Some(hash);
            }
        }
        if let Some(customer) = signin.customer {
            // What the customer chose for good goes before cookie and browser.
            let chosen = customers::store::language(&mut conn, site.id, customer).await;
            visitor.lang = chosen.map_err(|e| fail(e.into()))?.unwrap_or(visitor.lang);
        }
        if let Purpose::AddFactor { session, .. } = &signin.purpose {
            // What its page shows is for nobody who came after a sign-out.
            let found = store::sessions::find(&mut conn, site.id, session, now).await;
            if found.map_err(|e| fail(e.into()))?.is_none() {
                return Err(Redirect::to(&purpose::account(site.id, "")).into_response());
            }
        }
        match (dead_end(&signin, browser_hash.as_ref(), now), browser_hash) {
            (None, Some(browser_hash)) => Ok(Self {
                app: app.clone(),
                visitor,
                session_token: cookies::session(headers, site.id.0).map(str::to_owned),
                device: cookies::device(headers, site.id.0)
                    .map(|(series, token)| (series.to_owned(), token.to_owned())),
                site_name: frame::site_name(&site),
                site,
                service_provider,
                signin,
                browser_hash,
                now,
            }),
            (notice, _) => {
                let notice = notice.unwrap_or(Notice::OtherBrowser);
                if ends_at_account(&signin.purpose, notice) {
                    return Err(Redirect::to(&purpose::account(site.id, "")).into_response());
                }
                Err(frame::notice(&visitor, &site, status_of(notice), notice))
            }
        }
    }

    /// A connection from the pool: hold it for a few statements, never while a password is hashed.
    pub async fn conn(&self) -> Result<sqlx::pool::PoolConnection<sqlx::Postgres>, AppError> {
        Ok(self.app.db.acquire().await?)
    }

    /// The sign-in again, now locked. `None` when it has moved on since the page was made: the
    /// form is stale, show the sign-in as it stands.
    pub async fn lock(&self, conn: &mut PgConnection, expected: Step) -> Result<Option<SignIn>, AppError> {
        let signin = store::signins::lock(conn, self.site.id, self.signin.id).await?;
        // Started over meanwhile, it may stand at the same step again, with somebody else.
        Ok(signin.filter(|signin| signin.step == expected && signin.customer == self.signin.customer))
    }

    /// As [`lock`](Self::lock), for a step after the password, with its customer locked too. A
    /// password changed since it was shown is shown anew (security.md S3), and an account frozen
    /// meanwhile lets nobody on (A3): the sign-in starts over.
    /// Commit also when it gives `None`.
    pub async fn lock_past_password(
        &self,
        conn: &mut PgConnection,
        expected: Step,
    ) -> Result<Option<(SignIn, Customer)>, AppError> {
        let Some(mut signin) = self.lock(conn, expected).await? else { return Ok(None) };
        let Some(id) = signin.customer else { return Ok(None) };
        let Some(customer) = customers::store::lock(conn, self.site.id, id).await? else { return Ok(None) };
        if let Purpose::AddFactor { session, .. } = &signin.purpose {
            if customer.frozen_at.is_none() && self.is_session_on(conn, session).await? {
                return Ok(Some((signin, customer)));
            }
            signin.step = Step::Cancelled; // nothing to start over with
            signin.leave_method();
            store::signins::save(conn, &signin).await?;
            return Ok(None);
        }
        let outdated = step::is_password_outdated(signin.password_at, customer.password_set_at);
        if outdated || customer.frozen_at.is_some() {
            signin.start_over();
            store::signins::save(conn, &signin).await?;
            return Ok(None);
        }
        Ok(Some((signin, customer)))
    }

    /// As [`lock_past_password`](Self::lock_past_password), with all that a second factor depends on.
    pub async fn lock_at(&self, conn: &mut PgConnection, step: Step) -> Result<Option<Past>, AppError> {
        let Some((signin, customer)) = self.lock_past_password(conn, step).await? else { return Ok(None) };
        let standing = self.standing(conn, customer.id).await?;
        let own = factors::store::list(conn, self.site.id, customer.id).await?;
        Ok(Some(Past { signin, customer, standing, own }))
    }

    /// The site's policy and how `customer` stands to it now.
    pub async fn standing(
        &self,
        conn: &mut PgConnection,
        customer: CustomerId,
    ) -> Result<Standing, AppError> {
        policy::store::standing(conn, self.site.id, customer).await?.ok_or(AppError::NotFound)
    }

    /// What a customer of that standing must show in this sign-in.
    pub fn required(&self, standing: &Standing) -> Requirement {
        step::required(standing, &self.signin.request, self.visitor.ip, self.now)
    }

    /// The same for a customer with these factors: whoever proves anew who it is, to change something,
    /// shows one, whatever lets the password pass alone and even where none can be asked for
    /// (security.md S4).
    pub fn required_with(&self, standing: &Standing, own: &[Factor]) -> Requirement {
        match self.required(standing) {
            Requirement::PasswordAlone(_) if self.is_proving_again() && !own.is_empty() => {
                Requirement::SecondFactor
            }
            requirement => requirement,
        }
    }

    /// The language of a customer's mails: the one chosen for good, else that of this page.
    pub async fn lang_of(&self, conn: &mut PgConnection, customer: CustomerId) -> sqlx::Result<Lang> {
        Ok(customers::store::language(conn, self.site.id, customer).await?.unwrap_or(self.visitor.lang))
    }

    /// How long setting a factor up may be put off at this step: the first one, or one more beside what
    /// `signin`, this sign-in, has shown.
    pub fn postponement(&self, signin: &SignIn, standing: &Standing) -> Option<Postponement> {
        match self.required(standing) {
            Requirement::Enrol { may_skip } => may_skip,
            Requirement::SecondFactor if !signin.shown.is_empty() => {
                step::postponement(standing, &self.signin.request, self.visitor.ip, self.now)
            }
            Requirement::SecondFactor | Requirement::PasswordAlone(_) => None,
        }
    }

    /// This browser's live session, if it meets the policy.
    pub async fn session(&self, conn: &mut PgConnection) -> Result<Option<Session>, AppError> {
        let token = self.session_token.as_deref();
        let asked = &self.signin.request;
        let found = live_session(conn, self.site.id, token, asked, self.visitor.ip, self.now).await?;
        Ok(found.map(|found| found.session))
    }

    /// The customer of a sign-in that stands at `step`, past its password.
    pub async fn customer(&self, step: Step) -> Result<Option<Customer>, AppError> {
        match self.signin.customer {
            Some(id) if self.signin.step == step => {
                Ok(customers::store::find(&mut *self.conn().await?, self.site.id, id).await?)
            }
            _ => Ok(None),
        }
    }

    /// Where a method stands while it is set up or asked for.
    pub fn desk<'a>(&'a self, customer: &'a Customer, settings: &'a Settings) -> Desk<'a> {
        Desk {
            app: &self.app,
            site: &self.site,
            site_name: &self.site_name,
            customer,
            settings,
            visitor: &self.visitor,
            ceremony: self.signin.id.0,
            lang: self.lang(),
            now: self.now,
        }
    }

    /// The language of this sign-in's pages.
    pub fn lang(&self) -> Lang {
        self.visitor.lang
    }

    /// What the method at hand of `signin`, this sign-in, has to remember.
    pub fn ceremony(&self, signin: &SignIn) -> Result<serde_json::Value, AppError> {
        let sealed = signin
            .sealed_ceremony
            .as_deref()
            .ok_or_else(|| AppError::internal(anyhow::anyhow!("a method at hand that remembers nothing")))?;
        factors::open_ceremony(&self.app.vault, self.site.id, signin.id.0, sealed)
    }

    /// Takes `method` up: sends what it sends and keeps what it has to remember. Where nothing may be
    /// sent now, what was sent before by the method at hand still holds, and the problem says so. Save
    /// the sign-in.
    pub async fn take_up(
        &self,
        conn: &mut PgConnection,
        signin: &mut SignIn,
        desk: &Desk<'_>,
        method: Method,
        begun: Begun<serde_json::Value>,
    ) -> Result<Option<Problem>, AppError> {
        let (state, problem) = match factors::perform(conn, desk, begun).await? {
            Performed::Done(state) => (state, None),
            Performed::Unsent { problem, .. } if signin.method == Some(method) => return Ok(Some(problem)),
            Performed::Unsent { unsent, problem } => (unsent, Some(problem)),
        };
        self.keep(signin, method, &state);
        Ok(problem)
    }

    /// Keeps what `method`, from now on the one at hand, has to remember. Save the sign-in.
    pub fn keep(&self, signin: &mut SignIn, method: Method, state: &serde_json::Value) {
        signin.method = Some(method);
        signin.sealed_ceremony =
            Some(factors::seal_ceremony(&self.app.vault, self.site.id, signin.id.0, state));
    }

    /// Writes an audit event of this visitor.
    pub async fn record(
        &self,
        conn: &mut PgConnection,
        action: &'static str,
        result: &'static str,
        customer: Option<CustomerId>,
        factor: Option<&'static str>,
    ) -> Result<(), AppError> {
        let (site, ip) = (self.site.id, self.visitor.ip);
        let event = Event { factor, ..Event::by_customer(site, customer, ip, action, result) };
        Ok(audit::record(conn, self.now, &event).await?)
    }

    /// The sign-in's own address.
    pub fn path(&self) -> String {
        path(&self.site, self.signin.id)
    }

    /// The address of one of its forms.
    pub fn action(&self, form: &str) -> String {
        format!("{}/{form}", self.path())
    }
}

/// The live session of a cookie's `token`, if it answers `asked` by itself for a browser that comes
/// from `network`.
pub async fn live_session(
    conn: &mut PgConnection,
    site: SiteId,
    token: Option<&str>,
    asked: &Asked,
    network: IpAddr,
    now: OffsetDateTime,
) -> Result<Option<Found>, AppError> {
    let Some(token) = token else { return Ok(None) };
    let found = store::sessions::find(conn, site, &session::token_hash(token), now).await?;
    Ok(found.filter(|found| step::session_suffices(found, asked, network, now)))
}

/// The address of a sign-in.
pub fn path(site: &Site, id: SignInId) -> String {
    format!("/sites/{}/signin/{id}", site.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signin::Asked;
    use crate::sites::SiteId;
    use time::macros::datetime;
    use uuid::Uuid;

    #[test]
    fn who_sees_a_sign_in_and_until_when() {
        let expires_at = datetime!(2026-11-23 12:30 UTC);
        let before = datetime!(2026-11-23 12:29:59 UTC);
        let mine = [1; 32];
        for (owner, visitor, step, now, expected) in [
            (Some(mine), Some(mine), Step::Password, before, None),
            (Some(mine), Some(mine), Step::Challenge, before, None),
            (Some(mine), Some(mine), Step::Challenge, expires_at, Some(Notice::Expired)),
            (Some(mine), Some(mine), Step::Finished, before, Some(Notice::Finished)),
            (Some(mine), Some(mine), Step::Finished, expires_at, Some(Notice::Finished)),
            (Some(mine), Some(mine), Step::Cancelled, before, Some(Notice::Cancelled)),
            (Some(mine), Some([2; 32]), Step::Password, before, Some(Notice::OtherBrowser)),
            (Some(mine), None, Step::Password, before, Some(Notice::OtherBrowser)),
            (None, Some(mine), Step::Password, before, Some(Notice::OtherBrowser)),
            (None, None, Step::Password, before, Some(Notice::OtherBrowser)),
        ] {
            let signin = SignIn {
                id: SignInId(Uuid::nil()),
                site: SiteId(Uuid::nil()),
                browser_hash: owner,
                step,
                request: Asked {
                    binding: crate::saml::trace::Binding::Redirect,
                    request_id: "_1".into(),
                    relay_state: None,
                    force_authn: false,
                    is_passive: false,
                    contexts: None,
                },
                name_hint: None,
                customer: None,
                password_at: None,
                method: None,
                sealed_ceremony: None,
                shown: factors::MethodSet::EMPTY,
                trial: None,
                purpose: Purpose::Answer,
                remember_days: None,
                expires_at,
            };
            assert_eq!(
                dead_end(&signin, visitor.as_ref(), now),
                expected,
                "{owner:?} {visitor:?} {step:?} {now}"
            );
        }
    }
}
