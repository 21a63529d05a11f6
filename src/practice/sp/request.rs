//! The question: an AuthnRequest over HTTP-Redirect or HTTP-POST (SAML bindings 3.4 and 3.5), in
//! the shape Auth0's library gives it: unsigned, without NameIDPolicy or RequestedAuthnContext
//! unless asked for.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::{Compression, write::DeflateEncoder};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use time::OffsetDateTime;

use super::{POST, SAML, SAMLP, ServiceProvider};

/// What JavaScript's `encodeURIComponent`, which Auth0's library uses, leaves alone; but for `'`,
/// which browsers escape in a query anyway.
const URI_COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'(')
    .remove(b')');

/// A value that the request may carry, leave out, or carry wrongly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// The right one.
    #[default]
    Own,
    Omitted,
    Other(String),
}

impl Part {
    fn value<'a>(&'a self, own: &'a str) -> Option<&'a str> {
        match self {
            Self::Own => Some(own),
            Self::Omitted => None,
            Self::Other(other) => Some(other),
        }
    }
}

/// What to ask for. The default is what Guard asks: nothing special.
#[derive(Clone, Debug, Default)]
pub struct RequestOptions {
    pub force_authn: bool,
    pub is_passive: bool,
    /// AssertionConsumerServiceURL; Guard sends it only sometimes.
    pub acs: Part,
    pub destination: Part,
    pub issuer: Part,
    /// An AuthnContextClassRef to ask for, exactly.
    pub authn_context: Option<String>,
    /// Returned byte for byte. Guard may send an empty one.
    pub relay_state: Option<String>,
}

/// A request that waits for its answer. It may be answered once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outstanding {
    /// The AuthnRequest's ID.
    pub id: String,
    pub relay_state: Option<String>,
}

/// A form to post to the identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostForm {
    pub action: String,
    /// Base64 of the AuthnRequest.
    pub saml_request: String,
    pub relay_state: Option<String>,
}

impl RequestOptions {
    /// What to remember of a request sent under `id`.
    pub fn outstanding(&self, id: impl Into<String>) -> Outstanding {
        Outstanding { id: id.into(), relay_state: self.relay_state.clone() }
    }
}

impl ServiceProvider {
    /// The address that carries an AuthnRequest called `id` (an NCName: begin with `_`), issued at
    /// `now`, over HTTP-Redirect.
    pub fn authn_request(&self, options: &RequestOptions, id: &str, now: OffsetDateTime) -> String {
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
        let compressed = deflate
            .write_all(self.authn_request_xml(options, id, now).as_bytes())
            .and_then(|()| deflate.finish())
            .expect("writing into memory does not fail");
        let sso = &self.idp.sso_url;
        let joint = if sso.contains('?') { '&' } else { '?' };
        let mut url = format!("{sso}{joint}SAMLRequest={}", component(&STANDARD.encode(compressed)));
        if let Some(relay_state) = &options.relay_state {
            url.push_str("&RelayState=");
            url.push_str(&component(relay_state));
        }
        url
    }

    /// The same question as a form to post.
    pub fn authn_request_form(&self, options: &RequestOptions, id: &str, now: OffsetDateTime) -> PostForm {
        PostForm {
            action: self.idp.sso_url.clone(),
            saml_request: STANDARD.encode(self.authn_request_xml(options, id, now)),
            relay_state: options.relay_state.clone(),
        }
    }

    /// The AuthnRequest itself.
    pub fn authn_request_xml(&self, options: &RequestOptions, id: &str, now: OffsetDateTime) -> String {
        let mut attributes = format!("xmlns:samlp=\"{SAMLP}\"");
        let mut put = |name: &str, value: &str| {
            attributes.push_str(&format!(" {name}=\"{}\"", escape(value)));
        };
        put("ID", id);
        put("Version", "2.0");
        put("IssueInstant", &instant(now));
        put("ProtocolBinding", POST);
        if let Some(destination) = options.destination.value(&self.idp.sso_url) {
            put("Destination", destination);
        }
        if let Some(acs) = options.acs.value(&self.acs_url) {
            put("AssertionConsumerServiceURL", acs);
        }
        if options.force_authn {
            put("ForceAuthn", "true");
        }
        if options.is_passive {
            put("IsPassive", "true");
        }
        let issuer = options.issuer.value(&self.entity_id).map_or_else(String::new, |issuer| {
            format!("<saml:Issuer xmlns:saml=\"{SAML}\">{}</saml:Issuer>", escape(issuer))
        });
        let context = options.authn_context.as_ref().map_or_else(String::new, |class| {
            format!(
                "<samlp:RequestedAuthnContext Comparison=\"exact\"><saml:AuthnContextClassRef \
                 xmlns:saml=\"{SAML}\">{}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>",
                escape(class)
            )
        });
        format!("<samlp:AuthnRequest {attributes}>{issuer}{context}</samlp:AuthnRequest>")
    }
}

fn component(text: &str) -> String {
    utf8_percent_encode(text, URI_COMPONENT).to_string()
}

/// Escapes text for an attribute or for content.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A moment as SAML writes it (core 1.3.3): UTC, milliseconds, `Z`.
pub(super) fn instant(at: OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
        at.millisecond()
    )
}
