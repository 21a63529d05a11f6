//! Groups (D10): made by hand or by an import, and what is decided about their members together.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use sqlx::PgTransaction;
use uuid::Uuid;

use crate::admin::frame::{Frame, Page};
use crate::admin::words;
use crate::audit::{self, Event};
use crate::customers::names::{self, GROUP_CHARS, login_key};
use crate::customers::store::groups::{self, Group, MOST_COUNTED, Member};
use crate::customers::{self, CustomerId};
use crate::error::AppError;
use crate::jira::JiraAdmin;
use crate::policy::{self, Scope};
use crate::sites::SiteId;
use crate::web::Form;

/// Members a page.
const ROWS: usize = 50;

/// How many members, in words.
pub fn members(group: &Group) -> String {
    let count = group.members.unsigned_abs();
    let more = if group.members >= MOST_COUNTED { "at least " } else { "" };
    format!("{more}{}", words::number(count))
}

/// What is told on a page.
#[derive(Default)]
struct Told {
    outcome: Option<String>,
    /// What is wrong with the name or the customer that was typed, and what it was.
    fault: Option<String>,
    typed: String,
}

#[derive(Template)]
#[template(path = "admin/customers/groups.html")]
struct Groups {
    frame: Frame,
    groups: Vec<Group>,
    told: Told,
}

#[derive(Template)]
#[template(path = "admin/customers/group.html")]
struct GroupPage {
    frame: Frame,
    group: Group,
    members: Vec<Member>,
    /// The last member's key, when more follow.
    next: Option<String>,
    is_further: bool,
    is_enforced: bool,
    told: Told,
}

impl GroupPage {
    fn next_query(&self, next: &str) -> String {
        form_urlencoded::Serializer::new(String::new()).append_pair("after", next).finish()
    }
}

/// `GET .../customers/groups`.
pub async fn list(admin: JiraAdmin) -> Result<Response, AppError> {
    list_page(&admin, StatusCode::OK, Told::default()).await
}

async fn list_page(admin: &JiraAdmin, status: StatusCode, told: Told) -> Result<Response, AppError> {
    let groups = groups::list(&mut *admin.app.db.acquire().await?, admin.site.id).await?;
    let frame = Frame::new(admin, Page::Customers, "Groups", "customers/groups");
    Ok(admin.visitor.page(status, &Groups { frame, groups, told }))
}

/// `GET .../customers/groups/{group}`.
pub async fn show(
    admin: JiraAdmin,
    Path((_, group)): Path<(SiteId, Uuid)>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let query = query.unwrap_or_default();
    let after = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "after");
    // Postgres refuses U+0000.
    let after = after.map(|(_, after)| after.replace('\0', "")).unwrap_or_default();
    page(&admin, StatusCode::OK, group, &after, Told::default()).await
}

async fn page(
    admin: &JiraAdmin,
    status: StatusCode,
    id: Uuid,
    after: &str,
    told: Told,
) -> Result<Response, AppError> {
    let site = admin.site.id;
    let mut conn = admin.app.db.acquire().await?;
    let group = groups::find(&mut conn, site, id).await?.ok_or(AppError::NotFound)?;
    let mut members = groups::members(&mut conn, site, id, after, ROWS as i64 + 1).await?;
    let is_enforced = policy::store::load(&mut conn, site).await?.settings.scope == Scope::Enforced;
    drop(conn);
    let has_more = members.len() > ROWS;
    members.truncate(ROWS);
    let next = members.last().map(|member| member.email_key.clone()).filter(|_| has_more);
    let title = format!("Group {}", group.name);
    let frame = Frame::new(admin, Page::Customers, title, format!("customers/groups/{id}"));
    let is_further = !after.is_empty();
    let page = GroupPage { frame, group, members, next, is_further, is_enforced, told };
    Ok(admin.visitor.page(status, &page))
}

/// What the forms say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Posted {
    name: String,
    /// `on`, `off`, or anything else for nothing.
    two_factor: String,
    /// Email or username.
    customer: String,
}

/// The name of a group; a sentence when it is none.
fn name(typed: &str) -> Result<String, String> {
    let name = typed.trim();
    if name.is_empty() {
        return Err("Type a name.".into());
    }
    if name.chars().count() > GROUP_CHARS {
        return Err(format!("The name is longer than {GROUP_CHARS} characters."));
    }
    names::characters(name).map_err(|fault| fault.to_string())?;
    Ok(name.to_owned())
}

const TAKEN: &str = "Another group has this name.";

async fn record(
    tx: &mut PgTransaction<'static>,
    admin: &JiraAdmin,
    action: &'static str,
    customer: Option<CustomerId>,
    detail: &serde_json::Value,
) -> sqlx::Result<()> {
    let event = Event {
        customer,
        client_ip: Some(admin.visitor.ip),
        detail,
        ..Event::new(admin.site.id, admin.actor(), action, "ok")
    };
    audit::record(tx, admin.now, &event).await
}

