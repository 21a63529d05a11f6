//! What a policy does to a site's customers, and what a change of it would do, before it is saved.
//! Pure over the customers as [`Class`]es, so that a page's numbers follow from the very rules the
//! sign-in asks.

use super::Policy;
use super::requirement::{Exceptions, coverage, wants_another};
use super::settings::{Grace, Scope, Settings};
use crate::factors::{Method, MethodSet};

/// Customers of a site that every policy treats alike, counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class {
    pub exceptions: Exceptions,
    /// Has a factor, be it off or of a kind that only a later version knows.
    pub has_factor: bool,
    /// The methods of the factors that are not off after too many failures.
    pub usable: MethodSet,
    pub has_password: bool,
    /// Customers.
    pub count: u64,
    /// Their sessions that were made with the password alone and have not yet expired.
    pub password_sessions: u64,
    /// Those that were made with the password on a remembered device.
    pub remembered_sessions: u64,
}

/// Whom a policy covers, of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    pub covered: u64,
    pub total: u64,
}

/// "Applies to 1,912 of 2,027".
pub fn effect(policy: &Policy, classes: &[Class]) -> Effect {
    let covered = classes.iter().filter(|class| is_covered(policy, class));
    Effect { covered: count(covered), total: count(classes.iter()) }
}

/// The effect of each scope with 2FA on and all else as in `policy`.
pub fn effects(policy: &Policy, classes: &[Class]) -> [(Scope, Effect); 3] {
    Scope::ALL.map(|scope| {
        let mut policy = policy.clone().switched(true);
        policy.settings.scope = scope;
        (scope, effect(&policy, classes))
    })
}

/// What a change would do. Counts are of customers unless they say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rehearsal {
    /// Covered after, not before.
    pub newly_asked: u64,
    /// Covered after.
    pub asked_total: u64,
    /// Covered before, not after.
    pub no_longer_asked: u64,
    /// Of those covered after: have a password and no factor, and set one up at their next sign-in
    /// (or when their grace period is over).
    pub will_enrol: u64,
    /// Of those covered after: have a password and no factor, and no method is on to set one up.
    pub cannot_enrol: u64,
    /// Of those covered after: have a factor, and set up another that they need not have before.
    pub will_add: u64,
    /// Can sign in before and not after, since no factor they have can be used. See [`locked_out`].
    pub locked_out: u64,
    /// Whom each method that is switched off leaves.
    pub left: Vec<(Method, Use)>,
    /// Of those covered after: have no password yet and cannot sign in either way.
    pub without_password: u64,
    /// Sessions made with a password alone, or on a remembered device, that were enough and will not be, but for trusted
    /// networks and grace periods.
    pub sessions_ending: u64,
    /// Some customer has to show more, or more often, than before.
    pub stricter: bool,
    /// Some customer has to show less, or less often, than before.
    pub looser: bool,
}

/// Who uses a method, covered or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// Customers who have it, and can use it.
    pub customers: u64,
    /// Of those: have no other that they could use.
    pub only: u64,
}

/// Who uses `method` where `methods` are on beside it.
pub fn users(method: Method, methods: MethodSet, classes: &[Class]) -> Use {
    let having = || classes.iter().filter(|class| class.usable.contains(method));
    let alone = |class: &&Class| class.usable.and(methods).without(method).is_empty();
    Use { customers: count(having()), only: count(having().filter(alone)) }
}

/// What changing `before` to `after` would do.
pub fn rehearse(before: &Policy, after: &Policy, classes: &[Class]) -> Rehearsal {
    let newly = |class: &&Class| is_covered(after, class) && !is_covered(before, class);
    let asked = || classes.iter().filter(|class| is_covered(after, class));
    let newly_asked = count(classes.iter().filter(newly));
    let no_longer_asked =
        count(classes.iter().filter(|class| is_covered(before, class) && !is_covered(after, class)));
    Rehearsal {
        newly_asked,
        asked_total: count(asked()),
        no_longer_asked,
        will_enrol: count(
            asked().filter(|class| class.has_password && !class.has_factor && after.settings.has_method()),
        ),
        cannot_enrol: count(cannot_enrol(after, classes).iter()),
        will_add: count(asked().filter(|class| must_add(after, class) && !must_add(before, class))),
        left: before
            .settings
            .methods
            .iter()
            .filter(|method| !after.settings.methods.contains(*method))
            .map(|method| (method, users(method, after.settings.methods, classes)))
            .collect(),
        locked_out: count(locked_out(before, after, classes).iter()),
        without_password: count(asked().filter(|class| !class.has_password)),
        sessions_ending: sessions_ending(before, after, classes),
        stricter: newly_asked > 0 || is_stricter(before, after),
        looser: no_longer_asked > 0 || is_stricter(after, before),
    }
}

