//! Every URL the server answers, on one screen. Three audiences: portal customers, Jira, machines.

use axum::Router;
use axum::routing::{get, post};

use crate::account::{add, factor, overview, password as own_password, signed_in};
use crate::admin::customers::{self, bulk, groups, imports};
use crate::admin::{self, setup, two_factor};
use crate::app::App;
use crate::import;
use crate::jira;
use crate::recovery::{self, forgotten, lost};
use crate::signin::{
    elsewhere, enrolment, language, pages, passkey, password, second_factor, signout, sso, trial,
};
use crate::web::{self, Audience};

/// The whole server.
pub fn router(app: App) -> Router {
    web::layer(Audience::Portal, portal(&app), &app)
        .merge(web::layer(Audience::JiraPage, jira_pages(), &app))
        .merge(web::layer(Audience::JiraFragment, jira_fragments(), &app))
        .merge(web::layer_of(Audience::JiraFragment, jira_uploads(), &app, import::upload::PIECE))
        .merge(web::layer(Audience::Machine, jira::routes(), &app))
        .with_state(app)
}

/// What portal customers and their service provider see.
fn portal(app: &App) -> Router<App> {
    // Cross-site posts come in here by design: an SP's form.
    let from_elsewhere = Router::new()
        .route("/sites/{site}/saml/metadata", get(sso::metadata))
        .route("/sites/{site}/saml/sso", get(sso::redirect_binding).post(sso::post_binding));

    // A mail's link; the token is in the form.
    let links = Router::new()
        .route("/sites/{site}/link/{token}", get(recovery::pages::show))
        .route("/sites/{site}/link", post(recovery::pages::submit));

    let portal = Router::new()
        .route("/sites/{site}/signin/{signin}", get(pages::show))
        .route("/sites/{site}/signin/{signin}/password", post(password::submit))
        .route("/sites/{site}/signin/{signin}/passkey", post(passkey::submit))
        .route("/sites/{site}/signin/{signin}/new-password", post(password::submit_new))
        .route("/sites/{site}/signin/{signin}/enrol", post(enrolment::submit))
        .route("/sites/{site}/signin/{signin}/enrol/choose", post(enrolment::choose))
        .route("/sites/{site}/signin/{signin}/skip", post(enrolment::skip))
        .route("/sites/{site}/signin/{signin}/codes", post(enrolment::submit_codes))
        .route("/sites/{site}/signin/{signin}/codes/later", post(enrolment::skip_codes))
        .route("/sites/{site}/signin/{signin}/challenge", post(second_factor::submit))
        .route("/sites/{site}/signin/{signin}/challenge/other", post(second_factor::choose))
        .route("/sites/{site}/signin/{signin}/lost", get(lost::show).post(lost::submit))
        .route("/sites/{site}/signin/{signin}/leave", get(elsewhere::leave))
        .route("/sites/{site}/signin/{signin}/return", get(elsewhere::come_back))
        .route("/sites/{site}/signin/{signin}/restart", post(second_factor::restart))
        .route("/sites/{site}/signin/{signin}/cancel", post(pages::cancel))
        .route("/sites/{site}/test/{token}", get(trial::show).post(trial::begin))
        .route("/sites/{site}/forgot", get(forgotten::show).post(forgotten::submit))
        .route("/sites/{site}/account", get(overview::show))
        .route("/sites/{site}/account/add", get(add::choose).post(add::begin))
        .route("/sites/{site}/account/codes", get(add::ask_codes).post(add::begin_codes))
        .route("/sites/{site}/account/factors/{factor}", get(factor::show).post(factor::rename))
        .route("/sites/{site}/account/factors/{factor}/remove", get(factor::ask_removal).post(factor::remove))
        .route("/sites/{site}/account/factors/{factor}/replace", post(add::replace))
        .route("/sites/{site}/account/password", get(own_password::show).post(own_password::submit))
        .route("/sites/{site}/account/preferred", post(signed_in::prefer))
        .route("/sites/{site}/account/sessions", post(signed_in::end_sessions))
        .route("/sites/{site}/account/devices", post(signed_in::forget_devices))
        .route("/sites/{site}/language", post(language::submit))
        .route("/sites/{site}/signout", get(signout::ask).post(signout::submit));
    web::csrf::guard(portal, app).merge(web::csrf::guard_secret(links, app)).merge(from_elsewhere)
}

/// What Jira frames: each takes the token in its address.
fn jira_pages() -> Router<App> {
    Router::new().route("/connect/page/{page}", get(admin::shell::show))
}

