//! A portal customer signs in: the only room that knows both SAML and factors.
//!
//! ```text
//! AuthnRequest -> sso -> sign-in row -> password -> (new password | enrol | challenge) -> answer -> ACS
//!                  |                 \-> passkey ------------------------------------/
//!                  \-> established session ------------------------------------------/
//! ```
//!
//! One address, `/sites/{site}/signin/{id}`, always shows the step the sign-in stands at, so that
//! reload, back and a second tab lead somewhere sensible. Each form posts to an address of its own
//! below it and is answered with a redirect back to it, with the same form and its error, or, at
//! the end, with the page that carries the signed response to the SP. The state lives in Postgres:
//! any instance can take the next step.
//!
//! A wrong answer is no error: it commits, so that its count does.

pub mod answer; // the response, and what is written with it
pub mod device; // browsers that are not asked for a second factor
pub mod elsewhere; // a second factor that is shown at another server
pub mod enrolment; // setting a second factor up
pub mod frame; // what surrounds every page
pub mod here; // the sign-in a page belongs to
pub mod language; // the language menu
pub mod lockout; // growing waits on passwords
pub mod pages; // the step's page
pub mod passkey; // a whole sign-in without a password
pub mod password; // the password forms
pub mod purpose; // what a sign-in is for
pub mod second_factor; // asking for one
pub mod session; // how long a sign-in is remembered
pub mod signout;
pub mod sso; // AuthnRequests come in here
pub mod step; // the state machine's pure decisions
pub mod store;
pub mod trial; // a sign-in that an administrator asked for, examined and not sent
pub mod unlock; // an administrator lets somebody try again
pub mod views; // the pages

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::customers::CustomerId;
use crate::factors::{Method, MethodSet};
use crate::saml::authn_context::RequestedContexts;
use crate::saml::trace::{self, Binding};
use crate::sites::SiteId;

pub use purpose::Purpose;
pub use step::Step;
pub use unlock::{Unlocked, unlock};

/// How long a sign-in may take from AuthnRequest to response.
pub const LIFETIME: Duration = Duration::minutes(30);

/// A sign-in's id: random, in its URL; worthless without the browser's cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub struct SignInId(pub Uuid);

impl std::fmt::Display for SignInId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// One attempt from AuthnRequest to response.
#[derive(Clone, Debug)]
pub struct SignIn {
    pub id: SignInId,
    pub site: SiteId,
    /// SHA-256 of the cookie of the browser it belongs to; none before the first GET when it began
    /// with a cross-site POST, which carries no cookie.
    pub browser_hash: Option<[u8; 32]>,
    pub step: Step,
    pub request: Asked,
    /// What was typed as the name, to fill the field again.
    pub name_hint: Option<String>,
    /// Who it is, once the password was right.
    pub customer: Option<CustomerId>,
    pub password_at: Option<OffsetDateTime>,
    /// The method that is set up or asked for; none: it is still to be chosen.
    pub method: Option<Method>,
    /// What that method has to remember, sealed under this sign-in's id.
    pub sealed_ceremony: Option<Vec<u8>>,
    /// Second factors shown so far.
    pub shown: MethodSet,
    /// The administrator's test it is for, whose response goes nowhere.
    pub trial: Option<Uuid>,
    pub purpose: Purpose,
    /// The customer wants this device remembered (security.md S5), for so many days.
    pub remember_days: Option<u32>,
    pub expires_at: OffsetDateTime,
}

/// Ends all that is signed in or remembered of a customer, as a new password, a freeze and a reset of
/// factors must (security.md S3). Sign-ins under way end by themselves, since they look at the customer
/// again at every step.
pub async fn end_everything(
    conn: &mut sqlx::PgConnection,
    site: SiteId,
    customer: CustomerId,
) -> sqlx::Result<()> {
    store::sessions::end_all(conn, site, customer).await?;
    store::devices::end_all(conn, site, customer).await?;
    Ok(())
}

/// The same, but for the session of the browser that asks for it.
pub async fn end_everything_else(
    conn: &mut sqlx::PgConnection,
    site: SiteId,
    customer: CustomerId,
    kept: &[u8; 32],
) -> sqlx::Result<()> {
    store::sessions::end_others(conn, site, customer, kept).await?;
    store::devices::end_all(conn, site, customer).await?;
    Ok(())
}

impl SignIn {
    /// Back to the password, with nothing shown and nobody known.
    pub fn start_over(&mut self) {
        self.step = Step::Password;
        self.name_hint = None;
        self.customer = None;
        self.password_at = None;
        self.leave_method();
        self.shown = MethodSet::EMPTY;
        self.remember_days = None;
    }

    /// Forgets the method at hand and what it had to remember.
    pub fn leave_method(&mut self) {
        self.method = None;
        self.sealed_ceremony = None;
    }
}

/// What the SP asked for, kept until the answer.
#[derive(Clone, Debug)]
pub struct Asked {
    pub binding: Binding,
    /// The AuthnRequest's ID: InResponseTo.
    pub request_id: String,
    /// Returned byte for byte.
    pub relay_state: Option<String>,
    pub force_authn: bool,
    pub is_passive: bool,
    pub contexts: Option<RequestedContexts>,
}

impl Asked {
    /// What the trace can still tell of the request when its answer comes late.
    pub fn seen(&self) -> trace::Request {
        trace::Request {
            id: Some(self.request_id.clone()),
            force_authn: self.force_authn,
            is_passive: self.is_passive,
            requested_contexts: self.contexts.clone(),
            relay_state_bytes: self.relay_state.as_ref().map(String::len),
            ..trace::Request::default()
        }
    }
}
