//! What is done for one customer with a word (D4, D8): what cannot be taken back is asked about first.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::dialog;
use super::list::{self, Told};
use super::place::Place;
use crate::admin::frame;
use crate::audit::{self, Event};
use crate::customers::{self, Customer, CustomerId};
use crate::error::AppError;
use crate::i18n::Lang;
use crate::jira::JiraAdmin;
use crate::sites::SiteId;
use crate::web::Form;
use crate::{recovery, signin};

/// One of a row's acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    SendLink,
    Unlock,
    EndSessions,
    ResetMfa,
    Delete,
}

/// What is asked before.
struct Question {
    title: &'static str,
    text: &'static str,
    button: &'static str,
}

impl Act {
    pub const ALL: [Self; 5] =
        [Self::SendLink, Self::Unlock, Self::EndSessions, Self::ResetMfa, Self::Delete];

    /// Its name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SendLink => "send-link",
            Self::Unlock => "unlock",
            Self::EndSessions => "end-sessions",
            Self::ResetMfa => "reset-mfa",
            Self::Delete => "delete",
        }
    }

    fn parse(name: &str) -> Result<Self, AppError> {
        Self::ALL.into_iter().find(|act| act.as_str() == name).ok_or(AppError::NotFound)
    }

    /// In the row's menu.
    pub fn label(self) -> &'static str {
        match self {
            Self::SendLink => "Send set-password mail",
            Self::Unlock => "Unlock",
            Self::EndSessions => "End sessions…",
            Self::ResetMfa => "Reset MFA…",
            Self::Delete => "Delete…",
        }
    }

    /// Whether it is asked about first.
    pub fn is_asked(self) -> bool {
        self.question().is_some()
    }

    fn question(self) -> Option<Question> {
        let (title, text, button) = match self {
            Self::SendLink | Self::Unlock => return None,
            Self::EndSessions => (
                "End all sessions?",
                "The customer is signed out of Vestibule everywhere, and no device is remembered any more. \
                 Password and second factors stay.",
                "End sessions",
            ),
            Self::ResetMfa => (
                "Reset MFA?",
                "All second factors and remembered devices are removed, and the customer is signed out \
                 everywhere and told by mail. Where 2FA is asked for, a new one is set up at the next sign-in. \
                 This cannot be undone. Make sure by other means that it is the customer who asks.",
                "Reset MFA",
            ),
            Self::Delete => (
                "Delete this customer?",
                "The customer can no longer sign in by Vestibule. Second factors, sessions and remembered \
                 devices go too. This is permanent. The account in Jira Service Management stays.",
                "Delete",
            ),
        };
        Some(Question { title, text, button })
    }
}

#[derive(Template)]
#[template(path = "admin/customers/confirm.html")]
struct Confirm {
    base: String,
    place: Place,
    customer: Customer,
    act: Act,
    question: Question,
}

/// `GET .../customers/{customer}/{act}`: asks.
pub async fn ask(
    admin: JiraAdmin,
    Path((_, customer, act)): Path<(SiteId, Uuid, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let act = Act::parse(&act)?;
    let question = act.question().ok_or(AppError::NotFound)?;
    let mut conn = admin.app.db.acquire().await?;
    let customer = customers::store::find(&mut conn, admin.site.id, CustomerId(customer)).await?;
    let customer = customer.ok_or(AppError::NotFound)?;
    drop(conn);
    let base = frame::base(&admin.site);
    let place = dialog::place(query.as_deref());
    Ok(dialog::open(&admin, &Confirm { base, place, customer, act, question }))
}

/// What a menu or dialog sends.
#[derive(Deserialize)]
pub struct Posted {
    #[serde(default)]
    place: String,
}

/// `POST .../customers/{customer}/{act}`: does it.
pub async fn submit(
    admin: JiraAdmin,
    Path((_, customer, act)): Path<(SiteId, Uuid, String)>,
    Form(posted): Form<Posted>,
) -> Result<Response, AppError> {
    let act = Act::parse(&act)?;
    let place = Place::parse(&posted.place);
    let mut tx = admin.app.db.begin().await?;
    let customer = customers::store::lock(&mut tx, admin.site.id, CustomerId(customer)).await?;
    let Some(customer) = customer else {
        let told = Told::fault("This customer was deleted in the meantime.");
        return list::page(&admin, StatusCode::NOT_FOUND, place, told).await;
    };
    let done = perform(&mut tx, &admin, &customer, act).await?;
    tx.commit().await?;
    match done {
        Ok(outcome) => list::page(&admin, StatusCode::OK, place, Told::done(outcome)).await,
        Err(fault) => list::page(&admin, StatusCode::CONFLICT, place, Told::fault(fault)).await,
    }
}

/// What was done, or why it was not.
async fn perform(
    conn: &mut PgConnection,
    admin: &JiraAdmin,
    customer: &Customer,
    act: Act,
) -> sqlx::Result<Result<String, String>> {
    let (app, site, id, email) = (&admin.app, customer.site, customer.id, &customer.email);
    Ok(Ok(match act {
        Act::SendLink => {
            let lang = Lang::English;
            if !recovery::send_password_link(conn, app, customer, lang, admin.actor()).await? {
                return Ok(Err(
                    "This server sends no mail: whoever runs it has set up no mail server.".into()
                ));
            }
            format!("A mail with a link to set a password is on its way to {email}.")
        }
        Act::Unlock => {
            let unlocked = signin::unlock(conn, customer, admin.actor(), admin.now).await?;
            let was_frozen = recovery::unfreeze(conn, app, customer, admin.actor()).await?;
            match (was_frozen, unlocked.is_nothing()) {
                (true, _) => format!("{email} can sign in again. The password is the same as before."),
                (false, false) => format!("{email} can try again at once."),
                (false, true) => format!("{email} was not locked."),
            }
        }
        Act::EndSessions => {
            signin::end_everything(conn, site, id).await?;
            note(conn, admin, customer, "customer.sessions_ended").await?;
            format!("{email} is signed out everywhere.")
        }
        Act::ResetMfa => {
            let gone = recovery::reset_mfa(conn, app, customer, Lang::English, admin.actor()).await?;
            let factors = super::super::words::counted(gone, "second factor", "second factors");
            format!("{factors} of {email} removed, and signed out everywhere.")
        }
        Act::Delete => {
            customers::store::remove(conn, site, id).await?;
            note(conn, admin, customer, "customer.deleted").await?;
            format!("{email} is deleted.")
        }
    }))
}

async fn note(
    conn: &mut PgConnection,
    admin: &JiraAdmin,
    customer: &Customer,
    action: &'static str,
) -> sqlx::Result<()> {
    let event = Event {
        customer: Some(customer.id),
        client_ip: Some(admin.visitor.ip),
        ..Event::new(customer.site, admin.actor(), action, "ok")
    };
    audit::record(conn, admin.now, &event).await
}
