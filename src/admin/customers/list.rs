//! A page of the directory: tabs with counts, search, rows, and the way on.

use std::collections::HashMap;

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;

use sqlx::PgConnection;

use super::super::two_factor::methods;
use super::super::words;
use super::place::{Place, Tab};
use crate::admin::frame::{Frame, Page};
use crate::bulk::Act;
use crate::customers::CustomerId;
use crate::customers::list::{From, Listed, Sort};
use crate::customers::store::status::Detail;
use crate::customers::store::{directory, status};
use crate::error::AppError;
use crate::factors::registry::Method;
use crate::jira::JiraAdmin;
use crate::jira::presence::Presence;
use crate::policy::{self, Cover, Policy, Scope};
use crate::signin::store::throttles;
use crate::sites::SiteId;

/// Rows a page.
const ROWS: u32 = 50;
/// Where counting what was found ends: beyond, "more than" is said.
const MOST_FOUND: u32 = 1_000;

/// What was done just now.
#[derive(Default)]
pub struct Told {
    /// It was done.
    pub outcome: Option<String>,
    /// A toggle can be taken back: for whom, and how it was.
    pub undo: Option<(CustomerId, bool)>,
    /// It was not, and why.
    pub fault: Option<String>,
    /// Whose account in Jira is not known, and why.
    pub unknown: HashMap<CustomerId, String>,
}

impl Told {
    pub fn done(outcome: impl Into<String>) -> Self {
        Self { outcome: Some(outcome.into()), ..Self::default() }
    }

    pub fn fault(fault: impl Into<String>) -> Self {
        Self { fault: Some(fault.into()), ..Self::default() }
    }
}

/// A tab's link.
struct TabLink {
    title: &'static str,
    count: String,
    place: Place,
    is_current: bool,
}

/// A column that can be sorted by.
struct Column {
    title: &'static str,
    place: Place,
    /// `ascending` or `descending`, where it is sorted by this.
    direction: Option<&'static str>,
}

/// One customer.
struct Row {
    listed: Listed,
    is_on: bool,
    /// Why so: the customer's groups, where they and not the customer decide.
    by_group: bool,
    /// Where status was asked for (D3).
    status: Option<Status>,
}

impl Row {
    fn id(&self) -> CustomerId {
        self.listed.customer.id
    }

    /// As people say it; the address for somebody without a name.
    fn name(&self) -> String {
        let customer = &self.listed.customer;
        format!("{} {}", customer.given_name, customer.family_name).trim().to_owned()
    }

    /// What the mail server said, or what is under way: a lozenge's kind, its text, more.
    fn mail(&self) -> Option<(&'static str, &'static str, String)> {
        let mail = &self.listed.mail;
        if let Some(answer) = &mail.refusal {
            return Some(("removed", "Mail refused", format!("The mail server said: {answer}")));
        }
        let at = mail.last_at.map(words::moment).unwrap_or_default();
        let is_invitation = mail.last_kind.as_deref() == Some("set_password");
        match (mail.last.as_deref()?, is_invitation) {
            ("queued", _) => Some(("inprogress", "Mail queued", format!("Written {at}"))),
            ("sent", true) if self.listed.customer.password_set_at.is_none() => {
                Some(("inprogress", "Invited", format!("The mail was sent {at}")))
            }
            ("failed", _) => Some(("removed", "Mail failed", format!("Given up; written {at}"))),
            ("expired", true) => Some(("moved", "Invitation expired", format!("Written {at}"))),
            _ => None,
        }
    }
}

/// What is known of a customer besides.
struct Status {
    detail: Detail,
    is_locked: bool,
    /// Why Jira said nothing just now.
    unknown: Option<String>,
}

impl Status {
    /// `Passkeys, Authenticator app`; the strongest first.
    fn methods(&self) -> String {
        let enrolled =
            Method::ALL.iter().filter(|method| self.detail.methods.iter().any(|m| m == method.word()));
        let titles: Vec<&str> = enrolled.map(|method| methods::title(*method)).collect();
        if titles.is_empty() { "No second factor".into() } else { titles.join(", ") }
    }

    /// What Jira said: a lozenge's kind, its text, when.
    fn jira(&self) -> Option<(&'static str, &'static str, String)> {
        let at = self.detail.jira_asked_at.map(words::moment).unwrap_or_default();
        let (kind, text) = match Presence::parse(self.detail.jira_state.as_deref()?)? {
            Presence::Active => ("success", "In Jira"),
            Presence::Inactive => ("moved", "Inactive in Jira"),
            Presence::Absent => ("removed", "Not in Jira"),
        };
        Some((kind, text, format!("As Jira said {at}")))
    }
}

