//! Every kind of job there is: its word in the database, how often it is tried, and what it does.
//! Another kind is another variant here and a file in its own room.

use sqlx::PgConnection;

use super::{Claimed, Outcome};
use crate::app::App;
use crate::factors::sms;
use crate::{bulk, import, mail, recovery};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Sends one mail of the outbox.
    Mail,
    /// Writes the mail after a forgotten password, if anybody has that name.
    ForgottenPassword,
    /// Writes the mail at the end of a recovery's wait.
    RecoveryReady,
    /// Sends one text message.
    Sms,
    /// Does a run of bulk work.
    Bulk,
    /// Reads, fetches, judges, applies or takes back an import.
    Import,
    /// What this room's own tests run: does what its payload says.
    #[cfg(test)]
    Trial,
}

impl Kind {
    /// All of them. A worker claims no others: they belong to a newer release beside it.
    pub const ALL: &[Self] = &[
        Self::Mail,
        Self::ForgottenPassword,
        Self::RecoveryReady,
        Self::Sms,
        Self::Bulk,
        Self::Import,
        #[cfg(test)]
        Self::Trial,
    ];

    /// As the column `jobs.kind` has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::ForgottenPassword => "forgotten_password",
            Self::RecoveryReady => "recovery_ready",
            Self::Sms => "sms",
            Self::Bulk => "bulk",
            Self::Import => "import",
            #[cfg(test)]
            Self::Trial => "trial",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// How often one is tried before it is dead.
    pub fn max_attempts(self) -> i32 {
        match self {
            // With the waits between: about a day.
            Self::Mail | Self::RecoveryReady => 32,
            // Longer than somebody waits in front of a page.
            Self::ForgottenPassword => 8,
            // As long as a code lives.
            Self::Sms => 8,
            // With the waits between: some minutes.
            Self::Bulk | Self::Import => 6,
            #[cfg(test)]
            Self::Trial => 3,
        }
    }

    /// One try.
    pub(super) async fn run(self, app: &App, job: &Claimed) -> Outcome {
        match self {
            Self::Mail => mail::jobs::run(app, job).await,
            Self::ForgottenPassword => recovery::jobs::forgotten_password(app, job).await,
            Self::RecoveryReady => recovery::jobs::recovery_ready(app, job).await,
            Self::Sms => sms::outbox::run(app, job).await,
            Self::Bulk => bulk::jobs::run(app, job).await,
            Self::Import => import::jobs::run(app, job).await,
            #[cfg(test)]
            Self::Trial => super::tests::trial(app, job),
        }
    }

    /// Tells the room, in the transaction that puts the job aside, that there is no further try.
    pub(super) async fn given_up(
        self,
        conn: &mut PgConnection,
        app: &App,
        job: &Claimed,
    ) -> sqlx::Result<()> {
        match self {
            Self::Mail => mail::jobs::given_up(conn, app, job).await,
            Self::ForgottenPassword | Self::RecoveryReady => Ok(()),
            Self::Sms => sms::outbox::given_up(conn, job).await,
            Self::Bulk => bulk::jobs::given_up(conn, app, job).await,
            Self::Import => import::jobs::given_up(conn, job).await,
            #[cfg(test)]
            Self::Trial => Ok(()),
        }
    }
}
