//! Second factors: setting one up, asking for it, and the verdict on an answer.
//!
//! So far one kind, the authenticator app ([`totp`]). A secret being enrolled is no factor until a
//! code confirmed it (security.md T4): until then it lives, sealed, in the sign-in that shows it.
//! Secrets are sealed by the vault under the factor's own id.
//!
//! Failures are counted on the factor's row, which every check locks first, so that two answers at
//! the same moment can neither share one count nor one time step, on whichever instance they land.

pub mod passkey;
pub mod store;
pub mod totp;
pub mod wait;

use time::OffsetDateTime;
use uuid::Uuid;

use crate::customers::CustomerId;
use crate::sites::SiteId;
use crate::vault::{Label, Unsealing, Vault};

/// A factor's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FactorId(pub Uuid);

/// How vault entries of this kind are labelled: a confirmed secret under the factor's id, one
/// being enrolled under the sign-in's.
fn label(site: SiteId, owner: Uuid) -> Label {
    Label { kind: "totp", site: site.0, owner }
}

/// Seals a TOTP secret for `owner`: a factor, or the sign-in that enrols it.
pub fn seal_totp(vault: &Vault, site: SiteId, owner: Uuid, secret: &totp::Secret) -> Vec<u8> {
    vault.seal(label(site, owner), secret.bytes())
}

/// Opens what [`seal_totp`] made.
pub fn open_totp(vault: &Vault, site: SiteId, owner: Uuid, sealed: &[u8]) -> Result<totp::Secret, Unsealing> {
    let bytes = vault.open(label(site, owner), sealed)?;
    let bytes: [u8; totp::SECRET_BYTES] = bytes.as_slice().try_into().map_err(|_| Unsealing::Damaged)?;
    Ok(totp::Secret::new(bytes))
}

/// An enrolled authenticator app, as it stands in its locked row.
#[derive(Clone, Debug)]
pub struct TotpFactor {
    pub id: FactorId,
    pub site: SiteId,
    pub customer: CustomerId,
    pub sealed_secret: Vec<u8>,
    pub history: totp::History,
    /// Wrong answers since the last right one.
    pub failures: u32,
    pub last_failure_at: Option<OffsetDateTime>,
}

/// What became of one answer to a code challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Right; the factor's history has moved on.
    Accepted(FactorId),
    /// Not six digits. Not counted.
    Malformed,
    /// Wrong. Counted.
    Wrong,
    /// Right, but used before. Not counted: it tells a guesser nothing he can use.
    AlreadyUsed,
    /// Right for a clock that is off by this many minutes (negative: slow). Counted.
    ClockOff { minutes: i64 },
    /// Too many wrong answers: not looked at.
    Wait { seconds: u64 },
    /// [`wait::MOST_FAILURES`] wrong answers in a row: the factor is off until it is set up anew.
    Off,
}

/// Judges `typed` against the customer's authenticator apps and writes what follows from it. Call
/// it in a transaction and commit whatever the verdict: a rolled-back failure would not count.
pub async fn verify_totp(
    conn: &mut sqlx::PgConnection,
    vault: &Vault,
    site: SiteId,
    customer: CustomerId,
    typed: &str,
    now: OffsetDateTime,
) -> Result<Verdict, crate::error::AppError> {
    let mut verdict = Verdict::Off;
    for factor in store::lock_totp(conn, site, customer).await? {
        if factor.failures >= wait::MOST_FAILURES {
            continue;
        }
        if let Some(seconds) = wait::remaining(factor.failures, wait::BEGINS, factor.last_failure_at, now) {
            verdict = Verdict::Wait { seconds };
            continue;
        }
        let secret = open_totp(vault, site, factor.id.0, &factor.sealed_secret)
            .map_err(crate::error::AppError::internal)?;
        verdict = match totp::check(&secret, &factor.history, typed, now) {
            totp::Check::Accepted(history) => {
                store::accept(conn, &factor, &history, now).await?;
                return Ok(Verdict::Accepted(factor.id));
            }
            totp::Check::Malformed => return Ok(Verdict::Malformed),
            totp::Check::AlreadyUsed => return Ok(Verdict::AlreadyUsed),
            totp::Check::ClockOff { minutes, history } => {
                store::fail(conn, &factor, &history, now).await?;
                Verdict::ClockOff { minutes }
            }
            totp::Check::Wrong => {
                store::fail(conn, &factor, &factor.history, now).await?;
                Verdict::Wrong
            }
        };
    }
    Ok(verdict)
}
