//! A file's pieces become rows, all in one transaction: a crash begins anew, with nothing half-read.

use super::super::csv::{Field, Reader, Refusal, Row};
use super::super::store::{self, NewRow};
use super::super::{Import, State, upload};
use super::Step;
use crate::app::App;

/// The most rows of a file.
const MAX_ROWS: u64 = 1_000_000;
/// Rows that are written at once.
const AT_ONCE: usize = 2_000;

pub async fn read(app: &App, import: &Import) -> anyhow::Result<Step> {
    let Some(layout) = import.layout.clone() else { anyhow::bail!("the import says nothing of its columns") };
    let mut reader = Some(Reader::new(layout.dialect, layout.mapping));
    let mut tx = app.db.begin().await?;
    store::clear(&mut tx, import.site, import.id).await?;
    let (mut waiting, mut count, mut received) = (Vec::with_capacity(AT_ONCE), 0_u64, 0_u64);
    for number in 0..=upload::pieces(import.size) {
        let rows = match i32::try_from(number) {
            Ok(number) if u64::try_from(number).is_ok_and(|n| n < upload::pieces(import.size)) => {
                let piece = store::piece(&mut tx, import.site, import.id, number).await?;
                let Some(bytes) = piece else { anyhow::bail!("piece {number} of the file is missing") };
                received += bytes.len() as u64;
                reader.as_mut().map(|reader| reader.feed(&bytes)).unwrap_or_default()
            }
            _ => reader.take().map(Reader::finish).unwrap_or_default(),
        };
        count += rows.len() as u64;
        if count > MAX_ROWS {
            tx.rollback().await?;
            let fault =
                "The file has more than 1,000,000 rows: split it, and import one part after the other.";
            store::fail(&mut *app.db.acquire().await?, import.site, import.id, fault).await?;
            return Ok(Step::Rest);
        }
        for row in rows {
            waiting.push(staged(app, row));
            if waiting.len() == AT_ONCE {
                let full = std::mem::replace(&mut waiting, Vec::with_capacity(AT_ONCE));
                store::insert_rows(&mut tx, import.site, import.id, full, false).await?;
            }
        }
        // Told beside the transaction, so that the page can say it; and cancelled there.
        let mut beside = app.db.acquire().await?;
        if !store::set_received(&mut beside, import.site, import.id, State::Reading, received).await? {
            return Ok(Step::Rest);
        }
    }
    store::insert_rows(&mut tx, import.site, import.id, waiting, false).await?;
    let Some(now) = store::lock(&mut tx, import.site, import.id).await? else { return Ok(Step::Rest) };
    if now.state != State::Reading {
        return Ok(Step::Rest);
    }
    store::set_state(&mut tx, import.site, import.id, State::Judging, app.clock.now()).await?;
    tx.commit().await?;
    Ok(Step::On)
}

fn staged(app: &App, row: Row) -> NewRow {
    let said = row.read.and_then(|person| match person.active {
        Some(false) => Err(Refusal::new(Field::Active, "The account is inactive.", person.email.as_str())),
        _ => Ok(person),
    });
    let number = i64::try_from(row.number).unwrap_or(i64::MAX);
    NewRow { number, id: app.random.uuid(), said, account: None }
}
