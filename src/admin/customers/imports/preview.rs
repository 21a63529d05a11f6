//! What is to come of an import, row by row.

use sqlx::PgConnection;

use crate::import::store::ListedRow;
use crate::import::{self, Import, Verdict};

/// Rows a page.
const PAGE: u32 = 20;

/// A page of the rows of one verdict.
pub struct Preview {
    pub verdict: Verdict,
    pub rows: Vec<ListedRow>,
    /// The last row's number, when more follow.
    pub next: Option<i64>,
    pub is_further: bool,
}

/// Where in the preview: which rows, after which number.
#[derive(Clone, Copy, Debug, Default)]
pub struct At {
    verdict: Option<Verdict>,
    after: i64,
}

impl At {
    /// From the query of an address. What it says and cannot be is as if it were not said.
    pub fn of_query(query: Option<&str>) -> Self {
        let mut at = Self::default();
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            match &*name {
                "show" => at.verdict = Verdict::parse(&value),
                "after" => at.after = value.parse().unwrap_or(0),
                _ => {}
            }
        }
        at
    }
}

impl Preview {
    /// Of what is asked for, else of the first verdict that has rows: what is new before what is refused.
    pub async fn load(conn: &mut PgConnection, import: &Import, at: At) -> sqlx::Result<Self> {
        let first = || Verdict::SHOWN.into_iter().find(|verdict| import.counts.of(*verdict) > 0);
        let verdict = at.verdict.or_else(first).unwrap_or(Verdict::New);
        let mut rows = import::store::list(conn, import.site, import.id, verdict, at.after, PAGE + 1).await?;
        let has_more = rows.len() > PAGE as usize;
        rows.truncate(PAGE as usize);
        let next = rows.last().map(|row| row.number).filter(|_| has_more);
        Ok(Self { verdict, rows, next, is_further: at.after > 0 })
    }

    /// What a changed row does to the name, when it does anything.
    pub fn renamed<'a>(&self, row: &'a ListedRow) -> Option<&'a str> {
        let present = row.present_name.as_deref().filter(|_| self.verdict == Verdict::Changed)?;
        (present != name(row)).then_some(present)
    }
}

/// A row's name.
pub fn name(row: &ListedRow) -> String {
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    format!("{} {}", part(&row.given_name), part(&row.family_name)).trim().to_owned()
}

/// A row's groups, a comma between them.
pub fn groups(row: &ListedRow) -> String {
    row.groups.as_deref().unwrap_or_default().replace('\n', ", ")
}

/// As a tab calls it.
pub fn title(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::New => "New",
        Verdict::Changed => "Changed",
        Verdict::Unchanged => "Unchanged",
        Verdict::Refused => "Refused",
        Verdict::Left => "Left out",
    }
}
