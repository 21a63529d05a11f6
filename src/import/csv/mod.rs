//! Reading a file of customers, a chunk of bytes at a time, however odd the program that wrote it.
//!
//! [`sniff()`] looks at the head of a file and proposes a [`Dialect`] (how bytes become cells) and a
//! [`Mapping`] (which column is what); an admin may change both. A [`Reader`] then turns the bytes
//! into [`Row`]s, each a [`Person`] or a [`Refusal`] in plain words: `lines` finds where a row ends
//! and never trusts a quotation mark with more than its own row, `csv-core` splits it into cells,
//! `person` reads these. Pure: no clock, no database, and no more memory than a row and a chunk need.
//!
//! Passwords are never taken from a file: a column of them is left out, and said to be.

mod aliases; // what columns are called
mod dialect;
mod lines; // where rows end
mod mapping;
mod person;
mod reader;
mod sniff;
mod table; // cells of rows

#[cfg(test)]
mod tests;

pub use dialect::{Delimiter, Dialect, Encoding};
pub use mapping::{Field, GroupSplit, Mapping, MappingFault};
pub use person::{Person, Refusal};
pub use reader::{Reader, Row};
pub use sniff::{HEAD, Sniffed, Unreadable, sniff};
