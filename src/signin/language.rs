//! The language menu: what is chosen is kept in a cookie, and the page shown again.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::views::Notice;
use super::{SignInId, frame, here, session, store};
use crate::app::App;
use crate::customers::{self, CustomerId};
use crate::error::AppError;
use crate::i18n::Lang;
use crate::sites::{CurrentSite, SiteId};
use crate::web::cookies::{self, SetCookies};
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

/// `POST /sites/{site}/language`: this browser reads another language from now on, and so does the
/// customer who is known to it, with any browser.
pub async fn submit(
    State(app): State<App>,
    CurrentSite(site): CurrentSite,
    visitor: Visitor,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Result<Response, AppError> {
    let lang = Lang::from_tag(&chosen.lang).ok_or(AppError::Malformed)?;
    let back = way_back(site.id, &chosen.back);
    if let Some(customer) = reader(&app, site.id, &headers, back.as_deref()).await? {
        customers::store::set_language(&mut *app.db.acquire().await?, site.id, customer, lang).await?;
    }
    let answer = match back {
        Some(path) => Redirect::to(&path).into_response(),
        None => frame::notice(&Visitor { lang, ..visitor }, &site, StatusCode::OK, Notice::LanguageChosen),
    };
    Ok((SetCookies::new().language(lang), answer).into_response())
}

/// Who reads the page at `back`: the customer of a sign-in under way in this browser that is past its
/// password, or of its session.
async fn reader(
    app: &App,
    site: SiteId,
    headers: &HeaderMap,
    back: Option<&str>,
) -> Result<Option<CustomerId>, AppError> {
    let signin = back.and_then(|path| path.strip_prefix(&format!("/sites/{site}/signin/")));
    let (signin, browser) = (signin.and_then(|id| Uuid::try_parse(id).ok()), cookies::browser(headers));
    if let (Some(id), Some(browser)) = (signin, browser) {
        let mut conn = app.db.acquire().await?;
        let found = store::signins::find(&mut conn, site, SignInId(id)).await?;
        let (hash, now) = (session::token_hash(browser), app.clock.now());
        let own = found.filter(|signin| here::dead_end(signin, Some(&hash), now).is_none());
        if let Some(customer) = own.and_then(|signin| signin.customer) {
            return Ok(Some(customer));
        }
    }
    let Some(token) = cookies::session(headers, site.0) else { return Ok(None) };
    let mut conn = app.db.acquire().await?;
    let found = store::sessions::find(&mut conn, site, &session::token_hash(token), app.clock.now()).await?;
    Ok(found.map(|found| found.session.customer.id))
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
        ["account", "factors", _, "replace"] | ["account", "preferred" | "sessions" | "devices"] => {
            Some(format!("/sites/{site}/account"))
        }
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
            ("/account", Some("/account")),
            ("/account/factors/5d0c/remove", Some("/account/factors/5d0c/remove")),
            ("/account/factors/5d0c/replace", Some("/account")),
            ("/account/sessions", Some("/account")),
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
