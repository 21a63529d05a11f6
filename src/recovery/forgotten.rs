//! A forgotten password (E2): the name is asked for, and whoever has it gets a mail. What the page
//! answers, and what it costs, is the same for a known name, an unknown one, one without a password,
//! a frozen one and one that was asked for too often (security.md G4): the request looks the name up
//! and leaves a job; all that differs happens there.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::jobs::Asked;
use super::links::{self, Purpose};
use super::store;
use super::views::{ForgottenPage, Told};
use crate::app::App;
use crate::audit::{self, Event};
use crate::customers::{self, Customer, CustomerId, names};
use crate::error::AppError;
use crate::i18n::Lang;
use crate::jobs::{self, Job, Kind, Priority};
use crate::mail::{self, Letter, LetterKind, limits};
use crate::policy;
use crate::signin::lockout::Subject;
use crate::signin::password::LONGEST_NAME;
use crate::signin::views::PasswordError;
use crate::signin::{self, SignInId, frame};
use crate::sites::{CurrentSite, Site};
use crate::web::forms::Form;
use crate::web::{Visitor, client_ip};

/// The page's address at a site, where its deployment sends mail.
pub fn address(app: &App, site: &Site, signin: SignInId) -> Option<String> {
    app.config.mail.as_ref().map(|_| format!("/sites/{}/forgot?signin={signin}", site.id))
}

/// Where the visitor comes from.
#[derive(Deserialize)]
pub struct Came {
    signin: Option<Uuid>,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    name: String,
    /// The sign-in to go back to.
    #[serde(default)]
    signin: Option<Uuid>,
}

/// `GET /sites/{site}/forgot`: asks for the name.
pub async fn show(
    State(app): State<App>,
    CurrentSite(site): CurrentSite,
    visitor: Visitor,
    came: Result<Query<Came>, QueryRejection>,
) -> Result<Response, AppError> {
    if let Err(page) = open(&app, &visitor, &site)? {
        return Ok(page);
    }
    let signin = came.ok().and_then(|Query(came)| came.signin);
    Ok(page(&visitor, &site, StatusCode::OK, signin, None))
}

/// Whether the page is there at all; `Ok(Err)`: another page says why nobody signs in here.
fn open(app: &App, visitor: &Visitor, site: &Site) -> Result<Result<(), Response>, AppError> {
    if app.config.mail.is_none() {
        return Err(AppError::NotFound);
    }
    Ok(frame::open_for_sign_in(visitor, site).map(|_| ()))
}

fn page(
    visitor: &Visitor,
    site: &Site,
    status: StatusCode,
    signin: Option<Uuid>,
    error: Option<PasswordError>,
) -> Response {
    let back = signin.map(|id| signin::here::path(site, SignInId(id)));
    let page = ForgottenPage {
        shell: frame::shell(visitor, site),
        action: format!("/sites/{}/forgot", site.id),
        signin,
        back: back.unwrap_or_else(|| frame::help_centre(site)),
        error,
    };
    visitor.page(status, &page)
}

/// `POST /sites/{site}/forgot`: one answer for every name.
pub async fn submit(
    State(app): State<App>,
    CurrentSite(site): CurrentSite,
    visitor: Visitor,
    Form(typed): Form<Typed>,
) -> Result<Response, AppError> {
    if let Err(page) = open(&app, &visitor, &site)? {
        return Ok(page);
    }
    let name = typed.name.trim();
    if name.is_empty() {
        let missing = Some(PasswordError::NameMissing);
        return Ok(page(&visitor, &site, StatusCode::UNPROCESSABLE_ENTITY, typed.signin, missing));
    }
    let now = app.clock.now();
    // Beyond that length it is nobody's name.
    let name_key = if name.len() <= LONGEST_NAME { names::login_key(name) } else { String::new() };
    let network = Subject::Asking(client_ip::network(visitor.ip));
    let mut tx = app.db.begin().await?;
    let throttle = policy::store::load(&mut tx, site.id).await?.settings.throttle;
    let reserved = signin::store::throttles::reserve(&mut tx, site.id, &[network], throttle, now).await?;
    let found = customers::store::find_for_sign_in(&mut tx, site.id, &name_key).await?;
    let customer = found.map(|(customer, _)| customer.id);
    let asked = Asked { customer: customer.filter(|_| reserved.is_some()), lang: visitor.lang };
    let job = Job {
        id: app.random.uuid(),
        site: Some(site.id),
        kind: Kind::ForgottenPassword,
        payload: asked.payload(),
        priority: Priority::Urgent,
        run_at: now,
        dedupe: None,
    };
    jobs::enqueue(&mut tx, &job, now).await?;
    let result = match (reserved, customer) {
        (None, _) => "too_soon",
        (_, None) => "unknown_name",
        _ => "ok",
    };
    let event = Event::by_customer(site.id, customer, visitor.ip, "password.forgotten", result);
    audit::record(&mut tx, now, &event).await?;
    tx.commit().await?;
    Ok(Told::MailSent.page(&visitor, &site, StatusCode::OK))
}

/// Writes the mail a name was asked for: the way to a new password, or to the first one; to an account
/// that is frozen otherwise than by its own mailbox, that it is. Not more often than [`limits`] allows.
pub async fn answer(
    conn: &mut PgConnection,
    app: &App,
    customer: &Customer,
    lang: Lang,
) -> sqlx::Result<bool> {
    let (site, now) = (customer.site, app.clock.now());
    let frozen_by = store::frozen_by(conn, site, customer.id).await?;
    let may_return = customer.frozen_at.is_none() || frozen_by == Some(links::mailbox(&customer.email));
    let kind = match (may_return, customer.password_set_at) {
        (false, _) => LetterKind::Frozen,
        (true, Some(_)) => LetterKind::ResetPassword,
        (true, None) => LetterKind::SetPassword,
    };
    if limits::wait_in_turn(conn, site, customer.id, kind, now).await?.is_some() {
        return Ok(false);
    }
    let letter = match kind {
        LetterKind::ResetPassword => reset(conn, app, customer).await?,
        LetterKind::SetPassword => return super::invitation::write(conn, app, customer, lang).await,
        _ => Letter::Frozen,
    };
    mail::send(conn, app, site, customer, lang, letter).await
}

/// The letter with the way to a new password.
pub async fn reset(conn: &mut PgConnection, app: &App, customer: &Customer) -> sqlx::Result<Letter> {
    let link = links::issue(conn, app, customer, Purpose::ResetPassword).await?;
    let minutes = u32::try_from(Purpose::ResetPassword.life().whole_minutes()).unwrap_or(0);
    Ok(Letter::ResetPassword { link, minutes })
}

/// The customer of a job, locked; none for a name that nobody has, or not any more.
pub async fn customer(
    conn: &mut PgConnection,
    site: crate::sites::SiteId,
    id: Option<CustomerId>,
) -> sqlx::Result<Option<Customer>> {
    match id {
        Some(id) => customers::store::lock(conn, site, id).await,
        None => Ok(None),
    }
}
