//! What a site's policy means for its customers: their exceptions, and how many are in which case.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::customers::CustomerId;
use crate::factors::{Method, MethodSet, wait};
use crate::policy::{Class, Exceptions, Policy, Standing};
use crate::sites::SiteId;

/// What the policy depends on of one customer, with the policy. `None` when the site has no such
/// customer. (`signin::store::sessions::find` asks the same in a query of its own.)
pub async fn standing(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
) -> sqlx::Result<Option<Standing>> {
    let row = sqlx::query!(
        r#"select c.two_factor as exception, c.enrolment_skips,
                exists (select from factors f where f.site_id = c.site_id and f.customer_id = c.id) as "enrolled!",
                g.any_on as "group_on!", g.any_off as "group_off!",
                p.two_factor as "two_factor?", p.settings as "settings?", p.version as "version?"
         from customers c
         left join policies p on p.site_id = c.site_id
         cross join lateral (
             select coalesce(bool_or(g.two_factor), false) as any_on,
                    coalesce(bool_or(not g.two_factor), false) as any_off
             from customer_group_members m
             join customer_groups g on g.site_id = m.site_id and g.id = m.group_id
             where m.site_id = c.site_id and m.customer_id = c.id) g
         where c.site_id = $1 and c.id = $2"#,
        site.0,
        customer.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Standing {
        policy: match (row.two_factor, row.settings, row.version) {
            (Some(two_factor), Some(settings), Some(version)) => Policy::read(two_factor, &settings, version),
            _ => Policy::default(),
        },
        exceptions: Exceptions { customer: row.exception, group_on: row.group_on, group_off: row.group_off },
        enrolled: row.enrolled,
        skips_used: u32::try_from(row.enrolment_skips).unwrap_or(0),
    }))
}

/// A customer's exceptions; none for a customer the site does not have.
pub async fn exceptions(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
) -> sqlx::Result<Exceptions> {
    Ok(standing(conn, site, customer).await?.map(|standing| standing.exceptions).unwrap_or_default())
}

