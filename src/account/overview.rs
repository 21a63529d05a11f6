//! All at a glance.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::here::Account;
use super::views::{Codes, DeviceRow, FactorRow, FactorState, OverviewPage, Preferred, SessionRow};
use crate::error::AppError;
use crate::factors::{Factor, Method, backup_codes, choice};
use crate::i18n::Lang;
use crate::signin::purpose::Done;
use crate::signin::session::handle;
use crate::signin::{frame, store};
use crate::web::agent;
use crate::{customers, signin::store::sessions::Listed};

/// What the address says.
#[derive(Deserialize)]
pub struct Told {
    /// [`Done::word`].
    #[serde(default)]
    done: String,
}

/// `GET /sites/{site}/account`.
pub async fn show(account: Account, Query(told): Query<Told>) -> Result<Response, AppError> {
    let (site, customer) = (account.site.id, account.customer().id);
    let (sessions, devices, preferred) = {
        let mut conn = account.app.db.acquire().await?;
        (
            store::sessions::list(&mut conn, site, customer).await?,
            store::devices::list(&mut conn, site, customer).await?,
            customers::store::preferred_method(&mut conn, site, customer).await?,
        )
    };
    let settings = &account.standing.policy.settings;
    let (lang, now, days) = (account.lang(), account.now, settings.remembered_days);
    let real: Vec<_> = account.own.iter().filter(|factor| factor.method.about().chosen).collect();
    let page = OverviewPage {
        shell: account.shell(),
        base: account.address(""),
        account: account.customer().email.clone(),
        done: Done::parse(&told.done),
        factors: real.iter().map(|factor| row(&account, factor)).collect(),
        can_add: !choice::to_set_up(account.allowed(), &account.own).is_empty(),
        preferred: preferences(&account, preferred.as_deref()),
        codes: codes(&account, !real.is_empty()),
        remembers: days > 0,
        devices: devices
            .into_iter()
            .filter(|device| device.is_on(days, now))
            .map(|device| DeviceRow {
                handle: handle(&device.series_hash),
                browser: agent::words(device.browser.as_deref(), lang),
                used: lang.moment(device.used_at),
                until: lang.day(device.expires_at.date()),
            })
            .collect(),
        sessions: sessions
            .into_iter()
            .filter(|session| session.life.is_on(settings.session, now))
            .map(|session| session_row(&account, &session, lang))
            .collect(),
        password_set: account.customer().password_set_at.map(|at| lang.day(at.date())),
        language: format!("/sites/{site}/language"),
        sign_out: format!("/sites/{site}/signout"),
        help_centre: frame::help_centre(&account.site),
    };
    Ok(account.visitor.page(StatusCode::OK, &page))
}

/// A factor in the list.
pub fn row(account: &Account, factor: &Factor) -> FactorRow {
    let lang = account.lang();
    let kind = lang.say(factor.method.about().name);
    FactorRow {
        path: account.address(&format!("/factors/{}", factor.id.0)),
        name: factor.name.clone(),
        kind: (kind != factor.name).then_some(kind),
        added: lang.day(factor.created_at.date()),
        used: factor.last_used_at.map(|at| lang.day(at.date())),
        state: if factor.is_off() {
            FactorState::Off
        } else if account.allowed().contains(factor.method) {
            FactorState::On
        } else {
            FactorState::NotAllowed
        },
    }
}

fn session_row(account: &Account, session: &Listed, lang: Lang) -> SessionRow {
    SessionRow {
        handle: handle(&session.token_hash),
        browser: agent::words(session.browser.as_deref(), lang),
        since: lang.moment(session.life.authn_at),
        seen: lang.moment(session.life.last_seen_at),
        is_this: session.token_hash == account.session.token_hash,
    }
}

/// What to ask for first, where there is something to choose.
fn preferences(account: &Account, preferred: Option<&str>) -> Vec<Preferred> {
    let ways = choice::to_ask_for(account.allowed(), &account.own, None);
    let mut ways: Vec<_> = ways.into_iter().filter(|method| method.about().chosen).collect();
    if ways.len() < 2 {
        return Vec::new();
    }
    ways.sort();
    let option = |method: &Method| Preferred {
        word: method.word(),
        name: account.lang().say(method.about().name),
        chosen: preferred == Some(method.word()),
    };
    ways.iter().map(option).collect()
}

fn codes(account: &Account, has_factor: bool) -> Codes {
    let set = account.own.iter().find(|factor| factor.method == Method::BackupCodes);
    let can_make = has_factor && account.allowed().contains(Method::BackupCodes);
    match set {
        Some(set) => Codes::Left { count: backup_codes::left(set), can_make },
        None if can_make => Codes::None,
        None => Codes::Hidden,
    }
}
