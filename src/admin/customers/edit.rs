//! Edit (D6) and Reset password (D7).

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::dialog;
use super::list::{self, Told};
use super::place::Place;
use crate::admin::frame;
use crate::audit::{self, Event};
use crate::customers::store::Taken;
use crate::customers::{self, Customer, CustomerId, EditFault, EditForm, password};
use crate::error::AppError;
use crate::i18n::Lang;
use crate::jira::JiraAdmin;
use crate::policy;
use crate::recovery::{self, Notice};
use crate::sites::SiteId;
use crate::web::Form;
use crate::{mail, signin};

/// What the form sends.
#[derive(Default, Deserialize)]
pub struct Posted {
    #[serde(default)]
    place: String,
    #[serde(default)]
    given_name: String,
    #[serde(default)]
    family_name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    username: String,
    #[serde(default)]
    drop_username: String,
}

#[derive(Template)]
#[template(path = "admin/customers/edit.html")]
struct Dialog {
    base: String,
    place: Place,
    customer: Customer,
    typed: Posted,
    /// The field at fault and what is wrong.
    fault: Option<(&'static str, String)>,
}

impl Dialog {
    fn fault(&self, field: &str) -> &str {
        self.fault.as_ref().filter(|(at, _)| *at == field).map_or("", |(_, fault)| fault)
    }
}

async fn find(admin: &JiraAdmin, id: Uuid) -> Result<Customer, AppError> {
    let mut conn = admin.app.db.acquire().await?;
    customers::store::find(&mut conn, admin.site.id, CustomerId(id)).await?.ok_or(AppError::NotFound)
}

/// `GET .../customers/{customer}/edit`.
pub async fn ask(
    admin: JiraAdmin,
    Path((_, id)): Path<(SiteId, Uuid)>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let customer = find(&admin, id).await?;
    let typed = Posted {
        given_name: customer.given_name.clone(),
        family_name: customer.family_name.clone(),
        email: customer.email.clone(),
        username: customer.username.clone().unwrap_or_default(),
        ..Posted::default()
    };
    let base = frame::base(&admin.site);
    let place = dialog::place(query.as_deref());
    Ok(dialog::open(&admin, &Dialog { base, place, customer, typed, fault: None }))
}

/// `POST .../customers/{customer}/edit`.
pub async fn submit(
    admin: JiraAdmin,
    Path((_, id)): Path<(SiteId, Uuid)>,
    Form(posted): Form<Posted>,
) -> Result<Response, AppError> {
    let place = Place::parse(&posted.place);
    let customer = find(&admin, id).await?;
    let (field, sentence) = match edit(&admin, &customer, &posted).await {
        Ok(outcome) => return list::page(&admin, StatusCode::OK, place, Told::done(outcome)).await,
        Err(EditFault::Database(error)) => return Err(error.into()),
        Err(fault) => (field(&fault), fault.to_string()),
    };
    let base = frame::base(&admin.site);
    let dialog = Dialog { base, place, customer, typed: posted, fault: Some((field, sentence)) };
    Ok(dialog::again(&admin, &dialog))
}

fn field(fault: &EditFault) -> &'static str {
    match fault {
        EditFault::Email(_) | EditFault::Taken(Taken::Email) | EditFault::Database(_) => "email",
        EditFault::Username(_) | EditFault::Taken(Taken::Username) => "username",
        EditFault::Name(_) => "given_name",
    }
}

/// Edits, and tells both addresses when the address changed.
async fn edit(admin: &JiraAdmin, customer: &Customer, posted: &Posted) -> Result<String, EditFault> {
    let (app, site) = (&admin.app, admin.site.id);
    let form = EditForm {
        email: posted.email.clone(),
        username: posted.username.clone(),
        given_name: posted.given_name.clone(),
        family_name: posted.family_name.clone(),
        drop_username: posted.drop_username == "on",
    };
    let mut tx = app.db.begin().await?;
    let before = customers::store::lock(&mut tx, site, customer.id).await?.ok_or(sqlx::Error::RowNotFound)?;
    let after = customers::edit(&mut tx, &before, &form, admin.actor(), admin.now).await?;
    if after == before {
        return Ok(format!("Nothing was changed for {}.", after.email));
    }
    if after.email != before.email {
        recovery::notify(&mut tx, app, &before, Lang::English, Notice::EmailChanged { new: &after.email })
            .await?;
        mail::forget_refusal(&mut tx, site, customer.id).await?;
    }
    tx.commit().await?;
    Ok(match (after.email != before.email, app.config.mail.is_some()) {
        (true, true) => format!("{} is now {}. Both addresses are told.", before.email, after.email),
        (true, false) => format!("{} is now {}.", before.email, after.email),
        (false, _) => format!("{} is saved.", after.email),
    })
}

