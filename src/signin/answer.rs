//! The answer: what is written when a sign-in ends, and the page that carries the signed response
//! to the SP.

use axum::response::{IntoResponse, Response};
use base64::Engine;
use sqlx::{PgConnection, Postgres, Transaction};
use time::OffsetDateTime;

use super::here::Here;
use super::session::{self, Methods, Session};
use super::views::AutoPostPage;
use super::{Asked, Purpose, SignIn, Step, device, frame, pages, store, trial};
use crate::app::App;
use crate::audit::{self, Event};
use crate::customers::Customer;
use crate::error::AppError;
use crate::factors::Method;
use crate::policy::SessionLimits;
use crate::recovery::{self, Notice};
use crate::saml::authn_context::{self, NoAuthnContext};
use crate::saml::trace::{self, Detail, Entry};
use crate::saml::{self, Message, Refusal, SigningKey, Status, Subject, Success};
use crate::sites::{ServiceProvider, Site};
use crate::web::cookies::SetCookies;
use crate::web::visitor::Visitor;
use crate::web::{Agent, agent};

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
    if customer.frozen_at.is_some() {
        // By whichever way: nobody signs in to a frozen account (security.md A3).
        signin.start_over();
        store::signins::save(&mut tx, &signin).await?;
        tx.commit().await?;
        return Ok(pages::to_current_step(here));
    }
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
    if let Some(trial) = signin.trial {
        return trial::finish(here, tx, &signin, trial, &session).await;
    }
    if !session.methods.factors.is_empty() {
        // None is lost, then.
        recovery::call_off(&mut tx, &here.app, &session.customer, here.lang()).await?;
    }
    let former = match &here.session_token {
        Some(old) => store::sessions::end(&mut tx, here.site.id, &session::token_hash(old)).await?,
        None => None,
    };
    store::sessions::insert(&mut tx, &session, here.visitor.agent).await?;
    tell_of_new_browser(here, &mut tx, &session.customer).await?;
    store::throttles::remember_browser(&mut tx, here.site.id, customer, &here.browser_hash, here.now).await?;
    let device = match signin.remember_days {
        Some(days) if !methods.factors.is_empty() => device::remember(here, &mut tx, customer, days).await?,
        _ => SetCookies::new(),
    };
    let answer = Answer::of(&session, &signin.request);
    let page = match &signin.purpose {
        Purpose::Account { path } => {
            if let Some(event) = answer.event(&here.parties(), "signin.completed") {
                audit::record(&mut tx, here.now, &event).await?;
            }
            // A page of the one who was here before is none of somebody else's.
            let same = former.is_none_or(|former| former == customer);
            here.to_account(if same { path } else { "" })
        }
        _ => {
            let request = signin.request.seen();
            give(&here.parties(), &mut tx, &signin.request, request, answer, "signin.completed").await?
        }
    };
    tx.commit().await?;
    Ok((SetCookies::new().session(here.site.id.0, &token), device, page).into_response())
}

