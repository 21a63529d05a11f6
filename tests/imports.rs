//! Customers come in by the file: uploaded in pieces, looked at, applied in batches, taken back.

mod jira; // and by Jira's lists
mod killed; // a server that dies in the middle of a batch

use axum::http::StatusCode;
use sqlx::PgPool;
use time::Duration;
use vestibule::import::upload::PIECE;
use vestibule::jobs;

use crate::support::admin::{Admin, Fragment, open, trail};
use crate::support::jira::{self as own_jira, ADA, Jira};
use crate::support::mail::MailServer;
use crate::support::{PASSWORD, World, config, install};

/// Uploads a file as the page's script does; the page that asks for its columns.
async fn upload(admin: &Admin<'_>, name: &str, bytes: &[u8]) -> Fragment {
    let size = bytes.len().to_string();
    let page = admin.post("customers/imports", &[("source", "csv"), ("name", name), ("size", &size)]).await;
    assert_eq!(page.status, StatusCode::OK, "{page:?}");
    let path = page.state();
    for (number, piece) in bytes.chunks(PIECE).enumerate() {
        let kept = admin.put(&format!("{path}/pieces/{number}"), piece).await;
        assert_eq!(kept.status, StatusCode::NO_CONTENT);
    }
    admin.post(&format!("{path}/uploaded"), &[]).await
}

/// Says that the columns are right, and awaits the preview.
async fn preview(world: &World, admin: &Admin<'_>, mapping: &Fragment) -> Fragment {
    let path = mapping.state();
    let page = admin.post(&format!("{path}/columns"), &columns(mapping)).await;
    assert!(page.text("#import").contains("Reading"), "{page:?}");
    jobs::run_due(&world.app).await.unwrap();
    let page = admin.get(&format!("{path}/progress")).await;
    assert_eq!(page.headers["hx-retarget"], "#main", "the whole page, as soon as there is something to do");
    page
}

/// What the form of the columns says as it comes.
fn columns(mapping: &Fragment) -> Vec<(&'static str, &'static str)> {
    let html = scraper::Html::parse_fragment(&mapping.body);
    let css = scraper::Selector::parse("select[name=column] option[selected]").unwrap();
    let mut fields: Vec<(&str, &str)> =
        html.select(&css).map(|option| ("column", leak(option.value().attr("value").unwrap()))).collect();
    if mapping.fields("form").iter().any(|(name, _)| name == "header") {
        fields.push(("header", "on"));
    }
    fields
}

fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

/// Every customer: email, name, username.
async fn customers(world: &World) -> Vec<(String, String, Option<String>)> {
    sqlx::query_as(
        "select email, given_name || '|' || family_name, username from customers where site_id = $1 order by email",
    )
    .bind(world.site.0)
    .fetch_all(&world.app.db)
    .await
    .unwrap()
}

async fn count(world: &World) -> i64 {
    sqlx::query_scalar("select count(*) from customers").fetch_one(&world.app.db).await.unwrap()
}

/// The groups of a customer, and how many there are.
async fn groups(world: &World, email: &str) -> (Vec<String>, i64) {
    let of = sqlx::query_scalar(
        "select g.name from customer_group_members m
         join customer_groups g on g.id = m.group_id join customers c on c.id = m.customer_id
         where c.email = $1 order by g.name",
    );
    let of = of.bind(email).fetch_all(&world.app.db).await.unwrap();
    let all = sqlx::query_scalar("select count(*) from customer_groups").fetch_one(&world.app.db).await;
    (of, all.unwrap())
}

/// Numbered customers, as a file.
fn numbered(range: std::ops::Range<u32>) -> Vec<u8> {
    let mut text = String::from("Name,Email\n");
    for number in range {
        text.push_str(&format!("Given{number} Family,n{number:05}@example.com\n"));
    }
    text.into_bytes()
}

