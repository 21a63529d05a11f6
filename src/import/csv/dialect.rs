//! How the bytes of a file become cells.

use encoding_rs::{Decoder, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialect {
    pub encoding: Encoding,
    pub delimiter: Delimiter,
    /// Whether the first line is `sep=`, which tells Excel the delimiter and is no row.
    pub sep_line: bool,
}

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    Comma,
    /// What Excel writes where the comma is in numbers.
    Semicolon,
    Tab,
}

impl Delimiter {
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// How bytes stand for characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// Marked as such, or with characters that only UTF-8 has. What is not UTF-8 further on has been
    /// damaged.
    Utf8,
    /// Nothing but ASCII in the head: a row further on is UTF-8, or else Windows-1252.
    Ascii,
    /// With a mark.
    Utf16Le,
    /// With a mark.
    Utf16Be,
    /// What Excel writes as "CSV" in western Europe.
    Windows1252,
}

impl Encoding {
    /// Judges by the mark at the start, else by the head's bytes.
    pub fn of(head: &[u8]) -> Self {
        match head {
            [0xEF, 0xBB, 0xBF, ..] => return Self::Utf8,
            [0xFF, 0xFE, ..] => return Self::Utf16Le,
            [0xFE, 0xFF, ..] => return Self::Utf16Be,
            _ => {}
        }
        if head.is_ascii() {
            return Self::Ascii;
        }
        match std::str::from_utf8(head) {
            Ok(_) => Self::Utf8,
            // The head's end may stand in the middle of a character, after others.
            Err(error) if error.error_len().is_none() && !head[..error.valid_up_to()].is_ascii() => {
                Self::Utf8
            }
            Err(_) => Self::Windows1252,
        }
    }

    /// From a file's bytes to UTF-8, its mark removed; none where that waits for the row.
    pub(super) fn decoder(self) -> Option<Decoder> {
        match self {
            Self::Utf8 => Some(UTF_8.new_decoder_with_bom_removal()),
            Self::Ascii => None,
            Self::Utf16Le => Some(UTF_16LE.new_decoder_with_bom_removal()),
            Self::Utf16Be => Some(UTF_16BE.new_decoder_with_bom_removal()),
            Self::Windows1252 => Some(WINDOWS_1252.new_decoder_without_bom_handling()),
        }
    }
}
