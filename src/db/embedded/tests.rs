//! Real clusters in temporary folders. The child program of the kill -9 story is this test binary
//! itself, asked for one ignored test.

use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};

use sqlx::PgConnection;
use tempfile::TempDir;

use super::folders::alive;
use super::*;

const DATA: &str = "VESTIBULE_TEST_DATA";

/// A folder the user postgres can reach when the tests run as root.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o711)).unwrap();
    folder
}

async fn number(options: &PgConnectOptions, sql: &'static str) -> i64 {
    let mut conn = PgConnection::connect_with(options).await.unwrap();
    sqlx::query_scalar(sql).fetch_one(&mut conn).await.unwrap()
}

async fn run(options: &PgConnectOptions, sql: &'static str) {
    let mut conn = PgConnection::connect_with(options).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn starts_keeps_its_data_and_stops() {
    let folder = folder();
    let data = folder.path().join("data, with a \"blank\"");
    let first = open(&data, None, 4, Access::Own).await.unwrap();
    run(&first.options, "create table kept (n int8); insert into kept values (42)").await;
    assert_eq!(
        number(&first.options, "select count(*) from pg_settings where name = 'fsync' and setting = 'on'")
            .await,
        1
    );
    let listens = "select count(*) from pg_settings where name = 'listen_addresses' and setting <> ''";
    assert_eq!(number(&first.options, listens).await, 0);

    // A second server over the same folder is told who is there; a command may join.
    let refused = open(&data, None, 4, Access::Own).await.unwrap_err().to_string();
    assert!(refused.contains(&std::process::id().to_string()), "{refused}");
    let joined = open(&data, None, 4, Access::Join).await.unwrap();
    assert!(joined.cluster.is_none());
    assert_eq!(number(&joined.options, "select n from kept").await, 42);

    let cluster = first.cluster.unwrap();
    let (pid, ended) = (cluster.pid(), cluster.ended());
    assert!(alive(pid));
    cluster.stop().await;
    ended.await;
    assert!(!alive(pid));

    // A leftover of a crash, its process id long somebody else's, does not hinder the next start.
    std::fs::write(data.join("postgres/postmaster.pid"), "1\n/nowhere\n").unwrap();
    let again = open(&data, None, 4, Access::Own).await.unwrap();
    assert_eq!(number(&again.options, "select n from kept").await, 42);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_first_start_is_begun_again() {
    let folder = folder();
    let unfinished = folder.path().join("data/postgres.unfinished");
    std::fs::create_dir_all(&unfinished).unwrap();
    std::fs::set_permissions(folder.path().join("data"), std::fs::Permissions::from_mode(0o711)).unwrap();
    std::fs::write(unfinished.join("PG_VERSION"), "15\n").unwrap();
    let opened = open(&folder.path().join("data"), None, 4, Access::Own).await.unwrap();
    assert_eq!(number(&opened.options, "select 1::int8").await, 1);
    assert!(!unfinished.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_that_does_not_start_says_why() {
    let folder = folder();
    let data = folder.path().join("data");
    drop(open(&data, None, 4, Access::Own).await.unwrap());
    let control = cluster_dir(&data).join("global/pg_control");
    std::fs::remove_file(control).unwrap();
    let error = open(&data, None, 4, Access::Own).await.unwrap_err().to_string();
    assert!(error.contains("pg_control"), "{error}");
}

/// The program that is killed: it writes row after row and tells each once it is committed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "the child of the test below"]
async fn child_program() {
    let data = crate::config::environment(DATA).expect("run by the test below");
    let opened = open(Path::new(&data), None, 4, Access::Own).await.unwrap();
    run(&opened.options, "create table rows (n int8 primary key)").await;
    println!("\npid {}", opened.cluster.as_ref().unwrap().pid());
    let mut conn = PgConnection::connect_with(&opened.options).await.unwrap();
    for n in 1_i64.. {
        sqlx::query("insert into rows values ($1)").bind(n).execute(&mut conn).await.unwrap();
        println!("row {n}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_program_leaves_no_postgres_and_loses_no_acknowledged_row() {
    let folder = folder();
    let data = folder.path().join("data");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "db::embedded::tests::child_program", "--ignored", "--nocapture"])
        .env(DATA, &data)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let pid: i32 = lines.find_map(|line| line.strip_prefix("pid ").map(|pid| pid.parse().unwrap())).unwrap();
    let told = |line: String| line.strip_prefix("row ").map(|n| n.parse::<i64>().unwrap());
    assert!(lines.by_ref().filter_map(told).any(|n| n == 200));
    child.kill().unwrap();
    child.wait().unwrap();
    let acknowledged = lines.filter_map(told).last().unwrap_or(200);

    // The next start waits for the orphan to be gone and replays the log.
    let opened = open(&data, None, 4, Access::Own).await.unwrap();
    assert!(!alive(pid), "postgres {pid} outlived its program");
    let kept = number(&opened.options, "select count(*) from rows").await;
    assert!(kept >= acknowledged, "{kept} rows kept of {acknowledged} acknowledged");
}