/// What the script of those pages asks for: each takes a context token.
fn jira_fragments() -> Router<App> {
    Router::new()
        .route("/sites/{site}/admin/setup", get(setup::resume))
        .route("/sites/{site}/admin/setup/{step}", get(setup::step))
        .route("/sites/{site}/admin/setup/guard", get(setup::guard).post(setup::confirm_guard))
        .route("/sites/{site}/admin/setup/source", get(setup::source).post(setup::save_source))
        .route("/sites/{site}/admin/setup/metadata", post(setup::read_metadata))
        .route("/sites/{site}/admin/setup/finish", post(setup::finish))
        .route("/sites/{site}/admin/setup/password-login", post(setup::password_login))
        .route("/sites/{site}/admin/setup/trace", get(setup::show_trace))
        .route("/sites/{site}/admin/setup/tests", post(setup::begin_test))
        .route("/sites/{site}/admin/setup/tests/{test}", get(setup::show_test))
        .route("/sites/{site}/admin/setup/certificates/next", post(setup::make_next))
        .route("/sites/{site}/admin/setup/certificates/discard", post(setup::discard))
        .route("/sites/{site}/admin/setup/certificates/switch", post(setup::switch))
        .route("/sites/{site}/admin/setup/certificates/switch-back", post(setup::switch_back))
        .route("/sites/{site}/admin/{*nowhere}", get(admin::frame::nowhere))
        .route("/sites/{site}/admin/two-factor", get(two_factor::show).post(two_factor::save))
        .route("/sites/{site}/admin/two-factor/safe", post(two_factor::preset))
        .route("/sites/{site}/admin/two-factor/exceptions", post(two_factor::set_exception))
        .route("/sites/{site}/admin/customers", get(customers::show))
        .route("/sites/{site}/admin/customers/add", get(customers::ask_new).post(customers::add))
        .route(
            "/sites/{site}/admin/customers/{customer}/edit",
            get(customers::ask_edit).post(customers::edit),
        )
        .route(
            "/sites/{site}/admin/customers/{customer}/password",
            get(customers::ask_password).post(customers::submit_password),
        )
        .route("/sites/{site}/admin/customers/bulk", get(bulk::run::recent).post(bulk::submit))
        .route("/sites/{site}/admin/customers/bulk/ask", post(bulk::ask))
        .route("/sites/{site}/admin/customers/bulk/{run}", get(bulk::run::show))
        .route("/sites/{site}/admin/customers/bulk/{run}/progress", get(bulk::run::progress))
        .route("/sites/{site}/admin/customers/bulk/{run}/cancel", post(bulk::run::cancel))
        .route("/sites/{site}/admin/customers/bulk/{run}/retry", post(bulk::run::retry))
        .route("/sites/{site}/admin/customers/bulk/{run}/undo", post(bulk::run::undo))
        .route("/sites/{site}/admin/customers/status", post(customers::status::fetch))
        .route("/sites/{site}/admin/customers/export", get(customers::export::download))
        .route("/sites/{site}/admin/customers/groups", get(groups::list).post(groups::add))
        .route("/sites/{site}/admin/customers/groups/{group}", get(groups::show).post(groups::save))
        .route("/sites/{site}/admin/customers/groups/{group}/delete", post(groups::delete))
        .route("/sites/{site}/admin/customers/groups/{group}/members", post(groups::add_member))
        .route(
            "/sites/{site}/admin/customers/groups/{group}/members/{customer}/remove",
            post(groups::remove_member),
        )
        .route("/sites/{site}/admin/customers/imports", get(imports::recent).post(imports::begin))
        .route("/sites/{site}/admin/customers/imports/desks", get(imports::desks))
        .route("/sites/{site}/admin/customers/imports/{import}", get(imports::show))
        .route("/sites/{site}/admin/customers/imports/{import}/progress", get(imports::progress))
        .route("/sites/{site}/admin/customers/imports/{import}/uploaded", post(imports::uploaded))
        .route("/sites/{site}/admin/customers/imports/{import}/columns", post(imports::map))
        .route("/sites/{site}/admin/customers/imports/{import}/choose", post(imports::choose))
        .route("/sites/{site}/admin/customers/imports/{import}/judge", post(imports::judge))
        .route("/sites/{site}/admin/customers/imports/{import}/back", post(imports::back))
        .route("/sites/{site}/admin/customers/imports/{import}/start", post(imports::start))
        .route("/sites/{site}/admin/customers/imports/{import}/next", post(imports::go_on))
        .route("/sites/{site}/admin/customers/imports/{import}/cancel", post(imports::cancel))
        .route("/sites/{site}/admin/customers/imports/{import}/retry", post(imports::retry))
        .route("/sites/{site}/admin/customers/imports/{import}/undo", post(imports::undo))
        .route("/sites/{site}/admin/customers/imports/{import}/mails", post(imports::send_mails))
        .route("/sites/{site}/admin/customers/imports/{import}/refusals", get(imports::refusals))
        .route("/sites/{site}/admin/customers/{customer}/two-factor", post(customers::toggle))
        .route("/sites/{site}/admin/customers/{customer}/{act}", get(customers::ask).post(customers::act))
}

/// What the script sends of a file: bodies larger than a form's.
fn jira_uploads() -> Router<App> {
    Router::new()
        .route("/sites/{site}/admin/customers/imports/{import}/pieces/{number}", post(imports::piece))
}
