//! A soft passkey's honest answers are taken; with one thing wrong each is refused for that.

use serde_json::{Value, json};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

use super::*;
use crate::random::Random;

mod malformed;
#[path = "../../../tests/support/soft_passkey.rs"]
mod soft_passkey;
mod vectors;

use self::soft_passkey::{
    Algorithm, BACKED_UP, BACKUP_ELIGIBLE, Lies, SoftPasskey, USER_PRESENT, USER_VERIFIED,
};

const ORIGIN: &str = "https://2fa.example.com";
const NOW: OffsetDateTime = datetime!(2026-11-23 12:00:10 UTC);
const ZOE: Uuid = Uuid::from_u128(0x20e);

fn passkeys() -> Passkeys {
    Passkeys::new(&BaseUrl::parse(ORIGIN).unwrap())
}

fn begin_registration(existing: &[Passkey]) -> (Value, Registering) {
    let person = Person { handle: ZOE, name: "zoe@example.com (Acme)", display_name: "Zoë" };
    passkeys().begin_registration(person, existing, &Random::seeded(1), NOW)
}

fn register(algorithm: Algorithm, lies: &Lies) -> (SoftPasskey, Result<Passkey, Refusal>) {
    let (options, state) = begin_registration(&[]);
    let (soft, answer) = SoftPasskey::create(&options, ORIGIN, algorithm, lies);
    let registered =
        Attestation::read(&answer).and_then(|answer| passkeys().finish_registration(&state, &answer, NOW));
    (soft, registered)
}

fn authenticate(
    soft: &mut SoftPasskey,
    stored: &Passkey,
    how: How,
    lies: &Lies,
) -> Result<Verified, Refusal> {
    let random = Random::seeded(2);
    let stored_too = std::slice::from_ref(stored);
    let (options, state) = match how {
        How::Named(purpose) => passkeys().begin_authentication(stored_too, purpose, &random, NOW),
        How::Discoverable => passkeys().begin_discoverable(&random, NOW),
    };
    let answer = Assertion::read(&soft.get(&options, lies))?;
    passkeys().finish_authentication(&state, &answer, stored, ZOE, NOW)
}

#[derive(Clone, Copy, Debug)]
enum How {
    Named(Purpose),
    Discoverable,
}
const SECOND: How = How::Named(Purpose::SecondFactor);
const WHOLE: How = How::Named(Purpose::WholeSignIn);

#[test]
fn honest_passkeys_of_every_offered_kind_register_and_sign_in() {
    for algorithm in [Algorithm::Es256, Algorithm::Ed25519, Algorithm::Rs256(2048), Algorithm::Rs256(3072)] {
        for attest_itself_as in [None, Some(algorithm.number())] {
            let (mut soft, stored) = register(algorithm, &Lies { attest_itself_as, ..Lies::default() });
            let mut stored = stored.unwrap_or_else(|refusal| panic!("{algorithm:?}: {refusal:?}"));
            assert_eq!(stored.credential_id, soft.id);
            assert_eq!(stored.data.rp_id, "2fa.example.com");
            assert_eq!(stored.data.transports, ["internal", "hybrid"]);
            assert_eq!(stored.data.discoverable, Some(true));
            for (how, counter) in [(SECOND, 1), (WHOLE, 2), (How::Discoverable, 3)] {
                let verified = authenticate(&mut soft, &stored, how, &Lies::default()).unwrap();
                assert_eq!((verified.passkey.counter, verified.user_verified), (counter, true), "{how:?}");
                stored = verified.passkey;
            }
        }
    }
}

