//! XML with line breaks, for reading. Only for showing: the checks read the bytes as they came.

use quick_xml::events::Event;
use quick_xml::{Reader, Writer};

/// `xml` with each element on a line of its own; unchanged when it is not well-formed.
pub fn pretty(xml: &str) -> String {
    indent(xml).unwrap_or_else(|| xml.to_owned())
}

fn indent(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    loop {
        match reader.read_event().ok()? {
            Event::Eof => break,
            event => writer.write_event(event).ok()?,
        }
    }
    String::from_utf8(writer.into_inner()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_unchanged_text() {
        assert_eq!(
            pretty("<a><b c=\"1\"><d>x &amp; y</d></b></a>"),
            "<a>\n  <b c=\"1\">\n    <d>x &amp; y</d>\n  </b>\n</a>"
        );
        assert_eq!(pretty("<a></b>"), "<a></b>");
        assert_eq!(pretty("text"), "text");
    }
}
