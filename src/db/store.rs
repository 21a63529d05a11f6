//! All SQL of the database room: what belongs to the deployment and not to a site.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::host::Elsewhere;

/// The sealed canary, if there is one.
pub async fn canary(conn: &mut PgConnection) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select sealed_canary from deployment where id = 1").fetch_optional(conn).await
}

/// Stores the canary unless there is one already.
pub async fn insert_canary(conn: &mut PgConnection, sealed: &[u8], now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into deployment (id, sealed_canary, created_at) values (1, $1, $2)
         on conflict (id) do nothing",
        sealed,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The host other than `host` that most passkeys were made under, of all sites.
pub async fn passkeys_elsewhere(conn: &mut PgConnection, host: &str) -> sqlx::Result<Option<Elsewhere>> {
    sqlx::query_as!(
        Elsewhere,
        r#"select data->>'rp_id' as "host!", count(*) as "passkeys!" from factors
           where kind = 'passkey' and data->>'rp_id' <> $1
           group by 1 order by 2 desc, 1 limit 1"#,
        host,
    )
    .fetch_optional(conn)
    .await
}

/// Whether sqlx's migrations ever ran here.
pub async fn has_migrations_table(conn: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select to_regclass('_sqlx_migrations') is not null as "exists!""#)
        .fetch_one(conn)
        .await
}

/// The database's clock (to compare with ours, never to decide by) and its release, such as
/// `15.18`.
pub async fn clock_and_release(conn: &mut PgConnection) -> sqlx::Result<(OffsetDateTime, String)> {
    let row = sqlx::query!(
        r#"select clock_timestamp() as "clock!", current_setting('server_version') as "release!""#
    )
    .fetch_one(conn)
    .await?;
    Ok((row.clock, row.release))
}

/// Whether the database answers.
pub async fn ping(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select 1 as one").fetch_one(conn).await?;
    Ok(())
}

/// Takes `lock` for the rest of the transaction if nobody has it.
pub async fn try_lock(conn: &mut PgConnection, lock: i64) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock($1) as "taken!""#, lock).fetch_one(conn).await
}

/// Deletes up to `most` sign-ins that expired before `before`; how many went.
pub async fn delete_signins(conn: &mut PgConnection, before: OffsetDateTime, most: i64) -> sqlx::Result<u64> {
    sqlx::query!(
        "delete from signins where id in
            (select id from signins where expires_at < $1 order by expires_at limit $2)",
        before,
        most
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected())
}

/// Deletes up to `most` remembered devices that expired before `before`; how many went.
pub async fn delete_remembered_devices(
    conn: &mut PgConnection,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    sqlx::query!(
        "delete from remembered_devices where series_hash in
            (select series_hash from remembered_devices where expires_at < $1 order by expires_at limit $2)",
        before,
        most
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected())
}

/// Deletes up to `most` sessions that expired before `before`; how many went.
pub async fn delete_sessions(
    conn: &mut PgConnection,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    sqlx::query!(
        "delete from sessions where token_hash in
            (select token_hash from sessions where expires_at < $1 order by expires_at limit $2)",
        before,
        most
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected())
}

/// Deletes up to `most` request ids that need no remembering since `before`; how many went.
pub async fn delete_consumed_requests(
    conn: &mut PgConnection,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    sqlx::query!(
        "delete from consumed_requests where (site_id, request_id) in
            (select site_id, request_id from consumed_requests where expires_at < $1
             order by expires_at limit $2)",
        before,
        most
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected())
}

/// Deletes up to `most` throttles without a failure since `before`; how many went.
pub async fn delete_throttles(
    conn: &mut PgConnection,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    sqlx::query!(
        "delete from throttles where (site_id, subject) in
            (select site_id, subject from throttles
             where last_failure_at < $1
             -- A password that is off stays so, see signin::lockout.
             and not (failures >= 100 and (starts_with(subject, 'account:') or starts_with(subject, 'known:')))
             order by last_failure_at limit $2)",
        before,
        most
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected())
}

/// Deletes up to `most` known browsers not used since `before`; how many went.
pub async fn delete_known_browsers(
    conn: &mut PgConnection,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    sqlx::query!(
        "delete from known_browsers where (site_id, customer_id, browser_hash) in
            (select site_id, customer_id, browser_hash from known_browsers where last_used_at < $1
             order by last_used_at limit $2)",
        before,
        most
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected())
}

/// Deletes up to `most` test sign-ins whose link expired before `before`; how many went.
pub async fn delete_signin_tests(
    conn: &mut PgConnection,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    sqlx::query!(
        "delete from signin_tests where id in
            (select id from signin_tests where expires_at < $1 order by expires_at limit $2)",
        before,
        most
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected())
}

/// Deletes up to `most` SAML trace rows from before `before`; how many went.
pub async fn delete_saml_trace(
    conn: &mut PgConnection,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    sqlx::query!(
        "delete from saml_trace where id in (select id from saml_trace where at < $1 order by at limit $2)",
        before,
        most
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected())
}

