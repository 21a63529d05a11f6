//! The practice Jira's bridge in a real browser: an app's page in the frame, of another site, calls
//! every part of AP that pages of the administration use.

use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use time::macros::datetime;
use vestibule::clock::Clock;
use vestibule::practice::jira::{Act, Jira, Viewer};
use vestibule::practice::{Doors, Folder, Ports, Surroundings};
use vestibule::random::Random;

use super::chromium::{Browser, Screen};

/// The app's page: shows what the bridge answers, and has a button for each thing to do.
const PAGE: &str = r##"<!doctype html><html lang="en"><meta charset="utf-8"><title>The app's page</title>
<script src="{all}" data-options="sizeToParent:true"></script>
<h1>The app's page</h1><pre id="out"></pre>
<button id="push">Push</button> <button id="flag">Flag</button> <button id="go">Go</button>
<script>
const say = (name, value) => { out.textContent += `${name}=${JSON.stringify(value)}\n`; };
document.querySelector("#push").onclick = async () => {
  await AP.history.pushState("customers/a b");
  say("pushed", true);
};
document.querySelector("#flag").onclick = () =>
  AP.flag.create({ title: "Saved", body: "<b>as it is</b>", type: "success", close: "manual" })
    .on("close", () => say("closed", true));
document.querySelector("#go").onclick = () =>
  AP.navigator.go("addonmodule", { addonKey: "fake", moduleKey: "second" });
AP.history.popState((event) => say("pop", [event.oldURL, event.newURL]));
(async () => {
  await AP.theming.initializeTheming();
  say("token", (await AP.context.getToken()).split(".").length);
  AP.context.getToken((token) => say("callback", token.split(".").length));
  say("state", await AP.history.getState());
  say("account", (await AP.user.getCurrentUser()).atlassianAccountId);
  say("at", (await AP.navigator.getLocation()).context.moduleKey);
  say("ready", true);
})();
</script>"##;

fn app(base: &str, bridge: &str) -> Router {
    let page = |key: &str, name: &str| {
        json!({ "key": key, "location": "admin_plugins_menu/s", "name": { "value": name },
                "url": format!("/page/{key}"), "conditions": [{ "condition": "user_is_admin" }] })
    };
    let descriptor: Value = json!({
        "key": "fake", "name": "Fake", "baseUrl": base, "authentication": { "type": "jwt" },
        "apiMigrations": { "signed-install": true },
        "lifecycle": { "installed": "/c/installed", "enabled": "/c/enabled" },
        "modules": {
            "webSections": [{ "key": "s", "location": "admin_plugins_menu", "name": { "value": "Fake" } }],
            "adminPages": [page("first", "First"), page("second", "Second")],
        },
    });
    let page = PAGE.replace("{all}", bridge);
    Router::new()
        .route("/atlassian-connect.json", get(async move || Json(descriptor)))
        .route("/c/{event}", post(async || StatusCode::NO_CONTENT))
        .route("/page/{key}", get(async move || Html(page)))
}

/// A practice Jira with the fake app installed; the address of its first page.
async fn open(folder: &std::path::Path) -> (Jira, String) {
    let doors = Doors::open(Ports::ANY).await.unwrap();
    let mut config = crate::support::config();
    doors.configure(&mut config).unwrap();
    let (app_door, practice, links) = doors.split();
    let app = app(&links.app, config.connect_script_url.as_str());
    tokio::spawn(async move { axum::serve(app_door, app).await });
    let surroundings = Surroundings {
        links: links.clone(),
        folder: Folder::open(folder).unwrap(),
        clock: Clock::fixed(datetime!(2026-11-23 09:00:10 UTC)),
        random: Random::seeded(7),
        http: reqwest::Client::builder().build().unwrap(),
    };
    let jira = Jira::open(surroundings).unwrap();
    let router = jira.router();
    tokio::spawn(async move { axum::serve(practice.jira, router).await });
    jira.act(Act::Install).await.unwrap();
    let first = format!("{}{}", links.jira, Jira::page_path("fake", "first", Viewer::Ben));
    (jira, first)
}

#[tokio::test]
async fn the_apps_page_and_jira_understand_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let (jira, first) = open(folder.path()).await;
    let browser = Browser::start("bridge", Screen::Desktop).await;
    browser.open(&format!("{first}#!from%20a%20link")).await;
    browser.sees("First").await;

    browser.enter_frame().await;
    browser.awaits("#out", "ready=true").await;
    let account = jira.account_id(Viewer::Ben).await;
    let said = browser.text().await;
    for line in ["token=3", "state=\"from a link\"", "at=\"first\"", &format!("account=\"{account}\"")] {
        assert!(said.contains(line), "{line}: {said}");
    }
    browser.awaits("#out", "callback=3").await;
    browser.awaits_element("html[data-color-mode='light'][data-theme]").await;

    browser.press("Push").await;
    browser.awaits("#out", "pushed=true").await;
    assert!(browser.address().await.ends_with("#!customers/a%20b"), "{}", browser.address().await);
    browser.leave_frame().await;
    browser.back().await;
    browser.enter_frame().await;
    browser.awaits("#out", "pop=[\"customers/a b\",\"from a link\"]").await;

    browser.press("Flag").await;
    browser.leave_frame().await;
    browser.awaits(".flag.success", "<b>as it is</b>").await;
    browser.press("Light or dark").await;
    browser.awaits_element("html[data-color-mode='dark']").await;
    browser.shoot("dark with a flag").await;
    browser.press("×").await;
    browser.enter_frame().await;
    browser.awaits_element("html[data-color-mode='dark']").await;
    browser.awaits("#out", "closed=true").await;

    browser.press("Go").await;
    browser.leave_frame().await;
    browser.sees("Second").await;
    let address = browser.address().await;
    assert!(address.ends_with("/plugins/servlet/ac/fake/second?as=ben"), "{address}");
    browser.quit().await;
}

#[tokio::test]
async fn jiras_administration_fits_a_phone() {
    let folder = tempfile::tempdir().unwrap();
    let (_jira, first) = open(folder.path()).await;
    let browser = Browser::start("bridge-phone", Screen::DarkPhone).await;
    browser.open(&first).await;
    browser.sees("First").await;
    browser.awaits_element("#menu:not([open])").await;
    browser.press("Apps").await;
    browser.awaits_element("#menu[open]").await;
    browser.press("Second").await;
    browser.sees("Second").await;
    browser.quit().await;
}
