//! What goes back to the SP: a signed response with an assertion, or a signed refusal.
//!
//! Pure: ids and times come in. Built for the strictest SPs of saml.md: assertion and response both
//! signed, every time bound stated, Destination, Recipient, Audience and InResponseTo exact.

use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Duration, OffsetDateTime};

use super::keys::SigningKey;
use super::trace;
use super::xml::{Canonical, SAML, SAMLP, WriteFault, Writer};
use crate::random::Random;

/// NameID and NameIDPolicy format of a mail address.
pub const EMAIL_FORMAT: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
/// "Whatever you use."
pub const UNSPECIFIED_FORMAT: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

/// Where Guard looks for names (atlassian.md).
const CLAIMS: [&str; 4] = [
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
];
/// What every status code begins with (SAML core 3.2.2.2).
const STATUS: &str = "urn:oasis:names:tc:SAML:2.0:status:";
const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
const URI_NAME_FORMAT: &str = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri";
const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
/// The assertion is valid from this long before it is made, for SPs whose clock runs behind,
const VALID_BEFORE: Duration = Duration::minutes(3);
/// until this long after.
const VALID_AFTER: Duration = Duration::minutes(5);

/// The customer an assertion is about.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The NameID: what was typed at the portal must equal it.
    pub email: &'a str,
    pub given_name: &'a str,
    pub family_name: &'a str,
    /// Goes out as the `name` claim: stays when the mail address changes.
    pub stable_id: &'a str,
}

impl<'a> Subject<'a> {
    /// The attributes: names and values.
    fn claims(&self) -> [(&'static str, &'a str); 4] {
        let [given_name, family_name, stable_id, email] = CLAIMS;
        [
            (given_name, self.given_name),
            (family_name, self.family_name),
            (stable_id, self.stable_id),
            (email, self.email),
        ]
    }
}

/// A response that signs a customer in.
#[derive(Clone, Copy, Debug)]
pub struct Success<'a> {
    /// Our entity ID.
    pub issuer: &'a str,
    /// The stored ACS: Destination and Recipient.
    pub acs_url: &'a str,
    /// The SP's entity ID.
    pub audience: &'a str,
    /// The AuthnRequest's ID.
    pub in_response_to: &'a str,
    /// Fresh, from [`new_id`].
    pub response_id: &'a str,
    /// Fresh, from [`new_id`].
    pub assertion_id: &'a str,
    pub subject: Subject<'a>,
    /// Names the IdP session to the SP; not the session's secret.
    pub session_index: &'a str,
    /// When the customer proved who they are, which may be long before `now`.
    pub authn_instant: OffsetDateTime,
    /// From [`authn_context::statement`](super::authn_context::statement).
    pub authn_context: &'a str,
    pub now: OffsetDateTime,
}

impl Success<'_> {
    fn not_before(&self) -> OffsetDateTime {
        self.now - VALID_BEFORE
    }

    fn not_on_or_after(&self) -> OffsetDateTime {
        self.now + VALID_AFTER
    }
}

/// A refusal the SP is told of, at its stored ACS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// IsPassive, and the customer would have to be asked something.
    NoPassive,
    /// The customer cancelled, or may not sign in.
    RequestDenied,
    /// Nothing that can be truthfully said meets the RequestedAuthnContext.
    NoAuthnContext,
    /// A NameID format other than a mail address was asked for.
    InvalidNameIdPolicy,
    /// The response was asked for over a binding other than HTTP-POST.
    UnsupportedBinding,
}

