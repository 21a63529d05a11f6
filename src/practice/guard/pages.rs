//! The practice Guard's pages for customers: the help centre, and the findings.

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

use super::edges::Edge;
use super::pretty::pretty;
use super::{Authentication, Finding, Guard, SingleSignOn, Verdict, Waiting, admin};
use crate::practice::pages::{CALLBACK, Frame, Place, Trouble, render, surround};
use crate::practice::sp::{Assertion, Check, PostForm};

const SESSION: &str = "practice_guard";
const EMAIL: &str = "practice_email";
/// The address that tries single sign-on before it is enabled.
pub(super) const TEST: &str = "/sign-in/test";
/// The longest email the portal takes, in bytes.
const MAX_EMAIL: usize = 254;

pub fn router(guard: Guard) -> Router {
    let surroundings = guard.0.surroundings.clone();
    let router = Router::new()
        .route("/", get(home))
        .route("/sign-in", post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/password", post(password))
        .route(TEST, get(test))
        .route(CALLBACK, post(callback))
        .route("/result/{key}", get(result))
        .merge(admin::routes())
        .with_state(guard);
    surround(router, Place::Guard, &surroundings)
}

#[derive(Template)]
#[template(path = "practice/guard_home.html")]
struct Home {
    frame: Frame,
    /// Of the customer who is signed in.
    signed_in: Option<SignedIn>,
    typed: String,
    edges: [Edge; 12],
    has_idp: bool,
    authentication: Authentication,
}

impl Home {
    fn enabled(&self) -> bool {
        self.has_idp && self.authentication.single_sign_on == SingleSignOn::On
    }
}

struct SignedIn {
    email: String,
    result: String,
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
    let (has_idp, authentication) = (state.settings.idp.is_some(), state.settings.authentication);
    drop(state);
    render(&Home {
        frame: Frame::new("Acme Help Centre", Place::Guard, &guard.0.surroundings),
        signed_in,
        typed: jar.get(EMAIL).map(|cookie| cookie.value().to_owned()).unwrap_or_default(),
        edges: Edge::ALL,
        has_idp,
        authentication,
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

/// The help centre's sign-in, and the edges, which are tried whatever customers may do.
async fn sign_in(State(guard): State<Guard>, jar: CookieJar, Form(form): Form<SignInForm>) -> Response {
    let edge = if form.edge.is_empty() { Some(Edge::Plain) } else { Edge::named(&form.edge) };
    let email = form.email.trim().to_owned();
    let (Some(edge), true) = (edge, email.len() <= MAX_EMAIL) else {
        return trouble(&guard, StatusCode::BAD_REQUEST, "The form is not one of this page's.");
    };
    let enabled = guard.authentication().single_sign_on == SingleSignOn::On;
    if edge == Edge::Plain && !enabled && guard.service_provider().is_some() {
        return trouble(&guard, StatusCode::CONFLICT, NOT_ENABLED);
    }
    send_away(&guard, jar, email, edge)
}

/// The test address, as Atlassian's administration gives it out.
async fn test(State(guard): State<Guard>, jar: CookieJar) -> Response {
    if guard.authentication().single_sign_on == SingleSignOn::Off {
        return trouble(&guard, StatusCode::CONFLICT, NO_TEST);
    }
    send_away(&guard, jar, String::new(), Edge::Plain)
}

#[derive(Template)]
#[template(path = "practice/guard_password.html")]
struct PasswordPage {
    frame: Frame,
    email: String,
}

/// "Login with email and password". There is no such password in the practice world; the page says
/// what it would mean.
async fn password(State(guard): State<Guard>, Form(form): Form<SignInForm>) -> Response {
    if !guard.authentication().password {
        return trouble(&guard, StatusCode::FORBIDDEN, "Login with email and password is disabled.");
    }
    let email = form.email.trim().to_owned();
    let frame = Frame::new("Past the identity provider", Place::Guard, &guard.0.surroundings);
    render(&PasswordPage { frame, email })
}

/// Sends the visitor to the identity provider.
fn send_away(guard: &Guard, jar: CookieJar, email: String, edge: Edge) -> Response {
    let Some(sp) = guard.service_provider() else {
        return trouble(guard, StatusCode::SERVICE_UNAVAILABLE, NO_IDP);
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
    if query.connection != format!("saml-{}", guard.state().settings.connection) {
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

const NO_IDP: &str = "No identity provider is set up here yet: set up SAML single sign-on in the practice \
     Atlassian Administration.";
const NOT_ENABLED: &str = "Single sign-on is not enabled, so customers are not sent to the identity provider. \
     The practice Atlassian Administration enables it, under Authentication.";
const NO_TEST: &str = "The test address works once single sign-on is being tested or enabled: choose so in \
     the practice Atlassian Administration, under Authentication.";

pub(super) fn trouble(guard: &Guard, status: StatusCode, problem: &str) -> Response {
    let frame = Frame::new("That did not work", Place::Guard, &guard.0.surroundings);
    (status, render(&Trouble { frame, problem: problem.into() })).into_response()
}

/// A cookie of this practice server: plain http on loopback, hence not `Secure`.
fn cookie(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).build()
}