/// Deletes up to `most` mails written before `before` that are sent or given up; how many went.
pub async fn delete_mails(conn: &mut PgConnection, before: OffsetDateTime, most: i64) -> sqlx::Result<u64> {
    sqlx::query!(
        "delete from mails where id in
            (select id from mails where state <> 'queued' and created_at < $1 order by created_at limit $2)",
        before,
        most
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected())
}

/// Deletes up to `most` text messages written before `before` that are sent or given up; how many went.
pub async fn delete_texts(conn: &mut PgConnection, before: OffsetDateTime, most: i64) -> sqlx::Result<u64> {
    sqlx::query!(
        "delete from texts where id in
            (select id from texts where state <> 'queued' and created_at < $1 order by created_at limit $2)",
        before,
        most
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected())
}

/// Deletes up to `most` dead jobs enqueued before `before`; how many went.
pub async fn delete_dead_jobs(
    conn: &mut PgConnection,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    sqlx::query!(
        "delete from jobs where id in
            (select id from jobs where state = 'dead' and created_at < $1 order by created_at limit $2)",
        before,
        most
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected())
}

/// Deletes up to `most` links that expired before `before`; how many went.
pub async fn delete_links(conn: &mut PgConnection, before: OffsetDateTime, most: i64) -> sqlx::Result<u64> {
    sqlx::query!(
        "delete from links where token_hash in
            (select token_hash from links where expires_at < $1 order by expires_at limit $2)",
        before,
        most
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected())
}

/// Deletes up to `most` recoveries that expired before `before`; how many went.
pub async fn delete_recoveries(
    conn: &mut PgConnection,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    sqlx::query!(
        "delete from recoveries where id in
            (select id from recoveries where expires_at < $1 order by expires_at limit $2)",
        before,
        most
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected())
}

/// Deletes up to `most` customers' outcomes of bulk runs begun before `before` that are over, and the
/// runs that have none left; how many went.
pub async fn delete_bulk_runs(
    conn: &mut PgConnection,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let items = sqlx::query!(
        "delete from bulk_items where (run_id, number) in
            (select i.run_id, i.number from bulk_runs r join bulk_items i on i.run_id = r.id
             where r.state <> 'running' and r.created_at < $1 limit $2)",
        before,
        most
    )
    .execute(&mut *conn)
    .await?;
    let runs = sqlx::query!(
        "delete from bulk_runs where id in
            (select id from bulk_runs r where r.state <> 'running' and r.created_at < $1
                and not exists (select from bulk_items where run_id = r.id)
                and not exists (select from bulk_runs where undo_of = r.id) limit $2)",
        before,
        most
    )
    .execute(conn)
    .await?;
    Ok(items.rows_affected() + runs.rows_affected())
}

/// Deletes up to `most` rows and pieces of imports in `states` begun before `before`, and the imports that
/// have none left; how many went.
pub async fn delete_imports(
    conn: &mut PgConnection,
    states: &[&str],
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let states: Vec<String> = states.iter().map(|state| (*state).to_owned()).collect();
    let pieces = sqlx::query!(
        "delete from import_pieces where (import_id, number) in
            (select p.import_id, p.number from imports i join import_pieces p on p.import_id = i.id
             where i.state = any($1) and i.created_at < $2 limit $3)",
        &states,
        before,
        most
    )
    .execute(&mut *conn)
    .await?;
    let rows = sqlx::query!(
        "delete from import_rows where (import_id, number) in
            (select r.import_id, r.number from imports i join import_rows r on r.import_id = i.id
             where i.state = any($1) and i.created_at < $2 limit $3)",
        &states,
        before,
        most
    )
    .execute(&mut *conn)
    .await?;
    let imports = sqlx::query!(
        "delete from imports where id in
            (select id from imports i where i.state = any($1) and i.created_at < $2
                and not exists (select from import_rows where import_id = i.id)
                and not exists (select from import_pieces where import_id = i.id) limit $3)",
        &states,
        before,
        most
    )
    .execute(conn)
    .await?;
    Ok(pieces.rows_affected() + rows.rows_affected() + imports.rows_affected())
}

/// Adds up to `most` rows of the customers' tallies up, where there are several of one cover; how many
/// went.
pub async fn compact_tallies(conn: &mut PgConnection, most: i64) -> sqlx::Result<u64> {
    let done = sqlx::query_scalar!(
        r#"with gone as (
             delete from customer_tallies where ctid = any(array(
                select ctid from customer_tallies
                where (site_id, cover) = (
                    select site_id, cover from customer_tallies
                    group by site_id, cover having count(*) > 1 or sum(delta) = 0 limit 1)
                limit $1 for update skip locked))
             returning site_id, cover, delta),
           kept as (
             insert into customer_tallies
             select site_id, cover, sum(delta) from gone group by site_id, cover having sum(delta) <> 0
             returning 1)
           select (select count(*) from gone) - (select count(*) from kept) as "gone!""#,
        most,
    )
    .fetch_one(conn)
    .await?;
    Ok(done.unsigned_abs())
}
