//! Codes by mail and by SMS (security.md C1, G3): what holds for both, told once for each.

use axum::http::StatusCode;
use sqlx::PgPool;
use time::Duration;
use tokio::task::JoinSet;
use vestibule::factors::Method;
use vestibule::jobs;
use vestibule::practice::sp::Outstanding;

use super::outside::Outside;
use super::{allow, failures, is_told, past_the_password};
use crate::support::mail::MailServer;
use crate::support::{Browser, Page, World, config};

const NUMBER: &str = "+4915123456789";

/// Where codes arrive.
enum Way {
    Mail(MailServer),
    Phone(Outside),
}

impl Way {
    async fn mail(pool: PgPool) -> (World, Self) {
        let server = MailServer::start(&["accept"]);
        let mut config = config();
        config.mail = server.config("", "");
        let world = World::of(pool, config).await;
        world.zoe().await;
        allow(&world, &[Method::EmailCode]).await;
        (world, Self::Mail(server))
    }

    async fn phone(pool: PgPool) -> (World, Self) {
        let outside = Outside::open().await;
        let world = outside.world(pool, Method::Sms, |_| {}).await;
        (world, Self::Phone(outside))
    }

    /// Sends what is to be sent; the newest code.
    async fn code(&self, world: &World) -> String {
        let tries = jobs::run_due(&world.app).await.unwrap();
        let text = match self {
            // Other mails tell of what happened meanwhile.
            Self::Mail(server) => loop {
                let mail = server.next();
                if mail.subject.starts_with("Your sign-in code") {
                    break mail.text;
                }
            },
            Self::Phone(outside) => {
                assert_eq!(tries, 1, "one message, tried once");
                outside.gateways.texts(NUMBER).remove(0)
            }
        };
        let mut runs = text.split(|c: char| !c.is_ascii_digit());
        runs.find(|run| run.len() == 6).unwrap_or_else(|| panic!("no code in {text}")).to_owned()
    }

    /// Sets it up; the page at the end.
    async fn enrol(&self, world: &World, browser: &mut Browser) -> (Page, Outstanding) {
        let (mut page, request) = past_the_password(world, browser).await;
        if let Self::Phone(_) = self {
            page = browser.submit(&page, &[("number", "0049 (0)151 234 56789")]).await;
        }
        let code = self.code(world).await;
        (browser.submit(&page, &[("code", &code)]).await, request)
    }
}

/// Presses "Send a new code".
async fn again(browser: &mut Browser, page: &Page) -> Page {
    let form = "form.give-up:has(input[type=hidden])";
    let action = page.attribute(form, "action").expect("a way to have a new code");
    let name = page.attribute("form.give-up input[type=hidden]", "name").unwrap();
    let value = page.attribute("form.give-up input[type=hidden]", "value").unwrap();
    browser.post(&action, &[(&name, &value)]).await
}

