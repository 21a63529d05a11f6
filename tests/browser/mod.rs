//! Stories in a real browser: the practice world around the real server, walked in Chromium. The
//! clock is the test's, so that the next code needs no waiting.

mod account;
mod admin;
mod arabic;
mod authenticator;
mod bridge;
mod chromium;
mod customers;
mod imports;
mod languages;
mod mailbox;
mod methods;
mod methods_page;
mod passkey_sign_in;
mod passkeys;
mod pictures;
mod recovery;
mod show_password;

use sqlx::PgPool;
use time::Duration;
use time::macros::datetime;
use vestibule::app::App;
use vestibule::clock::Clock;
use vestibule::config::Config;
use vestibule::practice::sp::IdpSettings;
use vestibule::practice::{Doors, Folder, Person, Ports, Setup, World, people};
use vestibule::random::Random;
use vestibule::server;

use self::chromium::{Browser, Screen};
use crate::support::{code_at, config};

/// `vestibule demo` over a test's database and clock.
struct Demo {
    app: App,
    world: World,
    clock: Clock,
    _folder: tempfile::TempDir,
}

impl Demo {
    async fn open(pool: PgPool) -> Self {
        Self::open_as(pool, Setup::Done).await
    }

    async fn open_as(pool: PgPool, setup: Setup) -> Self {
        Self::open_with(pool, setup, |_| {}).await
    }

    /// As [`open_as`](Self::open_as), with `change` made to what the practice world has set up.
    async fn open_with(pool: PgPool, setup: Setup, change: impl FnOnce(&mut Config)) -> Self {
        let doors = Doors::open(Ports::ANY).await.unwrap();
        let mut config = config();
        doors.configure(&mut config).unwrap();
        change(&mut config);
        let clock = Clock::fixed(datetime!(2026-11-23 09:00:10 UTC));
        let app = App::new(config, pool, clock.clone(), Random::seeded(7));
        let folder = tempfile::tempdir().unwrap();
        let kept = Folder::open(folder.path()).unwrap();
        let (app_door, doors, links) = doors.split();
        tokio::spawn(server::serve(app.clone(), app_door, std::future::pending()));
        let world = World::start(&app, doors, links, kept, setup).await.unwrap();
        Self { app, world, clock, _folder: folder }
    }

    /// From the help centre to the password page.
    async fn ask_to_sign_in(&self, browser: &Browser, email: &str) {
        browser.open(&self.world.links.guard).await;
        browser.sees("Acme Help Centre").await;
        browser.fill("email", email).await;
        browser.press("Sign in").await;
        browser.sees("Sign in").await;
    }

    async fn give_password(&self, browser: &Browser, person: &Person) {
        browser.fill("name", person.email).await;
        browser.fill("password", person.password).await;
        browser.press("Continue").await;
    }

    /// Chooses an app, and sets it up as the page says; its secret.
    async fn enrol(&self, browser: &Browser) -> Vec<u8> {
        browser.sees("Choose a second way to prove it's you").await;
        browser.press_way("totp").await;
        browser.sees("Set up an authenticator app").await;
        let key = browser.hidden_text(".key").await;
        let key: String = key.split_whitespace().collect();
        let secret = data_encoding::BASE32_NOPAD.decode(key.as_bytes()).unwrap();
        browser.fill("code", &code_at(&secret, self.clock.now())).await;
        browser.press("Confirm and sign in").await;
        browser.sees("Save your backup codes").await;
        browser.press("I have saved these codes in a safe place").await;
        browser.press("Continue").await;
        secret
    }

