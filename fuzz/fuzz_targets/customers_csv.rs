//! Any bytes as a file of customers: whatever the sniffer proposes, rows come in order, the same in
//! chunks of any size (the first byte says which) as at once, and no more of them than lines.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vestibule::import::csv::{Dialect, Field, GroupSplit, HEAD, Mapping, Reader, Row, sniff};

/// Every kind of column, so that every field is read.
fn all_fields(header: bool) -> Mapping {
    Mapping { header, columns: Field::ALL.to_vec(), groups: GroupSplit::Commas }
}

fn read(file: &[u8], size: usize, dialect: Dialect, mapping: &Mapping) -> Vec<Row> {
    let mut reader = Reader::new(dialect, mapping.clone());
    let mut rows: Vec<Row> = file.chunks(size).flat_map(|chunk| reader.feed(chunk)).collect();
    rows.extend(reader.finish());
    rows
}

fuzz_target!(|bytes: &[u8]| {
    let Some((size, file)) = bytes.split_first() else { return };
    let Ok(sniffed) = sniff(&file[..file.len().min(HEAD)]) else { return };
    let lines = file.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
    for mapping in [sniffed.mapping, all_fields(false), all_fields(true)] {
        let whole = read(file, file.len().max(1), sniffed.dialect, &mapping);
        assert_eq!(read(file, usize::from(*size).max(1), sniffed.dialect, &mapping), whole);
        assert!(whole.is_sorted_by(|a, b| a.number < b.number) && whole.len() <= lines);
        for refusal in whole.iter().filter_map(|row| row.read.as_ref().err()) {
            assert!(refusal.reason.ends_with('.') && refusal.value.chars().count() <= 200);
        }
    }
});
