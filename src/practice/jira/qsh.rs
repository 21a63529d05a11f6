//! The query string hash of Atlassian's JWTs (atlassian.md, "qsh"): written a second time here, so
//! that it can object to `crate::jira`'s.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};
use url::Url;

/// RFC 3986 section 2.3.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Hex SHA-256 of `METHOD&PATH&QUERY`, the path relative to the app's base URL `base`.
pub fn qsh(method: &str, url: &Url, base: &Url) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(canonical(method, url, base)))
}

fn canonical(method: &str, url: &Url, base: &Url) -> String {
    let base = base.path().trim_end_matches('/');
    let path = match url.path().strip_prefix(base) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => rest,
        _ => url.path(),
    };
    let path = match path.strip_suffix('/').unwrap_or(path) {
        "" => "/",
        path => path,
    };
    let mut pairs: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| name != "jwt")
        .map(|(name, value)| (encode(&name), value.into_owned()))
        .collect();
    pairs.sort();
    let mut query = String::new();
    let mut last: Option<&str> = None;
    for (name, value) in &pairs {
        match last {
            Some(same) if same == name => query.push(','),
            Some(_) => query.push_str(&format!("&{name}=")),
            None => query.push_str(&format!("{name}=")),
        }
        query.push_str(&encode(value));
        last = Some(name);
    }
    format!("{}&{}&{query}", method.to_uppercase(), path.replace('&', "%26"))
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_forms() {
        let base = Url::parse("https://app.example/base").unwrap();
        for (url, expected) in [
            ("https://app.example/base", "GET&/&"),
            ("https://app.example/base/", "GET&/&"),
            ("https://app.example/base/a/", "GET&/a&"),
            ("https://app.example/based", "GET&/based&"),
            ("https://app.example/base/a&b?jwt=x", "GET&/a%26b&"),
            ("https://app.example/base/a?b=2&a=1+%2B&a=0&c", "GET&/a&a=0,1%20%2B&b=2&c="),
            ("https://app.example/base/a?x=%C3%A9*~", "GET&/a&x=%C3%A9%2A~"),
        ] {
            assert_eq!(canonical("get", &Url::parse(url).unwrap(), &base), expected);
        }
    }

    #[test]
    fn the_hash_is_what_sha256sum_says() {
        let base = Url::parse("https://app.example").unwrap();
        let url = Url::parse("https://app.example/connect/installed").unwrap();
        assert_eq!(
            qsh("POST", &url, &base),
            "72c0a77bd4d709a202e9b2561ed003fdb400318f7a1cfabe47576d1e1d5b5dd7"
        );
    }
}
