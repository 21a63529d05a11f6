//! Jira Service Management over REST: service desks, the customers of each, organisations and their
//! users, and whether accounts still exist. Every list comes in pages, of which the server decides the
//! size: the next one begins after as many as the last one had, until it says that it was the last, or
//! had nothing. Links in answers are never followed.

use axum::http::{Method, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::rest::{self, RestFault};
use crate::app::App;
use crate::sites::Site;

/// How many to ask for in one page; Jira gives 50 at most.
const LIMIT: u32 = 50;
/// No list is longer: what goes on for longer than this goes in circles.
const LONGEST: u32 = 2_000_000;
/// The most desks or organisations that [`desks`] and its like put into one list.
const MOST_LISTED: usize = 5_000;
/// The most accounts to ask about at once, so that the address stays below 8 KiB.
pub const ACCOUNTS_AT_ONCE: usize = 50;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub values: Vec<T>,
    /// Where the next page starts; none after the last.
    pub next: Option<u32>,
}

/// A service desk: one project's.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Desk {
    pub id: String,
    #[serde(default)]
    pub project_key: String,
    #[serde(default)]
    pub project_name: String,
}

/// A company among the customers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Organisation {
    pub id: String,
    #[serde(default)]
    pub name: String,
}

/// Somebody's account, as Jira tells of it. The same one comes with every desk it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    pub account_id: String,
    /// None: hidden by the customer.
    #[serde(default)]
    pub email_address: Option<String>,
    #[serde(default)]
    pub display_name: Option<String>,
    /// None: not said.
    #[serde(default)]
    pub active: Option<bool>,
}

impl Account {
    /// Whether it looks like a portal-only customer's (inferred, not documented).
    pub fn is_portal_only(&self) -> bool {
        self.account_id.starts_with("qm:")
    }
}

/// What became of a customer that was to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Created {
    New(Account),
    /// Somebody of that email is there already: as good.
    Exists,
}

/// [`Page`] as JSON.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Paged<T> {
    size: Option<i64>,
    is_last_page: Option<bool>,
    /// As the platform's own API calls it.
    is_last: Option<bool>,
    values: Vec<T>,
}

impl<T> Paged<T> {
    /// The page, and where the next one starts when this one started at `start`.
    fn page(self, start: u32) -> Result<Page<T>, RestFault> {
        // A page without a last word is the last: to go on could be to go on for ever.
        let is_last = self.is_last_page.or(self.is_last).unwrap_or(true);
        let size = self.size.unwrap_or_else(|| i64::try_from(self.values.len()).unwrap_or(0));
        let next = match u32::try_from(size) {
            Ok(size) if size > 0 && !is_last => Some(start.saturating_add(size)),
            _ => None,
        };
        match next {
            Some(next) if next > LONGEST => Err(RestFault::Odd("a list that does not end".into())),
            next => Ok(Page { values: self.values, next }),
        }
    }
}

/// All service desks the app may see.
pub async fn desks(app: &App, site: &Site) -> Result<Vec<Desk>, RestFault> {
    all(app, site, "/rest/servicedeskapi/servicedesk").await
}

/// All organisations.
pub async fn organisations(app: &App, site: &Site) -> Result<Vec<Organisation>, RestFault> {
    all(app, site, "/rest/servicedeskapi/organization").await
}

/// All organisations of a desk.
pub async fn organisations_of(app: &App, site: &Site, desk: &str) -> Result<Vec<Organisation>, RestFault> {
    all(app, site, &format!("/rest/servicedeskapi/servicedesk/{}/organization", encoded(desk))).await
}

/// A page of a desk's customers, from the one with the index `start` (0 for the first). `query` filters
/// by name and email; empty for all.
pub async fn customers(
    app: &App,
    site: &Site,
    desk: &str,
    query: &str,
    start: u32,
) -> Result<Page<Account>, RestFault> {
    let path = format!("/rest/servicedeskapi/servicedesk/{}/customer", encoded(desk));
    let query = if query.is_empty() { String::new() } else { format!("&query={}", encoded(query)) };
    page(app, site, &path, &query, start).await
}