/// Every point of W2 at a registration.
#[test]
fn a_registration_with_one_thing_wrong_is_refused_for_that() {
    let table: &[(&str, Algorithm, Refusal, Lies)] = &[
        ("type", Algorithm::Es256, Refusal::Type, Lies { kind: Some("webauthn.get"), ..Lies::default() }),
        (
            "challenge",
            Algorithm::Es256,
            Refusal::Challenge,
            Lies { challenge: Some(&[7; 32]), ..Lies::default() },
        ),
        (
            "no challenge",
            Algorithm::Es256,
            Refusal::Challenge,
            Lies { challenge: Some(b""), ..Lies::default() },
        ),
        (
            "origin",
            Algorithm::Es256,
            Refusal::Origin,
            Lies { origin: Some("https://evil.example"), ..Lies::default() },
        ),
        (
            "subdomain",
            Algorithm::Es256,
            Refusal::Origin,
            Lies { origin: Some("https://a.2fa.example.com"), ..Lies::default() },
        ),
        (
            "parent",
            Algorithm::Es256,
            Refusal::Origin,
            Lies { origin: Some("https://example.com"), ..Lies::default() },
        ),
        (
            "port",
            Algorithm::Es256,
            Refusal::Origin,
            Lies { origin: Some("https://2fa.example.com:8443"), ..Lies::default() },
        ),
        (
            "scheme",
            Algorithm::Es256,
            Refusal::Origin,
            Lies { origin: Some("http://2fa.example.com"), ..Lies::default() },
        ),
        (
            "slash",
            Algorithm::Es256,
            Refusal::Origin,
            Lies { origin: Some("https://2fa.example.com/"), ..Lies::default() },
        ),
        (
            "app",
            Algorithm::Es256,
            Refusal::Origin,
            Lies { origin: Some("android:apk-key-hash:abc"), ..Lies::default() },
        ),
        (
            "frame",
            Algorithm::Es256,
            Refusal::CrossOrigin,
            Lies { cross_origin: Some(true), ..Lies::default() },
        ),
        (
            "top origin",
            Algorithm::Es256,
            Refusal::CrossOrigin,
            Lies { top_origin: Some(ORIGIN), ..Lies::default() },
        ),
        ("rp id", Algorithm::Es256, Refusal::RpId, Lies { rp_id: Some("example.com"), ..Lies::default() }),
        (
            "absent",
            Algorithm::Es256,
            Refusal::NotPresent,
            Lies { flags_off: USER_PRESENT, ..Lies::default() },
        ),
        ("backup", Algorithm::Es256, Refusal::Backup, Lies { flags_on: BACKED_UP, ..Lies::default() }),
        ("algorithm", Algorithm::Es384, Refusal::Algorithm, Lies::default()),
        ("short key", Algorithm::Rs256(1024), Refusal::Key, Lies::default()),
        ("id", Algorithm::Es256, Refusal::Malformed("id"), Lies { id: Some(b"another"), ..Lies::default() }),
        (
            "trailing",
            Algorithm::Es256,
            Refusal::Malformed("authenticatorData"),
            Lies { trailing: b"\0", ..Lies::default() },
        ),
        (
            "no key",
            Algorithm::Es256,
            Refusal::Malformed("authenticatorData"),
            Lies { flags_off: 0x40, ..Lies::default() },
        ),
        (
            "a format",
            Algorithm::Es256,
            Refusal::Attestation,
            Lies { attestation: Some(("fido-u2f", b"\xa0")), ..Lies::default() },
        ),
        (
            "a statement",
            Algorithm::Es256,
            Refusal::Attestation,
            Lies { attestation: Some(("none", b"\xa1\x61a\x00")), ..Lies::default() },
        ),
        (
            "empty",
            Algorithm::Es256,
            Refusal::Attestation,
            Lies { attestation: Some(("packed", b"\xa0")), ..Lies::default() },
        ),
        (
            "attested by another key",
            Algorithm::Es256,
            Refusal::Attestation,
            Lies { attest_itself_as: Some(-7), other_key: true, ..Lies::default() },
        ),
        (
            "attested by another algorithm",
            Algorithm::Es256,
            Refusal::Attestation,
            Lies { attest_itself_as: Some(-257), ..Lies::default() },
        ),
        (
            "Ed25519 by another key",
            Algorithm::Ed25519,
            Refusal::Attestation,
            Lies { attest_itself_as: Some(-8), other_key: true, ..Lies::default() },
        ),
    ];
    for (what, algorithm, refusal, lies) in table {
        assert_eq!(register(*algorithm, lies).1, Err(*refusal), "{what}");
    }
    // A registration asks for user verification and does without.
    let unverified = Lies { flags_off: USER_VERIFIED, ..Lies::default() };
    assert!(!register(Algorithm::Es256, &unverified).1.unwrap().data.user_verified);
}

