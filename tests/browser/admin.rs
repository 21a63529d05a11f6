//! The pages inside Jira, in a frame of another site: the whole way from "app installed" to "customer
//! signed in with 2FA", with nothing but what the pages say; axe on every state, in light and dark.

use sqlx::PgPool;
use thirtyfour::Key;
use time::Duration;
use vestibule::practice::jira::{Jira, Viewer};
use vestibule::practice::{Setup, people};

use super::Demo;
use super::chromium::{Browser, Screen};
use crate::support::code_at;

impl Demo {
    /// Opens one of our pages inside the practice Jira and looks into its frame.
    pub(super) async fn administer(&self, browser: &Browser, module: &str, viewer: Viewer) {
        let path = Jira::page_path("vestibule", module, viewer);
        browser.open(&format!("{}{path}", self.world.links.jira)).await;
        browser.enter_frame().await;
    }

    /// Turns a switch of the practice Jira, as its page does.
    pub(super) async fn turn(&self, switch: &str, value: &str) {
        let url = format!("{}/bridge/switch/{switch}/{value}", self.world.links.jira_rest);
        let client = reqwest::Client::builder().build().unwrap();
        let request = client.post(url).body("as=ada").header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.send().await.unwrap().error_for_status().unwrap();
    }

    /// The code of the app that was set up last.
    fn code(&self, secret: &[u8]) -> String {
        code_at(secret, self.clock.now())
    }
}

