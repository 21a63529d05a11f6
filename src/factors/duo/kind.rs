//! Duo: its place among the kinds of factor. The page has a link that leads to Duo's prompt by way of
//! [`Kind::leave`], which asks first whether Duo is there; the browser comes back with a code, and
//! only what that code is exchanged for counts. State and nonce are this sign-in's, kept sealed in
//! its row and drawn anew after every answer, so that each is good once.
//!
//! Setting it up is one approval. The name that Duo is asked for is the email address of that day and
//! kept with the factor: an address that changes does not hand the sign-in to somebody else's Duo.

use askama::Template;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Outcome, Return, Trouble, request};
use crate::app::App;
use crate::error::AppError;
use crate::factors::kind::{
    About, Begun, Body, Confirmation, Desk, Fields, Judgement, Kind, Leave, NewFactor, Slot, Strength,
};
use crate::factors::{Factor, Problem};
use crate::i18n::{Key, key};

/// The kind.
pub struct DuoPrompt;

/// A prompt that was not answered yet.
#[derive(Serialize, Deserialize)]
pub struct Prompt {
    username: String,
    state: String,
    nonce: String,
}

impl Prompt {
    fn fresh(desk: &Desk<'_>, username: String) -> Begun<Self> {
        let random = &desk.app.random;
        Begun::quietly(Self { username, state: random.token(), nonce: random.token() })
    }

    fn asked<'a>(&'a self, redirect_uri: &'a str) -> request::Asked<'a> {
        request::Asked { username: &self.username, redirect_uri, state: &self.state, nonce: &self.nonce }
    }
}

/// As its factor keeps it.
#[derive(Serialize, Deserialize)]
struct Kept {
    username: String,
}

/// The way to the prompt, for both.
#[derive(Template)]
#[template(path = "factors/duo.html")]
struct Page<'a> {
    slot: &'a Slot<'a>,
    enrolling: bool,
}

/// What came of a prompt.
#[derive(Serialize, Deserialize)]
pub enum Learnt {
    Approved,
    Denied,
    /// Given up at Duo.
    Ended,
    /// Not for this prompt, or nothing at all.
    Foreign,
    /// The code was used or has expired.
    Stale,
    Away,
}

impl Kind for DuoPrompt {
    type Pending = Prompt;
    type Asked = Prompt;
    type Consulted = Learnt;

    const ABOUT: About = About {
        word: "duo",
        label: "Duo",
        name: key("factors-duo-name"),
        lead: key("factors-duo-choice"),
        strength: Strength::Strong,
        raises: true,
        several: false,
        once: true,
        guessable: true,
        chosen: true,
    };
    const FIELD: &'static str = "";
    const LEAVES: bool = true;

    fn is_offered(app: &App) -> bool {
        app.config.duo.is_some()
    }

    fn begin(desk: &Desk<'_>, _: &[Factor]) -> Result<Begun<Prompt>, AppError> {
        Ok(Prompt::fresh(desk, desk.customer.email.clone()))
    }

    fn enrolment(_: &Desk<'_>, slot: &Slot<'_>, _: &Prompt) -> Result<Body, AppError> {
        Body::new(slot.lang.say("factors-duo-enrol-title"), &Page { slot, enrolling: true })
    }

    async fn confirm(
        desk: &Desk<'_>,
        pending: Prompt,
        form: &Fields,
    ) -> Result<Confirmation<Prompt>, AppError> {
        Ok(match learn(desk, &pending, form).await {
            Learnt::Approved => Confirmation::Done(NewFactor {
                name: desk.lang.say("factors-duo-name"),
                data: serde_json::to_value(Kept { username: pending.username })
                    .map_err(AppError::internal)?,
                ..NewFactor::default()
            }),
            learnt => {
                let (problem, result) = told(&learnt);
                let begun = Prompt::fresh(desk, pending.username);
                Confirmation::Again { begun, problem: Problem::new(problem, Self::FIELD), result }
            }
        })
    }

    fn ask(desk: &Desk<'_>, own: &[Factor]) -> Result<Begun<Prompt>, AppError> {
        let username = own.first().map(username).transpose()?.unwrap_or_default();
        Ok(Prompt::fresh(desk, username))
    }

