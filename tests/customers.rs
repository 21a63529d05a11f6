//! An administrator looks after the site's customers: lists, toggles, and what is done for one.

use axum::http::StatusCode;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;
use vestibule::customers::CustomerId;
use vestibule::jobs;
use vestibule::policy::Scope;

use crate::support::admin::{Admin, Fragment, open, trail};
use crate::support::jira::{self, ADA, Jira};
use crate::support::mail::MailServer;
use crate::support::{PASSWORD, World, config, install};

/// What the list shows: the addresses, in order.
fn listed(page: &Fragment) -> Vec<String> {
    page.text(".customers tbody td.email").split_whitespace().map(Into::into).collect()
}

fn counts(page: &Fragment) -> String {
    page.text(".tabs .badge")
}

async fn people(world: &World, count: u32) -> Vec<CustomerId> {
    let mut all = Vec::new();
    for number in 0..count {
        let email = format!("c{number:03}@example.com");
        all.push(world.customer(&email, None, &format!("Given{number:02}"), "Müller", PASSWORD).await);
    }
    all
}

async fn scope(world: &World, scope: Scope) {
    world.policy(|policy| policy.settings.scope = scope).await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn an_empty_directory_says_what_it_is_for(pool: PgPool) {
    let world = open(pool).await;
    let page = Admin::new(&world, ADA).get("customers").await;
    assert_eq!((page.status, page.state()), (StatusCode::OK, "customers".into()));
    assert!(page.text(".empty").starts_with("No customers yet"), "{page:?}");
    assert_eq!(page.text("#search"), "");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn pages_turn_and_their_address_is_their_state(pool: PgPool) {
    let world = open(pool).await;
    people(&world, 103).await;
    let ada = Admin::new(&world, ADA);
    let first = ada.get("customers?tab=all&sort=email").await;
    assert_eq!(first.state(), "customers?tab=all&sort=email");
    assert_eq!((listed(&first).len(), listed(&first)[49].as_str()), (50, "c049@example.com"));
    assert!(first.text(".pager").starts_with("1–50 of 103"), "{}", first.text(".pager"));
    let follow = |page: &Fragment, name: &str| {
        let html = scraper::Html::parse_fragment(&page.body);
        let css = scraper::Selector::parse(".pager button").unwrap();
        let button = html.select(&css).find(|button| button.text().collect::<String>() == name).unwrap();
        button.value().attr("hx-get").unwrap().split("/admin/").nth(1).unwrap().to_owned()
    };
    let second = ada.get(&follow(&first, "Next")).await;
    assert!(second.text(".pager").starts_with("51–100 of 103"), "{}", second.text(".pager"));
    assert_eq!(ada.get(&second.state()).await.body, second.body.clone(), "the state is an address");
    let third = ada.get(&follow(&second, "Next")).await;
    assert_eq!(
        listed(&third),
        ["c100@example.com", "c101@example.com", "c102@example.com"].map(String::from)
    );
    assert!(!third.text(".pager").contains("Next"));
    let back = ada.get(&follow(&third, "Previous")).await;
    assert_eq!((listed(&back), back.text(".pager")), (listed(&second), second.text(".pager")));
    let last = ada.get(&follow(&first, "Last")).await;
    assert!(last.text(".pager").starts_with("54–103 of 103"), "{}", last.text(".pager"));
    assert_eq!(listed(&ada.get(&follow(&last, "First")).await), listed(&first));
    // Nonsense in the address is the beginning.
    assert_eq!(ada.get("customers?tab=x&after=y&at=7").await.state(), "customers");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_search_stays_in_its_tab_and_offers_the_other(pool: PgPool) {
    let world = open(pool).await;
    people(&world, 3).await;
    world.zoe().await;
    scope(&world, Scope::Selected).await;
    let ada = Admin::new(&world, ADA);
    let page = ada.get("customers?tab=disabled&q=muller+GIVEN01").await;
    assert_eq!(listed(&page), ["c001@example.com"]);
    assert_eq!(counts(&page), "0 4 4", "the tabs' own");
    assert!(page.text(".pager").starts_with("1–1 of 1"));
    let nobody = ada.get("customers?q=zoe").await;
    assert!(nobody.text(".empty").starts_with("Nobody found"), "{nobody:?}");
    let offered = nobody.attribute(".empty button", "hx-get");
    let all = ada.get(offered.split("/admin/").nth(1).unwrap()).await;
    assert_eq!((all.state().as_str(), listed(&all).len()), ("customers?tab=all&q=zoe", 1));
    // Whatever is typed is text.
    let odd = ada.get("customers?tab=all&q=%3Cb%3E%22%25_%00").await;
    assert_eq!(odd.status, StatusCode::OK);
    assert_eq!(odd.attribute("#search", "value"), "<b>\"%_");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn enabled_can_only_be_disabled_and_the_other_way_round(pool: PgPool) {
    let world = open(pool).await;
    let who = people(&world, 2).await;
    let ada = Admin::new(&world, ADA);
    let toggle = async |word: &str| {
        let path = format!("customers/{}/two-factor", who[0]);
        ada.post(&path, &[("two_factor", word), ("place", "tab=all&q=muller")]).await
    };
    // Enforced: locked, on the page and on the server.
    let page = ada.get("customers").await;
    assert_eq!(counts(&page), "2 0 2");
    assert_eq!(page.attribute(".customers .switch", "aria-describedby"), "locked");
    assert!(page.text("#locked").contains("enforced for every customer"));
    let refused = toggle("off").await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text("[role=alert]").contains("enforced"), "{refused:?}");

    scope(&world, Scope::EveryoneExcept).await;
    let done = toggle("off").await;
    assert_eq!((done.status, done.state().as_str()), (StatusCode::OK, "customers?tab=all&q=muller"));
    assert_eq!(done.text("[data-flag]"), "2FA is disabled for c000@example.com.");
    assert_eq!(counts(&done), "1 1 2");
    let again = toggle("off").await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.text("[role=alert]").contains("disabled for this customer already"));
    // Undo leaves no exception behind.
    assert_eq!(done.attribute(".flag button", "hx-vals"), r#"{"two_factor": "on"}"#);
    assert_eq!(counts(&toggle("on").await), "2 0 2");
    let kept: Option<bool> = sqlx::query_scalar("select two_factor from customers where id = $1")
        .bind(who[0].0)
        .fetch_one(&world.app.db)
        .await
        .unwrap();
    assert_eq!(kept, None);
    let trail = trail(&world).await;
    let change = |before: Option<bool>, after: Option<bool>| {
        let detail = json!({ "two_factor": { "before": before, "after": after } });
        ("customer.two_factor".to_owned(), Some(ADA.to_owned()), detail)
    };
    assert_eq!(trail[..2], [change(Some(false), None), change(None, Some(false))]);
    assert_eq!(toggle("perhaps").await.status, StatusCode::BAD_REQUEST);
    world.two_factor(false).await;
    assert!(ada.get("customers").await.text(".message.info").contains("switched off for this site"));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn customers_are_added_with_a_password_or_a_mail_to_set_one(pool: PgPool) {
    let server = MailServer::start(&["accept"]);
    let mut config = config();
    config.mail = server.config("", "");
    let world = World::of(pool, config).await;
    let jira = Jira::start().await;
    jira::at(&world, world.site, &jira).await;
    let ada = Admin::new(&world, ADA);
    assert!(ada.get("customers/add?place=tab%3Dall").await.text("h2").contains("Add customer"));
    let add = async |email: &str, username: &str, password: &str| {
        let fields = [
            ("given_name", "Bo"),
            ("family_name", ""),
            ("email", email),
            ("username", username),
            ("password", password),
        ];
        ada.post("customers/add", &fields).await
    };
    let told = add("Bo@example.com", "bo", "orange tractor gravel").await;
    assert_eq!(told.text("[data-flag]"), "Bo@example.com is added. A welcome mail is on its way.");
    let told = add("cy@example.com", "", "").await;
    assert!(told.text("[data-flag]").contains("link to set a password"), "{told:?}");
    assert!(told.text(".customers .lozenge").contains("Mail queued"), "{told:?}");
    jobs::run_due(&world.app).await.unwrap();
    let (welcome, invitation) = (server.next(), server.next());
    assert_eq!(welcome.subject, "Welcome to acme.atlassian.net");
    assert!(invitation.subject.contains("set your password"), "{invitation:?}");
    assert!(ada.get("customers?tab=all").await.text(".customers .lozenge").contains("Invited"));

    for (email, username, password, field, words) in [
        ("", "", "", "email", "missing"),
        ("no address", "", "", "email", "one @"),
        ("BO@EXAMPLE.COM", "", "", "email", "has this email address"),
        ("di@example.com", "BO", "", "username", "has this username"),
        ("di@example.com", "", "short", "password", "at least 8"),
    ] {
        let refused = add(email, username, password).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{email}");
        assert_eq!(refused.headers["hx-retarget"], "#dialog");
        let fault = refused.text(&format!("#{field}-error"));
        assert!(fault.contains(words), "{email} {field}: {fault}");
        assert_eq!(refused.attribute("#email", "value"), email, "what was typed stays");
        assert_eq!(refused.attribute("#password", "value"), "", "a password does not");
    }
    let actions: Vec<_> = trail(&world).await.into_iter().map(|(action, ..)| action).collect();
    assert_eq!(actions, ["customer.invited", "customer.added", "customer.added"]);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn an_edit_leaves_what_is_blank_and_tells_both_addresses(pool: PgPool) {
    let server = MailServer::start(&["accept"]);
    let mut config = config();
    config.mail = server.config("", "");
    let world = World::of(pool, config).await;
    let jira = Jira::start().await;
    jira::at(&world, world.site, &jira).await;
    let zoe = world.zoe().await;
    people(&world, 1).await;
    let ada = Admin::new(&world, ADA);
    let dialog = ada.get(&format!("customers/{zoe}/edit?place=q%3Dzoe")).await;
    assert_eq!(dialog.attribute("#username", "value"), "zoe");
    assert_eq!(dialog.attribute("[name=place]", "value"), "q=zoe");
    let edit = async |fields: &[(&str, &str)]| ada.post(&format!("customers/{zoe}/edit"), fields).await;
    assert!(edit(&[]).await.text("[data-flag]").contains("Nothing was changed"));
    let taken = edit(&[("email", "C000@example.com")]).await;
    assert!(taken.text("#email-error").contains("Another customer"), "{taken:?}");
    let done =
        edit(&[("email", "zoe@new.example"), ("given_name", " "), ("place", "tab=all&q=new.example")]).await;
    assert_eq!(listed(&done), ["zoe@new.example"], "found by the new one: {done:?}");
    jobs::run_due(&world.app).await.unwrap();
    let mut to: Vec<String> =
        [server.next(), server.next()].map(|mail| mail.envelope["to"][0].as_str().unwrap().to_owned()).into();
    to.sort();
    assert_eq!(to, ["zoe@example.com", "zoe@new.example"]);
    let gone = edit(&[("drop_username", "on"), ("username", "zoe")]).await;
    assert_eq!(gone.status, StatusCode::OK);
    let row: (String, String, Option<String>) =
        sqlx::query_as("select given_name, email, username from customers where id = $1")
            .bind(zoe.0)
            .fetch_one(&world.app.db)
            .await
            .unwrap();
    assert_eq!(row, ("Zoë".into(), "zoe@new.example".into(), None));
    let details: Vec<_> = trail(&world).await.into_iter().map(|(_, _, detail)| detail).collect();
    assert_eq!(details, [json!({ "changed": ["username"] }), json!({ "changed": ["email"] })]);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn what_is_done_for_one_is_done_and_told(pool: PgPool) {
    let world = open(pool).await;
    let zoe = world.zoe().await;
    let mut browser = world.browser();
    world.enrol(&mut browser, "zoe").await;
    let ada = Admin::new(&world, ADA);
    let count = async |table: &str| -> i64 {
        let sql = format!("select count(*) from {table} where customer_id = $1");
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(zoe.0).fetch_one(&world.app.db).await.unwrap()
    };
    let act = async |act: &str| ada.post(&format!("customers/{zoe}/{act}"), &[]).await;
    assert_eq!((count("sessions").await, count("factors").await > 0), (1, true));
    // Asked before, and nothing done by asking.
    for (name, words) in [
        ("end-sessions", "signed out of Vestibule everywhere"),
        ("reset-mfa", "cannot be undone"),
        ("delete", "This is permanent"),
    ] {
        let asked = ada.get(&format!("customers/{zoe}/{name}")).await;
        assert!(asked.text("dialog").contains(words), "{asked:?}");
        assert!(asked.text("dialog").contains("zoe@example.com"));
    }
    assert_eq!(count("sessions").await, 1);
    assert!(act("end-sessions").await.text("[data-flag]").contains("signed out everywhere"));
    assert_eq!((count("sessions").await, count("factors").await > 0), (0, true));
    assert!(act("unlock").await.text("[data-flag]").contains("was not locked"));
    sqlx::query("update customers set frozen_at = now() where id = $1")
        .bind(zoe.0)
        .execute(&world.app.db)
        .await
        .unwrap();
    assert!(ada.get("customers").await.text(".lozenge").contains("Frozen"));
    assert!(act("unlock").await.text("[data-flag]").contains("can sign in again"));
    assert!(act("reset-mfa").await.text("[data-flag]").contains("removed"));
    assert_eq!(count("factors").await, 0);
    let no_mail = act("send-link").await;
    assert_eq!(no_mail.status, StatusCode::CONFLICT);
    assert!(no_mail.text("[role=alert]").contains("sends no mail"));

    // A new password: twice the same, long enough, and it works.
    let set = async |password: &str, repeat: &str| {
        ada.post(&format!("customers/{zoe}/password"), &[("password", password), ("repeat", repeat)]).await
    };
    assert!(set("orange tractor gravel", "orange").await.text("#repeat-error").contains("differ"));
    assert!(set("short", "short").await.text("#password-error").contains("at least"));
    assert!(
        set("orange tractor gravel", "orange tractor gravel")
            .await
            .text("[data-flag]")
            .contains("new password")
    );
    let mut browser = world.browser();
    let (url, _) = world.request(&Default::default());
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", "orange tractor gravel")]).await;
    assert_eq!(page.form(), "enrol", "{page:?}");

    assert!(act("delete").await.text("[data-flag]").contains("is deleted"));
    assert_eq!(counts(&ada.get("customers").await), "", "nobody is left");
    let late = act("delete").await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
    assert!(late.text("[role=alert]").contains("deleted in the meantime"));
    let actions: Vec<_> = trail(&world).await.into_iter().map(|(action, ..)| action).collect();
    assert_eq!(
        actions,
        [
            "customer.deleted",
            "password.changed",
            "customer.factors_reset",
            "customer.unfrozen",
            "customer.sessions_ended"
        ]
    );
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn another_sites_customer_is_not_there(pool: PgPool) {
    let world = open(pool).await;
    let zoe = world.zoe().await;
    let other = install(&world.app, "client-key-2", "https://other.atlassian.net").await;
    let jira = Jira::start().await;
    jira::at(&world, other, &jira).await;
    let eve = Admin::at(&world, other, ADA);
    for id in [zoe.0, Uuid::from_u128(7)] {
        for path in ["edit", "password", "reset-mfa", "end-sessions", "delete"] {
            assert_eq!(
                eve.get(&format!("customers/{id}/{path}")).await.status,
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
        for path in
            ["edit", "password", "two-factor", "send-link", "unlock", "end-sessions", "reset-mfa", "delete"]
        {
            let fields =
                [("two_factor", "off"), ("password", "orange tractor"), ("repeat", "orange tractor")];
            let answer = eve.post(&format!("customers/{id}/{path}"), &fields).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    assert_eq!(Admin::new(&world, ADA).get("customers/{zoe}/dance").await.status, StatusCode::BAD_REQUEST);
    assert!(trail(&world).await.is_empty());
}
