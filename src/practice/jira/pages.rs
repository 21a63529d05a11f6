//! The practice Jira's home page, its key server and its scripts.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::admin::{self, As};
use super::app::Descriptor;
use super::modules::Page;
use super::{Act, Entry, Jira, Licence, Switches, Theme, Trouble as DeskTrouble, Viewer, rest};
use crate::practice::pages::{Frame, Place, Trouble, render, surround};

/// The bridge that the app's pages load, and its other end.
const BRIDGE: &str = include_str!("../../../templates/practice/all.js");
const HOST: &str = include_str!("../../../templates/practice/host.js");

pub fn router(jira: Jira) -> Router {
    let surroundings = jira.0.surroundings.clone();
    let router = Router::new()
        .route("/", get(home))
        .route("/act/{act}", post(act))
        .route("/install-keys/{kid}", get(install_key))
        .route("/_edge/tenant_info", get(tenant_info))
        .route("/servicedesk/customer/portals", get(portals))
        .route("/all.js", get(async || script(BRIDGE, "cross-origin")))
        .route("/host.js", get(async || script(HOST, "same-origin")))
        .merge(admin::routes())
        .merge(rest::routes(&jira))
        .with_state(jira);
    surround(router, Place::Jira, &surroundings)
}

#[derive(Template)]
#[template(path = "practice/jira.html")]
struct Home {
    frame: Frame,
    client_key: String,
    installed: bool,
    enabled: bool,
    /// Where the app is said to be.
    app: String,
    /// The app's pages for administrators: name, address, and whether the viewer's menu has it.
    pages: Vec<(String, String, bool)>,
    viewer: Viewer,
    account_id: String,
    switches: Switches,
    log: Vec<Line>,
}

impl Home {
    fn is_dark(&self) -> bool {
        self.switches.theme == Theme::Dark
    }

    fn is_licensed(&self) -> bool {
        self.switches.licence == Licence::Active
    }
}

/// An [`Entry`] in words.
struct Line {
    time: String,
    event: &'static str,
    url: String,
    signature: &'static str,
    accepted: bool,
    answer: String,
}

impl From<&Entry> for Line {
    fn from(entry: &Entry) -> Self {
        let (accepted, answer) = match &entry.answer {
            Ok(answer) => (true, answer.clone()),
            Err(problem) => (false, problem.clone()),
        };
        let at = entry.at;
        Self {
            time: format!("{:02}:{:02}:{:02} UTC", at.hour(), at.minute(), at.second()),
            event: entry.event,
            url: entry.url.clone(),
            signature: entry.signature,
            accepted,
            answer,
        }
    }
}

async fn home(State(jira): State<Jira>, Query(who): Query<As>) -> Response {
    let viewer = who.viewer();
    let pages = menu(&jira, viewer).await;
    let switches = jira.switches();
    let state = jira.0.state.lock().await;
    render(&Home {
        frame: Frame::new("Practice Jira", Place::Jira, &jira.0.surroundings).theme(switches.theme),
        client_key: state.site.client_key.clone(),
        installed: state.site.shared_secret.is_some(),
        enabled: state.site.enabled,
        app: jira.0.surroundings.links.app.clone(),
        pages,
        viewer,
        account_id: viewer.account_id(&state.site).to_owned(),
        switches,
        log: state.log.iter().map(Line::from).collect(),
    })
}

/// The app's pages, when the app is installed, enabled and answers.
async fn menu(jira: &Jira, viewer: Viewer) -> Vec<(String, String, bool)> {
    let enabled = jira.0.state.lock().await.site.enabled;
    let descriptor = if enabled { Descriptor::fetch(&jira.0.surroundings).await.ok() } else { None };
    let Some(app) = descriptor else { return Vec::new() };
    let line = |page: &Page| {
        let path = Jira::page_path(&app.key, &page.key, viewer);
        (page.name.clone(), path, viewer.is_admin() || !page.admins_only)
    };
    app.modules.sections.iter().flat_map(|section| &section.pages).map(line).collect()
}

/// A script; `whose` pages may load it (Cross-Origin-Resource-Policy).
fn script(text: &'static str, whose: &'static str) -> impl IntoResponse {
    const KIND: &str = "text/javascript; charset=utf-8";
    let policy = header::HeaderName::from_static("cross-origin-resource-policy");
    ([(header::CONTENT_TYPE, KIND), (policy, whose)], text)
}

/// The site's help centre, whose customers Guard signs in: in the practice world it is there.
async fn portals(State(jira): State<Jira>) -> Redirect {
    Redirect::to(&jira.0.surroundings.links.guard)
}

async fn act(State(jira): State<Jira>, Path(act): Path<String>, Form(who): Form<As>) -> Response {
    let act = match act.as_str() {
        "install" => Act::Install,
        "rotate" => Act::Rotate,
        "disable" => Act::Disable,
        "enable" => Act::Enable,
        "uninstall" => Act::Uninstall,
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let viewer = who.viewer();
    let first = act == Act::Install && !jira.is_installed().await;
    match jira.act(act).await {
        Ok(()) => Redirect::to(&next(&jira, first, viewer).await).into_response(),
        Err(problem) => {
            let frame = Frame::new("The app said no", Place::Jira, &jira.0.surroundings);
            let frame = frame.theme(jira.switches().theme);
            (StatusCode::BAD_GATEWAY, render(&Trouble { frame, problem })).into_response()
        }
    }
}

/// Where an act leads: after the first install to the page the app names for that, if any.
async fn next(jira: &Jira, first: bool, viewer: Viewer) -> String {
    let descriptor = if first { Descriptor::fetch(&jira.0.surroundings).await.ok() } else { None };
    match descriptor.as_ref().and_then(|app| Some((app, app.modules.post_install.as_ref()?))) {
        Some((app, page)) => Jira::page_path(&app.key, &page.key, viewer),
        None => format!("/{}", viewer.query()),
    }
}

/// The public half of the install key, as Atlassian's key server gives it: PEM, as text.
async fn install_key(State(jira): State<Jira>, Path(kid): Path<String>) -> Response {
    let key = &jira.0.install_key;
    if kid != key.kid {
        return StatusCode::NOT_FOUND.into_response();
    }
    ([(header::CONTENT_TYPE, "text/plain")], key.public_pem.clone()).into_response()
}

async fn tenant_info(State(jira): State<Jira>) -> Response {
    let client_key = jira.client_key().await;
    axum::Json(serde_json::json!({ "cloudId": client_key })).into_response()
}
