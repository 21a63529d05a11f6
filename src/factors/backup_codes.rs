//! Backup codes (security.md B1): ten codes of 80 bits on paper, each good once, issued as a set and
//! shown once. Only keyed hashes are kept. A new set takes the old one's place.

use askama::Template;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::kind::{
    About, Begun, Body, Confirmation, Desk, Fields, Judgement, Kind, NewFactor, Slot, Strength,
};
use super::{Factor, Problem};
use crate::app::App;
use crate::customers::CustomerId;
use crate::error::AppError;
use crate::i18n::key;
use crate::random::Random;

/// Codes a set.
const CODES: usize = 10;
/// Bits of a code, by eight: 16 characters.
const BYTES: usize = 10;
/// Crockford's base32: no I, L, O or U, so that nothing looks like anything else on paper.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The kind.
pub struct BackupCodes;

/// The set on the page, until the customer says it is saved.
#[derive(Serialize, Deserialize)]
pub struct Pending {
    codes: Vec<Zeroizing<String>>,
}

/// A set as it is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    codes: Vec<KeptCode>,
}

/// One code: its keyed hash, and when it was used.
#[derive(Debug, Serialize, Deserialize)]
struct KeptCode {
    hash: String,
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    used_at: Option<OffsetDateTime>,
}

/// The set, shown once.
#[derive(Template)]
#[template(path = "factors/backup_codes_new.html")]
struct NewPage<'a> {
    slot: &'a Slot<'a>,
    codes: Vec<String>,
    /// A text file of them, as a `data:` address.
    download: String,
    file_name: String,
}

/// Asking for one.
#[derive(Template)]
#[template(path = "factors/backup_codes_ask.html")]
struct AskPage<'a> {
    slot: &'a Slot<'a>,
    left: usize,
}

/// How many codes of a set have not been used.
pub fn left(factor: &Factor) -> usize {
    let kept: Kept = serde_json::from_value(factor.data.clone()).unwrap_or_default();
    kept.codes.iter().filter(|code| code.used_at.is_none()).count()
}

impl Kind for BackupCodes {
    type Pending = Pending;
    type Asked = ();
    type Consulted = ();

    const ABOUT: About = About {
        word: "backup_codes",
        label: "Backup codes",
        name: key("factors-backup-name"),
        lead: key("factors-backup-choice"),
        strength: Strength::Strong,
        raises: true,
        several: false,
        once: false,
        guessable: true,
        chosen: false,
    };

    fn begin(desk: &Desk<'_>, _own: &[Factor]) -> Result<Begun<Pending>, AppError> {
        Ok(Begun::quietly(Pending { codes: (0..CODES).map(|_| fresh(&desk.app.random)).collect() }))
    }

    fn enrolment(desk: &Desk<'_>, slot: &Slot<'_>, pending: &Pending) -> Result<Body, AppError> {
        let codes: Vec<String> = pending.codes.iter().map(|code| grouped(code)).collect();
        let file = format!("{}\n\n{}\n", slot.lang.say1("factors-backup-file", "site", desk.site_name), {
            codes.join("\n")
        });
        let encoded = percent_encoding::utf8_percent_encode(&file, percent_encoding::NON_ALPHANUMERIC);
        let page = NewPage {
            slot,
            download: format!("data:text/plain;charset=utf-8,{encoded}"),
            file_name: format!("{}.txt", slot.lang.say("factors-backup-file-name")),
            codes,
        };
        Ok(Body { scripted: true, ..Body::new(slot.lang.say("factors-backup-new-title"), &page)? })
    }

    async fn confirm(
        desk: &Desk<'_>,
        pending: Pending,
        form: &Fields,
    ) -> Result<Confirmation<Pending>, AppError> {
        if form.get("saved").is_empty() {
            let problem = Problem::new(key("factors-backup-unsaved"), "saved");
            return Ok(Confirmation::Refused { problem, result: "not_saved" });
        }
        let codes = pending.codes.iter().map(|code| KeptCode {
            hash: data_encoding::BASE64.encode(&hash(desk.app, desk.customer.id, code)),
            used_at: None,
        });
        let data = serde_json::to_value(Kept { codes: codes.collect() }).map_err(AppError::internal)?;
        let name = desk.lang.say("factors-backup-name");
        Ok(Confirmation::Done(NewFactor { name, data, ..NewFactor::default() }))
    }

    fn ask(_: &Desk<'_>, _: &[Factor]) -> Result<Begun<()>, AppError> {
        Ok(Begun::quietly(()))
    }

    fn challenge(_: &Desk<'_>, slot: &Slot<'_>, (): &(), own: &[Factor]) -> Result<Body, AppError> {
        let page = AskPage { slot, left: own.iter().map(left).sum() };
        Body::new(slot.lang.say("factors-backup-ask-title"), &page)
    }

