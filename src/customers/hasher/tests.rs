use std::future::Future;
use std::task::{Context, Poll, Waker};

use zeroize::Zeroizing;

use super::stored::StoredFault;
use super::*;

/// Made by the reference implementation (argon2-cffi's binding of libargon2, `argon2_ctx` with
/// secret `07 * 32` and salt `00..0f`).
const KNOWN: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$i864UG+3yYTq2TRwF98YbopqumhTEwp1cFhtHuf2T0U";
const KNOWN_ACCENTS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$YQUIeyJK/aPVYtp2LFelleNDQFGT+YPPqjULfxl38dg";
const KNOWN_OLD: &str =
    "$argon2id$v=19$m=8192,t=1,p=2$AAECAwQFBgcICQoLDA0ODw$Gwy1zZseN6lfsIr4pqDTt5NP3i7asHsBpIq/2duwqVU";
const PASSWORD: &str = "correct horse battery";

fn pepper(byte: u8) -> Pepper {
    Pepper(Zeroizing::new([byte; 32]))
}

fn hasher(workers: usize, queue: usize) -> Hasher {
    Hasher::new(&pepper(7), workers, queue)
}

fn salt() -> [u8; SALT] {
    std::array::from_fn(|n| n as u8)
}

const YES: Verdict = Verdict { matches: true, needs_rehash: false };
const NO: Verdict = Verdict { matches: false, needs_rehash: false };

#[tokio::test]
async fn hashes_as_the_reference_implementation_does() {
    let hasher = hasher(1, 1);
    for (typed, known) in [(PASSWORD, KNOWN), ("pa\u{308}sswörter café", KNOWN_ACCENTS)] {
        let password = Normalised::new(typed).unwrap();
        assert_eq!(hasher.hash(&password, salt()).await.unwrap(), known);
        assert_eq!(hasher.verify(typed, Some(known)).await.unwrap(), YES);
    }
}

#[tokio::test]
async fn only_the_same_password_salt_and_pepper_match() {
    let hasher = hasher(1, 1);
    for wrong in ["", "Correct horse battery", "correct horse battery ", "correct horse batter"] {
        assert_eq!(hasher.verify(wrong, Some(KNOWN)).await.unwrap(), NO, "{wrong:?}");
    }
    let elsewhere = Hasher::new(&pepper(8), 1, 1);
    assert_eq!(elsewhere.verify(PASSWORD, Some(KNOWN)).await.unwrap(), NO);
    let password = Normalised::new(PASSWORD).unwrap();
    assert_ne!(hasher.hash(&password, [1; SALT]).await.unwrap(), KNOWN);
}

#[tokio::test]
async fn a_hash_of_other_parameters_still_matches_and_asks_to_be_made_anew() {
    let hasher = hasher(1, 1);
    let verdict = hasher.verify(PASSWORD, Some(KNOWN_OLD)).await.unwrap();
    assert_eq!(verdict, Verdict { matches: true, needs_rehash: true });
    // The memory of the larger and the smaller recipe is shared without a trace.
    assert_eq!(hasher.verify(PASSWORD, Some(KNOWN)).await.unwrap(), YES);
    assert_eq!(hasher.verify(PASSWORD, Some(KNOWN_OLD)).await.unwrap(), verdict);
}

#[tokio::test]
async fn nobody_a_damaged_hash_and_an_impossible_password_cost_one_hash_and_never_match() {
    let hasher = hasher(1, 1);
    let too_long = "x".repeat(1 << 16);
    for (typed, stored) in [
        (PASSWORD, None),
        ("", None),
        (PASSWORD, Some("")),
        (PASSWORD, Some("plain text")),
        (PASSWORD, Some("$argon2id$v=19$m=4194304,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$i864UG+3yYTq2TRwF98Ybg")),
        (too_long.as_str(), Some(KNOWN)),
        ("wrong", Some(KNOWN)),
    ] {
        let before = hasher.hashes();
        assert_eq!(hasher.verify(typed, stored).await.unwrap(), NO, "{stored:?}");
        assert_eq!(hasher.hashes() - before, 1, "{stored:?}");
    }
}

