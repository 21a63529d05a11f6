//! Second factors: setting one up, asking for it, and the verdict on an answer.
//!
//! [`kind`] says what every kind of factor can do, [`registry`] lists them: adding one touches its own
//! file, its line there and its templates. What a kind has to remember between a page and its answer
//! (a secret being set up, a code that was sent) lives, sealed, in the sign-in's row: until it is
//! confirmed it is no factor (security.md T4). Secrets of factors are sealed under the factor's id.
//!
//! Failures are counted on the factors' rows, which every judgement locks first, so that two answers
//! at the same moment can neither share one count nor one code, on whichever instance they land.

pub mod backup_codes;
pub mod choice;
pub mod duo; // Duo's prompt
pub mod email_code;
pub mod kind;
pub mod passkey; // WebAuthn
mod problem;
pub mod questions;
pub mod registry;
pub mod sent_code; // what codes by mail and SMS have in common
pub mod sms; // codes by SMS
pub mod store;
pub mod totp;
pub mod wait;
pub mod yubikey; // Yubico OTP

#[cfg(test)]
mod hostile; // the outside clients against a server that means no good

use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::app::App;
use crate::customers::CustomerId;
use crate::error::AppError;
use crate::mail;
use crate::sites::SiteId;
use crate::vault::{Label, Vault};
use kind::{Deed, Desk, Fields, Judgement, NewFactor};

pub use problem::Problem;
pub use registry::{Method, MethodSet};

/// A factor's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FactorId(pub Uuid);

/// A confirmed factor, as it stands in its row.
#[derive(Clone, Debug)]
pub struct Factor {
    pub id: FactorId,
    pub site: SiteId,
    pub customer: CustomerId,
    pub method: Method,
    /// As the customer calls it.
    pub name: String,
    pub sealed_secret: Option<Vec<u8>>,
    /// What its method keeps beside the secret.
    pub data: Value,
    /// Wrong answers since the last right one.
    pub failures: u32,
    pub last_failure_at: Option<OffsetDateTime>,
    pub created_at: OffsetDateTime,
    pub last_used_at: Option<OffsetDateTime>,
}

impl Factor {
    /// Its secret.
    pub fn secret(&self, vault: &Vault) -> Result<Zeroizing<Vec<u8>>, AppError> {
        let sealed = self.sealed_secret.as_deref().unwrap_or_default();
        vault.open(label(self.method.word(), self.site, self.id.0), sealed).map_err(AppError::internal)
    }

    /// Off after [`wait::MOST_FAILURES`] failures in a row, until it is set up anew.
    pub fn is_off(&self) -> bool {
        self.counted() >= wait::MOST_FAILURES
    }

    /// The failures that count: none where nothing can be guessed, whatever an older version wrote.
    fn counted(&self) -> u32 {
        if self.method.about().guessable { self.failures } else { 0 }
    }

    /// Whether an answer is looked at now.
    fn is_open(&self, now: OffsetDateTime) -> bool {
        !self.is_off() && self.must_wait(now).is_none()
    }

    /// Seconds until an answer is looked at again.
    fn must_wait(&self, now: OffsetDateTime) -> Option<u64> {
        wait::remaining(self.counted(), wait::BEGINS, self.last_failure_at, now)
    }
}

impl Factor {
    /// Whether it can be asked for, where its kind is allowed: it is not off, and not a set of backup codes
    /// that are all used.
    pub fn is_usable(&self) -> bool {
        !self.is_off() && (self.method != Method::BackupCodes || backup_codes::left(self) > 0)
    }
}

#[cfg(test)]
impl Factor {
    /// One of nobody's, for tables of rules.
    pub fn sample(method: Method) -> Self {
        Self {
            id: FactorId(Uuid::nil()),
            site: SiteId(Uuid::nil()),
            customer: CustomerId(Uuid::nil()),
            method,
            name: String::new(),
            sealed_secret: None,
            data: match method {
                Method::BackupCodes => serde_json::json!({ "codes": [{ "hash": "" }] }),
                _ => Value::Null,
            },
            failures: 0,
            last_failure_at: None,
            created_at: OffsetDateTime::UNIX_EPOCH,
            last_used_at: None,
        }
    }
}

fn label(kind: &'static str, site: SiteId, owner: Uuid) -> Label {
    Label { kind, site: site.0, owner }
}

/// Seals the state of an enrolment or challenge for the sign-in it belongs to.
pub fn seal_ceremony(vault: &Vault, site: SiteId, signin: Uuid, state: &Value) -> Vec<u8> {
    let bytes = Zeroizing::new(state.to_string().into_bytes());
    vault.seal(label("ceremony", site, signin), &bytes)
}

