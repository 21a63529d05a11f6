use proptest::prelude::*;

use super::*;

#[test]
fn takes_addresses_as_people_write_them() {
    for (typed, kept, key) in [
        ("ada@example.com", "ada@example.com", "ada@example.com"),
        ("  Ada.Lovelace@Example.COM \r\n", "Ada.Lovelace@Example.COM", "ada.lovelace@example.com"),
        ("\u{FEFF}a@b.c\u{200B}", "a@b.c", "a@b.c"),
        ("o'brien+tag&co@example.com", "o'brien+tag&co@example.com", "o'brien+tag&co@example.com"),
        ("two..dots.@docomo.ne.jp", "two..dots.@docomo.ne.jp", "two..dots.@docomo.ne.jp"),
        ("Jose\u{301}@example.com", "José@example.com", "josé@example.com"),
        ("ΝΙΚΟΣ1@παράδειγμα.ελ", "ΝΙΚΟΣ1@παράδειγμα.ελ", "νικοσ1@παράδειγμα.ελ"),
        ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
    ] {
        let email = Email::parse(typed).unwrap();
        assert_eq!((email.as_str(), email.key().as_str()), (kept, key));
    }
}

#[test]
fn refuses_what_is_no_address() {
    let long_local = format!("{}@example.com", "x".repeat(65));
    let long = format!("x@{}.com", ["abcdefg"; 40].join("."));
    let huge = "x".repeat(1 << 20);
    for (typed, fault) in [
        ("", EmailFault::Missing),
        (" \u{200B} ", EmailFault::Missing),
        ("ada", EmailFault::At),
        ("@example.com", EmailFault::At),
        ("ada@", EmailFault::At),
        ("ada@b@example.com", EmailFault::At),
        ("ada lovelace@example.com", EmailFault::Local),
        ("<ada@example.com", EmailFault::Local),
        ("\"ada\"@example.com", EmailFault::Local),
        (&long_local, EmailFault::Local),
        ("ada@localhost", EmailFault::Domain),
        ("ada@example..com", EmailFault::Domain),
        ("ada@example.com.", EmailFault::Domain),
        ("ada@-example.com", EmailFault::Domain),
        ("ada@exa_mple.com", EmailFault::Domain),
        ("ada@[127.0.0.1]", EmailFault::Domain),
        ("ada@example.com>", EmailFault::Domain),
        (&long, EmailFault::TooLong),
        (&huge, EmailFault::TooLong),
        ("a\0b@example.com", EmailFault::Character(BadCharacter::Control('\0'))),
        ("a\nb@example.com", EmailFault::Character(BadCharacter::Control('\n'))),
        ("a\u{202E}b@example.com", EmailFault::Character(BadCharacter::Direction('\u{202E}'))),
        ("a\u{200B}b@example.com", EmailFault::Character(BadCharacter::Invisible('\u{200B}'))),
        ("a\u{FFFF}b@example.com", EmailFault::Character(BadCharacter::NotACharacter('\u{FFFF}'))),
    ] {
        assert_eq!(Email::parse(typed), Err(fault), "{:.40}", typed);
    }
}

#[test]
fn a_username_never_looks_like_somebody_elses_address() {
    let email = Email::parse("Ada@Example.com").unwrap();
    let parse = |text: &str| Username::parse(text, &email);
    assert_eq!(parse(" Ada L ").unwrap().unwrap().as_str(), "Ada L");
    assert_eq!(parse(" Ada L ").unwrap().unwrap().key(), "ada l");
    for own in ["", "  ", "ada@example.com", "ADA@EXAMPLE.COM "] {
        assert_eq!(parse(own), Ok(None), "{own:?}");
    }
    assert_eq!(parse("bob@example.com"), Err(UsernameFault::At));
    assert_eq!(parse("@ada"), Err(UsernameFault::At));
    assert!(parse(&"😀".repeat(100)).is_ok());
    assert_eq!(parse(&"x".repeat(101)), Err(UsernameFault::TooLong));
    assert_eq!(parse(&"x".repeat(1 << 20)), Err(UsernameFault::TooLong));
    assert_eq!(parse("a\u{200D}b"), Err(UsernameFault::Character(BadCharacter::Invisible('\u{200D}'))));
}

#[test]
fn takes_every_name_that_can_be_written_out() {
    for (given, family) in [
        ("Ada", "Lovelace"),
        ("", "Björk"),
        ("Teller", ""),
        ("x</saml2:AttributeValue>", "]]> & \"'"),
        ("👩‍🚀", "محمد عبد الله"),
        ("می‌خواهم", "\u{200F}עברית"),
    ] {
        let name = PersonName::parse(&format!(" {given}\t"), family).unwrap();
        assert_eq!((name.given.as_str(), name.family.as_str()), (given, family));
    }
    assert!(PersonName::parse(&"😀".repeat(200), &"e\u{301}".repeat(200)).is_ok());
}

#[test]
fn refuses_names_nobody_can_show() {
    let long = "x".repeat(201);
    for (given, family, fault) in [
        (" ", "", NameFault::Missing),
        (long.as_str(), "", NameFault::TooLong),
        ("Ada", long.as_str(), NameFault::TooLong),
        ("A\u{1}da", "", NameFault::Character(BadCharacter::Control('\u{1}'))),
        ("A\u{7F}da", "", NameFault::Character(BadCharacter::Control('\u{7F}'))),
        ("Ada\r\nX", "", NameFault::Character(BadCharacter::Control('\r'))),
        ("A\u{2028}da", "", NameFault::Character(BadCharacter::Control('\u{2028}'))),
        ("Ada", "x\u{FFFE}", NameFault::Character(BadCharacter::NotACharacter('\u{FFFE}'))),
        ("Ada", "x\u{1FFFF}", NameFault::Character(BadCharacter::NotACharacter('\u{1FFFF}'))),
        ("Ada\u{202E}x", "", NameFault::Character(BadCharacter::Direction('\u{202E}'))),
        ("Ada\u{2066}x", "", NameFault::Character(BadCharacter::Direction('\u{2066}'))),
    ] {
        assert_eq!(PersonName::parse(given, family), Err(fault), "{:.20}", given);
    }
}

#[test]
fn a_refusal_reads_as_a_sentence() {
    let fault = NameFault::Character(BadCharacter::Direction('\u{202E}'));
    assert_eq!(
        fault.to_string(),
        "The name holds U+202E, which changes the direction of the text around it."
    );
}

#[test]
fn a_typed_name_is_found_however_it_is_written() {
    for (typed, key) in [
        (" ADA@Example.com\n", "ada@example.com"),
        ("Jose\u{301}", "josé"),
        ("JOSE\u{301}", "josé"),
        ("ΝΙΚΟΣ", "νικοσ"),
        ("", ""),
        ("a\0b", "a\u{FFFD}b"),
    ] {
        assert_eq!(login_key(typed), key);
    }
}

proptest! {
    /// Whatever passes can be found again by typing it, and is fit for XML 1.0.
    #[test]
    fn what_passes_is_found_and_fit_for_xml(text in "\\PC{0,40}|.{0,40}", domain in "[a-zé]{1,9}\\.[a-z]{2}") {
        if let Ok(email) = Email::parse(&format!("{text}@{domain}")) {
            prop_assert_eq!(login_key(email.as_str()), email.key());
            prop_assert_eq!(login_key(&email.key()), email.key());
        }
        if let Ok(name) = PersonName::parse(&text, "x") {
            let fit = name.given.chars().all(|c| c >= ' ' && c != '\u{FFFE}' && c != '\u{FFFF}');
            prop_assert!(fit);
        }
    }
}
