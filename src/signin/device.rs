//! Remembered devices (security.md S5): a browser whose customer asked for it is not asked for a second
//! factor for some days, where the site allows it. The password is asked for as ever.
//!
//! The browser keeps a series, which stays, and a token, which changes at every use. A token that was
//! changed already is a copy's, or the copy is ahead of it: the series ends there with the sessions that
//! it made, the customer is told, and both are asked for a second factor again. The token before the newest counts for
//! [`GRACE`] more, for two tabs that sign in at once.
//!
//! A remembered device is the site's convenience, never an SP's: where the SP asks for a second factor
//! or a fresh sign-in, and before anything of the account is changed, it counts for nothing, and the
//! AuthnContext speaks of a password only (M7).

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::here::{Here, Past};
use super::{SignIn, purpose::Purpose, session, store};
use crate::customers::{Customer, CustomerId};
use crate::error::AppError;
use crate::factors::kind::Fields;
use crate::policy::Settings;
use crate::recovery::{self, Notice};
use crate::saml::authn_context::needs_second_factor;
use crate::web::cookies::SetCookies;

/// How long the token before the newest still counts.
pub const GRACE: Duration = Duration::seconds(10);

/// A remembered device as its row has it.
#[derive(Clone, Debug)]
pub struct Remembered {
    pub series_hash: [u8; 32],
    pub customer: CustomerId,
    pub token_hash: [u8; 32],
    pub former_token_hash: Option<[u8; 32]>,
    /// [`crate::web::Agent::stored`].
    pub browser: Option<String>,
    pub created_at: OffsetDateTime,
    /// When the token last changed.
    pub used_at: OffsetDateTime,
    pub expires_at: OffsetDateTime,
}

/// What a token says of its device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    Newest,
    /// The one before, within [`GRACE`].
    JustChanged,
    /// One before that, or none of this series': somebody has a copy.
    Stale,
    /// Past its time, or the site remembers for less long by now.
    Expired,
}

impl Remembered {
    /// Whether it counts at a site that remembers for `days`.
    pub fn is_on(&self, days: u32, now: OffsetDateTime) -> bool {
        now < self.expires_at && now < self.created_at + Duration::days(days.into())
    }

    /// Judges the token of a cookie.
    pub fn judge(&self, token_hash: &[u8; 32], days: u32, now: OffsetDateTime) -> Token {
        if !self.is_on(days, now) {
            Token::Expired
        } else if self.token_hash == *token_hash {
            Token::Newest
        } else if self.former_token_hash == Some(*token_hash) && now < self.used_at + GRACE {
            Token::JustChanged
        } else {
            Token::Stale
        }
    }
}

/// Keeps what a form says of the checkbox, if it had one.
pub async fn note_wish(conn: &mut PgConnection, past: &mut Past, fields: &Fields) -> sqlx::Result<()> {
    if fields.get("remember_shown").is_empty() {
        return Ok(());
    }
    let days = offered(&past.standing.policy.settings, &past.signin);
    past.signin.remember_days = days.filter(|_| !fields.get("remember").is_empty());
    store::signins::save(conn, &past.signin).await
}

/// For how many days this sign-in may remember its device; none: not at all.
pub fn offered(settings: &Settings, signin: &SignIn) -> Option<u32> {
    let own = matches!(signin.purpose, Purpose::AddFactor { .. }) || signin.trial.is_some();
    Some(settings.remembered_days).filter(|days| *days > 0 && !own)
}

