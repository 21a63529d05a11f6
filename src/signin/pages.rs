//! The page of the step a sign-in stands at, and the pages at its dead ends.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::answer::{self, Answer};
use super::here::{Here, Past};
use super::views::{
    Choice, ChoosePage, FactorPage, NewPasswordError, NewPasswordPage, NewPasswordReason, PasswordError,
    PasswordPage, Skip,
};
use super::{Purpose, Step, device, enrolment, frame, passkey, second_factor, store};
use crate::customers::password;
use crate::error::AppError;
use crate::factors::kind::{Slot, Strength};
use crate::factors::{self, Method, Problem};
use crate::i18n::Lang;
use crate::recovery::forgotten;
use crate::saml::Refusal;

/// `GET /sites/{site}/signin/{id}`: wherever the sign-in stands.
pub async fn show(here: Here) -> Result<Response, AppError> {
    match here.signin.step {
        Step::Password => {
            if let Some(back) = back_to_account(&here).await? {
                return Ok(back);
            }
            if let Some(answered) = answer_from_session(&here).await? {
                return Ok(answered);
            }
            let name = here.signin.name_hint.clone().unwrap_or_default();
            password(&here, &name, StatusCode::OK, None).await
        }
        Step::NewPassword => Ok(new_password(&here, StatusCode::OK, None)),
        step @ (Step::Enrol | Step::Challenge | Step::BackupCodes) => {
            let customer = here.customer(step).await?.ok_or(AppError::NotFound)?;
            let mut conn = here.conn().await?;
            let standing = here.standing(&mut conn, customer.id).await?;
            let own = factors::store::list(&mut conn, here.site.id, customer.id).await?;
            drop(conn);
            let past = Past { signin: here.signin.clone(), customer, standing, own };
            let problem = match past.signin.method {
                Some(method) => {
                    let desk = here.desk(&past.customer, &past.standing.policy.settings);
                    method.news(&desk, here.ceremony(&past.signin)?).await?
                }
                None => None,
            };
            second(&here, &past, StatusCode::OK, problem).await
        }
        Step::Finished | Step::Cancelled => Err(AppError::NotFound), // `Here` has answered these
    }
}

/// A sign-in for the account page is over when a session was made meanwhile.
async fn back_to_account(here: &Here) -> Result<Option<Response>, AppError> {
    let Purpose::Account { path } = &here.signin.purpose else { return Ok(None) };
    if here.is_proving_again() || here.session(&mut *here.conn().await?).await?.is_none() {
        return Ok(None);
    }
    Ok(Some(here.to_account(path)))
}

/// A session made meanwhile (in another tab), or one that a cross-site POST could not show,
/// answers at once; without one, a passive request is told so.
async fn answer_from_session(here: &Here) -> Result<Option<Response>, AppError> {
    if here.signin.purpose != Purpose::Answer {
        return Ok(None); // nobody waits for an answer
    }
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
        signin.leave_method();
        store::signins::save(&mut tx, &signin).await?;
        here.record(&mut tx, "signin.cancelled", "ok", signin.customer, None).await?;
    }
    tx.commit().await?;
    if here.is_proving_again() {
        return Ok(here.to_account("")); // still signed in
    }
    Ok(to_current_step(&here))
}

/// Back to the sign-in's one address, by GET.
pub fn to_current_step(here: &Here) -> Response {
    Redirect::to(&here.path()).into_response()
}

/// The name and password form, and the passkey's where it may be the whole sign-in.
pub async fn password(
    here: &Here,
    name: &str,
    status: StatusCode,
    error: Option<PasswordError>,
) -> Result<Response, AppError> {
    let passkey = passkey::offer(here).await?;
    let page = PasswordPage {
        shell: frame::shell(&here.visitor, &here.site),
        action: here.action("password"),
        cancel: here.action("cancel"),
        forgotten: forgotten::address(&here.app, &here.site, here.signin.id),
        name: name.to_owned(),
        again: here.is_proving_again(),
        passkey,
        error,
    };
    Ok(here.visitor.page_with(status, &page, true))
}

