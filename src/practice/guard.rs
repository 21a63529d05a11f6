//! The practice Guard: a help centre whose customers sign in through SAML, and the strict SP
//! behind it. It sends AuthnRequests (ordinary ones, and on request odd ones), judges what comes
//! back and shows the judgement, and refuses a NameID other than the typed email in Atlassian's
//! own words. An administrator tells it of the identity provider on the pages below `/admin`. What it
//! knows of visitors is in memory; what administrators entered is kept.

mod admin;
mod edges;
mod pages;
mod pretty;
mod settings;

#[cfg(test)]
mod tests;

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use lru::LruCache;
use time::OffsetDateTime;

use self::edges::Edge;
use self::settings::{Idp, Settings};
use super::Surroundings;
use super::sp::{Examination, IdpSettings, Outstanding, ServiceProvider, Status};

pub use self::settings::{Authentication, SingleSignOn};

/// How many requests, results and sessions are remembered; the oldest go.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(200).expect("more than zero");

/// The practice Guard. Cheap to clone.
#[derive(Clone)]
pub struct Guard(Arc<Parts>);

struct Parts {
    surroundings: Surroundings,
    state: Mutex<State>,
}

struct State {
    settings: Settings,
    /// Requests that wait for their answer, by ID.
    waiting: LruCache<String, Waiting>,
    /// The ID sent last, to be sent again by the edge "replay".
    last_id: Option<String>,
    results: LruCache<String, Arc<Finding>>,
    /// Signed-in visitors: cookie, then the key of the result.
    sessions: LruCache<String, String>,
}

/// A request under way.
#[derive(Clone)]
struct Waiting {
    outstanding: Outstanding,
    /// What was typed at the portal; empty for an edge that asks for no email.
    email: String,
    edge: Edge,
}

/// What became of a response.
struct Finding {
    at: OffsetDateTime,
    verdict: Verdict,
    examination: Examination,
    relay_state: Option<String>,
    edge: Option<Edge>,
}

/// The four ends of a response.
enum Verdict {
    SignedIn {
        email: String,
    },
    /// A right response for somebody else: the two addresses.
    OtherEmail {
        typed: String,
        name_id: String,
    },
    /// A right response that says nobody signed in.
    Declined(Status),
    /// A response that breaks rules.
    Refused,
}

impl Guard {
    /// Opens the Guard kept in the folder, or makes a new one, which trusts nobody.
    pub fn open(surroundings: Surroundings) -> anyhow::Result<Self> {
        let state = State {
            settings: Settings::open(&surroundings)?,
            waiting: LruCache::new(REMEMBERED),
            last_id: None,
            results: LruCache::new(REMEMBERED),
            sessions: LruCache::new(REMEMBERED),
        };
        Ok(Self(Arc::new(Parts { surroundings, state: Mutex::new(state) })))
    }

    /// Its pages and its ACS.
    pub fn router(&self) -> Router {
        pages::router(self.clone())
    }

    /// The SP entity ID, in the shape of Guard's.
    pub fn entity_id(&self) -> String {
        format!("{}/saml/{}", self.0.surroundings.links.guard, self.state().settings.connection)
    }

    /// The ACS, with a query as Guard's has.
    pub fn acs_url(&self) -> String {
        let connection = self.state().settings.connection;
        format!("{}{}?connection=saml-{connection}", self.0.surroundings.links.guard, super::pages::CALLBACK)
    }

