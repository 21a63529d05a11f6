//! The database: the pool, the migrations and the proof that the master key fits. With
//! `DATABASE_URL` it is that server; without, a private cluster that starts and stops with the
//! program ([`embedded`]).
//!
//! At start: [`open`], [`migrate`], [`canary::prove`], [`host::prove`], in this order; [`housekeeping`] then keeps
//! the tables that only grow from growing.

pub mod canary; // does the master key open this database?
pub mod embedded; // the private cluster
pub mod host; // do the passkeys belong to the base URL's host?
pub mod housekeeping; // what is past its time goes
pub mod schema; // which migrations are applied
pub mod store; // all SQL of this room

#[cfg(test)]
mod tests;

use std::time::Duration;

use anyhow::Context as _;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, PgPool};

use crate::config::{Config, Host};
pub use embedded::{Access, EmbeddedCluster};

/// The schema's history, run forward at start under sqlx's advisory lock.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// Connections of a command that joins a running program's private cluster.
const GUEST_CONNECTIONS: u32 = 4;

/// A connection that has rested this long is asked whether it still lives before it is used.
const RESTED: Duration = Duration::from_secs(5);

/// Opens a pool of at most `connections`. To ask a connection each time whether it lives would cost
/// a round trip for each use; a busy one has just proved it.
pub async fn connect(options: PgConnectOptions, connections: u32) -> Result<PgPool, sqlx::Error> {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(false)
        .before_acquire(|conn, resting| {
            Box::pin(async move { Ok(resting.idle_for < RESTED || conn.ping().await.is_ok()) })
        })
        .connect_with(options)
        .await
}

/// Opens the configured database. The cluster is there when this program started one: stop it
/// ([`EmbeddedCluster::stop`]) after closing the pool. Errors say what an operator can do.
pub async fn open(
    config: &Config,
    host: &Host,
    access: Access,
) -> anyhow::Result<(PgPool, Option<EmbeddedCluster>)> {
    if let Some(url) = &config.database_url {
        let options: PgConnectOptions =
            url.parse().map_err(|_| anyhow::anyhow!("DATABASE_URL cannot be read by the driver"))?;
        let place = format!("{}:{}", options.get_host(), options.get_port());
        let pool = connect(options, config.database_connections)
            .await
            .with_context(|| format!("the database of DATABASE_URL at {place} does not let us in"))?;
        return Ok((pool, None));
    }
    let opened =
        embedded::open(&config.data_dir, host.pg_bin.as_deref(), config.database_connections, access).await?;
    let connections = if opened.cluster.is_some() { config.database_connections } else { GUEST_CONNECTIONS };
    let pool =
        connect(opened.options, connections).await.context("the private cluster does not let us in")?;
    Ok((pool, opened.cluster))
}

/// Brings the schema up to date. Several instances may do so at once: one works, the others wait.
pub async fn migrate(pool: &PgPool) -> anyhow::Result<()> {
    MIGRATIONS.run(pool).await.context(
        "the schema cannot be brought up to date: is an older release starting on a newer one's database, \
         or may this database user not create tables?",
    )
}
