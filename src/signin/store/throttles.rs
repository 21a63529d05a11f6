//! Counts of failures, and the browsers that have one of their own.

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::customers::CustomerId;
use crate::policy::Throttle;
use crate::signin::lockout::{Count, Subject, Try, decide};
use crate::sites::SiteId;

/// Most browsers remembered per customer; the longest unused go first.
const MOST_KNOWN_BROWSERS: i64 = 20;

/// What is known of a customer's browsers.
#[derive(Clone, Copy, Debug)]
pub struct KnownBrowsers {
    /// The customer has used none yet.
    pub is_first: bool,
    /// This one is among them.
    pub has_this: bool,
}

/// What is known of a customer's browsers, and of this one.
pub async fn known_browsers(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    browser_hash: &[u8; 32],
) -> sqlx::Result<KnownBrowsers> {
    sqlx::query_as!(
        KnownBrowsers,
        r#"select count(*) = 0 as "is_first!", coalesce(bool_or(browser_hash = $3), false) as "has_this!"
         from known_browsers where site_id = $1 and customer_id = $2"#,
        site.0,
        customer.0,
        browser_hash,
    )
    .fetch_one(conn)
    .await
}

/// A try that is counted as a failure until it is released: when, and what the counts were before.
#[derive(Clone, Debug)]
pub struct Reserved {
    at: OffsetDateTime,
    /// In the order of their keys.
    before: Vec<Count>,
}

impl Reserved {
    /// Whether the password is off for whoever tries, right or not.
    pub fn is_off(&self) -> bool {
        self.before.iter().any(Count::is_off)
    }

    /// Whether this try, if it is wrong, is the one that puts the password off.
    pub fn is_last(&self) -> bool {
        let after = |count: &Count| Count { failures: count.standing(self.at) + 1, ..count.clone() };
        self.before.iter().any(|count| !count.is_off() && after(count).is_off())
    }
}

/// Which of these customers' accounts let strangers wait at `now`, or have their password off.
pub async fn locked(
    conn: &mut PgConnection,
    site: SiteId,
    customers: &[CustomerId],
    throttle: Throttle,
    now: OffsetDateTime,
) -> sqlx::Result<HashSet<CustomerId>> {
    let of_key: HashMap<String, CustomerId> =
        customers.iter().map(|customer| (Subject::Account(*customer).key(), *customer)).collect();
    let keys: Vec<String> = of_key.keys().cloned().collect();
    let rows = sqlx::query!(
        "select subject, failures, last_failure_at from throttles where site_id = $1 and subject = any($2)",
        site.0,
        &keys,
    )
    .fetch_all(conn)
    .await?;
    let counts = rows.into_iter().map(|row| Count {
        key: row.subject,
        failures: u32::try_from(row.failures).unwrap_or(0),
        last_failure_at: row.last_failure_at,
    });
    let locked = counts.filter(|count| count.is_off() || count.must_wait(throttle, now));
    Ok(locked.filter_map(|count| of_key.get(&count.key).copied()).collect())
}

/// Reserves a try for all `subjects`: locks their counts, decides by the site's `throttle`, and
/// counts it as a failure when it is allowed; `None` when it must wait. Call it in a transaction of its own and commit before
/// the password is looked at.
pub async fn reserve(
    conn: &mut PgConnection,
    site: SiteId,
    subjects: &[Subject],
    throttle: Throttle,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Reserved>> {
    let mut keys: Vec<String> = subjects.iter().map(Subject::key).collect();
    keys.sort(); // one order for all, or two tries could lock each other for ever
    sqlx::query!(
        "insert into throttles (site_id, subject, failures, last_failure_at)
         select $1, subject, 0, $3 from unnest($2::text[]) as subject order by subject
         on conflict do nothing",
        site.0,
        &keys,
        now,
    )
    .execute(&mut *conn)
    .await?;
    let counts: Vec<Count> = sqlx::query!(
        "select subject, failures, last_failure_at from throttles
         where site_id = $1 and subject = any($2) order by subject for update",
        site.0,
        &keys,
    )
    .fetch_all(&mut *conn)
    .await?
    .into_iter()
    .map(|row| Count {
        key: row.subject,
        failures: u32::try_from(row.failures).unwrap_or(0),
        last_failure_at: row.last_failure_at,
    })
    .collect();
    if decide(&counts, throttle, now) == Try::TooSoon {
        return Ok(None);
    }
    let (keys, failures): (Vec<String>, Vec<i32>) = counts
        .iter()
        .map(|count| (count.key.clone(), i32::try_from(count.standing(now) + 1).unwrap_or(i32::MAX)))
        .unzip();
    sqlx::query!(
        "update throttles t set failures = new.failures, last_failure_at = $4
         from unnest($2::text[], $3::integer[]) as new (subject, failures)
         where t.site_id = $1 and t.subject = new.subject",
        site.0,
        &keys,
        &failures,
        now,
    )
    .execute(conn)
    .await?;
    Ok(Some(Reserved { at: now, before: counts }))
}

/// Takes a reserved try back, since it was right or was never looked at: a right one lets the
/// account's count start anew; any other count loses this try only (or else one good account would
/// hide a guesser's work) and, unless others have failed since, waits from its last failure again
/// (or else colleagues who sign in would keep each other waiting).
pub async fn release(
    conn: &mut PgConnection,
    site: SiteId,
    reserved: &Reserved,
    right: bool,
) -> sqlx::Result<()> {
    // One statement a count, in the order of `reserve`: a single one would lock them in any order.
    for count in &reserved.before {
        if right && !Subject::is_network(&count.key) {
            sqlx::query!("delete from throttles where site_id = $1 and subject = $2", site.0, count.key)
                .execute(&mut *conn)
                .await?;
            continue;
        }
        sqlx::query!(
            "update throttles set failures = greatest(failures - 1, 0),
                 last_failure_at = case when last_failure_at = $3 then $4 else last_failure_at end
             where site_id = $1 and subject = $2",
            site.0,
            count.key,
            reserved.at,
            count.last_failure_at,
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Lets the counts of an account start anew, strangers' and known browsers': its password is another, or
/// an administrator says so. How many there were.
pub async fn forgive(conn: &mut PgConnection, site: SiteId, customer: CustomerId) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from throttles where site_id = $1 and (subject = $2 or starts_with(subject, $3))",
        site.0,
        Subject::Account(customer).key(),
        format!("known:{customer}:"),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Whether the customer has signed in with this browser before.
pub async fn is_known_browser(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    browser_hash: &[u8; 32],
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from known_browsers
             where site_id = $1 and customer_id = $2 and browser_hash = $3) as "exists!""#,
        site.0,
        customer.0,
        browser_hash,
    )
    .fetch_one(conn)
    .await
}

/// Remembers the browser of a completed sign-in.
pub async fn remember_browser(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    browser_hash: &[u8; 32],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into known_browsers (site_id, customer_id, browser_hash, last_used_at) values ($1, $2, $3, $4)
         on conflict (site_id, customer_id, browser_hash) do update set last_used_at = excluded.last_used_at",
        site.0,
        customer.0,
        browser_hash,
        now,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "delete from known_browsers where site_id = $1 and customer_id = $2 and browser_hash in
            (select browser_hash from known_browsers where site_id = $1 and customer_id = $2
             order by last_used_at desc offset $3)",
        site.0,
        customer.0,
        MOST_KNOWN_BROWSERS,
    )
    .execute(conn)
    .await?;
    Ok(())
}
