//! What all pages share, and the page of an error.

use askama::Template;

use super::assets::{self, File};
use super::visitor::Visitor;
use crate::i18n::{Key, Lang};

/// What the layout around every page needs.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The page's language.
    pub lang: Lang,
    /// Where another can be chosen; none on pages of no site, and on those that last a moment.
    pub language_menu: Option<LanguageMenu>,
    pub css_url: &'static str,
    pub icon_url: &'static str,
    /// The script of pages that have one (`Visitor::page_with`).
    pub script_url: &'static str,
    /// The portal the visitor comes from, as its people know it; empty when no site is known.
    pub site_name: String,
    /// The letter on the door; empty when no site is known.
    pub site_initial: String,
    /// For the one script of the auto-post page.
    pub nonce: String,
    /// What a visitor may read out to whoever runs the portal.
    pub reference: String,
}

/// The menu at the page's foot.
#[derive(Clone, Debug)]
pub struct LanguageMenu {
    /// Where the choice is posted to.
    pub action: String,
    /// The path of the page to come back to.
    pub back: String,
}

#[cfg(test)]
impl Shell {
    /// Of pages that are looked at as files, without a language menu.
    pub fn sample(lang: crate::i18n::Lang) -> Self {
        Self {
            lang,
            language_menu: None,
            css_url: "../../static/vestibule.css",
            icon_url: "../../static/icon.svg",
            script_url: "../../static/portal.js",
            site_name: "Northwind Support".into(),
            site_initial: "N".into(),
            nonce: "bm9uY2U".into(),
            reference: "K7QX2M9DPA".into(),
        }
    }
}

impl Shell {
    /// The shell of a site's pages, without a language menu: that is the room's to add.
    pub fn new(visitor: &Visitor, site_name: impl Into<String>) -> Self {
        let site_name = site_name.into();
        let initial = site_name.chars().find(|c| c.is_alphanumeric());
        Self {
            lang: visitor.lang,
            language_menu: None,
            css_url: assets::css_url(),
            icon_url: assets::icon_url(),
            script_url: File::PortalScript.url(),
            site_initial: initial.map(|c| c.to_uppercase().collect()).unwrap_or_default(),
            site_name,
            nonce: visitor.nonce.clone(),
            reference: visitor.reference.clone(),
        }
    }

    /// The shell of pages that belong to no site.
    pub fn nameless(visitor: &Visitor) -> Self {
        Self::new(visitor, "")
    }

    /// The beginning of a page's title, which says so when something typed is wrong.
    pub fn page_title(&self, words: impl Into<Key>, wrong: bool) -> String {
        let title = self.lang.say(words);
        if wrong { self.lang.say1("common-error-title", "title", title) } else { title }
    }

    /// The end of the page's title: "", or " – " and the site's name.
    pub fn title_end(&self) -> String {
        if self.site_name.is_empty() { String::new() } else { format!(" – {}", self.site_name) }
    }
}

/// The page of an error that no room has a better page for.
#[derive(Clone, Debug, Template)]
#[template(path = "web/error.html")]
pub struct ErrorPage {
    pub shell: Shell,
    /// Its title, with the parts `sentence` and `way-on`.
    pub words: Key,
}

/// A message inside Jira: a page by itself (`framed`), or a part of one.
#[derive(Clone, Debug, Template)]
#[template(path = "web/jira_message.html")]
pub struct JiraMessage<'a> {
    pub framed: bool,
    pub tokens_url: &'static str,
    pub css_url: &'static str,
    pub title: &'a str,
    pub sentence: &'a str,
    pub way_on: &'a str,
    /// Whether the same again may well succeed.
    pub retry: bool,
    pub reference: &'a str,
}
