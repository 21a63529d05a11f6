//! The authenticator app. [`code`] holds the rules of RFC 6238; this file is its place among the
//! kinds of factor. A customer may have several: a code of any of them is right, and one that is
//! wrong is wrong for all.

pub mod code;

use askama::Template;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::kind::{
    About, Begun, Body, Confirmation, Desk, Fields, Judgement, Kind, NewFactor, Slot, Strength,
};
use super::{Factor, Problem};
use crate::error::AppError;
use crate::i18n::key;
use crate::web::qr;
use code::{Check, History, SECRET_BYTES, Secret};

/// The kind.
pub struct Totp;

/// The secret on the page.
#[derive(Serialize, Deserialize)]
pub struct Pending {
    #[serde(with = "secret_text")]
    secret: Secret,
}

/// Setting it up.
#[derive(Template)]
#[template(path = "factors/totp_enrol.html")]
struct EnrolPage<'a> {
    slot: &'a Slot<'a>,
    /// Path data of `web::qr::svg_path`, and the side of its view box.
    qr_svg_path: String,
    qr_size: usize,
    /// The secret in base32, in groups of four, for typing.
    secret_grouped: String,
    /// The `otpauth://` address, for a phone that shows this page itself.
    otpauth_uri: String,
}

/// Asking for a code.
#[derive(Template)]
#[template(path = "factors/totp_code.html")]
struct CodePage<'a> {
    slot: &'a Slot<'a>,
}

impl Kind for Totp {
    type Pending = Pending;
    type Asked = ();
    type Consulted = ();

    const ABOUT: About = About {
        word: "totp",
        label: "Authenticator app",
        name: key("factors-totp-name"),
        lead: key("factors-totp-choice"),
        strength: Strength::Strong,
        raises: true,
        several: true,
        once: false,
        guessable: true,
        chosen: true,
    };

    fn begin(desk: &Desk<'_>, _own: &[Factor]) -> Result<Begun<Pending>, AppError> {
        Ok(Begun::quietly(Pending { secret: Secret::generate(&desk.app.random) }))
    }

    fn enrolment(desk: &Desk<'_>, slot: &Slot<'_>, pending: &Pending) -> Result<Body, AppError> {
        let issuer = desk.settings.totp_issuer.as_deref().unwrap_or(desk.site_name);
        let otpauth_uri = pending.secret.otpauth_uri(issuer, &desk.customer.email);
        let (qr_svg_path, qr_size) = qr::svg_path(&otpauth_uri).map_err(AppError::internal)?;
        let secret_grouped = pending.secret.grouped();
        let page = EnrolPage { slot, qr_svg_path, qr_size, secret_grouped, otpauth_uri };
        Body::new(slot.lang.say("factors-totp-enrol-title"), &page)
    }

    async fn confirm(
        desk: &Desk<'_>,
        pending: Pending,
        form: &Fields,
    ) -> Result<Confirmation<Pending>, AppError> {
        let typed = form.get("code");
        Ok(match code::check(&pending.secret, &History::default(), typed, desk.now) {
            Check::Accepted(history) => Confirmation::Done(NewFactor {
                name: desk.lang.say("factors-totp-name"),
                secret: Some(Zeroizing::new(pending.secret.bytes().to_vec())),
                data: written(&history)?,
                credential_id: None,
            }),
            // Nothing to burn: the secret is on the page and guards nothing yet.
            check => {
                let (problem, result) = told(&check, typed);
                Confirmation::Refused { problem, result }
            }
        })
    }

    fn ask(_: &Desk<'_>, _: &[Factor]) -> Result<Begun<()>, AppError> {
        Ok(Begun::quietly(()))
    }

