//! What a sign-in is for. Most answer a service provider; two kinds are the customer's own pages'
//! (`account`): one to know who it is, which makes a session and leads back there, and one to set up a
//! factor or new backup codes, which begins past the password with what its session has shown.

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use sqlx::{PgConnection, Postgres, Transaction};
use time::OffsetDateTime;

use super::here::{self, Here};
use super::session::Session;
use super::{Asked, LIFETIME, SignIn, SignInId, Step, session, store};
use crate::app::App;
use crate::customers::Customer;
use crate::error::AppError;
use crate::factors::{FactorId, MethodSet};
use crate::saml;
use crate::saml::trace::Binding;
use crate::sites::{Site, SiteId};
use crate::web::cookies::{self, SetCookies};

/// What a sign-in is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A service provider's request.
    Answer,
    /// The account page; `path` is where below it the customer goes on.
    Account { path: String },
    /// A factor more, or new backup codes, from the account page.
    AddFactor {
        /// The hash of the session it was begun from: when that ends, so does this.
        session: [u8; 32],
        /// The factor that goes when the new one is there.
        replaces: Option<FactorId>,
    },
}

impl Purpose {
    /// Its name in the database.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Answer => "sp",
            Self::Account { .. } => "account",
            Self::AddFactor { .. } => "add_factor",
        }
    }
}

/// Longest [`Purpose::Account::path`] in bytes: a name that was typed fits, percent-encoded.
const LONGEST_PATH: usize = 2_048;

/// The account page of a site, or a page below it. `path` is "" or begins with `/` or `?`.
pub fn account(site: SiteId, path: &str) -> String {
    format!("/sites/{site}/account{path}")
}

/// What the account page asks of a session: the site's own rule.
pub fn asked_by_account() -> Asked {
    Asked {
        binding: Binding::Account,
        request_id: String::new(),
        relay_state: None,
        force_authn: false,
        is_passive: false,
        contexts: None,
    }
}

fn blank(
    app: &App,
    site: SiteId,
    browser: &str,
    purpose: Purpose,
    force: bool,
    now: OffsetDateTime,
) -> SignIn {
    SignIn {
        id: SignInId(app.random.uuid()),
        site,
        browser_hash: Some(session::token_hash(browser)),
        step: Step::Password,
        request: Asked { request_id: saml::new_id(&app.random), force_authn: force, ..asked_by_account() },
        name_hint: None,
        customer: None,
        password_at: None,
        method: None,
        sealed_ceremony: None,
        shown: MethodSet::EMPTY,
        trial: None,
        purpose,
        remember_days: None,
        expires_at: now + LIFETIME,
    }
}

/// The browser's binding, a fresh one where it has none.
fn browser(app: &App, headers: &HeaderMap) -> String {
    cookies::browser(headers).map_or_else(|| app.random.token(), str::to_owned)
}

/// Begins a sign-in that comes back to the account page, to `path` below it. `again`: whoever it is has a
/// session and proves anew that it is theirs (security.md S4).
pub async fn sign_in(
    app: &App,
    site: &Site,
    headers: &HeaderMap,
    path: &str,
    again: Option<&Customer>,
) -> Result<Response, AppError> {
    let now = app.clock.now();
    let browser = browser(app, headers);
    let path = if path.len() <= LONGEST_PATH { path.to_owned() } else { String::new() };
    let purpose = Purpose::Account { path };
    let mut signin = blank(app, site.id, &browser, purpose, again.is_some(), now);
    signin.name_hint = again.map(|customer| customer.username.clone().unwrap_or(customer.email.clone()));
    let mut tx = app.db.begin().await?;
    store::signins::insert_own(&mut tx, &signin, now).await?;
    tx.commit().await?;
    let on = Redirect::to(&here::path(site, signin.id)).into_response();
    Ok((SetCookies::new().browser(&browser), on).into_response())
}

/// A sign-in that sets something up in the name of a `session` that is fresh, standing at `step`; to be
/// given its method and stored. With the browser's binding.
pub fn set_up(
    app: &App,
    headers: &HeaderMap,
    session: &Session,
    step: Step,
    replaces: Option<FactorId>,
) -> (SignIn, SetCookies) {
    let browser = browser(app, headers);
    let purpose = Purpose::AddFactor { session: session.token_hash, replaces };
    let signin = SignIn {
        step,
        customer: Some(session.customer.id),
        password_at: Some(session.authn_at),
        shown: session.methods.factors,
        ..blank(app, session.customer.site, &browser, purpose, false, app.clock.now())
    };
    (signin, SetCookies::new().browser(&browser))
}

/// What the account page tells after a redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    FactorAdded,
    FactorRenamed,
    FactorRemoved,
    CodesMade,
    PasswordChanged,
    PreferenceKept,
    SessionEnded,
    DeviceForgotten,
}

impl Done {
    const ALL: [(Self, &str); 8] = [
        (Self::FactorAdded, "factor-added"),
        (Self::FactorRenamed, "factor-renamed"),
        (Self::FactorRemoved, "factor-removed"),
        (Self::CodesMade, "codes-made"),
        (Self::PasswordChanged, "password-changed"),
        (Self::PreferenceKept, "preference-kept"),
        (Self::SessionEnded, "session-ended"),
        (Self::DeviceForgotten, "device-forgotten"),
    ];

    /// Its word in the address.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(done, _)| *done == self).map(|(_, word)| *word).unwrap_or_default()
    }

    /// What the account page's address ends with to tell it.
    pub fn query(self) -> String {
        format!("?done={}", self.word())
    }

    /// What that word stands for; any other for nothing.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(done, _)| *done)
    }
}

impl Here {
    /// Whether the sign-in begins from the account page, past the password.
    pub fn is_adding(&self) -> bool {
        matches!(self.signin.purpose, Purpose::AddFactor { .. })
    }

    /// Whether a customer with a session proves anew who it is.
    pub fn is_proving_again(&self) -> bool {
        matches!(self.signin.purpose, Purpose::Account { .. }) && self.signin.request.force_authn
    }

    /// Whether the session that a factor is added from is still there.
    pub async fn is_session_on(&self, conn: &mut PgConnection, session: &[u8; 32]) -> sqlx::Result<bool> {
        Ok(store::sessions::find(conn, self.site.id, session, self.now).await?.is_some())
    }

    /// The account page, or a page below it.
    pub fn to_account(&self, path: &str) -> Response {
        Redirect::to(&account(self.site.id, path)).into_response()
    }
}

/// Ends what began at the account page, which says what was `done`; none: nothing was set up. Commits `tx`.
pub async fn end_set_up(
    here: &Here,
    mut tx: Transaction<'_, Postgres>,
    mut signin: SignIn,
    done: Option<Done>,
) -> Result<Response, AppError> {
    signin.step = if done.is_some() { Step::Finished } else { Step::Cancelled };
    signin.leave_method();
    store::signins::save(&mut tx, &signin).await?;
    tx.commit().await?;
    Ok(here.to_account(&done.map(Done::query).unwrap_or_default()))
}
