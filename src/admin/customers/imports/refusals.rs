//! Refused rows as a file, to be mended and imported again.

use axum::extract::Path;
use axum::response::Response;
use uuid::Uuid;

use crate::admin::download;
use crate::error::AppError;
use crate::import::store::ListedRow;
use crate::import::{self, Verdict};
use crate::jira::JiraAdmin;
use crate::sites::SiteId;

/// Rows that are read at once.
const AT_ONCE: u32 = 1_000;

/// `GET .../customers/imports/{import}/refusals`.
pub async fn download(admin: JiraAdmin, Path((_, id)): Path<(SiteId, Uuid)>) -> Result<Response, AppError> {
    let mut conn = admin.app.db.acquire().await?;
    import::store::find(&mut conn, admin.site.id, id).await?.ok_or(AppError::NotFound)?;
    drop(conn);
    let name = format!("refused-{}.csv", admin.now.date());
    let (db, site) = (admin.app.db.clone(), admin.site.id);
    let rows = move |after: i64| {
        let db = db.clone();
        async move {
            let mut conn = db.acquire().await?;
            let rows = import::store::list(&mut conn, site, id, Verdict::Refused, after, AT_ONCE).await?;
            let last = rows.last().map(|row| row.number).filter(|_| rows.len() == AT_ONCE as usize);
            Ok((rows.into_iter().map(cells).collect(), last))
        }
    };
    Ok(download::csv(&name, &["Row", "Reason", "Column", "Value"], 0, rows))
}

fn cells(row: ListedRow) -> Vec<String> {
    let text = Option::unwrap_or_default;
    vec![row.number.to_string(), text(row.reason), text(row.field), text(row.value)]
}
