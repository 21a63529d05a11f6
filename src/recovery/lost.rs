//! "I have none of these any more": at a challenge, after the right password.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::delayed::{self, Started};
use super::store;
use super::views::{LostPage, Way};
use crate::error::AppError;
use crate::signin::here::{Here, Past};
use crate::signin::{Step, frame, pages};

/// `GET .../lost`: what can be done, and how it stands.
pub async fn show(here: Here) -> Result<Response, AppError> {
    let Some(customer) = here.customer(Step::Challenge).await? else {
        return Ok(pages::to_current_step(&here));
    };
    let mut conn = here.conn().await?;
    let way = match store::find_recovery(&mut conn, here.site.id, customer.id).await? {
        _ if !delayed::is_offered(&mut conn, &here.app, here.site.id).await? => Way::Ask,
        Some(recovery) if here.now < recovery.expires_at => match recovery.told_at {
            Some(_) => Way::Ready { until: recovery.expires_at },
            None => Way::UnderWay { ready_at: recovery.ready_at },
        },
        _ => {
            let mailed_at = store::password_mailed_at(&mut conn, here.site.id, customer.id).await?;
            let ready_at = delayed::ready_at(here.now, customer.password_set_at, mailed_at);
            Way::Offered { ready_at }
        }
    };
    Ok(page(&here, &customer.email, StatusCode::OK, way))
}

fn page(here: &Here, account: &str, status: StatusCode, way: Way) -> Response {
    let page = LostPage {
        shell: frame::shell(&here.visitor, &here.site),
        way,
        account: account.to_owned(),
        action: here.action("lost"),
        back: here.path(),
        help_centre: frame::help_centre(&here.site),
    };
    here.visitor.page(status, &page)
}

/// `POST .../lost`: begins the wait.
pub async fn submit(here: Here) -> Result<Response, AppError> {
    let mut tx = here.app.db.begin().await?;
    let Some(Past { customer, .. }) = here.lock_at(&mut tx, Step::Challenge).await? else {
        tx.commit().await?;
        return Ok(pages::to_current_step(&here));
    };
    if !delayed::is_offered(&mut tx, &here.app, here.site.id).await? {
        return Ok(page(&here, &customer.email, StatusCode::OK, Way::Ask));
    }
    let started = delayed::start(&mut tx, &here.app, &customer, here.lang()).await?;
    let result = match started {
        Started::Begun => "ok",
        Started::UnderWay => "under_way",
        Started::TooOften => "too_often",
    };
    here.record(&mut tx, "recovery.started", result, Some(customer.id), None).await?;
    tx.commit().await?;
    if started == Started::TooOften {
        return Ok(page(&here, &customer.email, StatusCode::TOO_MANY_REQUESTS, Way::TooOften));
    }
    Ok(Redirect::to(&here.action("lost")).into_response())
}
