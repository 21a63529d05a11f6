//! Answers that no browser sends.

use super::*;
use crate::factors::passkey::answer::{LONGEST, LONGEST_ID};
use crate::factors::passkey::check::{AttestationObject, AuthenticatorData};
use crate::factors::passkey::key::Key;

/// An honest answer of either kind.
fn honest() -> [Value; 2] {
    let (options, _) = begin_registration(&[]);
    let (mut soft, created) = SoftPasskey::create(&options, ORIGIN, Algorithm::Es256, &Lies::default());
    let (options, _) = passkeys().begin_discoverable(&Random::seeded(1), NOW);
    let asserted = soft.get(&options, &Lies::default());
    [created, asserted].map(|json| serde_json::from_str(&json).unwrap())
}

/// Reads it as what it is.
fn read(answer: &str) -> Result<(), Refusal> {
    match answer.contains("attestationObject") {
        true => Attestation::read(answer).map(|_| ()),
        false => Assertion::read(answer).map(|_| ()),
    }
}

#[test]
fn answers_are_read_strictly_and_within_bounds() {
    let long = |bytes: usize| json!(Binary(vec![1; bytes]));
    let table: &[(&str, Value, &str)] = &[
        ("/type", json!("password"), "type"),
        ("/type", Value::Null, "json"),
        ("/id", json!("AQ"), "id"),
        ("/id", json!(7), "json"),
        ("/rawId", json!(""), "id"),
        ("/rawId", json!("AQ=="), "json"),
        ("/rawId", json!("AR"), "json"),
        ("/rawId", json!("A+/A"), "json"),
        ("/rawId", json!(" AQ"), "json"),
        ("/rawId", json!([1, 2]), "json"),
        ("/response", json!({}), "json"),
        ("/response", Value::Null, "json"),
        ("/response/clientDataJSON", json!(""), "clientDataJSON"),
        ("/response/clientDataJSON", Value::Null, "json"),
        ("/response/clientDataJSON", long(4097), "clientDataJSON"),
        ("/response/attestationObject", json!(""), "attestationObject"),
        ("/response/attestationObject", long(16 * 1024 + 1), "attestationObject"),
        ("/response/authenticatorData", long(4097), "authenticatorData"),
        ("/response/signature", long(513), "signature"),
        ("/response/signature", json!(""), "signature"),
        ("/response/userHandle", json!(""), "userHandle"),
        ("/response/userHandle", long(65), "userHandle"),
        ("/response/transports", json!("usb"), "json"),
        ("/clientExtensionResults", json!({ "credProps": { "rk": "yes" } }), "json"),
    ];
    for answer in honest() {
        read(&answer.to_string()).unwrap();
        for (place, value, part) in table {
            let mut answer = answer.clone();
            let Some(member) = answer.pointer_mut(place) else { continue };
            *member = value.clone();
            assert_eq!(read(&answer.to_string()), Err(Refusal::Malformed(part)), "{place}: {value:.40}");
        }
        let mut long = answer.clone();
        long["padding"] = "x".repeat(LONGEST).into();
        assert_eq!(read(&long.to_string()), Err(Refusal::Malformed("length")));
        long["padding"] = json!({ "whatever": [1, null] });
        read(&long.to_string()).unwrap();
        let text = answer.to_string();
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            read(&text[..end]).unwrap_err();
        }
        let twice = text.replacen('{', r#"{"type":"public-key","#, 1);
        assert_eq!(read(&twice), Err(Refusal::Malformed("json")));
    }
}

#[test]
fn an_id_has_1023_bytes_at_most_and_transports_are_words() {
    let [mut created, _] = honest();
    for (bytes, fits) in [(LONGEST_ID, true), (LONGEST_ID + 1, false)] {
        let id = Binary(vec![9; bytes]).text();
        (created["id"], created["rawId"]) = (id.clone().into(), id.into());
        assert_eq!(Attestation::read(&created.to_string()).is_ok(), fits, "{bytes}");
    }
    let [mut created, _] = honest();
    created["response"]["transports"] = json!(["smart-card", "", "<b>", "USB", "x".repeat(33), "usb"]);
    assert_eq!(Attestation::read(&created.to_string()).unwrap().transports, ["smart-card", "usb"]);
    created["response"]["transports"] = json!(vec!["usb"; 50]);
    assert_eq!(Attestation::read(&created.to_string()).unwrap().transports.len(), 8);
}

