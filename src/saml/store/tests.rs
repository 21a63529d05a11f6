use sqlx::PgPool;
use time::{Duration, macros::datetime};
use uuid::Uuid;

use super::*;
use crate::clock::Clock;
use crate::customers::CustomerId;
use crate::random::Random;
use crate::saml::trace::{Answer, Binding};

const NOW: OffsetDateTime = datetime!(2026-11-23 10:00 UTC);

fn app(pool: &PgPool) -> App {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = crate::config::Config {
        base_url: crate::config::BaseUrl::parse("https://vestibule.example").unwrap(),
        listen: ([127, 0, 0, 1], 0).into(),
        database_url: None,
        database_connections: 2,
        data_dir: "data".into(),
        master_key: crate::vault::MasterKey::new([1; 32]),
        previous_master_keys: vec![],
        pepper: crate::config::Pepper(zeroize::Zeroizing::new([2; 32])),
        trusted_proxies: vec![],
        connect_keys_url: "https://keys.example/".parse().unwrap(),
        connect_script_url: "https://connect-cdn.example/all.js".parse().unwrap(),
        app_key: "vestibule".into(),
        marketplace_licence: false,
        create_in_jira: false,
        hash_workers: 1,
        mail: None,
        sms: None,
        yubikey: None,
        duo: None,
    };
    App::new(config, pool.clone(), Clock::fixed(NOW), Random::seeded(1))
}

async fn site(conn: &mut PgConnection, id: u128) -> SiteId {
    let id = Uuid::from_u128(id);
    sqlx::query(
        "insert into sites (id, client_key, base_url, display_url, product_type, sealed_shared_secret,
                            status, installed_at, updated_at)
         values ($1, $1::text, '', '', '', '', 'installed', $2, $2)",
    )
    .bind(id)
    .bind(NOW)
    .execute(conn)
    .await
    .unwrap();
    SiteId(id)
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_site_has_one_active_key_and_only_its_own(pool: PgPool) {
    let app = app(&pool);
    let mut conn = pool.acquire().await.unwrap();
    let (one, two) = (site(&mut conn, 1).await, site(&mut conn, 2).await);
    assert!(active_key(&mut conn, one).await.unwrap().is_none());
    assert!(crate::saml::signing_key(&mut conn, &app, one).await.is_err());

    let first = crate::saml::new_key(&app, one).await.unwrap();
    let second = crate::saml::new_key(&app, one).await.unwrap();
    insert_active_key(&mut conn, &app, one, &first).await.unwrap();
    insert_active_key(&mut conn, &app, one, &second).await.unwrap();

    let stored = active_key(&mut conn, one).await.unwrap().unwrap();
    assert_eq!(
        (stored.id, &stored.certificate, stored.not_after),
        (first.id, &first.certificate, first.not_after)
    );
    let needle = &first.private_key[60..92];
    assert!(!stored.sealed_private_key.windows(32).any(|w| w == needle), "stored unsealed");
    let key = crate::saml::signing_key(&mut conn, &app, one).await.unwrap();
    let again = crate::saml::signing_key(&mut conn, &app, one).await.unwrap();
    assert!(std::sync::Arc::ptr_eq(&key, &again));
    assert!(active_key(&mut conn, two).await.unwrap().is_none());
    assert!(published_certificates(&mut conn, two).await.unwrap().is_empty());

    // A next key, published ahead, stands behind the active one; a previous one is gone.
    for (state, key) in [("next", &second), ("previous", &crate::saml::new_key(&app, one).await.unwrap())] {
        sqlx::query("insert into saml_keys values ($1, $2, $3, $4, '', $5, $6, $7)")
            .bind(key.id)
            .bind(one.0)
            .bind(state)
            .bind(&key.certificate)
            .bind(key.not_before)
            .bind(key.not_after)
            .bind(NOW - Duration::days(1))
            .execute(&mut *conn)
            .await
            .unwrap();
    }
    let published = published_certificates(&mut conn, one).await.unwrap();
    assert_eq!(published, [first.certificate, second.certificate]);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_request_id_is_taken_once_per_site(pool: PgPool) {
    let mut conn = pool.acquire().await.unwrap();
    let (one, two) = (site(&mut conn, 1).await, site(&mut conn, 2).await);
    let later = NOW + Duration::minutes(10);
    assert!(consume_request(&mut conn, one, "_a", NOW, later).await.unwrap());
    assert!(!consume_request(&mut conn, one, "_a", NOW, later).await.unwrap());
    assert!(!consume_request(&mut conn, one, "_a", later - Duration::seconds(1), later).await.unwrap());
    assert!(consume_request(&mut conn, one, "_b", NOW, later).await.unwrap());
    assert!(consume_request(&mut conn, two, "_a", NOW, later).await.unwrap());
    assert!(consume_request(&mut conn, one, "_a", later, later + Duration::minutes(10)).await.unwrap());
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn one_of_many_parallel_requests_takes_the_id(pool: PgPool) {
    let one = site(&mut pool.acquire().await.unwrap(), 1).await;
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let mut conn = pool.acquire().await.unwrap();
                consume_request(&mut conn, one, "_a", NOW, NOW + Duration::minutes(10)).await.unwrap()
            })
        })
        .collect();
    let mut taken = 0;
    for task in tasks {
        taken += u32::from(task.await.unwrap());
    }
    assert_eq!(taken, 1);
}