#[derive(Template)]
#[template(path = "admin/customers/password.html")]
struct PasswordDialog {
    base: String,
    place: Place,
    customer: Customer,
    sends_mail: bool,
    least: usize,
    fault: Option<(&'static str, String)>,
}

impl PasswordDialog {
    async fn new(admin: &JiraAdmin, id: Uuid, place: Place) -> Result<Self, AppError> {
        let customer = find(admin, id).await?;
        let mut conn = admin.app.db.acquire().await?;
        let covered = is_covered(&mut conn, &customer).await?;
        Ok(Self {
            base: frame::base(&admin.site),
            place,
            customer,
            sends_mail: admin.app.config.mail.is_some(),
            least: password::minimum(covered),
            fault: None,
        })
    }

    fn help(&self) -> String {
        format!("At least {} characters.", self.least)
    }

    fn fault(&self, field: &str) -> &str {
        self.fault.as_ref().filter(|(at, _)| *at == field).map_or("", |(_, fault)| fault)
    }
}

async fn is_covered(conn: &mut sqlx::PgConnection, customer: &Customer) -> Result<bool, AppError> {
    let standing =
        policy::store::standing(conn, customer.site, customer.id).await?.ok_or(AppError::NotFound)?;
    Ok(policy::coverage(&standing.policy, standing.exceptions).is_covered())
}

/// `GET .../customers/{customer}/password`.
pub async fn ask_password(
    admin: JiraAdmin,
    Path((_, id)): Path<(SiteId, Uuid)>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let dialog = PasswordDialog::new(&admin, id, dialog::place(query.as_deref())).await?;
    Ok(dialog::open(&admin, &dialog))
}

/// What the form sends.
#[derive(Deserialize)]
pub struct PostedPassword {
    #[serde(default)]
    place: String,
    #[serde(default)]
    password: Zeroizing<String>,
    #[serde(default)]
    repeat: Zeroizing<String>,
}

/// `POST .../customers/{customer}/password`.
pub async fn submit_password(
    admin: JiraAdmin,
    Path((_, id)): Path<(SiteId, Uuid)>,
    Form(posted): Form<PostedPassword>,
) -> Result<Response, AppError> {
    let mut dialog = PasswordDialog::new(&admin, id, Place::parse(&posted.place)).await?;
    let (app, site) = (&admin.app, admin.site.id);
    if posted.password != posted.repeat {
        dialog.fault = Some(("repeat", "The two passwords differ.".into()));
        return Ok(dialog::again(&admin, &dialog));
    }
    let covered = is_covered(&mut *app.db.acquire().await?, &dialog.customer).await?;
    let context = customers::password_context(&dialog.customer, &admin.site.display_url);
    let hash = match password::check_new(&posted.password, covered, &context) {
        Ok(password) => app.hasher.hash(&password, app.random.bytes()).await?,
        Err(fault) => {
            dialog.fault = Some(("password", fault.to_string()));
            return Ok(dialog::again(&admin, &dialog));
        }
    };
    let mut tx = app.db.begin().await?;
    let customer =
        customers::store::lock(&mut tx, site, dialog.customer.id).await?.ok_or(AppError::NotFound)?;
    signin::password::replace(&mut tx, app, &customer, &hash, Lang::English).await?;
    let event = Event {
        customer: Some(customer.id),
        client_ip: Some(admin.visitor.ip),
        ..Event::new(site, admin.actor(), "password.changed", "ok")
    };
    audit::record(&mut tx, admin.now, &event).await?;
    tx.commit().await?;
    let outcome = format!("{} has a new password and is signed out everywhere.", customer.email);
    list::page(&admin, StatusCode::OK, dialog.place, Told::done(outcome)).await
}
