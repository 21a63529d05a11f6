//! Mails on their way to a real mail server (aiosmtpd), which takes them, refuses, delays and breaks.

mod failures; // what a server may do to a mail
mod operator; // `vestibule check`, and TLS

use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::PgPool;
use time::Duration;
use vestibule::app::App;
use vestibule::clock::Clock;
use vestibule::config::{Config, MailConfig};
use vestibule::customers::{self, AddForm, Customer};
use vestibule::i18n::Lang;
use vestibule::mail::{self, CustomerMail, Letter, LetterKind, limits};
use vestibule::random::Random;
use vestibule::sites::SiteId;
use vestibule::{audit, jobs};

use crate::support::mail::MailServer;
use crate::support::{self, START};

const CODE: &str = "042137";
const LINK: &str = "https://2fa.example.com/sites/7/freeze/c2VjcmV0";

/// A deployment with one site and one customer, who gets mail.
struct Post {
    app: App,
    clock: Clock,
    site: SiteId,
    zoe: Customer,
}

impl Post {
    async fn new(pool: &PgPool, mail: Option<MailConfig>) -> Self {
        Self::to(pool, mail, "zoe@example.com").await
    }

    async fn to(pool: &PgPool, mail: Option<MailConfig>, email: &str) -> Self {
        let clock = Clock::fixed(START);
        let app = instance(pool, &clock, mail);
        let site = support::install(&app, "client-key-1", "https://acme.atlassian.net").await;
        let form = AddForm { email: email.into(), given_name: "Zoë".into(), ..AddForm::default() };
        let id = customers::add(&app, site, form, audit::Actor::Operator).await.unwrap();
        let mut conn = app.db.acquire().await.unwrap();
        let zoe = customers::store::find(&mut conn, site, id).await.unwrap().unwrap();
        Self { app, clock, site, zoe }
    }

    /// The same deployment with another mail server.
    fn moved(&mut self, mail: Option<MailConfig>) {
        self.app = instance(&self.app.db, &self.clock, mail);
    }

    async fn write(&self, lang: Lang, letter: Letter) -> bool {
        let mut tx = self.app.db.begin().await.unwrap();
        let written = mail::send(&mut tx, &self.app, self.site, &self.zoe, lang, letter).await.unwrap();
        tx.commit().await.unwrap();
        written
    }

    async fn run(&self) -> usize {
        jobs::run_due(&self.app).await.unwrap()
    }

    async fn seen(&self) -> CustomerMail {
        let mut conn = self.app.db.acquire().await.unwrap();
        mail::of_customer(&mut conn, self.site, self.zoe.id).await.unwrap().unwrap()
    }

    /// State and answer of the last mail.
    async fn last(&self) -> (String, Option<String>) {
        let last = self.seen().await.last.unwrap();
        (last.state, last.answer)
    }

    /// Everything both tables hold, as text.
    async fn tables(&self) -> String {
        sqlx::query_scalar(
            "select coalesce(string_agg(row, E'\\n'), '') from
                (select m::text || encode(m.sealed_letter, 'escape') as row from mails m where sealed_letter is not null
                 union all select m::text from mails m union all select j::text from jobs j) rows",
        )
        .fetch_one(&self.app.db)
        .await
        .unwrap()
    }
}

/// Each with randomness of its own.
fn instance(pool: &PgPool, clock: &Clock, mail: Option<MailConfig>) -> App {
    static SEED: AtomicU64 = AtomicU64::new(1);
    let seed = SEED.fetch_add(1, Ordering::Relaxed);
    let config = Config { mail, ..support::config() };
    App::new(config, pool.clone(), clock.clone(), Random::seeded(seed))
}

fn code() -> Letter {
    Letter::EmailCode { code: CODE.into(), minutes: 10 }
}

