//! The customer's own security page as it is seen: every page of it on every screen, and all of it by
//! keyboard alone, on a phone, without scripts.

use sqlx::PgPool;
use time::Duration;
use vestibule::policy;
use vestibule::practice::{Person, people};
use vestibule::sites::SiteId;

use super::Demo;
use super::chromium::{Browser, Screen};
use super::languages::look_over;
use crate::support::code_at;

const HOME: &str = "Your account's security";

impl Demo {
    pub async fn site(&self) -> SiteId {
        SiteId(sqlx::query_scalar("select id from sites").fetch_one(&self.app.db).await.unwrap())
    }

    async fn remember_devices(&self) {
        let (site, mut conn) = (self.site().await, self.app.db.acquire().await.unwrap());
        let mut policy = policy::store::load(&mut conn, site).await.unwrap();
        policy.settings.remembered_days = 30;
        let version = policy.version;
        policy::store::save(&mut conn, site, &policy, version, None, self.clock.now()).await.unwrap();
    }

    pub async fn open_account(&self, browser: &Browser, path: &str) {
        let path = format!("/sites/{}/account{path}", self.site().await);
        browser.open(&self.app.config.base_url.join(&path)).await;
    }

    /// Signs in at the page and sets an app up; its secret.
    async fn at_the_account(&self, browser: &Browser, person: &Person) -> Vec<u8> {
        self.open_account(browser, "").await;
        browser.sees("Sign in").await;
        self.give_password(browser, person).await;
        let secret = self.enrol(browser).await;
        browser.sees(HOME).await;
        secret
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn every_page_of_the_account_on_every_screen(pool: PgPool) {
    let demo = Demo::open(pool).await;
    demo.remember_devices().await;
    let [person, ..] = people();
    let browser = Browser::start("account", Screen::Light(1100, 900)).await;
    let secret = demo.at_the_account(&browser, &person).await;
    look_over(&browser, HOME).await;

    // Another device, remembered: both lists have more to show.
    demo.clock.advance(Duration::minutes(1));
    browser.press("Sign out").await;
    browser.sees("Sign out?").await;
    browser.press("Sign out").await;
    browser.sees("You're signed out").await;
    demo.open_account(&browser, "").await;
    browser.sees("Sign in").await;
    demo.give_password(&browser, &person).await;
    browser.sees("Enter your code").await;
    browser.press("Don't ask for a second factor on this device for 30 days").await;
    look_over(&browser, "Enter your code").await;
    demo.give_code(&browser, &secret).await;
    look_over(&browser, HOME).await;

    browser.press("Add a second factor").await;
    look_over(&browser, "Add a second factor").await;
    browser.press_way("totp").await;
    look_over(&browser, "Set up an authenticator app").await;
    browser.press("Cancel and go back").await;
    browser.sees(HOME).await;
    browser.press("Change: Authenticator app").await;
    look_over(&browser, "Change a second factor").await;
    browser.fill("name", " ").await;
    browser.press("Save the name").await;
    browser.awaits_element("#problem").await;
    look_over(&browser, "Change a second factor").await;
    browser.press("Remove it").await;
    look_over(&browser, "You need this second factor").await;
    browser.press("Back to your account's security").await;
    browser.sees(HOME).await;
    browser.press("Make new backup codes").await;
    look_over(&browser, "Make new backup codes?").await;
    browser.press("Make new backup codes").await;
    look_over(&browser, "Save your backup codes").await;
    browser.press("I have saved these codes in a safe place").await;
    browser.press("Continue").await;
    browser.awaits("[role=status]", "Your new backup codes are saved.").await;
    look_over(&browser, HOME).await;
    browser.press("Change your password").await;
    look_over(&browser, "Change your password").await;
    browser.fill("current", "not the password").await;
    browser.fill("password", "seven quiet lanterns").await;
    browser.fill("repeat", "seven quiet lanterns").await;
    browser.press("Save the new password").await;
    browser.awaits_element("#problem").await;
    assert_eq!(browser.focused().await, "current");
    look_over(&browser, "Change your password").await;

    demo.clock.advance(Duration::minutes(10));
    demo.open_account(&browser, "/password").await;
    look_over(&browser, "Prove it's you again").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_account_by_keyboard_on_a_phone_without_scripts(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let [.., person] = people();
    let browser = Browser::start("account-keys", Screen::DarkPhone).await;
    browser.forbid_scripts().await;
    let secret = demo.at_the_account(&browser, &person).await;

    let go = async |to: &str| browser.goes(to).await;
    go("Change: Authenticator app").await;
    browser.sees("Change a second factor").await;
    browser.tabs_to("name").await;
    browser.keys("Work phone").await; // what a tab reaches is selected
    go("Save the name").await;
    browser.awaits("[role=status]", "The name is saved.").await;

    go("Add a second factor").await;
    browser.sees("Add a second factor").await;
    let app = browser.hidden_text("button[value=totp]").await;
    go(&app.split_whitespace().collect::<Vec<_>>().join(" ")).await;
    browser.sees("Set up an authenticator app").await;
    let key: String = browser.hidden_text(".key").await.split_whitespace().collect();
    let second = data_encoding::BASE32_NOPAD.decode(key.as_bytes()).unwrap();
    browser.tabs_to("code").await;
    browser.keys(code_at(&second, demo.clock.now())).await;
    browser.enter("code").await;
    browser.awaits("[role=status]", "It is set up.").await;

    go("Change: Work phone").await;
    browser.sees("Change a second factor").await;
    go("Remove it").await;
    browser.sees("Remove this second factor?").await;
    go("Remove it").await;
    browser.awaits("[role=status]", "It is removed.").await;

    // Later, a change takes a proof, and goes on where it was.
    demo.clock.advance(Duration::minutes(10));
    go("Change your password").await;
    browser.sees("Prove it's you again").await;
    browser.tabs_to("password").await;
    browser.keys(person.password).await;
    browser.enter("password").await;
    browser.sees("Enter your code").await;
    browser.keys(code_at(&second, demo.clock.now())).await; // it has the focus
    browser.enter("code").await;
    browser.sees("Change your password").await;
    browser.keys(person.password).await; // as the first field has here
    for field in ["password", "repeat"] {
        browser.tabs_to(field).await;
        browser.keys("seven quiet lanterns").await;
    }
    browser.enter("repeat").await;
    browser.awaits("[role=status]", "Your password is changed.").await;
    assert_ne!(secret, second);
    browser.quit().await;
}
