use time::macros::datetime;

use super::*;
use crate::saml::response::Refusal;

const NOW: OffsetDateTime = datetime!(2026-11-23 10:00:00 UTC);
const SP: &str = "https://auth.atlassian.com/saml/0f3c";
const ACS: &str = "https://auth.atlassian.com/login/callback?connection=saml-0f3c&x=1";
const SSO: &str = "https://vestibule.example/sites/7/saml/sso";
const EXPECTED: Expected<'_> = Expected { entity_id: SP, acs_url: ACS, destination: SSO };

/// A request as Auth0's library sends it, with odd white space between attributes.
const GUARD: &str = r#"<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
	  ID="_f00"	  Version="2.0"   IssueInstant="2026-11-23T10:00:00Z"
	ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Destination="https://vestibule.example/sites/7/saml/sso">
  <saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">https://auth.atlassian.com/saml/0f3c</saml:Issuer></samlp:AuthnRequest>"#;

/// A request with `attributes` more on its root and `children` after the issuer.
fn request(attributes: &str, children: &str) -> String {
    GUARD
        .replace("ID=\"_f00\"", &format!("ID=\"_f00\" {attributes}"))
        .replace("</saml:Issuer>", &format!("</saml:Issuer>{children}"))
}

/// Reads `xml` over both bindings, which must agree, and checks it.
fn verdict(xml: &str) -> Result<AuthnRequest, RequestFault> {
    use base64::Engine as _;
    let post = read_post(&base64::engine::general_purpose::STANDARD.encode(xml));
    assert_eq!(read_redirect(&decode::deflated(xml.as_bytes())), post);
    let request = post?;
    check(&request, &EXPECTED, NOW).map(|()| request)
}

#[test]
fn reads_what_guard_sends() {
    let read = verdict(GUARD).unwrap();
    assert_eq!(
        read,
        AuthnRequest {
            id: "_f00".into(),
            issue_instant: NOW,
            issuer: SP.into(),
            destination: Some(SSO.into()),
            acs_url: None,
            acs_index: None,
            protocol_binding: Some(HTTP_POST.into()),
            force_authn: false,
            is_passive: false,
            name_id_format: None,
            requested_contexts: None,
            signed: false,
        }
    );
}

#[test]
fn reads_what_other_sps_send() {
    let xml = request(
        "ForceAuthn=\"1\" IsPassive=\"false\" AssertionConsumerServiceURL=\"https://auth.atlassian.com/login/callback?connection=saml-0f3c&amp;x=1\" ProviderName=\"x\" Consent=\"urn:x\"",
        "<samlp:Extensions><x:y xmlns:x=\"urn:x\" z=\"1\"><x:AuthnRequest/></x:y></samlp:Extensions>
         <samlp:NameIDPolicy AllowCreate=\"true\" Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified\"/>
         <samlp:RequestedAuthnContext Comparison=\"minimum\">
           <saml:AuthnContextClassRef xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">urn:a</saml:AuthnContextClassRef>
           <saml:AuthnContextClassRef xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"> https://refeds.org/profile/mfa </saml:AuthnContextClassRef>
         </samlp:RequestedAuthnContext>
         <samlp:Scoping ProxyCount=\"1\"/>",
    );
    let read = verdict(&xml).unwrap();
    assert!(read.force_authn && !read.is_passive);
    assert_eq!(read.acs_url.as_deref(), Some(ACS));
    assert_eq!(read.name_id_format.as_deref(), Some(UNSPECIFIED_FORMAT));
    assert_eq!(
        read.requested_contexts,
        Some(RequestedContexts {
            comparison: Comparison::Minimum,
            classes: vec!["urn:a".into(), "https://refeds.org/profile/mfa".into()],
        })
    );
}

#[test]
fn tolerates_what_is_harmless() {
    let signature = "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/><ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/><ds:Reference URI=\"#_f00\"><ds:Transforms><ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/><ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"><ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"xs\"/></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue>AA==</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>AA==</ds:SignatureValue></ds:Signature>";
    for xml in [
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{GUARD}\n"),
        GUARD.replace("10:00:00Z", "10:00:00.123Z"),
        GUARD.replace("10:00:00Z", "10:04:59.999999999Z"),
        GUARD.replace("10:00:00Z", "09:55:00Z"),
        GUARD.replace("ProtocolBinding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\"", ""),
        GUARD.replace("Destination=\"https://vestibule.example/sites/7/saml/sso\"", ""),
        GUARD.replace(SP, &format!("\n  {SP}\n")),
        GUARD.replace("samlp:", "p:").replace("xmlns:samlp", "xmlns:p"),
        request("", "<samlp:NameIDPolicy/>"),
        request(
            "",
            "<samlp:NameIDPolicy Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\"/>",
        ),
        request("IsPassive=\"true\"", ""),
        request("", signature),
    ] {
        assert!(verdict(&xml).is_ok(), "{xml}: {:?}", verdict(&xml));
        assert_eq!(verdict(&xml).unwrap().signed, xml.contains("<ds:Signature"), "{xml}");
    }
}

