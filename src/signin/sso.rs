//! Where AuthnRequests come in (SAML bindings 3.4 and 3.5), and the IdP's metadata.
//!
//! A request is believed in nothing but what it was checked for: the answer goes to the stored ACS,
//! never to an address taken from the request (security.md M1). A refused request is a plain page
//! for the person and a row in the site's trace with the reason for the admin.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use time::{Duration, OffsetDateTime};

use super::answer::{self, Answer, Names, Parties};
use super::here;
use super::store::sessions::{Found, TakenRequest};
use super::views::Notice;
use super::{Asked, SignInId, frame, session, store};
use crate::app::App;
use crate::audit::{Actor, Event};
use crate::error::AppError;
use crate::saml::request::{self, AuthnRequest, Expected, RequestFault};
use crate::saml::trace::{self, Binding, Detail, Entry};
use crate::saml::{self, Refusal, WireFault, authn_context, decode};
use crate::sites::{CurrentSite, ServiceProvider, Site};
use crate::web::cookies::{self, SetCookies};
use crate::web::forms::Form;
use crate::web::visitor::Visitor;

/// Longest RelayState taken, in bytes. SAML allows 80; real SPs send more.
pub const LONGEST_RELAY_STATE: usize = 2 * 1024;

/// How long a request's ID is remembered: until its IssueInstant is too old anyway.
const REPLAY_MEMORY: Duration = Duration::minutes(15);

/// What a binding carries.
#[derive(Debug, Default, Deserialize)]
pub struct Carried {
    #[serde(rename = "SAMLRequest")]
    saml_request: Option<String>,
    #[serde(rename = "RelayState")]
    relay_state: Option<String>,
    /// A signature beside the message (SAML bindings 3.4.4.1). Only that there is one is kept.
    #[serde(skip)]
    signed: bool,
}

impl Carried {
    /// From a query string; a parameter given twice is no request of an honest SP's.
    fn from_query(query: &str) -> Result<Self, Fault> {
        let mut carried = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let slot = match name.as_ref() {
                "SAMLRequest" => &mut carried.saml_request,
                "RelayState" => &mut carried.relay_state,
                "Signature" => {
                    carried.signed = true;
                    continue;
                }
                _ => continue,
            };
            if slot.replace(value.into_owned()).is_some() {
                return Err(Fault::RepeatedParameter);
            }
        }
        Ok(carried)
    }
}

/// Why a request is not followed.
#[derive(Debug)]
enum Fault {
    /// The message itself, or what it asks.
    Request(RequestFault),
    /// A parameter given twice.
    RepeatedParameter,
    /// A RelayState over [`LONGEST_RELAY_STATE`].
    RelayStateTooLong,
    /// A RelayState with U+0000, which Postgres cannot hold and no form can carry.
    RelayStateNul,
    /// An ID that came before.
    Replayed,
}

impl From<RequestFault> for Fault {
    fn from(fault: RequestFault) -> Self {
        Self::Request(fault)
    }
}

impl Fault {
    fn code(&self) -> &'static str {
        match self {
            Self::Request(fault) => fault.code(),
            Self::RepeatedParameter => "repeated_parameter",
            Self::RelayStateTooLong => "relay_state_too_long",
            Self::RelayStateNul => "relay_state_nul",
            Self::Replayed => "replayed",
        }
    }

    /// For the admin who reads the trace.
    fn reason(&self) -> String {
        match self {
            Self::Request(fault) => fault.reason(),
            Self::RepeatedParameter => "The address holds SAMLRequest or RelayState twice.".into(),
            Self::RelayStateTooLong => format!("RelayState is longer than {LONGEST_RELAY_STATE} bytes."),
            Self::RelayStateNul => "RelayState holds the character U+0000.".into(),
            Self::Replayed => "A request with this ID came before: each is answered once.".into(),
        }
    }
}

/// `GET /sites/{site}/saml/sso`: the HTTP-Redirect binding.
pub async fn redirect_binding(
    State(app): State<App>,
    CurrentSite(site): CurrentSite,
    visitor: Visitor,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let carried = Carried::from_query(query.as_deref().unwrap_or_default());
    let arrival = Arrival { app, site, visitor, headers, binding: Binding::Redirect };
    arrival.receive(carried).await
}

