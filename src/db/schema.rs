//! Which migrations are applied, read without changing anything.

use sqlx::PgConnection;
use sqlx::migrate::{Migrate as _, MigrateError};

use super::{MIGRATIONS, store};

/// sqlx's own table.
const TABLE: &str = "_sqlx_migrations";

/// How the database's schema stands to this program's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// The same.
    Current,
    /// This many migrations are still to run.
    Behind(usize),
    /// A migration stopped half-way, or its text has changed since it ran; its version.
    Broken(i64),
}

/// Compares the database's schema with this program's. A database ahead of the program counts as
/// current: during an update the old release serves on while the new one has migrated (expand,
/// then contract).
pub async fn state(conn: &mut PgConnection) -> Result<Schema, MigrateError> {
    if !store::has_migrations_table(conn).await? {
        return Ok(Schema::Behind(MIGRATIONS.iter().count()));
    }
    if let Some(version) = conn.dirty_version(TABLE).await? {
        return Ok(Schema::Broken(version));
    }
    let applied = conn.list_applied_migrations(TABLE).await?;
    let mut behind = 0;
    for migration in MIGRATIONS.iter() {
        match applied.iter().find(|applied| applied.version == migration.version) {
            None => behind += 1,
            Some(applied) if applied.checksum != migration.checksum => {
                return Ok(Schema::Broken(migration.version));
            }
            Some(_) => {}
        }
    }
    Ok(if behind == 0 { Schema::Current } else { Schema::Behind(behind) })
}
