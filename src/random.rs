//! Randomness, injected: nothing else in the program draws it (`clippy.toml` forbids it), so that
//! a test can be repeated from its seed.

use std::sync::{Arc, Mutex};

use rand::rngs::{ChaCha20Rng, SysRng};
use rand::{Rng, SeedableRng, TryRng};
use uuid::Uuid;

/// Where random bytes come from. Cheap to clone.
#[derive(Clone)]
pub enum Random {
    /// The operating system's generator, for everything that runs for people.
    System,
    /// A seeded generator, for tests.
    Seeded(Arc<Mutex<ChaCha20Rng>>),
}

impl Random {
    /// A generator that gives the same bytes at every run.
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))))
    }

    /// Fills `bytes`. Panics when the operating system has no randomness to give: nothing safe
    /// could follow.
    pub fn fill(&self, bytes: &mut [u8]) {
        match self {
            Self::System => SysRng.try_fill_bytes(bytes).expect("the operating system's randomness"),
            Self::Seeded(rng) => rng.lock().expect("no panic holds the generator").fill_bytes(bytes),
        }
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A random (version 4) UUID.
    pub fn uuid(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// An unguessable token of 256 bits, base64url without padding (43 characters).
    pub fn token(&self) -> String {
        data_encoding::BASE64URL_NOPAD.encode(&self.bytes::<32>())
    }

    /// A short reference for people to read out: 10 characters without look-alikes (50 bits).
    pub fn reference(&self) -> String {
        const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        self.bytes::<10>().iter().map(|b| char::from(ALPHABET[usize::from(b % 32)])).collect()
    }
}

impl std::fmt::Debug for Random {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::System => "Random::System",
            Self::Seeded(_) => "Random::Seeded",
        })
    }
}