#[test]
fn reads_stored_hashes_with_bounds() {
    let phc = |head: &str, salt: &str, tag: &str| -> String { format!("{head}${salt}${tag}") };
    let (salt, tag) = ("AAECAwQFBgcICQoLDA0ODw", "i864UG+3yYTq2TRwF98YbopqumhTEwp1cFhtHuf2T0U");
    for bounds in ["m=8,t=1,p=1", "m=65536,t=10,p=4"] {
        let text = phc(&format!("$argon2id$v=19${bounds}"), salt, tag);
        assert_eq!(Stored::parse(&text).unwrap().to_string(), text);
    }
    for (text, fault) in [
        (String::new(), StoredFault::Malformed),
        ("$".repeat(300), StoredFault::Malformed),
        ("x".repeat(1 << 20), StoredFault::Malformed),
        ("$2b$12$abcdefghijklmnopqrstuv".into(), StoredFault::Malformed),
        (phc("$argon2id$v=19$m=x,t=2,p=1", salt, tag), StoredFault::OtherAlgorithm),
        (phc("$argon2i$v=19$m=19456,t=2,p=1", salt, tag), StoredFault::OtherAlgorithm),
        (phc("$argon2id$v=16$m=19456,t=2,p=1", salt, tag), StoredFault::OtherAlgorithm),
        (phc("$argon2id$m=19456,t=2,p=1", salt, tag), StoredFault::OtherAlgorithm),
        (phc("$argon2id$v=19$m=19456,t=2", salt, tag), StoredFault::OtherAlgorithm),
        (phc("$argon2id$v=19$m=19456,t=2,p=1,keyid=8PDw8A", salt, tag), StoredFault::OtherAlgorithm),
        ("$argon2id$v=19$m=19456,t=2,p=1".into(), StoredFault::OtherAlgorithm),
        (phc("$argon2id$v=19$m=65537,t=2,p=1", salt, tag), StoredFault::OutOfBounds),
        (phc("$argon2id$v=19$m=4294967295,t=2,p=1", salt, tag), StoredFault::OutOfBounds),
        (phc("$argon2id$v=19$m=19456,t=11,p=1", salt, tag), StoredFault::OutOfBounds),
        (phc("$argon2id$v=19$m=19456,t=0,p=1", salt, tag), StoredFault::OutOfBounds),
        (phc("$argon2id$v=19$m=19456,t=2,p=5", salt, tag), StoredFault::OutOfBounds),
        (phc("$argon2id$v=19$m=19456,t=2,p=0", salt, tag), StoredFault::OutOfBounds),
        (phc("$argon2id$v=19$m=7,t=2,p=1", salt, tag), StoredFault::OutOfBounds),
        (phc("$argon2id$v=19$m=19456,t=2,p=1", salt, "i864UG+3yYTq2Q"), StoredFault::OutOfBounds),
    ] {
        assert_eq!(Stored::parse(&text), Err(fault), "{:.80}", text);
    }
}

/// Polls once, as a caller does that then waits or goes away.
fn poll_once<F: Future>(future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test]
async fn the_line_is_bounded_and_a_caller_that_leaves_frees_its_place() {
    let hasher = hasher(1, 2);
    let permit = hasher.permit().await.unwrap();
    let mut first = Box::pin(hasher.verify(PASSWORD, Some(KNOWN)));
    let mut second = Box::pin(hasher.verify(PASSWORD, None));
    assert!(poll_once(first.as_mut()).is_pending());
    assert!(poll_once(second.as_mut()).is_pending());
    for _ in 0..3 {
        let third = hasher.verify(PASSWORD, Some(KNOWN)).await;
        assert!(matches!(third, Err(HashError::Busy { retry_after: 2 })));
    }
    drop(second);
    let mut fourth = Box::pin(hasher.verify(PASSWORD, None));
    assert!(poll_once(fourth.as_mut()).is_pending());
    assert_eq!(hasher.hashes(), 0, "nobody passes the permit's owner");
    drop(permit);
    assert_eq!(first.await.unwrap(), YES);
    assert_eq!(fourth.await.unwrap(), NO);
    assert_eq!(hasher.verify(PASSWORD, Some(KNOWN)).await.unwrap(), YES);
    assert_eq!(hasher.hashes(), 3);
}

#[tokio::test]
async fn a_caller_that_leaves_does_not_free_the_worker_it_started() {
    let hasher = hasher(1, 0);
    let permit = hasher.permit().await.unwrap();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let mut left = Box::pin(
        hasher.run(permit, move |_| released.recv().map_err(|error| HashError::Failed(error.to_string()))),
    );
    assert!(poll_once(left.as_mut()).is_pending());
    drop(left);
    assert!(matches!(hasher.verify(PASSWORD, None).await, Err(HashError::Busy { .. })));
    release.send(()).unwrap();
    // The permit comes back when the work is done, not before.
    drop(Arc::clone(&hasher.0.permits).acquire_owned().await.unwrap());
    assert_eq!(hasher.verify(PASSWORD, None).await.unwrap(), NO);
}

#[tokio::test]
async fn a_worker_that_panics_gives_its_permit_back() {
    let hasher = hasher(1, 0);
    let permit = hasher.permit().await.unwrap();
    let broken = hasher.run::<()>(permit, |_| panic!("as a test")).await;
    assert!(matches!(broken, Err(HashError::Failed(_))));
    assert_eq!(hasher.verify(PASSWORD, None).await.unwrap(), NO);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_is_kept_for_as_many_as_work_at_once() {
    let hasher = hasher(2, 64);
    let all: Vec<_> = (0..16)
        .map(|n| {
            let hasher = hasher.clone();
            let stored = if n % 4 == 0 { KNOWN_OLD } else { KNOWN };
            tokio::spawn(async move { hasher.verify(PASSWORD, Some(stored)).await.unwrap().matches })
        })
        .collect();
    for one in all {
        assert!(one.await.unwrap());
    }
    assert!(hasher.0.pool().len() <= 2);
    assert_eq!(hasher.0.waiting.load(Ordering::Relaxed), 0);
}
