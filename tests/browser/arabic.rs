//! Pages of the account, of passkeys and of the ways back from right to left, wide and light, narrow and
//! dark. Their words are the translations' own matter: what stands there is told by its fields.

use sqlx::PgPool;
use time::Duration;
use vestibule::practice::people;

use super::Demo;
use super::authenticator::{Authenticator, Kind};
use super::chromium::{Browser, Screen};

/// Waits for the page that has `css`, and looks it over.
async fn looks_over(browser: &Browser, css: &str) {
    browser.awaits_element(css).await;
    assert_eq!(
        browser.run("return document.dir + getComputedStyle(document.body).direction").await,
        "rtlrtl"
    );
    for screen in [Screen::Dark(320, 700), Screen::Light(1100, 900)] {
        browser.look_on(screen).await;
        browser.shoot(css).await;
        browser.axe(&format!("{css} on {screen:?}")).await;
        let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(browser.run(wide).await, 0, "{css} on {screen:?}");
    }
}

/// Presses what `css` matches, whatever it is called.
async fn press(browser: &Browser, css: &str) {
    browser.awaits_element(css).await;
    browser.run(&format!("document.querySelector(\"{css}\").click(); return 1")).await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_account_passkeys_and_the_ways_back_read_from_the_right(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let [person, ..] = people();
    let browser = Browser::start("arabic", Screen::Light(1100, 900)).await;
    let _device = Authenticator::add(&browser, Kind::Internal).await;
    demo.open_account(&browser, "").await;
    browser.sees("Sign in").await;
    browser.press("Language: English").await;
    browser.press("العربية").await;
    browser.awaits_element("html[lang=ar] #password").await;
    browser.fill("name", person.email).await;
    browser.fill("password", person.password).await;
    browser.enter("password").await;

    looks_over(&browser, "button[name=method][value=passkey]").await;
    press(&browser, "button[name=method][value=passkey]").await;
    looks_over(&browser, "form[data-passkey=create]").await;
    press(&browser, "#use-passkey").await;
    looks_over(&browser, ".codes").await;
    press(&browser, "input[name=saved]").await;
    press(&browser, "main form:has(input[name=saved]) button.primary").await;

    looks_over(&browser, ".rows a").await;
    press(&browser, ".rows a").await;
    looks_over(&browser, "form[action$='/remove'], a[href$='/remove']").await;
    for (path, css) in
        [("/add", "button[name=method]"), ("/codes", "form[action$='/codes']"), ("/password", "#current")]
    {
        demo.open_account(&browser, path).await;
        looks_over(&browser, css).await;
    }

    // Before a change, later: the password, then the passkey, or the way of whoever has lost it.
    demo.clock.advance(Duration::minutes(10));
    demo.open_account(&browser, "/password").await;
    looks_over(&browser, "#name[value]").await;
    browser.fill("password", person.password).await;
    browser.enter("password").await;
    looks_over(&browser, "form[data-passkey=get]").await;
    press(&browser, "a[href$='/lost']").await;
    looks_over(&browser, "form[action$='/lost']").await;

    browser.open(&format!("{}/sites/{}/forgot", demo.world.links.app, demo.world.site)).await;
    looks_over(&browser, "form[action$='/forgot']").await;
    browser.fill("name", person.email).await;
    browser.enter("name").await;
    looks_over(&browser, "main:not(:has(#name))").await;
    browser.quit().await;
}
