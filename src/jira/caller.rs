//! Who calls: the token a request carries, and the site it names with the secret that proves it.

use axum::http::{HeaderMap, header};
use zeroize::Zeroizing;

use super::failure::Failure;
use super::token::{self, Refusal};
use crate::app::App;
use crate::error::AppError;
use crate::sites::{self, Site};

/// The token of `Authorization: JWT <token>`.
pub fn bearer(headers: &HeaderMap) -> Result<&str, Refusal> {
    let value = headers.get(header::AUTHORIZATION).ok_or(Refusal::Missing)?;
    let (scheme, token) =
        value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or(Refusal::Missing)?;
    if scheme.eq_ignore_ascii_case("jwt") { Ok(token.trim()) } else { Err(Refusal::Missing) }
}

/// The site that a token of the shared secret claims to come from, with that secret. Nothing is
/// verified yet.
pub async fn issuer(app: &App, token: &str) -> Result<(Site, Zeroizing<Vec<u8>>), Failure> {
    let issuer = token::claimed_issuer(token)?;
    let mut conn = app.db.acquire().await?;
    let site = sites::store::find_by_client_key(&mut conn, &issuer).await?.ok_or(Refusal::Issuer)?;
    let secret = sites::store::shared_secret(&mut conn, &app.vault, site.id).await?.ok_or(Refusal::Issuer)?;
    let secret = secret.map_err(|error| Failure::App(AppError::internal(error)))?;
    Ok((site, secret))
}
