//! Jira's REST API, called as the app: every call is signed with the site's shared secret and goes
//! to the address the site was installed from (security.md N3), within the client's 10 s.

use axum::http::header::RETRY_AFTER;
use axum::http::{Method, StatusCode};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::{RequestBuilder, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;
use url::Url;

use super::qsh;
use crate::app::App;
use crate::sites::{self, Site};
use crate::web::answer::bounded;

/// How long a token of ours lives, in seconds: as long as Atlassian's own.
const LIFE: i64 = 180;
/// The longest answer worth reading, in bytes: a page of 50 users with their pictures' addresses is
/// about 100 KiB.
const MAX_ANSWER: usize = 2 * 1024 * 1024;
/// The longest wait that Jira may ask for, in seconds.
const MOST_WAIT: u64 = 600;

/// Why Jira gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum RestFault {
    /// Out of reach or at fault, or its answer broke off: worth another try.
    #[error("Jira can't be asked now: {0}")]
    Away(String),
    /// Over its limit (429) or out of service (503). Ask again after so many seconds, if it said so
    /// (`Retry-After`; 600 at most), else after a while that grows.
    #[error("Jira is busy (status {status})")]
    Busy { status: StatusCode, retry_after: Option<u64> },
    /// 401: it does not take our token; the site has a newer secret, or the app is gone there.
    #[error("Jira refuses the app (status 401)")]
    Unauthorized,
    /// 403: it knows the app, which may not see or do this.
    #[error("Jira refuses the app (status 403)")]
    Forbidden,
    /// 404: what was asked for is gone, or hidden from the app.
    #[error("Jira has no such thing (status 404)")]
    Missing,
    /// An answer that is not what its documentation says.
    #[error("Jira's answer is not understood: {0}")]
    Odd(String),
    /// A fault of ours.
    #[error(transparent)]
    Own(#[from] anyhow::Error),
}

impl RestFault {
    /// Whether the same call may succeed later, with nobody changing anything.
    pub fn will_pass(&self) -> bool {
        matches!(self, Self::Away(_) | Self::Busy { .. })
    }
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    iat: i64,
    exp: i64,
    qsh: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PermissionsQuestion<'a> {
    account_id: &'a str,
    global_permissions: [&'a str; 1],
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PermissionsAnswer {
    global_permissions: Vec<String>,
}

/// Whether `account` may administer `site`'s Jira (REST v3, "Get bulk permissions").
pub async fn is_administrator(app: &App, site: &Site, account: &str) -> Result<bool, RestFault> {
    const ADMINISTER: &str = "ADMINISTER";
    let question = PermissionsQuestion { account_id: account, global_permissions: [ADMINISTER] };
    let answer: PermissionsAnswer = post(app, site, "/rest/api/3/permissions/check", &question).await?;
    Ok(answer.global_permissions.iter().any(|permission| permission == ADMINISTER))
}

async fn post<T: DeserializeOwned>(
    app: &App,
    site: &Site,
    path: &str,
    body: &impl Serialize,
) -> Result<T, RestFault> {
    let response = send(app, site, Method::POST, path, |request| request.json(body)).await?;
    read(app, response).await
}

/// Asks for `path`, which begins with `/` and may have a query. `Experimental` methods want a header
/// that says they are known to be: it goes with every call.
pub(super) async fn get<T: DeserializeOwned>(app: &App, site: &Site, path: &str) -> Result<T, RestFault> {
    let experimental = |request: RequestBuilder| request.header("x-experimentalapi", "opt-in");
    read(app, send(app, site, Method::GET, path, experimental).await?).await
}

/// Sends one signed call.
pub(super) async fn send(
    app: &App,
    site: &Site,
    method: Method,
    path: &str,
    fill: impl FnOnce(RequestBuilder) -> RequestBuilder,
) -> Result<Response, RestFault> {
    let url = format!("{}{path}", site.base_url.trim_end_matches('/'));
    let token = own_token(app, site, method.as_str(), &url).await?;
    let request = app.http.request(method, url).header("authorization", format!("JWT {token}"));
    fill(request).send().await.map_err(away)
}

/// The JSON of a good answer.
pub(super) async fn read<T: DeserializeOwned>(app: &App, response: Response) -> Result<T, RestFault> {
    if response.status() != StatusCode::OK && response.status() != StatusCode::CREATED {
        return Err(refused(&response, app.clock.now()));
    }
    let bytes = bounded(response, MAX_ANSWER).await.map_err(away)?;
    let bytes = bytes.ok_or_else(|| RestFault::Odd("longer than 2 MiB".into()))?;
    serde_json::from_slice(&bytes).map_err(|error| match error.is_eof() {
        true => RestFault::Away("its answer broke off".into()),
        false => RestFault::Odd(error.to_string()),
    })
}

fn away(error: reqwest::Error) -> RestFault {
    RestFault::Away(error.without_url().to_string())
}

/// What a status other than success means.
fn refused(response: &Response, now: OffsetDateTime) -> RestFault {
    match response.status() {
        StatusCode::UNAUTHORIZED => RestFault::Unauthorized,
        StatusCode::FORBIDDEN => RestFault::Forbidden,
        StatusCode::NOT_FOUND => RestFault::Missing,
        status @ (StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) => {
            let text = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
            RestFault::Busy { status, retry_after: text.and_then(|text| wait(text, now)) }
        }
        status if status.is_server_error() => RestFault::Away(format!("status {status}")),
        status => RestFault::Odd(format!("status {status}")),
    }
}

/// `Retry-After` in seconds (RFC 9110 section 10.2.3: seconds, or a date), bounded; none when it is
/// neither.
fn wait(text: &str, now: OffsetDateTime) -> Option<u64> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.parse().unwrap_or(MOST_WAIT).min(MOST_WAIT));
    }
    let until = OffsetDateTime::parse(text, &Rfc2822).ok()?;
    let seconds = u64::try_from(until.unix_timestamp().saturating_sub(now.unix_timestamp()));
    Some(seconds.unwrap_or(0).min(MOST_WAIT))
}

