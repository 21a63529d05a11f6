//! How far a site's administrator has come with the set-up (B1-B4): pure rules. Each step is opened
//! by a confirmation of the one before; what was confirmed stays confirmed, whatever is edited later.

use time::OffsetDateTime;

/// What the administrator has confirmed, and when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// Step 1: Guard is there, and the portal-only customers are its to sign in.
    pub guard_ready_at: Option<OffsetDateTime>,
    /// Step 2: our values are entered at Atlassian.
    pub values_entered_at: Option<OffsetDateTime>,
    /// Step 3: a sign-in was seen to work and single sign-on is enforced.
    pub finished_at: Option<OffsetDateTime>,
    /// "Login with email and password" is off. Nothing but the administrator's word for it: no API
    /// of Atlassian's tells.
    pub password_login_off_at: Option<OffsetDateTime>,
}

/// A step of the set-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// What is needed at Atlassian.
    Guard,
    /// The values that both sides exchange.
    Source,
    /// Trying it, and switching it on.
    Policy,
    /// The status board.
    Done,
}

impl Step {
    pub const ALL: [Self; 4] = [Self::Guard, Self::Source, Self::Policy, Self::Done];

    /// Its name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Guard => "guard",
            Self::Source => "source",
            Self::Policy => "policy",
            Self::Done => "done",
        }
    }

    /// The step of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == name)
    }
}

impl Setup {
    /// Where the administrator left off; `has_values`: Guard's two values are stored.
    pub fn current(&self, has_values: bool) -> Step {
        if self.guard_ready_at.is_none() {
            Step::Guard
        } else if self.values_entered_at.is_none() || !has_values {
            Step::Source
        } else if self.finished_at.is_none() {
            Step::Policy
        } else {
            Step::Done
        }
    }

    /// Whether `step` may be shown and acted on: every one up to where the administrator left off.
    pub fn allows(&self, step: Step, has_values: bool) -> bool {
        step <= self.current(has_values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Step::{Done, Guard, Policy, Source};

    #[test]
    fn each_step_opens_the_next() {
        let at = Some(time::macros::datetime!(2026-11-23 12:00 UTC));
        for (guard, values, finished, has_values, current) in [
            (None, None, None, false, Guard),
            (None, None, None, true, Guard), // stored by the command line
            (at, None, None, false, Source),
            (at, None, None, true, Source), // stored, but ours not entered yet
            (at, at, None, false, Source),
            (at, at, None, true, Policy),
            (at, at, at, true, Done),
            (None, at, at, true, Guard),
        ] {
            let setup = Setup {
                guard_ready_at: guard,
                values_entered_at: values,
                finished_at: finished,
                password_login_off_at: None,
            };
            assert_eq!(setup.current(has_values), current, "{setup:?} {has_values}");
            for step in Step::ALL {
                assert_eq!(setup.allows(step, has_values), step <= current, "{step:?}");
            }
        }
    }

    #[test]
    fn every_step_has_one_name() {
        for step in Step::ALL {
            assert_eq!(Step::parse(step.as_str()), Some(step));
        }
        assert_eq!(Step::parse("4"), None);
    }
}
