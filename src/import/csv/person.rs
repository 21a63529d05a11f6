//! What a row says of one customer.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::aliases::yes_or_no;
use super::mapping::{Field, Mapping};
use super::table::{Cells, Fault};
use crate::customers::names::{self, Email, GROUP_CHARS, PersonName, Username};

/// The longest cell that is read, in bytes.
const MAX_CELL: usize = 8 * 1024;
/// Groups of one customer.
const MAX_GROUPS: usize = 50;
/// Characters of an Atlassian account ID ("up to 128 characters").
const ACCOUNT_CHARS: usize = 128;
/// How much of a refused value is kept, in characters.
const SHOWN: usize = 200;

/// A customer as the file has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub email: Email,
    pub name: PersonName,
    /// False when the file has no name: the email's part before the @ stands in for a new customer,
    /// and an existing one keeps theirs.
    pub named: bool,
    pub username: Option<Username>,
    pub account_id: Option<String>,
    pub active: Option<bool>,
    /// In the file's order, each once.
    pub groups: Vec<String>,
}

/// Why a row is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// None: the row as a whole.
    pub field: Option<Field>,
    /// A sentence.
    pub reason: String,
    /// What stands there, or its beginning.
    pub value: String,
}

impl Refusal {
    /// A refusal of `value`, of which the beginning is kept.
    pub fn new(field: impl Into<Option<Field>>, reason: impl ToString, value: &str) -> Self {
        let shown = value.chars().take(SHOWN).collect();
        Self { field: field.into(), reason: reason.to_string(), value: shown }
    }

    /// A row that could not be cut into cells. What it holds may be anything, a password included.
    pub(super) fn of_row(fault: Fault, beginning: &str) -> Self {
        Self::new(None, fault, beginning)
    }
}

impl Person {
    /// A customer of whom only an email and a whole name are known (empty: none).
    pub fn of_account(email: &str, name: &str) -> Result<Self, Refusal> {
        let parsed = Email::parse(email).map_err(|fault| Refusal::new(Field::Email, fault, email))?;
        let named = !name.trim().is_empty();
        let (given, family) = if named { split_name(name) } else { (local_part(&parsed), String::new()) };
        let name =
            PersonName::parse(&given, &family).map_err(|fault| Refusal::new(Field::FullName, fault, name))?;
        let (username, account_id, active) = (None, None, None);
        Ok(Self { email: parsed, name, named, username, account_id, active, groups: Vec::new() })
    }

    pub(super) fn read(cells: &Cells, mapping: &Mapping) -> Result<Self, Refusal> {
        let surplus =
            cells.iter().enumerate().skip(mapping.columns.len()).filter(|(_, cell)| !cell.trim().is_empty());
        if let Some((last, cell)) = surplus.last() {
            let reason = format!(
                "The row has {} cells where there are {} columns: a cell that holds the delimiter must stand in quotation marks.",
                last + 1,
                mapping.columns.len()
            );
            return Err(Refusal::new(None, reason, cell));
        }
        let row = Taken { cells, mapping };
        let (text, email) = (row.cell(Field::Email)?, Field::Email);
        let email = Email::parse(text).map_err(|fault| Refusal::new(email, fault, text))?;
        let (name, named) = row.name(&email)?;
        let text = row.cell(Field::Username)?;
        let username =
            Username::parse(text, &email).map_err(|fault| Refusal::new(Field::Username, fault, text))?;
        Ok(Self {
            name,
            named,
            username,
            account_id: row.account_id()?,
            active: row.active()?,
            groups: row.groups()?,
            email,
        })
    }
}

/// The cells that are taken.
struct Taken<'a> {
    cells: &'a Cells,
    mapping: &'a Mapping,
}

