//! Setting a second factor up: the choice of a method, its page and its confirmation; then others, where
//! the site asks for several kinds, and, once, a set of backup codes (E3, C4).

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sqlx::{PgConnection, Postgres, Transaction};

use super::here::{Here, Past};
use super::purpose::Done;
use super::session::Methods;
use super::step::{After, AfterFactor, after_factor};
use super::{
    Purpose, SignIn, Step, answer, device, end_everything, end_everything_else, pages, purpose,
    second_factor, store,
};
use crate::customers::Customer;
use crate::error::AppError;
use crate::factors::kind::{Begun, Confirmation, Fields, NewFactor};
use crate::factors::{self, Factor, Method, MethodSet, Problem, choice};
use crate::i18n::key;
use crate::policy::{self, Requirement, Settings, Standing};
use crate::recovery::{self, Notice};
use crate::web::forms::Form;

/// What may be set up here: kinds that the customer cannot use yet; from the account page also one more
/// of those there may be several of, and in the place of one that goes, another of its kind.
pub fn choices(here: &Here, settings: &Settings, own: &[Factor]) -> Vec<Method> {
    let on = settings.methods.offered(&here.app);
    if let Purpose::AddFactor { replaces, .. } = here.signin.purpose {
        let (gone, staying): (Vec<_>, Vec<_>) =
            own.iter().cloned().partition(|factor| Some(factor.id) == replaces);
        let kinds = gone.first().map_or(on, |gone| on.and(MethodSet::of(&[gone.method])));
        return choice::to_set_up(kinds, &staying);
    }
    let usable = choice::usable(own);
    choice::to_set_up(on.filter(|method| !usable.contains(method)), own)
}

/// Whether losing one thing would leave the customer with backup codes at most.
pub fn has_one_way(own: &[Factor]) -> bool {
    choice::usable(own).filter(|method| method.about().chosen).len() < 2
}

/// Stands the sign-in at enrolment: at the choice of a method, or at the only one there is. Save it.
pub async fn enter(
    here: &Here,
    conn: &mut PgConnection,
    signin: &mut SignIn,
    customer: &Customer,
    settings: &Settings,
) -> Result<(), AppError> {
    signin.step = Step::Enrol;
    signin.leave_method();
    let own = factors::store::list(conn, here.site.id, customer.id).await?;
    if let [only] = choices(here, settings, &own)[..] {
        begin(here, conn, signin, customer, settings, only).await?;
    }
    Ok(())
}

/// Takes `method` up; the problem when what it sends may not be sent now. Save the sign-in.
async fn begin(
    here: &Here,
    conn: &mut PgConnection,
    signin: &mut SignIn,
    customer: &Customer,
    settings: &Settings,
    method: Method,
) -> Result<Option<Problem>, AppError> {
    let desk = here.desk(customer, settings);
    let own = factors::store::list(conn, here.site.id, customer.id).await?;
    let begun = method.begin(&desk, &own)?;
    here.take_up(conn, signin, &desk, method, begun).await
}

/// Which method a form names.
#[derive(Deserialize)]
pub struct Chosen {
    /// [`Method::word`]; empty: back to the choice.
    #[serde(default)]
    method: String,
}

impl Chosen {
    /// The method, if there is one of that name.
    pub fn method(&self) -> Option<Method> {
        Method::parse(&self.method)
    }
}

/// `POST .../enrol/choose`: takes a method up, or goes back to the choice.
pub async fn choose(here: Here, Form(chosen): Form<Chosen>) -> Result<Response, AppError> {
    let mut tx = here.app.db.begin().await?;
    let Some(Past { mut signin, customer, standing, own }) = here.lock_at(&mut tx, Step::Enrol).await? else {
        tx.commit().await?;
        return Ok(pages::to_current_step(&here));
    };
    let settings = &standing.policy.settings;
    if must_show_first(&signin, &own) {
        return ask_first(&here, tx, signin, &customer, settings).await;
    }
    let offered = choices(&here, settings, &own);
    let problem = match chosen.method().filter(|method| offered.contains(method)) {
        Some(method) => begin(&here, &mut tx, &mut signin, &customer, settings, method).await?,
        None => {
            signin.leave_method();
            None
        }
    };
    store::signins::save(&mut tx, &signin).await?;
    tx.commit().await?;
    pages::unsent(&here, &Past { signin, customer, standing, own }, problem).await
}

/// `POST .../enrol`: the answer to the page of the method at hand.
pub async fn submit(here: Here, Form(fields): Form<Fields>) -> Result<Response, AppError> {
    confirm(here, Step::Enrol, fields).await
}

/// `POST .../codes`: the backup codes are saved.
pub async fn submit_codes(here: Here, Form(fields): Form<Fields>) -> Result<Response, AppError> {
    confirm(here, Step::BackupCodes, fields).await
}

