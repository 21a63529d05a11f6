//! Any query as what a browser brings back from Duo, any bytes as the answers of Duo's two calls, and
//! any text as its token: none may panic, and no result may come of what nobody signed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use time::OffsetDateTime;
use vestibule::factors::duo::{Asked, Duo, Return, answer, id_token};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let asked = Asked {
        username: "mira",
        redirect_uri: "https://a.example/duo",
        state: "state-0123456789-0123456789",
        nonce: "nonce-0123456789-0123456789",
    };
    let _ = Return::read(&text).map(|back| back.is_for(asked.state));
    for status in [200, 400, 503] {
        let _ = answer::health(status, data);
        let _ = answer::token(status, data);
    }
    let api = Duo::api("api-0123abcd.duosecurity.com").expect("a host");
    let duo = Duo::configure(&api, "DIXXXXXXXXXXXXXXXXXX", "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
    let duo = duo.expect("lengths as Duo has them");
    assert!(id_token::verify(&duo, &text, &asked, OffsetDateTime::UNIX_EPOCH).is_err());
});
