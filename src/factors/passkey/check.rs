//! Every point of security.md W2 about what the browser and the authenticator say (WA 7.1, 7.2),
//! on the bytes that are signed. webauthn-rs looks at most of it again; it does not look at
//! `topOrigin`, nor at `crossOrigin` in a sign-in, nor at what follows the data it knows.

use std::collections::BTreeMap;

use data_encoding::BASE64URL_NOPAD;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use serde_cbor_2::Value;
use uuid::Uuid;

use super::answer::LONGEST_ID;
use super::{Passkeys, Purpose, Refusal};

/// `type` of the two ceremonies.
pub(super) const CREATE: &str = "webauthn.create";
pub(super) const GET: &str = "webauthn.get";

/// The client data (WA 5.8.1) without what nobody judges.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    cross_origin: Option<bool>,
    #[serde(default, deserialize_with = "present")]
    top_origin: bool,
}

/// Whatever the member holds: it is there.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

impl Passkeys {
    /// Whether the browser says that it did `kind` for `challenge` on a page of ours that stood by
    /// itself. Every one of these is the browser's own word, signed by the authenticator.
    pub(super) fn check_client_data(
        &self,
        bytes: &[u8],
        kind: &str,
        challenge: &[u8],
    ) -> Result<(), Refusal> {
        let said: ClientData =
            serde_json::from_slice(bytes).map_err(|_| Refusal::Malformed("clientDataJSON"))?;
        if said.kind != kind {
            return Err(Refusal::Type);
        }
        if said.challenge != BASE64URL_NOPAD.encode(challenge) {
            return Err(Refusal::Challenge);
        }
        if said.origin != self.origin {
            return Err(Refusal::Origin);
        }
        if said.cross_origin == Some(true) || said.top_origin {
            return Err(Refusal::CrossOrigin);
        }
        Ok(())
    }

    /// Whether the authenticator was asked for this host and used by somebody, who was verified
    /// where `purpose` needs it.
    pub(super) fn check_authenticator_data(
        &self,
        data: &AuthenticatorData<'_>,
        purpose: Purpose,
    ) -> Result<(), Refusal> {
        if *data.rp_id_hash != self.rp_id_hash {
            return Err(Refusal::RpId);
        }
        if !data.has(USER_PRESENT) {
            return Err(Refusal::NotPresent);
        }
        if purpose == Purpose::WholeSignIn && !data.has(USER_VERIFIED) {
            return Err(Refusal::NotVerified);
        }
        if data.has(BACKED_UP) && !data.has(BACKUP_ELIGIBLE) {
            return Err(Refusal::Backup);
        }
        Ok(())
    }
}

/// The flags (WA 6.1).
pub(super) const USER_PRESENT: u8 = 0x01;
pub(super) const USER_VERIFIED: u8 = 0x04;
pub(super) const BACKUP_ELIGIBLE: u8 = 0x08;
pub(super) const BACKED_UP: u8 = 0x10;
const ATTESTED_CREDENTIAL: u8 = 0x40;
const EXTENSIONS: u8 = 0x80;

/// Authenticator data (WA 6.1). Extensions may be there, whole; nobody asked for any.
pub(super) struct AuthenticatorData<'a> {
    rp_id_hash: &'a [u8; 32],
    flags: u8,
    pub counter: u32,
    pub credential: Option<Credential<'a>>,
}

/// An attested credential (WA 6.5.1).
pub(super) struct Credential<'a> {
    pub aaguid: Uuid,
    pub id: &'a [u8],
    /// COSE, exactly as it stands there.
    pub key: &'a [u8],
}

impl<'a> AuthenticatorData<'a> {
    /// Reads all of `bytes`.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        Self::parse(bytes).ok_or(Refusal::Malformed("authenticatorData"))
    }

    pub fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (rp_id_hash, rest) = bytes.split_first_chunk::<32>()?;
        let (&[flags], rest) = rest.split_first_chunk::<1>()?;
        let (counter, mut rest) = rest.split_first_chunk::<4>()?;
        let mut credential = None;
        if flags & ATTESTED_CREDENTIAL != 0 {
            let (read, after) = Credential::parse(rest)?;
            (credential, rest) = (Some(read), after);
        }
        if flags & EXTENSIONS != 0 {
            rest = after_cbor_map(rest)?.1;
        }
        let counter = u32::from_be_bytes(*counter);
        rest.is_empty().then_some(Self { rp_id_hash, flags, counter, credential })
    }
}

impl<'a> Credential<'a> {
    fn parse(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (aaguid, rest) = bytes.split_first_chunk::<16>()?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length));
        if !(1..=LONGEST_ID).contains(&length) {
            return None;
        }
        let (id, rest) = rest.split_at_checked(length)?;
        let (key, rest) = after_cbor_map(rest)?;
        Some((Self { aaguid: Uuid::from_bytes(*aaguid), id, key }, rest))
    }
}

/// The CBOR map at the beginning, and what follows it.
fn after_cbor_map(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut reader = serde_cbor_2::Deserializer::from_slice(bytes);
    BTreeMap::<Value, IgnoredAny>::deserialize(&mut reader).ok()?;
    bytes.split_at_checked(reader.byte_offset())
}

/// An attestation object (WA 6.5.4).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AttestationObject<'a> {
    #[serde(rename = "fmt")]
    format: &'a str,
    #[serde(rename = "attStmt")]
    statement: BTreeMap<Value, Value>,
    pub auth_data: &'a [u8],
}

/// What was attested.
pub(super) enum Attested {
    Nothing,
    /// By the credential's own key: an algorithm and a signature.
    BySelf(i128, Vec<u8>),
}

impl<'a> AttestationObject<'a> {
    pub fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        serde_cbor_2::from_slice(bytes).map_err(|_| Refusal::Malformed("attestationObject"))
    }

    /// None, or by itself ("packed" without certificates): what remains when options say `none`
    /// (WA 5.4.7). Anything else was not asked for, and nobody would believe it.
    pub fn attested(self) -> Result<Attested, Refusal> {
        let part = |name: &str| self.statement.get(&Value::Text(name.into()));
        match (self.format, part("alg"), part("sig"), self.statement.len()) {
            ("none", _, _, 0) => Ok(Attested::Nothing),
            ("packed", Some(Value::Integer(alg)), Some(Value::Bytes(signature)), 2) => {
                Ok(Attested::BySelf(*alg, signature.clone()))
            }
            _ => Err(Refusal::Attestation),
        }
    }
}
