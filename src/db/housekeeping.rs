//! What is past its time goes: every minute, by one instance at a time, in bounded batches that
//! are each a transaction of their own, so that no sign-in waits long for a lock.

use std::time::Duration;

use sqlx::PgPool;
use time::OffsetDateTime;
use tokio::sync::watch;

use super::store;
use crate::clock::Clock;

/// How often, at each instance.
const EVERY: Duration = Duration::from_secs(60);
/// Rows a batch.
const BATCH: i64 = 1_000;
/// Batches a table and round; the rest waits for the next round.
const BATCHES: usize = 50;
/// The advisory lock's number: "vestkeep" in ASCII.
const LOCK: i64 = i64::from_be_bytes(*b"vestkeep");

/// A table that only grows by itself, and how long its rows are kept past their own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    /// An hour after they expired: who comes back late is told that the sign-in has expired.
    Signins,
    /// Until they expire.
    Sessions,
    /// Until they expire.
    RememberedDevices,
    /// Until they expire: the request would be too old by then (M4).
    ConsumedRequests,
    /// A day after the last failure: no wait is that long.
    Throttles,
    /// As long as their cookie lives: 400 days.
    KnownBrowsers,
    /// Thirty days.
    SamlTrace,
    /// Thirty days, as the trace: the status board tells how the last one ended.
    SigninTests,
    /// Ninety days: what was written to a customer, without its contents.
    Mails,
    /// Ninety days, as mails.
    Texts,
    /// Ninety days, to be looked at.
    DeadJobs,
    /// Until they expire: what is gone and what is too late look the same.
    Links,
    /// Until they expire.
    Recoveries,
    /// Thirty days: what was done to many customers at once, customer by customer.
    BulkRuns,
    /// Thirty days: imports, row by row.
    Imports,
    /// Two days: a file or list that nobody went on with, which may hold more than was to be imported.
    Drafts,
    /// Until they are added up.
    Tallies,
}

const ALL: [Kept; 17] = [
    Kept::Signins,
    Kept::Sessions,
    Kept::RememberedDevices,
    Kept::ConsumedRequests,
    Kept::Throttles,
    Kept::KnownBrowsers,
    Kept::SamlTrace,
    Kept::SigninTests,
    Kept::Mails,
    Kept::Texts,
    Kept::DeadJobs,
    Kept::Links,
    Kept::Recoveries,
    Kept::BulkRuns,
    Kept::Imports,
    Kept::Drafts,
    Kept::Tallies,
];

impl Kept {
    fn past_its_time(self) -> time::Duration {
        match self {
            Self::Signins => time::Duration::HOUR,
            Self::Sessions
            | Self::RememberedDevices
            | Self::ConsumedRequests
            | Self::Links
            | Self::Recoveries
            | Self::Tallies => time::Duration::ZERO,
            Self::Throttles => time::Duration::DAY,
            Self::Drafts => time::Duration::days(2),
            Self::KnownBrowsers => time::Duration::days(400),
            Self::SamlTrace | Self::SigninTests | Self::BulkRuns | Self::Imports => time::Duration::days(30),
            Self::Mails | Self::Texts | Self::DeadJobs => time::Duration::days(90),
        }
    }

    async fn delete(
        self,
        conn: &mut sqlx::PgConnection,
        before: OffsetDateTime,
        most: i64,
    ) -> sqlx::Result<u64> {
        match self {
            Self::Signins => store::delete_signins(conn, before, most).await,
            Self::Sessions => store::delete_sessions(conn, before, most).await,
            Self::RememberedDevices => store::delete_remembered_devices(conn, before, most).await,
            Self::ConsumedRequests => store::delete_consumed_requests(conn, before, most).await,
            Self::Throttles => store::delete_throttles(conn, before, most).await,
            Self::KnownBrowsers => store::delete_known_browsers(conn, before, most).await,
            Self::SamlTrace => store::delete_saml_trace(conn, before, most).await,
            Self::SigninTests => store::delete_signin_tests(conn, before, most).await,
            Self::Mails => store::delete_mails(conn, before, most).await,
            Self::Texts => store::delete_texts(conn, before, most).await,
            Self::DeadJobs => store::delete_dead_jobs(conn, before, most).await,
            Self::Links => store::delete_links(conn, before, most).await,
            Self::Recoveries => store::delete_recoveries(conn, before, most).await,
            Self::BulkRuns => store::delete_bulk_runs(conn, before, most).await,
            Self::Imports => {
                let over = ["waiting", "done", "cancelled", "failed", "undone"];
                store::delete_imports(conn, &over, before, most).await
            }
            Self::Drafts => {
                let drafts = ["uploading", "mapping", "choosing", "ready"];
                store::delete_imports(conn, &drafts, before, most).await
            }
            Self::Tallies => store::compact_tallies(conn, most).await,
        }
    }
}

