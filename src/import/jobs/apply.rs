//! Batches: new customers in one statement, changed ones one by one.

use super::super::plan::Change;
use super::super::store::{self, Batch, Existing};
use super::super::{Import, State};
use super::Step;
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::import;

const GONE: &str = "The customer was deleted meanwhile.";
const TAKEN: &str = "Another customer got this username meanwhile.";

pub async fn batch(app: &App, import: &Import) -> anyhow::Result<Step> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let Some(import) = store::lock(&mut tx, import.site, import.id).await? else { return Ok(Step::Rest) };
    if import.state != State::Running {
        return Ok(Step::Rest);
    }
    let Some(batch) = store::next_batch(&mut tx, &import).await? else {
        finish(&mut tx, app, &import).await?;
        tx.commit().await?;
        return Ok(Step::Rest);
    };
    let created = store::create(&mut tx, &import, &batch, now).await?;
    let existing =
        if batch.changed > 0 { store::existing(&mut tx, &import, &batch).await? } else { Vec::new() };
    let mut refused = Vec::new();
    for existing in &existing {
        if existing.is_taken {
            refused.push((existing.number, TAKEN));
            continue;
        }
        store::update(&mut tx, &import, existing, &change(existing), now).await?;
    }
    let updated = (existing.len() - refused.len()) as u64;
    if (existing.len() as u64) < batch.changed {
        refused.extend(
            missing(&mut tx, &import, &batch, &existing).await?.into_iter().map(|number| (number, GONE)),
        );
    }
    let settled = Import { applied: batch.to, ..import.clone() };
    let state = if import.auto { State::Running } else { State::Waiting };
    store::settle(&mut tx, &import, &batch, created, updated, &refused, state).await?;
    store::add_missing_groups(&mut tx, &import, &batch, || app.random.uuid(), now).await?;
    store::add_groups(&mut tx, &import, &batch).await?;
    if !import.auto && store::next_batch(&mut tx, &settled).await?.is_none() {
        finish(&mut tx, app, &import).await?;
    }
    tx.commit().await?;
    Ok(if import.auto { Step::On } else { Step::Rest })
}

fn change(existing: &Existing) -> Change {
    Change {
        before: existing.present.clone(),
        after: existing.present.with(&existing.said),
        groups: existing.groups.clone(),
    }
}

/// The changed rows whose customer is not there any more.
async fn missing(
    conn: &mut sqlx::PgConnection,
    import: &Import,
    batch: &Batch,
    existing: &[Existing],
) -> sqlx::Result<Vec<i64>> {
    let found: std::collections::HashSet<i64> = existing.iter().map(|existing| existing.number).collect();
    let all = store::changed_numbers(conn, import, batch).await?;
    Ok(all.into_iter().filter(|number| !found.contains(number)).collect())
}

/// The end; and what follows from it.
async fn finish(conn: &mut sqlx::PgConnection, app: &App, import: &Import) -> sqlx::Result<()> {
    let now = app.clock.now();
    store::set_state(conn, import.site, import.id, State::Done, now).await?;
    let event = Event {
        detail: &serde_json::json!({ "import": import.id }),
        ..Event::new(import.site, Actor::System, "import.done", "ok")
    };
    audit::record(conn, now, &event).await?;
    if import.mails {
        import::send_mails(conn, app, import).await?;
    }
    Ok(())
}