async fn customer(conn: &mut PgConnection, site: SiteId, id: u128, email: &str) -> CustomerId {
    sqlx::query(
        "insert into customers (id, site_id, email, email_key, given_name, family_name, created_at, updated_at)
         values ($1, $2, $3, $3, '', '', $4, $4)",
    )
    .bind(Uuid::from_u128(id))
    .bind(site.0)
    .bind(email)
    .bind(NOW)
    .execute(conn)
    .await
    .unwrap();
    CustomerId(Uuid::from_u128(id))
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn the_trace_is_read_newest_first_and_by_site(pool: PgPool) {
    let mut conn = pool.acquire().await.unwrap();
    let (one, two) = (site(&mut conn, 1).await, site(&mut conn, 2).await);
    let zoe = customer(&mut conn, one, 7, "zoe@example.com").await;
    let refused = Detail { code: Some("not_utf8".into()), ..Detail::default() };
    let entry = Entry {
        reference: "ABC",
        verdict: "refused",
        reason: "The request is not UTF-8.",
        binding: Binding::Post,
        request_id: None,
        issuer: None,
        acs_url: None,
        customer: None,
        detail: &refused,
    };
    insert_trace(&mut conn, one, NOW, &entry).await.unwrap();
    assert_eq!(last_success(&mut conn, one).await.unwrap(), None);
    let answered = Detail {
        answer: Some(Answer { name_id: Some("zoe@before.example".into()), ..Answer::default() }),
        ..Detail::default()
    };
    let full = Entry {
        reference: "DEF",
        verdict: "answered",
        request_id: Some("_a"),
        issuer: Some("<x>"),
        binding: Binding::Redirect,
        customer: Some(zoe),
        detail: &answered,
        ..entry
    };
    insert_trace(&mut conn, one, NOW, &full).await.unwrap();
    // Another site's row, even with this customer's id, shows nobody's address.
    insert_trace(&mut conn, two, NOW, &full).await.unwrap();
    let tested = Entry { reference: "GHI", verdict: "tested", binding: Binding::Test, ..full };
    insert_trace(&mut conn, one, NOW, &tested).await.unwrap();

    let rows = newest_traces(&mut conn, one, None, 10).await.unwrap();
    let seen: Vec<_> =
        rows.iter().map(|r| (r.reference.as_str(), r.binding.as_str(), r.issuer.as_deref())).collect();
    assert_eq!(seen, [("GHI", "test", Some("<x>")), ("DEF", "redirect", Some("<x>")), ("ABC", "post", None)]);
    assert_eq!(rows[1].customer_email.as_deref(), Some("zoe@example.com"));
    assert_eq!((&rows[1].detail, &rows[2].detail), (&answered, &refused));
    assert_eq!(rows[2].customer_email, None);
    assert_eq!(newest_traces(&mut conn, one, None, 1).await.unwrap(), rows[..1]);
    assert_eq!(newest_traces(&mut conn, one, Some(rows[2].id), 10).await.unwrap(), rows[..2]);
    assert_eq!(newest_traces(&mut conn, one, Some(rows[0].id), 10).await.unwrap(), []);
    assert_eq!(last_success(&mut conn, one).await.unwrap().as_ref(), Some(&rows[1]));
    let theirs = newest_traces(&mut conn, two, None, 10).await.unwrap();
    assert_eq!((theirs.len(), theirs[0].customer_email.as_deref()), (1, None));
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn rows_of_the_version_before_and_after_are_read_too(pool: PgPool) {
    let mut conn = pool.acquire().await.unwrap();
    let one = site(&mut conn, 1).await;
    sqlx::query(
        r#"insert into saml_trace (site_id, at, reference, verdict, reason, binding, detail)
           values ($1, $2, 'A', 'accepted', '', 'post', '{}'),
                  ($1, $2, 'B', 'accepted', '', 'post', '{"request": {"id": "_b", "colour": "red"}}')"#,
    )
    .bind(one.0)
    .bind(NOW)
    .execute(&mut *conn)
    .await
    .unwrap();
    let rows = newest_traces(&mut conn, one, None, 10).await.unwrap();
    assert_eq!(rows[1].detail, Detail::default());
    assert_eq!(rows[0].detail.request.as_ref().unwrap().id.as_deref(), Some("_b"));
}
