use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::routing::get;
use sqlx::PgPool;
use time::Duration;
use tower::ServiceExt;
use uuid::Uuid;

use super::*;
use crate::random::Random;
use crate::sites::CurrentSite;
use crate::vault::MasterKey;

fn now() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap()
}

fn vault() -> Vault {
    Vault::new(MasterKey::new([1; 32]), vec![], Random::seeded(1))
}

fn an_install(client_key: &str, host: &str, at: OffsetDateTime) -> Installation {
    Installation {
        client_key: client_key.into(),
        base_url: format!("https://{host}.atlassian.net"),
        display_url: format!("https://{host}.example"),
        product_type: "jira".into(),
        shared_secret: Zeroizing::new(format!("secret of {client_key}")),
        issued_at: at,
        digest: [1; 32],
    }
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_site_is_found_by_id_and_client_key(pool: PgPool) {
    let conn = &mut *pool.acquire().await.unwrap();
    let id = SiteId(Uuid::from_u128(1));
    let install_now = an_install("c1", "acme", now());
    assert_eq!(preview(conn, &install_now).await.unwrap(), Plan::Create);
    assert_eq!(install(conn, &vault(), now(), id, &install_now).await.unwrap(), Plan::Create);
    let site = find(conn, id).await.unwrap().unwrap();
    assert_eq!((site.id, site.base_url.as_str()), (id, "https://acme.atlassian.net"));
    assert_eq!((site.display_url.as_str(), site.installed_at), ("https://acme.example", now()));
    assert_eq!((site.service_provider, site.uninstalled_at), (None, None));
    assert_eq!(find_by_client_key(conn, "c1").await.unwrap().unwrap().id, id);
    assert!(find_by_client_key(conn, "c2").await.unwrap().is_none());
    assert!(find(conn, SiteId(Uuid::from_u128(2))).await.unwrap().is_none());
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_secret_opens_for_its_own_site_only(pool: PgPool) {
    let conn = &mut *pool.acquire().await.unwrap();
    let (one, two) = (SiteId(Uuid::from_u128(1)), SiteId(Uuid::from_u128(2)));
    install(conn, &vault(), now(), one, &an_install("c1", "acme", now())).await.unwrap();
    install(conn, &vault(), now(), two, &an_install("c2", "other", now())).await.unwrap();
    let secret = shared_secret(conn, &vault(), one).await.unwrap().unwrap();
    assert_eq!(secret.unwrap().as_slice(), b"secret of c1");
    assert!(shared_secret(conn, &vault(), SiteId(Uuid::from_u128(3))).await.unwrap().is_none());
    // A row's secret moved to another site does not open.
    let swap = "update sites set sealed_shared_secret = (select sealed_shared_secret from sites where client_key = 'c1')";
    sqlx::query(swap).execute(&mut *conn).await.unwrap();
    assert_eq!(shared_secret(conn, &vault(), two).await.unwrap().unwrap(), Err(Unsealing::Refused));
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn renamed_onto_an_address_in_use_both_sites_stay(pool: PgPool) {
    let conn = &mut *pool.acquire().await.unwrap();
    let (one, two) = (SiteId(Uuid::from_u128(1)), SiteId(Uuid::from_u128(2)));
    install(conn, &vault(), now(), one, &an_install("c1", "acme", now())).await.unwrap();
    install(conn, &vault(), now(), two, &an_install("c2", "other", now())).await.unwrap();
    // Two sites swap names; for a moment both are at one address.
    let later = now() + Duration::minutes(1);
    let spare = SiteId(Uuid::from_u128(9));
    assert_eq!(
        install(conn, &vault(), later, spare, &an_install("c2", "acme", later)).await.unwrap(),
        Plan::Renew(two)
    );
    assert_eq!(
        install(conn, &vault(), later, spare, &an_install("c1", "other", later)).await.unwrap(),
        Plan::Renew(one)
    );
    let sites = list(conn).await.unwrap();
    assert_eq!(sites.iter().map(|s| s.id).collect::<Vec<_>>(), [two, one]);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn the_service_provider_survives_what_atlassian_sends(pool: PgPool) {
    let conn = &mut *pool.acquire().await.unwrap();
    let id = SiteId(Uuid::from_u128(1));
    let sp =
        ServiceProvider { entity_id: "https://sp.example".into(), acs_url: "https://sp.example/acs".into() };
    assert!(!set_service_provider(conn, now(), id, &sp).await.unwrap());
    install(conn, &vault(), now(), id, &an_install("c1", "acme", now())).await.unwrap();
    assert!(set_service_provider(conn, now(), id, &sp).await.unwrap());
    let minute = |n| now() + Duration::minutes(n);
    assert!(uninstall(conn, minute(1), id, minute(1)).await.unwrap());
    assert!(!uninstall(conn, minute(2), id, minute(2)).await.unwrap());
    assert!(!set_enabled(conn, minute(2), id, true, minute(2)).await.unwrap());
    install(conn, &vault(), minute(3), id, &an_install("c1", "acme", minute(3))).await.unwrap();
    assert!(!uninstall(conn, minute(4), id, minute(2)).await.unwrap());
    assert!(!set_enabled(conn, minute(4), id, false, minute(2)).await.unwrap());
    assert!(set_enabled(conn, minute(4), id, false, minute(4)).await.unwrap());
    let site = find(conn, id).await.unwrap().unwrap();
    assert_eq!((site.status, site.service_provider), (SiteStatus::Disabled, Some(sp)));
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_path_names_a_site_in_one_way_only(pool: PgPool) {
    let id = SiteId(Uuid::from_u128(0xabc));
    let install_now = an_install("c1", "acme", now());
    install(&mut pool.acquire().await.unwrap(), &vault(), now(), id, &install_now).await.unwrap();
    uninstall(&mut pool.acquire().await.unwrap(), now(), id, now()).await.unwrap();
    let show = async |CurrentSite(site): CurrentSite| format!("{} {:?}", site.client_key, site.status);
    let app = crate::jira::tests::app(pool, "http://127.0.0.1:1");
    let router: Router = Router::new().route("/sites/{site}/{page}", get(show)).with_state(app);
    for (path, status) in [
        (format!("/sites/{id}/x"), StatusCode::OK),
        (format!("/sites/{}/x", id.to_string().to_uppercase()), StatusCode::NOT_FOUND),
        (format!("/sites/{}/x", Uuid::from_u128(1)), StatusCode::NOT_FOUND),
        ("/sites/acme/x".into(), StatusCode::NOT_FOUND),
        ("/sites/%ff/x".into(), StatusCode::NOT_FOUND),
    ] {
        let request = Request::get(&path).body(Body::empty()).unwrap();
        assert_eq!(router.clone().oneshot(request).await.unwrap().status(), status, "{path}");
    }
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn an_install_waits_for_the_one_before_it(pool: PgPool) {
    let mut first = pool.begin().await.unwrap();
    let one = SiteId(Uuid::from_u128(1));
    install(&mut first, &vault(), now(), one, &an_install("c1", "acme", now())).await.unwrap();
    // The first is written but not committed: to decide now would make a second site.
    let second = tokio::spawn({
        let pool = pool.clone();
        async move {
            let mut tx = pool.begin().await.unwrap();
            let two = SiteId(Uuid::from_u128(2));
            let plan = install(&mut tx, &vault(), now(), two, &an_install("c2", "acme", now())).await;
            tx.commit().await.unwrap();
            plan.unwrap()
        }
    });
    let waiting = "select exists (select from pg_locks join pg_database on pg_database.oid = database
                   where datname = current_database() and locktype = 'advisory' and not granted)";
    while !second.is_finished() && !sqlx::query_scalar::<_, bool>(waiting).fetch_one(&pool).await.unwrap() {}
    first.commit().await.unwrap();
    assert_eq!(second.await.unwrap(), Plan::Adopt(one));
}
