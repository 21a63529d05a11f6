//! A server that is killed in the middle of a batch: a real process, a real signal.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sqlx::PgPool;
use vestibule::jobs;

use super::{numbered, preview, upload};
use crate::support::admin::{Admin, open};
use crate::support::jira::ADA;

/// The real server, at the test's database.
#[allow(clippy::disallowed_methods, reason = "where the tests' databases are, as sqlx reads it")]
async fn serve(pool: &PgPool) -> Child {
    let name: String = sqlx::query_scalar("select current_database()::text").fetch_one(pool).await.unwrap();
    let mut url = url::Url::parse(&std::env::var("DATABASE_URL").unwrap()).unwrap();
    url.set_path(&name);
    let key = |of: &[u8]| STANDARD.encode(openssl::sha::sha256(of));
    Command::new(env!("CARGO_BIN_EXE_vestibule"))
        .arg("serve")
        .env("DATABASE_URL", url.as_str())
        .env("VESTIBULE_BASE_URL", "http://localhost:8080")
        .env("VESTIBULE_LISTEN", "127.0.0.1:0")
        .env("VESTIBULE_MASTER_KEY", key(b"master"))
        .env("VESTIBULE_PASSWORD_PEPPER", key(b"pepper"))
        .env("VESTIBULE_DATABASE_CONNECTIONS", "8")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

/// Looks until `sql` says yes.
async fn awaits(pool: &PgPool, server: &mut Child, sql: &'static str) {
    let mut ticks = tokio::time::interval(Duration::from_millis(50));
    for _ in 0..1_200 {
        ticks.tick().await;
        assert_eq!(server.try_wait().unwrap(), None, "the server runs");
        if sqlx::query_scalar::<_, bool>(sql).fetch_one(pool).await.unwrap() {
            return;
        }
    }
    panic!("never: {sql}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_server_killed_in_the_middle_of_a_batch_loses_and_doubles_nothing(pool: PgPool) {
    let world = open(pool.clone()).await;
    let ada = Admin::new(&world, ADA);
    let page = preview(&world, &ada, &upload(&ada, "a.csv", &numbered(0..12_000)).await).await;
    let path = page.state();
    ada.post(&format!("{path}/start"), &[("mode", "auto")]).await;

    // Somebody is about to add a customer of the second batch: the batch waits for them, half-done.
    let mut hold = pool.begin().await.unwrap();
    sqlx::query(
        "insert into customers (id, site_id, email, email_key, given_name, family_name, created_at, updated_at,
            search_text, name_key)
         values (gen_random_uuid(), $1, 'n07000@example.com', 'n07000@example.com', 'In', 'Between', now(),
            now(), '', '')",
    )
    .bind(world.site.0)
    .execute(&mut *hold)
    .await
    .unwrap();
    let mut server = serve(&pool).await;
    awaits(
        &pool,
        &mut server,
        "select exists (select from pg_stat_activity where datname = current_database()
            and cardinality(pg_blocking_pids(pid)) > 0 and query like '%insert into customers%')",
    )
    .await;
    server.kill().unwrap(); // SIGKILL
    server.wait().unwrap();
    hold.rollback().await.unwrap();
    let half: (i64, i64) = sqlx::query_as("select applied, (select count(*) from customers) from imports")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(half, (5_001, 5_000), "one batch whole, nothing of the next");

    // Its lease runs out, and a new process goes on.
    let held =
        sqlx::query("update jobs set lease_until = now() - interval '1 second' where state = 'running'")
            .execute(&pool)
            .await
            .unwrap();
    assert_eq!(held.rows_affected(), 1, "the job is still the dead server's");
    let mut server = serve(&pool).await;
    awaits(&pool, &mut server, "select state = 'done' from imports").await;
    server.kill().unwrap();
    server.wait().unwrap();
    let all: (i64, i64, i64) = sqlx::query_as(
        "select count(*), count(distinct email_key),
            (select count(*) from audit_events where action = 'customer.added')
         from customers",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(all, (12_000, 12_000, 12_000));
    assert!(ada.get(&path).await.text(".card").contains("12,000 added"), "and the page tells it so");
    assert_eq!(jobs::run_due(&world.app).await.unwrap(), 0);
}
