//! The embedded default: a private Postgres cluster in the data folder, started and stopped with
//! the program, reached over a unix socket that only this user (and root) can open. Nothing
//! listens on the network; fsync stays on; data stays when the program goes.
//!
//! `postgres` is a direct child with a parent-death signal: when the program is killed outright,
//! the kernel tells the cluster to stop too, and its log brings back every acknowledged write at
//! the next start. A lock on the data folder lets one program own the cluster; commands such as
//! `vestibule customers` join one that runs.
//!
//! As root, which Postgres refuses to run as, the cluster belongs to the system's `postgres` user.

mod account; // who the cluster runs as
mod binaries; // where postgres and initdb are
mod folders; // where everything lies, and who owns it
mod postmaster; // the child process
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, bail};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use binaries::Binaries;
use folders::{Folders, Holding};
use postmaster::Postmaster;

/// The cluster's only database user; the socket's folder is what keeps others out.
const USER: &str = "vestibule";
/// Names the socket's file; nothing listens on a TCP port.
const PORT: u16 = 5432;
/// How long a start may take: after a crash the log is replayed first.
const START: Duration = Duration::from_secs(300);
/// How long to wait for the cluster of a program that was just killed to be gone.
const ORPHAN: Duration = Duration::from_secs(20);

/// What to do when another program runs the cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Give up: a server must not lose its database when another program ends.
    Own,
    /// Use that program's cluster: a command is done before long.
    Join,
}

/// A cluster this program runs. [`stop`](Self::stop) it when the pool is closed; dropping it stops
/// it too, blocking the thread.
#[derive(Debug)]
pub struct EmbeddedCluster {
    postmaster: Postmaster,
    // Held until the cluster has stopped.
    _lock: std::fs::File,
}

impl EmbeddedCluster {
    /// Stops the cluster: open transactions are rolled back, everything committed is kept.
    pub async fn stop(self) {
        #[allow(clippy::disallowed_methods, reason = "waits for a process, once, at the end")]
        let stopped = tokio::task::spawn_blocking(move || drop(self)).await;
        if let Err(error) = stopped {
            tracing::error!(%error, "the private cluster did not stop");
        }
    }

    /// Ends when the cluster has ended, which it should not do by itself.
    pub fn ended(&self) -> impl Future<Output = ()> + use<> {
        self.postmaster.ended()
    }

    /// The process id of the cluster's postmaster.
    pub fn pid(&self) -> i32 {
        self.postmaster.pid()
    }
}

/// How to reach the cluster, and the cluster when it is ours.
#[derive(Debug)]
pub struct Opened {
    pub options: PgConnectOptions,
    pub cluster: Option<EmbeddedCluster>,
}

/// Opens the cluster in `data_dir`, made on first use. `connections` is the size of the program's
/// own pool. Errors say what an operator can do.
pub async fn open(
    data_dir: &Path,
    pg_bin: Option<&Path>,
    connections: u32,
    access: Access,
) -> anyhow::Result<Opened> {
    let account = account::current()?;
    let folders = Folders::prepare(data_dir, account)?;
    let lock = match folders.hold()? {
        Holding::Ours(lock) => lock,
        Holding::Theirs { pid, socket_dir } => {
            return match (access, socket_dir) {
                (Access::Join, Some(socket_dir)) => join(&socket_dir).await,
                _ => bail!(
                    "another program (process {pid}) runs the database in {}. Stop it, or give this one \
                     another VESTIBULE_DATA_DIR, or let both use one server by DATABASE_URL",
                    folders.root.display()
                ),
            };
        }
    };
    let path = crate::config::environment("PATH");
    let binaries = Binaries::find(pg_bin, path.as_deref(), folders.major())?;
    if folders.major().is_none() {
        initialise(&folders, &binaries)?;
    }
    wait_for_orphan(&folders).await?;
    folders.clear_leftovers()?;
    let mut command = binaries.command("postgres", &folders);
    command.arg("-D").arg(&folders.cluster).args(settings(&folders, connections));
    let postmaster = Postmaster::start(command, folders.log()?)
        .with_context(|| format!("{} cannot be started", binaries.dir.join("postgres").display()))?;
    let cluster = EmbeddedCluster { postmaster, _lock: lock };
    let options = options(&folders.socket_dir);
    await_readiness(&options, &cluster, &folders).await?;
    tracing::info!(folder = %folders.root.display(), postgres = binaries.major, "private database started");
    Ok(Opened { options, cluster: Some(cluster) })
}

