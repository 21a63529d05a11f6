//! A file of customers, read as it comes in.

use super::dialect::Dialect;
use super::mapping::Mapping;
use super::person::{Person, Refusal};
use super::table::{Table, TableRow};

/// Reads customers from a file's bytes, in chunks of any size. What it holds on to is the row under
/// way, 64 KiB at most, and the chunk.
pub struct Reader {
    table: Table,
    mapping: Mapping,
    /// Whether the row that names the columns is still to come.
    header: bool,
}

/// One row with something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As a spreadsheet counts, from 1: the header and empty rows too.
    pub number: u64,
    pub read: Result<Person, Refusal>,
}

impl Reader {
    /// A reader at the start of a file. The mapping is one that [`Mapping::check`] finds nothing wrong
    /// with; without a column of emails every row is refused.
    pub fn new(dialect: Dialect, mapping: Mapping) -> Self {
        Self { table: Table::new(dialect), header: mapping.header, mapping }
    }

    /// Takes the next bytes of the file and gives the rows they complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Row> {
        self.table.push(bytes, false);
        self.rows(false)
    }

    /// The rows left when the file ends.
    pub fn finish(mut self) -> Vec<Row> {
        self.table.push(&[], true);
        self.rows(true)
    }

    fn rows(&mut self, last: bool) -> Vec<Row> {
        let mut rows = Vec::new();
        while let Some(TableRow { number, cells }) = self.table.next(last) {
            let read = match cells {
                Ok(cells) if cells.are_blank() => continue,
                _ if std::mem::take(&mut self.header) => continue,
                Ok(cells) => Person::read(&cells, &self.mapping),
                Err((fault, beginning)) => Err(Refusal::of_row(fault, &beginning)),
            };
            rows.push(Row { number, read });
        }
        rows
    }
}
