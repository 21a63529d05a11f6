//! A site's signing key: RSA-2048 with a self-signed certificate (security.md M2).
//!
//! An SP that was given the certificate trusts the key in it, nothing else: names, dates and
//! extensions are for people and for strict libraries.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use lru::LruCache;
use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, PKeyRef, Private};
use openssl::rsa::Rsa;
use openssl::x509::extension::{BasicConstraints, KeyUsage, SubjectKeyIdentifier};
use openssl::x509::{X509, X509NameBuilder};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::sites::SiteId;
use crate::vault::{Label, Unsealing, Vault};

/// RSA modulus in bits.
const BITS: u32 = 2048;
/// How long a certificate is valid.
const LIFETIME: Duration = Duration::days(3 * 365);
/// How far back a new certificate's validity starts, for SPs whose clock runs behind.
const HEAD_START: Duration = Duration::minutes(10);
/// How many decoded keys are kept, about 5 kB each.
const CACHED_KEYS: NonZeroUsize = NonZeroUsize::new(4096).unwrap();

/// A fresh IdP key pair, not yet stored.
pub struct NewKey {
    /// The row's id.
    pub id: Uuid,
    /// PKCS#8 DER.
    pub private_key: Zeroizing<Vec<u8>>,
    /// X.509 DER.
    pub certificate: Vec<u8>,
    pub not_before: OffsetDateTime,
    pub not_after: OffsetDateTime,
    pub created_at: OffsetDateTime,
}

impl NewKey {
    /// Makes a key pair for `site`: about 0.1 s of one core. `serial` is the certificate's, random.
    /// The key itself comes from OpenSSL's own generator.
    pub fn generate(
        site: SiteId,
        id: Uuid,
        serial: [u8; 16],
        now: OffsetDateTime,
    ) -> Result<Self, ErrorStack> {
        let created_at = now;
        // A certificate counts in whole seconds.
        let now = now.replace_nanosecond(0).unwrap_or(now);
        let (not_before, not_after) = (now - HEAD_START, now + LIFETIME);
        let key = PKey::from_rsa(Rsa::generate(BITS)?)?;
        let certificate = self_signed(&key, site, serial, not_before, not_after)?.to_der()?;
        let private_key = Zeroizing::new(key.private_key_to_pkcs8()?);
        Ok(Self { id, private_key, certificate, not_before, not_after, created_at })
    }
}

fn self_signed(
    key: &PKeyRef<Private>,
    site: SiteId,
    mut serial: [u8; 16],
    not_before: OffsetDateTime,
    not_after: OffsetDateTime,
) -> Result<X509, ErrorStack> {
    let mut name = X509NameBuilder::new()?;
    name.append_entry_by_nid(Nid::COMMONNAME, &format!("Vestibule SAML {site}"))?;
    let name = name.build();
    // RFC 5280, 4.1.2.2: positive, and not zero.
    serial[0] = serial[0] & 0x7F | 0x40;

    let mut builder = X509::builder()?;
    builder.set_version(2)?; // X.509 v3
    builder.set_serial_number(&*BigNum::from_slice(&serial)?.to_asn1_integer()?)?;
    builder.set_subject_name(&name)?;
    builder.set_issuer_name(&name)?;
    builder.set_not_before(&*Asn1Time::from_unix(not_before.unix_timestamp())?)?;
    builder.set_not_after(&*Asn1Time::from_unix(not_after.unix_timestamp())?)?;
    builder.set_pubkey(key)?;
    builder.append_extension(BasicConstraints::new().critical().build()?)?;
    builder.append_extension(KeyUsage::new().critical().digital_signature().build()?)?;
    let identifier = SubjectKeyIdentifier::new().build(&builder.x509v3_context(None, None))?;
    builder.append_extension(identifier)?;
    builder.sign(key, MessageDigest::sha256())?;
    Ok(builder.build())
}

/// A key as a row of `saml_keys` holds it.
#[derive(Clone, Debug)]
pub struct StoredKey {
    pub id: Uuid,
    pub site: SiteId,
    /// X.509 DER.
    pub certificate: Vec<u8>,
    /// PKCS#8 DER, sealed.
    pub sealed_private_key: Vec<u8>,
    pub not_after: OffsetDateTime,
}

