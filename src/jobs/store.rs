//! All SQL of the jobs room. What a worker says of its job ends with `and worker = …`: a claim that
//! was lost says nothing any more.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Claimed, Job, Kind, Priority};
use crate::sites::SiteId;

/// The channel that a commit with a job that is due speaks on.
pub const CHANNEL: &str = "vestibule_jobs";

/// Enqueues in the caller's transaction. False when a job of the same site, kind and dedupe key
/// waits or runs already.
pub async fn enqueue(conn: &mut PgConnection, job: &Job, now: OffsetDateTime) -> sqlx::Result<bool> {
    let added = sqlx::query!(
        "insert into jobs (id, site_id, kind, payload, priority, run_at, max_attempts, state, dedupe_key, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, 'queued', $8, $9)
         on conflict do nothing",
        job.id,
        job.site.map(|site| site.0),
        job.kind.word(),
        job.payload,
        job.priority as i16,
        job.run_at,
        job.kind.max_attempts(),
        job.dedupe,
        now,
    )
    .execute(&mut *conn)
    .await?;
    let added = added.rows_affected() == 1;
    if added && job.run_at <= now {
        // Heard at the commit; many of one transaction are heard once.
        sqlx::query!("select pg_notify($1, '')", CHANNEL).execute(conn).await?;
    }
    Ok(added)
}

/// Takes the next job of `priority` that is due, until `lease_until`. Workers do not wait for each
/// other: a row that another one looks at is passed over.
pub async fn claim(
    conn: &mut PgConnection,
    priority: Priority,
    worker: Uuid,
    now: OffsetDateTime,
    lease_until: OffsetDateTime,
) -> sqlx::Result<Option<Claimed>> {
    let kinds: Vec<String> = Kind::ALL.iter().map(|kind| kind.word().to_owned()).collect();
    let row = sqlx::query!(
        "update jobs set state = 'running', worker = $1, lease_until = $2, attempts = attempts + 1
         where id = (select id from jobs
                     where state = 'queued' and priority = $3 and run_at <= $4 and kind = any($5)
                     order by run_at, id limit 1 for update skip locked)
         returning id, site_id, kind, payload, attempts, max_attempts",
        worker,
        lease_until,
        priority as i16,
        now,
        &kinds,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.and_then(|row| {
        Some(Claimed {
            id: row.id,
            site: row.site_id.map(SiteId),
            kind: Kind::from_word(&row.kind)?,
            payload: row.payload,
            attempts: row.attempts,
            max_attempts: row.max_attempts,
            worker,
        })
    }))
}

/// Puts jobs whose lease is over back in the line: their worker died or hangs. How many.
pub async fn take_back(conn: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update jobs set state = 'queued', worker = null, lease_until = null, last_error = 'its worker was lost'
         where id in (select id from jobs where state = 'running' and lease_until < $1 for update skip locked)",
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// The heartbeat: holds the job until `lease_until`. False when it is not this claim's any more.
pub async fn renew(
    conn: &mut PgConnection,
    job: &Claimed,
    lease_until: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update jobs set lease_until = $3 where id = $1 and state = 'running' and worker = $2",
        job.id,
        job.worker,
        lease_until,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Done: the row goes. False when it is not this claim's any more.
pub async fn finish(conn: &mut PgConnection, job: &Claimed) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "delete from jobs where id = $1 and state = 'running' and worker = $2",
        job.id,
        job.worker
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Failed: again from `run_at` on. False when it is not this claim's any more.
pub async fn put_back(
    conn: &mut PgConnection,
    job: &Claimed,
    run_at: OffsetDateTime,
    reason: &str,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update jobs set state = 'queued', worker = null, lease_until = null, run_at = $3, last_error = $4
         where id = $1 and state = 'running' and worker = $2",
        job.id,
        job.worker,
        run_at,
        reason,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Again from `run_at` on, as if this try had not been. False when it is not this claim's any more.
pub async fn postpone(
    conn: &mut PgConnection,
    job: &Claimed,
    run_at: OffsetDateTime,
    reason: &str,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update jobs set state = 'queued', worker = null, lease_until = null, run_at = $3, last_error = $4,
            attempts = attempts - 1
         where id = $1 and state = 'running' and worker = $2",
        job.id,
        job.worker,
        run_at,
        reason,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Failed for good: the row stays to be looked at. False when it is not this claim's any more.
pub async fn bury(conn: &mut PgConnection, job: &Claimed, reason: &str) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update jobs set state = 'dead', worker = null, lease_until = null, last_error = $3
         where id = $1 and state = 'running' and worker = $2",
        job.id,
        job.worker,
        reason,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
