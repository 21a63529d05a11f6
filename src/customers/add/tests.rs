use sqlx::PgPool;
use time::macros::datetime;
use uuid::Uuid;

use super::*;
use crate::clock::Clock;
use crate::config::{BaseUrl, Config, Pepper};
use crate::customers::store::tests::add_site;
use crate::policy::Policy;
use crate::random::Random;
use crate::vault::MasterKey;

const ACME: SiteId = SiteId(Uuid::from_u128(1));
const PASSWORD: &str = "correct horse battery";

fn app(db: PgPool) -> App {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = Config {
        base_url: BaseUrl::parse("https://vestibule.example").unwrap(),
        listen: ([127, 0, 0, 1], 0).into(),
        database_url: None,
        database_connections: 4,
        data_dir: "unused".into(),
        master_key: MasterKey::new([1; 32]),
        previous_master_keys: vec![],
        pepper: Pepper(Zeroizing::new([7; 32])),
        trusted_proxies: vec![],
        connect_keys_url: "https://connect-install-keys.atlassian.com/".parse().unwrap(),
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
    App::new(config, db, Clock::fixed(datetime!(2026-11-23 12:00 UTC)), Random::seeded(1))
}

fn form(email: &str, password: Option<&str>) -> AddForm {
    AddForm {
        email: email.into(),
        username: Some("countess".into()),
        given_name: "Ada".into(),
        family_name: "Lovelace".into(),
        password: password.map(|text| Zeroizing::new(text.into())),
    }
}

async fn events(db: &PgPool) -> Vec<(String, String, serde_json::Value)> {
    sqlx::query!("select actor_kind, action, detail from audit_events order by id")
        .fetch_all(db)
        .await
        .unwrap()
        .into_iter()
        .map(|row| (row.actor_kind, row.action, row.detail))
        .collect()
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_customer_added_with_a_password_can_be_verified_and_is_audited(db: PgPool) {
    add_site(&db, ACME).await;
    let app = app(db.clone());
    let id = add(&app, ACME, form("ada@example.com", Some(PASSWORD)), Actor::Operator).await.unwrap();
    let mut conn = db.acquire().await.unwrap();
    let (customer, hash) = store::find_for_sign_in(&mut conn, ACME, "countess").await.unwrap().unwrap();
    assert_eq!((customer.id, customer.password_set_at), (id, Some(app.clock.now())));
    assert!(app.hasher.verify(PASSWORD, hash.as_deref()).await.unwrap().matches);
    let expected = ("operator".into(), "customer.added".into(), serde_json::json!({ "password": true }));
    assert_eq!(events(&db).await, [expected]);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn without_a_password_nothing_is_hashed_and_nothing_matches(db: PgPool) {
    add_site(&db, ACME).await;
    let app = app(db.clone());
    add(&app, ACME, form("ada@example.com", None), Actor::Operator).await.unwrap();
    assert_eq!(app.hasher.hashes(), 0);
    let mut conn = db.acquire().await.unwrap();
    let (customer, hash) =
        store::find_for_sign_in(&mut conn, ACME, "ada@example.com").await.unwrap().unwrap();
    assert_eq!((customer.password_set_at, hash), (None, None));
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn whoever_is_refused_leaves_no_trace_and_learns_why(db: PgPool) {
    add_site(&db, ACME).await;
    let app = app(db.clone());
    add(&app, ACME, form("ada@example.com", None), Actor::System).await.unwrap();
    for (form, sentence) in [
        (form("ada", None), "The email address must have one @ with something before and after it."),
        (form("ADA@example.com", None), "Another customer of this site has this email address."),
        (form("bob@example.com", None), "Another customer of this site has this username."),
        (
            AddForm { username: Some("x@y.z".into()), ..form("bob@example.com", None) },
            "The username holds an @ but is not the customer's own email address.",
        ),
        (
            AddForm { given_name: String::new(), family_name: " ".into(), ..form("bob@example.com", None) },
            "A first name or a last name is missing: at least one is needed.",
        ),
        (
            form("bob@example.com", Some("short")),
            "The password is too short: it needs at least 8 characters.",
        ),
        (
            form("bob@example.com", Some("Acme-2026")),
            "This password is little more than a name or word that belongs to you or this site. Choose another.",
        ),
    ] {
        let fault = add(&app, ACME, form, Actor::System).await.unwrap_err();
        assert_eq!(fault.sort().unwrap_err(), sentence);
    }
    assert_eq!(events(&db).await.len(), 1);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn without_a_second_factor_the_password_must_be_longer(db: PgPool) {
    add_site(&db, ACME).await;
    let app = app(db.clone());
    let mut conn = db.acquire().await.unwrap();
    let off = Policy::default().switched(false);
    policy::store::save(&mut conn, ACME, &off, 0, None, app.clock.now()).await.unwrap();
    let fault =
        add(&app, ACME, form("ada@example.com", Some("k7$Pz!2qWm")), Actor::System).await.unwrap_err();
    assert!(matches!(fault, AddFault::Password(PasswordFault::TooShort { minimum: 15 })));
    add(&app, ACME, form("ada@example.com", Some(PASSWORD)), Actor::System).await.unwrap();
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_site_that_does_not_exist_is_a_fault_of_ours(db: PgPool) {
    let app = app(db.clone());
    let fault = add(&app, ACME, form("ada@example.com", None), Actor::System).await.unwrap_err();
    assert!(matches!(fault.sort(), Ok(AppError::Internal(_))));
}
