//! The query string hash: what binds a Connect token to one method and one URL.
//!
//! Source: Atlassian, "Understanding JWT for Connect apps", and the 78 vectors of npm
//! `atlassian-jwt` (`tests/vectors/jwt-signed-urls.json`), which settle what the text leaves open.

use std::collections::BTreeMap;

use axum::http::{Method, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

/// RFC 3986 section 2.3: what a query keeps unencoded.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The `qsh` of `method` on `path` (relative to the base URL) with the raw `query`: 64 lower-case
/// hex digits.
pub fn hash(method: &str, path: &str, query: Option<&str>) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(canonical(method, path, query)))
}

/// The `qsh` of a request to this server. Its base URL is an origin, so the path is relative to it
/// as it stands.
pub fn of_request(method: &Method, uri: &Uri) -> String {
    hash(method.as_str(), uri.path(), uri.query())
}

/// The canonical request, `METHOD&PATH&QUERY`, whose SHA-256 the hash is.
pub fn canonical(method: &str, path: &str, query: Option<&str>) -> String {
    format!(
        "{}&{}&{}",
        method.to_ascii_uppercase(),
        canonical_path(path),
        canonical_query(query.unwrap_or(""))
    )
}

/// `path` below `base`, the path part of a base URL: cut at a segment boundary only, so that
/// `/base` does not shorten `/basement`.
pub fn below<'a>(path: &'a str, base: &str) -> &'a str {
    match path.strip_prefix(base.trim_end_matches('/')) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => rest,
        _ => path,
    }
}

/// One trailing slash goes, an empty path is `/`, and `&` is encoded so that a path can't pass for
/// a query. Nothing else is re-encoded.
fn canonical_path(path: &str) -> String {
    let path = path.strip_suffix('/').unwrap_or(path);
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("{slash}{}", path.replace('&', "%26"))
}

/// The parameters without `jwt`, sorted by their encoded names; the values of a repeated name
/// sorted before encoding and joined by a literal comma, which no encoded value holds.
fn canonical_query(query: &str) -> String {
    let mut parameters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if name != "jwt" {
            parameters.entry(encode(&name)).or_default().push(value.into_owned());
        }
    }
    let mut out = String::new();
    for (name, mut values) in parameters {
        // By UTF-16 units, as Atlassian's Java and JavaScript sort.
        values.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
        let values: Vec<String> = values.iter().map(|value| encode(value)).collect();
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(&name);
        out.push('=');
        out.push_str(&values.join(","));
    }
    out
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jira::token;
    use time::OffsetDateTime;

    #[derive(serde::Deserialize)]
    struct Vectors {
        secret: String,
        tests: Vec<Vector>,
    }

    #[derive(serde::Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Vector {
        name: String,
        canonical_url: String,
        signed_url: String,
    }

    /// The parts of a URL as they stand on the wire: `Url` and `Uri` would refuse or mend some.
    fn parts(url: &str) -> (&str, &str) {
        let rest = url.strip_prefix("https://example.com").expect("every vector is on example.com");
        rest.split_once('?').expect("every vector has a query")
    }

    #[test]
    fn agrees_with_atlassian_on_all_vectors() {
        let vectors: Vectors =
            serde_json::from_str(include_str!("../../tests/vectors/jwt-signed-urls.json")).unwrap();
        assert_eq!(vectors.tests.len(), 78);
        // All were issued at 1466731075 and live for 180 s.
        let now = OffsetDateTime::from_unix_timestamp(1_466_731_100).unwrap();
        for vector in vectors.tests {
            let (path, query) = parts(&vector.signed_url);
            assert_eq!(canonical("get", path, Some(query)), vector.canonical_url, "{}", vector.name);
            let jwt = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "jwt").unwrap().1;
            let qsh = hash("GET", path, Some(query));
            let claims = token::url_bound(&jwt, vectors.secret.as_bytes(), &qsh, now);
            assert_eq!(claims.expect(&vector.name).iss, "jira:1234-5678-9000", "{}", vector.name);
        }
    }

    #[test]
    fn settles_what_the_vectors_leave_open() {
        let cases = [
            ("get", "", None, "GET&/&"),
            ("get", "/", None, "GET&/&"),
            ("get", "//", None, "GET&/&"),
            ("post", "/connect/installed", None, "POST&/connect/installed&"),
            ("post", "/connect/installed/", Some(""), "POST&/connect/installed&"),
            ("get", "/a", Some("a&b=foo&c"), "GET&/a&a=&b=foo&c="),
            ("get", "/a", Some("jwt=x"), "GET&/a&"),
            ("get", "/a", Some("jwt=x&jwt=y&b=1"), "GET&/a&b=1"),
            ("get", "/a", Some("JWT=x"), "GET&/a&JWT=x"),
            ("get", "/a", Some("r=p 1&r=p 2&r=P 2"), "GET&/a&r=P%202,p%201,p%202"),
            // Values are sorted before they are encoded, by UTF-16 units.
            ("get", "/a", Some("r=%3A&r=1"), "GET&/a&r=1,%3A"),
            ("get", "/a", Some("r=%F0%9F%98%80&r=%EF%BF%BD"), "GET&/a&r=%F0%9F%98%80,%EF%BF%BD"),
            // A separator inside the path must not become one of the canonical form.
            ("get", "/project&a=b", Some("x=y"), "GET&/project%26a=b&x=y"),
            ("get", "/project", Some("a=b&x=y"), "GET&/project&a=b&x=y"),
        ];
        for (method, path, query, expected) in cases {
            assert_eq!(canonical(method, path, query), expected, "{method} {path} {query:?}");
        }
    }

    #[test]
    fn cuts_a_base_path_at_a_segment_only() {
        for (path, base, expected) in [
            ("/wiki/rest", "/wiki", "/rest"),
            ("/wiki/rest", "/wiki/", "/rest"),
            ("/wiki", "/wiki", ""),
            ("/wikipedia", "/wiki", "/wikipedia"),
            ("/rest", "", "/rest"),
            ("/rest", "/", "/rest"),
        ] {
            assert_eq!(below(path, base), expected, "{path} below {base}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_keeps_three_parts(path in ".{0,40}", query in ".{0,60}") {
            let canonical = canonical("GET", &path, Some(&query));
            let parts: Vec<&str> = canonical.splitn(3, '&').collect();
            proptest::prop_assert_eq!(parts.len(), 3);
            proptest::prop_assert!(parts[1].starts_with('/'));
        }
    }
}