    fn challenge(_: &Desk<'_>, slot: &Slot<'_>, (): &(), _: &[Factor]) -> Result<Body, AppError> {
        let title =
            if slot.can_enter() { key("factors-totp-code-title") } else { key("factors-no-more-codes") };
        Body::new(slot.lang.say(title), &CodePage { slot })
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
        let typed = form.get("code");
        let (mut refused, mut worst) = (None, Check::Wrong);
        for (at, factor) in own.iter_mut().enumerate() {
            let secret = secret_of(factor, desk)?;
            let history: History = serde_json::from_value(factor.data.clone()).map_err(AppError::internal)?;
            match code::check(&secret, &history, typed, desk.now) {
                Check::Accepted(history) => {
                    factor.data = written(&history)?;
                    return Ok(Judgement::Right(at));
                }
                check @ (Check::Malformed | Check::AlreadyUsed) => refused = Some(check),
                Check::ClockOff { minutes, history } => {
                    factor.data = written(&history)?;
                    worst = Check::ClockOff { minutes, history };
                }
                Check::Wrong => {}
            }
        }
        // No guess at any app, when it was right for one of them once.
        if let Some(check) = refused {
            let (problem, result) = told(&check, typed);
            return Ok(Judgement::Refused { problem, result });
        }
        let (problem, result) = told(&worst, typed);
        Ok(Judgement::Wrong { problem, result, of: None })
    }
}

fn secret_of(factor: &Factor, desk: &Desk<'_>) -> Result<Secret, AppError> {
    let bytes = factor.secret(&desk.app.vault)?;
    let bytes: [u8; SECRET_BYTES] = bytes
        .as_slice()
        .try_into()
        .map_err(|_| AppError::internal(anyhow::anyhow!("a TOTP secret of another length")))?;
    Ok(Secret::new(bytes))
}

fn written(history: &History) -> Result<serde_json::Value, AppError> {
    serde_json::to_value(history).map_err(AppError::internal)
}

/// A check that is no acceptance, for the customer and for the audit trail.
fn told(check: &Check, typed: &str) -> (Problem, &'static str) {
    const FIELD: &str = "code";
    match check {
        Check::Malformed if typed.is_empty() => {
            (Problem::new(key("factors-totp-missing"), FIELD), "malformed")
        }
        Check::Malformed => (Problem::new(key("factors-totp-malformed"), FIELD), "malformed"),
        Check::AlreadyUsed => (Problem::new(key("factors-totp-used"), FIELD), "code_already_used"),
        Check::ClockOff { minutes, .. } => {
            let message =
                if *minutes < 0 { key("factors-totp-clock-behind") } else { key("factors-totp-clock-ahead") };
            let minutes = minutes.unsigned_abs().max(1);
            (Problem::new(message, FIELD).with("count", minutes), "clock_off")
        }
        Check::Accepted(_) | Check::Wrong => (Problem::new(key("factors-totp-wrong"), FIELD), "wrong_code"),
    }
}

/// The secret as base32, while it is sealed in a sign-in.
mod secret_text {
    use super::{SECRET_BYTES, Secret};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&data_encoding::BASE32_NOPAD.encode(secret.bytes()))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
        let text = String::deserialize(from)?;
        let bytes = data_encoding::BASE32_NOPAD.decode(text.as_bytes()).map_err(D::Error::custom)?;
        let bytes: [u8; SECRET_BYTES] =
            bytes.try_into().map_err(|_| D::Error::custom("a secret of another length"))?;
        Ok(Secret::new(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn a_wrong_clock_is_told_in_whole_minutes() {
        let clock = |minutes| told(&Check::ClockOff { minutes, history: History::default() }, "123456");
        for (minutes, words) in [
            (0, "about 1 minute ahead."),
            (4, "about 4 minutes ahead."),
            (-61, "about 61 minutes behind."),
            (i64::MIN, "minutes behind."),
        ] {
            let (problem, result) = clock(minutes);
            let told = problem.told(Lang::English);
            assert!(told.link.ends_with(words), "{told:?}");
            assert_eq!(result, "clock_off");
        }
    }
}
