//! Groups (D10): names that customers are put under, by hand or by an import; the policy may decide about a
//! group's members together (C2).

use std::collections::HashMap;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::customers::CustomerId;
use crate::sites::SiteId;

/// Where counting members ends.
pub const MOST_COUNTED: i64 = 10_000;
/// Groups of a site that are listed.
const MOST_LISTED: i64 = 1_000;

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: Uuid,
    pub name: String,
    /// What is decided about its members; none: nothing.
    pub two_factor: Option<bool>,
    /// How many there are, counted up to [`MOST_COUNTED`].
    pub members: i64,
}

/// The site's groups by name.
pub async fn list(conn: &mut PgConnection, site: SiteId) -> sqlx::Result<Vec<Group>> {
    sqlx::query_as!(
        Group,
        r#"select g.id, g.name, g.two_factor, m.members as "members!"
         from customer_groups g
         cross join lateral (select count(*) as members from (
            select from customer_group_members m where m.site_id = g.site_id and m.group_id = g.id limit $2) m) m
         where g.site_id = $1 order by lower(g.name), g.id limit $3"#,
        site.0,
        MOST_COUNTED,
        MOST_LISTED,
    )
    .fetch_all(conn)
    .await
}

/// One of them.
pub async fn find(conn: &mut PgConnection, site: SiteId, group: Uuid) -> sqlx::Result<Option<Group>> {
    sqlx::query_as!(
        Group,
        r#"select g.id, g.name, g.two_factor, m.members as "members!"
         from customer_groups g
         cross join lateral (select count(*) as members from (
            select from customer_group_members m where m.site_id = g.site_id and m.group_id = g.id limit $3) m) m
         where g.site_id = $1 and g.id = $2"#,
        site.0,
        group,
        MOST_COUNTED,
    )
    .fetch_optional(conn)
    .await
}

/// Adds a group, or gives one another name. False when another of the site has it, whatever the case.
pub async fn save(
    conn: &mut PgConnection,
    site: SiteId,
    group: Uuid,
    name: &str,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    // One name after the other: of two at once, the second sees the first.
    sqlx::query!("select id from sites where id = $1 for no key update", site.0)
        .fetch_optional(&mut *conn)
        .await?;
    let done = sqlx::query!(
        "insert into customer_groups (id, site_id, name, created_at)
         select $2, $1, $3, $4
         where not exists (select from customer_groups
                           where site_id = $1 and lower(name) = lower($3) and id <> $2)
         on conflict (site_id, id) do update set name = excluded.name",
        site.0,
        group,
        name,
        now,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Decides about a group's members together. False when it is gone.
pub async fn decide(
    conn: &mut PgConnection,
    site: SiteId,
    group: Uuid,
    two_factor: Option<bool>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update customer_groups set two_factor = $3 where site_id = $1 and id = $2",
        site.0,
        group,
        two_factor,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes a group; its members stay customers. False when it is gone.
pub async fn delete(conn: &mut PgConnection, site: SiteId, group: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from customer_groups where site_id = $1 and id = $2", site.0, group)
        .execute(conn);
    Ok(done.await?.rows_affected() == 1)
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub id: CustomerId,
    pub email: String,
    pub email_key: String,
    pub given_name: String,
    pub family_name: String,
}

/// Members by email, after the key `after`, at most `most`.
pub async fn members(
    conn: &mut PgConnection,
    site: SiteId,
    group: Uuid,
    after: &str,
    most: i64,
) -> sqlx::Result<Vec<Member>> {
    sqlx::query_as!(
        Member,
        r#"select c.id as "id: CustomerId", c.email, c.email_key, c.given_name, c.family_name
         from customer_group_members m join customers c on c.site_id = m.site_id and c.id = m.customer_id
         where m.site_id = $1 and m.group_id = $2 and c.email_key collate "C" > $3
         order by c.email_key collate "C" limit $4"#,
        site.0,
        group,
        after,
        most,
    )
    .fetch_all(conn)
    .await
}

/// Puts a customer into a group. False when they are in it, or either is gone.
pub async fn add_member(
    conn: &mut PgConnection,
    site: SiteId,
    group: Uuid,
    customer: CustomerId,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into customer_group_members (site_id, group_id, customer_id)
         select g.site_id, g.id, c.id from customer_groups g join customers c on c.site_id = g.site_id
         where g.site_id = $1 and g.id = $2 and c.id = $3
         on conflict do nothing",
        site.0,
        group,
        customer.0,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a customer out of a group. False when they were not in it.
pub async fn remove_member(
    conn: &mut PgConnection,
    site: SiteId,
    group: Uuid,
    customer: CustomerId,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "delete from customer_group_members where site_id = $1 and group_id = $2 and customer_id = $3",
        site.0,
        group,
        customer.0,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The names of these customers' groups.
pub async fn names_of(
    conn: &mut PgConnection,
    site: SiteId,
    ids: &[CustomerId],
) -> sqlx::Result<HashMap<CustomerId, Vec<String>>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select m.customer_id as "customer: CustomerId", g.name
         from customer_group_members m join customer_groups g on g.site_id = m.site_id and g.id = m.group_id
         where m.site_id = $1 and m.customer_id = any($2) order by lower(g.name)"#,
        site.0,
        &ids,
    )
    .fetch_all(conn)
    .await?;
    let mut names: HashMap<CustomerId, Vec<String>> = HashMap::new();
    for row in rows {
        names.entry(row.customer).or_default().push(row.name);
    }
    Ok(names)
}
