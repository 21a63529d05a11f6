//! Another password: the present one, and the new one twice.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::here::Account;
use super::views::{ChangeError, PasswordPage};
use crate::customers::{self, password as rules};
use crate::error::AppError;
use crate::signin::lockout::Subject;
use crate::signin::password::{is_off, look_over, replace, told};
use crate::signin::purpose::Done;
use crate::signin::session::{Session, token_hash};
use crate::signin::store;
use crate::signin::views::NewPasswordError;
use crate::web::cookies::{self, SetCookies};
use crate::web::forms::Form;

/// `GET .../password`.
pub async fn show(account: Account) -> Result<Response, AppError> {
    if let Some(on) = account.prove_again("/password").await? {
        return Ok(on);
    }
    Ok(page(&account, StatusCode::OK, None))
}

fn page(account: &Account, status: StatusCode, error: Option<ChangeError>) -> Response {
    let page = PasswordPage {
        shell: account.shell(),
        base: account.address(""),
        action: account.address("/password"),
        account: account.customer().email.clone(),
        has_one: account.customer().password_set_at.is_some(),
        minimum: rules::minimum(account.is_covered()),
        error,
    };
    account.visitor.page_with(status, &page, true)
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    current: Zeroizing<String>,
    #[serde(default)]
    password: Zeroizing<String>,
    #[serde(default)]
    repeat: Zeroizing<String>,
}

/// `POST .../password`.
pub async fn submit(account: Account, Form(typed): Form<Typed>) -> Result<Response, AppError> {
    if let Some(on) = account.prove_again("/password").await? {
        return Ok(on);
    }
    let refuse = |error| Ok(page(&account, StatusCode::UNPROCESSABLE_ENTITY, Some(error)));
    let has_one = account.customer().password_set_at.is_some();
    if has_one && typed.current.is_empty() {
        return refuse(ChangeError::CurrentMissing);
    }
    if *typed.password != *typed.repeat {
        return refuse(NewPasswordError::Mismatch.into());
    }
    let context = customers::password_context(account.customer(), &account.site.display_url);
    let password = match rules::check_new(&typed.password, account.is_covered(), &context) {
        Ok(password) => password,
        Err(fault) => return refuse(told(fault).into()),
    };
    let busy = |error| match error {
        AppError::Busy { retry_after } => {
            let page = page(&account, StatusCode::SERVICE_UNAVAILABLE, Some(ChangeError::Busy));
            Ok(([(header::RETRY_AFTER, retry_after.to_string())], page).into_response())
        }
        error => Err(error),
    };
    if has_one {
        match is_current(&account, &typed.current).await {
            Ok(true) => {}
            Ok(false) => return refuse(ChangeError::CurrentWrong),
            Err(error) => return busy(error),
        }
        if rules::Normalised::new(&typed.current).as_ref() == Ok(&password) {
            return refuse(NewPasswordError::Same.into());
        }
    }
    match account.app.hasher.hash(&password, account.app.random.bytes()).await {
        Ok(hash) => keep(&account, &hash).await,
        Err(error) => busy(error.into()),
    }
}

/// Whether `typed` is the customer's password. A wrong one counts like one at sign-in (security.md G1):
/// whoever found a screen unlocked guesses no faster here.
async fn is_current(account: &Account, typed: &str) -> Result<bool, AppError> {
    let (app, site, customer) = (&account.app, account.site.id, account.customer().id);
    let throttle = account.standing.policy.settings.throttle;
    let (reserved, stored) = {
        let mut tx = app.db.begin().await?;
        let browser = cookies::browser(&account.headers).map(token_hash);
        let known = match &browser {
            Some(browser) => store::throttles::is_known_browser(&mut tx, site, customer, browser).await?,
            None => false,
        };
        let tried = match browser {
            Some(browser) if known => Subject::KnownBrowser(customer, browser),
            _ => Subject::Account(customer),
        };
        let subjects = Subject::of_try(tried, account.visitor.ip);
        let reserved = store::throttles::reserve(&mut tx, site, &subjects, throttle, account.now).await?;
        let stored = customers::store::password_hash(&mut tx, site, customer).await?;
        tx.commit().await?;
        (reserved, stored)
    };
    let verdict = look_over(app, site, typed, stored.as_deref(), reserved.as_ref()).await?;
    let mut conn = app.db.acquire().await?;
    // Where a mail can set another, too many guesses put it off here as at sign-in.
    let usable = reserved.as_ref().filter(|reserved| !is_off(app, reserved));
    if let (Some(reserved), true) = (usable, verdict.matches) {
        store::throttles::release(&mut conn, site, reserved, true).await?;
        return Ok(true);
    }
    let result = if reserved.is_some() { "wrong_password" } else { "too_soon" };
    account.record(&mut conn, "password.changed", result, None).await?;
    Ok(false)
}

/// Sets it: everything else that is signed in or remembered ends, and this session gets another token
/// (security.md S3).
async fn keep(account: &Account, hash: &str) -> Result<Response, AppError> {
    let (app, site) = (&account.app, account.site.id);
    let mut tx = app.db.begin().await?;
    let Some((customer, _)) = account.lock(&mut tx).await? else { return Ok(account.back()) };
    replace(&mut tx, app, &customer, hash, account.lang()).await?;
    let token = app.random.token();
    let session = Session { token_hash: token_hash(&token), ..account.session.clone() };
    store::sessions::insert(&mut tx, &session, account.visitor.agent).await?;
    account.record(&mut tx, "password.changed", "ok", None).await?;
    tx.commit().await?;
    let cookies = SetCookies::new().session(site.0, &token).clear_device(site.0);
    Ok((cookies, account.back_with(Done::PasswordChanged)).into_response())
}