impl Refusal {
    /// The top-level status code, which says whose doing it is, and the second-level one
    /// (SAML core 3.2.2.2).
    fn codes(self) -> (&'static str, &'static str) {
        const REQUESTER: &str = "urn:oasis:names:tc:SAML:2.0:status:Requester";
        const RESPONDER: &str = "urn:oasis:names:tc:SAML:2.0:status:Responder";
        match self {
            Self::NoPassive => (RESPONDER, "urn:oasis:names:tc:SAML:2.0:status:NoPassive"),
            Self::RequestDenied => (REQUESTER, "urn:oasis:names:tc:SAML:2.0:status:RequestDenied"),
            Self::NoAuthnContext => (RESPONDER, "urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext"),
            Self::InvalidNameIdPolicy => {
                (REQUESTER, "urn:oasis:names:tc:SAML:2.0:status:InvalidNameIDPolicy")
            }
            Self::UnsupportedBinding => (RESPONDER, "urn:oasis:names:tc:SAML:2.0:status:UnsupportedBinding"),
        }
    }
}

/// A response that says no.
#[derive(Clone, Copy, Debug)]
pub struct Status<'a> {
    /// Our entity ID.
    pub issuer: &'a str,
    /// The stored ACS.
    pub acs_url: &'a str,
    /// The AuthnRequest's ID.
    pub in_response_to: &'a str,
    /// Fresh, from [`new_id`].
    pub response_id: &'a str,
    pub refusal: Refusal,
    pub now: OffsetDateTime,
}

/// A response of either kind.
#[derive(Clone, Copy, Debug)]
pub enum Message<'a> {
    Success(Success<'a>),
    Status(Status<'a>),
}

impl Message<'_> {
    /// Writes and signs it, as [`success`] and [`status`] do.
    pub fn sign(&self, key: &SigningKey) -> Result<String, WriteFault> {
        match self {
            Self::Success(message) => success(key, message),
            Self::Status(message) => status(key, message),
        }
    }

    /// What the trace keeps of it when `key` signs.
    pub fn told(&self, key: &SigningKey) -> trace::Answer {
        let certificate_sha256 = key.fingerprint().to_owned();
        match self {
            Self::Success(success) => trace::Answer {
                status: vec![short(SUCCESS)],
                recipient: success.acs_url.to_owned(),
                in_response_to: success.in_response_to.to_owned(),
                audience: Some(success.audience.to_owned()),
                name_id: Some(success.subject.email.to_owned()),
                attributes: success
                    .subject
                    .claims()
                    .map(|(name, value)| trace::Attribute { name: name.to_owned(), value: value.to_owned() })
                    .into(),
                authn_context: Some(success.authn_context.to_owned()),
                authn_instant: Some(whole(success.authn_instant)),
                not_before: Some(whole(success.not_before())),
                not_on_or_after: Some(whole(success.not_on_or_after())),
                certificate_sha256,
                signed: vec!["assertion".into(), "response".into()],
            },
            Self::Status(status) => {
                let (top, second) = status.refusal.codes();
                trace::Answer {
                    status: vec![short(top), short(second)],
                    recipient: status.acs_url.to_owned(),
                    in_response_to: status.in_response_to.to_owned(),
                    certificate_sha256,
                    signed: vec!["response".into()],
                    ..trace::Answer::default()
                }
            }
        }
    }
}

/// A status code without the prefix all of them have.
fn short(code: &str) -> String {
    code.strip_prefix(STATUS).unwrap_or(code).to_owned()
}

/// As [`instant`] writes it.
fn whole(at: OffsetDateTime) -> OffsetDateTime {
    at.to_offset(time::UtcOffset::UTC).truncate_to_second()
}

/// A fresh message or assertion ID: 160 random bits, as SAML core 1.3.4 recommends, and an NCName.
pub fn new_id(random: &Random) -> String {
    format!("_{}", data_encoding::HEXLOWER.encode(&random.bytes::<20>()))
}

/// The signed response (XML, not yet base64) that signs the customer in. Costs two RSA signatures.
/// Fails when a value holds a character that XML cannot carry, or the key cannot sign.
pub fn success(key: &SigningKey, success: &Success<'_>) -> Result<String, WriteFault> {
    let assertion = assertion(key, success)?;
    let mut writer = Writer::new(16 * 1024);
    start(
        &mut writer,
        success.issuer,
        success.acs_url,
        success.in_response_to,
        success.response_id,
        success.now,
    );
    writer
        .open("samlp:Status", &[])
        .leaf("samlp:StatusCode", &[("Value", SUCCESS)], "")
        .close()
        .nest(&assertion);
    Ok(writer.sign(success.response_id, key)?.into_string())
}

