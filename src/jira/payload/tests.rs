use serde_json::{Value, json};

use super::*;

fn own() -> BaseUrl {
    BaseUrl::parse("https://vestibule.example").unwrap()
}

/// A good body with `changes` laid over (null takes a field away).
fn body(changes: Value) -> Vec<u8> {
    let mut body = json!({
        "key": "vestibule", "clientKey": "client-1", "sharedSecret": "s".repeat(36),
        "accountId": "x", "baseUrl": "https://acme.atlassian.net", "displayUrl": "https://help.acme.example",
        "displayUrlServicedeskHelpCenter": "https://help.acme.example", "productType": "jira",
        "description": "Acme", "serviceEntitlementNumber": "SEN-1", "eventType": "installed",
        "publicKey": "MIGf", "serverVersion": "100", "pluginsVersion": "1.0", "novelty": {"a": [1]},
    });
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            body.as_object_mut().unwrap().remove(name);
        } else {
            body[name] = value.clone();
        }
    }
    body.to_string().into_bytes()
}

fn read(body: &[u8], own: &BaseUrl) -> Result<Installation, Malformed> {
    installation(body, "vestibule", own, OffsetDateTime::UNIX_EPOCH)
}

#[test]
fn reads_what_atlassian_sends_with_fields_unknown_to_us() {
    let install = read(&body(json!({})), &own()).unwrap();
    assert_eq!(install.client_key, "client-1");
    assert_eq!(install.base_url, "https://acme.atlassian.net");
    assert_eq!(install.display_url, "https://help.acme.example");
    assert_eq!(install.product_type, "jira");
    assert_eq!(install.shared_secret.len(), 36);
}

#[test]
fn fields_that_may_be_absent_have_defaults() {
    let absent = json!({"displayUrl": null, "productType": null, "key": null});
    let install = read(&body(absent), &own()).unwrap();
    assert_eq!(install.display_url, "https://acme.atlassian.net");
    assert_eq!(install.product_type, "jira");
    assert_eq!(read(&body(json!({"displayUrl": ""})), &own()).unwrap().display_url, install.base_url);
}

#[test]
fn refuses_fields_out_of_bounds() {
    for (changes, field) in [
        (json!({"key": "another"}), "key"),
        (json!({"clientKey": null}), "clientKey"),
        (json!({"clientKey": ""}), "clientKey"),
        (json!({"clientKey": "a b"}), "clientKey"),
        (json!({"clientKey": "a\u{0}"}), "clientKey"),
        (json!({"clientKey": "x".repeat(256)}), "clientKey"),
        (json!({"clientKey": 7}), "clientKey"),
        (json!({"sharedSecret": null}), "sharedSecret"),
        (json!({"sharedSecret": ""}), "sharedSecret"),
        (json!({"sharedSecret": "s".repeat(31)}), "sharedSecret"),
        (json!({"sharedSecret": "s".repeat(4097)}), "sharedSecret"),
        (json!({"baseUrl": null}), "baseUrl"),
        (json!({"displayUrl": "javascript:alert(1)"}), "displayUrl"),
        (json!({"displayUrl": "https://a.example; script-src *"}), "displayUrl"),
        (json!({"productType": "a b"}), "productType"),
        (json!({"productType": "x".repeat(65)}), "productType"),
    ] {
        let refused = read(&body(changes.clone()), &own()).err().expect("refused");
        assert!(refused.0.contains(field), "{changes}: {}", refused.0);
    }
    for bytes in [&b""[..], b"{", b"[]", b"null", b"\xff", b"{\"clientKey\":\"a\",\"clientKey\":\"b\"}"] {
        assert!(read(bytes, &own()).is_err(), "{bytes:?}");
    }
}

#[test]
fn addresses_are_public_https_ones() {
    for (text, expected) in [
        ("https://acme.atlassian.net", Some("https://acme.atlassian.net")),
        ("https://acme.atlassian.net/", Some("https://acme.atlassian.net")),
        ("https://ACME.atlassian.net:443/wiki/", Some("https://acme.atlassian.net/wiki")),
        ("http://acme.atlassian.net", None),
        ("https://acme.atlassian.net:8443", None),
        ("https://user@acme.atlassian.net", None),
        ("https://:pass@acme.atlassian.net", None),
        ("https://acme.atlassian.net?x", None),
        ("https://acme.atlassian.net#x", None),
        ("https://10.0.0.1", None),
        ("https://0x7f000001", None),
        ("https://[::1]", None),
        ("https://169.254.169.254", None),
        ("https://localhost", None),
        ("https://jira.localhost", None),
        ("https://intranet", None),
        ("https://.", None),
        ("https://metadata.google.internal", None),
        ("https://metadata.google.internal.", None),
        ("https://printer.local", None),
        ("file:///etc/passwd", None),
        ("acme.atlassian.net", None),
        ("", None),
    ] {
        assert_eq!(address(text, &own()).as_deref(), expected, "{text}");
    }
    assert_eq!(address(&format!("https://a.example/{}", "x".repeat(255)), &own()), None);
}

#[test]
fn loopback_addresses_pass_where_this_deployment_is_on_loopback_itself() {
    let practice = BaseUrl::parse("http://app.localhost:8080").unwrap();
    for (text, expected) in [
        ("http://jira.localhost:8081", Some("http://jira.localhost:8081")),
        ("http://127.0.0.1:8081/", Some("http://127.0.0.1:8081")),
        ("http://acme.atlassian.net", None),
        ("https://10.0.0.1", None),
    ] {
        assert_eq!(address(text, &practice).as_deref(), expected, "{text}");
        if text.starts_with("http://") {
            assert_eq!(address(text, &own()), None, "{text}");
        }
    }
}
