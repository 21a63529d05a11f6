//! A run: how far it is, what became of whom, and what can still be done with it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use sqlx::{PgConnection, PgTransaction};
use uuid::Uuid;

use crate::admin::frame::{self, Frame, Page};
use crate::admin::words;
use crate::bulk::{self, Act, Item, ItemOutcome, NewRun, Run, State};
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::sites::SiteId;

/// Outcomes shown, the odd ones first.
const SHOWN: u32 = 100;
/// Runs in the list.
const LISTED: u32 = 50;

/// A run as its page tells it.
struct View {
    run: Run,
    items: Vec<Item>,
    base: String,
    now: time::OffsetDateTime,
}

impl View {
    async fn load(conn: &mut PgConnection, admin: &JiraAdmin, id: Uuid) -> Result<Self, AppError> {
        let site = admin.site.id;
        let run = bulk::store::find(conn, site, id).await?.ok_or(AppError::NotFound)?;
        let items = bulk::store::items(conn, site, id, SHOWN).await?;
        Ok(Self { run, items, base: frame::base(&admin.site), now: admin.now })
    }

    fn is_running(&self) -> bool {
        self.run.state == State::Running
    }

    /// What a screen reader is told, now and then.
    fn said(&self) -> String {
        match self.run.state {
            State::Running => format!("{} percent", self.run.done * 10 / self.run.total.max(1) * 10),
            _ => self.totals(),
        }
    }

    /// `1,200 of 1,204 customers changed.`
    fn totals(&self) -> String {
        let total = words::counted(self.run.total, "customer", "customers");
        format!("{} of {total} {}.", words::number(self.run.changed), past(self.run.act))
    }

    fn unlike(&self) -> u64 {
        self.run.done - self.run.changed
    }

    /// Those whose turn did not come.
    fn left(&self) -> u64 {
        self.run.total - self.run.done
    }

    fn undo_until(&self) -> Option<String> {
        self.run.undo_until().filter(|until| self.now < *until).map(words::moment)
    }

    /// Whether more happened than is listed.
    fn is_cut(&self) -> bool {
        self.run.done > self.items.len() as u64
    }

    fn outcome(&self, item: &Item) -> (&'static str, &'static str) {
        match item.outcome {
            Some(ItemOutcome::Changed) => ("success", "Done"),
            Some(ItemOutcome::Unchanged) => ("", "Unchanged"),
            Some(ItemOutcome::Refused) | None => ("removed", "Not done"),
        }
    }
}

/// A run's name.
pub fn title(act: Act) -> &'static str {
    match act {
        Act::Enable => "Enable 2FA",
        Act::Disable => "Disable 2FA",
        Act::ResetMfa => "Reset MFA",
        Act::SendLink => "Send set-password mails",
        Act::Delete => "Delete customers",
        Act::Undo => "Undo",
    }
}

fn past(act: Act) -> &'static str {
    match act {
        Act::Enable => "enabled",
        Act::Disable => "disabled",
        Act::ResetMfa => "reset",
        Act::SendLink => "written to",
        Act::Delete => "deleted",
        Act::Undo => "as before",
    }
}

/// Its state: a lozenge's kind, and its word.
pub fn state(run: &Run) -> (&'static str, &'static str) {
    match run.state {
        State::Running => ("inprogress", "Running"),
        State::Done if run.undone_by.is_some() => ("moved", "Undone"),
        State::Done => ("success", "Done"),
        State::Cancelled => ("moved", "Cancelled"),
        State::Failed => ("removed", "Failed"),
    }
}

#[derive(Template)]
#[template(path = "admin/customers/bulk/run.html")]
struct RunPage {
    frame: Frame,
    view: View,
    fault: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "admin/customers/bulk/progress.html")]
struct Progress {
    view: View,
}

#[derive(Template)]
#[template(path = "admin/customers/bulk/runs.html")]
struct Runs {
    frame: Frame,
    runs: Vec<Run>,
}

