//! What the browser is asked, as `PublicKeyCredential.parseCreationOptionsFromJSON` and
//! `parseRequestOptionsFromJSON` read it (WA 5.1.8, 5.1.9).

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use super::{Passkey, Passkeys, Person, Purpose, TIMEOUT, key};

/// Options for `navigator.credentials.create`. A passkey that is found by itself is preferred, so
/// that it can be a whole sign-in later; user verification too, so that it learns its user now.
pub(super) fn creation(
    passkeys: &Passkeys,
    challenge: &[u8],
    person: Person<'_>,
    existing: &[Passkey],
) -> Value {
    let algorithms: Vec<_> =
        key::OFFERED.iter().map(|alg| json!({ "type": "public-key", "alg": alg })).collect();
    json!({
        "rp": { "id": passkeys.rp_id, "name": passkeys.rp_id },
        "user": {
            "id": BASE64URL_NOPAD.encode(person.handle.as_bytes()),
            "name": person.name,
            "displayName": person.display_name,
        },
        "challenge": BASE64URL_NOPAD.encode(challenge),
        "pubKeyCredParams": algorithms,
        "timeout": milliseconds(),
        "excludeCredentials": descriptors(existing),
        "authenticatorSelection": {
            "residentKey": "preferred",
            "requireResidentKey": false,
            "userVerification": "preferred",
        },
        "attestation": "none",
        "extensions": { "credProps": true },
    })
}

/// Options for `navigator.credentials.get`; without `allowed`, whichever passkey the browser finds.
pub(super) fn request(passkeys: &Passkeys, challenge: &[u8], allowed: &[Passkey], purpose: Purpose) -> Value {
    json!({
        "rpId": passkeys.rp_id,
        "challenge": BASE64URL_NOPAD.encode(challenge),
        "timeout": milliseconds(),
        "allowCredentials": descriptors(allowed),
        "userVerification": purpose.user_verification(),
    })
}

fn milliseconds() -> u64 {
    TIMEOUT.whole_seconds().unsigned_abs() * 1000
}

fn descriptors(passkeys: &[Passkey]) -> Vec<Value> {
    let descriptor = |passkey: &Passkey| {
        json!({
            "type": "public-key",
            "id": BASE64URL_NOPAD.encode(&passkey.credential_id),
            "transports": passkey.data.transports,
        })
    };
    passkeys.iter().map(descriptor).collect()
}
