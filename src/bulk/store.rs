//! All SQL of the bulk room.

use std::net::IpAddr;

use ipnet::IpNet;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Act, Item, ItemOutcome, Run, State};
use crate::customers::CustomerId;
use crate::customers::list::Filter;
use crate::policy::Exceptions;
use crate::sites::SiteId;

/// A run about to begin.
#[derive(Clone, Copy, Debug)]
pub struct NewRun<'a> {
    pub id: Uuid,
    pub site: SiteId,
    pub act: Act,
    pub account: &'a str,
    pub client_ip: IpAddr,
    pub undo_of: Option<Uuid>,
    pub now: OffsetDateTime,
}

/// Whom a run concerns.
#[derive(Clone, Debug)]
pub enum Who<'a> {
    These(&'a [CustomerId]),
    /// Everybody who matches now.
    Matching(&'a Filter),
    /// Those whom another run changed.
    ChangedBy(Uuid),
}

/// Puts a run down, with nobody in it yet.
pub async fn insert(conn: &mut PgConnection, new: &NewRun<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into bulk_runs (id, site_id, act, state, account, client_ip, total, undo_of, created_at)
         values ($1, $2, $3, 'running', $4, $5, 0, $6, $7)",
        new.id,
        new.site.0,
        new.act.word(),
        new.account,
        IpNet::from(new.client_ip),
        new.undo_of,
        new.now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts down whom it concerns; how many.
pub async fn fill(conn: &mut PgConnection, site: SiteId, run: Uuid, who: &Who<'_>) -> sqlx::Result<u64> {
    let filled = match who {
        Who::These(ids) => {
            let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
            sqlx::query!(
                "insert into bulk_items (site_id, run_id, number, customer_id, email)
                 select site_id, $2, row_number() over (order by email_key), id, email
                 from customers where site_id = $1 and id = any($3)",
                site.0,
                run,
                &ids,
            )
            .execute(&mut *conn)
            .await?
        }
        Who::Matching(filter) => {
            let covers: Vec<i16> = filter.covers.iter().map(|cover| cover.bits()).collect();
            let patterns = filter.words.as_ref().map_or(["%"; 3], |words| words.patterns());
            sqlx::query!(
                "insert into bulk_items (site_id, run_id, number, customer_id, email)
                 select site_id, $2, row_number() over (order by email_key), id, email
                 from customers
                 where site_id = $1 and cover = any($3)
                   and search_text like $4 and search_text like $5 and search_text like $6",
                site.0,
                run,
                &covers,
                patterns[0],
                patterns[1],
                patterns[2],
            )
            .execute(&mut *conn)
            .await?
        }
        Who::ChangedBy(other) => {
            sqlx::query!(
                "insert into bulk_items (site_id, run_id, number, customer_id, email, before, after)
                 select site_id, $2, row_number() over (order by number), customer_id, email, after, before
                 from bulk_items where site_id = $1 and run_id = $3 and outcome = 'changed'",
                site.0,
                run,
                other,
            )
            .execute(&mut *conn)
            .await?
        }
    };
    let total = filled.rows_affected();
    sqlx::query!(
        "update bulk_runs set total = $3 where site_id = $1 and id = $2",
        site.0,
        run,
        i64::try_from(total).unwrap_or(i64::MAX),
    )
    .execute(conn)
    .await?;
    Ok(total)
}

/// Forgets a run that concerns nobody.
pub async fn drop_run(conn: &mut PgConnection, site: SiteId, run: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from bulk_runs where site_id = $1 and id = $2", site.0, run).execute(conn).await?;
    Ok(())
}

struct Row {
    id: Uuid,
    act: String,
    state: String,
    account: String,
    total: i64,
    done: i64,
    changed: i64,
    undo_of: Option<Uuid>,
    undone_by: Option<Uuid>,
    fault: Option<String>,
    created_at: OffsetDateTime,
    finished_at: Option<OffsetDateTime>,
}

impl Row {
    fn run(self) -> Option<Run> {
        Some(Run {
            id: self.id,
            act: Act::parse(&self.act)?,
            state: State::parse(&self.state)?,
            account: self.account,
            total: self.total.unsigned_abs(),
            done: self.done.unsigned_abs(),
            changed: self.changed.unsigned_abs(),
            undo_of: self.undo_of,
            undone_by: self.undone_by,
            fault: self.fault,
            created_at: self.created_at,
            finished_at: self.finished_at,
        })
    }
}

/// The run of that id.
pub async fn find(conn: &mut PgConnection, site: SiteId, run: Uuid) -> sqlx::Result<Option<Run>> {
    let row = sqlx::query_as!(
        Row,
        r#"select r.id, r.act, r.state, r.account, r.total, r.done, r.changed, r.undo_of,
            u.id as "undone_by?", r.fault, r.created_at, r.finished_at
         from bulk_runs r left join bulk_runs u on u.undo_of = r.id
         where r.site_id = $1 and r.id = $2"#,
        site.0,
        run,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.and_then(Row::run))
}

/// The run, locked until the transaction ends: of a batch, a cancellation and an undo, one after the
/// other.
pub async fn lock(conn: &mut PgConnection, site: SiteId, run: Uuid) -> sqlx::Result<Option<Run>> {
    let locked = sqlx::query!(
        "select id from bulk_runs where site_id = $1 and id = $2 for no key update",
        site.0,
        run,
    )
    .fetch_optional(&mut *conn)
    .await?;
    match locked {
        Some(_) => find(conn, site, run).await,
        None => Ok(None),
    }
}

/// The site's newest runs.
pub async fn newest(conn: &mut PgConnection, site: SiteId, most: u32) -> sqlx::Result<Vec<Run>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select r.id, r.act, r.state, r.account, r.total, r.done, r.changed, r.undo_of,
            u.id as "undone_by?", r.fault, r.created_at, r.finished_at
         from bulk_runs r left join bulk_runs u on u.undo_of = r.id
         where r.site_id = $1 order by r.created_at desc limit $2"#,
        site.0,
        i64::from(most),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().filter_map(Row::run).collect())
}