/// The customers that `after` asks for a factor while no method is on to set one up; give them to
/// [`super::store::names`].
pub fn cannot_enrol(after: &Policy, classes: &[Class]) -> Vec<Class> {
    let stuck = |class: &&Class| {
        is_covered(after, class) && class.has_password && !class.has_factor && !after.settings.has_method()
    };
    classes.iter().filter(stuck).copied().collect()
}

/// The customers with a factor who can sign in before and not after; give them to
/// [`super::store::names`].
pub fn locked_out(before: &Policy, after: &Policy, classes: &[Class]) -> Vec<Class> {
    let shut_out =
        |class: &&Class| class.has_factor && can_sign_in(before, class) && !can_sign_in(after, class);
    classes.iter().filter(shut_out).copied().collect()
}

fn is_covered(policy: &Policy, class: &Class) -> bool {
    coverage(policy, class.exceptions).is_covered()
}

/// Whether a customer who knows the password gets in, from a network that is not trusted.
fn can_sign_in(policy: &Policy, class: &Class) -> bool {
    let Settings { methods, .. } = policy.settings;
    let shows_a_factor = if class.has_factor {
        !class.usable.and(methods).is_empty()
    } else {
        policy.settings.has_method() // sets one up
    };
    class.has_password && (!is_covered(policy, class) || shows_a_factor)
}

/// Whether a customer who shows a factor has to set up another one then.
fn must_add(policy: &Policy, class: &Class) -> bool {
    let Settings { methods, least_factors, .. } = policy.settings;
    let shows_a_factor = class.has_factor && can_sign_in(policy, class);
    is_covered(policy, class) && shows_a_factor && wants_another(methods, least_factors, class.usable)
}

fn count<'a>(classes: impl Iterator<Item = &'a Class>) -> u64 {
    classes.map(|class| class.count).sum()
}

/// Sessions made with the password alone of those who are newly covered, and those of remembered devices that
/// count no more.
fn sessions_ending(before: &Policy, after: &Policy, classes: &[Class]) -> u64 {
    let forgets = before.settings.remembered_days > 0 && after.settings.remembered_days == 0;
    let ending = |class: &Class| match (is_covered(before, class), is_covered(after, class)) {
        (false, true) => class.password_sessions + if forgets { class.remembered_sessions } else { 0 },
        (true, true) if forgets => class.remembered_sessions,
        _ => 0,
    };
    classes.iter().map(ending).sum()
}

/// Whether a setting asks for more in `after`, whomever it covers.
fn is_stricter(before: &Policy, after: &Policy) -> bool {
    let (b, a) = (&before.settings, &after.settings);
    let shorter = match (b.grace, a.grace) {
        (Grace::Until(b), Grace::Until(a)) => a < b,
        (Grace::Skips(b), Grace::Skips(a)) => a < b,
        (Grace::None, _) => false,
        (_, Grace::None) => true,
        // A day and a number of times: each may be the shorter for somebody.
        (Grace::Until(_), Grace::Skips(_)) | (Grace::Skips(_), Grace::Until(_)) => true,
    };
    let fewer_networks = b
        .trusted_networks
        .iter()
        .any(|trusted| !a.trusted_networks.iter().any(|network| network.contains(trusted)));
    let on_both = before.two_factor && after.two_factor;
    let asks_questions = b.methods.and(a.methods).contains(Method::Questions);
    (!before.two_factor && after.two_factor)
        || (on_both && shorter)
        || (on_both && fewer_networks)
        || b.methods.iter().any(|method| !a.methods.contains(method))
        || (b.passkey_sign_in && !a.passkey_sign_in)
        || (asks_questions && a.questions.to_ask > b.questions.to_ask)
        || (on_both && a.least_factors > b.least_factors)
        || a.remembered_days < b.remembered_days
        || (b.self_recovery && !a.self_recovery)
        || a.session.idle_minutes < b.session.idle_minutes
        || a.session.absolute_minutes < b.session.absolute_minutes
        || a.throttle.account_failures < b.throttle.account_failures
        || a.throttle.network_failures < b.throttle.network_failures
}

#[cfg(test)]
mod tests;
