//! Saving: the draft is checked, held against what is stored now, rehearsed where it reaches anybody,
//! and stored with its audit event, unless somebody else was faster.

use askama::Template;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::trail::note;
use super::super::words;
use super::form::{self, Conflict, Shown};
use super::frame;
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::policy::store::{Named, Saved};
use crate::policy::{self, Change, Draft, Fault, Grace, Policy, Rehearsal, Settings};
use crate::recovery;
use crate::web::Form;

/// Of those locked out, how many are named.
const NAMED: u32 = 20;

/// What the form sends.
#[derive(Clone, Deserialize)]
pub struct Posted {
    #[serde(flatten)]
    draft: Draft,
    /// The version the form was made from.
    #[serde(default)]
    version: String,
    /// The rehearsal was seen and agreed to.
    #[serde(default)]
    reviewed: String,
    #[serde(default)]
    lens: String,
}

impl Posted {
    fn shown(&self, stored: &Policy) -> Shown {
        Shown {
            draft: self.draft.clone(),
            unsaved: true,
            lens_open: self.lens == "on",
            version: self.version.parse().unwrap_or(stored.version),
            ..Shown::new(stored)
        }
    }
}

/// `POST .../two-factor`.
pub async fn submit(admin: JiraAdmin, Form(posted): Form<Posted>) -> Result<Response, AppError> {
    let mut conn = admin.app.db.acquire().await?;
    let stored = policy::store::load(&mut conn, admin.site.id).await?;
    let (two_factor, settings) = match posted.draft.check() {
        Ok(checked) => checked,
        Err(faults) => {
            drop(conn);
            return form::page(&admin, frame(&admin), Shown { faults, ..posted.shown(&stored) }).await;
        }
    };
    let wanted = Policy { two_factor, settings, version: stored.version };
    if let Some(fault) = past_day(&stored, &wanted, admin.now.date()) {
        drop(conn);
        let shown = Shown { faults: vec![fault], ..posted.shown(&stored) };
        return form::page(&admin, frame(&admin), shown).await;
    }
    if posted.version != stored.version.to_string() {
        drop(conn);
        return conflict(&admin, &posted, &stored, &wanted).await;
    }
    if wanted == stored {
        drop(conn);
        let shown = Shown { note: Some("Nothing has changed."), ..Shown::new(&stored) };
        return form::page(&admin, frame(&admin), shown).await;
    }
    // Counted only where it is shown: it is a scan of the site's customers.
    if posted.reviewed != "on" {
        let classes = form::classes(&mut conn, &admin).await?;
        let rehearsal = policy::rehearse(&stored, &wanted, &classes);
        if rehearsal.stricter || rehearsal.looser {
            let stuck = policy::rehearsal::locked_out(&stored, &wanted, &classes);
            let locked_out = policy::store::names(&mut conn, admin.site.id, &stuck, NAMED).await?;
            return Ok(rehearse(&admin, posted, rehearsal, &stored, &wanted, locked_out));
        }
    }
    drop(conn);
    store(&admin, &posted, &stored, &wanted).await
}

/// A grace period that is over before it begins was hardly meant; one that ran out since may stay.
fn past_day(stored: &Policy, wanted: &Policy, today: time::Date) -> Option<Fault> {
    match wanted.settings.grace {
        Grace::Until(day) if day < today && stored.settings.grace != wanted.settings.grace => Some(Fault {
            field: "grace_until",
            problem: "Choose today or a later day: this one is over.".into(),
        }),
        _ => None,
    }
}

