use serde_json::json;
use sqlx::{PgConnection, PgPool};
use time::macros::datetime;

use super::*;
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::random::Random;

const NOW: OffsetDateTime = datetime!(2026-11-23 12:00 UTC);
const LEASE: Duration = Duration::seconds(15);

/// What a [`Kind::Trial`] does.
pub(super) fn trial(_: &App, job: &Claimed) -> Outcome {
    match job.payload.as_str() {
        Some("done") => Outcome::Done,
        Some("later") => Outcome::Later("not yet".into()),
        Some("further") => Outcome::Further(Duration::seconds(7), "busy".into()),
        Some("panic") => panic!("a job that breaks, as this test wants"),
        _ => Outcome::GiveUp("never".into()),
    }
}

fn app(pool: &PgPool, clock: &Clock) -> App {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let secret = |byte: u8| {
        let secret: [u8; 32] = std::array::from_fn(|at| byte.wrapping_add((at * at) as u8));
        crate::config::encode_secret(&secret).to_string()
    };
    let config = Config::load(|name| match name {
        "VESTIBULE_BASE_URL" => Some("https://signin.example.com".into()),
        "VESTIBULE_MASTER_KEY" => Some(secret(3)),
        "VESTIBULE_PASSWORD_PEPPER" => Some(secret(5)),
        _ => None,
    });
    App::new(config.unwrap(), pool.clone(), clock.clone(), Random::seeded(1))
}

fn job(id: u128, payload: &str, priority: Priority) -> Job {
    let (id, payload) = (Uuid::from_u128(id), json!(payload));
    Job { id, site: None, kind: Kind::Trial, payload, priority, run_at: NOW, dedupe: None }
}

async fn claim(
    conn: &mut PgConnection,
    priority: Priority,
    worker: u128,
    now: OffsetDateTime,
) -> Option<Claimed> {
    store::claim(conn, priority, Uuid::from_u128(worker), now, now + LEASE).await.unwrap()
}

