//! A password by a link, new or the first one (security.md P8). It signs nobody in, asks for no second
//! factor and takes none away; what was signed in and remembered ends (S3).

use axum::http::StatusCode;
use axum::response::Response;

use super::links::Purpose;
use super::pages::{Opened, Sent};
use super::store;
use super::views::Told;
use crate::customers::{self, password as rules};
use crate::error::AppError;
use crate::policy;
use crate::signin::frame;
use crate::signin::password::{replace, told};
use crate::signin::views::{NewPasswordError, NewPasswordPage, NewPasswordReason};

/// The form.
pub async fn page(
    opened: &Opened,
    status: StatusCode,
    error: Option<NewPasswordError>,
) -> Result<Response, AppError> {
    let page = NewPasswordPage {
        // Shown again after a mistake, it stands at an address that nobody can come back to.
        shell: match error {
            None => frame::shell(&opened.visitor, &opened.site),
            Some(_) => frame::momentary_shell(&opened.visitor, &opened.site),
        },
        action: opened.action(),
        token: Some(opened.token.clone()),
        cancel: None,
        account: opened.customer.email.clone(),
        minimum: rules::minimum(is_covered(opened).await?),
        reason: match opened.link.purpose {
            Purpose::SetPassword => NewPasswordReason::First,
            _ => NewPasswordReason::Forgotten,
        },
        error,
    };
    Ok(opened.visitor.page_with(status, &page, true))
}

/// Whether the password will stand beside a second factor (P1).
async fn is_covered(opened: &Opened) -> Result<bool, AppError> {
    let mut conn = opened.app.db.acquire().await?;
    let standing = policy::store::standing(&mut conn, opened.site.id, opened.customer.id).await?;
    let standing = standing.ok_or(AppError::NotFound)?;
    Ok(policy::coverage(&standing.policy, standing.exceptions).is_covered())
}

/// Sets it.
pub async fn submit(opened: Opened, sent: &Sent) -> Result<Response, AppError> {
    let refuse = async |error| page(&opened, StatusCode::UNPROCESSABLE_ENTITY, Some(error)).await;
    if *sent.password != *sent.repeat {
        return refuse(NewPasswordError::Mismatch).await;
    }
    let context = customers::password_context(&opened.customer, &opened.site.display_url);
    let password = match rules::check_new(&sent.password, is_covered(&opened).await?, &context) {
        Ok(password) => password,
        Err(fault) => return refuse(told(fault)).await,
    };
    if is_the_present_one(&opened, &sent.password).await? {
        return refuse(NewPasswordError::Same).await;
    }
    let hash = opened.app.hasher.hash(&password, opened.app.random.bytes()).await?;
    keep(&opened, &hash).await
}

/// Somebody else may know it: that is why one is set.
async fn is_the_present_one(opened: &Opened, password: &str) -> Result<bool, AppError> {
    let stored = {
        let mut conn = opened.app.db.acquire().await?;
        customers::store::password_hash(&mut conn, opened.site.id, opened.customer.id).await?
    };
    match stored {
        Some(stored) => Ok(opened.app.hasher.verify(password, Some(&stored)).await?.matches),
        None => Ok(false),
    }
}

async fn keep(opened: &Opened, hash: &str) -> Result<Response, AppError> {
    let Opened { app, visitor, site, now, .. } = opened;
    let mut tx = app.db.begin().await?;
    let Some(customer) = opened.take(&mut tx).await? else { return Ok(opened.void()) };
    if customer.frozen_at.is_some() {
        let by = store::frozen_by(&mut tx, site.id, customer.id).await?;
        if by.as_ref() != Some(&opened.link.mailbox) {
            return Ok(opened.void());
        }
        store::unfreeze(&mut tx, site.id, customer.id).await?;
        opened.record(&mut tx, "customer.unfrozen", "ok").await?;
    }
    replace(&mut tx, app, &customer, hash, visitor.lang).await?;
    store::note_mailed_password(&mut tx, site.id, customer.id, *now).await?;
    opened.record(&mut tx, "password.reset", "ok").await?;
    tx.commit().await?;
    Ok(Told::PasswordSet.page(visitor, site, StatusCode::OK))
}
