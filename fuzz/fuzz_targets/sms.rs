//! Any text as a phone number, as `Retry-After`, as a message in a JSON and in a form template: numbers
//! are E.164, waits bounded, and the message comes out of the body as it went in.
#![no_main]

use libfuzzer_sys::fuzz_target;
use time::OffsetDateTime;
use vestibule::factors::sms::template::{ContentType, Template};
use vestibule::factors::sms::{Message, PhoneNumber, gateway, text};

fuzz_target!(|typed: &str| {
    if let Ok(number) = PhoneNumber::parse(typed) {
        let digits = number.digits();
        assert!((8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!(PhoneNumber::parse(number.as_str()), Ok(number.clone()));
        assert!(!number.masked().is_empty());
    }
    assert!(gateway::wait(typed, OffsetDateTime::UNIX_EPOCH).is_none_or(|wait| wait <= gateway::MOST_WAIT));
    assert!(text::length(typed).segments >= 1);
    let to = PhoneNumber::parse("+4915112345642").expect("a number");
    let message = Message { to: &to, text: typed, id: "1" };
    let json = Template::parse(r#"{"to":"{to}","text":"{text}"}"#, ContentType::Json).expect("a template");
    let filled: serde_json::Value = serde_json::from_str(&json.fill(&message, "")).expect("JSON");
    assert_eq!(filled["text"], typed);
    let form = Template::parse("to={to}&text={text}", ContentType::Form).expect("a template");
    let filled = form.fill(&message, "");
    let fields: Vec<(String, String)> = form_urlencoded::parse(filled.as_bytes()).into_owned().collect();
    assert_eq!((fields.len(), fields[1].1.as_str()), (2, typed));
    let _ = Template::parse(typed, ContentType::Json);
    let _ = Template::parse(typed, ContentType::Form);
});
