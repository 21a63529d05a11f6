use time::macros::datetime;

use super::super::tests::letters;
use super::*;

fn context<'a>(to: &'a str) -> Context<'a> {
    Context { lang: Lang::English, site: "acme.atlassian.net", name: "Zoë", to }
}

/// All that a letter says, as plain text.
fn told(contents: &Contents) -> String {
    let mut text = format!("{}\n{}\n", contents.subject, contents.hello);
    for part in &contents.parts {
        let part = match part {
            Part::Text(words) => words.plain.clone(),
            Part::Code(code) => code.clone(),
            Part::Button { label, link } | Part::Link { label, link } => format!("{label} {link}"),
            Part::Facts(facts) => facts.iter().map(|(name, value)| format!("{name}: {value} ")).collect(),
        };
        text.push_str(&part);
        text.push('\n');
    }
    if let Some(freeze) = &contents.freeze {
        text.push_str(&format!("{} {} {}\n", freeze.title, freeze.lead.plain, freeze.link));
    }
    text.push_str(&contents.foot.plain);
    text
}

#[test]
fn every_letter_has_its_words_names_the_site_and_leaves_no_key_or_placeholder() {
    for letter in letters() {
        let contents = Contents::of(&letter, &context("zoe@example.com"));
        let text = told(&contents);
        assert!(contents.subject.contains("acme.atlassian.net"), "{text}");
        assert!(!text.contains("mail-") && !text.contains("{ $") && !text.contains("{$"), "{text}");
        assert!(!text.contains(['\u{2068}', '\u{2069}']), "{text}");
        assert!(text.contains("Hello Zoë,"), "{text}");
    }
    let nameless = Contents::of(&Letter::Frozen, &Context { name: "", ..context("zoe@example.com") });
    assert_eq!(nameless.hello, "Hello,");
}

#[test]
fn security_mails_carry_the_freeze_link() {
    use crate::mail::LetterKind as K;
    for letter in letters() {
        let contents = Contents::of(&letter, &context("zoe@example.com"));
        let expected = matches!(
            letter.kind(),
            K::FactorAdded
                | K::FactorRemoved
                | K::FactorsReset
                | K::PasswordOff
                | K::PasswordChanged
                | K::EmailChanged
                | K::BackupCodeUsed
                | K::BackupCodesMade
                | K::NewDevice
                | K::DeviceCopied
                | K::SecondFactorFailed
        );
        assert_eq!(contents.freeze.is_some(), expected, "{letter:?}");
    }
}

#[test]
fn a_changed_address_is_told_to_both_and_neither_reads_the_others() {
    let letter = Letter::EmailChanged {
        old: "zoe@example.com".into(),
        new: "łukasz@elsewhere.example".into(),
        freeze_link: "https://2fa.example.com/freeze/1".into(),
    };
    assert_eq!(letter.recipients("zoe@example.com"), ["zoe@example.com", "łukasz@elsewhere.example"]);
    let old = told(&Contents::of(&letter, &context("zoe@example.com")));
    assert!(old.contains("zoe@example.com") && old.contains("ł…@elsewhere.example"), "{old}");
    assert!(old.contains("/freeze/1"));
    let new = told(&Contents::of(&letter, &context("łukasz@elsewhere.example")));
    assert!(new.contains("z…@example.com") && new.contains("łukasz@elsewhere.example"), "{new}");
    assert!(!new.contains("/freeze/1"), "a stranger may read this one");
}

#[test]
fn moments_are_universal() {
    assert_eq!(moment(datetime!(2026-11-23 23:30:59 -5)), "2026-11-24 04:30 UTC");
}

#[test]
fn methods_have_names() {
    for word in ["passkey", "totp", "yubikey", "duo", "sms", "email_code", "questions", "backup_codes", "x"] {
        assert!(!Lang::English.say(method_name(word)).contains("mail-"), "{word}");
    }
    assert_eq!(method_name("x"), key("mail-method-other"));
}
