//! Style sheets, scripts and the icon: in the binary, under names that carry their hash, so that a
//! browser may keep them for ever and an old page never gets a new style.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};
use tower_http::compression::CompressionLayer;

use crate::app::App;
use crate::error::AppError;

/// One embedded file.
struct Asset {
    bytes: &'static [u8],
    content_type: &'static str,
    /// `/static/<stem>.<hash>.<extension>`
    url: String,
    /// The hash, quoted.
    etag: String,
}

impl Asset {
    fn new(stem: &str, extension: &str, content_type: &'static str, bytes: &'static [u8]) -> Self {
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)[..8]);
        Self {
            bytes,
            content_type,
            url: format!("/static/{stem}.{hash}.{extension}"),
            etag: format!("\"{hash}\""),
        }
    }
}

/// The embedded files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// The portal's style sheet.
    Style,
    /// The icon in the browser's tab.
    Icon,
    /// Atlassian's design tokens.
    AdminTokens,
    /// The style sheet of the pages inside Jira.
    AdminStyle,
    /// Swaps fragments in.
    Htmx,
    /// The shell of the pages inside Jira, with files in and out.
    AdminScript,
    /// What a few of the portal's pages do with a script: copy, print, passkeys.
    PortalScript,
}

impl File {
    /// Its address.
    pub fn url(self) -> &'static str {
        &ASSETS[self as usize].url
    }
}

/// One file, since a page may need both.
const PORTAL_SCRIPT: &str =
    concat!(include_str!("../../static/portal.js"), include_str!("../../static/passkey.js"));

/// One file: together they are the script of the pages inside Jira.
const ADMIN_SCRIPT: &str =
    concat!(include_str!("../../static/admin/admin.js"), include_str!("../../static/admin/files.js"));

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

/// In the order of [`File`].
static ASSETS: LazyLock<[Asset; 7]> = LazyLock::new(|| {
    [
        Asset::new("vestibule", "css", CSS, include_bytes!("../../static/vestibule.css")),
        Asset::new("icon", "svg", "image/svg+xml", include_bytes!("../../static/icon.svg")),
        Asset::new("tokens", "css", CSS, include_bytes!("../../static/admin/tokens.css")),
        Asset::new("admin", "css", CSS, include_bytes!("../../static/admin/admin.css")),
        Asset::new("htmx", "js", JS, include_bytes!("../../static/admin/htmx-4.0.1.min.js")),
        Asset::new("admin", "js", JS, ADMIN_SCRIPT.as_bytes()),
        Asset::new("portal", "js", JS, PORTAL_SCRIPT.as_bytes()),
    ]
});

/// The address of the portal's style sheet.
pub fn css_url() -> &'static str {
    File::Style.url()
}

/// The address of the icon in the browser's tab.
pub fn icon_url() -> &'static str {
    File::Icon.url()
}

/// `GET /static/<name>.<hash>.<extension>`: kept for a year; another hash is 404. Compressed where
/// the browser takes it: these files hold no secret, unlike pages.
pub fn routes() -> Router<App> {
    Router::new().route("/static/{file}", get(serve)).layer(CompressionLayer::new())
}

async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let known = ASSETS.iter().find(|asset| asset.url.strip_prefix("/static/") == Some(&file));
    let Some(asset) = known else { return AppError::NotFound.into_response() };
    let same = headers.get(IF_NONE_MATCH).is_some_and(|etag| etag == asset.etag.as_str());
    let kept = [(CACHE_CONTROL, "public, max-age=31536000, immutable"), (ETAG, asset.etag.as_str())];
    if same {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    (kept, [(CONTENT_TYPE, asset.content_type)], asset.bytes).into_response()
}