/// `GET .../customers/bulk`: what was done lately.
pub async fn recent(admin: JiraAdmin) -> Result<Response, AppError> {
    let mut conn = admin.app.db.acquire().await?;
    let runs = bulk::store::newest(&mut conn, admin.site.id, LISTED).await?;
    drop(conn);
    let frame = Frame::new(&admin, Page::Customers, "Bulk changes", "customers/bulk");
    Ok(admin.visitor.page(StatusCode::OK, &Runs { frame, runs }))
}

/// `GET .../customers/bulk/{run}`.
pub async fn show(admin: JiraAdmin, Path((_, run)): Path<(SiteId, Uuid)>) -> Result<Response, AppError> {
    page(&admin, StatusCode::OK, run).await
}

/// `GET .../customers/bulk/{run}/progress`: the part that is asked for again and again.
pub async fn progress(admin: JiraAdmin, Path((_, run)): Path<(SiteId, Uuid)>) -> Result<Response, AppError> {
    let mut conn = admin.app.db.acquire().await?;
    let view = View::load(&mut conn, &admin, run).await?;
    drop(conn);
    Ok(admin.visitor.page(StatusCode::OK, &Progress { view }))
}

/// The page of a run.
pub async fn page(admin: &JiraAdmin, status: StatusCode, run: Uuid) -> Result<Response, AppError> {
    told(admin, status, run, None).await
}

async fn told(
    admin: &JiraAdmin,
    status: StatusCode,
    run: Uuid,
    fault: Option<&'static str>,
) -> Result<Response, AppError> {
    let mut conn = admin.app.db.acquire().await?;
    let view = View::load(&mut conn, admin, run).await?;
    drop(conn);
    let name = title(view.run.act);
    let frame = Frame::new(admin, Page::Customers, name, format!("customers/bulk/{run}"));
    Ok(admin.visitor.page(status, &RunPage { frame, view, fault }))
}

/// The run's transaction: 404 when the site has no such run.
async fn begin(admin: &JiraAdmin, run: Uuid) -> Result<PgTransaction<'static>, AppError> {
    let mut tx = admin.app.db.begin().await?;
    bulk::store::lock(&mut tx, admin.site.id, run).await?.ok_or(AppError::NotFound)?;
    Ok(tx)
}

/// `POST .../customers/bulk/{run}/cancel`.
pub async fn cancel(admin: JiraAdmin, Path((_, run)): Path<(SiteId, Uuid)>) -> Result<Response, AppError> {
    let mut tx = begin(&admin, run).await?;
    bulk::cancel(&mut tx, &admin.app, admin.site.id, run, admin.actor()).await?;
    tx.commit().await?;
    // Too late is no fault: the page says how it ended.
    page(&admin, StatusCode::OK, run).await
}

/// `POST .../customers/bulk/{run}/retry`.
pub async fn retry(admin: JiraAdmin, Path((_, run)): Path<(SiteId, Uuid)>) -> Result<Response, AppError> {
    let mut tx = begin(&admin, run).await?;
    bulk::retry(&mut tx, &admin.app, admin.site.id, run).await?;
    tx.commit().await?;
    page(&admin, StatusCode::OK, run).await
}

/// `POST .../customers/bulk/{run}/undo`.
pub async fn undo(admin: JiraAdmin, Path((_, run)): Path<(SiteId, Uuid)>) -> Result<Response, AppError> {
    let mut tx = begin(&admin, run).await?;
    let new = NewRun {
        id: admin.app.random.uuid(),
        site: admin.site.id,
        act: Act::Undo,
        account: &admin.account,
        client_ip: admin.visitor.ip,
        undo_of: Some(run),
        now: admin.now,
    };
    match bulk::undo(&mut tx, &admin.app, run, &new).await? {
        Some(undoing) => {
            tx.commit().await?;
            page(&admin, StatusCode::OK, undoing).await
        }
        None => {
            tx.rollback().await?;
            told(&admin, StatusCode::CONFLICT, run, Some("This cannot be undone any more.")).await
        }
    }
}
