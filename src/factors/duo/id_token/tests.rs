use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};
use url::Url;

use super::super::answer::{self, Trouble};
use super::super::request;
use super::*;

const CLIENT: &str = "DIXXXXXXXXXXXXXXXXXX";
const SECRET: &str = "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
const NOW: OffsetDateTime = time::macros::datetime!(2026-11-23 12:00 UTC);
const ASKED: Asked<'_> = Asked {
    username: "mira@customer.example",
    redirect_uri: "https://signin.example.com/sites/7/duo",
    state: "state-0123456789-0123456789",
    nonce: "nonce-0123456789-0123456789",
};

fn duo() -> Duo {
    let api = Duo::api("api-0123abcd.duosecurity.com").unwrap();
    Duo::configure(&api, CLIENT, SECRET).unwrap()
}

/// What Duo says of an approval.
fn claims() -> Value {
    let now = NOW.unix_timestamp();
    json!({
        "iss": "https://api-0123abcd.duosecurity.com/oauth/v1/token",
        "aud": CLIENT, "sub": ASKED.username, "preferred_username": ASKED.username,
        "exp": now + 300, "iat": now, "auth_time": now - 2, "nonce": ASKED.nonce,
        "auth_result": {"result": "allow", "status": "allow", "status_msg": "Login Successful"},
        "auth_context": {"factor": "duo_push", "txid": "1", "user": {"name": "mira", "groups": []}},
    })
}

fn with(pointer: &str, value: Value) -> Value {
    let mut claims = claims();
    *claims.pointer_mut(pointer).unwrap() = value;
    claims
}

fn without(name: &str) -> Value {
    let mut claims = claims();
    claims.as_object_mut().unwrap().remove(name).unwrap();
    claims
}

fn signed(claims: &Value) -> String {
    by(Algorithm::HS512, SECRET, claims)
}

