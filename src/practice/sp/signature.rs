//! Whether a response is signed, by whom, and over what (XML Signature 1.1; SAML core 5).
//!
//! First the shape: each signature stands in its one place and covers its parent as a whole, so
//! that there is nothing for a wrapping attack to move. Then xmlsec computes. Then everything that
//! was not signed is dropped: only xmlsec's own output is read.

use samael::crypto::{AllowedSignatureAlgorithm, CertificateDer, Crypto, CryptoProvider, ReduceMode};

use super::{DS, SAML, SAMLP};
use crate::practice::tree::Element;

const EXCLUSIVE_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

/// One Response with at most one Assertion, plain, directly below it, and no ID twice.
pub fn shape(root: &Element) -> Result<&'static str, String> {
    if !root.is(SAMLP, "Response") {
        return Err(format!("the root is <{}> in {:?}", root.name, root.namespace));
    }
    let all = root.walk();
    let assertions = all.iter().filter(|e| e.is(SAML, "Assertion")).count();
    if assertions != root.children(SAML, "Assertion").count() || assertions > 1 {
        return Err(format!("{assertions} assertions, or one that is not directly in the response"));
    }
    if all.iter().any(|e| e.is(SAML, "EncryptedAssertion") || (e.is(SAMLP, "Response") && *e != root)) {
        return Err("an encrypted assertion, or a response inside the response".into());
    }
    let mut ids: Vec<&str> = Vec::new();
    for (name, value) in all.iter().flat_map(|e| &e.attributes) {
        if name.eq_ignore_ascii_case("id") || name.eq_ignore_ascii_case("xml:id") {
            if ids.contains(&value.as_str()) {
                return Err(format!("the ID {value:?} twice"));
            }
            ids.push(value);
        }
    }
    Ok("one response, at most one assertion, every ID once")
}

/// Each signature in its place and over its parent, by the allowed algorithms: one in the
/// response, one in the assertion if there is one, and none elsewhere.
pub fn placement(root: &Element) -> Result<String, String> {
    let mut signed = vec![("response", root)];
    signed.extend(root.children(SAML, "Assertion").map(|assertion| ("assertion", assertion)));
    for (what, parent) in &signed {
        covers(parent).map_err(|problem| format!("{what}: {problem}"))?;
    }
    let all = root.walk().iter().filter(|e| e.is(DS, "Signature")).count();
    if all != signed.len() {
        return Err(format!("{all} signatures where {} were expected", signed.len()));
    }
    let names: Vec<_> = signed.iter().map(|(what, _)| *what).collect();
    Ok(format!("{}: RSA-SHA256, SHA-256, exclusive C14N", names.join(" and ")))
}

/// Whether `parent` holds one signature, straight after its Issuer, over itself.
fn covers(parent: &Element) -> Result<(), String> {
    let place = parent.children.iter().position(|e| e.is(DS, "Signature")).ok_or("not signed")?;
    if place != 1 || !parent.children[0].is(SAML, "Issuer") {
        return Err("the signature does not follow the Issuer".into());
    }
    let signature = &parent.children[place];
    if signature.child(DS, "Object").is_some() {
        return Err("the signature holds an Object".into());
    }
    let info = only(signature, "SignedInfo")?;
    algorithm(only(info, "CanonicalizationMethod")?, EXCLUSIVE_C14N)?;
    algorithm(only(info, "SignatureMethod")?, RSA_SHA256)?;
    let reference = only(info, "Reference")?;
    let id = parent.attribute("ID").filter(|id| !id.is_empty()).ok_or("no ID")?;
    if reference.attribute("URI") != Some(&format!("#{id}")) {
        return Err(format!("the signature is over {:?}, not over its parent", reference.attribute("URI")));
    }
    algorithm(only(reference, "DigestMethod")?, SHA256)?;
    let transforms: Vec<_> =
        only(reference, "Transforms")?.children.iter().map(|t| t.attribute("Algorithm")).collect();
    if transforms != [Some(ENVELOPED), Some(EXCLUSIVE_C14N)] {
        return Err(format!("the transforms {transforms:?}"));
    }
    Ok(())
}

fn only<'a>(parent: &'a Element, name: &str) -> Result<&'a Element, String> {
    let mut found = parent.children.iter().filter(|child| child.is(DS, name));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(format!("not exactly one {name}")),
    }
}

fn algorithm(element: &Element, wanted: &str) -> Result<(), String> {
    match element.attribute("Algorithm") {
        Some(found) if found == wanted => Ok(()),
        found => Err(format!("{} {found:?} instead of {wanted:?}", element.name)),
    }
}

/// Verifies all signatures with `certificates` alone (a certificate inside the message is not
/// looked at) and gives what the response's signature covers, as xmlsec digested it.
///
/// samael leaks about 2.7 kB a call: fine for practice, and why the product does not use it here.
pub fn signed_part(xml: &str, certificates: &[Vec<u8>]) -> Result<Element, String> {
    let certificates: Vec<CertificateDer> = certificates.iter().cloned().map(Into::into).collect();
    let signed = Crypto::reduce_xml_to_signed_with_allowed_algorithms(
        xml,
        &certificates,
        ReduceMode::PreDigest,
        Some(&[AllowedSignatureAlgorithm::RsaSha256]),
    )
    .map_err(|error| format!("does not verify with the configured certificate ({error})"))?;
    Element::parse(&signed)
}

/// Whether what was signed is the message as received, apart from the response's own signature.
pub fn complete(received: &Element, signed: &Element) -> Result<&'static str, String> {
    let mut expected = received.clone();
    expected.children.retain(|child| !child.is(DS, "Signature"));
    if expected == *signed {
        Ok("every element and attribute of the message is signed")
    } else {
        Err("the message holds something that is not signed".into())
    }
}