/// What every peer got wrong (measured on eight IdPs): each refused here, with the right code.
#[test]
fn refuses_what_peers_let_through() {
    let with_policy = |format: &str| request("", &format!("<samlp:NameIDPolicy Format=\"{format}\"/>"));
    let acs = |url: &str| request(&format!("AssertionConsumerServiceURL=\"{url}\""), "");
    let table: Vec<(String, &str, Option<Refusal>)> = vec![
        // Time.
        (GUARD.replace("10:00:00Z", "09:54:59Z"), "too_old", None),
        (GUARD.replace("10:00:00Z", "10:05:00.001Z"), "from_future", None),
        (GUARD.replace("2026-", "1970-"), "too_old", None),
        (GUARD.replace("2026-", "2100-"), "from_future", None),
        (GUARD.replace("2026-", "9999-"), "unreadable", None),
        (GUARD.replace("2026-11", "2026-13"), "unreadable", None),
        (GUARD.replace("10:00:00Z", "10:00:00"), "unreadable", None),
        (GUARD.replace("10:00:00Z", "11:00:00+01:00"), "unreadable", None),
        (GUARD.replace("2026-11-23T10:00:00Z", "now"), "unreadable", None),
        (GUARD.replace("2026-11-23T10:00:00Z", ""), "unreadable", None),
        (GUARD.replace("IssueInstant=\"2026-11-23T10:00:00Z\"", ""), "unreadable", None),
        // Who and where.
        (GUARD.replace("saml/0f3c<", "saml/0f3d<"), "wrong_issuer", None),
        (GUARD.replace("saml/0f3c<", "saml/0f3c/<"), "wrong_issuer", None),
        (GUARD.replace(&format!(">{SP}<"), "><"), "unreadable", None),
        (GUARD.replace("7/saml/sso", "8/saml/sso"), "wrong_destination", None),
        (GUARD.replace(SSO, ""), "wrong_destination", None),
        (GUARD.replace(SSO, "https://evil.example/"), "wrong_destination", None),
        (acs("https://evil.example/acs"), "wrong_acs", None),
        (acs("javascript:alert(1)"), "wrong_acs", None),
        (acs("https://auth.atlassian.com/login/callback?connection=saml-0f3c"), "wrong_acs", None),
        (acs("https://auth.atlassian.com/login/callback?connection=saml-0f3c&amp;x=1 "), "wrong_acs", None),
        (acs("HTTPS://auth.atlassian.com/login/callback?connection=saml-0f3c&amp;x=1"), "wrong_acs", None),
        (acs(""), "wrong_acs", None),
        (
            request("AssertionConsumerServiceURL=\"https://x\" AssertionConsumerServiceIndex=\"0\"", ""),
            "unreadable",
            None,
        ),
        // What the SP may hear about.
        (
            with_policy("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"),
            "name_id_policy",
            Some(Refusal::InvalidNameIdPolicy),
        ),
        (with_policy("<"), "xml_refused", None),
        (with_policy("x"), "name_id_policy", Some(Refusal::InvalidNameIdPolicy)),
        (
            GUARD.replace("bindings:HTTP-POST", "bindings:HTTP-Artifact"),
            "protocol_binding",
            Some(Refusal::UnsupportedBinding),
        ),
        (
            request("IsPassive=\"true\" ForceAuthn=\"true\"", ""),
            "passive_and_forced",
            Some(Refusal::NoPassive),
        ),
        // Form.
        (GUARD.replace("Version=\"2.0\"", "Version=\"1.1\""), "wrong_version", None),
        (GUARD.replace("Version=\"2.0\"", ""), "wrong_version", None),
        (GUARD.replace("ID=\"_f00\"", ""), "unreadable", None),
        (GUARD.replace("_f00", ""), "unreadable", None),
        (GUARD.replace("_f00", "1f00"), "unreadable", None),
        (GUARD.replace("_f00", "_&lt;b&gt;"), "unreadable", None),
        (GUARD.replace("_f00", "_f00&quot; onload=&quot;x"), "unreadable", None),
        (GUARD.replace("_f00", &"a".repeat(257)), "unreadable", None),
        (request("IsPassive=\"yes\"", ""), "unreadable", None),
        (request("ForceAuthn=\"\"", ""), "unreadable", None),
        (request("AssertionConsumerServiceIndex=\"-1\"", ""), "unreadable", None),
        (GUARD.replace("2.0:protocol", "2.0:protocoll"), "xml_refused", None),
        (GUARD.replace("samlp:AuthnRequest", "samlp:LogoutRequest"), "xml_refused", None),
        (GUARD.replace("2.0:assertion", "1.1:assertion"), "xml_refused", None),
        (format!("{GUARD}<x/>"), "xml_refused", None),
        (format!("<!DOCTYPE a [<!ENTITY b \"c\">]>{GUARD}"), "xml_refused", None),
        (GUARD.replace(SP, &format!("{SP}<!-- -->")), "xml_refused", None),
        (GUARD.replace(SP, &format!("https://evil.example/<!-- -->{SP}")), "xml_refused", None),
        (GUARD.replace(SP, &format!("<b>{SP}</b>")), "xml_refused", None),
        (GUARD.replace(SP, &"a".repeat(2049)), "unreadable", None),
        (request("", "<saml:Issuer xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">x</saml:Issuer>"), "unreadable", None),
        (request("", "<x xmlns=\"urn:x\"/>"), "xml_refused", None),
        (request("", "<saml:EncryptedAssertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>"), "xml_refused", None),
        (request("xmlns:x=\"urn:x\" x:ForceAuthn=\"true\"", ""), "xml_refused", None),
        (
            request("", &format!("<samlp:Extensions>{}{}</samlp:Extensions>", "<samlp:a>".repeat(200), "</samlp:a>".repeat(200))),
            "xml_refused",
            None,
        ),
        (
            request(
                "",
                &format!(
                    "<samlp:RequestedAuthnContext>{}</samlp:RequestedAuthnContext>",
                    "<c:AuthnContextClassRef xmlns:c=\"urn:oasis:names:tc:SAML:2.0:assertion\">u</c:AuthnContextClassRef>".repeat(17)
                ),
            ),
            "unreadable",
            None,
        ),
        (GUARD[..GUARD.len() / 2].to_owned(), "xml_refused", None),
        (request("x=\"", ""), "xml_refused", None),
        (request("", &format!("<!--{}-->", "a".repeat(70_000))), "too_large", None),
    ];
    for (xml, code, answer) in table {
        let shown = &xml[..xml.len().min(600)];
        let fault = verdict(&xml).expect_err(shown);
        assert_eq!((fault.code(), fault.answer()), (code, answer), "{fault:?} for {shown}");
        assert!(fault.reason().chars().count() <= 200, "{}", fault.reason());
    }
}

#[test]
fn an_unmeetable_context_is_the_rules_to_answer() {
    for (children, classes) in [
        ("<samlp:RequestedAuthnContext/>", 0),
        (
            "<samlp:RequestedAuthnContext Comparison=\"exact\"><a:AuthnContextDeclRef xmlns:a=\"urn:oasis:names:tc:SAML:2.0:assertion\">u</a:AuthnContextDeclRef></samlp:RequestedAuthnContext>",
            0,
        ),
    ] {
        let contexts = verdict(&request("", children)).unwrap().requested_contexts.unwrap();
        assert_eq!(contexts.classes.len(), classes);
        assert!(super::super::authn_context::statement(Default::default(), Some(&contexts)).is_err());
    }
    let odd = "<samlp:RequestedAuthnContext Comparison=\"most\"/>";
    assert_eq!(verdict(&request("", odd)).unwrap_err().code(), "unreadable");
}

#[test]
fn refuses_messages_that_are_none() {
    for (message, code) in
        [("", "empty"), ("%", "not_base64"), ("AAAA", "not_deflate"), (&"A".repeat(20_000), "too_large")]
    {
        assert_eq!(read_redirect(message).unwrap_err().code(), code, "{message}");
    }
    for (message, code) in [("", "empty"), ("%", "not_base64"), ("AAAA", "xml_refused"), ("/w==", "not_utf8")]
    {
        assert_eq!(read_post(message).unwrap_err().code(), code, "{message}");
    }
}

#[test]
fn a_reason_never_carries_markup_or_much_foreign_text() {
    let hostile = "<script>\"'&\u{202E}\u{0}\n`é\u{1F510}".repeat(100);
    let faults = [
        RequestFault::Issuer(hostile.clone()),
        RequestFault::Acs(hostile.clone()),
        RequestFault::Destination(hostile.clone()),
        RequestFault::NameIdPolicy(hostile.clone()),
        RequestFault::ProtocolBinding(hostile),
        RequestFault::Issuer("a".repeat(2000)),
    ];
    for fault in faults {
        let reason = fault.reason();
        assert!(reason.chars().count() <= 200, "{} in {reason}", reason.chars().count());
        assert!(reason.chars().all(|c| c == '“' || c == '”' || c == '…' || c == ' ' || c.is_ascii_graphic()));
        assert!(!reason.contains(['<', '>', '&', '"']), "{reason}");
    }
    assert_eq!(
        RequestFault::Issuer("https://sp.example/é".into()).reason(),
        "The request was issued by “https://sp.example/\\u{e9}”, not by the service provider set up here."
    );
}

/// Truncated, flipped and doubled bytes never panic, whatever they decode to.
#[test]
fn damaged_messages_never_panic() {
    for at in 0..GUARD.len() {
        for replacement in ["", "<", ">", "&", "\"", "'", " ", "\0", "é"] {
            let damaged = format!("{}{replacement}{}", &GUARD[..at], &GUARD[at + 1..]);
            let _ = read(&damaged);
        }
    }
}
