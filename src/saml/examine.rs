//! Looks at a response of ours as a strict service provider would: for test sign-ins (B3), before
//! Guard is asked. The signatures are judged by xmlsec, which had no part in making them, and what
//! is read is xmlsec's own output: nothing that was not signed.
//!
//! samael leaks about 2.7 kB a call. Administrators' tests are few; no sign-in comes this way.

use samael::crypto::{AllowedSignatureAlgorithm, CertificateDer, Crypto, CryptoProvider, ReduceMode};
use samael::schema::{Assertion, Response};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::response::EMAIL_FORMAT;

/// How far clocks may differ, in seconds.
const SKEW: i64 = 60;

/// What the response must say.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// X.509 DER: the one certificate that counts.
    pub certificate: &'a [u8],
    pub issuer: &'a str,
    pub acs_url: &'a str,
    pub audience: &'a str,
    pub in_response_to: &'a str,
    pub now: OffsetDateTime,
}

/// One rule, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Check {
    pub what: String,
    pub passed: bool,
    pub found: String,
}

impl Check {
    fn equal(what: &str, found: Option<&str>, wanted: &str) -> Self {
        let found = found.unwrap_or("nothing");
        Self { what: what.into(), passed: found == wanted, found: found.into() }
    }

    fn failed(what: &str, found: impl Into<String>) -> Self {
        Self { what: what.into(), passed: false, found: found.into() }
    }
}

/// Every check of `xml`. When the signatures do not verify, that is the only one: nothing else in it
/// would mean anything.
pub fn examine(xml: &str, expected: &Expected<'_>) -> Vec<Check> {
    const SIGNED: &str = "Signatures verify with this certificate";
    let certificate = CertificateDer::from(expected.certificate.to_vec());
    let signed = Crypto::reduce_xml_to_signed_with_allowed_algorithms(
        xml,
        &[certificate],
        ReduceMode::PreDigest,
        Some(&[AllowedSignatureAlgorithm::RsaSha256]),
    );
    let signed = match signed {
        Ok(signed) => signed,
        Err(error) => {
            tracing::warn!(%error, "a response of ours does not verify");
            return vec![Check::failed(SIGNED, "they do not: whoever runs the server finds more in its log")];
        }
    };
    let Ok(response) = signed.parse::<Response>() else {
        return vec![Check::failed("What is signed can be read", "it is no SAML response")];
    };
    let mut checks = vec![Check { what: SIGNED.into(), passed: true, found: "RSA-SHA256, by xmlsec".into() }];
    let issuer = response.issuer.as_ref().and_then(|issuer| issuer.value.as_deref());
    checks.push(Check::equal("Issuer", issuer, expected.issuer));
    checks.push(Check::equal("Destination", response.destination.as_deref(), expected.acs_url));
    checks.push(Check::equal("InResponseTo", response.in_response_to.as_deref(), expected.in_response_to));
    let status = response.status.as_ref().and_then(|status| status.status_code.value.as_deref());
    checks.push(Check::equal("Status", status, "urn:oasis:names:tc:SAML:2.0:status:Success"));
    match &response.assertion {
        Some(assertion) => checks.extend(assertion_checks(assertion, expected)),
        None => checks.push(Check::failed("Assertion", "none")),
    }
    checks
}

