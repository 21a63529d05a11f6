//! A second factor that is shown elsewhere (Duo): the way out, and the way back. What the browser
//! brings is handed to the same functions as a form; a cookie of ours comes along, since it is a
//! navigation by GET (`SameSite=Lax`).

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::here::{Here, Past};
use super::{Step, enrolment, pages, second_factor};
use crate::error::AppError;
use crate::factors;
use crate::factors::kind::{Fields, Leave};

/// `GET .../leave`: on to where the method at hand is answered; a link leads here, for a form's
/// redirect to another origin is what `form-action` forbids.
pub async fn leave(here: Here) -> Result<Response, AppError> {
    let step = here.signin.step;
    let (Some(customer), Some(method)) = (here.customer(step).await?, here.signin.method) else {
        return Ok(pages::to_current_step(&here));
    };
    if !is_elsewhere(&here) {
        return Ok(pages::to_current_step(&here));
    }
    let (standing, own) = {
        let mut conn = here.conn().await?;
        let standing = here.standing(&mut conn, customer.id).await?;
        (standing, factors::store::list(&mut conn, here.site.id, customer.id).await?)
    };
    let desk = here.desk(&customer, &standing.policy.settings);
    match method.leave(&desk, here.ceremony(&here.signin)?, &way_back(&here)).await? {
        Leave::To(address) => Ok(Redirect::to(&address).into_response()),
        Leave::Not(problem) => {
            let past = Past { signin: here.signin.clone(), customer, standing, own };
            pages::second(&here, &past, StatusCode::SERVICE_UNAVAILABLE, Some(problem)).await
        }
    }
}

/// `GET .../return`: back from there.
pub async fn come_back(here: Here, RawQuery(query): RawQuery) -> Result<Response, AppError> {
    if !is_elsewhere(&here) {
        return Ok(pages::to_current_step(&here));
    }
    let fields = Fields::returned(way_back(&here), query.unwrap_or_default());
    match here.signin.step {
        Step::Challenge => second_factor::answer(here, fields).await,
        step => enrolment::confirm(here, step, fields).await,
    }
}

/// Whether the method at hand is answered elsewhere.
fn is_elsewhere(here: &Here) -> bool {
    matches!(here.signin.step, Step::Enrol | Step::Challenge)
        && here.signin.method.is_some_and(|method| method.leaves())
}

/// The whole address that the browser comes back to.
fn way_back(here: &Here) -> String {
    here.app.config.base_url.join(&here.action("return"))
}
