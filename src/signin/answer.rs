//! The answer: what is written when a sign-in ends, and the page that carries the signed response
//! to the SP.

use axum::response::{IntoResponse, Response};
use base64::Engine;
use sqlx::{PgConnection, Postgres, Transaction};
use time::OffsetDateTime;

use super::here::Here;
use super::session::{self, Methods, Session};
use super::views::AutoPostPage;
use super::{Asked, SignIn, Step, frame, store};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::customers::Customer;
use crate::error::AppError;
use crate::policy::SessionLimits;
use crate::saml::authn_context::{self, NoAuthnContext};
use crate::saml::trace::Entry;
use crate::saml::{self, Refusal, SigningKey, Status, Subject, Success, response};
use crate::sites::{ServiceProvider, Site};
use crate::web::cookies::SetCookies;
use crate::web::visitor::Visitor;

/// Where an answer goes and in whose name.
pub struct Parties<'a> {
    pub app: &'a App,
    pub visitor: &'a Visitor,
    pub site: &'a Site,
    pub service_provider: &'a ServiceProvider,
    pub now: OffsetDateTime,
}

impl Here {
    /// The parties of this sign-in's answer.
    pub fn parties(&self) -> Parties<'_> {
        Parties {
            app: &self.app,
            visitor: &self.visitor,
            site: &self.site,
            service_provider: &self.service_provider,
            now: self.now,
        }
    }
}

/// Ends a sign-in whose customer has shown all that the policy asks: a new session (security.md
/// S1) within the site's `limits`, the browser known from now on, the response on its way. Commits
/// `tx`.
pub async fn finish(
    here: &Here,
    mut tx: Transaction<'_, Postgres>,
    mut signin: SignIn,
    customer: Customer,
    methods: Methods,
    limits: SessionLimits,
) -> Result<Response, AppError> {
    let token = here.app.random.token();
    let session = Session {
        token_hash: session::token_hash(&token),
        index: format!("_{}", here.app.random.token()),
        customer,
        methods,
        authn_at: here.now,
        last_seen_at: here.now,
        expires_at: here.now + limits.absolute(),
    };
    let customer = session.customer.id;
    signin.step = Step::Finished;
    store::signins::save(&mut tx, &signin).await?;
    if let Some(old) = &here.session_token {
        store::sessions::end(&mut tx, here.site.id, &session::token_hash(old)).await?;
    }
    store::sessions::insert(&mut tx, &session).await?;
    store::throttles::remember_browser(&mut tx, here.site.id, customer, &here.browser_hash, here.now).await?;
    let answer = Answer::of(&session, &signin.request);
    let page = give(&here.parties(), &mut tx, &signin.request, answer, "signin.completed").await?;
    tx.commit().await?;
    Ok((SetCookies::new().session(here.site.id.0, &token), page).into_response())
}

/// What the SP is told.
#[derive(Clone, Copy)]
pub enum Answer<'a> {
    /// Who signed in, and the AuthnContext that is true of it.
    SignedIn { session: &'a Session, authn_context: &'static str },
    /// Why nobody did.
    Refused { session: Option<&'a Session>, refusal: Refusal },
}

impl<'a> Answer<'a> {
    /// What `session` is worth to an SP that asked `asked`.
    pub fn of(session: &'a Session, asked: &Asked) -> Self {
        match authn_context::statement(session.methods.into(), asked.contexts.as_ref()) {
            Ok(authn_context) => Self::SignedIn { session, authn_context },
            Err(NoAuthnContext) => Self::Refused { session: Some(session), refusal: Refusal::NoAuthnContext },
        }
    }

