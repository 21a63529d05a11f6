//! What an import does by itself, a step at a time, each one transaction: from wherever it is to where
//! an admin is asked again.

mod apply; // batches
mod fetch; // a list from Jira
mod read; // a file's rows
mod undo; // and back

pub use fetch::{Cursor, Part};

use anyhow::Context as _;
use sqlx::PgConnection;
use uuid::Uuid;

use super::store;
use super::{Import, State};
use crate::app::App;
use crate::jobs::{Claimed, Outcome};
use crate::sites::SiteId;

/// What a step came to.
enum Step {
    /// There may be more to do.
    On,
    /// An admin is asked, or it is over.
    Rest,
    /// Jira wants to be asked later.
    Wait(time::Duration, String),
}

fn import_of(job: &Claimed) -> Option<(SiteId, Uuid)> {
    Some((job.site?, job.payload.get("import")?.as_str()?.parse().ok()?))
}

/// One try: goes on where the last one stopped.
pub async fn run(app: &App, job: &Claimed) -> Outcome {
    let Some((site, id)) = import_of(job) else { return Outcome::GiveUp("names no import".into()) };
    let mut is_further = false;
    loop {
        match step(app, site, id).await {
            Ok(Step::On) => is_further = true,
            Ok(Step::Rest) => return Outcome::Done,
            Ok(Step::Wait(wait, why)) => return Outcome::Further(wait, why),
            Err(error) if is_further => {
                return Outcome::Further(time::Duration::seconds(5), format!("{error:#}"));
            }
            Err(error) => return Outcome::Later(format!("{error:#}")),
        }
    }
}

/// No further try: the page says so, and offers another.
pub async fn given_up(conn: &mut PgConnection, job: &Claimed) -> sqlx::Result<()> {
    let Some((site, id)) = import_of(job) else { return Ok(()) };
    let fault = "The server tried several times and gave up. What is done stays done.";
    store::fail(conn, site, id, fault).await
}

async fn step(app: &App, site: SiteId, id: Uuid) -> anyhow::Result<Step> {
    let mut conn = app.db.acquire().await?;
    let Some(import) = store::find(&mut conn, site, id).await? else { return Ok(Step::Rest) };
    drop(conn);
    match import.state {
        State::Reading => read::read(app, &import).await.context("reading"),
        State::Fetching => fetch::fetch(app, &import).await.context("fetching"),
        State::Judging => judge(app, &import).await.context("judging"),
        State::Running => apply::batch(app, &import).await.context("a batch"),
        State::Undoing => undo::batch(app, &import).await.context("undoing"),
        _ => Ok(Step::Rest),
    }
}

async fn judge(app: &App, import: &Import) -> anyhow::Result<Step> {
    let mut tx = app.db.begin().await?;
    store::judge(&mut tx, import.site, import.id).await?;
    // Cancelled meanwhile: then nothing was judged.
    let Some(now) = store::lock(&mut tx, import.site, import.id).await? else { return Ok(Step::Rest) };
    if now.state == State::Judging {
        store::set_state(&mut tx, import.site, import.id, State::Ready, app.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(Step::Rest)
}
