//! Every second factor is lost: the slow way back, and what ends it.

use sqlx::PgPool;
use time::Duration;
use vestibule::recovery;

use super::*;

/// A site where Zoë has an app.
async fn with_an_app(pool: PgPool) -> Post {
    let post = Post::new(pool).await;
    post.world.zoe().await;
    post.world.enrol(&mut post.world.browser(), "zoe").await;
    post
}

/// Zoë with an app, in front of its challenge, and what she finds behind "none of these any more".
async fn lost(post: &Post, browser: &mut Browser, password: &str) -> Page {
    let page = post.sign_in(browser, "zoe", password).await;
    assert_eq!(page.form(), "challenge", "{page:?}");
    let lost = page.attribute("a[href$='/lost']", "href").expect("a way for whoever has lost it");
    browser.get(&lost).await
}

async fn begin(post: &Post, browser: &mut Browser) -> Page {
    let page = lost(post, browser, PASSWORD).await;
    assert!(page.body.contains("zoe@example.com"), "{page:?}");
    browser.post(&page.action("/lost"), &[]).await
}

async fn factors(post: &Post) -> i64 {
    sqlx::query_scalar("select count(*) from factors").fetch_one(&post.world.app.db).await.unwrap()
}

async fn pending(post: &Post) -> i64 {
    sqlx::query_scalar("select count(*) from recoveries").fetch_one(&post.world.app.db).await.unwrap()
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn after_a_days_wait_the_factors_go_and_enrolment_follows(pool: PgPool) {
    let post = Post::new(pool).await;
    let world = &post.world;
    world.zoe().await;
    let mut own = world.browser();
    world.enrol(&mut own, "zoe").await;
    let mut browser = world.browser();
    let page = begin(&post, &mut browser).await;
    assert!(page.body.contains("24 November 2026"), "{page:?}");
    let started = post.mail_about("Recovery of your account").await;
    assert_eq!(links(&started).len(), 1, "calling it off, and nothing else");

    world.pass(Duration::hours(24) - Duration::SECOND);
    assert_eq!(jobs::run_due(&world.app).await.unwrap(), 0, "not yet");
    world.pass(Duration::SECOND);
    // Another instance, as after a restart, finds what is due.
    let (after_restart, _) = world.second_instance();
    assert_eq!(jobs::run_due(&after_restart).await.unwrap(), 2);
    let ready = post.mail_about("can be recovered now").await;
    assert_eq!(links(&ready).len(), 2);

    let before = factors(&post).await;
    assert!(before > 0);
    let page = browser.get(&link(&ready)).await;
    assert_eq!(heading(&page), "Remove your second factors?");
    assert_eq!(factors(&post).await, before);
    let page = press(&mut browser, &page, &[]).await;
    assert_eq!(heading(&page), "Your second factors are removed");
    assert_eq!((factors(&post).await, pending(&post).await), (0, 0));
    assert!(page.headers.get("set-cookie").is_none(), "nobody is signed in");
    assert_eq!(browser.get(&link(&ready)).await.status, 410);
    assert_eq!(browser.get(&link(&started)).await.status, 410);
    post.mail_about("Your second factors at acme").await;
    let (page, ..) = world.enrol(&mut browser, "zoe").await;
    assert!(!page.response().1.is_empty(), "the password, and a new factor");
    assert_eq!(post.audited("recovery.completed").await, ["ok"]);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_link_or_a_second_factor_calls_it_off(pool: PgPool) {
    let post = Post::new(pool).await;
    let world = &post.world;
    world.zoe().await;
    let (_, _, secret) = world.enrol(&mut world.browser(), "zoe").await;
    let mut browser = world.browser();

    begin(&post, &mut browser).await;
    let started = post.mail_about("Recovery").await;
    let page = post.press(&mut world.browser(), &link(&started), &[]).await;
    assert_eq!(heading(&page), "The recovery is called off");
    post.mail_about("was called off").await;
    assert_eq!(pending(&post).await, 0);

    begin(&post, &mut browser).await;
    let started = post.mail_about("Recovery").await;
    world.pass(Duration::minutes(1));
    let page = post.sign_in(&mut browser, "zoe", PASSWORD).await;
    browser.submit(&page, &[("code", &world.code(&secret))]).await;
    assert_eq!(pending(&post).await, 0, "none is lost");
    post.mail_about("was called off").await;
    assert_eq!(browser.get(&link(&started)).await.status, 410);

    // Also when the wait was over already.
    world.pass(Duration::hours(1));
    begin(&post, &mut browser).await;
    post.mail_about("Recovery").await;
    world.pass(Duration::hours(25));
    let ready = post.mail_about("can be recovered now").await;
    let cancel = links(&ready).pop().unwrap();
    post.press(&mut world.browser(), &cancel, &[]).await;
    assert_eq!(browser.get(&link(&ready)).await.status, 410);
    assert!(factors(&post).await > 0);
    world.pass(Duration::days(30));
    post.mail_about("was called off").await;
    assert_eq!(jobs::run_due(&world.app).await.unwrap(), 0, "nothing comes after");
    assert_eq!(post.audited("recovery.cancelled").await, ["ok", "factor_shown", "ok"]);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn one_at_a_time_and_not_too_often(pool: PgPool) {
    let post = with_an_app(pool).await;
    let world = &post.world;
    let mut browser = world.browser();
    begin(&post, &mut browser).await;
    let page = post.sign_in(&mut browser, "zoe", PASSWORD).await;
    let again = browser.post(&format!("{}/lost", page.path), &[]).await;
    assert!(again.body.contains("The wait has begun"), "{again:?}");
    assert_eq!((pending(&post).await, post.written("recovery_started").await), (1, 1));
    // Called off and asked for anew, twice an hour and no more.
    for expected in [200, 429] {
        let started = post.mail_about("Recovery of").await;
        post.press(&mut world.browser(), &link(&started), &[]).await;
        post.mail_about("was called off").await;
        let page = browser.post(&format!("{}/lost", page.path), &[]).await;
        assert_eq!(page.status, expected, "{page:?}");
    }
    assert_eq!((pending(&post).await, post.written("recovery_started").await), (0, 2));
    world.pass(Duration::hours(1));
    let page = begin(&post, &mut browser).await;
    assert!(page.body.contains("The wait has begun"), "{page:?}");
    assert_eq!(post.audited("recovery.started").await, ["ok", "under_way", "ok", "too_often", "ok"]);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_site_that_switches_it_off_sends_people_to_its_own(pool: PgPool) {
    let post = with_an_app(pool).await;
    let world = &post.world;
    let mut browser = world.browser();
    begin(&post, &mut browser).await;
    let started = post.mail().await;

    world.policy(|policy| policy.settings.self_recovery = false).await;
    let page = lost(&post, &mut browser, PASSWORD).await;
    assert!(page.body.contains("ask them to reset your second factor"), "{page:?}");
    // Even where nobody ended it at once, the job does.
    world.pass(Duration::hours(24));
    jobs::run_due(&world.app).await.unwrap();
    assert_eq!((pending(&post).await, post.written("recovery_ready").await), (0, 0));
    assert_eq!(browser.get(&link(&started)).await.status, 410);

    world.policy(|policy| policy.settings.self_recovery = true).await;
    begin(&post, &mut browser).await;
    let mut tx = world.app.db.begin().await.unwrap();
    assert_eq!(recovery::switched_off(&mut tx, &world.app, world.site).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(pending(&post).await, 0);
    assert_eq!(post.audited("recovery.cancelled").await, ["switched_off", "switched_off"]);
}

/// Whoever reads the mailbox alone gets the password by it, and then waits for days.
#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn after_a_password_by_mail_the_wait_is_longer(pool: PgPool) {
    let post = with_an_app(pool).await;
    let world = &post.world;
    let mut browser = world.browser();
    post.forget(&mut browser, "zoe").await;
    let mail = post.mail().await;
    post.set(&mut browser, &link(&mail), NEW_PASSWORD).await;
    post.mail_about("was changed").await;
    let page = lost(&post, &mut browser, NEW_PASSWORD).await;
    assert!(page.body.contains("29 November 2026"), "{page:?}");
    browser.post(&page.action("/lost"), &[]).await;
    post.mail_about("Recovery").await;
    world.pass(Duration::days(5));
    assert_eq!(jobs::run_due(&world.app).await.unwrap(), 0);
    world.pass(Duration::days(1));
    post.mail_about("can be recovered now").await;
}
