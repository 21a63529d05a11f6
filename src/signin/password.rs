//! The password forms: name and password, and a longer password where it must stand alone.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::{PgConnection, Postgres, Transaction};
use zeroize::Zeroizing;

use super::here::Here;
use super::lockout::Subject;
use super::session::Methods;
use super::step::{AfterPassword, after_password};
use super::store::throttles::Reserved;
use super::views::{NewPasswordError, PasswordError};
use super::{SignIn, Step, answer, device, enrolment, pages, second_factor, store};
use crate::app::App;
use crate::customers::{self, Customer, CustomerId, names, password as rules};
use crate::error::AppError;
use crate::factors;
use crate::i18n::Lang;
use crate::policy::{self, Standing};
use crate::recovery::{self, Notice};
use crate::sites::SiteId;
use crate::web::forms::Form;

/// Longest name looked up, in bytes: an email address has at most 254.
pub const LONGEST_NAME: usize = 320;

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: Zeroizing<String>,
}

/// `POST .../password`: who is it?
pub async fn submit(here: Here, Form(typed): Form<Typed>) -> Result<Response, AppError> {
    if here.signin.step != Step::Password {
        return Ok(pages::to_current_step(&here));
    }
    let name = typed.name.trim();
    let missing = if name.is_empty() {
        Some(PasswordError::NameMissing)
    } else if typed.password.is_empty() {
        Some(PasswordError::PasswordMissing)
    } else {
        None
    };
    if let Some(error) = missing {
        return pages::password(&here, name, StatusCode::UNPROCESSABLE_ENTITY, Some(error)).await;
    }
    let refuse = |status, error| pages::password(&here, name, status, Some(error));
    match check(&here, name, &typed.password).await {
        Ok(Some(right)) => advance(&here, name, right, &typed.password).await,
        Ok(None) => refuse(StatusCode::UNPROCESSABLE_ENTITY, PasswordError::NoMatch).await,
        Err(AppError::Busy { retry_after }) => {
            let page = refuse(StatusCode::SERVICE_UNAVAILABLE, PasswordError::Busy).await?;
            Ok(([(header::RETRY_AFTER, retry_after.to_string())], page).into_response())
        }
        Err(error) => Err(error),
    }
}

/// A customer who gave the right password.
struct Right {
    customer: Customer,
    /// The stored hash when it is to be made anew with today's parameters.
    outdated_hash: Option<String>,
    reserved: Reserved,
}

/// Looks the name up and the password over. Every outcome costs the same queries and one hash, and
/// `None` has one meaning for the visitor (security.md G4).
async fn check(here: &Here, name: &str, password: &str) -> Result<Option<Right>, AppError> {
    let app = &here.app;
    // Beyond that length it is nobody's name, and is not worth folding or keeping.
    let name_key = if name.len() <= LONGEST_NAME { names::login_key(name) } else { String::new() };

    let mut tx = app.db.begin().await?;
    let found = customers::store::find_for_sign_in(&mut tx, here.site.id, &name_key).await?;
    let (customer, hash) = found.unzip();
    let nobody = CustomerId(uuid::Uuid::nil());
    let id = customer.as_ref().map_or(nobody, |customer: &Customer| customer.id);
    let known = store::throttles::is_known_browser(&mut tx, here.site.id, id, &here.browser_hash).await?;
    let account = match &customer {
        Some(customer) if known => Subject::KnownBrowser(customer.id, here.browser_hash),
        Some(customer) => Subject::Account(customer.id),
        None => Subject::Nobody { name_key },
    };
    let subjects = Subject::of_try(account, here.visitor.ip);
    let throttle = policy::store::load(&mut tx, here.site.id).await?.settings.throttle;
    let reserved = store::throttles::reserve(&mut tx, here.site.id, &subjects, throttle, here.now).await?;
    tx.commit().await?;

    let stored = hash.flatten();
    let verdict = look_over(app, here.site.id, password, stored.as_deref(), reserved.as_ref()).await?;
    let result = match (reserved, verdict.matches, customer) {
        (Some(_), true, Some(customer)) if customer.frozen_at.is_some() => {
            tell(here, &customer, recovery::tell_frozen).await?;
            "frozen"
        }
        (Some(reserved), true, Some(customer)) if is_off(app, &reserved) => {
            tell(here, &customer, recovery::tell_password_off).await?;
            "password_off"
        }
        (Some(reserved), true, Some(customer)) => {
            let outdated_hash = if verdict.needs_rehash { stored } else { None };
            return Ok(Some(Right { customer, outdated_hash, reserved }));
        }
        (None, ..) => "too_soon",
        (_, _, None) => "unknown_name",
        (Some(reserved), false, Some(customer)) if reserved.is_last() => {
            tell(here, &customer, recovery::tell_password_off).await?;
            "wrong_password"
        }
        _ => "wrong_password",
    };
    let somebody = (id != nobody).then_some(id);
    here.record(&mut *here.conn().await?, "signin.password", result, somebody, None).await?;
    Ok(None)
}

