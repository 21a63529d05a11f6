//! Every URL the server answers, on one screen. Three audiences: portal customers, Jira (its pages
//! come with the admin rooms), machines.

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::jira;
use crate::signin::{pages, password, second_factor, signout, sso};
use crate::web::{self, Audience};

/// The whole server.
pub fn router(app: App) -> Router {
    // Cross-site posts come in here by design: an SP's form, Jira's lifecycle calls.
    let from_elsewhere = Router::new()
        .route("/sites/{site}/saml/metadata", get(sso::metadata))
        .route("/sites/{site}/saml/sso", get(sso::redirect_binding).post(sso::post_binding));

    let portal = Router::new()
        .route("/sites/{site}/signin/{signin}", get(pages::show))
        .route("/sites/{site}/signin/{signin}/password", post(password::submit))
        .route("/sites/{site}/signin/{signin}/new-password", post(password::submit_new))
        .route("/sites/{site}/signin/{signin}/enrol", post(second_factor::submit_enrolment))
        .route("/sites/{site}/signin/{signin}/skip", post(second_factor::skip_enrolment))
        .route("/sites/{site}/signin/{signin}/totp", post(second_factor::submit_code))
        .route("/sites/{site}/signin/{signin}/restart", post(second_factor::restart))
        .route("/sites/{site}/signin/{signin}/cancel", post(pages::cancel))
        .route("/sites/{site}/signout", get(signout::ask).post(signout::submit));
    let portal = web::csrf::guard(portal, &app).merge(from_elsewhere);

    let machine = jira::routes();

    web::layer(Audience::Portal, portal, &app)
        .merge(web::layer(Audience::Machine, machine, &app))
        .with_state(app)
}
