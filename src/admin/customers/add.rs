//! Add customer (D5). With a password: a welcome mail, and the password works. Without: a mail with a
//! link to set one.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::dialog;
use super::list::{self, Told};
use super::place::{Place, Tab};
use crate::admin::frame;
use crate::customers::store::status;
use crate::customers::{self, AddFault, AddForm, Customer};
use crate::error::AppError;
use crate::i18n::Lang;
use crate::jira::JiraAdmin;
use crate::jira::desks::{self, Created};
use crate::jira::presence::Presence;
use crate::jira::rest::RestFault;
use crate::mail::{self, Letter};
use crate::recovery;
use crate::web::Form;

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
    password: Zeroizing<String>,
    /// `on`: in Jira as well.
    #[serde(default)]
    in_jira: String,
}

#[derive(Template)]
#[template(path = "admin/customers/add.html")]
struct Dialog {
    base: String,
    place: Place,
    typed: Posted,
    sends_mail: bool,
    can_create: bool,
    /// The field at fault and what is wrong.
    fault: Option<(&'static str, String)>,
}

impl Dialog {
    fn new(admin: &JiraAdmin, place: Place, typed: Posted, fault: Option<(&'static str, String)>) -> Self {
        let (sends_mail, can_create) = (admin.app.config.mail.is_some(), admin.app.config.create_in_jira);
        Self { base: frame::base(&admin.site), place, typed, sends_mail, can_create, fault }
    }

    fn password_help(&self) -> &'static str {
        if self.sends_mail {
            "Optional. Without one, the customer gets a mail with a link to set it, which works for three days."
        } else {
            "Without one the customer cannot sign in: this server sends no mail to set it with."
        }
    }

    fn fault(&self, field: &str) -> &str {
        self.fault.as_ref().filter(|(at, _)| *at == field).map_or("", |(_, fault)| fault)
    }
}

/// `GET .../customers/add`.
pub async fn ask(admin: JiraAdmin, RawQuery(query): RawQuery) -> Response {
    let place = dialog::place(query.as_deref());
    dialog::open(&admin, &Dialog::new(&admin, place, Posted::default(), None))
}

/// `POST .../customers/add`.
pub async fn submit(admin: JiraAdmin, Form(posted): Form<Posted>) -> Result<Response, AppError> {
    let place = Place::parse(&posted.place);
    match add(&admin, &posted).await {
        Ok((customer, mut outcome)) => {
            if posted.in_jira == "on" && admin.app.config.create_in_jira {
                outcome = format!("{outcome} {}", create_in_jira(&admin, &customer).await?);
            }
            // Where the new one is to be seen.
            let place = Place { typed: String::new(), ..place.in_tab(Tab::All) };
            list::page(&admin, StatusCode::OK, place, Told::done(outcome)).await
        }
        Err(fault) => {
            let field = field(&fault);
            let sentence = match fault.sort() {
                Ok(error) => return Err(error),
                Err(sentence) => sentence,
            };
            Ok(dialog::again(&admin, &Dialog::new(&admin, place, posted, Some((field, sentence)))))
        }
    }
}

fn field(fault: &AddFault) -> &'static str {
    use crate::customers::store::Taken;
    match fault {
        AddFault::Email(_) | AddFault::Taken(Taken::Email) => "email",
        AddFault::Username(_) | AddFault::Taken(Taken::Username) => "username",
        AddFault::Name(_) => "given_name",
        AddFault::Password(_) | AddFault::Hash(_) | AddFault::Database(_) => "password",
    }
}

/// Adds, and writes the mail in the same transaction.
async fn add(admin: &JiraAdmin, posted: &Posted) -> Result<(Customer, String), AddFault> {
    let (app, site, lang) = (&admin.app, admin.site.id, Lang::English);
    let form = AddForm {
        email: posted.email.clone(),
        username: Some(posted.username.clone()),
        given_name: posted.given_name.clone(),
        family_name: posted.family_name.clone(),
        password: (!posted.password.is_empty()).then(|| posted.password.clone()),
    };
    let new = customers::add::check(app, site, form).await?;
    let has_password = new.password_hash.is_some();
    let mut tx = app.db.begin().await?;
    customers::add::write(&mut tx, &new, admin.actor()).await?;
    let customer = customers::store::find(&mut tx, site, new.id).await?.ok_or(sqlx::Error::RowNotFound)?;
    let written = if has_password {
        mail::send(&mut tx, app, site, &customer, lang, Letter::Welcome).await?
    } else {
        recovery::send_password_link(&mut tx, app, &customer, lang, admin.actor()).await?
    };
    tx.commit().await?;
    let email = &customer.email;
    let outcome = match (written, has_password) {
        (true, true) => format!("{email} is added. A welcome mail is on its way."),
        (true, false) => format!("{email} is added. A mail with a link to set a password is on its way."),
        (false, true) => format!("{email} is added."),
        (false, false) => format!("{email} is added and has no password yet: this server sends no mail."),
    };
    Ok((customer, outcome))
}

/// Creates the customer in Jira as well; what came of it, in a sentence. They are added here already: a Jira
/// that is away takes nothing back.
async fn create_in_jira(admin: &JiraAdmin, customer: &Customer) -> Result<String, AppError> {
    let name = format!("{} {}", customer.given_name, customer.family_name);
    let name = if name.trim().is_empty() { &customer.email } else { name.trim() };
    let created = match desks::create(&admin.app, &admin.site, &customer.email, name).await {
        Ok(Created::New(account)) => account,
        Ok(Created::Exists) => return Ok("Jira has the customer already.".into()),
        Err(RestFault::Forbidden) => {
            const WHY: &str = "Jira does not let the app create customers: update the app in Jira, under Apps, \
                               then Manage apps, and agree to what it asks for.";
            return Ok(WHY.into());
        }
        Err(fault) => return Ok(format!("It was not created in Jira: {fault}.")),
    };
    let mut conn = admin.app.db.acquire().await?;
    let (word, account) = (Presence::Active.word(), Some(created.account_id.as_str()));
    status::set_jira(&mut conn, admin.site.id, customer.id, word, account, admin.now).await?;
    Ok("It is created in Jira as well.".into())
}
