//! The authenticator app: time-based one-time passwords (RFC 6238) of six digits every 30 seconds
//! over HMAC-SHA-1, which is all that every app understands.

use std::fmt::Write as _;

use subtle::ConstantTimeEq;
use time::OffsetDateTime;
use totp_rs::{Algorithm, Builder, Totp};
use zeroize::Zeroizing;

use crate::random::Random;

/// 160 bits (RFC 4226 section 4, R6; security.md T1).
pub const SECRET_BYTES: usize = 20;
const STEP_SECONDS: u64 = 30;
const DIGITS: usize = 6;
/// Steps looked at on either side for the "your clock is off" hint: one hour.
const HINT_STEPS: u64 = 120;

/// The shared secret.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; SECRET_BYTES]>);

impl Secret {
    /// Takes the secret's bytes.
    pub fn new(bytes: [u8; SECRET_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// A fresh secret.
    pub fn generate(random: &Random) -> Self {
        Self::new(random.bytes())
    }

    /// The bytes, for sealing.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// Base32 in groups of four, for typing (32 characters, 8 groups).
    pub fn grouped(&self) -> String {
        let base32 = data_encoding::BASE32_NOPAD.encode(self.bytes());
        let mut out = String::with_capacity(40);
        for (at, c) in base32.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                out.push(' ');
            }
            out.push(c);
        }
        out
    }

    /// The `otpauth://` address an app scans or opens. Colons separate its parts, so those in the
    /// issuer or the account are replaced by spaces.
    pub fn otpauth_uri(&self, issuer: &str, account: &str) -> String {
        let clean = |text: &str| text.replace(':', " ").trim().to_owned();
        let mut uri = String::from("otpauth://totp/");
        let encode = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
        };
        let (issuer, account) = (clean(issuer), clean(account));
        let _ = write!(
            uri,
            "{}:{}?secret={}&issuer={}",
            encode(&issuer),
            encode(&account),
            data_encoding::BASE32_NOPAD.encode(self.bytes()),
            encode(&issuer)
        );
        uri
    }

    fn totp(&self) -> Totp {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS as u8)
            .with_step_duration(STEP_SECONDS)
            .with_secret(self.bytes().to_vec())
            .build()
            .expect("six digits, thirty seconds and 160 bits are what RFC 6238 allows")
    }

    /// The code of `step`, for tests and for the practice world's phone.
    pub fn code_at(&self, step: u64) -> String {
        self.totp().generate(step * STEP_SECONDS).to_string()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// The time step of `now` (RFC 6238 section 4.2).
pub fn step_of(now: OffsetDateTime) -> u64 {
    u64::try_from(now.unix_timestamp()).unwrap_or(0) / STEP_SECONDS
}

/// What the factor has seen: no step at or before `last_step` counts again (security.md T2), nor
/// one whose code a clock hint gave away.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct History {
    pub last_step: Option<u64>,
    #[serde(default)]
    pub burned_steps: Vec<u64>,
}

impl History {
    fn is_spent(&self, step: u64) -> bool {
        self.last_step.is_some_and(|last| step <= last) || self.burned_steps.contains(&step)
    }
}

/// What a typed code is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// Right and new: store this history.
    Accepted(History),
    Malformed,
    Wrong,
    AlreadyUsed,
    /// Right at another time. Store the history: it burns a step still to come, or else the hint
    /// would hand a guesser a code that works later.
    ClockOff {
        minutes: i64,
        history: History,
    },
}

/// Judges `typed` at `now`. Looks at every step of the window whatever matches (security.md T5):
/// the current one, one back, one forward (T3).
pub fn check(secret: &Secret, history: &History, typed: &str, now: OffsetDateTime) -> Check {
    let Some(typed) = digits(typed) else { return Check::Malformed };
    let totp = secret.totp();
    let current = step_of(now);
    let matches = |step: u64| -> bool {
        totp.generate(step * STEP_SECONDS).to_string().as_bytes().ct_eq(typed.as_bytes()).into()
    };

    let mut fresh = None;
    let mut spent = false;
    for step in current.saturating_sub(1)..=current + 1 {
        if matches(step) {
            if history.is_spent(step) { spent = true } else { fresh = Some(step) }
        }
    }
    if let Some(step) = fresh {
        let burned_steps = history.burned_steps.iter().copied().filter(|b| *b > step).collect();
        return Check::Accepted(History { last_step: Some(step), burned_steps });
    }
    if spent {
        return Check::AlreadyUsed;
    }
    for distance in 2..=HINT_STEPS {
        for step in [current.saturating_sub(distance), current + distance] {
            if matches(step) {
                if history.is_spent(step) {
                    return Check::AlreadyUsed;
                }
                let minutes = (step as i64 - current as i64) * STEP_SECONDS as i64 / 60;
                let mut history = history.clone();
                history.burned_steps.retain(|b| *b + 1 >= current);
                if step > current {
                    history.burned_steps.push(step);
                }
                return Check::ClockOff { minutes, history };
            }
        }
    }
    Check::Wrong
}

/// Six ASCII digits, however grouped: apps show `123 456`.
fn digits(typed: &str) -> Option<String> {
    if typed.len() > 32 {
        return None;
    }
    let kept: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (kept.len() == DIGITS && kept.bytes().all(|b| b.is_ascii_digit())).then_some(kept)
}

#[cfg(test)]
mod tests;
