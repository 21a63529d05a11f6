//! The product's clients against the practice gateways, reached as the app reaches them: by the
//! configuration alone.

use reqwest::StatusCode;
use serde_json::json;
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};

use super::*;
use crate::clock::Clock;
use crate::factors::duo::{self, Asked, Outcome, Refusal, Return};
use crate::factors::sms::{Message, PhoneNumber, Sent};
use crate::factors::yubikey::{Otp, Verdict};
use crate::practice::testing::{http, surroundings};
use crate::random::Random;

/// Practice gateways on a free port, and what an app knows of them.
struct World {
    gateways: Gateways,
    sms: Gateway,
    yubikey: Validator,
    duo: duo::Duo,
    url: String,
    http: reqwest::Client,
    clock: Clock,
    random: Random,
    _folder: TempDir,
}

impl World {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut surroundings = surroundings(folder.path(), "http://localhost:8080");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        surroundings.links.gateways = url.clone();
        let clock = surroundings.clock.clone();
        let gateways = Gateways::open(surroundings).unwrap();
        let router = gateways.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let (sms, yubikey, duo) = configured(&url);
        let (http, random) = (http(), Random::seeded(2));
        Self { gateways, sms, yubikey, duo, url, http, clock, random, _folder: folder }
    }

    fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    async fn send(&self, text: &str, id: &str) -> Sent {
        let to = PhoneNumber::parse("+49 151 1234 5642").unwrap();
        self.sms.send(&self.http, &Message { to: &to, text, id }, self.now()).await
    }

    async fn ask(&self, otp: &str) -> Verdict {
        self.yubikey.ask(&self.http, &Otp::parse(otp).unwrap(), &self.random).await
    }

    /// Follows a prompt's address and presses a button; the query the browser comes back with.
    async fn press(&self, asked: &Asked<'_>, press: &str) -> String {
        let address = duo::request::authorize(&self.duo, asked, self.now()).unwrap();
        let page = self.http.get(address).send().await.unwrap();
        assert_eq!(page.status(), StatusCode::OK);
        let page = scraper::Html::parse_document(&page.text().await.unwrap());
        let key = scraper::Selector::parse("input[name=key]").unwrap();
        let key = page.select(&key).next().unwrap().attr("value").unwrap().to_owned();
        assert!(page.root_element().text().any(|text| text == asked.username));
        let form = format!("key={key}&press={press}");
        let back = self.http.post(format!("{}/duo/answer", self.url)).body(form);
        let back = back.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
        let location = back.headers()["location"].to_str().unwrap().to_owned();
        let (path, query) = location.split_once('?').unwrap();
        assert_eq!(path, asked.redirect_uri);
        query.to_owned()
    }
}

fn configured(at: &str) -> (Gateway, Validator, duo::Duo) {
    let at = |path: &str| format!("{at}{path}");
    let texts = |name: &str| {
        let text = match name {
            "VESTIBULE_BASE_URL" => "http://localhost:8080".into(),
            "VESTIBULE_MASTER_KEY" => "2v1wN3mXzq0rH8kJd5cYbL6tQe9uGiPaSxVfCzB7oUE=".into(),
            "VESTIBULE_PASSWORD_PEPPER" => "kT0sW4yRj9nAq2hF7dLxZ3vM6bEoUcIgPw8tJrX1aHs=".into(),
            "VESTIBULE_SMS_URL" => at("/sms/messages"),
            "VESTIBULE_SMS_HEADERS" => format!("Authorization: Bearer {SMS_TOKEN}"),
            "VESTIBULE_SMS_BODY" => r#"{"to":"{to}","text":"{text}","reference":"{id}"}"#.into(),
            "VESTIBULE_YUBIKEY_URL" => at("/yubikey/wsapi/2.0/verify"),
            "VESTIBULE_YUBIKEY_CLIENT_ID" => YUBIKEY_CLIENT_ID.into(),
            "VESTIBULE_YUBIKEY_SECRET" => YUBIKEY_SECRET.into(),
            "VESTIBULE_DUO_API_HOST" => at("/duo"),
            "VESTIBULE_DUO_CLIENT_ID" => DUO_CLIENT_ID.into(),
            "VESTIBULE_DUO_CLIENT_SECRET" => DUO_CLIENT_SECRET.into(),
            _ => return None,
        };
        Some(text)
    };
    let mut config = Config::load(texts).unwrap();
    let read = format!("{:?}{:?}{:?}", config.sms, config.yubikey, config.duo);
    Gateways::configure(&mut config, &at("")).unwrap();
    assert_eq!(format!("{:?}{:?}{:?}", config.sms, config.yubikey, config.duo), read);
    (config.sms.unwrap(), config.yubikey.unwrap(), config.duo.unwrap())
}

