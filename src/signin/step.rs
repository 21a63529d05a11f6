//! The state machine's pure decisions.

use std::net::IpAddr;

use time::OffsetDateTime;

use super::Asked;
use super::store::sessions::Found;
use crate::customers::password;
use crate::factors::{Factor, Method, MethodSet, backup_codes, choice};
use crate::policy::{self, Case, Postponement, Requirement, Standing, Why};
use crate::saml::authn_context::{self, needs_second_factor};

/// Where a sign-in stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Asks for name and password.
    Password,
    /// The password was right but too short to stand alone (security.md P1): asks for a longer one.
    NewPassword,
    /// The password was right; sets a second factor up.
    Enrol,
    /// The password was right; asks for a second factor.
    Challenge,
    /// A second factor was shown; a set of backup codes is made and saved.
    BackupCodes,
    /// The response is out.
    Finished,
    /// The customer turned back.
    Cancelled,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Password,
        Self::NewPassword,
        Self::Enrol,
        Self::Challenge,
        Self::BackupCodes,
        Self::Finished,
        Self::Cancelled,
    ];

    /// Its name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::NewPassword => "new_password",
            Self::Enrol => "enrol",
            Self::Challenge => "challenge",
            Self::BackupCodes => "backup_codes",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
        }
    }

    /// The step of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == name)
    }
}

/// A customer's case for one request: an SP may ask for a second factor where the site does not,
/// never the other way round.
fn case(standing: &Standing, asked: &Asked, network: IpAddr, now: OffsetDateTime) -> Case {
    standing.case(network, needs_second_factor(asked.contexts.as_ref()), now)
}

/// What a customer who comes from `network` must show for the request.
pub fn required(standing: &Standing, asked: &Asked, network: IpAddr, now: OffsetDateTime) -> Requirement {
    policy::requirement(&standing.policy, &case(standing, asked, network, now))
}

/// How long a customer who has shown a second factor may put off setting up another kind.
pub fn postponement(
    standing: &Standing,
    asked: &Asked,
    network: IpAddr,
    now: OffsetDateTime,
) -> Option<Postponement> {
    policy::postponement(&standing.policy, &case(standing, asked, network, now))
}

/// Whether a session answers the request by itself. One that knows no password is no answer to an SP
/// that wants to be told of one.
pub fn session_suffices(found: &Found, asked: &Asked, network: IpAddr, now: OffsetDateTime) -> bool {
    let Found { session, standing, .. } = found;
    let methods = session.methods;
    if !methods.password && authn_context::statement(methods.into(), asked.contexts.as_ref()).is_err() {
        return false;
    }
    policy::session_suffices(&standing.policy, &case(standing, asked, network, now), session.methods.shown())
}

/// What follows a right password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterPassword {
    /// One more step.
    Next(Step),
    /// Signed in.
    Done,
}

/// Decides what follows a right password of `code_points` characters. One too short to stand alone stands
/// beside a second factor where one `can_be_shown`: whoever only knows it must not replace it.
pub fn after_password(requirement: Requirement, code_points: usize, can_be_shown: bool) -> AfterPassword {
    match requirement {
        Requirement::SecondFactor => AfterPassword::Next(Step::Challenge),
        Requirement::Enrol { .. } => AfterPassword::Next(Step::Enrol),
        // The customer is covered: the password stands beside a factor everywhere else (P1, see
        // `policy::Coverage::is_covered`).
        Requirement::PasswordAlone(Why::TrustedNetwork) => AfterPassword::Done,
        Requirement::PasswordAlone(_) if code_points < password::minimum(false) => {
            AfterPassword::Next(if can_be_shown { Step::Challenge } else { Step::NewPassword })
        }
        Requirement::PasswordAlone(_) => AfterPassword::Done,
    }
}

/// What follows a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterFactor {
    /// A factor of another kind is to be set up (C4).
    Another,
    /// A set of backup codes is to be made; it may be put off.
    BackupCodes,
    Done,
}