fn changed() -> Letter {
    Letter::PasswordChanged { freeze_link: LINK.into() }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_mail_is_in_the_customers_language_and_names_the_site(pool: PgPool) {
    let server = MailServer::start(&["accept"]);
    let post = Post::new(&pool, server.config("", "")).await;
    assert!(post.write(Lang::Arabic, changed()).await);
    assert!(post.write(Lang::English, code()).await);
    assert_eq!(post.run().await, 2);
    // The code goes first, though it was written last: somebody waits for it.
    let mail = server.next();
    assert_eq!(mail.envelope["from"], "signin@2fa.example.com");
    assert_eq!(mail.envelope["to"][0], "zoe@example.com");
    assert_eq!(mail.envelope["hello"], "2fa.example.com");
    assert_eq!(mail.subject, "Your sign-in code for acme.atlassian.net");
    assert!(mail.text.contains(CODE) && mail.html.contains(CODE), "{mail:?}");
    assert!(mail.raw.contains("From: acme.atlassian.net <signin@2fa.example.com>"), "{mail:?}");
    assert!(mail.raw.contains("Date: Mon, 23 Nov 2026 09:00:10 +0000"), "the story's clock");
    let arabic = server.next();
    assert!(arabic.html.contains("lang=\"ar\" dir=\"rtl\""), "{arabic:?}");
    assert!(arabic.raw.contains("Content-Language: ar"));
    assert!(arabic.subject.contains("acme.atlassian.net"));
    for mail in [&mail, &arabic] {
        let page = scraper::Html::parse_document(&mail.html);
        let remote = scraper::Selector::parse("img, link, script, iframe, [src], [background]").unwrap();
        assert_eq!(page.select(&remote).count(), 0, "{mail:?}");
        let links = scraper::Selector::parse("a").unwrap();
        let ours = |link: scraper::ElementRef<'_>| link.attr("href").unwrap().starts_with(support::ORIGIN);
        assert!(page.select(&links).all(ours), "{mail:?}");
    }
    assert!(arabic.text.contains(LINK) && arabic.html.contains(LINK), "the freeze link");
    assert_eq!(mail.envelope["peer"], arabic.envelope["peer"], "one connection for both");
    assert_eq!(post.last().await, ("sent".into(), Some("250 2.0.0".into())));
    assert_eq!(post.run().await, 0);
    assert!(server.rest().is_empty());
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn what_a_mail_says_lies_sealed_and_is_wiped_when_it_is_sent(pool: PgPool) {
    let server = MailServer::start(&["accept"]);
    let post = Post::new(&pool, server.config("", "")).await;
    post.write(Lang::English, code()).await;
    post.write(Lang::English, changed()).await;
    let waiting = post.tables().await;
    for secret in [CODE, "c2VjcmV0", "zoe@example.com"] {
        assert!(!waiting.contains(secret), "{secret} in {waiting}");
    }
    assert_eq!(post.run().await, 2);
    let left: (i64, i64) =
        sqlx::query_as("select count(*), count(sealed_letter) from mails").fetch_one(&pool).await.unwrap();
    assert_eq!(left, (2, 0));
    assert!(!post.tables().await.contains("zoe@example.com"));
    let jobs: i64 = sqlx::query_scalar("select count(*) from jobs").fetch_one(&pool).await.unwrap();
    assert_eq!(jobs, 0);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_mail_exists_if_its_change_does_and_mail_is_configured(pool: PgPool) {
    let server = MailServer::start(&["accept"]);
    let mut post = Post::new(&pool, server.config("", "")).await;
    let mut tx = pool.begin().await.unwrap();
    mail::send(&mut tx, &post.app, post.site, &post.zoe, Lang::English, code()).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(post.run().await, 0);
    post.moved(None);
    assert!(!post.write(Lang::English, code()).await, "no mail here");
    assert_eq!(post.seen().await, CustomerMail { refusal: None, last: None });
    assert!(server.rest().is_empty());
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn two_instances_send_each_mail_once(pool: PgPool) {
    let server = MailServer::start(&["accept"]);
    let post = Post::new(&pool, server.config("", "")).await;
    let other = instance(&pool, &post.clock, server.config("", ""));
    for left in 0..20 {
        post.write(Lang::English, Letter::BackupCodeUsed { left, freeze_link: LINK.into() }).await;
    }
    let (one, two) = tokio::join!(jobs::run_due(&post.app), jobs::run_due(&other));
    assert_eq!(one.unwrap() + two.unwrap(), 20);
    let mails = server.rest();
    let mut ids: Vec<_> = mails
        .iter()
        .filter_map(|mail| mail.raw.lines().find(|line| line.starts_with("Message-ID:")))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((mails.len(), ids.len()), (20, 20));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_worker_that_dies_before_or_after_the_servers_yes_sends_nothing_twice(pool: PgPool) {
    let server = MailServer::start(&["accept"]);
    let post = Post::new(&pool, server.config("", "")).await;
    post.write(Lang::English, changed()).await;
    let mut conn = pool.acquire().await.unwrap();
    let lease = post.clock.now() + Duration::MINUTE;
    let claim = async |conn: &mut sqlx::PgConnection| {
        let worker = post.app.random.uuid();
        let (priority, now) = (jobs::Priority::Normal, post.clock.now());
        jobs::store::claim(conn, priority, worker, now, lease).await.unwrap()
    };
    // Dies with the job in its hands, before it spoke to the server.
    assert!(claim(&mut conn).await.is_some());
    assert_eq!(post.run().await, 0, "the lease lasts");
    post.clock.advance(Duration::seconds(61));
    assert_eq!(post.run().await, 1);
    assert_eq!(post.last().await.0, "sent");
    // Dies after the yes was written down, before the job was finished: the job is there again.
    sqlx::query(
        "insert into jobs (id, site_id, kind, payload, priority, run_at, max_attempts, state, created_at)
         select gen_random_uuid(), site_id, 'mail', jsonb_build_object('mail', id), 1, created_at, 3, 'queued', created_at
         from mails",
    )
    .execute(&pool)
    .await
    .unwrap();
    assert_eq!(post.run().await, 1);
    assert_eq!(server.rest().len(), 1);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn both_addresses_hear_of_a_changed_one(pool: PgPool) {
    let server = MailServer::start(&["accept"]);
    let post = Post::new(&pool, server.config("", "")).await;
    let letter = Letter::EmailChanged {
        old: "zoe@example.com".into(),
        new: "zoe@new.example".into(),
        freeze_link: LINK.into(),
    };
    post.write(Lang::English, letter).await;
    assert_eq!(post.run().await, 2);
    let mails = [server.next(), server.next()];
    let to = |address: &str| mails.iter().find(|mail| mail.envelope["to"][0] == address).unwrap();
    assert!(to("zoe@example.com").text.contains(LINK));
    assert!(!to("zoe@new.example").text.contains(LINK));
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn of_many_who_ask_at_once_as_many_as_allowed_get_a_mail(pool: PgPool) {
    let server = MailServer::start(&["accept"]);
    let post = Post::new(&pool, server.config("", "")).await;
    let reset = || Letter::ResetPassword { link: LINK.into(), minutes: 30 };
    let ask = async || {
        let mut tx = pool.begin().await.unwrap();
        let (site, kind, now) = (post.site, LetterKind::ResetPassword, post.clock.now());
        let wait = limits::wait_in_turn(&mut tx, site, post.zoe.id, kind, now).await.unwrap();
        if wait.is_none() {
            mail::send(&mut tx, &post.app, site, &post.zoe, Lang::English, reset()).await.unwrap();
        }
        tx.commit().await.unwrap();
        wait
    };
    let (a, b, c, d, e) = tokio::join!(ask(), ask(), ask(), ask(), ask());
    let waits: Vec<_> = [a, b, c, d, e].into_iter().flatten().collect();
    assert_eq!(waits, [START + Duration::HOUR; 2]);
    post.clock.advance(Duration::HOUR);
    assert_eq!(ask().await, None);
    let mut conn = pool.acquire().await.unwrap();
    let kind = LetterKind::EmailCode;
    let other = limits::wait(&mut conn, post.site, post.zoe.id, kind, post.clock.now()).await.unwrap();
    assert_eq!(other, None, "another kind has a count of its own");
}
