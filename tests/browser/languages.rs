//! Customers' pages in other languages and the other direction, as they are seen.

use sqlx::PgPool;
use vestibule::practice::people;

use super::Demo;
use super::chromium::{Browser, Screen};

/// Ways to look at a page: both schemes, and down to the narrowest screen.
const SCREENS: [Screen; 5] = [
    Screen::Light(1100, 900),
    Screen::Dark(1100, 900),
    Screen::DarkPhone,
    Screen::Light(320, 700),
    Screen::Dark(320, 700),
];

/// Looks at the page that stands there, whose heading is `heading`, on every screen.
pub async fn look_over(browser: &Browser, heading: &str) {
    for screen in SCREENS {
        browser.look_on(screen).await;
        browser.sees(heading).await;
        browser.axe(&format!("{heading} on {screen:?}")).await;
    }
    browser.look_on(Screen::Light(1100, 900)).await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn pages_read_well_from_either_side(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let [person, ..] = people();
    let browser = Browser::start("languages", Screen::Light(1100, 900)).await;
    let mut speaks = "English";
    for (name, label, sign_in, go_on, cancel, cancelled) in [
        ("العربية", "Language:", "تسجيل الدخول", "متابعة", "إلغاء والرجوع", "لقد ألغيت تسجيل الدخول"),
        ("日本語", "اللغة:", "ログイン", "続行", "キャンセルして戻る", "ログインをキャンセルしました"),
        (
            "Deutsch",
            "言語:",
            "Anmelden",
            "Weiter",
            "Abbrechen und zurück",
            "Sie haben die Anmeldung abgebrochen",
        ),
    ] {
        browser.open(&demo.world.links.guard).await;
        browser.sees("Acme Help Centre").await;
        browser.fill("email", person.email).await;
        browser.press("Sign in").await;
        browser.awaits_element("details.languages").await;

        // By keyboard alone.
        browser.tabs_to(&format!("{label} {speaks}")).await;
        browser.keys(" ").await;
        browser.shoot("the menu").await;
        browser.tabs_to(name).await;
        browser.keys(" ").await;
        browser.sees(sign_in).await;
        look_over(&browser, sign_in).await;
        browser.press(&format!("{} {name}", browser.hidden_text("details.languages .unseen").await)).await;
        look_over(&browser, sign_in).await;

        browser.fill("name", person.email).await;
        browser.fill("password", "not the password").await;
        browser.press(go_on).await;
        browser.awaits_element("#problem").await;
        look_over(&browser, sign_in).await;
        browser.press(cancel).await;
        look_over(&browser, cancelled).await;
        speaks = name;
    }
    browser.quit().await;
}
