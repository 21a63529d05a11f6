use sqlx::PgPool;
use time::Duration;
use time::macros::datetime;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::*;
use crate::customers::CustomerId;
use crate::factors::{Method, MethodSet};
use crate::policy::{Class, Exceptions, Grace, Scope, Settings, Standing};

const NOW: OffsetDateTime = datetime!(2026-11-23 12:00 UTC);
const ACME: SiteId = SiteId(Uuid::from_u128(1));
const OTHER: SiteId = SiteId(Uuid::from_u128(2));

fn customer(number: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(number))
}

/// Two sites; `n` customers of the first, c1@example.com and on, with passwords; one of the other.
async fn fill(pool: &PgPool, n: i32) {
    sqlx::query(
        "insert into sites (id, client_key, base_url, display_url, product_type, sealed_shared_secret, status,
            installed_at, updated_at)
         select id, id::text, 'https://a', 'https://a', 'jira', '', 'installed', $2, $2 from unnest($1::uuid[]) id",
    )
    .bind([ACME.0, OTHER.0])
    .bind(NOW)
    .execute(pool)
    .await
    .unwrap();
    sqlx::query(
        "insert into customers (id, site_id, email, email_key, given_name, family_name, password_hash,
            password_set_at, created_at, updated_at)
         select lpad(to_hex(n), 32, '0')::uuid, case when n <= $1 then $2 else $3 end, 'c' || n, 'c' || n, 'C', n, 'x',
            $4, $4, $4
         from generate_series(1, $1 + 1) n",
    )
    .bind(n)
    .bind(ACME.0)
    .bind(OTHER.0)
    .bind(NOW)
    .execute(pool)
    .await
    .unwrap();
}

async fn group(pool: &PgPool, name: &str, two_factor: Option<bool>, members: &[u128]) {
    let id: Uuid = sqlx::query_scalar(
        "insert into customer_groups (id, site_id, name, two_factor, created_at)
         values (gen_random_uuid(), $1, $2, $3, $4) returning id",
    )
    .bind(ACME.0)
    .bind(name)
    .bind(two_factor)
    .bind(NOW)
    .fetch_one(pool)
    .await
    .unwrap();
    sqlx::query("insert into customer_group_members (site_id, group_id, customer_id) select $1, $2, unnest($3::uuid[])")
        .bind(ACME.0)
        .bind(id)
        .bind(members.iter().map(|n| customer(*n).0).collect::<Vec<_>>())
        .execute(pool)
        .await
        .unwrap();
}

async fn factor(pool: &PgPool, of: u128, kind: &str, failures: i32) {
    sqlx::query(
        "insert into factors (id, site_id, customer_id, kind, name, sealed_secret, data, failures, created_at)
         values (gen_random_uuid(), $1, $2, $3, 'app', '', '{\"codes\": [{\"hash\": \"\"}]}', $4, $5)",
    )
    .bind(ACME.0)
    .bind(customer(of).0)
    .bind(kind)
    .bind(failures)
    .bind(NOW)
    .execute(pool)
    .await
    .unwrap();
}

