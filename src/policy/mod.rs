//! Who needs a second factor, and with what: pure rules over a site's settings. The sign-in asks
//! here and so will the pages that show a policy's effect, so that the two never disagree.

pub mod store;

/// What a site's admin has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// 2FA for Jira Service Management is on (C1).
    pub two_factor: bool,
}

impl Default for Policy {
    /// A site that has decided nothing yet asks for two factors: the safe side.
    fn default() -> Self {
        Self { two_factor: true }
    }
}

/// What this sign-in must show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// The password alone, under the longer password rule (security.md P1).
    PasswordAlone,
    /// The password and an enrolled second factor.
    SecondFactor,
}

/// What a customer of the site must show.
pub fn requirement(policy: Policy) -> Requirement {
    if policy.two_factor { Requirement::SecondFactor } else { Requirement::PasswordAlone }
}

/// Whether a session made with or without a second factor still meets the policy: one made before
/// 2FA was switched on does not.
pub fn session_suffices(policy: Policy, had_second_factor: bool) -> bool {
    match requirement(policy) {
        Requirement::PasswordAlone => true,
        Requirement::SecondFactor => had_second_factor,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_suffices_only_for_what_it_showed() {
        let on = Policy { two_factor: true };
        let off = Policy { two_factor: false };
        assert_eq!(requirement(Policy::default()), Requirement::SecondFactor);
        for (policy, had, suffices) in
            [(on, true, true), (on, false, false), (off, true, true), (off, false, true)]
        {
            assert_eq!(session_suffices(policy, had), suffices, "{policy:?} {had}");
        }
    }
}
