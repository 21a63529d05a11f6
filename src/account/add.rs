//! A factor more, one in place of another, and new backup codes: set up by the sign-in's own pages, which
//! lead back here.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::factor::Which;
use super::here::Account;
use super::views::{AddPage, CodesPage};
use crate::error::AppError;
use crate::factors::kind::Desk;
use crate::factors::{self, FactorId, Method, Performed, backup_codes, choice};
use crate::signin::{self, Step, frame, pages, purpose};
use crate::web::forms::Form;

/// `GET .../add`: which method?
pub async fn choose(account: Account) -> Result<Response, AppError> {
    if let Some(on) = account.prove_again("/add").await? {
        return Ok(on);
    }
    let choices = choice::to_set_up(account.allowed(), &account.own);
    let page = AddPage {
        shell: account.shell(),
        base: account.address(""),
        choose: account.address("/add"),
        choices: pages::choices(&choices, account.lang()),
    };
    Ok(account.visitor.page_with(StatusCode::OK, &page, page.is_scripted()))
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    method: String,
}

/// `POST .../add`: begins with a method.
pub async fn begin(account: Account, Form(chosen): Form<Chosen>) -> Result<Response, AppError> {
    if let Some(on) = account.prove_again("/add").await? {
        return Ok(on);
    }
    let choices = choice::to_set_up(account.allowed(), &account.own);
    match Method::parse(&chosen.method).filter(|method| choices.contains(method)) {
        Some(method) => set_up(&account, Step::Enrol, method, None).await,
        None => Ok(Redirect::to(&account.address("/add")).into_response()),
    }
}

/// `POST .../factors/{factor}/replace`: the new one is verified before the old one goes.
pub async fn replace(account: Account, Path(which): Path<Which>) -> Result<Response, AppError> {
    let factor = which.of(&account.own)?;
    let page = format!("/factors/{}", factor.id.0);
    if let Some(on) = account.prove_again(&page).await? {
        return Ok(on);
    }
    if !account.allowed().contains(factor.method) {
        return Ok(Redirect::to(&account.address(&page)).into_response());
    }
    set_up(&account, Step::Enrol, factor.method, Some(factor.id)).await
}

/// Whether backup codes can be made: they stand in for a factor that is there.
fn can_make_codes(account: &Account) -> bool {
    account.allowed().contains(Method::BackupCodes)
        && account.own.iter().any(|factor| factor.method.about().chosen)
}

/// `GET .../codes`: asks before making new ones.
pub async fn ask_codes(account: Account) -> Result<Response, AppError> {
    if !can_make_codes(&account) {
        return Ok(account.back());
    }
    if let Some(on) = account.prove_again("/codes").await? {
        return Ok(on);
    }
    let set = account.own.iter().find(|factor| factor.method == Method::BackupCodes);
    let page = CodesPage {
        shell: account.shell(),
        base: account.address(""),
        action: account.address("/codes"),
        left: set.map(backup_codes::left),
    };
    Ok(account.visitor.page(StatusCode::OK, &page))
}

/// `POST .../codes`: makes them; the old ones work until the new ones are saved.
pub async fn begin_codes(account: Account) -> Result<Response, AppError> {
    if !can_make_codes(&account) {
        return Ok(account.back());
    }
    if let Some(on) = account.prove_again("/codes").await? {
        return Ok(on);
    }
    set_up(&account, Step::BackupCodes, Method::BackupCodes, None).await
}

/// Begins a sign-in at the page of `method`.
async fn set_up(
    account: &Account,
    step: Step,
    method: Method,
    replaces: Option<FactorId>,
) -> Result<Response, AppError> {
    let (app, site) = (&account.app, &account.site);
    let (mut signin, cookies) = purpose::set_up(app, &account.headers, &account.session, step, replaces);
    let desk = Desk {
        app,
        site,
        site_name: &frame::site_name(site),
        customer: account.customer(),
        settings: &account.standing.policy.settings,
        visitor: &account.visitor,
        ceremony: signin.id.0,
        lang: account.lang(),
        now: account.now,
    };
    let begun = method.begin(&desk, &account.own)?;
    let mut tx = app.db.begin().await?;
    let state = match factors::perform(&mut tx, &desk, begun).await? {
        // Where nothing more may be sent for now, its page can ask for it later.
        Performed::Done(state) | Performed::Unsent { unsent: state, .. } => state,
    };
    signin.method = Some(method);
    signin.sealed_ceremony = Some(factors::seal_ceremony(&app.vault, site.id, signin.id.0, &state));
    signin::store::signins::insert_own(&mut tx, &signin, account.now).await?;
    tx.commit().await?;
    Ok((cookies, Redirect::to(&signin::here::path(site, signin.id))).into_response())
}
