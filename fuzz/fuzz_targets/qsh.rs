//! Any path and query (split at the first `?`) through the canonical request: three parts, a path
//! that starts with a slash, and a query of which only unreserved characters, `%`, `=`, `,` and `&`
//! are left.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vestibule::jira::qsh;

fuzz_target!(|url: &str| {
    let (path, query) = match url.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (url, None),
    };
    let canonical = qsh::canonical("GET", path, query);
    let parts: Vec<&str> = canonical.splitn(3, '&').collect();
    assert_eq!((parts.len(), parts[0]), (3, "GET"));
    assert!(parts[1].starts_with('/'));
    assert!(parts[2].bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%=,&".contains(&b)));
    assert_eq!(qsh::hash("GET", path, query).len(), 64);
});
