use super::*;
use crate::saml::keys::tests::new_key;

const NOW: time::OffsetDateTime = time::macros::datetime!(2026-11-23 10:00 UTC);

/// An SP's metadata with `inside` its SPSSODescriptor.
fn sp(inside: &str) -> String {
    format!(
        r#"<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.example/saml">
  <md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">{inside}</md:SPSSODescriptor>
</md:EntityDescriptor>"#
    )
}

fn acs(binding: &str, location: &str, more: &str) -> String {
    format!(
        r#"<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:{binding}" Location="{location}" {more}/>"#
    )
}

fn key(attributes: &str, certificate: &str) -> String {
    format!(
        r#"<md:KeyDescriptor {attributes}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"#
    )
}

#[test]
fn ours_names_every_certificate_and_escapes() {
    let xml = identity_provider("https://idp/?a=1&b", "https://idp/sso", &[vec![1, 2, 3], vec![4]]).unwrap();
    assert!(xml.contains(r#"entityID="https://idp/?a=1&amp;b""#), "{xml}");
    assert!(xml.find("AQID").unwrap() < xml.find("BA==").unwrap());
    assert!(identity_provider("\u{1}", "", &[]).is_err());
}

#[test]
fn reads_the_default_post_acs() {
    let table = [
        (acs("HTTP-POST", "https://a", "index=\"0\""), "https://a"),
        (
            acs("HTTP-Artifact", "https://a", "index=\"0\" isDefault=\"true\"")
                + acs("HTTP-POST", "https://b", "index=\"1\"").as_str(),
            "https://b",
        ),
        (
            acs("HTTP-POST", "https://a", "index=\"0\"")
                + acs("HTTP-POST", "https://b", "index=\"1\" isDefault=\"true\"").as_str(),
            "https://b",
        ),
        (
            acs("HTTP-POST", "https://a", "index=\"0\" isDefault=\"false\"")
                + acs("HTTP-POST", "https://b", "index=\"1\"").as_str(),
            "https://b",
        ),
        (
            acs("HTTP-POST", "https://a", "index=\"0\" isDefault=\"0\"")
                + acs("HTTP-POST", "https://b", "index=\"1\" isDefault=\"0\"").as_str(),
            "https://a",
        ),
        (acs("HTTP-POST", "https://a/?connection=1&amp;x=2", "index=\"0\""), "https://a/?connection=1&x=2"),
    ];
    for (endpoints, wanted) in table {
        let read = read_service_provider(&sp(&endpoints)).unwrap();
        assert_eq!((read.entity_id.as_str(), read.acs_url.as_str()), ("https://sp.example/saml", wanted));
    }
}

#[test]
fn takes_signing_keys_and_keys_for_everything() {
    let der = new_key(NOW).certificate;
    let text = BASE64
        .encode(&der)
        .as_bytes()
        .chunks(64)
        .map(|c| String::from_utf8_lossy(c) + "\n")
        .collect::<String>();
    let end = acs("HTTP-POST", "https://a", "index=\"0\"");
    let count = |keys: String| {
        read_service_provider(&sp(&(keys + end.as_str()))).map(|read| {
            assert!(read.signing_certificates.iter().all(|c| *c == der));
            read.signing_certificates.len()
        })
    };
    assert_eq!(count(key("use=\"signing\"", &text)), Ok(1));
    assert_eq!(count(key("", &text)), Ok(1));
    assert_eq!(count(key("use=\"encryption\"", &text)), Ok(0));
    assert_eq!(count(key("use=\"signing\"", &text) + key("", &text).as_str()), Ok(2));
    assert_eq!(count(key("use=\"signing\"", "AAAA")), Err(MetadataFault::Certificate));
    assert_eq!(count(key("use=\"signing\"", "%")), Err(MetadataFault::Certificate));
}

#[test]
fn refuses_what_is_not_one_service_provider() {
    let good = sp(&acs("HTTP-POST", "https://a", "index=\"0\""));
    assert!(read_service_provider(&format!("\n  {good}\n")).is_ok());
    let idp = identity_provider("https://idp", "https://idp/sso", &[]).unwrap();
    let table = [
        (String::new(), MetadataFault::Xml(XmlFault::Malformed)),
        (good[..good.len() / 2].to_owned(), MetadataFault::Xml(XmlFault::Malformed)),
        (good.replace("EntityDescriptor", "EntitiesDescriptor"), MetadataFault::Xml(XmlFault::Root)),
        (good.replace("2.0:metadata", "1.0:metadata"), MetadataFault::Xml(XmlFault::Root)),
        (format!("<!DOCTYPE x>{}", &good[21..]), MetadataFault::Xml(XmlFault::DocType)),
        (good.replace("entityID", "entityId"), MetadataFault::NoEntityId),
        (good.replace("https://sp.example/saml", ""), MetadataFault::NoEntityId),
        (good.replace("https://sp.example/saml", &"a".repeat(1025)), MetadataFault::NoEntityId),
        (good.replace("2.0:protocol", "1.1:protocol"), MetadataFault::NoServiceProvider),
        (idp, MetadataFault::NoServiceProvider),
        (good.replace("HTTP-POST", "PAOS"), MetadataFault::NoPostAcs),
        (good.replace("https://a", " "), MetadataFault::NoPostAcs),
        (good.replace("index=\"0\"", "index=\"x\""), MetadataFault::Unreadable),
        (
            good.replace("entityID", "cacheDuration=\"P1D\" validUntil=\"soon\" entityID"),
            MetadataFault::Unreadable,
        ),
        (" ".repeat(MAX_METADATA + 1), MetadataFault::TooLarge),
    ];
    for (xml, fault) in table {
        assert_eq!(read_service_provider(&xml), Err(fault), "{}", &xml[..xml.len().min(400)]);
        assert!(fault.reason().len() < 200);
    }
}