/// One round; how many rows went. Stops early when another instance is at it.
pub async fn sweep(pool: &PgPool, now: OffsetDateTime) -> sqlx::Result<u64> {
    sweep_by(pool, now, BATCH, BATCHES).await
}

async fn sweep_by(pool: &PgPool, now: OffsetDateTime, batch: i64, batches: usize) -> sqlx::Result<u64> {
    let mut gone = 0;
    for kept in ALL {
        let before = now - kept.past_its_time();
        for _ in 0..batches {
            let mut transaction = pool.begin().await?;
            if !store::try_lock(&mut transaction, LOCK).await? {
                return Ok(gone);
            }
            let deleted = kept.delete(&mut transaction, before, batch).await?;
            transaction.commit().await?;
            gone += deleted;
            if deleted < batch.unsigned_abs() {
                break;
            }
        }
    }
    Ok(gone)
}

/// Sweeps until `stop` says so. A failed round is logged and tried again at the next.
pub async fn run(pool: PgPool, clock: Clock, mut stop: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            _ = ticks.tick() => {}
        }
        match sweep(&pool, clock.now()).await {
            Ok(0) => {}
            Ok(gone) => tracing::debug!(gone, "housekeeping"),
            Err(error) => tracing::warn!(%error, "housekeeping failed; it is tried again in a minute"),
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-23 12:00 UTC);

    /// One row a table that just may stay, and one that just may not.
    async fn fill(pool: &PgPool) {
        sqlx::raw_sql(
            "insert into sites (id, client_key, base_url, display_url, product_type, sealed_shared_secret,
                                status, installed_at, updated_at)
             values (md5('s')::uuid, 'c', 'https://a', 'https://a', 'jira', '', 'installed', 'epoch', 'epoch');
             insert into customers (id, site_id, email, email_key, given_name, family_name, created_at, updated_at)
             values (md5('c')::uuid, md5('s')::uuid, 'a@b', 'a@b', 'A', 'B', 'epoch', 'epoch');
             insert into signins (id, site_id, step, binding, request_id, force_authn, is_passive, authn_contexts,
                                  created_at, expires_at)
             select md5(at)::uuid, md5('s')::uuid, 'password', 'post', at, false, false, '{}', 'epoch', at::timestamptz
             from unnest(array['2026-11-23 11:00Z', '2026-11-23 10:59:59Z']) at;
             insert into sessions (token_hash, site_id, customer_id, session_index, methods, authn_at,
                                   last_seen_at, expires_at)
             select at::bytea, md5('s')::uuid, md5('c')::uuid, at, '{}', 'epoch', 'epoch', at::timestamptz
             from unnest(array['2026-11-23 12:00Z', '2026-11-23 11:59:59Z']) at;
             insert into remembered_devices (series_hash, site_id, customer_id, token_hash, created_at, used_at,
                                             expires_at)
             select at::bytea, md5('s')::uuid, md5('c')::uuid, '', 'epoch', 'epoch', at::timestamptz
             from unnest(array['2026-11-23 12:00Z', '2026-11-23 11:59:59Z']) at;
             insert into consumed_requests (site_id, request_id, expires_at)
             select md5('s')::uuid, at, at::timestamptz
             from unnest(array['2026-11-23 12:00Z', '2026-11-23 11:59:59Z']) at;
             insert into throttles (site_id, subject, failures, last_failure_at)
             select md5('s')::uuid, at, 3, at::timestamptz
             from unnest(array['2026-11-22 12:00Z', '2026-11-22 11:59:59Z']) at;
             insert into known_browsers (site_id, customer_id, browser_hash, last_used_at)
             select md5('s')::uuid, md5('c')::uuid, at::bytea, at::timestamptz
             from unnest(array['2025-10-19 12:00Z', '2025-10-19 11:59:59Z']) at;
             insert into saml_trace (site_id, at, reference, verdict, reason, binding)
             select md5('s')::uuid, at::timestamptz, at, 'accepted', '', 'post'
             from unnest(array['2026-10-24 12:00Z', '2026-10-24 11:59:59Z']) at;
             insert into saml_keys (id, site_id, state, certificate_der, sealed_private_key, not_before, not_after,
                                    created_at)
             values (md5('k')::uuid, md5('s')::uuid, 'active', '', '', 'epoch', 'epoch', 'epoch');
             insert into signin_tests (id, site_id, token_hash, key_id, created_by, created_at, expires_at)
             select md5(at)::uuid, md5('s')::uuid, at::bytea, md5('k')::uuid, 'a', 'epoch', at::timestamptz
             from unnest(array['2026-10-24 12:00Z', '2026-10-24 11:59:59Z']) at;
             insert into mails (id, site_id, kind, state, lang, sealed_letter, created_at)
             select md5(at)::uuid, md5('s')::uuid, 'frozen', 'failed', 'en', null, at::timestamptz
             from unnest(array['2026-08-25 12:00Z', '2026-08-25 11:59:59Z']) at;
             insert into mails (id, site_id, kind, state, lang, sealed_letter, created_at)
             values (md5('m')::uuid, md5('s')::uuid, 'frozen', 'queued', 'en', '', 'epoch');
             insert into jobs (id, kind, payload, priority, run_at, max_attempts, state, created_at)
             select md5(at)::uuid, 'mail', '{}', 1, 'epoch', 1, 'dead', at::timestamptz
             from unnest(array['2026-08-25 12:00Z', '2026-08-25 11:59:59Z']) at;
             insert into links (token_hash, site_id, customer_id, purpose, email_key, created_at, expires_at)
             select at::bytea, md5('s')::uuid, md5('c')::uuid, 'freeze', 'a@b', 'epoch', at::timestamptz
             from unnest(array['2026-11-23 12:00Z', '2026-11-23 11:59:59Z']) at;
             insert into customers (id, site_id, email, email_key, given_name, family_name, created_at, updated_at)
             values (md5('d')::uuid, md5('s')::uuid, 'd@b', 'd@b', 'D', 'B', 'epoch', 'epoch');
             insert into recoveries (id, site_id, customer_id, lang, started_at, ready_at, expires_at)
             select md5(who)::uuid, md5('s')::uuid, md5(who)::uuid, 'en', 'epoch', 'epoch', at::timestamptz
             from (values ('c', '2026-11-23 12:00Z'), ('d', '2026-11-23 11:59:59Z')) row (who, at);
             insert into jobs (id, kind, payload, priority, run_at, max_attempts, state, created_at)
             values (md5('j')::uuid, 'mail', '{}', 1, 'epoch', 1, 'queued', 'epoch');
             insert into texts (id, site_id, customer_id, state, created_at, expires_at)
             select md5(at)::uuid, md5('s')::uuid, md5('c')::uuid, 'sent', at::timestamptz, at::timestamptz
             from unnest(array['2026-08-25 12:00Z', '2026-08-25 11:59:59Z']) at;
             insert into imports (id, site_id, source, name, state, account, client_ip, created_at)
             select md5(state || at)::uuid, md5('s')::uuid, 'csv', '', state, '', '::1', at::timestamptz
             from (values ('done', '2026-10-24 12:00Z'), ('done', '2026-10-24 11:59:59Z'), ('running', 'epoch'),
                ('ready', '2026-11-21 12:00Z'), ('ready', '2026-11-21 11:59:59Z')) row (state, at);
             insert into import_pieces (site_id, import_id, number, bytes)
             select site_id, id, 0, 'x' from imports;
             insert into import_rows (site_id, import_id, number, customer_id, verdict)
             select site_id, id, 0, md5('c')::uuid, 'refused' from imports;",
        )
        .execute(pool)
        .await
        .unwrap();
    }

    #[sqlx::test(migrator = "crate::db::MIGRATIONS")]
    async fn keeps_what_may_stay_and_deletes_the_rest(pool: PgPool) {
        fill(&pool).await;
        // Two customers' tallies are one row afterwards.
        assert_eq!(sweep(&pool, NOW).await.unwrap(), 19 + 1);
        assert_eq!(sweep(&pool, NOW).await.unwrap(), 0);
        assert_eq!(sweep(&pool, NOW + time::Duration::SECOND).await.unwrap(), 19);
    }

    #[sqlx::test(migrator = "crate::db::MIGRATIONS")]
    async fn leaves_it_to_the_instance_that_is_at_it(pool: PgPool) {
        fill(&pool).await;
        let mut other = pool.begin().await.unwrap();
        assert!(store::try_lock(&mut other, LOCK).await.unwrap());
        assert_eq!(sweep(&pool, NOW).await.unwrap(), 0);
        other.rollback().await.unwrap();
        assert_eq!(sweep(&pool, NOW).await.unwrap(), 19 + 1);
    }

    #[sqlx::test(migrator = "crate::db::MIGRATIONS")]
    async fn works_in_bounded_batches(pool: PgPool) {
        fill(&pool).await;
        sqlx::raw_sql(
            "insert into consumed_requests (site_id, request_id, expires_at)
             select md5('s')::uuid, n::text, '2026-11-23 11:00Z' from generate_series(1, 9) n",
        )
        .execute(&pool)
        .await
        .unwrap();
        // Ten requests are past their time: two batches of three, then the next round.
        assert_eq!(sweep_by(&pool, NOW, 3, 2).await.unwrap(), 5 + 19 + 1);
        assert_eq!(sweep_by(&pool, NOW, 3, 2).await.unwrap(), 4);
        assert_eq!(sweep_by(&pool, NOW, 3, 2).await.unwrap(), 0);
    }
}
