//! The judgement: every rule a response must keep (SAML profiles 4.1.4.2 and 4.1.4.3), each noted,
//! so that a page can show them all.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use time::{Duration, OffsetDateTime};

use super::checks::{Check, Checks, Problems};
use super::decoded::{self, Assertion, Decoded, Status, attributes, moment, plain};
use super::request::{Outstanding, instant};
use super::{EMAIL, SAML, SKEW, ServiceProvider, signature};
use crate::practice::tree::{Element, MAX_DOCUMENT};

/// How old a response may be, apart from the skew: it comes straight from the IdP.
const MAX_AGE: Duration = Duration::minutes(5);
const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const CLAIMS: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
/// The attributes Guard wants, under [`CLAIMS`] (atlassian.md).
const WANTED: [&str; 4] = ["givenname", "surname", "name", "emailaddress"];

/// A response taken apart.
#[derive(Clone, Debug)]
pub struct Examination {
    /// The message as received, when it was text at all.
    pub xml: Option<String>,
    pub checks: Vec<Check>,
    /// Only when the signatures verify and every value could be read; see [`Self::passed`] too.
    pub decoded: Option<Decoded>,
}

impl Examination {
    /// Whether every rule is kept. The status may still say that nobody signed in.
    pub fn passed(&self) -> bool {
        self.decoded.is_some() && self.checks.iter().all(Check::passed)
    }
}

impl ServiceProvider {
    /// Judges a posted response to the request `expected`. Whoever calls takes that request off
    /// its list first, so that it is answered once.
    ///
    /// # Errors
    /// All rules that are broken.
    pub fn verify(
        &self,
        response_b64: &str,
        relay_state: Option<&str>,
        expected: &Outstanding,
        now: OffsetDateTime,
    ) -> Result<Decoded, Problems> {
        let examination = self.examine(response_b64, relay_state, Some(expected), now);
        let passed = examination.passed();
        match examination.decoded {
            Some(decoded) if passed => Ok(decoded),
            _ => {
                let broken = examination.checks.iter().filter(|check| !check.passed());
                Err(Problems(broken.map(|check| format!("{}: {}", check.rule, check.detail())).collect()))
            }
        }
    }

    /// As [`Self::verify`], telling every rule. `expected` is `None` when no request waits for
    /// this answer, which is a broken rule too.
    pub fn examine(
        &self,
        response_b64: &str,
        relay_state: Option<&str>,
        expected: Option<&Outstanding>,
        now: OffsetDateTime,
    ) -> Examination {
        let mut checks = Checks::default();
        let xml = match text(response_b64) {
            Ok(xml) => xml,
            Err(problem) => {
                checks.note("Message", Err::<&str, _>(problem));
                return Examination { xml: None, checks: checks.0, decoded: None };
            }
        };
        let decoded = self.read_signed(&xml, &mut checks).and_then(|response| {
            self.check_response(&response, expected, now, &mut checks);
            let sent = expected.and_then(|request| request.relay_state.as_deref());
            checks.note("RelayState", relay_state_matches(sent, relay_state));
            self.decode(&response, expected, now, &mut checks)
        });
        Examination { xml: Some(xml), checks: checks.0, decoded }
    }

    /// The ID of the request that a posted response claims to answer, unverified: to find what
    /// [`Self::examine`] must be told to expect.
    pub fn answered_request(response_b64: &str) -> Option<String> {
        let root = Element::parse(&text(response_b64).ok()?).ok()?;
        root.attribute("InResponseTo").map(str::to_owned)
    }

    /// Parses, verifies, and keeps only what was signed.
    fn read_signed(&self, xml: &str, checks: &mut Checks) -> Option<Element> {
        let root = match Element::parse(xml) {
            Ok(root) => root,
            Err(problem) => {
                checks.note("Message", Err::<&str, _>(problem));
                return None;
            }
        };
        checks.note("Message", signature::shape(&root))?;
        checks.note("Signatures", signature::placement(&root))?;
        let signed = match signature::signed_part(xml, &self.idp.certificates_der) {
            Ok(signed) => signed,
            Err(problem) => {
                checks.note("Signing key", Err::<&str, _>(problem));
                return None;
            }
        };
        checks.note("Signing key", Ok("verifies with the configured certificate"));
        checks.note("Covered", signature::complete(&root, &signed))?;
        Some(signed)
    }

