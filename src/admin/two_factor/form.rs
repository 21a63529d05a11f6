//! The policy as a form: what is stored, or what was typed and what is wrong with it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use sqlx::PgConnection;

use super::super::frame::Frame;
use super::super::words;
use super::exceptions::ExceptionList;
use super::lens::Lens;
use super::methods::{self, Group};
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::policy::{
    self, Change, Class, Draft, Effect, Fault, Policy, Questions, Scope, SessionLimits, Settings, Throttle,
};
use crate::signin::frame::site_name;

/// What the form shows.
pub struct Shown {
    pub draft: Draft,
    /// The version it was made from: saving over another one is refused.
    pub version: i64,
    pub faults: Vec<Fault>,
    /// Not what is stored: Save lights up.
    pub unsaved: bool,
    /// Somebody else saved meanwhile.
    pub conflict: Option<Conflict>,
    /// Said above the form.
    pub note: Option<&'static str>,
    /// The compliance lens is open.
    pub lens_open: bool,
}

/// A change by somebody else, and how it differs from what is in the form.
pub struct Conflict {
    pub by: String,
    pub ago: String,
    pub changes: Vec<Change>,
}

impl Shown {
    /// The stored policy, unchanged.
    pub fn new(stored: &Policy) -> Self {
        Self {
            draft: Draft::of(stored),
            version: stored.version,
            faults: Vec::new(),
            unsaved: false,
            conflict: None,
            note: None,
            lens_open: false,
        }
    }

    fn status(&self) -> StatusCode {
        match (&self.conflict, self.faults.is_empty()) {
            (Some(_), _) => StatusCode::CONFLICT,
            (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
            (None, true) => StatusCode::OK,
        }
    }
}

#[derive(Template)]
#[template(path = "admin/two_factor/form.html")]
struct FormPage {
    frame: Frame,
    shown: Shown,
    scopes: Vec<ScopeChoice>,
    groups: Vec<Group>,
    exceptions: ExceptionList,
    lens: Lens,
    /// Nobody can start anew by mail where none is sent.
    sends_mail: bool,
    /// What apps show when no name is set.
    site_name: String,
    today: String,
}

/// One of the three scopes, and what it means now.
pub struct ScopeChoice {
    pub scope: Scope,
    pub effect: Effect,
    /// 2FA is on: the effect is there, and not only would be.
    pub on: bool,
}

impl ScopeChoice {
    pub fn name(&self) -> &'static str {
        match self.scope {
            Scope::Selected => "Selected customers",
            Scope::EveryoneExcept => "Everyone with exceptions",
            Scope::Enforced => "Enforced for everyone",
        }
    }

    pub fn sentence(&self) -> &'static str {
        match self.scope {
            Scope::Selected => "Only customers who are switched on below are asked for a second factor.",
            Scope::EveryoneExcept => "All customers, existing and new, but those who are switched off below.",
            Scope::Enforced => {
                "All customers, existing and new. Exceptions below are kept, but do not count for now."
            }
        }
    }

    /// `Applies to 1,912 of 2,027 customers right now.`
    pub fn effect(&self) -> String {
        let Effect { covered, total } = self.effect;
        match total {
            0 => "There are no customers yet.".into(),
            _ => format!(
                "{} to {} of {} right now.",
                if self.on { "Applies" } else { "Would apply" },
                words::number(covered),
                words::counted(total, "customer", "customers")
            ),
        }
    }
}

/// The three scopes with their effects on today's customers.
pub fn scopes(policy: &Policy, classes: &[Class]) -> Vec<ScopeChoice> {
    policy::effects(policy, classes)
        .into_iter()
        .map(|(scope, effect)| ScopeChoice { scope, effect, on: policy.two_factor })
        .collect()
}

impl FormPage {
    fn fault(&self, field: &str) -> &str {
        let fault = self.shown.faults.iter().find(|fault| fault.field == field);
        fault.map(|fault| fault.problem.as_str()).unwrap_or_default()
    }

    fn draft(&self) -> &Draft {
        &self.shown.draft
    }

    fn issuer_help(&self) -> String {
        format!(
            "Beside the customer's email address in the app. Left empty, it is {}. It counts for apps that are \
             set up from now on.",
            self.site_name
        )
    }

    fn is_on(&self, value: &str) -> bool {
        value == "on"
    }

    fn questions_help(&self) -> String {
        format!(
            "One a line, {} to {}. Ask for memories that nobody can look up or guess. A change counts for answers \
             that are given from now on.",
            Questions::TO_SET.0,
            Questions::MOST
        )
    }

    fn bounds(&self, field: &str) -> (u32, u32) {
        match field {
            "idle_minutes" => SessionLimits::IDLE,
            "absolute_minutes" => SessionLimits::ABSOLUTE,
            "account_failures" => Throttle::ACCOUNT,
            "network_failures" => Throttle::NETWORK,
            "questions_to_set" => Questions::TO_SET,
            "questions_to_ask" => Questions::TO_ASK,
            "least_factors" => Settings::LEAST_FACTORS,
            "remembered_days" => (1, Settings::REMEMBERED_DAYS.1),
            _ => (1, policy::Grace::MOST_SKIPS),
        }
    }
}

/// The page, in whatever state.
pub async fn page(admin: &JiraAdmin, frame: Frame, shown: Shown) -> Result<Response, AppError> {
    let mut conn = admin.app.db.acquire().await?;
    let stored = policy::store::load(&mut conn, admin.site.id).await?;
    let classes = classes(&mut conn, admin).await?;
    let status = shown.status();
    let page = FormPage {
        scopes: scopes(&stored, &classes),
        groups: methods::groups(&admin.app, &shown.draft, &stored, &classes),
        exceptions: ExceptionList::load(&mut conn, admin, &stored).await?,
        sends_mail: admin.app.config.mail.is_some(),
        lens: Lens::of(&shown.draft),
        site_name: site_name(&admin.site),
        today: admin.now.date().to_string(),
        frame,
        shown,
    };
    Ok(admin.visitor.page(status, &page))
}

/// The site's customers as the rules see them.
pub async fn classes(conn: &mut PgConnection, admin: &JiraAdmin) -> Result<Vec<Class>, AppError> {
    Ok(policy::store::tally(conn, admin.site.id, admin.now).await?)
}