/// Asks axe about the fragment as it stands, in light and in dark.
pub(super) async fn axe(browser: &Browser, what: &str) {
    for mode in ["light", "dark"] {
        browser.run(&format!("document.documentElement.dataset.colorMode = '{mode}'; return 1")).await;
        browser.axe(&format!("{what}, {mode}")).await;
    }
    browser.run("document.documentElement.dataset.colorMode = 'light'; return 1").await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn from_app_installed_to_a_customer_signed_in(pool: PgPool) {
    let demo = Demo::open_as(pool, Setup::Fresh).await;
    let [person, ..] = people();
    let browser = Browser::start("setup", Screen::Light(1280, 900)).await;
    let guard = demo.world.links.guard.clone();

    // Step 1: the gate holds, and says so beside its box.
    demo.administer(&browser, "vestibule-setup", Viewer::Ada).await;
    browser.sees("Set up two-factor sign-in").await;
    axe(&browser, "step 1").await;
    browser.press("Continue").await;
    browser.awaits("#ready-error", "Confirm that Guard is ready").await;
    assert_eq!(browser.focused().await, "ready");
    axe(&browser, "step 1 refused").await;
    browser.press("Guard is active for this organization, and I can change its settings in Atlassian Administration").await;
    browser.press("Continue").await;

    // Step 2: ours to Atlassian, theirs to us. The copy is confirmed; a reload resumes here.
    browser.awaits_element("#idp-entity-id").await;
    axe(&browser, "step 2").await;
    let ours: Vec<String> = [
        browser.hidden_text("#idp-entity-id").await,
        browser.hidden_text("#idp-sso-url").await,
        browser.hidden_text("#idp-certificate").await,
    ]
    .into();
    browser.press("Copy").await;
    browser.awaits(".copy-said", "Copied").await;
    browser.press("Save and continue").await;
    browser.awaits("#entity_id-error", "This value is missing").await;
    assert_eq!(browser.focused().await, "entity_id");
    axe(&browser, "step 2 refused").await;
    browser.leave_frame().await;
    assert!(browser.address().await.ends_with("#!setup/source"), "{}", browser.address().await);

    browser.open(&format!("{guard}/admin/saml")).await;
    for (id, value) in ["entity_id", "sso_url", "certificate"].into_iter().zip(&ours) {
        browser.fill(id, value).await;
    }
    browser.press("Save").await;
    browser.awaits_element("#sp-entity-id").await;
    let theirs = [browser.value("sp-entity-id").await, browser.value("sp-acs-url").await];

    demo.administer(&browser, "vestibule-setup", Viewer::Ada).await;
    browser.awaits_element("#entity_id").await;
    browser.fill("entity_id", &theirs[0]).await;
    browser.fill("acs_url", &theirs[1]).await;
    browser.press("The three values above are saved in Atlassian Administration").await;
    browser.press("Save and continue").await;

    // Step 3: a test sign-in that needs no Guard ...
    browser.awaits("#trace", "Waiting for the first sign-in").await;
    axe(&browser, "step 3").await;
    browser.press("Start a test sign-in").await;
    browser.awaits_element("#test-link").await;
    axe(&browser, "step 3 with a test").await;
    let link = browser.hidden_text("#test-link").await;
    browser.open(&link).await;
    browser.sees("Test sign-in").await;
    browser.press("Begin").await;
    browser.sees("Sign in").await;
    demo.give_password(&browser, &person).await;
    let secret = demo.enrol(&browser).await;
    browser.sees("The test passed").await;
    browser.axe("the test's result").await;
    let text = browser.text().await;
    assert!(text.contains(person.email) && !text.contains('✗'), "{text}");

    // ... then through Guard, which the page tells as it happens.
    browser.open(&format!("{guard}/admin")).await;
    browser.run("document.querySelector('[name=single_sign_on][value=on]').click(); return 1").await;
    browser.run("document.querySelector('[name=password][value=off]').click(); return 1").await;
    browser.press("Save").await;
    browser.awaits_element("#sp-entity-id").await;
    demo.clock.advance(Duration::minutes(1));
    demo.ask_to_sign_in(&browser, person.email).await;
    demo.give_password(&browser, &person).await;
    browser.sees("Enter your code").await;
    browser.fill("code", &demo.code(&secret)).await;
    browser.enter("code").await;
    browser.sees("You are signed in").await;
    assert!(!browser.text().await.contains('✗'));

    demo.administer(&browser, "vestibule-setup", Viewer::Ada).await;
    browser.awaits("#trace", "Signed in").await;
    browser.press("Details").await;
    browser.awaits("#trace", "urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken").await;
    axe(&browser, "the trace").await;
    browser.press("Save").await;
    browser.awaits("#works-error", "Confirm that a sign-in worked").await;
    browser.press("A customer has signed in through Guard, and single sign-on is enabled").await;
    browser.press("Save").await;

    // Done: the board, with what is still to do.
    browser.sees("Setup").await;
    browser.awaits(".flag", "Setup is complete.").await;
    assert!(browser.text().await.contains("The second factor can be walked around"));
    axe(&browser, "the board with a warning").await;
    browser.press("It is disabled now").await;
    browser.awaits(".status", "as you told us").await;
    let text = browser.text().await;
    assert!(!text.contains("walked around") && text.contains(person.email), "{text}");
    browser.press("Go to 2FA Configuration").await;
    browser.sees("2FA Configuration").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_policy_is_decided_with_care(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let browser = Browser::start("policy", Screen::Light(1280, 900)).await;
    demo.administer(&browser, "vestibule-two-factor", Viewer::Ada).await;
    browser.sees("2FA Configuration").await;
    browser.awaits("#effect-enforced", "Applies to 3 of 3 customers right now.").await;
    axe(&browser, "the policy").await;
    browser.press("Show compliance notes (NIST, ASVS)").await;
    browser.awaits(".lens", "AAL2").await;
    axe(&browser, "the policy with notes").await;

    // Faults: told above and beside the field, which has the focus; nothing typed is lost.
    browser.press("A number of sign-ins later").await;
    browser.fill("grace_skips", "99").await;
    browser.fill("idle_minutes", "soon").await;
    browser.press("Save").await;
    browser.awaits("#grace_skips-error", "from 1 to 20").await;
    browser.awaits("#idle_minutes-error", "whole number").await;
    assert_eq!(browser.focused().await, "grace_skips");
    assert_eq!(browser.value("idle_minutes").await, "soon");
    axe(&browser, "the policy with faults").await;

    // Leaving asks; staying keeps what was typed.
    browser.press("Setup").await;
    browser.awaits("dialog", "Leave without saving?").await;
    axe(&browser, "leaving").await;
    browser.press("Keep editing").await;
    assert_eq!(browser.value("grace_skips").await, "99");

    // Meanwhile Ben saves in another window; Ada is told, and keeps her own.
    browser.fill("grace_skips", "2").await;
    browser.fill("idle_minutes", "60").await;
    let first = browser.window().await;
    browser.new_window().await;
    demo.administer(&browser, "vestibule-two-factor", Viewer::Ben).await;
    browser.sees("2FA Configuration").await;
    browser.fill("totp_issuer", "Acme help").await;
    browser.press("Save").await;
    browser.awaits(".flag", "The policy is saved.").await;
    browser.close_window(first).await;
    browser.enter_frame().await;
    browser.press("Save").await;
    browser.awaits(".message.warning", "Another administrator saved it just now").await;
    browser.awaits(".message.warning .diff", "2 times").await;
    axe(&browser, "a conflict").await;
    browser.fill("totp_issuer", "Acme help").await;
    browser.press("Save").await;

    // What it means is said before it is saved.
    browser.awaits("dialog", "Before you save").await;
    browser.awaits("dialog .diff", "2 times").await;
    axe(&browser, "the rehearsal").await;
    browser.press_in("dialog", "Save").await;
    browser.awaits(".flag", "The policy is saved.").await;
    assert_eq!(browser.value("totp_issuer").await, "Acme help");

    // Exceptions count at once.
    browser.fill("customer", "nobody@customer.example").await;
    browser.press("Add exception").await;
    browser.awaits("#customer-error", "No customer has").await;
    assert_eq!(browser.focused().await, "customer");
    browser.fill("customer", "jonas@customer.example").await;
    browser.press("Add exception").await;
    browser.awaits("#exceptions table", "jonas@customer.example").await;
    browser.awaits("#effect-everyone_except", "Applies to 2 of 3 customers right now.").await;
    axe(&browser, "exceptions").await;

    // Back and forward are the host's.
    browser.press("Setup").await;
    browser.awaits_element("[data-state^='setup']").await;
    browser.back().await;
    browser.leave_frame().await;
    browser.enter_frame().await;
    browser.awaits_element("[data-state='two-factor']").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn by_keyboard_alone(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let browser = Browser::start("keyboard", Screen::Light(1280, 900)).await;
    demo.administer(&browser, "vestibule-setup", Viewer::Ada).await;
    browser.sees("Set up two-factor sign-in").await;
    browser.tabs_to("ready").await;
    browser.keys(" ").await;
    browser.tabs_to("Continue").await;
    browser.keys(Key::Enter + "").await;
    browser.awaits_element("#entity_id").await;
    browser.tabs_to("entered").await;
    browser.keys(" ").await;
    browser.tabs_to("Save and continue").await;
    browser.keys(Key::Enter + "").await;
    browser.awaits_element("#trace").await;
    browser.tabs_to("works").await;
    browser.keys(" ").await;
    browser.tabs_to("password_login_off").await;
    browser.keys(" ").await;
    browser.tabs_to("Save").await;
    browser.keys(Key::Enter + "").await;
    browser.sees("Setup").await;

    // The certificate: made, switched to after a question, switched back.
    browser.tabs_to("Make the next certificate").await;
    browser.keys(Key::Enter + "").await;
    browser.awaits_element("#certificate-next").await;
    browser.tabs_to("Switch to it").await;
    browser.keys(Key::Enter + "").await;
    browser.awaits("dialog[open]", "Switch to the next certificate?").await;
    axe(&browser, "the question").await;
    browser.keys(Key::Escape + "").await;
    browser.awaits_element("dialog#switch:not([open])").await;
    browser.keys(Key::Enter + "").await; // the focus is back on the button
    browser.awaits("dialog[open]", "Switch to the next certificate?").await;
    browser.tabs_to("Switch").await;
    browser.keys(Key::Enter + "").await;
    browser.awaits(".flag", "The new certificate signs from now on.").await;
    axe(&browser, "the board after a switch").await;

    browser.tabs_to("2FA Configuration").await;
    browser.keys(Key::Enter + "").await;
    browser.sees("2FA Configuration").await;
    browser.tabs_to("two_factor").await;
    browser.keys(" ").await;
    browser.tabs_to("Save").await;
    browser.keys(Key::Enter + "").await;
    browser.awaits("dialog", "Before you save").await;
    browser.tabs_to("Save").await;
    browser.keys(Key::Enter + "").await;
    browser.awaits(".flag", "The policy is saved.").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn whoever_cannot_is_told_why_and_what_next(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let browser = Browser::start("trouble", Screen::Dark(1280, 900)).await;
    demo.administer(&browser, "vestibule-setup", Viewer::Noor).await;
    browser.sees("This page is for Jira administrators").await;
    browser.axe("no administrator").await;

    // Jira away: the page at first, then a message above what was typed.
    demo.turn("rest", "down").await;
    demo.administer(&browser, "vestibule-setup", Viewer::Ada).await;
    browser.sees("Jira does not answer").await;
    demo.turn("rest", "up").await;
    demo.administer(&browser, "vestibule-two-factor", Viewer::Ada).await;
    browser.sees("2FA Configuration").await;
    browser.fill("totp_issuer", "Acme help").await;
    demo.turn("rest", "down").await;
    demo.clock.advance(Duration::minutes(2)); // Jira's last word counts no more
    browser.press("Save").await;
    browser.awaits("#notice", "Jira does not answer").await;
    browser.axe("Jira away").await;
    assert_eq!(browser.value("totp_issuer").await, "Acme help");
    demo.turn("rest", "up").await;
    browser.press("Save").await;
    browser.awaits(".flag", "The policy is saved.").await;
    assert_eq!(browser.hidden_text("#notice").await, "");

    // The server away, then Jira without a token: said above the form, tried again by a button.
    browser.fill("totp_issuer", "Acme portal").await;
    browser.run("window.kept = fetch; window.fetch = () => Promise.reject(new TypeError()); return 1").await;
    browser.press("Save").await;
    browser.awaits("#notice", "Vestibule does not answer").await;
    browser.axe("the server away").await;
    assert_eq!(browser.focused().await, "notice");
    assert_eq!(browser.value("totp_issuer").await, "Acme portal");
    browser.run("window.fetch = window.kept; return 1").await;
    browser.press("Try again").await;
    browser.awaits_element("#notice:empty").await;
    browser.awaits_element("#policy[data-saved*='Acme+portal']").await;
    browser
        .run("window.kept = AP.context.getToken; AP.context.getToken = (told) => told(''); return 1")
        .await;
    browser.press("Setup").await;
    browser.awaits("#notice", "Jira did not say who you are").await;
    browser.run("AP.context.getToken = window.kept; return 1").await;
    browser.press("Try again").await;
    browser.awaits("h1", "Set up two-factor sign-in").await;

    // A link into the middle.
    let path = Jira::page_path("vestibule", "vestibule-setup", Viewer::Ada);
    browser.leave_frame().await;
    browser.open(&format!("{}{path}#!two-factor", demo.world.links.jira)).await;
    browser.enter_frame().await;
    browser.sees("2FA Configuration").await;

    // No licence: to be read, not changed.
    demo.turn("licence", "none").await;
    demo.administer(&browser, "vestibule-two-factor", Viewer::Ada).await;
    browser.awaits(".message", "This site has no licence").await;
    browser.fill("totp_issuer", "Other").await;
    browser.press("Save").await;
    browser.awaits("#notice", "Nothing was saved: this site has no licence").await;
    browser.axe("no licence").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn on_every_width(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let browser = Browser::start("admin", Screen::Light(1600, 1000)).await;
    let pages = async |size: &str| {
        demo.administer(&browser, "vestibule-setup", Viewer::Ada).await;
        browser.sees("Set up two-factor sign-in").await;
        demo.administer(&browser, "vestibule-two-factor", Viewer::Ada).await;
        browser.sees("2FA Configuration").await;
        browser.axe(size).await;
    };
    pages("1600 wide").await;
    browser.look_on(Screen::Dark(320, 700)).await;
    demo.turn("theme", "dark").await;
    pages("320 wide").await;
    browser.quit().await;
}
