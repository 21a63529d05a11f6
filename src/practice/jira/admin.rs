//! Jira's administration: the sidebar with the app's pages, and each page in its frame, loaded
//! with a token that is bound to its address (atlassian.md, "Three kinds of token").

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::app::Descriptor;
use super::identity::Site;
use super::modules::{Page, Section};
use super::{Jira, Licence, Viewer, qsh, token};
use crate::practice::pages::{Frame, Place, Trouble, render};

/// The page that frames a module is below this, as in life.
const SERVLET: &str = "/plugins/servlet/ac";

/// What the frame may do, as Atlassian's Connect grants it.
const SANDBOX: &str = "allow-downloads allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox \
     allow-scripts allow-same-origin";
/// The features the frame may use.
const ALLOW: &str = "clipboard-write";

/// The addresses of this file.
pub fn routes() -> Router<Jira> {
    Router::new()
        .route("/plugins/servlet/ac/{app}/{module}", get(show))
        .route("/bridge/token", post(context_token))
        .route("/bridge/switch/{switch}/{value}", post(switch))
}

/// One load of one of the app's pages.
#[derive(Clone, Debug)]
pub struct PageLoad {
    /// What the frame loads; good for three minutes.
    pub url: Url,
    pub app: Descriptor,
    pub page: Page,
}

/// Why a page of the app cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unavailable {
    NotInstalled,
    Disabled,
    /// The descriptor names no such page.
    NoSuchPage,
    /// The app's descriptor cannot be had: a sentence.
    App(String),
}

impl Unavailable {
    fn sentence(&self) -> &str {
        match self {
            Self::NotInstalled => "The app is not installed on this site.",
            Self::Disabled => "The app is disabled on this site.",
            Self::NoSuchPage => "The app has no such page.",
            Self::App(problem) => problem,
        }
    }

    fn status(&self) -> StatusCode {
        if matches!(self, Self::App(_)) { StatusCode::BAD_GATEWAY } else { StatusCode::NOT_FOUND }
    }
}

impl Jira {
    /// Where this Jira shows the app's page `module` to `viewer`: path and query.
    pub fn page_path(app_key: &str, module: &str, viewer: Viewer) -> String {
        format!("{SERVLET}/{app_key}/{module}{}", viewer.query())
    }

    /// The app's page `module`, loaded for `viewer` now.
    ///
    /// # Errors
    /// Not installed, disabled, no such page, or the app does not answer.
    pub async fn page_load(&self, module: &str, viewer: Viewer) -> Result<PageLoad, Unavailable> {
        let (site, secret) = self.shared_secret().await?;
        let app = Descriptor::fetch(&self.0.surroundings).await.map_err(Unavailable::App)?;
        let page = app.modules.page(module).cloned().ok_or(Unavailable::NoSuchPage)?;
        let mut url = app.address(&page.url).ok_or(Unavailable::NoSuchPage)?;
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("xdm_e", &self.0.surroundings.links.jira)
                .append_pair("xdm_c", &format!("channel-{}__{}", app.key, page.key))
                .append_pair("cp", "")
                .append_pair("xdm_deprecated_addon_key_do_not_use", &app.key);
            if app.licensing {
                query.append_pair("lic", self.switches().licence.as_str());
            }
            query.append_pair("cv", "1001.0.0-SNAPSHOT");
        }
        let qsh = qsh::qsh("GET", &url, &app.base_url);
        let jwt = self.token(&site, &secret, viewer, &qsh, token::LIFE);
        url.query_pairs_mut().append_pair("jwt", &jwt);
        Ok(PageLoad { url, app, page })
    }

    /// What the bridge's `AP.context.getToken()` gives `viewer` now: good for 15 minutes.
    ///
    /// # Errors
    /// Not installed, or disabled.
    pub async fn context_token(&self, viewer: Viewer) -> Result<String, Unavailable> {
        let (site, secret) = self.shared_secret().await?;
        Ok(self.token(&site, &secret, viewer, token::CONTEXT_QSH, token::CONTEXT_LIFE))
    }

    /// The viewer's Atlassian account.
    pub async fn account_id(&self, viewer: Viewer) -> String {
        viewer.account_id(&self.0.state.lock().await.site).to_owned()
    }

    async fn shared_secret(&self) -> Result<(Site, String), Unavailable> {
        let site = self.0.state.lock().await.site.clone();
        let secret = site.shared_secret.clone().ok_or(Unavailable::NotInstalled)?;
        if site.enabled { Ok((site, secret)) } else { Err(Unavailable::Disabled) }
    }

    fn token(&self, site: &Site, secret: &str, viewer: Viewer, qsh: &str, life: i64) -> String {
        let claims = token::Claims {
            issuer: &site.client_key,
            audience: None,
            subject: Some(viewer.account_id(site)),
            qsh,
            life,
            now: self.0.surroundings.clock.now(),
        };
        token::hs256(&claims, secret)
    }
}

