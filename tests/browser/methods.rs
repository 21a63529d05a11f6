//! Each method besides the app, set up and used in Chromium with the practice world's phones, keys,
//! Duo and mailbox: set up on a desktop and looked over in every light, used on a phone without
//! scripts and by keyboard alone.

use sqlx::PgPool;
use time::Duration;
use vestibule::factors::{Method, MethodSet};
use vestibule::policy;
use vestibule::practice::{Person, people};

use super::Demo;
use super::chromium::{Browser, Screen};

/// A demo whose site allows `method` alone.
async fn demo(pool: PgPool, method: Method) -> Demo {
    let demo = Demo::open(pool).await;
    let mut conn = demo.app.db.acquire().await.unwrap();
    let site = demo.world.site;
    let mut policy = policy::store::load(&mut conn, site).await.unwrap();
    policy.settings.methods = MethodSet::of(&[method]);
    let version = policy.version;
    policy::store::save(&mut conn, site, &policy, version, None, demo.clock.now()).await.unwrap();
    demo
}

/// Past the password of Mira.
async fn past_the_password(demo: &Demo, browser: &Browser) -> Person {
    let [person, ..] = people();
    demo.ask_to_sign_in(browser, person.email).await;
    demo.give_password(browser, &person).await;
    person
}

/// The page as it is: axe's judgement and no wider than the screen, light and dark, wide and narrow.
async fn looked_over(browser: &Browser, what: &str) {
    for screen in
        [Screen::Dark(1280, 900), Screen::Dark(320, 640), Screen::Light(320, 640), Screen::Light(1100, 900)]
    {
        browser.look_on(screen).await;
        // Colours walk to those of another scheme.
        let still = "return Promise.all(document.getAnimations().map((it) => it.finished)).then(() => 1)";
        browser.run(still).await;
        browser.axe(what).await;
        let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(browser.run(wide).await, 0, "{what} on {screen:?}");
        browser.shoot(what).await;
    }
}

/// A fresh phone without scripts, later, past the password.
async fn again_on_a_phone(demo: &Demo, story: &'static str) -> Browser {
    demo.clock.advance(Duration::minutes(1));
    let browser = Browser::start(story, Screen::DarkPhone).await;
    browser.forbid_scripts().await;
    past_the_password(demo, &browser).await;
    browser
}

async fn is_back(browser: &Browser) {
    browser.sees("You're signed in").await;
    browser.goes("Continue").await;
    browser.sees("You are signed in").await;
    no_check_failed(browser).await;
}

