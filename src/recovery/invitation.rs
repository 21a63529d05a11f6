//! The first password (E2, D5): a link that works for three days.

use sqlx::PgConnection;

use super::forgotten;
use super::links::{self, Purpose};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::customers::Customer;
use crate::i18n::Lang;
use crate::mail::{self, Letter};

/// What became of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invited {
    Written,
    /// There is a password: a reset is what helps.
    HasPassword,
    /// The deployment sends no mail.
    NoMail,
}

/// Invites a customer who has no password yet to set one, on an administrator's word, in the caller's
/// transaction.
pub async fn send_first_password(
    conn: &mut PgConnection,
    app: &App,
    customer: &Customer,
    lang: Lang,
    actor: Actor,
) -> sqlx::Result<Invited> {
    if customer.password_set_at.is_some() {
        return Ok(Invited::HasPassword);
    }
    if !write(conn, app, customer, lang).await? {
        return Ok(Invited::NoMail);
    }
    let event =
        Event { customer: Some(customer.id), ..Event::new(customer.site, actor, "customer.invited", "ok") };
    audit::record(conn, app.clock.now(), &event).await?;
    Ok(Invited::Written)
}

/// Mails a customer the way to a password on an administrator's word: to the first one, or to another
/// where there is one. In the caller's transaction, with the customer locked. False where no mail is sent.
pub async fn send_password_link(
    conn: &mut PgConnection,
    app: &App,
    customer: &Customer,
    lang: Lang,
    actor: Actor,
) -> sqlx::Result<bool> {
    match send_first_password(conn, app, customer, lang, actor.clone()).await? {
        Invited::Written => return Ok(true),
        Invited::NoMail => return Ok(false),
        Invited::HasPassword => {}
    }
    if app.config.mail.is_none() {
        return Ok(false);
    }
    let letter = forgotten::reset(conn, app, customer).await?;
    mail::send(conn, app, customer.site, customer, lang, letter).await?;
    let event = Event {
        customer: Some(customer.id),
        ..Event::new(customer.site, actor, "customer.reset_mailed", "ok")
    };
    audit::record(conn, app.clock.now(), &event).await?;
    Ok(true)
}

/// Writes the mail. False where none is sent.
pub(super) async fn write(
    conn: &mut PgConnection,
    app: &App,
    customer: &Customer,
    lang: Lang,
) -> sqlx::Result<bool> {
    if app.config.mail.is_none() {
        return Ok(false);
    }
    let link = links::issue(conn, app, customer, Purpose::SetPassword).await?;
    let hours = u32::try_from(Purpose::SetPassword.life().whole_hours()).unwrap_or(0);
    mail::send(conn, app, customer.site, customer, lang, Letter::SetPassword { link, hours }).await
}
