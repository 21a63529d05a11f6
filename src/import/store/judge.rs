//! The preview: every row is compared with the others and with the directory, all at once.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::sites::SiteId;

/// Judges all rows anew, and counts them. Call it in a transaction of its own.
pub async fn judge(conn: &mut PgConnection, site: SiteId, import: Uuid) -> sqlx::Result<()> {
    begin(conn, site, import).await?;
    within(conn, site, import).await?;
    against_directory(conn, site, import).await?;
    usernames(conn, site, import).await?;
    sqlx::query!(
        "update imports i set new = c.new, changed = c.changed, unchanged = c.unchanged, refused = c.refused
         from (select count(*) filter (where verdict = 'new') as new,
                      count(*) filter (where verdict = 'changed') as changed,
                      count(*) filter (where verdict = 'unchanged') as unchanged,
                      count(*) filter (where verdict = 'refused') as refused
               from import_rows where site_id = $1 and import_id = $2) c
         where i.site_id = $1 and i.id = $2",
        site.0,
        import,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Of a list from Jira, what was chosen counts. (The rows of a file are new until found otherwise.)
async fn begin(conn: &mut PgConnection, site: SiteId, import: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update import_rows
         set verdict = case when not chosen then 'left' when email is null then 'refused' else 'new' end,
             field = case when email is null then field end, reason = case when email is null then reason end,
             value = case when email is null then value end
         where site_id = $1 and import_id = $2 and chosen is not null",
        site.0,
        import,
    )
    .execute(&mut *conn)
    .await?;
    // Millions of rows may just have come, and the planner knows of none.
    sqlx::query!("analyze import_rows").execute(conn).await?;
    Ok(())
}

/// The first row of an email counts.
async fn within(conn: &mut PgConnection, site: SiteId, import: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update import_rows r
         set verdict = 'refused', field = 'Email', value = r.email,
             reason = 'The same email address stands in row ' || d.first || '.'
         from (select number, min(number) over (partition by email_key) as first
               from import_rows where site_id = $1 and import_id = $2 and verdict = 'new') d
         where r.site_id = $1 and r.import_id = $2 and r.number = d.number and d.first <> d.number",
        site.0,
        import,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whoever has the email already is the one that the row is about.
async fn against_directory(conn: &mut PgConnection, site: SiteId, import: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update import_rows r
         set customer_id = c.id,
             verdict = case when
                 (r.named and r.given_name <> '' and r.given_name <> c.given_name)
                 or (r.named and r.family_name <> '' and r.family_name <> c.family_name)
                 or (r.username is not null and r.username is distinct from c.username)
                 or (r.account_id is not null and r.account_id is distinct from c.account_id)
                 or (r.groups is not null and exists (
                     select from unnest(string_to_array(r.groups, e'\\n')) as g (name)
                     where not exists (
                         select from customer_group_members m
                         join customer_groups cg on cg.site_id = m.site_id and cg.id = m.group_id
                         where m.site_id = c.site_id and m.customer_id = c.id
                           and lower(cg.name) = lower(g.name))))
                 then 'changed' else 'unchanged' end
         from customers c
         where r.site_id = $1 and r.import_id = $2 and r.verdict = 'new'
           and c.site_id = $1 and c.email_key = r.email_key",
        site.0,
        import,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A username belongs to one customer: of two rows the first, of row and directory the latter.
async fn usernames(conn: &mut PgConnection, site: SiteId, import: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update import_rows r
         set verdict = 'refused', field = 'Username', value = r.username,
             reason = 'The same username stands in row ' || d.first || '.'
         from (select number, min(number) over (partition by username_key) as first
               from import_rows
               where site_id = $1 and import_id = $2 and verdict in ('new', 'changed')
                 and username_key is not null) d
         where r.site_id = $1 and r.import_id = $2 and r.number = d.number and d.first <> d.number",
        site.0,
        import,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update import_rows r
         set verdict = 'refused', field = 'Username', value = r.username,
             reason = 'Another customer of this site has this username.'
         from customers c
         where r.site_id = $1 and r.import_id = $2 and r.verdict in ('new', 'changed')
           and c.site_id = $1 and c.username_key = r.username_key and c.id <> r.customer_id",
        site.0,
        import,
    )
    .execute(conn)
    .await?;
    Ok(())
}
