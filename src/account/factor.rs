//! One factor: its name, and its end.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::here::Account;
use super::overview;
use super::rules::{self, NameFault, Removal};
use super::views::{FactorPage, RemovePage};
use crate::customers::store::{preferred_method, set_preferred_method};
use crate::error::AppError;
use crate::factors::{self, Factor, FactorId, Method};
use crate::recovery::{self, Notice};
use crate::signin::end_everything_else;
use crate::signin::purpose::Done;
use crate::web::forms::Form;

/// The addresses below one factor.
#[derive(Deserialize)]
pub struct Which {
    factor: String,
}

impl Which {
    /// The customer's factor of that id, of a kind that is set up by itself; anything else is not there
    /// (security.md N1).
    pub fn of<'a>(&self, own: &'a [Factor]) -> Result<&'a Factor, AppError> {
        let id = uuid::Uuid::try_parse(&self.factor).map_err(|_| AppError::NotFound)?;
        let found = own.iter().find(|factor| factor.id == FactorId(id) && factor.method.about().chosen);
        found.ok_or(AppError::NotFound)
    }
}

fn path(factor: &Factor, below: &str) -> String {
    format!("/factors/{}{below}", factor.id.0)
}

/// What was typed before a fresh authentication came between.
#[derive(Deserialize)]
pub struct Typed {
    name: Option<String>,
}

/// `GET .../factors/{factor}`.
pub async fn show(
    account: Account,
    Path(which): Path<Which>,
    Query(typed): Query<Typed>,
) -> Result<Response, AppError> {
    let factor = which.of(&account.own)?;
    if let Some(on) = account.prove_again(&path(factor, "")).await? {
        return Ok(on);
    }
    let name = typed.name.as_deref().unwrap_or(&factor.name);
    Ok(page(&account, factor, name, StatusCode::OK, None))
}

fn page(
    account: &Account,
    factor: &Factor,
    name: &str,
    status: StatusCode,
    fault: Option<NameFault>,
) -> Response {
    let page = FactorPage {
        shell: account.shell(),
        base: account.address(""),
        row: overview::row(account, factor),
        name: name.to_owned(),
        fault,
        can_replace: account.allowed().contains(factor.method),
    };
    account.visitor.page(status, &page)
}

/// What the form for a name sends.
#[derive(Deserialize)]
pub struct Named {
    #[serde(default)]
    name: String,
}

/// `POST .../factors/{factor}`: another name.
pub async fn rename(
    account: Account,
    Path(which): Path<Which>,
    Form(sent): Form<Named>,
) -> Result<Response, AppError> {
    let factor = which.of(&account.own)?;
    let name = match rules::name(&sent.name) {
        Ok(name) => name,
        Err(fault) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let typed = sent.name.chars().take(2 * rules::LONGEST_NAME).collect::<String>();
            return Ok(page(&account, factor, &typed, status, Some(fault)));
        }
    };
    let typed = form_urlencoded::Serializer::new(String::new()).append_pair("name", name).finish();
    if let Some(on) = account.prove_again(&path(factor, &format!("?{typed}"))).await? {
        return Ok(on);
    }
    let mut tx = account.app.db.begin().await?;
    let Some((customer, own)) = account.lock(&mut tx).await? else { return Ok(account.back()) };
    let factor = which.of(&own)?;
    factors::store::rename(&mut tx, account.site.id, customer.id, factor.id, name).await?;
    account.record(&mut tx, "factor.renamed", "ok", Some(factor.method.word())).await?;
    tx.commit().await?;
    Ok(account.back_with(Done::FactorRenamed))
}

/// Of how many kinds the customer has to keep a usable factor; none where 2FA is not asked for.
fn least(account: &Account) -> Option<u32> {
    account.is_covered().then_some(account.standing.policy.settings.least_factors)
}

/// `GET .../factors/{factor}/remove`: asks.
pub async fn ask_removal(account: Account, Path(which): Path<Which>) -> Result<Response, AppError> {
    let factor = which.of(&account.own)?;
    if let Some(on) = account.prove_again(&path(factor, "/remove")).await? {
        return Ok(on);
    }
    let removal = rules::removal(&account.own, factor.id, account.allowed(), least(&account));
    Ok(removal_page(&account, factor, removal, StatusCode::OK))
}

fn removal_page(account: &Account, factor: &Factor, removal: Removal, status: StatusCode) -> Response {
    let page = RemovePage {
        shell: account.shell(),
        base: account.address(""),
        row: overview::row(account, factor),
        removal,
    };
    account.visitor.page(status, &page)
}

/// `POST .../factors/{factor}/remove`: it goes, and what was signed in or remembered elsewhere with it
/// (security.md S3).
pub async fn remove(account: Account, Path(which): Path<Which>) -> Result<Response, AppError> {
    let factor = which.of(&account.own)?;
    if let Some(on) = account.prove_again(&path(factor, "/remove")).await? {
        return Ok(on);
    }
    let mut tx = account.app.db.begin().await?;
    let Some((customer, own)) = account.lock(&mut tx).await? else { return Ok(account.back()) };
    let factor = which.of(&own)?;
    let removal = rules::removal(&own, factor.id, account.allowed(), least(&account));
    if let Removal::Needed { .. } = removal {
        return Ok(removal_page(&account, factor, removal, StatusCode::CONFLICT));
    }
    let (site, lang) = (account.site.id, account.lang());
    factors::store::remove(&mut tx, site, customer.id, factor.id).await?;
    if removal == Removal::WithBackupCodes {
        factors::store::remove_all(&mut tx, site, customer.id, Method::BackupCodes).await?;
    }
    let word = factor.method.word();
    let is_last = !own.iter().any(|other| other.id != factor.id && other.method == factor.method);
    if is_last && preferred_method(&mut tx, site, customer.id).await?.as_deref() == Some(word) {
        set_preferred_method(&mut tx, site, customer.id, None).await?;
    }
    end_everything_else(&mut tx, site, customer.id, &account.session.token_hash).await?;
    account.record(&mut tx, "factor.removed", "ok", Some(word)).await?;
    let notice = Notice::FactorRemoved { method: factor.method, name: &factor.name };
    recovery::notify(&mut tx, &account.app, &customer, lang, notice).await?;
    tx.commit().await?;
    Ok(account.back_with(Done::FactorRemoved))
}
