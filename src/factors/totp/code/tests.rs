use std::process::Command;

use time::macros::datetime;

use super::*;

const NOW: OffsetDateTime = datetime!(2026-11-23 12:00:10 UTC);

fn secret() -> Secret {
    Secret::new(*b"12345678901234567890")
}

/// RFC 6238 appendix B, SHA-1, the last six of its eight digits.
#[test]
fn the_vectors_of_rfc_6238() {
    for (seconds, code) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ] {
        let now = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
        assert_eq!(secret().code_at(step_of(now)), code, "{seconds}");
        assert!(matches!(check(&secret(), &History::default(), code, now), Check::Accepted(_)), "{seconds}");
    }
}

/// An independent peer: Debian's oathtool.
#[test]
fn oathtool_makes_the_same_codes() {
    let secret = Secret::generate(&Random::seeded(5));
    let base32 = data_encoding::BASE32_NOPAD.encode(secret.bytes());
    let out = Command::new("oathtool")
        .args(["--totp", "--base32", "--now", "2026-11-23 12:00:10 UTC", "--window", "3", &base32])
        .output()
        .expect("oathtool, which script/test installs");
    let theirs: Vec<_> = String::from_utf8(out.stdout).unwrap().lines().map(str::to_owned).collect();
    let ours: Vec<_> = (0..4).map(|ahead| secret.code_at(step_of(NOW) + ahead)).collect();
    assert_eq!(ours, theirs);
}

#[test]
fn the_window_is_one_step_either_way() {
    let current = step_of(NOW);
    for (offset, accepted) in [(-2_i64, false), (-1, true), (0, true), (1, true), (2, false)] {
        let code = secret().code_at(current.checked_add_signed(offset).unwrap());
        let got = check(&secret(), &History::default(), &code, NOW);
        assert_eq!(matches!(got, Check::Accepted(_)), accepted, "{offset}: {got:?}");
    }
}

#[test]
fn an_accepted_step_and_older_ones_are_spent() {
    let current = step_of(NOW);
    let history = History { last_step: Some(current), burned_steps: vec![] };
    for offset in [-100_i64, -2, -1, 0] {
        let code = secret().code_at(current.checked_add_signed(offset).unwrap());
        assert_eq!(check(&secret(), &history, &code, NOW), Check::AlreadyUsed, "{offset}");
    }
    let next = secret().code_at(current + 1);
    assert!(
        matches!(check(&secret(), &history, &next, NOW), Check::Accepted(h) if h.last_step == Some(current + 1))
    );
}

#[test]
fn a_clock_that_is_off_is_told_and_its_code_never_works_later() {
    let current = step_of(NOW);
    let slow = secret().code_at(current - 20);
    assert!(matches!(
        check(&secret(), &History::default(), &slow, NOW),
        Check::ClockOff { minutes: -10, .. }
    ));

    let fast = secret().code_at(current + 20);
    let Check::ClockOff { minutes: 10, history } = check(&secret(), &History::default(), &fast, NOW) else {
        panic!("a code ten minutes ahead is told to be so");
    };
    let then = NOW + time::Duration::minutes(10);
    assert_eq!(check(&secret(), &history, &fast, then), Check::AlreadyUsed);
    let next = secret().code_at(step_of(then) + 1);
    assert!(matches!(check(&secret(), &history, &next, then), Check::Accepted(_)));
}

#[test]
fn what_is_not_six_digits_is_malformed() {
    for typed in
        ["", "12345", "1234567", "12345a", "１２３４５６", "+12345", "12.456", "000 0000", &"1".repeat(5000)]
    {
        assert_eq!(check(&secret(), &History::default(), typed, NOW), Check::Malformed, "{typed:.20}");
    }
    let code = secret().code_at(step_of(NOW));
    for typed in [format!(" {} {}\t", &code[..3], &code[3..]), format!("{}-{}", &code[..3], &code[3..])] {
        assert!(matches!(check(&secret(), &History::default(), &typed, NOW), Check::Accepted(_)), "{typed}");
    }
}

#[test]
fn the_address_names_issuer_and_account() {
    let uri = secret().otpauth_uri("Acme: Help & Co", "zoë@example.com");
    assert_eq!(
        uri,
        "otpauth://totp/Acme%20%20Help%20%26%20Co:zo%C3%AB%40example%2Ecom\
         ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme%20%20Help%20%26%20Co"
    );
    assert_eq!(secret().grouped(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
}
