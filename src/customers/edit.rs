//! Changing what a customer is called (D6).

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::names::{Email, EmailFault, NameFault, PersonName, Username, UsernameFault};
use super::store::{self, Taken};
use super::{Customer, CustomerId};
use crate::audit::{self, Actor, Event};

/// What was entered, unchecked. What is blank stays as it is.
#[derive(Clone, Debug, Default)]
pub struct EditForm {
    pub email: String,
    pub username: String,
    pub given_name: String,
    pub family_name: String,
    /// The username goes; what stands in its field does not count.
    pub drop_username: bool,
}

/// Why nothing was changed. All but the last are sentences for whoever filled in the form.
#[derive(Debug, thiserror::Error)]
pub enum EditFault {
    #[error(transparent)]
    Email(#[from] EmailFault),
    #[error(transparent)]
    Username(#[from] UsernameFault),
    #[error(transparent)]
    Name(#[from] NameFault),
    #[error(transparent)]
    Taken(#[from] Taken),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What a customer is called from now on.
#[derive(Clone, Debug)]
pub struct Called {
    pub id: CustomerId,
    pub email: Email,
    pub username: Option<Username>,
    pub name: PersonName,
}

/// Changes a locked customer, with the audit event, in the caller's transaction, which is of no more use
/// when something is taken. The customer afterwards; as before, when nothing was changed. Whoever calls
/// tells the customer.
pub async fn edit(
    conn: &mut PgConnection,
    customer: &Customer,
    form: &EditForm,
    actor: Actor,
    now: OffsetDateTime,
) -> Result<Customer, EditFault> {
    let or = |typed: &str, present: &str| {
        if typed.trim().is_empty() { present.to_owned() } else { typed.to_owned() }
    };
    let email = Email::parse(&or(&form.email, &customer.email))?;
    let present = customer.username.as_deref().unwrap_or_default();
    let username = if form.drop_username { String::new() } else { or(&form.username, present) };
    let username = Username::parse(&username, &email)?;
    let name = PersonName::parse(
        &or(&form.given_name, &customer.given_name),
        &or(&form.family_name, &customer.family_name),
    )?;
    let after = Customer {
        email: email.as_str().to_owned(),
        username: username.as_ref().map(|username| username.as_str().to_owned()),
        given_name: name.given.clone(),
        family_name: name.family.clone(),
        ..customer.clone()
    };
    if after == *customer {
        return Ok(after);
    }
    store::rename(conn, customer.site, &Called { id: customer.id, email, username, name }, now).await??;
    // Which, and not what: names and addresses stand in one place only.
    let changed: Vec<&str> = [
        ("email", after.email != customer.email),
        ("username", after.username != customer.username),
        ("given_name", after.given_name != customer.given_name),
        ("family_name", after.family_name != customer.family_name),
    ]
    .into_iter()
    .filter_map(|(field, changed)| changed.then_some(field))
    .collect();
    let event = Event {
        customer: Some(customer.id),
        detail: &serde_json::json!({ "changed": changed }),
        ..Event::new(customer.site, actor, "customer.edited", "ok")
    };
    audit::record(conn, now, &event).await?;
    Ok(after)
}