/// Judges an answer and stores what it makes a factor. Only now is it one (security.md T4).
pub async fn confirm(here: Here, step: Step, fields: Fields) -> Result<Response, AppError> {
    let (Some(customer), Some(method)) = (here.customer(step).await?, here.signin.method) else {
        return Ok(pages::to_current_step(&here));
    };
    let standing = here.standing(&mut *here.conn().await?, customer.id).await?;
    let desk = here.desk(&customer, &standing.policy.settings);
    let confirmation = method.confirm(&desk, here.ceremony(&here.signin)?, &fields).await?;

    let mut tx = here.app.db.begin().await?;
    let past = here.lock_at(&mut tx, step).await?;
    let Some(mut past) = past.filter(|past| past.signin.sealed_ceremony == here.signin.sealed_ceremony)
    else {
        tx.commit().await?; // answered or left meanwhile
        return Ok(pages::to_current_step(&here));
    };
    device::note_wish(&mut tx, &mut past, &fields).await?;
    if step == Step::Enrol && must_show_first(&past.signin, &past.own) {
        let Past { signin, customer, standing, .. } = past;
        return ask_first(&here, tx, signin, &customer, &standing.policy.settings).await;
    }
    if !is_open(&here, &past, method) {
        return leave(&here, tx, past).await;
    }
    match confirmation {
        Confirmation::Done(new) => keep(&here, tx, past, method, new).await,
        Confirmation::Next(begun) => {
            let past = go_further(&here, &mut tx, past, method, begun).await?;
            tx.commit().await?;
            pages::unsent(&here, &past.0, past.1).await
        }
        Confirmation::Again { begun, problem, result } => {
            let (past, _) = go_further(&here, &mut tx, past, method, begun).await?;
            refuse(&here, tx, past, method, problem, result).await
        }
        Confirmation::Refused { problem, result } => {
            let past = if method.about().once { anew(&here, &mut tx, past, method).await? } else { past };
            refuse(&here, tx, past, method, problem, result).await
        }
    }
}

/// Whether `method` may be set up at this step by the policy as it is now: it may have been switched off
/// while its page was open.
fn is_open(here: &Here, past: &Past, method: Method) -> bool {
    let settings = &past.standing.policy.settings;
    match past.signin.step {
        Step::BackupCodes => settings.methods.offered(&here.app).contains(method),
        _ => choices(here, settings, &past.own).contains(&method),
    }
}

/// Leaves a method that may not be set up any more, with nothing kept of it. Commits `tx`.
async fn leave(here: &Here, mut tx: Transaction<'_, Postgres>, mut past: Past) -> Result<Response, AppError> {
    past.signin.leave_method();
    if past.signin.step == Step::BackupCodes {
        return match here.is_adding() {
            true => purpose::end_set_up(here, tx, past.signin, None).await,
            false => go_on(here, tx, past, false).await,
        };
    }
    enter(here, &mut tx, &mut past.signin, &past.customer, &past.standing.policy.settings).await?;
    store::signins::save(&mut tx, &past.signin).await?;
    tx.commit().await?;
    Ok(pages::to_current_step(here))
}

/// Takes up what follows in the same enrolment.
async fn go_further(
    here: &Here,
    conn: &mut PgConnection,
    past: Past,
    method: Method,
    begun: Begun<serde_json::Value>,
) -> Result<(Past, Option<Problem>), AppError> {
    let Past { mut signin, customer, standing, own } = past;
    let desk = here.desk(&customer, &standing.policy.settings);
    let problem = here.take_up(conn, &mut signin, &desk, method, begun).await?;
    store::signins::save(conn, &signin).await?;
    Ok((Past { signin, customer, standing, own }, problem))
}

/// What was asked is asked once (security.md W1): asks anew.
async fn anew(
    here: &Here,
    conn: &mut PgConnection,
    mut past: Past,
    method: Method,
) -> Result<Past, AppError> {
    let settings = &past.standing.policy.settings;
    begin(here, conn, &mut past.signin, &past.customer, settings, method).await?;
    store::signins::save(conn, &past.signin).await?;
    Ok(past)
}

/// Shows the page again with what is wrong. Commits `tx`.
async fn refuse(
    here: &Here,
    mut tx: Transaction<'_, Postgres>,
    past: Past,
    method: Method,
    problem: Problem,
    result: &'static str,
) -> Result<Response, AppError> {
    here.record(&mut tx, "factor.enrolled", result, Some(past.customer.id), Some(method.word())).await?;
    tx.commit().await?;
    pages::second(here, &past, StatusCode::UNPROCESSABLE_ENTITY, Some(problem)).await
}

