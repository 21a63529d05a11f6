//! Mails about an account's safety (security.md A3, G5): whoever did not do it can freeze the account.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::links::{self, Purpose};
use crate::app::App;
use crate::customers::Customer;
use crate::factors::Method;
use crate::i18n::Lang;
use crate::mail::{self, Letter, limits};

/// What happened.
#[derive(Clone, Debug)]
pub enum Notice<'a> {
    FactorAdded {
        method: Method,
        name: &'a str,
    },
    FactorRemoved {
        method: Method,
        name: &'a str,
    },
    /// All of them went: an administrator's reset, or a recovery.
    FactorsReset,
    PasswordChanged,
    /// Too many wrong ones: it is off until another is set by mail.
    PasswordOff,
    /// Goes to both addresses; give [`notify`] the customer as it was before.
    EmailChanged {
        new: &'a str,
    },
    BackupCodeUsed {
        left: u32,
    },
    BackupCodesMade,
    /// A sign-in from a browser not seen before: the browser in words, its network if known.
    NewDevice {
        browser: &'a str,
        network: Option<&'a str>,
    },
    /// A remembered device's cookie came twice: somebody may have a copy of it (security.md S5).
    DeviceCopied,
    /// The right password, and no right second factor.
    SecondFactorFailed,
}

/// Tells the customer, in the caller's transaction; not more often than [`limits`] allows, and not at
/// all where no mail is sent.
pub async fn notify(
    conn: &mut PgConnection,
    app: &App,
    customer: &Customer,
    lang: Lang,
    notice: Notice<'_>,
) -> sqlx::Result<()> {
    if app.config.mail.is_none() {
        return Ok(());
    }
    let (site, now) = (customer.site, app.clock.now());
    let write = |freeze_link| letter(&notice, customer, freeze_link, now);
    if limits::wait_in_turn(conn, site, customer.id, write(String::new()).kind(), now).await?.is_none() {
        let letter = write(freeze_link(conn, app, customer).await?);
        mail::send(conn, app, site, customer, lang, letter).await?;
    }
    Ok(())
}

/// [`Notice::PasswordOff`], as a sign-in writes it.
pub async fn tell_password_off(
    conn: &mut PgConnection,
    app: &App,
    customer: &Customer,
    lang: Lang,
) -> sqlx::Result<()> {
    notify(conn, app, customer, lang, Notice::PasswordOff).await
}

/// The address behind "this was not me", for a mail to `customer`'s address of the moment. It works
/// for a week, whatever mails come after.
pub async fn freeze_link(conn: &mut PgConnection, app: &App, customer: &Customer) -> sqlx::Result<String> {
    links::issue(conn, app, customer, Purpose::Freeze).await
}

fn letter(notice: &Notice<'_>, customer: &Customer, freeze_link: String, when: OffsetDateTime) -> Letter {
    let named = |method: Method, name: &str| (method.word().to_owned(), name.to_owned());
    match *notice {
        Notice::FactorAdded { method, name } => {
            let (method, name) = named(method, name);
            Letter::FactorAdded { method, name, freeze_link }
        }
        Notice::FactorRemoved { method, name } => {
            let (method, name) = named(method, name);
            Letter::FactorRemoved { method, name, freeze_link }
        }
        Notice::FactorsReset => Letter::FactorsReset { freeze_link },
        Notice::PasswordOff => Letter::PasswordOff { freeze_link },
        Notice::PasswordChanged => Letter::PasswordChanged { freeze_link },
        Notice::EmailChanged { new } => {
            Letter::EmailChanged { old: customer.email.clone(), new: new.to_owned(), freeze_link }
        }
        Notice::BackupCodeUsed { left } => Letter::BackupCodeUsed { left, freeze_link },
        Notice::BackupCodesMade => Letter::BackupCodesMade { freeze_link },
        Notice::NewDevice { browser, network } => Letter::NewDevice {
            browser: browser.to_owned(),
            network: network.map(str::to_owned),
            when,
            freeze_link,
        },
        Notice::DeviceCopied => Letter::DeviceCopied { freeze_link },
        Notice::SecondFactorFailed => Letter::SecondFactorFailed { when, freeze_link },
    }
}
