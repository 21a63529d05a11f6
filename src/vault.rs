//! Secrets at rest: XChaCha20-Poly1305 under the deployment's master key.
//!
//! A sealed value is `version (1) | key id (4) | nonce (24) | ciphertext and tag`. The key id
//! lets an operator rotate the master key: values open with the current key or a previous one
//! and are always sealed with the current one. The associated data names what the value is and
//! whose, so that a row copied to another owner does not open.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::random::Random;

const VERSION: u8 = 1;
const NONCE: usize = 24;
const HEAD: usize = 1 + 4 + NONCE;

/// A master key: 256 bits.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// Takes the key's bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Names the key without telling it: the first four bytes of a hash under a fixed label.
    pub fn id(&self) -> [u8; 4] {
        let digest = Sha256::new().chain_update(b"vestibule master key id").chain_update(*self.0).finalize();
        [digest[0], digest[1], digest[2], digest[3]]
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MasterKey({})", data_encoding::HEXLOWER.encode(&self.id()))
    }
}

/// What a sealed value is and whose: the associated data.
#[derive(Clone, Copy, Debug)]
pub struct Label {
    /// The kind of secret, e.g. `"totp"`.
    pub kind: &'static str,
    /// The site it belongs to; nil for the deployment's own.
    pub site: Uuid,
    /// The row it belongs to.
    pub owner: Uuid,
}

impl Label {
    fn bytes(&self) -> Vec<u8> {
        [self.kind.as_bytes(), b"\0", self.site.as_bytes(), self.owner.as_bytes()].concat()
    }
}

/// Why a sealed value does not open.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Unsealing {
    /// Too short, or of an unknown version.
    #[error("the sealed value is damaged")]
    Damaged,
    /// Sealed with a key this deployment was not given.
    #[error("sealed with master key {0}, which is not configured")]
    UnknownKey(String),
    /// Changed since it was sealed, or moved to another owner.
    #[error("the sealed value was changed or belongs to another owner")]
    Refused,
}

/// Seals and opens. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Vault {
    current: MasterKey,
    previous: Vec<MasterKey>,
    random: Random,
}

impl Vault {
    /// A vault that seals with `current` and also opens what `previous` keys sealed.
    pub fn new(current: MasterKey, previous: Vec<MasterKey>, random: Random) -> Self {
        Self { current, previous, random }
    }

    /// Seals `secret` for its owner.
    pub fn seal(&self, label: Label, secret: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE] = self.random.bytes();
        let sealed = cipher(&self.current)
            .encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: &label.bytes() })
            .expect("a secret far below the cipher's limit of 256 GiB");
        let mut out = Vec::with_capacity(HEAD + sealed.len());
        out.push(VERSION);
        out.extend_from_slice(&self.current.id());
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        out
    }

    /// Opens what [`seal`](Self::seal) made for the same owner.
    pub fn open(&self, label: Label, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unsealing> {
        if sealed.len() < HEAD || sealed[0] != VERSION {
            return Err(Unsealing::Damaged);
        }
        let id = &sealed[1..5];
        let key = std::iter::once(&self.current)
            .chain(&self.previous)
            .find(|key| key.id() == id)
            .ok_or_else(|| Unsealing::UnknownKey(data_encoding::HEXLOWER.encode(id)))?;
        let nonce: [u8; NONCE] = sealed[5..HEAD].try_into().expect("the head's length was checked");
        cipher(key)
            .decrypt(&XNonce::from(nonce), Payload { msg: &sealed[HEAD..], aad: &label.bytes() })
            .map(Zeroizing::new)
            .map_err(|_| Unsealing::Refused)
    }
}

fn cipher(key: &MasterKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(*key.0).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> MasterKey {
        MasterKey::new([byte; 32])
    }

    fn label(kind: &'static str, owner: u128) -> Label {
        Label { kind, site: Uuid::from_u128(7), owner: Uuid::from_u128(owner) }
    }

    #[test]
    fn opens_only_for_the_owner_and_kind_it_was_sealed_for() {
        let vault = Vault::new(key(1), vec![], Random::seeded(1));
        let sealed = vault.seal(label("totp", 1), b"secret");
        assert_eq!(vault.open(label("totp", 1), &sealed).unwrap().as_slice(), b"secret");
        assert_eq!(vault.open(label("totp", 2), &sealed), Err(Unsealing::Refused));
        assert_eq!(vault.open(label("idp-key", 1), &sealed), Err(Unsealing::Refused));
    }

    #[test]
    fn refuses_every_changed_byte_and_every_shortening() {
        let vault = Vault::new(key(1), vec![], Random::seeded(1));
        let sealed = vault.seal(label("totp", 1), b"secret");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(vault.open(label("totp", 1), &changed).is_err(), "byte {at}");
            assert!(vault.open(label("totp", 1), &sealed[..at]).is_err(), "length {at}");
        }
    }

    #[test]
    fn a_rotated_master_key_still_opens_what_the_previous_one_sealed() {
        let old = Vault::new(key(1), vec![], Random::seeded(1));
        let sealed = old.seal(label("totp", 1), b"secret");
        let rotated = Vault::new(key(2), vec![key(1)], Random::seeded(2));
        assert_eq!(rotated.open(label("totp", 1), &sealed).unwrap().as_slice(), b"secret");
        let forgotten = Vault::new(key(2), vec![], Random::seeded(2));
        assert!(matches!(forgotten.open(label("totp", 1), &sealed), Err(Unsealing::UnknownKey(_))));
    }
}