fn options(socket_dir: &Path) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(socket_dir)
        .port(PORT)
        .username(USER)
        .database("postgres")
        .application_name("vestibule")
        .disable_statement_logging()
}

async fn join(socket_dir: &Path) -> anyhow::Result<Opened> {
    let options = options(socket_dir);
    let mut tries = 0;
    loop {
        match sqlx::PgConnection::connect_with(&options).await {
            Ok(conn) => {
                conn.close().await.ok();
                return Ok(Opened { options, cluster: None });
            }
            // The other program may just be starting.
            Err(_) if tries < 50 => tries += 1,
            Err(error) => return Err(error).context("the other program's database does not answer"),
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Makes the cluster under a temporary name, so that an interrupted first start leaves nothing
/// that looks finished.
fn initialise(folders: &Folders, binaries: &Binaries) -> anyhow::Result<()> {
    tracing::info!(folder = %folders.cluster.display(), "making a new database");
    let unfinished = folders.fresh_unfinished()?;
    let mut command: Command = binaries.command("initdb", folders);
    command
        .args(["--username", USER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"])
        .args(["--data-checksums", "--no-instructions", "--pgdata"])
        .arg(&unfinished);
    let output = command.stdin(std::process::Stdio::null()).output().context("initdb cannot be started")?;
    if !output.status.success() {
        bail!(
            "initdb could not make a database in {}: {}",
            unfinished.display(),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    folders.finish(&unfinished)
}

fn settings(folders: &Folders, connections: u32) -> Vec<String> {
    let settings = [
        ("listen_addresses", String::new()),
        ("port", PORT.to_string()),
        ("unix_socket_directories", folders::quoted(&folders.socket_dir)),
        ("unix_socket_permissions", "0700".into()),
        // Beside the pool: joined commands, psql, autovacuum.
        ("max_connections", (connections + 20).to_string()),
        ("fsync", "on".into()),
        ("synchronous_commit", "on".into()),
        ("full_page_writes", "on".into()),
        ("logging_collector", "off".into()),
        ("log_destination", "stderr".into()),
        ("log_statement", "none".into()),
        // A failed statement's values may be secrets.
        ("log_min_error_statement", "panic".into()),
        ("log_parameter_max_length_on_error", "0".into()),
        ("timezone", "UTC".into()),
        ("log_timezone", "UTC".into()),
    ];
    settings.into_iter().flat_map(|(name, value)| ["-c".to_owned(), format!("{name}={value}")]).collect()
}

/// Waits until the cluster of a killed program has ended.
async fn wait_for_orphan(folders: &Folders) -> anyhow::Result<()> {
    let gone = async {
        while folders.orphan().is_some() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    match (tokio::time::timeout(ORPHAN, gone).await, folders.orphan()) {
        (Err(_), Some(pid)) => bail!(
            "process {pid}, a postgres that this program did not start, uses {}. Stop it first: kill -INT {pid}",
            folders.cluster.display()
        ),
        _ => Ok(()),
    }
}

async fn await_readiness(
    options: &PgConnectOptions,
    cluster: &EmbeddedCluster,
    folders: &Folders,
) -> anyhow::Result<()> {
    let connected = async {
        loop {
            match sqlx::PgConnection::connect_with(options).await {
                Ok(conn) => break conn.close().await.ok(),
                Err(_) => tokio::time::sleep(Duration::from_millis(30)).await,
            }
        }
    };
    let trouble = tokio::select! {
        _ = connected => return Ok(()),
        () = cluster.ended() => "ended at once",
        () = tokio::time::sleep(START) => "is not ready after five minutes",
    };
    bail!("the private database {trouble}. The end of {}:\n{}", folders.log.display(), folders.log_tail())
}

/// The folder the cluster of `data_dir` lies in.
pub fn cluster_dir(data_dir: &Path) -> PathBuf {
    data_dir.join(folders::CLUSTER)
}
