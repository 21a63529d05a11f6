//! 2FA Configuration (C1-C5): the site's policy as one form, with what each choice means for how
//! many customers right now. Before a change that reaches anybody is saved, it is rehearsed: the page
//! says who will be asked, and who would be locked out.

mod exceptions; // C2: who is switched on or off by hand
mod form; // the policy as it is shown
mod lens; // which rule each setting meets or bends
pub mod methods; // C3: what may be a second factor
mod review; // what a change would do, asked before it is saved
mod save; // checking, reviewing, storing

use axum::response::Response;

pub use exceptions::submit as set_exception;
pub use save::{preset, submit as save};

use super::frame::{Frame, Page};
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::policy;

/// `GET .../two-factor`.
pub async fn show(admin: JiraAdmin) -> Result<Response, AppError> {
    let stored = policy::store::load(&mut *admin.app.db.acquire().await?, admin.site.id).await?;
    form::page(&admin, frame(&admin), form::Shown::new(&stored)).await
}

fn frame(admin: &JiraAdmin) -> Frame {
    Frame::new(admin, Page::TwoFactor, Page::TwoFactor.title(), Page::TwoFactor.as_str())
}
