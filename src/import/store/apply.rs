//! A batch: rows after the last one that was applied, up to a number.

use sqlx::PgConnection;
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::customers::search;
use crate::import::plan::{Change, Details, Said};
use crate::import::{Import, State};

/// The rows of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// From this number, exclusive.
    pub from: i64,
    /// To this one, inclusive.
    pub to: i64,
    pub new: u64,
    pub changed: u64,
}

/// The next batch of an import; none when there is nothing left to do.
pub async fn next_batch(conn: &mut PgConnection, import: &Import) -> sqlx::Result<Option<Batch>> {
    let row = sqlx::query!(
        r#"select max(number) as last, count(*) filter (where verdict = 'new') as "new!",
            count(*) filter (where verdict = 'changed') as "changed!"
           from (select number, verdict from import_rows
                 where site_id = $1 and import_id = $2 and number > $3 and verdict in ('new', 'changed')
                 order by number limit $4) rows"#,
        import.site.0,
        import.id,
        import.applied,
        i64::from(import.batch),
    )
    .fetch_one(conn)
    .await?;
    Ok(row.last.map(|to| Batch {
        from: import.applied,
        to,
        new: row.new.unsigned_abs(),
        changed: row.changed.unsigned_abs(),
    }))
}

/// Adds the batch's new customers, and a line to the trail for each; how many. Whoever is there meanwhile,
/// by email or username, is refused.
pub async fn create(
    conn: &mut PgConnection,
    import: &Import,
    batch: &Batch,
    now: OffsetDateTime,
) -> sqlx::Result<u64> {
    let added = sqlx::query!(
        "with added as (
            insert into customers (id, site_id, email, email_key, username, username_key, given_name,
                family_name, account_id, created_at, updated_at, search_text, name_key)
            select customer_id, site_id, email, email_key, username, username_key, given_name, family_name,
                account_id, $5, $5, search_text, name_key
            from import_rows
            where site_id = $1 and import_id = $2 and number > $3 and number <= $4 and verdict = 'new'
            order by number
            on conflict do nothing
            returning id)
         insert into audit_events (site_id, at, actor_kind, actor_id, action, result, customer_id, client_ip, detail)
         select $1, $5, 'admin', i.account, 'customer.added', 'ok', added.id, i.client_ip,
             jsonb_build_object('import', i.id)
         from added, imports i where i.site_id = $1 and i.id = $2",
        import.site.0,
        import.id,
        batch.from,
        batch.to,
        now,
    )
    .execute(&mut *conn)
    .await?;
    let created = added.rows_affected();
    if created < batch.new {
        sqlx::query!(
            "update import_rows r
             set verdict = 'refused', value = r.email,
                 reason = 'Somebody else added a customer of this email address or username meanwhile.'
             where r.site_id = $1 and r.import_id = $2 and r.number > $3 and r.number <= $4
               and r.verdict = 'new'
               and not exists (select from customers c where c.site_id = $1 and c.id = r.customer_id)",
            import.site.0,
            import.id,
            batch.from,
            batch.to,
        )
        .execute(conn)
        .await?;
    }
    Ok(created)
}

/// A customer of the directory whom the batch changes, locked.
#[derive(Clone, Debug)]
pub struct Existing {
    pub number: i64,
    pub id: Uuid,
    pub email: String,
    pub present: Details,
    pub groups: Vec<Uuid>,
    pub said: Said,
    /// Another customer got the row's username meanwhile.
    pub is_taken: bool,
}

/// The batch's changed customers who are still there.
pub async fn existing(
    conn: &mut PgConnection,
    import: &Import,
    batch: &Batch,
) -> sqlx::Result<Vec<Existing>> {
    let rows = sqlx::query!(
        r#"select r.number, r.named, r.given_name as "said_given!", r.family_name as "said_family!",
            r.username as said_username, r.username_key as said_key, r.account_id as said_account,
            c.id, c.email, c.given_name, c.family_name, c.username, c.username_key, c.account_id,
            array(select m.group_id from customer_group_members m
                  where m.site_id = c.site_id and m.customer_id = c.id) as "groups!",
            exists (select from customers o where o.site_id = c.site_id and o.username_key = r.username_key
                    and o.id <> c.id) as "is_taken!"
           from import_rows r join customers c on c.site_id = r.site_id and c.id = r.customer_id
           where r.site_id = $1 and r.import_id = $2 and r.number > $3 and r.number <= $4
             and r.verdict = 'changed'
           order by c.id for no key update of c"#,
        import.site.0,
        import.id,
        batch.from,
        batch.to,
    )
    .fetch_all(conn)
    .await?;
    let existing = rows.into_iter().map(|row| Existing {
        number: row.number,
        id: row.id,
        email: row.email,
        present: Details {
            given_name: row.given_name,
            family_name: row.family_name,
            username: row.username,
            username_key: row.username_key,
            account_id: row.account_id,
        },
        groups: row.groups,
        said: Said {
            name: row.named.then_some((row.said_given, row.said_family)),
            username: row.said_username.zip(row.said_key),
            account_id: row.said_account,
        },
        is_taken: row.is_taken,
    });
    Ok(existing.collect())
}

