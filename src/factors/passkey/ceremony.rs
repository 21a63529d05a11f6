//! The two ceremonies: registering a passkey (WA 7.1) and signing in with one (WA 7.2).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use uuid::Uuid;

use super::binary::Binary;
use super::check::{self, AttestationObject, Attested, AuthenticatorData};
use super::key::Key;
use super::{
    Assertion, Attestation, Data, LIFETIME, Passkey, Passkeys, Person, Purpose, Refusal, library, options,
};
use crate::random::Random;

/// A registration under way. For the server only, sealed, taken once (see the room's story).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Registering {
    challenge: Binary,
    existing: Vec<Binary>,
    #[serde(with = "time::serde::timestamp")]
    until: OffsetDateTime,
}

/// A sign-in under way. For the server only, sealed, taken once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Authenticating {
    challenge: Binary,
    /// `None`: whichever passkey of whichever customer.
    allowed: Option<Vec<Binary>>,
    purpose: Purpose,
    #[serde(with = "time::serde::timestamp")]
    until: OffsetDateTime,
}

impl Authenticating {
    /// What the passkey was asked for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// When it is void.
    pub fn until(&self) -> OffsetDateTime {
        self.until
    }
}

/// A passkey that was used rightly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Store its counter and data in place of what was read.
    pub passkey: Passkey,
    /// Its user was verified (by a finger, a face, a PIN): two factors in one.
    pub user_verified: bool,
}

impl Passkeys {
    /// Asks for a new passkey of `person`, who has `existing` (the browser refuses those). The
    /// options are JSON for the page; the state stays here.
    pub fn begin_registration(
        &self,
        person: Person<'_>,
        existing: &[Passkey],
        random: &Random,
        now: OffsetDateTime,
    ) -> (serde_json::Value, Registering) {
        let challenge = random.bytes::<32>();
        let options = options::creation(self, &challenge, person, existing);
        let existing = ids(existing);
        (options, Registering { challenge: Binary(challenge.into()), existing, until: now + LIFETIME })
    }

    /// Judges the answer to [`begin_registration`](Self::begin_registration): a passkey to be
    /// stored. That its credential id is new to the site is the caller's to see to (a unique index).
    pub fn finish_registration(
        &self,
        state: &Registering,
        answer: &Attestation,
        now: OffsetDateTime,
    ) -> Result<Passkey, Refusal> {
        if now >= state.until {
            return Err(Refusal::Expired);
        }
        self.check_client_data(&answer.client_data, check::CREATE, &state.challenge.0)?;
        let object = AttestationObject::read(&answer.object)?;
        let auth_data = object.auth_data;
        let data = AuthenticatorData::read(auth_data)?;
        self.check_authenticator_data(&data, Purpose::SecondFactor)?;
        let credential = data.credential.as_ref().ok_or(Refusal::Malformed("authenticatorData"))?;
        if credential.id != answer.id {
            return Err(Refusal::Malformed("id"));
        }
        if state.existing.iter().any(|Binary(id)| id == credential.id) {
            return Err(Refusal::AlreadyRegistered);
        }
        let key = Key::read(credential.key)?;
        if let Attested::BySelf(algorithm, signature) = object.attested()? {
            let ours = i128::from(key.algorithm()) == algorithm;
            if !ours || !key.verifies(&signed(auth_data, &answer.client_data), &signature) {
                return Err(Refusal::Attestation);
            }
        }
        if matches!(key, Key::Library(_)) {
            library::register(&self.library, &state.challenge, answer)?;
        }
        let passkey = Data {
            rp_id: self.rp_id.clone(),
            key: Binary(credential.key.into()),
            aaguid: credential.aaguid,
            transports: answer.transports.clone(),
            backup_eligible: data.has(check::BACKUP_ELIGIBLE),
            backed_up: data.has(check::BACKED_UP),
            user_verified: data.has(check::USER_VERIFIED),
            discoverable: answer.discoverable,
        };
        Ok(Passkey { credential_id: answer.id.clone(), counter: data.counter, data: passkey })
    }