/// Whether this browser was remembered for the customer, so that the password is enough for the site's
/// own rule; the cookie with its next token goes along with the answer. Commit also when it gives `None`.
pub async fn vouches(
    here: &Here,
    conn: &mut PgConnection,
    customer: &Customer,
    settings: &Settings,
) -> Result<Option<SetCookies>, AppError> {
    let asked = &here.signin.request;
    let days = settings.remembered_days;
    if days == 0 || asked.force_authn || needs_second_factor(asked.contexts.as_ref()) {
        return Ok(None);
    }
    let Some((series, token)) = &here.device else { return Ok(None) };
    let site = here.site.id;
    let found = store::devices::lock(conn, site, &session::token_hash(series)).await?;
    // Somebody else's, who signs in here too: it stays for them.
    let Some(device) = found.filter(|device| device.customer == customer.id) else { return Ok(None) };
    let token = device.judge(&session::token_hash(token), days, here.now);
    if matches!(token, Token::Newest | Token::JustChanged) {
        here.record(conn, "device.remembered", "used", Some(customer.id), None).await?;
    }
    match token {
        Token::Newest => {
            let next = here.app.random.token();
            let hash = session::token_hash(&next);
            store::devices::rotate(conn, site, &device.series_hash, &hash, here.now).await?;
            let left = device.expires_at - here.now;
            Ok(Some(SetCookies::new().device(site.0, series, &next, left)))
        }
        Token::JustChanged => Ok(Some(SetCookies::new())), // the newest is on its way
        Token::Expired => {
            store::devices::end(conn, site, &device.series_hash).await?;
            Ok(None)
        }
        Token::Stale => {
            store::devices::end(conn, site, &device.series_hash).await?;
            store::sessions::end_remembered(conn, site, customer.id, None).await?;
            here.record(conn, "device.remembered", "stale", Some(customer.id), None).await?;
            recovery::notify(conn, &here.app, customer, here.lang(), Notice::DeviceCopied).await?;
            Ok(None)
        }
    }
}

/// Remembers this browser for the customer, in place of whatever it was remembered for.
pub async fn remember(
    here: &Here,
    conn: &mut PgConnection,
    customer: CustomerId,
    days: u32,
) -> Result<SetCookies, AppError> {
    let (app, site, now) = (&here.app, here.site.id, here.now);
    if let Some((series, _)) = &here.device {
        store::devices::end(conn, site, &session::token_hash(series)).await?;
    }
    let (series, token) = (app.random.token(), app.random.token());
    let life = Duration::days(days.into());
    let device = Remembered {
        series_hash: session::token_hash(&series),
        customer,
        token_hash: session::token_hash(&token),
        former_token_hash: None,
        browser: None,
        created_at: now,
        used_at: now,
        expires_at: now + life,
    };
    store::devices::insert(conn, site, &device, here.visitor.agent).await?;
    here.record(conn, "device.remembered", "ok", Some(customer), None).await?;
    Ok(SetCookies::new().device(site.0, &series, &token, life))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;
    use uuid::Uuid;

    #[test]
    fn what_a_token_says() {
        let made = datetime!(2026-11-23 12:00 UTC);
        let used = made + Duration::days(3);
        let device = Remembered {
            series_hash: [0; 32],
            customer: CustomerId(Uuid::nil()),
            token_hash: [2; 32],
            former_token_hash: Some([1; 32]),
            browser: None,
            created_at: made,
            used_at: used,
            expires_at: made + Duration::days(30),
        };
        let second = Duration::SECOND;
        for (token, days, now, expected) in [
            ([2; 32], 30, used, Token::Newest),
            ([2; 32], 30, used + Duration::days(20), Token::Newest),
            ([1; 32], 30, used, Token::JustChanged),
            ([1; 32], 30, used + GRACE - second, Token::JustChanged),
            ([1; 32], 30, used + GRACE, Token::Stale),
            ([3; 32], 30, used, Token::Stale),
            ([2; 32], 30, made + Duration::days(30) - second, Token::Newest),
            ([2; 32], 30, made + Duration::days(30), Token::Expired),
            ([2; 32], 90, made + Duration::days(30), Token::Expired), // promised for 30
            ([2; 32], 7, made + Duration::days(7), Token::Expired),   // made when 30 days were the rule
            ([2; 32], 0, used, Token::Expired),
            ([3; 32], 0, used, Token::Expired), // tells nothing of copies
        ] {
            assert_eq!(device.judge(&token, days, now), expected, "{token:?} {days} {now}");
        }
        let new = Remembered { former_token_hash: None, ..device };
        assert_eq!(new.judge(&[1; 32], 30, used), Token::Stale);
    }
}
