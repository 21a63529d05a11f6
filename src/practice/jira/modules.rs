//! The pages an app adds to Jira's administration, read from its descriptor's `modules` (Connect:
//! `webSections`, `adminPages`, `configurePage`, `postInstallPage`).

use serde::Deserialize;
use serde_json::Value;

/// Where Jira's menu of apps is.
const MENU: &str = "admin_plugins_menu";

/// All of an app's pages, ordered for Jira's sidebar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Modules {
    pub sections: Vec<Section>,
    /// What Jira shows once the app is installed.
    pub post_install: Option<Page>,
    configure: Option<Page>,
}

/// A heading in the sidebar and the pages below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub name: String,
    pub pages: Vec<Page>,
}

/// One page of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub key: String,
    pub name: String,
    /// Below the app's base URL.
    pub url: String,
    /// `user_is_admin`: hides the link from others. It guards nothing, in Jira as here.
    pub admins_only: bool,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Raw {
    web_sections: Vec<RawSection>,
    admin_pages: Vec<RawPage>,
    configure_page: Option<RawPage>,
    post_install_page: Option<RawPage>,
}

#[derive(Deserialize)]
struct RawSection {
    key: String,
    location: String,
    name: Name,
}

#[derive(Deserialize)]
struct RawPage {
    key: String,
    location: Option<String>,
    name: Name,
    url: String,
    #[serde(default)]
    conditions: Vec<Value>,
}

#[derive(Deserialize)]
struct Name {
    value: String,
}

impl From<RawPage> for Page {
    fn from(raw: RawPage) -> Self {
        let admins_only = raw.conditions.iter().any(|condition| {
            condition["condition"] == "user_is_admin" && condition["invert"].as_bool() != Some(true)
        });
        Self { key: raw.key, name: raw.name.value, url: raw.url, admins_only }
    }
}

impl Modules {
    /// Reads `modules` of the app called `app_name`, which heads the pages that stand in no section
    /// of their own.
    ///
    /// # Errors
    /// What is wrong, in words: a page without key, name or address, a section that does not exist.
    pub fn parse(modules: &Value, app_name: &str) -> Result<Self, String> {
        let raw: Raw =
            serde_json::from_value(modules.clone()).map_err(|error| format!("modules: {error}"))?;
        let mut sections: Vec<(String, Section)> = raw
            .web_sections
            .into_iter()
            .filter(|section| section.location == MENU)
            .map(|raw| (raw.key, Section { name: raw.name.value, pages: Vec::new() }))
            .collect();
        let mut loose = Section { name: app_name.to_owned(), pages: Vec::new() };
        for page in raw.admin_pages {
            let location = page.location.clone().unwrap_or_else(|| MENU.to_owned());
            let key = match location.strip_prefix(MENU) {
                Some("") => {
                    loose.pages.push(page.into());
                    continue;
                }
                Some(rest) => rest.trim_start_matches('/'),
                None => continue,
            };
            let section = sections.iter_mut().find(|(known, _)| known == key);
            let (_, section) = section
                .ok_or_else(|| format!("adminPages: {} is in a section {key}, which is none", page.key))?;
            section.pages.push(page.into());
        }
        let sections = sections.into_iter().map(|(_, section)| section).chain([loose]);
        Ok(Self {
            sections: sections.filter(|section| !section.pages.is_empty()).collect(),
            post_install: raw.post_install_page.map(Page::from),
            configure: raw.configure_page.map(Page::from),
        })
    }

    /// The page with this key, wherever it stands.
    pub fn page(&self, key: &str) -> Option<&Page> {
        let pages = self.sections.iter().flat_map(|section| &section.pages);
        pages.chain(&self.configure).chain(&self.post_install).find(|page| page.key == key)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pages_stand_in_their_sections() {
        let modules = json!({
            "webSections": [
                { "key": "s", "location": "admin_plugins_menu", "name": { "value": "Section" } },
                { "key": "elsewhere", "location": "system.top", "name": { "value": "Elsewhere" } },
            ],
            "adminPages": [
                { "key": "one", "location": "admin_plugins_menu/s", "name": { "value": "One" }, "url": "/one",
                  "conditions": [{ "condition": "user_is_admin" }] },
                { "key": "two", "name": { "value": "Two" }, "url": "/two",
                  "conditions": [{ "condition": "user_is_admin", "invert": true }] },
                { "key": "three", "location": "system.top", "name": { "value": "Three" }, "url": "/three" },
            ],
            "postInstallPage": { "key": "begin", "name": { "value": "Begin" }, "url": "/one" },
            "dialogs": [],
        });
        let modules = Modules::parse(&modules, "The app").unwrap();
        let seen: Vec<(&str, Vec<&str>)> = modules
            .sections
            .iter()
            .map(|section| (section.name.as_str(), section.pages.iter().map(|p| p.key.as_str()).collect()))
            .collect();
        assert_eq!(seen, [("Section", vec!["one"]), ("The app", vec!["two"])]);
        assert!(modules.page("one").unwrap().admins_only && !modules.page("two").unwrap().admins_only);
        assert_eq!(modules.page("begin").unwrap().url, "/one");
        assert_eq!(modules.page("three"), None);
        assert_eq!(Modules::parse(&json!({}), "The app").unwrap(), Modules::default());
    }

    #[test]
    fn unusable_modules_are_refused() {
        for modules in [
            json!({ "adminPages": [{ "key": "one", "url": "/one" }] }),
            json!({ "adminPages": [{ "key": "one", "location": "admin_plugins_menu/none",
                                     "name": { "value": "One" }, "url": "/one" }] }),
            json!({ "postInstallPage": [] }),
        ] {
            assert!(Modules::parse(&modules, "The app").is_err(), "{modules}");
        }
    }
}
