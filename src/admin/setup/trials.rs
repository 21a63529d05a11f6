//! Test sign-ins (B3): the link to one, and what it came to, as it happens.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::trail::note;
use super::super::{frame, words};
use super::{has_values, keys, progress};
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::saml::rotation::Keys;
use crate::signin::store::trials;
use crate::signin::trial::{self, Outcome, Trial};
use crate::sites::setup::Step;
use crate::web::Form;

/// How the last test sign-in with a certificate ended.
pub struct Tested {
    pub sentence: String,
}

impl Tested {
    pub async fn latest(
        conn: &mut PgConnection,
        admin: &JiraAdmin,
        key: Uuid,
    ) -> Result<Option<Self>, AppError> {
        let last = trials::latest(conn, admin.site.id, key).await?;
        Ok(last.and_then(|trial| {
            let outcome = trial.outcome?;
            let verdict = if outcome.passed() { "Passed" } else { "Failed" };
            let ago = words::ago(trial.finished_at?, admin.now);
            Some(Self { sentence: format!("{verdict} {ago}, as {}", outcome.email) })
        }))
    }
}

/// The form that begins one: with which certificate.
pub struct Chooser {
    pub active: Uuid,
    pub next: Option<Uuid>,
}

impl Chooser {
    pub async fn load(conn: &mut PgConnection, admin: &JiraAdmin) -> Result<Self, AppError> {
        let Keys { active, next, .. } = keys(conn, admin).await?;
        Ok(Self { active: active.id, next: next.map(|key| key.id) })
    }
}

/// A test under way: its link once, then what became of it.
#[derive(Template)]
#[template(path = "admin/setup/trial.html")]
struct TrialView {
    base: String,
    id: Uuid,
    /// Only at the beginning: it is kept as a hash.
    link: Option<String>,
    state: State,
    expires: String,
}

/// How far a test is.
enum State {
    Waiting,
    Begun,
    Done(Box<Outcome>),
    Expired,
}

impl State {
    fn of(trial: &Trial, now: OffsetDateTime) -> Self {
        match (&trial.outcome, trial.begun_at) {
            (Some(outcome), _) => Self::Done(Box::new(outcome.clone())),
            (None, None) if now >= trial.expires_at => Self::Expired,
            (None, Some(begun)) if now >= begun + crate::signin::LIFETIME => Self::Expired,
            (None, Some(_)) => Self::Begun,
            (None, None) => Self::Waiting,
        }
    }

    fn is_over(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Expired)
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Begun => "begun",
            Self::Done(_) => "done",
            Self::Expired => "expired",
        }
    }
}

/// With which certificate.
#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    key: String,
}

/// `POST .../setup/tests`: a link to a test sign-in.
pub async fn begin(admin: JiraAdmin, Form(chosen): Form<Chosen>) -> Result<Response, AppError> {
    let setup = progress(&admin).await?;
    if !setup.allows(Step::Policy, has_values(&admin)) {
        return Err(AppError::NotFound);
    }
    let key = Uuid::try_parse(&chosen.key).map_err(|_| AppError::NotFound)?;
    let mut tx = admin.app.db.begin().await?;
    if keys(&mut tx, &admin).await?.find(key).is_none() {
        return Err(AppError::NotFound);
    }
    let (id, link) = trial::prepare(&mut tx, &admin.app, admin.site.id, key, &admin.account).await?;
    note(&mut tx, &admin, "signin_test.prepared", json!({ "test": id, "key": key })).await?;
    tx.commit().await?;
    let view = TrialView {
        base: frame::base(&admin.site),
        id,
        link: Some(link),
        state: State::Waiting,
        expires: words::moment(admin.now + trial::LIFETIME),
    };
    Ok(admin.visitor.page(StatusCode::OK, &view))
}

/// What the page shows.
#[derive(Deserialize)]
pub struct Seen {
    #[serde(default)]
    state: String,
}

/// `GET .../setup/tests/{test}?state=...`: how far it is, or 204 when it is no further.
pub async fn show(
    admin: JiraAdmin,
    Path((_, test)): Path<(String, String)>,
    axum::extract::Query(seen): axum::extract::Query<Seen>,
) -> Result<Response, AppError> {
    let test = Uuid::try_parse(&test).map_err(|_| AppError::NotFound)?;
    let found = trials::find(&mut *admin.app.db.acquire().await?, admin.site.id, test).await?;
    let trial = found.ok_or(AppError::NotFound)?;
    let state = State::of(&trial, admin.now);
    if state.name() == seen.state {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let view = TrialView {
        base: frame::base(&admin.site),
        id: test,
        link: None,
        state,
        expires: words::moment(trial.expires_at),
    };
    Ok(admin.visitor.page(StatusCode::OK, &view))
}
