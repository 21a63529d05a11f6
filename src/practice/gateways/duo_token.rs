//! The JWTs of the practice Duo: what it takes from an application, and what it signs. Apart from the
//! product's own; both sides agreeing with Duo's SDKs is what `tests/peers` tries.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{DUO_CLIENT_ID, DUO_CLIENT_SECRET};
use crate::config::is_loopback;

pub const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// The longest life of an application's token, and how far clocks may differ, in seconds.
const MOST_LIFE: i64 = 300;
const LEEWAY: i64 = 60;

/// A request to ask somebody.
#[derive(Clone, Deserialize)]
pub struct Request {
    response_type: String,
    scope: String,
    exp: f64,
    client_id: String,
    pub redirect_uri: String,
    pub state: String,
    pub nonce: Option<String>,
    pub duo_uname: String,
    iss: String,
    aud: String,
    #[serde(default)]
    pub use_duo_code_attribute: bool,
}

#[derive(Deserialize)]
struct Assertion {
    iss: String,
    sub: String,
    aud: String,
    // Some of Duo's SDKs send fractions.
    exp: f64,
    jti: String,
}

/// Whether an assertion is this application's, for `audience`.
pub fn client(client_id: &str, assertion: &str, audience: &str, now: i64) -> Result<(), String> {
    let claims: Assertion = verified(assertion)?;
    let ours = |text: &str| text == DUO_CLIENT_ID;
    if !ours(client_id) || !ours(&claims.iss) || !ours(&claims.sub) {
        return Err("client_id, iss or sub is not the application's".into());
    }
    if claims.aud != audience {
        return Err(format!("aud is not {audience}"));
    }
    if claims.jti.is_empty() {
        return Err("jti is empty".into());
    }
    in_time(claims.exp, now)
}

/// Reads the query of an authorize call.
pub fn request(query: &str, api: &str, now: i64) -> Result<Request, String> {
    let get = |name: &str| {
        let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
        let value = values.next().map(|(_, value)| value.into_owned());
        value.filter(|_| values.next().is_none())
    };
    let mut request: Request = verified(&get("request").ok_or("there is no parameter request")?)?;
    let same = |name: &str, value: &str| match get(name) {
        Some(text) if text == value => Ok(()),
        _ => Err(format!("the parameter {name} is missing or not the signed one")),
    };
    same("response_type", &request.response_type)?;
    same("client_id", &request.client_id)?;
    match (get("nonce"), &request.nonce) {
        (Some(sent), Some(signed)) if sent != *signed => return Err("two nonces".into()),
        (Some(sent), None) => request.nonce = Some(sent),
        _ => {}
    }
    if request.client_id != DUO_CLIENT_ID || request.iss != DUO_CLIENT_ID {
        return Err("client_id or iss is not the application's".into());
    }
    if request.response_type != "code" || request.scope != "openid" {
        return Err("response_type must be code and scope openid".into());
    }
    if request.aud != api {
        return Err(format!("aud is not {api}"));
    }
    if !(16..=1024).contains(&request.state.len()) || request.duo_uname.is_empty() {
        return Err("state is not 16 to 1024 characters long, or there is no duo_uname".into());
    }
    let back = url::Url::parse(&request.redirect_uri).map_err(|_| "redirect_uri is no address")?;
    if back.scheme() != "https" && !is_loopback(&back) {
        return Err("redirect_uri is not https".into());
    }
    in_time(request.exp, now).map(|()| request)
}

fn in_time(exp: f64, now: i64) -> Result<(), String> {
    let left = exp - now as f64;
    if left < -(LEEWAY as f64) {
        return Err("the token has expired".into());
    }
    if left > (MOST_LIFE + LEEWAY) as f64 { Err("the token lives too long".into()) } else { Ok(()) }
}

fn verified<T: DeserializeOwned>(token: &str) -> Result<T, String> {
    let mut validation = Validation::new(Algorithm::HS512);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    let key = DecodingKey::from_secret(DUO_CLIENT_SECRET.as_bytes());
    let data = jsonwebtoken::decode::<T>(token, &key, &validation);
    data.map(|data| data.claims).map_err(|error| format!("the JWT does not verify: {error}"))
}

/// Duo's own token.
pub fn signed(claims: &Value) -> String {
    let key = EncodingKey::from_secret(DUO_CLIENT_SECRET.as_bytes());
    jsonwebtoken::encode(&Header::new(Algorithm::HS512), claims, &key).expect("JSON of texts and numbers")
}
