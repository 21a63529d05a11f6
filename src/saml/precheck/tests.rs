use super::*;

const SHAPE: Shape = Shape {
    root: ("urn:r", "Root"),
    children: &[("urn:r", "A"), ("urn:s", "B"), ("urn:r", "Extensions")],
    also: &["urn:s"],
};

fn checked(xml: &str) -> Result<RootAttributes, XmlFault> {
    check(xml, &SHAPE)
}

#[test]
fn lets_plain_documents_through() {
    for xml in
        [
            r#"<Root xmlns="urn:r"/>"#,
            r#"<?xml version="1.0"?><Root xmlns="urn:r"></Root>"#,
            "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\r\n<r:Root xmlns:r='urn:r' />\n",
            r#"<Root xmlns="urn:r"> <A>text &amp; &lt;&gt;&quot;&apos;&#65;&#x1F510; more</A>	<A/> </Root>"#,
            r#"<Root xmlns="urn:r"><B xmlns="urn:s"><B/><C>x</C></B></Root>"#,
            r#"<r:Root xmlns:r="urn:r" xmlns:s="urn:s"><s:B><r:A/></s:B></r:Root>"#,
            r#"<Root xmlns="urn:r"><Extensions>a<x:y xmlns:x="urn:x">foreign</x:y></Extensions></Root>"#
                .replace(">a<", "><")
                .as_str(),
            r#"<Root xmlns="urn:r" xml:lang="en" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="t"/>"#,
        ]
    {
        assert!(checked(xml).is_ok(), "{xml}: {:?}", checked(xml));
    }
}

#[test]
fn gives_the_roots_own_attributes() {
    let attributes =
        checked("<Root xmlns='urn:r' A='1' xml:lang='en' B='a&amp;b\n&#10;c'><A C='no'/></Root>").unwrap();
    assert_eq!(attributes, [("A".into(), "1".into()), ("B".into(), "a&b \nc".into())]);
}