/// Whether a right password is refused after too many wrong ones: only where it can be set anew by mail,
/// or else strangers could lock a customer out (security.md G1, G2).
pub fn is_off(app: &App, reserved: &Reserved) -> bool {
    app.config.mail.is_some() && reserved.is_off()
}

/// Looks a typed password over. Where the hasher is too busy that was no guess, and the try that was
/// `reserved` for it is given back.
pub async fn look_over(
    app: &App,
    site: SiteId,
    typed: &str,
    stored: Option<&str>,
    reserved: Option<&Reserved>,
) -> Result<customers::Verdict, AppError> {
    match app.hasher.verify(typed, stored).await {
        Ok(verdict) => Ok(verdict),
        Err(error) => {
            if let Some(reserved) = reserved {
                store::throttles::release(&mut *app.db.acquire().await?, site, reserved, false).await?;
            }
            Err(error.into())
        }
    }
}

/// What the page must not say (security.md G4), a mail does.
async fn tell(
    here: &Here,
    customer: &Customer,
    write: impl AsyncFnOnce(&mut PgConnection, &App, &Customer, Lang) -> sqlx::Result<()>,
) -> Result<(), AppError> {
    let mut tx = here.app.db.begin().await?;
    write(&mut tx, &here.app, customer, here.lang()).await?;
    Ok(tx.commit().await?)
}

/// Writes the right password down and goes on to what the policy asks.
async fn advance(here: &Here, name: &str, right: Right, password: &str) -> Result<Response, AppError> {
    let Right { customer, outdated_hash, reserved } = right;
    if let Some(old) = outdated_hash {
        match rehash(here, &customer, &old, password).await {
            Ok(()) | Err(AppError::Busy { .. }) => {} // too busy: at the next sign-in
            Err(error) => return Err(error),
        }
    }
    let mut tx = here.app.db.begin().await?;
    store::throttles::release(&mut tx, here.site.id, &reserved, true).await?;
    let Some(mut signin) = here.lock(&mut tx, Step::Password).await? else {
        tx.commit().await?;
        return Ok(pages::to_current_step(here));
    };
    // Looking a password over takes a while; it may have been replaced, or its customer deleted.
    let current = customers::store::lock(&mut tx, here.site.id, customer.id).await?;
    let Some(customer) = current.filter(|current| is_unchanged(current, &customer)) else {
        tx.commit().await?;
        return Ok(pages::to_current_step(here));
    };
    here.record(&mut tx, "signin.password", "ok", Some(customer.id), None).await?;
    signin.name_hint = Some(name.to_owned());
    signin.customer = Some(customer.id);
    signin.password_at = Some(here.now);
    signin.leave_method(); // a passkey that was offered beside the password
    let standing = here.standing(&mut tx, customer.id).await?;
    let own = factors::store::list(&mut tx, here.site.id, customer.id).await?;
    let limits = standing.policy.settings.session;
    let requirement = here.required_with(&standing, &own);
    let can_be_shown = !second_factor::ways(here, &standing.policy.settings, &own, None).is_empty();
    match after_password(requirement, rules::length(password), can_be_shown) {
        AfterPassword::Done => answer::finish(here, tx, signin, customer, Methods::PASSWORD, limits).await,
        AfterPassword::Next(Step::Challenge) => {
            let settings = &standing.policy.settings;
            match device::vouches(here, &mut tx, &customer, settings).await? {
                Some(cookies) => {
                    let methods = Methods::REMEMBERED;
                    let page = answer::finish(here, tx, signin, customer, methods, limits).await?;
                    Ok((cookies, page).into_response())
                }
                None => go_on(here, tx, signin, &customer, &standing, Step::Challenge).await,
            }
        }
        AfterPassword::Next(step) => go_on(here, tx, signin, &customer, &standing, step).await,
    }
}

/// Whether the password that was looked over is still what lets the customer in.
fn is_unchanged(current: &Customer, looked_at: &Customer) -> bool {
    current.password_set_at == looked_at.password_set_at && current.frozen_at.is_none()
}