/// `POST /sites/{site}/saml/sso`: the HTTP-POST binding. The post comes from another site and so
/// carries no cookie: the sign-in is stored and goes on with a GET, which does.
pub async fn post_binding(
    State(app): State<App>,
    CurrentSite(site): CurrentSite,
    visitor: Visitor,
    headers: HeaderMap,
    Form(carried): Form<Carried>,
) -> Result<Response, AppError> {
    let arrival = Arrival { app, site, visitor, headers, binding: Binding::Post };
    arrival.receive(Ok(carried)).await
}

/// `GET /sites/{site}/saml/metadata`: what an SP needs to know of this IdP.
pub async fn metadata(State(app): State<App>, CurrentSite(site): CurrentSite) -> Result<Response, AppError> {
    let certificates = saml::store::published_certificates(&mut *app.db.acquire().await?, site.id).await?;
    let base = &app.config.base_url;
    let xml = saml::metadata::identity_provider(
        &saml::entity_id(base, site.id),
        &saml::sso_url(base, site.id),
        &certificates,
    )
    .map_err(AppError::internal)?;
    let headers = [
        (header::CONTENT_TYPE, "application/samlmetadata+xml"),
        (header::CACHE_CONTROL, "public, max-age=300"),
    ];
    Ok((headers, xml).into_response())
}

/// A request of the site's own SP.
struct Asking {
    request: AuthnRequest,
    relay_state: Option<String>,
    /// What the SP is told when it asks what cannot be had.
    refusal: Option<Refusal>,
    seen: Seen,
}

/// What can be told of a request, followed or not.
#[derive(Default)]
struct Seen {
    request: trace::Request,
    /// Its XML, if it could be taken off the wire.
    xml: Option<String>,
}

/// One AuthnRequest coming in.
struct Arrival {
    app: App,
    site: Site,
    visitor: Visitor,
    headers: HeaderMap,
    binding: Binding,
}

impl Arrival {
    async fn receive(self, carried: Result<Carried, Fault>) -> Result<Response, AppError> {
        let now = self.app.clock.now();
        let service_provider = match frame::open_for_sign_in(&self.visitor, &self.site) {
            Ok(service_provider) => service_provider,
            Err(page) => return Ok(page),
        };
        let Asking { request, relay_state, refusal, seen } = match self.read(carried, service_provider, now) {
            Ok(read) => read,
            Err((seen, fault)) => return self.refuse(seen, &fault, now).await,
        };
        let asked = self.asked(&request, relay_state);
        let unmeetable = !authn_context::can_be_met(asked.contexts.as_ref());
        if let Some(refusal) = refusal.or_else(|| unmeetable.then_some(Refusal::NoAuthnContext)) {
            return self.decline(&asked, seen, self.parties(service_provider, now), refusal).await;
        }
        if self.binding == Binding::Redirect {
            let parties = self.parties(service_provider, now);
            if !asked.force_authn
                && let Some(found) = self.session(&asked, now).await?
            {
                return self.resume(&asked, seen, parties, found).await;
            }
            if asked.is_passive {
                return self.decline(&asked, seen, parties, Refusal::NoPassive).await;
            }
        }
        self.begin(&asked, seen, now).await
    }

    fn asked(&self, request: &AuthnRequest, relay_state: Option<String>) -> Asked {
        Asked {
            binding: self.binding,
            request_id: request.id.clone(),
            relay_state,
            force_authn: request.force_authn,
            is_passive: request.is_passive,
            contexts: request.requested_contexts.clone(),
        }
    }

