use sqlx::PgPool;
use time::Duration;

use super::*;
use crate::customers::names::{Email, PersonName, Username};
use crate::customers::search::Words;
use crate::customers::store::tests::{ACME, OTHER, START, add_site};
use crate::customers::store::{self, NewCustomer};
use crate::policy;

/// Given name, family name, email, username.
const CROWD: [(&str, &str, &str, &str); 9] = [
    ("Zoë", "Müller", "zoe@harbour.example", "zoe"),
    ("ada", "Lovelace", "Countess@Example.com", ""),
    ("Ada", "Lovelace", "ada2@example.com", ""),
    ("Дмитрий", "Петров", "d@example.com", "dmitri"),
    ("", "Ångström", "anders@example.com", ""),
    ("伟", "张", "w.zhang@example.com", ""),
    ("Bob", "100% sure_", "bob@example.com", "b\\ob"),
    ("Ida", "Muller-Smith", "ida@example.com", ""),
    ("Øyvind", "Smith", "oyvind@millworks.example", "oy"),
];

async fn crowd(db: &PgPool) -> Vec<NewCustomer> {
    add_site(db, ACME).await;
    add_site(db, OTHER).await;
    let mut conn = db.acquire().await.unwrap();
    let mut all = Vec::new();
    for (number, (given, family, email, username)) in (1..).zip(CROWD) {
        let email = Email::parse(email).unwrap();
        let new = NewCustomer {
            id: CustomerId(Uuid::from_u128(number)),
            site: ACME,
            username: Username::parse(username, &email).unwrap(),
            email,
            name: PersonName::parse(given, family).unwrap(),
            password_hash: None,
            // Pairs in the same moment: the id decides.
            now: START + Duration::microseconds(number as i64 / 2),
        };
        store::add(&mut conn, &new).await.unwrap().unwrap();
        let foreign =
            NewCustomer { id: CustomerId(Uuid::from_u128(number + 100)), site: OTHER, ..new.clone() };
        store::add(&mut conn, &foreign).await.unwrap().unwrap();
        all.push(new);
    }
    all
}

async fn ids(conn: &mut PgConnection, filter: &Filter, order: Order, from: &From) -> Vec<u128> {
    let page = page(conn, ACME, filter, order, from, 100).await.unwrap();
    page.rows.iter().map(|row| row.customer.id.0.as_u128()).collect()
}

