//! The identity provider an SP trusts, as its metadata says (SAML metadata 2.4.3).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use openssl::x509::X509;

use super::{DS, MD, REDIRECT, SAMLP};
use crate::practice::tree::Element;

/// What an SP is told of its identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdpSettings {
    pub entity_id: String,
    /// Single sign-on address, for Redirect and POST alike.
    pub sso_url: String,
    /// The certificates responses may be signed with: the current one, and the next when there is one.
    pub certificates_der: Vec<Vec<u8>>,
}

impl IdpSettings {
    /// Reads an EntityDescriptor. The error says what is missing.
    pub fn from_metadata(xml: &str) -> Result<Self, String> {
        let root = Element::parse(xml)?;
        if !root.is(MD, "EntityDescriptor") {
            return Err("the root is not an EntityDescriptor".into());
        }
        let entity_id = root.attribute("entityID").filter(|id| !id.is_empty()).ok_or("no entityID")?;
        let role = root
            .children(MD, "IDPSSODescriptor")
            .find(|role| {
                role.attribute("protocolSupportEnumeration")
                    .is_some_and(|protocols| protocols.split_ascii_whitespace().any(|p| p == SAMLP))
            })
            .ok_or("no IDPSSODescriptor for SAML 2.0")?;
        let sso_url = role
            .children(MD, "SingleSignOnService")
            .find(|service| service.attribute("Binding") == Some(REDIRECT))
            .and_then(|service| service.attribute("Location"))
            .ok_or("no SingleSignOnService for HTTP-Redirect")?;
        let certificates_der = role
            .children(MD, "KeyDescriptor")
            .filter(|key| matches!(key.attribute("use"), None | Some("signing")))
            .flat_map(Element::walk)
            .filter(|element| element.is(DS, "X509Certificate"))
            .map(|element| certificate(&element.text))
            .collect::<Result<Vec<_>, _>>()?;
        if certificates_der.is_empty() {
            return Err("no signing certificate".into());
        }
        Ok(Self { entity_id: entity_id.into(), sso_url: sso_url.into(), certificates_der })
    }
}

/// A base64 certificate, white space allowed, that holds an RSA key of 2,048 bits or more (M2).
fn certificate(text: &str) -> Result<Vec<u8>, String> {
    let packed: String = text.split_ascii_whitespace().collect();
    let der = STANDARD.decode(packed).map_err(|_| "a certificate that is not base64")?;
    let key = X509::from_der(&der)
        .and_then(|certificate| certificate.public_key())
        .map_err(|_| "a certificate that does not parse")?;
    match key.rsa() {
        Ok(_) if key.bits() >= 2048 => Ok(der),
        _ => Err("a certificate whose key is not RSA of 2,048 bits or more".into()),
    }
}
