//! Setup (B1-B4): a wizard of three steps that resumes where the administrator left off, then a
//! status board. Every step stays open once it was reached.

mod board; // B4: what is configured, and what needs looking at
mod certificates; // M2: the next certificate, and the switch to it
mod source; // B2: the values both sides exchange
mod steps; // B1 and B3: what is confirmed
mod trace; // B3: what was asked and answered, as it happens
mod trials; // B3: test sign-ins

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use sqlx::PgConnection;

pub use certificates::{discard, make_next, switch, switch_back};
pub use source::{read_metadata, save_source};
pub use steps::{confirm_guard, finish, password_login};
pub use trace::show as show_trace;
pub use trials::{begin as begin_test, show as show_test};

use super::frame::{Frame, Page};
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::saml;
use crate::saml::rotation::Keys;
use crate::sites;
use crate::sites::setup::{Setup, Step};

/// `GET .../setup`: where the administrator left off.
pub async fn resume(admin: JiraAdmin) -> Result<Response, AppError> {
    let setup = progress(&admin).await?;
    show(&admin, &setup, setup.current(has_values(&admin)), None).await
}

/// `GET .../setup/{step}`: that step, or, when it was not reached yet, the one that comes first.
pub async fn step(admin: JiraAdmin, Path((_, step)): Path<(String, String)>) -> Result<Response, AppError> {
    open(&admin, Step::parse(&step).ok_or(AppError::NotFound)?).await
}

/// `GET .../setup/guard`: its address takes a form as well.
pub async fn guard(admin: JiraAdmin) -> Result<Response, AppError> {
    open(&admin, Step::Guard).await
}

/// `GET .../setup/source`: its address takes a form as well.
pub async fn source(admin: JiraAdmin) -> Result<Response, AppError> {
    open(&admin, Step::Source).await
}

async fn open(admin: &JiraAdmin, step: Step) -> Result<Response, AppError> {
    let setup = progress(admin).await?;
    let allowed = setup.allows(step, has_values(admin));
    show(admin, &setup, if allowed { step } else { setup.current(has_values(admin)) }, None).await
}

/// The fragment of `step`, telling `outcome`.
async fn show(
    admin: &JiraAdmin,
    setup: &Setup,
    step: Step,
    outcome: Option<&'static str>,
) -> Result<Response, AppError> {
    match step {
        Step::Guard => Ok(steps::guard_page(admin, setup, None)),
        Step::Source => source::page(admin, setup, outcome).await,
        Step::Policy => steps::policy_page(admin, setup, outcome, None).await,
        Step::Done => board::page(admin, setup, outcome, None).await,
    }
}

async fn progress(admin: &JiraAdmin) -> Result<Setup, AppError> {
    Ok(sites::store::setup::load(&mut *admin.app.db.acquire().await?, admin.site.id).await?)
}

fn has_values(admin: &JiraAdmin) -> bool {
    admin.site.service_provider.is_some()
}

/// The frame around `step`.
fn frame(admin: &JiraAdmin, step: Step, outcome: Option<&'static str>) -> Frame {
    let mut frame = Frame::new(admin, Page::Setup, title(step), format!("setup/{}", step.as_str()));
    frame.outcome = outcome;
    frame
}

fn title(step: Step) -> String {
    match step {
        Step::Guard => "Setup: step 1 of 3, Atlassian Guard".into(),
        Step::Source => "Setup: step 2 of 3, Authentication source".into(),
        Step::Policy => "Setup: step 3 of 3, Authentication policy".into(),
        Step::Done => "Setup".into(),
    }
}

/// 422 for a form with a fault in it, 200 otherwise.
fn status_of(faulty: bool) -> StatusCode {
    if faulty { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }
}

/// The site's keys; each site has one from its installation on.
async fn keys(conn: &mut PgConnection, admin: &JiraAdmin) -> Result<Keys, AppError> {
    saml::store::keys::find(conn, admin.site.id)
        .await?
        .ok_or_else(|| AppError::internal(anyhow::anyhow!("site {} has no signing key", admin.site.id)))
}

/// The three steps above each page of the wizard.
#[derive(Clone, Debug)]
pub struct Tracker {
    pub steps: Vec<Tracked>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct Tracked {
    pub number: usize,
    pub name: &'static str,
    pub step: &'static str,
    pub done: bool,
    pub current: bool,
    /// Reached already, so that it can be opened.
    pub open: bool,
}

impl Tracker {
    fn new(setup: &Setup, has_values: bool, shown: Step) -> Self {
        let names = [
            (Step::Guard, "Atlassian Guard"),
            (Step::Source, "Authentication source"),
            (Step::Policy, "Authentication policy"),
        ];
        let steps = names.into_iter().enumerate().map(|(at, (step, name))| Tracked {
            number: at + 1,
            name,
            step: step.as_str(),
            done: step < setup.current(has_values),
            current: step == shown,
            open: setup.allows(step, has_values),
        });
        Self { steps: steps.collect() }
    }
}
