//! Fetch Status (D3): Jira is asked whether the accounts of a page's customers, or of those picked on it,
//! still exist; what it said is kept, so that turning pages asks nothing again. From then on the page shows
//! what is known besides, and its switches work.

use axum::http::StatusCode;
use axum::response::Response;

use super::list::{self, Told};
use super::place::{Place, Tab};
use crate::customers::CustomerId;
use crate::customers::store::status;
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::jira::presence::{self, Asked};
use crate::web::Form;
use crate::web::forms::first;

/// The most customers at once: a page has no more.
const MOST: usize = 50;

/// `POST .../customers/status`: `place`, and a `customer` for each to ask about.
pub async fn fetch(admin: JiraAdmin, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, AppError> {
    let value = |wanted: &str| first(&pairs, wanted);
    let mut place = Place::parse(value("place").unwrap_or_default());
    (place.tab, place.status) = (Tab::All, true);
    let ids = pairs.iter().filter(|(name, _)| name == "customer").map(|(_, id)| id.parse().map(CustomerId));
    let ids: Vec<CustomerId> = ids.collect::<Result<_, uuid::Error>>().map_err(|_| AppError::Malformed)?;
    if ids.len() > MOST {
        return Err(AppError::Malformed);
    }
    let site = admin.site.id;
    let mut conn = admin.app.db.acquire().await?;
    let ids = if ids.is_empty() { list::on_page(&mut conn, site, &place).await? } else { ids };
    let details = status::details(&mut conn, site, &ids).await?;
    drop(conn); // Jira may take a while
    // In the page's order: those at its top are looked for first.
    let customers: Vec<_> = ids.iter().filter_map(|id| details.get(id)).collect();
    let asked: Vec<Asked<'_>> = customers
        .iter()
        .map(|detail| Asked { email: &detail.email, account: detail.account_id.as_deref() })
        .collect();
    let seen = presence::look(&admin.app, &admin.site, &asked).await;
    let mut told = Told::default();
    let mut tx = admin.app.db.begin().await?;
    let mut rows: Vec<_> = customers.iter().map(|customer| customer.id).zip(seen).collect();
    rows.sort_unstable_by_key(|(id, _)| *id); // one order for all, or two at once could wait for each other
    let all = rows.len();
    for (id, seen) in rows {
        match seen {
            Ok(seen) => {
                let (word, account) = (seen.presence.word(), seen.account.as_deref());
                status::set_jira(&mut tx, site, id, word, account, admin.now).await?;
            }
            Err(why) => {
                told.unknown.insert(id, why);
            }
        }
    }
    tx.commit().await?;
    match told.unknown.len() {
        0 => told.outcome = Some(format!("Status fetched for {all}.")),
        failed => {
            told.fault = Some(format!("Jira did not tell of {failed} of {all} customers: see their rows."))
        }
    }
    list::page(&admin, StatusCode::OK, place, told).await
}
