//! What the administrator confirms: that Guard is ready (B1), that single sign-on works and is
//! enforced (B3), that password login is off. Each gate holds here, whatever the page lets through.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::super::frame::Frame;
use super::super::trail::note;
use super::trace::TraceView;
use super::{Tracker, frame, has_values, show, status_of, trials};
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::signin::frame::help_centre;
use crate::sites;
use crate::sites::setup::{Setup, Step};
use crate::web::Form;

#[derive(Template)]
#[template(path = "admin/setup/guard.html")]
struct GuardPage {
    frame: Frame,
    tracker: Tracker,
    site: String,
    ready: bool,
    error: Option<&'static str>,
}

/// Step 1.
pub fn guard_page(admin: &JiraAdmin, setup: &Setup, error: Option<&'static str>) -> Response {
    let page = GuardPage {
        frame: frame(admin, Step::Guard, None),
        tracker: Tracker::new(setup, has_values(admin), Step::Guard),
        site: admin.site.display_url.clone(),
        ready: setup.guard_ready_at.is_some(),
        error,
    };
    admin.visitor.page(status_of(error.is_some()), &page)
}

/// The form of step 1.
#[derive(Deserialize)]
pub struct Ready {
    #[serde(default)]
    ready: String,
}

/// `POST .../setup/guard`.
pub async fn confirm_guard(admin: JiraAdmin, Form(form): Form<Ready>) -> Result<Response, AppError> {
    let mut tx = admin.app.db.begin().await?;
    let mut setup = sites::store::setup::lock(&mut tx, admin.site.id, admin.now).await?;
    if form.ready != "on" {
        return Ok(guard_page(&admin, &setup, Some("Confirm that Guard is ready before you go on.")));
    }
    if setup.guard_ready_at.is_none() {
        setup.guard_ready_at = Some(admin.now);
        sites::store::setup::save(&mut tx, admin.site.id, &setup, admin.now).await?;
        note(&mut tx, &admin, "setup.guard_confirmed", json!(null)).await?;
        tx.commit().await?;
    }
    show(&admin, &setup, Step::Source, None).await
}

#[derive(Template)]
#[template(path = "admin/setup/policy.html")]
struct PolicyPage {
    frame: Frame,
    tracker: Tracker,
    finished: bool,
    works: bool,
    password_login_off: bool,
    help_centre: String,
    view: TraceView,
    test: trials::Chooser,
    error: Option<&'static str>,
}

/// Step 3.
pub async fn policy_page(
    admin: &JiraAdmin,
    setup: &Setup,
    outcome: Option<&'static str>,
    refused: Option<&Finish>,
) -> Result<Response, AppError> {
    let mut conn = admin.app.db.acquire().await?;
    let page = PolicyPage {
        frame: frame(admin, Step::Policy, outcome),
        tracker: Tracker::new(setup, has_values(admin), Step::Policy),
        finished: setup.finished_at.is_some(),
        works: setup.finished_at.is_some(),
        password_login_off: refused
            .map_or(setup.password_login_off_at.is_some(), |form| form.password_login_off == "on"),
        help_centre: help_centre(&admin.site),
        view: TraceView::load(&mut conn, admin).await?,
        test: trials::Chooser::load(&mut conn, admin).await?,
        error: refused.map(|_| "Confirm that a sign-in worked before you go on."),
    };
    Ok(admin.visitor.page(status_of(refused.is_some()), &page))
}

/// The form of step 3.
#[derive(Deserialize)]
pub struct Finish {
    #[serde(default)]
    works: String,
    #[serde(default)]
    password_login_off: String,
}

/// `POST .../setup/finish`.
pub async fn finish(admin: JiraAdmin, Form(form): Form<Finish>) -> Result<Response, AppError> {
    let mut tx = admin.app.db.begin().await?;
    let mut setup = sites::store::setup::lock(&mut tx, admin.site.id, admin.now).await?;
    let current = setup.current(has_values(&admin));
    if current < Step::Policy {
        return show(&admin, &setup, current, None).await;
    }
    if form.works != "on" {
        drop(tx);
        return policy_page(&admin, &setup, None, Some(&form)).await;
    }
    if setup.finished_at.is_some() {
        return show(&admin, &setup, Step::Done, None).await; // somebody else was faster
    }
    let before = setup.password_login_off_at.is_some();
    setup.finished_at = Some(admin.now);
    set_password_login(&mut setup, form.password_login_off == "on", &admin);
    sites::store::setup::save(&mut tx, admin.site.id, &setup, admin.now).await?;
    let after = setup.password_login_off_at.is_some();
    let detail = json!({ "password_login_off": { "before": before, "after": after } });
    note(&mut tx, &admin, "setup.finished", detail).await?;
    tx.commit().await?;
    show(&admin, &setup, Step::Done, Some("Setup is complete.")).await
}

/// The switch on the status board.
#[derive(Deserialize)]
pub struct PasswordLogin {
    #[serde(default)]
    off: String,
}

/// `POST .../setup/password-login`: the administrator says whether it is off.
pub async fn password_login(admin: JiraAdmin, Form(form): Form<PasswordLogin>) -> Result<Response, AppError> {
    let mut tx = admin.app.db.begin().await?;
    let mut setup = sites::store::setup::lock(&mut tx, admin.site.id, admin.now).await?;
    let before = setup.password_login_off_at.is_some();
    set_password_login(&mut setup, form.off == "on", &admin);
    let after = setup.password_login_off_at.is_some();
    if before != after {
        sites::store::setup::save(&mut tx, admin.site.id, &setup, admin.now).await?;
        let detail = json!({ "password_login_off": { "before": before, "after": after } });
        note(&mut tx, &admin, "setup.password_login", detail).await?;
        tx.commit().await?;
    }
    show(&admin, &setup, setup.current(has_values(&admin)), Some("Saved.")).await
}

fn set_password_login(setup: &mut Setup, off: bool, admin: &JiraAdmin) {
    setup.password_login_off_at = match (off, setup.password_login_off_at) {
        (true, since) => since.or(Some(admin.now)),
        (false, _) => None,
    };
}
