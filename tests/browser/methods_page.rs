//! The methods and what came with them, on the page inside Jira: by keyboard, at every width, with axe
//! in light and dark.

use sqlx::PgPool;
use thirtyfour::Key;
use vestibule::practice::people;

use super::Demo;
use super::admin::axe;
use super::chromium::{Browser, Screen};
use vestibule::practice::jira::Viewer;

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn methods_are_decided_by_keyboard(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let [person, ..] = people();
    let browser = Browser::start("methods", Screen::Light(1280, 900)).await;
    demo.ask_to_sign_in(&browser, person.email).await;
    demo.give_password(&browser, &person).await;
    demo.enrol(&browser).await;
    browser.sees("You are signed in").await;

    demo.administer(&browser, "vestibule-two-factor", Viewer::Ada).await;
    browser.sees("2FA Configuration").await;
    let press = async |name: &str, key: Key| {
        browser.tabs_to(name).await;
        browser.keys(key + "").await;
    };
    // Questions: their settings show with the switch; the tick is asked for, and has the focus.
    press("questions", Key::Space).await;
    browser.awaits(".method:has(#questions) .method-settings", "Questions to choose from").await;
    axe(&browser, "questions").await;
    browser.fill("questions_to_ask", "9").await;
    press("Save", Key::Enter).await;
    browser.awaits("#questions_to_ask-error", "from 1 to 3").await;
    assert_eq!(browser.focused().await, "questions_to_ask");
    axe(&browser, "questions with a fault").await;
    browser.fill("questions_to_ask", "2").await;
    press("Save", Key::Enter).await;
    browser.awaits("dialog", "3.1.1.2(8)").await;
    axe(&browser, "the tick").await;
    browser.shoot_here("consent").await;
    press("Save", Key::Enter).await;
    browser.awaits("dialog #accepted-error", "Tick this").await;
    assert_eq!(browser.focused().await, "accepted");
    axe(&browser, "the tick is missing").await;
    browser.keys(Key::Space + "").await;
    press("Save", Key::Enter).await;
    browser.awaits(".flag", "The policy is saved.").await;

    // A method in use: who has nothing else.
    press("passkey_sign_in", Key::Space).await;
    press("backup_codes", Key::Space).await;
    press("totp", Key::Space).await;
    browser.fill("least_factors", "2").await;
    press("remembered-off", Key::Down).await;
    browser.fill("remembered_days", "30").await;
    browser.press("Show compliance notes (NIST, ASVS)").await;
    axe(&browser, "with notes").await;
    browser.shoot_as("notes").await;
    press("Save", Key::Enter).await;
    browser.awaits("dialog", "with nothing else").await;
    browser.awaits("dialog", person.email).await;
    axe(&browser, "who has nothing else").await;
    browser.shoot_here("nothing-else").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn what_is_not_set_up_is_told_at_every_width(pool: PgPool) {
    let demo = Demo::open_with(pool, vestibule::practice::Setup::Done, |config| {
        (config.sms, config.duo, config.mail) = (None, None, None);
    })
    .await;
    let browser = Browser::start("unequipped", Screen::Light(1600, 1000)).await;
    for (theme, screen, size) in [
        ("light", Screen::Light(1600, 1000), "1600"),
        ("light", Screen::Light(768, 1000), "768"),
        ("dark", Screen::Dark(1024, 900), "1024"),
        ("dark", Screen::Dark(320, 700), "320"),
    ] {
        browser.look_on(screen).await;
        demo.turn("theme", theme).await;
        demo.administer(&browser, "vestibule-two-factor", Viewer::Ada).await;
        browser.awaits("#sms-missing", "VESTIBULE_SMS_URL").await;
        browser.press("Security questions").await;
        browser.axe(&format!("{size} wide")).await;
        browser.shoot_as(size).await;
        let wide = browser.run("return document.documentElement.scrollWidth > innerWidth").await;
        assert_eq!(wide, false, "{size}: nothing is cut off");
    }
    browser.quit().await;
}
