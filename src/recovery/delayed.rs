//! The slow way back for whoever has lost every second factor: the right password, a day's wait that
//! every mail of which offers to call it off, and a link that takes the factors away. Enrolment follows
//! at the next sign-in.
//!
//! One recovery a customer. It survives restarts as a row and a job ([`tell_ready`]); a second factor
//! shown meanwhile, a freeze, an administrator or a switch of the site's ends it.

use axum::http::StatusCode;
use axum::response::Response;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::links::{self, Purpose};
use super::pages::Opened;
use super::views::Told;
use super::{jobs, reset_mfa, store};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::customers::{self, Customer, CustomerId};
use crate::error::AppError;
use crate::i18n::Lang;
use crate::jobs::{Job, Kind, Priority};
use crate::mail::{self, Letter, LetterKind, limits};
use crate::policy;
use crate::sites::SiteId;

/// From asking to the link.
pub const WAIT: Duration = Duration::hours(24);
/// The same where the password itself came by mail, counted from then: whoever reads the mailbox alone
/// would have both, so its owner gets longer to notice.
pub const WAIT_AFTER_MAILED_PASSWORD: Duration = Duration::days(6);
/// How long the link can be used.
const OPEN: Duration = Duration::days(7);

/// A recovery as its row has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    pub id: Uuid,
    pub site: SiteId,
    pub customer: CustomerId,
    /// Of its mails.
    pub lang: String,
    pub started_at: OffsetDateTime,
    pub ready_at: OffsetDateTime,
    /// The mail with the way in was written.
    pub told_at: Option<OffsetDateTime>,
    pub expires_at: OffsetDateTime,
}

/// When a recovery that is asked for at `now` is ready, given when the present password was set, and
/// when a password was last set by mail.
pub fn ready_at(
    now: OffsetDateTime,
    password_set_at: Option<OffsetDateTime>,
    mailed_at: Option<OffsetDateTime>,
) -> OffsetDateTime {
    match mailed_at.filter(|mailed| password_set_at == Some(*mailed)) {
        Some(mailed) => (now + WAIT).max(mailed + WAIT_AFTER_MAILED_PASSWORD),
        None => now + WAIT,
    }
}

/// What became of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    Begun,
    /// One is under way; where its wait was over, the link was mailed anew.
    UnderWay,
    /// Asked for too often of late.
    TooOften,
}

/// Begins a recovery for a locked customer whose password was right just now.
pub async fn start(
    conn: &mut PgConnection,
    app: &App,
    customer: &Customer,
    lang: Lang,
) -> sqlx::Result<Started> {
    let (site, now) = (customer.site, app.clock.now());
    match store::find_recovery(conn, site, customer.id).await? {
        Some(recovery) if now < recovery.expires_at => {
            let too_often = limits::wait_in_turn(conn, site, customer.id, LetterKind::RecoveryReady, now);
            if recovery.told_at.is_some() && too_often.await?.is_none() {
                write_ready(conn, app, customer, lang).await?;
            }
            return Ok(Started::UnderWay);
        }
        Some(_) => drop(store::end_recovery(conn, site, customer.id).await?),
        None => {}
    }
    if limits::wait_in_turn(conn, site, customer.id, LetterKind::RecoveryStarted, now).await?.is_some() {
        return Ok(Started::TooOften);
    }
    let mailed_at = store::password_mailed_at(conn, site, customer.id).await?;
    let ready_at = ready_at(now, customer.password_set_at, mailed_at);
    let recovery = Recovery {
        id: app.random.uuid(),
        site,
        customer: customer.id,
        lang: lang.tag().to_owned(),
        started_at: now,
        ready_at,
        told_at: None,
        expires_at: ready_at + OPEN,
    };
    store::insert_recovery(conn, &recovery).await?;
    let cancel_link = links::issue(conn, app, customer, Purpose::CancelRecovery).await?;
    let letter = Letter::RecoveryStarted { cancel_link, ready_at };
    mail::send(conn, app, site, customer, lang, letter).await?;
    let job = Job {
        id: app.random.uuid(),
        site: Some(site),
        kind: Kind::RecoveryReady,
        payload: jobs::of_recovery(recovery.id),
        priority: Priority::Normal,
        run_at: ready_at,
        dedupe: None,
    };
    crate::jobs::enqueue(conn, &job, now).await?;
    Ok(Started::Begun)
}

/// The wait is over: the mail with the way in, once, unless the recovery has ended meanwhile.
pub async fn tell_ready(
    conn: &mut PgConnection,
    app: &App,
    site: SiteId,
    recovery: Uuid,
) -> sqlx::Result<()> {
    let Some(id) = store::recovering(conn, site, recovery).await? else { return Ok(()) };
    let Some(customer) = customers::store::lock(conn, site, id).await? else { return Ok(()) };
    let recovery = store::find_recovery(conn, site, id).await?.filter(|found| found.id == recovery);
    let Some(recovery) = recovery.filter(|recovery| recovery.told_at.is_none()) else { return Ok(()) };
    if !is_offered(conn, app, site).await? {
        end(conn, app, &customer, Actor::System, "switched_off").await?;
        return Ok(());
    }
    store::note_told(conn, site, recovery.id, app.clock.now()).await?;
    write_ready(conn, app, &customer, Lang::from_tag(&recovery.lang).unwrap_or_default()).await
}

