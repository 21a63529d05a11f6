use jsonwebtoken::{EncodingKey, Header, encode};
use openssl::rsa::Rsa;
use serde_json::{Value, json};

use super::*;
use crate::jira::qsh;

const NOW: i64 = 1_800_000_000;
const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";
const APP: &str = "https://vestibule.example";

struct Keys {
    private: EncodingKey,
    public_pem: Vec<u8>,
    public: DecodingKey,
}

fn keys() -> Keys {
    let rsa = Rsa::generate(2048).unwrap();
    let public_pem = rsa.public_key_to_pem().unwrap();
    Keys {
        private: EncodingKey::from_rsa_pem(&rsa.private_key_to_pem().unwrap()).unwrap(),
        public: DecodingKey::from_rsa_pem(&public_pem).unwrap(),
        public_pem,
    }
}

fn now() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(NOW).unwrap()
}

fn installed_qsh() -> String {
    qsh::hash("POST", "/connect/installed", None)
}

/// The claims of a good lifecycle token, with `changes` laid over (null takes a claim away).
fn claims(changes: Value) -> Value {
    let mut claims = json!({
        "iss": "client-1", "sub": "account-1", "iat": NOW - 1, "exp": NOW + 180,
        "aud": [APP], "qsh": installed_qsh(), "context": {},
    });
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        } else {
            claims[name] = value.clone();
        }
    }
    claims
}

fn rs256(keys: &Keys, claims: &Value) -> String {
    let mut header = Header::new(Algorithm::RS256);
    header.kid = Some("kid-1".into());
    encode(&header, claims, &keys.private).unwrap()
}

fn hs256(secret: &[u8], claims: &Value) -> String {
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some("kid-1".into());
    encode(&header, claims, &EncodingKey::from_secret(secret)).unwrap()
}

fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| data_encoding::BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    format!("{}.{}.", part(header), part(claims))
}

#[test]
fn lifecycle_claims_are_each_checked() {
    let keys = keys();
    let page = qsh::hash("GET", "/setup", None);
    let cases = [
        ("good", json!({}), Ok(())),
        ("audience as one string", json!({"aud": APP}), Ok(())),
        ("audience with a slash", json!({"aud": [format!("{APP}/")]}), Ok(())),
        ("another audience first", json!({"aud": ["https://x.example", APP]}), Ok(())),
        ("just within the leeway", json!({"exp": NOW - 29}), Ok(())),
        ("issued within the leeway", json!({"iat": NOW + 30}), Ok(())),
        ("expired", json!({"exp": NOW - 30}), Err(Refusal::Expired)),
        ("expired long ago", json!({"exp": i64::MIN}), Err(Refusal::Expired)),
        ("from the future", json!({"iat": NOW + 31}), Err(Refusal::Future)),
        ("no exp", json!({"exp": null}), Err(Refusal::Malformed)),
        ("no iat", json!({"iat": null}), Err(Refusal::Malformed)),
        ("exp as text", json!({"exp": "never"}), Err(Refusal::Malformed)),
        ("exp too large", json!({"exp": u64::MAX}), Err(Refusal::Malformed)),
        ("no issuer", json!({"iss": null}), Err(Refusal::Malformed)),
        ("no audience", json!({"aud": null}), Err(Refusal::Audience)),
        ("empty audience", json!({"aud": []}), Err(Refusal::Audience)),
        ("another audience", json!({"aud": ["https://other.example"]}), Err(Refusal::Audience)),
        ("an audience below ours", json!({"aud": [format!("{APP}/x")]}), Err(Refusal::Audience)),
        // CVE-2021-26073, -26074: a token without a URL's hash, or with a context token's word.
        ("no qsh", json!({"qsh": null}), Err(Refusal::Qsh)),
        ("context qsh", json!({"qsh": "context-qsh"}), Err(Refusal::Qsh)),
        ("another URL's qsh", json!({"qsh": page}), Err(Refusal::Qsh)),
        ("empty qsh", json!({"qsh": ""}), Err(Refusal::Qsh)),
    ];
    for (name, changes, expected) in cases {
        let token = rs256(&keys, &claims(changes));
        let verdict = lifecycle(&token, &keys.public, APP, &installed_qsh(), now());
        assert_eq!(verdict.map(|_| ()), expected, "{name}");
    }
}

