//! One act on many customers: asked, done in batches, watched, cancelled, undone.

use axum::http::StatusCode;
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;
use vestibule::customers::CustomerId;
use vestibule::jobs;
use vestibule::policy::Scope;

use crate::support::admin::{Admin, Fragment, open, trail};
use crate::support::jira::{self, ADA, Jira};
use crate::support::{PASSWORD, World, install};

async fn people(world: &World, count: u32) -> Vec<CustomerId> {
    let mut all = Vec::new();
    for number in 0..count {
        let email = format!("c{number:03}@example.com");
        all.push(world.customer(&email, None, &format!("Given{number:02}"), "Müller", PASSWORD).await);
    }
    world.policy(|policy| policy.settings.scope = Scope::EveryoneExcept).await;
    all
}

fn of<'a>(act: &'a str, place: &'a str, ids: &'a [String]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("act", act), ("place", place)];
    fields.extend(ids.iter().map(|id| ("customer", id.as_str())));
    fields
}

fn ids(who: &[CustomerId]) -> Vec<String> {
    who.iter().map(ToString::to_string).collect()
}

/// The address of the run that a page shows.
fn run(page: &Fragment) -> String {
    assert!(page.state().starts_with("customers/bulk/"), "{page:?}");
    page.state()
}

async fn disabled(world: &World) -> Vec<String> {
    sqlx::query_scalar("select email from customers where two_factor = false order by email")
        .fetch_all(&world.app.db)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn rows_are_disabled_and_undone_within_a_day(pool: PgPool) {
    let world = open(pool).await;
    let who = people(&world, 4).await;
    let ada = Admin::new(&world, ADA);
    assert!(ada.get("customers/bulk").await.text(".empty").contains("Nothing yet"));
    let list = ada.get("customers").await;
    assert!(list.text(".bulk").contains("Disable 2FA") && !list.text(".bulk").contains("Enable 2FA"));
    assert!(!ada.get("customers?tab=all").await.text(".bulk").contains("able 2FA"), "not before the status");

    let three = ids(&who[..3]);
    let fields = of("disable", "q=muller", &three);
    let asked = ada.post("customers/bulk/ask", &fields).await;
    assert_eq!(asked.text("h2"), "Disable 2FA for 3 customers?");
    assert!(asked.text("dialog").contains("undone for 24 hours"), "{asked:?}");
    assert!(disabled(&world).await.is_empty(), "nothing is done by asking");
    let page = ada.post("customers/bulk", &fields).await;
    let path = run(&page);
    assert!(page.text("#run").contains("0 of 3 customers"), "{page:?}");
    assert_eq!(page.attribute("progress", "max"), "3");
    jobs::run_due(&world.app).await.unwrap();
    let done = ada.get(&format!("{path}/progress")).await;
    assert!(done.text("#run").contains("3 of 3 customers disabled."), "{done:?}");
    assert_eq!(done.attribute("#run", "hx-get"), "", "asked for no more");
    assert_eq!(disabled(&world).await.len(), 3);
    let told = trail(&world).await;
    assert_eq!(told.iter().filter(|(action, ..)| action == "customer.two_factor").count(), 3);

    // Somebody is decided about meanwhile: they are left alone.
    sqlx::query("update customers set two_factor = true where id = $1")
        .bind(who[0].0)
        .execute(&world.app.db)
        .await
        .unwrap();
    let undoing = ada.post(&format!("{path}/undo"), &[]).await;
    let undo = run(&undoing);
    jobs::run_due(&world.app).await.unwrap();
    let undone = ada.get(&undo).await;
    assert!(undone.text("#run").contains("2 of 3 customers as before."), "{undone:?}");
    assert!(undone.text("#run tr:first-child").contains("decided about this customer since"), "{undone:?}");
    assert!(disabled(&world).await.is_empty());
    // Once only; and what was undone says so.
    let again = ada.post(&format!("{path}/undo"), &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.text("[role=alert]").contains("cannot be undone"));
    assert!(ada.get("customers/bulk").await.text("tbody").contains("Undone"));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn everybody_who_matches_is_who_matched_when_it_was_said(pool: PgPool) {
    let world = open(pool).await;
    people(&world, 60).await;
    let ada = Admin::new(&world, ADA);
    let fields = [("act", "disable"), ("place", "q=given0"), ("everybody", "1")];
    let asked = ada.post("customers/bulk/ask", &fields).await;
    assert_eq!(asked.text("h2"), "Disable 2FA for 10 customers?");
    assert!(asked.text("dialog").contains("matches “ given0 ”"), "{}", asked.text("dialog"));
    let path = run(&ada.post("customers/bulk", &fields).await);
    world.customer("late@example.com", None, "Given09b", "Late", PASSWORD).await;
    sqlx::query("delete from customers where email = 'c003@example.com'")
        .execute(&world.app.db)
        .await
        .unwrap();
    jobs::run_due(&world.app).await.unwrap();
    let page = ada.get(&path).await;
    assert!(page.text("#run").contains("9 of 10 customers disabled."), "{page:?}");
    assert!(page.text("#run tr:first-child").contains("c003@example.com"), "{page:?}");
    assert!(page.text("#run tr:first-child").contains("deleted in the meantime"), "{page:?}");
    assert!(!disabled(&world).await.contains(&"late@example.com".to_owned()));
    // After a day it is past undoing.
    world.pass(Duration::DAY);
    assert!(!ada.get(&path).await.text("#run").contains("Undo"));
    assert_eq!(ada.post(&format!("{path}/undo"), &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(disabled(&world).await.len(), 9);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn what_is_enforced_or_so_already_is_said_of_each(pool: PgPool) {
    let world = open(pool).await;
    let who = people(&world, 3).await;
    let ada = Admin::new(&world, ADA);
    let all = ids(&who);
    let act = async |act: &str| {
        let path = run(&ada.post("customers/bulk", &of(act, "", &all)).await);
        jobs::run_due(&world.app).await.unwrap();
        ada.get(&path).await.text("#run")
    };
    let enabled = act("enable").await;
    assert!(enabled.contains("0 of 3 customers enabled. 3 customers were left"), "{enabled}");
    assert!(enabled.contains("enabled for this customer already"), "{enabled}");
    world.policy(|policy| policy.settings.scope = Scope::Enforced).await;
    let refused = act("disable").await;
    assert!(refused.contains("enforced") && refused.contains("Not done"), "{refused}");
    assert!(!ada.get("customers").await.text(".bulk").contains("able 2FA"), "and it is not offered");
    let no_mail = ada.post("customers/bulk", &of("send_link", "", &all)).await;
    assert_eq!(no_mail.status, StatusCode::CONFLICT);
    assert!(no_mail.text("[role=alert]").contains("sends no mail"));
    let nobody =
        ada.post("customers/bulk", &[("act", "delete"), ("place", "q=nobody"), ("everybody", "1")]).await;
    assert!(nobody.text("[role=alert]").contains("Nobody is selected"), "{nobody:?}");
    assert_eq!(ada.post("customers/bulk", &of("undo", "", &all)).await.status, StatusCode::BAD_REQUEST);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn many_are_reset_and_deleted_with_a_line_each(pool: PgPool) {
    let world = open(pool).await;
    let zoe = world.zoe().await;
    let mut browser = world.browser();
    world.enrol(&mut browser, "zoe").await;
    let mut who = people(&world, 2).await;
    who.push(zoe);
    let ada = Admin::new(&world, ADA);
    let all = ids(&who);
    for (act, title, words) in [
        ("reset_mfa", "Reset MFA of 3 customers?", "3 of 3 customers reset."),
        ("delete", "Delete 3 customers?", "3 of 3 customers deleted."),
    ] {
        let fields = of(act, "tab=all", &all);
        let asked = ada.post("customers/bulk/ask", &fields).await;
        assert_eq!(asked.text("h2"), title);
        assert!(asked.text("dialog").contains("cannot be undone"), "{asked:?}");
        let path = run(&ada.post("customers/bulk", &fields).await);
        jobs::run_due(&world.app).await.unwrap();
        let page = ada.get(&path).await;
        assert!(page.text("#run").contains(words), "{page:?}");
        assert!(!page.text("#run").contains("Undo"));
        assert_eq!(ada.post(&format!("{path}/undo"), &[]).await.status, StatusCode::CONFLICT);
    }
    for table in ["factors", "customers"] {
        let sql = format!("select count(*) from {table}");
        let left: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&world.app.db).await.unwrap();
        assert_eq!(left, 0, "{table}");
    }
    let told = trail(&world).await;
    for action in ["customer.factors_reset", "customer.deleted"] {
        assert_eq!(told.iter().filter(|(found, ..)| found == action).count(), 3, "{action}");
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_run_is_cancelled_or_fails_and_goes_on_where_it_was(pool: PgPool) {
    let world = open(pool).await;
    let who = people(&world, 120).await;
    let ada = Admin::new(&world, ADA);
    let fields = [("act", "delete"), ("place", ""), ("everybody", "1")];
    let left = async || -> i64 {
        sqlx::query_scalar("select count(*) from customers").fetch_one(&world.app.db).await.unwrap()
    };
    let first = run(&ada.post("customers/bulk", &fields).await);
    let cancelled = ada.post(&format!("{first}/cancel"), &[]).await;
    assert!(cancelled.text("#run").contains("Cancelled"), "{cancelled:?}");
    assert!(cancelled.text("#run").contains("120 customers’ turns did not come"), "{cancelled:?}");
    jobs::run_due(&world.app).await.unwrap();
    assert_eq!(left().await, 120, "nothing was done");

    // The second batch breaks again and again: the first stays done.
    let broken = "create function broken() returns trigger language plpgsql as
        $$ begin raise exception 'the disk is full'; end $$";
    sqlx::query(broken).execute(&world.app.db).await.unwrap();
    let trigger = format!(
        "create trigger broken before delete on customers for each row when (old.id = '{}') execute function broken()",
        who[119]
    );
    sqlx::query(sqlx::AssertSqlSafe(trigger)).execute(&world.app.db).await.unwrap();
    // The run's order is the program's: whoever it is, one batch of a hundred has them.
    let path = run(&ada.post("customers/bulk", &fields).await);
    for _ in 0..8 {
        jobs::run_due(&world.app).await.unwrap();
        world.pass(Duration::HOUR);
    }
    let failed = ada.get(&path).await;
    assert!(failed.text("#run").contains("gave up"), "{failed:?}");
    let before = left().await;
    assert!(before == 120 || before == 20, "whole batches: {before}");
    sqlx::query("drop trigger broken on customers").execute(&world.app.db).await.unwrap();
    let again = ada.post(&format!("{path}/retry"), &[]).await;
    assert!(again.text("#run").contains("Running"), "{again:?}");
    jobs::run_due(&world.app).await.unwrap();
    assert!(ada.get(&path).await.text("#run").contains("120 of 120 customers deleted."));
    assert_eq!(left().await, 0);
    let told = trail(&world).await;
    assert_eq!(told.iter().filter(|(action, ..)| action == "customer.deleted").count(), 120, "each once");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn another_sites_customers_and_runs_are_not_there(pool: PgPool) {
    let world = open(pool).await;
    let who = people(&world, 2).await;
    let ada = Admin::new(&world, ADA);
    let all = ids(&who);
    let path = run(&ada.post("customers/bulk", &of("disable", "", &all)).await);
    let other = install(&world.app, "client-key-2", "https://other.atlassian.net").await;
    let jira = Jira::start().await;
    jira::at(&world, other, &jira).await;
    let eve = Admin::at(&world, other, ADA);
    for id in [path.clone(), format!("customers/bulk/{}", Uuid::from_u128(7))] {
        for (method, rest) in
            [("get", ""), ("get", "/progress"), ("post", "/cancel"), ("post", "/undo"), ("post", "/retry")]
        {
            let path = format!("{id}{rest}");
            let answer = if method == "get" { eve.get(&path).await } else { eve.post(&path, &[]).await };
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    assert!(eve.get("customers/bulk").await.text(".empty").contains("Nothing yet"));
    let foreign = eve.post("customers/bulk", &of("delete", "", &all)).await;
    assert!(foreign.text("[role=alert]").contains("Nobody is selected"), "{foreign:?}");
    jobs::run_due(&world.app).await.unwrap();
    assert_eq!(disabled(&world).await.len(), 2, "the run went on");
}
