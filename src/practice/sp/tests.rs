use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use time::OffsetDateTime;
use time::macros::datetime;

use super::forge::{Forge, Key, SHA1_DIGEST, SHA1_SIGNATURE, SHA256, signature};
use super::*;

const NOW: OffsetDateTime = datetime!(2026-11-23 12:00 UTC);
static KEY: LazyLock<Key> = LazyLock::new(Key::new);
static OTHER: LazyLock<Key> = LazyLock::new(Key::new);

fn sp() -> ServiceProvider {
    let good = Forge::default();
    let idp = IdpSettings {
        entity_id: good.issuer.into(),
        sso_url: "http://localhost:8080/sso".into(),
        certificates_der: vec![KEY.certificate_der.clone()],
    };
    ServiceProvider::new(good.audience, good.destination, idp)
}

fn expected() -> Outstanding {
    Outstanding { id: "_request".into(), relay_state: Some("a=1&b=\"2\" é".into()) }
}

fn judge(xml: &str, now: OffsetDateTime) -> Result<Decoded, Problems> {
    sp().verify(&STANDARD.encode(xml), expected().relay_state.as_deref(), &expected(), now)
}

#[track_caller]
fn refused(xml: &str, rule: &str) {
    let problems = judge(xml, NOW).expect_err(rule);
    assert!(problems.0.iter().any(|problem| problem.starts_with(rule)), "{rule}: {problems:?}");
}

#[test]
fn a_good_response_is_read_to_the_last_value() {
    let decoded = judge(&Forge::default().xml(&KEY), NOW).unwrap();
    let assertion = decoded.assertion.clone().unwrap();
    assert!(decoded.status.is_success());
    assert_eq!(decoded.name_id(), Some("ada@example.com"));
    assert_eq!(decoded.in_response_to, "_request");
    assert_eq!(assertion.attribute("name"), Some("customer-1"));
    assert_eq!(assertion.attribute("surname"), Some("Lace"));
    assert_eq!(assertion.session_index, "_session");
    assert_eq!(assertion.authn_context, "urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken");
    assert_eq!(assertion.authn_instant, NOW);
}

#[test]
fn hostile_names_arrive_as_they_are() {
    for name in ["<b>&\"'</b>", "]]>", "</saml:AttributeValue>", "𝄞🔒", "\u{202e}abc", &"x".repeat(200)]
    {
        let name: &'static str = name.to_owned().leak();
        let decoded = judge(&Forge { name, ..Forge::default() }.xml(&KEY), NOW).unwrap();
        assert_eq!(decoded.assertion.unwrap().attribute("name"), Some(name));
    }
}

#[test]
fn a_status_without_assertion_is_decoded() {
    let status = "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\">\
                  <samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:NoPassive\">\
                  </samlp:StatusCode></samlp:StatusCode><samlp:StatusMessage>sorry</samlp:StatusMessage>";
    let decoded = judge(&Forge { status, assertion: false, ..Forge::default() }.xml(&KEY), NOW).unwrap();
    assert_eq!(decoded.status.codes, ["Responder", "NoPassive"]);
    assert_eq!(decoded.status.message.as_deref(), Some("sorry"));
    assert_eq!(decoded.assertion, None);
    refused(&Forge { status, ..Forge::default() }.xml(&KEY), "Assertion");
    refused(&Forge { assertion: false, ..Forge::default() }.xml(&KEY), "Assertion");
    refused(&Forge { status: "", ..Forge::default() }.xml(&KEY), "Status");
}

#[test]
fn every_value_is_exact() {
    let good = Forge::default;
    let acs = "http://guard.localhost:8082/login/callback?connection=saml-2";
    for (forge, rule) in [
        (Forge { version: "1.1", ..good() }, "Version"),
        (Forge { issuer: "http://localhost:8080/idp/", ..good() }, "Issuer"),
        (Forge { destination: acs, ..good() }, "Destination"),
        (Forge { recipient: acs, ..good() }, "Subject confirmation"),
        (Forge { audience: "http://guard.localhost:8082/saml/1/", ..good() }, "Audience"),
        (Forge { in_response_to: "_other", ..good() }, "InResponseTo"),
        (Forge { session_index: "", ..good() }, "SessionIndex"),
        (Forge { name_id: "ada", ..good() }, "NameID"),
        (
            Forge { name_id_format: "urn:oasis:names:tc:SAML:2.0:nameid-format:emailAddress", ..good() },
            "NameID",
        ),
        (Forge { issue_instant: "2026-11-23T11:51:59Z", ..good() }, "Issued"),
        (Forge { issue_instant: "2026-11-23T12:03:01Z", ..good() }, "Issued"),
        (Forge { issue_instant: "2026-11-23T12:00:00+00:00", ..good() }, "Issued"),
        (Forge { not_before: "2026-11-23T12:03:01Z", ..good() }, "Valid now"),
        (Forge { not_on_or_after: "2026-11-23T11:57:00Z", ..good() }, "Valid now"),
        (Forge { not_on_or_after: "2026-11-23T11:57:00Z", ..good() }, "Subject confirmation"),
        (Forge { not_on_or_after: "soon", ..good() }, "Valid now"),
        (
            Forge {
                more_conditions: "<saml:AudienceRestriction><saml:Audience>x</saml:Audience>\
                                  </saml:AudienceRestriction>",
                ..good()
            },
            "Audience",
        ),
    ] {
        refused(&forge.xml(&KEY), rule);
    }
}

