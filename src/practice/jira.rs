//! The practice Jira: one Jira site that installs, disables and uninstalls the app as Atlassian's
//! does (atlassian.md, "Connect"): it reads the descriptor, signs `installed` and `uninstalled` with
//! its install key, serves the public half, and signs `enabled` and `disabled` with the secret the
//! two share. What it sent and what the app answered is shown on its home page.
//!
//! Its administration frames the app's pages ([`Jira::page_load`]) and is the other end of their
//! bridge: `templates/practice/all.js` runs in the app's page, `host.js` around it, and they talk by
//! `postMessage` alone. The app in turn asks it over REST who is an administrator.

mod admin;
mod app;
mod desks;
mod identity;
mod modules;
mod pages;
mod qsh;
mod rest;
mod token;
mod viewer;

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex as StdMutex, PoisonError};

use axum::Router;
use serde_json::json;
use time::OffsetDateTime;
use tokio::sync::Mutex;

use self::app::Descriptor;
use self::identity::{Identity, InstallKey, Site};
use super::Surroundings;

pub use self::desks::Trouble;
pub use self::viewer::{Licence, Switches, Theme, Viewer};

const SWITCHES: &str = "jira-switches.json";
/// How many calls the page remembers.
const LOG_LENGTH: usize = 40;

/// The practice Jira. Cheap to clone.
#[derive(Clone)]
pub struct Jira(Arc<Parts>);

struct Parts {
    surroundings: Surroundings,
    /// Apart from the state: the app asks for it while a call is under way.
    install_key: InstallKey,
    /// Apart from the state too: pages and REST calls read it.
    switches: StdMutex<Switches>,
    /// How many calls about desks there were, for the trouble that comes with every second one.
    calls: AtomicUsize,
    /// Emails of the customers that the app created; forgotten with a restart.
    created: StdMutex<BTreeSet<String>>,
    state: Mutex<State>,
}

/// What changes. Locked during a whole call, so that calls come one after another.
struct State {
    site: Site,
    log: VecDeque<Entry>,
}

/// One call to the app.
#[derive(Clone, Debug)]
pub struct Entry {
    pub at: OffsetDateTime,
    /// `installed`, `enabled` ...
    pub event: &'static str,
    pub url: String,
    /// How the call was signed.
    pub signature: &'static str,
    /// The status and the first words of the body, or why there was no answer.
    pub answer: Result<String, String>,
}

/// What an administrator does on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Also the re-install that a new version of the app causes: the secret stays.
    Install,
    /// Installs again with a new shared secret.
    Rotate,
    Disable,
    Enable,
    Uninstall,
}

impl Jira {
    /// Opens the Jira kept in the folder, or makes a new one.
    pub fn open(surroundings: Surroundings) -> anyhow::Result<Self> {
        let identity = Identity::open(&surroundings)?;
        let state = Mutex::new(State { site: identity.site, log: VecDeque::new() });
        let switches = surroundings.folder.read(SWITCHES)?.unwrap_or_default();
        let install_key = identity.install_key;
        let switches = StdMutex::new(switches);
        Ok(Self(Arc::new(Parts {
            surroundings,
            install_key,
            switches,
            calls: AtomicUsize::new(0),
            created: StdMutex::default(),
            state,
        })))
    }

    /// Its pages and its key server.
    pub fn router(&self) -> Router {
        pages::router(self.clone())
    }

    /// The site's clientKey.
    pub async fn client_key(&self) -> String {
        self.0.state.lock().await.site.client_key.clone()
    }

    /// Whether the site has the app, as far as this Jira knows.
    pub async fn is_installed(&self) -> bool {
        let state = self.0.state.lock().await;
        // Without the app's key it was installed by an older practice Jira: do it again.
        state.site.shared_secret.is_some() && state.site.app_key.is_some()
    }