/// Items of a run, in their turn, those who were not changed first; at most `most`.
pub async fn items(conn: &mut PgConnection, site: SiteId, run: Uuid, most: u32) -> sqlx::Result<Vec<Item>> {
    let rows = sqlx::query!(
        r#"(select number, customer_id as "customer_id!", email as "email!", outcome, reason, 0 as place
            from bulk_items where site_id = $1 and run_id = $2 and outcome in ('unchanged', 'refused')
            order by number limit $3)
           union all
           (select number, customer_id, email, outcome, reason, 1 as place
            from bulk_items where site_id = $1 and run_id = $2 and outcome = 'changed'
            order by number limit $3)
           order by place, number limit $3"#,
        site.0,
        run,
        i64::from(most),
    )
    .fetch_all(conn)
    .await?;
    let item = rows.into_iter().map(|row| Item {
        customer: CustomerId(row.customer_id),
        email: row.email,
        outcome: row.outcome.as_deref().and_then(ItemOutcome::parse),
        reason: row.reason,
    });
    Ok(item.collect())
}

/// Ends a run that runs. False when it is over already.
pub async fn finish(
    conn: &mut PgConnection,
    site: SiteId,
    run: Uuid,
    state: State,
    fault: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update bulk_runs set state = $3, fault = $4, finished_at = $5
         where site_id = $1 and id = $2 and state = 'running'",
        site.0,
        run,
        state.word(),
        fault,
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets a run that failed run again. False when it has not failed.
pub async fn resume(conn: &mut PgConnection, site: SiteId, run: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update bulk_runs set state = 'running', fault = null, finished_at = null
         where site_id = $1 and id = $2 and state = 'failed'",
        site.0,
        run,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A customer whose turn it is.
#[derive(Clone, Debug)]
pub struct Turn {
    pub number: i64,
    pub customer: CustomerId,
    /// None: deleted meanwhile.
    pub exceptions: Option<Exceptions>,
    /// What an undo expects and restores.
    pub expected: Option<bool>,
    pub restored: Option<bool>,
}

/// Tells the planner of items that have just come in their thousands.
pub async fn analyze(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("analyze bulk_items").execute(conn).await?;
    Ok(())
}

/// The next items after the first `done`, at most `most`, with their customers locked.
pub async fn next(
    conn: &mut PgConnection,
    site: SiteId,
    run: Uuid,
    done: u64,
    most: i64,
) -> sqlx::Result<Vec<Turn>> {
    let rows = sqlx::query!(
        r#"with turn as (
             select number, customer_id, before, after from bulk_items
             where site_id = $1 and run_id = $2 and number > $4 and outcome is null order by number limit $3),
           locked as (
             select c.id, c.two_factor, c.group_on, c.group_off from customers c
             where c.site_id = $1 and c.id in (select customer_id from turn)
             order by c.id for no key update)
           select t.number, t.customer_id, t.before, t.after, l.id as "found?", l.two_factor,
             coalesce(l.group_on, false) as "group_on!", coalesce(l.group_off, false) as "group_off!"
           from turn t left join locked l on l.id = t.customer_id order by t.number"#,
        site.0,
        run,
        most,
        i64::try_from(done).unwrap_or(i64::MAX),
    )
    .fetch_all(conn)
    .await?;
    let turns = rows.into_iter().map(|row| Turn {
        number: row.number,
        customer: CustomerId(row.customer_id),
        exceptions: row.found.map(|_| Exceptions {
            customer: row.two_factor,
            group_on: row.group_on,
            group_off: row.group_off,
        }),
        expected: row.before,
        restored: row.after,
    });
    Ok(turns.collect())
}

/// What became of a batch.
#[derive(Clone, Debug, Default)]
pub struct Outcomes {
    pub numbers: Vec<i64>,
    pub words: Vec<String>,
    /// Empty: none.
    pub reasons: Vec<String>,
    /// Exceptions, spelt: nulls in an array parameter are text.
    pub before: Vec<String>,
    pub after: Vec<String>,
}

impl Outcomes {
    /// Adds one.
    pub fn push(&mut self, turn: &Turn, outcome: ItemOutcome, reason: &str, after: Option<bool>) {
        self.numbers.push(turn.number);
        self.words.push(outcome.word().to_owned());
        self.reasons.push(reason.to_owned());
        let before = turn.exceptions.and_then(|exceptions| exceptions.customer);
        self.before.push(spelt(before));
        self.after.push(spelt(if outcome == ItemOutcome::Changed { after } else { before }));
    }
}

fn spelt(exception: Option<bool>) -> String {
    exception.map_or_else(String::new, |on| on.to_string())
}

/// Writes a batch's outcomes down and counts them.
pub async fn settle(
    conn: &mut PgConnection,
    site: SiteId,
    run: Uuid,
    outcomes: &Outcomes,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update bulk_items i
         set outcome = o.outcome, reason = nullif(o.reason, ''), before = nullif(o.before, '')::boolean,
             after = nullif(o.after, '')::boolean
         from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])
             as o (number, outcome, reason, before, after)
         where i.site_id = $1 and i.run_id = $2 and i.number = o.number",
        site.0,
        run,
        &outcomes.numbers,
        &outcomes.words,
        &outcomes.reasons,
        &outcomes.before,
        &outcomes.after,
    )
    .execute(&mut *conn)
    .await?;
    let changed = outcomes.words.iter().filter(|word| *word == ItemOutcome::Changed.word()).count();
    sqlx::query!(
        "update bulk_runs set done = done + $3, changed = changed + $4 where site_id = $1 and id = $2",
        site.0,
        run,
        i64::try_from(outcomes.numbers.len()).unwrap_or(0),
        i64::try_from(changed).unwrap_or(0),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives the customers of the items `first` to `last` the exceptions that the items say they now have, where
/// something changed, and tells the trail, a line each. Call it after [`settle`].
pub async fn apply(
    conn: &mut PgConnection,
    site: SiteId,
    run: Uuid,
    first: i64,
    last: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update customers c set two_factor = i.after
         from bulk_items i
         where c.site_id = $1 and i.site_id = $1 and i.run_id = $2 and i.number between $3 and $4
           and i.outcome = 'changed' and c.id = i.customer_id",
        site.0,
        run,
        first,
        last,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "insert into audit_events (site_id, at, actor_kind, actor_id, action, result, customer_id, client_ip, detail)
         select i.site_id, $5, 'admin', r.account, 'customer.two_factor', 'ok', i.customer_id, r.client_ip,
             jsonb_build_object('two_factor', jsonb_build_object('before', i.before, 'after', i.after), 'run', r.id)
         from bulk_items i join bulk_runs r on r.id = i.run_id
         where i.site_id = $1 and i.run_id = $2 and i.number between $3 and $4 and i.outcome = 'changed'
         order by i.number",
        site.0,
        run,
        first,
        last,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}
