//! Sign-ins.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::customers::CustomerId;
use crate::factors::{FactorId, Method};
use crate::saml::trace::Binding;
use crate::signin::{Asked, LIFETIME, Purpose, SignIn, SignInId, Step};
use crate::sites::SiteId;

/// The sign-in this browser began with that AuthnRequest: where a reloaded or doubled tab goes on.
pub async fn find_by_request(
    conn: &mut PgConnection,
    site: SiteId,
    request_id: &str,
    browser_hash: &[u8; 32],
) -> sqlx::Result<Option<SignInId>> {
    let id = sqlx::query_scalar!(
        "select id from signins where site_id = $1 and request_id = $2 and browser_hash = $3
         order by created_at desc limit 1",
        site.0,
        request_id,
        browser_hash,
    )
    .fetch_optional(conn)
    .await?;
    Ok(id.map(SignInId))
}

/// Begins a sign-in at the password step.
pub async fn insert(
    conn: &mut PgConnection,
    site: SiteId,
    id: SignInId,
    browser_hash: Option<&[u8; 32]>,
    asked: &Asked,
    trial: Option<uuid::Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into signins
            (id, site_id, browser_hash, step, binding, request_id, relay_state, force_authn, is_passive, authn_contexts, test_id, created_at, expires_at)
         values ($1, $2, $3, 'password', $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        id.0,
        site.0,
        browser_hash.map(|hash| hash.as_slice()),
        asked.binding.as_str(),
        asked.request_id,
        asked.relay_state,
        asked.force_authn,
        asked.is_passive,
        serde_json::to_value(&asked.contexts).expect("a plain structure becomes JSON"),
        trial,
        now,
        now + LIFETIME,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Begins a sign-in that no service provider asked for, as `signin` stands.
pub async fn insert_own(conn: &mut PgConnection, signin: &SignIn, now: OffsetDateTime) -> sqlx::Result<()> {
    let (path, session, replaces) = match &signin.purpose {
        Purpose::Answer => (None, None, None),
        Purpose::Account { path } => (Some(path.as_str()), None, None),
        Purpose::AddFactor { session, replaces } => (None, Some(session.as_slice()), *replaces),
    };
    sqlx::query!(
        "insert into signins
            (id, site_id, browser_hash, step, binding, request_id, force_authn, is_passive, authn_contexts,
             purpose, account_path, session_hash, replaces, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, false, 'null', $8, $9, $10, $11, $12, $13)",
        signin.id.0,
        signin.site.0,
        signin.browser_hash.as_ref().map(|hash| hash.as_slice()),
        signin.step.as_str(),
        signin.request.binding.as_str(),
        signin.request.request_id,
        signin.request.force_authn,
        signin.purpose.word(),
        path,
        session,
        replaces.map(|factor| factor.0),
        now,
        signin.expires_at,
    )
    .execute(&mut *conn)
    .await?;
    save(conn, signin).await
}

/// The sign-in, read only.
pub async fn find(conn: &mut PgConnection, site: SiteId, id: SignInId) -> sqlx::Result<Option<SignIn>> {
    let row = sqlx::query_as!(
        Row,
        "select id, browser_hash, step, binding, request_id, relay_state, force_authn, is_passive, authn_contexts, name_hint,
                customer_id, password_at, method, sealed_ceremony, shown, test_id,
                purpose, account_path, session_hash, replaces, remember_days, expires_at
         from signins where site_id = $1 and id = $2",
        site.0,
        id.0,
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| row.into_signin(site)).transpose()
}

/// The sign-in, its row locked until the transaction ends: two forms sent at once take turns.
pub async fn lock(conn: &mut PgConnection, site: SiteId, id: SignInId) -> sqlx::Result<Option<SignIn>> {
    let row = sqlx::query_as!(
        Row,
        "select id, browser_hash, step, binding, request_id, relay_state, force_authn, is_passive, authn_contexts, name_hint,
                customer_id, password_at, method, sealed_ceremony, shown, test_id,
                purpose, account_path, session_hash, replaces, remember_days, expires_at
         from signins where site_id = $1 and id = $2 for update",
        site.0,
        id.0,
    )
    .fetch_optional(conn)
    .await?;
    row.map(|row| row.into_signin(site)).transpose()
}

/// Gives a sign-in that began without a cookie to the browser that first shows it. False when
/// another came first.
pub async fn bind(
    conn: &mut PgConnection,
    site: SiteId,
    id: SignInId,
    browser_hash: &[u8; 32],
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update signins set browser_hash = $3 where site_id = $1 and id = $2 and browser_hash is null",
        site.0,
        id.0,
        browser_hash,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes where the sign-in stands now. Lock it first.
pub async fn save(conn: &mut PgConnection, signin: &SignIn) -> sqlx::Result<()> {
    sqlx::query!(
        "update signins set step = $3, name_hint = $4, customer_id = $5, password_at = $6, method = $7,
             sealed_ceremony = $8, shown = $9, remember_days = $10
         where site_id = $1 and id = $2",
        signin.site.0,
        signin.id.0,
        signin.step.as_str(),
        signin.name_hint,
        signin.customer.map(|customer| customer.0),
        signin.password_at,
        signin.method.map(Method::word),
        signin.sealed_ceremony,
        &signin.shown.iter().map(|method| method.word().to_owned()).collect::<Vec<_>>(),
        signin.remember_days.and_then(|days| i32::try_from(days).ok()),
    )
    .execute(conn)
    .await?;
    Ok(())
}

struct Row {
    id: uuid::Uuid,
    browser_hash: Option<Vec<u8>>,
    step: String,
    binding: String,
    request_id: String,
    relay_state: Option<String>,
    force_authn: bool,
    is_passive: bool,
    authn_contexts: serde_json::Value,
    name_hint: Option<String>,
    customer_id: Option<uuid::Uuid>,
    password_at: Option<OffsetDateTime>,
    method: Option<String>,
    sealed_ceremony: Option<Vec<u8>>,
    shown: Vec<String>,
    test_id: Option<uuid::Uuid>,
    purpose: String,
    account_path: Option<String>,
    session_hash: Option<Vec<u8>>,
    replaces: Option<uuid::Uuid>,
    remember_days: Option<i32>,
    expires_at: OffsetDateTime,
}

impl Row {
    fn into_signin(self, site: SiteId) -> sqlx::Result<SignIn> {
        let unreadable = |what: &str| sqlx::Error::Decode(format!("a sign-in's {what} is unreadable").into());
        Ok(SignIn {
            id: SignInId(self.id),
            site,
            browser_hash: match self.browser_hash {
                Some(hash) => Some(hash.try_into().map_err(|_| unreadable("browser hash"))?),
                None => None,
            },
            step: Step::parse(&self.step).ok_or_else(|| unreadable("step"))?,
            request: Asked {
                binding: Binding::parse(&self.binding).ok_or_else(|| unreadable("binding"))?,
                request_id: self.request_id,
                relay_state: self.relay_state,
                force_authn: self.force_authn,
                is_passive: self.is_passive,
                contexts: serde_json::from_value(self.authn_contexts).map_err(|_| unreadable("contexts"))?,
            },
            name_hint: self.name_hint,
            customer: self.customer_id.map(CustomerId),
            password_at: self.password_at,
            method: match self.method {
                Some(word) => Some(Method::parse(&word).ok_or_else(|| unreadable("method"))?),
                None => None,
            },
            sealed_ceremony: self.sealed_ceremony,
            shown: self.shown.iter().filter_map(|word| Method::parse(word)).collect(),
            trial: self.test_id,
            purpose: match (self.purpose.as_str(), self.account_path, self.session_hash) {
                ("sp", ..) => Purpose::Answer,
                ("account", Some(path), _) => Purpose::Account { path },
                ("add_factor", _, Some(session)) => Purpose::AddFactor {
                    session: session.try_into().map_err(|_| unreadable("session"))?,
                    replaces: self.replaces.map(FactorId),
                },
                _ => return Err(unreadable("purpose")),
            },
            remember_days: self.remember_days.and_then(|days| u32::try_from(days).ok()),
            expires_at: self.expires_at,
        })
    }
}
