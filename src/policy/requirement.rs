//! What one customer must show at one moment.
//!
//! Three things are asked in turn: does the policy cover the customer (switch, scope, exceptions);
//! is something in the way of asking (a trusted network, a grace period); does the SP ask for more
//! than the site does. The SP only ever raises: what it asks for is never skipped.

use std::net::IpAddr;

use time::{Date, OffsetDateTime};

use super::settings::{Grace, Scope};
use super::{Policy, networks};
use crate::factors::MethodSet;

/// What was decided for one customer, apart from the policy (C2, D10).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exceptions {
    /// For the customer; it goes before any group's.
    pub customer: Option<bool>,
    /// One of the customer's groups is switched on.
    pub group_on: bool,
    /// One of the customer's groups is switched off.
    pub group_off: bool,
}

/// Whether a policy's second factor is meant for a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// 2FA is off for the whole site.
    Off,
    /// 2FA is for selected customers, and this one is not.
    NotSelected,
    /// 2FA is for everyone, with exceptions, and this is one.
    Excepted,
    /// Yes.
    Covered,
}

impl Coverage {
    /// Whether the customer's password stands beside a second factor, so that 8 code points are
    /// enough (security.md P1). A trusted network and a grace period do not change this: they let
    /// the password pass alone for a place or a time, and a password is chosen once for all.
    pub fn is_covered(self) -> bool {
        self == Self::Covered
    }
}

/// Whether `policy` covers a customer with these exceptions. Where it is for selected customers,
/// a group that is switched off says nothing, and where it is for everyone with exceptions, one
/// that is switched on.
pub fn coverage(policy: &Policy, exceptions: Exceptions) -> Coverage {
    if !policy.two_factor {
        return Coverage::Off;
    }
    match (policy.settings.scope, exceptions.customer) {
        (Scope::Enforced, _) => Coverage::Covered,
        (Scope::Selected, customer) if customer.unwrap_or(exceptions.group_on) => Coverage::Covered,
        (Scope::Selected, _) => Coverage::NotSelected,
        (Scope::EveryoneExcept, customer) if customer.unwrap_or(!exceptions.group_off) => Coverage::Covered,
        (Scope::EveryoneExcept, _) => Coverage::Excepted,
    }
}

/// One customer at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    pub exceptions: Exceptions,
    /// The customer has a factor, also one that is off after too many failures: knowing the
    /// password must not be enough to set up another.
    pub enrolled: bool,
    /// How often the customer has put enrolment off.
    pub skips_used: u32,
    /// Where the customer comes from.
    pub network: IpAddr,
    /// The SP asks for a second factor.
    pub asked_by_sp: bool,
    pub now: OffsetDateTime,
}

/// Why the password alone is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Off,
    NotSelected,
    Excepted,
    TrustedNetwork,
}

/// What is left of a grace period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Postponement {
    /// It lasts until the end of this day, UTC.
    Until(Date),
    /// So many times more, this one included; at least 1.
    Times(u32),
}

/// What must be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// The password alone; except on a trusted network under the longer password rule (P1).
    PasswordAlone(Why),
    /// The password and an enrolled second factor.
    SecondFactor,
    /// The password, and a second factor has to be set up; later, where it may be put off.
    Enrol { may_skip: Option<Postponement> },
}

/// What the customer of `case` must show.
pub fn requirement(policy: &Policy, case: &Case) -> Requirement {
    // With no method on, the SP's wish cannot be met here: what follows is the site's own rule,
    // and the SP is told NoAuthnContext.
    let raised = case.asked_by_sp && policy.settings.has_method();
    if !raised {
        let trusted = networks::contain(&policy.settings.trusted_networks, case.network);
        match coverage(policy, case.exceptions) {
            Coverage::Off => return Requirement::PasswordAlone(Why::Off),
            Coverage::NotSelected => return Requirement::PasswordAlone(Why::NotSelected),
            Coverage::Excepted => return Requirement::PasswordAlone(Why::Excepted),
            Coverage::Covered if trusted => return Requirement::PasswordAlone(Why::TrustedNetwork),
            Coverage::Covered => {}
        }
    }
    if case.enrolled {
        Requirement::SecondFactor
    } else if raised {
        Requirement::Enrol { may_skip: None }
    } else {
        Requirement::Enrol { may_skip: left(policy.settings.grace, case) }
    }
}

/// Whether a customer who can use these kinds of factor has to set up another kind (C4), where
/// `methods` are on. Kinds count and not factors: two apps on one phone are lost together. Backup codes
/// do not count, being for when the others are lost; and no more is asked for than there is to set up.
pub fn wants_another(methods: MethodSet, least_factors: u32, usable: MethodSet) -> bool {
    let countable = methods.filter(|method| method.about().chosen);
    let (has, most) = (countable.and(usable).len(), countable.len());
    has < most.min(least_factors as usize)
}

/// How long setting up another kind may be put off: as long as the first, and of its times.
pub fn postponement(policy: &Policy, case: &Case) -> Option<Postponement> {
    left(policy.settings.grace, case)
}

/// What is left of the grace period.
fn left(grace: Grace, case: &Case) -> Option<Postponement> {
    match grace {
        Grace::None => None,
        Grace::Until(day) => {
            (case.now.to_offset(time::UtcOffset::UTC).date() <= day).then_some(Postponement::Until(day))
        }
        Grace::Skips(most) => {
            let left = most.saturating_sub(case.skips_used);
            (left > 0).then_some(Postponement::Times(left))
        }
    }
}

/// What a session was made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The password alone, when it was enough.
    Password,
    /// The password, and setting up a factor was put off.
    Skipped,
    /// The password, on a device that was remembered after a second factor (security.md S5).
    Remembered,
    /// The password and a second factor.
    SecondFactor,
}

/// Whether a session still meets the policy: one made on a trusted network, by an exception or
/// before 2FA was switched on does not once that is over, and is asked as a new sign-in would be.
pub fn session_suffices(policy: &Policy, case: &Case, shown: Shown) -> bool {
    let skips_used = match shown {
        Shown::SecondFactor => return true,
        // The site's convenience, never an SP's, and only while the site remembers devices.
        Shown::Remembered if policy.settings.remembered_days > 0 && !case.asked_by_sp => return true,
        Shown::Password | Shown::Remembered => case.skips_used,
        // The skip that made this session lasts as long as the session does.
        Shown::Skipped => case.skips_used.saturating_sub(1),
    };
    match requirement(policy, &Case { skips_used, ..*case }) {
        Requirement::PasswordAlone(_) => true,
        Requirement::Enrol { may_skip: Some(_) } => shown == Shown::Skipped,
        Requirement::SecondFactor | Requirement::Enrol { may_skip: None } => false,
    }
}

/// A site's policy and all that it depends on of one customer: read in one query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub policy: Policy,
    pub exceptions: Exceptions,
    pub enrolled: bool,
    pub skips_used: u32,
}

impl Standing {
    /// The customer's case at one moment.
    pub fn case(&self, network: IpAddr, asked_by_sp: bool, now: OffsetDateTime) -> Case {
        let Self { exceptions, enrolled, skips_used, .. } = *self;
        Case { exceptions, enrolled, skips_used, network, asked_by_sp, now }
    }
}

#[cfg(test)]
mod tests;
