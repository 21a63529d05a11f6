//! Metadata: ours for SPs to read, theirs for an admin to paste (SAML metadata 2.0).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use openssl::x509::X509;
use samael::metadata::{EntityDescriptor, IndexedEndpoint, KeyDescriptor, SpSsoDescriptor};

use super::precheck::{self, Shape, XmlFault};
use super::response::EMAIL_FORMAT;
use super::xml::{DS, MD, SAML, SAMLP, WriteFault, Writer};

const HTTP_POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
const HTTP_REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
/// Most bytes of an SP's metadata.
pub const MAX_METADATA: usize = 256 * 1024;
/// Longest entity ID (SAML core 8.3.6) and ACS URL taken.
const MAX_URI: usize = 1024;

const SHAPE: Shape = Shape {
    root: (MD.1, "EntityDescriptor"),
    children: &[
        (DS.1, "Signature"),
        (MD.1, "Extensions"),
        (MD.1, "SPSSODescriptor"),
        (MD.1, "IDPSSODescriptor"),
        (MD.1, "RoleDescriptor"),
        (MD.1, "AttributeAuthorityDescriptor"),
        (MD.1, "Organization"),
        (MD.1, "ContactPerson"),
        (MD.1, "AdditionalMetadataLocation"),
    ],
    also: &[SAML.1],
};

/// Our metadata for one site. `certificates` are X.509 DER, the active one first; an SP that reads the
/// next one ahead of time does not notice when keys change.
pub fn identity_provider(
    entity_id: &str,
    sso_url: &str,
    certificates: &[Vec<u8>],
) -> Result<String, WriteFault> {
    let mut writer = Writer::new(8 * 1024);
    writer.open_in(MD, "md:EntityDescriptor", &[("entityID", entity_id)]).open(
        "md:IDPSSODescriptor",
        &[("WantAuthnRequestsSigned", "false"), ("protocolSupportEnumeration", SAMLP.1)],
    );
    for certificate in certificates {
        writer
            .open("md:KeyDescriptor", &[("use", "signing")])
            .open_in(DS, "ds:KeyInfo", &[])
            .open("ds:X509Data", &[])
            .leaf("ds:X509Certificate", &[], &BASE64.encode(certificate))
            .close()
            .close()
            .close();
    }
    writer.leaf("md:NameIDFormat", &[], EMAIL_FORMAT);
    for binding in [HTTP_REDIRECT, HTTP_POST] {
        writer.leaf("md:SingleSignOnService", &[("Binding", binding), ("Location", sso_url)], "");
    }
    Ok(writer.finish()?.into_string())
}

/// What an SP's metadata says. Foreign values, not yet checked by the site's own rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpMetadata {
    pub entity_id: String,
    /// The default assertion consumer service of the HTTP-POST binding.
    pub acs_url: String,
    /// X.509 DER of the keys the SP signs with.
    pub signing_certificates: Vec<Vec<u8>>,
}

/// Why an SP's metadata is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetadataFault {
    /// More than [`MAX_METADATA`] bytes.
    TooLarge,
    /// XML we do not let through.
    Xml(XmlFault),
    /// Let through, but not readable as metadata.
    Unreadable,
    /// No `entityID`, or one too long.
    NoEntityId,
    /// No SAML 2.0 service provider in it.
    NoServiceProvider,
    /// No assertion consumer service of the HTTP-POST binding, or an address too long.
    NoPostAcs,
    /// A certificate in it cannot be decoded.
    Certificate,
}

impl MetadataFault {
    /// In plain words, for the admin who pasted it.
    pub fn reason(self) -> String {
        match self {
            Self::TooLarge => "The metadata is larger than 256 KiB.".into(),
            Self::Xml(XmlFault::Root) => "This is not the metadata of one service provider: its root \
                element must be EntityDescriptor."
                .into(),
            Self::Xml(fault) => format!("The metadata is refused: {}.", fault.reason()),
            Self::Unreadable => "The metadata cannot be read.".into(),
            Self::NoEntityId => "The metadata names no entity ID.".into(),
            Self::NoServiceProvider => "The metadata describes no SAML 2.0 service provider.".into(),
            Self::NoPostAcs => "The metadata names no assertion consumer service for HTTP-POST.".into(),
            Self::Certificate => "A certificate in the metadata cannot be read.".into(),
        }
    }
}

/// Reads an SP's metadata. Its signature and `validUntil` are not looked at: an admin pastes it over a
/// channel that is already trusted, once.
pub fn read_service_provider(xml: &str) -> Result<SpMetadata, MetadataFault> {
    if xml.len() > MAX_METADATA {
        return Err(MetadataFault::TooLarge);
    }
    let root = precheck::check(xml.trim(), &SHAPE).map_err(MetadataFault::Xml)?;
    let read: EntityDescriptor = xml.trim().parse().map_err(|_| MetadataFault::Unreadable)?;
    let entity_id = read.entity_id.filter(|id| !id.is_empty() && id.len() <= MAX_URI);
    let entity_id = entity_id.ok_or(MetadataFault::NoEntityId)?;
    // As for requests: two versions of one parser must have seen the same.
    if !root.iter().any(|(name, value)| name == "entityID" && *value == entity_id) {
        return Err(MetadataFault::Unreadable);
    }
    let descriptors = read.sp_sso_descriptors.unwrap_or_default();
    let descriptor = descriptors.iter().find(|d| speaks_saml_2(d)).ok_or(MetadataFault::NoServiceProvider)?;
    let acs = default_acs(&descriptor.assertion_consumer_services).ok_or(MetadataFault::NoPostAcs)?;
    let keys = descriptor.key_descriptors.as_deref().unwrap_or_default();
    // A key without `use` serves for everything (SAML metadata 2.4.1.1).
    let signing = keys.iter().filter(|key| key.key_use.as_deref().is_none_or(|u| u == "signing"));
    let mut signing_certificates = Vec::new();
    for key in signing {
        signing_certificates.extend(certificates(key)?);
    }
    Ok(SpMetadata { entity_id, acs_url: acs.location.trim().to_owned(), signing_certificates })
}

fn speaks_saml_2(descriptor: &SpSsoDescriptor) -> bool {
    let protocols = descriptor.protocol_support_enumeration.as_deref().unwrap_or_default();
    protocols.split_ascii_whitespace().any(|protocol| protocol == SAMLP.1)
}

/// The default among the HTTP-POST endpoints (SAML metadata 2.2.3): the first marked so, else the first
/// not marked otherwise, else the first.
fn default_acs(endpoints: &[IndexedEndpoint]) -> Option<&IndexedEndpoint> {
    let usable = || {
        endpoints.iter().filter(|e| {
            let location = e.location.trim();
            e.binding == HTTP_POST && !location.is_empty() && location.len() <= MAX_URI
        })
    };
    usable()
        .find(|e| e.is_default == Some(true))
        .or_else(|| usable().find(|e| e.is_default.is_none()))
        .or_else(|| usable().next())
}

fn certificates(key: &KeyDescriptor) -> Result<Vec<Vec<u8>>, MetadataFault> {
    let embedded = key.key_info.x509_data.iter().flat_map(|data| &data.certificates);
    embedded
        .map(|text| {
            let plain: String = text.split_ascii_whitespace().collect();
            let der = BASE64.decode(plain).map_err(|_| MetadataFault::Certificate)?;
            X509::from_der(&der).map_err(|_| MetadataFault::Certificate)?;
            Ok(der)
        })
        .collect()
}

#[cfg(test)]
mod tests;
