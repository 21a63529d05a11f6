//! A small, strict XML tree: what the practice Guard reads documents with. It shares no code with
//! `crate::saml`, so that a mistake there is not made twice.

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

/// The largest document read, in bytes.
pub const MAX_DOCUMENT: usize = 256 * 1024;
const MAX_DEPTH: usize = 32;
const MAX_ATTRIBUTES: usize = 64;

/// An element with its namespace resolved. Text beside child elements is kept only to be checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Empty for none.
    pub namespace: String,
    pub name: String,
    /// Sorted, without namespace declarations; a prefixed attribute keeps its prefix in the name.
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    /// All text directly inside, references resolved.
    pub text: String,
}

impl Element {
    /// Reads a whole document. The error says what is wrong with it.
    ///
    /// Refuses document types, processing instructions, comments and CDATA: SAML messages need
    /// none, and each has been a way to make two readers disagree.
    pub fn parse(xml: &str) -> Result<Self, String> {
        if xml.len() > MAX_DOCUMENT {
            return Err(format!("longer than {MAX_DOCUMENT} bytes"));
        }
        let mut reader = NsReader::from_str(xml);
        let mut open: Vec<Element> = Vec::new();
        let mut root: Option<Element> = None;
        loop {
            let (resolved, event) = reader.read_resolved_event().map_err(|e| e.to_string())?;
            let namespace = namespace_of(&resolved);
            match event {
                Event::Start(start) => {
                    if root.is_some() || open.len() >= MAX_DEPTH {
                        return Err("elements after the root, or nested too deep".into());
                    }
                    open.push(element(namespace?, &start)?);
                }
                Event::Empty(start) => {
                    if root.is_some() || open.len() >= MAX_DEPTH {
                        return Err("elements after the root, or nested too deep".into());
                    }
                    close(element(namespace?, &start)?, &mut open, &mut root);
                }
                Event::End(_) => {
                    let done = open.pop().ok_or("an end tag without a start")?;
                    close(done, &mut open, &mut root);
                }
                Event::Text(text) => add_text(&mut open, &text.xml10_content())?,
                Event::GeneralRef(reference) => {
                    let character = match reference.resolve_char_ref().map_err(|e| e.to_string())? {
                        Some(character) => character,
                        None => predefined(&reference).ok_or("an entity that is not predefined")?,
                    };
                    add_text(&mut open, character.encode_utf8(&mut [0; 4]))?;
                }
                Event::Decl(_) if open.is_empty() && root.is_none() => {}
                Event::Eof => break,
                _ => return Err("a document type, processing instruction, comment or CDATA".into()),
            }
        }
        match root {
            Some(root) if open.is_empty() => Ok(root),
            _ => Err("the document ends early".into()),
        }
    }

    /// Whether this is `name` in `namespace`.
    pub fn is(&self, namespace: &str, name: &str) -> bool {
        self.namespace == namespace && self.name == name
    }

    /// The value of an attribute without a prefix.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The children called `name` in `namespace`.
    pub fn children<'a>(&'a self, namespace: &'a str, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.is(namespace, name))
    }

    /// The first child called `name` in `namespace`.
    pub fn child(&self, namespace: &str, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.is(namespace, name))
    }

    /// This element and everything below it, parents first.
    pub fn walk(&self) -> Vec<&Element> {
        let mut all = vec![self];
        let mut next = 0;
        while let Some(element) = all.get(next).copied() {
            all.extend(element.children.iter());
            next += 1;
        }
        all
    }
}

fn namespace_of(resolved: &ResolveResult) -> Result<String, String> {
    match resolved {
        ResolveResult::Bound(namespace) => Ok(namespace.0.to_owned()),
        ResolveResult::Unbound => Ok(String::new()),
        ResolveResult::Unknown(prefix) => Err(format!("the prefix {prefix:?} is not declared")),
    }
}

fn element(namespace: String, start: &BytesStart) -> Result<Element, String> {
    let name = start.local_name().as_ref().to_owned();
    let mut attributes: Vec<(String, String)> = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| e.to_string())?;
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|e| e.to_string())?;
        attributes.push((attribute.key.0.to_owned(), value.into_owned()));
        if attributes.len() > MAX_ATTRIBUTES {
            return Err(format!("more than {MAX_ATTRIBUTES} attributes"));
        }
    }
    attributes.sort();
    Ok(Element { namespace, name, attributes, ..Element::default() })
}

fn close(done: Element, open: &mut [Element], root: &mut Option<Element>) {
    match open.last_mut() {
        Some(parent) => parent.children.push(done),
        None => *root = Some(done),
    }
}

fn add_text(open: &mut [Element], text: &str) -> Result<(), String> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.chars().all(char::is_whitespace) => {}
        None => return Err("text outside the root element".into()),
    }
    Ok(())
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_attributes_and_text() {
        let root = Element::parse(
            "<?xml version=\"1.0\"?><a:x xmlns:a='urn:a' k='1 &amp; 2'><y/>&lt;é&#x1F512;</a:x>\n",
        )
        .unwrap();
        assert!(root.is("urn:a", "x"));
        assert_eq!(root.attribute("k"), Some("1 & 2"));
        assert!(root.children[0].is("", "y"));
        assert_eq!(root.text, "<é🔒");
        assert_eq!(root.walk().len(), 2);
    }

    #[test]
    fn refuses_what_a_saml_message_never_needs() {
        let deep = ["<a>", "</a>"].map(|tag| tag.repeat(40)).concat();
        let wide = format!("<a {}/>", (0..70).map(|n| format!("b{n}='' ")).collect::<String>());
        let long = format!("<a>{}</a>", "x".repeat(MAX_DOCUMENT));
        for bad in [
            "",
            "text",
            "<a>",
            "</a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>x",
            "<a b='1' b='2'/>",
            "<!DOCTYPE a><a/>",
            "<a><?p i?></a>",
            "<a><!-- c --></a>",
            "<a><![CDATA[c]]></a>",
            "<a>&other;</a>",
            "<a>&#0;</a>",
            "<p:a/>",
            "<a b=1/>",
            &deep,
            &wide,
            &long,
        ] {
            assert!(Element::parse(bad).is_err(), "{}", &bad[..bad.len().min(60)]);
        }
    }
}