/// Tells a customer who has signed in before, but never with this browser (security.md A3).
async fn tell_of_new_browser(
    here: &Here,
    conn: &mut PgConnection,
    customer: &Customer,
) -> Result<(), AppError> {
    let browsers =
        store::throttles::known_browsers(conn, here.site.id, customer.id, &here.browser_hash).await?;
    if browsers.is_first || browsers.has_this {
        return Ok(());
    }
    let lang = here.lang_of(conn, customer.id).await?;
    let stored = here.visitor.agent.map(Agent::stored);
    let (browser, network) = (agent::words(stored.as_deref(), lang), here.visitor.ip.to_string());
    let notice = Notice::NewDevice { browser: &browser, network: Some(&network) };
    Ok(recovery::notify(conn, &here.app, customer, lang, notice).await?)
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

    /// The message, not yet signed.
    pub fn message<'m>(&self, parties: &Parties<'m>, asked: &'m Asked, names: &'m Names) -> Message<'m>
    where
        'a: 'm,
    {
        let sp = parties.service_provider;
        match self {
            Self::SignedIn { session, authn_context } => Message::Success(Success {
                issuer: &names.issuer,
                acs_url: &sp.acs_url,
                audience: &sp.entity_id,
                in_response_to: &asked.request_id,
                response_id: &names.response_id,
                assertion_id: &names.assertion_id,
                subject: Subject {
                    email: &session.customer.email,
                    given_name: &session.customer.given_name,
                    family_name: &session.customer.family_name,
                    stable_id: &names.stable_id,
                },
                session_index: &session.index,
                authn_instant: session.authn_at,
                authn_context,
                now: parties.now,
            }),
            Self::Refused { refusal, .. } => Message::Status(Status {
                issuer: &names.issuer,
                acs_url: &sp.acs_url,
                in_response_to: &asked.request_id,
                response_id: &names.response_id,
                refusal: *refusal,
                now: parties.now,
            }),
        }
    }

    /// What the trace keeps of the exchange.
    pub fn detail(&self, request: trace::Request, message: &Message<'_>, key: &SigningKey) -> Detail {
        let code = match self {
            Self::SignedIn { .. } => None,
            Self::Refused { refusal, .. } => Some(told(*refusal).0.to_owned()),
        };
        Detail { code, request: Some(request), answer: Some(message.told(key)), excerpt: None }
    }

    /// The row of the site's trace.
    pub fn trace<'b>(&self, parties: &Parties<'b>, asked: &'b Asked, detail: &'b Detail) -> Entry<'b> {
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
            detail,
        }
    }

    /// The audit event, if a customer is concerned.
    pub fn event(&self, parties: &Parties<'_>, action: &'static str) -> Option<Event<'static>> {
        let session = self.session()?;
        let result = match self {
            Self::SignedIn { .. } => "ok",
            Self::Refused { refusal, .. } => told(*refusal).0,
        };
        let (customer, ip) = (Some(session.customer.id), parties.visitor.ip);
        Some(Event {
            factor: session.methods.factors.iter().next().map(Method::word),
            ..Event::by_customer(parties.site.id, customer, ip, action, result)
        })
    }
}

/// The names a message goes by and is made of, kept while it is written.
pub struct Names {
    issuer: String,
    response_id: String,
    assertion_id: String,
    stable_id: String,
}

impl Names {
    /// Fresh ones for one answer.
    pub fn of(parties: &Parties<'_>, answer: &Answer<'_>) -> Self {
        let app = parties.app;
        Self {
            issuer: saml::entity_id(&app.config.base_url, parties.site.id),
            response_id: saml::new_id(&app.random),
            assertion_id: saml::new_id(&app.random),
            stable_id: answer.session().map(|session| session.customer.id.to_string()).unwrap_or_default(),
        }
    }
}

/// Gives `answer` to what the trace knows as `request`: writes the trace and the audit event and makes
/// the page. The caller commits.
pub async fn give(
    parties: &Parties<'_>,
    conn: &mut PgConnection,
    asked: &Asked,
    request: trace::Request,
    answer: Answer<'_>,
    action: &'static str,
) -> Result<Response, AppError> {
    if let Some(event) = answer.event(parties, action) {
        audit::record(conn, parties.now, &event).await?;
    }
    let key = saml::signing_key(conn, parties.app, parties.site.id).await?;
    let names = Names::of(parties, &answer);
    let message = answer.message(parties, asked, &names);
    let detail = answer.detail(request, &message, &key);
    let entry = answer.trace(parties, asked, &detail);
    saml::store::insert_trace(conn, parties.site.id, parties.now, &entry).await?;
    page(parties, asked, &message, &key)
}

/// The page that posts `message`, signed, to the SP.
pub fn page(
    parties: &Parties<'_>,
    asked: &Asked,
    message: &Message<'_>,
    key: &SigningKey,
) -> Result<Response, AppError> {
    Ok(auto_post(parties, asked, &message.sign(key).map_err(AppError::internal)?))
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
        shell: frame::momentary_shell(parties.visitor, parties.site),
        acs_url: parties.service_provider.acs_url.clone(),
        saml_response: base64::engine::general_purpose::STANDARD.encode(xml),
        relay_state: asked.relay_state.clone(),
    };
    parties.visitor.auto_post_page(&page, &parties.service_provider.acs_url)
}
