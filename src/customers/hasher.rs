//! The one place that turns passwords into something storable (security.md P6, P7).
//!
//! Argon2id keyed with the deployment's pepper costs 19 MiB and some 20 ms of a core, so only a
//! few run at once, away from the async workers. Whoever comes while all are busy waits in a
//! short line, and beyond that is told to come back: memory and waiting times stay bounded under
//! any number of guesses. A caller that goes away frees its place in the line, but a hash once
//! begun keeps its permit until it is done, so that disconnecting starts no second one.

mod stored;

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use subtle::ConstantTimeEq;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};

use super::password::Normalised;
use crate::config::Pepper;
use crate::error::AppError;
use stored::Stored;

/// OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const TAG: usize = 32;
/// Bytes of salt: NIST 3.1.1.2 asks for 4 at least, RFC 9106 3.1 recommends 16.
pub const SALT: usize = 16;
/// Seconds to stay away: about what a full line of 64 a worker takes.
const RETRY_AFTER: u32 = 2;

/// Hashes and verifies passwords. Cheap to clone; one per program.
#[derive(Clone)]
pub struct Hasher(Arc<Inner>);

struct Inner {
    pepper: Pepper,
    permits: Arc<Semaphore>,
    /// Callers in the line now, and how many may be.
    waiting: AtomicUsize,
    queue: usize,
    /// Working memory of finished hashes, at most one a worker: allocating 19 MiB each time would
    /// cost page faults and let resident memory wander.
    memory: Mutex<Vec<Vec<Block>>>,
    hashes: AtomicU64,
}

/// What a stored hash says to a typed password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub matches: bool,
    /// The hash was made with other parameters than today's: store a new one (only when it
    /// matches).
    pub needs_rehash: bool,
}

/// Why no hash was computed.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// The line is full; seconds to wait before trying again.
    #[error("too many passwords are being checked; try again in {retry_after} s")]
    Busy { retry_after: u32 },
    /// A fault of ours.
    #[error("hashing failed: {0}")]
    Failed(String),
}

impl From<HashError> for AppError {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy { retry_after } => Self::Busy { retry_after },
            HashError::Failed(_) => Self::internal(error),
        }
    }
}

impl Hasher {
    /// At most `workers` hashes at once and `queue` callers waiting.
    pub fn new(pepper: &Pepper, workers: usize, queue: usize) -> Self {
        let workers = workers.max(1);
        Self(Arc::new(Inner {
            pepper: pepper.clone(),
            permits: Arc::new(Semaphore::new(workers)),
            waiting: AtomicUsize::new(0),
            queue,
            memory: Mutex::new(Vec::with_capacity(workers)),
            hashes: AtomicU64::new(0),
        }))
    }

    /// Hashes a new password into a PHC string that names its parameters.
    pub async fn hash(&self, password: &Normalised, salt: [u8; SALT]) -> Result<String, HashError> {
        let password = password.clone();
        let permit = self.permit().await?;
        self.run(permit, move |inner| {
            let recipe = Stored::new(MEMORY_KIB, PASSES, LANES, salt.to_vec(), vec![0; TAG]);
            let tag = inner.compute(password.as_bytes(), &recipe)?;
            Ok(Stored { tag, ..recipe }.to_string())
        })
        .await
    }

    /// Verifies a typed password. Without a usable stored hash (`None`, damaged, absurd), or with
    /// a password too long to be anybody's, it computes one of today's cost all the same and
    /// never matches (security.md G4).
    pub async fn verify(&self, typed: &str, stored: Option<&str>) -> Result<Verdict, HashError> {
        let password = Normalised::new(typed).ok();
        let stored = stored.and_then(|text| match Stored::parse(text) {
            Ok(stored) => Some(stored),
            Err(fault) => {
                tracing::error!(%fault, "a stored password hash is unusable: its customer cannot sign in");
                None
            }
        });
        let permit = self.permit().await?;
        self.run(permit, move |inner| {
            let (Some(password), Some(stored)) = (password, stored) else {
                let dummy = Stored::new(MEMORY_KIB, PASSES, LANES, vec![0; SALT], vec![0; TAG]);
                inner.compute(b"", &dummy)?;
                return Ok(Verdict { matches: false, needs_rehash: false });
            };
            let tag = inner.compute(password.as_bytes(), &stored)?;
            let matches = bool::from(tag.ct_eq(&stored.tag));
            Ok(Verdict { matches, needs_rehash: !stored.is_of_today() })
        })
        .await
    }

