//! The dialog before saving: what changes, what it would do to whom, and what has to be agreed to.

use askama::Template;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sqlx::PgConnection;

use super::super::words;
use super::methods::consents;
use super::save::Posted;
use crate::error::AppError;
use crate::factors::Method;
use crate::jira::JiraAdmin;
use crate::policy::store::Named;
use crate::policy::{self, Change, Class, Policy, Rehearsal};

/// Of those locked out, how many are named.
const NAMED: u32 = 20;

/// The dialog.
#[derive(Template)]
#[template(path = "admin/two_factor/rehearsal.html")]
pub struct Review {
    base: String,
    posted: Posted,
    rehearsal: Rehearsal,
    changes: Vec<Change>,
    locked_out: Vec<Named>,
    two_factor: bool,
    consents: Vec<(Method, &'static str)>,
}

impl Review {
    /// What a change would do; none where it reaches nobody and goes against nothing.
    pub async fn of(
        admin: &JiraAdmin,
        conn: &mut PgConnection,
        posted: &Posted,
        stored: &Policy,
        wanted: &Policy,
        classes: &[Class],
    ) -> Result<Option<Self>, AppError> {
        // What the server is not equipped for lets nobody in, whatever the policy says.
        let effective = |policy: &Policy| {
            let mut policy = policy.clone();
            policy.settings.methods = policy.settings.methods.offered(&admin.app);
            policy
        };
        let (before, after) = (effective(stored), effective(wanted));
        let rehearsal = policy::rehearse(&before, &after, classes);
        let consents = consents(stored, wanted);
        if !rehearsal.stricter && !rehearsal.looser && consents.is_empty() {
            return Ok(None);
        }
        let stuck = policy::rehearsal::locked_out(&before, &after, classes);
        Ok(Some(Self {
            base: super::super::frame::base(&admin.site),
            posted: posted.clone(),
            rehearsal,
            changes: policy::changes(stored, wanted),
            locked_out: policy::store::names(conn, admin.site.id, &stuck, NAMED).await?,
            two_factor: wanted.two_factor,
            consents,
        }))
    }

    /// It opens above the form. Agreed to without its tick, it comes again and says so.
    pub fn answer(&self, admin: &JiraAdmin) -> Response {
        let refused = !self.consent_fault().is_empty();
        let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let mut response = admin.visitor.page(status, self).into_response();
        for (name, value) in [("hx-retarget", "#dialog"), ("hx-reswap", "innerHTML")] {
            response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        response
    }

    fn count(&self, count: &u64) -> String {
        words::counted(*count, "customer", "customers")
    }

    fn number(&self, count: &u64) -> String {
        words::number(*count)
    }

    fn title(&self, method: &Method) -> &'static str {
        method.about().label
    }

    fn consent_fault(&self) -> &'static str {
        if self.posted.reviewed == "on" { "Tick this, or leave the method off." } else { "" }
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
