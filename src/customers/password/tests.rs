use super::*;

const ADA: Context<'static> = Context {
    email: "ada.lovelace@engines.example",
    username: "countess",
    given_name: "Augusta Ada",
    family_name: "Lovelace",
    site: "https://acme.atlassian.net",
};

fn fault(typed: &str, two_factor: bool) -> Option<PasswordFault> {
    check_new(typed, two_factor, &ADA).err()
}

#[test]
fn takes_what_is_long_and_unexpected() {
    for typed in [
        "correct horse battery staple",
        "  spaces at both ends  ",
        "trostlos-gruener-kachelofen",
        "пароль из нескольких слов",
        "😀🐎🔋📎🌲🎈🧦🦔🪐🥕🎻🛶🧲🪴🧊",
        "Ada and the weaving of numbers",
        "service with a smile, 1843 looms",
        "$&'<>\"]]> {{7*7}} %00 ../",
    ] {
        assert_eq!(fault(typed, false), None, "{typed}");
    }
    for typed in ["k7$Pz!2q", "grnlf1843", "жшщрт9ым"] {
        assert_eq!(fault(typed, true), None, "{typed}");
    }
}

#[test]
fn length_is_counted_in_code_points_after_nfc() {
    let decomposed = "e\u{301}".repeat(4) + "xk7$Pz";
    assert_eq!(fault(&decomposed, false), Some(PasswordFault::TooShort { minimum: 15 }));
    for (typed, two_factor, minimum) in
        [("k7$Pz!2", true, 8), ("grün-lo", true, 8), ("", true, 8), ("k7$Pz!2qWm4&uT", false, 15)]
    {
        assert_eq!(fault(typed, two_factor), Some(PasswordFault::TooShort { minimum }), "{typed}");
    }
    assert_eq!(length("cafe\u{301}"), 4);
    assert_eq!((minimum(true), minimum(false)), (8, 15));
}

#[test]
fn sixty_four_code_points_of_any_script_fit_and_1024_bytes_are_the_end() {
    let long: String = (0..64).map(|n| char::from_u32(0x1F300 + n * 7).unwrap()).collect();
    assert_eq!(fault(&long, false), None);
    let words =
        |bytes: usize| -> String { "the quick brown fox and more ".chars().cycle().take(bytes).collect() };
    assert_eq!(fault(&words(1024), false), None);
    assert_eq!(fault(&words(1025), false), Some(PasswordFault::TooLong));
    assert_eq!(fault(&"é".repeat(513), false), Some(PasswordFault::TooLong));
    // Each of these becomes three code points in NFC: the limit holds for what is hashed.
    assert_eq!(fault(&"\u{1D160}".repeat(100), false), Some(PasswordFault::TooLong));
    assert_eq!(fault(&words(1 << 20), false), Some(PasswordFault::TooLong));
}

#[test]
fn only_nfc_changes_what_was_typed() {
    let same = |a: &str, b: &str| Normalised::new(a).unwrap() == Normalised::new(b).unwrap();
    assert!(same("cafe\u{301}", "café"));
    for (a, b) in [("Café", "café"), ("café ", "café"), ("ﬁ", "fi"), ("ｆ", "f"), ("a\0b", "a")] {
        assert!(!same(a, b), "{a:?} {b:?}");
    }
}

#[test]
fn refuses_with_the_reason() {
    for (typed, fault_expected) in [
        ("iloveyou", PasswordFault::Common),
        ("ILoveYou", PasswordFault::Common),
        ("Sunshine2026!", PasswordFault::Common),
        ("**Princess**", PasswordFault::Common),
        ("aaaaaaaaaaaaaaaaaaa", PasswordFault::Pattern),
        ("tomatotomatotomato", PasswordFault::Pattern),
        ("90909090909090909", PasswordFault::Pattern),
        ("23456789012345678", PasswordFault::Pattern),
        ("zyxwvutsrqponmlk", PasswordFault::Pattern),
        ("asdfghjkl;poiuytrewq", PasswordFault::Pattern),
        ("!qwertyuiop[]asdfgh", PasswordFault::Pattern),
        ("йцукенгшщзхъфыва", PasswordFault::Pattern),
        ("4rfv5tgb6yhn7ujm", PasswordFault::Pattern),
        ("lovelace1815", PasswordFault::Context),
        ("L0v3l4c3!!", PasswordFault::Context),
        ("Ada.Lovelace", PasswordFault::Context),
        ("ada@engines.example", PasswordFault::Context),
        ("ada.lovelace@engines.2026", PasswordFault::Context),
        ("countess-1234567890", PasswordFault::Context),
        ("Vestibule2026", PasswordFault::Context),
        ("J1ra-Atl4ss!an", PasswordFault::Context),
        ("acme#Jira#2026", PasswordFault::Context),
        ("Password.Jira.1", PasswordFault::Context),
        ("correct\nhorse battery", PasswordFault::Control),
        ("correct\0horse battery", PasswordFault::Control),
    ] {
        assert_eq!(fault(typed, true), Some(fault_expected), "{typed:?}");
    }
}

#[test]
fn a_word_of_the_context_inside_a_longer_secret_is_no_fault() {
    for typed in ["ada84629175530", "my jira tastes of plum", "atlassian-mountains-at-dusk"] {
        assert_eq!(fault(typed, true), None, "{typed:?}");
    }
}

#[test]
fn an_empty_context_refuses_nothing() {
    assert_eq!(check_new("k7$Pz!2q", true, &Context::default()).err(), None);
}

#[test]
fn the_list_is_as_its_note_says() {
    assert_eq!(COMMON.len(), 8_354);
    assert!(COMMON.iter().all(|entry| entry.chars().count() >= WITH_SECOND_FACTOR));
    assert!(COMMON.iter().all(|entry| entry.to_lowercase() == **entry));
}

#[test]
fn a_password_never_shows_in_debug_output() {
    assert_eq!(format!("{:?}", Normalised::new("hunter2!").unwrap()), "Normalised(..)");
}