#[test]
fn refuses_everything_else() {
    let nested = |depth: usize| {
        format!("<Root xmlns=\"urn:r\">{}{}</Root>", "<A>".repeat(depth - 1), "</A>".repeat(depth - 1))
    };
    let attributes = |count: usize| {
        let list: String = (1..count).map(|i| format!(" a{i}=''")).collect();
        format!("<Root xmlns=\"urn:r\"{list}/>")
    };
    assert!(checked(&nested(MAX_DEPTH)).is_ok());
    assert!(checked(&attributes(MAX_ATTRIBUTES)).is_ok());
    let in_root = |inside: &str| format!("<Root xmlns=\"urn:r\" xmlns:s=\"urn:s\">{inside}</Root>");
    use XmlFault::*;
    let table: Vec<(String, XmlFault)> = vec![
        (String::new(), Malformed),
        ("text".into(), Malformed),
        ("<Root xmlns=\"urn:r\">".into(), Malformed),
        ("<Root xmlns=\"urn:r\"".into(), Malformed),
        ("</Root>".into(), Malformed),
        (in_root("<A></B>"), Malformed),
        (in_root("<A"), Malformed),
        (in_root("<A x=\"1\" x=\"2\"/>"), Malformed),
        (in_root("<A x=\"<\"/>"), Malformed),
        (in_root("<A x=1/>"), Malformed),
        (in_root("<A x/>"), Malformed),
        (in_root("<A \"/>"), Malformed),
        (in_root("<1/>"), Malformed),
        (in_root("<a:b:c/>"), Malformed),
        (in_root("<A>]]></A>"), Malformed),
        (in_root("<A>a & b</A>"), Malformed),
        (in_root("<A>&#0;</A>"), Malformed),
        (in_root("<A>&#1;</A>"), Character),
        (in_root("<A>&#xFFFE;</A>"), Character),
        (in_root("<A x=\"&#1;\"/>"), Character),
        (in_root("<A>\u{1}</A>"), Character),
        (in_root("<A x=\"\0\"/>"), Character),
        (in_root("<A>&nbsp;</A>"), Entity),
        (in_root("<A x=\"&nbsp;\"/>"), Entity),
        (in_root("<!-- -->"), Decoration),
        (in_root("<A>a<!-- -->b</A>"), Decoration),
        (in_root("<A><![CDATA[a]]></A>"), Decoration),
        (in_root("<?pi?>"), Decoration),
        ("<!-- --><Root xmlns=\"urn:r\"/>".into(), Decoration),
        ("<?xml-stylesheet href='x'?><Root xmlns=\"urn:r\"/>".into(), Decoration),
        ("<!DOCTYPE Root><Root xmlns=\"urn:r\"/>".into(), DocType),
        ("<!DOCTYPE r [<!ENTITY a \"b\">]><Root xmlns=\"urn:r\">&a;</Root>".into(), DocType),
        (in_root("<!DOCTYPE x>"), DocType),
        ("<?xml version='1.1'?><Root xmlns=\"urn:r\"/>".into(), Declaration),
        ("<?xml version='1.0' encoding='utf-16'?><Root xmlns=\"urn:r\"/>".into(), Declaration),
        (in_root("<?xml version='1.0'?>"), Declaration),
        ("<?xml version='1.0'?><?xml version='1.0'?><Root xmlns=\"urn:r\"/>".into(), Declaration),
        (nested(MAX_DEPTH + 1), Depth),
        (nested(5_000), Depth),
        (attributes(MAX_ATTRIBUTES + 1), Attributes),
        (in_root("<x:A/>"), Prefix),
        (in_root("<A x:y=''/>"), Prefix),
        (in_root("<A s:y=''/>"), Prefix),
        ("<r:Root xmlns:r='urn:r' r:ID='a'/>".into(), Prefix),
        ("<Root/>".into(), Root),
        ("<Root xmlns=\"urn:s\"/>".into(), Root),
        ("<root xmlns=\"urn:r\"/>".into(), Root),
        ("<A xmlns=\"urn:r\"/>".into(), Root),
        (in_root("<s:A/>"), Element),
        (in_root("<B/>"), Element),
        (in_root("<C/>"), Element),
        (in_root("<A xmlns=''/>"), Element),
        (in_root("<A><x xmlns='urn:x'/></A>"), Element),
        (in_root("<Extensions/><A><x xmlns='urn:x'/></A>"), Element),
        (in_root("text<A/>"), Mixed),
        (in_root("<A/>text"), Mixed),
        (in_root("<A>a<A/>b</A>"), Mixed),
        (in_root("<A><A/>&amp;</A>"), Mixed),
        (format!("{}<A/>", in_root("")), Trailing),
        (format!("{}text", in_root("")), Trailing),
        (format!("{}{}", in_root(""), in_root("")), Trailing),
        (format!("{}<!-- -->", in_root("")), Decoration),
    ];
    for (xml, fault) in table {
        assert_eq!(checked(&xml), Err(fault), "{}", &xml[..xml.len().min(120)]);
    }
}

#[test]
fn every_beginning_of_a_document_is_refused() {
    let whole = "<?xml version=\"1.0\"?><r:Root xmlns:r=\"urn:r\" A=\"b\"><r:A>x &amp; y</r:A></r:Root>";
    assert!(checked(whole).is_ok());
    for end in 0..whole.len() {
        assert!(checked(&whole[..end]).is_err(), "{}", &whole[..end]);
    }
}

#[test]
fn knows_an_ncname() {
    for good in ["a", "_", "_0a.b-c", "ONELOGIN_abc", "Z9"] {
        assert!(is_ncname(good), "{good}");
    }
    for bad in ["", "0a", "-a", ".a", "a:b", "a b", "a\n", "a<", "é", "a\"", "#a"] {
        assert!(!is_ncname(bad), "{bad}");
    }
}
