//! The brake (security.md A3): "this was not me" freezes the account. Nobody signs in, not even with
//! the right password, which looks like a wrong one (G4); what was signed in is signed out, and what
//! was on its way is called off.
//!
//! The mailbox that froze the account gets it back by setting a new password, as long as it is still
//! the account's. Else, somebody has changed the address meanwhile, and a mail to the new one proves
//! nothing: an administrator decides.

use axum::http::StatusCode;
use axum::response::Response;
use sqlx::PgConnection;

use super::pages::Opened;
use super::store;
use super::views::Told;
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::customers::Customer;
use crate::error::AppError;
use crate::i18n::Lang;
use crate::mail::{self, Letter, LetterKind, limits};
use crate::signin;

/// The button behind "this was not me".
pub async fn submit(opened: Opened) -> Result<Response, AppError> {
    let Opened { app, visitor, site, now, .. } = &opened;
    let mut tx = app.db.begin().await?;
    let Some(customer) = opened.take(&mut tx).await? else { return Ok(opened.void()) };
    let by = match customer.frozen_at {
        None => Some(opened.link.mailbox.clone()),
        // A second mailbox says so too: neither is believed alone any more.
        Some(_) => {
            let first = store::frozen_by(&mut tx, site.id, customer.id).await?;
            first.filter(|first| *first == opened.link.mailbox)
        }
    };
    store::freeze(&mut tx, site.id, customer.id, by.as_deref(), *now).await?;
    store::end_recovery(&mut tx, site.id, customer.id).await?;
    signin::end_everything(&mut tx, site.id, customer.id).await?;
    mail::send(&mut tx, app, site.id, &customer, visitor.lang, Letter::Frozen).await?;
    opened.record(&mut tx, "customer.frozen", "ok").await?;
    tx.commit().await?;
    Ok(Told::Frozen.page(visitor, site, StatusCode::OK))
}

/// Tells a customer whose account is frozen that it is, not more often than [`limits`] allows.
pub async fn tell_frozen(
    conn: &mut PgConnection,
    app: &App,
    customer: &Customer,
    lang: Lang,
) -> sqlx::Result<()> {
    let (site, now) = (customer.site, app.clock.now());
    if limits::wait_in_turn(conn, site, customer.id, LetterKind::Frozen, now).await?.is_none() {
        mail::send(conn, app, site, customer, lang, Letter::Frozen).await?;
    }
    Ok(())
}

/// An administrator's word that the account is its owner's again. The password stays: whoever says
/// this may want it reset. False when it was not frozen.
pub async fn unfreeze(
    conn: &mut PgConnection,
    app: &App,
    customer: &Customer,
    actor: Actor,
) -> sqlx::Result<bool> {
    let was_frozen = store::unfreeze(conn, customer.site, customer.id).await?;
    if was_frozen {
        let event = Event {
            customer: Some(customer.id),
            ..Event::new(customer.site, actor, "customer.unfrozen", "ok")
        };
        audit::record(conn, app.clock.now(), &event).await?;
    }
    Ok(was_frozen)
}
