//! The configured application of a Duo account.

use reqwest::Client;
use time::OffsetDateTime;
use url::Url;
use zeroize::Zeroizing;

use super::answer::{self, MAX_ANSWER, Trouble};
use super::id_token::{self, Outcome};
use super::request::{self, Asked};
use crate::random::Random;
use crate::web::answer::bounded;

/// Lengths that Duo's SDKs insist on (duo_universal_python, `CLIENT_ID_LENGTH` and
/// `CLIENT_SECRET_LENGTH`), in characters.
pub const CLIENT_ID: usize = 20;
pub const CLIENT_SECRET: usize = 40;

/// An application of a Duo account.
#[derive(Clone)]
pub struct Duo {
    /// `https://api-xxxxxxxx.duosecurity.com`, no trailing slash.
    pub(super) api: String,
    pub(super) client_id: String,
    pub(super) client_secret: Zeroizing<String>,
}

/// Which value is wrong and what would be right; never a secret's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsFault {
    ApiHost(String),
    ClientId(String),
    ClientSecret(String),
}

impl Duo {
    /// The address behind an API host's name; also a whole address, for trying out. Whether its scheme
    /// may be used is the caller's to judge.
    pub fn api(host: &str) -> Result<Url, SettingsFault> {
        let fault = || {
            SettingsFault::ApiHost(
                "must be the API hostname that Duo shows, such as api-xxxxxxxx.duosecurity.com".into(),
            )
        };
        let text = if host.contains("://") { host.to_owned() } else { format!("https://{host}") };
        let url = Url::parse(&text).map_err(|_| fault())?;
        let bare = url.username().is_empty() && url.password().is_none();
        let whole = url.query().is_some() || url.fragment().is_some();
        // A path only where it is practice: Duo's own address is a host.
        let path = url.path() != "/" && url.scheme() == "https";
        if !bare || whole || path || !url.has_host() { Err(fault()) } else { Ok(url) }
    }

    /// Puts an application together; `api` from [`Self::api`].
    pub fn configure(api: &Url, client_id: &str, client_secret: &str) -> Result<Self, SettingsFault> {
        let fits = |text: &str, length: usize| {
            text.len() == length && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if !fits(client_id, CLIENT_ID) {
            let advice = format!("must be the {CLIENT_ID} letters and digits that Duo shows as Client ID");
            return Err(SettingsFault::ClientId(advice));
        }
        if !fits(client_secret, CLIENT_SECRET) {
            let advice =
                format!("must be the {CLIENT_SECRET} letters and digits that Duo shows as Client secret");
            return Err(SettingsFault::ClientSecret(advice));
        }
        Ok(Self {
            api: api.as_str().trim_end_matches('/').into(),
            client_id: client_id.into(),
            client_secret: Zeroizing::new(client_secret.into()),
        })
    }

    /// Its address.
    pub fn address(&self) -> &str {
        &self.api
    }

    /// Whether Duo is there and knows us: to be asked before a browser is sent away.
    pub async fn health(&self, http: &Client, random: &Random, now: OffsetDateTime) -> Result<(), Trouble> {
        let jti = random.uuid().to_string();
        let (url, form) = request::health(self, &jti, now);
        let (status, body) = post(http, url, &form).await?;
        answer::health(status, &body)
    }

    /// Turns the code that the browser brought into the result. `asked` is what the sign-in's row
    /// kept; that the state fits is checked before ([`super::Return::is_for`]).
    pub async fn exchange(
        &self,
        http: &Client,
        code: &str,
        asked: &Asked<'_>,
        random: &Random,
        now: OffsetDateTime,
    ) -> Result<Outcome, Trouble> {
        let jti = random.uuid().to_string();
        let (url, form) = request::exchange(self, code, asked.redirect_uri, &jti, now);
        let (status, body) = post(http, url, &form).await?;
        let token = answer::token(status, &body)?;
        id_token::verify(self, &token, asked, now).map_err(Trouble::Refused)
    }
}

/// Posts a form; status and body of the answer.
async fn post(http: &Client, url: String, form: &str) -> Result<(u16, Vec<u8>), Trouble> {
    let away = |error: reqwest::Error| Trouble::Away(error.without_url().to_string());
    let request = http.post(url).header("content-type", "application/x-www-form-urlencoded");
    let answer = request.body(form.to_owned()).send().await.map_err(away)?;
    let status = answer.status().as_u16();
    let body = bounded(answer, MAX_ANSWER).await.map_err(away)?;
    body.map(|body| (status, body)).ok_or(Trouble::Odd("the answer is longer than 64 KiB"))
}

impl std::fmt::Debug for Duo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Duo")
            .field("api", &self.api)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}
