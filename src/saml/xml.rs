//! Writes XML as exclusive canonical bytes, and signs it: the only file that signs or verifies.
//!
//! What goes out is written in the form that Exclusive XML Canonicalization 1.0 would give it: sorted
//! attributes, end tags always written, a namespace declared only on the outermost element of a
//! subtree that visibly uses it, C14N's escapes. So the bytes written are the bytes digested, and no
//! parser and no C library for XML stands between a value and its signature. Every value is escaped
//! here and nowhere else; a character that XML 1.0 cannot carry is an error, never broken XML.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use openssl::hash::MessageDigest;
use openssl::sign::Signer;
use sha2::{Digest, Sha256};

use super::keys::SigningKey;

/// `xmlns:ds`, XML Signature.
pub const DS: (&str, &str) = ("ds", "http://www.w3.org/2000/09/xmldsig#");
/// `xmlns:md`, SAML metadata.
pub const MD: (&str, &str) = ("md", "urn:oasis:names:tc:SAML:2.0:metadata");
/// `xmlns:saml`, SAML assertions.
pub const SAML: (&str, &str) = ("saml", "urn:oasis:names:tc:SAML:2.0:assertion");
/// `xmlns:samlp`, the SAML protocol.
pub const SAMLP: (&str, &str) = ("samlp", "urn:oasis:names:tc:SAML:2.0:protocol");

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// XML 1.0 has no way to carry this character, not even escaped (section 2.2).
    #[error("the value of {element} holds U+{:04X}, which XML cannot carry", *.character as u32)]
    Character { element: &'static str, character: char },
    /// The crypto library refused to sign.
    #[error("signing failed: {0}")]
    Signing(#[from] openssl::error::ErrorStack),
}

/// Whether XML 1.0 can carry `c` (section 2.2, `Char`).
pub fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// A finished document, in canonical form; with [`Writer::sign`] it carries its signature.
#[derive(Debug)]
pub struct Canonical(String);

impl Canonical {
    /// The document's text.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Writes one element tree. Names and attribute names are ours, hence `'static`; values may be foreign.
pub struct Writer {
    out: String,
    open: Vec<&'static str>,
    /// Where the enveloped signature goes.
    slot: Option<usize>,
    fault: Option<WriteFault>,
}

impl Writer {
    /// An empty document with room for `capacity` bytes.
    pub fn new(capacity: usize) -> Self {
        Self { out: String::with_capacity(capacity), open: Vec::with_capacity(8), slot: None, fault: None }
    }

    /// Opens `name`. `attributes` have no prefix and stand in byte order.
    pub fn open(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) -> &mut Self {
        self.start(name, None, attributes)
    }

    /// Opens `name` and declares its namespace: right where no element around it uses that prefix.
    pub fn open_in(
        &mut self,
        namespace: (&'static str, &'static str),
        name: &'static str,
        attributes: &[(&'static str, &str)],
    ) -> &mut Self {
        debug_assert_eq!(name.split(':').next(), Some(namespace.0), "{name}");
        self.start(name, Some(namespace), attributes)
    }

    fn start(
        &mut self,
        name: &'static str,
        namespace: Option<(&str, &str)>,
        attributes: &[(&'static str, &str)],
    ) -> &mut Self {
        debug_assert!(attributes.is_sorted_by(|a, b| a.0 < b.0), "{name}: attributes out of order");
        self.out.push('<');
        self.out.push_str(name);
        if let Some((prefix, uri)) = namespace {
            for part in [" xmlns:", prefix, "=\"", uri, "\""] {
                self.out.push_str(part);
            }
        }
        for (attribute, value) in attributes {
            self.out.push(' ');
            self.out.push_str(attribute);
            self.out.push_str("=\"");
            self.escape(name, value, attribute_escape);
            self.out.push('"');
        }
        self.out.push('>');
        self.open.push(name);
        self
    }

    /// Writes text into the open element.
    pub fn text(&mut self, value: &str) -> &mut Self {
        let element = self.open.last().copied().unwrap_or("document");
        self.escape(element, value, text_escape);
        self
    }

    /// Closes the innermost open element.
    pub fn close(&mut self) -> &mut Self {
        if let Some(name) = self.open.pop() {
            for part in ["</", name, ">"] {
                self.out.push_str(part);
            }
        }
        self
    }

    /// `<name ..attributes>value</name>`.
    pub fn leaf(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &str)],
        value: &str,
    ) -> &mut Self {
        self.open(name, attributes).text(value).close()
    }

    /// Puts a finished document in, as it is. Its root declares its own namespaces.
    pub fn nest(&mut self, inner: &Canonical) -> &mut Self {
        self.out.push_str(&inner.0);
        self
    }

    /// The root's signature belongs here: SAML's schemas want it right after the `Issuer`.
    pub fn signature_here(&mut self) -> &mut Self {
        self.slot = Some(self.out.len());
        self
    }

    fn escape(&mut self, element: &'static str, value: &str, escaped: fn(u8) -> Option<&'static str>) {
        if let Some(character) = value.chars().find(|c| !is_xml_char(*c)) {
            self.fault.get_or_insert(WriteFault::Character { element, character });
            return;
        }
        let mut plain = 0;
        for (at, byte) in value.bytes().enumerate() {
            // What is escaped is ASCII, so the slices below fall on character boundaries.
            if let Some(replacement) = escaped(byte) {
                self.out.push_str(&value[plain..at]);
                self.out.push_str(replacement);
                plain = at + 1;
            }
        }
        self.out.push_str(&value[plain..]);
    }

    /// The document without a signature.
    pub fn finish(mut self) -> Result<Canonical, WriteFault> {
        while !self.open.is_empty() {
            self.close();
        }
        self.fault.map_or(Ok(Canonical(self.out)), Err)
    }

    /// The document with an enveloped signature over the root element, whose `ID` is `id`: RSA-SHA256
    /// over a SHA-256 digest, the certificate embedded (XML Signature 1.1; SAML core 5.4).
    pub fn sign(self, id: &str, key: &SigningKey) -> Result<Canonical, WriteFault> {
        let slot = self.slot.unwrap_or(self.out.len());
        let Canonical(document) = self.finish()?;
        let (head, tail) = document.split_at(slot);
        let digest = Sha256::new().chain_update(head).chain_update(tail).finalize();
        let signature = signature(id, &digest, key)?;
        Ok(Canonical([head, signature.as_str(), tail].concat()))
    }
}

/// The `ds:Signature` element for the element `id` whose canonical bytes have `digest`.
fn signature(id: &str, digest: &[u8], key: &SigningKey) -> Result<String, WriteFault> {
    let mut info = Writer::new(1024);
    // As the apex of its own canonicalization SignedInfo declares `ds`; inside `ds:Signature` it does
    // not. The two differ in this start tag only.
    info.open_in(DS, "ds:SignedInfo", &[]);
    let apex = info.out.len();
    info.leaf("ds:CanonicalizationMethod", &[("Algorithm", "http://www.w3.org/2001/10/xml-exc-c14n#")], "")
        .leaf("ds:SignatureMethod", &[("Algorithm", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256")], "")
        .open("ds:Reference", &[("URI", &format!("#{id}"))])
        .open("ds:Transforms", &[])
        .leaf("ds:Transform", &[("Algorithm", "http://www.w3.org/2000/09/xmldsig#enveloped-signature")], "")
        .leaf("ds:Transform", &[("Algorithm", "http://www.w3.org/2001/10/xml-exc-c14n#")], "")
        .close()
        .leaf("ds:DigestMethod", &[("Algorithm", "http://www.w3.org/2001/04/xmlenc#sha256")], "")
        .leaf("ds:DigestValue", &[], &BASE64.encode(digest));
    let Canonical(info) = info.finish()?;
    let mut signer = Signer::new(MessageDigest::sha256(), key.private_key())?;
    let value = BASE64.encode(signer.sign_oneshot_to_vec(info.as_bytes())?);
    Ok([
        "<ds:Signature xmlns:ds=\"",
        DS.1,
        "\"><ds:SignedInfo>",
        &info[apex..],
        "<ds:SignatureValue>",
        &value,
        "</ds:SignatureValue>",
        "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>",
        key.certificate_base64(),
        "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>",
    ]
    .concat())
}

/// C14N 1.0 section 2.3, text nodes.
fn text_escape(byte: u8) -> Option<&'static str> {
    Some(match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'\r' => "&#xD;",
        _ => return None,
    })
}

/// C14N 1.0 section 2.3, attribute nodes.
fn attribute_escape(byte: u8) -> Option<&'static str> {
    Some(match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'"' => "&quot;",
        b'\t' => "&#x9;",
        b'\n' => "&#xA;",
        b'\r' => "&#xD;",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(attribute: &str, text: &str) -> Result<String, WriteFault> {
        let mut writer = Writer::new(64);
        writer.open_in(SAML, "saml:Issuer", &[("Format", attribute)]).text(text);
        writer.finish().map(Canonical::into_string)
    }

    #[test]
    fn escapes_as_canonical_xml_does() {
        for (attribute, text, wants_attribute, wants_text) in [
            ("", "", "", ""),
            ("a&b<c>d\"e'f", "a&b<c>d\"e'f", "a&amp;b&lt;c>d&quot;e'f", "a&amp;b&lt;c&gt;d\"e'f"),
            ("\t\n\r", "\t\n\r", "&#x9;&#xA;&#xD;", "\t\n&#xD;"),
            ("]]>", "]]>", "]]>", "]]&gt;"),
            ("\u{1F510}\u{202E}é", "\u{1F510}\u{202E}é", "\u{1F510}\u{202E}é", "\u{1F510}\u{202E}é"),
            ("&amp;", "&#65;", "&amp;amp;", "&amp;#65;"),
        ] {
            let wanted = format!(
                "<saml:Issuer xmlns:saml=\"{}\" Format=\"{wants_attribute}\">{wants_text}</saml:Issuer>",
                SAML.1
            );
            assert_eq!(written(attribute, text).unwrap(), wanted);
        }
    }

    #[test]
    fn a_character_xml_cannot_carry_is_an_error() {
        for bad in ["\0", "\u{1}", "\u{8}", "\u{B}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"] {
            let text = format!("a{bad}b");
            assert!(matches!(written("", &text), Err(WriteFault::Character { .. })), "{bad:?} as text");
            assert!(matches!(written(&text, ""), Err(WriteFault::Character { .. })), "{bad:?} as attribute");
        }
        for good in ["\u{7F}", "\u{85}", "\u{E000}", "\u{FFFD}", "\u{10FFFF}"] {
            assert!(written(good, good).is_ok(), "{good:?}");
        }
    }

    #[test]
    fn finish_closes_what_is_open() {
        let mut writer = Writer::new(64);
        writer.open_in(SAMLP, "samlp:Response", &[]).open("samlp:Status", &[]);
        let text = writer.finish().unwrap().into_string();
        assert!(text.ends_with("<samlp:Status></samlp:Status></samlp:Response>"), "{text}");
    }
}
