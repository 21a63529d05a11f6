//! The Customers page in its frame: searched, paged, toggled, added to and edited, with the mouse and
//! without one, on every width; axe on every state.

use sqlx::PgPool;
use thirtyfour::Key;
use vestibule::policy::{self, Scope};
use vestibule::practice::jira::{Switches, Trouble, Viewer};

use super::Demo;
use super::admin::axe;
use super::chromium::{Browser, Screen};

async fn crowded(pool: PgPool, scope: Scope) -> Demo {
    let demo = Demo::open(pool).await;
    demo.world.seed_crowd(&demo.app).await.unwrap();
    let site = demo.world.site;
    let mut conn = demo.app.db.acquire().await.unwrap();
    let mut policy = policy::store::load(&mut conn, site).await.unwrap();
    policy.settings.scope = scope;
    let (now, version) = (demo.app.clock.now(), policy.version);
    policy::store::save(&mut conn, site, &policy, version, None, now).await.unwrap();
    demo
}

/// Types a search and waits for the answer to all of it: what was typed half-way is answered too.
async fn search(browser: &Browser, text: &str) {
    browser.fill("search", text).await;
    let state: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    browser.awaits_element(&format!("[data-place*='q={state}']")).await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_directory_is_looked_after(pool: PgPool) {
    let demo = crowded(pool, Scope::EveryoneExcept).await;
    let browser = Browser::start("customers", Screen::Light(1280, 900)).await;
    demo.administer(&browser, "vestibule-customers", Viewer::Ada).await;
    browser.sees("Customers").await;
    axe(&browser, "the list").await;

    // A search narrows the list at every letter and keeps the focus; the address follows.
    search(&browser, "muller").await;
    browser.awaits(".pager", "1–18 of 18").await;
    assert_eq!(browser.focused().await, "search");
    browser.leave_frame().await;
    browser.awaits_address("#!customers?q=muller").await;
    browser.reload().await;
    browser.enter_frame().await;
    browser.awaits(".pager", "1–18 of 18").await;
    assert_eq!(browser.value("search").await, "muller");
    search(&browser, "büll & <b>50%").await;
    browser.awaits(".empty", "Nobody found").await;
    axe(&browser, "nobody found").await;
    browser.shoot("nobody-found").await;
    browser.leave_frame().await;
    browser.awaits_address("50~25").await;
    browser.reload().await;
    browser.enter_frame().await;
    browser.awaits(".empty", "“büll & <b>50%” in name").await;
    browser.press("Search All Customers").await;
    browser.awaits(".tabs [aria-current]", "All Customers").await;

    // Pages turn, and the browser's back leads back.
    demo.administer(&browser, "vestibule-customers", Viewer::Ada).await;
    browser.awaits(".pager", "1–50 of").await;
    browser.press("Next").await;
    browser.awaits(".pager", "51–100 of").await;
    browser.follow("Email").await;
    browser.awaits("[aria-sort=ascending]", "Email").await;
    browser.leave_frame().await;
    browser.awaits_address("#!customers?sort=email").await;
    browser.back().await;
    browser.enter_frame().await;
    browser.awaits(".pager", "51–100 of").await;

    // A toggle, taken back.
    search(&browser, "zeynep petrov").await;
    browser.awaits(".pager", "1–1 of 1").await;
    browser.run("document.querySelector('.customers .switch').click(); return 1").await;
    browser.awaits("[data-flag]", "2FA is disabled for zeynep.petrov@").await;
    browser.awaits(".empty", "Nobody found").await;
    axe(&browser, "toggled").await;
    browser.press("Undo").await;
    browser.awaits("[data-flag]", "2FA is enabled for zeynep.petrov@").await;
    browser.awaits(".pager", "1–1 of 1").await;

    // The row's menu by keyboard: edit, with a fault beside its field.
    browser.run("document.querySelector('.menu-button').focus(); return 1").await;
    browser.keys(Key::Enter).await;
    browser.awaits(".menu:popover-open", "Reset MFA…").await;
    axe(&browser, "a menu").await;
    browser.shoot("menu").await;
    browser.goes("Edit…").await;
    browser.awaits("dialog[open]", "A field that is left blank").await;
    browser.fill("email", "no address").await;
    browser.press_in("dialog[open]", "Save").await;
    browser.awaits("#email-error", "one @").await;
    assert_eq!(browser.focused().await, "email");
    axe(&browser, "an edit refused").await;
    browser.shoot("edit-refused").await;
    browser.fill("email", "zeynep@new.example").await;
    browser.press_in("dialog[open]", "Save").await;
    browser.awaits("[data-flag]", "Both addresses are told").await;

    // Deleting asks first, and Escape is no.
    search(&browser, "zeynep@new").await;
    browser.awaits(".pager", "1–1 of 1").await;
    let ask = async || {
        browser.run("document.querySelector('.menu-button').click(); return 1").await;
        browser.press_in(".menu:popover-open", "Delete…").await;
        browser.awaits("dialog[open]", "This is permanent").await;
    };
    ask().await;
    axe(&browser, "a question").await;
    browser.shoot("delete").await;
    browser.keys(Key::Escape).await;
    ask().await;
    browser.press_in("dialog[open]", "Delete").await;
    browser.awaits("[data-flag]", "zeynep@new.example is deleted").await;

    // Another comes in.
    browser.press("Add customer").await;
    browser.awaits("dialog[open]", "First name").await;
    axe(&browser, "adding").await;
    browser.shoot("add").await;
    browser.fill("given_name", "Nadia").await;
    browser.fill("email", "nadia@example.com").await;
    browser.press_in("dialog[open]", "Add customer").await;
    browser.awaits("[data-flag]", "nadia@example.com is added").await;
    browser.awaits(".tabs [aria-current]", "All Customers").await;
    browser.shoot("added").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_directory_on_a_phone_where_2fa_is_enforced(pool: PgPool) {
    let demo = crowded(pool, Scope::Enforced).await;
    let browser = Browser::start("customers-narrow", Screen::Dark(320, 700)).await;
    demo.turn("theme", "dark").await;
    demo.administer(&browser, "vestibule-customers", Viewer::Ada).await;
    browser.sees("Customers").await;
    browser.awaits("#locked", "enforced for every customer").await;
    browser.axe("320 wide").await;
    browser.run("document.querySelector('.menu-button').click(); return 1").await;
    browser.press_in(".menu:popover-open", "Reset password…").await;
    browser.awaits("dialog[open]", "Send the mail instead").await;
    browser.axe("a password, 320 wide").await;
    browser.shoot("password").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn many_are_changed_at_once_and_back(pool: PgPool) {
    let demo = crowded(pool, Scope::EveryoneExcept).await;
    let browser = Browser::start("customers-bulk", Screen::Light(1280, 900)).await;
    demo.administer(&browser, "vestibule-customers", Viewer::Ada).await;
    browser.awaits(".picked", "Nobody selected").await;
    search(&browser, "example").await;
    browser.run("document.querySelector('#directory [name=customer]').focus(); return 1").await;
    browser.keys(" ").await;
    browser.awaits(".picked", "1 selected").await;
    browser.run("document.querySelector('[data-pick-page]').focus(); return 1").await;
    browser.keys(" ").await;
    browser.awaits(".picked", "50 selected").await;
    browser.run("document.querySelector('[data-everybody]').focus(); return 1").await;
    browser.keys(Key::Enter).await;
    browser.awaits(".picked", "that match are selected").await;
    axe(&browser, "a selection").await;
    browser.shoot("selected").await;
    browser.press("Disable 2FA").await;
    browser.awaits("dialog[open]", "This can be undone for 24 hours").await;
    axe(&browser, "a question about many").await;
    browser.shoot("asked").await;
    browser.press_in("dialog[open]", "Disable 2FA").await;
    browser.awaits("#run", "Running").await;
    axe(&browser, "a run under way").await;
    browser.shoot("running").await;
    vestibule::jobs::run_due(&demo.app).await.unwrap();
    browser.awaits("#run .lozenge", "Done").await;
    axe(&browser, "a run that is done").await;
    browser.shoot("done").await;
    browser.press("Undo").await;
    browser.awaits("h1", "Undo").await;
    vestibule::jobs::run_due(&demo.app).await.unwrap();
    browser.awaits("#run", "as before").await;
    browser.follow("Bulk changes").await;
    browser.awaits("tbody", "Undone").await;
    axe(&browser, "the runs").await;
    browser.shoot("runs").await;
    browser.look_on(Screen::Dark(320, 700)).await;
    browser.axe("the runs, 320 wide").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn status_is_fetched_and_the_list_exported(pool: PgPool) {
    let demo = crowded(pool, Scope::EveryoneExcept).await;
    let browser = Browser::start("customers-status", Screen::Light(1280, 900)).await;
    demo.administer(&browser, "vestibule-customers", Viewer::Ada).await;
    browser.awaits(".tabs", "All Customers").await;
    browser.run("document.querySelectorAll('.tabs a')[2].click(); return 1").await;
    browser.awaits(".tabs [aria-current]", "All Customers").await;
    // Added here and in Jira; a second time Jira has them.
    for (email, said) in [
        ("new.one@customer.example", "It is created in Jira as well."),
        ("amara.petrov.1500@customer.example", "Jira has the customer already."),
    ] {
        browser.press("Add customer").await;
        browser.awaits("dialog[open] h2", "Add customer").await;
        browser.fill("given_name", "Somebody").await;
        browser.fill("email", email).await;
        browser.run("document.getElementById('in_jira').click(); return 1").await;
        browser.press_in("dialog[open]", "Add customer").await;
        browser.awaits(".flag", said).await;
    }
    browser.press("Export as CSV").await;
    browser.awaits(".pager [role=status]", "Downloaded").await;
    // Two of them, then the page; Jira counts calls meanwhile.
    browser
        .run(
            "[...document.querySelectorAll('#directory [name=customer]')].slice(0, 2).forEach((row) => row.click());
             return 1",
        )
        .await;
    browser.awaits(".picked", "2 selected").await;
    browser.press("Fetch status").await;
    browser.awaits(".flag", "Status fetched for 2.").await;
    browser.awaits(".customers tbody", "In Jira").await;
    axe(&browser, "status of two").await;
    browser.shoot("two").await;
    browser.run("document.querySelector('.customers [role=switch]').click(); return 1").await;
    browser.awaits(".flag", "2FA is disabled for").await;
    browser.awaits(".customers tbody", "In Jira").await;
    let jira = &demo.world.jira;
    jira.switch(Switches { desks: Trouble::Limited, ..jira.switches() }).unwrap();
    browser.press("Fetch status").await;
    browser.awaits("[role=alert]", "Jira did not tell of").await;
    browser.awaits(".status-cell .error", "Jira is busy").await;
    axe(&browser, "status of some").await;
    browser.shoot("some").await;
    browser.look_on(Screen::Dark(320, 700)).await;
    browser.axe("status, 320 wide").await;
    browser.shoot("phone").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_group_is_kept_by_hand(pool: PgPool) {
    let demo = crowded(pool, Scope::EveryoneExcept).await;
    let browser = Browser::start("customers-groups", Screen::Light(1280, 900)).await;
    demo.administer(&browser, "vestibule-customers", Viewer::Ada).await;
    browser.sees("Customers").await;
    browser.follow("Groups").await;
    browser.sees("Groups").await;
    axe(&browser, "no groups").await;
    browser.types("name", "Harbour\u{E007}").await;
    browser.awaits("h1", "Harbour").await;
    browser.types("customer", "nobody\u{E007}").await;
    browser.awaits("#customer-error", "No customer has this").await;
    axe(&browser, "a group, and a mistake").await;
    browser.shoot("mistake").await;
    browser.choose("two_factor", "Switched off").await;
    browser.press("Save").await;
    browser.awaits(".flag", "Group saved.").await;
    browser.press("Delete the group…").await;
    browser.awaits("dialog[open]", "Its customers stay").await;
    axe(&browser, "whether to delete it").await;
    browser.press_in("dialog[open]", "Delete the group").await;
    browser.awaits(".flag", "The group Harbour is deleted.").await;
    browser.look_on(Screen::Dark(320, 700)).await;
    browser.axe("groups, 320 wide").await;
    browser.quit().await;
}
