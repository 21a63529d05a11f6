//! The SAML protocol; knows no factors.
//!
//! In: [`request`] takes an AuthnRequest off the wire ([`decode`]), lets only plain, bounded XML of the
//! right shape through ([`precheck`]), has `samael` read it, and holds it against what the site trusts
//! ([`fault`] says what can be wrong).
//!
//! Out: [`response`] states what happened ([`authn_context`]) and [`xml`] writes and signs it, with the
//! site's key from [`keys`]. [`metadata`] tells SPs about us and reads theirs. [`trace`] is what an
//! admin sees of all this, [`advice`](mod@advice) what to do about it.
//!
//! Nothing an AuthnRequest says decides where the answer goes: that is the stored ACS, always. Hence
//! requests need no signature, and one that is there is not looked at: Guard's are unsigned, and a
//! forged request can only make a browser ask its own user to sign in to the SP the site trusts.

pub mod advice;
pub mod authn_context;
pub mod decode;
pub mod examine;
mod fault;
pub mod keys;
pub mod metadata;
mod precheck;
pub mod request;
pub mod response;
pub mod rotation;
pub mod store;
pub mod trace;
pub mod xml;

use std::sync::Arc;

use sqlx::PgConnection;

use crate::app::App;
use crate::config::BaseUrl;
use crate::error::AppError;
use crate::sites::SiteId;

pub use advice::advice;
pub use authn_context::{Methods, RequestedContexts};
pub use decode::WireFault;
pub use keys::{KeyCache, NewKey, SigningKey};
pub use precheck::XmlFault;
pub use request::{AuthnRequest, Expected, RequestFault, check, read_post, read_redirect};
pub use response::{Message, Refusal, Status, Subject, Success, new_id};

/// Our entity ID for `site`: the address of its metadata, as SAML metadata 4.1.1 suggests.
pub fn entity_id(base: &BaseUrl, site: SiteId) -> String {
    base.join(&format!("/sites/{site}/saml/metadata"))
}

/// Where the site's SP sends AuthnRequests, over either binding.
pub fn sso_url(base: &BaseUrl, site: SiteId) -> String {
    base.join(&format!("/sites/{site}/saml/sso"))
}

/// Makes a site's key pair (about 0.1 s of one core, off the async workers).
pub async fn new_key(app: &App, site: SiteId) -> Result<NewKey, AppError> {
    let (id, serial, now) = (app.random.uuid(), app.random.bytes(), app.clock.now());
    #[allow(clippy::disallowed_methods, reason = "once per installed site: nothing to cap")]
    let made = tokio::task::spawn_blocking(move || NewKey::generate(site, id, serial, now)).await;
    made.map_err(AppError::internal)?.map_err(AppError::internal)
}

/// The site's active key, decoded; from memory when it was used before. Each site has one from its
/// installation on, so that none is a fault of ours.
pub async fn signing_key(
    conn: &mut PgConnection,
    app: &App,
    site: SiteId,
) -> Result<Arc<SigningKey>, AppError> {
    let row = store::active_key(conn, site)
        .await?
        .ok_or_else(|| AppError::internal(anyhow::anyhow!("site {site} has no signing key")))?;
    app.saml_keys.signing_key(&app.vault, &row).map_err(AppError::internal)
}
