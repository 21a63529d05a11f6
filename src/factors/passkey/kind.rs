//! Passkeys' place among the kinds of factor. A customer may have several; an answer names the one
//! it was made with, and only that one's failures count.

use askama::Template;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::OffsetDateTime;

use super::authenticators::{self, Proposal};
use super::binary::Binary;
use super::{
    Assertion, Attestation, Authenticating, Data, Passkey, Person, Purpose, Refusal, Registering, TIMEOUT,
};
use crate::app::App;
use crate::error::AppError;
use crate::factors::kind::{
    About, Begun, Body, Confirmation, Desk, Fields, Judgement, Kind, NewFactor, Slot, Strength,
};
use crate::factors::{Factor, Problem};
use crate::i18n::{Lang, key};

/// The id of the button, which problems lead to.
const BUTTON: &str = "use-passkey";

/// The kind.
pub struct Passkeys;

/// A registration, and what the browser is asked.
#[derive(Serialize, Deserialize)]
pub struct Pending {
    options: Value,
    state: Registering,
}

/// A sign-in, and what the browser is asked.
#[derive(Serialize, Deserialize)]
pub struct Asked {
    pub options: Value,
    state: Authenticating,
}

impl Asked {
    /// Whoever is there, for a passkey that is the whole sign-in.
    pub fn anybody(app: &App, now: OffsetDateTime) -> Self {
        let (options, state) = app.passkeys.begin_discoverable(&app.random, now);
        Self { options, state }
    }

    /// Whether it was asked for a whole sign-in, and so takes nobody who was not verified.
    pub fn is_whole_sign_in(&self) -> bool {
        self.state.purpose() == Purpose::WholeSignIn
    }

    /// Whether a page that is made now still gives the browser all its time.
    pub fn is_fresh(&self, now: OffsetDateTime) -> bool {
        now + TIMEOUT <= self.state.until()
    }
}

/// A passkey as its factor keeps it.
#[derive(Serialize, Deserialize)]
struct Kept {
    id: Binary,
    counter: u32,
    #[serde(flatten)]
    data: Data,
}

impl Kept {
    fn read(factor: &Factor) -> Result<Passkey, AppError> {
        let Self { id, counter, data } =
            serde_json::from_value(factor.data.clone()).map_err(AppError::internal)?;
        Ok(Passkey { credential_id: id.0, counter, data })
    }

    fn write(passkey: Passkey) -> Result<Value, AppError> {
        let Passkey { credential_id, counter, data } = passkey;
        serde_json::to_value(Self { id: Binary(credential_id), counter, data }).map_err(AppError::internal)
    }
}

/// Making one.
#[derive(Template)]
#[template(path = "factors/passkey_enrol.html")]
struct EnrolPage<'a> {
    slot: &'a Slot<'a>,
    options: &'a Value,
}

/// Asking for one.
#[derive(Template)]
#[template(path = "factors/passkey_ask.html")]
struct AskPage<'a> {
    slot: &'a Slot<'a>,
    options: &'a Value,
}

impl Kind for Passkeys {
    type Pending = Pending;
    type Asked = Asked;
    type Consulted = ();

    const ABOUT: About = About {
        word: "passkey",
        label: "Passkeys",
        name: key("factors-passkey-name"),
        lead: key("factors-passkey-choice"),
        strength: Strength::Strongest,
        raises: true,
        several: true,
        once: true,
        guessable: false,
        chosen: true,
    };
    const FIELD: &'static str = BUTTON;

    fn is_offered(app: &App) -> bool {
        app.passkeys.host_has_passkeys()
    }

    fn begin(desk: &Desk<'_>, own: &[Factor]) -> Result<Begun<Pending>, AppError> {
        let customer = desk.customer;
        let full_name = format!("{} {}", customer.given_name, customer.family_name);
        let person = Person {
            handle: customer.id.0,
            name: &format!("{} ({})", customer.email, desk.site_name),
            display_name: if full_name.trim().is_empty() { &customer.email } else { full_name.trim() },
        };
        let app = desk.app;
        let existing = of(own)?;
        let (options, state) = app.passkeys.begin_registration(person, &existing, &app.random, desk.now);
        Ok(Begun::quietly(Pending { options, state }))
    }

