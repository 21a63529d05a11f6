//! Passwords are pasted, and looked at while they are typed (security.md P5).

use sqlx::PgPool;
use vestibule::practice::people;

use super::Demo;
use super::chromium::{Browser, Screen};

/// What kind of field each of these is.
async fn kinds(browser: &Browser, ids: &str) -> String {
    let script = format!("return '{ids}'.split(' ').map((id) => document.getElementById(id).type).join(' ')");
    browser.run(&script).await.as_str().unwrap().to_owned()
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_password_is_pasted_and_shown_as_long_as_it_is_wanted(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let [person, ..] = people();
    let browser = Browser::start("show-password", Screen::Light(1100, 900)).await;
    browser.open(&demo.world.links.guard).await;
    browser.sees("Acme Help Centre").await;
    browser.fill("email", person.email).await;
    browser.press("Sign in").await;
    browser.sees("Sign in").await;

    // Copied from the field above, pasted below.
    browser.fill("name", "a pasted password").await;
    browser.run("document.getElementById('name').focus(); return 1").await;
    browser.with_control("a").await;
    browser.with_control("c").await;
    browser.run("document.getElementById('password').focus(); return 1").await;
    browser.with_control("v").await;
    assert_eq!(browser.value("password").await, "a pasted password");
    assert_eq!(kinds(&browser, "password").await, "password");

    browser.tabs_to("Show password").await;
    browser.keys(" ").await;
    assert_eq!(kinds(&browser, "password").await, "text");
    browser.awaits_element("[data-reveal][aria-pressed=true]").await;
    assert_eq!(browser.value("password").await, "a pasted password", "as it was");
    for screen in [Screen::Light(1100, 900), Screen::Dark(320, 700)] {
        browser.look_on(screen).await;
        browser.axe("a password that is shown").await;
        browser.shoot("shown").await;
    }
    browser.keys(" ").await;
    assert_eq!(kinds(&browser, "password").await, "password");
    browser.keys(" ").await;
    // It leaves as a password.
    browser
        .run(
            "document.querySelector('form').addEventListener('submit', (event) => {
                 event.preventDefault();
                 document.title = document.getElementById('password').type;
             });
             return 1",
        )
        .await;
    browser.press("Continue").await;
    assert_eq!(browser.title().await, "password");
    browser.quit().await;
}
