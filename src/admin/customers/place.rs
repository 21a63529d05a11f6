//! Where in the directory one is: the whole state of the page, kept in its address.

use crate::customers::list::{Filter, From, Order, Sort};
use crate::customers::search::Words;
use crate::policy::{Cover, Scope};

/// Bytes of a search that are kept.
const LONGEST_SEARCH: usize = 200;

/// One of the three lists (D1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Enabled,
    Disabled,
    All,
}

impl Tab {
    pub const ALL: [Self; 3] = [Self::Enabled, Self::Disabled, Self::All];

    /// Its name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enabled => "enabled",
            Self::Disabled => "disabled",
            Self::All => "all",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::Enabled => "2FA Enabled",
            Self::Disabled => "2FA Disabled",
            Self::All => "All Customers",
        }
    }

    /// Who is listed there under a site's scope.
    pub fn covers(self, scope: Scope) -> Vec<Cover> {
        match self {
            Self::Enabled => Cover::all(scope, true),
            Self::Disabled => Cover::all(scope, false),
            Self::All => Cover::ALL.into(),
        }
    }
}

/// A place in the directory. What an address says and cannot be is as if it were not said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub tab: Tab,
    /// What is searched for, as it was typed.
    pub typed: String,
    pub order: Order,
    pub from: From,
    /// The number of the first row, as far as one got here by turning pages.
    pub number: u64,
    /// Fetch Status was asked for (D3).
    pub status: bool,
}

impl Default for Place {
    fn default() -> Self {
        Self {
            tab: Tab::default(),
            typed: String::new(),
            order: Order::default(),
            from: From::First,
            number: 1,
            status: false,
        }
    }
}

impl Place {
    /// Reads an address's query, without its question mark.
    pub fn parse(query: &str) -> Self {
        let mut place = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "tab" => {
                    place.tab = Tab::ALL.into_iter().find(|tab| tab.as_str() == value).unwrap_or_default()
                }
                "q" => place.typed = tidy(&value),
                "sort" => place.order.sort = Sort::parse(&value).unwrap_or_default(),
                "desc" => place.order.descending = true,
                "after" => place.from = value.parse().map_or(From::First, From::After),
                "before" => place.from = value.parse().map_or(From::First, From::Before),
                "last" => place.from = From::Last,
                "at" => place.number = value.parse().unwrap_or(1).max(1),
                "status" => place.status = true,
                _ => {}
            }
        }
        if place.from == From::First {
            place.number = 1;
        }
        place.status &= place.tab == Tab::All;
        place
    }

    /// The query that [`parse`](Self::parse) reads; empty for the beginning.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if self.tab != Tab::default() {
            query.append_pair("tab", self.tab.as_str());
        }
        if !self.typed.is_empty() {
            query.append_pair("q", &self.typed);
        }
        if self.order.sort != Sort::default() {
            query.append_pair("sort", self.order.sort.as_str());
        }
        if self.order.descending {
            query.append_pair("desc", "1");
        }
        match &self.from {
            From::First => {}
            From::After(mark) => drop(query.append_pair("after", &mark.to_string())),
            From::Before(mark) => drop(query.append_pair("before", &mark.to_string())),
            From::Last => drop(query.append_pair("last", "1")),
        }
        if self.number > 1 {
            query.append_pair("at", &self.number.to_string());
        }
        if self.status {
            query.append_pair("status", "1");
        }
        query.finish()
    }

    /// The place as a state below the site's fragments.
    pub fn state(&self) -> String {
        let query = self.query();
        if query.is_empty() { "customers".into() } else { format!("customers?{query}") }
    }

    /// The same list and search in another tab.
    pub fn in_tab(&self, tab: Tab) -> Self {
        Self { tab, ..self.from(From::First, 1) }
    }

    /// The same list sorted by `sort`; the other way round where it is that already.
    pub fn sorted(&self, sort: Sort) -> Self {
        let descending = self.order.sort == sort && !self.order.descending;
        Self { order: Order { sort, descending }, ..self.from(From::First, 1) }
    }

    /// The same list from elsewhere on.
    pub fn from(&self, from: From, number: u64) -> Self {
        Self { from, number, status: false, ..self.clone() }
    }

    /// Who is listed, under a site's scope.
    pub fn filter(&self, scope: Scope) -> Filter {
        Filter { covers: self.tab.covers(scope), words: Words::parse(&self.typed) }
    }
}

fn tidy(typed: &str) -> String {
    let typed = typed.trim();
    typed[..typed.floor_char_boundary(LONGEST_SEARCH)].replace(char::is_control, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_place() {
        let mark = "00000000000000000000000000000007.YWRhIGxvdmVsYWNl";
        for query in [
            "",
            "tab=all",
            "tab=disabled&q=M%C3%BCller+%26+S%C3%B6hne&sort=email&desc=1",
            &format!("after={mark}&at=51"),
            &format!("tab=all&sort=added&before={mark}&at=101&status=1"),
            "last=1&at=951",
        ] {
            assert_eq!(Place::parse(query).query(), query);
        }
    }

    #[test]
    fn nonsense_leads_to_the_beginning() {
        for query in
            ["tab=", "tab=x&sort=y", "after=&at=7", "before=%00", "at=-1", "q=%20%01", "=", "%", "&&q"]
        {
            assert_eq!(Place::parse(query), Place::default(), "{query}");
        }
        let long = format!("q={}", "%C3%BC".repeat(500));
        assert_eq!(Place::parse(&long).typed.len(), LONGEST_SEARCH);
    }
}
