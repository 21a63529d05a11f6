//! The practice Guard's pages: the help centre, and the findings.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::edges::Edge;
use super::pretty::pretty;
use super::{Finding, Guard, Verdict, Waiting};
use crate::practice::pages::{CALLBACK, Frame, Place, Trouble, render, surround};
use crate::practice::sp::{Assertion, Check, PostForm};

const SESSION: &str = "practice_guard";
const EMAIL: &str = "practice_email";
/// The longest email the portal takes, in bytes.
const MAX_EMAIL: usize = 254;

pub fn router(guard: Guard) -> Router {
    let surroundings = guard.0.surroundings.clone();
    let router = Router::new()
        .route("/", get(home))
        .route("/sign-in", post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/metadata", post(metadata))
        .route(CALLBACK, post(callback))
        .route("/result/{key}", get(result))
        .with_state(guard);
    surround(router, &surroundings)
}

#[derive(Template)]
#[template(path = "practice/guard_home.html")]
struct Home {
    frame: Frame,
    /// Of the customer who is signed in.
    signed_in: Option<SignedIn>,
    typed: String,
    edges: [Edge; 12],
    entity_id: String,
    acs_url: String,
    idp: Option<IdpFacts>,
}

struct SignedIn {
    email: String,
    result: String,
}

struct IdpFacts {
    entity_id: String,
    sso_url: String,
    fingerprints: Vec<String>,
}

async fn home(State(guard): State<Guard>, jar: CookieJar) -> Response {
    let mut state = guard.state();
    let signed_in =
        jar.get(SESSION).and_then(|cookie| state.sessions.get(cookie.value()).cloned()).and_then(|result| {
            let finding = state.results.get(&result)?;
            match &finding.verdict {
                Verdict::SignedIn { email } => Some(SignedIn { email: email.clone(), result }),
                _ => None,
            }
        });
    let idp = state.idp.as_ref().map(|idp| IdpFacts {
        entity_id: idp.settings.entity_id.clone(),
        sso_url: idp.settings.sso_url.clone(),
        fingerprints: idp.settings.certificates_der.iter().map(|der| fingerprint(der)).collect(),
    });
    drop(state);
    render(&Home {
        frame: Frame::new("Acme Help Centre", Place::Guard, &guard.0.surroundings),
        signed_in,
        typed: jar.get(EMAIL).map(|cookie| cookie.value().to_owned()).unwrap_or_default(),
        edges: Edge::ALL,
        entity_id: guard.entity_id(),
        acs_url: guard.acs_url(),
        idp,
    })
}

#[derive(Deserialize)]
struct SignInForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    edge: String,
}

#[derive(Template)]
#[template(path = "practice/guard_post.html")]
struct PostPage {
    frame: Frame,
    form: PostForm,
}

/// Sends the visitor to the identity provider.
async fn sign_in(State(guard): State<Guard>, jar: CookieJar, Form(form): Form<SignInForm>) -> Response {
    let edge = if form.edge.is_empty() { Some(Edge::Plain) } else { Edge::named(&form.edge) };
    let email = form.email.trim().to_owned();
    let (Some(edge), true) = (edge, email.len() <= MAX_EMAIL) else {
        return trouble(&guard, StatusCode::BAD_REQUEST, "The form is not one of this page's.");
    };
    let Some(sp) = guard.service_provider() else {
        return trouble(&guard, StatusCode::SERVICE_UNAVAILABLE, NO_IDP);
    };
    let now = guard.0.surroundings.clock.now();
    let random = &guard.0.surroundings.random;
    // Opaque to the identity provider, with the characters that careless ones break.
    let relay_state =
        format!("/servicedesk/customer/portal/1?from=sign-in&q=\"a b\"+é#{}", random.reference());
    let (options, issued) = edge.request(relay_state, now);
    let id = {
        let mut state = guard.state();
        let again = state.last_id.clone().filter(|_| edge == Edge::Replay);
        let id = again.unwrap_or_else(|| format!("_{}", random.uuid().simple()));
        state.last_id = Some(id.clone());
        let outstanding = options.outstanding(&id);
        state.waiting.put(id.clone(), Waiting { outstanding, email: email.clone(), edge });
        id
    };
    let jar = if email.is_empty() { jar } else { jar.add(cookie(EMAIL, email)) };
    let answer = match edge {
        Edge::PostBinding => {
            let frame = Frame::new("On to the sign-in", Place::Guard, &guard.0.surroundings);
            render(&PostPage { frame, form: sp.authn_request_form(&options, &id, issued) })
        }
        _ => Redirect::to(&sp.authn_request(&options, &id, issued)).into_response(),
    };
    (jar, answer).into_response()
}