    fn challenge(_: &Desk<'_>, slot: &Slot<'_>, _: &Prompt, _: &[Factor]) -> Result<Body, AppError> {
        Body::new(slot.lang.say("factors-duo-ask-title"), &Page { slot, enrolling: false })
    }

    async fn leave(desk: &Desk<'_>, state: Value, back: &str) -> Result<Leave, AppError> {
        let prompt: Prompt = serde_json::from_value(state).map_err(AppError::internal)?;
        let app = desk.app;
        let away = || Leave::Not(Problem::new(key("factors-duo-away"), Self::FIELD));
        let Some(duo) = &app.config.duo else { return Ok(away()) };
        if let Err(trouble) = duo.health(&app.http, &app.random, desk.now).await {
            log(&trouble);
            return Ok(away());
        }
        request::authorize(duo, &prompt.asked(back), desk.now).map(Leave::To).map_err(AppError::internal)
    }

    async fn consult(
        desk: &Desk<'_>,
        asked: &Prompt,
        _: &[Factor],
        form: &Fields,
    ) -> Result<Learnt, AppError> {
        Ok(learn(desk, asked, form).await)
    }

    fn judge(
        _: &Desk<'_>,
        asked: &Prompt,
        own: &mut [Factor],
        _: &Fields,
        learnt: Learnt,
    ) -> Result<Judgement, AppError> {
        let (problem, result) = told(&learnt);
        let problem = Problem::new(problem, Self::FIELD);
        Ok(match learnt {
            // Of the name that is set up now.
            Learnt::Approved => {
                match own.iter().map(username).position(|name| name.is_ok_and(|name| name == asked.username))
                {
                    Some(at) => Judgement::Right(at),
                    None => Judgement::Refused { problem, result },
                }
            }
            // Somebody who knows the password and wears the customer down must wait longer each time.
            Learnt::Denied => Judgement::Wrong { problem, result, of: None },
            _ => Judgement::Refused { problem, result },
        })
    }
}

fn username(factor: &Factor) -> Result<String, AppError> {
    let kept: Kept = serde_json::from_value(factor.data.clone()).map_err(AppError::internal)?;
    Ok(kept.username)
}

/// What the browser brought back is worth.
async fn learn(desk: &Desk<'_>, prompt: &Prompt, form: &Fields) -> Learnt {
    let app = desk.app;
    let Some(duo) = &app.config.duo else { return Learnt::Away };
    // Nothing in it counts before the state fits.
    let returned = Return::read(form.get(Fields::QUERY)).filter(|returned| returned.is_for(&prompt.state));
    let code = match returned {
        None => return Learnt::Foreign,
        Some(Return::Ended { .. }) => return Learnt::Ended,
        Some(Return::Code { code, .. }) => code,
    };
    let asked = prompt.asked(form.get(Fields::BACK));
    match duo.exchange(&app.http, &code, &asked, &app.random, desk.now).await {
        Ok(Outcome::Approved) => Learnt::Approved,
        Ok(Outcome::Denied) => Learnt::Denied,
        Err(Trouble::Stale) => Learnt::Stale,
        Err(trouble) => {
            log(&trouble);
            Learnt::Away
        }
    }
}

/// Tells the operator.
fn log(trouble: &Trouble) {
    match trouble {
        Trouble::Away(_) | Trouble::Stale => tracing::warn!(%trouble, "Duo does not answer"),
        Trouble::Misconfigured(_) => {
            tracing::error!(%trouble, "Duo does not know us: look at VESTIBULE_DUO_*");
        }
        Trouble::Odd(_) | Trouble::Refused(_) => tracing::error!(%trouble, "Duo's answer is not taken"),
    }
}

/// For the customer and for the audit trail.
fn told(learnt: &Learnt) -> (Key, &'static str) {
    match learnt {
        Learnt::Denied => (key("factors-duo-denied"), "denied"),
        Learnt::Ended => (key("factors-duo-ended"), "ended"),
        Learnt::Stale => (key("factors-duo-stale"), "expired"),
        Learnt::Foreign | Learnt::Approved => (key("factors-duo-foreign"), "not_for_this"),
        Learnt::Away => (key("factors-duo-away"), "server_away"),
    }
}
