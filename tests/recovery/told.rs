//! What happens at a sign-in, and is told by mail and in the audit trail: a backup code is used (security.md
//! B1), a remembered device's cookie comes twice (S5).

use sqlx::PgPool;
use time::Duration;
use vestibule::web::cookies;

use super::*;

/// The newest audit event of an action: result, factor, and from where.
async fn newest(post: &Post, action: &str) -> (String, Option<String>, String) {
    sqlx::query_as(
        "select result, factor, host(client_ip) from audit_events where action = $1 and customer_id is not null
         order by id desc limit 1",
    )
    .bind(action)
    .fetch_one(&post.world.app.db)
    .await
    .unwrap()
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_used_backup_code_is_told_with_how_many_are_left(pool: PgPool) {
    let post = Post::new(pool).await;
    let world = &post.world;
    world.zoe().await;
    let mut browser = world.browser();
    browser.saves_codes = false;
    let (page, ..) = world.enrol(&mut browser, "zoe").await;
    let codes = page.texts(".codes li");
    browser.submit(&page, &[("saved", "on")]).await.response();

    let page = post.sign_in(&mut browser, "zoe", PASSWORD).await;
    let page = browser.post(&page.action("/challenge/other"), &[("method", "backup_codes")]).await;
    let wrong = browser.submit(&page, &[("code", "0000-0000-0000-0000")]).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(post.written("backup_code_used").await, 0, "none was used");
    browser.submit(&wrong, &[("code", &codes[0])]).await.response();
    let used = ("ok".to_owned(), Some("backup_codes".to_owned()), "198.51.100.7".to_owned());
    assert_eq!(newest(&post, "signin.factor").await, used);

    post.mail_about("stopped at the second factor").await;
    let mail = post.mail_about("backup code").await;
    assert!(mail.text.contains("9"), "{}", mail.text);
    assert!(codes.iter().all(|code| !mail.raw.contains(code.as_str())), "it repeats none");
    let page = post.press(&mut world.browser(), &freeze_link(&mail), &[]).await;
    assert_eq!(heading(&page), "Your account is frozen");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_copied_device_is_told_once_it_is_noticed(pool: PgPool) {
    let post = Post::new(pool).await;
    let world = &post.world;
    world.policy(|policy| policy.settings.remembered_days = 30).await;
    world.zoe().await;
    let mut owner = world.browser();
    let (_, _, secret) = world.enrol(&mut owner, "zoe").await;
    world.pass(Duration::minutes(1));
    let page = post.sign_in(&mut owner, "zoe", PASSWORD).await;
    let fields = [("remember_shown", "1"), ("remember", "on"), ("code", &world.code(&secret))];
    owner.submit(&page, &fields).await.response();

    let sign_in = async |browser: &mut Browser| {
        world.pass(Duration::minutes(1));
        browser.cookies.remove(&cookies::session_name(world.site.0));
        let (url, _) = world.request(&RequestOptions::default());
        let page = browser.get(&url).await;
        browser.submit(&page, &[("name", "zoe"), ("password", PASSWORD)]).await
    };
    let mut thief = owner.clone().at([203, 0, 113, 9]);
    sign_in(&mut thief).await.response();
    assert_eq!(post.written("device_copied").await, 0, "nobody can know yet");
    assert_eq!(sign_in(&mut owner).await.form(), "challenge");
    assert_eq!(newest(&post, "device.remembered").await, ("stale".into(), None, "198.51.100.7".into()));

    let mail = post.mail_about("device").await;
    assert!(mail.text.contains("no longer remembered"), "{}", mail.text);
    let page = post.press(&mut world.browser(), &freeze_link(&mail), &[]).await;
    assert_eq!(heading(&page), "Your account is frozen");
}
