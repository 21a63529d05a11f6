//! The directory's SQL: pages, counts, and what is kept to make them cheap.
//!
//! A page is read from an index in its order, once for each cover that is asked for, and merged: it
//! costs as much at the end of a million customers as at the beginning. What is searched for is known
//! when the query is planned ([`plan_anew`]), so that a rare word goes by the trigram index and a
//! common one by the order's.

use sqlx::{Connection as _, PgConnection};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use crate::customers::list::{Filter, From, Listed, MailState, Order, Page, Sort};
use crate::customers::{Customer, CustomerId, search};
use crate::policy::{Cover, Exceptions};
use crate::sites::SiteId;

/// What [`rows`] is asked for.
struct Asked<'a> {
    site: SiteId,
    covers: Vec<i16>,
    patterns: [&'a str; 3],
    mark: Option<Uuid>,
    limit: i64,
}

/// Rows sorted by `$column`, whose type is `$of`, in `$order`; those `$beyond` the mark.
macro_rules! rows {
    ($conn:expr, $asked:expr, $key:expr, $column:tt, $of:tt, $beyond:tt, $order:tt) => {{
        let rows = sqlx::query!(
            "select c.id, c.email, c.username, c.given_name, c.family_name, c.password_set_at, c.frozen_at,
                c.created_at, c.email_key, c.name_key, c.two_factor, c.group_on, c.group_off, c.mail_refusal,
                c.signed_in_at, m.kind as \"mail_kind?\", m.state as \"mail_state?\", m.created_at as \"mail_at?\"
             from (
                select c.* from unnest($2::smallint[]) as wanted (cover)
                cross join lateral (
                    select * from customers c
                    where c.site_id = $1 and c.cover = wanted.cover
                      and ($4::uuid is null or (" + $column + ", c.id) " + $beyond + " ($3::" + $of + ", $4))
                      and c.search_text like $5 and c.search_text like $6 and c.search_text like $7
                    order by " + $column + " " + $order + ", c.id " + $order + " limit $8) c
                order by " + $column + " " + $order + ", c.id " + $order + " limit $8) c
             left join lateral (
                select kind, state, created_at from mails
                where mails.site_id = $1 and mails.customer_id = c.id
                order by created_at desc limit 1) m on true
             order by " + $column + " " + $order + ", c.id " + $order,
            $asked.site.0,
            &$asked.covers,
            $key,
            $asked.mark,
            $asked.patterns[0],
            $asked.patterns[1],
            $asked.patterns[2],
            $asked.limit,
        )
        .fetch_all($conn)
        .await?;
        let listed = rows.into_iter().map(|row| {
            let keys = [row.name_key, row.email_key];
            let customer = Customer {
                id: CustomerId(row.id),
                site: $asked.site,
                email: row.email,
                username: row.username,
                given_name: row.given_name,
                family_name: row.family_name,
                password_set_at: row.password_set_at,
                frozen_at: row.frozen_at,
                created_at: row.created_at,
            };
            let mail = MailState {
                refusal: row.mail_refusal,
                last: row.mail_state,
                last_kind: row.mail_kind,
                last_at: row.mail_at,
            };
            let exceptions =
                Exceptions { customer: row.two_factor, group_on: row.group_on, group_off: row.group_off };
            Listed { customer, exceptions, keys, mail, signed_in_at: row.signed_in_at }
        });
        listed.collect::<Vec<_>>()
    }};
}