/// What is asked after a second factor.
#[derive(Clone, Copy, Debug)]
pub struct After {
    /// The methods that are on and can be used here.
    pub methods: MethodSet,
    /// Kinds of factor that this customer must have now; 0 where none is asked for.
    pub least_factors: u32,
    pub has_just_set_up: bool,
}

/// Decides what follows a second factor, with `own` as the customer's factors are now: another kind for
/// whoever has too few; then a set of backup codes for whoever has just set a factor up and has none,
/// and for whoever has used the last.
pub fn after_factor(after: After, own: &[Factor]) -> AfterFactor {
    let After { methods, least_factors, has_just_set_up } = after;
    if policy::wants_another(methods, least_factors, choice::usable(own)) {
        return AfterFactor::Another;
    }
    let set = own.iter().find(|factor| factor.method == Method::BackupCodes);
    let wanted = match set {
        Some(set) => backup_codes::left(set) == 0,
        None => has_just_set_up,
    };
    if wanted && methods.contains(Method::BackupCodes) { AfterFactor::BackupCodes } else { AfterFactor::Done }
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
    use crate::factors::wait;
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
        use Requirement::{Enrol, PasswordAlone, SecondFactor};
        for (requirement, code_points, expected) in [
            (SecondFactor, 8, Next(Step::Challenge)),
            (Enrol { may_skip: None }, 8, Next(Step::Enrol)),
            (Enrol { may_skip: None }, 40, Next(Step::Enrol)),
            (Enrol { may_skip: Some(Postponement::Times(1)) }, 8, Next(Step::Enrol)),
            (PasswordAlone(Why::Off), 15, Done),
            (PasswordAlone(Why::Off), 14, Next(Step::NewPassword)),
            (PasswordAlone(Why::NotSelected), 14, Next(Step::NewPassword)),
            (PasswordAlone(Why::Excepted), 8, Next(Step::NewPassword)),
            (PasswordAlone(Why::Excepted), 15, Done),
            (PasswordAlone(Why::TrustedNetwork), 8, Done),
        ] {
            assert_eq!(
                after_password(requirement, code_points, false),
                expected,
                "{requirement:?} {code_points}"
            );
            let expected = if expected == Next(Step::NewPassword) { Next(Step::Challenge) } else { expected };
            assert_eq!(
                after_password(requirement, code_points, true),
                expected,
                "{requirement:?} {code_points}"
            );
        }
    }

    #[test]
    fn what_follows_a_second_factor() {
        use AfterFactor::{Another, BackupCodes, Done};
        use Method::{Passkey, Totp};
        let own = |methods: &[Method], failures| -> Vec<Factor> {
            methods.iter().map(|method| Factor { failures, ..Factor::sample(*method) }).collect()
        };
        let (codes, all) = (Method::BackupCodes, MethodSet::of(&[Passkey, Totp, Method::BackupCodes]));
        let off = wait::MOST_FAILURES;
        for (methods, own, least_factors, has_just_set_up, expected) in [
            (all, own(&[Totp], 0), 1, false, Done),
            (all, own(&[Totp], 0), 1, true, BackupCodes),
            (all, own(&[Totp], 0), 2, true, Another),
            (all, own(&[Totp], 0), 2, false, Another),
            (all, own(&[Totp, Totp, codes], 0), 2, false, Another),
            (all, own(&[Totp, Passkey], 0), 2, true, BackupCodes),
            (all, own(&[Totp, Passkey], 0), 3, false, Done),
            (all.without(Passkey), own(&[Totp], 0), 3, false, Done),
            (all.without(Passkey), own(&[Passkey, codes], 0), 1, false, Another),
            (all, own(&[Totp], off), 1, false, Another),
            (all, own(&[Totp], off), 0, false, Done),
            (all, own(&[], 0), 0, true, BackupCodes),
            (all.without(codes), own(&[], 0), 0, true, Done),
        ] {
            let after = After { methods, least_factors, has_just_set_up };
            assert_eq!(after_factor(after, &own), expected, "{after:?} {own:?}");
        }
    }

    #[test]
    fn every_step_has_one_name() {
        for step in Step::ALL {
            assert_eq!(Step::parse(step.as_str()), Some(step));
        }
        assert_eq!(Step::parse("done"), None);
    }
}