/// Every point of W2 at a sign-in, with a key that webauthn-rs reads and with one that it does not.
#[test]
fn an_assertion_with_one_thing_wrong_is_refused_for_that() {
    let table: &[(&str, How, Refusal, Lies)] = &[
        ("type", SECOND, Refusal::Type, Lies { kind: Some("webauthn.create"), ..Lies::default() }),
        ("payment", SECOND, Refusal::Type, Lies { kind: Some("payment.get"), ..Lies::default() }),
        ("challenge", SECOND, Refusal::Challenge, Lies { challenge: Some(&[7; 32]), ..Lies::default() }),
        ("origin", SECOND, Refusal::Origin, Lies { origin: Some("https://evil.example"), ..Lies::default() }),
        ("frame", SECOND, Refusal::CrossOrigin, Lies { cross_origin: Some(true), ..Lies::default() }),
        (
            "top origin",
            SECOND,
            Refusal::CrossOrigin,
            Lies { top_origin: Some("https://evil.example"), ..Lies::default() },
        ),
        ("rp id", SECOND, Refusal::RpId, Lies { rp_id: Some("example.com"), ..Lies::default() }),
        ("absent", SECOND, Refusal::NotPresent, Lies { flags_off: USER_PRESENT, ..Lies::default() }),
        ("unverified", WHOLE, Refusal::NotVerified, Lies { flags_off: USER_VERIFIED, ..Lies::default() }),
        (
            "unverified",
            How::Discoverable,
            Refusal::NotVerified,
            Lies { flags_off: USER_VERIFIED, ..Lies::default() },
        ),
        ("backed up, not eligible", SECOND, Refusal::Backup, Lies { flags_on: BACKED_UP, ..Lies::default() }),
        ("eligible of late", SECOND, Refusal::Backup, Lies { flags_on: BACKUP_ELIGIBLE, ..Lies::default() }),
        ("wrong key", SECOND, Refusal::Signature, Lies { other_key: true, ..Lies::default() }),
        ("another id", SECOND, Refusal::UnknownCredential, Lies { id: Some(b"another"), ..Lies::default() }),
        (
            "another owner",
            SECOND,
            Refusal::OtherCustomer,
            Lies { handle: Some(Some(&[1; 16])), ..Lies::default() },
        ),
        (
            "another owner",
            How::Discoverable,
            Refusal::OtherCustomer,
            Lies { handle: Some(Some(b"bob")), ..Lies::default() },
        ),
        (
            "no owner",
            How::Discoverable,
            Refusal::OtherCustomer,
            Lies { handle: Some(None), ..Lies::default() },
        ),
        (
            "trailing",
            SECOND,
            Refusal::Malformed("authenticatorData"),
            Lies { trailing: b"\0", ..Lies::default() },
        ),
        (
            "counter stays",
            SECOND,
            Refusal::CounterWentBack { stored: 5, sent: 5 },
            Lies { counter: Some(5), ..Lies::default() },
        ),
        (
            "counter back",
            SECOND,
            Refusal::CounterWentBack { stored: 5, sent: 4 },
            Lies { counter: Some(4), ..Lies::default() },
        ),
        (
            "counter gone",
            SECOND,
            Refusal::CounterWentBack { stored: 5, sent: 0 },
            Lies { counter: Some(0), ..Lies::default() },
        ),
        (
            "counter back, wrong key",
            SECOND,
            Refusal::Signature,
            Lies { counter: Some(4), other_key: true, ..Lies::default() },
        ),
    ];
    for algorithm in [Algorithm::Es256, Algorithm::Ed25519, Algorithm::Rs256(2048)] {
        let (mut soft, stored) = register(algorithm, &Lies::default());
        let mut stored = stored.unwrap();
        stored.counter = 5;
        for (what, how, refusal, lies) in table {
            soft.counter = 5;
            let got = authenticate(&mut soft, &stored, *how, lies);
            assert_eq!(got.map(|_| ()), Err(*refusal), "{algorithm:?}: {what}, {how:?}");
        }
        soft.counter = 5;
        let unnamed = Lies { handle: Some(None), flags_off: USER_VERIFIED, ..Lies::default() };
        let verified = authenticate(&mut soft, &stored, SECOND, &unnamed).unwrap();
        assert_eq!((verified.passkey.counter, verified.user_verified), (6, false));
    }
}

#[test]
fn a_synchronised_passkey_has_no_counter_and_its_backup_is_followed() {
    let eligible = Lies { flags_on: BACKUP_ELIGIBLE, ..Lies::default() };
    let (mut soft, stored) = register(Algorithm::Es256, &eligible);
    let stored = stored.unwrap();
    assert!(stored.data.backup_eligible && !stored.data.backed_up);
    let backed_up = Lies { flags_on: BACKUP_ELIGIBLE | BACKED_UP, counter: Some(0), ..Lies::default() };
    let verified = authenticate(&mut soft, &stored, SECOND, &backed_up).unwrap();
    assert_eq!((verified.passkey.counter, verified.passkey.data.backed_up), (0, true));
    let never = authenticate(&mut soft, &stored, SECOND, &Lies { counter: Some(0), ..Lies::default() });
    assert_eq!(never.map(|_| ()), Err(Refusal::Backup));
}