/// A page of at most `size` customers.
pub async fn page(
    conn: &mut PgConnection,
    site: SiteId,
    filter: &Filter,
    order: Order,
    from: &From,
    size: u32,
) -> sqlx::Result<Page> {
    let backwards = matches!(from, From::Before(_) | From::Last);
    let (mark, is_inner) = match from {
        From::After(mark) | From::Before(mark) => (Some(mark), true),
        From::First | From::Last => (None, false),
    };
    let asked = Asked {
        site,
        covers: bits(&filter.covers),
        patterns: patterns(filter),
        mark: mark.map(|mark| mark.id.0),
        limit: i64::from(size) + 1,
    };
    let key = mark.map_or("", |mark| mark.key.as_str());
    let added = OffsetDateTime::parse(key, &Rfc3339).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let mut tx = conn.begin().await?;
    plan_anew(&mut tx).await?;
    let conn = &mut *tx;
    let mut rows = match (order.sort, order.descending != backwards) {
        (Sort::Name, false) => rows!(conn, asked, key, "c.name_key", "text", ">", "asc"),
        (Sort::Name, true) => rows!(conn, asked, key, "c.name_key", "text", "<", "desc"),
        (Sort::Email, false) => rows!(conn, asked, key, "c.email_key collate \"C\"", "text", ">", "asc"),
        (Sort::Email, true) => rows!(conn, asked, key, "c.email_key collate \"C\"", "text", "<", "desc"),
        (Sort::Added, false) => rows!(conn, asked, added, "c.created_at", "timestamptz", ">", "asc"),
        (Sort::Added, true) => rows!(conn, asked, added, "c.created_at", "timestamptz", "<", "desc"),
    };
    tx.commit().await?;
    let more = rows.len() > size as usize;
    rows.truncate(size as usize);
    if backwards {
        rows.reverse();
    }
    let (has_previous, has_next) = if backwards { (more, is_inner) } else { (is_inner, more) };
    Ok(Page { rows, has_previous, has_next })
}

/// How many customers match, counted up to `most`.
pub async fn count(conn: &mut PgConnection, site: SiteId, filter: &Filter, most: u32) -> sqlx::Result<u64> {
    let patterns = patterns(filter);
    let mut tx = conn.begin().await?;
    plan_anew(&mut tx).await?;
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from (
            select from customers c
            where c.site_id = $1 and c.cover = any($2)
              and c.search_text like $3 and c.search_text like $4 and c.search_text like $5
            limit $6) c"#,
        site.0,
        &bits(&filter.covers),
        patterns[0],
        patterns[1],
        patterns[2],
        i64::from(most),
    )
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(count.unsigned_abs())
}

/// How many customers the site has of these covers. No scan: see `customer_tallies`.
pub async fn tally(conn: &mut PgConnection, site: SiteId, covers: &[Cover]) -> sqlx::Result<u64> {
    let count = sqlx::query_scalar!(
        r#"select coalesce(sum(delta), 0)::bigint as "count!" from customer_tallies
           where site_id = $1 and cover = any($2)"#,
        site.0,
        &bits(covers),
    )
    .fetch_one(conn)
    .await?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Folds at most `most` customers who were written by a release that did not know how. How many.
pub async fn fold(conn: &mut PgConnection, most: i64) -> sqlx::Result<u64> {
    let rows = sqlx::query!(
        "select id, email, username, given_name, family_name from customers
         where search_text = '' order by id limit $1 for no key update skip locked",
        most,
    )
    .fetch_all(&mut *conn)
    .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let (mut texts, mut keys) = (Vec::with_capacity(ids.len()), Vec::with_capacity(ids.len()));
    for row in &rows {
        texts.push(search::text(&row.given_name, &row.family_name, &row.email, row.username.as_deref()));
        keys.push(search::name_key(&row.given_name, &row.family_name));
    }
    let done = sqlx::query!(
        "update customers c set search_text = f.search_text, name_key = f.name_key
         from unnest($1::uuid[], $2::text[], $3::text[]) as f (id, search_text, name_key) where c.id = f.id",
        &ids,
        &texts,
        &keys,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Has the rest of the transaction planned with its values: a prepared plan knows no word.
async fn plan_anew(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select set_config('plan_cache_mode', 'force_custom_plan', true)").fetch_one(conn).await?;
    Ok(())
}

fn bits(covers: &[Cover]) -> Vec<i16> {
    covers.iter().map(|cover| cover.bits()).collect()
}

/// `like` patterns; `%` finds everybody.
fn patterns(filter: &Filter) -> [&str; 3] {
    filter.words.as_ref().map_or(["%"; 3], |words| words.patterns())
}

#[cfg(test)]
mod tests;
