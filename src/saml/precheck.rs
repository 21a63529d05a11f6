//! What XML may look like before `samael` reads it (security.md M3): plain, bounded, of one shape.
//!
//! `samael` reads by local name, takes any root and namespace, and skips comments inside values. So
//! this pass refuses everything SAML does not need and two readers could see differently: DTDs,
//! entities, processing instructions, comments, CDATA, mixed content, unknown prefixes, attributes of
//! foreign namespaces, children the message's schema does not have, anything after the root.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesDecl, BytesStart, Event};
use quick_xml::name::{Namespace, NamespaceResolver, ResolveResult};
use quick_xml::reader::NsReader;

use super::xml::{DS, is_xml_char};

/// Deepest nesting, the root counted.
const MAX_DEPTH: usize = 32;
/// Most attributes of one element, namespace declarations counted.
const MAX_ATTRIBUTES: usize = 64;
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// Namespaces of what stands inside signatures and key descriptors.
const CRYPTOGRAPHY: [&str; 5] = [
    DS.1,
    "http://www.w3.org/2009/xmldsig11#",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/2001/04/xmlenc#",
    "http://www.w3.org/2009/xmlenc11#",
];

/// The shape a document must have.
pub struct Shape {
    /// The root's namespace and local name. Its `Extensions` may hold elements of any namespace.
    pub root: (&'static str, &'static str),
    /// The elements right below the root, each in its namespace; no others.
    pub children: &'static [(&'static str, &'static str)],
    /// Namespaces of deeper elements, besides the root's and those of cryptography.
    pub also: &'static [&'static str],
}

/// Why a document is not let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlFault {
    /// Not well-formed: unclosed, misnamed, a stray `&` or `<`, half a document ...
    Malformed,
    /// A character XML 1.0 cannot carry.
    Character,
    /// Declared as another version or encoding than XML 1.0 in UTF-8.
    Declaration,
    /// A DTD.
    DocType,
    /// A reference to an entity that XML itself does not define.
    Entity,
    /// A processing instruction, comment or CDATA section.
    Decoration,
    /// Nested too deep.
    Depth,
    /// Too many attributes on one element.
    Attributes,
    /// A prefix nobody declared, or an attribute of a foreign namespace.
    Prefix,
    /// Another root element than expected.
    Root,
    /// An element that does not belong there.
    Element,
    /// Text and elements side by side.
    Mixed,
    /// Something after the root element.
    Trailing,
}

impl XmlFault {
    /// In plain words.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Malformed => "it is not well-formed XML",
            Self::Character => "it holds a character XML cannot carry",
            Self::Declaration => "it is not declared as XML 1.0 in UTF-8",
            Self::DocType => "it holds a document type definition",
            Self::Entity => "it refers to an entity that XML does not define",
            Self::Decoration => "it holds a comment, a CDATA section or a processing instruction",
            Self::Depth => "its elements are nested too deep",
            Self::Attributes => "an element has too many attributes",
            Self::Prefix => "it uses an undeclared prefix or a foreign attribute",
            Self::Root => "its root element is not the one expected",
            Self::Element => "it holds an element that does not belong there",
            Self::Mixed => "it mixes text and elements",
            Self::Trailing => "something follows its root element",
        }
    }
}

/// The root's own attributes: name and normalized value.
pub type RootAttributes = Vec<(String, String)>;