    /// Asks a known customer for one of `allowed`, which are all of the customer's.
    pub fn begin_authentication(
        &self,
        allowed: &[Passkey],
        purpose: Purpose,
        random: &Random,
        now: OffsetDateTime,
    ) -> (serde_json::Value, Authenticating) {
        self.begin(allowed, Some(ids(allowed)), purpose, random, now)
    }

    /// Asks whoever is there for a passkey that stands for a whole sign-in, by a button or by
    /// autofill: nobody has said a name, so nothing tells who has an account (G4).
    pub fn begin_discoverable(
        &self,
        random: &Random,
        now: OffsetDateTime,
    ) -> (serde_json::Value, Authenticating) {
        self.begin(&[], None, Purpose::WholeSignIn, random, now)
    }

    fn begin(
        &self,
        listed: &[Passkey],
        allowed: Option<Vec<Binary>>,
        purpose: Purpose,
        random: &Random,
        now: OffsetDateTime,
    ) -> (serde_json::Value, Authenticating) {
        let challenge = random.bytes::<32>();
        let options = options::request(self, &challenge, listed, purpose);
        (
            options,
            Authenticating { challenge: Binary(challenge.into()), allowed, purpose, until: now + LIFETIME },
        )
    }

    /// Judges the answer to either `begin`, by the passkey that
    /// [`credential_id`](Assertion::credential_id) names within the site (in its locked row) and
    /// its owner's user handle.
    pub fn finish_authentication(
        &self,
        state: &Authenticating,
        answer: &Assertion,
        stored: &Passkey,
        owner: Uuid,
        now: OffsetDateTime,
    ) -> Result<Verified, Refusal> {
        if now >= state.until {
            return Err(Refusal::Expired);
        }
        state.admits(answer, stored, owner)?;
        self.check_client_data(&answer.client_data, check::GET, &state.challenge.0)?;
        let data = AuthenticatorData::read(&answer.authenticator_data)?;
        self.check_authenticator_data(&data, state.purpose)?;
        if data.credential.is_some() {
            return Err(Refusal::Malformed("authenticatorData"));
        }
        if data.has(check::BACKUP_ELIGIBLE) != stored.data.backup_eligible {
            return Err(Refusal::Backup);
        }
        let key = Key::read(&stored.data.key.0)?;
        let message = signed(&answer.authenticator_data, &answer.client_data);
        if !key.verifies(&message, &answer.signature) {
            return Err(Refusal::Signature);
        }
        // WA 7.2 leaves it to us. Two holders of one key look like this, so neither gets in.
        let counts = data.counter != 0 || stored.counter != 0;
        if counts && data.counter <= stored.counter {
            return Err(Refusal::CounterWentBack { stored: stored.counter, sent: data.counter });
        }
        if let Key::Library(key) = key {
            library::authenticate(&self.library, state.purpose, &state.challenge, answer, stored, key)?;
        }
        let mut passkey = stored.clone();
        passkey.counter = data.counter;
        passkey.data.backed_up = data.has(check::BACKED_UP);
        Ok(Verified { passkey, user_verified: data.has(check::USER_VERIFIED) })
    }
}

impl Authenticating {
    /// Whether this credential and its owner are among those asked (WA 7.2, steps 5 and 6).
    fn admits(&self, answer: &Assertion, stored: &Passkey, owner: Uuid) -> Result<(), Refusal> {
        let listed = |allowed: &[Binary]| allowed.iter().any(|Binary(id)| *id == answer.id);
        if answer.id != stored.credential_id || !self.allowed.as_deref().is_none_or(listed) {
            return Err(Refusal::UnknownCredential);
        }
        match answer.user_handle() {
            Some(handle) if handle == owner => Ok(()),
            // Asked for by name, an authenticator need not tell whose it is.
            None if self.allowed.is_some() => Ok(()),
            _ => Err(Refusal::OtherCustomer),
        }
    }
}

/// What authenticators sign: their data and the hash of the browser's.
fn signed(authenticator_data: &[u8], client_data: &[u8]) -> Vec<u8> {
    [authenticator_data, Sha256::digest(client_data).as_slice()].concat()
}

fn ids(passkeys: &[Passkey]) -> Vec<Binary> {
    passkeys.iter().map(|passkey| Binary(passkey.credential_id.clone())).collect()
}
