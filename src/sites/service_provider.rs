//! The two values an admin brings from Atlassian Administration, checked before they are stored
//! (B2): Guard's entity ID, and its Assertion Consumer Service (ACS) URL. Pure rules.
//!
//! Guard compares Audience, Destination and Recipient octet for octet, so what is stored is what
//! was typed, less the surrounding spaces: nothing is normalised.

use url::Url;

use super::ServiceProvider;
use crate::config::BaseUrl;

/// SAML 2.0 core section 8.3.6: an entity ID has at most 1024 characters.
const MAX_ENTITY_ID: usize = 1024;
const MAX_ACS: usize = 2048;
const GUARD: &str = "auth.atlassian.com";

/// One of the two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    EntityId,
    Acs,
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::EntityId => "SP entity ID",
            Self::Acs => "ACS URL",
        })
    }
}

/// What is wrong with a value, in words that say what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub field: Field,
    pub problem: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.problem)
    }
}

/// Values that may be stored, and what looks odd about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub service_provider: ServiceProvider,
    pub warnings: Vec<Fault>,
}

/// Checks both values as typed. All faults are told at once, at most one a field.
pub fn check(entity_id: &str, acs_url: &str, base_url: &BaseUrl) -> Result<Checked, Vec<Fault>> {
    let (entity_id, acs_url) = (entity_id.trim(), acs_url.trim());
    let parsed = (
        address(Field::EntityId, entity_id, MAX_ENTITY_ID, base_url),
        address(Field::Acs, acs_url, MAX_ACS, base_url),
    );
    let (entity, acs) = match parsed {
        (Ok(entity), Ok(acs)) => (entity, acs),
        (entity, acs) => return Err([entity.err(), acs.err()].into_iter().flatten().collect()),
    };
    if looks_like_acs(&entity) && !looks_like_acs(&acs) {
        return Err(vec![
            fault(Field::EntityId, "this looks like the ACS URL: swap the two values"),
            fault(Field::Acs, "this looks like the SP entity ID: swap the two values"),
        ]);
    }
    if entity_id == acs_url {
        let problem = "both values are the same: the ACS URL ends in /login/callback?connection=saml-...";
        return Err(vec![fault(Field::Acs, problem)]);
    }
    let warnings = [(Field::EntityId, &entity), (Field::Acs, &acs)]
        .into_iter()
        .filter(|(_, url)| url.host_str() != Some(GUARD))
        .map(|(field, url)| fault(field, format!("{} is not {GUARD}, Guard's usual host", host(url))))
        .collect();
    let service_provider = ServiceProvider { entity_id: entity_id.to_owned(), acs_url: acs_url.to_owned() };
    Ok(Checked { service_provider, warnings })
}

/// The rules that hold for either value.
fn address(field: Field, text: &str, longest: usize, base_url: &BaseUrl) -> Result<Url, Fault> {
    let example = match field {
        Field::EntityId => "https://auth.atlassian.com/saml/...",
        Field::Acs => "https://auth.atlassian.com/login/callback?connection=saml-...",
    };
    let refuse = |problem: String| Err(Fault { field, problem });
    if text.is_empty() {
        return refuse(format!("is missing; it looks like {example}"));
    }
    if text.len() > longest {
        return refuse(format!("is longer than {longest} characters; it looks like {example}"));
    }
    // A URL parser would silently drop or encode these, and the comparison is octet for octet.
    if text.bytes().any(|b| !b.is_ascii_graphic()) {
        return refuse(format!("holds a space or an unusual character; it looks like {example}"));
    }
    let Ok(url) = Url::parse(text) else {
        return refuse(format!("is not a URL; it looks like {example}"));
    };
    if !base_url.admits(&url) {
        return refuse(format!("must start with https://; it looks like {example}"));
    }
    if url.fragment().is_some() {
        return refuse("must not have a part after #".into());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("must not hold a user name or password".into());
    }
    // The admin pasted back what Vestibule told them to enter at Atlassian.
    if url.origin().ascii_serialization() == base_url.as_str() && url.path().starts_with("/sites/") {
        return refuse(format!("is Vestibule's own address; Atlassian's looks like {example}"));
    }
    Ok(url)
}

