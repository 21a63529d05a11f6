//! Who did what, when, from where, and how it ended (security.md A1). Rooms write their events in
//! the same transaction as the change itself, so that neither exists without the other.

pub mod store;

use std::net::IpAddr;

use crate::customers::CustomerId;
use crate::sites::SiteId;

pub use store::record;

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The portal customer named in the event, or somebody who says so.
    Customer,
    /// A Jira administrator, by Atlassian account id.
    Admin(String),
    /// The server itself.
    System,
    /// Whoever runs the command line.
    Operator,
    /// Atlassian, by a signed lifecycle call.
    Atlassian,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    pub site: SiteId,
    pub actor: Actor,
    /// What, as `noun.verb`: `signin.password`, `factor.enrolled`, `site.installed`.
    pub action: &'static str,
    /// How it ended: `ok`, or a short reason in snake case.
    pub result: &'static str,
    pub customer: Option<CustomerId>,
    /// The kind of factor concerned, e.g. `totp`.
    pub factor: Option<&'static str>,
    pub client_ip: Option<IpAddr>,
    /// More, never a secret, code, answer, password or token (security.md A2).
    pub detail: &'a serde_json::Value,
}

impl Event<'static> {
    /// An event with nothing more to say; fill in with struct update syntax.
    pub fn new(site: SiteId, actor: Actor, action: &'static str, result: &'static str) -> Self {
        Self {
            site,
            actor,
            action,
            result,
            customer: None,
            factor: None,
            client_ip: None,
            detail: &serde_json::Value::Null,
        }
    }

    /// Of a portal customer, or of somebody at `client_ip` who is not known to be one.
    pub fn by_customer(
        site: SiteId,
        customer: Option<CustomerId>,
        client_ip: IpAddr,
        action: &'static str,
        result: &'static str,
    ) -> Self {
        Self { customer, client_ip: Some(client_ip), ..Self::new(site, Actor::Customer, action, result) }
    }
}
