//! An import taken back, from its last row to its first.

use super::super::store::{self, Undoing};
use super::super::{Import, State};
use super::Step;
use crate::app::App;

/// Customers a transaction.
const AT_ONCE: i64 = 500;

/// What is done with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Remove,
    Restore,
    Keep(&'static str),
}

fn verdict(row: &Undoing) -> Verdict {
    match (&row.change, &row.now) {
        (None, None) => Verdict::Remove,
        (None, Some(_)) if row.is_in_use => Verdict::Keep("Has signed in or set a password since."),
        (None, Some(_)) if row.is_edited => Verdict::Keep("Was edited since."),
        (None, Some(_)) => Verdict::Remove,
        (Some(_), None) => Verdict::Keep("Was deleted since."),
        (Some(change), Some(now)) if *now != change.after => Verdict::Keep("Was edited since."),
        (Some(_), Some(_)) if row.is_taken => {
            Verdict::Keep("The old username belongs to another customer now.")
        }
        (Some(_), Some(_)) => Verdict::Restore,
    }
}

pub async fn batch(app: &App, import: &Import) -> anyhow::Result<Step> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let Some(import) = store::lock(&mut tx, import.site, import.id).await? else { return Ok(Step::Rest) };
    if import.state != State::Undoing {
        return Ok(Step::Rest);
    }
    let rows = store::next_undo(&mut tx, &import, AT_ONCE).await?;
    let Some(last) = rows.last().map(|row| row.number) else {
        store::drop_groups(&mut tx, &import).await?;
        store::set_state(&mut tx, import.site, import.id, State::Undone, now).await?;
        tx.commit().await?;
        return Ok(Step::Rest);
    };
    let (mut removed, mut restored, mut kept) = (Vec::new(), 0, Vec::new());
    for row in &rows {
        match (verdict(row), &row.change) {
            (Verdict::Keep(why), _) => kept.push((row.number, why)),
            (Verdict::Restore, Some(change)) => {
                store::restore(&mut tx, &import, row, change, now).await?;
                restored += 1;
            }
            (Verdict::Remove | Verdict::Restore, _) => removed.push(row.customer),
        }
    }
    store::remove_created(&mut tx, &import, &removed, now).await?;
    store::mark_kept(&mut tx, &import, &kept).await?;
    store::settle_undo(&mut tx, &import, last, removed.len(), restored, kept.len()).await?;
    tx.commit().await?;
    Ok(Step::On)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::import::plan::{Change, Details};

    #[test]
    fn whoever_has_come_to_be_used_or_edited_stays() {
        let details = |given: &str| Details {
            given_name: given.into(),
            family_name: "Byron".into(),
            username: None,
            username_key: None,
            account_id: None,
        };
        let change = Change { before: details("Ada"), after: details("Augusta"), groups: Vec::new() };
        let row = |change: Option<&Change>, now: Option<&str>, is_in_use, is_taken, is_edited| Undoing {
            number: 1,
            customer: Uuid::nil(),
            email: "ada@example.com".into(),
            change: change.cloned(),
            now: now.map(details),
            is_in_use,
            is_edited,
            is_taken,
        };
        for (row, expected) in [
            (row(None, Some("Ada"), false, false, false), Verdict::Remove),
            (row(None, Some("Augusta"), false, false, true), Verdict::Keep("Was edited since.")),
            (row(None, None, false, false, false), Verdict::Remove),
            (
                row(None, Some("Ada"), true, false, true),
                Verdict::Keep("Has signed in or set a password since."),
            ),
            (row(Some(&change), Some("Augusta"), true, false, true), Verdict::Restore),
            (row(Some(&change), Some("Ada"), false, false, true), Verdict::Keep("Was edited since.")),
            (row(Some(&change), None, false, false, false), Verdict::Keep("Was deleted since.")),
            (
                row(Some(&change), Some("Augusta"), false, true, true),
                Verdict::Keep("The old username belongs to another customer now."),
            ),
        ] {
            assert_eq!(verdict(&row), expected, "{row:?}");
        }
    }
}
