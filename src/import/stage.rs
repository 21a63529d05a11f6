//! An import: where it is, how far, and what can be done with it.

use std::net::IpAddr;

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::csv::{Dialect, Mapping};
use crate::sites::SiteId;

/// How long after its end an import can be undone.
pub const UNDO_FOR: Duration = Duration::DAY;
/// Customers a batch, as an admin who looks at each batch may choose.
pub const BATCHES: [u32; 3] = [50, 500, 5_000];
/// Customers a batch where the server goes on by itself.
pub const AUTO_BATCH: u32 = 5_000;

/// Where customers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Csv,
    Jsm,
}

impl Source {
    /// As the column `imports.source` and forms have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsm => "jsm",
        }
    }

    /// The source of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Csv, Self::Jsm].into_iter().find(|source| source.word() == word)
    }
}

/// Where an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The file's pieces come in.
    Uploading,
    /// The admin says which column is what.
    Mapping,
    /// The file is read into rows.
    Reading,
    /// The list is fetched from Jira.
    Fetching,
    /// The admin says who of it.
    Choosing,
    /// Rows are compared with each other and the directory.
    Judging,
    /// The preview.
    Ready,
    /// A batch is made.
    Running,
    /// The admin looks at a batch before the next one.
    Waiting,
    Done,
    Cancelled,
    Failed,
    Undoing,
    Undone,
}

impl State {
    const ALL: [Self; 14] = [
        Self::Uploading,
        Self::Mapping,
        Self::Reading,
        Self::Fetching,
        Self::Choosing,
        Self::Judging,
        Self::Ready,
        Self::Running,
        Self::Waiting,
        Self::Done,
        Self::Cancelled,
        Self::Failed,
        Self::Undoing,
        Self::Undone,
    ];

    /// As the column `imports.state` has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Uploading => "uploading",
            Self::Mapping => "mapping",
            Self::Reading => "reading",
            Self::Fetching => "fetching",
            Self::Choosing => "choosing",
            Self::Judging => "judging",
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether the server does something by itself now.
    pub fn has_job(self) -> bool {
        matches!(self, Self::Reading | Self::Fetching | Self::Judging | Self::Running | Self::Undoing)
    }

    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled | Self::Undone)
    }

    /// Whether customers may have come in or changed by it.
    pub fn is_applied(self) -> bool {
        matches!(
            self,
            Self::Running | Self::Waiting | Self::Done | Self::Undoing | Self::Undone | Self::Cancelled
        )
    }
}

/// What is to become of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    New,
    Changed,
    Unchanged,
    Refused,
    /// Of a list from Jira, not chosen.
    Left,
}

impl Verdict {
    pub const SHOWN: [Self; 4] = [Self::New, Self::Changed, Self::Unchanged, Self::Refused];

    /// As the column `import_rows.verdict` and addresses have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
            Self::Left => "left",
        }
    }

    /// The verdict of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::SHOWN.into_iter().find(|verdict| verdict.word() == word)
    }
}

/// Rows and customers, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// As judged.
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub refused: u64,
    /// Done.
    pub created: u64,
    pub updated: u64,
    /// Refused when their turn came.
    pub lost: u64,
    /// Taken back.
    pub removed: u64,
    pub restored: u64,
    /// Not taken back.
    pub kept: u64,
}

impl Counts {
    /// What is to be done.
    pub fn todo(&self) -> u64 {
        self.new + self.changed
    }

    /// Of that, what has been looked at.
    pub fn done(&self) -> u64 {
        self.created + self.updated + self.lost
    }

    /// Customers that an undo has looked at.
    pub fn undone(&self) -> u64 {
        self.removed + self.restored + self.kept
    }

    /// The rows of a verdict.
    pub fn of(&self, verdict: Verdict) -> u64 {
        match verdict {
            Verdict::New => self.new,
            Verdict::Changed => self.changed,
            Verdict::Unchanged => self.unchanged,
            Verdict::Refused => self.refused,
            Verdict::Left => 0,
        }
    }
}

/// An import.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    pub id: Uuid,
    pub site: SiteId,
    pub source: Source,
    /// The file's name, or the desk's.
    pub name: String,
    pub state: State,
    pub failed_in: Option<State>,
    /// A sentence.
    pub fault: Option<String>,
    /// The Atlassian account whose word it was.
    pub account: String,
    pub client_ip: IpAddr,
    /// Bytes of the file.
    pub size: u64,
    /// Bytes read, or accounts fetched.
    pub received: u64,
    pub layout: Option<Layout>,
    pub cursor: serde_json::Value,
    /// Batch after batch without being asked.
    pub auto: bool,
    /// Customers a batch.
    pub batch: u32,
    /// Set-password mails when it is done.
    pub mails: bool,
    pub counts: Counts,
    /// The last row that was applied.
    pub applied: i64,
    pub created_at: OffsetDateTime,
    pub finished_at: Option<OffsetDateTime>,
}

/// How a file is read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Layout {
    pub dialect: Dialect,
    pub mapping: Mapping,
}

impl Import {
    /// Until when it can be undone; none when it cannot.
    pub fn undo_until(&self) -> Option<OffsetDateTime> {
        let can = matches!(self.state, State::Done | State::Cancelled)
            && self.counts.created + self.counts.updated > 0;
        self.finished_at.filter(|_| can).map(|at| at + UNDO_FOR)
    }

    pub fn can_be_undone(&self, now: OffsetDateTime) -> bool {
        self.undo_until().is_some_and(|until| now < until)
    }
}