#[test]
fn the_clocks_may_differ_by_three_minutes() {
    let xml = Forge::default().xml(&KEY);
    for (now, accepted) in [
        (datetime!(2026-11-23 11:57 UTC), true),
        (datetime!(2026-11-23 11:56:59 UTC), false),
        (datetime!(2026-11-23 12:07:59 UTC), true),
        (datetime!(2026-11-23 12:08 UTC), false),
    ] {
        assert_eq!(judge(&xml, now).is_ok(), accepted, "{now}");
    }
}

#[test]
fn relay_state_and_request_are_the_ones_sent() {
    let message = Forge::default().message(&KEY);
    for wrong in [None, Some(""), Some("a=1&b=\"2\" e"), Some("a=1&b=\"2\" é ")] {
        assert!(sp().verify(&message, wrong, &expected(), NOW).is_err(), "{wrong:?}");
    }
    let empty = Outstanding { relay_state: Some(String::new()), ..expected() };
    assert!(sp().verify(&message, None, &empty, NOW).is_ok());
    let other = Outstanding { id: "_other".into(), ..expected() };
    assert!(sp().verify(&message, expected().relay_state.as_deref(), &other, NOW).is_err());
    let unasked = sp().examine(&message, None, None, NOW);
    assert!(!unasked.passed());
    assert!(unasked.checks.iter().any(|check| check.rule == "InResponseTo" && !check.passed()));
}

#[test]
fn both_signatures_by_the_configured_key_and_sha256_only() {
    let good = Forge::default;
    refused(&Forge { sign_response: false, ..good() }.xml(&KEY), "Signatures");
    refused(&Forge { sign_assertion: false, ..good() }.xml(&KEY), "Signatures");
    refused(&Forge { sign_assertion: false, sign_response: false, ..good() }.xml(&KEY), "Signatures");
    refused(&Forge { algorithms: SHA1_DIGEST, ..good() }.xml(&KEY), "Signatures");
    refused(&Forge { algorithms: SHA1_SIGNATURE, ..good() }.xml(&KEY), "Signatures");
    // Another key, its own certificate embedded: a verifier that trusts KeyInfo would be content.
    refused(&good().xml(&OTHER), "Signing key");
    // The assertion by another key, the response by the right one, and the other way round.
    refused(&good().response(&KEY, "_response", &good().assertion(&OTHER, "_assertion")), "Signing key");
    refused(&good().response(&OTHER, "_response", &good().assertion(&KEY, "_assertion")), "Signing key");
}

#[test]
fn a_second_configured_certificate_is_trusted_too() {
    let mut rolling = sp();
    rolling.idp.certificates_der.insert(0, OTHER.certificate_der.clone());
    for key in [&*KEY, &*OTHER] {
        let message = Forge::default().message(key);
        rolling.verify(&message, expected().relay_state.as_deref(), &expected(), NOW).unwrap();
    }
}

#[test]
fn tampering_is_noticed() {
    let xml = Forge::default().xml(&KEY);
    for (from, to) in [
        ("ada@example.com</saml:NameID>", "eve@example.com</saml:NameID>"),
        ("<saml:AttributeValue>Ada<", "<saml:AttributeValue>Eve<"),
        ("Destination=\"http", "Consent=\"urn:x\" Destination=\"http"),
        ("<saml:Subject>", " <saml:Subject>"),
        ("Version=\"2.0\">", "Version=\"2.0\" xmlns:x=\"urn:x\" x:y=\"z\">"),
    ] {
        let tampered = xml.replacen(from, to, 1);
        assert_ne!(tampered, xml, "{from}");
        refused(&tampered, "Signing key");
    }
    refused(&xml.replace("ada@", "ada<!-- -->@"), "Message");
    refused(&format!("<!DOCTYPE x>{xml}"), "Message");
    refused(&format!("{xml}<x/>"), "Message");
}

