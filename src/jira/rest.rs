//! Jira's REST API, called as the app: every call is signed with the site's shared secret and goes
//! to the address the site was installed from (security.md N3), within the client's 10 s.

use axum::http::StatusCode;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use url::Url;

use super::qsh;
use crate::app::App;
use crate::sites::{self, Site};
use crate::web::answer::bounded;

/// How long a token of ours lives, in seconds: as long as Atlassian's own.
const LIFE: i64 = 180;
/// The longest answer worth reading, in bytes.
const MAX_ANSWER: usize = 64 * 1024;

/// Why Jira gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum RestFault {
    /// Out of reach, over its limit, or at fault: worth another try.
    #[error("Jira can't be asked now: {0}")]
    Away(String),
    /// It does not take our token: the site has a newer secret, or the app is gone there.
    #[error("Jira refuses the app (status {0})")]
    Refused(StatusCode),
    /// An answer that is not what its documentation says.
    #[error("Jira's answer is not understood: {0}")]
    Odd(String),
    /// A fault of ours.
    #[error(transparent)]
    Own(#[from] anyhow::Error),
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

async fn post<T: for<'a> Deserialize<'a>>(
    app: &App,
    site: &Site,
    path: &str,
    body: &impl Serialize,
) -> Result<T, RestFault> {
    let url = format!("{}{path}", site.base_url.trim_end_matches('/'));
    let token = own_token(app, site, "POST", &url).await?;
    let request = app.http.post(url).header("authorization", format!("JWT {token}")).json(body);
    let away = |error: reqwest::Error| RestFault::Away(error.without_url().to_string());
    let response = request.send().await.map_err(away)?;
    match response.status() {
        StatusCode::OK => {}
        status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
            return Err(RestFault::Refused(status));
        }
        status if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() => {
            return Err(RestFault::Away(format!("status {status}")));
        }
        status => return Err(RestFault::Odd(format!("status {status}"))),
    }
    let bytes = bounded(response, MAX_ANSWER).await.map_err(away)?;
    let bytes = bytes.ok_or_else(|| RestFault::Odd("longer than 64 KiB".into()))?;
    serde_json::from_slice(&bytes).map_err(|error| RestFault::Odd(error.to_string()))
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