    fn session(&self) -> Option<&'a Session> {
        match self {
            Self::SignedIn { session, .. } => Some(session),
            Self::Refused { session, .. } => *session,
        }
    }

    /// The row of the site's trace.
    pub fn trace<'b>(&self, parties: &Parties<'b>, asked: &'b Asked) -> Entry<'b> {
        let (verdict, reason) = match self {
            Self::SignedIn { .. } => ("answered", "A signed response went out."),
            Self::Refused { refusal, .. } => told(*refusal),
        };
        Entry {
            reference: &parties.visitor.reference,
            verdict,
            reason,
            binding: asked.binding,
            request_id: Some(&asked.request_id),
            issuer: Some(&parties.service_provider.entity_id),
            acs_url: Some(&parties.service_provider.acs_url),
            customer: self.session().map(|session| session.customer.id),
        }
    }

    /// The audit event, if a customer is concerned.
    pub fn event(&self, parties: &Parties<'_>, action: &'static str) -> Option<Event<'static>> {
        let session = self.session()?;
        let result = match self {
            Self::SignedIn { .. } => "ok",
            Self::Refused { refusal, .. } => told(*refusal).0,
        };
        Some(Event {
            customer: Some(session.customer.id),
            factor: session.methods.totp.then_some("totp"),
            client_ip: Some(parties.visitor.ip),
            ..Event::new(parties.site.id, Actor::Customer, action, result)
        })
    }

    /// The page that posts the signed response to the SP.
    pub fn page(&self, parties: &Parties<'_>, key: &SigningKey, asked: &Asked) -> Result<Response, AppError> {
        let app = parties.app;
        let issuer = saml::entity_id(&app.config.base_url, parties.site.id);
        let response_id = saml::new_id(&app.random);
        let sp = parties.service_provider;
        let xml = match self {
            Self::SignedIn { session, authn_context } => response::success(
                key,
                &Success {
                    issuer: &issuer,
                    acs_url: &sp.acs_url,
                    audience: &sp.entity_id,
                    in_response_to: &asked.request_id,
                    response_id: &response_id,
                    assertion_id: &saml::new_id(&app.random),
                    subject: Subject {
                        email: &session.customer.email,
                        given_name: &session.customer.given_name,
                        family_name: &session.customer.family_name,
                        stable_id: &session.customer.id.to_string(),
                    },
                    session_index: &session.index,
                    authn_instant: session.authn_at,
                    authn_context,
                    now: parties.now,
                },
            ),
            Self::Refused { refusal, .. } => response::status(
                key,
                &Status {
                    issuer: &issuer,
                    acs_url: &sp.acs_url,
                    in_response_to: &asked.request_id,
                    response_id: &response_id,
                    refusal: *refusal,
                    now: parties.now,
                },
            ),
        }
        .map_err(AppError::internal)?;
        Ok(auto_post(parties, asked, &xml))
    }
}

/// Gives `answer`: writes the trace and the audit event and makes the page. The caller commits.
pub async fn give(
    parties: &Parties<'_>,
    conn: &mut PgConnection,
    asked: &Asked,
    answer: Answer<'_>,
    action: &'static str,
) -> Result<Response, AppError> {
    if let Some(event) = answer.event(parties, action) {
        audit::record(conn, parties.now, &event).await?;
    }
    saml::store::insert_trace(conn, parties.site.id, parties.now, &answer.trace(parties, asked)).await?;
    let key = saml::signing_key(conn, parties.app, parties.site.id).await?;
    answer.page(parties, &key, asked)
}

/// A refusal in the trace: in short, and in plain words for the admin.
fn told(refusal: Refusal) -> (&'static str, &'static str) {
    match refusal {
        Refusal::NoPassive => {
            ("no_passive", "Asked to sign in without showing anything, but the customer has no session here.")
        }
        Refusal::RequestDenied => ("request_denied", "The customer was not let in."),
        Refusal::NoAuthnContext => {
            ("no_authn_context", "Asked for a way of signing in that this customer has not shown.")
        }
        Refusal::InvalidNameIdPolicy => {
            ("invalid_name_id_policy", "Asked for a NameID format other than the email address.")
        }
        Refusal::UnsupportedBinding => {
            ("unsupported_binding", "Asked for the response over a binding other than HTTP-POST.")
        }
    }
}

fn auto_post(parties: &Parties<'_>, asked: &Asked, xml: &str) -> Response {
    let page = AutoPostPage {
        shell: frame::shell(parties.visitor, parties.site),
        acs_url: parties.service_provider.acs_url.clone(),
        saml_response: base64::engine::general_purpose::STANDARD.encode(xml),
        relay_state: asked.relay_state.clone(),
    };
    parties.visitor.auto_post_page(&page, &parties.service_provider.acs_url)
}
