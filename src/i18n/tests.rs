use super::choice::negotiate;
use super::*;

#[test]
fn the_browsers_wish_is_met() {
    use Lang::{Arabic, ChineseSimplified, English, French, German, Japanese, PortugueseBrazil, Spanish};
    for (header, expected) in [
        ("", English),
        ("de", German),
        ("de-AT,de;q=0.9,en;q=0.8", German),
        ("en-GB,de;q=0.9", English),
        ("nl,fr;q=0.8,en;q=0.7", French),
        ("nl,it", English),
        ("fr;q=0.1,es;q=0.9", Spanish),
        ("fr;q=0,es;q=0.1", Spanish),
        ("PT", PortugueseBrazil),
        ("pt-PT, pt;q=0.9", PortugueseBrazil),
        ("zh-TW", ChineseSimplified),
        ("zh-Hans-CN,zh;q=0.9", ChineseSimplified),
        ("ja-JP", Japanese),
        ("ar-EG;q=0.5", Arabic),
        ("*", English),
        ("de;q=2,fr;q=0.1", French),
        ("de;q=x", English),
        (";;;,,,=q", English),
        ("\u{202e}", English),
    ] {
        assert_eq!(negotiate(header), expected, "{header}");
    }
    assert_eq!(negotiate(&"xx,".repeat(100_000)), English, "bounded");
}

#[test]
fn tags_lead_back() {
    for lang in Lang::ALL {
        assert_eq!(Lang::from_tag(lang.tag()), Some(lang));
        assert_eq!(lang.id().to_string(), lang.tag());
    }
    assert_eq!(Lang::from_tag("xx"), None);
}

#[test]
fn what_customers_typed_stays_text() {
    let hostile = "<b>\u{2069}&'\"";
    let html = Lang::English.html1("test-who", "who", hostile);
    assert_eq!(html, "Hello <bdi class=\"who\">&lt;b&gt;&amp;&#39;&quot;</bdi>!");
    assert_eq!(Lang::English.say1("test-who", "who", hostile), "Hello <b>&'\"!");
    assert_eq!(Lang::English.say1("test-count", "count", 1_u32), "1 time");
    assert_eq!(Lang::English.say1("test-count", "count", 1_000_u32), "1000 times");
}
