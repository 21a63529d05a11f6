//! What must happen later: a mail now; import batches and purges to come. One table, several
//! instances, no job lost and none done by two at once.
//!
//! A room enqueues in its own transaction ([`enqueue`]), so that the job exists if and only if the
//! change does. The commit wakes a worker of any instance (`NOTIFY`; a poll is the net below). A
//! worker claims by `for update skip locked` and holds the job by a lease that a heartbeat renews;
//! a worker that died loses it ([`store::take_back`]), and one that comes back late finds that the
//! row no longer names its claim. What fails is tried again after a growing wait ([`backoff`]), then
//! put aside as dead and its room told.
//!
//! A job runs *at least* once: it may have done its work and died before saying so. Each kind says
//! in its own room how it bears that. [`Kind`] is the one place that knows all kinds.

pub mod backoff; // how long to wait after a failure
mod registry; // every kind of job there is
pub mod store; // all SQL of this room
mod worker; // claim, run, settle

#[cfg(test)]
mod tests;

use serde_json::Value;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::sites::SiteId;

pub use registry::Kind;
pub use store::enqueue;
pub use worker::{run, run_due};

/// Who goes first. One slot of every instance takes urgent jobs only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i16)]
pub enum Priority {
    /// Somebody waits in front of a page.
    Urgent = 0,
    Normal = 1,
    /// One of very many.
    Bulk = 2,
}

impl Priority {
    /// In the order of their turn.
    pub const ALL: [Self; 3] = [Self::Urgent, Self::Normal, Self::Bulk];
}

/// A job about to be enqueued.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Drawn by the caller (`app.random.uuid()`).
    pub id: Uuid,
    /// Whose; none for the deployment's own.
    pub site: Option<SiteId>,
    pub kind: Kind,
    /// Ids and cursors; never a secret, a code or an address.
    pub payload: Value,
    pub priority: Priority,
    /// Not before.
    pub run_at: OffsetDateTime,
    /// While a job of this site, kind and key waits or runs, another is not taken.
    pub dedupe: Option<String>,
}

/// A job in the hands of a worker.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    pub id: Uuid,
    pub site: Option<SiteId>,
    pub kind: Kind,
    pub payload: Value,
    /// This try included.
    pub attempts: i32,
    pub max_attempts: i32,
    /// Names this claim, not this process: what it may finish ends with its lease.
    pub worker: Uuid,
}

/// How a try ended. The texts are kept in the row: no secret, no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Again after the usual wait, while tries are left.
    Later(String),
    /// Again after this wait, and this try does not count: it got further than the one before, or was
    /// told when to come back.
    Further(Duration, String),
    /// Never again.
    GiveUp(String),
}