/// The signed response (XML, not yet base64) that refuses. Costs one RSA signature.
pub fn status(key: &SigningKey, status: &Status<'_>) -> Result<String, WriteFault> {
    let (top, second) = status.refusal.codes();
    let mut writer = Writer::new(4 * 1024);
    start(&mut writer, status.issuer, status.acs_url, status.in_response_to, status.response_id, status.now);
    writer.open("samlp:Status", &[]).open("samlp:StatusCode", &[("Value", top)]).leaf(
        "samlp:StatusCode",
        &[("Value", second)],
        "",
    );
    Ok(writer.sign(status.response_id, key)?.into_string())
}

/// `samlp:Response` down to the place of its signature.
fn start(
    writer: &mut Writer,
    issuer: &str,
    acs_url: &str,
    in_response_to: &str,
    id: &str,
    now: OffsetDateTime,
) {
    let attributes = [
        ("Destination", acs_url),
        ("ID", id),
        ("InResponseTo", in_response_to),
        ("IssueInstant", &instant(now)),
        ("Version", "2.0"),
    ];
    writer
        .open_in(SAMLP, "samlp:Response", &attributes)
        .open_in(SAML, "saml:Issuer", &[])
        .text(issuer)
        .close()
        .signature_here();
}

fn assertion(key: &SigningKey, success: &Success<'_>) -> Result<Canonical, WriteFault> {
    let not_before = instant(success.not_before());
    let not_on_or_after = instant(success.not_on_or_after());
    let mut writer = Writer::new(8 * 1024);
    let attributes =
        [("ID", success.assertion_id), ("IssueInstant", &instant(success.now)), ("Version", "2.0")];
    writer
        .open_in(SAML, "saml:Assertion", &attributes)
        .leaf("saml:Issuer", &[], success.issuer)
        .signature_here();

    let confirmation = [
        ("InResponseTo", success.in_response_to),
        ("NotOnOrAfter", &not_on_or_after),
        ("Recipient", success.acs_url),
    ];
    writer
        .open("saml:Subject", &[])
        .leaf("saml:NameID", &[("Format", EMAIL_FORMAT)], success.subject.email)
        .open("saml:SubjectConfirmation", &[("Method", BEARER)])
        .leaf("saml:SubjectConfirmationData", &confirmation, "")
        .close()
        .close();

    writer
        .open("saml:Conditions", &[("NotBefore", &not_before), ("NotOnOrAfter", &not_on_or_after)])
        .open("saml:AudienceRestriction", &[])
        .leaf("saml:Audience", &[], success.audience)
        .close()
        .close();

    let session =
        [("AuthnInstant", &*instant(success.authn_instant)), ("SessionIndex", success.session_index)];
    writer
        .open("saml:AuthnStatement", &session)
        .open("saml:AuthnContext", &[])
        .leaf("saml:AuthnContextClassRef", &[], success.authn_context)
        .close()
        .close();

    writer.open("saml:AttributeStatement", &[]);
    for (name, value) in success.subject.claims() {
        writer
            .open("saml:Attribute", &[("Name", name), ("NameFormat", URI_NAME_FORMAT)])
            .leaf("saml:AttributeValue", &[], value)
            .close();
    }
    writer.sign(success.assertion_id, key)
}

/// `xs:dateTime` in UTC, whole seconds: the form every SP reads.
fn instant(at: OffsetDateTime) -> String {
    const FORMAT: &[BorrowedFormatItem<'_>] =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
    at.to_offset(time::UtcOffset::UTC).format(FORMAT).expect("every component is a date's or a time's own")
}

#[cfg(test)]
mod tests;
