//! The app as Jira sees it: its descriptor, and calls to it.

use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::modules::Modules;
use crate::practice::Surroundings;

/// How much of an answer is shown, in characters.
const SHOWN: usize = 300;

/// What Jira takes from `atlassian-connect.json`.
#[derive(Clone, Debug)]
pub struct Descriptor {
    pub key: String,
    pub base_url: Url,
    /// The base URL as the descriptor writes it: the audience of signed installs.
    pub audience: String,
    /// Whether pages are told of the licence: a paid app's are.
    pub licensing: bool,
    pub modules: Modules,
    lifecycle: Lifecycle,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Lifecycle {
    installed: Option<String>,
    uninstalled: Option<String>,
    enabled: Option<String>,
    disabled: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    key: String,
    #[serde(default)]
    name: String,
    base_url: String,
    authentication: Authentication,
    #[serde(default)]
    api_migrations: serde_json::Map<String, Value>,
    #[serde(default)]
    lifecycle: Lifecycle,
    #[serde(default)]
    enable_licensing: bool,
    #[serde(default)]
    modules: Value,
}

#[derive(Deserialize)]
struct Authentication {
    r#type: String,
}

impl Descriptor {
    /// Fetches and checks the app's descriptor. The error is a sentence.
    pub async fn fetch(surroundings: &Surroundings) -> Result<Self, String> {
        let url = format!("{}/atlassian-connect.json", surroundings.links.app);
        let answer = surroundings.http.get(&url).send().await.map_err(|error| unreachable(&url, &error))?;
        if !answer.status().is_success() {
            return Err(format!("{url} answers {}.", answer.status()));
        }
        let text = answer.text().await.map_err(|error| unreachable(&url, &error))?;
        Self::parse(&text).map_err(|problem| format!("The descriptor at {url} is not usable: {problem}."))
    }

    /// Reads a descriptor as strictly as signed installs need.
    pub fn parse(text: &str) -> Result<Self, String> {
        let raw: Raw = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let key_fits = (1..=64).contains(&raw.key.len())
            && raw.key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
        if !key_fits {
            return Err("key: 1-64 letters, digits, - . or _".into());
        }
        if raw.authentication.r#type != "jwt" {
            return Err("authentication.type is not jwt".into());
        }
        if raw.api_migrations.get("signed-install") != Some(&Value::Bool(true)) {
            return Err("apiMigrations.signed-install is not on".into());
        }
        let base_url = Url::parse(&raw.base_url).map_err(|error| format!("baseUrl: {error}"))?;
        let modules = match raw.modules {
            Value::Null => Modules::default(),
            modules => Modules::parse(&modules, &raw.name)?,
        };
        let descriptor = Self {
            key: raw.key,
            base_url,
            audience: raw.base_url,
            licensing: raw.enable_licensing,
            modules,
            lifecycle: raw.lifecycle,
        };
        if descriptor.lifecycle("installed").is_none() {
            return Err("no lifecycle.installed".into());
        }
        Ok(descriptor)
    }

    /// The address of a lifecycle event.
    pub fn lifecycle(&self, event: &str) -> Option<Url> {
        let path = match event {
            "installed" => &self.lifecycle.installed,
            "uninstalled" => &self.lifecycle.uninstalled,
            "enabled" => &self.lifecycle.enabled,
            "disabled" => &self.lifecycle.disabled,
            _ => &None,
        };
        self.address(path.as_deref()?)
    }

    /// The base URL with a path of the descriptor after it.
    pub fn address(&self, path: &str) -> Option<Url> {
        let path = path.trim_start_matches('/');
        Url::parse(&format!("{}/{path}", self.audience.trim_end_matches('/'))).ok()
    }
}

/// Posts `body` with `token`. `Ok` is an answer of 200 or 204, in words; the rest is `Err`.
pub async fn post(
    surroundings: &Surroundings,
    url: Url,
    token: &str,
    body: &Value,
) -> Result<String, String> {
    let address = url.to_string();
    let request = surroundings.http.post(url).header("authorization", format!("JWT {token}")).json(body);
    let answer = request.send().await.map_err(|error| unreachable(&address, &error))?;
    let status = answer.status();
    let text = answer.text().await.map_err(|error| unreachable(&address, &error))?;
    let words = format!("{status} {}", text.chars().take(SHOWN).collect::<String>()).trim_end().to_owned();
    if matches!(status.as_u16(), 200 | 204) { Ok(words) } else { Err(words) }
}

fn unreachable(url: &str, error: &reqwest::Error) -> String {
    format!("{url} could not be reached ({}).", crate::practice::causes(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"key":"vestibule","baseUrl":"http://localhost:8080","unknown":1,
        "authentication":{"type":"jwt"},"apiMigrations":{"signed-install":true},
        "lifecycle":{"installed":"/connect/installed"}}"#;

    #[test]
    fn addresses_come_from_the_descriptor() {
        let descriptor = Descriptor::parse(GOOD).unwrap();
        assert_eq!(
            descriptor.lifecycle("installed").unwrap().as_str(),
            "http://localhost:8080/connect/installed"
        );
        assert_eq!(descriptor.lifecycle("enabled"), None);
        assert_eq!(descriptor.audience, "http://localhost:8080");
    }

    #[test]
    fn unusable_descriptors_are_refused() {
        for (from, to) in [
            ("{\"key\"", "{\"kay\""),
            ("vestibule", "vestibule!"),
            ("jwt", "none"),
            ("true", "false"),
            ("http://localhost:8080", "localhost"),
            ("installed\":\"", "installed2\":\""),
            ("}}", ""),
        ] {
            assert!(Descriptor::parse(&GOOD.replace(from, to)).is_err(), "{from}");
        }
    }
}
