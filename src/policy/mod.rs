//! Who needs a second factor, and with what: pure rules over a site's settings.
//!
//! [`settings`] says what an admin can decide and within which bounds, [`draft`] reads it from a
//! form, [`requirement`] decides what one customer must show, [`rehearsal`] tells what a change
//! would do to all of them, [`changes`] puts a change into words. The sign-in, the pages that show
//! a policy's effect and the audit trail all ask here, so that they never disagree.

pub mod changes;
pub mod cover;
pub mod draft;
pub mod networks;
pub mod rehearsal;
pub mod requirement;
pub mod settings;
pub mod store;

pub use changes::{Change, audit_detail, changes};
pub use cover::{Cover, Unchangeable, toggle};
pub use draft::{Draft, Fault};
pub use rehearsal::{Class, Effect, Rehearsal, Use, effect, effects, rehearse, users};
pub use requirement::{
    Case, Coverage, Exceptions, Postponement, Requirement, Shown, Standing, Why, coverage, postponement,
    requirement, session_suffices, wants_another,
};
pub use settings::{Grace, Questions, Scope, SessionLimits, Settings, Throttle};

/// What a site's admin has decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// 2FA for Jira Service Management is on (C1).
    pub two_factor: bool,
    pub settings: Settings,
    /// Counts changes, from 1; 0: nothing was decided yet.
    pub version: i64,
}

impl Default for Policy {
    /// A site that has decided nothing yet asks for two factors: the safe side.
    fn default() -> Self {
        Self { two_factor: true, settings: Settings::safe(), version: 0 }
    }
}

impl Policy {
    /// From what was stored; whatever is unreadable or out of bounds there becomes safe.
    pub fn read(two_factor: bool, settings: &serde_json::Value, version: i64) -> Self {
        Self { two_factor, settings: Settings::read(settings), version }.sound()
    }

    /// The same policy with 2FA switched on or off.
    pub fn switched(self, two_factor: bool) -> Self {
        Self { two_factor, ..self }.sound()
    }

    /// With 2FA on, at least one method is on: otherwise nobody new could ever sign in.
    fn sound(mut self) -> Self {
        if self.two_factor && !self.settings.has_method() {
            self.settings.methods = settings::RECOMMENDED;
        }
        self
    }
}
