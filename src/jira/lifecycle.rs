//! Jira tells the app of its life (A2): `installed`, `uninstalled`, `enabled`, `disabled`.
//!
//! `installed` and `uninstalled` are signed with Atlassian's install key (the descriptor's
//! `signed-install`); `enabled` and `disabled` with the secret that `installed` brought. Nothing
//! of a body is believed before its token is verified. An answer is 204, or a short JSON reason:
//! 400 for a malformed body, 401 for a refused token, 503 when the keys can't be fetched.

use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use time::OffsetDateTime;

use super::caller;
use super::failure::Failure;
use super::payload;
use super::token::{self, Claims, Refusal};
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::error::AppError;
use crate::saml;
use crate::sites::installation::{Installation, Plan};
use crate::sites::{self, Site, SiteId};

/// `POST /connect/installed`.
pub async fn installed(
    State(app): State<App>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let claims = verify_lifecycle(&app, &method, &uri, &headers).await?;
    let issued_at = issued_at(&claims)?;
    let install = payload::installation(&body, &app.config.app_key, &app.config.base_url, issued_at)?;
    require_sender(&claims, &install.client_key)?;
    apply(&app, &install).await
}

/// `POST /connect/uninstalled`: parks the site. An unknown one (a client key that an import
/// replaced, a site purged since) is as gone as Jira wants it.
pub async fn uninstalled(
    State(app): State<App>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let claims = verify_lifecycle(&app, &method, &uri, &headers).await?;
    require_sender(&claims, &payload::client_key(&body, &app.config.app_key)?)?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let Some(site) = sites::store::find_by_client_key(&mut tx, &claims.iss).await? else {
        tracing::info!(client_key = claims.iss, "uninstalled: no such site");
        return Ok(StatusCode::NO_CONTENT);
    };
    let changed = sites::store::uninstall(&mut tx, now, site.id, issued_at(&claims)?).await?;
    note(&mut tx, now, site.id, "site.uninstalled", if changed { "ok" } else { "unchanged" }).await?;
    tx.commit().await?;
    tracing::info!(site = %site.id, changed, "site uninstalled: its data is parked");
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /connect/enabled`.
pub async fn enabled(
    State(app): State<App>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let (site, claims) = verify_url_bound(&app, &method, &uri, &headers).await?;
    require_sender(&claims, &payload::client_key(&body, &app.config.app_key)?)?;
    set_enabled(&app, &site, &claims, true).await
}

/// `POST /connect/disabled`.
pub async fn disabled(
    State(app): State<App>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let (site, claims) = verify_url_bound(&app, &method, &uri, &headers).await?;
    require_sender(&claims, &payload::client_key(&body, &app.config.app_key)?)?;
    set_enabled(&app, &site, &claims, false).await
}

/// Writes an installation in one transaction. A new site's key pair takes a core a tenth of a
/// second, so it is made before the transaction, and only when the site looks new.
async fn apply(app: &App, install: &Installation) -> Result<StatusCode, Failure> {
    let new_id = SiteId(app.random.uuid());
    let preview = {
        let mut conn = app.db.acquire().await?;
        sites::store::preview(&mut conn, install).await?
    };
    let key = match preview {
        Plan::Create => Some(saml::new_key(app, new_id).await.map_err(Failure::App)?),
        _ => None,
    };
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let plan = sites::store::install(&mut tx, &app.vault, now, new_id, install).await?;
    let site = match plan {
        Plan::Create => {
            // Looked known a moment ago, and was purged since: the next try makes a key.
            let Some(key) = &key else { return Err(Failure::App(AppError::Busy { retry_after: 1 })) };
            saml::store::insert_active_key(&mut tx, app, new_id, key).await?;
            new_id
        }
        Plan::Renew(id) | Plan::Revive(id) | Plan::Adopt(id) | Plan::Repeat(id) | Plan::Superseded(id) => id,
    };
    note(&mut tx, now, site, "site.installed", plan.result()).await?;
    tx.commit().await?;
    tracing::info!(%site, base_url = install.base_url, result = plan.result(), "site installed");
    if matches!(plan, Plan::Superseded(_)) { Err(Failure::Superseded) } else { Ok(StatusCode::NO_CONTENT) }
}

async fn set_enabled(app: &App, site: &Site, claims: &Claims, enabled: bool) -> Result<StatusCode, Failure> {
    let now = app.clock.now();
    let action = if enabled { "site.enabled" } else { "site.disabled" };
    let mut tx = app.db.begin().await?;
    let changed = sites::store::set_enabled(&mut tx, now, site.id, enabled, issued_at(claims)?).await?;
    note(&mut tx, now, site.id, action, if changed { "ok" } else { "unchanged" }).await?;
    tx.commit().await?;
    tracing::info!(site = %site.id, changed, action);
    Ok(StatusCode::NO_CONTENT)
}

/// Verifies a call that Atlassian's install key signed.
async fn verify_lifecycle(
    app: &App,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Claims, Failure> {
    let token = caller::bearer(headers)?;
    let kid = token::lifecycle_kid(token)?;
    let now = app.clock.now();
    let key = app.install_keys.get(&app.http, &app.config.connect_keys_url, &kid, now).await?;
    let qsh = super::qsh::of_request(method, uri);
    Ok(token::lifecycle(token, &key, app.config.base_url.as_str(), &qsh, now)?)
}

/// Verifies a call signed with the secret of the site it names.
async fn verify_url_bound(
    app: &App,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<(Site, Claims), Failure> {
    let token = caller::bearer(headers)?;
    let (site, secret) = caller::issuer(app, token).await?;
    let claims = token::url_bound(token, &secret, &super::qsh::of_request(method, uri), app.clock.now())?;
    Ok((site, claims))
}

fn require_sender(claims: &Claims, client_key: &str) -> Result<(), Refusal> {
    if claims.iss == client_key { Ok(()) } else { Err(Refusal::Issuer) }
}

/// The claim `iat` as a time.
fn issued_at(claims: &Claims) -> Result<OffsetDateTime, Refusal> {
    OffsetDateTime::from_unix_timestamp(claims.iat).map_err(|_| Refusal::Malformed)
}

async fn note(
    conn: &mut sqlx::PgConnection,
    now: OffsetDateTime,
    site: SiteId,
    action: &'static str,
    result: &'static str,
) -> sqlx::Result<()> {
    audit::record(conn, now, &Event::new(site, Actor::Atlassian, action, result)).await
}
