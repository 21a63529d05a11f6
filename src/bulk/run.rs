//! A run: what is done, how far it is, and what can still be done with it.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::customers::CustomerId;

/// How long after its end a run can be undone.
pub const UNDO_FOR: Duration = Duration::DAY;

/// What is done to each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Enable,
    Disable,
    ResetMfa,
    SendLink,
    Delete,
    /// Takes another run's exceptions back.
    Undo,
}

impl Act {
    const ALL: [Self; 6] =
        [Self::Enable, Self::Disable, Self::ResetMfa, Self::SendLink, Self::Delete, Self::Undo];

    /// As the column `bulk_runs.act` and forms have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Enable => "enable",
            Self::Disable => "disable",
            Self::ResetMfa => "reset_mfa",
            Self::SendLink => "send_link",
            Self::Delete => "delete",
            Self::Undo => "undo",
        }
    }

    /// The act of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.word() == word)
    }

    /// Whether a run of it can be taken back.
    pub fn can_be_undone(self) -> bool {
        matches!(self, Self::Enable | Self::Disable)
    }

    /// Customers a transaction. What is one statement for all takes many at once; what writes mails or
    /// deletes all that belongs to a customer, fewer, so that nobody waits long for a row.
    pub fn batch(self) -> i64 {
        match self {
            Self::Enable | Self::Disable | Self::Undo => 5_000,
            Self::ResetMfa | Self::SendLink | Self::Delete => 100,
        }
    }
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Running,
    Done,
    Cancelled,
    Failed,
}

impl State {
    const ALL: [Self; 4] = [Self::Running, Self::Done, Self::Cancelled, Self::Failed];

    /// As the column `bulk_runs.state` has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// A run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub id: Uuid,
    pub act: Act,
    pub state: State,
    /// The Atlassian account whose word it was.
    pub account: String,
    pub total: u64,
    /// Customers it has come to.
    pub done: u64,
    /// Of them, those it changed.
    pub changed: u64,
    /// The run that this one takes back.
    pub undo_of: Option<Uuid>,
    /// The run that took this one back.
    pub undone_by: Option<Uuid>,
    pub fault: Option<String>,
    pub created_at: OffsetDateTime,
    pub finished_at: Option<OffsetDateTime>,
}

impl Run {
    /// Until when it can be undone; none when it cannot.
    pub fn undo_until(&self) -> Option<OffsetDateTime> {
        let can = self.act.can_be_undone() && self.undone_by.is_none() && self.changed > 0;
        self.finished_at.filter(|_| can).map(|at| at + UNDO_FOR)
    }

    pub fn can_be_undone(&self, now: OffsetDateTime) -> bool {
        self.undo_until().is_some_and(|until| now < until)
    }
}

/// One customer of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub customer: CustomerId,
    /// When the run began.
    pub email: String,
    pub outcome: Option<ItemOutcome>,
    /// A sentence.
    pub reason: Option<String>,
}

/// What became of one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemOutcome {
    Changed,
    /// It was so already.
    Unchanged,
    Refused,
}

impl ItemOutcome {
    /// As the column `bulk_items.outcome` has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
        }
    }

    /// The outcome of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Changed, Self::Unchanged, Self::Refused].into_iter().find(|outcome| outcome.word() == word)
    }
}
