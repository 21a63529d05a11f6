//! Chromium's virtual authenticators, by WebDriver (WebAuthn Level 3, section 11).

use reqwest::Method;
use serde_json::{Value, json};

use super::chromium::Browser;

/// What kind is plugged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Part of the device, keeps passkeys and verifies its user.
    Internal,
    /// A security key that keeps none and verifies nobody.
    PlainUsb,
}

/// One that is plugged in until [`remove`](Self::remove).
pub struct Authenticator<'a> {
    browser: &'a Browser,
    path: String,
}

impl<'a> Authenticator<'a> {
    /// Plugs one in. Whoever sits there agrees to everything: without consent Chromium waits until
    /// the options' time is over.
    pub async fn add(browser: &'a Browser, kind: Kind) -> Self {
        let internal = kind == Kind::Internal;
        let options = json!({
            "protocol": "ctap2",
            "transport": if internal { "internal" } else { "usb" },
            "hasResidentKey": internal,
            "hasUserVerification": internal,
            "isUserVerified": internal,
        });
        let id = browser.command(Method::POST, "webauthn/authenticator", options).await;
        Self { browser, path: format!("webauthn/authenticator/{}", id.as_str().unwrap()) }
    }

    /// Whether the finger, face or PIN is the right one from now on.
    pub async fn set_verified(&self, verified: bool) {
        let body = json!({ "isUserVerified": verified });
        self.browser.command(Method::POST, &format!("{}/uv", self.path), body).await;
    }

    /// The passkeys it keeps.
    pub async fn credentials(&self) -> Vec<Value> {
        let path = format!("{}/credentials", self.path);
        self.browser.command(Method::GET, &path, Value::Null).await.as_array().unwrap().clone()
    }

    /// Puts a passkey of another one in: its key has two holders now.
    pub async fn put(&self, credential: &Value) {
        let path = format!("{}/credential", self.path);
        self.browser.command(Method::POST, &path, credential.clone()).await;
    }

    /// Forgets all its passkeys.
    pub async fn forget(&self) {
        let path = format!("{}/credentials", self.path);
        self.browser.command(Method::DELETE, &path, Value::Null).await;
    }

    pub async fn remove(self) {
        self.browser.command(Method::DELETE, &self.path, Value::Null).await;
    }
}
