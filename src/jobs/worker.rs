//! The workers: claim, run, settle. A few slots an instance, one of them for urgent jobs only, so
//! that a sign-in's code does not wait behind a hundred thousand welcome mails.

use std::time::Duration;

use sqlx::postgres::PgListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{Claimed, Outcome, Priority, backoff, store};
use crate::app::App;

/// How long a job is held without a heartbeat: how long work stands still after a server was killed.
const LEASE: time::Duration = time::Duration::seconds(15);
/// How often it is heard.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// How often a slot looks by itself: for jobs put off, lost ones, and where no notice came through.
const POLL: Duration = Duration::from_secs(5);
/// What each slot of an instance takes, in this order.
const SLOTS: [&[Priority]; 4] = [&[Priority::Urgent], &Priority::ALL, &Priority::ALL, &Priority::ALL];

/// Runs jobs until `stop` says so; ends when those under way have ended.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let (wake, woken) = watch::channel(());
    let mut slots = JoinSet::new();
    for priorities in SLOTS {
        slots.spawn(slot(app.clone(), priorities, stop.clone(), woken.clone()));
    }
    tokio::select! {
        _ = stop.wait_for(|stop| *stop) => {}
        () = listen(&app, &wake) => {}
    }
    while let Some(ended) = slots.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a job slot broke");
        }
    }
}

/// Runs every job that is due, those that become due by it too, and returns when none is left: how
/// many tries there were. For tests, whose clock stands still.
pub async fn run_due(app: &App) -> sqlx::Result<usize> {
    let mut tries = 0;
    while let Some(job) = next(app, &Priority::ALL).await? {
        perform(app, job).await?;
        tries += 1;
    }
    Ok(tries)
}

/// One job after the other.
async fn slot(
    app: App,
    priorities: &'static [Priority],
    mut stop: watch::Receiver<bool>,
    mut woken: watch::Receiver<()>,
) {
    while !*stop.borrow() {
        // Before looking: what is enqueued meanwhile wakes this slot again.
        woken.mark_unchanged();
        let worked = match next(&app, priorities).await {
            Ok(Some(job)) => perform(&app, job).await.map(|()| true),
            Ok(None) => Ok(false),
            Err(error) => Err(error),
        };
        match worked {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "jobs wait: the database does not answer"),
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => {}
            _ = woken.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Hears what other transactions, also other instances', leave behind. Never ends.
async fn listen(app: &App, wake: &watch::Sender<()>) {
    loop {
        let heard: sqlx::Result<()> = async {
            let mut listener = PgListener::connect_with(&app.db).await?;
            listener.listen(store::CHANNEL).await?;
            loop {
                // What was said while nobody listened is found by looking.
                wake.send_replace(());
                listener.recv().await?;
            }
        }
        .await;
        if let Err(error) = heard {
            tracing::debug!(%error, "not listening for jobs; they are found by polling");
        }
        tokio::time::sleep(POLL).await;
    }
}

/// Claims the next job there is.
async fn next(app: &App, priorities: &[Priority]) -> sqlx::Result<Option<Claimed>> {
    let now = app.clock.now();
    let mut conn = app.db.acquire().await?;
    let lost = store::take_back(&mut conn, now).await?;
    if lost > 0 {
        tracing::warn!(lost, "jobs whose worker was lost are taken over");
    }
    for priority in priorities {
        let worker = app.random.uuid();
        if let Some(job) = store::claim(&mut conn, *priority, worker, now, now + LEASE).await? {
            return Ok(Some(job));
        }
    }
    Ok(None)
}

/// One try of a claimed job, and what follows from how it ended.
async fn perform(app: &App, job: Claimed) -> sqlx::Result<()> {
    let outcome = if job.attempts > job.max_attempts {
        Some(Outcome::GiveUp("its worker was lost at the last try".into()))
    } else {
        attempt(app, &job).await
    };
    let held = match outcome {
        Some(outcome) => settle(app, &job, outcome).await?,
        None => false,
    };
    if !held {
        tracing::warn!(job = %job.id, kind = job.kind.word(), "a job took longer than its lease: another worker has it");
    }
    Ok(())
}

/// Runs the job with its heart beating. None when the lease was lost; the try is broken off then.
async fn attempt(app: &App, job: &Claimed) -> Option<Outcome> {
    // A task of its own, so that a panic is a failure like others.
    let mut task = JoinSet::new();
    let (its_app, its_job) = (app.clone(), job.clone());
    task.spawn(async move { its_job.kind.run(&its_app, &its_job).await });
    loop {
        let ended = tokio::select! {
            ended = task.join_next() => ended,
            () = tokio::time::sleep(HEARTBEAT) => None,
        };
        match ended {
            Some(Ok(outcome)) => return Some(outcome),
            Some(Err(error)) if error.is_panic() => return Some(Outcome::Later("it panicked".into())),
            Some(Err(_)) => return Some(Outcome::Later("it was broken off".into())),
            None if beat(app, job).await => {}
            None => return None,
        }
    }
}

/// False when the job is somebody else's. A database that does not answer is no reason to stop.
async fn beat(app: &App, job: &Claimed) -> bool {
    let renewed = async {
        let mut conn = app.db.acquire().await?;
        store::renew(&mut conn, job, app.clock.now() + LEASE).await
    };
    renewed.await.unwrap_or(true)
}

/// Writes down how a try ended. False when the job is not this claim's any more.
async fn settle(app: &App, job: &Claimed, outcome: Outcome) -> sqlx::Result<bool> {
    let mut tx = app.db.begin().await?;
    let reason = match outcome {
        Outcome::Done => {
            let held = store::finish(&mut tx, job).await?;
            tx.commit().await?;
            return Ok(held);
        }
        Outcome::Further(wait, reason) => {
            let held = store::postpone(&mut tx, job, app.clock.now() + wait, &reason).await?;
            tx.commit().await?;
            return Ok(held);
        }
        Outcome::Later(reason) if job.attempts < job.max_attempts => {
            let [jitter] = app.random.bytes();
            let run_at = app.clock.now() + backoff::wait(job.attempts, jitter);
            let held = store::put_back(&mut tx, job, run_at, &reason).await?;
            tx.commit().await?;
            tracing::info!(job = %job.id, kind = job.kind.word(), attempts = job.attempts, reason, "a job is tried again");
            return Ok(held);
        }
        Outcome::Later(reason) | Outcome::GiveUp(reason) => reason,
    };
    let held = store::bury(&mut tx, job, &reason).await?;
    if held {
        job.kind.given_up(&mut tx, app, job).await?;
        tx.commit().await?;
        tracing::error!(job = %job.id, kind = job.kind.word(), attempts = job.attempts, reason, "a job is given up");
    }
    Ok(held)
}