/// `?as=`
#[derive(Default, Deserialize)]
pub struct As {
    #[serde(rename = "as", default)]
    pub who: String,
}

impl As {
    /// Who is looking.
    pub fn viewer(&self) -> Viewer {
        Viewer::named(&self.who)
    }
}

#[derive(Template)]
#[template(path = "practice/jira_admin.html")]
struct AdminPage {
    frame: Frame,
    viewer: Viewer,
    account_id: String,
    load: PageLoad,
    unlicensed: bool,
    rest_down: bool,
}

impl AdminPage {
    /// The sidebar: links that `conditions` hide from the viewer are left out.
    fn sections(&self) -> impl Iterator<Item = (&Section, Vec<&Page>)> {
        let shown = |page: &&Page| self.viewer.is_admin() || !page.admins_only;
        let sections = self.load.app.modules.sections.iter();
        sections.map(move |section| (section, section.pages.iter().filter(shown).collect()))
    }

    fn link(&self, page: &Page) -> String {
        Jira::page_path(&self.load.app.key, &page.key, self.viewer)
    }

    /// This page, seen by somebody else.
    fn seen_by(&self, viewer: &Viewer) -> String {
        Jira::page_path(&self.load.app.key, &self.load.page.key, *viewer)
    }
}

async fn show(
    State(jira): State<Jira>,
    Path((app, module)): Path<(String, String)>,
    Query(who): Query<As>,
) -> Response {
    let viewer = who.viewer();
    let load = match jira.page_load(&module, viewer).await {
        Ok(load) if load.app.key != app => Err(Unavailable::NoSuchPage),
        load => load,
    };
    match load {
        Ok(load) => {
            let switches = jira.switches();
            render(&AdminPage {
                frame: Frame::new(&load.page.name, Place::Jira, &jira.0.surroundings).theme(switches.theme),
                viewer,
                account_id: jira.account_id(viewer).await,
                unlicensed: load.app.licensing && switches.licence == Licence::None,
                rest_down: switches.rest_down,
                load,
            })
        }
        Err(problem) => {
            let frame = Frame::new("No such page", Place::Jira, &jira.0.surroundings);
            let page =
                Trouble { frame: frame.theme(jira.switches().theme), problem: problem.sentence().to_owned() };
            (problem.status(), render(&page)).into_response()
        }
    }
}

/// What `host.js` fetches for the framed page. Forms of other sites' pages never get here.
async fn context_token(State(jira): State<Jira>, Form(who): Form<As>) -> Response {
    match jira.context_token(who.viewer()).await {
        Ok(token) => Json(json!({ "token": token })).into_response(),
        Err(problem) => (problem.status(), Json(json!({ "problem": problem.sentence() }))).into_response(),
    }
}

async fn switch(
    State(jira): State<Jira>,
    Path((switch, value)): Path<(String, String)>,
    Form(who): Form<As>,
) -> Response {
    let Some(switches) = jira.switches().with(&switch, &value) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match jira.switch(switches) {
        Ok(()) => Redirect::to(&format!("/{}", who.viewer().query())).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")).into_response(),
    }
}
