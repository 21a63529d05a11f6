//! Phone numbers by ITU-T E.164: a country code and a subscriber's number, 15 digits at most.
//!
//! No numbering plan is kept: plans change by the month, and whether a number takes messages only the
//! first message tells. What is checked is the form, so that a slip is told at once.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// The longest typed text looked at, in bytes.
const MAX_TYPED: usize = 128;
/// Digits of a number, country code included. E.164 sets the upper bound; no country has mobile
/// numbers below the lower one.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// Country codes of two digits (ITU-T E.164, list of assigned codes). 1 and 7 stand alone, all
/// others have three; no code begins another.
const TWO_DIGITS: &[&str] = &[
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48",
    "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81",
    "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
];

/// A phone number in E.164's form: `+` and 8 to 15 digits. Its `Debug` shows no more than a page may.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PhoneNumber(String);

/// Why a typed text is no phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFault {
    Empty,
    /// Something that belongs into no number, such as a letter or an extension.
    Character,
    /// Neither `+` nor `00` in front: whose country it is cannot be known.
    NoCountryCode,
    TooShort,
    TooLong,
}

impl PhoneNumber {
    /// Reads what a person typed or a phone book pasted: any Unicode form of plus and digits (also
    /// Arabic-Indic ones), `00` for the plus, spaces, dashes, dots, slashes and brackets between,
    /// invisible direction marks around, and the `(0)` that is only dialled at home.
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        if typed.len() > MAX_TYPED {
            return Err(NumberFault::TooLong);
        }
        let plain: String = typed.nfkc().filter_map(kept).collect();
        let plain = plain.replacen("(0)", "", 1);
        let mut dialled = String::with_capacity(plain.len());
        for c in plain.chars().filter(|c| !matches!(c, '(' | ')')) {
            let fits = c.is_ascii_digit() || (c == '+' && dialled.is_empty());
            if !fits {
                return Err(NumberFault::Character);
            }
            dialled.push(c);
        }
        if dialled.is_empty() {
            return Err(NumberFault::Empty);
        }
        let digits = dialled.strip_prefix('+').or_else(|| dialled.strip_prefix("00"));
        // No country code begins with 0 (E.164): `+0` and `000` are slips.
        let digits = digits.filter(|digits| !digits.starts_with('0')).ok_or(NumberFault::NoCountryCode)?;
        match digits.len() {
            length if length < *DIGITS.start() => Err(NumberFault::TooShort),
            length if length > *DIGITS.end() => Err(NumberFault::TooLong),
            _ => Ok(Self(format!("+{digits}"))),
        }
    }

    /// `+` and digits, for the gateway and for storing.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits alone, for gateways that take no plus.
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }

    /// The country code, without plus.
    pub fn country_code(&self) -> &str {
        let digits = self.digits();
        let length = match digits.as_bytes()[0] {
            b'1' | b'7' => 1,
            _ if TWO_DIGITS.contains(&&digits[..2]) => 2,
            _ => 3,
        };
        &digits[..length]
    }

    /// For a page: country code and the last two digits, `+49 ••• ••• 42`. Says nothing of the
    /// length.
    pub fn masked(&self) -> String {
        format!("+{} ••• ••• {}", self.country_code(), &self.0[self.0.len() - 2..])
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhoneNumber({})", self.masked())
    }
}

/// A character of a typed number: digits as ASCII; separators and direction marks fall away.
fn kept(c: char) -> Option<char> {
    match c {
        c if c.is_whitespace() => None,
        // Hyphens and dashes, minus, and what else people put between.
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '.' | '/' => None,
        // Direction marks, which phone books paste along.
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' => None,
        '\u{0660}'..='\u{0669}' => char::from_digit(c as u32 - 0x0660, 10),
        '\u{06F0}'..='\u{06F9}' => char::from_digit(c as u32 - 0x06F0, 10),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_type_them() {
        for (typed, number) in [
            ("+4915112345642", "+4915112345642"),
            (" +49 151 1234-5642 ", "+4915112345642"),
            ("0049 (151) 12345642", "+4915112345642"),
            ("+49 (0)151 / 123.456.42", "+4915112345642"),
            ("+1 (415) 555\u{2011}2671", "+14155552671"),
            ("\u{202A}+44 7911 123456\u{202C}", "+447911123456"),
            ("＋８１\u{3000}９０－１２３４－５６７８", "+819012345678"),
            ("+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧", "+966501234567"),
            ("+۹۸۹۱۲۳۴۵۶۷۸۹", "+989123456789"),
            ("+39 06 1234 5678", "+390612345678"),
            ("+12345678", "+12345678"),
            ("+123456789012345", "+123456789012345"),
        ] {
            assert_eq!(PhoneNumber::parse(typed).unwrap().as_str(), number, "{typed}");
        }
    }

    #[test]
    fn what_is_no_number() {
        let long = format!("+49{}", " ".repeat(200));
        for (typed, fault) in [
            ("", NumberFault::Empty),
            (" - () ", NumberFault::Empty),
            ("0151 12345642", NumberFault::NoCountryCode),
            ("15112345642", NumberFault::NoCountryCode),
            ("+0151 12345642", NumberFault::NoCountryCode),
            ("000151 12345642", NumberFault::NoCountryCode),
            ("+", NumberFault::TooShort),
            ("+1234567", NumberFault::TooShort),
            ("+1234567890123456", NumberFault::TooLong),
            (long.as_str(), NumberFault::TooLong),
            ("++4915112345642", NumberFault::Character),
            ("49+15112345642", NumberFault::Character),
            ("+49 151 1234 ext. 7", NumberFault::Character),
            ("+49151123\u{0}45642", NumberFault::Character),
            ("+49151\u{0967}12345642", NumberFault::Character),
            ("tel:+4915112345642", NumberFault::Character),
            ("+4915112345642\",\"x\":\"", NumberFault::Character),
        ] {
            assert_eq!(PhoneNumber::parse(typed), Err(fault), "{typed:?}");
        }
    }

    #[test]
    fn masked_by_country() {
        for (number, masked) in [
            ("+4915112345642", "+49 ••• ••• 42"),
            ("+14155552671", "+1 ••• ••• 71"),
            ("+79161234567", "+7 ••• ••• 67"),
            ("+35312345678", "+353 ••• ••• 78"),
            ("+966501234567", "+966 ••• ••• 67"),
        ] {
            let number = PhoneNumber::parse(number).unwrap();
            assert_eq!(number.masked(), masked);
            assert_eq!(format!("{number:?}"), format!("PhoneNumber({masked})"));
        }
    }
}