/// Lets `xml` through if it has `shape`, and gives the root's attributes (namespace declarations and
/// prefixed ones left out). Linear in the document; the caller bounds its length.
pub fn check(xml: &str, shape: &Shape) -> Result<RootAttributes, XmlFault> {
    if !xml.chars().all(is_xml_char) {
        return Err(XmlFault::Character);
    }
    let mut reader = NsReader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = true;
    let mut walk = Walk { shape, open: Vec::new(), seen: Seen::Nothing, extensions: None };
    let mut root = Vec::new();
    loop {
        let event = reader.read_event().map_err(|_| XmlFault::Malformed)?;
        match event {
            Event::Start(start) => {
                let attributes = attributes(&start, reader.resolver(), walk.open.is_empty())?;
                let (resolved, name) = reader.resolver().resolve_element(start.name());
                walk.open(namespace(&resolved)?, name.as_ref())?;
                root.extend(attributes);
            }
            Event::End(_) => walk.close(),
            Event::Text(text) => {
                let text: &str = text.as_ref();
                if text.contains("]]>") {
                    return Err(XmlFault::Malformed);
                }
                if text.bytes().any(|b| !b.is_ascii_whitespace()) {
                    walk.text()?;
                }
            }
            Event::GeneralRef(reference) => {
                match reference.resolve_char_ref().map_err(|_| XmlFault::Malformed)? {
                    Some(character) if is_xml_char(character) => {}
                    Some(_) => return Err(XmlFault::Character),
                    None if resolve_predefined_entity(reference.as_ref()).is_some() => {}
                    None => return Err(XmlFault::Entity),
                }
                walk.text()?;
            }
            Event::Decl(declaration) => walk.declaration(&declaration)?,
            Event::DocType(_) => return Err(XmlFault::DocType),
            Event::PI(_) | Event::Comment(_) | Event::CData(_) => return Err(XmlFault::Decoration),
            Event::Eof if walk.seen == Seen::Root && walk.open.is_empty() => return Ok(root),
            Event::Eof => return Err(XmlFault::Malformed),
            Event::Empty(_) => return Err(XmlFault::Malformed), // never: they are expanded
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Nothing,
    Declaration,
    Root,
}

/// An element that is open: what it held so far.
#[derive(Clone, Copy, Default)]
struct Open {
    text: bool,
    children: bool,
}

/// Where the walk through the document stands.
struct Walk<'s> {
    shape: &'s Shape,
    open: Vec<Open>,
    seen: Seen,
    /// Depth of the open `Extensions` element.
    extensions: Option<usize>,
}

impl Walk<'_> {
    fn open(&mut self, namespace: &str, name: &str) -> Result<(), XmlFault> {
        let Shape { root, children, also } = self.shape;
        let fits = match self.open.len() {
            0 if self.seen == Seen::Root => return Err(XmlFault::Trailing),
            0 if (namespace, name) != *root => return Err(XmlFault::Root),
            0 => true,
            1 => children.contains(&(namespace, name)),
            _ => {
                self.extensions.is_some()
                    || namespace == root.0
                    || CRYPTOGRAPHY.contains(&namespace)
                    || also.contains(&namespace)
            }
        };
        if !fits {
            return Err(XmlFault::Element);
        }
        if self.open.len() == MAX_DEPTH {
            return Err(XmlFault::Depth);
        }
        if let Some(parent) = self.open.last_mut() {
            parent.children = true;
            if parent.text {
                return Err(XmlFault::Mixed);
            }
        }
        self.seen = Seen::Root;
        self.open.push(Open::default());
        if self.extensions.is_none() && (namespace, name) == (root.0, "Extensions") {
            self.extensions = Some(self.open.len());
        }
        Ok(())
    }

    fn close(&mut self) {
        if self.extensions == Some(self.open.len()) {
            self.extensions = None;
        }
        self.open.pop();
    }

    /// Text other than white space.
    fn text(&mut self) -> Result<(), XmlFault> {
        match self.open.last_mut() {
            Some(element) if element.children => Err(XmlFault::Mixed),
            Some(element) => {
                element.text = true;
                Ok(())
            }
            None if self.seen == Seen::Root => Err(XmlFault::Trailing),
            None => Err(XmlFault::Malformed),
        }
    }

    fn declaration(&mut self, declaration: &BytesDecl<'_>) -> Result<(), XmlFault> {
        let version = declaration.version().is_ok_and(|version| version == "1.0");
        let encoding = match declaration.encoding() {
            None => true,
            Some(encoding) => encoding.is_ok_and(|encoding| encoding.eq_ignore_ascii_case("utf-8")),
        };
        if self.seen != Seen::Nothing || !version || !encoding {
            return Err(XmlFault::Declaration);
        }
        self.seen = Seen::Declaration;
        Ok(())
    }
}

/// Checks an element's name and attributes; gives those without a prefix if `keep`.
fn attributes(
    start: &BytesStart<'_>,
    resolver: &NamespaceResolver,
    keep: bool,
) -> Result<RootAttributes, XmlFault> {
    if !is_qname(start.name().as_ref()) {
        return Err(XmlFault::Malformed);
    }
    let mut plain = Vec::new();
    for (count, attribute) in start.attributes().enumerate() {
        let attribute = attribute.map_err(|_| XmlFault::Malformed)?;
        if count == MAX_ATTRIBUTES {
            return Err(XmlFault::Attributes);
        }
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|_| XmlFault::Entity)?;
        if !is_qname(attribute.key.as_ref()) || attribute.value.contains('<') {
            return Err(XmlFault::Malformed);
        }
        if !value.chars().all(is_xml_char) {
            return Err(XmlFault::Character);
        }
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        match attribute.key.prefix() {
            None if keep => plain.push((attribute.key.as_ref().to_owned(), value.into_owned())),
            None => {}
            Some(prefix) if prefix.as_ref() == "xml" => {}
            Some(_) => match resolver.resolve_attribute(attribute.key).0 {
                ResolveResult::Bound(Namespace(XSI)) => {}
                _ => return Err(XmlFault::Prefix),
            },
        }
    }
    Ok(plain)
}

fn namespace<'n>(resolved: &ResolveResult<'n>) -> Result<&'n str, XmlFault> {
    match resolved {
        ResolveResult::Bound(namespace) => Ok(namespace.into_inner()),
        ResolveResult::Unbound => Ok(""),
        ResolveResult::Unknown(_) => Err(XmlFault::Prefix),
    }
}

/// Whether `name` is an NCName, with an optional prefix that is one too.
fn is_qname(name: &str) -> bool {
    match name.split_once(':') {
        Some((prefix, local)) => is_ncname(prefix) && is_ncname(local),
        None => is_ncname(name),
    }
}

/// Whether `name` is an NCName (Namespaces in XML 1.0, section 3) of ASCII characters: no SAML name and
/// no ID seen in the wild has others.
pub fn is_ncname(name: &str) -> bool {
    name.bytes().enumerate().all(|(at, b)| {
        b.is_ascii_alphabetic() || b == b'_' || at > 0 && (b.is_ascii_digit() || b == b'.' || b == b'-')
    }) && !name.is_empty()
}

#[cfg(test)]
mod tests;
