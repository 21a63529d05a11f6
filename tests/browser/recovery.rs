//! The ways back, through the practice mailbox.

use sqlx::PgPool;
use time::Duration;
use vestibule::practice::people;

use super::Demo;
use super::chromium::{Browser, Screen};
use super::languages::look_over;

const NEW_PASSWORD: &str = "seven quiet lanterns";

impl Demo {
    /// Waits until the server's own workers have sent a mail about `subject`, opens it in the mailbox,
    /// and follows its link called `label`.
    async fn follow_in_mail(&self, browser: &Browser, subject: &str, label: &str) {
        let mailbox = &self.world.mailbox;
        let mail = loop {
            if let Some(mail) = mailbox.mails().into_iter().find(|mail| mail.subject.contains(subject)) {
                break mail;
            }
            tokio::task::yield_now().await;
        };
        browser.open(&format!("{}/mail/{}", self.world.links.mail, mail.number)).await;
        browser.sees(&mail.subject).await;
        let list = browser.window().await;
        browser.enter_frame().await;
        browser.follow(label).await;
        browser.look_beside(&list).await;
        let link = browser.address().await;
        browser.close_window(list).await;
        browser.open(&link).await;
    }

    /// From the help centre, signed in there or not, to the page after the password.
    async fn with_the_new_password(&self, browser: &Browser, email: &str) {
        self.clock.advance(Duration::minutes(1));
        browser.open(&self.world.links.guard).await;
        browser.sees("Acme Help Centre").await;
        browser.press("ForceAuthn").await;
        browser.sees("Sign in").await;
        browser.fill("name", email).await;
        browser.fill("password", NEW_PASSWORD).await;
        browser.press("Continue").await;
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_password_and_then_every_factor_is_lost_and_the_account_frozen(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let [person, ..] = people();
    let browser = Browser::start("recovery", Screen::Light(1100, 900)).await;

    // A forgotten password.
    demo.ask_to_sign_in(&browser, person.email).await;
    browser.press("Forgotten your password?").await;
    look_over(&browser, "Set a new password").await;
    browser.press("Send me a mail").await;
    browser.awaits_element("#problem").await;
    assert_eq!(browser.focused().await, "name");
    look_over(&browser, "Set a new password").await;
    browser.fill("name", person.email).await;
    browser.enter("name").await;
    browser.sees("Look into your mailbox").await;
    look_over(&browser, "Look into your mailbox").await;
    demo.follow_in_mail(&browser, "Set a new password", "Set a new password").await;
    look_over(&browser, "Choose a new password").await;
    for (password, repeat, field) in [("short", "short", "password"), (NEW_PASSWORD, "another", "repeat")] {
        browser.fill("password", password).await;
        browser.fill("repeat", repeat).await;
        browser.press("Save and continue").await;
        browser.awaits_element("#problem").await;
        assert_eq!(browser.focused().await, field);
    }
    look_over(&browser, "Choose a new password").await;
    browser.fill("password", NEW_PASSWORD).await;
    browser.fill("repeat", NEW_PASSWORD).await;
    browser.enter("repeat").await;
    look_over(&browser, "Your password is set").await;
    browser.press("Go to the help centre").await;

    // Every second factor lost.
    demo.with_the_new_password(&browser, person.email).await;
    demo.enrol(&browser).await;
    browser.sees("You are signed in").await;
    demo.with_the_new_password(&browser, person.email).await;
    browser.sees("Enter your code").await;
    browser.press("Try another way").await;
    look_over(&browser, "Enter your code").await;
    browser.press("I have none of these any more").await;
    look_over(&browser, "You have lost your second factors").await;
    browser.press("Begin the wait").await;
    browser.awaits("main", "The wait has begun").await;
    look_over(&browser, "You have lost your second factors").await;
    // The password came by mail, so it takes days. The worker looks by itself every few seconds.
    demo.clock.advance(Duration::days(6));
    demo.follow_in_mail(&browser, "can be recovered now", "Recover my account").await;
    look_over(&browser, "Remove your second factors?").await;
    browser.press("Remove my second factors").await;
    look_over(&browser, "Your second factors are removed").await;
    demo.with_the_new_password(&browser, person.email).await;
    demo.enrol(&browser).await;
    browser.sees("You are signed in").await;

    // Was this not you?
    demo.follow_in_mail(&browser, "Your second factors", "Freeze my account").await;
    look_over(&browser, "Freeze your account?").await;
    browser.press("Freeze my account").await;
    look_over(&browser, "Your account is frozen").await;
    demo.with_the_new_password(&browser, person.email).await;
    browser.awaits("#problem", "don't match").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_ways_back_by_keyboard_on_a_phone_without_scripts(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let [.., person] = people();
    let browser = Browser::start("recovery-keys", Screen::DarkPhone).await;
    browser.forbid_scripts().await;

    demo.ask_to_sign_in(&browser, person.email).await;
    browser.goes("Forgotten your password?").await;
    browser.sees("Set a new password").await;
    browser.types("name", person.email).await;
    browser.goes("Send me a mail").await;
    browser.sees("Look into your mailbox").await;
    demo.follow_in_mail(&browser, "Set a new password", "Set a new password").await;
    browser.sees("Choose a new password").await;
    browser.types("password", NEW_PASSWORD).await;
    browser.types("repeat", NEW_PASSWORD).await;
    browser.goes("Save and continue").await;
    browser.sees("Your password is set").await;

    demo.with_the_new_password(&browser, person.email).await;
    demo.enrol(&browser).await;
    browser.sees("You're signed in").await;
    demo.with_the_new_password(&browser, person.email).await;
    browser.sees("Enter your code").await;
    browser.goes("Try another way").await;
    browser.goes("I have none of these any more").await;
    browser.sees("You have lost your second factors").await;
    browser.goes("Begin the wait").await;
    browser.awaits("main", "The wait has begun").await;
    demo.clock.advance(Duration::days(6));
    demo.follow_in_mail(&browser, "can be recovered now", "Recover my account").await;
    browser.sees("Remove your second factors?").await;
    browser.goes("Remove my second factors").await;
    browser.sees("Your second factors are removed").await;
    demo.with_the_new_password(&browser, person.email).await;
    browser.sees("Choose a second way to prove it's you").await;
    browser.quit().await;
}
