//! An import taken back, batch by batch from its last row.

use sqlx::PgConnection;
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::import::Import;
use crate::import::plan::{Change, Details};

/// A row that was applied.
#[derive(Clone, Debug)]
pub struct Undoing {
    pub number: i64,
    pub customer: Uuid,
    pub email: String,
    /// Of a changed customer; none of a new one.
    pub change: Option<Change>,
    /// What the customer is now, locked; none when deleted.
    pub now: Option<Details>,
    /// Has signed in, or has set a password.
    pub is_in_use: bool,
    /// Of a new customer: somebody has changed their details since.
    pub is_edited: bool,
    /// Another customer got the username that would be restored.
    pub is_taken: bool,
}

/// The rows that are taken back next, at most `most`.
pub async fn next_undo(conn: &mut PgConnection, import: &Import, most: i64) -> sqlx::Result<Vec<Undoing>> {
    let rows = sqlx::query!(
        r#"with turn as (
             select number, customer_id, email, before from import_rows
             where site_id = $1 and import_id = $2 and number <= $3 and verdict in ('new', 'changed')
             order by number desc limit $4),
           locked as (
             select * from customers c where c.site_id = $1 and c.id in (select customer_id from turn)
             order by c.id for update)
           select t.number, t.customer_id, t.email as "email!", t.before as "before: Json<Change>",
             c.id as "id?", c.given_name as "given_name?", c.family_name as "family_name?", c.username,
             c.username_key, c.account_id,
             coalesce(c.signed_in_at is not null or c.password_set_at is not null, false) as "is_in_use!",
             coalesce(c.updated_at > c.created_at, false) as "is_edited!",
             exists (select from customers o where o.site_id = $1 and o.id <> t.customer_id
                     and o.username_key = t.before->'before'->>'username_key') as "is_taken!"
           from turn t left join locked c on c.id = t.customer_id order by t.number desc"#,
        import.site.0,
        import.id,
        import.applied,
        most,
    )
    .fetch_all(conn)
    .await?;
    let undoing = rows.into_iter().map(|row| Undoing {
        number: row.number,
        customer: row.customer_id,
        email: row.email,
        change: row.before.map(|Json(change)| change),
        now: row.id.map(|_| Details {
            given_name: row.given_name.unwrap_or_default(),
            family_name: row.family_name.unwrap_or_default(),
            username: row.username,
            username_key: row.username_key,
            account_id: row.account_id,
        }),
        is_in_use: row.is_in_use,
        is_edited: row.is_edited,
        is_taken: row.is_taken,
    });
    Ok(undoing.collect())
}

/// Deletes customers that came in, with a line in the trail for each.
pub async fn remove_created(
    conn: &mut PgConnection,
    import: &Import,
    customers: &[Uuid],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with gone as (delete from customers where site_id = $1 and id = any($3) returning id)
         insert into audit_events (site_id, at, actor_kind, actor_id, action, result, customer_id, client_ip, detail)
         select $1, $4, 'admin', i.account, 'customer.deleted', 'ok', gone.id, i.client_ip,
             jsonb_build_object('import', i.id)
         from gone, imports i where i.site_id = $1 and i.id = $2",
        import.site.0,
        import.id,
        customers,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes a changed customer what they were before, in the groups they were in.
pub async fn restore(
    conn: &mut PgConnection,
    import: &Import,
    undoing: &Undoing,
    change: &Change,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    super::apply::write(conn, import, undoing.customer, &undoing.email, &change.before, now).await?;
    sqlx::query!(
        "delete from customer_group_members m
         using customer_groups cg, import_rows r
         where m.site_id = $1 and m.customer_id = $3 and cg.site_id = $1 and cg.id = m.group_id
           and r.site_id = $1 and r.import_id = $2 and r.number = $4
           and lower(cg.name) in (select lower(g) from unnest(string_to_array(r.groups, e'\\n')) as g)
           and not m.group_id = any($5)",
        import.site.0,
        import.id,
        undoing.customer,
        undoing.number,
        &change.groups,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Says of rows why they are left as they are.
pub async fn mark_kept(conn: &mut PgConnection, import: &Import, rows: &[(i64, &str)]) -> sqlx::Result<()> {
    let numbers: Vec<i64> = rows.iter().map(|(number, _)| *number).collect();
    let reasons: Vec<String> = rows.iter().map(|(_, reason)| (*reason).to_owned()).collect();
    sqlx::query!(
        "update import_rows r set reason = w.reason from unnest($3::bigint[], $4::text[]) as w (number, reason)
         where r.site_id = $1 and r.import_id = $2 and r.number = w.number",
        import.site.0,
        import.id,
        &numbers,
        &reasons,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Counts a batch of an undo; the next one ends before the row `before`.
pub async fn settle_undo(
    conn: &mut PgConnection,
    import: &Import,
    before: i64,
    removed: usize,
    restored: usize,
    kept: usize,
) -> sqlx::Result<()> {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    sqlx::query!(
        "update imports set applied = $3, removed = removed + $4, restored = restored + $5, kept = kept + $6
         where site_id = $1 and id = $2",
        import.site.0,
        import.id,
        before - 1,
        count(removed),
        count(restored),
        count(kept),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets groups that the import made, where nobody is in them and nothing was decided about them.
pub async fn drop_groups(conn: &mut PgConnection, import: &Import) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from customer_groups cg
         where cg.site_id = $1 and cg.import_id = $2 and cg.two_factor is null
           and not exists (select from customer_group_members m where m.site_id = $1 and m.group_id = cg.id)",
        import.site.0,
        import.id,
    )
    .execute(conn)
    .await?;
    Ok(())
}
