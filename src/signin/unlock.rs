//! An administrator's word that a customer may try again at once (security.md G1): no wait stands in
//! the way of the password, and second factors that were put off can be used again.

use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store;
use crate::audit::{self, Actor, Event};
use crate::customers::Customer;
use crate::factors;

/// What was in the customer's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unlocked {
    /// Counts of wrong passwords, by strangers' browsers and by known ones.
    pub counts: u64,
    /// Second factors with failures, put off by them or not.
    pub factors: u64,
}

impl Unlocked {
    /// Nothing was in the way.
    pub fn is_nothing(self) -> bool {
        self.counts == 0 && self.factors == 0
    }
}

/// Lets the failures of an account and of its factors start anew. A network's count stays: it is not
/// the customer's alone. In the caller's transaction, with the customer locked.
pub async fn unlock(
    conn: &mut PgConnection,
    customer: &Customer,
    actor: Actor,
    now: OffsetDateTime,
) -> sqlx::Result<Unlocked> {
    let counts = store::throttles::forgive(conn, customer.site, customer.id).await?;
    let factors = factors::store::forgive(conn, customer.site, customer.id).await?;
    let unlocked = Unlocked { counts, factors };
    if !unlocked.is_nothing() {
        let detail = json!({ "password_counts": counts, "factors": factors });
        let event = Event {
            customer: Some(customer.id),
            detail: &detail,
            ..Event::new(customer.site, actor, "customer.unlocked", "ok")
        };
        audit::record(conn, now, &event).await?;
    }
    Ok(unlocked)
}
