//! Where customers come from, and what came in lately.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::page;
use crate::admin::frame::{self, Frame, Page};
use crate::admin::words;
use crate::error::AppError;
use crate::import::upload::{self, MAX_FILE, UploadFault};
use crate::import::{self, Cursor, Import, NewImport, Source, State};
use crate::jira::JiraAdmin;
use crate::jira::desks::{self, Desk};
use crate::web::Form;

/// Imports in the list.
const LISTED: u32 = 50;
/// Imports of a site that are under way at once; each may hold a file.
const MOST_OPEN: u64 = 10;
const TOO_MANY: &str = "Ten imports are under way: finish or cancel one of them first.";
const NO_DESK: &str = "Choose a service desk of the list, or all of them.";

#[derive(Template)]
#[template(path = "admin/customers/imports/recent.html")]
struct Recent {
    frame: Frame,
    imports: Vec<Import>,
    /// What is wrong with the file, and with the rest.
    file_fault: Option<String>,
    fault: Option<String>,
    max_file: u64,
}

/// `GET .../customers/imports`.
pub async fn recent(admin: JiraAdmin) -> Result<Response, AppError> {
    page(&admin, StatusCode::OK, None, None).await
}

/// The page, with what is wrong with the chosen file, or with the rest.
async fn page(
    admin: &JiraAdmin,
    status: StatusCode,
    file_fault: Option<String>,
    fault: Option<String>,
) -> Result<Response, AppError> {
    let mut conn = admin.app.db.acquire().await?;
    let imports = import::store::newest(&mut conn, admin.site.id, LISTED).await?;
    drop(conn);
    let frame = Frame::new(admin, Page::Customers, "Import customers", "customers/imports");
    Ok(admin.visitor.page(status, &Recent { frame, imports, file_fault, fault, max_file: MAX_FILE }))
}

/// The same, for a file that is no good.
pub async fn file_refused(admin: &JiraAdmin, fault: String) -> Result<Response, AppError> {
    page(admin, StatusCode::UNPROCESSABLE_ENTITY, Some(fault), None).await
}

#[derive(Template)]
#[template(path = "admin/customers/imports/desks.html")]
struct Desks {
    base: String,
    desks: Result<Vec<Desk>, String>,
}

/// `GET .../customers/imports/desks`: Jira's service desks, which may take a while.
pub async fn desks(admin: JiraAdmin) -> Result<Response, AppError> {
    let desks = desks::desks(&admin.app, &admin.site).await.map_err(|fault| fault.to_string());
    Ok(admin.visitor.page(StatusCode::OK, &Desks { base: frame::base(&admin.site), desks }))
}

/// What is begun.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewForm {
    source: String,
    name: String,
    size: u64,
    desk: String,
    organisations: String,
}

/// `POST .../customers/imports`.
pub async fn submit(admin: JiraAdmin, Form(form): Form<NewForm>) -> Result<Response, AppError> {
    let source = Source::parse(&form.source).ok_or(AppError::Malformed)?;
    let (name, size, cursor) = match source {
        Source::Csv => {
            if let Err(fault) = upload::check_size(form.size) {
                let fault = if form.name.is_empty() { UploadFault::Missing } else { fault };
                return file_refused(&admin, fault.to_string()).await;
            }
            (upload::shown_name(&form.name), form.size, json!({}))
        }
        Source::Jsm => match chosen_desk(&admin, &form.desk).await {
            Ok(desk) => {
                let name = desk.as_ref().map_or("All service desks", |desk| &desk.project_name).to_owned();
                let organisations = form.organisations == "on";
                let desk = desk.map(|desk| desk.id);
                (name, 0, json!(Cursor { desk, organisations, ..Cursor::default() }))
            }
            Err(fault) => {
                return page(&admin, StatusCode::UNPROCESSABLE_ENTITY, None, Some(fault)).await;
            }
        },
    };
    let mut tx = admin.app.db.begin().await?;
    if import::store::count_open(&mut tx, admin.site.id).await? >= MOST_OPEN {
        tx.rollback().await?;
        return page(&admin, StatusCode::CONFLICT, None, Some(TOO_MANY.into())).await;
    }
    let new = NewImport {
        id: admin.app.random.uuid(),
        site: admin.site.id,
        source,
        name: &name,
        size,
        cursor: &cursor,
        account: &admin.account,
        client_ip: admin.visitor.ip,
        now: admin.now,
    };
    import::begin(&mut tx, &admin.app, &new).await?;
    tx.commit().await?;
    page::page(&admin, StatusCode::OK, new.id, None).await
}

/// The desk of that id as Jira has it; none: all of them.
async fn chosen_desk(admin: &JiraAdmin, id: &str) -> Result<Option<Desk>, String> {
    if id.is_empty() {
        return Ok(None);
    }
    let desks = desks::desks(&admin.app, &admin.site).await.map_err(|fault| fault.to_string())?;
    desks.into_iter().find(|desk| desk.id == id).map(Some).ok_or_else(|| NO_DESK.to_owned())
}

/// An import's state: a lozenge's kind, and its word.
pub fn lozenge(import: &Import) -> (&'static str, &'static str) {
    match import.state {
        State::Uploading => ("moved", "Upload not finished"),
        State::Mapping => ("new", "Columns to be checked"),
        State::Reading => ("inprogress", "Reading the file"),
        State::Fetching => ("inprogress", "Fetching from Jira"),
        State::Choosing => ("new", "Customers to be chosen"),
        State::Judging => ("inprogress", "Comparing"),
        State::Ready => ("new", "Ready to import"),
        State::Running => ("inprogress", "Importing"),
        State::Waiting => ("new", "Waiting for the next batch"),
        State::Done => ("success", "Done"),
        State::Cancelled => ("moved", "Cancelled"),
        State::Failed => ("removed", "Failed"),
        State::Undoing => ("inprogress", "Undoing"),
        State::Undone => ("moved", "Undone"),
    }
}

/// What an import came to, in a few words.
pub fn result(import: &Import) -> String {
    let counts = &import.counts;
    if !import.state.is_applied() || counts.done() == 0 {
        return "–".into();
    }
    format!("{} added, {} changed", words::number(counts.created), words::number(counts.updated))
}