/// The service provider is content with what came back.
async fn no_check_failed(browser: &Browser) {
    assert!(!browser.text().await.contains('✗'), "a check failed: {}", browser.text().await);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn security_questions(pool: PgPool) {
    let demo = demo(pool, Method::Questions).await;
    let browser = Browser::start("questions", Screen::Desktop).await;
    past_the_password(&demo, &browser).await;
    for (number, (start, answer)) in
        [("What was the first c", "Nick Cave"), ("Which book", "Krabat"), ("What is the strangest", "Natto")]
            .into_iter()
            .enumerate()
    {
        browser.sees("Set up security questions").await;
        assert_eq!(browser.focused().await, "question");
        if number == 0 {
            looked_over(&browser, "a question to choose").await;
            browser.press("Continue").await;
            browser.sees("Set up security questions").await;
            looked_over(&browser, "no question chosen").await;
        }
        browser.choose("question", start).await;
        browser.fill("answer", answer).await;
        let veil = "return getComputedStyle(document.querySelector('#answer')).webkitTextSecurity";
        assert_eq!(browser.run(veil).await, "disc");
        browser.press("Show what I type").await;
        assert_eq!(browser.run(veil).await, "none");
        browser.press("Continue").await;
    }
    browser.sees("You are signed in").await;
    no_check_failed(&browser).await;
    browser.quit().await;

    let browser = again_on_a_phone(&demo, "questions-phone").await;
    browser.sees("Answer your security questions").await;
    browser.types("answer-1", "something else").await;
    browser.types("answer-2", "Krabat").await;
    browser.goes("Sign in").await;
    browser.sees("Answer your security questions").await;
    assert_eq!(browser.focused().await, "answer-1");
    browser.types("answer-1", "nick cave").await;
    browser.types("answer-2", "KRABAT").await;
    browser.enter_focused().await;
    is_back(&browser).await;
    browser.quit().await;
}

/// What the virtual key types at a touch, read off its page in another window.
async fn touch(demo: &Demo, browser: &Browser) -> String {
    let here = browser.window().await;
    browser.new_window().await;
    browser.open(&format!("{}/yubikey", demo.world.links.gateways)).await;
    browser.press("Touch key 1").await;
    browser.awaits_element("#otp").await;
    let otp = browser.value("otp").await;
    browser.close_window(here).await;
    otp
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_yubikey(pool: PgPool) {
    let demo = demo(pool, Method::Yubikey).await;
    let browser = Browser::start("yubikey", Screen::Desktop).await;
    past_the_password(&demo, &browser).await;
    browser.sees("Set up a YubiKey").await;
    assert_eq!(browser.focused().await, "code", "a key types where the focus is");
    looked_over(&browser, "a key to set up").await;
    browser.press("Confirm and sign in").await;
    browser.sees("Set up a YubiKey").await;
    looked_over(&browser, "no touch").await;
    let otp = touch(&demo, &browser).await;
    // As a key does: the characters, then Enter.
    browser.fill("code", &otp).await;
    browser.enter("code").await;
    browser.sees("You are signed in").await;
    no_check_failed(&browser).await;
    browser.quit().await;

    let browser = again_on_a_phone(&demo, "yubikey-phone").await;
    browser.sees("Touch your YubiKey").await;
    let otp = touch(&demo, &browser).await;
    browser.types("code", &otp).await;
    browser.enter_focused().await;
    is_back(&browser).await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn duo(pool: PgPool) {
    let demo = demo(pool, Method::Duo).await;
    let browser = Browser::start("duo", Screen::Desktop).await;
    past_the_password(&demo, &browser).await;
    browser.sees("Set up Duo").await;
    looked_over(&browser, "Duo to set up").await;
    browser.press("Continue to Duo").await;
    browser.sees("Is it you?").await;
    assert!(browser.text().await.contains("mira@customer.example"));
    browser.press("Deny").await;
    browser.sees("Set up Duo").await;
    looked_over(&browser, "nothing approved").await;
    browser.press("Continue to Duo").await;
    browser.sees("Is it you?").await;
    browser.press("Approve").await;
    browser.sees("You are signed in").await;
    no_check_failed(&browser).await;
    browser.quit().await;

    let browser = again_on_a_phone(&demo, "duo-phone").await;
    browser.sees("Approve it with Duo").await;
    browser.goes("Continue to Duo").await;
    browser.sees("Is it you?").await;
    browser.goes("Approve").await;
    is_back(&browser).await;
    browser.quit().await;
}

/// The code in the newest of `texts`, once there are `count`.
async fn code(count: usize, texts: impl Fn() -> Vec<String>) -> String {
    while texts().len() < count {
        tokio::task::yield_now().await; // the server's own workers send it
    }
    let texts = texts();
    let mut runs = texts[0].split(|c: char| !c.is_ascii_digit());
    runs.find(|run| run.len() == 6).unwrap().to_owned()
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_code_by_sms(pool: PgPool) {
    let demo = demo(pool, Method::Sms).await;
    let texts = || demo.world.gateways.texts("+4915123456789");
    let browser = Browser::start("sms", Screen::Desktop).await;
    past_the_password(&demo, &browser).await;
    browser.sees("Set up codes by SMS").await;
    looked_over(&browser, "a number to enter").await;
    browser.fill("number", "0151 23456789").await;
    browser.press("Send a code").await;
    browser.sees("Set up codes by SMS").await;
    looked_over(&browser, "no country code").await;
    browser.fill("number", "+49 151 234 56789").await;
    browser.press("Send a code").await;
    browser.sees("Enter the code from your phone").await;
    looked_over(&browser, "a code to enter").await;
    code(1, texts).await;
    browser.press("Send a new code").await;
    browser.sees("Enter the code from your phone").await;
    browser.fill("code", &code(2, texts).await).await;
    browser.press("Confirm and sign in").await;
    browser.sees("You are signed in").await;
    no_check_failed(&browser).await;
    // As somebody trying it out reads it.
    browser.open(&format!("{}/sms", demo.world.links.gateways)).await;
    assert!(browser.text().await.contains("is your sign-in code for"), "{}", browser.text().await);
    browser.quit().await;

    let browser = again_on_a_phone(&demo, "sms-phone").await;
    browser.sees("Enter the code from your phone").await;
    browser.types("code", &code(3, texts).await).await;
    browser.enter_focused().await;
    is_back(&browser).await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_code_by_mail(pool: PgPool) {
    let demo = demo(pool, Method::EmailCode).await;
    let texts = || -> Vec<String> {
        let mails = demo.world.mailbox.mails();
        mails.iter().filter(|mail| mail.subject.contains("code")).map(|mail| mail.text.clone()).collect()
    };
    let browser = Browser::start("mail-code", Screen::Desktop).await;
    past_the_password(&demo, &browser).await;
    browser.sees("Enter the code from your mail").await;
    looked_over(&browser, "a code from a mail").await;
    browser.fill("code", "12").await;
    browser.press("Confirm and sign in").await;
    browser.sees("Enter the code from your mail").await;
    looked_over(&browser, "no code").await;
    browser.fill("code", &code(1, texts).await).await;
    browser.press("Confirm and sign in").await;
    browser.sees("You are signed in").await;
    no_check_failed(&browser).await;
    browser.quit().await;

    let browser = again_on_a_phone(&demo, "mail-code-phone").await;
    browser.sees("Enter the code from your mail").await;
    browser.types("code", &code(2, texts).await).await;
    browser.enter_focused().await;
    is_back(&browser).await;
    browser.quit().await;
}
