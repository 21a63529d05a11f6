//! The practice Duo (OIDC Auth API, <https://duo.com/docs/oauthapi>): health check, the prompt with
//! its buttons, and the token endpoint. Below `/duo`, which stands for Duo's API host.

use axum::Form;
use axum::Json;
use axum::extract::RawQuery;
use axum::routing::post;
use serde::Deserialize;
use serde_json::{Value, json};

use super::duo_token::{self, Request};
use super::*;

/// How long a code may be exchanged, in seconds (RFC 6749 section 4.1.2 recommends ten minutes at
/// most).
const CODE_LIFE: i64 = 300;

/// A prompt that waits for an answer.
#[derive(Clone)]
pub struct Prompt(Request);

/// A code that waits for its exchange; it is taken once.
#[derive(Clone)]
pub struct Code {
    request: Request,
    /// Who answered.
    username: String,
    result: &'static str,
    expires: i64,
}

/// What a visitor presses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Press {
    Approve,
    /// The browser goes back with `error=access_denied`.
    Deny,
    /// The browser goes back with a code whose result is `deny`.
    Late,
    /// A result about somebody else.
    Other,
}

pub fn routes() -> Router<Gateways> {
    Router::new()
        .route("/duo/oauth/v1/health_check", post(health))
        .route("/duo/oauth/v1/authorize", get(authorize))
        .route("/duo/oauth/v1/token", post(token))
        .route("/duo/answer", post(answer))
}

impl Gateways {
    /// The API host, as the app was told, and where this very server is reached.
    fn duo_api(&self) -> String {
        format!("{}/duo", self.0.surroundings.links.gateways)
    }
}

#[derive(Deserialize)]
struct HealthForm {
    client_id: String,
    client_assertion: String,
}

async fn health(State(gateways): State<Gateways>, Form(form): Form<HealthForm>) -> Response {
    let now = gateways.0.surroundings.clock.now().unix_timestamp();
    let audience = format!("{}/oauth/v1/health_check", gateways.duo_api());
    let judged = duo_token::client(&form.client_id, &form.client_assertion, &audience, now);
    match judged {
        Ok(()) => Json(json!({"stat": "OK", "response": {"timestamp": now}})).into_response(),
        Err(why) => {
            let told = json!({
                "stat": "FAIL", "code": 40002, "message": "invalid_client", "message_detail": why,
                "timestamp": now,
            });
            (StatusCode::BAD_REQUEST, Json(told)).into_response()
        }
    }
}

#[derive(Template)]
#[template(path = "practice/gateways_duo.html")]
struct PromptPage {
    frame: Frame,
    username: String,
    back_to: String,
    key: String,
}

async fn authorize(State(gateways): State<Gateways>, RawQuery(query): RawQuery) -> Response {
    let now = gateways.0.surroundings.clock.now().unix_timestamp();
    let request = match duo_token::request(query.as_deref().unwrap_or_default(), &gateways.duo_api(), now) {
        Ok(request) => request,
        // As Duo does: with a request that is not right, nobody is sent anywhere.
        Err(why) => {
            return gateways.trouble(StatusCode::BAD_REQUEST, &format!("Duo refuses the request: {why}."));
        }
    };
    let key = gateways.0.surroundings.random.token();
    gateways.state().prompts.put(key.clone(), Prompt(request.clone()));
    render(&PromptPage {
        frame: gateways.frame("Is it you?"),
        username: request.duo_uname,
        back_to: Url::parse(&request.redirect_uri)
            .map(|url| url.origin().ascii_serialization())
            .unwrap_or_default(),
        key,
    })
}

#[derive(Deserialize)]
struct AnswerForm {
    key: String,
    press: Press,
}

