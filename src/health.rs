//! What a supervisor or load balancer asks: does the process live, may it get traffic? The
//! answers are a word or a short reason, without any detail: anybody may ask.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::app::App;
use crate::db::schema::{self, Schema};

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// `/health/live` and `/health/ready`.
pub fn router(app: App) -> Router {
    Router::new().route("/health/live", get(live)).route("/health/ready", get(ready)).with_state(app)
}

async fn live() -> Response {
    answer(StatusCode::OK, "live")
}

async fn ready(State(app): State<App>) -> Response {
    let look = async {
        let mut conn = app.db.acquire().await?;
        schema::state(&mut conn).await
    };
    match tokio::time::timeout(PATIENCE, look).await {
        Ok(Ok(Schema::Current)) => answer(StatusCode::OK, "ready"),
        Ok(Ok(Schema::Behind(_))) => unready("migrations are still to run"),
        Ok(Ok(Schema::Broken(_))) => unready("a migration is broken"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            unready("the database does not answer")
        }
        Err(_) => unready("the database does not answer within 2 seconds"),
    }
}

fn unready(reason: &'static str) -> Response {
    answer(StatusCode::SERVICE_UNAVAILABLE, reason)
}

fn answer(status: StatusCode, word: &'static str) -> Response {
    (status, [(CACHE_CONTROL, "no-store")], format!("{word}\n")).into_response()
}