#[test]
fn a_lifecycle_token_must_be_signed_by_the_install_key_with_rs256() {
    let (ours, other) = (keys(), keys());
    let good = claims(json!({}));
    let rs384 = encode(&Header::new(Algorithm::RS384), &good, &ours.private).unwrap();
    let signed = rs256(&ours, &good);
    let mut parts: Vec<&str> = signed.split('.').collect();
    let forged =
        data_encoding::BASE64URL_NOPAD.encode(claims(json!({"iss": "client-2"})).to_string().as_bytes());
    parts[1] = &forged;
    for (name, token) in [
        ("another key", rs256(&other, &good)),
        // The confusion of RS256 and HS256: the public key is no secret.
        ("HS256 by the public key's PEM", hs256(&ours.public_pem, &good)),
        ("HS256 by the shared secret", hs256(SECRET, &good)),
        ("RS384", rs384),
        ("none", unsigned(&json!({"alg": "none", "kid": "kid-1"}), &good)),
        ("None", unsigned(&json!({"alg": "None", "kid": "kid-1"}), &good)),
        ("RS256 without a signature", unsigned(&json!({"alg": "RS256", "kid": "kid-1"}), &good)),
        ("no algorithm", unsigned(&json!({"kid": "kid-1"}), &good)),
        ("changed claims", parts.join(".")),
    ] {
        let verdict = lifecycle(&token, &ours.public, APP, &installed_qsh(), now());
        assert!(
            matches!(verdict, Err(Refusal::Algorithm | Refusal::Signature | Refusal::Malformed)),
            "{name}: {verdict:?}"
        );
    }
}

#[test]
fn each_kind_is_refused_where_another_is_due() {
    let keys = keys();
    let qsh = installed_qsh();
    let as_lifecycle = rs256(&keys, &claims(json!({})));
    let as_url_bound = hs256(SECRET, &claims(json!({})));
    let as_context = hs256(SECRET, &claims(json!({"qsh": "context-qsh"})));
    for (name, token, expected) in [
        ("lifecycle", &as_lifecycle, [true, false, false]),
        ("url-bound", &as_url_bound, [false, true, false]),
        ("context", &as_context, [false, false, true]),
    ] {
        let verdicts = [
            lifecycle(token, &keys.public, APP, &qsh, now()).is_ok(),
            url_bound(token, SECRET, &qsh, now()).is_ok(),
            context(token, SECRET, now()).is_ok(),
        ];
        assert_eq!(verdicts, expected, "{name}");
    }
}

#[test]
fn tokens_of_the_shared_secret_need_that_secret_and_times() {
    let qsh = installed_qsh();
    for (name, secret, changes, expected) in [
        ("good", SECRET, json!({}), Ok(())),
        ("no audience is needed", SECRET, json!({"aud": null}), Ok(())),
        (
            "another site's secret",
            &b"another secret of thirty-two byte"[..],
            json!({}),
            Err(Refusal::Signature),
        ),
        ("expired", SECRET, json!({"exp": NOW - 30}), Err(Refusal::Expired)),
        ("from the future", SECRET, json!({"iat": NOW + 31}), Err(Refusal::Future)),
        ("no exp", SECRET, json!({"exp": null}), Err(Refusal::Malformed)),
        ("no iat", SECRET, json!({"iat": null}), Err(Refusal::Malformed)),
        ("no qsh", SECRET, json!({"qsh": null}), Err(Refusal::Qsh)),
        ("another URL", SECRET, json!({"qsh": "0".repeat(64)}), Err(Refusal::Qsh)),
    ] {
        let token = hs256(secret, &claims(changes));
        assert_eq!(url_bound(&token, SECRET, &qsh, now()).map(|_| ()), expected, "{name}");
    }
    let none = unsigned(&json!({"alg": "none"}), &claims(json!({})));
    assert!(url_bound(&none, SECRET, &qsh, now()).is_err());
    // CVE-2021-26077: a context token where a URL-bound one is due, and the other way round.
    let context_token = hs256(SECRET, &claims(json!({"qsh": "context-qsh"})));
    assert_eq!(url_bound(&context_token, SECRET, &qsh, now()), Err(Refusal::Qsh));
    assert_eq!(context(&hs256(SECRET, &claims(json!({}))), SECRET, now()), Err(Refusal::Qsh));
    assert_eq!(context(&context_token, SECRET, now()).unwrap().sub.as_deref(), Some("account-1"));
}

