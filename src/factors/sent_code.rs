//! A code that is sent and typed in again, by mail or by SMS (security.md C1; NIST SP 800-63B-4 3.1.3):
//! 6 digits, good for ten minutes, once, and for the ceremony that asked for it. What is kept of it is
//! a keyed hash in that ceremony's sealed state; a newer code takes the older one's place there.

use askama::Template;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use time::{Duration, OffsetDateTime};
use zeroize::Zeroizing;

use super::Problem;
use super::kind::{Desk, Judgement, Slot};
use crate::i18n::{Key, key};
use crate::random::Random;

/// How long one is good, in minutes.
pub const MINUTES: u32 = 10;
/// Wrong ones at an enrolment before a new one must be asked for. At a sign-in the factor's own count
/// holds, which no new code resets (security.md G3).
const TRIES: u8 = 5;
const FIELD: &str = "code";

/// A code as it is kept.
#[derive(Clone, Serialize, Deserialize)]
pub struct SentCode {
    hash: String,
    #[serde(with = "time::serde::timestamp")]
    until: OffsetDateTime,
    /// Wrong ones so far, at an enrolment.
    wrong: u8,
}

/// What a typed code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    Right,
    Wrong,
    Missing,
    Malformed,
    /// It was right or wrong too late to matter.
    Expired,
    /// None was sent that still works.
    Unsent,
}

impl SentCode {
    /// A fresh one: its digits, to be sent and forgotten, and what is kept.
    pub fn fresh(desk: &Desk<'_>) -> (Zeroizing<String>, Self) {
        let code = digits(&desk.app.random);
        let until = desk.now + Duration::minutes(MINUTES.into());
        (code.clone(), Self { hash: hash(desk, &code), until, wrong: 0 })
    }

    /// The end of its life.
    pub fn until(&self) -> OffsetDateTime {
        self.until
    }

    /// One more wrong try; none when it was the last one.
    pub fn used_up_by_one(mut self) -> Option<Self> {
        self.wrong += 1;
        (self.wrong < TRIES).then_some(self)
    }
}

/// Judges `typed` against what was sent last.
pub fn check(desk: &Desk<'_>, sent: Option<&SentCode>, typed: &str) -> Check {
    let Some(sent) = sent else { return Check::Unsent };
    if typed.is_empty() {
        return Check::Missing;
    }
    let Some(typed) = read(typed) else { return Check::Malformed };
    let fits: bool = hash(desk, &typed).as_bytes().ct_eq(sent.hash.as_bytes()).into();
    match (desk.now < sent.until, fits) {
        (false, _) => Check::Expired,
        (true, true) => Check::Right,
        (true, false) => Check::Wrong,
    }
}

/// For the customer and for the audit trail.
pub fn told(check: Check) -> (Problem, &'static str) {
    let (message, result): (Key, _) = match check {
        Check::Missing => (key("factors-sent-missing"), "malformed"),
        Check::Malformed => (key("factors-sent-malformed"), "malformed"),
        Check::Expired => (key("factors-sent-expired"), "expired"),
        Check::Unsent => (key("factors-sent-none"), "expired"),
        Check::Right | Check::Wrong => (key("factors-sent-wrong"), "wrong_code"),
    };
    // Where no code is taken any more there is no field either.
    let field = if check == Check::Unsent { "" } else { FIELD };
    (Problem::new(message, field), result)
}

/// The judgement of a challenge's answer.
pub fn judged(desk: &Desk<'_>, sent: Option<&SentCode>, typed: &str) -> Judgement {
    let check = check(desk, sent, typed);
    let (problem, result) = told(check);
    match check {
        Check::Right => Judgement::Right(0),
        Check::Wrong => Judgement::Wrong { problem, result, of: None },
        _ => Judgement::Refused { problem, result },
    }
}

/// What is told when no more may be sent before `at`.
pub fn too_many(at: OffsetDateTime, now: OffsetDateTime) -> Problem {
    let minutes = (at - now).whole_seconds().max(1).unsigned_abs().div_ceil(60);
    Problem::new(key("factors-sent-too-many"), "").with("count", minutes)
}

/// The page that asks for a code that was sent.
#[derive(Template)]
#[template(path = "factors/sent_code.html")]
pub struct CodePage<'a> {
    pub slot: &'a Slot<'a>,
    /// HTML of where it was sent to.
    pub lead: String,
    /// One was sent that can still be right.
    pub has_code: bool,
    pub enrolling: bool,
    /// Where "send a new code" posts to, and the field that says so.
    pub again: (&'a str, &'static str, &'static str),
    /// "Use another number".
    pub another: bool,
}

/// Uniform: a draw past the last whole million is drawn anew.
fn digits(random: &Random) -> Zeroizing<String> {
    loop {
        let drawn = u32::from_be_bytes(random.bytes());
        if drawn < u32::MAX - u32::MAX % 1_000_000 {
            return Zeroizing::new(format!("{:06}", drawn % 1_000_000));
        }
    }
}

/// Six digits, however they are typed.
fn read(typed: &str) -> Option<Zeroizing<String>> {
    if typed.len() > 64 {
        return None;
    }
    let digit = |c: char| match c {
        '\u{0660}'..='\u{0669}' => char::from_digit(c as u32 - 0x0660, 10),
        '\u{06f0}'..='\u{06f9}' => char::from_digit(c as u32 - 0x06f0, 10),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(c as u32 - 0xff10, 10),
        c => c.is_ascii_digit().then_some(c),
    };
    let kept = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let code = Zeroizing::new(kept.map(digit).collect::<Option<String>>()?);
    (code.len() == 6).then_some(code)
}

/// Keyed by the pepper, bound to the ceremony and its customer.
fn hash(desk: &Desk<'_>, code: &str) -> String {
    let pepper = desk.app.config.pepper.0.as_slice();
    let mut mac = Hmac::<Sha256>::new_from_slice(pepper).expect("a key of any length");
    mac.update(b"vestibule sent code\0");
    mac.update(desk.ceremony.as_bytes());
    mac.update(desk.customer.id.0.as_bytes());
    mac.update(code.as_bytes());
    data_encoding::BASE64.encode(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_six_digits_of_any_kind() {
        let random = Random::seeded(4);
        let mut seen = [0_u32; 10];
        for _ in 0..2_000 {
            let code = digits(&random);
            assert_eq!(read(&code).as_deref(), Some(&*code));
            code.bytes().for_each(|digit| seen[usize::from(digit - b'0')] += 1);
        }
        assert!(seen.iter().all(|count| (1_000..1_400).contains(count)), "{seen:?}");
        for typed in ["042 137", " 042137\n", "042-137", "٠٤٢١٣٧", "۰۴۲۱۳۷", "０４２１３７"]
        {
            assert_eq!(read(typed).unwrap().as_str(), "042137", "{typed}");
        }
        for typed in ["", "04213", "0421377", "04213a", "0421３", "०४२१३७", "½23456", &"0".repeat(99)]
        {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn waits_are_told_in_whole_minutes() {
        let now = OffsetDateTime::UNIX_EPOCH;
        for (seconds, words) in [(1, "1 minute."), (60, "1 minute."), (61, "2 minutes."), (-5, "1 minute.")] {
            let told = too_many(now + Duration::seconds(seconds), now).told(crate::i18n::Lang::English);
            assert!(told.more.contains(words), "{told:?}");
        }
    }
}
