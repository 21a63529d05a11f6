//! A password forgotten, and the first one.

use sqlx::PgPool;
use time::Duration;
use vestibule::audit::Actor;
use vestibule::i18n::Lang;
use vestibule::practice::sp::RequestOptions;
use vestibule::recovery::{self, Invited};

use super::*;

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_forgotten_password_is_set_by_a_link_that_lets_nobody_in(pool: PgPool) {
    let post = Post::new(pool).await;
    let world = &post.world;
    world.zoe().await;
    let mut own = world.browser();
    let (_, _, secret) = world.enrol(&mut own, "zoe").await;
    let mut browser = world.browser().at([203, 0, 113, 9]);
    for _ in 0..6 {
        post.sign_in(&mut browser, "zoe", "no idea at all").await;
    }
    let page = post.sign_in(&mut browser, "zoe", PASSWORD).await;
    assert_eq!(page.form(), "password", "it must wait: {page:?}");

    let forgot = page.attribute("a[href*='/forgot']", "href").expect("a way to a new password");
    let page = browser.get(&forgot).await;
    let back = page.attribute(".on a", "href").unwrap();
    assert_eq!(browser.get(&back).await.form(), "password", "the sign-in goes on");
    let page = browser.submit(&page, &[("name", " ZOE ")]).await;
    assert_eq!(heading(&page), "Look into your mailbox");
    let mail = post.mail_about("Set a new password for acme").await;

    let page = browser.get(&link(&mail)).await;
    assert!(page.body.contains("zoe@example.com"), "{page:?}");
    for (password, repeat, field) in [
        ("short", "short", "password"),
        (NEW_PASSWORD, "another one", "repeat"),
        ("zoezoezoe", "zoezoezoe", "password"),
        (PASSWORD, PASSWORD, "password"),
        ("", "", "password"),
    ] {
        let page = press(&mut browser, &page, &[("password", password), ("repeat", repeat)]).await;
        assert_eq!(page.status, 422, "{password}");
        assert!(page.title().starts_with("Error: "), "{}", page.title());
        assert_eq!(page.attribute("#problem a", "href"), Some(format!("#{field}")), "{password}");
        assert_eq!(page.attribute(&format!("#{field}"), "aria-invalid").as_deref(), Some("true"));
        assert!(!page.body.contains("value=\"another"), "never sent back");
    }
    let fields = [("password", NEW_PASSWORD), ("repeat", NEW_PASSWORD)];
    let done = press(&mut browser, &page, &fields).await;
    assert_eq!(heading(&done), "Your password is set");
    assert_eq!(
        done.attribute(".on a", "href").as_deref(),
        Some("https://acme.atlassian.net/servicedesk/customer/portals")
    );
    assert!(done.headers.get("set-cookie").is_none(), "it signs nobody in (P8)");

    // The wait is over, the old password is gone, and the second factor is asked for as ever.
    let page = post.sign_in(&mut browser, "zoe", PASSWORD).await;
    assert_eq!(page.form(), "password");
    let page = post.sign_in(&mut browser, "zoe", NEW_PASSWORD).await;
    assert_eq!(page.form(), "challenge");
    world.pass(Duration::minutes(1));
    let page = browser.submit(&page, &[("code", &world.code(&secret))]).await;
    assert!(!page.response().1.is_empty());
    // What was signed in is not (S3).
    let (url, _) = world.request(&RequestOptions::default());
    assert_eq!(own.get(&url).await.form(), "password");
    let told = post.mail_about("password for acme.atlassian.net was changed").await;
    assert!(told.text.contains("Freeze my account"), "{}", told.text);
    assert_eq!(post.audited("password.reset").await, ["ok"]);
}