#[test]
fn a_state_is_void_after_ten_minutes_and_survives_storage() {
    let (options, state) = begin_registration(&[]);
    let (mut soft, answer) = SoftPasskey::create(&options, ORIGIN, Algorithm::Es256, &Lies::default());
    let answer = Attestation::read(&answer).unwrap();
    let state: Registering = serde_json::from_str(&serde_json::to_string(&state).unwrap()).unwrap();
    let just = NOW + LIFETIME - Duration::seconds(1);
    let stored = passkeys().finish_registration(&state, &answer, just).unwrap();
    assert_eq!(passkeys().finish_registration(&state, &answer, NOW + LIFETIME), Err(Refusal::Expired));

    let data = serde_json::from_value(serde_json::to_value(&stored.data).unwrap()).unwrap();
    assert_eq!(stored, Passkey { data, ..stored.clone() });

    let (options, state) = passkeys().begin_discoverable(&Random::seeded(3), NOW);
    let answer = Assertion::read(&soft.get(&options, &Lies::default())).unwrap();
    assert_eq!(answer.user_handle(), Some(ZOE));
    let state: Authenticating = serde_json::from_str(&serde_json::to_string(&state).unwrap()).unwrap();
    let late = passkeys().finish_authentication(&state, &answer, &stored, ZOE, NOW + LIFETIME);
    assert_eq!(late.map(|_| ()), Err(Refusal::Expired));
    passkeys().finish_authentication(&state, &answer, &stored, ZOE, just).unwrap();
}

#[test]
fn a_passkey_registers_once_and_only_those_asked_for_may_answer() {
    let (options, state) = begin_registration(&[]);
    let (mut soft, answer) = SoftPasskey::create(&options, ORIGIN, Algorithm::Es256, &Lies::default());
    let answer = Attestation::read(&answer).unwrap();
    let stored = passkeys().finish_registration(&state, &answer, NOW).unwrap();

    let (options, state) = begin_registration(std::slice::from_ref(&stored));
    assert_eq!(options["excludeCredentials"][0]["transports"], json!(["internal", "hybrid"]));
    let again = soft_passkey_again(&soft, &options);
    assert_eq!(passkeys().finish_registration(&state, &again, NOW), Err(Refusal::AlreadyRegistered));

    let (_, other) = register(Algorithm::Es256, &Lies::default());
    let asked = [other.unwrap()];
    let (options, state) =
        passkeys().begin_authentication(&asked, Purpose::SecondFactor, &Random::seeded(4), NOW);
    let answer = Assertion::read(&soft.get(&options, &Lies::default())).unwrap();
    let got = passkeys().finish_authentication(&state, &answer, &stored, ZOE, NOW);
    assert_eq!(got.map(|_| ()), Err(Refusal::UnknownCredential));
}

/// What an authenticator that ignores the list of existing passkeys would answer.
fn soft_passkey_again(soft: &SoftPasskey, options: &Value) -> Attestation {
    Attestation::read(&soft.attestation(options, &Lies::default())).unwrap()
}

#[test]
fn what_the_browser_is_asked() {
    let (options, _) = begin_registration(&[]);
    assert_eq!(options["rp"], json!({ "id": "2fa.example.com", "name": "2fa.example.com" }));
    assert_eq!(options["user"]["id"], "AAAAAAAAAAAAAAAAAAACDg");
    assert_eq!(options["challenge"].as_str().unwrap().len(), 43);
    let algorithms: Vec<_> =
        options["pubKeyCredParams"].as_array().unwrap().iter().map(|it| &it["alg"]).collect();
    assert_eq!(algorithms, [-7, -8, -257]);
    assert_eq!((&options["attestation"], &options["timeout"]), (&json!("none"), &json!(300_000)));

    let (_, stored) = register(Algorithm::Es256, &Lies::default());
    let stored = [stored.unwrap()];
    for (purpose, verification) in [(Purpose::SecondFactor, "preferred"), (Purpose::WholeSignIn, "required")]
    {
        let (options, state) = passkeys().begin_authentication(&stored, purpose, &Random::seeded(5), NOW);
        assert_eq!((options["userVerification"].as_str(), state.purpose()), (Some(verification), purpose));
        assert_eq!(options["allowCredentials"].as_array().unwrap().len(), 1);
    }
    let (options, _) = passkeys().begin_discoverable(&Random::seeded(5), NOW);
    assert_eq!(
        (&options["allowCredentials"], &options["userVerification"]),
        (&json!([]), &json!("required"))
    );
}

#[test]
fn the_rp_id_is_the_host_and_an_address_has_none() {
    for (base, rp_id, has_passkeys) in [
        ("https://2fa.example.com", "2fa.example.com", true),
        ("https://2fa.example.com:8443", "2fa.example.com", true),
        ("http://localhost:8080", "localhost", true),
        ("http://127.0.0.1:8080", "127.0.0.1", false),
        ("http://[::1]:8080", "[::1]", false),
    ] {
        let passkeys = Passkeys::new(&BaseUrl::parse(base).unwrap());
        assert_eq!((passkeys.rp_id(), passkeys.host_has_passkeys()), (rp_id, has_passkeys), "{base}");
        assert_eq!(passkeys.origin, base);
    }
}
