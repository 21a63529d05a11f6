//! The authenticator app's forms: confirming a new one, and the code of an enrolled one.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sqlx::{Postgres, Transaction};

use super::here::Here;
use super::session::Methods;
use super::views::CodeError;
use super::{SignIn, Step, answer, pages, store};
use crate::error::AppError;
use crate::factors::{self, FactorId, TotpFactor, Verdict, totp};
use crate::policy::{self, Requirement};
use crate::web::forms::Form;

/// What both forms send.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    code: String,
}

/// `POST .../totp`: a code of an enrolled app.
pub async fn submit_code(here: Here, Form(typed): Form<Typed>) -> Result<Response, AppError> {
    let Some(customer) = here.customer(Step::Totp).await? else {
        return Ok(pages::to_current_step(&here));
    };
    if typed.code.trim().is_empty() {
        return pages::code(&here, &customer, StatusCode::UNPROCESSABLE_ENTITY, Some(CodeError::Missing));
    }
    let mut tx = here.app.db.begin().await?;
    let Some((signin, customer)) = here.lock_past_password(&mut tx, Step::Totp).await? else {
        tx.commit().await?;
        return Ok(pages::to_current_step(&here));
    };
    let verdict =
        factors::verify_totp(&mut tx, &here.app.vault, here.site.id, customer.id, &typed.code, here.now)
            .await?;
    here.record(&mut tx, "signin.factor", word(verdict), Some(customer.id), Some("totp")).await?;
    match error_of(verdict) {
        None => {
            let limits = policy::store::load(&mut tx, here.site.id).await?.settings.session;
            answer::finish(&here, tx, signin, customer, Methods::TOTP, limits).await
        }
        Some(error) => {
            tx.commit().await?; // the count of failures stays
            pages::code(&here, &customer, StatusCode::UNPROCESSABLE_ENTITY, Some(error))
        }
    }
}

/// `POST .../enrol`: the first code of a new app. Only now is it a factor (security.md T4).
pub async fn submit_enrolment(here: Here, Form(typed): Form<Typed>) -> Result<Response, AppError> {
    let Some(customer) = here.customer(Step::Enrol).await? else {
        return Ok(pages::to_current_step(&here));
    };
    if typed.code.trim().is_empty() {
        return pages::enrol(&here, &customer, StatusCode::UNPROCESSABLE_ENTITY, Some(CodeError::Missing))
            .await;
    }
    let mut tx = here.app.db.begin().await?;
    let Some((mut signin, customer)) = here.lock_past_password(&mut tx, Step::Enrol).await? else {
        tx.commit().await?;
        return Ok(pages::to_current_step(&here));
    };
    if factors::store::has_any(&mut tx, here.site.id, customer.id).await? {
        return ask_for_code(&here, tx, signin).await;
    }
    let secret = here.enrolling(&signin)?;
    let verdict = match totp::check(&secret, &totp::History::default(), &typed.code, here.now) {
        totp::Check::Accepted(history) => {
            let id = FactorId(here.app.random.uuid());
            let factor = TotpFactor {
                id,
                site: here.site.id,
                customer: customer.id,
                sealed_secret: factors::seal_totp(&here.app.vault, here.site.id, id.0, &secret),
                history,
                failures: 0,
                last_failure_at: None,
            };
            factors::store::insert_totp(&mut tx, &factor, "Authenticator app", here.now).await?;
            Verdict::Accepted(id)
        }
        totp::Check::Malformed => Verdict::Malformed,
        totp::Check::Wrong | totp::Check::AlreadyUsed => Verdict::Wrong,
        // Nothing to burn: the secret is on the page and guards nothing yet.
        totp::Check::ClockOff { minutes, .. } => Verdict::ClockOff { minutes },
    };
    here.record(&mut tx, "factor.enrolled", word(verdict), Some(customer.id), Some("totp")).await?;
    match error_of(verdict) {
        None => {
            signin.sealed_enrolment = None;
            let limits = policy::store::load(&mut tx, here.site.id).await?.settings.session;
            answer::finish(&here, tx, signin, customer, Methods::TOTP, limits).await
        }
        Some(error) => {
            tx.commit().await?;
            pages::enrol(&here, &customer, StatusCode::UNPROCESSABLE_ENTITY, Some(error)).await
        }
    }
}

