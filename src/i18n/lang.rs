//! The languages.

use unic_langid::{LanguageIdentifier, langid};

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

    /// BCP 47, for `lang` attributes, the cookie and the database.
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
        if self.is_right_to_left() { "rtl" } else { "ltr" }
    }

    pub(super) fn is_right_to_left(self) -> bool {
        self == Self::Arabic
    }

    /// What stands between two sentences.
    pub(super) fn gap(self) -> &'static str {
        if matches!(self, Self::Japanese | Self::ChineseSimplified) { "" } else { " " }
    }

    pub(super) fn id(self) -> LanguageIdentifier {
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
}