/// Sets what is decided for one customer; `None`: nothing. False when the site has no such
/// customer.
pub async fn set_exception(
    conn: &mut PgConnection,
    site: SiteId,
    customer: CustomerId,
    two_factor: Option<bool>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update customers set two_factor = $3 where site_id = $1 and id = $2",
        site.0,
        customer.0,
        two_factor,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A customer for whom something was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excepted {
    pub id: CustomerId,
    pub email: String,
    pub given_name: String,
    pub family_name: String,
    pub two_factor: bool,
}

/// The customers with an exception of their own, by mail address, at most `limit`.
pub async fn list_exceptions(
    conn: &mut PgConnection,
    site: SiteId,
    limit: u32,
) -> sqlx::Result<Vec<Excepted>> {
    sqlx::query_as!(
        Excepted,
        r#"select id as "id: CustomerId", email, given_name, family_name, two_factor as "two_factor!"
         from customers where site_id = $1 and two_factor is not null
         order by email_key limit $2"#,
        site.0,
        i64::from(limit),
    )
    .fetch_all(conn)
    .await
}

/// Counts one more time that a customer put enrolment off. Decide in the same transaction, with
/// the customer's row locked (`customers::store::lock`).
pub async fn count_skip(conn: &mut PgConnection, site: SiteId, customer: CustomerId) -> sqlx::Result<()> {
    sqlx::query!(
        "update customers set enrolment_skips = enrolment_skips + 1 where site_id = $1 and id = $2",
        site.0,
        customer.0,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// All customers of the site as classes, in one query: a scan each of its customers, factors and
/// members of deciding groups, hashed. `now` tells live sessions from expired ones.
pub async fn tally(conn: &mut PgConnection, site: SiteId, now: OffsetDateTime) -> sqlx::Result<Vec<Class>> {
    let rows = sqlx::query!(
        r#"with grouped as (
             select m.customer_id, bool_or(g.two_factor) as any_on, bool_or(not g.two_factor) as any_off
             from customer_groups g
             join customer_group_members m on m.site_id = g.site_id and m.group_id = g.id
             where g.site_id = $1 and g.two_factor is not null group by m.customer_id),
           enrolled as (
             select customer_id,
               coalesce(bit_or(1 << (array_position($4::text[], kind) - 1)) filter (
                 where failures < $2
                   and (kind <> 'backup_codes' or jsonb_path_exists(data, '$.codes[*] ? (!exists (@.used_at))'))), 0)
                 as usable
             from factors where site_id = $1 group by customer_id),
           live as (
             select customer_id, count(*) filter (where methods <@ array['pwd', 'skipped']) as sessions,
               count(*) filter (where 'remembered' = any(methods)) as remembered
             from sessions where site_id = $1 and expires_at > $3 group by customer_id)
           select c.two_factor, coalesce(g.any_on, false) as "group_on!", coalesce(g.any_off, false) as "group_off!",
             e.customer_id is not null as "has_factor!", coalesce(e.usable, 0) as "usable!",
             c.password_hash is not null as "has_password!",
             count(*) as "count!", coalesce(sum(l.sessions), 0)::bigint as "password_sessions!",
             coalesce(sum(l.remembered), 0)::bigint as "remembered_sessions!"
           from customers c
           left join grouped g on g.customer_id = c.id
           left join enrolled e on e.customer_id = c.id
           left join live l on l.customer_id = c.id
           where c.site_id = $1
           group by 1, 2, 3, 4, 5, 6
           order by 1, 2, 3, 4, 5, 6"#,
        site.0,
        i32::try_from(wait::MOST_FAILURES).unwrap_or(i32::MAX),
        now,
        &words(),
    )
    .fetch_all(conn)
    .await?;
    let unsigned = |count: i64| u64::try_from(count).unwrap_or(0);
    Ok(rows
        .into_iter()
        .map(|row| Class {
            exceptions: Exceptions {
                customer: row.two_factor,
                group_on: row.group_on,
                group_off: row.group_off,
            },
            has_factor: row.has_factor,
            usable: MethodSet::from_bits(u16::try_from(row.usable).unwrap_or(0)),
            has_password: row.has_password,
            count: unsigned(row.count),
            password_sessions: unsigned(row.password_sessions),
            remembered_sessions: unsigned(row.remembered_sessions),
        })
        .collect())
}

/// One customer of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub id: CustomerId,
    pub email: String,
    pub given_name: String,
    pub family_name: String,
}

/// The customers of these classes of [`tally`], by mail address, at most `limit`.
pub async fn names(
    conn: &mut PgConnection,
    site: SiteId,
    classes: &[Class],
    limit: u32,
) -> sqlx::Result<Vec<Named>> {
    if classes.is_empty() {
        return Ok(Vec::new());
    }
    // An exception is null, true or false; nulls in an array parameter are spelt as text.
    let customer: Vec<String> = classes.iter().map(|class| spelt(class.exceptions.customer)).collect();
    let flag = |of: fn(&Class) -> bool| classes.iter().map(of).collect::<Vec<bool>>();
    let usable: Vec<i32> = classes.iter().map(|class| i32::from(class.usable.bits())).collect();
    let rows = sqlx::query!(
        r#"select c.id, c.email, c.given_name, c.family_name
         from customers c
         cross join lateral (
             select coalesce(bool_or(g.two_factor), false) as any_on,
                    coalesce(bool_or(not g.two_factor), false) as any_off
             from customer_group_members m
             join customer_groups g on g.site_id = m.site_id and g.id = m.group_id
             where m.site_id = c.site_id and m.customer_id = c.id) g
         cross join lateral (
             select count(*) > 0 as any,
               coalesce(bit_or(1 << (array_position($10::text[], kind) - 1)) filter (
                 where failures < $2
                   and (kind <> 'backup_codes' or jsonb_path_exists(data, '$.codes[*] ? (!exists (@.used_at))'))), 0)
                 as usable
             from factors f where f.site_id = c.site_id and f.customer_id = c.id) e
         where c.site_id = $1
           and (coalesce(c.two_factor::text, 'none'), g.any_on, g.any_off, e.any, e.usable, c.password_hash is not null)
             in (select * from unnest($3::text[], $4::bool[], $5::bool[], $6::bool[], $7::int[], $8::bool[]))
         order by c.email_key limit $9"#,
        site.0,
        i32::try_from(wait::MOST_FAILURES).unwrap_or(i32::MAX),
        &customer,
        &flag(|class| class.exceptions.group_on),
        &flag(|class| class.exceptions.group_off),
        &flag(|class| class.has_factor),
        &usable,
        &flag(|class| class.has_password),
        i64::from(limit),
        &words(),
    )
    .fetch_all(conn)
    .await?;
    let named = |id: Uuid, email, given_name, family_name| Named {
        id: CustomerId(id),
        email,
        given_name,
        family_name,
    };
    Ok(rows.into_iter().map(|row| named(row.id, row.email, row.given_name, row.family_name)).collect())
}

/// The methods' words in the order of their bits ([`MethodSet::bits`]).
fn words() -> Vec<String> {
    Method::ALL.iter().map(|method| method.word().to_owned()).collect()
}

fn spelt(exception: Option<bool>) -> String {
    exception.map_or_else(|| "none".to_owned(), |on| on.to_string())
}
