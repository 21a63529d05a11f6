//! The SAML protocol; knows no factors.

use crate::app::App;
use crate::error::AppError;
use crate::sites::SiteId;

pub mod store;

/// A fresh IdP key pair, not yet stored: RSA-2048 and a self-signed certificate.
pub struct NewKey {}

/// Makes a site's key pair (about 0.1 s of one core, off the async workers).
pub async fn new_key(_app: &App, _site: SiteId) -> Result<NewKey, AppError> {
    Ok(NewKey {})
}
