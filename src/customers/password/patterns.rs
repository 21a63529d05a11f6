//! Passwords that are a movement, not a secret: repetitions, sequences, rows of keys. A list of
//! common passwords holds the short ones; the longer ones are too many to list.

/// Keys in the order a finger finds them: rows, columns and zigzags of the usual keyboards.
const ROWS: &[&str] = &[
    "`1234567890-=",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "qwertzuiopü",
    "yxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "1qaz",
    "2wsx",
    "3edc",
    "4rfv",
    "5tgb",
    "6yhn",
    "7ujm",
    "8ik,",
    "9ol.",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "!@#$%^&*()_+",
];

/// A run this long is a movement; natural words hold shorter ones (`rst`, `ere`, `op`).
const RUN: usize = 4;
/// A block of fewer code points than the shortest password, said again and again.
const BLOCK: usize = super::WITH_SECOND_FACTOR;

/// Whether the text is one short block repeated, or runs of at least four neighbours (in the
/// alphabet, in counting, on a keyboard, or the same character) on average.
pub fn is_pattern(text: &str) -> bool {
    let chars: Vec<char> = text.to_lowercase().chars().collect();
    if chars.len() < 2 {
        return true;
    }
    let period = (1..chars.len())
        .find(|p| chars[*p..].iter().zip(&chars).all(|(later, earlier)| later == earlier))
        .unwrap_or(chars.len());
    if period < BLOCK && period * 2 <= chars.len() {
        return true;
    }
    let runs = 1 + chars.windows(2).filter(|pair| !are_neighbours(pair[0], pair[1])).count();
    runs * RUN <= chars.len()
}

fn are_neighbours(a: char, b: char) -> bool {
    let in_sequence = a.is_alphanumeric() && b.is_alphanumeric() && u32::from(a).abs_diff(u32::from(b)) <= 1;
    a == b
        || in_sequence
        || matches!((a, b), ('9', '0') | ('0', '9'))
        || ROWS.iter().any(|row| is_step(row, a, b))
}

fn is_step(row: &str, a: char, b: char) -> bool {
    row.chars().zip(row.chars().skip(1)).any(|step| step == (a, b) || step == (b, a))
}
