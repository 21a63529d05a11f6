//! The cells of a file's rows.

use std::borrow::Cow;

use encoding_rs::{Decoder, WINDOWS_1252};

use super::dialect::Dialect;
use super::lines::{self, Line, Lines};

/// The most cells of a row.
pub const MAX_COLUMNS: usize = 200;

/// A file's bytes on their way to cells.
pub struct Table {
    decoder: Option<Decoder>,
    sep_line: bool,
    lines: Lines,
    splitter: csv_core::Reader,
}

/// Why a row has no cells to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error(transparent)]
    Line(#[from] lines::Fault),
    #[error("The row has more than {MAX_COLUMNS} cells.")]
    TooManyCells,
}

/// The cells of one row.
#[derive(Debug, PartialEq, Eq)]
pub struct Cells {
    text: String,
    ends: Vec<usize>,
}

impl Cells {
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.text.get(start..*end).unwrap_or_default())
    }

    /// Whether there is nothing in any of them, as in the rows that spreadsheets add at the end.
    pub fn are_blank(&self) -> bool {
        self.iter().all(|cell| cell.trim().is_empty())
    }
}

/// One row that is not empty.
#[derive(Debug, PartialEq, Eq)]
pub struct TableRow {
    /// As a spreadsheet counts, from 1.
    pub number: u64,
    /// Or what is wrong, and the beginning of the row.
    pub cells: Result<Cells, (Fault, String)>,
}

impl Table {
    pub fn new(dialect: Dialect) -> Self {
        let delimiter = dialect.delimiter.byte();
        Self {
            decoder: dialect.encoding.decoder(),
            sep_line: dialect.sep_line,
            lines: Lines::new(delimiter),
            splitter: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
        }
    }

    /// Takes the file's next bytes. `last`: there are no more; said once.
    pub fn push(&mut self, bytes: &[u8], last: bool) {
        let room = self.lines.room();
        let Some(decoder) = &mut self.decoder else { return room.extend_from_slice(bytes) };
        let filled = room.len();
        // Enough for the worst case; on a 64-bit machine no chunk is too long for it.
        let most = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len().saturating_mul(4));
        room.resize(filled + most, 0);
        let (_, _, written, _) = decoder.decode_to_utf8(bytes, &mut room[filled..], last);
        room.truncate(filled + written);
    }

    /// The next row; none when it needs more bytes. `last`: there are no more.
    pub fn next(&mut self, last: bool) -> Option<TableRow> {
        loop {
            let line = self.lines.next(last)?;
            if self.sep_line && line.number == 1 {
                continue;
            }
            let number = line.number - u64::from(self.sep_line);
            return Some(TableRow { number, cells: self.split(line) });
        }
    }

    fn split(&mut self, line: Line) -> Result<Cells, (Fault, String)> {
        if let Some(fault) = line.fault {
            return Err((fault.into(), shown(&line.text)));
        }
        let bytes = match std::str::from_utf8(&line.text) {
            Err(_) if self.decoder.is_none() => {
                match WINDOWS_1252.decode_without_bom_handling(&line.text).0 {
                    Cow::Owned(text) => text.into_bytes(),
                    Cow::Borrowed(text) => text.as_bytes().to_vec(),
                }
            }
            _ => line.text,
        };
        self.splitter.reset();
        let mut out = vec![0; bytes.len()];
        let mut ends = [0; MAX_COLUMNS];
        let (_, _, written, full) = self.splitter.read_record(&bytes, &mut out, &mut ends);
        // No more bytes: that ends the row.
        let (result, _, more, last) = self.splitter.read_record(&[], &mut out[written..], &mut ends[full..]);
        if result != csv_core::ReadRecordResult::Record {
            return Err((Fault::TooManyCells, shown(&bytes)));
        }
        out.truncate(written + more);
        let text = String::from_utf8(out).unwrap_or_else(|error| shown(error.as_bytes()));
        Ok(Cells { text, ends: ends[..full + last].to_vec() })
    }
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
