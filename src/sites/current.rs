//! The site a URL names, for handlers: `CurrentSite(site): CurrentSite`.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use uuid::Uuid;

use super::{Site, SiteId, store};
use crate::app::App;
use crate::error::AppError;

/// The site of the path's `{site}`. An unknown or malformed id leads nowhere: 404. A disabled or
/// parked site is given with its status, since each page has its own way to say so.
#[derive(Clone, Debug)]
pub struct CurrentSite(pub Site);

impl FromRequestParts<App> for CurrentSite {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| AppError::NotFound)?;
        let (_, text) = params.iter().find(|(name, _)| *name == "site").ok_or(AppError::NotFound)?;
        let id = parse(text).ok_or(AppError::NotFound)?;
        let mut conn = app.db.acquire().await?;
        store::find(&mut conn, id).await?.map(Self).ok_or(AppError::NotFound)
    }
}

/// Reads an id in the one form we write it: entity IDs are compared octet for octet, so a site has
/// one address and not also an upper-case one.
fn parse(text: &str) -> Option<SiteId> {
    let id = Uuid::try_parse(text).ok()?;
    (id.to_string() == text).then_some(SiteId(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_an_id_in_one_form_only() {
        assert!(parse("67e55044-10b1-426f-9247-bb680e5fe0c8").is_some());
        for text in [
            "",
            "x",
            "67E55044-10B1-426F-9247-BB680E5FE0C8",
            "67e5504410b1426f9247bb680e5fe0c8",
            "{67e55044-10b1-426f-9247-bb680e5fe0c8}",
            "urn:uuid:67e55044-10b1-426f-9247-bb680e5fe0c8",
            "67e55044-10b1-426f-9247-bb680e5fe0c8 ",
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
    }
}
