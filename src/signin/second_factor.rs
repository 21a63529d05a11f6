//! Asking for a second factor: the method at hand, the answer to its page, and another way (E3).

use axum::http::StatusCode;
use axum::response::Response;
use sqlx::PgConnection;

use super::enrolment::{self, Chosen};
use super::here::{Here, Past};
use super::{SignIn, Step, device, pages, purpose, store};
use crate::customers::{self, Customer};
use crate::error::AppError;
use crate::factors::kind::Fields;
use crate::factors::{self, Factor, Method, Problem, Verdict, backup_codes, choice};
use crate::policy::Settings;
use crate::recovery::{self, Notice};
use crate::saml::authn_context;
use crate::web::forms::Form;

/// What may be asked for, the first one first. Where the SP wants to be told of a second factor, one
/// that can be told of goes before the others (security.md K4, M7).
pub fn ways(here: &Here, settings: &Settings, own: &[Factor], preferred: Option<Method>) -> Vec<Method> {
    let allowed = settings.methods.offered(&here.app);
    let mut ways = choice::to_ask_for(allowed, own, preferred);
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
    let preferred = customers::store::preferred_method(conn, here.site.id, customer.id).await?;
    let preferred = preferred.as_deref().and_then(Method::parse);
    match ways(here, settings, &own, preferred).first() {
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
    if let Some(method) = chosen.method().filter(|method| ways(&here, settings, &own, None).contains(method))
    {
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
    if !past.standing.policy.settings.methods.offered(&here.app).contains(method) {
        // Switched off while its page was open.
        let Past { mut signin, customer, standing, .. } = past;
        enter(&here, &mut tx, &mut signin, &customer, &standing.policy.settings).await?;
        store::signins::save(&mut tx, &signin).await?;
        tx.commit().await?;
        return Ok(pages::to_current_step(&here));
    }
    device::note_wish(&mut tx, &mut past, &fields).await?;
    let desk = here.desk(&past.customer, &past.standing.policy.settings);
    let verdict = factors::verify(&mut tx, &desk, method, asked, &fields, consulted).await?;
    let (result, problem) = match verdict {
        Verdict::Accepted(_) => ("ok", None),
        Verdict::Refused { problem, result } => (result, Some(problem)),
    };
    here.record(&mut tx, "signin.factor", result, Some(past.customer.id), Some(method.word())).await?;
    // Security.md G5; not for what is no guess, or not the visitor's doing.
    if !matches!(result, "ok" | "malformed" | "too_soon" | "server_away") {
        let failed = Notice::SecondFactorFailed;
        recovery::notify(&mut tx, &here.app, &past.customer, here.lang(), failed).await?;
    }
    match problem {
        None => {
            if method == Method::BackupCodes {
                tell_of_code(&here, &mut tx, &past.customer).await?;
            }
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

/// A backup code was used: how many are left (security.md B1, A3).
async fn tell_of_code(here: &Here, conn: &mut PgConnection, customer: &Customer) -> Result<(), AppError> {
    let own = factors::store::list(conn, here.site.id, customer.id).await?;
    let sets = own.iter().filter(|factor| factor.method == Method::BackupCodes);
    let left = sets.map(backup_codes::left).sum::<usize>();
    let used = Notice::BackupCodeUsed { left: u32::try_from(left).unwrap_or(u32::MAX) };
    Ok(recovery::notify(conn, &here.app, customer, here.lang(), used).await?)
}

/// `POST .../restart`: somebody else wants to sign in; the password is asked anew.
pub async fn restart(here: Here) -> Result<Response, AppError> {
    let mut tx = here.app.db.begin().await?;
    if let Some(mut signin) = store::signins::lock(&mut tx, here.site.id, here.signin.id).await?
        && matches!(signin.step, Step::NewPassword | Step::Enrol | Step::Challenge | Step::BackupCodes)
    {
        if here.is_adding() {
            return purpose::end_set_up(&here, tx, signin, None).await;
        }
        signin.start_over();
        store::signins::save(&mut tx, &signin).await?;
    }
    tx.commit().await?;
    Ok(pages::to_current_step(&here))
}