    /// Reads and checks what came. A fault comes with what can be told of the request.
    #[allow(clippy::result_large_err, reason = "made once a request")]
    fn read(
        &self,
        carried: Result<Carried, Fault>,
        service_provider: &ServiceProvider,
        now: OffsetDateTime,
    ) -> Result<Asking, (Seen, Fault)> {
        let Carried { saml_request, relay_state, signed } =
            carried.map_err(|fault| (Seen::default(), fault))?;
        let mut seen = Seen::default();
        seen.request.relay_state_bytes = relay_state.as_ref().map(String::len);
        seen.request.signed = signed.then_some(true);
        let xml = match saml_request.filter(|message| !message.is_empty()) {
            None => Err(WireFault::Empty),
            Some(message) if self.binding == Binding::Redirect => decode::redirect(&message),
            Some(message) => decode::post(&message),
        };
        let read = match xml {
            Ok(xml) => {
                let read = request::read(&xml);
                seen.xml = Some(xml);
                read
            }
            Err(fault) => Err(fault.into()),
        };
        let request = match read {
            Ok(request) => request,
            Err(fault) => return Err((seen, fault.into())),
        };
        seen.request = request.seen(relay_state.as_deref(), signed);
        if relay_state.as_ref().is_some_and(|state| state.len() > LONGEST_RELAY_STATE) {
            return Err((seen, Fault::RelayStateTooLong));
        }
        if relay_state.as_ref().is_some_and(|state| state.contains('\0')) {
            return Err((seen, Fault::RelayStateNul));
        }
        let destination = saml::sso_url(&self.app.config.base_url, self.site.id);
        let expected = Expected {
            entity_id: &service_provider.entity_id,
            acs_url: &service_provider.acs_url,
            destination: &destination,
        };
        let refusal = match request::check(&request, &expected, now) {
            Ok(()) => None,
            Err(fault) => match fault.answer() {
                Some(refusal) => Some(refusal),
                None => return Err((seen, fault.into())),
            },
        };
        Ok(Asking { request, relay_state, refusal, seen })
    }

    /// This browser's live session, if it meets the policy.
    async fn session(&self, asked: &Asked, now: OffsetDateTime) -> Result<Option<Found>, AppError> {
        let token = cookies::session(&self.headers, self.site.id.0);
        if token.is_none() {
            return Ok(None); // needs no connection
        }
        let mut conn = self.app.db.acquire().await?;
        here::live_session(&mut conn, self.site.id, token, asked, self.visitor.ip, now).await
    }

    fn parties<'a>(&'a self, service_provider: &'a ServiceProvider, now: OffsetDateTime) -> Parties<'a> {
        Parties { app: &self.app, visitor: &self.visitor, site: &self.site, service_provider, now }
    }

    /// Answers from the session, asking nothing.
    async fn resume(
        &self,
        asked: &Asked,
        seen: Seen,
        parties: Parties<'_>,
        found: Found,
    ) -> Result<Response, AppError> {
        let answer = Answer::of(&found.session, asked);
        let event = answer
            .event(&parties, "signin.resumed")
            .unwrap_or_else(|| Event::new(self.site.id, Actor::System, "signin.resumed", "ok"));
        let mut conn = self.app.db.acquire().await?;
        let key = match found.signing_key.and_then(|id| self.app.saml_keys.get(id)) {
            Some(key) => key,
            None => saml::signing_key(&mut conn, &self.app, self.site.id).await?,
        };
        let names = Names::of(&parties, &answer);
        let message = answer.message(&parties, asked, &names);
        let detail = answer.detail(seen.request.clone(), &message, &key);
        let trace = answer.trace(&parties, asked, &detail);
        let taken = TakenRequest { id: &asked.request_id, forget_at: parties.now + REPLAY_MEMORY };
        let token = &found.session.token_hash;
        if !store::sessions::resume(&mut conn, self.site.id, token, taken, &trace, &event, parties.now)
            .await?
        {
            drop(conn);
            return self.replayed(asked, seen, parties.now).await;
        }
        drop(conn); // before the costly part
        answer::page(&parties, asked, &message, &key)
    }

    /// Tells the SP why nobody is signed in.
    async fn decline(
        &self,
        asked: &Asked,
        seen: Seen,
        parties: Parties<'_>,
        refusal: Refusal,
    ) -> Result<Response, AppError> {
        let mut tx = self.app.db.begin().await?;
        if !self.consume(&mut tx, asked, parties.now).await? {
            tx.rollback().await?;
            return self.replayed(asked, seen, parties.now).await;
        }
        let answer = Answer::Refused { session: None, refusal };
        let page = answer::give(&parties, &mut tx, asked, seen.request, answer, "signin.declined").await?;
        tx.commit().await?;
        Ok(page)
    }

