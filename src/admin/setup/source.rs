//! Step 2 (B2): our values for Atlassian, and Atlassian's two values for us.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::super::frame::Frame;
use super::super::trail::note;
use super::{Tracker, frame, has_values, keys, show, status_of};
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::saml::{self, metadata};
use crate::sites;
use crate::sites::ServiceProvider;
use crate::sites::service_provider::{self, Checked, Fault, Field};
use crate::sites::setup::{Setup, Step};
use crate::web::Form;

#[derive(Template)]
#[template(path = "admin/setup/source.html")]
struct SourcePage {
    frame: Frame,
    tracker: Tracker,
    finished: bool,
    ours: Ours,
    form: SourceForm,
}

/// What the administrator copies to Atlassian.
struct Ours {
    entity_id: String,
    sso_url: String,
    certificate_pem: String,
    metadata_url: String,
}

impl Ours {
    async fn load(admin: &JiraAdmin) -> Result<Self, AppError> {
        let (base, site) = (&admin.app.config.base_url, admin.site.id);
        let keys = keys(&mut *admin.app.db.acquire().await?, admin).await?;
        Ok(Self {
            entity_id: saml::entity_id(base, site),
            sso_url: saml::sso_url(base, site),
            certificate_pem: keys.active.pem(),
            metadata_url: saml::entity_id(base, site),
        })
    }
}

/// The form as it is shown: what was typed, and what is wrong with it.
#[derive(Default)]
struct SourceForm {
    entity_id: String,
    acs_url: String,
    entered: bool,
    metadata: String,
    entity_id_error: Option<String>,
    acs_url_error: Option<String>,
    entered_error: Option<String>,
    metadata_error: Option<String>,
    /// Odd, but taken.
    warnings: Vec<Fault>,
    /// Filled in from metadata and not saved yet.
    from_metadata: bool,
}

impl SourceForm {
    /// What is stored, and what is odd about it.
    fn stored(admin: &JiraAdmin, setup: &Setup) -> Self {
        let Some(sp) = &admin.site.service_provider else {
            return Self { entered: setup.values_entered_at.is_some(), ..Self::default() };
        };
        let checked = service_provider::check(&sp.entity_id, &sp.acs_url, &admin.app.config.base_url);
        Self {
            entity_id: sp.entity_id.clone(),
            acs_url: sp.acs_url.clone(),
            entered: setup.values_entered_at.is_some(),
            warnings: checked.map(|checked| checked.warnings).unwrap_or_default(),
            ..Self::default()
        }
    }

    fn has_faults(&self) -> bool {
        let errors = [&self.entity_id_error, &self.acs_url_error, &self.entered_error, &self.metadata_error];
        errors.into_iter().any(Option::is_some)
    }
}

/// Step 2 with what is stored.
pub async fn page(
    admin: &JiraAdmin,
    setup: &Setup,
    outcome: Option<&'static str>,
) -> Result<Response, AppError> {
    render(admin, setup, outcome, SourceForm::stored(admin, setup)).await
}

async fn render(
    admin: &JiraAdmin,
    setup: &Setup,
    outcome: Option<&'static str>,
    form: SourceForm,
) -> Result<Response, AppError> {
    let status = status_of(form.has_faults());
    let page = SourcePage {
        frame: frame(admin, Step::Source, outcome),
        tracker: Tracker::new(setup, has_values(admin), Step::Source),
        finished: setup.finished_at.is_some(),
        ours: Ours::load(admin).await?,
        form,
    };
    Ok(admin.visitor.page(status, &page))
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    entity_id: String,
    #[serde(default)]
    acs_url: String,
    #[serde(default)]
    entered: String,
}

