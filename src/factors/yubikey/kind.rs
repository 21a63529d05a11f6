//! YubiKeys that type one-time passwords: their place among the kinds of factor. A customer may have
//! several. The validation server says whether a password is right and new to it; that it is new to
//! us as well, the key's counters tell, which must go up ([`Touch`]).
//!
//! A server that does not answer or does not know us is nobody's guess: not counted, and told plainly.

use askama::Template;
use serde::{Deserialize, Serialize};

use super::{Otp, Touch, Verdict};
use crate::app::App;
use crate::error::AppError;
use crate::factors::kind::{
    About, Begun, Body, Confirmation, Desk, Fields, Judgement, Kind, NewFactor, Slot, Strength,
};
use crate::factors::{Factor, Problem};
use crate::i18n::{Key, key};

/// The kind.
pub struct YubiKey;

/// Setting one up.
#[derive(Template)]
#[template(path = "factors/yubikey_enrol.html")]
struct EnrolPage<'a> {
    slot: &'a Slot<'a>,
}

/// Asking for a touch.
#[derive(Template)]
#[template(path = "factors/yubikey_ask.html")]
struct AskPage<'a> {
    slot: &'a Slot<'a>,
}

/// A key as its factor keeps it.
#[derive(Serialize, Deserialize)]
struct Kept {
    public_id: String,
    session: u16,
    in_session: u8,
}

impl Kept {
    fn new(public_id: &str, touch: Touch) -> Self {
        Self { public_id: public_id.into(), session: touch.session, in_session: touch.in_session }
    }

    fn read(factor: &Factor) -> Result<Self, AppError> {
        serde_json::from_value(factor.data.clone()).map_err(AppError::internal)
    }

    fn touch(&self) -> Touch {
        Touch { session: self.session, in_session: self.in_session }
    }

    fn written(&self) -> Result<serde_json::Value, AppError> {
        serde_json::to_value(self).map_err(AppError::internal)
    }
}

/// What is known of a typed password.
#[derive(Serialize, Deserialize)]
pub enum Learnt {
    Missing,
    /// No one-time password of a YubiKey.
    Malformed,
    /// None of the customer's keys.
    Foreign,
    Right {
        public_id: String,
        session: u16,
        in_session: u8,
    },
    Wrong {
        public_id: String,
    },
    Replayed,
    Away,
}

impl Kind for YubiKey {
    type Pending = ();
    type Asked = ();
    type Consulted = Learnt;

    const ABOUT: About = About {
        word: "yubikey",
        label: "YubiKey one-time password",
        name: key("factors-yubikey-name"),
        lead: key("factors-yubikey-choice"),
        strength: Strength::Strong,
        raises: true,
        several: true,
        once: false,
        guessable: true,
        chosen: true,
    };

    fn is_offered(app: &App) -> bool {
        app.config.yubikey.is_some()
    }

    fn begin(_: &Desk<'_>, _: &[Factor]) -> Result<Begun<()>, AppError> {
        Ok(Begun::quietly(()))
    }

    fn enrolment(_: &Desk<'_>, slot: &Slot<'_>, (): &()) -> Result<Body, AppError> {
        Body::new(slot.lang.say("factors-yubikey-enrol-title"), &EnrolPage { slot })
    }

    async fn confirm(desk: &Desk<'_>, (): (), form: &Fields) -> Result<Confirmation<()>, AppError> {
        Ok(match learn(desk, form.get("code"), |_| true).await {
            Learnt::Right { public_id, session, in_session } => Confirmation::Done(NewFactor {
                name: desk.lang.say("factors-yubikey-name"),
                data: Kept::new(&public_id, Touch { session, in_session }).written()?,
                credential_id: Some(public_id.into_bytes()),
                secret: None,
            }),
            learnt => {
                let (problem, result) = told(&learnt);
                Confirmation::Refused { problem: Problem::new(problem, Self::FIELD), result }
            }
        })
    }

    fn ask(_: &Desk<'_>, _: &[Factor]) -> Result<Begun<()>, AppError> {
        Ok(Begun::quietly(()))
    }