/// G4: the same body, status and work whatever is known of the name.
#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn every_name_gets_the_same_answer(pool: PgPool) {
    let post = Post::new(pool).await;
    let world = &post.world;
    let zoe = world.zoe().await;
    world.customer("max@example.com", None, "Max", "Muster", PASSWORD).await;
    post.without_password("new@example.com").await;
    world.customer("often@example.com", None, "Often", "Asking", PASSWORD).await;
    for _ in 0..5 {
        post.forget(&mut world.browser(), "often@example.com").await;
        jobs::run_due(&world.app).await.unwrap();
    }
    let mut tx = world.app.db.begin().await.unwrap();
    vestibule::recovery::store::freeze(&mut tx, world.site, zoe, None, world.clock.now()).await.unwrap();
    tx.commit().await.unwrap();

    let mut answers = Vec::new();
    for (name, kind) in [
        ("max@example.com", "reset_password"),
        ("nobody@example.com", ""),
        ("zoe", "frozen"),
        ("new@example.com", "set_password"),
        ("often@example.com", ""),
        (&"x".repeat(400), ""),
        ("a\0b", ""),
    ] {
        let count = "select (select count(*) from jobs), (select count(*) from audit_events),
                            (select count(*) from mails)";
        let before: (i64, i64, i64) = sqlx::query_as(count).fetch_one(&world.app.db).await.unwrap();
        let page = post.forget(&mut world.browser(), name).await;
        let after: (i64, i64, i64) = sqlx::query_as(count).fetch_one(&world.app.db).await.unwrap();
        assert_eq!((after.0, after.1, after.2), (before.0 + 1, before.1 + 1, before.2), "{name}");
        let headers: Vec<String> = page.headers.keys().map(ToString::to_string).collect();
        answers.push((page.status, headers, fixed(&page)));
        let written = post.written(kind).await;
        jobs::run_due(&world.app).await.unwrap();
        assert_eq!(post.written(kind).await, written + i64::from(!kind.is_empty()), "{name}");
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:#?}");
    assert_eq!(answers[0].0, 200);
    assert_eq!(post.written("reset_password").await, 3 + 1, "three an hour for whoever asks often");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_network_that_asks_again_and_again_is_answered_and_not_served(pool: PgPool) {
    let post = Post::new(pool).await;
    let world = &post.world;
    world.zoe().await;
    world.policy(|policy| policy.settings.throttle.network_failures = 10).await;
    let mut pages = Vec::new();
    for at in 0..12 {
        pages.push(fixed(&post.forget(&mut world.browser(), &format!("nobody-{at}")).await));
    }
    pages.push(fixed(&post.forget(&mut world.browser(), "zoe").await));
    pages.dedup();
    assert_eq!(pages.len(), 1);
    jobs::run_due(&world.app).await.unwrap();
    assert_eq!(post.written("reset_password").await, 0);
    post.forget(&mut world.browser().at([203, 0, 113, 1]), "zoe").await;
    jobs::run_due(&world.app).await.unwrap();
    assert_eq!(post.written("reset_password").await, 1, "elsewhere nobody waits");
    let page = post.sign_in(&mut world.browser(), "zoe", PASSWORD).await;
    assert_eq!(page.form(), "enrol", "and signing in is another matter");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_first_password_comes_by_a_link(pool: PgPool) {
    let post = Post::new(pool).await;
    let world = &post.world;
    let zoe = post.new_zoe().await;
    let invite = async || {
        let mut tx = world.app.db.begin().await.unwrap();
        let zoe = customers::store::lock(&mut tx, world.site, zoe.id).await.unwrap().unwrap();
        let invited =
            recovery::send_first_password(&mut tx, &world.app, &zoe, Lang::German, Actor::Operator).await;
        tx.commit().await.unwrap();
        invited.unwrap()
    };
    assert_eq!(invite().await, Invited::Written);
    let first = link(&post.mail().await);
    assert_eq!(invite().await, Invited::Written);
    let second = link(&post.mail().await);
    let mut browser = world.browser();
    assert_eq!(browser.get(&first).await.status, 410, "the newer one counts");

    world.pass(Duration::hours(71));
    world.two_factor(false).await;
    let page = browser.get(&second).await;
    assert_eq!(heading(&page), "Choose your password");
    let page = press(&mut browser, &page, &[("password", "tulips 42"), ("repeat", "tulips 42")]).await;
    assert_eq!(page.status, 422, "alone it has to be longer (P1)");
    world.two_factor(true).await;
    let page = post.set(&mut browser, &second, "tulips 42").await;
    assert_eq!(heading(&page), "Your password is set");
    let page = post.sign_in(&mut browser, "zoe@example.com", "tulips 42").await;
    assert_eq!(page.form(), "enrol", "the second factor comes next");
    assert_eq!(invite().await, Invited::HasPassword);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn whoever_never_had_one_and_forgot_it_gets_the_first(pool: PgPool) {
    let post = Post::new(pool).await;
    post.new_zoe().await;
    let mut browser = post.world.browser();
    post.forget(&mut browser, "zoe@example.com").await;
    let mail = post.mail_about("set your password").await;
    post.set(&mut browser, &link(&mail), NEW_PASSWORD).await;
    let page = post.sign_in(&mut browser, "zoe@example.com", NEW_PASSWORD).await;
    assert_eq!(page.form(), "enrol");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn without_a_mail_server_none_of_it_is_offered(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut browser = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let page = browser.get(&url).await;
    assert_eq!(page.attribute("a[href*='/forgot']", "href"), None);
    let forgot = format!("/sites/{}/forgot", world.site);
    assert_eq!(browser.get(&forgot).await.status, 404);
    assert_eq!(browser.post(&forgot, &[("name", "zoe")]).await.status, 404);
    world.enrol(&mut browser, "zoe").await;
    let page = browser.get(&url).await;
    assert_ne!(page.form(), "challenge");
    let (url, _) = world.request(&RequestOptions { force_authn: true, ..RequestOptions::default() });
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    let lost = page.attribute("a[href$='/lost']", "href").expect("words for whoever lost it all");
    let page = browser.get(&lost).await;
    assert!(page.body.contains("ask them to reset your second factor"), "{page:?}");
    assert_eq!(page.attribute("main form", "action"), None);
    browser.post(&lost, &[]).await;
    let begun: i64 =
        sqlx::query_scalar("select count(*) from recoveries").fetch_one(&world.app.db).await.unwrap();
    assert_eq!(begun, 0);
}

/// Decision 7: a hundred guesses put the password off for strangers, and nobody is shut out.
#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_hundred_guesses_put_the_password_off_for_strangers_until_it_is_reset(pool: PgPool) {
    let post = Post::new(pool).await;
    let world = &post.world;
    world.zoe().await;
    let mut own = world.browser();
    world.enrol(&mut own, "zoe").await;
    let mut stranger = world.browser().at([203, 0, 113, 1]);
    post.sign_in(&mut stranger, "zoe", "a first guess").await;
    let failures = "update throttles set failures = 99 where subject like 'account:%'";
    sqlx::query(failures).execute(&world.app.db).await.unwrap();
    world.pass(Duration::minutes(15));
    let wrong = post.sign_in(&mut stranger, "zoe", "the hundredth guess").await;
    assert_eq!(wrong.status, 422);
    let mail = post.mail_about("needs to be set anew").await;
    assert!(mail.text.contains("Freeze my account"), "{}", mail.text);

    // No wait ends it, and the page does not tell; another mail does.
    world.pass(Duration::days(3));
    vestibule::db::housekeeping::sweep(&world.app.db, world.clock.now()).await.unwrap();
    let right = post.sign_in(&mut stranger, "zoe", PASSWORD).await;
    let id = |page: &Page| page.path.split('/').nth(4).unwrap_or_default().to_owned();
    assert_eq!(right.status, wrong.status);
    assert_eq!(fixed(&right).replace(&id(&right), "ID"), fixed(&wrong).replace(&id(&wrong), "ID"));
    assert_eq!(post.audited("signin.password").await.pop().unwrap(), "password_off");
    post.mail_about("needs to be set anew").await;
    assert_eq!(post.sign_in(&mut own, "zoe", PASSWORD).await.form(), "challenge", "a known browser (G2)");

    post.forget(&mut stranger, "zoe").await;
    let mail = post.mail_about("Set a new password").await;
    post.set(&mut stranger, &link(&mail), NEW_PASSWORD).await;
    assert_eq!(post.sign_in(&mut stranger, "zoe", NEW_PASSWORD).await.form(), "challenge");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn where_no_mail_is_sent_a_password_is_slowed_and_never_off(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut stranger = world.browser();
    for failures in [0, 500] {
        let (url, _) = world.request(&RequestOptions::default());
        let page = stranger.get(&url).await;
        stranger.submit(&page, &[("name", "zoe"), ("password", "a guess of many")]).await;
        sqlx::query("update throttles set failures = failures + $1 where subject like 'account:%'")
            .bind(failures)
            .execute(&world.app.db)
            .await
            .unwrap();
        world.pass(Duration::minutes(15));
    }
    let (url, _) = world.request(&RequestOptions::default());
    let page = stranger.get(&url).await;
    let page = stranger.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await;
    assert_eq!(page.form(), "enrol");
}
