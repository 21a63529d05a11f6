//! The page in Jira's frame: a frame itself, without a word of the site's data. What it shows comes
//! in fragments.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::frame::{Page, base};
use crate::error::AppError;
use crate::jira::PageLoad;
use crate::sites;
use crate::web::Bridge;
use crate::web::assets::File;

#[derive(Template)]
#[template(path = "admin/shell.html")]
struct Shell {
    title: &'static str,
    /// Where the fragments are.
    base: String,
    /// Which is shown when the host names no other.
    first: &'static str,
    bridge: String,
}

impl Shell {
    fn tokens_url(&self) -> &'static str {
        File::AdminTokens.url()
    }

    fn css_url(&self) -> &'static str {
        File::AdminStyle.url()
    }

    fn htmx_url(&self) -> &'static str {
        File::Htmx.url()
    }

    fn script_url(&self) -> &'static str {
        File::AdminScript.url()
    }
}

/// `GET /connect/page/{page}`.
pub async fn show(load: PageLoad, Path(page): Path<String>) -> Result<Response, AppError> {
    let page = Page::parse(&page).ok_or(AppError::NotFound)?;
    if let Some(licence) = load.licence.filter(|licence| load.site.licence != Some(*licence)) {
        let mut conn = load.app.db.acquire().await?;
        sites::store::set_licence(&mut conn, load.now, load.site.id, licence).await?;
    }
    let bridge = load.app.config.connect_script_url.to_string();
    let bridge_origin = load.app.config.connect_script_url.origin().ascii_serialization();
    let shell =
        Shell { title: page.title(), base: base(&load.site), first: page.as_str(), bridge: bridge.clone() };
    let mut response = load.visitor.page(StatusCode::OK, &shell).into_response();
    response.extensions_mut().insert(load.in_jira(Some(Bridge { url: bridge, origin: bridge_origin })));
    Ok(response)
}