/// `POST .../customers/groups`: a new one.
pub async fn add(admin: JiraAdmin, Form(posted): Form<Posted>) -> Result<Response, AppError> {
    let again = async |fault: String| {
        let told = Told { fault: Some(fault), typed: posted.name.clone(), ..Told::default() };
        list_page(&admin, StatusCode::UNPROCESSABLE_ENTITY, told).await
    };
    let name = match name(&posted.name) {
        Ok(name) => name,
        Err(fault) => return again(fault).await,
    };
    let id = admin.app.random.uuid();
    let mut tx = admin.app.db.begin().await?;
    if !groups::save(&mut tx, admin.site.id, id, &name, admin.now).await? {
        tx.rollback().await?;
        return again(TAKEN.into()).await;
    }
    record(&mut tx, &admin, "group.added", None, &json!({ "group": name })).await?;
    tx.commit().await?;
    page(&admin, StatusCode::OK, id, "", Told { outcome: Some("Group added.".into()), ..Told::default() })
        .await
}

/// A group, in a transaction: 404 when the site has none of that id.
async fn begin(admin: &JiraAdmin, id: Uuid) -> Result<(PgTransaction<'static>, Group), AppError> {
    let mut tx = admin.app.db.begin().await?;
    let group = groups::find(&mut tx, admin.site.id, id).await?.ok_or(AppError::NotFound)?;
    Ok((tx, group))
}

/// `POST .../customers/groups/{group}`: its name, and what is decided about its members.
pub async fn save(
    admin: JiraAdmin,
    Path((_, id)): Path<(SiteId, Uuid)>,
    Form(posted): Form<Posted>,
) -> Result<Response, AppError> {
    let (mut tx, group) = begin(&admin, id).await?;
    let two_factor = match posted.two_factor.as_str() {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    };
    let saved = match name(&posted.name) {
        Ok(name) if groups::save(&mut tx, admin.site.id, id, &name, admin.now).await? => Ok(name),
        Ok(_) => Err(TAKEN.to_owned()),
        Err(fault) => Err(fault),
    };
    let name = match saved {
        Ok(name) => name,
        Err(fault) => {
            tx.rollback().await?;
            let told = Told { fault: Some(fault), ..Told::default() };
            return page(&admin, StatusCode::UNPROCESSABLE_ENTITY, id, "", told).await;
        }
    };
    if two_factor != group.two_factor {
        groups::decide(&mut tx, admin.site.id, id, two_factor).await?;
    }
    let detail = json!({
        "group": { "before": group.name, "after": name },
        "two_factor": { "before": group.two_factor, "after": two_factor },
    });
    record(&mut tx, &admin, "group.edited", None, &detail).await?;
    tx.commit().await?;
    page(&admin, StatusCode::OK, id, "", Told { outcome: Some("Group saved.".into()), ..Told::default() })
        .await
}

/// `POST .../customers/groups/{group}/delete`.
pub async fn delete(admin: JiraAdmin, Path((_, id)): Path<(SiteId, Uuid)>) -> Result<Response, AppError> {
    let (mut tx, group) = begin(&admin, id).await?;
    groups::delete(&mut tx, admin.site.id, id).await?;
    record(&mut tx, &admin, "group.deleted", None, &json!({ "group": group.name })).await?;
    tx.commit().await?;
    let outcome = format!("The group {} is deleted. Its members stay customers.", group.name);
    list_page(&admin, StatusCode::OK, Told { outcome: Some(outcome), ..Told::default() }).await
}

/// `POST .../customers/groups/{group}/members`: somebody comes in, by email or username.
pub async fn add_member(
    admin: JiraAdmin,
    Path((_, id)): Path<(SiteId, Uuid)>,
    Form(posted): Form<Posted>,
) -> Result<Response, AppError> {
    let (mut tx, group) = begin(&admin, id).await?;
    let found =
        customers::store::find_for_sign_in(&mut tx, admin.site.id, &login_key(&posted.customer)).await?;
    let again = match found {
        None => "No customer has this email address or username.",
        Some((customer, _)) => {
            if groups::add_member(&mut tx, admin.site.id, id, customer.id).await? {
                let detail = json!({ "group": group.name });
                record(&mut tx, &admin, "group.member_added", Some(customer.id), &detail).await?;
                tx.commit().await?;
                let outcome = format!("{} is in the group.", customer.email);
                let told = Told { outcome: Some(outcome), ..Told::default() };
                return page(&admin, StatusCode::OK, id, "", told).await;
            }
            "This customer is in the group already."
        }
    };
    tx.rollback().await?;
    let told = Told { fault: Some(again.into()), typed: posted.customer, ..Told::default() };
    page(&admin, StatusCode::UNPROCESSABLE_ENTITY, id, "", told).await
}

/// `POST .../customers/groups/{group}/members/{customer}/remove`.
pub async fn remove_member(
    admin: JiraAdmin,
    Path((_, id, customer)): Path<(SiteId, Uuid, Uuid)>,
) -> Result<Response, AppError> {
    let (mut tx, group) = begin(&admin, id).await?;
    let customer = CustomerId(customer);
    let was_in = groups::remove_member(&mut tx, admin.site.id, id, customer).await?;
    if was_in {
        let detail = json!({ "group": group.name });
        record(&mut tx, &admin, "group.member_removed", Some(customer), &detail).await?;
    }
    tx.commit().await?;
    let outcome = was_in.then(|| "Taken out of the group.".to_owned());
    page(&admin, StatusCode::OK, id, "", Told { outcome, ..Told::default() }).await
}
