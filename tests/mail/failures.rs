//! What a mail server may do to a mail, and who is blamed.

use std::time::Duration as StdDuration;

use sqlx::PgPool;
use time::Duration;
use vestibule::customers::names::Email;
use vestibule::i18n::Lang;
use vestibule::mail::message::address;
use vestibule::mail::smtp::Delivery;
use vestibule::mail::verdict::Verdict;
use vestibule::mail::{self, Letter, Mailer};

use super::{Post, changed, code};
use crate::support::mail::{MailServer, config};

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_refused_address_shows_at_the_customer_until_a_mail_gets_through(pool: PgPool) {
    let refuses = MailServer::start(&["refuse"]);
    let mut post = Post::new(&pool, refuses.config("", "")).await;
    post.write(Lang::English, changed()).await;
    assert_eq!(post.run().await, 1);
    assert_eq!(post.last().await, ("refused".into(), Some("RCPT TO: 550 5.1.1".into())));
    let refusal = post.seen().await.refusal.unwrap();
    assert_eq!((refusal.at, refusal.answer.as_str()), (post.clock.now(), "RCPT TO: 550 5.1.1"));
    post.clock.advance(Duration::DAY);
    assert_eq!(post.run().await, 0, "no second try");
    let sealed: i64 =
        sqlx::query_scalar("select count(sealed_letter) from mails").fetch_one(&pool).await.unwrap();
    assert_eq!(sealed, 0);

    let accepts = MailServer::start(&["accept"]);
    post.moved(accepts.config("", ""));
    post.write(Lang::English, changed()).await;
    assert_eq!(post.run().await, 1);
    assert_eq!(post.seen().await.refusal, None);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_refusal_belongs_to_the_address_it_was_said_of(pool: PgPool) {
    let refuses = MailServer::start(&["refuse"]);
    let post = Post::new(&pool, refuses.config("", "")).await;
    post.write(Lang::English, changed()).await;
    let change = "update customers set email = 'zoe@new.example', email_key = 'zoe@new.example'";
    sqlx::query(change).execute(&pool).await.unwrap();
    assert_eq!(post.run().await, 1);
    assert_eq!(post.last().await.0, "refused");
    assert_eq!(post.seen().await.refusal, None, "said of the former address");
    let mut conn = pool.acquire().await.unwrap();
    let (site, zoe, now) = (post.site, post.zoe.id, post.clock.now());
    mail::store::mark_refused(&mut conn, site, zoe, "zoe@new.example", "550", now).await.unwrap();
    assert!(post.seen().await.refusal.is_some());
    mail::forget_refusal(&mut conn, site, zoe).await.unwrap();
    assert_eq!(post.seen().await.refusal, None);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_greylisted_mail_waits_and_gets_through(pool: PgPool) {
    let server = MailServer::start(&["greylist"]);
    let post = Post::new(&pool, server.config("", "")).await;
    post.write(Lang::English, code()).await;
    assert_eq!(post.run().await, 1);
    assert_eq!(post.last().await, ("queued".into(), Some("RCPT TO: 451 4.7.1".into())));
    post.clock.advance(Duration::seconds(7));
    assert_eq!(post.run().await, 0, "not yet");
    post.clock.advance(Duration::seconds(6));
    assert_eq!(post.run().await, 1);
    assert!(server.next().text.contains(super::CODE));
    assert_eq!(post.last().await.0, "sent");
    let tries: i32 = sqlx::query_scalar("select attempts from mails").fetch_one(&pool).await.unwrap();
    assert_eq!(tries, 2);
}

/// What concerns every mail of the deployment is tried again and blamed on nobody.
#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn what_is_the_operators_fault_is_not_the_customers(pool: PgPool) {
    let mut post = Post::new(&pool, None).await;
    for (mode, login, said) in [
        ("no-sender", "", "MAIL FROM: 550 5.7.1"),
        ("no-login", "ada:wrong@", "AUTH: 535 5.7.8"),
        ("no-login", "", "MAIL FROM: 530 5.7.0"),
        ("close", "", "DATA: "),
    ] {
        let server = MailServer::start(&[mode]);
        post.moved(server.config(login, ""));
        post.write(Lang::English, changed()).await;
        assert_eq!(post.run().await, 1, "{mode}");
        let (state, answer) = post.last().await;
        assert_eq!(state, "queued", "{mode}");
        assert!(answer.as_deref().is_some_and(|answer| answer.starts_with(said)), "{mode}: {answer:?}");
        assert_eq!(post.seen().await.refusal, None, "{mode}");
        assert!(!post.tables().await.contains("zoe@example.com"), "{mode}");
        assert!(server.rest().is_empty(), "{mode}");
        sqlx::query("delete from jobs").execute(&pool).await.unwrap();
        post.clock.advance(Duration::SECOND);
    }
    let gone = MailServer::start(&["accept"]);
    let nowhere = gone.config("", "");
    drop(gone);
    post.moved(nowhere);
    post.write(Lang::English, changed()).await;
    assert_eq!(post.run().await, 1);
    let (state, answer) = post.last().await;
    assert_eq!(state, "queued");
    assert!(answer.unwrap().starts_with("connect: "));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_mail_taken_for_spam_failed_and_the_address_is_fine(pool: PgPool) {
    let server = MailServer::start(&["spam"]);
    let post = Post::new(&pool, server.config("", "")).await;
    post.write(Lang::English, changed()).await;
    assert_eq!(post.run().await, 1);
    assert_eq!(post.last().await, ("failed".into(), Some("DATA: 554 5.7.1".into())));
    assert_eq!(post.seen().await.refusal, None);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_code_is_not_sent_after_its_life(pool: PgPool) {
    let mut post = Post::new(&pool, config("smtp://localhost:1")).await;
    post.write(Lang::English, code()).await;
    post.write(Lang::English, changed()).await;
    assert_eq!(post.run().await, 2);
    let accepts = MailServer::start(&["accept"]);
    post.moved(accepts.config("", ""));
    post.clock.advance(Duration::minutes(10));
    assert_eq!(post.run().await, 2);
    let states: Vec<(String, String)> =
        sqlx::query_as("select kind, state from mails order by kind").fetch_all(&pool).await.unwrap();
    let expected = [("email_code", "expired"), ("password_changed", "sent")];
    assert_eq!(states, expected.map(|(kind, state)| (kind.to_owned(), state.to_owned())));
    assert_eq!(accepts.rest().len(), 1);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_mail_that_never_gets_through_fails_after_about_a_day(pool: PgPool) {
    let post = Post::new(&pool, config("smtp://localhost:1")).await;
    post.write(Lang::English, changed()).await;
    let mut tries = 0;
    let mut hours = 0;
    while post.last().await.0 == "queued" {
        tries += post.run().await;
        post.clock.advance(Duration::minutes(10));
        hours = (post.clock.now() - super::START).whole_hours();
        assert!(hours < 48, "for ever");
    }
    assert_eq!((post.last().await.0.as_str(), tries), ("failed", 32));
    assert!((18..30).contains(&hours), "{hours}");
    let dead: i64 =
        sqlx::query_scalar("select count(*) from jobs where state = 'dead'").fetch_one(&pool).await.unwrap();
    assert_eq!(dead, 1);
    assert_eq!(post.seen().await.refusal, None);
}

#[tokio::test]
async fn a_server_that_never_answers_is_left_alone_in_time() {
    let server = MailServer::start(&["hang"]);
    // Whatever the machine's speed: the answer never comes.
    let mailer =
        Mailer::new(&server.config("", "").unwrap(), "2fa.example.com", StdDuration::from_millis(300));
    let to = address(&Email::parse("zoe@example.com").unwrap()).unwrap();
    let delivery = mailer.send(&to, b"Subject: x\r\n\r\nx").await;
    assert_eq!(delivery, Delivery::Not(Verdict::Later, "no answer in time".into()));
    assert!(server.rest().is_empty());
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn addresses_of_other_scripts_reach_servers_that_take_them(pool: PgPool) {
    let server = MailServer::start(&["accept"]);
    let mut post = Post::to(&pool, server.config("", ""), "zoë@bücher.example").await;
    post.write(Lang::Japanese, changed()).await;
    assert_eq!(post.run().await, 1);
    let mail = server.next();
    assert_eq!(mail.envelope["to"][0], "zoë@xn--bcher-kva.example");
    assert!(mail.envelope["options"].as_array().unwrap().contains(&"SMTPUTF8".into()), "{mail:?}");

    let old = MailServer::start(&["no-utf8"]);
    post.moved(old.config("", ""));
    post.clock.advance(Duration::SECOND);
    post.write(Lang::Japanese, Letter::Frozen).await;
    assert_eq!(post.run().await, 1);
    let (state, answer) = post.last().await;
    assert_eq!(state, "refused");
    assert!(answer.unwrap().contains("no SMTPUTF8"));
    assert!(post.seen().await.refusal.is_some());
}
