//! Customers come in from Jira's lists, on good days and bad.

use std::net::{IpAddr, Ipv4Addr};

use serde_json::json;
use sqlx::PgPool;
use time::Duration;
use uuid::Uuid;
use vestibule::audit::Actor;
use vestibule::import::store::{Choice, How};
use vestibule::import::{self, AUTO_BATCH, Cursor, Import, NewImport, Source, State};
use vestibule::jobs;
use vestibule::practice::jira::Trouble;

use crate::desks::{self, Scene};

async fn find(scene: &Scene, id: Uuid) -> Import {
    let mut conn = scene.app.db.acquire().await.unwrap();
    import::store::find(&mut conn, scene.site.id, id).await.unwrap().unwrap()
}

/// Begins to fetch; `desk`: one, or all.
async fn begin(scene: &Scene, desk: Option<&str>, organisations: bool) -> Uuid {
    let cursor = json!(Cursor { desk: desk.map(Into::into), organisations, ..Cursor::default() });
    let new = NewImport {
        id: scene.app.random.uuid(),
        site: scene.site.id,
        source: Source::Jsm,
        name: "Jira",
        size: 0,
        cursor: &cursor,
        account: "712020:ada",
        client_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
        now: scene.app.clock.now(),
    };
    let mut tx = scene.app.db.begin().await.unwrap();
    import::begin(&mut tx, &scene.app, &new).await.unwrap();
    tx.commit().await.unwrap();
    new.id
}

/// Lets jobs run, and time pass, until an admin is asked; how often Jira asked to wait.
async fn work(scene: &Scene, id: Uuid) -> u32 {
    let mut waited = 0;
    while jobs::run_due(&scene.app).await.unwrap() > 0 || find(scene, id).await.state.has_job() {
        scene.clock.advance(Duration::seconds(5));
        waited += 1;
        assert!(waited < 500, "{:?}", find(scene, id).await);
    }
    waited
}

async fn choose_all(scene: &Scene, id: Uuid) -> Import {
    let mut tx = scene.app.db.begin().await.unwrap();
    let import = import::store::lock(&mut tx, scene.site.id, id).await.unwrap().unwrap();
    import::store::choose(&mut tx, scene.site.id, id, &Choice::Matching(["%"; 3]), true).await.unwrap();
    import::lead(&mut tx, &scene.app, &import, &[State::Choosing], State::Judging).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    work(scene, id).await;
    find(scene, id).await
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_whole_list_comes_in_once_with_its_organisations(pool: PgPool) {
    let scene = desks::open(pool).await;
    let id = begin(&scene, None, true).await;
    work(&scene, id).await;
    let import = find(&scene, id).await;
    assert_eq!((import.state, import.received), (State::Choosing, 3_000), "500 are in two desks");
    let import = choose_all(&scene, id).await;
    assert_eq!(import.state, State::Ready);
    assert_eq!(import.counts.new + import.counts.refused, 3_000);
    // 31 hide their email, 73 are inactive.
    let (hidden, inactive) =
        ((0..3_000).filter(|n| n % 97 == 13).count(), |n: &i32| n % 41 == 9 && n % 97 != 13);
    let refused = hidden + (0..3_000).filter(inactive).count();
    assert_eq!(import.counts.refused, refused as u64);
    let mut tx = scene.app.db.begin().await.unwrap();
    let how = How { auto: true, batch: AUTO_BATCH, mails: false };
    let actor = Actor::Admin("712020:ada".into());
    import::start(&mut tx, &scene.app, &import, &how, actor).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    work(&scene, id).await;
    let import = find(&scene, id).await;
    assert_eq!((import.state, import.counts.created), (State::Done, import.counts.new));
    let known: (i64, i64, i64) = sqlx::query_as(
        "select count(*), count(account_id), (select count(*) from customer_groups) from customers",
    )
    .fetch_one(&scene.app.db)
    .await
    .unwrap();
    assert_eq!(known, (import.counts.new as i64, import.counts.new as i64, 5));
    let (grouped,): (i64,) =
        sqlx::query_as("select count(*) from customer_group_members").fetch_one(&scene.app.db).await.unwrap();
    assert_eq!(grouped, import.counts.new as i64, "each is in one of five");

    // Once more: nobody new.
    let again = begin(&scene, Some("1"), true).await;
    work(&scene, again).await;
    let import = choose_all(&scene, again).await;
    assert_eq!((import.received, import.counts.new, import.counts.changed), (2_000, 0, 0), "{import:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_busy_or_broken_jira_is_waited_for(pool: PgPool) {
    let scene = desks::open(pool).await;
    for (trouble, waits) in [(Trouble::Limited, true), (Trouble::Unavailable, true), (Trouble::Cut, false)] {
        scene.trouble(trouble);
        let id = begin(&scene, Some("2"), false).await;
        if waits {
            while find(&scene, id).await.cursor["busy_until"].is_null() {
                jobs::run_due(&scene.app).await.unwrap();
            }
            let now = scene.app.clock.now();
            let until = Cursor::of(&find(&scene, id).await).unwrap().busy_until.unwrap();
            assert!(until > now && until <= now + Duration::seconds(2), "as Jira says");
        }
        let waited = work(&scene, id).await;
        let import = find(&scene, id).await;
        assert_eq!((import.state, import.received), (State::Choosing, 1_100), "{trouble:?}");
        assert_eq!(waited > 5, waits, "{trouble:?}: {waited}");
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_closed_desk_is_passed_over_and_said(pool: PgPool) {
    let scene = desks::open(pool).await;
    scene.trouble(Trouble::Forbidden);
    let id = begin(&scene, None, false).await;
    work(&scene, id).await;
    let import = find(&scene, id).await;
    assert_eq!((import.state, import.received), (State::Choosing, 2_600));
    let notes = Cursor::of(&import).unwrap().notes;
    assert!(notes.len() == 1 && notes[0].starts_with("The service desk Legal:"), "{notes:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn an_answer_that_is_none_ends_it_until_somebody_tries_again(pool: PgPool) {
    let scene = desks::open(pool).await;
    for trouble in [Trouble::Html, Trouble::Huge] {
        scene.trouble(trouble);
        let id = begin(&scene, Some("2"), false).await;
        jobs::run_due(&scene.app).await.unwrap();
        let import = find(&scene, id).await;
        assert_eq!((import.state, import.failed_in), (State::Failed, Some(State::Fetching)));
        assert!(import.fault.as_deref().unwrap().contains("not understood"), "{import:?}");
        scene.trouble(Trouble::None);
        let mut tx = scene.app.db.begin().await.unwrap();
        import::retry(&mut tx, &scene.app, &import).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        work(&scene, id).await;
        assert_eq!(find(&scene, id).await.received, 1_100);
    }
}
