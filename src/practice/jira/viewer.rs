//! The people of the practice Jira, and what a visitor can switch. Who is looking stands in the
//! page's address (`?as=`), so that two tabs can be two administrators at once; the switches hold
//! for everybody and are kept over restarts.

use serde::{Deserialize, Serialize};

use super::desks::Trouble;
use super::identity::Site;

/// Whom a visitor plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Viewer {
    /// The administrator who installs.
    #[default]
    Ada,
    /// A second administrator.
    Ben,
    /// Somebody who administers nothing.
    Noor,
}

impl Viewer {
    pub const ALL: [Self; 3] = [Self::Ada, Self::Ben, Self::Noor];

    /// The name in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Ada => "ada",
            Self::Ben => "ben",
            Self::Noor => "noor",
        }
    }

    /// The person's own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ada => "Ada Quist",
            Self::Ben => "Ben Osei",
            Self::Noor => "Noor Haddad",
        }
    }

    /// What the person is at this site.
    pub fn role(self) -> &'static str {
        if self.is_admin() { "Jira administrator" } else { "no administrator" }
    }

    /// Whether the person holds the global permission ADMINISTER.
    pub fn is_admin(self) -> bool {
        self != Self::Noor
    }

    /// The person's Atlassian account. Ada's was drawn when the site was made.
    pub fn account_id(self, site: &Site) -> &str {
        match self {
            Self::Ada => &site.account_id,
            Self::Ben => "712020:b0b0b0b0-0000-4000-8000-000000000002",
            Self::Noor => "712020:b0b0b0b0-0000-4000-8000-000000000003",
        }
    }

    /// The person called `key`; Ada when nobody is.
    pub fn named(key: &str) -> Self {
        Self::ALL.into_iter().find(|viewer| viewer.key() == key).unwrap_or_default()
    }

    /// Who has this account at `site`.
    pub fn with_account(account_id: &str, site: &Site) -> Option<Self> {
        Self::ALL.into_iter().find(|viewer| viewer.account_id(site) == account_id)
    }

    /// What goes after an address to keep looking as this person: nothing for Ada.
    pub fn query(self) -> String {
        if self == Self::default() { String::new() } else { format!("?as={}", self.key()) }
    }
}

/// What a visitor can switch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Switches {
    pub theme: Theme,
    pub licence: Licence,
    /// Whether every REST call is answered with 503.
    pub rest_down: bool,
    pub desks: Trouble,
}

/// How Jira looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

impl Theme {
    /// As the attribute `data-color-mode` has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Whether the site pays for the app: the parameter `lic` of a paid app's pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Licence {
    #[default]
    Active,
    None,
}

impl Licence {
    /// As the parameter `lic` has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::None => "none",
        }
    }
}

impl Switches {
    /// With one switch set: `theme` light or dark, `licence` active or none, `rest` up or down,
    /// `desks` the key of a [`Trouble`].
    pub fn with(mut self, switch: &str, value: &str) -> Option<Self> {
        match (switch, value) {
            ("theme", "light") => self.theme = Theme::Light,
            ("theme", "dark") => self.theme = Theme::Dark,
            ("licence", "active") => self.licence = Licence::Active,
            ("licence", "none") => self.licence = Licence::None,
            ("rest", "up") => self.rest_down = false,
            ("rest", "down") => self.rest_down = true,
            ("desks", value) => self.desks = Trouble::ALL.into_iter().find(|one| one.key() == value)?,
            _ => return None,
        }
        Some(self)
    }
}
