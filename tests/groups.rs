//! Groups by hand, what is decided about them, and the directory as a file.

use axum::http::StatusCode;
use sqlx::PgPool;
use vestibule::policy::Scope;

use crate::support::admin::{Admin, Fragment, open, trail};
use crate::support::jira::{self, ADA, Jira};
use crate::support::{PASSWORD, World, install};

async fn covered(world: &World) -> Vec<String> {
    sqlx::query_scalar("select email from customers where cover & 1 = 1 order by email")
        .fetch_all(&world.app.db)
        .await
        .unwrap()
}

fn said(page: &Fragment) -> String {
    page.text("[data-flag]")
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_group_is_made_filled_decided_about_and_deleted(pool: PgPool) {
    let world = open(pool).await;
    world.policy(|policy| policy.settings.scope = Scope::Selected).await;
    let zoe = world.zoe().await;
    world.customer("ann@example.com", None, "Ann", "Bee", PASSWORD).await;
    let ada = Admin::new(&world, ADA);
    assert!(ada.get("customers/groups").await.text(".empty").contains("There are no groups"));
    for (name, words) in [("  ", "Type a name"), (&"x".repeat(201), "longer than 200"), ("a\u{202E}b", "")] {
        let page = ada.post("customers/groups", &[("name", name)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(page.text("#name-error").contains(words), "{page:?}");
    }
    let made = ada.post("customers/groups", &[("name", " Acme, Inc. ")]).await;
    let path = made.state();
    assert_eq!((made.text("h1"), said(&made)), ("Acme, Inc.".into(), "Group added.".into()));
    let taken = ada.post("customers/groups", &[("name", "ACME, inc.")]).await;
    assert_eq!(taken.text("#name-error"), "Another group has this name.");
    assert_eq!(taken.attribute("#name", "value"), "ACME, inc.");

    // By email and by username, once each.
    for who in ["zoe", "ANN@example.com"] {
        let page = ada.post(&format!("{path}/members"), &[("customer", who)]).await;
        assert!(said(&page).ends_with("is in the group."), "{page:?}");
    }
    for (who, words) in [("zoe", "in the group already"), ("nobody", "No customer has this")] {
        let page = ada.post(&format!("{path}/members"), &[("customer", who)]).await;
        assert!(page.text("#customer-error").contains(words), "{page:?}");
    }
    assert!(ada.get("customers/groups").await.text("tbody").contains("Acme, Inc. 2 As the policy says"));
    assert!(covered(&world).await.is_empty());
    let saved = ada.post(&path, &[("name", "Acme"), ("two_factor", "on")]).await;
    assert_eq!(said(&saved), "Group saved.");
    assert_eq!(covered(&world).await, ["ann@example.com", "zoe@example.com"]);
    let out = ada.post(&format!("{path}/members/{zoe}/remove"), &[]).await;
    assert_eq!(said(&out), "Taken out of the group.");
    assert_eq!(covered(&world).await, ["ann@example.com"]);
    assert_eq!(said(&ada.post(&format!("{path}/members/{zoe}/remove"), &[]).await), "", "twice is once");
    let gone = ada.post(&format!("{path}/delete"), &[]).await;
    assert!(said(&gone).contains("Its members stay customers"), "{gone:?}");
    assert!(covered(&world).await.is_empty());
    assert_eq!(ada.get(&path).await.status, StatusCode::NOT_FOUND);
    let mut told: Vec<_> = trail(&world).await.into_iter().map(|(action, ..)| action).collect();
    told.reverse();
    assert_eq!(
        told,
        [
            "group.added",
            "group.member_added",
            "group.member_added",
            "group.edited",
            "group.member_removed",
            "group.deleted",
        ]
    );
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_groups_members_turn_pages_and_stay_within_their_site(pool: PgPool) {
    let world = open(pool).await;
    let other = install(&world.app, "client-key-2", "https://other.atlassian.net").await;
    let jira = Jira::start().await;
    jira::at(&world, other, &jira).await;
    let ada = Admin::new(&world, ADA);
    let path = ada.post("customers/groups", &[("name", "Acme")]).await.state();
    for number in 0..60 {
        world.customer(&format!("c{number:03}@example.com"), None, "Given", "Family", PASSWORD).await;
    }
    sqlx::query(
        "insert into customer_group_members (site_id, group_id, customer_id)
         select c.site_id, g.id, c.id from customers c, customer_groups g",
    )
    .execute(&world.app.db)
    .await
    .unwrap();
    let first = ada.get(&path).await;
    assert!(first.text("td.email").ends_with("c049@example.com"), "{first:?}");
    let second = ada.get(&format!("{path}?after=c049%40example.com")).await;
    assert!(second.text("td.email").starts_with("c050@example.com"), "{second:?}");
    assert!(second.text(".pager").contains("First") && !second.text(".pager").contains("Next"));

    let stranger = Admin::at(&world, other, ADA);
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
    for act in ["", "/delete", "/members"] {
        let page =
            stranger.post(&format!("{path}{act}"), &[("name", "x"), ("customer", "c001@example.com")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{act}");
    }
    let own = stranger.post("customers/groups", &[("name", "Acme")]).await;
    assert_eq!(own.status, StatusCode::OK, "names are a site's own");
    let nobody =
        stranger.post(&format!("{}/members", own.state()), &[("customer", "c001@example.com")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_list_is_exported_as_it_is_found_and_can_be_imported(pool: PgPool) {
    let world = open(pool).await;
    world.policy(|policy| policy.settings.scope = Scope::EveryoneExcept).await;
    let zoe = world.zoe().await;
    world.customer("ann@example.com", Some("=cmd"), "=1+1", "\"Bee\", Jr", PASSWORD).await;
    let mut browser = world.browser();
    world.enrol(&mut browser, "zoe").await;
    let ada = Admin::new(&world, ADA);
    let path = ada.post("customers/groups", &[("name", "Acme; Sons")]).await.state();
    ada.post(&format!("{path}/members"), &[("customer", "zoe")]).await;
    let all = ada.get("customers/export?tab=all").await;
    assert_eq!(all.headers["content-type"], "text/csv; charset=utf-8");
    let lines: Vec<_> = all.body.lines().collect();
    assert_eq!(lines.len(), 3, "{all:?}");
    assert!(lines[0].ends_with("\"First name\",\"Last name\",\"Email\",\"Username\",\"Groups\",\"Account ID\",\"2FA\",\"Methods\",\"Last sign-in\",\"Added\""));
    assert!(
        lines[1].starts_with("\"'=1+1\",\"\"\"Bee\"\", Jr\",\"ann@example.com\",\"'=cmd\",\"\",\"\",\"on\","),
        "{}",
        lines[1]
    );
    assert!(lines[2].contains("\"Acme; Sons\",\"\",\"on\",\"backup_codes;totp\",\"2026-"), "{}", lines[2]);
    let searched = ada.get("customers/export?tab=all&q=zoe").await;
    assert_eq!(searched.body.lines().count(), 2);
    ada.post(&format!("customers/{zoe}/two-factor"), &[("two_factor", "off"), ("place", "")]).await;
    assert_eq!(ada.get("customers/export?tab=disabled").await.body.lines().count(), 2);
    let exported = trail(&world).await.into_iter().filter(|(action, ..)| action == "customers.exported");
    assert_eq!(exported.count(), 3);
    // What was exported is what an import reads: nothing of it is new.
    let sniffed = vestibule::import::csv::sniff(all.body.as_bytes()).unwrap();
    let mut reader = vestibule::import::csv::Reader::new(sniffed.dialect, sniffed.mapping);
    let mut rows = reader.feed(all.body.as_bytes());
    rows.extend(reader.finish());
    let ann = rows[0].read.as_ref().unwrap();
    assert_eq!((ann.name.given.as_str(), ann.name.family.as_str()), ("=1+1", "\"Bee\", Jr"));
    assert_eq!(ann.username.as_ref().unwrap().as_str(), "=cmd");
}
