//! The language menu: what is chosen is kept in a cookie, and the page shown again.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::frame;
use super::views::Notice;
use crate::error::AppError;
use crate::i18n::Lang;
use crate::sites::{CurrentSite, SiteId};
use crate::web::cookies::SetCookies;
use crate::web::forms::Form;
use crate::web::visitor::Visitor;

/// The longest path that is come back to, in bytes.
const LONGEST_PATH: usize = 512;

/// What the menu sends.
#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    lang: String,
    /// The path of the page it stands on.
    #[serde(default)]
    back: String,
}

/// `POST /sites/{site}/language`: this browser reads another language from now on.
pub async fn submit(
    CurrentSite(site): CurrentSite,
    visitor: Visitor,
    Form(chosen): Form<Chosen>,
) -> Result<Response, AppError> {
    let lang = Lang::from_tag(&chosen.lang).ok_or(AppError::Malformed)?;
    let answer = match way_back(site.id, &chosen.back) {
        Some(path) => Redirect::to(&path).into_response(),
        None => frame::notice(&Visitor { lang, ..visitor }, &site, StatusCode::OK, Notice::LanguageChosen),
    };
    Ok((SetCookies::new().language(lang), answer).into_response())
}

/// The page of this very site that a browser at `path` can GET: a form's address below a sign-in leads
/// to the sign-in's own. None where there is none, and for anything that is no plain path of ours.
fn way_back(site: SiteId, path: &str) -> Option<String> {
    let rest = path.strip_prefix(&format!("/sites/{site}/"))?;
    let plain = |segment: &str| {
        !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let segments: Vec<_> = rest.split('/').collect();
    if path.len() > LONGEST_PATH || !segments.iter().all(|segment| plain(segment)) {
        return None;
    }
    match segments[..] {
        ["saml" | "admin" | "language", ..] => None,
        ["signin", id, ..] => Some(format!("/sites/{site}/signin/{id}")),
        _ => Some(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_to_a_page_of_this_site_or_nowhere() {
        let site = SiteId(uuid::Uuid::from_u128(7));
        let ours = format!("/sites/{site}");
        for (path, expected) in [
            ("/signin/5d0c", Some("/signin/5d0c")),
            ("/signin/5d0c/password", Some("/signin/5d0c")),
            ("/signin/5d0c/factors/totp", Some("/signin/5d0c")),
            ("/signout", Some("/signout")),
            ("/reset/Zm9v_-YmFy", Some("/reset/Zm9v_-YmFy")),
            ("/signin", Some("/signin")),
            ("/signin/", None),
            ("/saml/sso", None),
            ("/admin/setup", None),
            ("/language", None),
            ("", None),
            ("/", None),
            ("//evil.example", None),
            ("/../other/signout", None),
            ("/signin/../../language", None),
            ("/signin/%2e%2e/x", None),
            ("/signin\\evil", None),
            ("/signout?a=b", None),
            ("/signout#a", None),
            ("/signout\r\nSet-Cookie: a=b", None),
            ("/sign out", None),
            ("/привет", None),
        ] {
            let expected = expected.map(|path| format!("{ours}{path}"));
            assert_eq!(way_back(site, &format!("{ours}{path}")), expected, "{path}");
        }
        let other = SiteId(uuid::Uuid::from_u128(8));
        for path in [
            String::new(),
            "signout".into(),
            "/signout".into(),
            "https://evil.example/".into(),
            "//evil.example/".into(),
            format!("//evil.example{ours}/signout"),
            format!("https://evil.example{ours}/signout"),
            format!(" {ours}/signout"),
            format!("/sites/{other}/signout"),
            format!("{}/signout", ours.to_uppercase()),
            format!("{ours}/{}", "a".repeat(LONGEST_PATH)),
        ] {
            assert_eq!(way_back(site, &path), None, "{path}");
        }
    }
}