/// Whether `url` has the shape of Guard's ACS.
fn looks_like_acs(url: &Url) -> bool {
    url.path().ends_with("/login/callback") || url.query_pairs().any(|(name, _)| name == "connection")
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or("it")
}

fn fault(field: Field, problem: impl Into<String>) -> Fault {
    Fault { field, problem: problem.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Field::{Acs, EntityId};

    const ENTITY: &str = "https://auth.atlassian.com/saml/5c2d8d6e-77a5-4d3c-b2a2-0f6f2f1f9b11";
    const CALLBACK: &str = "https://auth.atlassian.com/login/callback?connection=saml-5c2d8d6e";

    fn public() -> BaseUrl {
        BaseUrl::parse("https://vestibule.example").unwrap()
    }

    #[test]
    fn takes_guards_values_and_trims_them() {
        let checked = check(&format!("  {ENTITY}\n"), &format!("\t{CALLBACK} "), &public()).unwrap();
        assert_eq!(checked.service_provider.entity_id, ENTITY);
        assert_eq!(checked.service_provider.acs_url, CALLBACK);
        assert_eq!(checked.warnings, []);
    }

    #[test]
    fn names_the_field_and_what_would_be_right() {
        let long = format!("https://auth.atlassian.com/{}", "x".repeat(1024));
        let long_acs = format!("https://auth.atlassian.com/{}", "x".repeat(2048));
        let cases: [(&str, &str, &[Field], &str); 17] = [
            ("", CALLBACK, &[EntityId], "missing"),
            (ENTITY, "  ", &[Acs], "missing"),
            ("", "", &[EntityId, Acs], "missing"),
            ("auth.atlassian.com/saml/1", CALLBACK, &[EntityId], "not a URL"),
            ("http://auth.atlassian.com/saml/1", CALLBACK, &[EntityId], "https://"),
            (ENTITY, "http://localhost/login/callback", &[Acs], "https://"),
            (ENTITY, "javascript:alert(1)", &[Acs], "https://"),
            (ENTITY, "https://auth.atlassian.com/login/callback#x", &[Acs], "#"),
            (ENTITY, "https://auth.atlassian.com/login callback", &[Acs], "space"),
            (ENTITY, "https://auth.atlassian.com/login\n/callback", &[Acs], "space"),
            (ENTITY, "https://\u{430}uth.atlassian.com/login/callback", &[Acs], "unusual"),
            (ENTITY, "https://auth.atlassian.com@evil.example/login/callback", &[Acs], "user name"),
            (&long, CALLBACK, &[EntityId], "1024"),
            (ENTITY, &long_acs, &[Acs], "2048"),
            (CALLBACK, ENTITY, &[EntityId, Acs], "swap"),
            (ENTITY, ENTITY, &[Acs], "the same"),
            ("https://vestibule.example/sites/1/saml/metadata", CALLBACK, &[EntityId], "own address"),
        ];
        for (entity, acs, fields, words) in cases {
            let faults = check(entity, acs, &public()).unwrap_err();
            assert_eq!(faults.iter().map(|f| f.field).collect::<Vec<_>>(), fields, "{entity} {acs}");
            assert!(faults.iter().all(|f| f.problem.contains(words)), "{faults:?} lacks {words}");
        }
    }

    #[test]
    fn an_unusual_host_is_a_warning_only() {
        let checked = check("https://sp.example/saml/1", "https://sp.example/acs", &public()).unwrap();
        assert_eq!(checked.warnings.iter().map(|w| w.field).collect::<Vec<_>>(), [EntityId, Acs]);
    }

    #[test]
    fn plain_http_on_loopback_is_for_a_deployment_that_runs_so_itself() {
        let practice = BaseUrl::parse("http://app.localhost:8080").unwrap();
        let entity = "http://guard.localhost:8081/saml/1";
        let acs = "http://guard.localhost:8081/login/callback";
        assert!(check(entity, acs, &practice).is_ok());
        assert!(check(entity, acs, &public()).is_err());
        assert!(check("http://sp.example/saml/1", acs, &practice).is_err());
    }
}