/// Stores a confirmed factor and goes on. One of a kind that stands alone takes the former one's
/// place. Commits `tx`.
async fn keep(
    here: &Here,
    mut tx: Transaction<'_, Postgres>,
    mut past: Past,
    method: Method,
    new: NewFactor,
) -> Result<Response, AppError> {
    let customer = &past.customer;
    let name = new.name.clone();
    let step = past.signin.step;
    let replaced = if step == Step::Enrol { replaced(&past, method) } else { Vec::new() };
    if !method.about().several {
        factors::store::remove_all(&mut tx, here.site.id, customer.id, method).await?;
    }
    let whose = (here.site.id, customer.id);
    if factors::add(&mut tx, &here.app, whose, method, new, here.now).await?.is_none() {
        let problem = Problem::new(key("factors-taken"), "").for_good();
        let past = if method.about().once { anew(here, &mut tx, past, method).await? } else { past };
        return refuse(here, tx, past, method, problem, "taken").await;
    }
    here.record(&mut tx, "factor.enrolled", "ok", Some(customer.id), Some(method.word())).await?;
    let notice = match method {
        Method::BackupCodes => Notice::BackupCodesMade,
        method => Notice::FactorAdded { method, name: &name },
    };
    recovery::notify(&mut tx, &here.app, customer, here.lang(), notice).await?;
    past.signin.leave_method();
    if step == Step::Enrol {
        past.signin.shown = past.signin.shown.with(method);
        settle(here, &mut tx, &past, &replaced).await?;
    }
    go_on(here, tx, past, step == Step::Enrol).await
}

/// The factors that one of `method` takes the place of: the one it was set up for, or the former one of a
/// kind that stands alone.
fn replaced(past: &Past, method: Method) -> Vec<Factor> {
    let named = match past.signin.purpose {
        Purpose::AddFactor { replaces, .. } => replaces,
        _ => None,
    };
    let goes =
        |factor: &&Factor| Some(factor.id) == named || (factor.method == method && !method.about().several);
    past.own.iter().filter(goes).cloned().collect()
}

/// What else follows a factor that was set up: the account page's session has shown it, and what it
/// replaces goes, with all else that is signed in (security.md S3).
async fn settle(
    here: &Here,
    conn: &mut PgConnection,
    past: &Past,
    replaced: &[Factor],
) -> Result<(), AppError> {
    let (site, customer) = (here.site.id, &past.customer);
    let session = match &past.signin.purpose {
        Purpose::AddFactor { session, .. } => Some(session),
        _ => None,
    };
    if let Some(session) = session {
        store::sessions::add_shown(conn, site, session, past.signin.shown).await?;
    }
    for old in replaced {
        factors::store::remove(conn, site, customer.id, old.id).await?;
        here.record(conn, "factor.removed", "replaced", Some(customer.id), Some(old.method.word())).await?;
        let notice = Notice::FactorRemoved { method: old.method, name: &old.name };
        recovery::notify(conn, &here.app, customer, here.lang(), notice).await?;
    }
    if !replaced.is_empty() {
        match session {
            Some(session) => end_everything_else(conn, site, customer.id, session).await?,
            None => end_everything(conn, site, customer.id).await?,
        }
    }
    Ok(())
}

/// What follows a second factor, shown or set up: one of another kind, backup codes, or the end.
/// Commits `tx`.
pub async fn go_on(
    here: &Here,
    tx: Transaction<'_, Postgres>,
    past: Past,
    has_just_set_up: bool,
) -> Result<Response, AppError> {
    let Standing { policy, exceptions, .. } = &past.standing;
    // Whoever is at the backup codes has set the others up, or put them off; whoever comes from the
    // account page with a session has what it takes to sign in.
    let is_asked = policy::coverage(policy, *exceptions).is_covered()
        && past.signin.step != Step::BackupCodes
        && !here.is_adding()
        && !here.is_proving_again();
    let least_factors = if is_asked { policy.settings.least_factors } else { 0 };
    let methods = policy.settings.methods.offered(&here.app);
    follow(here, tx, past, After { methods, least_factors, has_just_set_up }).await
}

async fn follow(
    here: &Here,
    mut tx: Transaction<'_, Postgres>,
    past: Past,
    after: After,
) -> Result<Response, AppError> {
    let Past { mut signin, customer, standing, .. } = past;
    let settings = &standing.policy.settings;
    let own = factors::store::list(&mut tx, here.site.id, customer.id).await?;
    match after_factor(after, &own) {
        AfterFactor::Another => {
            signin.step = Step::Enrol; // at the choice, which says why, also where it is of one
            store::signins::save(&mut tx, &signin).await?;
            tx.commit().await?;
            Ok(pages::to_current_step(here))
        }
        AfterFactor::BackupCodes if signin.step != Step::BackupCodes => {
            signin.step = Step::BackupCodes;
            begin(here, &mut tx, &mut signin, &customer, settings, Method::BackupCodes).await?;
            store::signins::save(&mut tx, &signin).await?;
            tx.commit().await?;
            Ok(pages::to_current_step(here))
        }
        _ if here.is_adding() => {
            let done = if signin.step == Step::BackupCodes { Done::CodesMade } else { Done::FactorAdded };
            purpose::end_set_up(here, tx, signin, Some(done)).await
        }
        _ => {
            let (methods, limits) = (Methods::with(signin.shown), settings.session);
            answer::finish(here, tx, signin, customer, methods, limits).await
        }
    }
}