/// Why a stored key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    #[error("the site's signing key does not open: {0}")]
    Sealed(#[from] Unsealing),
    #[error("the site's signing key cannot be decoded: {0}")]
    Damaged(#[from] ErrorStack),
}

/// What a private key is sealed for.
pub(super) fn label(site: SiteId, key: Uuid) -> Label {
    Label { kind: "saml-key", site: site.0, owner: key }
}

/// A private key decoded and ready, with its certificate. Shared between threads.
pub struct SigningKey {
    key: PKey<Private>,
    certificate_base64: String,
    fingerprint: String,
}

impl SigningKey {
    /// Decodes a PKCS#8 private key and takes its certificate (X.509 DER).
    pub fn decode(private_key: &[u8], certificate: &[u8]) -> Result<Self, ErrorStack> {
        let key = PKey::private_key_from_pkcs8(private_key)?;
        Ok(Self {
            key,
            certificate_base64: BASE64.encode(certificate),
            fingerprint: fingerprint(certificate),
        })
    }

    /// For `xml.rs` alone.
    pub(super) fn private_key(&self) -> &PKeyRef<Private> {
        &self.key
    }

    /// The certificate's DER in base64, on one line.
    pub fn certificate_base64(&self) -> &str {
        &self.certificate_base64
    }

    /// SHA-256 of the certificate, as `AA:BB:...`.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

/// SHA-256 of a certificate (X.509 DER) as people compare it: `AA:BB:...`, 95 characters.
pub fn fingerprint(certificate: &[u8]) -> String {
    let pairs = Sha256::digest(certificate).iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>();
    pairs.join(":")
}

/// Decoded keys by the id of their row, so that a hot sign-on unseals and decodes nothing. A row's key
/// never changes, so an entry cannot go stale; which key is the active one is asked of the database.
#[derive(Clone)]
pub struct KeyCache(Arc<Mutex<LruCache<Uuid, Arc<SigningKey>>>>);

impl Default for KeyCache {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(LruCache::new(CACHED_KEYS))))
    }
}

impl KeyCache {
    /// The decoded key of `row`: from memory, or unsealed by `vault` and kept.
    pub fn signing_key(&self, vault: &Vault, row: &StoredKey) -> Result<Arc<SigningKey>, KeyFault> {
        if let Some(key) = self.lock().get(&row.id) {
            return Ok(key.clone());
        }
        // Decoded outside the lock: two at once do the same work twice, and nobody waits.
        let private_key = vault.open(label(row.site, row.id), &row.sealed_private_key)?;
        let key = Arc::new(SigningKey::decode(&private_key, &row.certificate)?);
        self.lock().put(row.id, key.clone());
        Ok(key)
    }

    /// The key of row `id`, if it was used before. A row's key never changes, so that this is right
    /// on every instance.
    pub fn get(&self, id: Uuid) -> Option<Arc<SigningKey>> {
        self.lock().get(&id).cloned()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, LruCache<Uuid, Arc<SigningKey>>> {
        // A panic while the lock is held could only come from the allocator; the map stays whole.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::random::Random;
    use crate::vault::MasterKey;

    /// A key pair made at `now`.
    pub fn new_key(now: OffsetDateTime) -> NewKey {
        let random = Random::System;
        NewKey::generate(SiteId(Uuid::from_u128(7)), random.uuid(), random.bytes(), now).unwrap()
    }

    /// A key pair, decoded.
    pub fn signing_key(now: OffsetDateTime) -> SigningKey {
        let new = new_key(now);
        SigningKey::decode(&new.private_key, &new.certificate).unwrap()
    }

    #[test]
    fn the_certificate_is_what_strict_libraries_expect() {
        let now = time::macros::datetime!(2026-11-23 10:00:00.123456 UTC);
        let new = new_key(now);
        let certificate = X509::from_der(&new.certificate).unwrap();
        let key = certificate.public_key().unwrap();
        assert_eq!(key.rsa().unwrap().size() * 8, BITS);
        assert!(certificate.verify(&key).unwrap());
        assert_eq!(certificate.signature_algorithm().object().nid(), Nid::SHA256WITHRSAENCRYPTION);
        assert!(certificate.serial_number().to_bn().unwrap().num_bits() == 127);
        for (stated, wanted) in
            [(certificate.not_before(), new.not_before), (certificate.not_after(), new.not_after)]
        {
            assert!(stated == Asn1Time::from_unix(wanted.unix_timestamp()).unwrap(), "{stated}");
        }
        let text = String::from_utf8(certificate.to_text().unwrap()).unwrap();
        for part in [
            "Version: 3",
            "CA:FALSE",
            "Digital Signature",
            "Vestibule SAML 00000000-0000-0000-0000-000000000007",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn a_row_is_unsealed_once_and_only_for_its_owner() {
        let vault = Vault::new(MasterKey::new([1; 32]), vec![], Random::seeded(1));
        let new = new_key(time::macros::datetime!(2026-11-23 10:00 UTC));
        let site = SiteId(Uuid::from_u128(7));
        let row = StoredKey {
            id: new.id,
            site,
            certificate: new.certificate.clone(),
            sealed_private_key: vault.seal(label(site, new.id), &new.private_key),
            not_after: new.not_after,
        };
        let cache = KeyCache::default();
        let first = cache.signing_key(&vault, &row).unwrap();
        let again = StoredKey { sealed_private_key: vec![], ..row.clone() };
        assert!(Arc::ptr_eq(&first, &cache.signing_key(&vault, &again).unwrap()));
        let moved = StoredKey { site: SiteId(Uuid::from_u128(8)), id: Uuid::from_u128(1), ..row };
        assert!(matches!(cache.signing_key(&vault, &moved), Err(KeyFault::Sealed(_))));
    }
}
