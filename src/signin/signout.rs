//! Signing out of the IdP session.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::views::{Notice, SignOutPage};
use super::{frame, session, store};
use crate::app::App;
use crate::audit::{self, Event};
use crate::error::AppError;
use crate::sites::CurrentSite;
use crate::web::cookies::{self, SetCookies};
use crate::web::visitor::Visitor;

/// `GET /sites/{site}/signout`: asks; a link alone signs nobody out.
pub async fn ask(
    State(app): State<App>,
    CurrentSite(site): CurrentSite,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let session = match cookies::session(&headers, site.id.0) {
        Some(token) => {
            let hash = session::token_hash(token);
            store::sessions::find(&mut *app.db.acquire().await?, site.id, &hash, app.clock.now()).await?
        }
        None => None,
    };
    let Some(found) = session else {
        return Ok(frame::notice(&visitor, &site, StatusCode::OK, Notice::SignedOut));
    };
    let page = SignOutPage {
        shell: frame::shell(&visitor, &site),
        action: format!("/sites/{}/signout", site.id),
        account: found.session.customer.email,
    };
    Ok(visitor.page(StatusCode::OK, &page))
}

/// `POST /sites/{site}/signout`: ends this browser's session.
pub async fn submit(
    State(app): State<App>,
    CurrentSite(site): CurrentSite,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    if let Some(token) = cookies::session(&headers, site.id.0) {
        let mut tx = app.db.begin().await?;
        if let Some(customer) = store::sessions::end(&mut tx, site.id, &session::token_hash(token)).await? {
            let event = Event::by_customer(site.id, Some(customer), visitor.ip, "session.ended", "ok");
            audit::record(&mut tx, app.clock.now(), &event).await?;
        }
        tx.commit().await?;
    }
    let page = frame::notice(&visitor, &site, StatusCode::OK, Notice::SignedOut);
    Ok((SetCookies::new().clear_session(site.id.0), page).into_response())
}
