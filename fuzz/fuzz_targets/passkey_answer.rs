//! What a browser answers. The first byte chooses: the rest is the whole answer, or one part of an
//! otherwise honest one, so that the fuzzer reaches every parser behind it.
#![no_main]

use std::sync::LazyLock;

use data_encoding::BASE64URL_NOPAD;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;
use vestibule::config::BaseUrl;
use vestibule::factors::passkey::{
    Assertion, Attestation, Authenticating, Data, LIFETIME, Passkey, Passkeys, Person, Purpose, Registering,
};
use vestibule::random::Random;

const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;
const ORIGIN: &str = "https://2fa.example.com";
/// P-256's base point: a key whose owner nobody knows to be here.
const KEY: &str =
    "pQECAyYgASFYIGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWIlggT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU";

struct World {
    passkeys: Passkeys,
    created: Value,
    registering: Registering,
    asked: Value,
    authenticating: Authenticating,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let passkeys = Passkeys::new(&BaseUrl::parse(ORIGIN).expect("an origin"));
    let random = Random::seeded(1);
    let person = Person { handle: Uuid::nil(), name: "z", display_name: "z" };
    let (created, registering) = passkeys.begin_registration(person, &[], &random, NOW);
    let (asked, authenticating) =
        passkeys.begin_authentication(&[stored(KEY)], Purpose::SecondFactor, &random, NOW);
    World { passkeys, created, registering, asked, authenticating }
});

fn stored(key: &str) -> Passkey {
    let data = json!({
        "rp_id": "2fa.example.com", "key": key, "aaguid": Uuid::nil(), "backup_eligible": false,
        "backed_up": false, "user_verified": true,
    });
    let data: Data = serde_json::from_value(data).expect("a passkey's data");
    Passkey { credential_id: vec![1], counter: 0, data }
}

fn client_data(kind: &str, options: &Value) -> Vec<u8> {
    json!({ "type": kind, "challenge": options["challenge"], "origin": ORIGIN }).to_string().into_bytes()
}

fn answer(id: &[u8], parts: &[(&str, &[u8])]) -> String {
    let id = BASE64URL_NOPAD.encode(id);
    let response: serde_json::Map<String, Value> = parts
        .iter()
        .map(|(name, bytes)| ((*name).to_owned(), BASE64URL_NOPAD.encode(bytes).into()))
        .collect();
    json!({ "id": id, "rawId": id, "type": "public-key", "response": response }).to_string()
}

fn register(world: &World, json: &str) {
    let Ok(answer) = Attestation::read(json) else { return };
    if let Ok(made) = world.passkeys.finish_registration(&world.registering, &answer, NOW) {
        assert!((1..=1023).contains(&made.credential_id.len()));
        let json = serde_json::to_string(&made.data).expect("data is JSON");
        assert_eq!(serde_json::from_str::<Data>(&json).expect("it reads back"), made.data);
        assert!(world.passkeys.finish_registration(&world.registering, &answer, NOW + LIFETIME).is_err());
    }
}

/// By a key whose signatures nobody can make.
fn sign_in(world: &World, json: &str, by: &Passkey) {
    let Ok(answer) = Assertion::read(json) else { return };
    let judged = world.passkeys.finish_authentication(&world.authenticating, &answer, by, Uuid::nil(), NOW);
    assert!(judged.is_err() || *by != stored(KEY));
}

fuzz_target!(|data: &[u8]| {
    let world = &*WORLD;
    let Some((choice, rest)) = data.split_first() else { return };
    let creates = client_data("webauthn.create", &world.created);
    let gets = client_data("webauthn.get", &world.asked);
    // RP ID hash, user present, counter 1.
    let honest = [&openssl::sha::sha256(b"2fa.example.com")[..], &[1, 0, 0, 0, 1]].concat();
    match choice % 6 {
        0 => {
            let text = String::from_utf8_lossy(rest);
            register(world, &text);
            sign_in(world, &text, &stored(KEY));
        }
        1 => register(world, &answer(&[1], &[("clientDataJSON", rest), ("attestationObject", &[0xa0])])),
        2 => register(world, &answer(&[1], &[("clientDataJSON", &creates), ("attestationObject", rest)])),
        3 => {
            // An attestation object around authenticator data with a credential of id 01.
            let credential = [&[0; 16][..], &[0, 1, 1], rest].concat();
            let data = [&honest[..32], &[0x41, 0, 0, 0, 0], &credential].concat();
            let length = u16::try_from(data.len()).unwrap_or(u16::MAX).to_be_bytes();
            let object = [
                &b"\xa3cfmtdnonegattStmt\xa0hauthData\x59"[..],
                &length,
                &data[..data.len().min(usize::from(u16::MAX))],
            ];
            register(
                world,
                &answer(&[1], &[("clientDataJSON", &creates), ("attestationObject", &object.concat())]),
            );
        }
        4 => {
            let parts = [("clientDataJSON", &gets[..]), ("authenticatorData", rest), ("signature", &[0; 64])];
            sign_in(world, &answer(&[1], &parts), &stored(KEY));
        }
        _ => {
            let parts =
                [("clientDataJSON", &gets[..]), ("authenticatorData", &honest), ("signature", &[0; 64])];
            sign_in(world, &answer(&[1], &parts), &stored(&BASE64URL_NOPAD.encode(rest)));
        }
    }
});
