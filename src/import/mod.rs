//! Bringing many customers in at once (D9 of the mission), from a file or from Jira.
//!
//! An import goes through [`State`]s. A file comes in pieces (`upload`), is looked at (`csv::sniff`), and
//! an admin says which column is what; a list is fetched from Jira page by page and an admin says who
//! of it. Then every row is judged against the others and the directory in a few statements
//! (`store::judge`), which is the preview, and applied in batches, each one transaction with its progress
//! (`jobs`). After a crash the job goes on with the batch that was not committed; a row's new customer has
//! its id before it is written, so that none comes twice.
//!
//! What a batch finds changed since the preview is refused then, not forced. An import can be cancelled
//! between two batches, and undone for a day: whoever has come in by it and signed in since stays.

pub mod csv; // reading a file of customers
pub mod jobs; // what is done in the background
pub mod plan; // what becomes of a customer who is there already
mod stage; // an import and what can be done with it
pub mod store; // all SQL of this room
pub mod upload; // a file's pieces

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

pub use jobs::{Cursor, Part};
pub use stage::{AUTO_BATCH, BATCHES, Counts, Import, Layout, Source, State, UNDO_FOR, Verdict};
pub use store::NewImport;

use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::bulk::{self, Act, NewRun, Who};
use crate::customers::CustomerId;
use crate::jobs::{Job, Kind, Priority, enqueue};
use crate::sites::SiteId;

/// Why an import does not do what it was told: a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The import has gone on meanwhile: look at where it is now.")]
pub struct Elsewhere;

/// Leads the import from one of the states `from` to `to`, where a job goes on if there is something to
/// do. An [`Elsewhere`] when it is in none of them.
pub async fn lead(
    conn: &mut PgConnection,
    app: &App,
    import: &Import,
    from: &[State],
    to: State,
) -> sqlx::Result<Result<(), Elsewhere>> {
    if !from.contains(&import.state) {
        return Ok(Err(Elsewhere));
    }
    store::set_state(conn, import.site, import.id, to, app.clock.now()).await?;
    if to.has_job() {
        go(conn, app, import.site, import.id).await?;
    }
    Ok(Ok(()))
}

/// Puts an import down, and its first job where there is one.
pub async fn begin(conn: &mut PgConnection, app: &App, new: &NewImport<'_>) -> sqlx::Result<()> {
    store::insert(conn, new).await?;
    if new.state().has_job() {
        go(conn, app, new.site, new.id).await?;
    }
    Ok(())
}

/// Begins to apply what was judged.
pub async fn start(
    conn: &mut PgConnection,
    app: &App,
    import: &Import,
    how: &store::How,
    actor: Actor,
) -> sqlx::Result<Result<(), Elsewhere>> {
    if import.state != State::Ready {
        return Ok(Err(Elsewhere));
    }
    store::set_how(conn, import.site, import.id, how).await?;
    let detail = json!({ "import": import.id, "new": import.counts.new, "changed": import.counts.changed });
    tell(conn, app, import, actor, "import.started", &detail).await?;
    lead(conn, app, import, &[State::Ready], State::Running).await
}

/// Ends an import where it is. What is done stays done.
pub async fn cancel(
    conn: &mut PgConnection,
    app: &App,
    import: &Import,
    actor: Actor,
) -> sqlx::Result<Result<(), Elsewhere>> {
    if import.state.is_over() || import.state == State::Undoing {
        return Ok(Err(Elsewhere));
    }
    tell(conn, app, import, actor, "import.cancelled", &json!({ "import": import.id })).await?;
    lead(conn, app, import, &[import.state], State::Cancelled).await
}

/// Begins to take an import back.
pub async fn undo(
    conn: &mut PgConnection,
    app: &App,
    import: &Import,
    actor: Actor,
) -> sqlx::Result<Result<(), Elsewhere>> {
    if !import.can_be_undone(app.clock.now()) {
        return Ok(Err(Elsewhere));
    }
    tell(conn, app, import, actor, "import.undone", &json!({ "import": import.id })).await?;
    lead(conn, app, import, &[import.state], State::Undoing).await
}

/// Lets a failed import go on where it failed.
pub async fn retry(
    conn: &mut PgConnection,
    app: &App,
    import: &Import,
) -> sqlx::Result<Result<(), Elsewhere>> {
    match import.failed_in {
        Some(stage) => lead(conn, app, import, &[State::Failed], stage).await,
        None => Ok(Err(Elsewhere)),
    }
}

/// Goes on with the next batch; `auto`: and with all that follow.
pub async fn go_on(
    conn: &mut PgConnection,
    app: &App,
    import: &Import,
    auto: bool,
) -> sqlx::Result<Result<(), Elsewhere>> {
    if auto && import.state == State::Waiting {
        store::set_auto(conn, import.site, import.id, AUTO_BATCH).await?;
    }
    lead(conn, app, import, &[State::Waiting], State::Running).await
}

/// Begins a run of set-password mails to everybody who came in and has no password; the run's id, if
/// there is anybody.
pub async fn send_mails(conn: &mut PgConnection, app: &App, import: &Import) -> sqlx::Result<Option<Uuid>> {
    let who: Vec<CustomerId> = store::came_in(conn, import).await?.into_iter().map(CustomerId).collect();
    let new = NewRun {
        id: app.random.uuid(),
        site: import.site,
        act: Act::SendLink,
        account: &import.account,
        client_ip: import.client_ip,
        undo_of: None,
        now: app.clock.now(),
    };
    store::set_mailed(conn, import.site, import.id).await?;
    bulk::start(conn, app, &new, &Who::These(&who)).await
}

async fn tell(
    conn: &mut PgConnection,
    app: &App,
    import: &Import,
    actor: Actor,
    action: &'static str,
    detail: &serde_json::Value,
) -> sqlx::Result<()> {
    let event = Event { detail, ..Event::new(import.site, actor, action, "ok") };
    audit::record(conn, app.clock.now(), &event).await
}

async fn go(conn: &mut PgConnection, app: &App, site: SiteId, import: Uuid) -> sqlx::Result<()> {
    let now = app.clock.now();
    let job = Job {
        id: app.random.uuid(),
        site: Some(site),
        kind: Kind::Import,
        payload: json!({ "import": import }),
        priority: Priority::Normal,
        run_at: now,
        dedupe: None,
    };
    enqueue(conn, &job, now).await?;
    Ok(())
}