impl<'a> Taken<'a> {
    /// All cells of a field, tidied.
    fn all(&self, field: Field) -> impl Iterator<Item = Result<&'a str, Refusal>> {
        let columns = self.cells.iter().zip(&self.mapping.columns);
        columns.filter(move |(_, column)| **column == field).map(move |(cell, _)| {
            if cell.len() > MAX_CELL {
                return Err(Refusal::new(field, "The cell is longer than 8 KiB.", cell));
            }
            if cell.contains('\u{FFFD}') {
                const DAMAGED: &str =
                    "A character was damaged when the file was written: save it again as UTF-8.";
                return Err(Refusal::new(field, DAMAGED, cell));
            }
            Ok(without_guard(cell.trim()))
        })
    }

    /// The one cell of a field; empty when there is none.
    fn cell(&self, field: Field) -> Result<&'a str, Refusal> {
        self.all(field).next().unwrap_or(Ok(""))
    }

    /// The name, and whether the file has one.
    fn name(&self, email: &Email) -> Result<(PersonName, bool), Refusal> {
        let given = self.cell(Field::GivenName)?;
        let family = self.cell(Field::FamilyName)?;
        let full = self.cell(Field::FullName)?;
        if given.is_empty() && family.is_empty() && full.is_empty() {
            let local = local_part(email);
            let name = PersonName::parse(&local, "");
            return name.map(|name| (name, false)).map_err(|fault| Refusal::new(Field::Email, fault, &local));
        }
        let (field, parts) = if given.is_empty() && family.is_empty() {
            (Field::FullName, split_name(full))
        } else {
            (
                if given.is_empty() { Field::FamilyName } else { Field::GivenName },
                (given.into(), family.into()),
            )
        };
        let name = PersonName::parse(&parts.0, &parts.1);
        let shown = format!("{} {}", parts.0, parts.1);
        name.map(|name| (name, true)).map_err(|fault| Refusal::new(field, fault, shown.trim()))
    }

    fn account_id(&self) -> Result<Option<String>, Refusal> {
        let text = self.cell(Field::AccountId)?;
        let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        if text.len() > ACCOUNT_CHARS || !text.chars().all(sound) {
            const REASON: &str = "This is no Atlassian account ID: up to 128 letters, digits and - _ : .";
            return Err(Refusal::new(Field::AccountId, REASON, text));
        }
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    fn active(&self) -> Result<Option<bool>, Refusal> {
        let text = self.cell(Field::Active)?;
        if text.is_empty() {
            return Ok(None);
        }
        const REASON: &str = "This says neither active nor inactive.";
        yes_or_no(text).map(Some).ok_or_else(|| Refusal::new(Field::Active, REASON, text))
    }

    fn groups(&self) -> Result<Vec<String>, Refusal> {
        let mut groups = Vec::new();
        let mut seen = HashSet::new();
        for cell in self.all(Field::Groups) {
            let cell = cell?;
            for group in cell.split(|c| self.mapping.groups.splits_at(c)).map(str::trim) {
                if group.is_empty() || !seen.insert(names::login_key(group)) {
                    continue;
                }
                if let Err(character) = names::characters(group) {
                    return Err(Refusal::new(
                        Field::Groups,
                        format!("A group's name holds {character}."),
                        group,
                    ));
                }
                if group.chars().count() > GROUP_CHARS {
                    return Err(Refusal::new(
                        Field::Groups,
                        "A group's name is longer than 200 characters.",
                        group,
                    ));
                }
                if groups.len() == MAX_GROUPS {
                    return Err(Refusal::new(Field::Groups, "There are more than 50 groups.", group));
                }
                groups.push(group.to_owned());
            }
        }
        Ok(groups)
    }
}

/// What stands in for the name of somebody without one.
fn local_part(email: &Email) -> String {
    email.as_str().split('@').next().unwrap_or_default().to_owned()
}

/// Without the apostrophe that exports put before what a spreadsheet would take for a formula.
fn without_guard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

/// First and last name of a whole one: what a comma says, else the last word is the last name, with
/// the small words before it (van der, de la). Chinese, Japanese and Korean names begin with it.
fn split_name(full: &str) -> (String, String) {
    if let Some((family, given)) = full.split_once(',') {
        return (given.trim().to_owned(), family.trim().to_owned());
    }
    let words: Vec<&str> = full.split_whitespace().collect();
    let (first, rest) = match words.split_first() {
        None => return (String::new(), String::new()),
        Some((only, [])) => return ((*only).to_owned(), String::new()),
        Some((first, rest)) => (*first, rest),
    };
    if first.chars().all(is_east_asian) {
        return (rest.join(" "), first.to_owned());
    }
    let is_small = |word: &&&str| word.chars().all(char::is_lowercase);
    let small = rest.iter().rev().skip(1).take_while(is_small).count();
    let (given, family) = rest.split_at(rest.len() - 1 - small);
    let given: Vec<&str> = std::iter::once(first).chain(given.iter().copied()).collect();
    (given.join(" "), family.join(" "))
}

/// Kana, Han and Hangul.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_split_as_people_are_called() {
        for (full, given, family) in [
            ("", "", ""),
            ("Prince", "Prince", ""),
            ("Ada Lovelace", "Ada", "Lovelace"),
            ("Ada King  Lovelace", "Ada King", "Lovelace"),
            ("Lovelace, Ada", "Ada", "Lovelace"),
            ("Vincent van der Berg", "Vincent", "van der Berg"),
            ("maría de la cruz", "maría", "de la cruz"),
            ("bell hooks", "bell", "hooks"),
            ("山田 太郎", "太郎", "山田"),
            ("홍 길동", "길동", "홍"),
            ("山田太郎", "山田太郎", ""),
            (",", "", ""),
        ] {
            assert_eq!(split_name(full), (given.to_owned(), family.to_owned()), "{full}");
        }
    }

    #[test]
    fn the_guard_of_an_export_goes() {
        for (cell, kept) in [("'=x", "=x"), ("'-", "-"), ("'t Hooft", "'t Hooft"), ("=x", "=x"), ("'", "'")] {
            assert_eq!(without_guard(cell), kept);
        }
    }
}
