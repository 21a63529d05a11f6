//! The practice Guard: a help centre whose customers sign in through SAML, and the strict SP
//! behind it. It sends AuthnRequests (ordinary ones, and on request odd ones), judges what comes
//! back and shows the judgement, and refuses a NameID other than the typed email in Atlassian's
//! own words. What it knows of visitors is in memory; its entity ID is kept.

mod edges;
mod pages;
mod pretty;

#[cfg(test)]
mod tests;

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use lru::LruCache;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use self::edges::Edge;
use super::Surroundings;
use super::sp::{Examination, IdpSettings, Outstanding, ServiceProvider, Status};

const FILE: &str = "guard.json";
/// How many requests, results and sessions are remembered; the oldest go.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(200).expect("more than zero");

/// The practice Guard. Cheap to clone.
#[derive(Clone)]
pub struct Guard(Arc<Parts>);

struct Parts {
    surroundings: Surroundings,
    /// Names the SAML connection, in entity ID and ACS alike.
    connection: Uuid,
    state: Mutex<State>,
}

struct State {
    idp: Option<Idp>,
    /// Requests that wait for their answer, by ID.
    waiting: LruCache<String, Waiting>,
    /// The ID sent last, to be sent again by the edge "replay".
    last_id: Option<String>,
    results: LruCache<String, Arc<Finding>>,
    /// Signed-in visitors: cookie, then the key of the result.
    sessions: LruCache<String, String>,
}

/// The identity provider and where it describes itself.
#[derive(Clone)]
struct Idp {
    settings: IdpSettings,
    metadata_url: String,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    connection: Uuid,
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
    /// Opens the Guard kept in the folder, or makes a new one. It trusts nobody until
    /// [`Self::read_metadata`].
    pub fn open(surroundings: Surroundings) -> anyhow::Result<Self> {
        let connection = match surroundings.folder.read::<Kept>(FILE)? {
            Some(kept) => kept.connection,
            None => {
                let connection = surroundings.random.uuid();
                surroundings.folder.write(FILE, &Kept { connection })?;
                connection
            }
        };
        let state = State {
            idp: None,
            waiting: LruCache::new(REMEMBERED),
            last_id: None,
            results: LruCache::new(REMEMBERED),
            sessions: LruCache::new(REMEMBERED),
        };
        Ok(Self(Arc::new(Parts { surroundings, connection, state: Mutex::new(state) })))
    }

    /// Its pages and its ACS.
    pub fn router(&self) -> Router {
        pages::router(self.clone())
    }

    /// The SP entity ID, in the shape of Guard's.
    pub fn entity_id(&self) -> String {
        format!("{}/saml/{}", self.0.surroundings.links.guard, self.0.connection)
    }

    /// The ACS, with a query as Guard's has.
    pub fn acs_url(&self) -> String {
        format!(
            "{}{}?connection=saml-{}",
            self.0.surroundings.links.guard,
            super::pages::CALLBACK,
            self.0.connection
        )
    }

    /// Fetches the identity provider's metadata and trusts what it says, as an administrator who
    /// copies it into Guard does.
    ///
    /// # Errors
    /// A sentence: not reachable, or no usable metadata.
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
        self.state().idp = Some(Idp { settings, metadata_url: metadata_url.into() });
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves nothing half written here that matters to practice.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn service_provider(&self) -> Option<ServiceProvider> {
        let settings = self.state().idp.as_ref()?.settings.clone();
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