#[test]
fn malformed_messages_are_refused() {
    for bad in ["", "%%%", "AAAA", "//79", &STANDARD.encode("<a/>"), &"A".repeat(400_000)] {
        assert!(sp().verify(bad, None, &expected(), NOW).is_err());
        assert!(!sp().examine(bad, None, None, NOW).passed());
    }
}

/// The signature element of `signed`, an assertion or a response.
fn cut_signature(signed: &str) -> (String, String) {
    let start = signed.find("<ds:Signature ").unwrap();
    let end = signed.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    (signed[start..end].to_owned(), format!("{}{}", &signed[..start], &signed[end..]))
}

/// The eight classic wrapping attacks (Somorovsky et al., "On Breaking SAML", 2012), with the
/// envelope around them signed by the right key, which is more than an attacker could do.
#[test]
fn signature_wrapping_finds_no_place() {
    let evil =
        Forge { name_id: "eve@example.com", sign_assertion: false, sign_response: false, ..Forge::default() };
    let good = Forge::default();
    let signed = good.assertion(&KEY, "_assertion");
    let (signature, bare) = cut_signature(&signed);
    let unsigned_evil = evil.assertion(&KEY, "_evil");
    let into = |outer: &str, at: &str, inner: &str| {
        let place = outer.find(at).unwrap();
        format!("{}{inner}{}", &outer[..place], &outer[place..])
    };
    let evil_with_signature = into(&unsigned_evil, "<saml:Subject>", &signature);
    let whole = Forge::default().xml(&KEY);
    let (outer_signature, bare_response) = cut_signature(&whole);
    let evil_response = evil.response(&KEY, "_evil_response", &unsigned_evil);
    let object =
        |inner: &str| into(&signature, "</ds:Signature>", &format!("<ds:Object>{inner}</ds:Object>"));
    let extensions = |inner: &str| format!("<samlp:Extensions>{inner}</samlp:Extensions>");

    let attacks = [
        // 1: the signed response inside the signature of an evil one.
        into(&evil_response, "<samlp:Status>", &into(&outer_signature, "</ds:Signature>", &bare_response)),
        // 2: the same, beside it.
        into(&evil_response, "<samlp:Status>", &format!("{bare_response}{outer_signature}")),
        // 3: the evil assertion first, the signed one after it.
        good.response(&KEY, "_r", &format!("{unsigned_evil}{signed}")),
        // 4: the signed assertion inside the evil one.
        good.response(&KEY, "_r", &into(&unsigned_evil, "</saml:Assertion>", &signed)),
        // 5: the evil assertion carries the signature, the signed one follows bare.
        good.response(&KEY, "_r", &format!("{evil_with_signature}{bare}")),
        // 6: the signed one bare inside that signature's parent.
        good.response(&KEY, "_r", &into(&evil_with_signature, "</saml:Assertion>", &bare)),
        // 7: the signed one in Extensions.
        good.response(&KEY, "_r", &format!("{}{unsigned_evil}", extensions(&signed))),
        // 8: the signed one in an Object of the evil one's signature.
        good.response(&KEY, "_r", &into(&unsigned_evil, "<saml:Subject>", &object(&bare))),
        // The same ID twice.
        good.response(&KEY, "_r", &format!("{}{signed}", evil.assertion(&KEY, "_assertion"))),
        // An evil response that wraps the whole signed one.
        evil.response(&KEY, "_evil_response", &whole),
        // The evil assertion put into the signed response.
        into(&whole, "</samlp:Response>", &unsigned_evil),
    ];
    for (number, attack) in attacks.iter().enumerate() {
        let examination = sp().examine(&STANDARD.encode(attack), None, Some(&expected()), NOW);
        assert!(examination.decoded.is_none(), "attack {number}");
        assert!(!examination.passed());
    }
}

/// Even an insider with the key cannot sign one element and show another.
#[test]
fn a_reference_to_elsewhere_is_refused() {
    let forge = Forge { sign_assertion: false, ..Forge::default() };
    let assertion = forge.assertion(&KEY, "_assertion");
    let elsewhere = signature(&KEY, SHA256, "_response", &assertion);
    let place = assertion.find("<saml:Subject>").unwrap();
    let wrong = format!("{}{elsewhere}{}", &assertion[..place], &assertion[place..]);
    refused(&forge.response(&KEY, "_response", &wrong), "Signatures");
}

