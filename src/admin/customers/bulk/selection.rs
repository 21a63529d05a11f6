//! Whom an act on many concerns: what the list's checkboxes and the dialog send. Their names come again
//! and again, so they are read as pairs.

use sqlx::PgConnection;
use uuid::Uuid;

use super::super::place::Place;
use crate::bulk::{Act, Who};
use crate::customers::CustomerId;
use crate::customers::list::Filter;
use crate::customers::store::directory;
use crate::error::AppError;
use crate::policy::Scope;
use crate::sites::SiteId;
use crate::web::forms::first;

/// The most rows that are picked one by one: a page has fewer.
const MOST_PICKED: usize = 200;

/// What was sent.
pub struct Selection {
    pub act: Act,
    pub place: Place,
    /// Everybody who matches the list, whatever is picked.
    pub everybody: bool,
    /// Each once.
    pub picked: Vec<CustomerId>,
}

impl Selection {
    /// Reads a form. An act that is not offered, or more than a page of rows, is nothing that a page
    /// sends.
    pub fn read(pairs: &[(String, String)]) -> Result<Self, AppError> {
        let value = |wanted: &str| first(pairs, wanted);
        let act = value("act").and_then(Act::parse).filter(|act| *act != Act::Undo);
        let ids = pairs.iter().filter(|(name, _)| name == "customer").map(|(_, value)| value.parse::<Uuid>());
        let mut picked: Vec<_> =
            ids.map(|id| id.map(CustomerId)).collect::<Result<_, _>>().map_err(|_| AppError::Malformed)?;
        picked.sort_unstable_by_key(|id| id.0);
        picked.dedup();
        if picked.len() > MOST_PICKED {
            return Err(AppError::Malformed);
        }
        Ok(Self {
            act: act.ok_or(AppError::Malformed)?,
            place: Place::parse(value("place").unwrap_or_default()),
            everybody: value("everybody") == Some("1"),
            picked,
        })
    }

    /// Whom it concerns; `filter` is the place's.
    pub fn who<'a>(&'a self, filter: &'a Filter) -> Who<'a> {
        if self.everybody { Who::Matching(filter) } else { Who::These(&self.picked) }
    }

    /// How many that is now.
    pub async fn count(&self, conn: &mut PgConnection, site: SiteId, scope: Scope) -> sqlx::Result<u64> {
        if !self.everybody {
            return Ok(self.picked.len() as u64);
        }
        let filter = self.place.filter(scope);
        match filter.words {
            None => directory::tally(conn, site, &filter.covers).await,
            Some(_) => directory::count(conn, site, &filter, u32::MAX).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_page_sends_is_malformed() {
        let id = Uuid::from_u128(7).to_string();
        let many = vec![("customer", id.as_str()); 3];
        let read = |act: &str, more: &[(&str, &str)]| {
            let mut pairs = vec![("act".to_owned(), act.to_owned())];
            pairs.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
            Selection::read(&pairs).map(|selection| (selection.everybody, selection.picked.len())).ok()
        };
        assert_eq!(read("disable", &many), Some((false, 1)), "each once");
        assert_eq!(read("delete", &[("everybody", "1")]), Some((true, 0)));
        assert_eq!(read("delete", &[("everybody", "yes")]), Some((false, 0)));
        assert_eq!(read("undo", &many), None, "only of a run");
        assert_eq!(read("explode", &many), None);
        assert_eq!(read("delete", &[("customer", "x")]), None);
        let ids: Vec<String> = (0..=MOST_PICKED as u128).map(|id| Uuid::from_u128(id).to_string()).collect();
        let rows: Vec<_> = ids.iter().map(|id| ("customer", id.as_str())).collect();
        assert_eq!(read("delete", &rows), None, "more than any page has");
        assert_eq!(read("delete", &rows[1..]), Some((false, MOST_PICKED)));
    }
}
