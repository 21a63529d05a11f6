//! Passkeys in the practice world, with Chromium's virtual authenticators: set up by choosing them,
//! asked for, and as a whole sign-in, on every screen and by keyboard alone.

use serde_json::json;
use sqlx::PgPool;
use vestibule::policy;
use vestibule::practice::{Person, people};

use super::Demo;
use super::authenticator::{Authenticator, Kind};
use super::chromium::{Browser, Screen};

const CHOOSE: &str = "Choose a second way to prove it's you";
const MAKE: &str = "Set up a passkey";
const USE: &str = "Use your passkey";

/// Ways to look at a page: both schemes, and down to the narrowest screen.
const SCREENS: [Screen; 4] =
    [Screen::Dark(1100, 900), Screen::Dark(320, 700), Screen::Light(320, 700), Screen::Light(1100, 900)];

async fn look_over(browser: &Browser, heading: &str) {
    for screen in SCREENS {
        browser.look_on(screen).await;
        browser.sees(heading).await;
        browser.axe(&format!("{heading} on {screen:?}")).await;
    }
}

impl Demo {
    /// Passkeys may be whole sign-ins from now on.
    async fn allow_whole_sign_in(&self) {
        let (site, now) = (self.world.site, self.clock.now());
        let mut conn = self.app.db.acquire().await.unwrap();
        let mut policy = policy::store::load(&mut conn, site).await.unwrap();
        policy.settings.passkey_sign_in = true;
        policy::store::save(&mut conn, site, &policy, policy.version, None, now).await.unwrap();
    }

    /// Chooses a passkey and makes one; past the backup codes.
    async fn enrol_passkey(&self, browser: &Browser, person: &Person) {
        self.ask_to_sign_in(browser, person.email).await;
        self.give_password(browser, person).await;
        browser.sees(CHOOSE).await;
        browser.press_way("passkey").await;
        browser.sees(MAKE).await;
        browser.press("Create a passkey").await;
        self.save_codes(browser).await;
        browser.sees("You are signed in").await;
    }

    async fn save_codes(&self, browser: &Browser) {
        browser.sees("Save your backup codes").await;
        browser.press("I have saved these codes in a safe place").await;
        browser.press("Continue").await;
    }

    /// From the help centre to a password page, whatever session there is.
    async fn ask_anew(&self, browser: &Browser, heading: &str) {
        browser.open(&self.world.links.guard).await;
        browser.sees("Acme Help Centre").await;
        browser.press("ForceAuthn").await;
        browser.sees(heading).await;
    }
}

