//! The state machine's pure decisions.

use time::OffsetDateTime;

use super::Asked;
use super::store::sessions::Found;
use crate::customers::password;
use crate::policy::{self, Policy, Requirement, requirement};
use crate::saml::authn_context::{RequestedContexts, needs_second_factor};

/// Where a sign-in stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Asks for name and password.
    Password,
    /// The password was right but too short to stand alone (security.md P1): asks for a longer one.
    NewPassword,
    /// The password was right; sets up the first authenticator app.
    Enrol,
    /// The password was right; asks for a code.
    Totp,
    /// The response is out.
    Finished,
    /// The customer turned back.
    Cancelled,
}

impl Step {
    /// Its name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::NewPassword => "new_password",
            Self::Enrol => "enrol",
            Self::Totp => "totp",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
        }
    }

    /// The step of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Password, Self::NewPassword, Self::Enrol, Self::Totp, Self::Finished, Self::Cancelled]
            .into_iter()
            .find(|step| step.as_str() == name)
    }
}

/// The site's policy for one sign-in: an SP may ask for a second factor where the site does not,
/// never the other way round.
pub fn for_request(policy: Policy, asked: Option<&RequestedContexts>) -> Policy {
    Policy { two_factor: policy.two_factor || needs_second_factor(asked) }
}

/// Whether a session answers the request by itself.
pub fn session_suffices(found: &Found, asked: &Asked) -> bool {
    let policy = for_request(found.policy, asked.contexts.as_ref());
    policy::session_suffices(policy, found.session.methods.totp)
}

/// What follows a right password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterPassword {
    /// One more step.
    Next(Step),
    /// Signed in.
    Done,
}

/// Decides what follows a right password of `code_points` characters.
pub fn after_password(policy: Policy, has_factor: bool, code_points: usize) -> AfterPassword {
    match requirement(policy) {
        Requirement::SecondFactor if has_factor => AfterPassword::Next(Step::Totp),
        Requirement::SecondFactor => AfterPassword::Next(Step::Enrol),
        Requirement::PasswordAlone if code_points < password::minimum(false) => {
            AfterPassword::Next(Step::NewPassword)
        }
        Requirement::PasswordAlone => AfterPassword::Done,
    }
}

/// Whether a password shown at `shown_at` is no longer the one set at `set_at`.
pub fn is_password_outdated(shown_at: Option<OffsetDateTime>, set_at: Option<OffsetDateTime>) -> bool {
    match (shown_at, set_at) {
        (Some(shown_at), Some(set_at)) => set_at > shown_at,
        _ => true, // never shown, or taken away
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;

    #[test]
    fn a_password_counts_until_another_is_set() {
        let shown = time::macros::datetime!(2026-11-23 12:00 UTC);
        let second = Duration::SECOND;
        for (shown_at, set_at, outdated) in [
            (Some(shown), Some(shown - second), false),
            (Some(shown), Some(shown), false),
            (Some(shown), Some(shown + second), true),
            (Some(shown), None, true),
            (None, Some(shown), true),
        ] {
            assert_eq!(is_password_outdated(shown_at, set_at), outdated, "{shown_at:?} {set_at:?}");
        }
    }

    #[test]
    fn what_follows_a_right_password() {
        use AfterPassword::{Done, Next};
        for (two_factor, has_factor, code_points, expected) in [
            (true, true, 8, Next(Step::Totp)),
            (true, false, 8, Next(Step::Enrol)),
            (true, false, 40, Next(Step::Enrol)),
            (false, true, 15, Done),
            (false, false, 15, Done),
            (false, false, 14, Next(Step::NewPassword)),
            (false, true, 8, Next(Step::NewPassword)),
        ] {
            let got = after_password(Policy { two_factor }, has_factor, code_points);
            assert_eq!(got, expected, "2FA {two_factor}, factor {has_factor}, {code_points} code points");
        }
    }

    #[test]
    fn every_step_has_one_name() {
        for step in
            [Step::Password, Step::NewPassword, Step::Enrol, Step::Totp, Step::Finished, Step::Cancelled]
        {
            assert_eq!(Step::parse(step.as_str()), Some(step));
        }
        assert_eq!(Step::parse("done"), None);
    }
}