    fn challenge(_: &Desk<'_>, slot: &Slot<'_>, (): &(), _: &[Factor]) -> Result<Body, AppError> {
        Body::new(slot.lang.say("factors-yubikey-ask-title"), &AskPage { slot })
    }

    async fn consult(desk: &Desk<'_>, (): &(), own: &[Factor], form: &Fields) -> Result<Learnt, AppError> {
        let keys = own.iter().filter(|factor| factor.is_open(desk.now)).map(Kept::read);
        let keys: Vec<Kept> = keys.collect::<Result<_, _>>()?;
        let is_own = |otp: &Otp| keys.iter().any(|kept| kept.public_id == otp.public_id());
        Ok(learn(desk, form.get("code"), is_own).await)
    }

    fn judge(
        _: &Desk<'_>,
        (): &(),
        own: &mut [Factor],
        _: &Fields,
        learnt: Learnt,
    ) -> Result<Judgement, AppError> {
        let (problem, result) = told(&learnt);
        let problem = Problem::new(problem, Self::FIELD);
        let (Learnt::Right { public_id, .. } | Learnt::Wrong { public_id }) = &learnt else {
            return Ok(Judgement::Refused { problem, result });
        };
        let mut keys = own.iter().map(Kept::read).collect::<Result<Vec<_>, _>>()?;
        let Some(at) = keys.iter().position(|kept| kept.public_id == *public_id) else {
            return Ok(refused(&Learnt::Foreign)); // removed meanwhile
        };
        let Learnt::Right { session, in_session, .. } = learnt else {
            return Ok(Judgement::Wrong { problem, result, of: Some(at) });
        };
        let touch = Touch { session, in_session };
        if touch <= keys[at].touch() {
            return Ok(refused(&Learnt::Replayed));
        }
        keys[at] = Kept::new(&keys[at].public_id, touch);
        own[at].data = keys[at].written()?;
        Ok(Judgement::Right(at))
    }
}

fn refused(learnt: &Learnt) -> Judgement {
    let (problem, result) = told(learnt);
    Judgement::Refused { problem: Problem::new(problem, YubiKey::FIELD), result }
}

/// Asks the validation server, if it is a password of a key that `is_ours`.
async fn learn(desk: &Desk<'_>, typed: &str, is_ours: impl Fn(&Otp) -> bool) -> Learnt {
    if typed.is_empty() {
        return Learnt::Missing;
    }
    let Some(otp) = Otp::parse(typed) else { return Learnt::Malformed };
    if !is_ours(&otp) {
        return Learnt::Foreign;
    }
    let app = desk.app;
    let Some(validator) = &app.config.yubikey else { return Learnt::Away };
    let public_id = otp.public_id().to_owned();
    match validator.ask(&app.http, &otp, &app.random).await {
        Verdict::Right(Touch { session, in_session }) => Learnt::Right { public_id, session, in_session },
        Verdict::Wrong => Learnt::Wrong { public_id },
        Verdict::Replayed => Learnt::Replayed,
        Verdict::Away(why) => {
            tracing::warn!(why, "the YubiKey validation server does not answer");
            Learnt::Away
        }
        Verdict::Misconfigured(why) => {
            tracing::error!(
                why,
                "the YubiKey validation server does not know us: look at VESTIBULE_YUBIKEY_*"
            );
            Learnt::Away
        }
        Verdict::Distrusted(why) => {
            tracing::error!(why, "the YubiKey validation server's answer is not to be trusted");
            Learnt::Away
        }
    }
}

/// For the customer and for the audit trail.
fn told(learnt: &Learnt) -> (Key, &'static str) {
    match learnt {
        Learnt::Missing => (key("factors-yubikey-missing"), "malformed"),
        Learnt::Malformed => (key("factors-yubikey-malformed"), "malformed"),
        Learnt::Foreign => (key("factors-yubikey-foreign"), "unknown_key"),
        Learnt::Replayed => (key("factors-yubikey-used"), "code_already_used"),
        Learnt::Away => (key("factors-yubikey-away"), "server_away"),
        Learnt::Wrong { .. } | Learnt::Right { .. } => (key("factors-yubikey-wrong"), "wrong_code"),
    }
}