    /// The rules of the envelope.
    fn check_response(
        &self,
        response: &Element,
        expected: Option<&Outstanding>,
        now: OffsetDateTime,
        checks: &mut Checks,
    ) {
        checks.exactly("Version", response.attribute("Version"), "2.0");
        checks.note("Issued", issued(response, now));
        checks.exactly("Issuer", plain(response, SAML, "Issuer").ok(), &self.idp.entity_id);
        checks.exactly("Destination", response.attribute("Destination"), &self.acs_url);
        let found = response.attribute("InResponseTo");
        match expected {
            Some(request) => checks.exactly("InResponseTo", found, &request.id),
            None => {
                let problem = format!("{found:?} answers no request that waits (never sent, or answered)");
                checks.note("InResponseTo", Err::<&str, _>(problem));
            }
        }
    }

    /// The status and, on success, the assertion.
    fn decode(
        &self,
        response: &Element,
        expected: Option<&Outstanding>,
        now: OffsetDateTime,
        checks: &mut Checks,
    ) -> Option<Decoded> {
        let status = Status::read(response).ok_or_else(|| "no status".to_owned());
        let status = checks.note("Status", status)?;
        let element = response.child(SAML, "Assertion");
        let assertion = match (decoded::claims_success(response), element) {
            (true, Some(element)) => Some(self.check_assertion(element, expected, now, checks)?),
            (false, None) => None,
            (success, _) => {
                let problem = if success { "success without one" } else { "one without success" };
                checks.note("Assertion", Err::<&str, _>(problem.to_owned()));
                return None;
            }
        };
        Some(Decoded {
            response_id: response.attribute("ID").unwrap_or_default().into(),
            issuer: plain(response, SAML, "Issuer").unwrap_or_default().into(),
            in_response_to: response.attribute("InResponseTo").unwrap_or_default().into(),
            status,
            assertion,
        })
    }

    /// The rules of the assertion, and what it says when all of it can be read.
    fn check_assertion(
        &self,
        assertion: &Element,
        expected: Option<&Outstanding>,
        now: OffsetDateTime,
        checks: &mut Checks,
    ) -> Option<Assertion> {
        checks.exactly("Assertion version", assertion.attribute("Version"), "2.0");
        checks.note("Assertion issued", issued(assertion, now));
        checks.exactly("Assertion issuer", plain(assertion, SAML, "Issuer").ok(), &self.idp.entity_id);

        let subject = checks.note("Subject", only(assertion, "Subject").map(Shown))?.0;
        let name_id = checks.note("NameID", email_name_id(subject))?;
        checks.note("Subject confirmation", self.bearer(subject, expected, now));

        let conditions = checks.note("Conditions", only(assertion, "Conditions").map(Shown))?.0;
        let window = checks.note("Valid now", valid(conditions, now).map(Window))?;
        checks.note("Audience", self.audience(conditions));

        let statement = checks.note("AuthnStatement", only(assertion, "AuthnStatement").map(Shown))?.0;
        let session_index = statement.attribute("SessionIndex").filter(|index| !index.is_empty());
        let session_index = checks.note("SessionIndex", session_index.ok_or_else(|| "missing".to_owned()))?;
        let authn_instant = moment(statement, "AuthnInstant").and_then(|at| not_future(at, now));
        let authn_instant = checks.note("AuthnInstant", authn_instant.map(Moment))?.0;
        let context = only(statement, "AuthnContext")
            .and_then(|context| plain(context, SAML, "AuthnContextClassRef"))
            .and_then(|class| if class.is_empty() { Err("empty".into()) } else { Ok(class) });
        let authn_context = checks.note("AuthnContext", context)?;
        let attributes = checks.note("Attributes", attributes(assertion).and_then(wanted))?.0;

        Some(Assertion {
            id: assertion.attribute("ID").unwrap_or_default().into(),
            name_id: name_id.into(),
            name_id_format: EMAIL.into(),
            attributes,
            session_index: session_index.into(),
            authn_context: authn_context.into(),
            authn_instant,
            not_before: window.0.0,
            not_on_or_after: window.0.1,
        })
    }

    /// Profiles 4.1.4.2: a bearer confirmation for this ACS and this request, not yet over, and
    /// without NotBefore.
    fn bearer(
        &self,
        subject: &Element,
        expected: Option<&Outstanding>,
        now: OffsetDateTime,
    ) -> Result<String, String> {
        let confirmation = only(subject, "SubjectConfirmation")?;
        if confirmation.attribute("Method") != Some(BEARER) {
            return Err("the method is not bearer".into());
        }
        let data = only(confirmation, "SubjectConfirmationData")?;
        if data.attribute("Recipient") != Some(&self.acs_url) {
            return Err(format!("Recipient {:?} instead of {:?}", data.attribute("Recipient"), self.acs_url));
        }
        if data.attribute("InResponseTo") != expected.map(|request| request.id.as_str()) {
            return Err(format!("InResponseTo {:?} is another request", data.attribute("InResponseTo")));
        }
        if data.attribute("NotBefore").is_some() {
            return Err("NotBefore is not allowed here".into());
        }
        let end = moment(data, "NotOnOrAfter")?;
        if now >= end + SKEW {
            return Err(format!("over since {}", instant(end)));
        }
        Ok(format!("bearer, for {}, until {}", self.acs_url, instant(end)))
    }

