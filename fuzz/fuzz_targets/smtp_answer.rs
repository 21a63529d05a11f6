//! What a mail server answers: two bytes of code, then its words, of which numbers alone are kept.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vestibule::mail::verdict::{Answer, Stage, verdict};

fuzz_target!(|data: &[u8]| {
    let Some((code, words)) = data.split_first_chunk::<2>() else { return };
    let answer = Answer::new(u16::from_le_bytes(*code), &String::from_utf8_lossy(words));
    let shown = answer.to_string();
    assert!(shown.len() <= 15 && shown.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b' '));
    for stage in [Stage::Connect, Stage::Login, Stage::Sender, Stage::Recipient, Stage::Contents] {
        let _ = verdict(stage, answer);
    }
});