#[test]
fn client_data_is_read_strictly() {
    let challenge = [1; 32];
    let said = Binary(challenge.into()).text();
    let check = |text: &str| passkeys().check_client_data(text.as_bytes(), "webauthn.get", &challenge);
    let honest = format!(r#"{{"type":"webauthn.get","challenge":"{said}","origin":"{ORIGIN}"}}"#);
    assert_eq!(check(&honest), Ok(()));
    let malformed = Err(Refusal::Malformed("clientDataJSON"));
    let with = |more: &str| honest.replace('}', &format!(",{more}}}"));
    let table = [
        (with(r#""crossOrigin":false"#), Ok(())),
        (with(r#""tokenBinding":{"status":"supported"}"#), Ok(())),
        (with(r#""crossOrigin":true"#), Err(Refusal::CrossOrigin)),
        (with(r#""topOrigin":null"#), Err(Refusal::CrossOrigin)),
        (with(r#""topOrigin":"""#), Err(Refusal::CrossOrigin)),
        (with(r#""crossOrigin":"false""#), malformed),
        (with(r#""crossOrigin":0"#), malformed),
        (with(r#""origin":"https://evil.example""#), malformed),
        (with(r#""crossOrigin":false,"crossOrigin":false"#), malformed),
        (honest.replace(&said, &format!("{said}=")), Err(Refusal::Challenge)),
        (honest.replace(ORIGIN, "HTTPS://2FA.EXAMPLE.COM"), Err(Refusal::Origin)),
        (honest.replace(ORIGIN, "null"), Err(Refusal::Origin)),
        (format!("\u{feff}{honest}"), malformed),
        (format!("{honest}{honest}"), malformed),
        (format!("[{honest}]"), malformed),
        ("".into(), malformed),
        ("null".into(), malformed),
        ("{}".into(), malformed),
        ("[".repeat(4096), malformed),
    ];
    for (text, outcome) in table {
        assert_eq!(check(&text), outcome, "{text:.200}");
    }
    assert_eq!(passkeys().check_client_data(b"\xff\xfe{}", "webauthn.get", &challenge), malformed);
}

#[test]
fn authenticator_data_and_keys_are_read_whole_or_not_at_all() {
    let [created, _] = honest();
    let object = Attestation::read(&created.to_string()).unwrap().object;
    let data = AttestationObject::read(&object).unwrap().auth_data.to_vec();
    assert!(AuthenticatorData::read(&data).is_ok());
    for end in 0..data.len() {
        assert!(AuthenticatorData::read(&data[..end]).is_err(), "{end}");
        assert!(AttestationObject::read(&object[..end]).is_err(), "{end}");
    }
    // Extensions: a map is read over, anything else is not.
    let mut extended = data.clone();
    extended[32] |= 0x80;
    assert!(AuthenticatorData::read(&extended).is_err());
    for (more, fits) in [
        (&b"\xa0"[..], true),
        (b"\xa1\x61a\x01", true),
        (b"\xa0\xa0", false),
        (b"\x80", false),
        (b"\xa1", false),
    ] {
        assert_eq!(AuthenticatorData::read(&[&extended, more].concat()).is_ok(), fits, "{more:?}");
    }
    // A credential id of no bytes, and of more than there can be.
    for length in [0_u16, 1024, u16::MAX] {
        let mut wrong = data.clone();
        wrong[53..55].copy_from_slice(&length.to_be_bytes());
        assert!(AuthenticatorData::read(&wrong).is_err(), "{length}");
    }
    let deep = [vec![0x81; 100_000], vec![0]].concat();
    assert!(AttestationObject::read(&deep).is_err());
    assert!(AttestationObject::read(b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff").is_err());
}

#[test]
fn only_whole_keys_of_offered_algorithms_are_keys() {
    let x = [vec![0x58, 0x20], vec![1; 32]].concat();
    let join = |parts: &[&[u8]]| parts.concat();
    let table = [
        ("nothing", vec![], Refusal::Key),
        ("no map", vec![0x80], Refusal::Key),
        ("empty", vec![0xa0], Refusal::Algorithm),
        ("ES256 on P-384", join(&[b"\xa5\x01\x02\x03\x26\x20\x02\x21", &x, b"\x22", &x]), Refusal::Algorithm),
        (
            "ES256, not on the curve",
            join(&[b"\xa5\x01\x02\x03\x26\x20\x01\x21", &x, b"\x22", &x]),
            Refusal::Key,
        ),
        ("ES256, compressed", join(&[b"\xa5\x01\x02\x03\x26\x20\x01\x21", &x, b"\x22\xf5"]), Refusal::Key),
        ("ES256 as OKP", join(&[b"\xa4\x01\x01\x03\x26\x20\x06\x21", &x]), Refusal::Algorithm),
        ("EdDSA on Ed448", join(&[b"\xa4\x01\x01\x03\x27\x20\x07\x21", &x]), Refusal::Algorithm),
        ("EdDSA on X25519", join(&[b"\xa4\x01\x01\x03\x27\x20\x04\x21", &x]), Refusal::Algorithm),
        ("Ed25519, short", b"\xa4\x01\x01\x03\x27\x20\x06\x21\x41\x01".to_vec(), Refusal::Key),
        ("Ed25519 without x", b"\xa3\x01\x01\x03\x27\x20\x06".to_vec(), Refusal::Key),
        ("RS1", b"\xa2\x01\x03\x03\x39\xff\xfe".to_vec(), Refusal::Algorithm),
        (
            "RS256, tiny",
            join(&[b"\xa4\x01\x03\x03\x39\x01\x00\x20", &x, b"\x21\x43\x01\x00\x01"]),
            Refusal::Key,
        ),
        (
            "RS256 with exponent 1",
            join(&[b"\xa4\x01\x03\x03\x39\x01\x00\x20\x59\x01\x80", &[0xff; 384], b"\x21\x41\x01"]),
            Refusal::Key,
        ),
        (
            "RS256 of 8,192 bits",
            join(&[b"\xa4\x01\x03\x03\x39\x01\x00\x20\x59\x04\x00", &[0xff; 1024], b"\x21\x43\x01\x00\x01"]),
            Refusal::Key,
        ),
    ];
    for (what, cose, refusal) in table {
        assert_eq!(Key::read(&cose).err(), Some(refusal), "{what}");
    }
}

/// All of an assertion is signed: no bit of it can be another.
#[test]
fn an_assertion_with_one_bit_changed_is_refused() {
    let (mut soft, stored) = register(Algorithm::Ed25519, &Lies::default());
    let stored = stored.unwrap();
    let (options, state) = passkeys().begin_discoverable(&Random::seeded(1), NOW);
    let honest = Assertion::read(&soft.get(&options, &Lies::default())).unwrap();
    let judge = |answer: &Assertion| passkeys().finish_authentication(&state, answer, &stored, ZOE, NOW);
    judge(&honest).unwrap();
    let parts: [fn(&mut Assertion) -> &mut Vec<u8>; 3] =
        [|it| &mut it.client_data, |it| &mut it.authenticator_data, |it| &mut it.signature];
    for part in parts {
        for bit in 0..part(&mut honest.clone()).len() * 8 {
            let mut damaged = honest.clone();
            part(&mut damaged)[bit / 8] ^= 1 << (bit % 8);
            assert!(judge(&damaged).is_err(), "bit {bit}");
        }
    }
}

/// A registration without attestation is not signed, but never panics and never grows.
#[test]
fn a_damaged_registration_is_refused_or_harmless() {
    let [created, _] = honest();
    let (_, state) = begin_registration(&[]);
    let honest = Attestation::read(&created.to_string()).unwrap();
    for at in 0..honest.object.len() {
        for value in [0x00, 0x5f, 0x9b, 0xbf, 0xff] {
            let mut damaged = honest.clone();
            damaged.object[at] = value;
            if let Ok(made) = passkeys().finish_registration(&state, &damaged, NOW) {
                assert_eq!(made.credential_id, honest.id, "{at}: {value:x}");
            }
        }
    }
}