/// One more step. Commits `tx`.
async fn go_on(
    here: &Here,
    mut tx: Transaction<'_, Postgres>,
    mut signin: SignIn,
    customer: &Customer,
    standing: &Standing,
    step: Step,
) -> Result<Response, AppError> {
    let settings = &standing.policy.settings;
    match step {
        Step::Enrol => enrolment::enter(here, &mut tx, &mut signin, customer, settings).await?,
        Step::Challenge => second_factor::enter(here, &mut tx, &mut signin, customer, settings).await?,
        step => signin.step = step,
    }
    store::signins::save(&mut tx, &signin).await?;
    tx.commit().await?;
    Ok(pages::to_current_step(here))
}

/// Makes a hash of outdated parameters anew, unless it has changed meanwhile (security.md P6).
async fn rehash(here: &Here, customer: &Customer, old: &str, password: &str) -> Result<(), AppError> {
    let Ok(password) = rules::Normalised::new(password) else { return Ok(()) };
    let hash = here.app.hasher.hash(&password, here.app.random.bytes()).await?;
    customers::store::rehash(&mut *here.conn().await?, here.site.id, customer.id, old, &hash).await?;
    Ok(())
}

/// What the form for a longer password sends.
#[derive(Deserialize)]
pub struct TypedNew {
    #[serde(default)]
    password: Zeroizing<String>,
    #[serde(default)]
    repeat: Zeroizing<String>,
}

/// `POST .../new-password`: a password long enough to stand alone.
pub async fn submit_new(here: Here, Form(typed): Form<TypedNew>) -> Result<Response, AppError> {
    let Some(customer) = here.customer(Step::NewPassword).await? else {
        return Ok(pages::to_current_step(&here));
    };
    let refuse = |error| Ok(pages::new_password(&here, StatusCode::UNPROCESSABLE_ENTITY, Some(error)));
    if *typed.password != *typed.repeat {
        return refuse(NewPasswordError::Mismatch);
    }
    let context = customers::password_context(&customer, &here.site.display_url);
    let password = match rules::check_new(&typed.password, false, &context) {
        Ok(password) => password,
        Err(fault) => return refuse(told(fault)),
    };
    let hash = here.app.hasher.hash(&password, here.app.random.bytes()).await?;

    let mut tx = here.app.db.begin().await?;
    let Some((signin, customer)) = here.lock_past_password(&mut tx, Step::NewPassword).await? else {
        tx.commit().await?;
        return Ok(pages::to_current_step(&here));
    };
    let standing = here.standing(&mut tx, customer.id).await?;
    let own = factors::store::list(&mut tx, here.site.id, customer.id).await?;
    let can_be_shown = !second_factor::ways(&here, &standing.policy.settings, &own, None).is_empty();
    let requirement = here.required_with(&standing, &own);
    // It is not set yet: the one that was shown is too short to stand alone.
    let follows = after_password(requirement, 0, can_be_shown);
    if let AfterPassword::Next(step @ (Step::Enrol | Step::Challenge)) = follows {
        // A second factor was switched on meanwhile: it comes before any change.
        return go_on(&here, tx, signin, &customer, &standing, step).await;
    }
    replace(&mut tx, &here.app, &customer, &hash, here.lang()).await?;
    here.record(&mut tx, "password.changed", "ok", Some(customer.id), None).await?;
    let limits = standing.policy.settings.session;
    answer::finish(&here, tx, signin, customer, Methods::PASSWORD, limits).await
}

/// Gives a locked customer another password: what is signed in or remembered ends (security.md S3), wrong
/// tries at the former one count no more (G1), and the customer is told (A3).
pub async fn replace(
    conn: &mut PgConnection,
    app: &App,
    customer: &Customer,
    hash: &str,
    lang: Lang,
) -> sqlx::Result<()> {
    let (site, id) = (customer.site, customer.id);
    customers::store::set_password(conn, site, id, hash, app.clock.now()).await?;
    super::end_everything(conn, site, id).await?;
    store::throttles::forgive(conn, site, id).await?;
    recovery::notify(conn, app, customer, lang, Notice::PasswordChanged).await
}

/// A fault of a new password, as its page tells it.
pub fn told(fault: rules::PasswordFault) -> NewPasswordError {
    match fault {
        rules::PasswordFault::TooShort { minimum } => NewPasswordError::TooShort { minimum },
        rules::PasswordFault::TooLong => NewPasswordError::TooLong,
        rules::PasswordFault::Control => NewPasswordError::Unusable,
        rules::PasswordFault::Common | rules::PasswordFault::Pattern => NewPasswordError::Common,
        rules::PasswordFault::Context => NewPasswordError::Context,
    }
}