/// `POST .../setup/source`: *Save and continue*.
pub async fn save_source(mut admin: JiraAdmin, Form(typed): Form<Typed>) -> Result<Response, AppError> {
    let checked = service_provider::check(&typed.entity_id, &typed.acs_url, &admin.app.config.base_url);
    let mut tx = admin.app.db.begin().await?;
    let mut setup = sites::store::setup::lock(&mut tx, admin.site.id, admin.now).await?;
    if setup.guard_ready_at.is_none() {
        return show(&admin, &setup, Step::Guard, None).await;
    }
    let Checked { service_provider, warnings } = match (checked, typed.entered == "on") {
        (Ok(checked), true) => checked,
        (checked, entered) => {
            drop(tx);
            return render(&admin, &setup, None, refused(&typed, checked.err(), entered)).await;
        }
    };
    // As it is now, under the lock: two administrators' changes come one after the other.
    let stored = sites::store::find(&mut tx, admin.site.id).await?.ok_or(AppError::NotFound)?;
    admin.site.service_provider = stored.service_provider;
    let first = setup.current(has_values(&admin)) < Step::Policy;
    if setup.values_entered_at.is_none() {
        setup.values_entered_at = Some(admin.now);
        note(&mut tx, &admin, "setup.values_confirmed", json!(null)).await?;
    }
    if admin.site.service_provider.as_ref() != Some(&service_provider) {
        sites::store::set_service_provider(&mut tx, admin.now, admin.site.id, &service_provider).await?;
        let detail = changed(admin.site.service_provider.as_ref(), &service_provider);
        note(&mut tx, &admin, "site.service_provider", detail).await?;
    }
    sites::store::setup::save(&mut tx, admin.site.id, &setup, admin.now).await?;
    tx.commit().await?;
    admin.site.service_provider = Some(service_provider);
    let next = if first { Step::Policy } else { setup.current(true) };
    let outcome = if warnings.is_empty() {
        "The values are saved."
    } else {
        "The values are saved. Their host is not Atlassian's usual one: please compare them once more."
    };
    show(&admin, &setup, next, Some(outcome)).await
}

fn refused(typed: &Typed, faults: Option<Vec<Fault>>, entered: bool) -> SourceForm {
    let faults = faults.unwrap_or_default();
    let of = |field| faults.iter().find(|fault| fault.field == field).map(sentence);
    SourceForm {
        entity_id: typed.entity_id.trim().to_owned(),
        acs_url: typed.acs_url.trim().to_owned(),
        entered,
        entity_id_error: of(Field::EntityId),
        acs_url_error: of(Field::Acs),
        entered_error: (!entered).then(|| "Confirm that the three values are saved at Atlassian.".into()),
        ..SourceForm::default()
    }
}

/// A fault beside its field: "This value is missing; it looks like ...".
fn sentence(fault: &Fault) -> String {
    let problem = &fault.problem;
    if problem.starts_with("this ") || problem.starts_with("both ") {
        let mut letters = problem.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}.", letters.as_str())
    } else {
        let end = if problem.ends_with("...") { "" } else { "." };
        format!("This value {problem}{end}")
    }
}

fn changed(before: Option<&ServiceProvider>, after: &ServiceProvider) -> serde_json::Value {
    json!({
        "entity_id": { "before": before.map(|sp| &sp.entity_id), "after": after.entity_id },
        "acs_url": { "before": before.map(|sp| &sp.acs_url), "after": after.acs_url },
    })
}

/// The form for metadata.
#[derive(Deserialize)]
pub struct Pasted {
    #[serde(default)]
    metadata: String,
}

/// `POST .../setup/metadata`: fills the form in from an SP's metadata; nothing is saved yet.
pub async fn read_metadata(admin: JiraAdmin, Form(pasted): Form<Pasted>) -> Result<Response, AppError> {
    let setup = super::progress(&admin).await?;
    if !setup.allows(Step::Source, has_values(&admin)) {
        return show(&admin, &setup, Step::Guard, None).await;
    }
    let stored = SourceForm::stored(&admin, &setup);
    let read = match pasted.metadata.trim() {
        "" => Err("Paste the service provider's metadata XML, or choose its file.".to_owned()),
        xml => metadata::read_service_provider(xml).map_err(metadata::MetadataFault::reason),
    };
    let form = match read {
        Ok(sp) => {
            let faults = service_provider::check(&sp.entity_id, &sp.acs_url, &admin.app.config.base_url);
            let typed = Typed { entity_id: sp.entity_id, acs_url: sp.acs_url, entered: String::new() };
            let form = refused(&typed, faults.err(), true);
            SourceForm { entered: stored.entered, from_metadata: true, ..form }
        }
        Err(reason) => {
            let metadata_error = Some(reason);
            SourceForm { metadata: pasted.metadata, metadata_error, ..stored }
        }
    };
    render(&admin, &setup, None, form).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_sentences() {
        for (problem, told) in [
            ("is longer than 9 characters", "This value is longer than 9 characters."),
            ("is missing; it looks like x...", "This value is missing; it looks like x..."),
            (
                "this looks like the ACS URL: swap the two values",
                "This looks like the ACS URL: swap the two values.",
            ),
            ("both values are the same", "Both values are the same."),
        ] {
            assert_eq!(sentence(&Fault { field: Field::Acs, problem: problem.into() }), told);
        }
    }
}
