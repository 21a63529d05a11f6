//! A test sign-in (B3): an administrator asks for it inside Jira and opens its link in a window of
//! their own. It is a real sign-in, with the same pages, policy and throttles, but for its end: the
//! response is made and signed as ever, *examined here* and shown, and goes nowhere. No session is
//! made and no browser becomes known.
//!
//! The link is 256 random bits, kept as a hash, for fifteen minutes, and begins one sign-in. It signs
//! nobody in and carries no name: whoever holds it still needs a customer's password and factor.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};
use sqlx::{Postgres, Transaction};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::answer::{Answer, Names};
use super::here::Here;
use super::session::Session;
use super::views::{TrialPage, TrialResultPage};
use super::{Asked, SignIn, SignInId, frame, here, session, store};
use crate::app::App;
use crate::audit;
use crate::error::AppError;
use crate::saml;
use crate::saml::examine::{Check, Expected, examine};
use crate::saml::trace::{self, Binding};
use crate::sites::{CurrentSite, Site, SiteId};
use crate::web::cookies::{self, SetCookies};
use crate::web::visitor::Visitor;

/// How long a link may be opened.
pub const LIFETIME: Duration = Duration::minutes(15);

/// A test sign-in as its row has it.
#[derive(Clone, Debug)]
pub struct Trial {
    pub id: Uuid,
    /// The key that signs.
    pub key: Uuid,
    pub expires_at: OffsetDateTime,
    pub begun_at: Option<OffsetDateTime>,
    pub finished_at: Option<OffsetDateTime>,
    pub outcome: Option<Outcome>,
}

/// What a test sign-in came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    pub email: String,
    pub checks: Vec<Check>,
    /// What Guard would be told.
    pub answer: trace::Answer,
}

impl Outcome {
    /// Whether a strict service provider would accept it.
    pub fn passed(&self) -> bool {
        !self.checks.is_empty() && self.checks.iter().all(|check| check.passed)
    }
}

/// Prepares a test sign-in with `key`, one of the site's; its id, and the address to open.
pub async fn prepare(
    conn: &mut sqlx::PgConnection,
    app: &App,
    site: SiteId,
    key: Uuid,
    account: &str,
) -> sqlx::Result<(Uuid, String)> {
    let (id, token, now) = (app.random.uuid(), app.random.token(), app.clock.now());
    let hash = session::token_hash(&token);
    store::trials::insert(conn, site, id, &hash, key, account, now).await?;
    Ok((id, app.config.base_url.join(&format!("/sites/{site}/test/{token}"))))
}

/// The trial a link names, if it can still be begun.
async fn open(app: &App, site: &Site, token: &str) -> Result<Option<Trial>, AppError> {
    let hash = session::token_hash(token);
    let found = store::trials::find_by_token(&mut *app.db.acquire().await?, site.id, &hash).await?;
    let Some(trial) = found else { return Err(AppError::NotFound) };
    Ok((trial.begun_at.is_none() && app.clock.now() < trial.expires_at).then_some(trial))
}

/// `GET /sites/{site}/test/{token}`: says what will happen; changes nothing.
pub async fn show(
    State(app): State<App>,
    CurrentSite(site): CurrentSite,
    visitor: Visitor,
    Path((_, token)): Path<(String, String)>,
) -> Result<Response, AppError> {
    if let Err(page) = frame::open_for_sign_in(&visitor, &site) {
        return Ok(page);
    }
    let trial = open(&app, &site, &token).await?;
    Ok(page(&visitor, &site, &token, trial.is_some()))
}

fn page(visitor: &Visitor, site: &Site, token: &str, usable: bool) -> Response {
    let visitor = visitor.in_english();
    let page = TrialPage {
        shell: frame::momentary_shell(&visitor, site),
        action: format!("/sites/{}/test/{token}", site.id),
        usable,
    };
    visitor.page(if usable { StatusCode::OK } else { StatusCode::GONE }, &page)
}

/// `POST /sites/{site}/test/{token}`: begins the sign-in.
pub async fn begin(
    State(app): State<App>,
    CurrentSite(site): CurrentSite,
    visitor: Visitor,
    headers: axum::http::HeaderMap,
    Path((_, token)): Path<(String, String)>,
) -> Result<Response, AppError> {
    if let Err(page) = frame::open_for_sign_in(&visitor, &site) {
        return Ok(page);
    }
    let now = app.clock.now();
    let Some(trial) = open(&app, &site, &token).await? else {
        return Ok(page(&visitor, &site, &token, false));
    };
    let id = SignInId(app.random.uuid());
    let browser = cookies::browser(&headers).map_or_else(|| app.random.token(), str::to_owned);
    let asked = Asked {
        binding: Binding::Test,
        request_id: saml::new_id(&app.random),
        relay_state: None,
        force_authn: true,
        is_passive: false,
        contexts: None,
    };
    let mut tx = app.db.begin().await?;
    if !store::trials::begin(&mut tx, site.id, trial.id, now).await? {
        return Ok(page(&visitor, &site, &token, false)); // a second click was faster
    }
    let hash = session::token_hash(&browser);
    store::signins::insert(&mut tx, site.id, id, Some(&hash), &asked, Some(trial.id), now).await?;
    tx.commit().await?;
    let on = Redirect::to(&here::path(&site, id)).into_response();
    Ok((SetCookies::new().browser(&browser), on).into_response())
}

/// Ends a test sign-in whose customer has shown all that the policy asks: the response is examined
/// instead of sent. `signin` is finished already; commits `tx`.
pub async fn finish(
    here: &Here,
    mut tx: Transaction<'_, Postgres>,
    signin: &SignIn,
    trial: Uuid,
    session: &Session,
) -> Result<Response, AppError> {
    let app = &here.app;
    let parties = here.parties();
    let answer = Answer::of(session, &signin.request);
    let stored = match store::trials::find(&mut tx, here.site.id, trial).await? {
        Some(trial) => saml::store::keys::stored(&mut tx, here.site.id, trial.key).await?,
        None => None,
    };
    // The key was discarded meanwhile, and the test with it.
    let stored = stored.ok_or(AppError::NotFound)?;
    let key = app.saml_keys.signing_key(&app.vault, &stored).map_err(AppError::internal)?;
    let names = Names::of(&parties, &answer);
    let message = answer.message(&parties, &signin.request, &names);
    let xml = message.sign(&key).map_err(AppError::internal)?;
    let issuer = saml::entity_id(&app.config.base_url, here.site.id);
    let checks = examine(
        &xml,
        &Expected {
            certificate: &stored.certificate,
            issuer: &issuer,
            acs_url: &here.service_provider.acs_url,
            audience: &here.service_provider.entity_id,
            in_response_to: &signin.request.request_id,
            now: here.now,
        },
    );
    let outcome = Outcome { email: session.customer.email.clone(), checks, answer: message.told(&key) };
    store::trials::finish(&mut tx, here.site.id, trial, &outcome, here.now).await?;
    let detail = answer.detail(trace::Request::default(), &message, &key);
    let entry = trace::Entry {
        verdict: "tested",
        reason: "A test sign-in: the response was examined here and went nowhere.",
        ..answer.trace(&parties, &signin.request, &detail)
    };
    saml::store::insert_trace(&mut tx, here.site.id, here.now, &entry).await?;
    if let Some(event) = answer.event(&parties, "signin.tested") {
        audit::record(&mut tx, here.now, &event).await?;
    }
    tx.commit().await?;
    let visitor = here.visitor.in_english();
    let page = TrialResultPage { shell: frame::momentary_shell(&visitor, &here.site), outcome };
    Ok(visitor.page(StatusCode::OK, &page))
}
