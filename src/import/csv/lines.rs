//! Where the rows of a file end: a quotation mark at the start of a cell holds line breaks inside,
//! up to the next one. One that is never closed must not swallow the file, so what follows a closing
//! mark must be a delimiter or the row's end; where it is not, or the row grows past its limit, the
//! row's first line is refused and reading goes on with its second.

/// The longest row, in bytes of its text.
pub const MAX_ROW: usize = 64 * 1024;
/// How much of a faulty row is kept to show it, in bytes.
const SHOWN: usize = 200;

/// The text of a file on its way in, cut into rows.
pub struct Lines {
    delimiter: u8,
    /// Text not given out yet; `start` and `at` point into it.
    text: Vec<u8>,
    /// Where the row begins.
    start: usize,
    /// How far it was looked at.
    at: usize,
    state: State,
    /// Where the second line of the row begins, when it has one.
    second: Option<usize>,
    /// Where the latest line of the row begins.
    latest: usize,
    /// Up to here every mark closes on its own line: this text was looked at before, and what it
    /// opened led nowhere. So no byte is looked at more than three times.
    strict_until: usize,
    /// Whether the byte before was a CR that ended a row: an LF next belongs to it.
    after_cr: bool,
    number: u64,
}

/// Where in a row the reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    CellStart,
    Bare,
    Quoted,
    /// After a mark inside a quoted cell: it closes, unless another one follows.
    MaybeClosed,
    /// Spaces after the closing mark.
    Closed,
    /// In the rest of a line that is refused.
    Lost(Fault),
}

/// Why a row cannot be cut into cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("A quotation mark is opened in this row and never closed.")]
    NeverClosed,
    #[error("There is text after a closing quotation mark: a mark inside a cell must be doubled.")]
    AfterMark,
    #[error("The row is longer than 64 KiB.")]
    TooLong,
}

/// One row of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1 as a spreadsheet does: empty rows too, and a row with line breaks in a cell once.
    pub number: u64,
    /// Without its end; of a faulty row the beginning.
    pub text: Vec<u8>,
    pub fault: Option<Fault>,
}

impl Lines {
    pub fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            text: Vec::new(),
            start: 0,
            at: 0,
            state: State::CellStart,
            second: None,
            latest: 0,
            strict_until: 0,
            after_cr: false,
            number: 0,
        }
    }

    /// Where more text goes: at the end.
    pub fn room(&mut self) -> &mut Vec<u8> {
        // What was given out is done with.
        self.text.drain(..self.start);
        self.at -= self.start;
        self.latest = self.latest.saturating_sub(self.start);
        self.second = self.second.map(|second| second - self.start);
        self.strict_until = self.strict_until.saturating_sub(self.start);
        self.start = 0;
        &mut self.text
    }

    /// The next row; none when it needs more text. `last`: there is no more. Empty rows are counted
    /// and left out.
    pub fn next(&mut self, last: bool) -> Option<Line> {
        loop {
            if self.at == self.text.len() {
                return if last { self.end() } else { None };
            }
            let byte = self.text[self.at];
            if self.at == self.start && std::mem::take(&mut self.after_cr) && byte == b'\n' {
                self.begin(self.at + 1);
                continue;
            }
            if let Some(line) = self.step(byte) {
                return Some(line);
            }
        }
    }

    /// Looks at one byte.
    fn step(&mut self, byte: u8) -> Option<Line> {
        let is_end = byte == b'\n' || byte == b'\r';
        if self.at - self.start >= MAX_ROW && !is_end && !matches!(self.state, State::Lost(_)) {
            if self.second.is_some() {
                return Some(self.give_up(self.at));
            }
            self.state = State::Lost(Fault::TooLong);
        }
        self.state = match self.state {
            State::Quoted if byte == b'"' => State::MaybeClosed,
            State::Quoted if is_end => return self.line_break(byte),
            State::Quoted => State::Quoted,
            State::MaybeClosed if byte == b'"' => State::Quoted,
            _ if is_end => return self.row(byte),
            State::Lost(fault) => return self.pass_over(fault),
            _ if byte == self.delimiter => State::CellStart,
            State::CellStart if byte == b'"' => State::Quoted,
            State::CellStart | State::Bare => State::Bare,
            State::MaybeClosed | State::Closed if byte == b' ' => State::Closed,
            // The mark that "closed" is the first of a later cell: an earlier one is missing.
            State::MaybeClosed | State::Closed if self.second.is_some() => {
                return Some(self.give_up(self.latest));
            }
            State::MaybeClosed | State::Closed => State::Lost(Fault::AfterMark),
        };
        self.at += 1;
        None
    }

    /// Past a line break inside a quoted cell.
    fn line_break(&mut self, byte: u8) -> Option<Line> {
        if self.at < self.strict_until {
            self.state = State::Lost(Fault::NeverClosed);
            return self.row(byte);
        }
        self.at += 1;
        self.latest = self.at;
        self.second.get_or_insert(self.at);
        None
    }

    /// The row ends here. An empty one is counted only.
    fn row(&mut self, end: u8) -> Option<Line> {
        let line = self.cut(self.at);
        self.after_cr = end == b'\r';
        self.begin(self.at + 1);
        line
    }

    /// The text ends.
    fn end(&mut self) -> Option<Line> {
        if self.state == State::Quoted {
            if self.second.is_some() {
                return Some(self.give_up(self.at));
            }
            self.state = State::Lost(Fault::NeverClosed);
        }
        let line = if self.at > self.start { self.cut(self.at) } else { None };
        self.begin(self.at);
        line
    }

    /// The row from its beginning up to `end`.
    fn cut(&mut self, end: usize) -> Option<Line> {
        self.number += 1;
        let text = &self.text[self.start..end];
        let fault = if let State::Lost(fault) = self.state { Some(fault) } else { None };
        let text = if fault.is_some() { &text[..text.len().min(SHOWN)] } else { text };
        (!text.is_empty()).then(|| Line { number: self.number, text: text.to_vec(), fault })
    }

    /// Refuses the row's first line, and begins again with its second.
    fn give_up(&mut self, strict_until: usize) -> Line {
        let second = self.second.unwrap_or(self.at);
        self.number += 1;
        let first = &self.text[self.start..second];
        self.after_cr = first.ends_with(b"\r");
        // All but the line break.
        let text = first[..first.len().saturating_sub(1).min(SHOWN)].to_vec();
        self.strict_until = self.strict_until.max(strict_until);
        self.begin(second);
        Line { number: self.number, text, fault: Some(Fault::NeverClosed) }
    }

    /// Forgets all but the beginning of a line that is refused anyway: it may never end.
    fn pass_over(&mut self, fault: Fault) -> Option<Line> {
        let kept = self.start + SHOWN;
        let rest = &self.text[self.at..];
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let end = self.at + length;
        if end > kept {
            self.text.drain(kept..end);
            if self.strict_until > kept {
                self.strict_until = kept.max(self.strict_until.saturating_sub(end - kept));
            }
        }
        self.at = end.min(kept);
        self.state = State::Lost(fault);
        None
    }

    fn begin(&mut self, start: usize) {
        (self.start, self.at, self.latest) = (start, start, start);
        self.second = None;
        self.state = State::CellStart;
    }
}
