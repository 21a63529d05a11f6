//! A strict SAML 2.0 service provider, as Atlassian Guard's side of the exchange: it asks, and it
//! judges the answer. A library: the practice Guard runs it and the story tests use it.
//!
//! It is independent of `crate::saml`: signatures are verified by xmlsec through samael, and every
//! value is read by [`super::tree`] from the bytes xmlsec says were signed (saml.md: the only safe
//! way to use samael 0.0.22). It accepts less than most SPs do, so that what passes here passes
//! there.

mod checks;
mod decoded;
mod examine;
mod idp;
mod request;
mod signature;

#[cfg(test)]
pub(crate) mod forge;
#[cfg(test)]
mod tests;

pub use checks::{Check, Problems};
pub use decoded::{Assertion, Attribute, Decoded, Status};
pub use examine::Examination;
pub use idp::{IdpSettings, Value};
pub use request::{Outstanding, Part, PostForm, RequestOptions};

use time::Duration;

/// How far the two parties' clocks may differ: what Auth0's library, probably Guard's, allows.
pub const SKEW: Duration = Duration::minutes(3);

pub(crate) const SAMLP: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
pub(crate) const SAML: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
pub(crate) const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const MD: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
const REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
/// The NameID format Guard wants.
pub(crate) const EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

/// One service provider and the identity provider it trusts.
#[derive(Clone, Debug)]
pub struct ServiceProvider {
    entity_id: String,
    acs_url: String,
    idp: IdpSettings,
}

impl ServiceProvider {
    /// An SP called `entity_id` that takes responses at `acs_url`, from `idp` alone.
    pub fn new(entity_id: impl Into<String>, acs_url: impl Into<String>, idp: IdpSettings) -> Self {
        Self { entity_id: entity_id.into(), acs_url: acs_url.into(), idp }
    }

    /// What the identity provider must name as Audience.
    pub fn entity_id(&self) -> &str {
        &self.entity_id
    }

    /// Where responses are posted to.
    pub fn acs_url(&self) -> &str {
        &self.acs_url
    }

    /// The identity provider it trusts.
    pub fn idp(&self) -> &IdpSettings {
        &self.idp
    }
}
