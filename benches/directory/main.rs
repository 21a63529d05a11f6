//! `script/bench`: a site with a million customers, as ratios of one run: the import against a raw `COPY`, a
//! page of the list against the same of a small site, a bulk change against one bare `UPDATE`. Not a test:
//! nothing is asserted but that everybody is there.

#![allow(clippy::disallowed_methods, reason = "a bench measures, and is no part of the server")]

mod pages;
mod world;

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use sqlx::{Connection as _, PgConnection};
use tokio::io::AsyncReadExt as _;

use world::World;

/// Customers of the large site, and of the small one.
const LARGE: usize = 1_000_000;
const SMALL: usize = 1_000;

#[tokio::main]
async fn main() -> Result<()> {
    let Ok(url) = std::env::var("BENCH_DATABASE_URL") else {
        println!("directory: left out (no BENCH_DATABASE_URL; script/bench sets it)");
        return Ok(());
    };
    let large = setting("BENCH_CUSTOMERS").unwrap_or(LARGE);
    let world = World::open(&url).await?;
    let (big, small) = (world.site(1).await?, world.site(2).await?);
    world.import(small, SMALL).await?;
    forget_peak()?;
    let import = world.import(big, large).await?;
    let peak = peak()?;
    println!("\nimport of {large} rows of CSV, {} MB", import.bytes / 1_000_000);
    println!(
        "         {:8.1} s to upload, {:.1} s to read, {:.1} s to compare, {:.1} s to apply",
        import.uploaded.as_secs_f64(),
        import.read.as_secs_f64(),
        import.judged.as_secs_f64(),
        import.applied.as_secs_f64()
    );
    println!("         {peak:8} MB of resident memory at most, this process with the server in it");
    let copied = copy(&url, &world, big.0).await?;
    println!(
        "         {:8.1} s for COPY of the same rows into a bare table with the same indexes",
        copied.as_secs_f64()
    );
    ratio(import.whole(), copied, "import to COPY");

    pages::measure(&world, big, small, large).await?;

    let (bulk, customers) = world.disable(big, large).await?;
    let bare = update(&url).await?;
    println!("\nbulk disable of {customers}");
    println!(
        "         {:8.1} s as a run, with an outcome and a line in the trail for each",
        bulk.as_secs_f64()
    );
    println!("         {:8.1} s for one bare UPDATE of the same rows of the bare table", bare.as_secs_f64());
    ratio(bulk, bare, "run to UPDATE");
    Ok(())
}

/// A line that compares.
fn ratio(ours: Duration, theirs: Duration, what: &str) {
    println!("         {:8.2} x, {what}", ours.as_secs_f64() / theirs.as_secs_f64());
}

fn setting(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

/// Lets the kernel count this process's peak anew.
fn forget_peak() -> Result<()> {
    std::fs::write("/proc/self/clear_refs", "5").context("clear_refs")
}

/// Resident memory at most, in MB.
fn peak() -> Result<usize> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM")?;
    let kilobytes: usize = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1_000)
}

const COLUMNS: &str = "id, site_id, email, email_key, username, username_key, given_name, family_name, \
                       account_id, created_at, updated_at, search_text, name_key";

/// The same rows by `COPY` into a bare table with the same indexes.
async fn copy(url: &str, world: &World, site: uuid::Uuid) -> Result<Duration> {
    let mut conn = PgConnection::connect(url).await?;
    sqlx::raw_sql(
        "create table bare (like customers including defaults including generated including indexes)",
    )
    .execute(&mut conn)
    .await?;
    // Written out first: what is measured is the way in.
    let file = tempfile::NamedTempFile::new()?;
    let mut out = tokio::fs::File::create(file.path()).await?;
    let select = format!("copy (select {COLUMNS} from customers where site_id = '{site}') to stdout");
    let mut source = world.app.db.acquire().await?;
    let mut stream = source.copy_out_raw(&select).await?;
    while let Some(chunk) = futures_util::TryStreamExt::try_next(&mut stream).await? {
        tokio::io::AsyncWriteExt::write_all(&mut out, &chunk).await?;
    }
    tokio::io::AsyncWriteExt::flush(&mut out).await?;
    drop(stream);
    let mut input = tokio::fs::File::open(file.path()).await?;
    let begun = Instant::now();
    let mut copy = conn.copy_in_raw(&format!("copy bare ({COLUMNS}) from stdin")).await?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = input.read(&mut buffer).await?;
        if read == 0 {
            break;
        }
        copy.send(&buffer[..read]).await?;
    }
    let rows = copy.finish().await?;
    ensure!(rows > 0, "nothing was copied");
    Ok(begun.elapsed())
}

/// One `UPDATE` of those whom [`World::disable`] disables.
async fn update(url: &str) -> Result<Duration> {
    let mut conn = PgConnection::connect(url).await?;
    sqlx::raw_sql("vacuum analyze bare").execute(&mut conn).await?;
    let begun = Instant::now();
    sqlx::query("update bare set two_factor = false where search_text like $1")
        .bind(format!("%{}%", world::FIRST))
        .execute(&mut conn)
        .await?;
    Ok(begun.elapsed())
}
