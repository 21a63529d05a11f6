//! HTTP manners, no domain: who is asking, what every answer carries, and what a visitor sees when
//! there is nothing to see.
//!
//! Order of the layers, outermost first: [`visitor::attend`] (nonce, reference, security headers,
//! error pages), panic catcher, time limit, body limit, then per router [`csrf::guard`].
//! Handlers take a [`Visitor`], answer with [`Visitor::page`], and return [`AppError`] for whatever
//! a visitor can do nothing about: the outermost layer makes the page, with the reference.

pub mod agent; // what a browser says it is
pub mod answer; // what other servers answer, bounded
pub mod assets; // the style sheet and the icon, under hashed names
pub mod client_ip; // who is asking, behind which proxies
pub mod cookies; // `__Host-` cookies: set, read, clear
pub mod csrf; // a form is posted from our own pages or not at all
pub mod errors; // the page, or the JSON, of an error
pub mod forms; // posted forms, bounded
pub mod head; // HEAD changes nothing
pub mod headers; // security headers, by audience
pub mod limits; // size, time, panics
pub mod page; // the shell all pages share
pub mod qr; // QR codes as SVG path data
pub mod visitor; // nonce, reference, address

#[cfg(test)]
mod tests;

use axum::Router;

use crate::app::App;
use crate::error::AppError;

pub use agent::Agent;
pub use errors::{Told, error_page, in_jira};
pub use forms::Form;
pub use headers::{Audience, Bridge, InJira};
pub use page::{LanguageMenu, Shell};
pub use visitor::Visitor;

/// Puts everything that surrounds a room's handlers around `router`, for one audience. The
/// portal's router also answers addresses that lead nowhere, so merge the others into it.
pub fn layer(audience: Audience, router: Router<App>, app: &App) -> Router<App> {
    layer_of(audience, router, app, limits::BODY)
}

/// The same, for bodies of up to `body` bytes.
pub fn layer_of(audience: Audience, router: Router<App>, app: &App, body: usize) -> Router<App> {
    let router = match audience {
        Audience::Portal => {
            head::refuse(router).merge(assets::routes()).fallback(async || AppError::NotFound)
        }
        Audience::Machine | Audience::JiraPage | Audience::JiraFragment => router,
    };
    visitor::attend(audience, limits::apply(router, body), app)
}