/// A page of an organisation's users.
pub async fn users_of(
    app: &App,
    site: &Site,
    organisation: &str,
    start: u32,
) -> Result<Page<Account>, RestFault> {
    let path = format!("/rest/servicedeskapi/organization/{}/user", encoded(organisation));
    page(app, site, &path, "", start).await
}

/// What Jira knows of the first [`ACCOUNTS_AT_ONCE`] of `accounts`: those it leaves out are gone, or
/// hidden from the app (REST v3, "Bulk get users").
pub async fn accounts(app: &App, site: &Site, accounts: &[&str]) -> Result<Vec<Account>, RestFault> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let asked = accounts.iter().take(ACCOUNTS_AT_ONCE);
    let asked: String = asked.map(|account| format!("&accountId={}", encoded(account))).collect();
    let mut found = Vec::new();
    let mut next = Some(0);
    // Each page has one at least: there are no more pages than accounts.
    for _ in 0..ACCOUNTS_AT_ONCE {
        let Some(start) = next else { break };
        let path = format!("/rest/api/3/user/bulk?startAt={start}&maxResults={ACCOUNTS_AT_ONCE}{asked}");
        let page = rest::get::<Paged<Account>>(app, site, &path).await?.page(start)?;
        found.extend(page.values);
        next = page.next;
    }
    Ok(found)
}

/// Creates a customer in Jira. Needs the scope ADMIN, else [`RestFault::Forbidden`].
pub async fn create(app: &App, site: &Site, email: &str, name: &str) -> Result<Created, RestFault> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Customer<'a> {
        email: &'a str,
        display_name: &'a str,
    }
    const PATH: &str = "/rest/servicedeskapi/customer?strictConflictStatusCode=true";
    let customer = Customer { email, display_name: name };
    let answer = rest::send(app, site, Method::POST, PATH, |request| request.json(&customer)).await?;
    if answer.status() == StatusCode::CONFLICT {
        return Ok(Created::Exists);
    }
    rest::read(app, answer).await.map(Created::New)
}

async fn page<T: DeserializeOwned>(
    app: &App,
    site: &Site,
    path: &str,
    query: &str,
    start: u32,
) -> Result<Page<T>, RestFault> {
    let path = format!("{path}?start={start}&limit={LIMIT}{query}");
    rest::get::<Paged<T>>(app, site, &path).await?.page(start)
}

/// A short list, whole.
async fn all<T: DeserializeOwned>(app: &App, site: &Site, path: &str) -> Result<Vec<T>, RestFault> {
    let mut values = Vec::new();
    let mut next = Some(0);
    while let Some(start) = next {
        let page = page(app, site, path, "", start).await?;
        values.extend(page.values);
        if values.len() > MOST_LISTED || start as usize > MOST_LISTED {
            return Err(RestFault::Odd(format!("more than {MOST_LISTED} in one list")));
        }
        next = page.next;
    }
    Ok(values)
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_begins_after_as_many_as_this_one_had() {
        for (json, start, expected) in [
            // Jira lowered the limit: its size counts.
            (r#"{"size":3,"limit":50,"isLastPage":false,"values":["a","b","c"]}"#, 6, Ok(Some(9))),
            (r#"{"size":3,"isLastPage":true,"values":["a","b","c"]}"#, 6, Ok(None)),
            (r#"{"size":0,"isLastPage":false,"values":[]}"#, 6, Ok(None)),
            (r#"{"size":-1,"isLastPage":false,"values":["a"]}"#, 6, Ok(None)),
            // What the app may not see is counted, not shown.
            (r#"{"size":2,"isLastPage":false,"values":["a"]}"#, 0, Ok(Some(2))),
            (r#"{"isLastPage":false,"values":["a"]}"#, 1, Ok(Some(2))),
            (r#"{"isLast":false,"values":["a"]}"#, 0, Ok(Some(1))),
            (r#"{"size":1,"values":["a"]}"#, 0, Ok(None)),
            (r#"{"size":50,"isLastPage":false,"values":["a"]}"#, LONGEST, Err(())),
            (r#"{"size":4294967295,"isLastPage":false,"values":["a"]}"#, 1, Err(())),
        ] {
            let paged: Paged<String> = serde_json::from_str(json).unwrap();
            assert_eq!(paged.page(start).map(|page| page.next).map_err(drop), expected, "{json}");
        }
    }
}
