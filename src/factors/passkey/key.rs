//! Public keys (COSE, RFC 9052 and 9053) of the algorithms that are offered, and their signatures.
//!
//! webauthn-rs 0.6 reads ES256 and RS256 keys of 2,048 bits. It has no Ed25519 and no other size of
//! RSA; those are OpenSSL's.

use std::collections::BTreeMap;

use openssl::bn::BigNum;
use openssl::hash::MessageDigest;
use openssl::pkey::{Id, PKey, Public};
use openssl::rsa::Rsa;
use openssl::sign::Verifier;
use serde_cbor_2::Value;
use webauthn_rs_core::proto::{COSEAlgorithm, COSEKey};

use super::Refusal;

/// COSE algorithms in order of preference: ES256, EdDSA (Ed25519 only, as WA 5.8.5 has it), RS256.
pub(super) const OFFERED: [i64; 3] = [ES256, EDDSA, RS256];
const ES256: i64 = -7;
const EDDSA: i64 = -8;
const RS256: i64 = -257;

/// Modulus bytes of RSA: 2,048 to 4,096 bits.
const RSA_BYTES: std::ops::RangeInclusive<usize> = 256..=512;

/// A key that can verify.
pub(super) enum Key {
    /// webauthn-rs judges it.
    Library(COSEKey),
    /// OpenSSL does.
    Ed25519(PKey<Public>),
    Rsa(PKey<Public>),
}

impl Key {
    /// Reads a COSE key. Of another algorithm, or of another curve than its algorithm's (which
    /// webauthn-rs would take): [`Refusal::Algorithm`].
    pub fn read(cose: &[u8]) -> Result<Self, Refusal> {
        let map: BTreeMap<Value, Value> = serde_cbor_2::from_slice(cose).map_err(|_| Refusal::Key)?;
        let integer = |label| match map.get(&Value::Integer(label)) {
            Some(Value::Integer(value)) => i64::try_from(*value).ok(),
            _ => None,
        };
        let bytes = |label| match map.get(&Value::Integer(label)) {
            Some(Value::Bytes(bytes)) => Ok(bytes.as_slice()),
            _ => Err(Refusal::Key),
        };
        // 1 is the kind of key, 3 the algorithm; -1 and below are the kind's own.
        match (integer(1), integer(3)) {
            (Some(2), Some(ES256)) if integer(-1) == Some(1) => Self::library(cose),
            (Some(1), Some(EDDSA)) if integer(-1) == Some(6) => ed25519(bytes(-2)?),
            (Some(3), Some(RS256)) => match (bytes(-1)?, bytes(-2)?) {
                (n, [_, _, _]) if n.len() == 256 => Self::library(cose),
                (n, e) => rsa(n, e),
            },
            _ => Err(Refusal::Algorithm),
        }
    }

    fn library(cose: &[u8]) -> Result<Self, Refusal> {
        let value: Value = serde_cbor_2::from_slice(cose).map_err(|_| Refusal::Key)?;
        COSEKey::try_from(&value).map(Self::Library).map_err(|_| Refusal::Key)
    }

    /// Its COSE algorithm.
    pub fn algorithm(&self) -> i64 {
        match self {
            Self::Library(key) if key.type_ == COSEAlgorithm::ES256 => ES256,
            Self::Ed25519(_) => EDDSA,
            Self::Library(_) | Self::Rsa(_) => RS256,
        }
    }

    /// Whether it signed `message`.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let by_openssl = |key: &PKey<Public>, digest: Option<MessageDigest>| {
            let mut verifier = match digest {
                Some(digest) => Verifier::new(digest, key)?,
                None => Verifier::new_without_digest(key)?,
            };
            verifier.verify_oneshot(signature, message)
        };
        match self {
            Self::Library(key) => key.verify_signature(signature, message).unwrap_or(false),
            Self::Ed25519(key) => by_openssl(key, None).unwrap_or(false),
            Self::Rsa(key) => by_openssl(key, Some(MessageDigest::sha256())).unwrap_or(false),
        }
    }
}

fn ed25519(x: &[u8]) -> Result<Key, Refusal> {
    PKey::public_key_from_raw_bytes(x, Id::ED25519).map(Key::Ed25519).map_err(|_| Refusal::Key)
}

/// The exponent is bounded too: a long one is work for the verifier.
fn rsa(n: &[u8], e: &[u8]) -> Result<Key, Refusal> {
    let usual = |e: &[u8]| matches!(e, [1, 0, 1] | [3]);
    if !RSA_BYTES.contains(&n.len()) || !usual(e) {
        return Err(Refusal::Key);
    }
    let key = || PKey::from_rsa(Rsa::from_public_components(BigNum::from_slice(n)?, BigNum::from_slice(e)?)?);
    key().map(Key::Rsa).map_err(|_| Refusal::Key)
}