fn assertion_checks(assertion: &Assertion, expected: &Expected<'_>) -> Vec<Check> {
    let mut checks = Vec::new();
    let name_id = assertion.subject.as_ref().and_then(|subject| subject.name_id.as_ref());
    checks.push(Check::equal("NameID format", name_id.and_then(|id| id.format.as_deref()), EMAIL_FORMAT));
    let address = name_id.map(|id| id.value.as_str()).unwrap_or_default();
    checks.push(Check {
        what: "NameID is an email address".into(),
        passed: address.contains('@'),
        found: address.into(),
    });
    let confirmation = assertion
        .subject
        .as_ref()
        .and_then(|subject| subject.subject_confirmations.as_ref())
        .and_then(|all| all.first())
        .and_then(|first| first.subject_confirmation_data.as_ref());
    checks.push(Check::equal(
        "Recipient",
        confirmation.and_then(|data| data.recipient.as_deref()),
        expected.acs_url,
    ));
    let conditions = assertion.conditions.as_ref();
    let audience = conditions
        .and_then(|conditions| conditions.audience_restrictions.as_ref())
        .and_then(|restrictions| restrictions.first())
        .and_then(|restriction| restriction.audience.first());
    checks.push(Check::equal("Audience", audience.map(String::as_str), expected.audience));
    let now = expected.now.unix_timestamp();
    let bound = |at: Option<i64>| at.ok_or("no limit");
    let from = bound(conditions.and_then(|c| c.not_before).map(|at| at.timestamp()));
    let until = bound(conditions.and_then(|c| c.not_on_or_after).map(|at| at.timestamp()));
    let (passed, found) = match (from, until) {
        (Ok(from), Ok(until)) => (
            from <= now + SKEW && now - SKEW < until,
            format!("from {} s before to {} s after now", now - from, until - now),
        ),
        (Err(problem), _) | (_, Err(problem)) => (false, problem.to_owned()),
    };
    checks.push(Check { what: "Valid now".into(), passed, found });
    checks
}

#[cfg(test)]
mod tests {
    use time::Duration;
    use time::macros::datetime;

    use super::*;
    use crate::saml::keys::tests::new_key;
    use crate::saml::{SigningKey, Subject, Success, response};

    const NOW: OffsetDateTime = datetime!(2026-11-23 10:00 UTC);
    const ACS: &str = "https://sp.example/acs?a=1&b=2";

    fn success<'a>() -> Success<'a> {
        Success {
            issuer: "https://idp.example",
            acs_url: ACS,
            audience: "https://sp.example",
            in_response_to: "_request",
            response_id: "_response",
            assertion_id: "_assertion",
            subject: Subject {
                email: "zoë&<>\"'@example.com",
                given_name: "Zoë",
                family_name: "</saml:AttributeValue>",
                stable_id: "1",
            },
            session_index: "_index",
            authn_instant: NOW,
            authn_context: "urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken",
            now: NOW,
        }
    }

    #[test]
    fn a_good_response_passes_and_each_fault_fails_its_own_check() {
        let (one, other) = (new_key(NOW), new_key(NOW));
        let key = SigningKey::decode(&one.private_key, &one.certificate).unwrap();
        let xml = response::success(&key, &success()).unwrap();
        let right = Expected {
            certificate: &one.certificate,
            issuer: "https://idp.example",
            acs_url: ACS,
            audience: "https://sp.example",
            in_response_to: "_request",
            now: NOW,
        };
        let failed = |xml: &str, expected: &Expected<'_>| {
            let checks = examine(xml, expected);
            checks.into_iter().filter(|check| !check.passed).map(|check| check.what).collect::<Vec<_>>()
        };
        assert_eq!(failed(&xml, &right), [""; 0]);
        assert!(examine(&xml, &right).len() >= 10);
        for (expected, faults) in [
            (
                Expected { certificate: &other.certificate, ..right },
                &["Signatures verify with this certificate"][..],
            ),
            (Expected { issuer: "https://other.example", ..right }, &["Issuer"]),
            (Expected { acs_url: "https://sp.example/acs", ..right }, &["Destination", "Recipient"]),
            (Expected { audience: "https://sp.example/", ..right }, &["Audience"]),
            (Expected { in_response_to: "_other", ..right }, &["InResponseTo"]),
            (Expected { now: NOW + Duration::HOUR, ..right }, &["Valid now"]),
            (Expected { now: NOW - Duration::HOUR, ..right }, &["Valid now"]),
        ] {
            assert_eq!(failed(&xml, &expected), faults, "{expected:?}");
        }
        let forged = xml.replace("https://sp.example<", "https://evil.example<");
        assert_ne!(forged, xml);
        assert_eq!(failed(&forged, &right), ["Signatures verify with this certificate"]);
        for broken in ["", "<", "<x/>", &xml[..xml.len() / 2]] {
            assert_eq!(examine(broken, &right).len(), 1, "{broken}");
        }
    }
}
