//! A list from Jira, a page at a time, each one transaction with the place of the next. What Jira does
//! not show is noted and passed over; where it is busy, it is asked again when it says.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::super::csv::{Field, Person, Refusal};
use super::super::store::{self, NewRow};
use super::super::{Import, State};
use super::Step;
use crate::app::App;
use crate::jira::desks::{self, Account, Page};
use crate::jira::rest::RestFault;
use crate::sites::{self, Site};

/// Where to wait when Jira is busy and does not say for how long.
const WAIT: Duration = Duration::seconds(30);

/// How far the fetching is: `imports.cursor`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cursor {
    /// The one desk that is wanted; none: all.
    pub desk: Option<String>,
    /// Whether organisations become groups.
    pub organisations: bool,
    /// What is to be fetched; none: not known yet.
    pub parts: Option<Vec<Part>>,
    /// The part that is fetched now, and where in it its next page starts.
    pub at: usize,
    pub start: u32,
    /// What Jira did not show: sentences.
    pub notes: Vec<String>,
    /// Jira asked to be left alone until then.
    #[serde(with = "time::serde::timestamp::option")]
    pub busy_until: Option<OffsetDateTime>,
}

impl Cursor {
    /// Where an import is.
    pub fn of(import: &Import) -> serde_json::Result<Self> {
        serde_json::from_value(import.cursor.clone())
    }
}

/// A desk, or an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub is_organisation: bool,
    pub id: String,
    pub name: String,
}

pub async fn fetch(app: &App, import: &Import) -> anyhow::Result<Step> {
    let mut conn = app.db.acquire().await?;
    let Some(site) = sites::store::find(&mut conn, import.site).await? else { return Ok(Step::Rest) };
    drop(conn);
    let mut cursor = Cursor::of(import)?;
    cursor.busy_until = None;
    let Some(part) = cursor.parts.as_ref().map(|parts| parts.get(cursor.at).cloned()) else {
        return match parts(app, &site, &cursor).await {
            Ok(parts) => {
                cursor.parts = Some(parts);
                keep(app, import, &cursor, None).await
            }
            Err(fault) => trouble(app, import, cursor, fault).await,
        };
    };
    let Some(part) = part else {
        return rest(app, import).await;
    };
    let page = match page(app, &site, &part, cursor.start).await {
        // Broken off, or out of reach for a moment: once more at once.
        Err(RestFault::Away(_)) => page(app, &site, &part, cursor.start).await,
        page => page,
    };
    match page {
        Ok(page) => {
            (cursor.at, cursor.start) = match page.next {
                Some(next) => (cursor.at, next),
                None => (cursor.at + 1, 0),
            };
            keep(app, import, &cursor, Some((&part, page))).await
        }
        Err(fault @ (RestFault::Forbidden | RestFault::Missing)) => {
            let what = if part.is_organisation { "organisation" } else { "service desk" };
            cursor.notes.push(format!("The {what} {}: {fault}. Nothing of it is in the list.", part.name));
            (cursor.at, cursor.start) = (cursor.at + 1, 0);
            keep(app, import, &cursor, None).await
        }
        Err(fault) => trouble(app, import, cursor, fault).await,
    }
}

/// What there is to fetch: desks, then organisations.
async fn parts(app: &App, site: &Site, cursor: &Cursor) -> Result<Vec<Part>, RestFault> {
    let mut parts = Vec::new();
    for desk in desks::desks(app, site).await? {
        if cursor.desk.as_ref().is_none_or(|wanted| *wanted == desk.id) {
            parts.push(Part { is_organisation: false, id: desk.id, name: desk.project_name });
        }
    }
    if cursor.organisations {
        let organisations = match &cursor.desk {
            Some(desk) => desks::organisations_of(app, site, desk).await?,
            None => desks::organisations(app, site).await?,
        };
        let part = |organisation: desks::Organisation| Part {
            is_organisation: true,
            id: organisation.id,
            // A line each is how a row keeps its groups.
            name: organisation.name.replace(char::is_control, " "),
        };
        parts.extend(organisations.into_iter().map(part));
    }
    Ok(parts)
}