    /// Core 2.5.1.4: exactly one restriction, to exactly this SP.
    fn audience(&self, conditions: &Element) -> Result<String, String> {
        let restriction = only(conditions, "AudienceRestriction")?;
        match plain(restriction, SAML, "Audience")? {
            audience if audience == self.entity_id => Ok(audience.into()),
            other => Err(format!("{other:?} instead of {:?}", self.entity_id)),
        }
    }
}

/// Base64 without line breaks, then UTF-8.
fn text(response_b64: &str) -> Result<String, String> {
    if response_b64.len() > MAX_DOCUMENT * 4 / 3 + 4 {
        return Err(format!("longer than {MAX_DOCUMENT} bytes"));
    }
    let bytes = STANDARD.decode(response_b64).map_err(|_| "not base64")?;
    String::from_utf8(bytes).map_err(|_| "not UTF-8".into())
}

fn relay_state_matches(sent: Option<&str>, returned: Option<&str>) -> Result<String, String> {
    match (sent, returned) {
        (None, None) => Ok("none sent, none returned".into()),
        // An empty form field and a missing one are the same to whoever reads the form.
        (Some(""), None) | (None, Some("")) => Ok("empty".into()),
        (Some(sent), Some(returned)) if sent == returned => Ok(returned.into()),
        (sent, returned) => Err(format!("{sent:?} was sent, {returned:?} came back")),
    }
}

fn issued(element: &Element, now: OffsetDateTime) -> Result<String, String> {
    let at = not_future(moment(element, "IssueInstant")?, now)?;
    if now > at + MAX_AGE + SKEW {
        return Err(format!("{} is too long ago", instant(at)));
    }
    Ok(instant(at))
}

fn not_future(at: OffsetDateTime, now: OffsetDateTime) -> Result<OffsetDateTime, String> {
    if at > now + SKEW { Err(format!("{} is in the future", instant(at))) } else { Ok(at) }
}

fn valid(conditions: &Element, now: OffsetDateTime) -> Result<(OffsetDateTime, OffsetDateTime), String> {
    let (from, end) = (moment(conditions, "NotBefore")?, moment(conditions, "NotOnOrAfter")?);
    if now < from - SKEW {
        return Err(format!("not before {}", instant(from)));
    }
    if now >= end + SKEW {
        return Err(format!("over since {}", instant(end)));
    }
    Ok((from, end))
}

fn email_name_id(subject: &Element) -> Result<&str, String> {
    let format = only(subject, "NameID")?.attribute("Format");
    if format != Some(EMAIL) {
        return Err(format!("the format is {format:?}"));
    }
    match plain(subject, SAML, "NameID")? {
        name if name.trim() == name && name.contains('@') => Ok(name),
        name => Err(format!("{name:?} is no mail address")),
    }
}

fn wanted(attributes: Vec<decoded::Attribute>) -> Result<Attributes, String> {
    for name in WANTED {
        let full = format!("{CLAIMS}{name}");
        match attributes.iter().find(|attribute| attribute.name == full).map(|a| a.values.len()) {
            Some(1) => {}
            Some(count) => return Err(format!("{full} has {count} values")),
            None => return Err(format!("{full} is missing")),
        }
    }
    Ok(Attributes(attributes))
}

fn only<'a>(parent: &'a Element, name: &str) -> Result<&'a Element, String> {
    let mut found = parent.children.iter().filter(|child| child.is(SAML, name));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(format!("no {name}")),
        _ => Err(format!("more than one {name}")),
    }
}

/// Values of the list of checks, each with the text that a page shows.
struct Shown<'a>(&'a Element);
struct Window((OffsetDateTime, OffsetDateTime));
struct Moment(OffsetDateTime);
struct Attributes(Vec<decoded::Attribute>);

impl std::fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("exactly one")
    }
}

impl std::fmt::Display for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "from {} to {}", instant(self.0.0), instant(self.0.1))
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&instant(self.0))
    }
}

impl std::fmt::Display for Attributes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, among them the {} that Guard wants", self.0.len(), WANTED.len())
    }
}
