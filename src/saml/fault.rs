//! Why an AuthnRequest is not followed, in words and codes, and whether the SP hears of it.

use super::decode::WireFault;
use super::precheck::XmlFault;
use super::response::Refusal;

/// Why a request is not followed. [`answer`](Self::answer) tells which faults the SP hears of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestFault {
    /// Could not be taken off the wire.
    Wire(WireFault),
    /// XML we do not let through.
    Xml(XmlFault),
    /// Let through, but not readable as an AuthnRequest: what is wrong.
    Unreadable(&'static str),
    /// `Version` is not 2.0.
    Version,
    /// Issued by another SP than the one the site trusts.
    Issuer(String),
    /// Wants the answer at another address than the stored one.
    Acs(String),
    /// Meant for another IdP, or another site.
    Destination(String),
    /// IssueInstant more than five minutes ago.
    TooOld,
    /// IssueInstant more than five minutes ahead.
    FromFuture,
    /// Wants another kind of NameID than a mail address.
    NameIdPolicy(String),
    /// Wants the response over another binding than HTTP-POST.
    ProtocolBinding(String),
    /// Wants a fresh sign-in and no question asked.
    PassiveAndForced,
}

impl RequestFault {
    /// The refusal to send to the stored ACS. `None`: the request cannot be tied to the site's SP, so
    /// the visitor gets a page and the SP hears nothing.
    pub fn answer(&self) -> Option<Refusal> {
        match self {
            Self::NameIdPolicy(_) => Some(Refusal::InvalidNameIdPolicy),
            Self::ProtocolBinding(_) => Some(Refusal::UnsupportedBinding),
            Self::PassiveAndForced => Some(Refusal::NoPassive),
            _ => None,
        }
    }

    /// A short name for logs and metrics.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Wire(WireFault::Empty) => "empty",
            Self::Wire(WireFault::TooLarge) => "too_large",
            Self::Wire(WireFault::Base64) => "not_base64",
            Self::Wire(WireFault::Deflate) => "not_deflate",
            Self::Wire(WireFault::Utf8) => "not_utf8",
            Self::Xml(_) => "xml_refused",
            Self::Unreadable(_) => "unreadable",
            Self::Version => "wrong_version",
            Self::Issuer(_) => "wrong_issuer",
            Self::Acs(_) => "wrong_acs",
            Self::Destination(_) => "wrong_destination",
            Self::TooOld => "too_old",
            Self::FromFuture => "from_future",
            Self::NameIdPolicy(_) => "name_id_policy",
            Self::ProtocolBinding(_) => "protocol_binding",
            Self::PassiveAndForced => "passive_and_forced",
        }
    }

    /// Plain words for an admin: at most 200 characters, foreign text cut short and made harmless.
    pub fn reason(&self) -> String {
        match self {
            Self::Wire(WireFault::Empty) => "There is no SAML request in the message.".into(),
            Self::Wire(WireFault::TooLarge) => "The request is too large.".into(),
            Self::Wire(WireFault::Base64) => "The request is not base64, or incomplete.".into(),
            Self::Wire(WireFault::Deflate) => {
                "The request is not compressed as the redirect binding asks (DEFLATE), or incomplete.".into()
            }
            Self::Wire(WireFault::Utf8) => "The request is not UTF-8.".into(),
            Self::Xml(fault) => format!("The request is refused: {}.", fault.reason()),
            Self::Unreadable(what) => format!("The request cannot be read: {what}."),
            Self::Version => "The request is not SAML 2.0.".into(),
            Self::Issuer(found) => {
                format!(
                    "The request was issued by {}, not by the service provider set up here.",
                    shown(found)
                )
            }
            Self::Acs(found) => {
                format!("The request wants its answer at {}, not at the ACS URL set up here.", shown(found))
            }
            Self::Destination(found) => {
                format!("The request is meant for {}, not for this site's SSO URL.", shown(found))
            }
            Self::TooOld => "The request is more than 5 minutes old, or a clock is wrong.".into(),
            Self::FromFuture => "The request comes from more than 5 minutes ahead: a clock is wrong.".into(),
            Self::NameIdPolicy(found) => {
                format!(
                    "The request wants a NameID of format {}; only mail addresses are given.",
                    shown(found)
                )
            }
            Self::ProtocolBinding(found) => {
                format!("The request wants its answer over {}; only HTTP-POST is spoken.", shown(found))
            }
            Self::PassiveAndForced => {
                "The request wants a fresh sign-in (ForceAuthn) without asking the customer (IsPassive)."
                    .into()
            }
        }
    }
}

/// Foreign text for a sentence: at most 80 characters, those that could mislead or mark up escaped.
fn shown(text: &str) -> String {
    let mut out = String::from("“");
    let mut length = 0;
    for c in text.chars() {
        let plain = c.is_ascii_graphic() && !"<>&\"'`\\".contains(c);
        let piece = if plain { c.to_string() } else { c.escape_unicode().collect() };
        length += piece.len();
        if length > 80 {
            out.push('…');
            break;
        }
        out.push_str(&piece);
    }
    out.push('”');
    out
}

impl From<WireFault> for RequestFault {
    fn from(fault: WireFault) -> Self {
        Self::Wire(fault)
    }
}

impl From<XmlFault> for RequestFault {
    fn from(fault: XmlFault) -> Self {
        Self::Xml(fault)
    }
}
