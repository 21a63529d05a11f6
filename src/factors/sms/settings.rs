//! From the operator's words to a [`Gateway`].

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::Gateway;
use super::template::{ContentType, Template};

/// The most headers, and the longest text of them, in bytes.
const MAX_HEADERS: usize = 16;
const MAX_HEADERS_TEXT: usize = 8192;
/// Headers that the HTTP client itself answers for.
const OURS: [&str; 7] =
    ["host", "content-length", "transfer-encoding", "connection", "te", "upgrade", "expect"];
/// The longest sender: a phone number, or a name. Networks take names up to 11 characters.
const MAX_FROM: usize = 16;

const RIGHT_BODY: &str = "right would be what the gateway takes, such as \
                          {\"to\":\"{to}\",\"message\":\"{text}\"} or to={to}&message={text}";

/// The variables' texts. Empty is absent.
#[derive(Clone, Copy, Default)]
pub struct Settings<'a> {
    pub headers: &'a str,
    pub body: &'a str,
    pub method: &'a str,
    pub from: &'a str,
}

/// Which variable is wrong and what would be right, without any part of a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsFault {
    Url(String),
    Headers(String),
    Body(String),
    Method(String),
    From(String),
}

impl Gateway {
    /// Puts a gateway together. Whether `url`'s scheme may be used is the caller's to judge.
    pub fn configure(url: Url, settings: Settings<'_>) -> Result<Self, SettingsFault> {
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            let advice = "must have no user, password or fragment; right would be an Authorization header \
                          in VESTIBULE_SMS_HEADERS";
            return Err(SettingsFault::Url(advice.into()));
        }
        let method = match settings.method {
            "" | "POST" => Method::POST,
            "PUT" => Method::PUT,
            "GET" => Method::GET,
            _ => return Err(SettingsFault::Method("must be POST, PUT or GET".into())),
        };
        let mut headers = headers(settings.headers).map_err(SettingsFault::Headers)?;
        if settings.body.is_empty() {
            return Err(SettingsFault::Body(format!("is missing; {RIGHT_BODY}")));
        }
        let content_type = match headers.get(CONTENT_TYPE).map(|value| value.to_str().unwrap_or_default()) {
            None => ContentType::guessed(settings.body)
                .ok_or_else(|| SettingsFault::Body(format!("is neither JSON nor a form; {RIGHT_BODY}")))?,
            Some(text) => ContentType::named(text).ok_or_else(|| {
                SettingsFault::Headers(
                    "has a Content-Type for whose bodies no escaping is defined; right would be \
                     application/json or application/x-www-form-urlencoded"
                        .into(),
                )
            })?,
        };
        let body = Template::parse(settings.body, content_type).map_err(SettingsFault::Body)?;
        if method == Method::GET {
            if content_type == ContentType::Json {
                let advice = "is GET, which sends the body's fields in the address; right would be POST, or \
                              a body such as to={to}&message={text}";
                return Err(SettingsFault::Method(advice.into()));
            }
            headers.remove(CONTENT_TYPE);
        } else {
            headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static(content_type.as_str()));
        }
        let from = settings.from;
        if from.len() > MAX_FROM || from.chars().any(char::is_control) {
            return Err(SettingsFault::From(format!("must be a number or a name of up to {MAX_FROM} bytes")));
        }
        if from.is_empty() && body.holds("from") {
            return Err(SettingsFault::From("is missing, but VESTIBULE_SMS_BODY has {from}".into()));
        }
        Ok(Self { method, url, headers, body, from: from.into() })
    }
}

/// Headers as a JSON object of strings, or a line each (`Name: value`). The error names headers,
/// never values.
fn headers(text: &str) -> Result<HeaderMap, String> {
    if text.len() > MAX_HEADERS_TEXT {
        return Err(format!("is longer than {MAX_HEADERS_TEXT} bytes"));
    }
    let pairs: Vec<(String, String)> = if text.trim_start().starts_with('{') {
        let object: std::collections::BTreeMap<String, String> =
            serde_json::from_str(text).map_err(|_| {
                "is no JSON object of texts; right would be {\"Authorization\":\"Bearer ...\"}".to_owned()
            })?;
        object.into_iter().collect()
    } else {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate();
        lines
            .map(|(at, line)| {
                let (name, value) = line.split_once(':').ok_or_else(|| {
                    format!("line {} has no colon; right would be Authorization: Bearer ...", at + 1)
                })?;
                Ok((name.trim().to_owned(), value.trim().to_owned()))
            })
            .collect::<Result<_, String>>()?
    };
    if pairs.len() > MAX_HEADERS {
        return Err(format!("has more than {MAX_HEADERS} headers"));
    }
    let mut headers = HeaderMap::new();
    for (at, (name, value)) in pairs.iter().enumerate() {
        let name: HeaderName =
            name.parse().map_err(|_| format!("number {} has a name that no header can have", at + 1))?;
        if OURS.contains(&name.as_str()) {
            return Err(format!("has {name}, which is set by itself"));
        }
        let mut value: HeaderValue = value.parse().map_err(|_| {
            format!("has a value for {name} that no header can have; only visible ASCII fits")
        })?;
        value.set_sensitive(true);
        if headers.insert(&name, value).is_some() {
            return Err(format!("has {name} twice"));
        }
    }
    Ok(headers)
}

#[cfg(test)]
mod tests;