/// `POST .../codes/later`: signs in without having saved them.
pub async fn skip_codes(here: Here) -> Result<Response, AppError> {
    let mut tx = here.app.db.begin().await?;
    let Some(mut past) = here.lock_at(&mut tx, Step::BackupCodes).await? else {
        tx.commit().await?;
        return Ok(pages::to_current_step(&here));
    };
    here.record(&mut tx, "factor.enrolment_skipped", "ok", Some(past.customer.id), Some("backup_codes"))
        .await?;
    past.signin.leave_method();
    if here.is_adding() {
        return purpose::end_set_up(&here, tx, past.signin, None).await;
    }
    go_on(&here, tx, past, false).await
}

/// A factor was set up in another tab, or by somebody else who knows the password: whoever is here
/// must show that one. The customer's lock lets no two sign-ins see none.
fn must_show_first(signin: &SignIn, own: &[Factor]) -> bool {
    !own.is_empty() && signin.shown == MethodSet::EMPTY
}

/// Asks for what is there. Commits `tx`.
async fn ask_first(
    here: &Here,
    mut tx: Transaction<'_, Postgres>,
    mut signin: SignIn,
    customer: &Customer,
    settings: &Settings,
) -> Result<Response, AppError> {
    if here.is_adding() {
        return purpose::end_set_up(here, tx, signin, None).await;
    }
    second_factor::enter(here, &mut tx, &mut signin, customer, settings).await?;
    store::signins::save(&mut tx, &signin).await?;
    tx.commit().await?;
    Ok(pages::to_current_step(here))
}

/// `POST .../skip`: not now, while the site's grace period lasts (C4). Counted under the customer's
/// lock, so that two at once cannot share the last one.
pub async fn skip(here: Here) -> Result<Response, AppError> {
    let mut tx = here.app.db.begin().await?;
    let Some(past) = here.lock_at(&mut tx, Step::Enrol).await? else {
        tx.commit().await?;
        return Ok(pages::to_current_step(&here));
    };
    if here.is_adding() {
        return purpose::end_set_up(&here, tx, past.signin, None).await;
    }
    if !past.signin.shown.is_empty() {
        return skip_another(&here, tx, past).await;
    }
    let Past { mut signin, customer, standing, .. } = past;
    let settings = &standing.policy.settings;
    match here.required(&standing) {
        Requirement::Enrol { may_skip: Some(_) } => {}
        Requirement::SecondFactor => return ask_first(&here, tx, signin, &customer, settings).await,
        // Over meanwhile, or 2FA is no longer asked for: the page says how it goes on.
        Requirement::Enrol { may_skip: None } | Requirement::PasswordAlone(_) => {
            tx.commit().await?;
            return Ok(pages::to_current_step(&here));
        }
    }
    count_skip(&here, &mut tx, &signin, &customer).await?;
    signin.leave_method();
    let limits = settings.session;
    answer::finish(&here, tx, signin, customer, Methods::SKIPPED, limits).await
}

/// The same for one more kind, beside what was shown: the sign-in goes on with that. Commits `tx`.
async fn skip_another(
    here: &Here,
    mut tx: Transaction<'_, Postgres>,
    mut past: Past,
) -> Result<Response, AppError> {
    if here.postponement(&past.signin, &past.standing).is_none() {
        tx.commit().await?;
        return Ok(pages::to_current_step(here));
    }
    count_skip(here, &mut tx, &past.signin, &past.customer).await?;
    let began = past.signin.password_at;
    let has_just_set_up = past.own.iter().any(|factor| Some(factor.created_at) >= began);
    past.signin.leave_method();
    let methods = past.standing.policy.settings.methods.offered(&here.app);
    follow(here, tx, past, After { methods, least_factors: 0, has_just_set_up }).await
}

async fn count_skip(
    here: &Here,
    conn: &mut PgConnection,
    signin: &SignIn,
    customer: &Customer,
) -> Result<(), AppError> {
    if signin.trial.is_none() {
        policy::store::count_skip(conn, here.site.id, customer.id).await?; // a test uses none up
    }
    here.record(conn, "factor.enrolment_skipped", "ok", Some(customer.id), None).await
}
