//! Any table, written out by any dialect, reads back the same, whatever the chunks.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::table::Table;
use super::*;

/// How a program writes its tables.
#[derive(Clone, Debug)]
struct Style {
    dialect: Dialect,
    line_end: &'static str,
    /// A mark around every cell, not only where one is needed.
    all_quoted: bool,
    /// Whether the last row ends as the others do.
    ends: bool,
}

fn styles() -> impl Strategy<Value = Style> {
    use Encoding::{Ascii, Utf8, Utf16Be, Utf16Le, Windows1252};
    let encodings = prop::sample::select(vec![Utf8, Ascii, Utf16Le, Utf16Be, Windows1252]);
    let delimiters = prop::sample::select(Delimiter::ALL.to_vec());
    let line_ends = prop::sample::select(vec!["\r\n", "\n", "\r"]);
    (encodings, delimiters, line_ends, any::<[bool; 3]>()).prop_map(
        |(encoding, delimiter, line_end, [sep_line, all_quoted, ends])| Style {
            dialect: Dialect { encoding, delimiter, sep_line },
            line_end,
            all_quoted,
            ends,
        },
    )
}

/// Cells with all that makes trouble, in characters that every encoding has, and in others.
fn cell() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[ -~]{0,4}",
        2 => prop::sample::select(vec!["\"", "\"\"", ",", ";", "\t", "\r\n", "\n", "\r", " ", "é", "ß", "sep=,"])
            .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..5).prop_map(|pieces| pieces.concat().replace(['\u{FFFD}', '\u{FEFF}'], ""))
}

fn write(table: &[Vec<String>], style: &Style) -> Vec<u8> {
    let delimiter = char::from(style.dialect.delimiter.byte());
    let mut text = String::new();
    if style.dialect.sep_line {
        text.push_str(&format!("sep={delimiter}{}", style.line_end));
    }
    for (number, row) in table.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                text.push(delimiter);
            }
            // An empty cell alone would be an empty row, which is none.
            let alone = cell.is_empty() && row.len() == 1;
            if style.all_quoted || alone || cell.contains([delimiter, '"', '\r', '\n']) {
                text.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
            } else {
                text.push_str(cell);
            }
        }
        if style.ends || number + 1 < table.len() {
            text.push_str(style.line_end);
        }
    }
    match style.dialect.encoding {
        Encoding::Utf8 => format!("\u{FEFF}{text}").into_bytes(),
        Encoding::Ascii => text.into_bytes(),
        Encoding::Utf16Le => {
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
        }
        Encoding::Utf16Be => {
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
        }
        Encoding::Windows1252 => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
    }
}

/// As the file can have it: Windows-1252 knows few characters.
fn writable(table: Vec<Vec<String>>, style: &Style) -> Vec<Vec<String>> {
    let fits = |c: &char| {
        style.dialect.encoding != Encoding::Windows1252 || !encoding_rs::WINDOWS_1252.encode(&c.to_string()).2
    };
    let cell = |cell: String| cell.chars().filter(fits).collect();
    table.into_iter().map(|row| row.into_iter().map(cell).collect()).collect()
}

fn read_back(file: &[u8], dialect: Dialect, chunks: &[usize]) -> Vec<(u64, Vec<String>)> {
    let mut table = Table::new(dialect);
    let mut rows = Vec::new();
    let mut take = |table: &mut Table, last: bool| {
        while let Some(row) = table.next(last) {
            let cells = row.cells.expect("a sound row").iter().map(str::to_owned).collect();
            rows.push((row.number, cells));
        }
    };
    let mut rest = file;
    for size in chunks.iter().cycle() {
        let (chunk, more) = rest.split_at((*size).min(rest.len()));
        table.push(chunk, false);
        take(&mut table, false);
        rest = more;
        if rest.is_empty() {
            break;
        }
    }
    table.push(&[], true);
    take(&mut table, true);
    rows
}

proptest! {
    #[test]
    fn any_table_in_any_dialect(
        table in vec(vec(cell(), 1..6), 0..8),
        style in styles(),
        chunks in vec(1_usize..40, 1..5),
    ) {
        let table = writable(table, &style);
        let file = write(&table, &style);
        let expected: Vec<(u64, Vec<String>)> = (1..).zip(table).collect();
        prop_assert_eq!(read_back(&file, style.dialect, &chunks), expected);
    }

    #[test]
    fn any_bytes_in_any_chunks_give_the_same_rows(
        bytes in prop_oneof![
            vec(any::<u8>(), 0..300),
            "[a@.,\"\n\r x]{0,300}".prop_map(String::into_bytes),
        ],
        style in styles(),
        header: bool,
        size in 1_usize..50,
    ) {
        let mapping = mapping(header, &[Email, FullName, Groups, Active]);
        let whole = {
            let mut reader = Reader::new(style.dialect, mapping.clone());
            let mut rows = reader.feed(&bytes);
            rows.extend(reader.finish());
            rows
        };
        let mut reader = Reader::new(style.dialect, mapping);
        let mut rows = in_chunks(&mut reader, &bytes, size);
        rows.extend(reader.finish());
        prop_assert_eq!(&rows, &whole);
        prop_assert!(rows.is_sorted_by(|a, b| a.number < b.number));
        let _ = sniff(&bytes);
    }
}
