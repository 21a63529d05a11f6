//! The POST binding. The first byte chooses: the rest is the form field itself, or the XML in it.
#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use libfuzzer_sys::fuzz_target;
use vestibule::saml::read_post;

#[path = "support/consider.rs"]
mod consider;

fuzz_target!(|data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    let field =
        if choice % 2 == 0 { String::from_utf8_lossy(rest).into_owned() } else { BASE64.encode(rest) };
    consider::consider(read_post(&field));
});