#[derive(Template)]
#[template(path = "admin/customers/page.html")]
struct Directory {
    frame: Frame,
    place: Place,
    tabs: Vec<TabLink>,
    columns: Vec<Column>,
    rows: Vec<Row>,
    policy: Policy,
    /// How many there are in all, or were found: in words.
    total: String,
    /// Which of them are shown.
    range: String,
    previous: Option<Place>,
    next: Option<Place>,
    last: Option<Place>,
    told: Told,
}

impl Directory {
    fn is_enforced(&self) -> bool {
        self.policy.settings.scope == Scope::Enforced
    }

    /// Whether anybody is in the site's directory at all.
    fn is_empty(&self) -> bool {
        self.tabs.last().is_some_and(|all| all.count == "0")
    }

    /// A place's address.
    fn link(&self, place: &Place) -> String {
        format!("{}/{}", self.frame.base, place.state())
    }

    fn link_to_all(&self) -> String {
        self.link(&self.place.in_tab(Tab::All))
    }

    fn link_to_first(&self) -> String {
        self.link(&self.place.from(From::First, 1))
    }

    /// Whether more than the page's rows are in the list.
    fn is_more_than_shown(&self) -> bool {
        self.previous.is_some() || self.next.is_some()
    }

    /// What is offered for many at once (D2, D3): of Enable and Disable the one that changes something,
    /// and neither where the list does not show how things are.
    fn bulk_acts(&self) -> Vec<(Act, &'static str)> {
        let mut acts = Vec::new();
        match self.place.tab {
            _ if self.is_enforced() => {}
            Tab::Enabled => acts.push((Act::Disable, "Disable 2FA")),
            Tab::Disabled => acts.push((Act::Enable, "Enable 2FA")),
            Tab::All if self.place.status => {
                acts.extend([(Act::Enable, "Enable 2FA"), (Act::Disable, "Disable 2FA")]);
            }
            Tab::All => {}
        }
        acts.extend([
            (Act::SendLink, "Send set-password mail…"),
            (Act::ResetMfa, "Reset MFA…"),
            (Act::Delete, "Delete…"),
        ]);
        acts
    }

    fn has_toggle(&self) -> bool {
        self.place.tab != Tab::All || self.place.status
    }
}

/// `GET .../customers`.
pub async fn show(admin: JiraAdmin, RawQuery(query): RawQuery) -> Result<Response, AppError> {
    page(&admin, StatusCode::OK, Place::parse(query.as_deref().unwrap_or_default()), Told::default()).await
}

