//! `__Host-` cookies (S2): Secure, HttpOnly, SameSite=Lax, Path=/, so that no sibling domain can
//! set or overwrite them (RFC 6265bis 4.1.3.2). Their values are 256-bit tokens
//! (`Random::token`), two of them, or a language's tag. Browsers take Secure cookies from `http://localhost` too
//! (Safari does not).

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponseParts, ResponseParts};
use std::convert::Infallible;
use uuid::Uuid;

use crate::i18n::Lang;

/// Ties a sign-in to the browser that began it; ends with the browser.
pub const BROWSER: &str = "__Host-vestibule-browser";
/// The language chosen on a page.
pub const LANGUAGE: &str = "__Host-vestibule-lang";

/// Pairs that are looked at; browsers keep at most 180 a host.
const MOST_PAIRS: usize = 256;
/// A token's length: 256 bits in base64url without padding.
const TOKEN_LEN: usize = 43;
/// The 400 days that browsers allow at most (RFC 6265bis 5.5).
const LONGEST: &str = "; Max-Age=34560000";

/// The name of a site's session cookie: one session a site, none knows of the others.
pub fn session_name(site: Uuid) -> String {
    format!("__Host-vestibule-{}", site.simple())
}

/// The name of a site's cookie of a remembered device.
pub fn device_name(site: Uuid) -> String {
    format!("__Host-vestibule-device-{}", site.simple())
}

/// The browser's binding, if it sent a well-formed one.
pub fn browser(headers: &HeaderMap) -> Option<&str> {
    read(headers, BROWSER)
}

/// The browser's session at a site, if it sent a well-formed one.
pub fn session(headers: &HeaderMap, site: Uuid) -> Option<&str> {
    read(headers, &session_name(site))
}

/// The two halves of a remembered device's cookie: its series and its token.
pub fn device(headers: &HeaderMap, site: Uuid) -> Option<(&str, &str)> {
    let (series, token) = value(headers, &device_name(site))?.split_once('.')?;
    (is_token(series) && is_token(token)).then_some((series, token))
}

/// The language chosen here before, if the browser sent one of ours.
pub fn language(headers: &HeaderMap) -> Option<Lang> {
    value(headers, LANGUAGE).and_then(Lang::from_tag)
}

/// The token under `name`; none when it is not a well-formed one. See [`value`].
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    value(headers, name).filter(|value| is_token(value))
}

/// The value under `name`. Absent, or sent twice with different values: none. Whatever else stands in
/// the headers is passed over.
fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).take(MOST_PAIRS);
    let mut values = pairs.filter_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    });
    let first = values.next()?;
    values.all(|other| other == first).then_some(first)
}

