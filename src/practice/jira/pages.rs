//! The practice Jira's page and its key server.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::{Act, Entry, Jira};
use crate::practice::pages::{Frame, Place, Trouble, render, surround};

pub fn router(jira: Jira) -> Router {
    let surroundings = jira.0.surroundings.clone();
    let router = Router::new()
        .route("/", get(home))
        .route("/act/{act}", post(act))
        .route("/install-keys/{kid}", get(install_key))
        .route("/_edge/tenant_info", get(tenant_info))
        .route("/servicedesk/customer/portals", get(portals))
        .with_state(jira);
    surround(router, &surroundings)
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
    log: Vec<Line>,
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

async fn home(State(jira): State<Jira>) -> Response {
    let state = jira.0.state.lock().await;
    render(&Home {
        frame: Frame::new("Practice Jira", Place::Jira, &jira.0.surroundings),
        client_key: state.site.client_key.clone(),
        installed: state.site.shared_secret.is_some(),
        enabled: state.site.enabled,
        app: jira.0.surroundings.links.app.clone(),
        log: state.log.iter().map(Line::from).collect(),
    })
}

/// The site's help centre, whose customers Guard signs in: in the practice world it is there.
async fn portals(State(jira): State<Jira>) -> Redirect {
    Redirect::to(&jira.0.surroundings.links.guard)
}

async fn act(State(jira): State<Jira>, Path(act): Path<String>) -> Response {
    let act = match act.as_str() {
        "install" => Act::Install,
        "rotate" => Act::Rotate,
        "disable" => Act::Disable,
        "enable" => Act::Enable,
        "uninstall" => Act::Uninstall,
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match jira.act(act).await {
        Ok(()) => Redirect::to("/").into_response(),
        Err(problem) => {
            let frame = Frame::new("The app said no", Place::Jira, &jira.0.surroundings);
            (StatusCode::BAD_GATEWAY, render(&Trouble { frame, problem })).into_response()
        }
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
