//! W3C's vectors through our verification; `docs/webauthn-vectors.md` says what becomes of each,
//! and this test holds it to that.

use serde::Deserialize;

use super::*;
use crate::factors::passkey::check::{self, AttestationObject, AuthenticatorData};

#[derive(Deserialize)]
struct Vectors {
    rp_id: String,
    origin: String,
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    id: String,
    registration: Created,
    authentication: Asserted,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    challenge: Hex,
    #[serde(rename = "credential_id")]
    credential_id: Hex,
    #[serde(rename = "clientDataJSON")]
    client_data: Hex,
    attestation_object: Hex,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asserted {
    challenge: Hex,
    #[serde(rename = "clientDataJSON")]
    client_data: Hex,
    authenticator_data: Hex,
    signature: Hex,
}

struct Hex(Vec<u8>);

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(Self(data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()).unwrap()))
    }
}

#[test]
fn the_vectors_of_w3c_come_out_as_written_down() {
    let read: Vectors =
        serde_json::from_str(include_str!("../../../../tests/vectors/webauthn-l3.json")).unwrap();
    let passkeys = Passkeys::new(&BaseUrl::parse(&read.origin).unwrap());
    assert_eq!(passkeys.rp_id(), read.rp_id);

    let document = include_str!("../../../../docs/webauthn-vectors.md");
    let written: Vec<&str> = document.lines().filter(|line| line.starts_with("| `")).collect();
    let outcomes: Vec<String> = read.vectors.iter().map(|vector| vector.outcome(&passkeys)).collect();
    assert_eq!(written.len(), 15);
    assert_eq!(written, outcomes, "as it is:\n{}", outcomes.join("\n"));
}

impl Vector {
    /// A row of the document.
    fn outcome(&self, passkeys: &Passkeys) -> String {
        let word = |refusal: Option<Refusal>| refusal.map_or("accepted", Refusal::word);
        let name = self.id.strip_prefix("sctn-test-vectors-").unwrap();
        let object = &self.registration.attestation_object.0;
        format!(
            "| `{name}` | {} | {} | {} |",
            word(self.register(passkeys, object).err()),
            word(self.register(passkeys, &without_attestation(object)).err()),
            word(self.authenticate(passkeys).err()),
        )
    }

    fn register(&self, passkeys: &Passkeys, object: &[u8]) -> Result<Passkey, Refusal> {
        let created = &self.registration;
        let id = Binary(created.credential_id.0.clone()).text();
        let answer = json!({
            "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": Binary(created.client_data.0.clone()),
                "attestationObject": Binary(object.to_vec()),
            },
        });
        let state = json!({
            "challenge": Binary(created.challenge.0.clone()),
            "existing": [],
            "until": (NOW + LIFETIME).unix_timestamp(),
        });
        let state: Registering = serde_json::from_value(state).unwrap();
        let answer = Attestation::read(&answer.to_string())?;
        passkeys.finish_registration(&state, &answer, NOW)
    }

    /// By the vector's key, whatever became of its registration.
    fn authenticate(&self, passkeys: &Passkeys) -> Result<Verified, Refusal> {
        let asserted = &self.authentication;
        let id = Binary(self.registration.credential_id.0.clone()).text();
        let answer = json!({
            "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": Binary(asserted.client_data.0.clone()),
                "authenticatorData": Binary(asserted.authenticator_data.0.clone()),
                "signature": Binary(asserted.signature.0.clone()),
            },
        });
        let state = json!({
            "challenge": Binary(asserted.challenge.0.clone()),
            "allowed": [id],
            "purpose": Purpose::SecondFactor,
            "until": (NOW + LIFETIME).unix_timestamp(),
        });
        let state: Authenticating = serde_json::from_value(state).unwrap();
        let answer = Assertion::read(&answer.to_string())?;
        passkeys.finish_authentication(&state, &answer, &self.stored(passkeys), ZOE, NOW)
    }

    fn stored(&self, passkeys: &Passkeys) -> Passkey {
        let object = AttestationObject::read(&self.registration.attestation_object.0).unwrap();
        let data = AuthenticatorData::read(object.auth_data).unwrap();
        let credential = data.credential.as_ref().unwrap();
        Passkey {
            credential_id: credential.id.to_vec(),
            counter: data.counter,
            data: Data {
                rp_id: passkeys.rp_id().to_owned(),
                key: Binary(credential.key.to_vec()),
                aaguid: credential.aaguid,
                transports: vec![],
                backup_eligible: data.has(check::BACKUP_ELIGIBLE),
                backed_up: data.has(check::BACKED_UP),
                user_verified: data.has(check::USER_VERIFIED),
                discoverable: None,
            },
        }
    }
}

/// What a browser makes of it when options ask for no attestation (WA 5.1.3): the same
/// authenticator data, "none", and an empty statement.
fn without_attestation(object: &[u8]) -> Vec<u8> {
    use serde_cbor_2::Value;
    let object = AttestationObject::read(object).unwrap();
    let text = |text: &str| Value::Text(text.into());
    let entries = [
        (text("fmt"), text("none")),
        (text("attStmt"), Value::Map(Default::default())),
        (text("authData"), Value::Bytes(object.auth_data.to_vec())),
    ];
    serde_cbor_2::to_vec(&Value::Map(entries.into())).unwrap()
}
