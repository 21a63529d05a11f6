//! Whether a customer is *enabled*: whether 2FA is asked for under the site's scope, once it is on.
//!
//! The database keeps a [`Cover`] for every customer, so that the enabled and the disabled ones can
//! be counted and listed without looking at each, also right after the scope was changed.

use super::{Exceptions, Scope};

/// The scopes under which 2FA is asked for of one customer, as the column `customers.cover` has
/// them: 1 for [`Scope::Selected`], 2 for [`Scope::EveryoneExcept`]. Under [`Scope::Enforced`] it is
/// asked for of everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct Cover(i16);

impl Cover {
    /// Every value there is.
    pub const ALL: [Self; 4] = [Self(0), Self(1), Self(2), Self(3)];

    /// Of a customer with these exceptions.
    pub fn of(exceptions: Exceptions) -> Self {
        let selected = exceptions.customer.unwrap_or(exceptions.group_on);
        let not_excepted = exceptions.customer.unwrap_or(!exceptions.group_off);
        Self(i16::from(selected) + 2 * i16::from(not_excepted))
    }

    /// Whether 2FA is asked for under `scope`.
    pub fn is_on(self, scope: Scope) -> bool {
        match scope {
            Scope::Selected => self.0 & 1 != 0,
            Scope::EveryoneExcept => self.0 & 2 != 0,
            Scope::Enforced => true,
        }
    }

    /// The values that are enabled under `scope`, or disabled.
    pub fn all(scope: Scope, on: bool) -> Vec<Self> {
        Self::ALL.into_iter().filter(|cover| cover.is_on(scope) == on).collect()
    }

    /// As the column has it.
    pub fn bits(self) -> i16 {
        self.0
    }
}

/// Why a customer cannot be enabled or disabled by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unchangeable {
    #[error(
        "2FA is enforced for every customer of this site. Choose another scope under 2FA Configuration to decide for single customers."
    )]
    Enforced,
    #[error("2FA is enabled for this customer already.")]
    EnabledAlready,
    #[error("2FA is disabled for this customer already.")]
    DisabledAlready,
}

/// The exception of the customer's own that makes 2FA `on` or off under `scope`; none where the
/// customer is so without one. An exception is not kept where it says what would hold anyway: it would
/// surprise after the next change of the scope or of a group.
pub fn toggle(scope: Scope, exceptions: Exceptions, on: bool) -> Result<Option<bool>, Unchangeable> {
    if scope == Scope::Enforced {
        return Err(Unchangeable::Enforced);
    }
    if Cover::of(exceptions).is_on(scope) == on {
        return Err(if on { Unchangeable::EnabledAlready } else { Unchangeable::DisabledAlready });
    }
    let without = Exceptions { customer: None, ..exceptions };
    Ok((Cover::of(without).is_on(scope) != on).then_some(on))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Policy, coverage};

    fn every() -> impl Iterator<Item = Exceptions> {
        [None, Some(true), Some(false)].into_iter().flat_map(|customer| {
            [(false, false), (true, false), (false, true), (true, true)]
                .map(|(group_on, group_off)| Exceptions { customer, group_on, group_off })
        })
    }

    #[test]
    fn it_says_what_a_sign_in_does() {
        for scope in Scope::ALL {
            let mut policy = Policy::default().switched(true);
            policy.settings.scope = scope;
            for exceptions in every() {
                let covered = coverage(&policy, exceptions).is_covered();
                assert_eq!(Cover::of(exceptions).is_on(scope), covered, "{scope:?} {exceptions:?}");
            }
            let both = Cover::all(scope, true).len() + Cover::all(scope, false).len();
            assert_eq!(both, Cover::ALL.len());
        }
    }

    #[test]
    fn a_toggle_changes_what_it_says_and_leaves_no_needless_exception() {
        for scope in [Scope::Selected, Scope::EveryoneExcept] {
            for (exceptions, on) in every().flat_map(|exceptions| [(exceptions, true), (exceptions, false)]) {
                match toggle(scope, exceptions, on) {
                    Ok(customer) => {
                        let after = Cover::of(Exceptions { customer, ..exceptions });
                        assert_eq!(after.is_on(scope), on, "{scope:?} {exceptions:?} {on}");
                        let without = Cover::of(Exceptions { customer: None, ..exceptions });
                        assert_eq!(customer.is_none(), without.is_on(scope) == on);
                    }
                    Err(_) => assert_eq!(Cover::of(exceptions).is_on(scope), on),
                }
            }
        }
        assert_eq!(toggle(Scope::Enforced, Exceptions::default(), false), Err(Unchangeable::Enforced));
    }
}
