//! Pages of the list: the first, one in the middle, what is rare and what is common, in each tab; of a large
//! site against the same of a small one.

use std::time::{Duration, Instant};

use anyhow::Result;
use vestibule::customers::list::{Filter, From, Order, Sort};
use vestibule::customers::search::Words;
use vestibule::customers::store::directory;
use vestibule::policy::{Cover, Scope};
use vestibule::sites::SiteId;

use crate::world::World;

/// Of each, the median of so many.
const TIMES: usize = 15;
const SIZE: u32 = 50;

/// What is looked at.
struct Look {
    what: &'static str,
    words: Option<&'static str>,
    /// Which part of the list, in hundredths; none: its first page.
    hundredths: Option<usize>,
}

const LOOKS: [Look; 6] = [
    Look { what: "first page", words: None, hundredths: None },
    Look { what: "page in the middle (the 10,000th)", words: None, hundredths: Some(50) },
    Look { what: "last pages", words: None, hundredths: Some(99) },
    Look { what: "rare search (a name)", words: Some(crate::world::RARE), hundredths: None },
    Look { what: "rare search (a number among a million)", words: Some("c0000042"), hundredths: None },
    Look { what: "common search", words: Some("example"), hundredths: None },
];

pub async fn measure(world: &World, big: SiteId, small: SiteId, large: usize) -> Result<()> {
    sqlx::raw_sql("vacuum analyze customers").execute(&world.app.db).await?;
    println!("\npages of {large} customers against pages of {}", crate::SMALL);
    for (tab, covers) in [("All", Cover::ALL.to_vec()), ("Enabled", Cover::all(Scope::EveryoneExcept, true))]
    {
        for look in &LOOKS {
            let ours = time(world, big, large, &covers, look).await?;
            let theirs = time(world, small, crate::SMALL, &covers, look).await?;
            println!(
                "         {:8.2} ms, {:.2} ms at the small site: {:.2} x, {tab}, {}",
                ours.as_secs_f64() * 1e3,
                theirs.as_secs_f64() * 1e3,
                ours.as_secs_f64() / theirs.as_secs_f64(),
                look.what
            );
        }
    }
    Ok(())
}

/// The median of a page with all that is counted for it.
async fn time(world: &World, site: SiteId, count: usize, covers: &[Cover], look: &Look) -> Result<Duration> {
    let mut conn = world.app.db.acquire().await?;
    let filter = Filter { covers: covers.to_vec(), words: look.words.and_then(Words::parse) };
    let order = Order { sort: Sort::Email, descending: false };
    let from = match look.hundredths {
        None => From::First,
        Some(hundredths) => {
            let key = crate::world::email(count * hundredths / 100);
            let id: uuid::Uuid =
                sqlx::query_scalar("select id from customers where site_id = $1 and email_key = $2")
                    .bind(site.0)
                    .bind(&key)
                    .fetch_one(&mut *conn)
                    .await?;
            From::After(vestibule::customers::list::Mark { key, id: vestibule::customers::CustomerId(id) })
        }
    };
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let begun = Instant::now();
        for scope_on in [true, false] {
            directory::tally(&mut conn, site, &Cover::all(Scope::EveryoneExcept, scope_on)).await?;
        }
        directory::page(&mut conn, site, &filter, order, &from, SIZE).await?;
        if filter.words.is_some() {
            directory::count(&mut conn, site, &filter, 1_001).await?;
        }
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    Ok(times[TIMES / 2])
}
