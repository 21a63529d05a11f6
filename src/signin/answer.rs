//! The answer: what is written when a sign-in ends, and the page that carries the signed response
//! to the SP.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use base64::Engine;
use sqlx::{PgConnection, Postgres, Transaction};
use time::OffsetDateTime;

use super::here::Here;
use super::session::{self, Methods, Session};
use super::views::AutoPostPage;
use super::{Asked, SignIn, Step, pages, store};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::customers::Customer;
use crate::error::AppError;
use crate::saml::trace::Entry;
use crate::saml::{self, Refusal, SigningKey, Status, Subject, Success, authn_context, response};
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
/// S1), the browser known from now on, the response on its way. Commits `tx`.
pub async fn finish(
    here: &Here,
    mut tx: Transaction<'_, Postgres>,
    mut signin: SignIn,
    customer: Customer,
    methods: Methods,
) -> Result<Response, AppError> {
    let token = here.app.random.token();
    let session = Session {
        token_hash: session::token_hash(&token),
        index: format!("_{}", here.app.random.token()),
        customer,
        methods,
        authn_at: here.now,
        last_seen_at: here.now,
        expires_at: here.now + session::ABSOLUTE,
    };
    let customer = session.customer.id;
    signin.step = Step::Finished;
    store::signins::save(&mut tx, &signin).await?;
    if let Some(old) = &here.session_token {
        store::sessions::end(&mut tx, here.site.id, &session::token_hash(old)).await?;
    }
    store::sessions::insert(
        &mut tx,
        here.site.id,
        customer,
        &session.token_hash,
        &session.index,
        methods,
        here.now,
    )
    .await?;
    store::throttles::remember_browser(&mut tx, here.site.id, customer, &here.browser_hash, here.now).await?;
    let page = from_session(&here.parties(), &mut tx, &signin.request, &session, "signin.completed").await?;
    tx.commit().await?;
    Ok((SetCookies::new().session(here.site.id.0, &token), page).into_response())
}

/// Answers from a session: the assertion, or the SAML status that says why there is none. Writes
/// the trace and the audit event; the caller commits.
pub async fn from_session(
    parties: &Parties<'_>,
    conn: &mut PgConnection,
    asked: &Asked,
    session: &Session,
    action: &'static str,
) -> Result<Response, AppError> {
    let event = |result| Event {
        customer: Some(session.customer.id),
        factor: session.methods.totp.then_some("totp"),
        client_ip: Some(parties.visitor.ip),
        ..Event::new(parties.site.id, Actor::Customer, action, result)
    };
    let Ok(authn_context) = authn_context::statement(session.methods.into(), asked.contexts.as_ref()) else {
        audit::record(conn, parties.now, &event("no_authn_context")).await?;
        return refuse(parties, conn, asked, Refusal::NoAuthnContext).await;
    };
    audit::record(conn, parties.now, &event("ok")).await?;
    let customer = &session.customer;
    trace(parties, conn, asked, "answered", "A signed response went out.", Some(customer)).await?;
    let key = signing_key(parties, conn).await?;
    let xml = response::success(
        &key,
        &Success {
            issuer: &saml::entity_id(&parties.app.config.base_url, parties.site.id),
            acs_url: &parties.service_provider.acs_url,
            audience: &parties.service_provider.entity_id,
            in_response_to: &asked.request_id,
            response_id: &saml::new_id(&parties.app.random),
            assertion_id: &saml::new_id(&parties.app.random),
            subject: Subject {
                email: &customer.email,
                given_name: &customer.given_name,
                family_name: &customer.family_name,
                stable_id: &customer.id.to_string(),
            },
            session_index: &session.index,
            authn_instant: session.authn_at,
            authn_context,
            now: parties.now,
        },
    )
    .map_err(AppError::internal)?;
    Ok(auto_post(parties, asked, &xml))
}

/// Answers with a SAML status and no assertion. Writes the trace; the caller commits.
pub async fn refuse(
    parties: &Parties<'_>,
    conn: &mut PgConnection,
    asked: &Asked,
    refusal: Refusal,
) -> Result<Response, AppError> {
    let (verdict, reason) = told(refusal);
    trace(parties, conn, asked, verdict, reason, None).await?;
    let key = signing_key(parties, conn).await?;
    let xml = response::status(
        &key,
        &Status {
            issuer: &saml::entity_id(&parties.app.config.base_url, parties.site.id),
            acs_url: &parties.service_provider.acs_url,
            in_response_to: &asked.request_id,
            response_id: &saml::new_id(&parties.app.random),
            refusal,
            now: parties.now,
        },
    )
    .map_err(AppError::internal)?;
    Ok(auto_post(parties, asked, &xml))
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

async fn signing_key(parties: &Parties<'_>, conn: &mut PgConnection) -> Result<Arc<SigningKey>, AppError> {
    saml::signing_key(conn, parties.app, parties.site.id)
        .await?
        .ok_or_else(|| AppError::internal(anyhow::anyhow!("site {} has no signing key", parties.site.id)))
}

async fn trace(
    parties: &Parties<'_>,
    conn: &mut PgConnection,
    asked: &Asked,
    verdict: &str,
    reason: &str,
    customer: Option<&Customer>,
) -> Result<(), AppError> {
    let entry = Entry {
        reference: &parties.visitor.reference,
        verdict,
        reason,
        binding: asked.binding,
        request_id: Some(&asked.request_id),
        issuer: Some(&parties.service_provider.entity_id),
        acs_url: Some(&parties.service_provider.acs_url),
        customer: customer.map(|customer| customer.id),
    };
    Ok(saml::store::insert_trace(conn, parties.site.id, parties.now, &entry).await?)
}

fn auto_post(parties: &Parties<'_>, asked: &Asked, xml: &str) -> Response {
    let page = AutoPostPage {
        shell: pages::shell(parties.visitor, parties.site),
        acs_url: parties.service_provider.acs_url.clone(),
        saml_response: base64::engine::general_purpose::STANDARD.encode(xml),
        relay_state: asked.relay_state.clone(),
    };
    parties.visitor.auto_post_page(&page, &parties.service_provider.acs_url)
}
