//! What a site's SP sent and what it got: the live trace an admin reads while setting up (B3).
//!
//! Decoded values only: never a message as it travelled, a signature, a SessionIndex or a RelayState,
//! since a response is as good as a password to the SP it is for (security.md A2).

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use super::authn_context::RequestedContexts;
use crate::customers::CustomerId;

/// Longest excerpt of a refused request, in bytes.
pub const LONGEST_EXCERPT: usize = 2 * 1024;

/// How an AuthnRequest came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    Redirect,
    Post,
    /// Not at all: an administrator asked for a test sign-in.
    Test,
    /// Not at all: the customer's own pages want to know who it is. It leaves no trace.
    Account,
}

impl Binding {
    /// As the table keeps it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Redirect => "redirect",
            Self::Post => "post",
            Self::Test => "test",
            Self::Account => "account",
        }
    }

    /// The binding the table keeps under that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Redirect, Self::Post, Self::Test, Self::Account]
            .into_iter()
            .find(|binding| binding.as_str() == name)
    }
}

/// One row to write.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The reference shown on the page the person saw.
    pub reference: &'a str,
    /// In short: `accepted`, `answered`, `refused`, `tested`, `no_passive`, or a refusal's status.
    pub verdict: &'a str,
    /// In plain words, for the admin.
    pub reason: &'a str,
    pub binding: Binding,
    /// What the request said of itself, as far as it could be read. Foreign text: escape when shown.
    pub request_id: Option<&'a str>,
    pub issuer: Option<&'a str>,
    pub acs_url: Option<&'a str>,
    pub customer: Option<CustomerId>,
    pub detail: &'a Detail,
}

/// One row as read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: i64,
    pub at: OffsetDateTime,
    pub reference: String,
    pub verdict: String,
    pub reason: String,
    /// `redirect`, `post` or `test`.
    pub binding: String,
    pub request_id: Option<String>,
    pub issuer: Option<String>,
    pub acs_url: Option<String>,
    pub customer_id: Option<Uuid>,
    /// The customer's address now, which may not be the NameID of then.
    pub customer_email: Option<String>,
    pub detail: Detail,
}

/// Both messages decoded. All of it may be foreign text: escape when shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// Why it was refused, in short: what [`advice`](super::advice::advice) knows more about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<Request>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// Of a refused request: how its XML begins, see [`excerpt`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
}

/// What an AuthnRequest said. In the row of an answer that came after some pages, only what was kept
/// until then: the row of the same ID with the verdict `accepted` has it all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Request {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acs_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acs_index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination: Option<String>,
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub issue_instant: Option<OffsetDateTime>,
    pub force_authn: bool,
    pub is_passive: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_id_format: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol_binding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_contexts: Option<RequestedContexts>,
    /// The RelayState's length in bytes, if there was one; never the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relay_state_bytes: Option<usize>,
    /// Whether it came with a signature, which nobody looked at. Unknown in the row of a late answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<bool>,
}

/// What the SP was told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// Status codes from the outside in, without their common prefix: `["Success"]`,
    /// `["Responder", "NoPassive"]`.
    pub status: Vec<String>,
    /// Where it went: Destination, and Recipient where somebody signed in.
    pub recipient: String,
    pub in_response_to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authn_context: Option<String>,
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub authn_instant: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub not_before: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub not_on_or_after: Option<OffsetDateTime>,
    /// SHA-256 of the signing certificate, as `AA:BB:...`.
    pub certificate_sha256: String,
    /// Which levels carry a signature: `assertion`, `response`.
    pub signed: Vec<String>,
}

/// An attribute of the assertion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attribute {
    pub name: String,
    pub value: String,
}

/// How a refused request begins, for a person to look at: at most [`LONGEST_EXCERPT`] bytes, white
/// space made plain, what does not print escaped, and whatever may be a signature or a certificate
/// left out.
pub fn excerpt(xml: &str) -> String {
    const END: &str = "…";
    let mut out = String::new();
    for (at, piece) in xml.split('<').enumerate() {
        if at > 0 {
            out.push('<');
        }
        match piece.split_once('>') {
            Some((tag, text)) => {
                without_encoded(tag, &mut out);
                out.push('>');
                if is_encoded(text, 40) { out.push_str(LEFT_OUT) } else { without_encoded(text, &mut out) }
            }
            None if is_encoded(piece, 40) => out.push_str(LEFT_OUT),
            None => without_encoded(piece, &mut out),
        }
        if out.len() > LONGEST_EXCERPT {
            out.truncate(out.floor_char_boundary(LONGEST_EXCERPT - END.len()));
            out.push_str(END);
            break;
        }
    }
    out
}

