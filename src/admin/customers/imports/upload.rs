//! A file's pieces. The page's script sends them one after the other; what has arrived is kept, so that a
//! broken upload goes on where it stopped.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::{begin, locked, settle};
use crate::error::AppError;
use crate::import::csv::{self, HEAD};
use crate::import::upload::{self, UploadFault};
use crate::import::{self, Layout, State};
use crate::jira::JiraAdmin;
use crate::sites::SiteId;

/// `POST .../customers/imports/{import}/pieces/{number}`: piece `number`, from 0, as it is in the file.
/// 204; 409 when the import takes none any more; 422 for another size than the file has there.
pub async fn piece(
    admin: JiraAdmin,
    Path((_, id, number)): Path<(SiteId, Uuid, u32)>,
    bytes: Bytes,
) -> Result<Response, AppError> {
    let mut conn = admin.app.db.acquire().await?;
    let import = import::store::find(&mut conn, admin.site.id, id).await?.ok_or(AppError::NotFound)?;
    if import.state != State::Uploading {
        return Ok(StatusCode::CONFLICT.into_response());
    }
    let Ok(row) = i32::try_from(number) else { return Ok(StatusCode::UNPROCESSABLE_ENTITY.into_response()) };
    if upload::check_piece(import.size, u64::from(number), bytes.len()).is_err() {
        return Ok(StatusCode::UNPROCESSABLE_ENTITY.into_response());
    }
    import::store::put_piece(&mut conn, admin.site.id, id, row, &bytes).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST .../customers/imports/{import}/uploaded`: all pieces are there. A file that is no table of
/// customers is forgotten, and another may be chosen.
pub async fn uploaded(admin: JiraAdmin, Path((_, id)): Path<(SiteId, Uuid)>) -> Result<Response, AppError> {
    let site = admin.site.id;
    let (mut tx, import) = locked(&admin, id).await?;
    if import.state != State::Uploading {
        return settle(&admin, tx, &import, Ok(())).await; // twice: as good as once
    }
    let fault = if import::store::count_pieces(&mut tx, site, id).await? < upload::pieces(import.size) {
        UploadFault::Incomplete.to_string()
    } else {
        let first = import::store::piece(&mut tx, site, id, 0).await?.unwrap_or_default();
        match csv::sniff(&first[..first.len().min(HEAD)]) {
            Ok(sniffed) => {
                let layout = Layout { dialect: sniffed.dialect, mapping: sniffed.mapping };
                let layout = serde_json::to_value(layout).map_err(AppError::internal)?;
                import::store::set_layout(&mut tx, site, id, &layout).await?;
                let led =
                    import::lead(&mut tx, &admin.app, &import, &[State::Uploading], State::Mapping).await?;
                return settle(&admin, tx, &import, led).await;
            }
            Err(fault) => fault.to_string(),
        }
    };
    import::store::forget(&mut tx, site, id).await?;
    tx.commit().await?;
    begin::file_refused(&admin, fault).await
}
