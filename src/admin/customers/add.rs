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
use crate::customers::{self, AddFault, AddForm};
use crate::error::AppError;
use crate::i18n::Lang;
use crate::jira::JiraAdmin;
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
}

#[derive(Template)]
#[template(path = "admin/customers/add.html")]
struct Dialog {
    base: String,
    place: Place,
    typed: Posted,
    sends_mail: bool,
    /// The field at fault and what is wrong.
    fault: Option<(&'static str, String)>,
}

impl Dialog {
    fn new(admin: &JiraAdmin, place: Place, typed: Posted, fault: Option<(&'static str, String)>) -> Self {
        let sends_mail = admin.app.config.mail.is_some();
        Self { base: frame::base(&admin.site), place, typed, sends_mail, fault }
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
        Ok(outcome) => {
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
async fn add(admin: &JiraAdmin, posted: &Posted) -> Result<String, AddFault> {
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
    let email = customer.email;
    Ok(match (written, has_password) {
        (true, true) => format!("{email} is added. A welcome mail is on its way."),
        (true, false) => format!("{email} is added. A mail with a link to set a password is on its way."),
        (false, true) => format!("{email} is added."),
        (false, false) => format!("{email} is added and has no password yet: this server sends no mail."),
    })
}