/// An app was set up in another tab, or by somebody else who knows the password: whoever is here
/// must show that one. The customer's lock lets no two sign-ins see none. Commits `tx`.
async fn ask_for_code(
    here: &Here,
    mut tx: Transaction<'_, Postgres>,
    mut signin: SignIn,
) -> Result<Response, AppError> {
    signin.step = Step::Totp;
    signin.sealed_enrolment = None;
    store::signins::save(&mut tx, &signin).await?;
    tx.commit().await?;
    Ok(pages::to_current_step(here))
}

/// `POST .../skip`: not now, while the site's grace period lasts (C4). Counted under the customer's
/// lock, so that two at once cannot share the last one.
pub async fn skip_enrolment(here: Here) -> Result<Response, AppError> {
    let mut tx = here.app.db.begin().await?;
    let Some((mut signin, customer)) = here.lock_past_password(&mut tx, Step::Enrol).await? else {
        tx.commit().await?;
        return Ok(pages::to_current_step(&here));
    };
    let standing = here.standing(&mut tx, customer.id).await?;
    match here.required(&standing) {
        Requirement::Enrol { may_skip: Some(_) } => {}
        Requirement::SecondFactor => return ask_for_code(&here, tx, signin).await,
        // Over meanwhile, or 2FA is no longer asked for: the page says how it goes on.
        Requirement::Enrol { may_skip: None } | Requirement::PasswordAlone(_) => {
            tx.commit().await?;
            return Ok(pages::to_current_step(&here));
        }
    }
    if signin.trial.is_none() {
        policy::store::count_skip(&mut tx, here.site.id, customer.id).await?; // a test uses none up
    }
    here.record(&mut tx, "factor.enrolment_skipped", "ok", Some(customer.id), None).await?;
    signin.sealed_enrolment = None;
    let limits = standing.policy.settings.session;
    answer::finish(&here, tx, signin, customer, Methods::SKIPPED, limits).await
}

/// `POST .../restart`: somebody else wants to sign in; the password is asked anew.
pub async fn restart(here: Here) -> Result<Response, AppError> {
    let mut tx = here.app.db.begin().await?;
    if let Some(mut signin) = store::signins::lock(&mut tx, here.site.id, here.signin.id).await?
        && matches!(signin.step, Step::NewPassword | Step::Enrol | Step::Totp)
    {
        signin.start_over();
        store::signins::save(&mut tx, &signin).await?;
    }
    tx.commit().await?;
    Ok(pages::to_current_step(&here))
}

fn error_of(verdict: Verdict) -> Option<CodeError> {
    match verdict {
        Verdict::Accepted(_) => None,
        Verdict::Malformed => Some(CodeError::Malformed),
        Verdict::Wrong => Some(CodeError::Wrong),
        Verdict::AlreadyUsed => Some(CodeError::AlreadyUsed),
        Verdict::ClockOff { minutes } => Some(CodeError::ClockOff { minutes }),
        Verdict::Wait { seconds } => Some(CodeError::Wait { seconds }),
        Verdict::Off => Some(CodeError::FactorOff),
    }
}

/// The verdict's word in the audit trail.
fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted(_) => "ok",
        Verdict::Malformed => "malformed",
        Verdict::Wrong => "wrong_code",
        Verdict::AlreadyUsed => "code_already_used",
        Verdict::ClockOff { .. } => "clock_off",
        Verdict::Wait { .. } => "too_soon",
        Verdict::Off => "factor_off",
    }
}
