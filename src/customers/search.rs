//! How customers are searched: case, accents and scripts make no difference, each word may stand
//! anywhere in name, email or username, and their order is free.
//!
//! What is searched ([`text`]) and what is typed ([`Words`]) are folded alike, to ASCII: "Müller",
//! "MULLER" and "muller" are one, and so are "Дмитрий" and "dmitrii". ASCII is also what a trigram
//! index reads the same under every locale of Postgres.

use deunicode::deunicode;
use unicode_normalization::UnicodeNormalization;

/// Bytes of folded text that are kept: more than any name, address and username of one customer
/// that people would search by.
const LONGEST_TEXT: usize = 1_000;
/// Bytes that are looked at of what is typed.
const LONGEST_TYPED: usize = 200;
/// Words that may stand in any order; what follows them goes with the last.
const FREE_WORDS: usize = 3;

/// What a customer is found by. Begins with a space, so that every word has one before it.
pub fn text(given_name: &str, family_name: &str, email: &str, username: Option<&str>) -> String {
    let mut text = String::with_capacity(128);
    for part in [given_name, family_name, email, username.unwrap_or_default()] {
        for word in fold(part).split_whitespace() {
            text.push(' ');
            text.push_str(word);
        }
    }
    text.truncate(LONGEST_TEXT); // ASCII
    text
}

/// What customers are sorted by when they are sorted by name.
pub fn name_key(given_name: &str, family_name: &str) -> String {
    let mut key = text(given_name, family_name, "", None).split_off(1);
    key.truncate(LONGEST_TEXT / 2);
    key
}

/// ASCII, lower case. (NFKC first: full-width letters and ligatures are the plain ones.)
fn fold(text: &str) -> String {
    deunicode(&text.nfkc().collect::<String>()).to_ascii_lowercase()
}

/// What is searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words([String; FREE_WORDS]);

impl Words {
    /// What was typed; none when there is nothing in it to search for.
    pub fn parse(typed: &str) -> Option<Self> {
        let end = typed.floor_char_boundary(LONGEST_TYPED);
        let folded = fold(&typed[..end]);
        let mut words = [const { String::new() }; FREE_WORDS];
        for (at, word) in folded.split_whitespace().enumerate() {
            let pattern = &mut words[at.min(FREE_WORDS - 1)];
            // Less than a trigram can only be found at a word's beginning.
            let start = if word.len() < 3 { "% " } else { "%" };
            pattern.push_str(start);
            for c in word.chars() {
                if matches!(c, '%' | '_' | '\\') {
                    pattern.push('\\');
                }
                pattern.push(c);
            }
        }
        if words[0].is_empty() {
            return None;
        }
        for word in &mut words {
            word.push('%');
        }
        Some(Self(words))
    }

    /// One `like` pattern for each word; `%` where there is none.
    pub fn patterns(&self) -> [&str; FREE_WORDS] {
        self.0.each_ref().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_makes_no_difference() {
        for (given, family, email, username, folded) in [
            ("Zoë", "Müller", "zoe@example.com", None, " zoe muller zoe@example.com"),
            ("ＺＯＥ", "Straße", "a@b.cd", Some("Count"), " zoe strasse a@b.cd count"),
            ("Дмитрий", "", "d@example.com", None, " dmitrii d@example.com"),
            ("", "  van der   Berg ", "v@example.com", None, " van der berg v@example.com"),
            ("伟", "张", "w@example.com", None, " wei zhang w@example.com"),
            ("Ada 🦊", "L", "a@b.cd", None, " ada fox face l a@b.cd"),
        ] {
            assert_eq!(text(given, family, email, username), folded);
        }
        assert_eq!(name_key("Zoë", "Ångström"), "zoe angstrom");
        assert_eq!(name_key("", "Ångström"), "angstrom");
        assert_eq!(text(&"ü".repeat(5_000), "", "a@b.cd", None).len(), LONGEST_TEXT);
    }

    #[test]
    fn words_become_patterns() {
        for (typed, patterns) in [
            ("  ", None),
            ("\u{301}", None),
            ("Müller", Some(["%muller%", "%", "%"])),
            ("ad love", Some(["% ad%", "%love%", "%"])),
            ("a b c d", Some(["% a%", "% b%", "% c% d%"])),
            ("50%_\\", Some(["%50\\%\\_\\\\%", "%", "%"])),
            ("张", Some(["%zhang%", "%", "%"])),
        ] {
            assert_eq!(Words::parse(typed).as_ref().map(Words::patterns), patterns, "{typed}");
        }
        assert!(Words::parse(&"ü".repeat(10_000)).unwrap().patterns()[0].len() < 2 * LONGEST_TYPED);
    }
}