    async fn give_code(&self, browser: &Browser, secret: &[u8]) {
        browser.sees("Enter your code").await;
        browser.fill("code", &code_at(secret, self.clock.now())).await;
        browser.enter("code").await;
    }
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn from_the_help_centre_and_back_twice(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let [person, ..] = people();
    let browser = Browser::start("walk", Screen::Desktop).await;

    demo.ask_to_sign_in(&browser, person.email).await;
    demo.give_password(&browser, &Person { password: "not the password", ..person }).await;
    browser.sees("Sign in").await;
    assert!(browser.title().await.starts_with("Error: "), "{}", browser.title().await);
    assert_eq!(browser.focused().await, "password");

    demo.give_password(&browser, &person).await;
    let secret = demo.enrol(&browser).await;
    browser.sees("You are signed in").await;
    let text = browser.text().await;
    assert!(text.contains(person.email) && text.contains("Okafor"), "{text}");
    assert!(!text.contains('✗'), "a check failed: {text}");

    // Reload and the back button lead somewhere sensible.
    browser.reload().await;
    browser.sees("You are signed in").await;
    browser.back().await;
    browser.sees("You're already signed in here").await;

    // The session answers for itself, also from a new visit.
    browser.open(&demo.world.links.guard).await;
    browser.sees("Acme Help Centre").await;
    browser.press("Sign out").await;
    browser.sees("Acme Help Centre").await;
    browser.press("Sign in").await;
    browser.sees("You are signed in").await;

    // Asked anew: password, and a code that has not been used.
    demo.clock.advance(Duration::minutes(1));
    browser.open(&demo.world.links.guard).await;
    browser.sees("Acme Help Centre").await;
    browser.press("ForceAuthn").await;
    browser.sees("Sign in").await;
    demo.give_password(&browser, &person).await;
    demo.give_code(&browser, &secret).await;
    browser.sees("You are signed in").await;
    let text = browser.text().await;
    assert!(text.contains("ac:classes:TimeSyncToken"), "{text}");
    assert!(!text.contains('✗'), "a check failed: {text}");
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn on_a_dark_phone_without_scripts(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let [.., person] = people();
    let browser = Browser::start("phone", Screen::DarkPhone).await;
    browser.forbid_scripts().await;

    browser.open(&demo.world.links.guard).await;
    browser.sees("Acme Help Centre").await;
    browser.press("HTTP-POST").await;
    browser.sees("On to the sign-in").await;
    browser.press("Continue").await;
    browser.sees("Sign in").await;
    demo.give_password(&browser, &person).await;
    demo.enrol(&browser).await;
    browser.sees("You're signed in").await;
    browser.press("Continue").await;
    browser.sees("You are signed in").await;
    let text = browser.text().await;
    assert!(text.contains("愛子") && text.contains("O'Brien & Söhne"), "{text}");
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_edges_and_the_practice_jira(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let [_, person, _] = people();
    let browser = Browser::start("edges", Screen::Desktop).await;
    let edge = async |label: &str, heading: &str| {
        browser.open(&demo.world.links.guard).await;
        browser.sees("Acme Help Centre").await;
        browser.press(label).await;
        browser.sees(heading).await;
    };

    edge("IsPassive", "Nobody signed in").await;
    assert!(browser.text().await.contains("NoPassive"));
    for label in ["Same ID again", "Stale request", "Wrong ACS", "Wrong Destination", "Unknown issuer"] {
        edge(label, "We couldn't accept this sign-in").await;
    }

    // Typed another address than the one that signs in.
    demo.ask_to_sign_in(&browser, "somebody.else@customer.example").await;
    demo.give_password(&browser, &person).await;
    demo.enrol(&browser).await;
    browser.sees("Not signed in").await;
    assert!(
        browser.text().await.contains("Whoops! The email address you entered can't be used to log in here.")
    );
    for label in ["Empty RelayState", "Without an ACS", "IsPassive", "Asks for a code"] {
        edge(label, "You are signed in").await;
    }
    edge("Asks for a smart card", "Nobody signed in").await;
    assert!(browser.text().await.contains("NoAuthnContext"));

    browser.open(&demo.world.links.jira).await;
    for (button, state) in [
        ("Disable", "Installed, disabled"),
        ("Enable", "Installed and enabled"),
        ("Rotate secret", "Installed and enabled"),
        ("Disable", "Installed, disabled"),
        ("Uninstall", "Not installed"),
    ] {
        // Of two installs in one second the app believes the first: their order cannot be told.
        demo.clock.advance(Duration::seconds(1));
        browser.press(button).await;
        browser.sees("Practice Jira").await;
        assert!(browser.text().await.contains(state), "{button}");
    }
    edge("ForceAuthn", "This help centre doesn't sign people in here").await;
    browser.open(&demo.world.links.jira).await;
    demo.clock.advance(Duration::seconds(1));
    browser.press("Install").await;
    browser.sees("Get started").await;
    browser.open(&demo.world.links.jira).await;
    browser.sees("Practice Jira").await;
    edge("ForceAuthn", "Sign in").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn an_administrator_enters_the_values_by_hand(pool: PgPool) {
    let demo = Demo::open_as(pool, Setup::Fresh).await;
    demo.world.seed_crowd(&demo.app).await.unwrap();
    let [person, ..] = people();
    let browser = Browser::start("by-hand", Screen::Desktop).await;
    let links = &demo.world.links;
    browser.open(&links.guard).await;
    browser.sees("Acme Help Centre").await;
    assert!(browser.text().await.contains("Single sign-on is not set up here yet"));

    browser.press("Atlassian Administration").await;
    browser.sees("Portal-only customers").await;
    browser.press("Set up SAML single sign-on").await;
    browser.sees("Set up SAML single sign-on").await;
    browser.fill("entity_id", "two words").await;
    browser.press("Save").await;
    browser.sees("Set up SAML single sign-on").await;
    assert!(browser.text().await.contains("without spaces"));

    let metadata = format!("{}/sites/{}/saml/metadata", links.app, demo.world.site);
    let metadata = demo.app.http.get(metadata).send().await.unwrap().text().await.unwrap();
    let idp = IdpSettings::from_metadata(&metadata).unwrap();
    let certificate = openssl::x509::X509::from_der(&idp.certificates_der[0]).unwrap().to_pem().unwrap();
    browser.fill("entity_id", &idp.entity_id).await;
    browser.fill("sso_url", &idp.sso_url).await;
    browser.fill("certificate", &String::from_utf8(certificate).unwrap()).await;
    browser.press("Save").await;
    browser.sees("Portal-only customers").await;
    let entity_id = browser.value("sp-entity-id").await;
    let acs_url = browser.value("sp-acs-url").await;
    assert_eq!((&entity_id, &acs_url), (&demo.world.guard.entity_id(), &demo.world.guard.acs_url()));
    let site = demo.world.site.to_string();
    vestibule::cli::sites::set_sp(&demo.app, &site, &entity_id, &acs_url).await.unwrap();

    browser.press("Enable single sign-on Customers are sent to the identity provider.").await;
    browser.press("Disable login with email and password").await;
    browser.press("Save").await;
    browser.sees("Portal-only customers").await;
    demo.ask_to_sign_in(&browser, person.email).await;
    demo.give_password(&browser, &person).await;
    demo.enrol(&browser).await;
    browser.sees("You are signed in").await;

    browser.open(&links.jira).await;
    browser.sees("Practice Jira").await;
    browser.press("Dark theme").await;
    browser.sees("Practice Jira").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn administration_and_jira_fit_a_phone(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let browser = Browser::start("admin-phone", Screen::DarkPhone).await;
    browser.open(&format!("{}/admin", demo.world.links.guard)).await;
    browser.sees("Portal-only customers").await;
    browser.press("Edit configuration").await;
    browser.sees("Edit SAML single sign-on").await;
    browser.open(&demo.world.links.jira).await;
    browser.sees("Practice Jira").await;
    browser.quit().await;
}
