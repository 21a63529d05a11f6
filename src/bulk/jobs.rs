//! The run's job: batch after batch, each one transaction, until no customer is left whose turn it is.

use anyhow::Context as _;
use sqlx::PgConnection;
use uuid::Uuid;

use super::store::{self, Outcomes, Turn};
use super::{Act, ItemOutcome, Run, State};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::customers;
use crate::i18n::Lang;
use crate::jobs::{Claimed, Outcome};
use crate::policy::{self, Scope};
use crate::recovery;
use crate::sites::SiteId;

/// From so many items on the planner is told of them.
const MANY: u64 = 1_000;

fn run_of(job: &Claimed) -> Option<(SiteId, Uuid)> {
    Some((job.site?, job.payload.get("run")?.as_str()?.parse().ok()?))
}

/// One try: goes on where the last one stopped.
pub async fn run(app: &App, job: &Claimed) -> Outcome {
    let Some((site, run)) = run_of(job) else { return Outcome::GiveUp("names no run".into()) };
    loop {
        match batch(app, site, run).await {
            Ok(true) => {}
            Ok(false) => return Outcome::Done,
            Err(error) => return Outcome::Later(format!("{error:#}")),
        }
    }
}

/// No further try: the page says so, and offers another.
pub async fn given_up(conn: &mut PgConnection, app: &App, job: &Claimed) -> sqlx::Result<()> {
    if let Some((site, run)) = run_of(job) {
        let fault = "The server tried several times and gave up. What is done stays done.";
        store::finish(conn, site, run, State::Failed, Some(fault), app.clock.now()).await?;
    }
    Ok(())
}

/// One batch. False when there is nothing more to do.
async fn batch(app: &App, site: SiteId, id: Uuid) -> anyhow::Result<bool> {
    let mut tx = app.db.begin().await?;
    let Some(run) = store::lock(&mut tx, site, id).await? else { return Ok(false) };
    if run.state != State::Running {
        return Ok(false);
    }
    if run.done == 0 && run.total >= MANY {
        store::analyze(&mut tx).await?;
    }
    let turns = store::next(&mut tx, site, id, run.done, run.act.batch()).await?;
    if turns.is_empty() {
        store::finish(&mut tx, site, id, State::Done, None, app.clock.now()).await?;
        tx.commit().await?;
        return Ok(false);
    }
    match run.act {
        Act::Enable | Act::Disable | Act::Undo => decide(&mut tx, app, site, &run, &turns).await?,
        Act::ResetMfa | Act::SendLink | Act::Delete => one_by_one(&mut tx, app, site, &run, &turns).await?,
    }
    tx.commit().await?;
    Ok(true)
}

/// Exceptions: decided one by one, written all at once.
async fn decide(
    conn: &mut PgConnection,
    app: &App,
    site: SiteId,
    run: &Run,
    turns: &[Turn],
) -> anyhow::Result<()> {
    let scope = policy::store::load(conn, site).await?.settings.scope;
    let mut outcomes = Outcomes::default();
    for turn in turns {
        match verdict(run.act, scope, turn) {
            Ok(after) => outcomes.push(turn, ItemOutcome::Changed, "", after),
            Err((outcome, reason)) => outcomes.push(turn, outcome, &reason, None),
        }
    }
    store::settle(conn, site, run.id, &outcomes).await?;
    if let (Some(first), Some(last)) = (turns.first(), turns.last()) {
        store::apply(conn, site, run.id, first.number, last.number, app.clock.now()).await?;
    }
    Ok(())
}

const GONE: &str = "The customer was deleted in the meantime.";

/// The exception a customer gets, or why it stays.
fn verdict(act: Act, scope: Scope, turn: &Turn) -> Result<Option<bool>, (ItemOutcome, String)> {
    let Some(exceptions) = turn.exceptions else { return Err((ItemOutcome::Refused, GONE.into())) };
    if act == Act::Undo {
        return if exceptions.customer == turn.expected {
            Ok(turn.restored)
        } else {
            Err((ItemOutcome::Refused, "Somebody has decided about this customer since.".into()))
        };
    }
    policy::toggle(scope, exceptions, act == Act::Enable).map_err(|why| {
        let outcome = match why {
            policy::Unchangeable::Enforced => ItemOutcome::Refused,
            policy::Unchangeable::EnabledAlready | policy::Unchangeable::DisabledAlready => {
                ItemOutcome::Unchanged
            }
        };
        (outcome, why.to_string())
    })
}

/// What each customer is told of, or loses much by.
async fn one_by_one(
    conn: &mut PgConnection,
    app: &App,
    site: SiteId,
    run: &Run,
    turns: &[Turn],
) -> anyhow::Result<()> {
    let actor = Actor::Admin(run.account.clone());
    let mut outcomes = Outcomes::default();
    for turn in turns {
        let Some(customer) = customers::store::find(conn, site, turn.customer).await? else {
            outcomes.push(turn, ItemOutcome::Refused, GONE, None);
            continue;
        };
        let (outcome, reason) = match run.act {
            Act::ResetMfa => {
                recovery::reset_mfa(conn, app, &customer, Lang::English, actor.clone()).await?;
                (ItemOutcome::Changed, "")
            }
            Act::SendLink => {
                match recovery::send_password_link(conn, app, &customer, Lang::English, actor.clone()).await?
                {
                    true => (ItemOutcome::Changed, ""),
                    false => (ItemOutcome::Refused, "This server sends no mail."),
                }
            }
            Act::Delete => {
                customers::store::remove(conn, site, customer.id).await?;
                let event = Event {
                    customer: Some(customer.id),
                    detail: &serde_json::json!({ "run": run.id }),
                    ..Event::new(site, actor.clone(), "customer.deleted", "ok")
                };
                audit::record(conn, app.clock.now(), &event).await?;
                (ItemOutcome::Changed, "")
            }
            Act::Enable | Act::Disable | Act::Undo => return Err(anyhow::anyhow!("decided elsewhere")),
        };
        outcomes.push(turn, outcome, reason, None);
    }
    store::settle(conn, site, run.id, &outcomes).await.context("the outcomes")
}
