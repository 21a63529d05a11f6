//! Saving: the draft is checked, held against what is stored now, rehearsed where it reaches anybody,
//! and stored with its audit event, unless somebody else was faster.

use axum::response::Response;
use serde::Deserialize;

use super::super::trail::note;
use super::super::words;
use super::form::{self, Conflict, Shown};
use super::frame;
use super::methods::consents;
use super::review::Review;
use crate::error::AppError;
use crate::factors::Method;
use crate::jira::JiraAdmin;
use crate::policy::store::Saved;
use crate::policy::{self, Draft, Fault, Grace, Policy, Settings};
use crate::recovery;
use crate::web::Form;

/// What the form sends.
#[derive(Clone, Deserialize)]
pub struct Posted {
    #[serde(flatten)]
    pub draft: Draft,
    /// The version the form was made from.
    #[serde(default)]
    pub version: String,
    /// The rehearsal was seen and agreed to.
    #[serde(default)]
    pub reviewed: String,
    /// So was what a method goes against (security.md K1).
    #[serde(default)]
    pub accepted: String,
    #[serde(default)]
    pub lens: String,
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
    let faults = faults(&admin, &stored, &wanted);
    if !faults.is_empty() {
        drop(conn);
        return form::page(&admin, frame(&admin), Shown { faults, ..posted.shown(&stored) }).await;
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
    let consents = consents(&stored, &wanted);
    // Counted only where it is shown: it is a scan of the site's customers.
    if posted.reviewed != "on" || (!consents.is_empty() && posted.accepted != "on") {
        let classes = form::classes(&mut conn, &admin).await?;
        if let Some(review) = Review::of(&admin, &mut conn, &posted, &stored, &wanted, &classes).await? {
            return Ok(review.answer(&admin));
        }
    }
    drop(conn);
    store(&admin, &posted, &stored, &wanted).await
}

/// What is wrong with a policy that was read well, in the order of the form.
fn faults(admin: &JiraAdmin, stored: &Policy, wanted: &Policy) -> Vec<Fault> {
    let is_offered = |method: Method| method.is_offered(&admin.app);
    let new = wanted.settings.methods.filter(|method| !stored.settings.methods.contains(method));
    let missing = new.filter(|method| !is_offered(method)).iter().map(|method| Fault {
        field: method.word(),
        problem: "This is not set up by whoever runs this server.".into(),
    });
    let mut faults: Vec<_> = missing.collect();
    let can_set_up = |method: Method| method.about().chosen && is_offered(method);
    if wanted.two_factor && faults.is_empty() && !wanted.settings.methods.iter().any(can_set_up) {
        let problem = "Leave a method on that this server is set up for: without one nobody could sign in.";
        faults.push(Fault { field: Method::Totp.word(), problem: problem.into() });
    }
    faults.extend(past_day(stored, wanted, admin.now.date()));
    faults
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
    let mut detail = policy::audit_detail(stored, wanted);
    for (method, words) in consents(stored, wanted) {
        detail[format!("{}_accepted", method.word())] = words.into(); // security.md K1
    }
    note(&mut tx, admin, "policy.changed", detail).await?;
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

/// `POST .../two-factor/safe`: the recommended settings in the form, not saved yet. What is no
/// matter of safety stays as it is typed.
pub async fn preset(admin: JiraAdmin, Form(posted): Form<Posted>) -> Result<Response, AppError> {
    let stored = policy::store::load(&mut *admin.app.db.acquire().await?, admin.site.id).await?;
    let safe = Policy { two_factor: true, settings: Settings::safe(), version: stored.version };
    let mut shown = posted.shown(&stored);
    shown.draft = Draft {
        totp_issuer: posted.draft.totp_issuer.clone(),
        question_list: posted.draft.question_list.clone(),
        ..Draft::of(&safe)
    };
    shown.unsaved = shown.draft != Draft::of(&stored);
    shown.note = Some(if shown.unsaved {
        "The recommended settings are filled in. Look them over, then save."
    } else {
        "These are the recommended settings already."
    });
    form::page(&admin, frame(&admin), shown).await
}