/// State, tries, last error.
async fn row(pool: &PgPool, id: u128) -> Option<(String, i32, Option<String>)> {
    sqlx::query_as("select state, attempts, last_error from jobs where id = $1")
        .bind(Uuid::from_u128(id))
        .fetch_optional(pool)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn two_workers_share_and_never_take_the_same(pool: PgPool) {
    let (mut one, mut other) = (pool.begin().await.unwrap(), pool.begin().await.unwrap());
    let mut conn = pool.acquire().await.unwrap();
    for id in 1..=3 {
        assert!(enqueue(&mut conn, &job(id, "done", Priority::Normal), NOW).await.unwrap());
    }
    // Both are in the middle of their claims: neither waits for the other.
    let mut taken = vec![
        claim(&mut one, Priority::Normal, 1, NOW).await.unwrap().id,
        claim(&mut other, Priority::Normal, 2, NOW).await.unwrap().id,
        claim(&mut one, Priority::Normal, 3, NOW).await.unwrap().id,
    ];
    assert_eq!(claim(&mut other, Priority::Normal, 4, NOW).await, None);
    taken.sort();
    assert_eq!(taken, [1, 2, 3].map(Uuid::from_u128));
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn what_is_urgent_has_its_own_line_and_the_rest_goes_by_time(pool: PgPool) {
    let mut conn = pool.acquire().await.unwrap();
    let early = Job { run_at: NOW - Duration::MINUTE, ..job(3, "done", Priority::Bulk) };
    let tomorrow = Job { run_at: NOW + Duration::DAY, ..job(4, "done", Priority::Urgent) };
    for job in [job(1, "done", Priority::Bulk), job(2, "done", Priority::Urgent), early, tomorrow] {
        enqueue(&mut conn, &job, NOW).await.unwrap();
    }
    assert_eq!(claim(&mut conn, Priority::Normal, 1, NOW).await, None);
    let urgent = claim(&mut conn, Priority::Urgent, 1, NOW).await.unwrap();
    assert_eq!(urgent.id, Uuid::from_u128(2));
    assert_eq!(claim(&mut conn, Priority::Urgent, 1, NOW).await, None, "not before its time");
    assert_eq!(claim(&mut conn, Priority::Bulk, 1, NOW).await.unwrap().id, Uuid::from_u128(3));
    assert_eq!(claim(&mut conn, Priority::Bulk, 1, NOW).await.unwrap().id, Uuid::from_u128(1));
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_dead_workers_job_is_taken_over_and_the_dead_one_can_not_finish_it(pool: PgPool) {
    let mut conn = pool.acquire().await.unwrap();
    enqueue(&mut conn, &job(1, "done", Priority::Normal), NOW).await.unwrap();
    let killed = claim(&mut conn, Priority::Normal, 1, NOW).await.unwrap();
    // While its lease lasts it is nobody else's, and a heartbeat makes the lease last.
    assert_eq!(store::take_back(&mut conn, NOW + LEASE).await.unwrap(), 0);
    assert!(store::renew(&mut conn, &killed, NOW + LEASE * 2).await.unwrap());
    let later = NOW + LEASE * 2 + Duration::SECOND;
    assert_eq!(store::take_back(&mut conn, NOW + LEASE * 2).await.unwrap(), 0);
    assert_eq!(claim(&mut conn, Priority::Normal, 2, NOW + LEASE * 2).await, None);
    assert_eq!(store::take_back(&mut conn, later).await.unwrap(), 1);
    // Late, before anybody else has it: it is not its own any more.
    assert!(!store::renew(&mut conn, &killed, later + LEASE).await.unwrap());
    let heir = claim(&mut conn, Priority::Normal, 2, later).await.unwrap();
    assert_eq!((heir.id, heir.attempts), (killed.id, 2));
    // Late, while another has it: whatever it says changes nothing.
    assert!(!store::renew(&mut conn, &killed, later + LEASE).await.unwrap());
    assert!(!store::finish(&mut conn, &killed).await.unwrap());
    assert!(!store::put_back(&mut conn, &killed, later, "late").await.unwrap());
    assert!(!store::bury(&mut conn, &killed, "late").await.unwrap());
    assert_eq!(row(&pool, 1).await, Some(("running".into(), 2, Some("its worker was lost".into()))));
    assert!(store::finish(&mut conn, &heir).await.unwrap());
    assert_eq!(row(&pool, 1).await, None, "a finished job's row goes");
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_key_waits_or_runs_once_a_site_and_kind(pool: PgPool) {
    let mut conn = pool.acquire().await.unwrap();
    let keyed = |id, key: &str| Job { dedupe: Some(key.into()), ..job(id, "done", Priority::Normal) };
    assert!(enqueue(&mut conn, &keyed(1, "purge"), NOW).await.unwrap());
    assert!(!enqueue(&mut conn, &keyed(2, "purge"), NOW).await.unwrap());
    assert!(enqueue(&mut conn, &keyed(3, "other"), NOW).await.unwrap());
    let other_kind = Job { kind: Kind::Mail, ..keyed(4, "purge") };
    assert!(enqueue(&mut conn, &other_kind, NOW).await.unwrap());
    let first = claim(&mut conn, Priority::Normal, 1, NOW).await.unwrap();
    assert!(!enqueue(&mut conn, &keyed(5, "purge"), NOW).await.unwrap(), "it runs");
    assert!(store::put_back(&mut conn, &first, NOW, "again").await.unwrap());
    assert!(!enqueue(&mut conn, &keyed(5, "purge"), NOW).await.unwrap(), "it waits again");
    let first = claim(&mut conn, Priority::Normal, 1, NOW).await.unwrap();
    assert_eq!(first.id, Uuid::from_u128(1));
    assert!(store::bury(&mut conn, &first, "no").await.unwrap());
    assert!(enqueue(&mut conn, &keyed(6, "purge"), NOW).await.unwrap(), "a dead one holds nobody up");
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn what_is_rolled_back_leaves_no_job(pool: PgPool) {
    let clock = Clock::fixed(NOW);
    let mut tx = pool.begin().await.unwrap();
    enqueue(&mut tx, &job(1, "done", Priority::Normal), NOW).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(run_due(&app(&pool, &clock)).await.unwrap(), 0);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn failures_wait_longer_each_time_and_end_dead(pool: PgPool) {
    let clock = Clock::fixed(NOW);
    let app = app(&pool, &clock);
    let mut conn = pool.acquire().await.unwrap();
    for (id, payload) in [(1, "done"), (2, "later"), (3, "panic"), (4, "never")] {
        enqueue(&mut conn, &job(id, payload, Priority::Normal), NOW).await.unwrap();
    }
    assert_eq!(run_due(&app).await.unwrap(), 4);
    assert_eq!(row(&pool, 1).await, None);
    assert_eq!(row(&pool, 2).await, Some(("queued".into(), 1, Some("not yet".into()))));
    assert_eq!(row(&pool, 3).await, Some(("queued".into(), 1, Some("it panicked".into()))));
    assert_eq!(row(&pool, 4).await, Some(("dead".into(), 1, Some("never".into()))));
    assert_eq!(run_due(&app).await.unwrap(), 0, "they wait");
    clock.advance(Duration::seconds(12));
    assert_eq!(run_due(&app).await.unwrap(), 2);
    clock.advance(Duration::seconds(15));
    assert_eq!(run_due(&app).await.unwrap(), 0, "longer now");
    clock.advance(Duration::seconds(9));
    assert_eq!(run_due(&app).await.unwrap(), 2);
    assert_eq!(row(&pool, 2).await, Some(("dead".into(), 3, Some("not yet".into()))));
    clock.advance(Duration::DAY);
    assert_eq!(run_due(&app).await.unwrap(), 0);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_try_that_got_further_does_not_count(pool: PgPool) {
    let clock = Clock::fixed(NOW);
    let app = app(&pool, &clock);
    let mut conn = pool.acquire().await.unwrap();
    enqueue(&mut conn, &job(1, "further", Priority::Normal), NOW).await.unwrap();
    for _ in 0..10 {
        assert_eq!(run_due(&app).await.unwrap(), 1);
        assert_eq!(row(&pool, 1).await, Some(("queued".into(), 0, Some("busy".into()))));
        clock.advance(Duration::seconds(6));
        assert_eq!(run_due(&app).await.unwrap(), 0, "not before");
        clock.advance(Duration::SECOND);
    }
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_job_that_kills_its_worker_every_time_ends_dead_without_another_try(pool: PgPool) {
    let clock = Clock::fixed(NOW);
    let app = app(&pool, &clock);
    let mut conn = pool.acquire().await.unwrap();
    enqueue(&mut conn, &job(1, "done", Priority::Normal), NOW).await.unwrap();
    for worker in 1..=3 {
        assert!(claim(&mut conn, Priority::Normal, worker, clock.now()).await.is_some());
        clock.advance(LEASE + Duration::SECOND);
        assert_eq!(store::take_back(&mut conn, clock.now()).await.unwrap(), 1);
    }
    assert_eq!(run_due(&app).await.unwrap(), 1);
    let told = "its worker was lost at the last try".to_owned();
    assert_eq!(row(&pool, 1).await, Some(("dead".into(), 4, Some(told))));
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_newer_releases_kinds_are_left_to_it(pool: PgPool) {
    let clock = Clock::fixed(NOW);
    let mut conn = pool.acquire().await.unwrap();
    enqueue(&mut conn, &job(1, "done", Priority::Normal), NOW).await.unwrap();
    sqlx::query("update jobs set kind = 'teleport'").execute(&pool).await.unwrap();
    assert_eq!(run_due(&app(&pool, &clock)).await.unwrap(), 0);
    assert_eq!(row(&pool, 1).await, Some(("queued".into(), 0, None)));
}

/// The loop itself: what a commit leaves behind is done at once, and it ends when told.
#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn the_workers_hear_of_a_job_and_end_when_told(pool: PgPool) {
    let app = app(&pool, &Clock::System);
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let running = tokio::spawn(run(app.clone(), stopped));
    let mut conn = pool.acquire().await.unwrap();
    for id in 1..=20 {
        let job = Job { run_at: app.clock.now(), ..job(id, "done", Priority::Bulk) };
        enqueue(&mut conn, &job, app.clock.now()).await.unwrap();
    }
    let left =
        async || -> i64 { sqlx::query_scalar("select count(*) from jobs").fetch_one(&pool).await.unwrap() };
    while left().await > 0 {
        tokio::task::yield_now().await;
    }
    stop.send(true).unwrap();
    running.await.unwrap();
}
