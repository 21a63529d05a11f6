//! One act on many customers (D2, D4): a *run*, done by a job in batches, each one transaction with its
//! progress. What was asked for is written down first, customer by customer ([`start`]), so that a
//! selection of everybody who matches a search means those who match now; what became of each is
//! written beside it. A run goes on after a crash where it stopped: an item with an outcome is never
//! done again.
//!
//! A run can be cancelled between two batches, and what only decided about 2FA can be undone for a day
//! ([`undo`]), which is another run. Customers whom somebody has decided about since are left alone.

pub mod jobs; // a batch after the other
mod run; // a run and what can be done with it
pub mod store; // all SQL of this room

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

pub use run::{Act, Item, ItemOutcome, Run, State, UNDO_FOR};
pub use store::{NewRun, Who};

use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::jobs::{Job, Kind, Priority, enqueue};
use crate::sites::SiteId;

/// Begins a run in the caller's transaction; its id. None when `who` is nobody.
pub async fn start(
    conn: &mut PgConnection,
    app: &App,
    new: &NewRun<'_>,
    who: &Who<'_>,
) -> sqlx::Result<Option<Uuid>> {
    store::insert(conn, new).await?;
    let total = store::fill(conn, new.site, new.id, who).await?;
    if total == 0 {
        store::drop_run(conn, new.site, new.id).await?;
        return Ok(None);
    }
    let event = Event {
        client_ip: Some(new.client_ip),
        detail: &json!({ "run": new.id, "act": new.act.word(), "customers": total }),
        ..Event::new(new.site, Actor::Admin(new.account.to_owned()), "bulk.started", "ok")
    };
    audit::record(conn, new.now, &event).await?;
    go(conn, app, new.site, new.id).await?;
    Ok(Some(new.id))
}

/// Takes a run back, as far as the exceptions it made are still as it left them; the new run's id. None
/// when it cannot be undone (any more).
pub async fn undo(
    conn: &mut PgConnection,
    app: &App,
    run: Uuid,
    new: &NewRun<'_>,
) -> sqlx::Result<Option<Uuid>> {
    let Some(old) = store::lock(conn, new.site, run).await? else { return Ok(None) };
    if !old.can_be_undone(new.now) {
        return Ok(None);
    }
    start(conn, app, &NewRun { act: Act::Undo, undo_of: Some(run), ..*new }, &Who::ChangedBy(run)).await
}

/// Stops a run before its next batch. False when it is over already.
pub async fn cancel(
    conn: &mut PgConnection,
    app: &App,
    site: SiteId,
    run: Uuid,
    actor: Actor,
) -> sqlx::Result<bool> {
    let now = app.clock.now();
    let stopped = store::finish(conn, site, run, State::Cancelled, None, now).await?;
    if stopped {
        let event =
            Event { detail: &json!({ "run": run }), ..Event::new(site, actor, "bulk.cancelled", "ok") };
        audit::record(conn, now, &event).await?;
    }
    Ok(stopped)
}

/// Lets a failed run go on. False when it has not failed.
pub async fn retry(conn: &mut PgConnection, app: &App, site: SiteId, run: Uuid) -> sqlx::Result<bool> {
    let resumed = store::resume(conn, site, run).await?;
    if resumed {
        go(conn, app, site, run).await?;
    }
    Ok(resumed)
}

async fn go(conn: &mut PgConnection, app: &App, site: SiteId, run: Uuid) -> sqlx::Result<()> {
    let now = app.clock.now();
    let job = Job {
        id: app.random.uuid(),
        site: Some(site),
        kind: Kind::Bulk,
        payload: json!({ "run": run }),
        priority: Priority::Normal,
        run_at: now,
        dedupe: Some(run.to_string()),
    };
    enqueue(conn, &job, now).await?;
    Ok(())
}