async fn page(app: &App, site: &Site, part: &Part, start: u32) -> Result<Page<Account>, RestFault> {
    if part.is_organisation {
        desks::users_of(app, site, &part.id, start).await
    } else {
        desks::customers(app, site, &part.id, "", start).await
    }
}

/// Keeps a page and how far it is.
async fn keep(
    app: &App,
    import: &Import,
    cursor: &Cursor,
    page: Option<(&Part, Page<Account>)>,
) -> anyhow::Result<Step> {
    let mut tx = app.db.begin().await?;
    let Some(now) = store::lock(&mut tx, import.site, import.id).await? else { return Ok(Step::Rest) };
    // Cancelled meanwhile, or another worker was here.
    if now.state != State::Fetching || now.cursor != import.cursor {
        return Ok(Step::Rest);
    }
    let mut received = now.received;
    match page {
        Some((part, page)) if part.is_organisation => {
            let accounts: Vec<String> = page.values.into_iter().map(|account| account.account_id).collect();
            store::add_group_to_rows(&mut tx, import, &accounts, &part.name).await?;
        }
        Some((_, page)) => {
            let last = store::last_number(&mut tx, import.site, import.id).await?;
            let rows = (last + 1..).zip(page.values).map(|(number, account)| staged(app, number, account));
            received += store::insert_rows(&mut tx, import.site, import.id, rows.collect(), true).await?;
        }
        None => {}
    }
    store::set_cursor(&mut tx, import.site, import.id, &serde_json::to_value(cursor)?).await?;
    store::set_received(&mut tx, import.site, import.id, State::Fetching, received).await?;
    tx.commit().await?;
    Ok(Step::On)
}

/// All is there: the admin chooses.
async fn rest(app: &App, import: &Import) -> anyhow::Result<Step> {
    let mut tx = app.db.begin().await?;
    let now = store::lock(&mut tx, import.site, import.id).await?;
    if now.is_some_and(|now| now.state == State::Fetching) {
        store::set_state(&mut tx, import.site, import.id, State::Choosing, app.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(Step::Rest)
}

/// Jira gives no answer: asked again, or told to the admin.
async fn trouble(app: &App, import: &Import, mut cursor: Cursor, fault: RestFault) -> anyhow::Result<Step> {
    let told = match &fault {
        RestFault::Busy { retry_after, .. } => {
            let wait = retry_after.map_or(WAIT, |wait| Duration::seconds(i64::try_from(wait).unwrap_or(600)));
            cursor.busy_until = Some(app.clock.now() + wait);
            keep(app, import, &cursor, None).await?;
            return Ok(Step::Wait(wait, fault.to_string()));
        }
        RestFault::Away(_) | RestFault::Own(_) => return Err(fault.into()),
        RestFault::Unauthorized => {
            "Jira does not know the app any more: open this page anew from Jira, and install the app again if \
             that does not help."
        }
        RestFault::Forbidden => {
            "Jira does not let the app see its service desks: give the app's user access to them, then try again."
        }
        RestFault::Missing => "Jira has no service desks: is Jira Service Management installed on this site?",
        RestFault::Odd(_) => "Jira's answer was not understood: try again later.",
    };
    tracing::warn!(import = %import.id, %fault, "the list from Jira is not to be had");
    store::fail(&mut *app.db.acquire().await?, import.site, import.id, told).await?;
    Ok(Step::Rest)
}

fn staged(app: &App, number: i64, account: Account) -> NewRow {
    let name = account.display_name.as_deref().unwrap_or_default();
    let said = match (&account.email_address, account.active) {
        (None, _) => {
            let shown = if name.is_empty() { &account.account_id } else { name };
            Err(Refusal::new(Field::Email, "Jira does not show the email address of this account.", shown))
        }
        (Some(email), Some(false)) => Err(Refusal::new(Field::Active, "The account is inactive.", email)),
        (Some(email), _) => Person::of_account(email, name),
    };
    NewRow { number, id: app.random.uuid(), said, account: Some(account) }
}
