//! The practice Atlassian Administration: where an administrator adds a SAML configuration for
//! portal-only customers and says how they log in. The values of the service provider are shown
//! only after saving, as in life.

use askama::Template;
use axum::Router;
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use openssl::x509::X509;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::pages::{TEST, trouble};
use super::settings::{Idp, pem};
use super::{Authentication, Guard, SingleSignOn};
use crate::practice::pages::{Frame, Place, render};
use crate::practice::sp::{IdpSettings, Value};

const COPY: &str = include_str!("../../../templates/practice/copy.js");

/// The addresses of this file.
pub fn routes() -> Router<Guard> {
    let copy = async || ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], COPY);
    Router::new()
        .route("/admin", get(overview))
        .route("/admin/saml", get(edit).post(save))
        .route("/admin/saml/delete", post(delete))
        .route("/admin/authentication", post(authentication))
        .route("/metadata", post(metadata))
        .route("/copy.js", get(copy))
}

#[derive(Template)]
#[template(path = "practice/guard_admin.html")]
struct Overview {
    frame: Frame,
    entity_id: String,
    acs_url: String,
    test_url: String,
    idp: Option<IdpFacts>,
    authentication: Authentication,
    /// Why the authentication settings were not saved.
    problem: String,
}

struct IdpFacts {
    entity_id: String,
    sso_url: String,
    certificates: Vec<CertificateFacts>,
    /// Whether it can be asked for its metadata again.
    has_metadata: bool,
}

struct CertificateFacts {
    fingerprint: String,
    expires: String,
}

impl From<&Idp> for IdpFacts {
    fn from(idp: &Idp) -> Self {
        let certificate = |der: &Vec<u8>| CertificateFacts {
            fingerprint: fingerprint(der),
            expires: X509::from_der(der).map(|one| one.not_after().to_string()).unwrap_or_default(),
        };
        Self {
            entity_id: idp.settings.entity_id.clone(),
            sso_url: idp.settings.sso_url.clone(),
            certificates: idp.settings.certificates_der.iter().map(certificate).collect(),
            has_metadata: idp.metadata_url.is_some(),
        }
    }
}

/// The overview with `authentication` as it was entered, and why it was not saved.
fn show(guard: &Guard, authentication: Authentication, problem: String) -> Response {
    let idp = guard.state().settings.idp.as_ref().map(IdpFacts::from);
    let surroundings = &guard.0.surroundings;
    render(&Overview {
        frame: Frame::new("Portal-only customers", Place::Administration, surroundings),
        entity_id: guard.entity_id(),
        acs_url: guard.acs_url(),
        test_url: format!("{}{TEST}", surroundings.links.guard),
        idp,
        authentication,
        problem,
    })
}

async fn overview(State(guard): State<Guard>) -> Response {
    show(&guard, guard.authentication(), String::new())
}

/// The three values as pasted.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct SamlForm {
    entity_id: String,
    sso_url: String,
    certificate: String,
}

#[derive(Template)]
#[template(path = "practice/guard_saml.html")]
struct SamlPage {
    frame: Frame,
    form: SamlForm,
    faults: Vec<(Value, String)>,
    /// Whether there is a configuration already.
    is_change: bool,
}

impl SamlPage {
    fn new(guard: &Guard, form: SamlForm, faults: Vec<(Value, String)>) -> Self {
        let is_change = guard.state().settings.idp.is_some();
        let title = if is_change { "Edit SAML single sign-on" } else { "Set up SAML single sign-on" };
        let frame = Frame::new(title, Place::Administration, &guard.0.surroundings);
        Self { frame, form, faults, is_change }
    }

    /// What is wrong with a value.
    fn fault(&self, value: Value) -> Option<&str> {
        self.faults.iter().find(|(at, _)| *at == value).map(|(_, fault)| fault.as_str())
    }
}

async fn edit(State(guard): State<Guard>) -> Response {
    let form = match &guard.state().settings.idp {
        Some(idp) => SamlForm {
            entity_id: idp.settings.entity_id.clone(),
            sso_url: idp.settings.sso_url.clone(),
            certificate: idp
                .settings
                .certificates_der
                .first()
                .and_then(|der| pem(der).ok())
                .unwrap_or_default(),
        },
        None => SamlForm::default(),
    };
    render(&SamlPage::new(&guard, form, Vec::new()))
}

async fn save(State(guard): State<Guard>, Form(form): Form<SamlForm>) -> Response {
    match IdpSettings::from_values(&form.entity_id, &form.sso_url, &form.certificate) {
        Ok(settings) => done(&guard, guard.trust(settings), "/admin#saml"),
        Err(faults) => {
            let page = SamlPage::new(&guard, form, faults);
            (StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response()
        }
    }
}

async fn delete(State(guard): State<Guard>) -> Response {
    done(&guard, guard.forget(), "/admin")
}

#[derive(Deserialize)]
struct AuthenticationForm {
    #[serde(default)]
    single_sign_on: SingleSignOn,
    /// `on` or `off`.
    #[serde(default)]
    password: String,
}

async fn authentication(State(guard): State<Guard>, Form(form): Form<AuthenticationForm>) -> Response {
    let wanted = Authentication { single_sign_on: form.single_sign_on, password: form.password != "off" };
    match guard.authenticate(wanted) {
        Ok(()) => Redirect::to("/admin#authentication").into_response(),
        Err(problem) => (StatusCode::UNPROCESSABLE_ENTITY, show(&guard, wanted, problem)).into_response(),
    }
}

/// Reads the identity provider's metadata again: after a change of its key, say.
async fn metadata(State(guard): State<Guard>) -> Response {
    let url = guard.state().settings.idp.as_ref().and_then(|idp| idp.metadata_url.clone());
    let Some(url) = url else {
        let problem = "The identity provider's values were pasted, so where its metadata is is not known.";
        return trouble(&guard, StatusCode::CONFLICT, problem);
    };
    match guard.read_metadata(&url).await {
        Ok(()) => Redirect::to("/admin#saml").into_response(),
        Err(problem) => trouble(&guard, StatusCode::BAD_GATEWAY, &problem),
    }
}

fn done(guard: &Guard, result: anyhow::Result<()>, to: &str) -> Response {
    match result {
        Ok(()) => Redirect::to(to).into_response(),
        Err(error) => trouble(guard, StatusCode::INTERNAL_SERVER_ERROR, &format!("{error:#}")),
    }
}

/// SHA-256 of a certificate in pairs of hex digits, as administrators compare it.
fn fingerprint(der: &[u8]) -> String {
    Sha256::digest(der).iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}