fn by(algorithm: Algorithm, secret: &str, claims: &Value) -> String {
    encode(&Header::new(algorithm), claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
}

fn judge(token: &str) -> Result<Outcome, Refusal> {
    verify(&duo(), token, &ASKED, NOW)
}

/// A token's header and payload in clear, with this signature.
fn raw(header: &str, claims: &Value, signature: &str) -> String {
    let encode = |text: &str| data_encoding::BASE64URL_NOPAD.encode(text.as_bytes());
    format!("{}.{}.{signature}", encode(header), encode(&claims.to_string()))
}

#[test]
fn outcomes() {
    let now = NOW.unix_timestamp();
    for (claims, outcome) in [
        (claims(), Outcome::Approved),
        (with("/aud", json!([CLIENT])), Outcome::Approved),
        (with("/exp", json!(now - LEEWAY + 1)), Outcome::Approved),
        (with("/iat", json!(now + LEEWAY)), Outcome::Approved),
        (with("/auth_result/result", json!("deny")), Outcome::Denied),
        (with("/auth_result/result", json!("ALLOW")), Outcome::Denied),
        (with("/auth_result/result", json!("")), Outcome::Denied),
        (with("/auth_result/status", json!("deny")), Outcome::Approved),
    ] {
        assert_eq!(judge(&signed(&claims)), Ok(outcome), "{claims}");
    }
}

#[test]
fn claims_that_are_not_for_this_sign_in() {
    let now = NOW.unix_timestamp();
    for (claims, refusal) in [
        (with("/iss", json!("https://api-0123abcd.duosecurity.com")), Refusal::Issuer),
        (with("/iss", json!("https://api-other.duosecurity.com/oauth/v1/token")), Refusal::Issuer),
        (without("iss"), Refusal::Malformed),
        (with("/aud", json!("DIYYYYYYYYYYYYYYYYYY")), Refusal::Audience),
        (with("/aud", json!([CLIENT, "DIYYYYYYYYYYYYYYYYYY"])), Refusal::Malformed),
        (with("/aud", json!([])), Refusal::Malformed),
        (without("aud"), Refusal::Malformed),
        (with("/exp", json!(now - LEEWAY)), Refusal::Expired),
        (with("/exp", json!(i64::MIN)), Refusal::Expired),
        (with("/exp", json!("soon")), Refusal::Malformed),
        (without("exp"), Refusal::Malformed),
        (with("/iat", json!(now + LEEWAY + 1)), Refusal::Future),
        (with("/iat", json!(i64::MAX)), Refusal::Future),
        (without("iat"), Refusal::Malformed),
        (with("/nonce", json!("nonce-9876543210-9876543210")), Refusal::Nonce),
        (with("/nonce", json!("")), Refusal::Nonce),
        (without("nonce"), Refusal::Nonce),
        (with("/preferred_username", json!("jonas@customer.example")), Refusal::Username),
        (with("/preferred_username", json!("Mira@customer.example")), Refusal::Username),
        (without("preferred_username"), Refusal::Username),
        (with("/auth_result", json!("allow")), Refusal::Malformed),
        (with("/auth_result", json!({"status": "allow"})), Refusal::Malformed),
        (without("auth_result"), Refusal::Malformed),
        (json!([]), Refusal::Malformed),
    ] {
        assert_eq!(judge(&signed(&claims)), Err(refusal), "{claims}");
    }
}

#[test]
fn tokens_that_are_not_duos() {
    let right = signed(&claims());
    let (head, signature) = right.rsplit_once('.').unwrap();
    let none = r#"{"alg":"none","typ":"JWT"}"#;
    let crit = by_header(|header| header.crit = Some(vec!["b64".into()]));
    let other = signed(&with("/nonce", json!("another")));
    let other_payload = other.split('.').nth(1).unwrap();
    let swapped = right.replace(right.split('.').nth(1).unwrap(), other_payload);
    for (name, token, refusal) in [
        ("empty", String::new(), Refusal::Malformed),
        ("two parts", head.to_owned(), Refusal::Malformed),
        ("four parts", format!("{right}.x"), Refusal::Malformed),
        ("no signature", format!("{head}."), Refusal::Signature),
        ("another signature", format!("{head}.{}", "A".repeat(signature.len())), Refusal::Signature),
        ("cut", right[..right.len() - 4].into(), Refusal::Signature),
        ("payload exchanged", swapped, Refusal::Signature),
        ("alg none", raw(none, &claims(), ""), Refusal::Malformed),
        ("alg none, signed", raw(none, &claims(), signature), Refusal::Malformed),
        ("HS256", by(Algorithm::HS256, SECRET, &claims()), Refusal::Algorithm),
        ("HS384", by(Algorithm::HS384, SECRET, &claims()), Refusal::Algorithm),
        ("RS512 in name", raw(r#"{"alg":"RS512"}"#, &claims(), signature), Refusal::Algorithm),
        ("another secret", by(Algorithm::HS512, &SECRET.replace('d', "e"), &claims()), Refusal::Signature),
        ("critical extension", crit, Refusal::Malformed),
        ("garbage", "a.b.c".into(), Refusal::Malformed),
        ("long", "a".repeat(MAX_TOKEN + 1), Refusal::TooLong),
    ] {
        assert_eq!(judge(&token), Err(refusal), "{name}");
    }
}

fn by_header(change: impl Fn(&mut Header)) -> String {
    let mut header = Header::new(Algorithm::HS512);
    change(&mut header);
    encode(&header, &claims(), &EncodingKey::from_secret(SECRET.as_bytes())).unwrap()
}

/// Our own tokens, read as Duo would.
fn payload(token: &str) -> (Value, Value) {
    let part = |at: usize| -> Value {
        let text = token.split('.').nth(at).unwrap();
        serde_json::from_slice(&data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).unwrap()).unwrap()
    };
    (part(0), part(1))
}

#[test]
fn the_address_of_the_prompt() {
    let url = Url::parse(&request::authorize(&duo(), &ASKED, NOW).unwrap()).unwrap();
    assert_eq!(url.host_str(), Some("api-0123abcd.duosecurity.com"));
    assert_eq!(url.path(), "/oauth/v1/authorize");
    let get = |name: &str| url.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    assert_eq!((get("response_type").as_str(), get("client_id").as_str()), ("code", CLIENT));
    assert_eq!(get("nonce"), ASKED.nonce);
    let (header, claims) = payload(&get("request"));
    assert_eq!(header, json!({"typ": "JWT", "alg": "HS512"}));
    assert_eq!(
        claims,
        json!({
            "response_type": "code", "scope": "openid", "exp": NOW.unix_timestamp() + 300,
            "client_id": CLIENT, "redirect_uri": ASKED.redirect_uri, "state": ASKED.state,
            "nonce": ASKED.nonce, "duo_uname": ASKED.username, "iss": CLIENT,
            "aud": "https://api-0123abcd.duosecurity.com", "use_duo_code_attribute": true,
        })
    );
    for asked in [Asked { username: "", ..ASKED }, Asked { username: &"x".repeat(1025), ..ASKED }] {
        assert_eq!(request::authorize(&duo(), &asked, NOW), Err(request::AskFault::Username));
    }
    let (short, long) = ("s".repeat(21), "s".repeat(1025));
    for asked in [
        Asked { state: &short, ..ASKED },
        Asked { state: &long, ..ASKED },
        Asked { nonce: &short, ..ASKED },
        Asked { nonce: "", ..ASKED },
    ] {
        assert_eq!(request::authorize(&duo(), &asked, NOW), Err(request::AskFault::State));
    }
}

#[test]
fn assertions() {
    let jti = "5b1e3a34-7a3f-4d0e-9d4a-0f5f3e3f2a11";
    let (health, form) = request::health(&duo(), jti, NOW);
    assert_eq!(health, "https://api-0123abcd.duosecurity.com/oauth/v1/health_check");
    let field = |form: &str, name: &str| {
        form_urlencoded::parse(form.as_bytes()).find(|(key, _)| key == name).unwrap().1.into_owned()
    };
    let now = NOW.unix_timestamp();
    let claims = |aud: &str| json!({"iss": CLIENT, "sub": CLIENT, "aud": aud, "exp": now + 300, "iat": now, "jti": jti});
    assert_eq!(payload(&field(&form, "client_assertion")).1, claims(&health));
    let (token, form) = request::exchange(&duo(), "a code&x=1", ASKED.redirect_uri, jti, NOW);
    assert_eq!(token, "https://api-0123abcd.duosecurity.com/oauth/v1/token");
    assert_eq!(payload(&field(&form, "client_assertion")).1, claims(&token));
    assert_eq!(field(&form, "code"), "a code&x=1");
    assert_eq!(field(&form, "grant_type"), "authorization_code");
    assert_eq!(field(&form, "redirect_uri"), ASKED.redirect_uri);
    assert_eq!(
        field(&form, "client_assertion_type"),
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    );
}

#[test]
fn what_a_browser_brings() {
    use answer::Return;
    let state = ASKED.state;
    let code = Return::read(&format!("state={state}&duo_code=abc-1.2_3~4&extra=x")).unwrap();
    assert_eq!(code, Return::Code { code: "abc-1.2_3~4".into(), state: state.into() });
    assert!(code.is_for(state) && !code.is_for("state-0123456789-0123456788") && !code.is_for(""));
    assert_eq!(format!("{code:?}"), "Return::Code(..)");
    let ended = Return::read(&format!("error=access_denied&error_description=No%20thanks&state={state}"));
    assert_eq!(ended, Some(Return::Ended { error: "access_denied".into(), state: state.into() }));
    for query in [
        String::new(),
        format!("state={state}"),
        "duo_code=abc".into(),
        "duo_code=abc&state=short".into(),
        format!("duo_code=abc&state={}", "s".repeat(1025)),
        format!("duo_code=&state={state}"),
        format!("duo_code=a%20b&state={state}"),
        format!("duo_code={}&state={state}", "c".repeat(1025)),
        format!("duo_code=abc&error=access_denied&state={state}"),
        format!("duo_code=abc&duo_code=abd&state={state}"),
        format!("duo_code=abc&state={state}&state={state}"),
        format!("code=abc&state={state}"),
        format!("error=%3Cscript%3E&state={state}"),
        format!("error=%0Aforged+line&state={state}"),
        format!("duo_code=abc&state={state}&pad={}", "x".repeat(4096)),
    ] {
        assert_eq!(Return::read(&query), None, "{query}");
    }
}

#[test]
fn answers_of_the_calls() {
    let away = |status: u16| Trouble::Away(format!("status {status}"));
    let wrong = |word: &str| Trouble::Misconfigured(word.into());
    for (status, body, result) in [
        (200, r#"{"stat":"OK","response":{"timestamp":1}}"#, Ok(())),
        (
            400,
            r#"{"stat":"FAIL","code":40002,"message":"invalid_client"}"#,
            Err(Some(wrong("invalid_client"))),
        ),
        (401, r#"{"stat":"FAIL","message":"<b>\n"}"#, Err(Some(wrong("no reason given")))),
        (200, r#"{"stat":"FAIL"}"#, Err(Some(wrong("no reason given")))),
        (503, "<html>", Err(Some(away(503)))),
        (429, "", Err(Some(away(429)))),
        (302, r#"{"stat":"OK"}"#, Err(None)),
        (200, r#"{"stat":"OK""#, Err(None)),
        (200, r#"{"stat":true}"#, Err(None)),
        (200, "", Err(None)),
    ] {
        match (answer::health(status, body.as_bytes()), result) {
            (Ok(()), Ok(())) | (Err(Trouble::Odd(_)), Err(None)) => {}
            (Err(trouble), Err(Some(wanted))) => assert_eq!(trouble, wanted, "{body}"),
            (got, _) => panic!("{status} {body}: {got:?}"),
        }
    }
    for (status, body, result) in [
        (
            200,
            r#"{"id_token":"a.b.c","access_token":"x","expires_in":3600,"token_type":"Bearer"}"#,
            Ok("a.b.c"),
        ),
        (400, r#"{"error":"invalid_grant","error_description":"..."}"#, Err(Some(Trouble::Stale))),
        (401, r#"{"error":"invalid_client"}"#, Err(Some(wrong("invalid_client")))),
        (400, r#"{"error":"a b"}"#, Err(Some(wrong("no reason given")))),
        (502, "", Err(Some(away(502)))),
        (301, "", Err(None)),
        (404, "<html>", Err(None)),
        (200, r#"{"access_token":"x","token_type":"Bearer"}"#, Err(None)),
        (200, r#"{"id_token":"a.b.c","token_type":"mac"}"#, Err(None)),
        (200, r#"{"id_token":["a.b.c"],"token_type":"Bearer"}"#, Err(None)),
    ] {
        match (answer::token(status, body.as_bytes()), result) {
            (Ok(token), Ok(wanted)) => assert_eq!(token, wanted),
            (Err(Trouble::Odd(_)), Err(None)) => {}
            (Err(trouble), Err(Some(wanted))) => assert_eq!(trouble, wanted, "{body}"),
            (got, _) => panic!("{status} {body}: {got:?}"),
        }
    }
}