#[derive(Deserialize)]
struct Connection {
    #[serde(default)]
    connection: String,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "SAMLResponse", default)]
    response: String,
    #[serde(rename = "RelayState")]
    relay_state: Option<String>,
}

/// The ACS.
async fn callback(
    State(guard): State<Guard>,
    jar: CookieJar,
    Query(query): Query<Connection>,
    Form(answer): Form<Answer>,
) -> Response {
    if query.connection != format!("saml-{}", guard.0.connection) {
        return trouble(&guard, StatusCode::NOT_FOUND, "There is no such SAML connection.");
    }
    let Some(sp) = guard.service_provider() else {
        return trouble(&guard, StatusCode::SERVICE_UNAVAILABLE, NO_IDP);
    };
    let (key, finding) = guard.receive(&sp, &answer.response, answer.relay_state.as_deref());
    let jar = match finding.verdict {
        Verdict::SignedIn { .. } => {
            let token = guard.0.surroundings.random.token();
            guard.state().sessions.put(token.clone(), key.clone());
            jar.add(cookie(SESSION, token))
        }
        _ => jar,
    };
    (jar, Redirect::to(&format!("/result/{key}"))).into_response()
}

#[derive(Template)]
#[template(path = "practice/guard_result.html")]
struct ResultPage {
    frame: Frame,
    finding: Arc<Finding>,
    xml: String,
}

impl ResultPage {
    fn checks(&self) -> &[Check] {
        &self.finding.examination.checks
    }

    fn assertion(&self) -> Option<&Assertion> {
        self.finding.examination.decoded.as_ref()?.assertion.as_ref()
    }

    fn time(&self, at: &time::OffsetDateTime) -> String {
        let (hour, minute, second) = at.to_hms();
        format!("{} {hour:02}:{minute:02}:{second:02} UTC", at.date())
    }
}

async fn result(State(guard): State<Guard>, Path(key): Path<String>) -> Response {
    let finding = guard.state().results.get(&key).cloned();
    let Some(finding) = finding else {
        return trouble(&guard, StatusCode::NOT_FOUND, "This result is no longer kept.");
    };
    let (status, title) = match &finding.verdict {
        Verdict::SignedIn { .. } => (StatusCode::OK, "You are signed in"),
        Verdict::OtherEmail { .. } => (StatusCode::FORBIDDEN, "Not signed in"),
        Verdict::Declined(_) => (StatusCode::OK, "Nobody signed in"),
        Verdict::Refused => (StatusCode::FORBIDDEN, "The response is refused"),
    };
    let xml = finding.examination.xml.as_deref().map(pretty).unwrap_or_default();
    let frame = Frame::new(title, Place::Guard, &guard.0.surroundings);
    (status, render(&ResultPage { frame, finding, xml })).into_response()
}

async fn sign_out(State(guard): State<Guard>, jar: CookieJar) -> Response {
    if let Some(cookie) = jar.get(SESSION) {
        guard.state().sessions.pop(cookie.value());
    }
    (jar.remove(Cookie::build(SESSION).path("/")), Redirect::to("/")).into_response()
}

/// Reads the identity provider's metadata again: after a change of its key, say.
async fn metadata(State(guard): State<Guard>) -> Response {
    let url = guard.state().idp.as_ref().map(|idp| idp.metadata_url.clone());
    let Some(url) = url else {
        return trouble(&guard, StatusCode::SERVICE_UNAVAILABLE, NO_IDP);
    };
    match guard.read_metadata(&url).await {
        Ok(()) => Redirect::to("/").into_response(),
        Err(problem) => trouble(&guard, StatusCode::BAD_GATEWAY, &problem),
    }
}

const NO_IDP: &str = "No identity provider is set up here yet.";

fn trouble(guard: &Guard, status: StatusCode, problem: &str) -> Response {
    let frame = Frame::new("That did not work", Place::Guard, &guard.0.surroundings);
    (status, render(&Trouble { frame, problem: problem.into() })).into_response()
}

/// A cookie of this practice server: plain http on loopback, hence not `Secure`.
fn cookie(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).build()
}

/// SHA-256 of a certificate in pairs of hex digits, as administrators compare it.
fn fingerprint(der: &[u8]) -> String {
    Sha256::digest(der).iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}