#[tokio::test]
async fn messages_arrive_once_and_moods_are_told() {
    let world = World::open().await;
    assert_eq!(world.send("123456 is your code.\n@localhost #123456", "m1").await, Sent::Taken);
    assert_eq!(world.send("123456 is your code.\n@localhost #123456", "m1").await, Sent::Taken);
    assert_eq!(world.send("«\"ü\\{text}\"»", "m2").await, Sent::Taken);
    let texts = ["«\"ü\\{text}\"»", "123456 is your code.\n@localhost #123456"];
    assert_eq!(world.gateways.texts("+4915112345642"), texts);
    assert!(world.gateways.texts("+4915112345643").is_empty());
    for (mood, sent) in [
        (Mood::Busy, Sent::Later { status: Some(429), after: Some(2) }),
        (Mood::Down, Sent::Later { status: Some(503), after: None }),
        (Mood::Refusing, Sent::Refused(400)),
        (Mood::Well, Sent::Taken),
    ] {
        world.gateways.state().mood = mood;
        assert_eq!(world.send("x", "m3").await, sent, "{mood:?}");
    }
    let page = world.http.get(format!("{}/sms", world.url)).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("+4915112345642") && page.contains("123456 is your code."), "{page}");
}

#[tokio::test]
async fn the_gateway_takes_nothing_else() {
    let world = World::open().await;
    let good = json!({"to": "+4915112345642", "text": "x", "reference": "m"}).to_string();
    let token = format!("Bearer {SMS_TOKEN}");
    for (name, token, kind, body, status) in [
        ("right", &*token, "application/json", good.clone(), 201),
        ("no token", "", "application/json", good.clone(), 401),
        ("another token", "Bearer x", "application/json", good.clone(), 401),
        ("a form", &token, "application/x-www-form-urlencoded", good.clone(), 415),
        ("no JSON", &token, "application/json", "{".into(), 400),
        ("one field more", &token, "application/json", good.replace('{', "{\"x\":1,"), 400),
        ("no E.164", &token, "application/json", good.replace("+49", "0049"), 400),
        ("no text", &token, "application/json", good.replace("\"x\"", "\"\""), 400),
    ] {
        let request = world.http.post(format!("{}/sms/messages", world.url)).body(body);
        let request = request.header("authorization", token).header("content-type", kind);
        assert_eq!(request.send().await.unwrap().status().as_u16(), status, "{name}");
    }
}

#[tokio::test]
async fn an_otp_is_right_once() {
    let world = World::open().await;
    let [first, second, third] = [0; 3].map(|key| world.gateways.touch(key).unwrap());
    let Verdict::Right(one) = world.ask(&first).await else { panic!("the first OTP") };
    assert_eq!(world.ask(&first).await, Verdict::Replayed);
    let Verdict::Right(two) = world.ask(&third.to_uppercase()).await else { panic!("the third OTP") };
    assert!(two > one, "{two:?} after {one:?}");
    // An older one than the last that was used.
    assert_eq!(world.ask(&second).await, Verdict::Replayed);
    let other = world.gateways.touch(1).unwrap();
    assert_ne!(other[..12], first[..12]);
    assert!(matches!(world.ask(&other).await, Verdict::Right(_)));
    world.gateways.state().keys.plug_in(0, &world.gateways.0.surroundings.folder).unwrap();
    let Verdict::Right(three) = world.ask(&world.gateways.touch(0).unwrap()).await else { panic!() };
    assert!(three.session > two.session && three.in_session == 0);
}

#[tokio::test]
async fn otps_of_no_key() {
    let world = World::open().await;
    let otp = world.gateways.touch(0).unwrap();
    let other = world.gateways.touch(1).unwrap();
    for (name, otp) in [
        ("another key's id", format!("{}{}", &other[..12], &otp[12..])),
        ("an unknown id", format!("vvvvvvvvvvvv{}", &otp[12..])),
        ("turned around", format!("{}{}", &otp[..12], otp[12..].chars().rev().collect::<String>())),
    ] {
        assert_eq!(world.ask(&otp).await, Verdict::Wrong, "{name}");
    }
    assert!(matches!(world.ask(&otp).await, Verdict::Right(_)));
}

#[tokio::test]
async fn a_validator_set_up_wrongly_is_told() {
    let world = World::open().await;
    let otp = Otp::parse(&world.gateways.touch(0).unwrap()).unwrap();
    let url = |path: &str| Url::parse(&format!("{}{path}", world.url)).unwrap();
    let verify = "/yubikey/wsapi/2.0/verify";
    for (path, id, secret, says) in [
        (verify, "4712", YUBIKEY_SECRET, "NO_SUCH_CLIENT"),
        (verify, YUBIKEY_CLIENT_ID, "b3RoZXIgeXViaWtleSBzZWNyZXQ=", "BAD_SIGNATURE"),
        ("/yubikey/verify", YUBIKEY_CLIENT_ID, YUBIKEY_SECRET, "status 404 Not Found"),
    ] {
        let validator = Validator::configure(url(path), id, secret).unwrap();
        let verdict = validator.ask(&world.http, &otp, &world.random).await;
        assert_eq!(verdict, Verdict::Misconfigured(says.into()));
    }
    // The OTP was never looked at.
    assert!(matches!(world.ask(otp.as_str()).await, Verdict::Right(_)));
}

