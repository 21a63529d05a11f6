use std::sync::LazyLock;

use quick_xml::events::Event;
use time::macros::datetime;

use super::*;
use crate::saml::keys::tests::signing_key;

static KEY: LazyLock<SigningKey> = LazyLock::new(|| signing_key(NOW));
const NOW: OffsetDateTime = datetime!(2026-11-23 10:00:00.9 UTC);

fn example<'a>(text: &'a str) -> Success<'a> {
    Success {
        issuer: text,
        acs_url: text,
        audience: text,
        in_response_to: text,
        response_id: "_r",
        assertion_id: "_a",
        subject: Subject { email: text, given_name: text, family_name: text, stable_id: text },
        session_index: text,
        authn_instant: datetime!(2026-11-23 02:30 -05:00),
        authn_context: text,
        now: NOW,
    }
}

/// Every attribute and text of a document, as a reader sees them, by element.
fn values(xml: &str) -> Vec<(String, String)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut open) = (Vec::new(), vec![(String::new(), String::new())]);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                for attribute in start.attributes() {
                    let attribute = attribute.unwrap();
                    let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).unwrap();
                    found.push((format!("{name}@{}", attribute.key.as_ref()), value.into_owned()));
                }
                open.push((name, String::new()));
            }
            Event::Text(text) => open.last_mut().unwrap().1.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let text = &mut open.last_mut().unwrap().1;
                match reference.resolve_char_ref().unwrap() {
                    Some(c) => text.push(c),
                    None => text.push_str(quick_xml::escape::resolve_predefined_entity(&reference).unwrap()),
                }
            }
            Event::End(_) => found.push(open.pop().unwrap()),
            Event::Eof => return found,
            other => panic!("{other:?} in {xml}"),
        }
    }
}

#[test]
fn hostile_values_come_out_as_they_went_in_and_nothing_else_does() {
    let count = values(&success(&KEY, &example("plain")).unwrap()).len();
    for hostile in [
        "<>&\"'",
        "]]>",
        "&amp;&#65;&nbsp;",
        "\u{1F510}\u{0301}\u{200D}",
        "\u{202E}gpj.exe\u{2066}",
        "line\nbreak\ttab\rreturn",
        "  blanks  ",
        "x</saml:AttributeValue></saml:Attribute><saml:Attribute Name=\"groups\"><saml:AttributeValue>admin",
        "\" onload=\"x",
        "<!-- -->",
        "<![CDATA[",
        &"é".repeat(200),
        "",
    ] {
        let xml = success(&KEY, &example(hostile)).unwrap();
        let values = values(&xml);
        assert_eq!(values.len(), count, "{hostile:?}");
        for (place, value) in &values {
            let ours = [
                "saml:Issuer",
                "saml:NameID",
                "saml:Audience",
                "saml:AttributeValue",
                "saml:AuthnContextClassRef",
                "samlp:Response@Destination",
                "samlp:Response@InResponseTo",
                "saml:SubjectConfirmationData@Recipient",
                "saml:SubjectConfirmationData@InResponseTo",
                "saml:AuthnStatement@SessionIndex",
            ];
            if ours.contains(&place.as_str()) {
                assert_eq!(value, hostile, "{place}");
            }
        }
    }
}

#[test]
fn a_value_xml_cannot_carry_is_an_error() {
    let fault = success(&KEY, &example("a\u{8}b")).unwrap_err();
    assert!(matches!(fault, WriteFault::Character { character: '\u{8}', .. }), "{fault}");
}

#[test]
fn states_times_and_places_exactly() {
    let subject = Subject { email: "a@b", given_name: "A", family_name: "B", stable_id: "id-1" };
    let xml = success(
        &KEY,
        &Success {
            issuer: "https://idp",
            acs_url: "https://sp/acs?connection=1&x",
            audience: "https://sp",
            in_response_to: "_q",
            session_index: "_s",
            authn_context: super::super::authn_context::TIME_SYNC_TOKEN,
            subject,
            ..example("")
        },
    )
    .unwrap();
    let seen = values(&xml);
    for (place, value) in [
        ("samlp:Response@Destination", "https://sp/acs?connection=1&x"),
        ("samlp:Response@InResponseTo", "_q"),
        ("samlp:Response@IssueInstant", "2026-11-23T10:00:00Z"),
        ("saml:Assertion@IssueInstant", "2026-11-23T10:00:00Z"),
        ("saml:Conditions@NotBefore", "2026-11-23T09:57:00Z"),
        ("saml:Conditions@NotOnOrAfter", "2026-11-23T10:05:00Z"),
        ("saml:SubjectConfirmationData@NotOnOrAfter", "2026-11-23T10:05:00Z"),
        ("saml:SubjectConfirmationData@Recipient", "https://sp/acs?connection=1&x"),
        ("saml:SubjectConfirmationData@InResponseTo", "_q"),
        ("saml:AuthnStatement@AuthnInstant", "2026-11-23T07:30:00Z"),
        ("saml:AuthnStatement@SessionIndex", "_s"),
        ("saml:NameID@Format", EMAIL_FORMAT),
        ("saml:NameID", "a@b"),
        ("saml:Audience", "https://sp"),
        ("samlp:StatusCode@Value", "urn:oasis:names:tc:SAML:2.0:status:Success"),
    ] {
        let found: Vec<&str> = seen.iter().filter(|(p, _)| p == place).map(|(_, v)| v.as_str()).collect();
        assert_eq!(found, [value], "{place}");
    }
    let attribute_values: Vec<&str> =
        seen.iter().filter(|(p, _)| p == "saml:AttributeValue").map(|(_, v)| v.as_str()).collect();
    assert_eq!(attribute_values, ["A", "B", "id-1", "a@b"]);
    let references: Vec<&str> =
        seen.iter().filter(|(p, _)| p == "ds:Reference@URI").map(|(_, v)| v.as_str()).collect();
    assert_eq!(references, ["#_r", "#_a"]);
}

#[test]
fn a_refusal_says_whose_doing_it_is() {
    for (refusal, codes) in [
        (Refusal::NoPassive, ["Responder", "NoPassive"]),
        (Refusal::RequestDenied, ["Requester", "RequestDenied"]),
        (Refusal::NoAuthnContext, ["Responder", "NoAuthnContext"]),
        (Refusal::InvalidNameIdPolicy, ["Requester", "InvalidNameIDPolicy"]),
        (Refusal::UnsupportedBinding, ["Responder", "UnsupportedBinding"]),
    ] {
        let xml = status(
            &KEY,
            &Status {
                issuer: "https://idp",
                acs_url: "https://sp/acs",
                in_response_to: "_q",
                response_id: "_r",
                refusal,
                now: NOW,
            },
        )
        .unwrap();
        let wanted = codes.map(|code| format!("urn:oasis:names:tc:SAML:2.0:status:{code}"));
        let found: Vec<String> =
            values(&xml).into_iter().filter(|(p, _)| p == "samlp:StatusCode@Value").map(|(_, v)| v).collect();
        assert_eq!(found, wanted);
        assert!(!xml.contains("Assertion>") && xml.contains("<ds:Signature "), "{xml}");
    }
}

#[test]
fn ids_are_names_of_160_bits_and_never_the_same() {
    let random = Random::seeded(1);
    let (one, two) = (new_id(&random), new_id(&random));
    assert!(one != two && one.len() == 41 && super::super::precheck::is_ncname(&one), "{one}");
}