/// Stores it, unless somebody was faster since it was read.
async fn store(
    admin: &JiraAdmin,
    posted: &Posted,
    stored: &Policy,
    wanted: &Policy,
) -> Result<Response, AppError> {
    let mut tx = admin.app.db.begin().await?;
    let (site, by) = (admin.site.id, Some(admin.account.as_str()));
    let saved = policy::store::save(&mut tx, site, wanted, stored.version, by, admin.now).await?;
    if let Saved::Stale { .. } = saved {
        tx.rollback().await?;
        let mut conn = admin.app.db.acquire().await?;
        let stored = policy::store::load(&mut conn, site).await?;
        drop(conn);
        return conflict(admin, posted, &stored, wanted).await;
    }
    note(&mut tx, admin, "policy.changed", policy::audit_detail(stored, wanted)).await?;
    if !wanted.settings.self_recovery {
        recovery::switched_off(&mut tx, &admin.app, site).await?;
    }
    tx.commit().await?;
    let stored = policy::store::load(&mut *admin.app.db.acquire().await?, site).await?;
    let shown = Shown { lens_open: posted.lens == "on", ..Shown::new(&stored) };
    form::page(admin, frame(admin).telling("The policy is saved."), shown).await
}

/// Somebody else saved in between: both versions are told, and saving again is a decision.
async fn conflict(
    admin: &JiraAdmin,
    posted: &Posted,
    stored: &Policy,
    wanted: &Policy,
) -> Result<Response, AppError> {
    let mut conn = admin.app.db.acquire().await?;
    let last = policy::store::last_change(&mut conn, admin.site.id).await?;
    drop(conn);
    let (by, at) = last.map_or((None, admin.now), |last| (last.by, last.at));
    let conflict = Conflict {
        by: match by {
            Some(account) if account == admin.account => "You, in another window,".into(),
            Some(_) => "Another administrator".into(),
            None => "Somebody on the server's command line".into(),
        },
        ago: words::ago(at, admin.now),
        changes: policy::changes(stored, wanted),
    };
    let shown = Shown { version: stored.version, conflict: Some(conflict), ..posted.shown(stored) };
    form::page(admin, frame(admin), shown).await
}

#[derive(Template)]
#[template(path = "admin/two_factor/rehearsal.html")]
struct RehearsalDialog {
    base: String,
    posted: Posted,
    rehearsal: Rehearsal,
    changes: Vec<Change>,
    locked_out: Vec<Named>,
    two_factor: bool,
}

impl RehearsalDialog {
    fn count(&self, count: &u64) -> String {
        words::counted(*count, "customer", "customers")
    }

    fn number(&self, count: &u64) -> String {
        words::number(*count)
    }

    /// Locked out beyond those named.
    fn others(&self) -> Option<String> {
        let others = self.rehearsal.locked_out.saturating_sub(self.locked_out.len() as u64);
        (others > 0).then(|| words::number(others))
    }

    /// Whether somebody would be shut out.
    fn harms(&self) -> bool {
        self.rehearsal.locked_out > 0 || self.rehearsal.cannot_enrol > 0
    }
}

/// The dialog that says what saving would do.
fn rehearse(
    admin: &JiraAdmin,
    posted: Posted,
    rehearsal: Rehearsal,
    stored: &Policy,
    wanted: &Policy,
    locked_out: Vec<Named>,
) -> Response {
    let dialog = RehearsalDialog {
        base: super::super::frame::base(&admin.site),
        rehearsal,
        changes: policy::changes(stored, wanted),
        locked_out,
        two_factor: wanted.two_factor,
        posted,
    };
    let mut response = admin.visitor.page(StatusCode::OK, &dialog).into_response();
    for (name, value) in [("hx-retarget", "#dialog"), ("hx-reswap", "innerHTML")] {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// `POST .../two-factor/safe`: the recommended settings in the form, not saved yet. What is no
/// matter of safety stays as it is typed.
pub async fn preset(admin: JiraAdmin, Form(posted): Form<Posted>) -> Result<Response, AppError> {
    let stored = policy::store::load(&mut *admin.app.db.acquire().await?, admin.site.id).await?;
    let safe = Policy { two_factor: true, settings: Settings::safe(), version: stored.version };
    let totp_issuer = posted.draft.totp_issuer.clone();
    let mut shown = posted.shown(&stored);
    shown.draft = Draft { totp_issuer, ..Draft::of(&safe) };
    shown.unsaved = shown.draft != Draft::of(&stored);
    shown.note = Some(if shown.unsaved {
        "The recommended settings are filled in. Look them over, then save."
    } else {
        "These are the recommended settings already."
    });
    form::page(&admin, frame(&admin), shown).await
}
