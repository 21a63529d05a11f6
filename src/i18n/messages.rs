//! A message, said in a language: as plain text, or as HTML.

use std::collections::HashMap;

use fluent_templates::static_loader;
use time::{Date, OffsetDateTime};

use super::arg::{END, ISOLATE};
use super::{Arg, Key, Lang};

static_loader! {
    static MESSAGES = {
        locales: "./translations",
        fallback_language: "en",
        // Fluent would set numbers and whole plurals apart too; `Arg` does it for texts.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// What is wrong with what was typed, in two parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The sentence that links to the field.
    pub link: String,
    /// What follows it, beginning with a space where the language has one; often empty.
    pub more: String,
}

/// For templates, whose macros take what they are given by reference.
impl From<&Self> for Problem {
    fn from(problem: &Self) -> Self {
        problem.clone()
    }
}

impl Lang {
    /// A message without arguments.
    pub fn say(self, key: impl Into<Key>) -> String {
        self.plain(key, &[])
    }

    /// A message with one argument.
    pub fn say1(self, key: impl Into<Key>, name: &'static str, value: impl Into<Arg>) -> String {
        self.plain(key, &[(name, value.into())])
    }

    /// A message with two arguments.
    pub fn say2(
        self,
        key: impl Into<Key>,
        name: &'static str,
        value: impl Into<Arg>,
        other: &'static str,
        other_value: impl Into<Arg>,
    ) -> String {
        self.plain(key, &[(name, value.into()), (other, other_value.into())])
    }

    /// A message with any arguments, as plain text.
    pub fn plain(self, key: impl Into<Key>, args: &[(&'static str, Arg)]) -> String {
        self.without_marks(self.format(key.into(), None, args), args)
    }

    /// A part (Fluent's attribute) of a message without arguments; "" where it has none of that name.
    pub fn part(self, key: impl Into<Key>, part: &'static str) -> String {
        self.without_marks(self.format(key.into(), Some(part), &[]), &[])
    }

    /// A message about something typed, and its part `more`, if it has one.
    pub fn problem(self, key: impl Into<Key>, args: &[(&'static str, Arg)]) -> Problem {
        let key = key.into();
        let more = self.without_marks(self.format(key, Some("more"), args), args);
        let gap = if more.is_empty() { "" } else { self.gap() };
        Problem { link: self.plain(key, args), more: format!("{gap}{more}") }
    }

    /// A message as HTML: escaped, its argument in `<bdi>`. Use with `|safe`.
    pub fn html1(self, key: impl Into<Key>, name: &'static str, value: impl Into<Arg>) -> String {
        self.html(key, &[(name, value.into())])
    }

    /// A message with two arguments as HTML: escaped, each text in `<bdi>`. Use with `|safe`.
    pub fn html2(
        self,
        key: impl Into<Key>,
        name: &'static str,
        value: impl Into<Arg>,
        other: &'static str,
        other_value: impl Into<Arg>,
    ) -> String {
        self.html(key, &[(name, value.into()), (other, other_value.into())])
    }

    /// A message with any arguments as HTML; see [`html1`](Self::html1).
    pub fn html(self, key: impl Into<Key>, args: &[(&'static str, Arg)]) -> String {
        let text = self.format(key.into(), None, args);
        let mut html = String::with_capacity(text.len() + 32);
        for c in text.chars() {
            match c {
                ISOLATE => html.push_str("<bdi class=\"who\">"),
                END => html.push_str("</bdi>"),
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                c => html.push(c),
            }
        }
        html
    }

    /// A day in full: "1 December 2026".
    pub fn day(self, day: Date) -> String {
        let number = |number: i64| Arg::Number(number);
        let (year, month, day) = (day.year(), u8::from(day.month()), day.day());
        let args =
            [("day", number(day.into())), ("month", number(month.into())), ("year", number(year.into()))];
        self.plain("common-day", &args)
    }

    /// A moment, to the minute, in UTC: the server knows no other zone.
    pub fn moment(self, at: OffsetDateTime) -> String {
        let at = at.to_offset(time::UtcOffset::UTC);
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        self.say2("common-moment", "day", at.date(), "time", time)
    }

    /// Invisible marks belong where directions mix; elsewhere they only puzzle those who copy.
    fn without_marks(self, text: String, args: &[(&'static str, Arg)]) -> String {
        let mixed = self.is_right_to_left() || args.iter().any(|(_, arg)| arg.is_right_to_left());
        if mixed { text } else { text.replace([ISOLATE, END], "") }
    }

    /// The message, or its part, with texts between marks. One that is missing is looked up in
    /// English; a message English lacks is its own name, which no test lets pass.
    fn format(self, Key(key): Key, part: Option<&str>, args: &[(&'static str, Arg)]) -> String {
        let args: HashMap<&'static str, _> =
            args.iter().map(|(name, value)| (*name, value.fluent(self))).collect();
        let id = part.map_or_else(|| key.to_owned(), |part| format!("{key}.{part}"));
        let found = [self, Self::English]
            .into_iter()
            .find_map(|lang| MESSAGES.lookup_single_language(&lang.id(), &id, Some(&args)).ok());
        found.unwrap_or_else(|| if part.is_some() { String::new() } else { key.to_owned() })
    }
}
