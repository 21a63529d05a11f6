//! What a browser says it is, in two words: for lists of sessions and for proposing names. Nothing is
//! decided by it.

use crate::i18n::Lang;

/// A browser and its system, by the names people know them by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agent {
    pub browser: &'static str,
    pub system: &'static str,
}

/// So much of a User-Agent is looked at, in bytes.
const LONGEST: usize = 512;

/// Browsers name their forebears too, so the newest name comes first.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
];

impl Agent {
    /// Reads a User-Agent header. None when either word is missing.
    pub fn of(user_agent: &str) -> Option<Self> {
        let looked_at = &user_agent.as_bytes()[..user_agent.len().min(LONGEST)];
        let names = |mark: &str| looked_at.windows(mark.len()).any(|part| part == mark.as_bytes());
        let first = |table: &[(&str, &'static str)]| {
            table.iter().find(|(mark, _)| names(mark)).map(|(_, name)| *name)
        };
        Some(Self { browser: first(BROWSERS)?, system: first(SYSTEMS)? })
    }

    /// As the database keeps it.
    pub fn stored(self) -> String {
        format!("{}/{}", self.browser, self.system)
    }
}

/// What was [stored](Agent::stored), in words.
pub fn words(stored: Option<&str>, lang: Lang) -> String {
    match stored.and_then(|stored| stored.split_once('/')) {
        Some((browser, system)) => lang.say2("account-browser", "browser", browser, "system", system),
        None => lang.say("account-browser-unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_by_their_newest_name() {
        for (user_agent, expected) in [
            (
                "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
                Some(("Edge", "Windows")),
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; SM-S921B) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
                Some(("Samsung Internet", "Android")),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/130.0 Mobile/15E148 Safari/604.1",
                Some(("Chrome", "iPhone")),
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) FxiOS/131.0 Mobile/15E148 Safari/605.1.15",
                Some(("Firefox", "iPad")),
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15",
                Some(("Safari", "Mac")),
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/130.0.0.0 Safari/537.36",
                Some(("Chrome", "ChromeOS")),
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0",
                Some(("Firefox", "Linux")),
            ),
            ("curl/8.5.0", None),
            ("", None),
            (&("x".repeat(600) + "Chrome/1 Windows"), None),
            (&("ü".repeat(300) + "Chrome/1 Windows"), None),
        ] {
            let told = Agent::of(user_agent).map(|agent| (agent.browser, agent.system));
            assert_eq!(told, expected, "{user_agent:.60}");
        }
    }

    #[test]
    fn what_was_stored_is_told_in_words() {
        let agent = Agent { browser: "Firefox", system: "Linux" };
        assert_eq!(words(Some(&agent.stored()), Lang::English), "Firefox on Linux");
        for unknown in [None, Some(""), Some("Firefox")] {
            assert_eq!(words(unknown, Lang::English), "Unknown browser");
        }
    }
}
