//! What the head of a file tells of the rest: its dialect, and which column is what. A proposal, for
//! an admin to look at and change.

use super::aliases::{Meaning, meaning};
use super::dialect::{Delimiter, Dialect, Encoding};
use super::mapping::{Field, GroupSplit, Mapping};
use super::table::{Cells, Table};
use crate::customers::names::Email;

/// How many bytes of a file to look at: all of a shorter one.
pub const HEAD: usize = 64 * 1024;
/// How many rows count.
const ROWS: usize = 50;
/// How many are shown.
const SHOWN: usize = 10;
/// How much of a cell is shown, in characters.
const CELL: usize = 100;

/// What a file seems to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sniffed {
    pub dialect: Dialect,
    /// The names of the columns, when the first row has them.
    pub header: Option<Vec<String>>,
    /// The first rows below the header, for people to look at; nothing of a column of passwords.
    pub sample: Vec<Vec<String>>,
    /// May lack a column of emails: then the admin has to choose one.
    pub mapping: Mapping,
    /// The columns of passwords, from 0: not imported, and worth a word to the admin.
    pub passwords: Vec<usize>,
}

/// Why a file is no table of customers: a sentence for whoever chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("The file is empty.")]
    Empty,
    #[error("This is a workbook, not a CSV file: save it as \"CSV UTF-8\" and choose that file.")]
    Workbook,
    #[error("This is not a text file.")]
    Binary,
    #[error("The first line says that \"{0}\" stands between cells: only a comma, a semicolon or a tab may.")]
    Delimiter(char),
    #[error("No row of the file can be read.")]
    NoRows,
}

/// Looks at the first [`HEAD`] bytes of a file, or at all of a shorter one.
pub fn sniff(head: &[u8]) -> Result<Sniffed, Unreadable> {
    let encoding = Encoding::of(head);
    refuse_binary(head, encoding)?;
    let announced = announced(head, encoding)?;
    let candidates =
        Delimiter::ALL.into_iter().filter(|one| announced.is_none_or(|announced| announced == *one));
    let candidates = candidates.map(|delimiter| {
        let dialect = Dialect { encoding, delimiter, sep_line: announced.is_some() };
        (dialect, rows(head, dialect))
    });
    // The first of equals: a comma.
    let best = candidates.rev().max_by_key(|(_, rows)| score(rows));
    let (dialect, rows) = best.filter(|(_, rows)| !rows.is_empty()).ok_or(Unreadable::NoRows)?;
    Ok(describe(dialect, rows))
}

fn refuse_binary(head: &[u8], encoding: Encoding) -> Result<(), Unreadable> {
    let is_wide = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
    if head.is_empty() {
        Err(Unreadable::Empty)
    } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xD0\xCF\x11\xE0") {
        // xlsx and ods are ZIP archives, xls is OLE.
        Err(Unreadable::Workbook)
    } else if !is_wide && head.contains(&0) {
        Err(Unreadable::Binary)
    } else {
        Ok(())
    }
}

/// The delimiter that a first line `sep=` names.
fn announced(head: &[u8], encoding: Encoding) -> Result<Option<Delimiter>, Unreadable> {
    let mut text = String::from_utf8_lossy(head);
    if let Some(mut decoder) = encoding.decoder() {
        let start = &head[..head.len().min(32)];
        let mut decoded = String::with_capacity(128);
        let _ = decoder.decode_to_string(start, &mut decoded, false);
        text = decoded.into();
    }
    let line = text.split(['\r', '\n']).next().unwrap_or_default().trim_matches('"');
    let Some((key, value)) = line.split_at_checked(4) else { return Ok(None) };
    let mut value = value.chars();
    match (key.eq_ignore_ascii_case("sep="), value.next(), value.next()) {
        (true, Some(c), None) => {
            let known = Delimiter::ALL.into_iter().find(|one| char::from(one.byte()) == c);
            known.map(Some).ok_or(Unreadable::Delimiter(c))
        }
        _ => Ok(None),
    }
}