#[test]
fn malformed_tokens_are_refused() {
    let keys = keys();
    let huge = format!("{}.{}.x", "a".repeat(MAX_TOKEN), "b");
    let good = hs256(SECRET, &claims(json!({})));
    let repeated = format!(
        "{}.{}.x",
        data_encoding::BASE64URL_NOPAD.encode(br#"{"alg":"HS256"}"#),
        data_encoding::BASE64URL_NOPAD.encode(br#"{"iss":"a","iss":"b","iat":1,"exp":2}"#),
    );
    for (token, expected) in [
        ("", Refusal::Malformed),
        (".", Refusal::Malformed),
        ("..", Refusal::Malformed),
        ("a.b", Refusal::Malformed),
        ("a.b.c.d", Refusal::Malformed),
        ("\u{0}\u{1}.é.x", Refusal::Malformed),
        (&format!("{good}.x"), Refusal::Malformed),
        (&repeated, Refusal::Malformed),
        (&huge, Refusal::TooLong),
    ] {
        assert_eq!(claimed_issuer(token), Err(expected), "issuer of {token:.40}");
        let verdict = lifecycle_kid(token).unwrap_err();
        assert!([expected, Refusal::Algorithm].contains(&verdict), "kid of {token:.40}: {verdict:?}");
        assert!(url_bound(token, SECRET, &installed_qsh(), now()).is_err());
        assert!(lifecycle(token, &keys.public, APP, &installed_qsh(), now()).is_err());
    }
    assert_eq!(claimed_issuer(&good).unwrap(), "client-1");
}

#[test]
fn an_extension_that_must_be_understood_is_not() {
    let mut header = Header::new(Algorithm::HS256);
    header.crit = Some(vec!["b64".into()]);
    let token = encode(&header, &claims(json!({})), &EncodingKey::from_secret(SECRET)).unwrap();
    assert_eq!(url_bound(&token, SECRET, &installed_qsh(), now()), Err(Refusal::Malformed));
}

#[test]
fn a_key_id_can_not_leave_its_folder() {
    let keys = keys();
    let token = |kid: Option<&str>| {
        let mut header = Header::new(Algorithm::RS256);
        header.kid = kid.map(Into::into);
        encode(&header, &claims(json!({})), &keys.private).unwrap()
    };
    let long = "a".repeat(128);
    for good in ["1", "35ea4afa-21c9-4e6b-8a5c-4b3cd4b0e4f0", "a.b_c", "..a", &long] {
        assert_eq!(lifecycle_kid(&token(Some(good))).unwrap().as_str(), good);
    }
    let longer = "a".repeat(129);
    for bad in ["", ".", "..", "a/b", "../x", "a%2Fb", "a b", "a?b", "a#b", "é", "a\n", &longer] {
        assert_eq!(lifecycle_kid(&token(Some(bad))), Err(Refusal::Kid), "{bad:?}");
    }
    assert_eq!(lifecycle_kid(&token(None)), Err(Refusal::Kid));
}

proptest::proptest! {
    #[test]
    fn never_panics(token in "\\PC{0,80}") {
        let _ = claimed_issuer(&token);
        let _ = lifecycle_kid(&token);
        let _ = context(&token, SECRET, now());
    }
}