async fn write_ready(
    conn: &mut PgConnection,
    app: &App,
    customer: &Customer,
    lang: Lang,
) -> sqlx::Result<()> {
    let link = links::issue(conn, app, customer, Purpose::Recover).await?;
    let cancel_link = links::issue(conn, app, customer, Purpose::CancelRecovery).await?;
    let letter = Letter::RecoveryReady { link, cancel_link };
    mail::send(conn, app, customer.site, customer, lang, letter).await?;
    Ok(())
}

/// Whether customers of the site recover by themselves.
pub async fn is_offered(conn: &mut PgConnection, app: &App, site: SiteId) -> sqlx::Result<bool> {
    let policy = policy::store::load(conn, site).await?;
    Ok(app.config.mail.is_some() && policy.settings.self_recovery)
}

/// Ends a customer's recovery, with an audit event. False when there was none.
async fn end(
    conn: &mut PgConnection,
    app: &App,
    customer: &Customer,
    actor: Actor,
    why: &'static str,
) -> sqlx::Result<bool> {
    let ended = store::end_recovery(conn, customer.site, customer.id).await?;
    if ended {
        let event = Event {
            customer: Some(customer.id),
            ..Event::new(customer.site, actor, "recovery.cancelled", why)
        };
        audit::record(conn, app.clock.now(), &event).await?;
    }
    Ok(ended)
}

/// A second factor was shown, so none is lost: ends a recovery, and tells the customer.
pub async fn call_off(
    conn: &mut PgConnection,
    app: &App,
    customer: &Customer,
    lang: Lang,
) -> sqlx::Result<()> {
    if end(conn, app, customer, Actor::Customer, "factor_shown").await? {
        mail::send(conn, app, customer.site, customer, lang, Letter::RecoveryCancelled).await?;
    }
    Ok(())
}

/// The site recovers nobody any more: ends what is under way, in the transaction that saves the policy.
/// How many there were.
pub async fn switched_off(conn: &mut PgConnection, app: &App, site: SiteId) -> sqlx::Result<usize> {
    let ended = store::end_recoveries(conn, site).await?;
    for customer in &ended {
        let event = Event {
            customer: Some(*customer),
            ..Event::new(site, Actor::System, "recovery.cancelled", "switched_off")
        };
        audit::record(conn, app.clock.now(), &event).await?;
    }
    Ok(ended.len())
}

/// The button that calls a recovery off.
pub async fn submit_cancel(opened: Opened) -> Result<Response, AppError> {
    let Opened { app, visitor, site, .. } = &opened;
    let mut tx = app.db.begin().await?;
    let Some(customer) = opened.take(&mut tx).await? else { return Ok(opened.void()) };
    if end(&mut tx, app, &customer, Actor::Customer, "ok").await? {
        mail::send(&mut tx, app, site.id, &customer, visitor.lang, Letter::RecoveryCancelled).await?;
    }
    tx.commit().await?;
    Ok(Told::Cancelled.page(visitor, site, StatusCode::OK))
}

/// The button at the end of the wait.
pub async fn submit_recover(opened: Opened) -> Result<Response, AppError> {
    let Opened { app, visitor, site, now, .. } = &opened;
    let mut tx = app.db.begin().await?;
    let Some(customer) = opened.take(&mut tx).await? else { return Ok(opened.void()) };
    let recovery = store::find_recovery(&mut tx, site.id, customer.id).await?;
    let is_ready = recovery.is_some_and(|found| found.told_at.is_some() && *now < found.expires_at);
    if !is_ready || !is_offered(&mut tx, app, site.id).await? {
        tx.commit().await?;
        return Ok(opened.void());
    }
    reset_mfa(&mut tx, app, &customer, visitor.lang, Actor::Customer).await?;
    opened.record(&mut tx, "recovery.completed", "ok").await?;
    tx.commit().await?;
    Ok(Told::Recovered.page(visitor, site, StatusCode::OK))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_password_that_came_by_mail_makes_the_wait_longer() {
        let now = datetime!(2026-11-23 12:00 UTC);
        let ago = |days| Some(now - Duration::days(days));
        for (set, mailed, hours) in [
            (None, None, 24),
            (ago(0), None, 24),
            (ago(0), ago(0), 6 * 24),
            (ago(1), ago(1), 5 * 24),
            (ago(5), ago(5), 24),
            (ago(100), ago(100), 24),
            (ago(1), ago(2), 24), // set otherwise since
        ] {
            assert_eq!(ready_at(now, set, mailed), now + Duration::hours(hours), "{set:?} {mailed:?}");
        }
        assert!(WAIT_AFTER_MAILED_PASSWORD + OPEN < Purpose::CancelRecovery.life());
    }
}
