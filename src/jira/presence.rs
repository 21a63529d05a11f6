//! Whether customers still have accounts in Jira (D3). Accounts whose id is known are asked about fifty at
//! once; the others are looked for in the service desks, by email. Jira counts calls: there is a limit to
//! them, and when Jira is busy nobody else is asked about.

use super::desks::{self, ACCOUNTS_AT_ONCE, Account, Desk};
use super::rest::RestFault;
use crate::app::App;
use crate::sites::Site;

/// Calls to look for those without an id.
const MOST_CALLS: u32 = 100;

/// Whom to ask about.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub email: &'a str,
    /// The Atlassian account id, when known.
    pub account: Option<&'a str>,
}

/// How it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    Active,
    Inactive,
    /// Deleted, or hidden from the app.
    Absent,
}

impl Presence {
    /// As the column `customers.jira_state` has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Absent => "absent",
        }
    }

    /// The presence of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Active, Self::Inactive, Self::Absent].into_iter().find(|one| one.word() == word)
    }

    fn of(account: &Account) -> Self {
        if account.active == Some(false) { Self::Inactive } else { Self::Active }
    }
}

/// What was found of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub presence: Presence,
    /// The account, where there is one.
    pub account: Option<String>,
}

/// What is known of each of `asked`, in their order; or why it is not: a sentence.
pub async fn look(app: &App, site: &Site, asked: &[Asked<'_>]) -> Vec<Result<Seen, String>> {
    let mut search = Search { app, site, desks: None, calls: 0, stopped: None };
    let mut known = Known::default();
    let ids: Vec<&str> = asked.iter().filter_map(|one| one.account).collect();
    for ids in ids.chunks(ACCOUNTS_AT_ONCE) {
        match search.stopped.clone() {
            Some(why) => known.faults.extend(ids.iter().map(|id| ((*id).to_owned(), why.clone()))),
            None => match desks::accounts(app, site, ids).await {
                Ok(accounts) => known.accounts.extend(accounts),
                Err(fault) => {
                    let why = search.stop_if_busy(&fault);
                    known.faults.extend(ids.iter().map(|id| ((*id).to_owned(), why.clone())));
                }
            },
        }
    }
    let mut seen = Vec::with_capacity(asked.len());
    for one in asked {
        seen.push(match one.account {
            Some(id) => known.seen(id),
            None => search.find(one.email).await,
        });
    }
    seen
}

/// What was said of accounts whose ids are known.
#[derive(Default)]
struct Known {
    accounts: Vec<Account>,
    faults: Vec<(String, String)>,
}

impl Known {
    fn seen(&self, id: &str) -> Result<Seen, String> {
        if let Some((_, why)) = self.faults.iter().find(|(of, _)| of == id) {
            return Err(why.clone());
        }
        let account = self.accounts.iter().find(|account| account.account_id == id);
        let presence = account.map_or(Presence::Absent, Presence::of);
        Ok(Seen { presence, account: Some(id.to_owned()) })
    }
}

/// Looking for emails in service desks.
struct Search<'a> {
    app: &'a App,
    site: &'a Site,
    desks: Option<Vec<Desk>>,
    calls: u32,
    /// Why nobody else is looked for.
    stopped: Option<String>,
}

impl Search<'_> {
    async fn find(&mut self, email: &str) -> Result<Seen, String> {
        if let Some(why) = &self.stopped {
            return Err(why.clone());
        }
        if self.desks.is_none() {
            self.calls += 1;
            match desks::desks(self.app, self.site).await {
                Ok(desks) => self.desks = Some(desks),
                Err(fault) => return Err(self.stop(&fault)),
            }
        }
        let mut hidden = None;
        for desk in self.desks.clone().unwrap_or_default() {
            if self.calls >= MOST_CALLS {
                let why = "Too many to look for at once: select fewer customers.";
                return Err(self.stopped.insert(why.to_owned()).clone());
            }
            self.calls += 1;
            match desks::customers(self.app, self.site, &desk.id, email, 0).await {
                Ok(page) => {
                    let same = |account: &&Account| {
                        account
                            .email_address
                            .as_deref()
                            .is_some_and(|found| found.eq_ignore_ascii_case(email))
                    };
                    if let Some(account) = page.values.iter().find(same) {
                        let account_id = Some(account.account_id.clone());
                        return Ok(Seen { presence: Presence::of(account), account: account_id });
                    }
                }
                Err(RestFault::Forbidden | RestFault::Missing) => hidden = Some(desk.project_name),
                Err(fault) => return Err(self.stop_if_busy(&fault)),
            }
        }
        match hidden {
            Some(desk) => Err(format!("Not found, but the app may not see the customers of {desk}.")),
            None => Ok(Seen { presence: Presence::Absent, account: None }),
        }
    }

    fn stop_if_busy(&mut self, fault: &RestFault) -> String {
        if fault.will_pass() { self.stop(fault) } else { sentence(fault) }
    }

    fn stop(&mut self, fault: &RestFault) -> String {
        self.stopped.insert(sentence(fault)).clone()
    }
}

fn sentence(fault: &RestFault) -> String {
    match fault {
        RestFault::Busy { retry_after: Some(seconds), .. } => {
            let unit = if *seconds == 1 { "second" } else { "seconds" };
            format!("{fault}: try again in {seconds} {unit}.")
        }
        RestFault::Own(_) => "Jira could not be asked.".into(),
        fault if fault.will_pass() => format!("{fault}: try again later."),
        fault => format!("{fault}."),
    }
}
