//! What becomes of a customer who is in the directory already: what the row says, and what it leaves out
//! stays as it was.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What an import may change of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    pub given_name: String,
    pub family_name: String,
    pub username: Option<String>,
    pub username_key: Option<String>,
    pub account_id: Option<String>,
}

/// What an import's row says of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The name, where it has one.
    pub name: Option<(String, String)>,
    pub username: Option<(String, String)>,
    pub account_id: Option<String>,
}

/// What a changed customer was, and what the import made of them; kept for an undo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub before: Details,
    pub after: Details,
    /// The groups they were in already.
    pub groups: Vec<Uuid>,
}

impl Details {
    /// After the import.
    pub fn with(&self, said: &Said) -> Self {
        let mut after = self.clone();
        if let Some((given, family)) = &said.name {
            for (part, said) in [(&mut after.given_name, given), (&mut after.family_name, family)] {
                if !said.is_empty() {
                    part.clone_from(said);
                }
            }
        }
        if let Some((username, key)) = &said.username {
            (after.username, after.username_key) = (Some(username.clone()), Some(key.clone()));
        }
        if said.account_id.is_some() {
            after.account_id.clone_from(&said.account_id);
        }
        after
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_row_leaves_out_stays() {
        let text = |text: &str| text.to_owned();
        let present = Details {
            given_name: text("Ada"),
            family_name: text("Byron"),
            username: Some(text("Ada")),
            username_key: Some(text("ada")),
            account_id: None,
        };
        let silent = Said { name: None, username: None, account_id: None };
        assert_eq!(present.with(&silent), present);
        for given in ["Ada", ""] {
            let said = Said { name: Some((text(given), text("King"))), ..silent.clone() };
            assert_eq!(present.with(&said), Details { family_name: text("King"), ..present.clone() });
        }
        let said = Said {
            username: Some((text("Countess"), text("countess"))),
            account_id: Some(text("qm:1")),
            ..silent
        };
        let after = present.with(&said);
        assert_eq!(
            (after.username.as_deref(), after.username_key.as_deref()),
            (Some("Countess"), Some("countess"))
        );
        assert_eq!((after.account_id.as_deref(), after.family_name.as_str()), (Some("qm:1"), "Byron"));
    }
}
