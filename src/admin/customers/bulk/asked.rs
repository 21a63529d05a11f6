//! The question before: how many, what happens to them, and whether it can be undone.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::super::NO_MAIL;
use super::super::dialog;
use super::super::list::{self, Told};
use super::super::place::Place;
use super::run;
use super::selection::Selection;
use crate::admin::{frame, words};
use crate::bulk::{self, Act, NewRun};
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::policy;
use crate::web::Form;

/// What is asked.
struct Question {
    title: String,
    text: &'static str,
    button: &'static str,
}

fn question(act: Act, count: u64) -> Question {
    let customers = words::counted(count, "customer", "customers");
    let (title, text, button) = match act {
        Act::Enable => (
            format!("Enable 2FA for {customers}?"),
            "They are asked for a second factor from their next sign-in on. This can be undone for 24 hours.",
            "Enable 2FA",
        ),
        Act::Disable | Act::Undo => (
            format!("Disable 2FA for {customers}?"),
            "They sign in with their password alone. Their second factors stay. This can be undone for 24 hours.",
            "Disable 2FA",
        ),
        Act::ResetMfa => (
            format!("Reset MFA of {customers}?"),
            "All their second factors and remembered devices are removed, and they are signed out everywhere \
             and told by mail. Where 2FA is asked for, a new one is set up at the next sign-in. This cannot be \
             undone.",
            "Reset MFA",
        ),
        Act::SendLink => (
            format!("Send a set-password mail to {customers}?"),
            "Each gets a mail with a link to set a password. Mails that are sent cannot be called back.",
            "Send mails",
        ),
        Act::Delete => (
            format!("Delete {customers}?"),
            "They can no longer sign in by Vestibule. Second factors, sessions and remembered devices go too. \
             This is permanent and cannot be undone. The accounts in Jira Service Management stay.",
            "Delete",
        ),
    };
    Question { title, text, button }
}

#[derive(Template)]
#[template(path = "admin/customers/bulk/ask.html")]
struct Ask {
    base: String,
    selection: Selection,
    question: Question,
}

const NOBODY: &str = "Nobody is selected any more.";

/// `POST .../customers/bulk/ask`: asks. (A post, since a selection may be longer than an address.)
pub async fn ask(admin: JiraAdmin, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, AppError> {
    let selection = Selection::read(&pairs)?;
    let mut conn = admin.app.db.acquire().await?;
    let scope = policy::store::load(&mut conn, admin.site.id).await?.settings.scope;
    let count = selection.count(&mut conn, admin.site.id, scope).await?;
    drop(conn);
    let question = question(selection.act, count);
    Ok(dialog::open(&admin, &Ask { base: frame::base(&admin.site), selection, question }))
}

/// `POST .../customers/bulk`: begins.
pub async fn submit(
    admin: JiraAdmin,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let selection = Selection::read(&pairs)?;
    let (app, site) = (&admin.app, admin.site.id);
    if selection.act == Act::SendLink && app.config.mail.is_none() {
        return refused(&admin, selection.place, NO_MAIL).await;
    }
    let mut tx = app.db.begin().await?;
    let scope = policy::store::load(&mut tx, site).await?.settings.scope;
    let new = NewRun {
        id: app.random.uuid(),
        site,
        act: selection.act,
        account: &admin.account,
        client_ip: admin.visitor.ip,
        undo_of: None,
        now: admin.now,
    };
    let filter = selection.place.filter(scope);
    let Some(id) = bulk::start(&mut tx, app, &new, &selection.who(&filter)).await? else {
        tx.rollback().await?;
        return refused(&admin, selection.place, NOBODY).await;
    };
    tx.commit().await?;
    run::page(&admin, StatusCode::OK, id).await
}

async fn refused(admin: &JiraAdmin, place: Place, fault: &str) -> Result<Response, AppError> {
    list::page(admin, StatusCode::CONFLICT, place, Told::fault(fault)).await
}
