//! Any bytes as a validation server's answer and as a typed OTP: nothing may panic, no unsigned answer
//! may pass, and an OTP that is read reads the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vestibule::factors::yubikey::{Otp, Verdict, protocol};

fuzz_target!(|data: &[u8]| {
    let otp = Otp::parse("cccccckdvvulethkhtvkrtbeukiettvfceekurncllcj").expect("Yubico's example");
    let verdict = protocol::read(data, b"0123456789abcdef0123", &otp, "0123456789abcdef");
    assert!(matches!(verdict, Verdict::Distrusted(_) | Verdict::Misconfigured(_)), "{verdict:?}");
    if let Some(typed) = std::str::from_utf8(data).ok().and_then(Otp::parse) {
        assert_eq!(Otp::parse(typed.as_str()), Some(typed));
    }
});