async fn session(pool: &PgPool, of: u128, methods: &[&str], expires_at: OffsetDateTime) {
    sqlx::query(
        "insert into sessions (token_hash, site_id, customer_id, session_index, methods, authn_at, last_seen_at, expires_at)
         values (decode(md5(random()::text), 'hex'), $1, $2, '', $3, $4, $4, $5)",
    )
    .bind(ACME.0)
    .bind(customer(of).0)
    .bind(methods)
    .bind(NOW)
    .bind(expires_at)
    .execute(pool)
    .await
    .unwrap();
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_policy_is_kept_per_site_and_its_versions_count(pool: PgPool) {
    fill(&pool, 0).await;
    let mut conn = pool.acquire().await.unwrap();
    assert_eq!(load(&mut conn, ACME).await.unwrap(), Policy::default());
    let settings = Settings { scope: Scope::Selected, grace: Grace::Skips(2), ..Settings::default() };
    let wanted = Policy { two_factor: false, settings, version: 77 };
    for version in 1..=3 {
        let saved = save(&mut conn, ACME, &wanted, version - 1, Some("admin-1"), NOW).await.unwrap();
        assert_eq!(saved, Saved::Done(version));
        assert_eq!(load(&mut conn, ACME).await.unwrap(), Policy { version, ..wanted.clone() });
    }
    assert_eq!(load(&mut conn, OTHER).await.unwrap(), Policy::default());
    let stale = Saved::Stale { version: 3, updated_by: Some("admin-1".into()), updated_at: NOW };
    for version in [0, 1, 2, 4] {
        let later = NOW + Duration::HOUR;
        assert_eq!(save(&mut conn, ACME, &Policy::default(), version, None, later).await.unwrap(), stale);
    }
    assert_eq!(load(&mut conn, ACME).await.unwrap(), Policy { version: 3, ..wanted });
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn of_many_saves_at_once_one_is_done(pool: PgPool) {
    fill(&pool, 0).await;
    for expected in [0, 1] {
        let mut tasks = JoinSet::new();
        for n in 0..8 {
            let pool = pool.clone();
            tasks.spawn(async move {
                let by = format!("admin-{n}");
                let mut tx = pool.begin().await.unwrap();
                let saved = save(&mut tx, ACME, &Policy::default(), expected, Some(&by), NOW).await.unwrap();
                tx.commit().await.unwrap();
                (saved, by)
            });
        }
        let (done, stale): (Vec<_>, Vec<_>) =
            tasks.join_all().await.into_iter().partition(|(saved, _)| matches!(saved, Saved::Done(_)));
        assert_eq!((done.len(), stale.len()), (1, 7));
        for (saved, _) in stale {
            let version = expected + 1;
            assert_eq!(saved, Saved::Stale { version, updated_by: Some(done[0].1.clone()), updated_at: NOW });
        }
    }
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn what_an_older_version_stored_is_read_with_defaults(pool: PgPool) {
    fill(&pool, 0).await;
    sqlx::query("insert into policies (site_id, two_factor, updated_at) values ($1, false, $2)")
        .bind(ACME.0)
        .bind(NOW)
        .execute(&pool)
        .await
        .unwrap();
    let mut conn = pool.acquire().await.unwrap();
    let expected = Policy { two_factor: false, settings: Settings::safe(), version: 1 };
    assert_eq!(load(&mut conn, ACME).await.unwrap(), expected);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn exceptions_are_the_customers_own_and_the_groups(pool: PgPool) {
    fill(&pool, 4).await;
    group(&pool, "on", Some(true), &[1, 2]).await;
    group(&pool, "off", Some(false), &[2, 3]).await;
    group(&pool, "silent", None, &[1, 2, 3, 4]).await;
    let mut conn = pool.acquire().await.unwrap();
    assert!(set_exception(&mut conn, ACME, customer(3), Some(true)).await.unwrap());
    assert!(set_exception(&mut conn, ACME, customer(4), Some(false)).await.unwrap());
    assert!(!set_exception(&mut conn, ACME, customer(5), Some(true)).await.unwrap(), "of the other site");
    for (of, customer_own, group_on, group_off) in [
        (1, None, true, false),
        (2, None, true, true),
        (3, Some(true), false, true),
        (4, Some(false), false, false),
    ] {
        let expected = Exceptions { customer: customer_own, group_on, group_off };
        assert_eq!(exceptions(&mut conn, ACME, customer(of)).await.unwrap(), expected, "{of}");
    }
    assert_eq!(exceptions(&mut conn, OTHER, customer(1)).await.unwrap(), Exceptions::default());
    let told = list_exceptions(&mut conn, ACME, 10).await.unwrap();
    let told: Vec<_> = told.iter().map(|one| (one.email.as_str(), one.two_factor)).collect();
    assert_eq!(told, [("c3", true), ("c4", false)]);
    assert_eq!(list_exceptions(&mut conn, ACME, 1).await.unwrap().len(), 1);
    assert_eq!(list_exceptions(&mut conn, OTHER, 10).await.unwrap(), []);
    assert!(set_exception(&mut conn, ACME, customer(3), None).await.unwrap());
    assert_eq!(exceptions(&mut conn, ACME, customer(3)).await.unwrap().customer, None);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_customers_standing_is_read_at_once(pool: PgPool) {
    fill(&pool, 2).await;
    factor(&pool, 2, "totp", 100).await;
    let mut conn = pool.acquire().await.unwrap();
    let fresh = Standing {
        policy: Policy::default(),
        exceptions: Exceptions::default(),
        enrolled: false,
        skips_used: 0,
    };
    assert_eq!(standing(&mut conn, ACME, customer(1)).await.unwrap(), Some(fresh.clone()));
    let wanted = Policy::default().switched(false);
    save(&mut conn, ACME, &wanted, 0, None, NOW).await.unwrap();
    count_skip(&mut conn, ACME, customer(1)).await.unwrap();
    count_skip(&mut conn, ACME, customer(1)).await.unwrap();
    count_skip(&mut conn, OTHER, customer(1)).await.unwrap();
    let policy = Policy { version: 1, ..wanted };
    let skipped = Standing { policy: policy.clone(), skips_used: 2, ..fresh.clone() };
    assert_eq!(standing(&mut conn, ACME, customer(1)).await.unwrap(), Some(skipped));
    let enrolled = Standing { policy, enrolled: true, ..fresh };
    assert_eq!(
        standing(&mut conn, ACME, customer(2)).await.unwrap(),
        Some(enrolled),
        "also a factor that is off"
    );
    assert_eq!(standing(&mut conn, ACME, customer(3)).await.unwrap(), None, "of the other site");
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn the_tally_counts_every_customer_once_and_names_them(pool: PgPool) {
    fill(&pool, 30).await;
    group(&pool, "on", Some(true), &[1, 2]).await;
    group(&pool, "on too", Some(true), &[1, 2]).await;
    group(&pool, "off", Some(false), &[2]).await;
    group(&pool, "silent", None, &[3]).await;
    for (of, kind, failures) in [
        (4, "totp", 0),
        (5, "totp", 100),
        (6, "totp", 100),
        (6, "totp", 99),
        (10, "totp", 100),
        (10, "backup_codes", 0),
        (11, "backup_codes", 99),
        (11, "totp", 1),
        (11, "totp", 0),
    ] {
        factor(&pool, of, kind, failures).await;
    }
    factor(&pool, 12, "backup_codes", 0).await;
    sqlx::query(r#"update factors set data = '{"codes": [{"hash": "", "used_at": "2026-11-23T12:00:00Z"}]}' where customer_id = $1"#)
        .bind(customer(12).0)
        .execute(&pool)
        .await
        .unwrap();
    for (of, methods, left) in [
        (1, &["pwd"][..], Duration::SECOND),
        (1, &["pwd"], Duration::HOUR),
        (1, &["pwd"], Duration::ZERO),
        (4, &["pwd", "otp"], Duration::HOUR),
    ] {
        session(&pool, of, methods, NOW + left).await;
    }
    sqlx::query("update customers set password_hash = null, password_set_at = null where id = $1")
        .bind(customer(7).0)
        .execute(&pool)
        .await
        .unwrap();
    let mut conn = pool.acquire().await.unwrap();
    set_exception(&mut conn, ACME, customer(8), Some(true)).await.unwrap();
    set_exception(&mut conn, ACME, customer(9), Some(false)).await.unwrap();

    let classes = tally(&mut conn, ACME, NOW).await.unwrap();
    let plain = Class {
        exceptions: Exceptions::default(),
        has_factor: false,
        usable: MethodSet::EMPTY,
        has_password: true,
        count: 1,
        password_sessions: 0,
        remembered_sessions: 0,
    };
    let group = |group_on, group_off| Exceptions { group_on, group_off, ..Exceptions::default() };
    let (app, codes) = (MethodSet::of(&[Method::Totp]), MethodSet::of(&[Method::BackupCodes]));
    let own = |two_factor| Exceptions { customer: Some(two_factor), ..Exceptions::default() };
    let expected = [
        (Class { count: 19, ..plain }, "c13"),
        (Class { exceptions: group(true, false), password_sessions: 2, ..plain }, "c1"),
        (Class { exceptions: group(true, true), ..plain }, "c2"),
        (Class { has_factor: true, usable: app, count: 2, ..plain }, "c4"),
        (Class { has_factor: true, count: 2, ..plain }, "c12"),
        (Class { has_factor: true, usable: codes, ..plain }, "c10"),
        (Class { has_factor: true, usable: app.with(Method::BackupCodes), ..plain }, "c11"),
        (Class { has_password: false, ..plain }, "c7"),
        (Class { exceptions: own(true), ..plain }, "c8"),
        (Class { exceptions: own(false), ..plain }, "c9"),
    ];
    assert_eq!(classes.len(), expected.len(), "{classes:?}");
    for (class, first) in expected {
        assert!(classes.contains(&class), "{class:?} in {classes:?}");
        let named = names(&mut conn, ACME, &[class], 20).await.unwrap();
        assert_eq!(named.len() as u64, class.count.min(20), "{class:?}");
        assert_eq!(named[0].email, first);
    }
    assert_eq!(names(&mut conn, ACME, &classes, 100).await.unwrap().len(), 30);
    assert_eq!(names(&mut conn, ACME, &[], 100).await.unwrap(), []);
    assert_eq!(names(&mut conn, OTHER, &classes, 100).await.unwrap().len(), 1);
    assert_eq!(tally(&mut conn, OTHER, NOW).await.unwrap(), [plain]);
}
