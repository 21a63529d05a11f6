//! What leads an import on, back, or to its end.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sqlx::PgTransaction;
use uuid::Uuid;

use super::super::{NO_MAIL, bulk};
use super::page::{self, Told};
use super::{locked, settle};
use crate::error::AppError;
use crate::import::store::How;
use crate::import::{self, AUTO_BATCH, BATCHES, Source, State};
use crate::jira::JiraAdmin;
use crate::sites::SiteId;
use crate::web::Form;

type Id = Path<(SiteId, Uuid)>;

/// How an import is to be applied.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StartForm {
    mode: String,
    batch: String,
    mails: String,
}

const NO_MODE: &str = "Choose how to import.";
const NOTHING: &str = "There is nobody to import: every row is unchanged or refused.";
const NOBODY: &str = "Nobody of this import is without a password.";

/// `POST .../start`: batches begin.
pub async fn start(
    admin: JiraAdmin,
    Path((_, id)): Id,
    Form(form): Form<StartForm>,
) -> Result<Response, AppError> {
    let (mut tx, import) = locked(&admin, id).await?;
    let batch = form.batch.parse().ok().filter(|batch| BATCHES.contains(batch));
    let (auto, batch) = match (form.mode.as_str(), batch) {
        ("auto", _) => (true, AUTO_BATCH),
        ("safe", Some(batch)) => (false, batch),
        _ => return fault(&admin, tx, id, NO_MODE).await,
    };
    let mails = form.mails == "on";
    if import.state == State::Ready && import.counts.todo() == 0 {
        return fault(&admin, tx, id, NOTHING).await;
    }
    if mails && admin.app.config.mail.is_none() {
        return fault(&admin, tx, id, NO_MAIL).await;
    }
    let led = import::start(&mut tx, &admin.app, &import, &How { auto, batch, mails }, admin.actor()).await?;
    settle(&admin, tx, &import, led).await
}

async fn fault(
    admin: &JiraAdmin,
    tx: PgTransaction<'static>,
    id: Uuid,
    fault: &str,
) -> Result<Response, AppError> {
    tx.rollback().await?;
    let told = Told { fault: Some(fault.to_owned()), ..Told::default() };
    page::told(admin, StatusCode::UNPROCESSABLE_ENTITY, id, told).await
}

/// What follows a batch.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NextForm {
    auto: String,
}

/// `POST .../next`: the next batch, or all that are left (`auto`).
pub async fn go_on(
    admin: JiraAdmin,
    Path((_, id)): Id,
    Form(form): Form<NextForm>,
) -> Result<Response, AppError> {
    let (mut tx, import) = locked(&admin, id).await?;
    let led = import::go_on(&mut tx, &admin.app, &import, form.auto == "on").await?;
    settle(&admin, tx, &import, led).await
}

/// `POST .../back`: from the preview to the columns, or to the list.
pub async fn back(admin: JiraAdmin, Path((_, id)): Id) -> Result<Response, AppError> {
    let (mut tx, import) = locked(&admin, id).await?;
    let to = match import.source {
        Source::Csv => State::Mapping,
        Source::Jsm => State::Choosing,
    };
    let led = import::lead(&mut tx, &admin.app, &import, &[State::Ready], to).await?;
    settle(&admin, tx, &import, led).await
}

/// `POST .../cancel`: it ends here.
pub async fn cancel(admin: JiraAdmin, Path((_, id)): Id) -> Result<Response, AppError> {
    let (mut tx, import) = locked(&admin, id).await?;
    let led = import::cancel(&mut tx, &admin.app, &import, admin.actor()).await?;
    settle(&admin, tx, &import, led).await
}

/// `POST .../retry`: a failed one goes on.
pub async fn retry(admin: JiraAdmin, Path((_, id)): Id) -> Result<Response, AppError> {
    let (mut tx, import) = locked(&admin, id).await?;
    let led = import::retry(&mut tx, &admin.app, &import).await?;
    settle(&admin, tx, &import, led).await
}

/// `POST .../undo`: it is taken back.
pub async fn undo(admin: JiraAdmin, Path((_, id)): Id) -> Result<Response, AppError> {
    let (mut tx, import) = locked(&admin, id).await?;
    let led = import::undo(&mut tx, &admin.app, &import, admin.actor()).await?;
    settle(&admin, tx, &import, led).await
}

/// `POST .../mails`: set-password mails to whoever came in, as a run of their own.
pub async fn send_mails(admin: JiraAdmin, Path((_, id)): Id) -> Result<Response, AppError> {
    let (mut tx, import) = locked(&admin, id).await?;
    if !matches!(import.state, State::Done | State::Cancelled) {
        return settle(&admin, tx, &import, Err(import::Elsewhere)).await;
    }
    if admin.app.config.mail.is_none() {
        return fault(&admin, tx, id, NO_MAIL).await;
    }
    match import::send_mails(&mut tx, &admin.app, &import).await? {
        Some(run) => {
            tx.commit().await?;
            bulk::run::page(&admin, StatusCode::OK, run).await
        }
        None => fault(&admin, tx, id, NOBODY).await,
    }
}
