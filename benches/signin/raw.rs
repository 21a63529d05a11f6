//! What the machine can do: the crypto library alone, on all cores at once.

use std::time::{Duration, Instant};

use anyhow::Result;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::sign::Signer;

/// How often something is done.
#[derive(Clone, Copy)]
pub struct Rate {
    /// A second of wall clock, all cores together.
    pub wall: f64,
    /// A second of CPU time, all cores being busy: right also when others use the machine.
    pub cpu: f64,
}

/// RSA-2048 with SHA-256 signatures a second, all cores together, of a kilobyte each (about what
/// a canonical SignedInfo has).
pub fn signatures(cores: usize, time: Duration) -> Result<Rate> {
    let key = PKey::from_rsa(Rsa::generate(2048)?)?;
    together(cores, time, || {
        let mut signer = Signer::new(MessageDigest::sha256(), &key)?;
        signer.update(&[b'x'; 1024])?;
        signer.sign_to_vec()?;
        Ok(())
    })
}

/// Argon2id (19 MiB, two passes, one lane) a second, all cores together, memory kept.
pub fn argon2(cores: usize, time: Duration) -> Result<Rate> {
    let params = Params::new(19 * 1024, 2, 1, Some(32))
        .and_then(|params| Argon2::new_with_secret(&[7; 32], Algorithm::Argon2id, Version::V0x13, params));
    let argon2 = params.map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    thread_local! {
        static MEMORY: std::cell::RefCell<Vec<Block>> = std::cell::RefCell::new(vec![Block::new(); 19 * 1024]);
    }
    together(cores, time, || {
        MEMORY.with_borrow_mut(|memory| {
            argon2
                .hash_password_into_with_memory(b"correct horse battery", &[1; 16], &mut [0; 32], memory)
                .map_err(|error| anyhow::anyhow!("argon2: {error}"))
        })
    })
}

/// How often `work` is done by `cores` threads at once.
#[allow(clippy::disallowed_methods, reason = "this measures")]
fn together(cores: usize, time: Duration, work: impl Fn() -> Result<()> + Sync) -> Result<Rate> {
    let one = || -> Result<(Rate, f64)> {
        work()?;
        let (start, cpu, mut done) = (Instant::now(), crate::cpu::thread(), 0.0);
        while start.elapsed() < time {
            work()?;
            done += 1.0;
        }
        let used = (crate::cpu::thread() - cpu).as_secs_f64();
        Ok((Rate { wall: done / start.elapsed().as_secs_f64(), cpu: done }, used))
    };
    let parts: Vec<(Rate, f64)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(one)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().map_err(|_| anyhow::anyhow!("a measuring thread panicked"))?)
            .collect::<Result<_>>()
    })?;
    let sum = |of: fn(&(Rate, f64)) -> f64| -> f64 { parts.iter().map(of).sum() };
    Ok(Rate { wall: sum(|(rate, _)| rate.wall), cpu: sum(|(rate, _)| rate.cpu) / sum(|(_, used)| *used) })
}