const ASKED: Asked<'_> = Asked {
    username: "mira@customer.example",
    redirect_uri: "http://localhost:8080/sites/7/duo",
    state: "state-0123456789-0123456789",
    nonce: "nonce-0123456789-0123456789",
};

#[tokio::test]
async fn duo_approves_and_denies() {
    let world = World::open().await;
    world.duo.health(&world.http, &world.random, world.now()).await.unwrap();
    for (press, outcome) in [
        ("approve", Ok(Outcome::Approved)),
        ("late", Ok(Outcome::Denied)),
        ("other", Err(duo::Trouble::Refused(Refusal::Username))),
    ] {
        let back = Return::read(&world.press(&ASKED, press).await).unwrap();
        assert!(back.is_for(ASKED.state));
        let Return::Code { code, .. } = back else { panic!("{back:?}") };
        let exchange =
            async || world.duo.exchange(&world.http, &code, &ASKED, &world.random, world.now()).await;
        assert_eq!(exchange().await, outcome, "{press}");
        assert_eq!(exchange().await, Err(duo::Trouble::Stale), "{press}, again");
    }
    let back = Return::read(&world.press(&ASKED, "deny").await).unwrap();
    assert_eq!(back, Return::Ended { error: "access_denied".into(), state: ASKED.state.into() });
}

#[tokio::test]
async fn a_duo_code_is_for_its_sign_in_and_for_a_while() {
    let world = World::open().await;
    let code = async || match Return::read(&world.press(&ASKED, "approve").await) {
        Some(Return::Code { code, .. }) => code,
        other => panic!("{other:?}"),
    };
    let exchange = async |code: &str, asked: &Asked<'_>| {
        world.duo.exchange(&world.http, code, asked, &world.random, world.now()).await
    };
    let other = Asked { nonce: "nonce-9876543210-9876543210", ..ASKED };
    assert_eq!(exchange(&code().await, &other).await, Err(duo::Trouble::Refused(Refusal::Nonce)));
    let elsewhere = Asked { redirect_uri: "http://localhost:8080/sites/8/duo", ..ASKED };
    assert_eq!(exchange(&code().await, &elsewhere).await, Err(duo::Trouble::Stale));
    assert_eq!(exchange("made-up", &ASKED).await, Err(duo::Trouble::Stale));
    let late = code().await;
    world.clock.advance(Duration::minutes(5));
    assert_eq!(exchange(&late, &ASKED).await, Err(duo::Trouble::Stale));
}

#[tokio::test]
async fn duo_refuses_what_is_not_its_application() {
    let world = World::open().await;
    let api = Url::parse(&format!("{}/duo", world.url)).unwrap();
    let other_secret = DUO_CLIENT_SECRET.replace('4', "5");
    for (id, secret) in [("DIPRACTICE0000000002", DUO_CLIENT_SECRET), (DUO_CLIENT_ID, &other_secret)] {
        let duo = duo::Duo::configure(&api, id, secret).unwrap();
        let health = duo.health(&world.http, &world.random, world.now()).await;
        assert_eq!(health, Err(duo::Trouble::Misconfigured("invalid_client".into())));
        let exchange = duo.exchange(&world.http, "x", &ASKED, &world.random, world.now()).await;
        assert_eq!(exchange, Err(duo::Trouble::Misconfigured("invalid_client".into())));
        let address = duo::request::authorize(&duo, &ASKED, world.now()).unwrap();
        assert_eq!(world.http.get(address).send().await.unwrap().status(), StatusCode::BAD_REQUEST);
    }
    let right = |asked: &Asked<'_>, now| duo::request::authorize(&world.duo, asked, now).unwrap();
    let now = world.now();
    for (name, address) in [
        ("expired", right(&ASKED, now - Duration::minutes(7))),
        ("from the future", right(&ASKED, now + Duration::minutes(7))),
        ("plain http elsewhere", right(&Asked { redirect_uri: "http://evil.example/", ..ASKED }, now)),
        ("a changed nonce", right(&ASKED, now).replace(&format!("nonce={}", ASKED.nonce), "nonce=x")),
        ("another client", right(&ASKED, now).replace("client_id=DIP", "client_id=DIQ")),
        ("unsigned", right(&ASKED, now).replace("request=", "asked=")),
    ] {
        assert_eq!(world.http.get(address).send().await.unwrap().status(), StatusCode::BAD_REQUEST, "{name}");
    }
}
