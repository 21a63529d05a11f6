//! Whom of Jira's list: searched, picked one by one, or all who match. What is picked is kept at once, on
//! the server: it outlives a search, a page and a closed tab.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use sqlx::PgConnection;
use uuid::Uuid;

use super::page::{self, Told};
use super::{locked, settle};
use crate::admin::frame;
use crate::admin::words;
use crate::customers::search::Words;
use crate::error::AppError;
use crate::import::store::{Choice, ListedRow};
use crate::import::{self, Import, State};
use crate::jira::JiraAdmin;
use crate::sites::SiteId;
use crate::web::Form;
use crate::web::forms::first;

/// Accounts a page.
const PAGE: u32 = 25;
/// Bytes of a search that are kept.
const LONGEST_SEARCH: usize = 200;
const NOBODY: &str = "Choose at least one customer.";

/// A page of the list.
pub struct Choosing {
    pub typed: String,
    pub rows: Vec<ListedRow>,
    /// The last row's number, when more follow.
    pub next: Option<i64>,
    /// Whether rows come before these.
    pub is_further: bool,
    pub chosen: u64,
    pub matching: u64,
    pub all: u64,
}

/// Where in the list.
#[derive(Clone, Debug, Default)]
pub struct At {
    typed: String,
    after: i64,
}

impl At {
    /// From a query or a form. What it says and cannot be is as if it were not said.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let value = |wanted: &str| first(pairs, wanted);
        let typed = value("q").unwrap_or_default();
        let typed = typed[..typed.floor_char_boundary(LONGEST_SEARCH)].trim().to_owned();
        let after = value("after").and_then(|after| after.parse().ok()).unwrap_or(0).max(0);
        Self { typed, after }
    }

    /// From the query of an address.
    pub fn of_query(query: Option<&str>) -> Self {
        let pairs: Vec<_> =
            form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
        Self::read(&pairs)
    }
}

/// `like` patterns of what was typed; everything matches nothing typed.
struct Patterns(Option<Words>);

impl Patterns {
    fn of(typed: &str) -> Self {
        Self(Words::parse(typed))
    }

    fn all(&self) -> [&str; 3] {
        self.0.as_ref().map_or(["%"; 3], Words::patterns)
    }
}

impl Choosing {
    pub async fn load(conn: &mut PgConnection, import: &Import, at: &At) -> sqlx::Result<Self> {
        let patterns = Patterns::of(&at.typed);
        let (site, id) = (import.site, import.id);
        let mut rows =
            import::store::listed_accounts(conn, site, id, patterns.all(), at.after, PAGE + 1).await?;
        let has_more = rows.len() > PAGE as usize;
        rows.truncate(PAGE as usize);
        let next = rows.last().map(|row| row.number).filter(|_| has_more);
        let (chosen, matching, all) = import::store::chosen(conn, site, id, patterns.all()).await?;
        Ok(Self { typed: at.typed.clone(), rows, next, is_further: at.after > 0, chosen, matching, all })
    }

    /// `12 of 2,640 customers chosen`.
    pub fn count(&self) -> String {
        let all = words::counted(self.all, "customer", "customers");
        format!("{} of {all} chosen", words::number(self.chosen))
    }

    /// The query of the page that starts after a row.
    pub fn query(&self, after: i64) -> String {
        form_urlencoded::Serializer::new(String::new())
            .append_pair("q", &self.typed)
            .append_pair("after", &after.to_string())
            .finish()
    }
}

#[derive(Template)]
#[template(path = "admin/customers/imports/list.html")]
struct List {
    base: String,
    choosing: Choosing,
    import: Import,
}

#[derive(Template)]
#[template(path = "admin/customers/imports/chosen.html")]
struct Chosen {
    choosing: Choosing,
}

/// `POST .../customers/imports/{import}/choose`: `number` picks one (`on`) or lets it go; without a number
/// everybody who matches `q`.
pub async fn choose(
    admin: JiraAdmin,
    Path((_, id)): Path<(SiteId, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let (mut tx, import) = locked(&admin, id).await?;
    if import.state != State::Choosing {
        return settle(&admin, tx, &import, Err(import::Elsewhere)).await;
    }
    let value = |wanted: &str| first(&pairs, wanted);
    let (at, on) = (At::read(&pairs), value("on") == Some("on"));
    let patterns = Patterns::of(&at.typed);
    let one = match value("number") {
        Some(number) => Some([number.parse::<i64>().map_err(|_| AppError::Malformed)?]),
        None => None,
    };
    let choice = match &one {
        Some(number) => Choice::These(number),
        None => Choice::Matching(patterns.all()),
    };
    import::store::choose(&mut tx, admin.site.id, id, &choice, on).await?;
    let choosing = Choosing::load(&mut tx, &import, &at).await?;
    tx.commit().await?;
    Ok(match one {
        Some(_) => admin.visitor.page(StatusCode::OK, &Chosen { choosing }),
        None => {
            let base = frame::base(&admin.site);
            admin.visitor.page(StatusCode::OK, &List { base, choosing, import })
        }
    })
}

/// `POST .../customers/imports/{import}/judge`: those are they.
pub async fn submit(admin: JiraAdmin, Path((_, id)): Path<(SiteId, Uuid)>) -> Result<Response, AppError> {
    let (mut tx, import) = locked(&admin, id).await?;
    let (chosen, ..) = import::store::chosen(&mut tx, admin.site.id, id, ["%"; 3]).await?;
    if import.state == State::Choosing && chosen == 0 {
        tx.rollback().await?;
        let told = Told { fault: Some(NOBODY.into()), ..Told::default() };
        return page::told(&admin, StatusCode::UNPROCESSABLE_ENTITY, id, told).await;
    }
    let led = import::lead(&mut tx, &admin.app, &import, &[State::Choosing], State::Judging).await?;
    settle(&admin, tx, &import, led).await
}
