//! The status board (B4): what is configured, how it goes, and what needs looking at.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::super::frame::Frame;
use super::super::words;
use super::certificates::Cockpit;
use super::frame;
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::policy;
use crate::saml;
use crate::sites::Licence;
use crate::sites::setup::{Setup, Step};

#[derive(Template)]
#[template(path = "admin/setup/board.html")]
struct Board {
    frame: Frame,
    just_finished: bool,
    warnings: Vec<Warning>,
    last_sign_in: String,
    two_factor: String,
    sp_entity_id: String,
    password_login_off: bool,
    licence: &'static str,
    cockpit: Cockpit,
}

/// Something to look at.
struct Warning {
    /// `warning` or `error`.
    look: &'static str,
    title: &'static str,
    text: String,
}

/// The board; `refused` is why the last act changed nothing.
pub async fn page(
    admin: &JiraAdmin,
    setup: &Setup,
    outcome: Option<&'static str>,
    refused: Option<&'static str>,
) -> Result<Response, AppError> {
    let mut conn = admin.app.db.acquire().await?;
    let cockpit = Cockpit::load(&mut conn, admin).await?;
    let last = saml::store::last_success(&mut conn, admin.site.id).await?;
    let policy = policy::store::load(&mut conn, admin.site.id).await?;
    let classes = policy::store::tally(&mut conn, admin.site.id, admin.now).await?;
    drop(conn);
    let effect = policy::effect(&policy, &classes);
    let mut warnings = Vec::new();
    if let Some(refused) = refused {
        warnings.push(Warning { look: "warning", title: "Nothing was changed", text: refused.into() });
    }
    if setup.password_login_off_at.is_none() {
        warnings.push(Warning {
            look: "warning",
            title: "The second factor can be walked around",
            text: "Login with email and password is still enabled at Atlassian: customers can use Jira's own \
                   password. In Jira, open Settings, Apps, then Authentication under Jira Service Management, \
                   and disable it."
                .into(),
        });
    }
    if let Some((look, text)) = cockpit.warning() {
        warnings.push(Warning { look, title: "The certificate needs looking at", text });
    }
    let board = Board {
        just_finished: setup.finished_at == Some(admin.now),
        last_sign_in: match &last {
            Some(row) => format!(
                "{}{}",
                row.customer_email.as_deref().map(|email| format!("{email}, ")).unwrap_or_default(),
                words::ago(row.at, admin.now)
            ),
            None => "None in the last 30 days".into(),
        },
        two_factor: if policy.two_factor {
            format!(
                "On, for {} of {}",
                words::number(effect.covered),
                words::counted(effect.total, "customer", "customers")
            )
        } else {
            "Off: a password alone signs in".into()
        },
        sp_entity_id: admin.site.service_provider.as_ref().map(|sp| sp.entity_id.clone()).unwrap_or_default(),
        password_login_off: setup.password_login_off_at.is_some(),
        licence: match (admin.app.config.marketplace_licence, admin.site.licence) {
            (false, _) => "None needed: a private app",
            (true, Some(Licence::Active)) => "Active",
            (true, Some(Licence::None)) => "None: these pages are read only",
            (true, None) => "Not told by Jira yet",
        },
        cockpit,
        frame: frame(admin, Step::Done, outcome),
        warnings,
    };
    let status = if refused.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(admin.visitor.page(status, &board))
}