    fn enrolment(_: &Desk<'_>, slot: &Slot<'_>, pending: &Pending) -> Result<Body, AppError> {
        let page = EnrolPage { slot, options: &pending.options };
        Ok(Body { scripted: true, ..Body::new(slot.lang.say("factors-passkey-enrol-title"), &page)? })
    }

    async fn confirm(
        desk: &Desk<'_>,
        pending: Pending,
        form: &Fields,
    ) -> Result<Confirmation<Pending>, AppError> {
        let answer = Attestation::read(form.get("credential"));
        let made = answer
            .and_then(|answer| desk.app.passkeys.finish_registration(&pending.state, &answer, desk.now));
        Ok(match made {
            Ok(passkey) => Confirmation::Done(NewFactor {
                name: proposed_name(&passkey, desk),
                credential_id: Some(passkey.credential_id.clone()),
                data: Kept::write(passkey)?,
                secret: None,
            }),
            Err(refusal) => Confirmation::Refused { problem: told(refusal), result: refusal.word() },
        })
    }

    fn ask(desk: &Desk<'_>, own: &[Factor]) -> Result<Begun<Asked>, AppError> {
        let app = desk.app;
        let allowed = of(own)?;
        let purpose = Purpose::SecondFactor;
        let (options, state) = app.passkeys.begin_authentication(&allowed, purpose, &app.random, desk.now);
        Ok(Begun::quietly(Asked { options, state }))
    }

    fn challenge(_: &Desk<'_>, slot: &Slot<'_>, asked: &Asked, _: &[Factor]) -> Result<Body, AppError> {
        let page = AskPage { slot, options: &asked.options };
        Ok(Body { scripted: true, ..Body::new(slot.lang.say("factors-passkey-ask-title"), &page)? })
    }

    async fn consult(_: &Desk<'_>, _: &Asked, _: &[Factor], _: &Fields) -> Result<(), AppError> {
        Ok(())
    }

    fn judge(
        desk: &Desk<'_>,
        asked: &Asked,
        own: &mut [Factor],
        form: &Fields,
        (): (),
    ) -> Result<Judgement, AppError> {
        let refused =
            |refusal: Refusal| Judgement::Refused { problem: told(refusal), result: refusal.word() };
        let answer = match Assertion::read(form.get("credential")) {
            Ok(answer) => answer,
            Err(refusal) => return Ok(refused(refusal)),
        };
        let stored = of(own)?;
        let named = |passkey: &Passkey| passkey.credential_id == answer.credential_id();
        let Some(at) = stored.iter().position(named) else { return Ok(refused(Refusal::UnknownCredential)) };
        let owner = desk.customer.id.0;
        let passkeys = &desk.app.passkeys;
        match passkeys.finish_authentication(&asked.state, &answer, &stored[at], owner, desk.now) {
            Ok(verified) => {
                own[at].data = Kept::write(verified.passkey)?;
                Ok(Judgement::Right(at))
            }
            Err(refusal) => Ok(refused(refusal)),
        }
    }
}

/// The passkeys of these factors.
fn of(factors: &[Factor]) -> Result<Vec<Passkey>, AppError> {
    factors.iter().map(Kept::read).collect()
}

/// A refusal, as its reader is told: one sentence for nearly all of them.
fn told(refusal: Refusal) -> Problem {
    let message = match refusal {
        Refusal::Expired | Refusal::Challenge => key("factors-passkey-late"),
        Refusal::AlreadyRegistered => key("factors-passkey-exists"),
        Refusal::CounterWentBack { .. } => key("factors-passkey-copied"),
        _ => key("factors-passkey-refused"),
    };
    Problem::new(message, BUTTON)
}

/// What it is called until its owner renames it.
fn proposed_name(passkey: &Passkey, desk: &Desk<'_>) -> String {
    name_of(authenticators::propose(passkey.data.aaguid, desk.visitor.agent), desk.lang)
}

fn name_of(proposal: Proposal, lang: Lang) -> String {
    match proposal {
        Proposal::Product(name) => name.to_owned(),
        Proposal::Browser { browser, system } => {
            lang.say2("factors-passkey-made-with", "browser", browser, "system", system)
        }
        Proposal::Unknown => lang.say("factors-passkey-name"),
    }
}