/// Opens what [`seal_ceremony`] made.
pub fn open_ceremony(vault: &Vault, site: SiteId, signin: Uuid, sealed: &[u8]) -> Result<Value, AppError> {
    let bytes = vault.open(label("ceremony", site, signin), sealed).map_err(AppError::internal)?;
    serde_json::from_slice(&bytes).map_err(AppError::internal)
}

/// Stores a confirmed factor. `None` when its credential is another factor's already.
pub async fn add(
    conn: &mut PgConnection,
    app: &App,
    (site, customer): (SiteId, CustomerId),
    method: Method,
    new: NewFactor,
    now: OffsetDateTime,
) -> sqlx::Result<Option<FactorId>> {
    let id = FactorId(app.random.uuid());
    let seal = |secret: &Zeroizing<Vec<u8>>| app.vault.seal(label(method.word(), site, id.0), secret);
    let factor = Factor {
        id,
        site,
        customer,
        method,
        sealed_secret: new.secret.as_ref().map(seal),
        name: new.name,
        data: new.data,
        failures: 0,
        last_failure_at: None,
        created_at: now,
        last_used_at: Some(now),
    };
    let added = store::insert(conn, &factor, new.credential_id.as_deref()).await?;
    Ok(added.then_some(id))
}

/// What became of a beginning.
#[derive(Debug)]
pub enum Performed {
    /// All is on its way; keep this.
    Done(Value),
    /// Nothing was sent, and `problem` says why: keep `unsent`, or what was kept before.
    Unsent { unsent: Value, problem: Problem },
}

/// Sends what a kind asked to be sent, as jobs of the caller's transaction.
pub async fn perform(
    conn: &mut PgConnection,
    desk: &Desk<'_>,
    begun: kind::Begun<Value>,
) -> Result<Performed, AppError> {
    let Some(sending) = begun.deed else { return Ok(Performed::Done(begun.state)) };
    let whose = (desk.site.id, desk.customer.id);
    let wait = match &sending.deed {
        Deed::Mail(letter) => {
            mail::limits::wait_in_turn(conn, whose.0, whose.1, letter.kind(), desk.now).await?
        }
        Deed::Text(_) => {
            mail::store::lock_customer(conn, whose.0, whose.1).await?;
            sms::outbox::wait(conn, whose, desk.now).await?
        }
    };
    if let Some(at) = wait {
        let problem = sent_code::too_many(at, desk.now);
        return Ok(Performed::Unsent { unsent: sending.unsent, problem });
    }
    match sending.deed {
        Deed::Mail(letter) => {
            mail::send(conn, desk.app, whose.0, desk.customer, desk.lang, letter).await?;
        }
        Deed::Text(text) => sms::outbox::send(conn, desk.app, whose, text, desk.now).await?,
    }
    Ok(Performed::Done(begun.state))
}

/// What became of one answer to a challenge.
#[derive(Debug)]
pub enum Verdict {
    /// Right; the factor has moved on.
    Accepted(FactorId),
    /// Not right, or not looked at; `result` is the audit trail's word.
    Refused { problem: Problem, result: &'static str },
}

/// Judges an answer against the customer's factors of `method` and writes what follows from it. Call
/// it in a transaction and commit whatever the verdict: a rolled-back failure would not count.
pub async fn verify(
    conn: &mut PgConnection,
    desk: &Desk<'_>,
    method: Method,
    asked: Value,
    form: &Fields,
    consulted: Value,
) -> Result<Verdict, AppError> {
    let mut usable = store::lock(conn, desk.site.id, desk.customer.id, method).await?;
    usable.retain(|factor| !factor.is_off());
    if usable.is_empty() {
        return Ok(Verdict::Refused { problem: Problem::off(), result: "factor_off" });
    }
    let wait = usable.iter().filter_map(|factor| factor.must_wait(desk.now)).min();
    usable.retain(|factor| factor.must_wait(desk.now).is_none());
    if let (true, Some(seconds)) = (usable.is_empty(), wait) {
        return Ok(Verdict::Refused { problem: Problem::wait(seconds, method.field()), result: "too_soon" });
    }
    match method.judge(desk, asked, &mut usable, form, consulted)? {
        Judgement::Right(at) => {
            let factor = &usable[at];
            store::accept(conn, factor, desk.now).await?;
            Ok(Verdict::Accepted(factor.id))
        }
        Judgement::Wrong { problem, result, of } => {
            for (at, factor) in usable.iter().enumerate() {
                if of.is_none_or(|of| of == at) {
                    store::fail(conn, factor, desk.now).await?;
                }
            }
            Ok(Verdict::Refused { problem, result })
        }
        Judgement::Refused { problem, result } => Ok(Verdict::Refused { problem, result }),
    }
}