/// From here on nobody takes what autofill offers: a virtual authenticator would at once.
async fn leave_autofill(browser: &Browser) {
    let untaken = "const get = navigator.credentials.get.bind(navigator.credentials);
        navigator.credentials.get = ({ mediation, signal, publicKey }) => {
            if (mediation !== 'conditional') return get({ mediation, signal, publicKey });
            return new Promise((_, end) => signal.addEventListener('abort', () => end(signal.reason)));
        };";
    super::passkeys::before_each_page(browser, untaken).await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_passkey_is_chosen_made_and_used_by_keyboard_alone(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let [person, ..] = people();
    let browser = Browser::start("passkey-keys", Screen::Light(1100, 900)).await;
    let device = Authenticator::add(&browser, Kind::Internal).await;
    demo.ask_to_sign_in(&browser, person.email).await;
    demo.give_password(&browser, &person).await;
    look_over(&browser, CHOOSE).await;
    assert!(browser.text().await.contains("Recommended"));
    browser.keys(thirtyfour::Key::Tab + "").await;
    browser.keys(" ").await;
    look_over(&browser, MAKE).await;
    assert_eq!(browser.focused().await, "use-passkey");

    // The wrong finger: said on the page, and the button has the focus again.
    device.set_verified(false).await;
    browser.keys(" ").await;
    browser.awaits("[role=alert]", "No passkey was used.").await;
    assert_eq!(browser.focused().await, "use-passkey");
    look_over(&browser, MAKE).await;
    device.set_verified(true).await;
    browser.keys(" ").await;
    demo.save_codes(&browser).await;
    browser.sees("You are signed in").await;
    let text = browser.text().await;
    assert!(!text.contains('✗') && text.contains("refeds.org/profile/mfa"), "{text}");
    assert_eq!(device.credentials().await.len(), 1);

    demo.ask_anew(&browser, "Sign in").await;
    demo.give_password(&browser, &person).await;
    look_over(&browser, USE).await;
    assert_eq!(browser.focused().await, "use-passkey");
    browser.keys(" ").await;
    browser.sees("You are signed in").await;

    // Forgotten by the device, it is cancelled; the other ways are one press away.
    device.forget().await;
    demo.ask_anew(&browser, "Sign in").await;
    demo.give_password(&browser, &person).await;
    browser.sees(USE).await;
    browser.keys(" ").await;
    browser.awaits("[role=alert]", "No passkey was used.").await;
    assert_eq!(browser.focused().await, "use-passkey");
    look_over(&browser, USE).await;
    browser.press("Try another way").await;
    browser.press_way("backup_codes").await;
    browser.sees("Enter a backup code").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_whole_sign_in_by_the_button_and_by_autofill(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let [person, ..] = people();
    let browser = Browser::start("passkey-whole", Screen::Light(1100, 900)).await;
    let device = Authenticator::add(&browser, Kind::Internal).await;
    demo.enrol_passkey(&browser, &person).await;
    demo.allow_whole_sign_in().await;

    // A virtual authenticator takes what autofill offers as soon as the page offers it.
    browser.open(&demo.world.links.guard).await;
    browser.sees("Acme Help Centre").await;
    browser.press("ForceAuthn").await;
    browser.sees("You are signed in").await;
    assert!(browser.text().await.contains("refeds.org/profile/mfa"));

    leave_autofill(&browser).await;
    demo.ask_anew(&browser, "Sign in").await;
    look_over(&browser, "Sign in").await;
    browser.tabs_to("Sign in with a passkey").await;
    browser.keys(" ").await;
    browser.sees("You are signed in").await;
    assert!(!browser.text().await.contains('✗'));

    // The wrong finger is no sign-in; the right one is, on the same page.
    device.set_verified(false).await;
    demo.ask_anew(&browser, "Sign in").await;
    browser.press("Sign in with a passkey").await;
    browser.awaits("[role=alert]", "No passkey was used.").await;
    look_over(&browser, "Sign in").await;
    device.set_verified(true).await;
    browser.press("Sign in with a passkey").await;
    browser.sees("You are signed in").await;

    // Removed here, kept there: one message, and the password still works.
    sqlx::query("delete from factors where kind = 'passkey'").execute(&demo.app.db).await.unwrap();
    demo.ask_anew(&browser, "Sign in").await;
    browser.press("Sign in with a passkey").await;
    browser.awaits("#problem", "That passkey didn't sign you in.").await;
    look_over(&browser, "Sign in").await;
    demo.give_password(&browser, &person).await;
    browser.sees("Enter a backup code").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_plain_security_key_stands_beside_the_password_only(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let [person, ..] = people();
    let browser = Browser::start("passkey-usb-key", Screen::Light(1100, 900)).await;
    let _key = Authenticator::add(&browser, Kind::PlainUsb).await;
    demo.enrol_passkey(&browser, &person).await;
    demo.allow_whole_sign_in().await;
    demo.ask_anew(&browser, "Sign in").await;
    browser.press("Sign in with a passkey").await;
    browser.awaits("[role=alert]", "No passkey was used.").await;
    demo.give_password(&browser, &person).await;
    browser.sees(USE).await;
    browser.press("Continue with a passkey").await;
    browser.sees("You are signed in").await;

    // For another host the browser refuses by itself.
    demo.ask_anew(&browser, "Sign in").await;
    demo.give_password(&browser, &person).await;
    browser.sees(USE).await;
    let elsewhere = "const form = document.querySelector('form[data-passkey]');
        form.dataset.passkeyOptions = JSON.stringify({ ...JSON.parse(form.dataset.passkeyOptions), rpId: 'example.com' });
        return 1";
    assert_eq!(browser.run(elsewhere).await, json!(1));
    browser.press("Continue with a passkey").await;
    browser.awaits("[role=alert]", "Your browser could not use a passkey here.").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn without_scripts_or_passkeys_another_way_is_open(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let [person, ..] = people();
    demo.allow_whole_sign_in().await;
    let browser = Browser::start("passkey-none", Screen::Light(320, 700)).await;
    super::passkeys::before_each_page(&browser, "delete window.PublicKeyCredential").await;
    demo.ask_to_sign_in(&browser, person.email).await;
    assert!(!browser.text().await.contains("Sign in with a passkey"));
    demo.give_password(&browser, &person).await;
    browser.sees(CHOOSE).await;
    let text = browser.text().await;
    assert!(text.contains("Authenticator app") && !text.contains("Passkey"), "{text}");

    browser.forbid_scripts().await;
    browser.reload().await;
    browser.sees(CHOOSE).await;
    browser.press_way("passkey").await;
    browser.sees(MAKE).await;
    let text = browser.text().await;
    assert!(text.contains("This browser can't use passkeys") && !text.contains("Create a passkey"), "{text}");
    browser.press("Try another way").await;
    browser.press_way("totp").await;
    browser.sees("Set up an authenticator app").await;
    browser.quit().await;
}