    /// Trusts the identity provider that an administrator described.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn trust(&self, settings: IdpSettings) -> anyhow::Result<()> {
        self.change(|kept| kept.idp = Some(Idp { settings, metadata_url: None }))
    }

    /// Trusts nobody any more; customers log in with email and password.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn forget(&self) -> anyhow::Result<()> {
        self.change(|kept| {
            kept.idp = None;
            kept.authentication = Authentication::default();
        })
    }

    /// How customers log in.
    pub fn authentication(&self) -> Authentication {
        self.state().settings.authentication
    }

    /// Changes how customers log in.
    ///
    /// # Errors
    /// A sentence: it cannot be so, or it cannot be kept.
    pub fn authenticate(&self, authentication: Authentication) -> Result<(), String> {
        authentication.check(self.state().settings.idp.is_some())?;
        self.change(|kept| kept.authentication = authentication).map_err(|error| format!("{error:#}"))
    }

    /// Changes what is kept: on disk first, so that nothing is believed that a restart forgets.
    fn change(&self, change: impl FnOnce(&mut Settings)) -> anyhow::Result<()> {
        let mut state = self.state();
        let mut settings = state.settings.clone();
        change(&mut settings);
        settings.keep(&self.0.surroundings.folder)?;
        state.settings = settings;
        Ok(())
    }

    /// Fetches the identity provider's metadata and trusts what it says. The first time single
    /// sign-on is enabled too, alone: what an administrator comes to by hand, done at once.
    ///
    /// # Errors
    /// A sentence: not reachable, no usable metadata, or a folder that cannot be written.
    pub async fn read_metadata(&self, metadata_url: &str) -> Result<(), String> {
        let problem = |error: reqwest::Error| {
            format!("{metadata_url} could not be reached ({}).", super::causes(&error))
        };
        let answer = self.0.surroundings.http.get(metadata_url).send().await.map_err(problem)?;
        if !answer.status().is_success() {
            return Err(format!("{metadata_url} answers {}.", answer.status()));
        }
        let xml = answer.text().await.map_err(problem)?;
        let settings = IdpSettings::from_metadata(&xml)
            .map_err(|problem| format!("The metadata at {metadata_url} is not usable: {problem}."))?;
        let changed = self.change(|kept| {
            if kept.idp.is_none() {
                kept.authentication = Authentication::FINISHED;
            }
            kept.idp = Some(Idp { settings, metadata_url: Some(metadata_url.into()) });
        });
        changed.map_err(|error| format!("{error:#}"))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves nothing half written here that matters to practice.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn service_provider(&self) -> Option<ServiceProvider> {
        let settings = self.state().settings.idp.as_ref()?.settings.clone();
        Some(ServiceProvider::new(self.entity_id(), self.acs_url(), settings))
    }

    /// Judges a posted response and remembers the finding. The request it answers is taken off the
    /// list whatever comes out: it is answered once.
    fn receive(
        &self,
        sp: &ServiceProvider,
        response: &str,
        relay_state: Option<&str>,
    ) -> (String, Arc<Finding>) {
        let waiting =
            ServiceProvider::answered_request(response).and_then(|id| self.state().waiting.pop(&id));
        let now = self.0.surroundings.clock.now();
        let expected = waiting.as_ref().map(|waiting| &waiting.outstanding);
        let examination = sp.examine(response, relay_state, expected, now);
        let typed = waiting.as_ref().map_or("", |waiting| waiting.email.as_str());
        let verdict = judge(&examination, typed);
        let edge = waiting.as_ref().map(|waiting| waiting.edge);
        let relay_state = relay_state.map(str::to_owned);
        let finding = Arc::new(Finding { at: now, verdict, examination, relay_state, edge });
        let key = self.0.surroundings.random.token();
        self.state().results.put(key.clone(), finding.clone());
        (key, finding)
    }
}

/// What a response comes to for somebody who typed `typed` at the portal.
fn judge(examination: &Examination, typed: &str) -> Verdict {
    let Some(decoded) = examination.decoded.as_ref().filter(|_| examination.passed()) else {
        return Verdict::Refused;
    };
    match decoded.name_id() {
        None => Verdict::Declined(decoded.status.clone()),
        Some(name_id) if typed.is_empty() || same_email(typed, name_id) => {
            Verdict::SignedIn { email: name_id.into() }
        }
        Some(name_id) => Verdict::OtherEmail { typed: typed.into(), name_id: name_id.into() },
    }
}

/// Atlassian keeps addresses in lower case.
fn same_email(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