const LEFT_OUT: &str = "[left out]";

/// Whether `text` may be base64 of `least` characters or more, perhaps in lines, which are longer than
/// words.
fn is_encoded(text: &str, least: usize) -> bool {
    let (lines, length) =
        text.split_ascii_whitespace().fold((0, 0), |(lines, length), line| (lines + 1, length + line.len()));
    let plain = || text.bytes().filter(|b| !b.is_ascii_whitespace());
    length >= least && length >= 16 * lines && plain().all(is_base64)
}

fn is_base64(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"+/=".contains(&b)
}

/// Writes `text` without its long runs of base64, printable.
fn without_encoded(text: &str, out: &mut String) {
    let mut rest = text;
    while !rest.is_empty() {
        let run = rest.bytes().position(|b| !is_base64(b)).unwrap_or(rest.len());
        if run >= 80 {
            out.push_str(LEFT_OUT);
        } else {
            out.push_str(&rest[..run]);
        }
        rest = &rest[run..];
        let Some(c) = rest.chars().next() else { return };
        match c {
            '\t' | '\n' | '\r' => out.push(' '),
            c if c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric() => out.push(c),
            c => out.extend(c.escape_unicode()),
        }
        rest = &rest[c.len_utf8()..];
        if out.len() > LONGEST_EXCERPT {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_short_printable_and_without_signatures() {
        for (xml, expected) in [
            ("", ""),
            ("not XML at all", "not XML at all"),
            ("<a b='1'>\r\n\t<c/></a>", "<a b='1'>   <c/></a>"),
            ("<a>é\u{202E}\u{0}\u{1F512}</a>", "<a>é\\u{202e}\\u{0}\\u{1f512}</a>"),
            (
                "<Issuer>https://auth.atlassian.com/saml/0b0f8e4a</Issuer>",
                "<Issuer>https://auth.atlassian.com/saml/0b0f8e4a</Issuer>",
            ),
            (
                "<x ID=\"_0123456789abcdef0123456789abcdef01234567\"/>",
                "<x ID=\"_0123456789abcdef0123456789abcdef01234567\"/>",
            ),
        ] {
            assert_eq!(excerpt(xml), expected, "{xml}");
        }
        let signature = "MIIC+zCCAeOg/AwIBAgIJ".repeat(17);
        let wrapped: String = signature
            .as_bytes()
            .chunks(30)
            .flat_map(|line| [line, b"\r\n"].concat())
            .map(char::from)
            .collect();
        for xml in [
            format!("<a><ds:SignatureValue>{signature}</ds:SignatureValue></a>"),
            format!("<a><ds:SignatureValue>\n{wrapped}</ds:SignatureValue></a>"),
            format!("<a s='{signature}'/>"),
            signature.clone(),
            format!("<a>{signature}"),
            format!("<a>text, then {signature}</a>"),
        ] {
            let shown = excerpt(&xml);
            assert!(shown.contains(LEFT_OUT) && !shown.contains("MIIC"), "{shown}");
        }
        for c in ["x ", "é ", "\u{202E}", "<a/>", "<é>"] {
            let long = excerpt(&c.repeat(30_000));
            assert!(
                long.len() <= LONGEST_EXCERPT && long.len() > LONGEST_EXCERPT - 20,
                "{c}: {}",
                long.len()
            );
            assert!(long.ends_with('…'), "{c}");
        }
    }

    #[test]
    fn old_rows_and_those_of_a_later_release_can_be_read() {
        let read = |json: &str| serde_json::from_str::<Detail>(json).unwrap();
        assert_eq!(read("{}"), Detail::default());
        let partly =
            read(r#"{"code":"x","later":1,"request":{"id":"_a","more":[]},"answer":{"name_id":"n"}}"#);
        assert_eq!(partly.request.unwrap().id.as_deref(), Some("_a"));
        assert_eq!(partly.answer.unwrap().name_id.as_deref(), Some("n"));
        let full = Detail {
            request: Some(Request {
                issue_instant: Some(time::macros::datetime!(2026-11-23 10:00:00.123 UTC)),
                signed: Some(true),
                ..Request::default()
            }),
            answer: Some(Answer { attributes: vec![Attribute::default()], ..Answer::default() }),
            ..Detail::default()
        };
        assert_eq!(read(&serde_json::to_string(&full).unwrap()), full);
        assert_eq!(serde_json::to_string(&Detail::default()).unwrap(), "{}");
    }
}