fn is_token(value: &str) -> bool {
    value.len() == TOKEN_LEN && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// `Set-Cookie` headers to send along: put it into the tuple an answer is made of.
#[derive(Clone, Debug, Default)]
pub struct SetCookies(Vec<HeaderValue>);

impl SetCookies {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Binds the browser, for as long as it allows: one that a customer has signed in with before is
    /// not held up by strangers' failures.
    pub fn browser(self, token: &str) -> Self {
        self.put(BROWSER, token, LONGEST)
    }

    /// Keeps the language chosen, for as long as the browser allows.
    pub fn language(self, lang: Lang) -> Self {
        self.line(LANGUAGE, lang.tag(), LONGEST)
    }

    /// Keeps a site's session; the server decides when it ends, the browser when it is closed.
    pub fn session(self, site: Uuid, token: &str) -> Self {
        self.put(&session_name(site), token, "")
    }

    /// Forgets a site's session.
    pub fn clear_session(self, site: Uuid) -> Self {
        self.drop(&session_name(site))
    }

    /// Remembers the device at a site, for at most so long.
    pub fn device(self, site: Uuid, series: &str, token: &str, life: time::Duration) -> Self {
        assert!(is_token(series) && is_token(token), "both halves are of `Random::token`");
        let life = format!("; Max-Age={}", life.whole_seconds().max(0));
        self.line(&device_name(site), &format!("{series}.{token}"), &life)
    }

    /// Forgets that the device was remembered.
    pub fn clear_device(self, site: Uuid) -> Self {
        self.drop(&device_name(site))
    }

    fn put(self, name: &str, token: &str, life: &str) -> Self {
        assert!(is_token(token), "cookies hold tokens of `Random::token`, nothing else");
        self.line(name, token, life)
    }

    fn drop(self, name: &str) -> Self {
        self.line(name, "", "; Max-Age=0")
    }

    fn line(mut self, name: &str, value: &str, life: &str) -> Self {
        let line = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{life}");
        self.0.push(HeaderValue::try_from(line).expect("names, tokens and tags are plain ASCII"));
        self
    }
}

impl IntoResponseParts for SetCookies {
    type Error = Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        for line in self.0 {
            parts.headers_mut().append(SET_COOKIE, line);
        }
        Ok(parts)
    }
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;
    use crate::random::Random;

    #[test]
    fn reading_tolerates_whatever_browsers_send() {
        let token = Random::seeded(1).token();
        let other = Random::seeded(2).token();
        let ours = format!("{BROWSER}={token}");
        let long = format!("{}{ours}", "a=b;".repeat(300));
        let cases: &[(&[&str], bool, &str)] = &[
            (&[&ours], true, "alone"),
            (&[&format!("a=b; {ours}; c=d")], true, "among others"),
            (&[&format!(";;=;a;{ours};")], true, "among rubbish"),
            (&["a=b", &ours], true, "in a second header (HTTP/2)"),
            (&[&format!("{ours}; {ours}")], true, "twice the same"),
            (&[&format!("{ours}; {BROWSER}={other}")], false, "twice, different"),
            (&[&format!("{BROWSER}={other}x")], false, "too long"),
            (&[&format!("{BROWSER}={}", &token[1..])], false, "too short"),
            (&[&format!("{BROWSER}=\"{}\"", &token[2..])], false, "quoted"),
            (&[&format!("x{ours}")], false, "another name"),
            (&[&ours.to_lowercase()], false, "names are case-sensitive"),
            (&[&format!("vestibule-browser={token}")], false, "without the prefix"),
            (&[BROWSER], false, "no value"),
            (&[&long], false, "beyond the bound"),
            (&[], false, "none"),
        ];
        for (lines, found, why) in cases {
            let mut headers = HeaderMap::new();
            for line in *lines {
                headers.append(COOKIE, line.parse().unwrap());
            }
            assert_eq!(browser(&headers), found.then_some(token.as_str()), "{why}");
        }
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_bytes(b"\xff=\xfe").unwrap());
        headers.append(COOKIE, ours.parse().unwrap());
        assert_eq!(browser(&headers), Some(token.as_str()), "a line that is not ASCII is passed over");
    }

    #[test]
    fn a_language_is_one_of_ours() {
        for (value, expected) in [
            ("pt-BR", Some(Lang::PortugueseBrazil)),
            ("pt-br", None),
            ("de-AT", None),
            ("xx", None),
            ("", None),
            ("de\"", None),
            ("de; __Host-vestibule-lang=fr", None),
            ("de; __Host-vestibule-lang=de", Some(Lang::German)),
        ] {
            let mut headers = HeaderMap::new();
            headers.append(COOKIE, format!("{LANGUAGE}={value}").parse().unwrap());
            assert_eq!(language(&headers), expected, "{value}");
        }
        let response = (SetCookies::new().language(Lang::ChineseSimplified), "x").into_response();
        let expected = format!("{LANGUAGE}=zh-Hans; Path=/; Secure; HttpOnly; SameSite=Lax{LONGEST}");
        assert_eq!(response.headers()[SET_COOKIE], expected.as_str());
    }

    #[test]
    fn a_remembered_device_has_two_halves() {
        let random = Random::seeded(5);
        let (site, series, token) = (random.uuid(), random.token(), random.token());
        let read = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.append(COOKIE, format!("{}={value}", device_name(site)).parse().unwrap());
            device(&headers, site).map(|(series, token)| (series.to_owned(), token.to_owned()))
        };
        assert_eq!(read(&format!("{series}.{token}")), Some((series.clone(), token.clone())));
        for value in [
            "",
            ".",
            &series,
            &format!("{series}."),
            &format!("{series}.{token}.{token}"),
            &format!(".{token}"),
        ] {
            assert_eq!(read(value), None, "{value}");
        }
        let response =
            (SetCookies::new().device(site, &series, &token, time::Duration::days(30)), "x").into_response();
        let line = response.headers()[SET_COOKIE].to_str().unwrap();
        assert!(
            line.ends_with("SameSite=Lax; Max-Age=2592000") && line.contains(&format!("={series}.{token};"))
        );
    }

    #[test]
    fn several_cookies_leave_in_one_answer() {
        let random = Random::seeded(3);
        let (site, token) = (random.uuid(), random.token());
        let response = (SetCookies::new().browser(&token).session(site, &token).clear_session(site), "x")
            .into_response();
        let lines: Vec<&str> =
            response.headers().get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap()).collect();
        let attributes = "Path=/; Secure; HttpOnly; SameSite=Lax";
        assert_eq!(lines[0], format!("__Host-vestibule-browser={token}; {attributes}; Max-Age=34560000"));
        assert_eq!(lines[1], format!("__Host-vestibule-{}={token}; {attributes}", site.simple()));
        assert_eq!(lines[2], format!("__Host-vestibule-{}=; {attributes}; Max-Age=0", site.simple()));
    }

    #[test]
    fn sessions_are_kept_by_site() {
        let random = Random::seeded(4);
        let (site, token) = (random.uuid(), random.token());
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, format!("{}={token}", session_name(site)).parse().unwrap());
        assert_eq!(session(&headers, site), Some(token.as_str()));
        assert_eq!(session(&headers, random.uuid()), None);
    }
}
