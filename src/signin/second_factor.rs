//! Asking for a second factor: the method at hand, the answer to its page, and another way (E3).

use axum::http::StatusCode;
use axum::response::Response;
use sqlx::PgConnection;

use super::enrolment::{self, Chosen};
use super::here::{Here, Past};
use super::{SignIn, Step, pages, store};
use crate::customers::Customer;
use crate::error::AppError;
use crate::factors::kind::Fields;
use crate::factors::{self, Factor, Method, Problem, Verdict, choice};
use crate::policy::Settings;
use crate::recovery::{self, Notice};
use crate::saml::authn_context;
use crate::web::forms::Form;

/// What may be asked for, the first one first. Where the SP wants to be told of a second factor, one
/// that can be told of goes before the others (security.md K4, M7).
pub fn ways(here: &Here, settings: &Settings, own: &[Factor]) -> Vec<Method> {
    let allowed = settings.methods.filter(|method| method.is_offered(&here.app));
    let mut ways = choice::to_ask_for(allowed, own, None);
    let contexts = here.signin.request.contexts.as_ref();
    let meets = |method: Method| {
        let methods = crate::saml::Methods {
            password: true,
            totp: method == Method::Totp,
            second_factor: method.about().raises,
            verified_passkey: false,
        };
        authn_context::statement(methods, contexts).is_ok()
    };
    ways.sort_by_key(|method| !meets(*method));
    ways
}

/// Stands the sign-in at the challenge of the first of the ways; at none where there is none. Save it.
pub async fn enter(
    here: &Here,
    conn: &mut PgConnection,
    signin: &mut SignIn,
    customer: &Customer,
    settings: &Settings,
) -> Result<(), AppError> {
    signin.step = Step::Challenge;
    signin.leave_method();
    let own = factors::store::list(conn, here.site.id, customer.id).await?;
    match ways(here, settings, &own).first() {
        Some(first) => ask(here, conn, signin, customer, settings, *first, &own).await.map(drop),
        None => Ok(()),
    }
}

/// Takes `method` up; the problem when what it sends may not be sent now. Save the sign-in.
async fn ask(
    here: &Here,
    conn: &mut PgConnection,
    signin: &mut SignIn,
    customer: &Customer,
    settings: &Settings,
    method: Method,
    own: &[Factor],
) -> Result<Option<Problem>, AppError> {
    let desk = here.desk(customer, settings);
    let own: Vec<Factor> = own.iter().filter(|factor| factor.method == method).cloned().collect();
    let begun = method.ask(&desk, &own)?;
    here.take_up(conn, signin, &desk, method, begun).await
}

/// `POST .../challenge/other`: another way; or the same anew, which sends another code.
pub async fn choose(here: Here, Form(chosen): Form<Chosen>) -> Result<Response, AppError> {
    let mut tx = here.app.db.begin().await?;
    let Some(Past { mut signin, customer, standing, own }) = here.lock_at(&mut tx, Step::Challenge).await?
    else {
        tx.commit().await?;
        return Ok(pages::to_current_step(&here));
    };
    let settings = &standing.policy.settings;
    let mut problem = None;
    if let Some(method) = chosen.method().filter(|method| ways(&here, settings, &own).contains(method)) {
        problem = ask(&here, &mut tx, &mut signin, &customer, settings, method, &own).await?;
        store::signins::save(&mut tx, &signin).await?;
    }
    tx.commit().await?;
    pages::unsent(&here, &Past { signin, customer, standing, own }, problem).await
}

/// `POST .../challenge`: the answer to the page of the method at hand.
pub async fn submit(here: Here, Form(fields): Form<Fields>) -> Result<Response, AppError> {
    answer(here, fields).await
}

/// Judges an answer, and goes on or shows the page again.
pub async fn answer(here: Here, fields: Fields) -> Result<Response, AppError> {
    let (Some(customer), Some(method)) = (here.customer(Step::Challenge).await?, here.signin.method) else {
        return Ok(pages::to_current_step(&here));
    };
    let asked = here.ceremony(&here.signin)?;
    let consulted = {
        let (standing, own) = {
            let mut conn = here.conn().await?;
            let standing = here.standing(&mut conn, customer.id).await?;
            (standing, factors::store::list(&mut conn, here.site.id, customer.id).await?)
        };
        let own: Vec<Factor> = own.into_iter().filter(|factor| factor.method == method).collect();
        let desk = here.desk(&customer, &standing.policy.settings);
        method.consult(&desk, asked.clone(), &own, &fields).await?
    };

    let mut tx = here.app.db.begin().await?;
    let past = here.lock_at(&mut tx, Step::Challenge).await?;
    let Some(mut past) = past.filter(|past| past.signin.sealed_ceremony == here.signin.sealed_ceremony)
    else {
        tx.commit().await?; // answered or left meanwhile
        return Ok(pages::to_current_step(&here));
    };
    let desk = here.desk(&past.customer, &past.standing.policy.settings);
    let verdict = factors::verify(&mut tx, &desk, method, asked, &fields, consulted).await?;
    let (result, problem) = match verdict {
        Verdict::Accepted(_) => ("ok", None),
        Verdict::Refused { problem, result } => (result, Some(problem)),
    };
    here.record(&mut tx, "signin.factor", result, Some(past.customer.id), Some(method.word())).await?;
    if !matches!(result, "ok" | "malformed" | "too_soon") {
        let failed = Notice::SecondFactorFailed; // security.md G5
        recovery::notify(&mut tx, &here.app, &past.customer, here.lang(), failed).await?;
    }
    match problem {
        None => {
            past.signin.leave_method();
            past.signin.shown = past.signin.shown.with(method);
            enrolment::go_on(&here, tx, past, false).await
        }
        Some(problem) => {
            if method.about().once {
                let own = std::mem::take(&mut past.own);
                let settings = &past.standing.policy.settings;
                ask(&here, &mut tx, &mut past.signin, &past.customer, settings, method, &own).await?;
                store::signins::save(&mut tx, &past.signin).await?;
                past.own = own;
            }
            tx.commit().await?; // the count of failures stays
            pages::second(&here, &past, StatusCode::UNPROCESSABLE_ENTITY, Some(problem)).await
        }
    }
}

/// `POST .../restart`: somebody else wants to sign in; the password is asked anew.
pub async fn restart(here: Here) -> Result<Response, AppError> {
    let mut tx = here.app.db.begin().await?;
    if let Some(mut signin) = store::signins::lock(&mut tx, here.site.id, here.signin.id).await?
        && matches!(signin.step, Step::NewPassword | Step::Enrol | Step::Challenge | Step::BackupCodes)
    {
        signin.start_over();
        store::signins::save(&mut tx, &signin).await?;
    }
    tx.commit().await?;
    Ok(pages::to_current_step(&here))
}