/// The token of one call of ours: HS256, bound to method and URL.
async fn own_token(app: &App, site: &Site, method: &str, url: &str) -> Result<String, RestFault> {
    let own = |error: anyhow::Error| RestFault::Own(error);
    let mut conn = app.db.acquire().await.map_err(|error| own(error.into()))?;
    let secret = sites::store::shared_secret(&mut conn, &app.vault, site.id)
        .await
        .map_err(|error| own(error.into()))?
        .ok_or_else(|| own(anyhow::anyhow!("the site was deleted a moment ago")))?
        .map_err(|error| own(error.into()))?;
    drop(conn);
    signed(&app.config.app_key, &site.base_url, &secret, method, url, app.clock.now()).map_err(own)
}

fn signed(
    app_key: &str,
    base_url: &str,
    secret: &[u8],
    method: &str,
    url: &str,
    now: OffsetDateTime,
) -> anyhow::Result<String> {
    let (base, url) = (Url::parse(base_url)?, Url::parse(url)?);
    let iat = now.unix_timestamp();
    let qsh = qsh::hash(method, qsh::below(url.path(), base.path()), url.query());
    let claims = Claims { iss: app_key, iat, exp: iat + LIFE, qsh };
    Ok(jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(secret))?)
}

#[cfg(test)]
mod tests {
    use super::super::token;
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date_and_bounded() {
        let now = time::macros::datetime!(2026-11-23 12:00 UTC);
        for (text, expected) in [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("86400", Some(MOST_WAIT)),
            ("99999999999999999999999", Some(MOST_WAIT)),
            ("Mon, 23 Nov 2026 12:00:30 GMT", Some(30)),
            ("Mon, 23 Nov 2026 11:00:00 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
            ("", None),
        ] {
            assert_eq!(wait(text, now), expected, "{text}");
        }
    }

    #[test]
    fn a_call_is_bound_to_its_method_and_address() {
        let now = time::macros::datetime!(2026-11-23 12:00 UTC);
        let secret = b"0123456789abcdef0123456789abcdef";
        for (base, url, path) in [
            ("https://acme.atlassian.net", "https://acme.atlassian.net/rest/a", "/rest/a"),
            ("https://acme.example/jira", "https://acme.example/jira/rest/a?b=c", "/rest/a"),
        ] {
            let token = signed("vestibule", base, secret, "POST", url, now).unwrap();
            let query = url.split_once('?').map(|(_, query)| query);
            let claims = token::url_bound(&token, secret, &qsh::hash("POST", path, query), now).unwrap();
            assert_eq!((claims.iss.as_str(), claims.exp - claims.iat), ("vestibule", LIFE));
            let other = token::url_bound(&token, secret, &qsh::hash("GET", path, query), now);
            assert_eq!(other, Err(token::Refusal::Qsh));
        }
    }
}
