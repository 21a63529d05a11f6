//! Enable and Disable for one customer (D2). *Enabled* can only be disabled and the other way round;
//! what the page does not offer, the server refuses with the same reason.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::list::{self, Told};
use super::place::Place;
use crate::audit::{self, Event};
use crate::customers::{self, CustomerId};
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::policy;
use crate::sites::SiteId;
use crate::web::Form;

/// What the switch sends.
#[derive(Deserialize)]
pub struct Posted {
    /// `on` or `off`: how it shall be.
    #[serde(default)]
    two_factor: String,
    /// Where the page is.
    #[serde(default)]
    place: String,
}

/// `POST .../customers/{customer}/two-factor`.
pub async fn submit(
    admin: JiraAdmin,
    Path((_, customer)): Path<(SiteId, Uuid)>,
    Form(posted): Form<Posted>,
) -> Result<Response, AppError> {
    let place = Place::parse(&posted.place);
    let on = match posted.two_factor.as_str() {
        "on" => true,
        "off" => false,
        _ => return Err(AppError::Malformed),
    };
    let site = admin.site.id;
    let mut tx = admin.app.db.begin().await?;
    let customer = customers::store::lock(&mut tx, site, CustomerId(customer)).await?;
    let customer = customer.ok_or(AppError::NotFound)?;
    let standing = policy::store::standing(&mut tx, site, customer.id).await?.ok_or(AppError::NotFound)?;
    let before = standing.exceptions.customer;
    let after = match policy::toggle(standing.policy.settings.scope, standing.exceptions, on) {
        Ok(after) => after,
        Err(why) => {
            tx.rollback().await?;
            return list::page(&admin, StatusCode::CONFLICT, place, Told::fault(why.to_string())).await;
        }
    };
    policy::store::set_exception(&mut tx, site, customer.id, after).await?;
    let detail = json!({ "two_factor": { "before": before, "after": after } });
    let event = Event {
        customer: Some(customer.id),
        client_ip: Some(admin.visitor.ip),
        detail: &detail,
        ..Event::new(site, admin.actor(), "customer.two_factor", "ok")
    };
    audit::record(&mut tx, admin.now, &event).await?;
    tx.commit().await?;
    let outcome = format!("2FA is {} for {}.", if on { "enabled" } else { "disabled" }, customer.email);
    let told = Told { undo: Some((customer.id, !on)), ..Told::done(outcome) };
    list::page(&admin, StatusCode::OK, place, told).await
}
