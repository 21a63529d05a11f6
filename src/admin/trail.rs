//! What an administrator does is audited (security.md A1), in the transaction of the change itself.

use serde_json::Value;
use sqlx::PgConnection;

use crate::audit::{self, Event};
use crate::error::AppError;
use crate::jira::JiraAdmin;

/// Notes that `admin` did `action`; `detail` tells before and after.
pub async fn note(
    conn: &mut PgConnection,
    admin: &JiraAdmin,
    action: &'static str,
    detail: Value,
) -> Result<(), AppError> {
    let event = Event {
        client_ip: Some(admin.visitor.ip),
        detail: &detail,
        ..Event::new(admin.site.id, admin.actor(), action, "ok")
    };
    Ok(audit::record(conn, admin.now, &event).await?)
}
