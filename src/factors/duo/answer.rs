//! What comes back from Duo: through the browser, and from the two calls.

use serde::Deserialize;
use subtle::ConstantTimeEq;

use super::id_token::Refusal;
use super::request::STATE;

/// The longest answer worth reading, in bytes; a result has some 2 KiB.
pub const MAX_ANSWER: usize = 64 * 1024;
/// The longest query and code taken from a browser, in bytes.
const MAX_QUERY: usize = 4096;
const MAX_CODE: usize = 1024;

/// Why Duo gave no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Out of reach, over its limit, or at fault: worth another try.
    #[error("Duo can't be asked now: {0}")]
    Away(String),
    /// The operator's part: host, client id or secret are not right. Holds Duo's own word for it.
    #[error("Duo does not know this application: {0}")]
    Misconfigured(String),
    /// The code was used before, has expired, or is made up: the customer begins again.
    #[error("Duo does not take the code")]
    Stale,
    /// An answer that is not what Duo's documentation says.
    #[error("Duo's answer is not understood: {0}")]
    Odd(&'static str),
    /// A result that is not genuine or not for this sign-in.
    #[error(transparent)]
    Refused(Refusal),
}

/// What a browser brought back. Everybody can send one: nothing in it counts before the state fits.
#[derive(Clone, PartialEq, Eq)]
pub enum Return {
    /// To be exchanged.
    Code { code: String, state: String },
    /// The customer or Duo ended it (`access_denied` and others of RFC 6749 section 4.1.2.1).
    Ended { error: String, state: String },
}

impl Return {
    /// Reads the redirect's query: `state` with `duo_code` or with `error`. None when it is neither,
    /// both, too long, or has a part twice.
    pub fn read(query: &str) -> Option<Self> {
        if query.len() > MAX_QUERY {
            return None;
        }
        let (mut code, mut error, mut state) = (None, None, None);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let place = match &*name {
                "duo_code" => &mut code,
                "error" => &mut error,
                "state" => &mut state,
                _ => continue,
            };
            if place.replace(value.into_owned()).is_some() {
                return None;
            }
        }
        let state: String = state.filter(|state: &String| STATE.contains(&state.len()))?;
        match (code, error) {
            (Some(code), None) if is_word(&code, MAX_CODE) => Some(Self::Code { code, state }),
            (None, Some(error)) if is_word(&error, 64) => Some(Self::Ended { error, state }),
            _ => None,
        }
    }

    /// Whether it is for the sign-in that sent `state`; in constant time.
    pub fn is_for(&self, sent: &str) -> bool {
        let (Self::Code { state, .. } | Self::Ended { state, .. }) = self;
        state.as_bytes().ct_eq(sent.as_bytes()).into()
    }
}

// By hand: code and state are secrets until they are used.
impl std::fmt::Debug for Return {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code { .. } => f.write_str("Return::Code(..)"),
            Self::Ended { error, .. } => write!(f, "Return::Ended({error})"),
        }
    }
}

/// Letters, digits and what joins them; safe to log.
fn is_word(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))
}

#[derive(Deserialize)]
struct Health {
    stat: String,
    #[serde(default)]
    message: String,
}

#[derive(Deserialize)]
struct Token {
    id_token: String,
    token_type: String,
}

#[derive(Deserialize)]
struct OauthError {
    error: String,
}

/// Reads the health check's answer: `stat` is `OK`, or `FAIL` with a message.
pub fn health(status: u16, body: &[u8]) -> Result<(), Trouble> {
    away(status)?;
    let health: Health = serde_json::from_slice(body)
        .map_err(|_| Trouble::Odd("the health check is not the JSON it should be"))?;
    match (status, health.stat.as_str()) {
        (200, "OK") => Ok(()),
        (200 | 400..=499, "FAIL") => Err(Trouble::Misconfigured(word_of(&health.message))),
        _ => Err(Trouble::Odd("the health check is neither OK nor FAIL")),
    }
}

/// Reads the token endpoint's answer (RFC 6749 sections 5.1 and 5.2): the id token, not yet verified.
pub fn token(status: u16, body: &[u8]) -> Result<String, Trouble> {
    away(status)?;
    if status != 200 {
        let error: OauthError =
            serde_json::from_slice(body).map_err(|_| Trouble::Odd("a refusal without an error code"))?;
        return Err(match error.error.as_str() {
            "invalid_grant" => Trouble::Stale,
            other => Trouble::Misconfigured(word_of(other)),
        });
    }
    let token: Token =
        serde_json::from_slice(body).map_err(|_| Trouble::Odd("the token is not the JSON it should be"))?;
    if token.token_type.eq_ignore_ascii_case("bearer") {
        Ok(token.id_token)
    } else {
        Err(Trouble::Odd("the token is of another type than Bearer"))
    }
}

fn away(status: u16) -> Result<(), Trouble> {
    match status {
        429 | 500..=599 => Err(Trouble::Away(format!("status {status}"))),
        _ => Ok(()),
    }
}

/// Duo's word for what is wrong, as far as it is one.
fn word_of(text: &str) -> String {
    if is_word(text, 64) { text.into() } else { "no reason given".into() }
}
