//! Which column of a file is what.

use serde::{Deserialize, Serialize};

use super::table::MAX_COLUMNS;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Ignored,
    Email,
    /// First and last name in one; split where the file has no columns of their own.
    FullName,
    GivenName,
    FamilyName,
    Username,
    /// The account in Jira.
    AccountId,
    /// Whether the account is active.
    Active,
    /// Several in one cell, see [`GroupSplit`].
    Groups,
}

impl Field {
    pub const ALL: [Self; 9] = [
        Self::Ignored,
        Self::Email,
        Self::FullName,
        Self::GivenName,
        Self::FamilyName,
        Self::Username,
        Self::AccountId,
        Self::Active,
        Self::Groups,
    ];

    /// As forms have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ignored => "ignored",
            Self::Email => "email",
            Self::FullName => "full_name",
            Self::GivenName => "given_name",
            Self::FamilyName => "family_name",
            Self::Username => "username",
            Self::AccountId => "account_id",
            Self::Active => "active",
            Self::Groups => "groups",
        }
    }

    /// The field of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.word() == word)
    }

    /// As the page with the mapping calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ignored => "Not imported",
            Self::Email => "Email",
            Self::FullName => "Full name",
            Self::GivenName => "First name",
            Self::FamilyName => "Last name",
            Self::Username => "Username",
            Self::AccountId => "Account ID",
            Self::Active => "Active or not",
            Self::Groups => "Groups",
        }
    }
}

/// What stands between two groups in one cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupSplit {
    /// `;`, `|` or a line break.
    #[default]
    Semicolons,
    /// A comma too.
    Commas,
    /// Nothing: a cell is one group.
    Never,
}

impl GroupSplit {
    pub const ALL: [Self; 3] = [Self::Semicolons, Self::Commas, Self::Never];

    /// As forms have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Semicolons => "semicolons",
            Self::Commas => "commas",
            Self::Never => "never",
        }
    }

    /// The split of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|split| split.word() == word)
    }

    pub fn splits_at(self, c: char) -> bool {
        match self {
            Self::Semicolons => matches!(c, ';' | '|' | '\r' | '\n'),
            Self::Commas => matches!(c, ',' | ';' | '|' | '\r' | '\n'),
            Self::Never => false,
        }
    }
}

/// The columns of a file, from left to right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Whether the first row names the columns.
    pub header: bool,
    pub columns: Vec<Field>,
    #[serde(default)]
    pub groups: GroupSplit,
}

/// Why a mapping cannot be used: a sentence for the admin who chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingFault {
    #[error("Choose the column with the email addresses.")]
    NoEmail,
    #[error("Two columns are chosen as \"{}\": choose one.", .0.label())]
    Twice(Field),
    #[error("There are more than {MAX_COLUMNS} columns.")]
    TooMany,
}

impl Mapping {
    /// Whether it can be used: one column of emails, and no other thing twice but groups.
    pub fn check(&self) -> Result<(), MappingFault> {
        if self.columns.len() > MAX_COLUMNS {
            return Err(MappingFault::TooMany);
        }
        let count = |field: Field| self.columns.iter().filter(|column| **column == field).count();
        if count(Field::Email) == 0 {
            return Err(MappingFault::NoEmail);
        }
        let single = |field: &Field| !matches!(field, Field::Ignored | Field::Groups);
        match Field::ALL.into_iter().filter(single).find(|field| count(*field) > 1) {
            Some(field) => Err(MappingFault::Twice(field)),
            None => Ok(()),
        }
    }
}