#[test]
fn metadata_is_read() {
    let certificate = STANDARD.encode(&KEY.certificate_der);
    let metadata = format!(
        "<?xml version=\"1.0\"?><md:EntityDescriptor xmlns:md=\"{MD}\" entityID=\"http://idp\">\
         <md:IDPSSODescriptor protocolSupportEnumeration=\"{SAMLP}\"><md:KeyDescriptor use=\"signing\">\
         <ds:KeyInfo xmlns:ds=\"{DS}\"><ds:X509Data><ds:X509Certificate>\n{certificate}\n\
         </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>\
         <md:SingleSignOnService Binding=\"{POST}\" Location=\"http://idp/post\"/>\
         <md:SingleSignOnService Binding=\"{REDIRECT}\" Location=\"http://idp/sso?a=1&amp;b\"/>\
         </md:IDPSSODescriptor></md:EntityDescriptor>"
    );
    let idp = IdpSettings::from_metadata(&metadata).unwrap();
    assert_eq!(idp.entity_id, "http://idp");
    assert_eq!(idp.sso_url, "http://idp/sso?a=1&b");
    assert_eq!(idp.certificates_der, std::slice::from_ref(&KEY.certificate_der));
    for (from, to) in [
        ("entityID=\"http://idp\"", ""),
        (SAMLP, "urn:oasis:names:tc:SAML:1.1:protocol"),
        (REDIRECT, POST),
        ("use=\"signing\"", "use=\"encryption\""),
        (&certificate[..4], "AAAA"),
        ("EntityDescriptor", "EntitiesDescriptor"),
    ] {
        assert!(IdpSettings::from_metadata(&metadata.replace(from, to)).is_err(), "{from}");
    }
}

#[test]
fn the_request_says_what_it_was_told_to() {
    let sp = sp();
    let sent = |options: &RequestOptions| {
        crate::practice::tree::Element::parse(&sp.authn_request_xml(options, "_1", NOW)).unwrap()
    };
    let plain = sent(&RequestOptions::default());
    assert!(plain.is(SAMLP, "AuthnRequest"));
    assert_eq!(plain.attribute("AssertionConsumerServiceURL"), Some(sp.acs_url()));
    assert_eq!(plain.attribute("Destination"), Some("http://localhost:8080/sso"));
    assert_eq!(plain.attribute("IssueInstant"), Some("2026-11-23T12:00:00.000Z"));
    assert_eq!(plain.attribute("ForceAuthn"), None);
    assert_eq!(plain.child(SAML, "Issuer").unwrap().text, sp.entity_id());
    let special = sent(&RequestOptions {
        force_authn: true,
        is_passive: true,
        acs: Part::Omitted,
        destination: Part::Other("x\"<&".into()),
        authn_context: Some("urn:c".into()),
        ..RequestOptions::default()
    });
    assert_eq!(special.attribute("ForceAuthn"), Some("true"));
    assert_eq!(special.attribute("IsPassive"), Some("true"));
    assert_eq!(special.attribute("AssertionConsumerServiceURL"), None);
    assert_eq!(special.attribute("Destination"), Some("x\"<&"));
    assert!(special.child(SAMLP, "RequestedAuthnContext").is_some());
}

#[test]
fn the_redirect_carries_the_request_and_the_relay_state() {
    use std::io::Read;
    let options = RequestOptions { relay_state: Some("a b&c=é'!".into()), ..RequestOptions::default() };
    let url = url::Url::parse(&sp().authn_request(&options, "_1", NOW)).unwrap();
    assert!(url.as_str().ends_with("&RelayState=a%20b%26c%3D%C3%A9%27!"), "{url}");
    let pairs: Vec<_> = url.query_pairs().collect();
    assert_eq!(pairs[1].1, "a b&c=é'!");
    let compressed = STANDARD.decode(pairs[0].1.as_bytes()).unwrap();
    let mut xml = String::new();
    flate2::read::DeflateDecoder::new(&compressed[..]).read_to_string(&mut xml).unwrap();
    assert_eq!(xml, sp().authn_request_xml(&options, "_1", NOW));
    let form = sp().authn_request_form(&options, "_1", NOW);
    assert_eq!(STANDARD.decode(&form.saml_request).unwrap(), xml.as_bytes());
    assert_eq!(form.relay_state, options.relay_state);
    assert_eq!(options.outstanding("_1").id, "_1");
}
