//! AuthnRequests as Guard's library sends them by HTTP-Redirect, made ahead of the run: each ID is
//! taken once only, and making them is no work of the server's.

use std::io::Write;

use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Who asks whom.
pub struct Ends<'a> {
    pub sso_url: &'a str,
    pub acs_url: &'a str,
    pub sp_entity_id: &'a str,
}

/// `count` query strings `SAMLRequest=..&RelayState=..`, issued `now`; `run` keeps the IDs of one
/// run apart from another's.
pub fn prepare(ends: &Ends<'_>, now: OffsetDateTime, run: &str, count: usize) -> Result<Vec<String>> {
    let issued = now.replace_nanosecond(0)?.format(&Rfc3339)?;
    (0..count)
        .map(|number| {
            let xml = format!(
                r#"<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_{run}{number:016x}" Version="2.0" IssueInstant="{issued}" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" AssertionConsumerServiceURL="{acs}" Destination="{destination}"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{issuer}</saml:Issuer></samlp:AuthnRequest>"#,
                acs = ends.acs_url,
                destination = ends.sso_url,
                issuer = ends.sp_entity_id,
            );
            let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
            deflate.write_all(xml.as_bytes())?;
            let request = BASE64.encode(deflate.finish()?);
            let relay_state = format!("relay-{number}");
            Ok(form_urlencoded::Serializer::new(String::new())
                .append_pair("SAMLRequest", &request)
                .append_pair("RelayState", &relay_state)
                .finish())
        })
        .collect()
}
