//! Importing customers (D9), a step at a time: a file is uploaded and its columns are named, or a list is
//! fetched from Jira and customers of it are chosen; then a preview, then batches. A page rather than a
//! modal, so that an import has an address: it outlives a closed tab, and Back goes back.

mod acts; // what leads an import on
mod begin; // where from
mod choose; // whom of Jira's list
mod columns; // which column of a file is what
mod page; // an import, wherever it is
mod preview; // what is to come of it
mod refusals; // what was refused, as a file
mod upload; // a file's pieces

pub use acts::{back, cancel, go_on, retry, send_mails, start, undo};
pub use begin::{desks, recent, submit as begin};
pub use choose::{choose, submit as judge};
pub use columns::submit as map;
pub use page::{progress, show};
pub use refusals::download as refusals;
pub use upload::{piece, uploaded};

use axum::http::StatusCode;
use axum::response::Response;
use sqlx::PgTransaction;
use uuid::Uuid;

use crate::error::AppError;
use crate::import::{self, Elsewhere, Import, Source, State};
use crate::jira::JiraAdmin;

/// An import, locked: 404 when the site has none of that id.
async fn locked(admin: &JiraAdmin, id: Uuid) -> Result<(PgTransaction<'static>, Import), AppError> {
    let mut tx = admin.app.db.begin().await?;
    let import = import::store::lock(&mut tx, admin.site.id, id).await?.ok_or(AppError::NotFound)?;
    Ok((tx, import))
}

/// Ends what was done to an import, and shows where it is now.
async fn settle(
    admin: &JiraAdmin,
    tx: PgTransaction<'static>,
    import: &Import,
    outcome: Result<(), Elsewhere>,
) -> Result<Response, AppError> {
    match outcome {
        Ok(()) => {
            tx.commit().await?;
            page::page(admin, StatusCode::OK, import.id, None).await
        }
        Err(elsewhere) => {
            tx.rollback().await?;
            page::page(admin, StatusCode::CONFLICT, import.id, Some(elsewhere.to_string())).await
        }
    }
}

/// An import's steps, as an admin sees them.
const STEPS: [[&str; 4]; 2] =
    [["File", "Columns", "Preview", "Import"], ["Fetch", "Choose", "Preview", "Import"]];

/// The steps of an import from `source`.
fn steps(source: Source) -> [&'static str; 4] {
    match source {
        Source::Csv => STEPS[0],
        Source::Jsm => STEPS[1],
    }
}

/// Which step a state belongs to, from 0; 4 when all are done.
fn step_of(state: State) -> usize {
    match state {
        State::Uploading | State::Fetching => 0,
        State::Mapping | State::Choosing => 1,
        State::Reading | State::Judging | State::Ready => 2,
        State::Running | State::Waiting | State::Undoing | State::Failed => 3,
        State::Done | State::Cancelled | State::Undone => 4,
    }
}
