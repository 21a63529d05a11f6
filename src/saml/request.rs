//! The AuthnRequest: off the wire, read, and held against what the site trusts (SAML core 3.4).
//!
//! Pure; whether the ID was used before is the store's to say. What a request holds beyond the fields
//! of [`AuthnRequest`] is ignored on purpose: a `Subject` or `Scoping` (we ask the customer, not the
//! SP), `Conditions`, `Extensions`, `ProviderName`, and a signature (see the room's story).

use time::{Duration, OffsetDateTime};

use super::authn_context::{Comparison, RequestedContexts};
use super::decode;
pub use super::fault::RequestFault;
use super::precheck::{self, Shape};
use super::response::{EMAIL_FORMAT, UNSPECIFIED_FORMAT};
use super::trace;
use super::xml::{DS, SAML, SAMLP};

/// How far an IssueInstant may lie from now, either way.
pub const WINDOW: Duration = Duration::minutes(5);

const HTTP_POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
/// Longest ID taken, in bytes; it goes into the database.
const MAX_ID: usize = 256;
/// Longest URI taken, in bytes. SAML core 8.3.6 bounds entity IDs at 1,024 characters.
const MAX_URI: usize = 2048;
/// Most authentication context classes taken.
const MAX_CLASSES: usize = 16;

const SHAPE: Shape = Shape {
    root: (SAMLP.1, "AuthnRequest"),
    children: &[
        (SAML.1, "Issuer"),
        (DS.1, "Signature"),
        (SAMLP.1, "Extensions"),
        (SAML.1, "Subject"),
        (SAMLP.1, "NameIDPolicy"),
        (SAML.1, "Conditions"),
        (SAMLP.1, "RequestedAuthnContext"),
        (SAMLP.1, "Scoping"),
    ],
    also: &[SAML.1],
};

/// What an SP asks for, as read: nothing in it is trusted yet but its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthnRequest {
    /// An NCName of at most 256 bytes.
    pub id: String,
    pub issue_instant: OffsetDateTime,
    /// The SP's entity ID.
    pub issuer: String,
    pub destination: Option<String>,
    pub acs_url: Option<String>,
    /// Only one ACS is stored per site: it is answered whatever the index.
    pub acs_index: Option<usize>,
    pub protocol_binding: Option<String>,
    pub force_authn: bool,
    pub is_passive: bool,
    pub name_id_format: Option<String>,
    pub requested_contexts: Option<RequestedContexts>,
    /// Whether there is a signature in it, which is not looked at.
    pub signed: bool,
}

impl AuthnRequest {
    /// What the trace keeps of it. `signed` is for a signature beside the message, as the
    /// HTTP-Redirect binding has it.
    pub fn seen(&self, relay_state: Option<&str>, signed: bool) -> trace::Request {
        trace::Request {
            id: Some(self.id.clone()),
            issuer: Some(self.issuer.clone()),
            acs_url: self.acs_url.clone(),
            acs_index: self.acs_index,
            destination: self.destination.clone(),
            issue_instant: Some(self.issue_instant),
            force_authn: self.force_authn,
            is_passive: self.is_passive,
            name_id_format: self.name_id_format.clone(),
            protocol_binding: self.protocol_binding.clone(),
            requested_contexts: self.requested_contexts.clone(),
            relay_state_bytes: relay_state.map(str::len),
            signed: Some(signed || self.signed),
        }
    }
}

/// What a request to a site must say.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The SP's entity ID, as stored.
    pub entity_id: &'a str,
    /// The SP's assertion consumer service, as stored.
    pub acs_url: &'a str,
    /// Our own SSO URL for the site.
    pub destination: &'a str,
}

/// Reads the `SAMLRequest` parameter of the HTTP-Redirect binding, percent-decoded.
pub fn read_redirect(saml_request: &str) -> Result<AuthnRequest, RequestFault> {
    read(&decode::redirect(saml_request)?)
}

/// Reads the `SAMLRequest` field of the HTTP-POST binding.
pub fn read_post(saml_request: &str) -> Result<AuthnRequest, RequestFault> {
    read(&decode::post(saml_request)?)
}

/// Reads a request already taken off the wire by [`decode`].
pub fn read(xml: &str) -> Result<AuthnRequest, RequestFault> {
    let root = precheck::check(xml, &SHAPE)?;
    let raw = |name: &str| root.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
    // Before reading: samael wants every attribute in its form, these faults have better names.
    if raw("Version") != Some("2.0") {
        return Err(RequestFault::Version);
    }
    if !raw("ID").is_some_and(|id| id.len() <= MAX_ID && precheck::is_ncname(id)) {
        return Err(RequestFault::Unreadable("its ID is missing or malformed"));
    }
    if !raw("IssueInstant").is_some_and(is_utc) {
        return Err(RequestFault::Unreadable("its IssueInstant is not a time in UTC"));
    }
    for flag in ["ForceAuthn", "IsPassive"] {
        if raw(flag).is_some_and(|value| !["true", "false", "1", "0"].contains(&value)) {
            return Err(RequestFault::Unreadable("ForceAuthn or IsPassive is neither true nor false"));
        }
    }
    let read: samael::schema::AuthnRequest =
        xml.parse().map_err(|_| RequestFault::Unreadable("it is not an AuthnRequest"))?;
    // The pre-check and samael run different versions of one parser: they must have seen the same.
    let same = [
        ("ID", Some(&read.id)),
        ("Destination", read.destination.as_ref()),
        ("AssertionConsumerServiceURL", read.assertion_consumer_service_url.as_ref()),
        ("ProtocolBinding", read.protocol_binding.as_ref()),
    ];
    if same.iter().any(|(name, value)| raw(name) != value.map(String::as_str)) {
        return Err(RequestFault::Unreadable("its attributes can be read in two ways"));
    }
    bounded(read)
}

