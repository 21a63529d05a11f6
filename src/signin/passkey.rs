//! A whole sign-in by passkey, where the site allows it: no name, no password, one touch. The
//! passkey must verify its user, which makes it two factors in one (NIST SP 800-63B-4 2.2.2).
//!
//! The password page offers it, by a button and in the list of its name field. Which passkey it will
//! be nobody knows yet, so the challenge is anybody's; it is kept in the sign-in's row like that of
//! any method, and taken by the first answer (security.md W1). No wait of the password's stands in
//! the way (G2), nor does a count of failures: a signature cannot be guessed, and whoever knows a passkey's
//! id could put it off. Whatever is wrong with an answer, the page says one thing.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;
use sqlx::PgConnection;

use super::here::Here;
use super::session::Methods;
use super::views::{PasskeyOffer, PasswordError};
use super::{SignIn, Step, answer, pages, store};
use crate::customers::{self, Customer};
use crate::error::AppError;
use crate::factors::kind::Fields;
use crate::factors::passkey::kind::Asked;
use crate::factors::passkey::{Assertion, Refusal};
use crate::factors::{self, Method, Verdict};
use crate::policy::{self, SessionLimits, Settings};
use crate::saml::authn_context;
use crate::web::forms::Form;

/// Whether a passkey can be this whole sign-in. An SP that wants to be told of a password gets one.
fn is_open(here: &Here, settings: &Settings) -> bool {
    let contexts = here.signin.request.contexts.as_ref();
    settings.passkey_sign_in
        && settings.methods.contains(Method::Passkey)
        && Method::Passkey.is_offered(&here.app)
        && authn_context::statement(Methods::PASSKEY.into(), contexts).is_ok()
}

/// What the password page offers beside its form. Two tabs share one challenge, as they share the
/// sign-in, while it gives the browser all its time.
pub async fn offer(here: &Here) -> Result<Option<PasskeyOffer>, AppError> {
    let mut tx = here.app.db.begin().await?;
    let settings = policy::store::load(&mut tx, here.site.id).await?.settings;
    if !is_open(here, &settings) {
        return Ok(None);
    }
    let Some(mut signin) = here.lock(&mut tx, Step::Password).await? else { return Ok(None) };
    let asked = match kept(here, &signin)?.filter(|asked| asked.is_fresh(here.now)) {
        Some(asked) => asked,
        None => {
            let asked = Asked::anybody(&here.app, here.now);
            here.keep(&mut signin, Method::Passkey, &written(&asked)?);
            store::signins::save(&mut tx, &signin).await?;
            asked
        }
    };
    tx.commit().await?;
    Ok(Some(PasskeyOffer { action: here.action("passkey"), options: asked.options }))
}

/// The challenge that the sign-in's row keeps.
fn kept(here: &Here, signin: &SignIn) -> Result<Option<Asked>, AppError> {
    if signin.method != Some(Method::Passkey) {
        return Ok(None);
    }
    serde_json::from_value(here.ceremony(signin)?).map_err(AppError::internal)
}

fn written(asked: &Asked) -> Result<Value, AppError> {
    serde_json::to_value(asked).map_err(AppError::internal)
}

/// `POST .../passkey`: an answer of a passkey.
pub async fn submit(here: Here, Form(fields): Form<Fields>) -> Result<Response, AppError> {
    let mut tx = here.app.db.begin().await?;
    let signin = here.lock(&mut tx, Step::Password).await?;
    let signin = signin.filter(|signin| signin.sealed_ceremony == here.signin.sealed_ceremony);
    let Some(mut signin) = signin else {
        tx.commit().await?; // answered or gone on meanwhile
        return Ok(pages::to_current_step(&here));
    };
    let asked = kept(&here, &signin)?;
    signin.leave_method();
    store::signins::save(&mut tx, &signin).await?;
    let settings = policy::store::load(&mut tx, here.site.id).await?.settings;
    let Some(asked) = asked.filter(|asked| asked.is_whole_sign_in() && is_open(&here, &settings)) else {
        tx.commit().await?; // switched off meanwhile
        return Ok(pages::to_current_step(&here));
    };
    let Judged { customer, outcome } = judge(&here, &mut tx, &asked, &fields).await?;
    let result = match &outcome {
        Ok(_) => "ok",
        Err(result) => *result,
    };
    let (word, somebody) = (Method::Passkey.word(), customer.as_ref().map(|customer| customer.id));
    here.record(&mut tx, "signin.passkey", result, somebody, Some(word)).await?;
    match (outcome, customer) {
        (Ok(limits), Some(customer)) => {
            signin.customer = Some(customer.id);
            answer::finish(&here, tx, signin, customer, Methods::PASSKEY, limits).await
        }
        _ => {
            tx.commit().await?; // the challenge is used up
            let name = signin.name_hint.unwrap_or_default();
            pages::password(
                &here,
                &name,
                StatusCode::UNPROCESSABLE_ENTITY,
                Some(PasswordError::PasskeyRefused),
            )
            .await
        }
    }
}

/// What became of an answer, and whose passkey it was, if anybody's.
struct Judged {
    customer: Option<Customer>,
    /// How long the session may last, or the audit trail's word for what is wrong.
    outcome: Result<SessionLimits, &'static str>,
}

impl Judged {
    fn refused(customer: Option<Customer>, result: &'static str) -> Self {
        Self { customer, outcome: Err(result) }
    }
}

/// Finds the passkey's owner within the site and judges the answer.
async fn judge(
    here: &Here,
    conn: &mut PgConnection,
    asked: &Asked,
    fields: &Fields,
) -> Result<Judged, AppError> {
    let site = here.site.id;
    let answer = match Assertion::read(fields.get("credential")) {
        Ok(answer) => answer,
        Err(refusal) => return Ok(Judged::refused(None, refusal.word())),
    };
    let holder = factors::store::find_credential(conn, site, Method::Passkey, answer.credential_id()).await?;
    let unknown = || Judged::refused(None, Refusal::UnknownCredential.word());
    let Some((_, customer)) = holder else { return Ok(unknown()) };
    let Some(customer) = customers::store::lock(conn, site, customer).await? else { return Ok(unknown()) };
    let standing = here.standing(conn, customer.id).await?;
    let desk = here.desk(&customer, &standing.policy.settings);
    let verdict = factors::verify(conn, &desk, Method::Passkey, written(asked)?, fields, Value::Null).await?;
    let result = match verdict {
        // By whichever way: nobody signs in to a frozen account (security.md A3).
        Verdict::Accepted(_) if customer.frozen_at.is_some() => "frozen",
        Verdict::Accepted(_) => {
            let outcome = Ok(standing.policy.settings.session);
            return Ok(Judged { customer: Some(customer), outcome });
        }
        Verdict::Refused { result, .. } => result,
    };
    Ok(Judged::refused(Some(customer), result))
}
