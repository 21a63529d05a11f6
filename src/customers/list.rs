//! How the directory is looked at: which customers, in which order, from where on.

use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::search::Words;
use super::{Customer, CustomerId};
use crate::policy::{Cover, Exceptions};

/// Bytes of a mark's key that are taken from an address.
const LONGEST_KEY: usize = 1_000;

/// Which customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub covers: Vec<Cover>,
    pub words: Option<Words>,
}

impl Filter {
    /// Everybody.
    pub fn all() -> Self {
        Self { covers: Cover::ALL.into(), words: None }
    }
}

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Name,
    Email,
    /// When the customer was added.
    Added,
}

impl Sort {
    pub const ALL: [Self; 3] = [Self::Name, Self::Email, Self::Added];

    /// Its name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Added => "added",
        }
    }

    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == name)
    }
}

/// An order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    pub sort: Sort,
    pub descending: bool,
}

/// A place in an order: a customer's key there (for [`Sort::Added`] a time as of RFC 3339), and id.
/// It stays where it is when the customer is renamed or deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub key: String,
    pub id: CustomerId,
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.id.0.simple(), URL_SAFE_NO_PAD.encode(&self.key))
    }
}

impl FromStr for Mark {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (id, key) = text.split_once('.').ok_or(())?;
        let id = CustomerId(Uuid::try_parse(id).map_err(|_| ())?);
        let key = URL_SAFE_NO_PAD.decode(key.get(..LONGEST_KEY * 4 / 3).unwrap_or(key)).map_err(|_| ())?;
        let key = String::from_utf8(key).map_err(|_| ())?;
        if key.contains('\0') { Err(()) } else { Ok(Self { key, id }) } // Postgres refuses U+0000
    }
}

/// Where a page begins or ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum From {
    #[default]
    First,
    After(Mark),
    Before(Mark),
    Last,
}

/// A page of the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<Listed>,
    /// There are customers before the first row, after the last one.
    pub has_previous: bool,
    pub has_next: bool,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub customer: Customer,
    pub exceptions: Exceptions,
    /// What the name and the email are sorted by.
    pub keys: [String; 2],
    pub mail: MailState,
    pub signed_in_at: Option<OffsetDateTime>,
}

impl Listed {
    /// Its place in the order it was listed in.
    pub fn mark(&self, sort: Sort) -> Mark {
        let key = match sort {
            Sort::Name => self.keys[0].clone(),
            Sort::Email => self.keys[1].clone(),
            Sort::Added => self.customer.created_at.format(&Rfc3339).unwrap_or_default(),
        };
        Mark { key, id: self.customer.id }
    }
}

/// What became of the newest mail to a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailState {
    /// The address takes no mail: its server's answer.
    pub refusal: Option<String>,
    /// `queued`, `sent`, `refused`, `failed` or `expired`.
    pub last: Option<String>,
    pub last_kind: Option<String>,
    pub last_at: Option<OffsetDateTime>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_survives_an_address_and_nonsense_is_no_mark() {
        for key in ["", "ada lovelace", "名", &"x".repeat(500)] {
            let mark = Mark { key: key.into(), id: CustomerId(Uuid::from_u128(7)) };
            assert_eq!(mark.to_string().parse(), Ok(mark.clone()));
            assert!(mark.to_string().bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)));
        }
        let id = Uuid::from_u128(7).simple();
        for nonsense in
            ["", ".", "7.YQ", &format!("{id}"), &format!("{id}.!"), &format!("{id}.AA"), &format!("{id}._w")]
        {
            assert_eq!(nonsense.parse::<Mark>(), Err(()), "{nonsense}");
        }
    }
}