/// The form for a password that can stand alone.
pub fn new_password(here: &Here, status: StatusCode, error: Option<NewPasswordError>) -> Response {
    let page = NewPasswordPage {
        shell: frame::shell(&here.visitor, &here.site),
        action: here.action("new-password"),
        token: None,
        cancel: Some(here.action("restart")),
        account: here.signin.name_hint.clone().unwrap_or_default(),
        reason: NewPasswordReason::Longer,
        minimum: password::minimum(false),
        error,
    };
    here.visitor.page_with(status, &page, true)
}

/// The page of enrolment, challenge or backup codes, as `past` stands.
pub async fn second(
    here: &Here,
    past: &Past,
    status: StatusCode,
    problem: Option<Problem>,
) -> Result<Response, AppError> {
    let lang = here.lang();
    let Past { signin, customer, standing, own } = past;
    let settings = &standing.policy.settings;
    let ways = match signin.step {
        Step::Enrol => enrolment::choices(here, settings, own),
        Step::Challenge => second_factor::ways(here, settings, own, None),
        _ => Vec::new(),
    };
    let skip = match here.postponement(signin, standing) {
        Some(left) if signin.step == Step::Enrol && !here.is_adding() => {
            Some(Skip { action: here.action("skip"), left })
        }
        _ => None,
    };
    let shell = frame::shell(&here.visitor, &here.site);
    let cancel = here.action("restart");
    let lost = (signin.step == Step::Challenge).then(|| here.action("lost"));
    let Some(method) = signin.method else {
        let (choose, enrolling) = match signin.step {
            Step::Enrol => (here.action("enrol/choose"), true),
            _ => (here.action("challenge/other"), false),
        };
        let another = (enrolling && !signin.shown.is_empty()).then_some(settings.least_factors);
        let choices = choices(&ways, lang);
        let page = ChoosePage { shell, cancel, choose, enrolling, another, choices, skip, lost };
        return Ok(here.visitor.page_with(status, &page, page.is_scripted()));
    };
    let desk = here.desk(customer, settings);
    let (form, choose) = match signin.step {
        Step::Enrol => ("enrol", "enrol/choose"),
        Step::Challenge => ("challenge", "challenge/other"),
        _ => ("codes", ""),
    };
    let slot = Slot {
        lang,
        action: here.action(form),
        again: here.action(choose),
        method: method.word(),
        account: &customer.email,
        problem: problem.as_ref(),
        remember_days: device::offered(settings, signin),
        remembers: signin.remember_days.is_some(),
        adding: here.is_adding(),
    };
    let state = here.ceremony(signin)?;
    let own: Vec<_> = own.iter().filter(|factor| factor.method == method).cloned().collect();
    let body = match signin.step {
        Step::Challenge => method.challenge(&desk, &slot, state, &own)?,
        _ => method.enrolment(&desk, &slot, state)?,
    };
    let others: Vec<_> = ways.into_iter().filter(|way| *way != method).collect();
    let page = FactorPage {
        shell,
        body,
        problem,
        others: choices(&others, lang),
        choose: here.action(choose),
        lost,
        enrolling: signin.step == Step::Enrol,
        skip: match signin.step {
            Step::BackupCodes => None,
            _ => skip,
        },
        encourage: signin.step == Step::BackupCodes && enrolment::has_one_way(&past.own),
        later: (signin.step == Step::BackupCodes).then(|| here.action("codes/later")),
        cancel,
    };
    Ok(here.visitor.page_with(status, &page, page.is_scripted()))
}

/// On to the sign-in as `past` stands; where something could not be sent, its page says so at once.
pub async fn unsent(here: &Here, past: &Past, problem: Option<Problem>) -> Result<Response, AppError> {
    match problem {
        None => Ok(to_current_step(here)),
        problem => second(here, past, StatusCode::TOO_MANY_REQUESTS, problem).await,
    }
}

/// Methods as a list to choose from. Of those that hold well, the strongest are recommended.
pub fn choices(methods: &[Method], lang: Lang) -> Vec<Choice> {
    let strongest = methods.iter().map(|method| method.about().strength).min();
    methods
        .iter()
        .map(|method| {
            let about = method.about();
            Choice {
                word: about.word,
                name: lang.say(about.name),
                lead: lang.say(about.lead),
                recommended: about.strength < Strength::Weaker && Some(about.strength) == strongest,
                weaker: about.strength == Strength::Weaker,
                scripted: *method == Method::Passkey,
            }
        })
        .collect()
}
