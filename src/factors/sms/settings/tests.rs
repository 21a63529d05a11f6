//! A gateway from its settings to the request on the wire, and what its answers mean.

use reqwest::StatusCode;
use reqwest::header::RETRY_AFTER;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::super::gateway::{MOST_WAIT, Message, read, wait};
use super::super::{PhoneNumber, Sent};
use super::*;

const JSON: &str = r#"{"messages":[{"to":"{to}","plain":"{digits}","ref":"{id}","content":{"body":"{text}"}}],"n":1,"flash":false}"#;
const FORM: &str = "key=s%26cret&to={to}&msg=Vestibule:+{text}";
/// What tries to leave its place.
const HOSTILE: &str = "1 \"},{\"to\":\"+1\"} &to=+1 {to} {id} %26 \\ \u{2028}\n ü €";

fn gateway(settings: Settings<'_>) -> Result<Gateway, SettingsFault> {
    Gateway::configure("https://sms.example/v1/send?account=7".parse().unwrap(), settings)
}

fn request(settings: Settings<'_>, text: &str) -> (reqwest::Request, String) {
    let to = PhoneNumber::parse("+4915112345642").unwrap();
    let request = gateway(settings).unwrap().request(&Message { to: &to, text, id: "m-1" });
    let body = request.body().map(|body| String::from_utf8(body.as_bytes().unwrap().to_vec()).unwrap());
    (request, body.unwrap_or_default())
}

fn header<'a>(request: &'a reqwest::Request, name: &str) -> Option<&'a str> {
    request.headers().get(name).map(|value| value.to_str().unwrap())
}

#[test]
fn json_is_filled_and_stays_json() {
    let headers = r#"{"Authorization":"Bearer s3cret","X-Tenant":"a"}"#;
    for text in ["123456 is your code.", HOSTILE, "", "{text}"] {
        let (request, body) = request(Settings { headers, body: JSON, ..Settings::default() }, text);
        let value: Value = serde_json::from_str(&body).unwrap();
        let message = json!({
            "to": "+4915112345642", "plain": "4915112345642", "ref": "m-1", "content": {"body": text},
        });
        assert_eq!(value, json!({"messages": [message], "n": 1, "flash": false}));
        assert_eq!(request.method(), "POST");
        assert_eq!(header(&request, "content-type"), Some("application/json"));
        assert_eq!(header(&request, "authorization"), Some("Bearer s3cret"));
        assert!(request.headers()["authorization"].is_sensitive());
    }
}

#[test]
fn a_form_is_filled_and_stays_a_form() {
    for text in ["123456 is your code.", HOSTILE] {
        let (request, body) = request(Settings { body: FORM, method: "PUT", ..Settings::default() }, text);
        let fields: Vec<(String, String)> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
        let wanted = [
            ("key", "s&cret".to_owned()),
            ("to", "+4915112345642".into()),
            ("msg", format!("Vestibule: {text}")),
        ];
        assert_eq!(fields, wanted.map(|(name, value)| (name.to_owned(), value)));
        assert_eq!(request.method(), "PUT");
        assert_eq!(header(&request, "content-type"), Some("application/x-www-form-urlencoded"));
    }
}

#[test]
fn get_carries_the_fields_in_the_address() {
    let settings = Settings {
        body: "to={digits}&from={from}&text={text}",
        method: "GET",
        from: "Acme & Co",
        ..Settings::default()
    };
    let (request, body) = request(settings, "a&b");
    assert_eq!(body, "");
    assert_eq!(
        request.url().as_str(),
        "https://sms.example/v1/send?account=7&to=4915112345642&from=Acme+%26+Co&text=a%26b"
    );
    assert_eq!(header(&request, "content-type"), None);
}

#[test]
fn headers_by_the_line() {
    let headers = "Authorization: Basic dTpw\n\n  Content-Type: application/vnd.acme+json; charset=utf-8 \n";
    let (request, _) = request(Settings { headers, body: JSON, ..Settings::default() }, "x");
    assert_eq!(header(&request, "authorization"), Some("Basic dTpw"));
    assert_eq!(header(&request, "content-type"), Some("application/vnd.acme+json; charset=utf-8"));
}

