//! The pictures in docs/screenshots (script/screenshots copies them): the admin pages in light, in
//! dark and on a phone, as somebody sees them who has set a site up.

use sqlx::PgPool;
use vestibule::policy::{self, Scope};
use vestibule::practice::jira::{Jira, Viewer};
use vestibule::practice::people;

use super::Demo;
use super::chromium::{Browser, Screen};

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn of_the_admin_pages(pool: PgPool) {
    let demo = Demo::open(pool).await;
    let [person, ..] = people();
    let browser = Browser::start("docs", Screen::Light(1280, 960)).await;
    demo.ask_to_sign_in(&browser, person.email).await;
    demo.give_password(&browser, &person).await;
    demo.enrol(&browser).await;
    browser.sees("You are signed in").await;

    let open = async |module: &str, heading: &str| {
        let path = Jira::page_path("vestibule", module, Viewer::Ada);
        browser.open(&format!("{}{path}", demo.world.links.jira)).await;
        browser.enter_frame().await;
        browser.sees(heading).await;
    };
    open("vestibule-setup", "Set up two-factor sign-in").await;
    browser.press("Guard is active for this organization, and I can change its settings in Atlassian Administration").await;
    browser.press("Continue").await;
    browser.awaits_element("#entity_id").await;
    browser.shoot_as("admin-setup-values").await;
    browser.press("The three values above are saved in Atlassian Administration").await;
    browser.press("Save and continue").await;
    browser.awaits("#trace", "Signed in").await;
    browser.press("A customer has signed in through Guard, and single sign-on is enabled").await;
    browser.press("Save").await;
    browser.awaits(".status", person.email).await;
    browser.shoot_as("admin-setup-board").await;

    open("vestibule-two-factor", "2FA Configuration").await;
    browser.press("Show compliance notes (NIST, ASVS)").await;
    browser.shoot_as("admin-two-factor").await;
    browser.press("A number of sign-ins later").await;
    browser.fill("grace_skips", "2").await;
    browser.press("Everyone with exceptions").await;
    browser.press("Save").await;
    browser.awaits("dialog", "Before you save").await;
    browser.shoot_here("admin-rehearsal").await;

    demo.world.seed_crowd(&demo.app).await.unwrap();
    let mut conn = demo.app.db.acquire().await.unwrap();
    let mut policy = policy::store::load(&mut conn, demo.world.site).await.unwrap();
    policy.settings.scope = Scope::EveryoneExcept;
    let now = demo.app.clock.now();
    policy::store::save(&mut conn, demo.world.site, &policy, policy.version, None, now).await.unwrap();
    drop(conn);
    open("vestibule-customers", "Customers").await;
    browser.awaits(".pager", "of 36").await;
    browser.shoot_as("admin-customers").await;

    browser.look_on(Screen::Dark(1280, 960)).await;
    demo.turn("theme", "dark").await;
    open("vestibule-two-factor", "2FA Configuration").await;
    browser.shoot_as("admin-two-factor-dark").await;
    browser.look_on(Screen::DarkPhone).await;
    open("vestibule-two-factor", "2FA Configuration").await;
    browser.shoot_as("admin-two-factor-phone").await;
    browser.quit().await;
}
