//! The database: the pool and the migrations. With `DATABASE_URL` it is that server; without, a
//! private cluster that starts and stops with the program.

use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

/// The schema's history, run forward at start under sqlx's advisory lock.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// Opens a pool of at most `connections`.
pub async fn connect(options: PgConnectOptions, connections: u32) -> Result<PgPool, sqlx::Error> {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(std::time::Duration::from_secs(5))
        .connect_with(options)
        .await
}
