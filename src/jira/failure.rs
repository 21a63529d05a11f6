//! How a call from Atlassian ends when it does not end well: a status, a short JSON reason that tells
//! a developer what to look at and nothing secret, and one line in the log.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::install_keys::KeyError;
use super::payload::Malformed;
use super::token::Refusal;
use crate::error::AppError;

/// Why a call did not end well.
#[derive(Debug)]
pub enum Failure {
    /// The body is not what Atlassian sends: 400.
    Malformed(Malformed),
    /// The token is refused: 401.
    Refused(Refusal),
    /// The install key that signed the token is not to be had: 401 when Atlassian's server says so,
    /// 503 when that server is out of reach.
    NoKey(KeyError),
    /// A newer call was applied before: 401, as Jira knows no better status for "no".
    Superseded,
    /// A fault of ours.
    App(AppError),
}

impl From<Malformed> for Failure {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Self::NoKey(error)
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::App(error.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        // The key server's own words are for the log only.
        let mut detail = None;
        let (status, reason) = match self {
            Self::Malformed(Malformed(reason)) => (StatusCode::BAD_REQUEST, reason.to_owned()),
            Self::Refused(refusal) => (StatusCode::UNAUTHORIZED, refusal.to_string()),
            Self::NoKey(error) => {
                detail = Some(error.to_string());
                match error {
                    KeyError::Unknown(_) | KeyError::Unusable(_) => {
                        (StatusCode::UNAUTHORIZED, Refusal::UnknownKey.to_string())
                    }
                    KeyError::Unreachable(_) | KeyError::Busy => {
                        let reason = "the install keys can't be fetched; try again";
                        (StatusCode::SERVICE_UNAVAILABLE, reason.to_owned())
                    }
                }
            }
            Self::Superseded => {
                (StatusCode::UNAUTHORIZED, "a newer lifecycle call was applied before this one".to_owned())
            }
            Self::App(error) => return error.into_response(),
        };
        tracing::warn!(status = status.as_u16(), reason, detail, "call from Atlassian refused");
        let retry = (status == StatusCode::SERVICE_UNAVAILABLE).then_some([(header::RETRY_AFTER, "30")]);
        (status, retry, Json(json!({ "error": reason }))).into_response()
    }
}
