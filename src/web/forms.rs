//! Posted forms: `application/x-www-form-urlencoded`, bounded (`limits::BODY`).

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::error::AppError;

/// A posted form as `T`. Fields nobody asked for are passed over; give `T` `#[serde(default)]`
/// strings so that a missing field is a page state and not an error. Too large, of another content
/// type, or unreadable: a plain page (413, 415, 400).
#[derive(Clone, Debug)]
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Form<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self, AppError> {
        match axum::Form::<T>::from_request(request, app).await {
            Ok(axum::Form(form)) => Ok(Self(form)),
            Err(rejection) => Err(match rejection.status().as_u16() {
                413 => AppError::TooLarge,
                415 => AppError::WrongContentType,
                _ => AppError::Malformed,
            }),
        }
    }
}

/// The first value of that name, of a form whose names come again and again.
pub fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(found, _)| found == name).map(|(_, value)| &**value)
}
