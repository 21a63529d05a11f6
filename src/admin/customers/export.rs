//! The list as a file (D11): everybody who is found at a place, in the columns that an import reads.

use axum::extract::RawQuery;
use axum::response::Response;
use serde_json::json;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::place::Place;
use crate::admin::download;
use crate::audit::{self, Event};
use crate::customers::list::{From, Listed, Order, Sort};
use crate::customers::store::{directory, groups, status};
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::policy::{self, Cover};

/// Customers that are read at once.
const AT_ONCE: u32 = 1_000;
const COLUMNS: [&str; 10] = [
    "First name",
    "Last name",
    "Email",
    "Username",
    "Groups",
    "Account ID",
    "2FA",
    "Methods",
    "Last sign-in",
    "Added",
];

/// `GET .../customers/export`, with a place as its query.
pub async fn download(admin: JiraAdmin, RawQuery(query): RawQuery) -> Result<Response, AppError> {
    let place = Place::parse(query.as_deref().unwrap_or_default());
    let site = admin.site.id;
    let mut tx = admin.app.db.begin().await?;
    let scope = policy::store::load(&mut tx, site).await?.settings.scope;
    let detail = json!({ "tab": place.tab.as_str(), "search": !place.typed.is_empty() });
    let event = Event {
        client_ip: Some(admin.visitor.ip),
        detail: &detail,
        ..Event::new(site, admin.actor(), "customers.exported", "ok")
    };
    audit::record(&mut tx, admin.now, &event).await?;
    tx.commit().await?;
    let (db, filter) = (admin.app.db.clone(), place.filter(scope));
    let order = Order { sort: Sort::Email, descending: false };
    let rows = move |from: From| {
        let (db, filter) = (db.clone(), filter.clone());
        async move {
            let mut conn = db.acquire().await?;
            let page = directory::page(&mut conn, site, &filter, order, &from, AT_ONCE).await?;
            let ids: Vec<_> = page.rows.iter().map(|row| row.customer.id).collect();
            let mut groups = groups::names_of(&mut conn, site, &ids).await?;
            let details = status::details(&mut conn, site, &ids).await?;
            let next =
                page.rows.last().filter(|_| page.has_next).map(|row| From::After(row.mark(order.sort)));
            let rows = page.rows.into_iter().map(|row| {
                let detail = details.get(&row.customer.id);
                let groups = groups.remove(&row.customer.id).unwrap_or_default();
                cells(row, &groups, detail, scope)
            });
            Ok((rows.collect(), next))
        }
    };
    let name = format!("customers-{}.csv", admin.now.date());
    Ok(download::csv(&name, &COLUMNS, From::First, rows))
}

fn cells(
    row: Listed,
    groups: &[String],
    detail: Option<&status::Detail>,
    scope: policy::Scope,
) -> Vec<String> {
    let on = Cover::of(row.exceptions).is_on(scope);
    let time = |at: Option<OffsetDateTime>| at.and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default();
    let customer = row.customer;
    vec![
        customer.given_name,
        customer.family_name,
        customer.email,
        customer.username.unwrap_or_default(),
        groups.join(";"),
        detail.and_then(|detail| detail.account_id.clone()).unwrap_or_default(),
        if on { "on" } else { "off" }.to_owned(),
        detail.map(|detail| detail.methods.join(";")).unwrap_or_default(),
        time(row.signed_in_at),
        time(Some(customer.created_at)),
    ]
}
