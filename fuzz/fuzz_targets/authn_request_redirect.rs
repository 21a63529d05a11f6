//! The redirect binding. The first byte chooses: the rest is the parameter itself, or the DEFLATE
//! stream in it, or the XML in that, so that the fuzzer reaches every layer.
#![no_main]

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use libfuzzer_sys::fuzz_target;
use vestibule::saml::read_redirect;

#[path = "support/consider.rs"]
mod consider;

fuzz_target!(|data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    let parameter = match choice % 3 {
        0 => String::from_utf8_lossy(rest).into_owned(),
        1 => BASE64.encode(rest),
        _ => {
            let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(rest).expect("a Vec takes everything");
            BASE64.encode(encoder.finish().expect("a Vec takes everything"))
        }
    };
    consider::consider(read_redirect(&parameter));
});
