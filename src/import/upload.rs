//! A file on its way in. The browser cuts it into pieces of one size and sends one after the other, each
//! until it was taken: what has arrived is kept, and a piece that comes twice is kept once.

/// The largest file, in bytes.
pub const MAX_FILE: u64 = 100 * 1024 * 1024;
/// Bytes of a piece; the last one may be shorter.
pub const PIECE: usize = 1024 * 1024;

/// Why a file or piece is not taken: a sentence for whoever chose the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UploadFault {
    #[error("Choose a file.")]
    Missing,
    #[error("The file is empty.")]
    Empty,
    #[error("The file is larger than 100 MB: split it, or leave out columns that are not imported.")]
    TooLarge,
    #[error(
        "A part of the file has another size than was said: the file was changed meanwhile. Choose it again."
    )]
    WrongPiece,
    #[error("Parts of the file are missing. Choose it again.")]
    Incomplete,
}

/// Whether a file of that size is taken.
pub fn check_size(size: u64) -> Result<(), UploadFault> {
    match size {
        0 => Err(UploadFault::Empty),
        size if size > MAX_FILE => Err(UploadFault::TooLarge),
        _ => Ok(()),
    }
}

/// How many pieces a file has.
pub fn pieces(size: u64) -> u64 {
    size.div_ceil(PIECE as u64)
}

/// Whether piece `number` (from 0) of a file of `size` bytes may have `length` bytes.
pub fn check_piece(size: u64, number: u64, length: usize) -> Result<(), UploadFault> {
    let start = number.checked_mul(PIECE as u64).filter(|start| *start < size);
    let expected = start.map(|start| (size - start).min(PIECE as u64));
    if expected == Some(length as u64) { Ok(()) } else { Err(UploadFault::WrongPiece) }
}

/// The name of a file as it is shown: its last part, bounded, without what cannot be shown.
pub fn shown_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown =
        last.chars().filter(|c| crate::customers::names::characters(&c.to_string()).is_ok()).take(200);
    let shown: String = shown.collect();
    if shown.trim().is_empty() { "File".to_owned() } else { shown.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_fit_their_file() {
        const P: u64 = PIECE as u64;
        for (size, count, number, length, fits) in [
            (1, 1, 0, 1, true),
            (1, 1, 0, 2, false),
            (1, 1, 1, 0, false),
            (P, 1, 0, PIECE, true),
            (P + 1, 2, 0, PIECE, true),
            (P + 1, 2, 0, 1, false),
            (P + 1, 2, 1, 1, true),
            (P + 1, 2, 2, 1, false),
            (MAX_FILE, 100, 99, PIECE, true),
            (MAX_FILE, 100, u64::MAX, PIECE, false),
        ] {
            assert_eq!(pieces(size), count, "{size}");
            assert_eq!(check_piece(size, number, length).is_ok(), fits, "{size} {number} {length}");
        }
        assert_eq!(check_size(0), Err(UploadFault::Empty));
        assert_eq!(check_size(MAX_FILE), Ok(()));
        assert_eq!(check_size(MAX_FILE + 1), Err(UploadFault::TooLarge));
    }

    #[test]
    fn names_are_shown_without_folders_and_tricks() {
        for (name, shown) in [
            ("customers.csv", "customers.csv"),
            ("C:\\Users\\ada\\customers.csv", "customers.csv"),
            ("../../etc/passwd", "passwd"),
            ("a\u{202E}b\n.csv", "ab.csv"),
            (" ", "File"),
            ("", "File"),
        ] {
            assert_eq!(shown_name(name), shown);
        }
        assert_eq!(shown_name(&"x".repeat(1_000)).len(), 200);
    }
}
