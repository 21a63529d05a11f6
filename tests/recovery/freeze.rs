//! "This was not me" (security.md A3), and the mails it stands in (G5).

use sqlx::PgPool;
use time::Duration;
use vestibule::audit::Actor;
use vestibule::i18n::Lang;
use vestibule::practice::sp::RequestOptions;
use vestibule::recovery::{self, Notice};

use super::*;

/// A security mail to the customer.
async fn notified(post: &Post, id: CustomerId, notice: Notice<'_>) -> Arrived {
    let customer = post.customer(id).await;
    let mut tx = post.world.app.db.begin().await.unwrap();
    recovery::notify(&mut tx, &post.world.app, &customer, Lang::English, notice).await.unwrap();
    tx.commit().await.unwrap();
    post.mail().await
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn freezing_shuts_everybody_out_until_the_mailbox_sets_a_new_password(pool: PgPool) {
    let post = Post::new(pool).await;
    let world = &post.world;
    let zoe = world.zoe().await;
    let mut thief = world.browser();
    let (_, _, secret) = world.enrol(&mut thief, "zoe").await;
    let first = notified(&post, zoe, Notice::BackupCodeUsed { left: 9 }).await;
    let second = notified(&post, zoe, Notice::PasswordChanged).await;
    assert_ne!(freeze_link(&first), freeze_link(&second));

    // The older mail's link works as well, for a week.
    world.pass(Duration::days(7) - Duration::HOUR);
    let mut browser = world.browser();
    let page = browser.get(&freeze_link(&first)).await;
    assert_eq!(heading(&page), "Freeze your account?");
    assert_eq!(press(&mut browser, &page, &[]).await.status, 200);
    let told = post.mail_about("is frozen").await;
    assert!(told.text.contains("Forgotten your password?"), "{}", told.text);
    world.pass(Duration::hours(2));

    // The right password looks like a wrong one (G4), but for a mail, once an hour.
    let wrong = post.sign_in(&mut world.browser(), "zoe", "not the password").await;
    for _ in 0..2 {
        let right = post.sign_in(&mut world.browser(), "zoe", PASSWORD).await;
        assert_eq!(right.status, wrong.status);
        let id = |page: &Page| page.path.split('/').nth(4).unwrap_or_default().to_owned();
        assert_eq!(fixed(&right).replace(&id(&right), "ID"), fixed(&wrong).replace(&id(&wrong), "ID"));
    }
    post.mail_about("is frozen").await;
    assert_eq!(jobs::run_due(&world.app).await.unwrap(), 0);
    assert_eq!(post.audited("signin.password").await.iter().filter(|r| *r == "frozen").count(), 2);
    let (url, _) = world.request(&RequestOptions::default());
    assert_eq!(thief.get(&url).await.form(), "password", "no session");

    // The mailbox is the customer's: a new password ends it.
    post.forget(&mut browser, "zoe").await;
    let mail = post.mail_about("Set a new password").await;
    post.set(&mut browser, &link(&mail), NEW_PASSWORD).await;
    assert_eq!(post.sign_in(&mut browser, "zoe", PASSWORD).await.form(), "password");
    let page = post.sign_in(&mut browser, "zoe", NEW_PASSWORD).await;
    assert_eq!(page.form(), "challenge");
    let page = browser.submit(&page, &[("code", &world.code(&secret))]).await;
    assert!(!page.response().1.is_empty());
    assert_eq!(post.audited("customer.unfrozen").await, ["ok"]);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_sign_in_half_way_ends_and_so_does_a_recovery(pool: PgPool) {
    let post = Post::new(pool).await;
    let world = &post.world;
    let zoe = world.zoe().await;
    let (_, _, secret) = world.enrol(&mut world.browser(), "zoe").await;
    world.pass(Duration::minutes(1));
    let mut thief = world.browser();
    let page = post.sign_in(&mut thief, "zoe", PASSWORD).await;
    thief.post(&format!("{}/lost", page.path), &[]).await;
    post.mail_about("Recovery").await;
    let mail = notified(&post, zoe, Notice::FactorsReset).await;
    post.press(&mut world.browser(), &freeze_link(&mail), &[]).await;
    let page = thief.submit(&page, &[("code", &world.code(&secret))]).await;
    assert_eq!(page.form(), "password", "{page:?}");
    let begun: i64 =
        sqlx::query_scalar("select count(*) from recoveries").fetch_one(&world.app.db).await.unwrap();
    assert_eq!(begun, 0);
}

/// Somebody has changed the address: a mail to the new one proves nothing.
#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn frozen_from_a_former_mailbox_only_an_administrator_helps(pool: PgPool) {
    let post = Post::new(pool).await;
    let world = &post.world;
    let zoe = world.zoe().await;
    let one = notified(&post, zoe, Notice::EmailChanged { new: "thief@example.com" }).await;
    let other = post.server.next();
    let is_hers = one.envelope.to_string().contains("zoe@example.com");
    let (former, thieves) = if is_hers { (one, other) } else { (other, one) };
    assert!(!thieves.text.contains("Freeze my account"), "{}", thieves.text);
    sqlx::query("update customers set email = 'thief@example.com', email_key = 'thief@example.com'")
        .execute(&world.app.db)
        .await
        .unwrap();
    let later = notified(&post, zoe, Notice::FactorsReset).await;
    post.press(&mut world.browser(), &freeze_link(&former), &[]).await;
    post.mail_about("is frozen").await;

    for again in [false, true] {
        world.pass(Duration::days(1));
        if again {
            // The thief's own link does not make the account the thief's.
            post.press(&mut world.browser(), &freeze_link(&later), &[]).await;
            post.mail_about("is frozen").await;
            world.pass(Duration::hours(2));
        }
        post.forget(&mut world.browser(), "thief@example.com").await;
        post.mail_about("is frozen").await;
    }
    assert_eq!(post.written("reset_password").await, 0);
    let customer = post.customer(zoe).await;
    assert!(customer.frozen_at.is_some());
    let mut tx = world.app.db.begin().await.unwrap();
    assert!(recovery::unfreeze(&mut tx, &world.app, &customer, Actor::Operator).await.unwrap());
    assert!(!recovery::unfreeze(&mut tx, &world.app, &customer, Actor::Operator).await.unwrap());
    tx.commit().await.unwrap();
    let page = post.sign_in(&mut world.browser(), "zoe", PASSWORD).await;
    assert_eq!(page.form(), "enrol");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_right_password_with_a_wrong_code_is_told_once_an_hour(pool: PgPool) {
    let post = Post::new(pool).await;
    let world = &post.world;
    world.zoe().await;
    let (_, _, secret) = world.enrol(&mut world.browser(), "zoe").await;
    world.pass(Duration::minutes(5));
    let mut thief = world.browser();
    for _ in 0..2 {
        let page = post.sign_in(&mut thief, "zoe", PASSWORD).await;
        let wrong = format!("{:06}", (world.code(&secret).parse::<u32>().unwrap() + 1) % 1_000_000);
        let page = thief.submit(&page, &[("code", &wrong)]).await;
        assert_eq!(page.status, 422);
    }
    let mail = post.mail_about("stopped at the second factor").await;
    assert_eq!(jobs::run_due(&world.app).await.unwrap(), 0);
    let page = post.press(&mut world.browser(), &freeze_link(&mail), &[]).await;
    assert_eq!(heading(&page), "Your account is frozen");
}