fn searched(typed: &str) -> Filter {
    Filter { words: Words::parse(typed), ..Filter::all() }
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn pages_hold_everybody_once_in_every_order_and_direction(db: PgPool) {
    let all = crowd(&db).await;
    let mut conn = db.acquire().await.unwrap();
    // Of several covers, whose rows are merged.
    for (id, on) in [(2, Some(true)), (5, Some(false)), (8, Some(true))] {
        policy::store::set_exception(&mut conn, ACME, all[id - 1].id, on).await.unwrap();
    }
    for (sort, expected) in [
        // By what they fold to: "ada" twice, "angstrom", "bob", "dmitrii", "ida", "oyvind", "wei", "zoe".
        (Sort::Name, [2, 3, 5, 7, 4, 8, 9, 6, 1]),
        (Sort::Email, [3, 5, 7, 2, 4, 8, 9, 6, 1]),
        (Sort::Added, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ] {
        for descending in [false, true] {
            let order = Order { sort, descending };
            let mut expected = expected.to_vec();
            if descending {
                expected.reverse();
            }
            assert_eq!(ids(&mut conn, &Filter::all(), order, &From::First).await, expected, "{order:?}");
            let (mut forward, mut from) = (Vec::new(), From::First);
            loop {
                let page = page(&mut conn, ACME, &Filter::all(), order, &from, 2).await.unwrap();
                assert_eq!(page.has_previous, !forward.is_empty());
                forward.extend(page.rows.iter().map(|row| row.customer.id.0.as_u128()));
                assert_eq!(page.has_next, forward.len() < expected.len(), "{order:?}");
                if !page.has_next {
                    break;
                }
                from = From::After(page.rows.last().unwrap().mark(sort).to_string().parse().unwrap());
            }
            assert_eq!(forward, expected, "{order:?}");
            let (mut backward, mut from) = (Vec::new(), From::Last);
            loop {
                let page = page(&mut conn, ACME, &Filter::all(), order, &from, 4).await.unwrap();
                let ids: Vec<_> = page.rows.iter().map(|row| row.customer.id.0.as_u128()).collect();
                assert_eq!(page.has_next, !backward.is_empty());
                backward.splice(0..0, ids);
                assert_eq!(page.has_previous, backward.len() < expected.len(), "{order:?}");
                if !page.has_previous {
                    break;
                }
                from = From::Before(page.rows[0].mark(sort).to_string().parse().unwrap());
            }
            assert_eq!(backward, expected, "{order:?}");
        }
    }
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn a_mark_of_another_order_is_no_error(db: PgPool) {
    crowd(&db).await;
    let mut conn = db.acquire().await.unwrap();
    let mark = crate::customers::list::Mark { key: "not a time".into(), id: CustomerId(Uuid::nil()) };
    let order = Order { sort: Sort::Added, descending: false };
    assert_eq!(ids(&mut conn, &Filter::all(), order, &From::After(mark)).await.len(), CROWD.len());
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn searching_knows_no_case_accents_or_order(db: PgPool) {
    crowd(&db).await;
    let mut conn = db.acquire().await.unwrap();
    let order = Order { sort: Sort::Added, descending: false };
    for (typed, found) in [
        ("muller", vec![1, 8]),
        ("MÜLLER", vec![1, 8]),
        ("uller", vec![1, 8]),
        ("smith ida", vec![8]),
        ("петр", vec![4]),
        ("petrov dmitri", vec![4]),
        ("张", vec![6]),
        ("ad", vec![2, 3]),
        ("da", vec![]),
        ("harbour", vec![1]),
        ("@example", vec![2, 3, 4, 5, 6, 7, 8]),
        ("oy", vec![9]),
        ("100%", vec![7]),
        ("%", vec![]),
        ("_", vec![]),
        ("sure_", vec![7]),
        ("b\\ob", vec![7]),
        ("nobody", vec![]),
    ] {
        let filter = searched(typed);
        assert_eq!(ids(&mut conn, &filter, order, &From::First).await, found, "{typed}");
        assert_eq!(count(&mut conn, ACME, &filter, 3).await.unwrap(), found.len().min(3) as u64);
    }
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn the_tallies_say_what_a_count_would(db: PgPool) {
    let all = crowd(&db).await;
    let mut conn = db.acquire().await.unwrap();
    sqlx::raw_sql(
        "insert into customer_groups (id, site_id, name, two_factor, created_at) values
            ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-000000000001', 'on', true, 'epoch'),
            ('00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-000000000001', 'off', false, 'epoch'),
            ('00000000-0000-0000-0000-0000000000a3', '00000000-0000-0000-0000-000000000001', 'later', null, 'epoch')",
    )
    .execute(&mut *conn)
    .await
    .unwrap();
    let join = "insert into customer_group_members (site_id, group_id, customer_id)
        select site_id, ('00000000-0000-0000-0000-0000000000a' || right(id::text, 1))::uuid, id from customers
        where id = any(array['00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002',
            '00000000-0000-0000-0000-000000000003']::uuid[])";
    for (step, expected) in [
        ("select 1", [0, 0, 9, 0]),
        (join, [1, 0, 7, 1]),
        ("update customer_groups set two_factor = true where name = 'later'", [1, 0, 6, 2]),
        (
            "update customers set two_factor = false where email_key like '%zhang%' and site_id::text like '%1'",
            [2, 0, 5, 2],
        ),
        ("delete from customer_groups where name = 'off'", [1, 0, 6, 2]),
        ("delete from customers where given_name = '' or given_name = 'Zoë'", [1, 0, 5, 1]),
        ("delete from customer_group_members", [1, 0, 6, 0]),
    ] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(step)).execute(&mut *conn).await.unwrap();
        for (cover, expected) in Cover::ALL.into_iter().zip(expected) {
            assert_eq!(tally(&mut conn, ACME, &[cover]).await.unwrap(), expected, "{step} {cover:?}");
            let filter = Filter { covers: vec![cover], words: None };
            assert_eq!(count(&mut conn, ACME, &filter, 100).await.unwrap(), expected, "{step} {cover:?}");
            let order = Order::default();
            for row in page(&mut conn, ACME, &filter, order, &From::First, 100).await.unwrap().rows {
                assert_eq!(Cover::of(row.exceptions), cover, "{step} {row:?}");
                let known = policy::store::exceptions(&mut conn, ACME, row.customer.id).await.unwrap();
                assert_eq!(row.exceptions, known);
            }
        }
    }
    while crate::db::store::compact_tallies(&mut conn, 2).await.unwrap() > 0 {}
    let rows = sqlx::query_scalar!(r#"select count(*) as "count!" from customer_tallies"#);
    assert_eq!(rows.fetch_one(&mut *conn).await.unwrap(), 3, "two of this site and one of the other");
    assert_eq!(tally(&mut conn, ACME, &Cover::ALL).await.unwrap(), all.len() as u64 - 2);
}

#[sqlx::test(migrator = "crate::db::MIGRATIONS")]
async fn customers_of_an_older_release_are_folded(db: PgPool) {
    crowd(&db).await;
    let mut conn = db.acquire().await.unwrap();
    let before = ids(&mut conn, &Filter::all(), Order::default(), &From::First).await;
    sqlx::query!("update customers set search_text = '', name_key = ''").execute(&mut *conn).await.unwrap();
    assert!(ids(&mut conn, &searched("muller"), Order::default(), &From::First).await.is_empty());
    assert_eq!(crate::customers::fold(&db).await.unwrap(), 2 * CROWD.len() as u64);
    assert_eq!(ids(&mut conn, &Filter::all(), Order::default(), &From::First).await, before);
    assert_eq!(ids(&mut conn, &searched("muller"), Order::default(), &From::First).await, [8, 1]);
}
