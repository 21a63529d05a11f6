//! The page of the step a sign-in stands at, and the pages at its dead ends.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::answer::{self, Answer};
use super::here::Here;
use super::views::{
    CodeError, CodePage, EnrolPage, NewPasswordError, NewPasswordPage, NewPasswordReason, PasswordError,
    PasswordPage, Skip,
};
use super::{Step, frame, store};
use crate::customers::{Customer, password};
use crate::error::AppError;
use crate::policy::Requirement;
use crate::saml::Refusal;
use crate::web::qr;

/// `GET /sites/{site}/signin/{id}`: wherever the sign-in stands.
pub async fn show(here: Here) -> Result<Response, AppError> {
    match here.signin.step {
        Step::Password => {
            if let Some(answered) = answer_from_session(&here).await? {
                return Ok(answered);
            }
            let name = here.signin.name_hint.clone().unwrap_or_default();
            Ok(password(&here, &name, StatusCode::OK, None))
        }
        Step::NewPassword => Ok(new_password(&here, StatusCode::OK, None)),
        step @ (Step::Enrol | Step::Totp) => match here.customer(step).await? {
            Some(customer) if step == Step::Enrol => enrol(&here, &customer, StatusCode::OK, None).await,
            Some(customer) => code(&here, &customer, StatusCode::OK, None),
            None => Err(AppError::NotFound),
        },
        Step::Finished | Step::Cancelled => Err(AppError::NotFound), // `Here` has answered these
    }
}

/// A session made meanwhile (in another tab), or one that a cross-site POST could not show,
/// answers at once; without one, a passive request is told so.
async fn answer_from_session(here: &Here) -> Result<Option<Response>, AppError> {
    let asked = &here.signin.request;
    let mut tx = here.app.db.begin().await?;
    let session = if asked.force_authn { None } else { here.session(&mut tx).await? };
    if session.is_none() && !asked.is_passive {
        return Ok(None);
    }
    let Some(mut signin) = here.lock(&mut tx, Step::Password).await? else {
        return Ok(Some(to_current_step(here)));
    };
    signin.step = Step::Finished;
    store::signins::save(&mut tx, &signin).await?;
    let page = match &session {
        Some(session) => {
            store::sessions::touch(&mut tx, here.site.id, &session.token_hash, here.now).await?;
            let answer = Answer::of(session, asked);
            answer::give(&here.parties(), &mut tx, asked, asked.seen(), answer, "signin.resumed").await?
        }
        None => {
            let answer = Answer::Refused { session: None, refusal: Refusal::NoPassive };
            answer::give(&here.parties(), &mut tx, asked, asked.seen(), answer, "signin.declined").await?
        }
    };
    tx.commit().await?;
    Ok(Some(page))
}

/// `POST .../cancel`: the customer turns back.
pub async fn cancel(here: Here) -> Result<Response, AppError> {
    let mut tx = here.app.db.begin().await?;
    if let Some(mut signin) = store::signins::lock(&mut tx, here.site.id, here.signin.id).await?
        && !matches!(signin.step, Step::Finished | Step::Cancelled)
    {
        signin.step = Step::Cancelled;
        signin.sealed_enrolment = None;
        store::signins::save(&mut tx, &signin).await?;
        here.record(&mut tx, "signin.cancelled", "ok", signin.customer, None).await?;
    }
    tx.commit().await?;
    Ok(to_current_step(&here))
}

/// Back to the sign-in's one address, by GET.
pub fn to_current_step(here: &Here) -> Response {
    Redirect::to(&here.path()).into_response()
}

/// The name and password form.
pub fn password(here: &Here, name: &str, status: StatusCode, error: Option<PasswordError>) -> Response {
    let page = PasswordPage {
        shell: frame::shell(&here.visitor, &here.site),
        action: here.action("password"),
        cancel: here.action("cancel"),
        name: name.to_owned(),
        error,
    };
    here.visitor.page(status, &page)
}

/// The form for a password that can stand alone.
pub fn new_password(here: &Here, status: StatusCode, error: Option<NewPasswordError>) -> Response {
    let page = NewPasswordPage {
        shell: frame::shell(&here.visitor, &here.site),
        action: here.action("new-password"),
        cancel: here.action("restart"),
        account: here.signin.name_hint.clone().unwrap_or_default(),
        reason: NewPasswordReason::Longer,
        minimum: password::minimum(false),
        error,
    };
    here.visitor.page(status, &page)
}

/// The form that sets up an authenticator app, with a way past it while the site allows one.
pub async fn enrol(
    here: &Here,
    customer: &Customer,
    status: StatusCode,
    error: Option<CodeError>,
) -> Result<Response, AppError> {
    let standing = here.standing(&mut *here.conn().await?, customer.id).await?;
    let skip = match here.required(&standing) {
        Requirement::Enrol { may_skip: Some(left) } => Some(Skip { action: here.action("skip"), left }),
        _ => None,
    };
    let issuer = standing.policy.settings.totp_issuer.unwrap_or_else(|| frame::site_name(&here.site));
    let secret = here.enrolling(&here.signin)?;
    let otpauth_uri = secret.otpauth_uri(&issuer, &customer.email);
    let (qr_svg_path, qr_size) = qr::svg_path(&otpauth_uri).map_err(AppError::internal)?;
    let page = EnrolPage {
        shell: frame::shell(&here.visitor, &here.site),
        action: here.action("enrol"),
        cancel: here.action("restart"),
        qr_svg_path,
        qr_size,
        secret_grouped: secret.grouped(),
        otpauth_uri,
        account: customer.email.clone(),
        skip,
        error,
    };
    Ok(here.visitor.page(status, &page))
}

/// The form for a code.
pub fn code(
    here: &Here,
    customer: &Customer,
    status: StatusCode,
    error: Option<CodeError>,
) -> Result<Response, AppError> {
    let page = CodePage {
        shell: frame::shell(&here.visitor, &here.site),
        action: here.action("totp"),
        cancel: here.action("restart"),
        account: customer.email.clone(),
        error,
    };
    Ok(here.visitor.page(status, &page))
}
