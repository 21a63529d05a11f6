//! A form is posted from our own pages or not at all (S2; OWASP CSRF cheat sheet, fetch metadata).
//!
//! By hand, because tower-http's layer compares `Origin` with the `Host` a client sends, and lets a
//! request through that has neither header. Here the configured base URL decides, and a request
//! that does not say where it comes from is refused: every browser since 2020 sends one of the two
//! with a POST, and programs have no business with these forms. Endpoints that other origins post
//! to by design (SAML's POST binding, Jira's lifecycle calls) stay outside [`guard`].

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::error::AppError;

/// Refuses requests that change something (all but GET, HEAD and OPTIONS) and come from elsewhere:
/// 403 with a plain page. Panics at start on a router without routes (axum, `route_layer`).
pub fn guard(router: Router<App>, app: &App) -> Router<App> {
    router.route_layer(from_fn_with_state(app.clone(), guard_one))
}

async fn guard_one(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if safe || from_our_pages(request.headers(), app.config.base_url.as_str()) {
        next.run(request).await
    } else {
        AppError::CrossSite.into_response()
    }
}

/// As [`guard`], for forms that carry a secret of their own, which whoever forges one would have to know:
/// refuses what says that it comes from elsewhere. Their page sends no referrer, under which browsers
/// send `Origin: null`.
pub fn guard_secret(router: Router<App>, app: &App) -> Router<App> {
    router.route_layer(from_fn_with_state(app.clone(), guard_one_secret))
}

async fn guard_one_secret(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if safe || may_be_ours(request.headers(), app.config.base_url.as_str()) {
        next.run(request).await
    } else {
        AppError::CrossSite.into_response()
    }
}

/// Whether the browser says that the request is ours, or says `null` of where it comes from and nothing
/// more.
pub fn may_be_ours(headers: &HeaderMap, ours: &str) -> bool {
    let mut origins = headers.get_all("origin").iter();
    let null = matches!((origins.next(), origins.next()), (Some(origin), None) if origin == "null");
    from_our_pages(headers, ours) || (null && !headers.contains_key("sec-fetch-site"))
}

/// Whether the browser says that the request was made by a page of the origin `ours`, or by its
/// user directly. `Sec-Fetch-Site` decides where it is sent (no page can forge it); without it
/// `Origin` must be exactly ours; with neither, no.
pub fn from_our_pages(headers: &HeaderMap, ours: &str) -> bool {
    let mut sites = headers.get_all("sec-fetch-site").iter();
    match (sites.next(), sites.next()) {
        (Some(site), None) => site == "same-origin" || site == "none",
        (Some(_), Some(_)) => false,
        (None, _) => {
            let mut origins = headers.get_all("origin").iter();
            matches!((origins.next(), origins.next()), (Some(origin), None) if origin == ours)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_may_post() {
        type Case = (&'static [(&'static str, &'static str)], bool, &'static str);
        const CASES: &[Case] = &[
            (&[("sec-fetch-site", "same-origin")], true, "our form"),
            (&[("sec-fetch-site", "none")], true, "the user's own doing: reload, address bar"),
            (&[("sec-fetch-site", "same-origin"), ("origin", "null")], true, "a privacy extension"),
            (&[("sec-fetch-site", "same-site")], false, "a sibling domain"),
            (&[("sec-fetch-site", "cross-site")], false, "a stranger"),
            (&[("sec-fetch-site", "cross-site"), ("origin", "https://v.test")], false, "contradiction"),
            (&[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "none")], false, "sent twice"),
            (&[("sec-fetch-site", "")], false, "empty"),
            (&[("sec-fetch-site", "Same-Origin")], false, "not the browsers' spelling"),
            (&[("origin", "https://v.test")], true, "an old browser on our page"),
            (&[("origin", "https://v.test:443")], false, "browsers leave the default port out"),
            (&[("origin", "http://v.test")], false, "plain http"),
            (&[("origin", "https://v.test.evil.test")], false, "a prefix of another"),
            (&[("origin", "null")], false, "a sandbox"),
            (&[("origin", "https://v.test"), ("origin", "https://v.test")], false, "sent twice"),
            (&[("host", "v.test")], false, "neither: says nothing of itself"),
            (&[("referer", "https://v.test/")], false, "a referrer is no origin"),
        ];
        for (given, expected, why) in CASES {
            let mut headers = HeaderMap::new();
            for (name, value) in *given {
                headers.append(*name, value.parse().unwrap());
            }
            assert_eq!(from_our_pages(&headers, "https://v.test"), *expected, "{why}");
            // With a secret in the form, and nothing else to go by, a page without a referrer may be ours.
            assert_eq!(may_be_ours(&headers, "https://v.test"), *expected || *why == "a sandbox", "{why}");
        }
    }
}