fn another(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

async fn from_enrolment_to_the_second_sign_in(world: World, way: Way) -> String {
    let mut browser = world.browser();
    let (page, request) = way.enrol(&world, &mut browser).await;
    world.verify(&page, &request);

    world.pass(Duration::minutes(1));
    let (page, request) = past_the_password(&world, &mut browser).await;
    let field = page.attribute("#code", "autocomplete");
    assert_eq!(field.as_deref(), Some("one-time-code"));
    let code = way.code(&world).await;
    is_told(&browser.submit(&page, &[("code", "")]).await, "Enter the 6-digit code");
    is_told(&browser.submit(&page, &[("code", "12345")]).await, "has 6 digits");
    assert_eq!(failures(&world).await, 0);
    is_told(&browser.submit(&page, &[("code", &another(&code))]).await, "isn't right");
    assert_eq!(failures(&world).await, 1);

    // A new one ends the older one, and no count (G3).
    let page = again(&mut browser, &page).await;
    assert_eq!((page.status, failures(&world).await), (StatusCode::OK, 1));
    let newer = way.code(&world).await;
    is_told(&browser.submit(&page, &[("code", &code)]).await, "isn't right");
    let told = world.verify(&browser.submit(&page, &[("code", &newer)]).await, &request);

    // Used, it is no code of the next sign-in; nor is another sign-in's.
    let (page, request) = past_the_password(&world, &mut browser).await;
    let mine = way.code(&world).await;
    is_told(&browser.submit(&page, &[("code", &newer)]).await, "isn't right");
    let mut elsewhere = world.browser();
    let (other, _) = past_the_password(&world, &mut elsewhere).await;
    let others = way.code(&world).await;
    is_told(&browser.submit(&page, &[("code", &others)]).await, "isn't right");
    is_told(&elsewhere.submit(&other, &[("code", &mine)]).await, "isn't right");
    world.verify(&browser.submit(&page, &[("code", &mine)]).await, &request);

    // Ten minutes, and not one more.
    world.pass(Duration::hours(2));
    let (page, request) = past_the_password(&world, &mut browser).await;
    let code = way.code(&world).await;
    world.pass(Duration::minutes(10));
    is_told(&browser.submit(&page, &[("code", &code)]).await, "too old");
    let page = again(&mut browser, &page).await;
    let code = way.code(&world).await;
    world.pass(Duration::seconds(599));
    world.verify(&browser.submit(&page, &[("code", &code)]).await, &request);
    told.assertion.unwrap().authn_context
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_code_by_mail_from_enrolment_to_the_next_sign_in(pool: PgPool) {
    let (world, way) = Way::mail(pool).await;
    let context = from_enrolment_to_the_second_sign_in(world, way).await;
    assert!(context.ends_with("PasswordProtectedTransport"), "a mailbox raises nothing: {context}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_code_by_sms_from_enrolment_to_the_next_sign_in(pool: PgPool) {
    let (world, way) = Way::phone(pool).await;
    let context = from_enrolment_to_the_second_sign_in(world, way).await;
    assert_eq!(context, "https://refeds.org/profile/mfa");
}

async fn the_limit(world: World, way: Way) {
    let mut browser = world.browser();
    way.enrol(&world, &mut browser).await;
    let (mut page, request) = past_the_password(&world, &mut browser).await;
    let mut code = way.code(&world).await;
    for _ in 0..4 {
        page = again(&mut browser, &page).await;
        code = way.code(&world).await;
    }
    // Six in this hour: the newest still holds.
    let full = again(&mut browser, &page).await;
    assert_eq!(full.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(full.text("#problem").unwrap().contains("Another can be sent in 60 minutes"), "{full:?}");
    assert_eq!(jobs::run_due(&world.app).await.unwrap(), 0);
    // Beginning anew sends none either, and says so.
    let mut other = world.browser();
    let (none, _) = past_the_password(&world, &mut other).await;
    assert_eq!(none.text("h1").as_deref(), Some("No code was sent"));
    assert!(none.attribute("#code", "id").is_none());
    assert_eq!(jobs::run_due(&world.app).await.unwrap(), 0);
    world.verify(&browser.submit(&full, &[("code", &code)]).await, &request);
    world.pass(Duration::minutes(29));
    let still = again(&mut other, &none).await;
    assert_eq!(still.status, StatusCode::TOO_MANY_REQUESTS);
    world.pass(Duration::minutes(32));
    let (page, request) = past_the_password(&world, &mut other).await;
    let code = way.code(&world).await;
    world.verify(&other.submit(&page, &[("code", &code)]).await, &request);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn six_mails_an_hour_and_the_newest_code_holds(pool: PgPool) {
    let (world, way) = Way::mail(pool).await;
    the_limit(world, way).await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn six_texts_an_hour_and_the_newest_code_holds(pool: PgPool) {
    let (world, way) = Way::phone(pool).await;
    the_limit(world, way).await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn numbers_are_checked_kept_sealed_and_shown_masked(pool: PgPool) {
    let (world, way) = Way::phone(pool).await;
    let mut browser = world.browser();
    let (page, _) = past_the_password(&world, &mut browser).await;
    for (typed, words) in [
        ("", "Enter your mobile number"),
        ("0151 23456789", "country code"),
        ("+49 151 call me", "holds something"),
        ("+49 15", "too short"),
        ("+49 151 2345 6789 0123 45", "too long"),
    ] {
        let page = browser.submit(&page, &[("number", typed)]).await;
        is_told(&page, words);
        assert_eq!(page.attribute("#number", "value").as_deref(), Some(typed));
        assert_eq!(page.attribute("[autofocus]", "id").as_deref(), Some("number"));
    }
    // A slip: another number, before any code is typed.
    let slip = browser.submit(&page, &[("number", "+4915100000000")]).await;
    assert!(slip.body.contains("+49 ••• ••• 00"), "{}", slip.body);
    assert_eq!(jobs::run_due(&world.app).await.unwrap(), 1);
    let word = slip.attribute("input[name=method]", "value").unwrap();
    let page = browser.post(&slip.action("/enrol/choose"), &[("method", &word)]).await;
    assert!(page.attribute("#number", "id").is_some());
    let page = browser.submit(&page, &[("number", "0049 (0)151 234 56789")]).await;
    let code = way.code(&world).await;
    let Way::Phone(outside) = &way else { unreachable!() };
    let text = outside.gateways.texts(NUMBER).remove(0);
    assert!(text.ends_with(&format!("\n\n@2fa.example.com #{code}")), "{text}");
    assert_eq!(vestibule::factors::sms::text::length(&text).segments, 1, "{text}");
    assert_eq!(browser.submit(&page, &[("code", &code)]).await.status, StatusCode::OK);

    let rows: Vec<String> = sqlx::query_scalar(
        "select f::text from factors f union all select t::text from texts t
         union all select j::text from jobs j union all select s::text from signins s",
    )
    .fetch_all(&world.app.db)
    .await
    .unwrap();
    let all = rows.join("\n");
    assert!(!all.contains("15123456789") && !all.contains(&format!("#{code}")), "{all}");
    let (page, _) = past_the_password(&world, &mut browser).await;
    assert!(page.body.contains("+49 ••• ••• 89") && !page.body.contains("151234"), "{}", page.body);
}

/// At an enrolment nothing but the code is at stake, so the code goes.
#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn five_wrong_codes_end_an_enrolments_code(pool: PgPool) {
    let (world, way) = Way::phone(pool).await;
    let mut browser = world.browser();
    let (page, request) = past_the_password(&world, &mut browser).await;
    let page = browser.submit(&page, &[("number", NUMBER)]).await;
    let code = way.code(&world).await;
    let mut told = browser.submit(&page, &[("code", &another(&code))]).await;
    for _ in 0..3 {
        is_told(&told, "isn't right");
        told = browser.submit(&page, &[("code", &another(&code))]).await;
    }
    is_told(&told, "isn't right");
    told = browser.submit(&page, &[("code", &another(&code))]).await;
    is_told(&told, "no code that still works");
    is_told(&browser.post(&page.action("/enrol"), &[("code", &code)]).await, "no code that still works");
    let page = again(&mut browser, &told).await;
    let code = way.code(&world).await;
    world.verify(&browser.submit(&page, &[("code", &code)]).await, &request);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn of_many_at_once_one_uses_the_code_and_each_guess_counts(pool: PgPool) {
    let (world, way) = Way::phone(pool).await;
    way.enrol(&world, &mut world.browser()).await;
    let mut browser = world.browser();
    let (page, _) = past_the_password(&world, &mut browser).await;
    let code = way.code(&world).await;
    let mut tasks = JoinSet::new();
    for _ in 0..4 {
        let (mut browser, code, action) = (browser.clone(), code.clone(), page.action("/challenge"));
        tasks.spawn(async move { browser.post(&action, &[("code", &code)]).await.body });
    }
    let pages = tasks.join_all().await;
    assert_eq!(pages.iter().filter(|page| page.contains("SAMLResponse")).count(), 1);

    let (page, _) = past_the_password(&world, &mut browser).await;
    let code = way.code(&world).await;
    let mut tasks = JoinSet::new();
    for _ in 0..8 {
        let (mut browser, code, action) = (browser.clone(), another(&code), page.action("/challenge"));
        tasks.spawn(async move { browser.post(&action, &[("code", &code)]).await.body });
    }
    let pages = tasks.join_all().await;
    assert_eq!(pages.iter().filter(|page| page.contains("Too many tries")).count(), 3);
    assert_eq!(failures(&world).await, 5);
}

/// Tells the practice gateway how to behave.
async fn mood(outside: &Outside, mood: &str) {
    let form = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    form.post(format!("{}/sms/mood", outside.url))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("mood={mood}"))
        .send()
        .await
        .unwrap();
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_gateway_that_is_down_is_tried_again_and_a_refusal_is_told(pool: PgPool) {
    let (world, way) = Way::phone(pool).await;
    let mut browser = world.browser();
    way.enrol(&world, &mut browser).await;
    let Way::Phone(outside) = &way else { unreachable!() };
    for busy in ["down", "busy"] {
        mood(outside, busy).await;
        let (page, request) = past_the_password(&world, &mut browser).await;
        let before = outside.gateways.texts(NUMBER).len();
        assert_eq!(jobs::run_due(&world.app).await.unwrap(), 1);
        assert_eq!(outside.gateways.texts(NUMBER).len(), before);
        assert_eq!(browser.get(&page.path).await.text("#problem"), None, "it may still come");
        mood(outside, "well").await;
        world.pass(Duration::seconds(13));
        let code = way.code(&world).await;
        world.verify(&browser.submit(&page, &[("code", &code)]).await, &request);
    }
    mood(outside, "refusing").await;
    let (page, request) = past_the_password(&world, &mut browser).await;
    assert_eq!(jobs::run_due(&world.app).await.unwrap(), 1);
    let page = browser.get(&page.path).await;
    assert!(page.text("#problem").unwrap().contains("could not be delivered"), "{page:?}");
    mood(outside, "well").await;
    let page = again(&mut browser, &page).await;
    assert_eq!(page.text("#problem"), None);
    let code = way.code(&world).await;
    world.verify(&browser.submit(&page, &[("code", &code)]).await, &request);

    // A code that is no use any more is not sent.
    mood(outside, "down").await;
    past_the_password(&world, &mut browser).await;
    jobs::run_due(&world.app).await.unwrap();
    mood(outside, "well").await;
    world.pass(Duration::minutes(10));
    let before = outside.gateways.texts(NUMBER).len();
    assert_eq!(jobs::run_due(&world.app).await.unwrap(), 1);
    assert_eq!(outside.gateways.texts(NUMBER).len(), before);
    let left: i64 = sqlx::query_scalar(
        "select (select count(*) from jobs) + count(*) from texts where sealed_text is not null",
    )
    .fetch_one(&world.app.db)
    .await
    .unwrap();
    assert_eq!(left, 0);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn what_the_deployment_is_not_equipped_for_is_not_offered(pool: PgPool) {
    let world = World::new(pool).await;
    world.zoe().await;
    allow(&world, Method::ALL).await;
    let mut browser = world.browser();
    let (page, _) = past_the_password(&world, &mut browser).await;
    let offered: Vec<_> = ["yubikey", "duo", "sms", "email_code", "questions", "totp"]
        .into_iter()
        .filter(|word| page.attribute(&format!("button[value={word}]"), "value").is_some())
        .collect();
    assert_eq!(offered, ["questions", "totp"]);
    for word in ["sms", "email_code", "duo", "yubikey"] {
        let page = browser.post(&page.action("/enrol/choose"), &[("method", word)]).await;
        assert!(page.attribute("button[value=totp]", "value").is_some(), "{word}");
    }
}
