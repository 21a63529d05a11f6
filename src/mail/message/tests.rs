use mail_parser::{MessageParser, MimeHeaders as _};
use time::macros::datetime;

use super::super::contents::Context;
use super::super::tests::letters;
use super::*;
use crate::mail::Letter;

const HOST: &str = "2fa.example.com";

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

fn composed(letter: &Letter, site: &str, name: &str, to: &str, lang: Lang) -> String {
    let contents = Contents::of(letter, &Context { lang, site, name, to });
    let head = Head {
        id: Uuid::from_u128(7),
        host: HOST,
        from: &email("signin@example.com"),
        to: &email(to),
        site,
        lang,
        now: datetime!(2026-11-23 09:00:10 UTC),
    };
    String::from_utf8(compose(&contents, &head).unwrap().formatted()).unwrap()
}

/// The names of the headers, in order.
fn header_names(raw: &str) -> Vec<&str> {
    let head = raw.split("\r\n\r\n").next().unwrap();
    let begins = |line: &&str| !line.starts_with([' ', '\t']);
    head.split("\r\n").filter(begins).map(|line| line.split(':').next().unwrap()).collect()
}

const HEADERS: [&str; 10] = [
    "Date",
    "Message-ID",
    "From",
    "To",
    "Subject",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
];

#[test]
fn the_headers_say_what_and_when_and_nothing_of_the_reader() {
    let raw = composed(&Letter::Frozen, "Acme Hilfe & Co", "Zoë", "zoe@example.com", Lang::English);
    assert_eq!(header_names(&raw), HEADERS);
    for line in [
        "Date: Mon, 23 Nov 2026 09:00:10 +0000",
        "Message-ID: <00000000-0000-0000-0000-000000000007@2fa.example.com>",
        "From: =?utf-8?b?QWNtZSBIaWxmZSAmIENv?= <signin@example.com>",
        "To: zoe@example.com",
        "Subject: Your account at Acme Hilfe & Co is frozen",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        "Content-Language: en",
    ] {
        assert!(raw.contains(&format!("{line}\r\n")), "{line} in {raw}");
    }
}

#[test]
fn names_can_not_break_out_of_a_header() {
    for hostile in [
        "Acme\r\nBcc: eve@evil.example",
        "Acme\nBcc: eve@evil.example\n\nhello",
        "Acme\rBcc: eve@evil.example",
        "Acme\u{85}Bcc: x\u{2028}Bcc: y\u{2029}Bcc: z",
        "Acme\0\u{b}\u{c}\u{1b}[31m",
        "Acme\" <eve@evil.example>, \"",
        "Acme <eve@evil.example>",
        "=?utf-8?q?Acme=0D=0ABcc:_eve@evil.example?=",
        "\u{202e}emcA\u{202c}",
        "acme\\",
        "",
        " ",
        "Żółć & Söhne 株式会社 \u{1f510}",
        &"長".repeat(2_000),
    ] {
        let raw = composed(&Letter::Frozen, hostile, hostile, "zoe@example.com", Lang::Arabic);
        assert_eq!(header_names(&raw), HEADERS, "{hostile:?}");
        assert!(raw.is_ascii(), "{hostile:?}");
        assert!(raw.lines().all(|line| line.len() <= 998), "RFC 5322 2.1.1: {hostile:?}");
        let mail = MessageParser::default().parse(raw.as_bytes()).unwrap();
        let from = mail.from().unwrap().clone().into_list();
        assert_eq!(from.len(), 1, "{hostile:?}");
        assert_eq!(from[0].address(), Some("signin@example.com"), "{hostile:?}");
        assert_eq!(mail.to().unwrap().first().unwrap().address(), Some("zoe@example.com"));
        assert!(mail.bcc().is_none(), "{hostile:?}");
        let subject = mail.subject().unwrap();
        assert!(!subject.contains(['\r', '\n', '\u{202e}']), "{hostile:?}");
    }
}

#[test]
fn one_line_is_one_line() {
    for (text, expected) in [
        ("Acme", "Acme"),
        ("  Acme \t Help ", "Acme Help"),
        ("a\r\nb", "a b"),
        ("a\u{0}b\u{7f}c\u{9f}d", "a b c d"),
        ("a\u{202e}b\u{2066}c\u{feff}d\u{200b}e", "a b c d e"),
        ("e\u{301}", "é"),
        ("\u{200b}", ""),
        ("=?utf-8?q?=0D=0A?=", "= ?utf-8?q?=0D=0A?="),
    ] {
        assert_eq!(one_line(text), expected, "{text:?}");
    }
    assert_eq!(one_line(&"é".repeat(400)).chars().count(), LONGEST);
}

#[test]
fn addresses_of_every_script_keep_their_local_part_and_get_an_ascii_domain() {
    for (typed, wire) in [
        ("zoe@example.com", "zoe@example.com"),
        ("zoe@Bücher.example", "zoe@xn--bcher-kva.example"),
        ("zoë@例え.テスト", "zoë@xn--r8jz45g.xn--zckzah"),
        ("a..b.@example.com", "a..b.@example.com"),
        ("o'brien+x=y/z@example.com", "o'brien+x=y/z@example.com"),
    ] {
        assert_eq!(address(&email(typed)).unwrap().to_string(), wire);
    }
    for nowhere in ["a@1.2.3.4", "a@0x7f.1", "a@xn--a.example"] {
        if let Ok(email) = Email::parse(nowhere) {
            assert!(address(&email).is_err(), "{nowhere}");
        }
    }
}

#[test]
fn both_bodies_say_the_same_and_load_nothing() {
    for letter in letters() {
        for lang in [Lang::English, Lang::Arabic] {
            let hostile = "<img src=https://evil.example/x>";
            let raw = composed(&letter, "acme.atlassian.net", hostile, "zoe@example.com", lang);
            assert!(raw.is_ascii());
            let mail = MessageParser::default().parse(raw.as_bytes()).unwrap();
            assert_eq!(mail.attachment_count(), 0);
            assert_eq!(mail.content_type().unwrap().subtype(), Some("alternative"));
            let (text, html) = (mail.body_text(0).unwrap(), mail.body_html(0).unwrap());
            assert!(html.contains(&format!("lang=\"{}\" dir=\"{}\"", lang.tag(), lang.dir())));
            let page = scraper::Html::parse_document(&html);
            let all = |css: &str| page.select(&scraper::Selector::parse(css).unwrap()).collect::<Vec<_>>();
            assert!(
                all("img, script, link, iframe, object, form, [background], [onclick]").is_empty(),
                "{html}"
            );
            assert!(!html.contains("url(") && !html.contains("@import"));
            for link in all("a[href]") {
                let href = link.value().attr("href").unwrap();
                assert!(href.starts_with("https://2fa.example.com/"), "{href}");
                assert!(text.contains(href), "{href} in {text}");
            }
            for line in text.lines().filter(|line| line.starts_with("https://")) {
                assert!(!all(&format!("a[href='{}']", line.trim())).is_empty(), "{line} in {html}");
            }
        }
    }
}
