use sqlx::PgPool;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::*;
use crate::sites::SiteId;
use crate::sites::installation::Installation;

const ENTITY: &str = "https://auth.atlassian.com/saml/1";
const ACS: &str = "https://auth.atlassian.com/login/callback?connection=saml-1";

async fn app_with(pool: PgPool, sites: &[(&str, &str)]) -> App {
    let app = crate::jira::tests::app(pool, "http://127.0.0.1:1");
    for (n, (client_key, host)) in sites.iter().enumerate() {
        let install = Installation {
            client_key: (*client_key).into(),
            base_url: format!("https://{host}.atlassian.net"),
            display_url: "https://help.example".into(),
            product_type: "jira".into(),
            shared_secret: Zeroizing::new("s".repeat(40)),
            issued_at: app.clock.now(),
            digest: [1; 32],
        };
        let mut conn = app.db.acquire().await.unwrap();
        let id = SiteId(Uuid::from_u128(n as u128 + 1));
        store::install(&mut conn, &app.vault, app.clock.now(), id, &install).await.unwrap();
    }
    app
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_site_is_named_by_id_key_or_host(pool: PgPool) {
    let app = app_with(pool, &[("c1", "acme"), ("c2", "other")]).await;
    let id = Uuid::from_u128(1).to_string();
    for needle in
        [id.as_str(), "c1", "acme.atlassian.net", "ACME.atlassian.net", "https://acme.atlassian.net/", " c1 "]
    {
        assert!(show(&app, needle).await.unwrap().contains(&id), "{needle}");
    }
    for needle in ["", "C1", "acme", "nobody"] {
        let error = show(&app, needle).await.unwrap_err().to_string();
        assert!(error.contains("no site") && error.contains("sites list"), "{needle}: {error}");
    }
    let error = show(&app, "help.example").await.unwrap_err().to_string();
    assert!(error.contains("several") && error.contains(&id), "{error}");
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn the_list_says_how_to_begin(pool: PgPool) {
    let app = app_with(pool, &[]).await;
    assert!(list(&app).await.unwrap().contains("http://app.localhost:8080/atlassian-connect.json"));
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn the_service_provider_is_stored_and_told_back(pool: PgPool) {
    let app = app_with(pool, &[("c1", "acme")]).await;
    assert!(show(&app, "c1").await.unwrap().contains("not set"));
    let text = set_sp(&app, "c1", ENTITY, &format!(" {ACS} ")).await.unwrap();
    let id = Uuid::from_u128(1);
    for expected in [
        ENTITY,
        ACS,
        &format!("http://app.localhost:8080/sites/{id}/saml/metadata"),
        &format!("http://app.localhost:8080/sites/{id}/saml/sso"),
    ] {
        assert!(text.contains(expected), "{text} lacks {expected}");
    }
    assert!(!text.contains("Please check"));
    assert!(list(&app).await.unwrap().contains("saml"));
    let odd = set_sp(&app, "c1", "https://sp.example/1", "https://sp.example/acs").await.unwrap();
    assert!(odd.contains("Please check") && odd.contains("sp.example is not auth.atlassian.com"));
    let audited = sqlx::query_scalar!("select count(*) from audit_events where actor_kind = 'operator'");
    assert_eq!(audited.fetch_one(&app.db).await.unwrap(), Some(2));
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn bad_values_are_named_and_nothing_is_stored(pool: PgPool) {
    let app = app_with(pool, &[("c1", "acme")]).await;
    let error = set_sp(&app, "c1", "http://x.example", "").await.unwrap_err().to_string();
    for expected in ["nothing was stored", "SP entity ID: must start with https://", "ACS URL: is missing"] {
        assert!(error.contains(expected), "{error} lacks {expected}");
    }
    assert!(show(&app, "c1").await.unwrap().contains("not set"));
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn the_second_factor_is_switched_and_the_change_audited_once(pool: PgPool) {
    let app = app_with(pool, &[("c1", "acme")]).await;
    for state in [Switch::Off, Switch::Off, Switch::On] {
        let text = set_two_factor(&app, "c1", state).await.unwrap();
        assert!(text.contains(if state == Switch::On { "is on" } else { "is off" }), "{text}");
        let mut conn = app.db.acquire().await.unwrap();
        let stored = policy::store::load(&mut conn, SiteId(Uuid::from_u128(1))).await.unwrap();
        assert_eq!(stored.two_factor, state == Switch::On);
    }
    let changes: i64 =
        sqlx::query_scalar("select count(*) from audit_events where action = 'policy.changed'")
            .fetch_one(&app.db)
            .await
            .unwrap();
    assert_eq!(changes, 2);
}