/// Changes one of them, with a line in the trail, and keeps what they were.
pub async fn update(
    conn: &mut PgConnection,
    import: &Import,
    existing: &Existing,
    change: &Change,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    write(conn, import, existing.id, &existing.email, &change.after, now).await?;
    sqlx::query!(
        "update import_rows set before = $4 where site_id = $1 and import_id = $2 and number = $3",
        import.site.0,
        import.id,
        existing.number,
        Json(change) as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes the details of a customer, and a line in the trail.
pub(super) async fn write(
    conn: &mut PgConnection,
    import: &Import,
    customer: Uuid,
    email: &str,
    details: &Details,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let Details { given_name, family_name, username, username_key, account_id } = details;
    sqlx::query!(
        "with changed as (
            update customers set given_name = $4, family_name = $5, username = $6, username_key = $7,
                account_id = $8, search_text = $9, name_key = $10, updated_at = $11
            where site_id = $1 and id = $2 returning id)
         insert into audit_events (site_id, at, actor_kind, actor_id, action, result, customer_id, client_ip, detail)
         select $1, $11, 'admin', i.account, 'customer.edited', 'ok', changed.id, i.client_ip,
             jsonb_build_object('import', i.id)
         from changed, imports i where i.site_id = $1 and i.id = $3",
        import.site.0,
        customer,
        import.id,
        given_name,
        family_name,
        username.as_deref(),
        username_key.as_deref(),
        account_id.as_deref(),
        search::text(given_name, family_name, email, username.as_deref()),
        search::name_key(given_name, family_name),
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The batch's groups that the site does not have yet.
pub async fn add_missing_groups(
    conn: &mut PgConnection,
    import: &Import,
    batch: &Batch,
    mut id: impl FnMut() -> Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let names = sqlx::query_scalar!(
        r#"select min(g.name) as "name!"
           from import_rows r, unnest(string_to_array(r.groups, e'\n')) as g (name)
           where r.site_id = $1 and r.import_id = $2 and r.number > $3 and r.number <= $4
             and r.verdict in ('new', 'changed')
             and not exists (select from customer_groups cg
                             where cg.site_id = $1 and lower(cg.name) = lower(g.name))
           group by lower(g.name)"#,
        import.site.0,
        import.id,
        batch.from,
        batch.to,
    )
    .fetch_all(&mut *conn)
    .await?;
    if names.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = names.iter().map(|_| id()).collect();
    sqlx::query!(
        "insert into customer_groups (id, site_id, name, created_at, import_id)
         select g.id, $1, g.name, $4, $5 from unnest($2::uuid[], $3::text[]) as g (id, name)
         on conflict do nothing",
        import.site.0,
        &ids,
        &names,
        now,
        import.id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts the batch's customers into their groups.
pub async fn add_groups(conn: &mut PgConnection, import: &Import, batch: &Batch) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into customer_group_members (site_id, group_id, customer_id)
         select distinct $1, cg.id, c.id
         from import_rows r
         cross join unnest(string_to_array(r.groups, e'\\n')) as g (name)
         join customer_groups cg on cg.site_id = $1 and lower(cg.name) = lower(g.name)
         join customers c on c.site_id = $1 and c.id = r.customer_id
         where r.site_id = $1 and r.import_id = $2 and r.number > $3 and r.number <= $4
           and r.verdict in ('new', 'changed')
         on conflict do nothing",
        import.site.0,
        import.id,
        batch.from,
        batch.to,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Counts a batch, and says where the import is now. `refused`: changed rows, and why.
pub async fn settle(
    conn: &mut PgConnection,
    import: &Import,
    batch: &Batch,
    created: u64,
    updated: u64,
    refused: &[(i64, &str)],
    state: State,
) -> sqlx::Result<()> {
    if !refused.is_empty() {
        let numbers: Vec<i64> = refused.iter().map(|(number, _)| *number).collect();
        let reasons: Vec<String> = refused.iter().map(|(_, reason)| (*reason).to_owned()).collect();
        sqlx::query!(
            "update import_rows r set verdict = 'refused', reason = w.reason, value = r.email
             from unnest($3::bigint[], $4::text[]) as w (number, reason)
             where r.site_id = $1 and r.import_id = $2 and r.number = w.number",
            import.site.0,
            import.id,
            &numbers,
            &reasons,
        )
        .execute(&mut *conn)
        .await?;
    }
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    sqlx::query!(
        "update imports set applied = $3, created = created + $4, updated = updated + $5, lost = lost + $6,
            state = $7
         where site_id = $1 and id = $2",
        import.site.0,
        import.id,
        batch.to,
        count(created),
        count(updated),
        count(batch.new + batch.changed - created - updated),
        state.word(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The numbers of the batch's changed rows.
pub async fn changed_numbers(
    conn: &mut PgConnection,
    import: &Import,
    batch: &Batch,
) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "select number from import_rows
         where site_id = $1 and import_id = $2 and number > $3 and number <= $4 and verdict = 'changed'",
        import.site.0,
        import.id,
        batch.from,
        batch.to,
    )
    .fetch_all(conn)
    .await
}

/// The customers that came in by the import, have no password, and are still there.
pub async fn came_in(conn: &mut PgConnection, import: &Import) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select c.id from import_rows r join customers c on c.site_id = r.site_id and c.id = r.customer_id
         where r.site_id = $1 and r.import_id = $2 and r.number <= $3 and r.verdict = 'new'
           and c.password_set_at is null",
        import.site.0,
        import.id,
        import.applied,
    )
    .fetch_all(conn)
    .await
}