    async fn consult(_: &Desk<'_>, (): &(), _: &[Factor], _: &Fields) -> Result<(), AppError> {
        Ok(())
    }

    fn judge(
        desk: &Desk<'_>,
        (): &(),
        own: &mut [Factor],
        form: &Fields,
        (): (),
    ) -> Result<Judgement, AppError> {
        const FIELD: &str = "code";
        let refused = |message, result| Judgement::Refused { problem: Problem::new(message, FIELD), result };
        let typed = form.get("code");
        if typed.is_empty() {
            return Ok(refused(key("factors-backup-missing"), "malformed"));
        }
        let Some(code) = normalised(typed) else {
            return Ok(refused(key("factors-backup-malformed"), "malformed"));
        };
        let typed = hash(desk.app, desk.customer.id, &code);
        for (at, factor) in own.iter_mut().enumerate() {
            let mut kept: Kept = serde_json::from_value(factor.data.clone()).map_err(AppError::internal)?;
            // All of them are looked at, whichever matches.
            let mut found = None;
            for (place, kept) in kept.codes.iter().enumerate() {
                let hash = data_encoding::BASE64.decode(kept.hash.as_bytes()).unwrap_or_default();
                if bool::from(hash.ct_eq(&typed)) {
                    found = Some(place);
                }
            }
            let Some(code) = found.and_then(|place| kept.codes.get_mut(place)) else { continue };
            if code.used_at.is_some() {
                return Ok(refused(key("factors-backup-used"), "code_already_used"));
            }
            code.used_at = Some(desk.now);
            factor.data = serde_json::to_value(kept).map_err(AppError::internal)?;
            return Ok(Judgement::Right(at));
        }
        let problem = Problem::new(key("factors-backup-wrong"), FIELD);
        Ok(Judgement::Wrong { problem, result: "wrong_code", of: None })
    }
}

fn fresh(random: &Random) -> Zeroizing<String> {
    let bytes: Zeroizing<[u8; BYTES]> = Zeroizing::new(random.bytes());
    let mut code = Zeroizing::new(String::with_capacity(BYTES * 8 / 5));
    let (mut bits, mut count) = (0_u32, 0);
    for byte in *bytes {
        bits = bits << 8 | u32::from(byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            code.push(char::from(ALPHABET[(bits >> count) as usize & 31]));
        }
    }
    code
}

/// `ABCD-EFGH-JKMN-PQRS`.
fn grouped(code: &str) -> String {
    let groups: Vec<_> = code.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    groups.join("-")
}

/// As it was made, however it was typed: spaces, dashes and case do not count, and what is no digit
/// or letter of the alphabet is read as the one it looks like.
fn normalised(typed: &str) -> Option<Zeroizing<String>> {
    if typed.len() > 64 {
        return None;
    }
    let read = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—')).map(|c| match c
        .to_ascii_uppercase()
    {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    });
    let code = Zeroizing::new(read.collect::<String>());
    let right = code.len() == BYTES * 8 / 5 && code.bytes().all(|byte| ALPHABET.contains(&byte));
    right.then_some(code)
}

/// Keyed by the pepper, so that the database alone says nothing; bound to the customer.
fn hash(app: &App, customer: CustomerId, code: &str) -> [u8; 32] {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(app.config.pepper.0.as_slice()).expect("a key of any length");
    mac.update(b"vestibule backup code\0");
    mac.update(customer.0.as_bytes());
    mac.update(code.as_bytes());
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_however_they_are_typed() {
        let random = Random::seeded(9);
        let codes: Vec<_> = (0..1_000).map(|_| fresh(&random)).collect();
        let distinct: std::collections::HashSet<_> = codes.iter().map(|code| code.as_str()).collect();
        assert_eq!(distinct.len(), codes.len());
        for code in &codes {
            assert_eq!(code.len(), 16);
            for typed in [
                grouped(code),
                grouped(code).to_lowercase(),
                grouped(code).replace('-', " "),
                code.replace('0', "o").replace('1', "l"),
                format!("  {}\t", grouped(code).replace('-', "–").replace('1', "I")),
            ] {
                assert_eq!(normalised(&typed).as_deref(), Some(&**code), "{typed}");
            }
        }
        for typed in
            ["", "ABCD", "ABCD-EFGH-JKMN-PQRU", "ABCD-EFGH-JKMN-PQR", &"0".repeat(5_000), "ＡBCDEFGHJKMNPQRS"]
        {
            assert_eq!(normalised(typed), None, "{typed:.20}");
        }
    }
}
