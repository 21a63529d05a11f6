//! What a message is told.

use fluent_templates::fluent_bundle::FluentValue;
use time::{Date, OffsetDateTime};

use super::Lang;

/// Around a text inside a message: Unicode's first strong isolate, and its end.
pub(super) const ISOLATE: char = '\u{2068}';
pub(super) const END: char = '\u{2069}';
/// The other two marks that begin an isolate.
const OTHERS: [char; 2] = ['\u{2066}', '\u{2067}'];

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Shown as it is, set apart from the sentence around it.
    Text(String),
    /// Also chooses the plural.
    Number(i64),
    /// In full, in the message's language.
    Day(Date),
    /// To the minute, in UTC.
    Moment(OffsetDateTime),
}

impl Arg {
    /// What Fluent takes, for a message in `lang`. A text cannot end its own isolation.
    pub(super) fn fluent(&self, lang: Lang) -> FluentValue<'static> {
        match self {
            Self::Text(text) => {
                let text = text.replace([ISOLATE, END, OTHERS[0], OTHERS[1]], "");
                FluentValue::from(format!("{ISOLATE}{text}{END}"))
            }
            Self::Number(number) => FluentValue::from(*number),
            Self::Day(day) => FluentValue::from(lang.day(*day)),
            Self::Moment(at) => FluentValue::from(lang.moment(*at)),
        }
    }

    /// Whether it holds letters written from right to left (Hebrew, Arabic and their like).
    pub(super) fn is_right_to_left(&self) -> bool {
        let rtl = |c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
        matches!(self, Self::Text(text) if text.chars().any(rtl))
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&&str> for Arg {
    fn from(text: &&str) -> Self {
        Self::Text((*text).to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for Arg {
            fn from(number: $number) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
        impl From<&$number> for Arg {
            fn from(number: &$number) -> Self {
                Self::from(*number)
            }
        }
    )*};
}
numbers!(u8, u32, u64, usize, i32, i64);

macro_rules! times {
    ($($time:ty => $arg:ident),*) => {$(
        impl From<$time> for Arg {
            fn from(time: $time) -> Self {
                Self::$arg(time)
            }
        }
        impl From<&$time> for Arg {
            fn from(time: &$time) -> Self {
                Self::$arg(*time)
            }
        }
    )*};
}
times!(Date => Day, OffsetDateTime => Moment);