/// Takes over what samael read, within our bounds.
fn bounded(read: samael::schema::AuthnRequest) -> Result<AuthnRequest, RequestFault> {
    let issuer = read.issuer.and_then(|issuer| issuer.value).unwrap_or_default();
    let issuer = issuer.trim();
    if issuer.is_empty() {
        return Err(RequestFault::Unreadable("it names no issuer"));
    }
    let name_id_format = read.name_id_policy.and_then(|policy| policy.format);
    let uris = [
        Some(issuer),
        read.destination.as_deref(),
        read.assertion_consumer_service_url.as_deref(),
        read.protocol_binding.as_deref(),
        name_id_format.as_deref(),
    ];
    if uris.into_iter().flatten().any(|uri| uri.len() > MAX_URI) {
        return Err(RequestFault::Unreadable("a value in it is too long"));
    }
    if read.assertion_consumer_service_index.is_some() && read.assertion_consumer_service_url.is_some() {
        return Err(RequestFault::Unreadable("it names its ACS twice, by index and by URL"));
    }
    let nanoseconds = read.issue_instant.timestamp_nanos_opt().map(i128::from);
    let issue_instant = nanoseconds
        .and_then(|nanoseconds| OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok())
        .ok_or(RequestFault::Unreadable("its IssueInstant is out of range"))?;
    Ok(AuthnRequest {
        id: read.id,
        issue_instant,
        issuer: issuer.to_owned(),
        destination: read.destination,
        acs_url: read.assertion_consumer_service_url,
        acs_index: read.assertion_consumer_service_index,
        protocol_binding: read.protocol_binding,
        force_authn: read.force_authn.unwrap_or(false),
        is_passive: read.is_passive.unwrap_or(false),
        name_id_format,
        requested_contexts: read.requested_authn_context.map(contexts).transpose()?,
        signed: read.signature.is_some(),
    })
}

fn contexts(read: samael::schema::RequestedAuthnContext) -> Result<RequestedContexts, RequestFault> {
    use samael::schema::AuthnContextComparison as Read;
    let comparison = match read.comparison {
        None | Some(Read::Exact) => Comparison::Exact,
        Some(Read::Minimum) => Comparison::Minimum,
        Some(Read::Maximum) => Comparison::Maximum,
        Some(Read::Better) => Comparison::Better,
    };
    let references = read.authn_context_class_refs.unwrap_or_default();
    let classes: Vec<String> =
        references.into_iter().filter_map(|class| class.value).map(|class| class.trim().to_owned()).collect();
    if classes.len() > MAX_CLASSES || classes.iter().any(|class| class.len() > MAX_ID) {
        return Err(RequestFault::Unreadable("it asks for too many authentication contexts"));
    }
    Ok(RequestedContexts { comparison, classes })
}

/// Whether `text` is an `xs:dateTime` in UTC, as SAML core 1.3.3 demands: `2026-11-23T10:00:00Z`, with
/// up to nine digits of fraction.
fn is_utc(text: &str) -> bool {
    let form = b"dddd-dd-ddTdd:dd:dd";
    let (head, tail) = text.as_bytes().split_at(text.len().min(form.len()));
    let dated = head.len() == form.len()
        && head.iter().zip(form).all(|(b, f)| if *f == b'd' { b.is_ascii_digit() } else { b == f });
    dated
        && match tail {
            b"Z" => true,
            [b'.', digits @ .., b'Z'] => {
                (1..=9).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)
            }
            _ => false,
        }
}

/// Holds `request` against what the site trusts. What ties it to the site's SP and to this moment comes
/// first, so that a fault with an [`answer`](RequestFault::answer) belongs to a request that may get one.
pub fn check(
    request: &AuthnRequest,
    expected: &Expected<'_>,
    now: OffsetDateTime,
) -> Result<(), RequestFault> {
    if request.issuer != expected.entity_id {
        return Err(RequestFault::Issuer(request.issuer.clone()));
    }
    if let Some(acs) = request.acs_url.as_ref().filter(|acs| *acs != expected.acs_url) {
        return Err(RequestFault::Acs(acs.clone()));
    }
    if let Some(destination) = request.destination.as_ref().filter(|d| *d != expected.destination) {
        return Err(RequestFault::Destination(destination.clone()));
    }
    let age = now - request.issue_instant;
    if age > WINDOW {
        return Err(RequestFault::TooOld);
    }
    if age < -WINDOW {
        return Err(RequestFault::FromFuture);
    }
    let formats = [EMAIL_FORMAT, UNSPECIFIED_FORMAT];
    if let Some(format) = request.name_id_format.as_ref().filter(|f| !formats.contains(&f.as_str())) {
        return Err(RequestFault::NameIdPolicy(format.clone()));
    }
    if let Some(binding) = request.protocol_binding.as_ref().filter(|b| *b != HTTP_POST) {
        return Err(RequestFault::ProtocolBinding(binding.clone()));
    }
    if request.is_passive && request.force_authn {
        return Err(RequestFault::PassiveAndForced);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