async fn answer(State(gateways): State<Gateways>, Form(form): Form<AnswerForm>) -> Response {
    let Some(Prompt(request)) = gateways.state().prompts.pop(&form.key) else {
        return gateways.trouble(StatusCode::NOT_FOUND, "This prompt was answered already.");
    };
    let Ok(mut back) = Url::parse(&request.redirect_uri) else {
        return gateways.trouble(StatusCode::BAD_REQUEST, "The redirect URI is none.");
    };
    back.query_pairs_mut().append_pair("state", &request.state);
    if form.press == Press::Deny {
        let error = [("error", "access_denied"), ("error_description", "The user denied the request.")];
        back.query_pairs_mut().extend_pairs(error);
        return Redirect::to(back.as_str()).into_response();
    }
    let Parts { surroundings, .. } = &*gateways.0;
    let code = surroundings.random.token();
    let username = match form.press {
        Press::Other => "somebody.else".into(),
        _ => request.duo_uname.clone(),
    };
    let result = if form.press == Press::Late { "deny" } else { "allow" };
    let expires = surroundings.clock.now().unix_timestamp() + CODE_LIFE;
    back.query_pairs_mut()
        .append_pair(if request.use_duo_code_attribute { "duo_code" } else { "code" }, &code);
    gateways.state().codes.put(code, Code { request, username, result, expires });
    Redirect::to(back.as_str()).into_response()
}

#[derive(Deserialize)]
struct TokenForm {
    grant_type: String,
    code: String,
    redirect_uri: String,
    client_id: String,
    client_assertion_type: String,
    client_assertion: String,
}

/// Takes its parameters as a form or, as duo_universal_python sends them, in the query.
async fn token(State(gateways): State<Gateways>, RawQuery(query): RawQuery, body: String) -> Response {
    let text = if body.is_empty() { query.unwrap_or_default() } else { body };
    let pairs = form_urlencoded::parse(text.as_bytes()).into_owned();
    let fields: serde_json::Map<String, Value> = pairs.map(|(name, value)| (name, value.into())).collect();
    let refuse = |status: StatusCode, error: &str, why: &str| {
        (status, Json(json!({"error": error, "error_description": why}))).into_response()
    };
    let Ok(form) = serde_json::from_value::<TokenForm>(fields.into()) else {
        return refuse(StatusCode::BAD_REQUEST, "invalid_request", "a parameter is missing");
    };
    let now = gateways.0.surroundings.clock.now().unix_timestamp();
    let endpoint = format!("{}/oauth/v1/token", gateways.duo_api());
    if form.client_assertion_type != duo_token::ASSERTION_TYPE {
        return refuse(StatusCode::BAD_REQUEST, "invalid_request", "client_assertion_type");
    }
    if let Err(why) = duo_token::client(&form.client_id, &form.client_assertion, &endpoint, now) {
        return refuse(StatusCode::BAD_REQUEST, "invalid_client", &why);
    }
    if form.grant_type != "authorization_code" {
        return refuse(StatusCode::BAD_REQUEST, "unsupported_grant_type", "grant_type");
    }
    let code = gateways.state().codes.pop(&form.code);
    let Some(code) = code.filter(|code| code.expires > now && code.request.redirect_uri == form.redirect_uri)
    else {
        return refuse(StatusCode::BAD_REQUEST, "invalid_grant", "the code is unknown, used or expired");
    };
    let mut claims = json!({
        "iss": endpoint, "aud": DUO_CLIENT_ID, "sub": code.username, "preferred_username": code.username,
        "iat": now, "exp": now + CODE_LIFE, "auth_time": now,
        "auth_result": {"result": code.result, "status": code.result, "status_msg": "Practice"},
        "auth_context": {
            "factor": "duo_push", "event_type": "authentication", "result": "success",
            "txid": gateways.0.surroundings.random.uuid().to_string(),
            "user": {"name": code.username, "groups": []},
        },
    });
    if let Some(nonce) = code.request.nonce {
        claims["nonce"] = nonce.into();
    }
    let id_token = duo_token::signed(&claims);
    let told = json!({
        "id_token": id_token, "access_token": gateways.0.surroundings.random.token(), "expires_in": CODE_LIFE,
        "token_type": "Bearer",
    });
    Json(told).into_response()
}