    /// How many hashes were computed since the start.
    pub fn hashes(&self) -> u64 {
        self.0.hashes.load(Ordering::Relaxed)
    }

    /// A worker's permit, after waiting in line when all are out.
    async fn permit(&self) -> Result<OwnedSemaphorePermit, HashError> {
        let closed = || HashError::Failed("the hasher's semaphore is closed".into());
        match Arc::clone(&self.0.permits).try_acquire_owned() {
            Ok(permit) => return Ok(permit),
            Err(TryAcquireError::Closed) => return Err(closed()),
            Err(TryAcquireError::NoPermits) => {}
        }
        let _place = Place::take(&self.0).ok_or(HashError::Busy { retry_after: RETRY_AFTER })?;
        Arc::clone(&self.0.permits).acquire_owned().await.map_err(|_| closed())
    }

    /// Runs `work` on a blocking thread, which owns the permit until it is done.
    #[allow(clippy::disallowed_methods, reason = "this is the capped pool: one permit a blocking task")]
    async fn run<T: Send + 'static>(
        &self,
        permit: OwnedSemaphorePermit,
        work: impl FnOnce(&Inner) -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashError> {
        let inner = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work(&inner)
        })
        .await
        .map_err(|error| HashError::Failed(error.to_string()))?
    }
}

impl Inner {
    /// One argon2id under the parameters and salt of `recipe`.
    fn compute(&self, password: &[u8], recipe: &Stored) -> Result<Vec<u8>, HashError> {
        self.hashes.fetch_add(1, Ordering::Relaxed);
        let failed = |error: argon2::Error| HashError::Failed(error.to_string());
        let params = Params::new(recipe.memory_kib, recipe.passes, recipe.lanes, Some(recipe.tag.len()))
            .map_err(failed)?;
        let blocks = params.block_count();
        let argon2 = Argon2::new_with_secret(&*self.pepper.0, Algorithm::Argon2id, Version::V0x13, params)
            .map_err(failed)?;
        let mut memory = self.take_memory(blocks);
        let mut tag = vec![0; recipe.tag.len()];
        // The first pass overwrites whatever an earlier hash left in the memory.
        let done = argon2.hash_password_into_with_memory(password, &recipe.salt, &mut tag, &mut memory);
        self.give_memory(memory);
        done.map(|()| tag).map_err(failed)
    }

    fn take_memory(&self, blocks: usize) -> Vec<Block> {
        let mut memory = self.pool().pop().unwrap_or_default();
        if memory.len() < blocks {
            memory = vec![Block::new(); blocks];
        }
        memory
    }

    /// Keeps the memory for the next hash; what a larger recipe needed goes back to the system.
    fn give_memory(&self, memory: Vec<Block>) {
        if memory.len() == MEMORY_KIB as usize {
            self.pool().push(memory);
        }
    }

    fn pool(&self) -> std::sync::MutexGuard<'_, Vec<Vec<Block>>> {
        // Nothing panics while holding it; and if it did, the pool would still be whole.
        self.memory.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A place in the line, given back when dropped: also by a caller that goes away.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(inner: &'a Inner) -> Option<Self> {
        let place = Self(&inner.waiting);
        // Counted first, so that two callers cannot share the last place.
        (inner.waiting.fetch_add(1, Ordering::AcqRel) < inner.queue).then_some(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests;
