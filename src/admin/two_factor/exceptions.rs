//! Exceptions (C2): customers who are switched on or off by hand.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;

use super::form::{self, ScopeChoice, scopes};
use crate::audit::{self, Event};
use crate::customers::{self, names};
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::policy::store::Excepted;
use crate::policy::{self, Policy, Scope};
use crate::web::Form;

/// How many are listed here; the Customers page has them all.
const LISTED: u32 = 50;
/// The longest name looked up, in bytes.
const LONGEST_NAME: usize = 320;

/// The list and the form below it.
pub struct ExceptionList {
    pub base: String,
    pub list: Vec<Excepted>,
    pub more: bool,
    /// The scope that is stored: whether these count.
    pub suspended: bool,
    pub typed: String,
    pub wanted: String,
    pub error: Option<String>,
    pub done: Option<String>,
}

impl ExceptionList {
    pub async fn load(conn: &mut PgConnection, admin: &JiraAdmin, stored: &Policy) -> Result<Self, AppError> {
        let mut list = policy::store::list_exceptions(conn, admin.site.id, LISTED + 1).await?;
        let more = list.len() > LISTED as usize;
        list.truncate(LISTED as usize);
        Ok(Self {
            base: super::super::frame::base(&admin.site),
            list,
            more,
            suspended: stored.settings.scope == Scope::Enforced,
            typed: String::new(),
            wanted: if stored.settings.scope == Scope::Selected { "on" } else { "off" }.into(),
            error: None,
            done: None,
        })
    }
}

/// The section by itself, with the scopes' counts as they are now.
#[derive(Template)]
#[template(path = "admin/two_factor/exceptions_fragment.html")]
struct Fragment {
    exceptions: ExceptionList,
    scopes: Vec<ScopeChoice>,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Posted {
    /// An email address or username.
    #[serde(default)]
    customer: String,
    /// `on`, `off`, or `default` to take the exception away.
    #[serde(default)]
    two_factor: String,
}

/// `POST .../two-factor/exceptions`.
pub async fn submit(admin: JiraAdmin, Form(posted): Form<Posted>) -> Result<Response, AppError> {
    let typed = posted.customer.trim();
    let outcome = match wanted(&posted.two_factor) {
        Some(wanted) => set(&admin, typed, wanted).await?,
        None => Err("Choose whether 2FA is on or off for this customer.".into()),
    };
    let mut conn = admin.app.db.acquire().await?;
    let stored = policy::store::load(&mut conn, admin.site.id).await?;
    let classes = form::classes(&mut conn, &admin).await?;
    let mut exceptions = ExceptionList::load(&mut conn, &admin, &stored).await?;
    let status = if outcome.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    match outcome {
        Ok(done) => exceptions.done = Some(done),
        Err(error) => {
            exceptions.error = Some(error);
            exceptions.typed = typed.to_owned();
            exceptions.wanted = posted.two_factor;
        }
    }
    let fragment = Fragment { exceptions, scopes: scopes(&stored, &classes) };
    Ok(admin.visitor.page(status, &fragment))
}

/// `Some(None)` takes the exception away.
fn wanted(text: &str) -> Option<Option<bool>> {
    match text {
        "on" => Some(Some(true)),
        "off" => Some(Some(false)),
        "default" => Some(None),
        _ => None,
    }
}

/// What was done, or what is wrong.
async fn set(
    admin: &JiraAdmin,
    typed: &str,
    wanted: Option<bool>,
) -> Result<Result<String, String>, AppError> {
    if typed.is_empty() {
        return Ok(Err("Enter the customer's email address or username.".into()));
    }
    let nobody = || Err(format!("No customer has the email address or username {typed}."));
    if typed.len() > LONGEST_NAME {
        return Ok(Err("This is too long to be an email address or username.".into()));
    }
    let mut tx = admin.app.db.begin().await?;
    let found = customers::store::find_for_sign_in(&mut tx, admin.site.id, &names::login_key(typed)).await?;
    let Some((customer, _)) = found else { return Ok(nobody()) };
    let before = policy::store::exceptions(&mut tx, admin.site.id, customer.id).await?.customer;
    if before == wanted {
        return Ok(Ok(format!("{} is as you want it already.", customer.email)));
    }
    policy::store::set_exception(&mut tx, admin.site.id, customer.id, wanted).await?;
    let detail = json!({ "two_factor": { "before": before, "after": wanted } });
    let event = Event {
        customer: Some(customer.id),
        client_ip: Some(admin.visitor.ip),
        detail: &detail,
        ..Event::new(admin.site.id, admin.actor(), "customer.two_factor", "ok")
    };
    audit::record(&mut tx, admin.now, &event).await?;
    tx.commit().await?;
    let email = customer.email;
    Ok(Ok(match wanted {
        Some(true) => format!("2FA is switched on for {email}."),
        Some(false) => format!("2FA is switched off for {email}."),
        None => format!("{email} follows the policy again."),
    }))
}