    /// Begins a sign-in and sends the browser to its address.
    async fn begin(&self, asked: &Asked, seen: Seen, now: OffsetDateTime) -> Result<Response, AppError> {
        let id = SignInId(self.app.random.uuid());
        let fresh = self.app.random.token();
        let browser = match (self.binding, cookies::browser(&self.headers)) {
            (_, Some(token)) => Some(token.to_owned()),
            (Binding::Redirect, None) => Some(fresh),
            // The post carried no cookie, but the browser may well have one: do not overwrite it.
            (_, None) => None,
        };
        let browser_hash = browser.as_deref().map(session::token_hash);
        let mut tx = self.app.db.begin().await?;
        if !self.consume(&mut tx, asked, now).await? {
            tx.rollback().await?;
            return self.replayed(asked, seen, now).await;
        }
        store::signins::insert(&mut tx, self.site.id, id, browser_hash.as_ref(), asked, None, now).await?;
        let detail = Detail { request: Some(seen.request), ..Detail::default() };
        self.trace(&mut tx, &detail, "accepted", "A sign-in began.", now).await?;
        tx.commit().await?;
        let response = Redirect::to(&here::path(&self.site, id)).into_response();
        Ok(match browser {
            Some(token) => (SetCookies::new().browser(&token), response).into_response(),
            None => response,
        })
    }

    async fn consume(
        &self,
        conn: &mut sqlx::PgConnection,
        asked: &Asked,
        now: OffsetDateTime,
    ) -> Result<bool, AppError> {
        let forget_at = now + REPLAY_MEMORY;
        Ok(saml::store::consume_request(conn, self.site.id, &asked.request_id, now, forget_at).await?)
    }

    /// A request that came before: a reloaded or doubled tab goes on where it stands, anything else
    /// is refused.
    async fn replayed(&self, asked: &Asked, seen: Seen, now: OffsetDateTime) -> Result<Response, AppError> {
        if let Some(token) = cookies::browser(&self.headers) {
            let hash = session::token_hash(token);
            let mut conn = self.app.db.acquire().await?;
            let found =
                store::signins::find_by_request(&mut conn, self.site.id, &asked.request_id, &hash).await?;
            if let Some(id) = found {
                return Ok(Redirect::to(&here::path(&self.site, id)).into_response());
            }
        }
        self.refuse(seen, &Fault::Replayed, now).await
    }

    async fn refuse(&self, seen: Seen, fault: &Fault, now: OffsetDateTime) -> Result<Response, AppError> {
        let detail = Detail {
            code: Some(fault.code().to_owned()),
            request: Some(seen.request),
            answer: None,
            excerpt: seen.xml.as_deref().map(trace::excerpt),
        };
        let mut conn = self.app.db.acquire().await?;
        self.trace(&mut conn, &detail, "refused", &fault.reason(), now).await?;
        tracing::info!(site = %self.site.id, reference = %self.visitor.reference, fault = fault.code(), "AuthnRequest refused");
        Ok(frame::notice(&self.visitor, &self.site, StatusCode::BAD_REQUEST, Notice::RequestRefused))
    }

    async fn trace(
        &self,
        conn: &mut sqlx::PgConnection,
        detail: &Detail,
        verdict: &'static str,
        reason: &str,
        now: OffsetDateTime,
    ) -> Result<(), AppError> {
        let request = detail.request.as_ref();
        let entry = Entry {
            reference: &self.visitor.reference,
            verdict,
            reason,
            binding: self.binding,
            request_id: request.and_then(|request| request.id.as_deref()),
            issuer: request.and_then(|request| request.issuer.as_deref()),
            acs_url: request.and_then(|request| request.acs_url.as_deref()),
            customer: None,
            detail,
        };
        Ok(saml::store::insert_trace(conn, self.site.id, now, &entry).await?)
    }
}
