//! The three outside clients against a server that means no good: whatever it sends, they give up in
//! time, read no more than they must, follow nothing, and let nobody in.

use std::time::Duration;

use reqwest::Client;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::Url;

use super::duo::{Asked, Duo, Trouble};
use super::sms::{Gateway, Message, PhoneNumber, Sent, Settings};
use super::yubikey::{Otp, Validator, Verdict};
use crate::random::Random;

/// What the server does with each request.
#[derive(Clone, Copy)]
enum Deed {
    /// Says this and closes.
    Says(&'static str),
    /// A right head, then a body that never ends.
    Endless,
    /// Nothing, for ever.
    Hangs,
    /// A head, then nothing for ever.
    HangsInside,
    Closes,
}

const DEEDS: &[(&str, Deed)] = &[
    ("closes", Deed::Closes),
    ("hangs", Deed::Hangs),
    ("hangs inside", Deed::HangsInside),
    ("endless", Deed::Endless),
    ("no HTTP", Deed::Says("220 smtp.example ESMTP\r\n")),
    ("empty", Deed::Says("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")),
    ("cut", Deed::Says("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\nstatus=OK\r\n")),
    ("a page", Deed::Says("HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n<!doctype html>")),
    ("OK, unsigned", Deed::Says("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nstatus=OK")),
    ("JSON", Deed::Says("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]")),
    (
        "a token nobody signed",
        Deed::Says(
            "HTTP/1.1 200 OK\r\ncontent-length: 66\r\n\r\n\
             {\"id_token\":\"eyJhbGciOiJub25lIn0.e30.\",\"token_type\":\"Bearer\"}     ",
        ),
    ),
    ("redirect", Deed::Says("HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n")),
    (
        "kept method",
        Deed::Says("HTTP/1.1 307 Temporary Redirect\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n"),
    ),
    (
        "busy",
        Deed::Says("HTTP/1.1 429 Too Many Requests\r\nretry-after: 999999\r\ncontent-length: 0\r\n\r\n"),
    ),
    ("broken", Deed::Says("HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n")),
    ("not found", Deed::Says("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")),
];

/// Does `deed` to whoever asks.
async fn server(deed: Deed) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/start", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 16 * 1024]).await;
                match deed {
                    Deed::Says(text) => drop(stream.write_all(text.as_bytes()).await),
                    Deed::Closes => {}
                    Deed::Hangs => std::future::pending().await,
                    Deed::HangsInside => {
                        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n").await;
                        std::future::pending().await
                    }
                    Deed::Endless => {
                        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
                        while stream.write_all(&[b'x'; 4096]).await.is_ok() {}
                    }
                }
            });
        }
    });
    url.parse().unwrap()
}

/// The app's client, with a shorter patience.
fn http() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder().timeout(Duration::from_millis(300));
    builder.redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

#[tokio::test]
async fn the_sms_gateway() {
    let now = time::macros::datetime!(2026-11-23 12:00 UTC);
    let to = PhoneNumber::parse("+4915112345642").unwrap();
    for (name, deed) in DEEDS {
        let settings = Settings { body: "to={to}&text={text}", ..Settings::default() };
        let gateway = Gateway::configure(server(*deed).await, settings).unwrap();
        let sent = gateway.send(&http(), &Message { to: &to, text: "1", id: "m" }, now).await;
        let wanted = match *name {
            "closes" | "hangs" | "no HTTP" => Sent::Later { status: None, after: None },
            "redirect" => Sent::Refused(302),
            "kept method" => Sent::Refused(307),
            "not found" => Sent::Refused(404),
            "busy" => Sent::Later { status: Some(429), after: Some(600) },
            "broken" => Sent::Later { status: Some(500), after: None },
            // The status counts; what the body does is nobody's business.
            _ => Sent::Taken,
        };
        assert_eq!(sent, wanted, "{name}");
    }
}

#[tokio::test]
async fn the_validation_server() {
    let otp = Otp::parse("cccccckdvvulethkhtvkrtbeukiettvfceekurncllcj").unwrap();
    for (name, deed) in DEEDS {
        let validator =
            Validator::configure(server(*deed).await, "1", "mG5be6ZJU1qBGz24yPh/ESM3UdU=").unwrap();
        let verdict = validator.ask(&http(), &otp, &Random::seeded(1)).await;
        let right = match *name {
            "empty" | "a page" | "OK, unsigned" | "JSON" | "a token nobody signed" | "endless" => {
                matches!(verdict, Verdict::Distrusted(_))
            }
            "redirect" | "kept method" | "not found" => matches!(verdict, Verdict::Misconfigured(_)),
            _ => matches!(verdict, Verdict::Away(_)),
        };
        assert!(right, "{name}: {verdict:?}");
        assert!(!format!("{verdict:?}").contains("kdvvul"), "{name}: {verdict:?}");
    }
}

#[tokio::test]
async fn duo() {
    let now = time::macros::datetime!(2026-11-23 12:00 UTC);
    let asked = Asked {
        username: "mira",
        redirect_uri: "https://signin.example/duo",
        state: "state-0123456789-0123456789",
        nonce: "nonce-0123456789-0123456789",
    };
    for (name, deed) in DEEDS {
        let random = Random::seeded(1);
        let secret = "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
        let duo = Duo::configure(&server(*deed).await, "DIXXXXXXXXXXXXXXXXXX", secret).unwrap();
        let health = duo.health(&http(), &random, now).await.unwrap_err();
        let exchange = duo.exchange(&http(), "code", &asked, &random, now).await.unwrap_err();
        for trouble in [&health, &exchange] {
            let right = match *name {
                "closes" | "hangs" | "hangs inside" | "no HTTP" | "cut" | "busy" | "broken" => {
                    matches!(trouble, Trouble::Away(_))
                }
                "a token nobody signed" => matches!(trouble, Trouble::Odd(_) | Trouble::Refused(_)),
                _ => matches!(trouble, Trouble::Odd(_)),
            };
            assert!(right, "{name}: {trouble:?}");
            assert!(!trouble.to_string().contains("client_assertion"), "{name}: {trouble}");
        }
    }
}
