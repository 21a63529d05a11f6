//! What the logs, the database and the audit trail tell of a sign-in, and what they never tell.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use time::Duration;
use vestibule::practice::sp::RequestOptions;
use vestibule::web::cookies;

use crate::support::{Browser, ORIGIN, PASSWORD, Page, World, code_at, secret_on};

/// Wrong, and as secret as the right one: people mistype what they use elsewhere.
const WRONG: &str = "swordfish-elsewhere";
/// A password typed into the field for the name.
const TYPED_AS_NAME: &str = "hunter2-typed-as-name";
const RELAY_STATE: &str = "relay-state-of-the-sp";

/// What came up in one story that no log and no table may hold, each with a name for the message.
#[derive(Default)]
struct Secrets(Vec<(&'static str, String)>);

impl Secrets {
    fn add(&mut self, what: &'static str, value: impl Into<String>) {
        let value = value.into();
        assert!(value.len() >= 6, "{what}: too short to look for");
        self.0.push((what, value));
    }

    fn cookies(&mut self, browser: &Browser) {
        for token in browser.cookies.values() {
            self.add("a cookie", token);
        }
    }

    fn totp(&mut self, secret: &[u8]) {
        let base32 = BASE32_NOPAD.encode(secret);
        self.add("a TOTP secret in groups", format!("{} {}", &base32[..4], &base32[4..8]));
        self.add("a TOTP secret", base32);
        self.add("a TOTP secret's bytes", HEXLOWER.encode(secret));
    }
}

/// A whole sign-in: wrong names, passwords and codes, enrolment, a second factor, a session,
/// a request replayed. Hands the browser back, still signed in.
async fn story(world: &World, mut browser: Browser, secrets: &mut Secrets) -> Browser {
    secrets.add("the password", PASSWORD);
    secrets.add("a wrong password", WRONG);
    let options = || RequestOptions { relay_state: Some(RELAY_STATE.into()), ..RequestOptions::default() };

    let (url, _) = world.request(&options());
    let page = browser.get(&url).await;
    browser.submit(&page, &[("name", TYPED_AS_NAME), ("password", WRONG)]).await;
    browser.submit(&page, &[("name", "zoe@example.com"), ("password", WRONG)]).await;
    let page = browser.submit(&page, &[("name", "zoe@example.com"), ("password", PASSWORD)]).await;
    let secret = secret_on(&page);
    secrets.totp(&secret);
    secrets.cookies(&browser);
    browser.submit(&page, &[("code", "12345")]).await;
    let far = code_at(&secret, world.clock.now() - Duration::minutes(20));
    browser.submit(&page, &[("code", &far)]).await;
    secrets.add("a wrong code", far);
    let code = world.code(&secret);
    browser.saves_codes = false;
    let page = browser.submit(&page, &[("code", &code)]).await;
    secrets.add("the enrolment's code", code);
    for code in page.texts(".codes li") {
        secrets.add("a backup code without its dashes", code.replace('-', ""));
        secrets.add("a backup code", code);
    }
    let page = browser.submit(&page, &[("saved", "on")]).await;
    response(secrets, &page);
    secrets.cookies(&browser);

    world.pass(Duration::seconds(30));
    let (url, _) = world.request(&RequestOptions { force_authn: true, ..options() });
    request(secrets, &url);
    let page = browser.get(&url).await;
    let page = browser.submit(&page, &[("name", "ZOE"), ("password", PASSWORD)]).await;
    assert_eq!(page.form(), "challenge");
    let spent = code_at(&secret, world.clock.now() - Duration::seconds(30));
    browser.submit(&page, &[("code", &spent)]).await;
    let code = world.code(&secret);
    let page = browser.submit(&page, &[("code", &code)]).await;
    secrets.add("the code", code);
    response(secrets, &page);
    secrets.cookies(&browser);

    let (url, _) = world.request(&options());
    let page = browser.get_once(&url).await;
    response(secrets, &page);
    let mut thief = browser.clone();
    thief.cookies.clear();
    assert_eq!(thief.get(&url).await.status, 400, "replayed");
    browser
}

fn request(secrets: &mut Secrets, url: &str) {
    let query = url.split_once('?').expect("the Redirect binding").1;
    let message = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "SAMLRequest");
    secrets.add("an AuthnRequest", message.expect("a message").1[..40].to_owned());
}

fn response(secrets: &mut Secrets, page: &Page) {
    // Its beginning is the same for all, its middle holds who it is about.
    let message = page.response().1;
    secrets.add("a SAML response", message[1_000..1_040].to_owned());
}

/// Log lines kept in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn no_log_line_tells_a_secret_a_message_or_a_mail_address(pool: PgPool) {
    let world = World::new(pool).await;
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    // While there is one subscriber, tracing-core asks the thread that first reaches a log line
    // whether anybody listens; that may be another test's, which has none. So let there be two.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    // On this thread, which is all that an `sqlx::test` runs its tasks on.
    let listening = tracing::subscriber::set_default(subscriber);
    world.zoe().await;
    let router = vestibule::server::router(&world.app);
    let mut secrets = Secrets::default();
    let mut browser = story(&world, Browser::new(router, ORIGIN), &mut secrets).await;
    let signout = browser.get(&format!("/sites/{}/signout", world.site)).await;
    browser.submit(&signout, &[]).await;
    // A fault of ours in the middle of it all is logged with its detail.
    sqlx::query("alter table signins rename to elsewhere").execute(&world.app.db).await.unwrap();
    let (url, _) = world.request(&RequestOptions::default());
    assert_eq!(browser.get_once(&url).await.status, 500);
    drop(listening);

    secrets.add("an address", "zoe@example.com");
    secrets.add("a family name", "Łukasiewicz");
    secrets.add("what was typed as the name", TYPED_AS_NAME);
    secrets.add("the RelayState", RELAY_STATE);
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for told in
        ["/sites/{site}/signin/{signin}/challenge", "AuthnRequest refused", "a request failed", "sqlx"]
    {
        assert!(log.contains(told), "the log was listened to: {told}");
    }
    for (what, value) in &secrets.0 {
        // Six digits also occur within times and numbers of rows: a code counts as a word only.
        let found = if value.bytes().all(|b| b.is_ascii_digit()) {
            log.split(|c: char| !c.is_alphanumeric() && c != '.').any(|word| word == value)
        } else {
            log.to_lowercase().contains(&value.to_lowercase())
        };
        assert!(!found, "{what} is in the log: {value}");
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_database_holds_hashes_and_sealed_values_only(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    let mut secrets = Secrets::default();
    let mut browser = story(&world, world.browser(), &mut secrets).await;
    // A second enrolment that is not confirmed: its secret waits in the sign-in's row.
    world.customer("max@example.com", None, "Max", "Muster", PASSWORD).await;
    let mut other = world.browser();
    let (url, _) = world.request(&RequestOptions::default());
    let page = other.get(&url).await;
    let page = other.submit(&page, &[("name", "max@example.com"), ("password", PASSWORD)]).await;
    secrets.totp(&secret_on(&page));
    secrets.cookies(&other);

    let dump = dump(&world.app.db).await;
    let hash = |token: &str| HEXLOWER.encode(&Sha256::digest(token.as_bytes()));
    let session = browser.cookies.remove(&cookies::session_name(world.site.0)).expect("a session");
    assert!(dump.contains(&hash(&session)), "the dump holds what is stored of a session");
    for (what, value) in &secrets.0 {
        if value.bytes().all(|b| b.is_ascii_digit()) {
            continue; // six digits occur within any dump; nothing stores a code
        }
        assert!(!dump.contains(value), "{what} is stored: {value}");
        assert!(!dump.contains(&HEXLOWER.encode(value.as_bytes())), "{what} is stored as bytes");
        if let Ok(bytes) = BASE64URL_NOPAD.decode(value.as_bytes()) {
            assert!(!dump.contains(&HEXLOWER.encode(&bytes)), "{what} is stored decoded");
        }
    }
    assert!(!dump.contains(TYPED_AS_NAME), "a name nobody has may be a password: {TYPED_AS_NAME}");
}

/// Every row of every table as text; bytes are in hexadecimal.
async fn dump(pool: &PgPool) -> String {
    let tables: Vec<String> =
        sqlx::query_scalar("select tablename::text from pg_tables where schemaname = 'public'")
            .fetch_all(pool)
            .await
            .unwrap();
    assert!(tables.len() > 10, "{tables:?}");
    let mut dump = String::new();
    for table in tables {
        let rows: Vec<String> =
            sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select t::text from \"{table}\" t")))
                .fetch_all(pool)
                .await
                .unwrap();
        dump.push_str(&rows.join("\n"));
    }
    dump
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_audit_trail_tells_a_whole_sign_in(pool: PgPool) {
    let world = World::new(pool).await;
    let zoe = world.zoe().await;
    let mut browser = story(&world, world.browser(), &mut Secrets::default()).await;
    let page = browser.get(&format!("/sites/{}/signout", world.site)).await;
    browser.submit(&page, &[]).await;

    type Row = (String, String, String, Option<uuid::Uuid>, Option<String>, Option<String>);
    let rows: Vec<Row> = sqlx::query_as(
        "select actor_kind, action, result, customer_id, factor, host(client_ip) from audit_events
         where site_id = $1 and at is not null order by id",
    )
    .bind(world.site.0)
    .fetch_all(&world.app.db)
    .await
    .unwrap();
    let told: Vec<_> =
        rows.iter().map(|(actor, action, result, ..)| (&**actor, &**action, &**result)).collect();
    let expected = [
        ("operator", "customer.added", "ok"),
        ("customer", "signin.password", "unknown_name"),
        ("customer", "signin.password", "wrong_password"),
        ("customer", "signin.password", "ok"),
        ("customer", "factor.enrolled", "malformed"),
        ("customer", "factor.enrolled", "clock_off"),
        ("customer", "factor.enrolled", "ok"),
        ("customer", "factor.enrolled", "ok"),
        ("customer", "signin.completed", "ok"),
        ("customer", "signin.password", "ok"),
        ("customer", "signin.factor", "code_already_used"),
        ("customer", "signin.factor", "ok"),
        ("customer", "signin.completed", "ok"),
        ("customer", "signin.resumed", "ok"),
        ("customer", "session.ended", "ok"),
    ];
    assert_eq!(told, expected);
    for (actor, action, result, customer, factor, address) in &rows {
        let known = result != "unknown_name";
        assert_eq!(*customer, known.then_some(zoe.0), "{action} {result}: whose");
        let here = (actor == "customer").then_some("198.51.100.7");
        assert_eq!(address.as_deref(), here, "{action} {result}: from where");
        let by_factor = !matches!(&**action, "customer.added" | "signin.password" | "session.ended");
        let which = if factor.as_deref() == Some("backup_codes") { "backup_codes" } else { "totp" };
        assert_eq!(factor.as_deref(), by_factor.then_some(which), "{action} {result}: by which factor");
    }
}
