//! What some second factors need outside, made up: an SMS gateway and the phones behind it, Yubico's
//! validation server with two virtual YubiKeys, and a Duo account. Each is as strict as its
//! vendor's published protocol about what it is sent, and reached by configuration alone.

mod duo;
mod duo_token;
mod sms;
mod virtual_key;
mod yubikey;

#[cfg(test)]
mod tests;

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::anyhow;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use lru::LruCache;
use url::Url;

use self::sms::{Mood, Received};
use self::virtual_key::{Keys, VirtualKey};
use super::Surroundings;
use super::pages::{Frame, Place, Trouble, render, surround};
use crate::config::Config;
use crate::factors::{self, sms::Gateway, yubikey::Validator};

/// How many messages, prompts and codes are remembered; the oldest go.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(200).expect("more than zero");
/// What the app is known by. No secret: it opens nothing but a demo.
const SMS_TOKEN: &str = "practice-gateway-token";
pub const YUBIKEY_CLIENT_ID: &str = "4711";
pub const YUBIKEY_SECRET: &str = "cHJhY3RpY2UgeXViaWtleSBzZWM=";
pub const DUO_CLIENT_ID: &str = "DIPRACTICE0000000001";
pub const DUO_CLIENT_SECRET: &str = "PracticeDuoSecretThatOpensNothing4000000";

/// The practice gateways. Cheap to clone.
#[derive(Clone)]
pub struct Gateways(Arc<Parts>);

struct Parts {
    surroundings: Surroundings,
    state: Mutex<Inside>,
}

struct Inside {
    /// By the id they were sent with, newest first.
    messages: LruCache<String, Received>,
    mood: Mood,
    keys: Keys,
    prompts: LruCache<String, duo::Prompt>,
    codes: LruCache<String, duo::Code>,
}

impl Gateways {
    /// Reads the virtual keys' counters, so that they go on after a restart as real keys do.
    pub fn open(surroundings: Surroundings) -> anyhow::Result<Self> {
        let keys = Keys::open(&surroundings.folder, &surroundings.random)?;
        let state = Inside {
            messages: LruCache::new(REMEMBERED),
            mood: Mood::default(),
            keys,
            prompts: LruCache::new(REMEMBERED),
            codes: LruCache::new(REMEMBERED),
        };
        Ok(Self(Arc::new(Parts { surroundings, state: Mutex::new(state) })))
    }

    /// Tells the app of all three, as an operator would, once it knows its own address. `at`: the
    /// gateways' address for servers.
    pub fn configure(config: &mut Config, at: &str) -> anyhow::Result<()> {
        let headers = format!("Authorization: Bearer {SMS_TOKEN}");
        let settings = factors::sms::Settings {
            headers: &headers,
            body: r#"{"to":"{to}","text":"{text}","reference":"{id}"}"#,
            ..Default::default()
        };
        let fault = |fault: &dyn std::fmt::Debug| anyhow!("the practice gateways: {fault:?}");
        let url = Url::parse(&format!("{at}/sms/messages"))?;
        config.sms = Some(Gateway::configure(url, settings).map_err(|wrong| fault(&wrong))?);
        let url = Url::parse(&format!("{at}/yubikey/wsapi/2.0/verify"))?;
        let validator = Validator::configure(url, YUBIKEY_CLIENT_ID, YUBIKEY_SECRET);
        config.yubikey = Some(validator.map_err(|wrong| fault(&wrong))?);
        let duo = factors::duo::Duo::api(&format!("{at}/duo"))
            .and_then(|api| factors::duo::Duo::configure(&api, DUO_CLIENT_ID, DUO_CLIENT_SECRET));
        config.duo = Some(duo.map_err(|wrong| fault(&wrong))?);
        Ok(())
    }

    /// Everything below one door: `/sms`, `/yubikey`, `/duo`.
    pub fn router(&self) -> Router {
        let router = Router::new()
            .route("/", get(async || Redirect::to("/sms")))
            .merge(sms::routes())
            .merge(yubikey::routes())
            .merge(duo::routes())
            .with_state(self.clone());
        surround(router, Place::Gateways, &self.0.surroundings)
    }

    /// The texts received at `number`, newest first.
    pub fn texts(&self, number: &str) -> Vec<String> {
        let state = self.state();
        let messages = state.messages.iter().filter(|(_, message)| message.to == number);
        messages.map(|(_, message)| message.text.clone()).collect()
    }

    /// The next OTP of the virtual key `index` (0 or 1).
    pub fn touch(&self, index: usize) -> anyhow::Result<String> {
        let Parts { surroundings, .. } = &*self.0;
        let now = surroundings.clock.now();
        self.state().keys.touch(index, now, &surroundings.random, &surroundings.folder)
    }

    fn state(&self) -> MutexGuard<'_, Inside> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn frame(&self, title: &str) -> Frame {
        Frame::new(title, Place::Gateways, &self.0.surroundings)
    }

    fn trouble(&self, status: StatusCode, problem: &str) -> Response {
        let frame = self.frame("That did not work");
        (status, render(&Trouble { frame, problem: problem.into() })).into_response()
    }
}
