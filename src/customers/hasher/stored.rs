//! A stored hash: the PHC string `$argon2id$v=19$m=..,t=..,p=..$salt$tag`, read with bounds, so
//! that a damaged or planted row cannot make a sign-in cost minutes or gigabytes.

use argon2::password_hash::phc::PasswordHash;
use data_encoding::BASE64_NOPAD;

use super::{LANES, MEMORY_KIB, PASSES, SALT, TAG};

const LONGEST: usize = 512;
const MAX_MEMORY_KIB: u32 = 64 * 1024;
const MAX_PASSES: u32 = 10;
const MAX_LANES: u32 = 4;
/// Shorter tags could be guessed, longer ones are nobody's.
const TAGS: std::ops::RangeInclusive<usize> = 16..=64;

/// A hash with its parameters. `memory_kib` is KiB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stored {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
    pub salt: Vec<u8>,
    pub tag: Vec<u8>,
}

/// Why a stored hash is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum StoredFault {
    #[error("not a PHC string")]
    Malformed,
    #[error("not argon2id version 19 with salt and tag")]
    OtherAlgorithm,
    #[error("its parameters are out of bounds")]
    OutOfBounds,
}

impl Stored {
    pub fn new(memory_kib: u32, passes: u32, lanes: u32, salt: Vec<u8>, tag: Vec<u8>) -> Self {
        Self { memory_kib, passes, lanes, salt, tag }
    }

    /// Reads a PHC string.
    pub fn parse(text: &str) -> Result<Self, StoredFault> {
        if text.len() > LONGEST {
            return Err(StoredFault::Malformed);
        }
        let phc = PasswordHash::new(text).map_err(|_| StoredFault::Malformed)?;
        let (Some(salt), Some(tag)) = (phc.salt, phc.hash) else {
            return Err(StoredFault::OtherAlgorithm);
        };
        if phc.algorithm.as_str() != "argon2id" || phc.version != Some(19) {
            return Err(StoredFault::OtherAlgorithm);
        }
        if phc.params.iter().count() != 3 {
            return Err(StoredFault::OtherAlgorithm);
        }
        let number = |name: &str| phc.params.get_decimal(name).ok_or(StoredFault::OtherAlgorithm);
        let (memory_kib, passes, lanes) = (number("m")?, number("t")?, number("p")?);
        let in_bounds = (1..=MAX_LANES).contains(&lanes)
            && (8 * lanes..=MAX_MEMORY_KIB).contains(&memory_kib)
            && (1..=MAX_PASSES).contains(&passes)
            && TAGS.contains(&tag.as_bytes().len());
        if !in_bounds {
            return Err(StoredFault::OutOfBounds);
        }
        Ok(Self::new(memory_kib, passes, lanes, salt.as_ref().to_vec(), tag.as_bytes().to_vec()))
    }

    /// Whether a hash made today would have the same parameters.
    pub fn is_of_today(&self) -> bool {
        (self.memory_kib, self.passes, self.lanes) == (MEMORY_KIB, PASSES, LANES)
            && (self.salt.len(), self.tag.len()) == (SALT, TAG)
    }
}

impl std::fmt::Display for Stored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { memory_kib, passes, lanes, salt, tag } = self;
        write!(f, "$argon2id$v=19$m={memory_kib},t={passes},p={lanes}")?;
        write!(f, "${}${}", BASE64_NOPAD.encode(salt), BASE64_NOPAD.encode(tag))
    }
}
