mod messages; // the files of messages, held against each other and the code

use proptest::prelude::*;
use time::macros::{date, datetime};

use super::choice::{choose, negotiate};
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
fn what_was_chosen_goes_before_what_the_browser_asks_for() {
    for (chosen, accepts, expected) in [
        (None, None, Lang::English),
        (None, Some("de"), Lang::German),
        (Some(Lang::Arabic), Some("de"), Lang::Arabic),
        (Some(Lang::English), Some("de"), Lang::English),
        (Some(Lang::Arabic), None, Lang::Arabic),
    ] {
        assert_eq!(choose(chosen, accepts), expected, "{chosen:?} {accepts:?}");
    }
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
    let hostile = "<b>\u{2069}\u{2067}&'\"";
    let html = Lang::English.html1("signin-done-lead", "site", hostile);
    assert_eq!(html, "Taking you back to <bdi class=\"who\">&lt;b&gt;&amp;&#39;&quot;</bdi>…");
    let text = Lang::English.say1("signin-done-lead", "site", hostile);
    assert_eq!(text, "Taking you back to <b>&'\"…");
}

#[test]
fn marks_stand_where_directions_mix_and_nowhere_else() {
    let said = |lang: Lang, site| lang.say1("signin-done-lead", "site", site);
    assert!(!said(Lang::English, "Acme").contains('\u{2068}'));
    assert!(said(Lang::English, "أكمي").contains("\u{2068}أكمي\u{2069}"));
    assert!(said(Lang::Arabic, "Acme").contains("\u{2068}Acme\u{2069}"));
}

#[test]
fn numbers_are_plain() {
    let html = Lang::English.html1("signin-new-password-rules", "minimum", 1_000_usize);
    assert!(html.starts_with("At least 1000 characters."), "{html}");
    let arabic = Lang::Arabic.say1("signin-new-password-rules", "minimum", 15_usize);
    assert!(arabic.contains("15") && !arabic.contains('\u{2068}'), "{arabic}");
}

#[test]
fn what_is_wrong_comes_in_two_parts() {
    let problem = Lang::English.problem("signin-error-too-short", &[("minimum", 8_usize.into())]);
    assert_eq!(problem.link, "Use at least 8 characters.");
    assert_eq!(problem.more, " A few unrelated words make a good password.");
    assert_eq!(Lang::English.problem("signin-error-name-missing", &[]).more, "");
    let japanese = Lang::Japanese.problem("signin-error-mismatch", &[]);
    assert!(japanese.link.ends_with('。') && !japanese.more.starts_with(' '), "{japanese:?}");
}

#[test]
fn days_and_moments_are_told_in_full() {
    let (first, last) = (date!(2026 - 12 - 01), date!(2026 - 03 - 31));
    for (lang, on_the_first, on_the_last) in [
        (Lang::English, "1 December 2026", "31 March 2026"),
        (Lang::German, "1. Dezember 2026", "31. März 2026"),
        (Lang::French, "1er décembre 2026", "31 mars 2026"),
        (Lang::Spanish, "1 de diciembre de 2026", "31 de marzo de 2026"),
        (Lang::PortugueseBrazil, "1º de dezembro de 2026", "31 de março de 2026"),
        (Lang::Japanese, "2026年12月1日", "2026年3月31日"),
        (Lang::ChineseSimplified, "2026年12月1日", "2026年3月31日"),
        (Lang::Arabic, "1 ديسمبر 2026", "31 مارس 2026"),
    ] {
        assert_eq!((lang.day(first), lang.day(last)), (on_the_first.into(), on_the_last.into()));
    }
    let at = datetime!(2026-11-30 23:05:59 -2);
    assert_eq!(Lang::English.moment(at), "1 December 2026, 01:05 UTC");
    assert_eq!(Lang::Japanese.moment(at), "2026年12月1日 01:05 (UTC)");
}

proptest! {
    #[test]
    fn no_header_breaks_the_choice(header in ".*", pieces in "[a-z*;,=q0-9. -]{0,80}") {
        negotiate(&header);
        negotiate(&pieces);
    }

    #[test]
    fn no_argument_becomes_markup(text in "(.|[<>&\"'\u{2066}-\u{2069}]){0,40}") {
        for lang in Lang::ALL {
            let html = lang.html1("signin-new-password-longer", "account", text.as_str());
            let (_, rest) = html.split_once("<bdi class=\"who\">").unwrap();
            let (inside, rest) = rest.split_once("</bdi>").unwrap();
            prop_assert!(!inside.contains(['<', '>', '"', '\'', '\u{2066}', '\u{2068}', '\u{2069}']), "{}", html);
            prop_assert!(!rest.contains('<'), "{}", html);
        }
    }
}
