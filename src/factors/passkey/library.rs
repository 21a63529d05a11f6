//! webauthn-rs's own opinion of a whole ceremony, for the keys it can read. Its states are made
//! here from ours, so that the challenge comes from the injected randomness and what is stored does
//! not depend on its version.

use serde_json::json;
use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::proto::{
    AttestationFormat, AuthenticationState, AuthenticatorAssertionResponseRaw,
    AuthenticatorAttestationResponseRaw, COSEKey, Credential, ParsedAttestation, PublicKeyCredential,
    RegisterPublicKeyCredential, RegisteredExtensions, RegistrationState, UserVerificationPolicy,
};

use super::binary::Binary;
use super::{Assertion, Attestation, Passkey, Purpose, Refusal};

const KIND: &str = "public-key";

/// Registers once more.
pub(super) fn register(core: &WebauthnCore, challenge: &Binary, answer: &Attestation) -> Result<(), Refusal> {
    let state: RegistrationState = serde_json::from_value(json!({
        "policy": "preferred",
        "exclude_credentials": [],
        "challenge": challenge,
        "credential_algorithms": ["ES256", "RS256"],
        "require_resident_key": false,
        "authenticator_attachment": null,
        "extensions": {},
        "allow_synchronised_authenticators": true,
    }))
    .map_err(|_| Refusal::Library)?;
    let answer = RegisterPublicKeyCredential {
        id: Binary(answer.id.clone()).text(),
        raw_id: answer.id.clone(),
        response: AuthenticatorAttestationResponseRaw {
            attestation_object: answer.object.clone(),
            client_data_json: answer.client_data.clone(),
            transports: None,
        },
        type_: KIND.into(),
        extensions: Default::default(),
    };
    core.register_credential(&answer, &state, None).map(|_| ()).map_err(|_| Refusal::Library)
}

/// Judges an assertion once more. Whether the user must be verified is decided by this ceremony
/// alone: the library would also ask for it whenever it was so at registration.
pub(super) fn authenticate(
    core: &WebauthnCore,
    purpose: Purpose,
    challenge: &Binary,
    answer: &Assertion,
    stored: &Passkey,
    key: COSEKey,
) -> Result<(), Refusal> {
    let state: AuthenticationState = serde_json::from_value(json!({
        "credentials": [],
        "policy": purpose.user_verification(),
        "challenge": challenge,
        "appid": null,
        "allow_backup_eligible_upgrade": false,
    }))
    .map_err(|_| Refusal::Library)?;
    let credential = Credential {
        cred_id: stored.credential_id.clone(),
        cred: key,
        counter: stored.counter,
        transports: None,
        user_verified: false,
        backup_eligible: stored.data.backup_eligible,
        backup_state: stored.data.backed_up,
        registration_policy: UserVerificationPolicy::Preferred,
        extensions: RegisteredExtensions::none(),
        attestation: ParsedAttestation::default(),
        attestation_format: AttestationFormat::None,
    };
    let answer = PublicKeyCredential {
        id: Binary(answer.id.clone()).text(),
        raw_id: answer.id.clone(),
        response: AuthenticatorAssertionResponseRaw {
            authenticator_data: answer.authenticator_data.clone(),
            client_data_json: answer.client_data.clone(),
            signature: answer.signature.clone(),
            user_handle: None,
        },
        extensions: Default::default(),
        type_: KIND.into(),
    };
    core.authenticate_single_credential(&answer, &state, &credential)
        .map(|_| ())
        .map_err(|_| Refusal::Library)
}