const FILE: &str = "User id,User name,email,User status,Password,Groups\r\n\
    5b10a,Ada King,Ada@Example.com,Active,secret,\"Acme; Blue\"\r\n\
    ,Zoë Åberg,zoe@example.com,Active,,acme\r\n\
    ,Bob Same,bob@example.com,,,\r\n\
    ,,not an address,,,\r\n\
    ,Ada Again,ada@example.com,,,\r\n\
    ,Gone Away,gone@example.com,Inactive,,\r\n\
    ,,carol@example.com,,,\r\n";

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_file_is_looked_at_before_it_changes_anything(pool: PgPool) {
    let world = open(pool).await;
    world.customer("zoe@example.com", None, "Zoe", "Aberg", PASSWORD).await;
    world.customer("bob@example.com", None, "Bob", "Same", PASSWORD).await;
    let ada = Admin::new(&world, ADA);
    let begin = ada.get("customers/imports").await;
    assert!(begin.text(".empty").contains("Nothing was imported"), "{begin:?}");

    let mapping = upload(&ada, "C:\\lists\\customers.csv", FILE.as_bytes()).await;
    assert_eq!(mapping.text("h1"), "Import of customers.csv");
    assert_eq!(mapping.text(".tracker [aria-current]"), "2. Columns");
    assert!(mapping.text(".message").contains("Passwords are never taken"), "{mapping:?}");
    assert!(!mapping.body.contains("secret"), "nor shown");
    let fields: Vec<_> = columns(&mapping).into_iter().map(|(_, word)| word).collect();
    assert_eq!(fields, ["account_id", "full_name", "email", "active", "ignored", "groups", "on"]);

    // A mapping without an email is told beside the columns, and kept.
    let path = mapping.state();
    let wrong: Vec<_> = columns(&mapping)
        .into_iter()
        .map(|(name, word)| (name, if word == "email" { "ignored" } else { word }))
        .collect();
    let refused = ada.post(&format!("{path}/columns"), &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text("#columns-error").contains("Choose the column with the email"), "{refused:?}");
    assert_eq!(columns(&refused), wrong);

    let page = preview(&world, &ada, &mapping).await;
    assert_eq!(page.text(".tabs .badge"), "2 1 1 3");
    let rows = page.text("#rows tbody");
    assert!(rows.contains("2 Ada King Ada@Example.com Acme, Blue") && rows.contains("carol"), "{rows}");
    let changed = ada.get(&format!("{path}?show=changed")).await;
    assert!(changed.text("#rows tbody").contains("Zoë Åberg now Zoe Aberg"), "{changed:?}");
    let refused = ada.get(&format!("{path}?show=refused")).await;
    let rows = refused.text("#rows tbody");
    assert!(rows.contains("5 ") && rows.contains("not an address"), "{rows}");
    assert!(rows.contains("6 The same email address stands in row 2. ada@example.com"), "{rows}");
    assert!(rows.contains("7 The account is inactive. gone@example.com"), "{rows}");
    let file = ada.get(&format!("{path}/refusals")).await;
    assert!(
        file.headers["content-disposition"].to_str().unwrap().contains("attachment; filename=\"refused-")
    );
    assert!(file.body.starts_with("\u{FEFF}\"Row\",\"Reason\",\"Column\",\"Value\"\r\n\"5\","), "{file:?}");
    assert_eq!(file.body.lines().count(), 4);
    assert_eq!(count(&world).await, 2, "nothing has changed yet");

    // Back to the columns and to the preview again: the same.
    let mapping = ada.post(&format!("{path}/back"), &[]).await;
    assert_eq!(mapping.text(".tracker [aria-current]"), "2. Columns");
    let page = preview(&world, &ada, &mapping).await;
    assert_eq!(page.text(".tabs .badge"), "2 1 1 3");

    let nothing = ada.post(&format!("{path}/start"), &[]).await;
    assert!(nothing.text("[role=alert]").contains("Choose how"), "{nothing:?}");
    let running = ada.post(&format!("{path}/start"), &[("mode", "auto")]).await;
    assert!(running.text("#import").contains("0 of 3 customers done"), "{running:?}");
    jobs::run_due(&world.app).await.unwrap();
    let done = ada.get(&path).await;
    assert!(done.text(".card").contains("2 added, 1 changed, 1 unchanged, 3 refused."), "{done:?}");
    let all = customers(&world).await;
    let names: Vec<_> = all.iter().map(|(email, name, _)| format!("{email} {name}")).collect();
    assert_eq!(
        names,
        [
            "Ada@Example.com Ada|King",
            "bob@example.com Bob|Same",
            "carol@example.com carol|",
            "zoe@example.com Zoë|Åberg",
        ]
    );
    assert_eq!(groups(&world, "Ada@Example.com").await, (vec!["Acme".into(), "Blue".into()], 2));
    assert_eq!(groups(&world, "zoe@example.com").await.0, ["Acme"], "one group, whatever the case");
    let kept: i64 =
        sqlx::query_scalar("select count(*) from import_pieces").fetch_one(&world.app.db).await.unwrap();
    assert_eq!(kept, 0, "the file, which may hold passwords, is gone");
    let told = trail(&world).await;
    for (action, times) in [("import.started", 1), ("customer.added", 2), ("customer.edited", 1)] {
        assert_eq!(told.iter().filter(|(found, ..)| found == action).count(), times, "{action}");
    }
    assert!(ada.get("customers/imports").await.text("tbody").contains("Done 2 added, 1 changed"));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn batch_by_batch_an_admin_is_asked_in_between(pool: PgPool) {
    let world = open(pool).await;
    let ada = Admin::new(&world, ADA);
    let page = preview(&world, &ada, &upload(&ada, "a.csv", &numbered(0..130)).await).await;
    let path = page.state();
    assert!(page.text("#rows .pager").contains("130 rows Next"), "{page:?}");
    let second = ada.get(&format!("{path}?show=new&after=21")).await;
    assert!(second.text("#rows tbody").starts_with("22 Given20"), "{}", second.text("#rows tbody"));
    ada.post(&format!("{path}/start"), &[("mode", "safe"), ("batch", "50")]).await;
    for (so_far, left, next) in [(50, 80, 50), (100, 30, 30)] {
        jobs::run_due(&world.app).await.unwrap();
        assert_eq!(count(&world).await, so_far);
        let page = ada.get(&path).await;
        let card = page.text(".card");
        assert!(card.contains(&format!("{so_far} added, 0 changed. {left} customers are left.")), "{card}");
        assert!(card.contains(&format!("Import the next {next}")), "{card}");
        ada.post(&format!("{path}/next"), &[]).await;
    }
    jobs::run_due(&world.app).await.unwrap();
    assert!(ada.get(&path).await.text(".card").contains("130 added"));

    // The rest by itself; and an end in the middle, of which what is done can be undone.
    let page = preview(&world, &ada, &upload(&ada, "b.csv", &numbered(130..260)).await).await;
    let path = page.state();
    ada.post(&format!("{path}/start"), &[("mode", "safe"), ("batch", "50")]).await;
    jobs::run_due(&world.app).await.unwrap();
    let running = ada.post(&format!("{path}/next"), &[("auto", "on")]).await;
    assert!(running.text("#import").contains("50 of 130 customers done"), "{running:?}");
    jobs::run_due(&world.app).await.unwrap();
    assert_eq!(count(&world).await, 260);

    let page = preview(&world, &ada, &upload(&ada, "c.csv", &numbered(260..390)).await).await;
    let path = page.state();
    ada.post(&format!("{path}/start"), &[("mode", "safe"), ("batch", "50")]).await;
    jobs::run_due(&world.app).await.unwrap();
    let over = ada.post(&format!("{path}/cancel"), &[]).await;
    assert!(over.text(".card").contains("The turn of 80 customers did not come."), "{over:?}");
    ada.post(&format!("{path}/undo"), &[]).await;
    jobs::run_due(&world.app).await.unwrap();
    assert_eq!(count(&world).await, 260);
    assert!(ada.get(&path).await.text(".card").contains("50 removed, 0 as before, 0 kept."));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn an_undo_keeps_whoever_has_come_to_use_it(pool: PgPool) {
    let world = open(pool).await;
    world.customer("zoe@example.com", Some("zoe"), "Zoe", "Aberg", PASSWORD).await;
    let ada = Admin::new(&world, ADA);
    let file = "First name,Last name,Email,Username,Groups\n\
        Zoë,Åberg,zoe@example.com,zoe2,Acme\n\
        New,One,one@example.com,one,Acme\n\
        New,Two,two@example.com,,Blue\n\
        New,Three,three@example.com,,\n";
    let page = preview(&world, &ada, &upload(&ada, "a.csv", file.as_bytes()).await).await;
    let path = page.state();
    ada.post(&format!("{path}/start"), &[("mode", "auto")]).await;
    jobs::run_due(&world.app).await.unwrap();
    assert_eq!(count(&world).await, 4);
    assert_eq!(customers(&world).await[3].2.as_deref(), Some("zoe2"));
    // Three is given another name, two has signed in.
    world.pass(Duration::HOUR);
    let three: uuid::Uuid = sqlx::query_scalar("select id from customers where email = 'three@example.com'")
        .fetch_one(&world.app.db)
        .await
        .unwrap();
    let edited = ada.post(&format!("customers/{three}/edit"), &[("given_name", "Edited")]).await;
    assert_eq!(edited.status, StatusCode::OK, "{edited:?}");
    sqlx::query("update customers set signed_in_at = now() where email = 'two@example.com'")
        .execute(&world.app.db)
        .await
        .unwrap();
    world.pass(Duration::hours(22));
    let done = ada.get(&path).await;
    assert!(done.text("#undo").contains("The 3 customers who came in are deleted again"), "{done:?}");
    ada.post(&format!("{path}/undo"), &[]).await;
    jobs::run_due(&world.app).await.unwrap();
    let over = ada.get(&path).await;
    assert!(over.text(".card").contains("1 removed, 1 as before, 2 kept."), "{over:?}");
    let kept = over.text("[aria-labelledby=kept-heading] tbody");
    assert_eq!(
        kept,
        "two@example.com Has signed in or set a password since. three@example.com Was edited since."
    );
    let all = customers(&world).await;
    assert_eq!(all.len(), 3);
    assert_eq!(all[2], ("zoe@example.com".into(), "Zoe|Aberg".into(), Some("zoe".into())));
    assert_eq!(groups(&world, "zoe@example.com").await, (vec![], 1), "Blue is in use, Acme was made for it");
    assert_eq!(ada.post(&format!("{path}/undo"), &[]).await.status, StatusCode::CONFLICT);

    // A day later an import is past undoing.
    let page = preview(&world, &ada, &upload(&ada, "b.csv", &numbered(0..2)).await).await;
    let path = page.state();
    ada.post(&format!("{path}/start"), &[("mode", "auto")]).await;
    jobs::run_due(&world.app).await.unwrap();
    world.pass(Duration::DAY);
    assert_eq!(ada.get(&path).await.text("#undo"), "");
    assert_eq!(ada.post(&format!("{path}/undo"), &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(count(&world).await, 5);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn what_happens_meanwhile_is_refused_not_forced(pool: PgPool) {
    let world = open(pool).await;
    world.customer("zoe@example.com", None, "Zoe", "Aberg", PASSWORD).await;
    world.customer("bob@example.com", None, "Bob", "Old", PASSWORD).await;
    let ada = Admin::new(&world, ADA);
    let file = "First name,Last name,Email,Username\n\
        New,One,one@example.com,\nNew,Two,two@example.com,two\n\
        Zoë,Åberg,zoe@example.com,\nBob,New,bob@example.com,\nNew,Three,three@example.com,\n";
    let page = preview(&world, &ada, &upload(&ada, "a.csv", file.as_bytes()).await).await;
    let path = page.state();
    assert_eq!(page.text(".tabs .badge"), "3 2 0 0");
    world.customer("one@example.com", Some("two"), "Hand", "Made", PASSWORD).await;
    sqlx::query("delete from customers where email = 'bob@example.com'")
        .execute(&world.app.db)
        .await
        .unwrap();
    ada.post(&format!("{path}/start"), &[("mode", "auto")]).await;
    jobs::run_due(&world.app).await.unwrap();
    let done = ada.get(&path).await;
    assert!(done.text(".card").contains("1 added, 1 changed, 0 unchanged, 3 refused."), "{done:?}");
    let refused = done.text("[aria-labelledby=refused-heading] tbody");
    assert!(refused.contains("2 Somebody else added a customer of this email"), "{refused}");
    assert!(refused.contains("5 The customer was deleted meanwhile. bob@example.com"), "{refused}");
    assert_eq!(customers(&world).await[0].1, "Hand|Made");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_file_that_is_none_is_refused_beside_the_field(pool: PgPool) {
    let world = open(pool).await;
    let ada = Admin::new(&world, ADA);
    let begin = async |name: &str, size: &str| {
        ada.post("customers/imports", &[("source", "csv"), ("name", name), ("size", size)]).await
    };
    for (name, size, words) in [
        ("", "0", "Choose a file"),
        ("a.csv", "0", "The file is empty"),
        ("a.csv", "104857601", "larger than 100 MB"),
    ] {
        let page = begin(name, size).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text("#file-error").contains(words), "{page:?}");
        assert_eq!(page.attribute("#file", "aria-invalid"), "true");
    }
    for (bytes, words) in [
        (&b"PK\x03\x04rest of a workbook"[..], "This is a workbook"),
        (b"\x00\x01\x02\x03", "not a text file"),
        (b"sep=#\nEmail#Name", "only a comma, a semicolon or a tab"),
        (b"\n\n\n", "No row of the file can be read"),
    ] {
        let page = upload(&ada, "a.csv", bytes).await;
        assert!(page.text("#file-error").contains(words), "{page:?}");
        assert_eq!(page.state(), "customers/imports", "another may be chosen");
    }
    let left: i64 =
        sqlx::query_scalar("select count(*) from imports").fetch_one(&world.app.db).await.unwrap();
    assert_eq!(left, 0, "nothing is left of them");

    // Pieces: as large as said, once, and all of them.
    let file = numbered(0..40_000);
    assert!(file.len() > PIECE);
    let page = begin("big.csv", &file.len().to_string()).await;
    let path = page.state();
    for (number, bytes) in [("0", &file[..10]), ("2", &file[..10]), ("4294967295", &file[..10])] {
        let answer = ada.put(&format!("{path}/pieces/{number}"), bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{number}");
    }
    let too_large = ada.put(&format!("{path}/pieces/0"), &vec![b'x'; PIECE + 1]).await;
    assert_eq!(too_large.status, StatusCode::PAYLOAD_TOO_LARGE);
    for _ in 0..2 {
        let kept = ada.put(&format!("{path}/pieces/0"), &file[..PIECE]).await;
        assert_eq!(kept.status, StatusCode::NO_CONTENT, "a piece may come twice");
    }
    let resumed = ada.get(&path).await;
    assert_eq!(resumed.attribute("[data-upload]", "data-have"), "1");
    ada.put(&format!("{path}/pieces/1"), &file[PIECE..]).await;
    let mapping = ada.post(&format!("{path}/uploaded"), &[]).await;
    let again = ada.put(&format!("{path}/pieces/1"), &file[PIECE..]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert_eq!(preview(&world, &ada, &mapping).await.text(".tabs .badge"), "40,000 0 0 0");
    let incomplete = begin("big.csv", &file.len().to_string()).await.state();
    let page = ada.post(&format!("{incomplete}/uploaded"), &[]).await;
    assert!(page.text("#file-error").contains("Parts of the file are missing"), "{page:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn an_import_is_cancelled_at_every_step_and_no_step_is_taken_twice(pool: PgPool) {
    let world = open(pool).await;
    let ada = Admin::new(&world, ADA);
    let cancel = async |page: &Fragment| {
        let over = ada.post(&format!("{}/cancel", page.state()), &[]).await;
        assert!(over.text(".card").contains("Nothing was changed"), "{over:?}");
        jobs::run_due(&world.app).await.unwrap();
        for step in
            ["columns", "start", "next", "back", "retry", "undo", "judge", "cancel", "mails", "choose"]
        {
            let page = ada.post(&format!("{}/{step}", page.state()), &[("mode", "auto")]).await;
            let is_refused = page.status == StatusCode::CONFLICT
                || (step == "mails" && page.status == StatusCode::UNPROCESSABLE_ENTITY);
            assert!(is_refused, "{step}: {page:?}");
        }
    };
    cancel(&ada.post("customers/imports", &[("source", "csv"), ("name", "a"), ("size", "9")]).await).await;
    let mapping = upload(&ada, "a.csv", &numbered(0..3)).await;
    cancel(&mapping).await;
    let mapping = upload(&ada, "a.csv", &numbered(0..3)).await;
    let reading = ada.post(&format!("{}/columns", mapping.state()), &columns(&mapping)).await;
    cancel(&reading).await;
    let ready = preview(&world, &ada, &upload(&ada, "a.csv", &numbered(0..3)).await).await;
    cancel(&ready).await;
    let ready = preview(&world, &ada, &upload(&ada, "a.csv", &numbered(0..3)).await).await;
    let running = ada.post(&format!("{}/start", ready.state()), &[("mode", "auto")]).await;
    let twice = ada.post(&format!("{}/start", ready.state()), &[("mode", "auto")]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    cancel(&running).await;
    assert_eq!(count(&world).await, 0);

    // Ten at once are enough.
    for _ in 0..10 {
        upload(&ada, "a.csv", &numbered(0..3)).await;
    }
    let eleventh = ada.post("customers/imports", &[("source", "csv"), ("name", "a"), ("size", "9")]).await;
    assert_eq!(eleventh.status, StatusCode::CONFLICT);
    assert!(eleventh.text("[role=alert]").contains("Ten imports are under way"), "{eleventh:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_try_that_failed_for_good_is_shown_and_goes_on_where_it_was(pool: PgPool) {
    let world = open(pool).await;
    let ada = Admin::new(&world, ADA);
    let page = preview(&world, &ada, &upload(&ada, "a.csv", &numbered(0..3)).await).await;
    let path = page.state();
    ada.post(&format!("{path}/start"), &[("mode", "auto")]).await;
    sqlx::query("alter table customers add constraint broken check (email <> 'n00001@example.com')")
        .execute(&world.app.db)
        .await
        .unwrap();
    while jobs::run_due(&world.app).await.unwrap() > 0 {
        world.pass(Duration::DAY);
    }
    let failed = ada.get(&path).await;
    assert!(failed.text(".message").contains("tried several times and gave up"), "{failed:?}");
    assert_eq!(failed.text(".tracker [aria-current]"), "4. Import");
    sqlx::query("alter table customers drop constraint broken").execute(&world.app.db).await.unwrap();
    ada.post(&format!("{path}/retry"), &[]).await;
    jobs::run_due(&world.app).await.unwrap();
    assert!(ada.get(&path).await.text(".card").contains("3 added"));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn new_customers_are_written_to_now_or_later(pool: PgPool) {
    let server = MailServer::start(&["accept"]);
    let mut config = config();
    config.mail = server.config("", "");
    let world = World::of(pool, config).await;
    let jira = Jira::start().await;
    own_jira::at(&world, world.site, &jira).await;
    world.customer("n00000@example.com", None, "Old", "Name", PASSWORD).await;
    let ada = Admin::new(&world, ADA);
    let page = preview(&world, &ada, &upload(&ada, "a.csv", &numbered(0..3)).await).await;
    ada.post(&format!("{}/start", page.state()), &[("mode", "auto"), ("mails", "on")]).await;
    jobs::run_due(&world.app).await.unwrap();
    let to = |count: usize| {
        let mut to: Vec<String> =
            (0..count).map(|_| server.next().envelope["to"][0].as_str().unwrap().to_owned()).collect();
        to.sort();
        to
    };
    assert_eq!(to(2), ["n00001@example.com", "n00002@example.com"], "not to whom the directory had");
    assert!(ada.get(&page.state()).await.text(".card").contains("were sent a mail"));

    let page = preview(&world, &ada, &upload(&ada, "b.csv", &numbered(3..5)).await).await;
    ada.post(&format!("{}/start", page.state()), &[("mode", "auto")]).await;
    jobs::run_due(&world.app).await.unwrap();
    let run = ada.post(&format!("{}/mails", page.state()), &[]).await;
    assert!(run.state().starts_with("customers/bulk/"), "{run:?}");
    jobs::run_due(&world.app).await.unwrap();
    assert_eq!(to(2), ["n00003@example.com", "n00004@example.com"]);
    assert!(server.rest().is_empty());
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn another_site_sees_and_touches_nothing_of_it(pool: PgPool) {
    let world = open(pool).await;
    let other = install(&world.app, "client-key-2", "https://other.atlassian.net").await;
    let jira = Jira::start().await;
    own_jira::at(&world, other, &jira).await;
    let ada = Admin::new(&world, ADA);
    let page = preview(&world, &ada, &upload(&ada, "a.csv", &numbered(0..3)).await).await;
    let path = page.state();
    let stranger = Admin::at(&world, other, ADA);
    assert!(stranger.get("customers/imports").await.text(".empty").contains("Nothing was imported"));
    for step in ["", "/progress", "/refusals"] {
        assert_eq!(stranger.get(&format!("{path}{step}")).await.status, StatusCode::NOT_FOUND, "{step}");
    }
    for step in ["columns", "start", "next", "back", "retry", "undo", "judge", "cancel", "mails", "choose"] {
        let page = stranger.post(&format!("{path}/{step}"), &[("mode", "auto")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{step}");
    }
    assert_eq!(stranger.put(&format!("{path}/pieces/0"), b"x").await.status, StatusCode::NOT_FOUND);
    // The same file at both sites: two directories.
    ada.post(&format!("{path}/start"), &[("mode", "auto")]).await;
    let page = preview(&world, &stranger, &upload(&stranger, "a.csv", &numbered(0..3)).await).await;
    stranger.post(&format!("{}/start", page.state()), &[("mode", "auto")]).await;
    jobs::run_due(&world.app).await.unwrap();
    assert_eq!(count(&world).await, 6);
}