#[test]
fn settings_that_cannot_be_used() {
    let body = |body: &'static str| Settings { body, ..Settings::default() };
    let headers = |headers: &'static str| Settings { headers, body: FORM, ..Settings::default() };
    let long: &'static str =
        Box::leak(format!("to={{to}}&text={{text}}{}", "x".repeat(5000)).into_boxed_str());
    let cases = [
        (body(""), "is missing"),
        (body("{\"to\": {to}, \"text\": \"{text}\"}"), "is not JSON (column 9)"),
        (body("{\"{to}\": \"{text}\", \"x\": \"{to}\"}"), "in a JSON object's key"),
        (body("{\"to\": \"{to}\"}"), "must hold {text}"),
        (body("{\"text\": \"{text}\"}"), "must hold {text}, and {to} or {digits}"),
        (body("{\"to\": \"{phone}\", \"text\": \"{text}\"}"), "has {phone}, which is no placeholder"),
        (body("to={to}&x{text}=1&text={text}"), "in a form field's name"),
        (body("to={to}&text={message}"), "has {message}"),
        (body("<sms to='{to}'>{text}</sms>"), "is neither JSON nor a form"),
        (body(long), "is longer than 4096 bytes"),
        (headers("Content-Type: text/xml"), "no escaping is defined"),
        (headers("Content-Type: application/json"), "is not JSON"),
        (headers("Authorization s3cret"), "line 1 has no colon"),
        (headers("{\"Authorization\": 1}"), "is no JSON object of texts"),
        (headers("{\"Authorization\": \"s3cret\""), "is no JSON object of texts"),
        (headers("X Y: s3cret"), "number 1 has a name"),
        (headers("X-Key: s3crét\u{1}"), "a value for x-key"),
        (headers("X-Key: s3cret\nx-key: s3cret"), "has x-key twice"),
        (headers("Host: s3cret"), "has host, which is set by itself"),
        (headers("Transfer-Encoding: chunked"), "set by itself"),
        (Settings { method: "DELETE", ..body(FORM) }, "must be POST, PUT or GET"),
        (Settings { method: "GET", ..body(JSON) }, "is GET, which sends the body's fields"),
        (body("to={to}&from={from}&text={text}"), "is missing, but VESTIBULE_SMS_BODY has {from}"),
        (Settings { from: "a name much too long", ..body(FORM) }, "of up to 16 bytes"),
    ];
    for (settings, says) in cases {
        let fault = gateway(settings).unwrap_err();
        let (SettingsFault::Url(advice)
        | SettingsFault::Headers(advice)
        | SettingsFault::Body(advice)
        | SettingsFault::Method(advice)
        | SettingsFault::From(advice)) = &fault;
        assert!(advice.contains(says), "{says}: {fault:?}");
        assert!(!advice.contains("s3cr"), "{fault:?}");
    }
    for url in ["https://user@sms.example/", "https://u:p@sms.example/", "https://sms.example/#x"] {
        let fault = Gateway::configure(url.parse().unwrap(), body(FORM)).unwrap_err();
        assert!(matches!(fault, SettingsFault::Url(_)), "{url}");
    }
}

#[test]
fn debug_tells_the_host_alone() {
    let settings = Settings { headers: "X-Key: s3cret", body: FORM, ..Settings::default() };
    let shown = format!("{:?}", gateway(settings).unwrap());
    assert!(shown.contains("sms.example"), "{shown}");
    assert!(!shown.contains("s3cret") && !shown.contains("account") && !shown.contains("msg"), "{shown}");
}

#[test]
fn what_statuses_mean() {
    let now = time::macros::datetime!(2026-11-23 12:00 UTC);
    let later = |status: u16, after: Option<u64>| Sent::Later { status: Some(status), after };
    for (status, retry_after, sent) in [
        (200, None, Sent::Taken),
        (202, Some("60"), Sent::Taken),
        (301, None, Sent::Refused(301)),
        (302, Some("60"), Sent::Refused(302)),
        (400, None, Sent::Refused(400)),
        (401, Some("60"), Sent::Refused(401)),
        (404, None, Sent::Refused(404)),
        (408, None, later(408, None)),
        (425, None, later(425, None)),
        (429, Some("60"), later(429, Some(60))),
        (500, None, later(500, None)),
        (503, Some("Mon, 23 Nov 2026 12:01:30 GMT"), later(503, Some(90))),
        (599, Some("soon"), later(599, None)),
    ] {
        let mut headers = HeaderMap::new();
        if let Some(text) = retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from_static(text));
        }
        assert_eq!(read(StatusCode::from_u16(status).unwrap(), &headers, now), sent, "{status}");
    }
}

#[test]
fn retry_after_is_bounded() {
    let now: OffsetDateTime = time::macros::datetime!(2026-11-23 12:00 UTC);
    for (text, seconds) in [
        ("0", Some(0)),
        (" 30 ", Some(30)),
        ("86400", Some(MOST_WAIT)),
        ("99999999999999999999999", Some(MOST_WAIT)),
        ("Mon, 23 Nov 2026 11:59:00 GMT", Some(0)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", Some(MOST_WAIT)),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("tomorrow", None),
        ("2026-11-23T12:01:00Z", None),
    ] {
        assert_eq!(wait(text, now), seconds, "{text}");
    }
}