/// The directory at `place`.
pub async fn page(
    admin: &JiraAdmin,
    status: StatusCode,
    place: Place,
    told: Told,
) -> Result<Response, AppError> {
    let site = admin.site.id;
    let mut conn = admin.app.db.acquire().await?;
    let policy = policy::store::load(&mut conn, site).await?;
    let scope = policy.settings.scope;
    let filter = place.filter(scope);
    let mut counts = [0; 3];
    for (count, tab) in counts.iter_mut().zip(Tab::ALL) {
        *count = directory::tally(&mut conn, site, &tab.covers(scope)).await?;
    }
    let mut place = place;
    let mut page = directory::page(&mut conn, site, &filter, place.order, &place.from, ROWS).await?;
    if page.rows.is_empty() && place.from != From::First {
        // Whoever was here is gone: deleted, toggled, or no longer found.
        place = place.from(if page.has_previous { From::Last } else { From::First }, 1);
        page = directory::page(&mut conn, site, &filter, place.order, &place.from, ROWS).await?;
    }
    let (total, is_exact) = match &filter.words {
        None => (counts[place.tab as usize], true),
        Some(_) => {
            let found = directory::count(&mut conn, site, &filter, MOST_FOUND + 1).await?;
            (found.min(u64::from(MOST_FOUND)), found <= u64::from(MOST_FOUND))
        }
    };
    let mut known = if place.status {
        statuses(&mut conn, admin, &policy, &page.rows, &told).await?
    } else {
        HashMap::new()
    };
    drop(conn);
    let rows = page.rows.len() as u64;
    if place.from == From::Last && is_exact {
        place.number = total.saturating_sub(rows) + 1;
    }
    if !page.has_previous {
        place.number = 1;
    }
    let size = u64::from(ROWS);
    let previous = page.rows.first().filter(|_| page.has_previous).map(|row| {
        place.from(From::Before(row.mark(place.order.sort)), place.number.saturating_sub(size).max(1))
    });
    let next = page
        .rows
        .last()
        .filter(|_| page.has_next)
        .map(|row| place.from(From::After(row.mark(place.order.sort)), place.number + rows));
    let tabs = Tab::ALL.into_iter().zip(counts).map(|(tab, count)| TabLink {
        title: tab.title(),
        count: words::number(count),
        place: place.in_tab(tab),
        is_current: tab == place.tab,
    });
    let columns =
        [(Sort::Name, "Name"), (Sort::Email, "Email"), (Sort::Added, "Added")].map(|(sort, title)| {
            let direction = if place.order.descending { "descending" } else { "ascending" };
            let direction = (place.order.sort == sort).then_some(direction);
            Column { title, place: place.sorted(sort), direction }
        });
    // Somebody may have come between the counting and the rows.
    let of = of(total.max(if rows > 0 { place.number + rows - 1 } else { 0 }), is_exact);
    let page = Directory {
        total: of.clone(),
        frame: Frame::new(admin, Page::Customers, Page::Customers.title(), place.state()),
        tabs: tabs.collect(),
        columns: columns.into(),
        range: range(place.number, rows, &of),
        previous,
        last: next.is_some().then(|| place.from(From::Last, 1)),
        next,
        rows: page
            .rows
            .into_iter()
            .map(|listed| row(known.remove(&listed.customer.id), listed, scope))
            .collect(),
        policy,
        place,
        told,
    };
    Ok(admin.visitor.page(status, &page))
}

/// Who is on the page at `place`.
pub async fn on_page(conn: &mut PgConnection, site: SiteId, place: &Place) -> sqlx::Result<Vec<CustomerId>> {
    let scope = policy::store::load(conn, site).await?.settings.scope;
    let page = directory::page(conn, site, &place.filter(scope), place.order, &place.from, ROWS).await?;
    Ok(page.rows.into_iter().map(|row| row.customer.id).collect())
}

/// What is known of the customers of a page besides.
async fn statuses(
    conn: &mut PgConnection,
    admin: &JiraAdmin,
    policy: &Policy,
    rows: &[Listed],
    told: &Told,
) -> sqlx::Result<HashMap<CustomerId, Status>> {
    let ids: Vec<CustomerId> = rows.iter().map(|row| row.customer.id).collect();
    let details = status::details(conn, admin.site.id, &ids).await?;
    let throttle = policy.settings.throttle;
    let locked = throttles::locked(conn, admin.site.id, &ids, throttle, admin.now).await?;
    let statuses = details.into_iter().map(|(id, detail)| {
        let unknown = told.unknown.get(&id).cloned();
        (id, Status { detail, is_locked: locked.contains(&id), unknown })
    });
    Ok(statuses.collect())
}

fn row(status: Option<Status>, listed: Listed, scope: Scope) -> Row {
    let exceptions = listed.exceptions;
    Row {
        is_on: Cover::of(exceptions).is_on(scope),
        by_group: exceptions.customer.is_none()
            && match scope {
                Scope::Selected => exceptions.group_on,
                Scope::EveryoneExcept => exceptions.group_off,
                Scope::Enforced => false,
            },
        status,
        listed,
    }
}

/// `12,431`, or `more than 1,000`.
fn of(total: u64, is_exact: bool) -> String {
    if is_exact { words::number(total) } else { format!("more than {}", words::number(total)) }
}

/// `51–100 of 12,431`.
fn range(number: u64, rows: u64, of: &str) -> String {
    if rows == 0 {
        return String::new();
    }
    format!("{}–{} of {of}", words::number(number), words::number(number + rows - 1))
}

#[cfg(test)]
mod tests {
    use super::{of, range};

    #[test]
    fn a_range_says_of_how_many() {
        for (number, rows, total, is_exact, text) in [
            (1, 0, 0, true, ""),
            (1, 1, 1, true, "1–1 of 1"),
            (51, 50, 12_431, true, "51–100 of 12,431"),
            (1, 50, 1_000, false, "1–50 of more than 1,000"),
        ] {
            assert_eq!(range(number, rows, &of(total, is_exact)), text);
        }
    }
}
