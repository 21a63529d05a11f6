use sqlx::PgPool;
use time::Duration;
use time::macros::datetime;
use uuid::Uuid;

use super::*;
use crate::customers::names::login_key;

pub const START: OffsetDateTime = datetime!(2026-11-23 12:00 UTC);
pub const ACME: SiteId = SiteId(Uuid::from_u128(1));
pub const OTHER: SiteId = SiteId(Uuid::from_u128(2));

/// A row of `sites`, which every customer needs.
pub async fn add_site(db: &PgPool, site: SiteId) {
    sqlx::query!(
        "insert into sites (id, client_key, base_url, display_url, product_type, sealed_shared_secret,
            status, installed_at, updated_at)
         values ($1, $2, 'https://acme.atlassian.net', 'https://acme.atlassian.net', 'jira', '', 'installed',
            $3, $3)",
        site.0,
        site.to_string(),
        START,
    )
    .execute(db)
    .await
    .unwrap();
}

pub fn customer(number: u128, site: SiteId, email: &str, username: &str) -> NewCustomer {
    let email = Email::parse(email).unwrap();
    NewCustomer {
        id: CustomerId(Uuid::from_u128(number)),
        site,
        username: Username::parse(username, &email).unwrap(),
        email,
        name: PersonName::parse("Ada", "]]> & <b>").unwrap(),
        password_hash: None,
        now: START + Duration::seconds(number as i64),
    }
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn emails_and_usernames_are_unique_per_site_however_they_are_written(db: PgPool) {
    add_site(&db, ACME).await;
    add_site(&db, OTHER).await;
    let mut tx = db.begin().await.unwrap();
    let ada = customer(1, ACME, "Ada@Example.com", "Countess");
    assert_eq!(add(&mut tx, &ada).await.unwrap(), Ok(ada.id));
    for (number, (email, username, site, taken)) in (2..).zip([
        ("ADA@example.COM", "", ACME, Some(Taken::Email)),
        ("ADA@example.COM", "other", ACME, Some(Taken::Email)),
        ("ADA@example.COM", "countess", ACME, Some(Taken::Email)),
        ("bob@example.com", "COUNTESS", ACME, Some(Taken::Username)),
        ("bob@example.com", "", ACME, None),
        ("eve@example.com", "", ACME, None),
        ("ada@example.com", "countess", OTHER, None),
    ]) {
        let next = customer(number, site, email, username);
        assert_eq!(add(&mut tx, &next).await.unwrap().err(), taken, "{email} {username}");
    }
    tx.commit().await.unwrap();
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_customer_is_found_by_email_or_username_in_the_own_site_only(db: PgPool) {
    add_site(&db, ACME).await;
    add_site(&db, OTHER).await;
    let mut conn = db.acquire().await.unwrap();
    let ada =
        NewCustomer { password_hash: Some("phc".into()), ..customer(1, ACME, "Ada@Example.com", "Countess") };
    add(&mut conn, &ada).await.unwrap().unwrap();
    for (site, typed, found) in [
        (ACME, "ada@example.com", true),
        (ACME, " ADA@EXAMPLE.COM ", true),
        (ACME, "countess", true),
        (ACME, "COUNTESS", true),
        (ACME, "ada", false),
        (ACME, "", false),
        (ACME, "a\0b", false),
        (ACME, "%", false),
        (OTHER, "ada@example.com", false),
        (OTHER, "countess", false),
    ] {
        let row = find_for_sign_in(&mut conn, site, &login_key(typed)).await.unwrap();
        assert_eq!(row.as_ref().map(|(c, _)| c.id), found.then_some(ada.id), "{typed:?}");
        assert_eq!(row.and_then(|(_, hash)| hash).as_deref(), found.then_some("phc"));
    }
    let kept = find(&mut conn, ACME, ada.id).await.unwrap().unwrap();
    assert_eq!((kept.email.as_str(), kept.username.as_deref()), ("Ada@Example.com", Some("Countess")));
    assert_eq!((kept.family_name.as_str(), kept.password_set_at), ("]]> & <b>", Some(ada.now)));
    assert_eq!(find(&mut conn, OTHER, ada.id).await.unwrap(), None);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_rehash_never_undoes_a_change_of_password(db: PgPool) {
    add_site(&db, ACME).await;
    let mut conn = db.acquire().await.unwrap();
    let ada = customer(1, ACME, "ada@example.com", "");
    add(&mut conn, &ada).await.unwrap().unwrap();
    let later = START + Duration::days(1);
    assert!(!set_password(&mut conn, OTHER, ada.id, "foreign", later).await.unwrap());
    assert!(set_password(&mut conn, ACME, ada.id, "first", later).await.unwrap());
    assert!(!rehash(&mut conn, OTHER, ada.id, "first", "foreign").await.unwrap());
    assert!(rehash(&mut conn, ACME, ada.id, "first", "first of today").await.unwrap());
    assert!(!rehash(&mut conn, ACME, ada.id, "first", "late").await.unwrap());
    let (kept, hash) = find_for_sign_in(&mut conn, ACME, "ada@example.com").await.unwrap().unwrap();
    assert_eq!((hash.as_deref(), kept.password_set_at), (Some("first of today"), Some(later)));
}

/// A million customers must cost no scan: of 20,000 the planner already takes the indexes.
#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn looking_up_reads_indexes_only(db: PgPool) {
    add_site(&db, ACME).await;
    let mut conn = db.acquire().await.unwrap();
    sqlx::query!(
        "insert into customers (id, site_id, email, email_key, username, username_key, given_name,
            family_name, created_at, updated_at)
         select gen_random_uuid(), $1, 'c' || n || '@example.com', 'c' || n || '@example.com', 'user' || n,
            'user' || n, 'Given', 'Family', $2::timestamptz + n * interval '1 second', $2
         from generate_series(1, 20000) n",
        ACME.0,
        START,
    )
    .execute(&mut *conn)
    .await
    .unwrap();
    sqlx::query!("analyze customers").execute(&mut *conn).await.unwrap();
    let lookup = "explain select id from customers
        where site_id = '00000000-0000-0000-0000-000000000001' and (email_key = 'user777' or username_key = 'user777')
        limit 1";
    let plan: Vec<String> = sqlx::query_scalar(lookup).fetch_all(&mut *conn).await.unwrap();
    let plan = plan.join("\n");
    assert!(!plan.contains("Seq Scan"), "{plan}");
    for index in ["customers_email", "customers_username"] {
        assert!(plan.contains(index), "{plan}");
    }
}
