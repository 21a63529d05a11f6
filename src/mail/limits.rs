//! How often a kind of mail may go to one customer: nobody fills another's mailbox by asking again.
//! Counted in Postgres, so that it holds across instances. Pages ask [`wait`] before they offer
//! "send again"; whoever sends asks [`wait_in_turn`] in the same transaction.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::LetterKind;
use super::store;
use crate::customers::CustomerId;
use crate::sites::SiteId;

/// At most this many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    pub an_hour: usize,
    pub a_day: usize,
}

/// The limit of a kind; none for what only a customer's own act, or an administrator's, brings
/// about.
pub fn limit(kind: LetterKind) -> Option<Limit> {
    match kind {
        LetterKind::EmailCode => Some(Limit { an_hour: 6, a_day: 20 }),
        LetterKind::ResetPassword | LetterKind::SetPassword => Some(Limit { an_hour: 3, a_day: 8 }),
        LetterKind::RecoveryStarted | LetterKind::RecoveryReady => Some(Limit { an_hour: 2, a_day: 4 }),
        LetterKind::Frozen | LetterKind::PasswordOff => Some(Limit { an_hour: 1, a_day: 3 }),
        // A guesser must not turn a warning into a flood.
        LetterKind::SecondFactorFailed => Some(Limit { an_hour: 1, a_day: 4 }),
        LetterKind::NewDevice => Some(Limit { an_hour: 5, a_day: 20 }),
        _ => None,
    }
}

impl Limit {
    /// When the next may go, given when the last ones went (newest first); none for now.
    pub fn next(&self, sent: &[OffsetDateTime], now: OffsetDateTime) -> Option<OffsetDateTime> {
        let free = |most: usize, span: Duration| {
            let oldest = *sent.get(most.checked_sub(1)?)?;
            Some(oldest + span).filter(|free| *free > now)
        };
        free(self.an_hour, Duration::HOUR).max(free(self.a_day, Duration::DAY))
    }
}

/// When the next mail of `kind` may go to the customer; none for now.
pub async fn wait(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    kind: LetterKind,
    now: OffsetDateTime,
) -> sqlx::Result<Option<OffsetDateTime>> {
    let Some(limit) = limit(kind) else { return Ok(None) };
    let most = limit.an_hour.max(limit.a_day);
    let sent = store::newest(conn, site, customer, kind, now - Duration::DAY, most).await?;
    Ok(limit.next(&sent, now))
}

/// The same, one transaction after the other until each ends: of many at once, only as many as the
/// limit leaves go through. Locks the customer's row.
pub async fn wait_in_turn(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    kind: LetterKind,
    now: OffsetDateTime,
) -> sqlx::Result<Option<OffsetDateTime>> {
    store::lock_customer(conn, site, customer).await?;
    wait(conn, site, customer, kind, now).await
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn the_next_waits_until_the_oldest_of_as_many_is_an_hour_or_a_day_old() {
        let limit = Limit { an_hour: 2, a_day: 4 };
        let now = datetime!(2026-11-23 12:00 UTC);
        let minutes = |ago: &[i64]| ago.iter().map(|ago| now - Duration::minutes(*ago)).collect::<Vec<_>>();
        for (ago, waits) in [
            (&[][..], None),
            (&[0], None),
            (&[0, 1], Some(59)),
            (&[1, 59], Some(1)),
            (&[1, 60], None),
            (&[1, 61, 62], None),
            (&[61, 62, 63, 64], Some(24 * 60 - 64)),
            (&[1, 2, 63, 64], Some(24 * 60 - 64)),
            (&[61, 62, 63, 24 * 60], None),
        ] {
            let expected = waits.map(|minutes| now + Duration::minutes(minutes));
            assert_eq!(limit.next(&minutes(ago), now), expected, "{ago:?}");
        }
    }
}
