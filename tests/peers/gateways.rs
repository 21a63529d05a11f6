//! Duo's SDK and a Yubico client against the practice gateways: what these take is what the vendors'
//! own clients send, and what the product sends is the same.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::{Value, json};
use vestibule::clock::Clock;
use vestibule::factors::duo::{Asked, request};
use vestibule::factors::yubikey::protocol::sign;
use vestibule::practice::gateways::{DUO_CLIENT_ID, DUO_CLIENT_SECRET, YUBIKEY_CLIENT_ID, YUBIKEY_SECRET};
use vestibule::practice::{Folder, Gateways, Links, Surroundings};
use vestibule::random::Random;

use super::{answer, peer, root};

const OTP: &str = "cccccckdvvulethkhtvkrtbeukiettvfceekurncllcj";
const BACK: &str = "https://signin.example.com/sites/7/duo";

/// Practice gateways on a free port, on the machine's clock, which the peers read.
async fn open(folder: &std::path::Path) -> (Gateways, String) {
    let mut config = crate::support::config();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let surroundings = Surroundings {
        links: Links::loopback("http://localhost:8080", 0, 0, 0, listener.local_addr().unwrap().port()),
        folder: Folder::open(folder).unwrap(),
        clock: Clock::System,
        random: Random::System,
        http: reqwest::Client::builder().build().unwrap(),
    };
    let url = surroundings.links.gateways.clone();
    Gateways::configure(&mut config, &url).unwrap();
    let gateways = Gateways::open(surroundings).unwrap();
    let router = gateways.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (gateways, url)
}

#[tokio::test(flavor = "multi_thread")]
async fn duos_and_yubicos_clients_are_understood() {
    let folder = tempfile::tempdir().unwrap();
    let (gateways, url) = open(folder.path()).await;
    let mut config = crate::support::config();
    Gateways::configure(&mut config, &url).unwrap();
    let asked = Asked {
        username: "mira",
        redirect_uri: BACK,
        state: "state-0123456789-0123456789",
        nonce: "nonce-0123456789-0123456789",
    };
    let authorize = request::authorize(&config.duo.unwrap(), &asked, Clock::System.now()).unwrap();
    let job = json!({
        "url": url, "authorize": authorize, "redirect_uri": BACK,
        "duo_id": DUO_CLIENT_ID, "duo_secret": DUO_CLIENT_SECRET,
        "yubikey_id": YUBIKEY_CLIENT_ID, "yubikey_secret": YUBIKEY_SECRET,
        "otps": [gateways.touch(0).unwrap(), gateways.touch(0).unwrap()],
        "to_sign": [[OTP, "0123456789abcdef"], [OTP, "fedcba98765432100123456789abcdef"]],
    });
    let mut command = Command::new(peer("venv/bin/python"));
    let said = answer(command.arg(root().join("tests/peers/gateways.py")), &job);

    let duo = &said["duo"];
    assert_eq!((&duo["stat"], &duo["state"], &duo["result"]), (&json!("OK"), &json!(true), &json!("allow")));
    assert_eq!(duo["refused"], "The username is invalid.");
    // The SDK sends its nonce beside the signed request; the product signs it too.
    let names =
        |claims: &Value| -> BTreeSet<String> { claims.as_object().unwrap().keys().cloned().collect() };
    let (ours, theirs) = (names(&duo["ours"]), names(&duo["theirs"]));
    assert_eq!(ours.difference(&theirs).collect::<Vec<_>>(), ["nonce"]);
    assert!(theirs.is_subset(&ours), "{theirs:?}");
    for name in theirs.iter().filter(|name| !["state", "exp"].contains(&name.as_str())) {
        assert_eq!(duo["ours"][name], duo["theirs"][name], "{name}");
    }

    assert_eq!(said["right"]["status"], "OK");
    assert_eq!((&said["right"]["sessioncounter"], &said["right"]["sessionuse"]), (&json!("1"), &json!("0")));
    assert_eq!(said["replayed"], "StatusCodeError");
    assert_eq!(said["other secret"], "SignatureVerificationError");
    assert_eq!(said["next"]["sessionuse"], "1");
    let secret = data_encoding::BASE64.decode(YUBIKEY_SECRET.as_bytes()).unwrap();
    for (query, nonce) in said["signed"]
        .as_array()
        .unwrap()
        .iter()
        .zip(["0123456789abcdef", "fedcba98765432100123456789abcdef"])
    {
        let h = form_urlencoded::parse(query.as_str().unwrap().as_bytes())
            .find(|(name, _)| name == "h")
            .unwrap()
            .1;
        assert_eq!(h, sign(&secret, [("id", "1"), ("otp", OTP), ("nonce", nonce)]));
    }
}
