//! The page of the step a sign-in stands at, and the pages at its dead ends.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::answer::{self, Answer};
use super::here::Here;
use super::password::record;
use super::second_factor::enrolling;
use super::views::{
    CodeError, CodePage, EnrolPage, NewPasswordError, NewPasswordPage, NewPasswordReason, Notice, NoticePage,
    PasswordError, PasswordPage,
};
use super::{Step, store};
use crate::customers::{self, Customer, password};
use crate::error::AppError;
use crate::saml::Refusal;
use crate::sites::Site;
use crate::web::Shell;
use crate::web::Visitor;
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
            Some(customer) if step == Step::Enrol => enrol(&here, &customer, StatusCode::OK, None),
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
            answer::give(&here.parties(), &mut tx, asked, answer, "signin.resumed").await?
        }
        None => {
            let answer = Answer::Refused { session: None, refusal: Refusal::NoPassive };
            answer::give(&here.parties(), &mut tx, asked, answer, "signin.declined").await?
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
        record(&here, &mut tx, "signin.cancelled", "ok", signin.customer).await?;
    }
    tx.commit().await?;
    Ok(to_current_step(&here))
}

impl Here {
    /// The customer of a sign-in that stands at `step`, past its password.
    pub async fn customer(&self, step: Step) -> Result<Option<Customer>, AppError> {
        match self.signin.customer {
            Some(id) if self.signin.step == step => {
                Ok(customers::store::find(&mut *self.conn().await?, self.site.id, id).await?)
            }
            _ => Ok(None),
        }
    }
}

/// Back to the sign-in's one address, by GET.
pub fn to_current_step(here: &Here) -> Response {
    Redirect::to(&here.path()).into_response()
}

/// The name and password form.
pub fn password(here: &Here, name: &str, status: StatusCode, error: Option<PasswordError>) -> Response {
    let page = PasswordPage {
        shell: shell(&here.visitor, &here.site),
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
        shell: shell(&here.visitor, &here.site),
        action: here.action("new-password"),
        cancel: here.action("restart"),
        account: here.signin.name_hint.clone().unwrap_or_default(),
        reason: NewPasswordReason::Longer,
        minimum: password::minimum(false),
        error,
    };
    here.visitor.page(status, &page)
}

/// The form that sets up an authenticator app.
pub fn enrol(
    here: &Here,
    customer: &Customer,
    status: StatusCode,
    error: Option<CodeError>,
) -> Result<Response, AppError> {
    let secret = enrolling(here, &here.signin)?;
    let otpauth_uri = secret.otpauth_uri(&site_name(&here.site), &customer.email);
    let (qr_svg_path, qr_size) = qr::svg_path(&otpauth_uri).map_err(AppError::internal)?;
    let page = EnrolPage {
        shell: shell(&here.visitor, &here.site),
        action: here.action("enrol"),
        cancel: here.action("restart"),
        qr_svg_path,
        qr_size,
        secret_grouped: secret.grouped(),
        otpauth_uri,
        account: customer.email.clone(),
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
        shell: shell(&here.visitor, &here.site),
        action: here.action("totp"),
        cancel: here.action("restart"),
        account: customer.email.clone(),
        error,
    };
    Ok(here.visitor.page(status, &page))
}

/// A dead end with a way on: back to the site's help centre.
pub fn notice(visitor: &Visitor, site: &Site, status: StatusCode, notice: Notice) -> Response {
    let page =
        NoticePage { shell: shell(visitor, site), kind: notice, continue_url: Some(help_centre(site)) };
    visitor.page(status, &page)
}

/// Where the site's customers come from.
pub fn help_centre(site: &Site) -> String {
    format!("{}/servicedesk/customer/portals", site.display_url.trim_end_matches('/'))
}

/// What the site is called on its pages: its host's first label, until an admin names it.
pub fn site_name(site: &Site) -> String {
    let host = url::Url::parse(&site.display_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.unwrap_or_else(|| site.display_url.clone())
}

/// The frame around every page.
pub fn shell(visitor: &Visitor, site: &Site) -> Shell {
    Shell::new(visitor, site_name(site))
}