    /// What is switched how.
    pub fn switches(&self) -> Switches {
        *self.0.switches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Switches, and keeps it over restarts.
    pub fn switch(&self, switches: Switches) -> anyhow::Result<()> {
        *self.0.switches.lock().unwrap_or_else(PoisonError::into_inner) = switches;
        self.0.surroundings.folder.write(SWITCHES, &switches)
    }

    /// Does what the administrator asks for; the state changes only when the app agrees.
    ///
    /// # Errors
    /// A sentence: the app could not be reached, or refused.
    pub async fn act(&self, act: Act) -> Result<(), String> {
        let mut state = self.0.state.lock().await;
        let descriptor = Descriptor::fetch(&self.0.surroundings).await?;
        match act {
            Act::Install => {
                let secret = state.site.shared_secret.clone().unwrap_or_else(|| self.new_secret());
                self.install(&mut state, &descriptor, secret).await
            }
            Act::Rotate => {
                let secret = self.new_secret();
                self.install(&mut state, &descriptor, secret).await
            }
            Act::Enable => self.enable(&mut state, &descriptor, true).await,
            Act::Disable => self.enable(&mut state, &descriptor, false).await,
            Act::Uninstall => {
                self.signed_call(&mut state, &descriptor, "uninstalled", None).await?;
                state.site.shared_secret = None;
                state.site.app_key = None;
                state.site.enabled = false;
                self.keep(&state)
            }
        }
    }

    fn new_secret(&self) -> String {
        self.0.surroundings.random.token()
    }

    async fn install(&self, state: &mut State, app: &Descriptor, secret: String) -> Result<(), String> {
        self.signed_call(state, app, "installed", Some(&secret)).await?;
        state.site.shared_secret = Some(secret);
        state.site.app_key = Some(app.key.clone());
        self.keep(state)?;
        self.enable(state, app, true).await
    }

    async fn enable(&self, state: &mut State, app: &Descriptor, enabled: bool) -> Result<(), String> {
        let secret = state.site.shared_secret.clone().ok_or("The app is not installed.")?;
        let event = if enabled { "enabled" } else { "disabled" };
        let Some(url) = app.lifecycle(event) else { return Ok(()) };
        let qsh = qsh::qsh("POST", &url, &app.base_url);
        let now = self.0.surroundings.clock.now();
        let issuer = state.site.client_key.clone();
        let claims = token::Claims {
            issuer: &issuer,
            audience: None,
            subject: None,
            qsh: &qsh,
            life: token::LIFE,
            now,
        };
        let token = token::hs256(&claims, &secret);
        let body = self.body(&state.site, app, event, None);
        self.send(state, event, url, "HS256, shared secret", token, body).await?;
        state.site.enabled = enabled;
        self.keep(state)
    }

    /// A call signed with the install key; `secret` goes with `installed` alone.
    async fn signed_call(
        &self,
        state: &mut State,
        app: &Descriptor,
        event: &'static str,
        secret: Option<&str>,
    ) -> Result<(), String> {
        let url = app.lifecycle(event).ok_or_else(|| format!("The descriptor names no {event} address."))?;
        let qsh = qsh::qsh("POST", &url, &app.base_url);
        let claims = token::Claims {
            issuer: &state.site.client_key,
            audience: Some(&app.audience),
            subject: None,
            qsh: &qsh,
            life: token::LIFE,
            now: self.0.surroundings.clock.now(),
        };
        let key = &self.0.install_key;
        let token = token::rs256(&claims, &key.kid, &key.private).map_err(|error| error.to_string())?;
        let body = self.body(&state.site, app, event, secret);
        self.send(state, event, url, "RS256, install key", token, body).await
    }

    /// The payload of atlassian.md.
    fn body(&self, site: &Site, app: &Descriptor, event: &str, secret: Option<&str>) -> serde_json::Value {
        let Surroundings { links, .. } = &self.0.surroundings;
        let mut body = json!({
            "key": app.key,
            "clientKey": site.client_key,
            "accountId": site.account_id,
            "baseUrl": links.jira_rest,
            "displayUrl": links.jira,
            "displayUrlServicedeskHelpCenter": links.guard,
            "productType": "jira",
            "description": "Practice Jira",
            "serverVersion": "100282",
            "pluginsVersion": "1001.0.0-SNAPSHOT",
            "eventType": event,
        });
        if let Some(secret) = secret {
            body["sharedSecret"] = secret.into();
        }
        body
    }

    async fn send(
        &self,
        state: &mut State,
        event: &'static str,
        url: url::Url,
        signature: &'static str,
        token: String,
        body: serde_json::Value,
    ) -> Result<(), String> {
        let answer = app::post(&self.0.surroundings, url.clone(), &token, &body).await;
        let at = self.0.surroundings.clock.now();
        state.log.push_front(Entry { at, event, url: url.into(), signature, answer: answer.clone() });
        state.log.truncate(LOG_LENGTH);
        answer.map(drop).map_err(|problem| format!("The app did not accept \"{event}\": {problem}"))
    }

    fn keep(&self, state: &State) -> Result<(), String> {
        let kept = Identity { site: state.site.clone(), install_key: self.0.install_key.clone() };
        kept.keep(&self.0.surroundings.folder).map_err(|error| format!("{error:#}"))
    }
}
