//! What is sent to Duo: JWTs under the shared secret, HS512, five minutes long.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;
use time::OffsetDateTime;

use super::Duo;

/// How long a token of ours lives, in seconds; Duo takes no longer one (duo_universal_python,
/// `FIVE_MINUTES_IN_SECONDS`).
pub const LIFE: i64 = 300;
/// Lengths of state and nonce, in characters. Duo's oldest SDKs ask for 22 at least, the newest for 16.
pub const STATE: std::ops::RangeInclusive<usize> = 22..=1024;
/// The longest username, in bytes.
const MAX_USERNAME: usize = 1024;
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What one sign-in asks Duo; kept with the sign-in until the browser is back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Whom Duo is to ask, by the name it knows.
    pub username: &'a str,
    /// Where the browser comes back to.
    pub redirect_uri: &'a str,
    /// Random, of this sign-in: what the browser brings back must be for it.
    pub state: &'a str,
    /// Random, of this sign-in: the result must be for it.
    pub nonce: &'a str,
}

/// Why a request can't be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskFault {
    #[error("the username is empty or longer than 1024 bytes")]
    Username,
    #[error("state or nonce is not 22 to 1024 characters long")]
    State,
}

#[derive(Serialize)]
struct Assertion<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    exp: i64,
    iat: i64,
    jti: &'a str,
}

#[derive(Serialize)]
struct Request<'a> {
    response_type: &'a str,
    scope: &'a str,
    exp: i64,
    client_id: &'a str,
    redirect_uri: &'a str,
    state: &'a str,
    nonce: &'a str,
    duo_uname: &'a str,
    iss: &'a str,
    aud: &'a str,
    use_duo_code_attribute: bool,
}

/// The address of the prompt, for a redirect of the whole window (Duo refuses frames).
pub fn authorize(duo: &Duo, asked: &Asked<'_>, now: OffsetDateTime) -> Result<String, AskFault> {
    if !(1..=MAX_USERNAME).contains(&asked.username.len()) {
        return Err(AskFault::Username);
    }
    if !STATE.contains(&asked.state.len()) || !STATE.contains(&asked.nonce.len()) {
        return Err(AskFault::State);
    }
    let request = signed(
        duo,
        &Request {
            response_type: "code",
            scope: "openid",
            exp: now.unix_timestamp() + LIFE,
            client_id: &duo.client_id,
            redirect_uri: asked.redirect_uri,
            state: asked.state,
            nonce: asked.nonce,
            duo_uname: asked.username,
            iss: &duo.client_id,
            aud: &duo.api,
            use_duo_code_attribute: true,
        },
    );
    // The nonce goes twice: SDKs put it into the query, the signed request is what nobody can change.
    let query = form(&[
        ("response_type", "code"),
        ("client_id", &duo.client_id),
        ("request", &request),
        ("nonce", asked.nonce),
    ]);
    Ok(format!("{}/oauth/v1/authorize?{query}", duo.api))
}

/// Address and form of the health check. `jti`: fresh and random, 36 characters.
pub fn health(duo: &Duo, jti: &str, now: OffsetDateTime) -> (String, String) {
    let url = format!("{}/oauth/v1/health_check", duo.api);
    let assertion = assertion(duo, &url, jti, now);
    let form = form(&[("client_id", &duo.client_id), ("client_assertion", &assertion)]);
    (url, form)
}

/// Address and form of the exchange of `code` for a result.
pub fn exchange(
    duo: &Duo,
    code: &str,
    redirect_uri: &str,
    jti: &str,
    now: OffsetDateTime,
) -> (String, String) {
    let url = duo.token_endpoint();
    let form = form(&[
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", redirect_uri),
        ("client_id", &duo.client_id),
        ("client_assertion_type", ASSERTION_TYPE),
        ("client_assertion", &assertion(duo, &url, jti, now)),
    ]);
    (url, form)
}

impl Duo {
    /// Where codes are exchanged; also the issuer of the results.
    pub(super) fn token_endpoint(&self) -> String {
        format!("{}/oauth/v1/token", self.api)
    }
}

/// Proves to `audience` who is calling (RFC 7523).
fn assertion(duo: &Duo, audience: &str, jti: &str, now: OffsetDateTime) -> String {
    let iat = now.unix_timestamp();
    let client = duo.client_id.as_str();
    signed(duo, &Assertion { iss: client, sub: client, aud: audience, exp: iat + LIFE, iat, jti })
}

fn signed(duo: &Duo, claims: &impl Serialize) -> String {
    let key = EncodingKey::from_secret(duo.client_secret.as_bytes());
    jsonwebtoken::encode(&Header::new(Algorithm::HS512), claims, &key).expect("claims of texts and numbers")
}

fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}
