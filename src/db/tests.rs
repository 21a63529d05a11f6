use sqlx::PgPool;
use time::macros::datetime;

use super::canary::{self, Refused, Verdict};
use super::schema::{self, Schema};
use super::*;
use crate::random::Random;
use crate::vault::{MasterKey, Unsealing, Vault};

const NOW: time::OffsetDateTime = datetime!(2026-11-23 12:00 UTC);

fn vault(current: u8, previous: &[u8]) -> Vault {
    let key = |byte: &u8| MasterKey::new([*byte; 32]);
    Vault::new(key(&current), previous.iter().map(key).collect(), Random::seeded(u64::from(current)))
}

#[sqlx::test(migrations = false)]
async fn several_instances_migrate_at_once(pool: PgPool) {
    let mut conn = pool.acquire().await.unwrap();
    let all = MIGRATIONS.iter().count();
    assert_eq!(schema::state(&mut conn).await.unwrap(), Schema::Behind(all));
    let (one, two, three) = tokio::join!(migrate(&pool), migrate(&pool), migrate(&pool));
    for done in [one, two, three] {
        done.unwrap();
    }
    assert_eq!(schema::state(&mut conn).await.unwrap(), Schema::Current);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_changed_or_half_run_migration_shows(pool: PgPool) {
    let mut conn = pool.acquire().await.unwrap();
    sqlx::raw_sql("update _sqlx_migrations set checksum = '\\x00' where version = 1")
        .execute(&mut *conn)
        .await
        .unwrap();
    assert_eq!(schema::state(&mut conn).await.unwrap(), Schema::Broken(1));
    sqlx::raw_sql("update _sqlx_migrations set success = false where version = 1")
        .execute(&mut *conn)
        .await
        .unwrap();
    assert_eq!(schema::state(&mut conn).await.unwrap(), Schema::Broken(1));
    sqlx::raw_sql("delete from _sqlx_migrations").execute(&mut *conn).await.unwrap();
    assert_eq!(schema::state(&mut conn).await.unwrap(), Schema::Behind(MIGRATIONS.iter().count()));
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn only_the_key_of_the_beginning_opens_the_database(pool: PgPool) {
    assert_eq!(canary::look(&pool, &vault(1, &[])).await.unwrap(), Verdict::Empty);
    canary::prove(&pool, &vault(1, &[]), NOW).await.unwrap();
    canary::prove(&pool, &vault(1, &[]), NOW).await.unwrap();
    canary::prove(&pool, &vault(2, &[1]), NOW).await.unwrap();
    assert_eq!(canary::look(&pool, &vault(1, &[])).await.unwrap(), Verdict::Fits);
    let refused = canary::prove(&pool, &vault(2, &[]), NOW).await.unwrap_err();
    assert!(matches!(&refused, Refused::WrongKey(Unsealing::UnknownKey(_))), "{refused}");
    assert!(refused.to_string().contains("VESTIBULE_MASTER_KEYS_PREVIOUS"), "{refused}");
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn instances_that_begin_at_once_agree(pool: PgPool) {
    let (ours, theirs) = (vault(1, &[]), vault(2, &[]));
    let (one, two) = tokio::join!(canary::prove(&pool, &ours, NOW), canary::prove(&pool, &theirs, NOW));
    assert!(one.is_ok() != two.is_ok(), "exactly one key is the database's");
}