/// The first rows that can be read and have something in them.
fn rows(head: &[u8], dialect: Dialect) -> Vec<Vec<String>> {
    let is_whole = head.len() < HEAD;
    let mut table = Table::new(dialect);
    table.push(head, is_whole);
    let sound = std::iter::from_fn(|| table.next(is_whole)).filter_map(|row| row.cells.ok());
    // Read with the wrong delimiter, a row of empty cells is a cell of delimiters.
    let says = |cells: &Cells| cells.iter().any(|cell| cell.contains(char::is_alphanumeric));
    let sound = sound.filter(says).take(ROWS);
    sound.map(|cells| cells.iter().map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// How much sense rows make: names of columns, rows with an email in a cell of its own, rows as wide
/// as the first, its width.
fn score(rows: &[Vec<String>]) -> (usize, usize, usize, usize) {
    let Some(first) = rows.first() else { return (0, 0, 0, 0) };
    let named = first.iter().filter(|cell| meaning(cell).is_some()).count();
    let mailed = rows.iter().filter(|row| row.iter().any(|cell| is_email(cell))).count();
    let even = if first.len() > 1 { rows.iter().filter(|row| row.len() == first.len()).count() } else { 0 };
    (named, mailed, even, first.len())
}

fn is_email(cell: &str) -> bool {
    Email::parse(cell).is_ok()
}

fn describe(dialect: Dialect, mut rows: Vec<Vec<String>>) -> Sniffed {
    let first = &rows[0];
    let is_header = !first.iter().any(|cell| is_email(cell))
        && (first.iter().any(|cell| meaning(cell).is_some())
            || rows.iter().flatten().any(|cell| is_email(cell)));
    let header = is_header.then(|| rows.remove(0));
    let width = header.as_ref().map_or_else(|| rows.iter().map(Vec::len).max().unwrap_or(0), Vec::len);
    let meanings: Vec<Option<Meaning>> = header
        .as_ref()
        .map_or_else(|| vec![None; width], |header| header.iter().map(|name| meaning(name)).collect());
    let columns = columns(&meanings, &rows);
    let passwords: Vec<usize> =
        (0..width).filter(|column| meanings[*column] == Some(Meaning::Password)).collect();
    let groups = group_split(&columns, &rows);
    let shown = |row: Vec<String>| {
        let cells = row.into_iter().enumerate();
        let show = |(column, cell): (usize, String)| match passwords.contains(&column) {
            true => "(not shown)".to_owned(),
            false => cell.chars().take(CELL).collect(),
        };
        cells.map(show).collect()
    };
    let sample = rows.into_iter().take(SHOWN).map(shown).collect();
    let mapping = Mapping { header: is_header, columns, groups };
    Sniffed { dialect, header, sample, mapping, passwords }
}

/// What the columns hold, by their names, else by what stands in them.
fn columns(meanings: &[Option<Meaning>], rows: &[Vec<String>]) -> Vec<Field> {
    let has = |field: Field| meanings.contains(&Some(Meaning::Field(field)));
    // A column "Name" is what the others are not.
    let name = match (has(Field::GivenName), has(Field::FamilyName)) {
        (true, false) => Field::FamilyName,
        (false, true) => Field::GivenName,
        _ => Field::FullName,
    };
    let mut columns: Vec<Field> = Vec::new();
    for meaning in meanings {
        let field = match meaning {
            Some(Meaning::Field(field)) => *field,
            Some(Meaning::Name) => name,
            Some(Meaning::Password) | None => Field::Ignored,
        };
        let taken = field != Field::Groups && columns.contains(&field);
        columns.push(if taken { Field::Ignored } else { field });
    }
    username_or_name(&mut columns, rows);
    if !columns.contains(&Field::Email)
        && let Some(column) = mostly_emails(columns.len(), rows)
    {
        columns[column] = Field::Email;
        if meanings.iter().all(Option::is_none) {
            name_by_place(&mut columns);
        }
    }
    columns
}

/// "User name" is a name in what Atlassian exports: where nothing else is one, and most cells have a space.
fn username_or_name(columns: &mut [Field], rows: &[Vec<String>]) {
    let is_name = |field: &Field| matches!(field, Field::FullName | Field::GivenName | Field::FamilyName);
    let Some(column) = columns.iter().position(|field| *field == Field::Username) else { return };
    let cells = || rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty());
    if !columns.iter().any(is_name) && cells().filter(|cell| cell.contains(' ')).count() * 2 > cells().count()
    {
        columns[column] = Field::FullName;
    }
}

/// The column with the most emails, if any.
fn mostly_emails(width: usize, rows: &[Vec<String>]) -> Option<usize> {
    let count =
        |column: usize| rows.iter().filter(|row| row.get(column).is_some_and(|cell| is_email(cell))).count();
    (0..width).rev().max_by_key(|column| count(*column)).filter(|column| count(*column) > 0)
}

/// Nothing has a name: the columns beside the emails are most likely names of people.
fn name_by_place(columns: &mut [Field]) {
    let others = columns.iter().filter(|column| **column == Field::Ignored).count();
    let guesses: &[Field] =
        if others == 1 { &[Field::FullName] } else { &[Field::GivenName, Field::FamilyName] };
    let free = columns.iter_mut().filter(|column| **column == Field::Ignored);
    free.zip(guesses).for_each(|(column, guess)| *column = *guess);
}

/// Commas part groups where nothing else does and none stands before a space, as in "Acme, Inc.".
fn group_split(columns: &[Field], rows: &[Vec<String>]) -> GroupSplit {
    let cells = rows.iter().flat_map(|row| row.iter().zip(columns));
    let cells: Vec<&str> =
        cells.filter(|(_, column)| **column == Field::Groups).map(|(cell, _)| cell.as_str()).collect();
    let parted = cells.iter().any(|cell| cell.contains(|c| GroupSplit::Semicolons.splits_at(c)));
    let commas = cells.iter().any(|cell| cell.contains(',')) && !cells.iter().any(|cell| cell.contains(", "));
    if commas && !parted { GroupSplit::Commas } else { GroupSplit::Semicolons }
}
