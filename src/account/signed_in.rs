//! Where the customer is signed in and remembered, and what is asked for first.

use axum::response::Response;
use serde::Deserialize;

use super::here::Account;
use crate::customers;
use crate::error::AppError;
use crate::factors::Method;
use crate::signin::purpose::Done;
use crate::signin::session::handle;
use crate::signin::store;
use crate::web::forms::Form;

/// What the buttons of a list send: a row's [`handle`], or [`ALL`].
#[derive(Deserialize)]
pub struct Row {
    #[serde(default)]
    which: String,
}

/// All rows; of sessions, all but this one.
pub const ALL: &str = "all";

/// `POST .../sessions`: ends one, or all others.
pub async fn end_sessions(account: Account, Form(row): Form<Row>) -> Result<Response, AppError> {
    let (site, customer) = (account.site.id, account.customer().id);
    let mut tx = account.app.db.begin().await?;
    if row.which == ALL {
        store::sessions::end_others(&mut tx, site, customer, &account.session.token_hash).await?;
    } else {
        let sessions = store::sessions::list(&mut tx, site, customer).await?;
        let session = sessions.iter().find(|session| handle(&session.token_hash) == row.which);
        store::sessions::end(&mut tx, site, &session.ok_or(AppError::NotFound)?.token_hash).await?;
    }
    account.record(&mut tx, "session.ended", "ok", None).await?;
    tx.commit().await?;
    Ok(account.back_with(Done::SessionEnded))
}

/// `POST .../devices`: forgets one, or all.
pub async fn forget_devices(account: Account, Form(row): Form<Row>) -> Result<Response, AppError> {
    let (site, customer) = (account.site.id, account.customer().id);
    let mut tx = account.app.db.begin().await?;
    if row.which == ALL {
        store::devices::end_all(&mut tx, site, customer).await?;
    } else {
        let devices = store::devices::list(&mut tx, site, customer).await?;
        let device = devices.iter().find(|device| handle(&device.series_hash) == row.which);
        store::devices::end(&mut tx, site, &device.ok_or(AppError::NotFound)?.series_hash).await?;
    }
    // What a device that was forgotten is signed in by goes with it.
    store::sessions::end_remembered(&mut tx, site, customer, Some(&account.session.token_hash)).await?;
    account.record(&mut tx, "device.forgotten", "ok", None).await?;
    tx.commit().await?;
    Ok(account.back_with(Done::DeviceForgotten))
}

/// What the form for a preference sends.
#[derive(Deserialize)]
pub struct Preferred {
    /// [`Method::word`]; empty: whichever was used last.
    #[serde(default)]
    method: String,
}

/// `POST .../preferred`: what to ask for first.
pub async fn prefer(account: Account, Form(preferred): Form<Preferred>) -> Result<Response, AppError> {
    let method = Method::parse(&preferred.method);
    let own = method.filter(|method| account.own.iter().any(|factor| factor.method == *method));
    if method != own {
        return Err(AppError::Malformed);
    }
    let mut conn = account.app.db.acquire().await?;
    let word = own.map(Method::word);
    customers::store::set_preferred_method(&mut conn, account.site.id, account.customer().id, word).await?;
    Ok(account.back_with(Done::PreferenceKept))
}
