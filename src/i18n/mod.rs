//! What customers read, in their language: Fluent messages in `translations/<tag>/*.ftl`, in the
//! binary. Jira's administrators read English.
//!
//! A page says `lang.say("key")`, with arguments `lang.say1("key", "name", value)`, and where a name
//! or an address stands inside a sentence `lang.html1(…)`, which escapes it and sets it apart as
//! `<bdi>`. Rust that names a message for later wraps it as `key("…")`, so that
//! [`tests::every_key_is_there_and_used`] finds every use.

mod arg;
pub mod choice;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use fluent_templates::static_loader;
use unic_langid::{LanguageIdentifier, langid};

pub use arg::Arg;

static_loader! {
    static MESSAGES = {
        locales: "./translations",
        fallback_language: "en",
    };
}

/// What Fluent puts around an argument (Unicode's first strong isolate, and its end).
const ISOLATE: char = '\u{2068}';
const END: char = '\u{2069}';

const MONTHS: [Key; 12] = [
    key("common-month-1"),
    key("common-month-2"),
    key("common-month-3"),
    key("common-month-4"),
    key("common-month-5"),
    key("common-month-6"),
    key("common-month-7"),
    key("common-month-8"),
    key("common-month-9"),
    key("common-month-10"),
    key("common-month-11"),
    key("common-month-12"),
];

/// A language the pages speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    #[default]
    English,
    German,
    French,
    Spanish,
    PortugueseBrazil,
    Japanese,
    ChineseSimplified,
    Arabic,
}

/// A message's name; see the room's story for when to wrap one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(&'static str);

/// Names a message for later.
pub const fn key(name: &'static str) -> Key {
    Key(name)
}

impl From<&'static str> for Key {
    fn from(name: &'static str) -> Self {
        Self(name)
    }
}

impl From<&Self> for Key {
    fn from(key: &Self) -> Self {
        *key
    }
}

impl Lang {
    /// All of them, in the order of the language menu.
    pub const ALL: [Self; 8] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Spanish,
        Self::PortugueseBrazil,
        Self::Japanese,
        Self::ChineseSimplified,
        Self::Arabic,
    ];

    /// BCP 47, for `lang` attributes and the database.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::PortugueseBrazil => "pt-BR",
            Self::Japanese => "ja",
            Self::ChineseSimplified => "zh-Hans",
            Self::Arabic => "ar",
        }
    }

    /// The language of that very tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// As its speakers call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::French => "Français",
            Self::Spanish => "Español",
            Self::PortugueseBrazil => "Português (Brasil)",
            Self::Japanese => "日本語",
            Self::ChineseSimplified => "简体中文",
            Self::Arabic => "العربية",
        }
    }

    /// HTML's `dir`.
    pub fn dir(self) -> &'static str {
        if self == Self::Arabic { "rtl" } else { "ltr" }
    }

    fn id(self) -> LanguageIdentifier {
        match self {
            Self::English => langid!("en"),
            Self::German => langid!("de"),
            Self::French => langid!("fr"),
            Self::Spanish => langid!("es"),
            Self::PortugueseBrazil => langid!("pt-BR"),
            Self::Japanese => langid!("ja"),
            Self::ChineseSimplified => langid!("zh-Hans"),
            Self::Arabic => langid!("ar"),
        }
    }

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
        let text = self.format(key.into(), args);
        // Invisible marks belong where directions mix; elsewhere they only puzzle those who copy.
        if self == Self::Arabic { text } else { text.replace([ISOLATE, END], "") }
    }

    /// A message as HTML: escaped, its argument in `<bdi>`. Use with `|safe`.
    pub fn html1(self, key: impl Into<Key>, name: &'static str, value: impl Into<Arg>) -> String {
        self.html(key, &[(name, value.into())])
    }

    /// A message with two arguments as HTML: escaped, each argument in `<bdi>`. Use with `|safe`.
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
        let text = self.format(key.into(), args);
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

    /// The attribute `rest` of a message, where it has one.
    pub fn rest(self, Key(key): Key, args: &[(&'static str, Arg)]) -> Option<String> {
        let key = format!("{key}.rest");
        let args: HashMap<&'static str, _> =
            args.iter().map(|(name, value)| (*name, value.fluent())).collect();
        [self, Self::English]
            .into_iter()
            .find_map(|lang| MESSAGES.lookup_single_language(&lang.id(), &key, Some(&args)).ok())
            .map(|text| if self == Self::Arabic { text } else { text.replace([ISOLATE, END], "") })
    }

    /// A day as people write it: `1 December 2026`.
    pub fn day(self, day: time::Date) -> String {
        let month = MONTHS[usize::from(u8::from(day.month())) - 1];
        let args = [
            ("day", Arg::from(day.day())),
            ("month", Arg::from(self.say(month))),
            ("year", Arg::from(day.year())),
        ];
        self.plain("common-day", &args)
    }

    fn format(self, Key(key): Key, args: &[(&'static str, Arg)]) -> String {
        let args: HashMap<&'static str, _> =
            args.iter().map(|(name, value)| (*name, value.fluent())).collect();
        let found = MESSAGES.lookup_single_language(&self.id(), key, Some(&args));
        found.unwrap_or_else(|_| {
            let english = MESSAGES.lookup_single_language(&Self::English.id(), key, Some(&args));
            english.unwrap_or_else(|_| key.to_owned())
        })
    }
}
