//! A code by SMS: its place among the kinds of factor. Off until switched on, and only where the
//! operator has configured a gateway. It raises: the telephone is a channel of its own, if one that
//! can be moved to another card or listened to, which is why NIST calls it restricted (SP 800-63B-4
//! 3.1.3.3) and the site's admin is told that it is weaker.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::outbox::Text;
use super::{NumberFault, PhoneNumber, store, text};
use crate::app::App;
use crate::error::AppError;
use crate::factors::kind::{
    About, Begun, Body, Confirmation, Deed, Desk, Fields, Judgement, Kind, NewFactor, Slot, Strength,
};
use crate::factors::sent_code::{self, Check, CodePage, SentCode};
use crate::factors::{Factor, Problem};
use crate::i18n::{Key, key};

/// The kind.
pub struct Sms;

/// Setting it up: the number is typed, then a code is sent to it.
#[derive(Serialize, Deserialize)]
pub struct Pending {
    number: Option<String>,
    #[serde(flatten)]
    sent: Sent,
}

/// What was sent.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Sent {
    code: Option<SentCode>,
    /// The message's id.
    text: Option<Uuid>,
}

impl Sent {
    /// With a fresh code, and the message that brings it.
    fn fresh(desk: &Desk<'_>, to: &PhoneNumber) -> (Self, Deed) {
        let (code, kept) = SentCode::fresh(desk);
        let text = Text {
            id: desk.app.random.uuid(),
            to: to.clone(),
            words: words(desk, &code),
            until: kept.until(),
        };
        (Self { code: Some(kept), text: Some(text.id) }, Deed::Text(text))
    }
}

/// Typing the number.
#[derive(askama::Template)]
#[template(path = "factors/sms_number.html")]
struct NumberPage<'a> {
    slot: &'a Slot<'a>,
}

const NUMBER: &str = "number";
/// The field of "send a new code", at an enrolment.
const AGAIN: &str = "again";

impl Kind for Sms {
    type Pending = Pending;
    type Asked = Sent;
    type Consulted = ();

    const ABOUT: About = About {
        word: "sms",
        label: "Code by SMS",
        name: key("factors-sms-name"),
        lead: key("factors-sms-choice"),
        strength: Strength::Weaker,
        raises: true,
        several: false,
        once: false,
        guessable: true,
        chosen: true,
    };

    fn is_offered(app: &App) -> bool {
        app.config.sms.is_some()
    }

    fn begin(_: &Desk<'_>, _: &[Factor]) -> Result<Begun<Pending>, AppError> {
        Ok(Begun::quietly(Pending { number: None, sent: Sent::default() }))
    }

    fn enrolment(_: &Desk<'_>, slot: &Slot<'_>, pending: &Pending) -> Result<Body, AppError> {
        let Some(number) = &pending.number else {
            return Body::new(slot.lang.say("factors-sms-enrol-title"), &NumberPage { slot });
        };
        let again = (slot.action.as_str(), AGAIN, "on");
        page(slot, &parsed(number)?, &pending.sent, again, true)
    }

    async fn confirm(
        desk: &Desk<'_>,
        pending: Pending,
        form: &Fields,
    ) -> Result<Confirmation<Pending>, AppError> {
        let Some(number) = &pending.number else { return Ok(take_number(desk, form.get(NUMBER))) };
        let number = parsed(number)?;
        if !form.get(AGAIN).is_empty() {
            return Ok(Confirmation::Next(send_to(desk, &number)));
        }
        let check = sent_code::check(desk, pending.sent.code.as_ref(), form.get(Self::FIELD));
        let (problem, result) = sent_code::told(check);
        Ok(match check {
            Check::Right => Confirmation::Done(NewFactor {
                name: number.masked(),
                secret: Some(Zeroizing::new(number.as_str().as_bytes().to_vec())),
                data: serde_json::json!({}),
                credential_id: None,
            }),
            Check::Wrong => {
                let code = pending.sent.code.and_then(SentCode::used_up_by_one);
                let (problem, result) =
                    if code.is_some() { (problem, result) } else { sent_code::told(Check::Unsent) };
                let sent = Sent { code, text: pending.sent.text };
                let begun = Begun::quietly(Pending { number: pending.number, sent });
                Confirmation::Again { begun, problem, result }
            }
            _ => Confirmation::Refused { problem, result },
        })
    }

    fn ask(desk: &Desk<'_>, own: &[Factor]) -> Result<Begun<Sent>, AppError> {
        let Some(factor) = own.first() else { return Ok(Begun::quietly(Sent::default())) };
        let (sent, deed) = Sent::fresh(desk, &number_of(factor, desk)?);
        Ok(Begun::sending(sent, deed, Sent::default()))
    }

    fn challenge(desk: &Desk<'_>, slot: &Slot<'_>, asked: &Sent, own: &[Factor]) -> Result<Body, AppError> {
        let factor = own.first().ok_or(AppError::NotFound)?;
        let again = (slot.again.as_str(), "method", slot.method);
        page(slot, &number_of(factor, desk)?, asked, again, false)
    }

    /// A message that the gateway did not take.
    async fn news(desk: &Desk<'_>, state: serde_json::Value) -> Result<Option<Problem>, AppError> {
        // Of a challenge or an enrolment: both name the message alike.
        let sent: Sent = serde_json::from_value(state).map_err(AppError::internal)?;
        let Some(text) = sent.text else { return Ok(None) };
        let mut conn = desk.app.db.acquire().await?;
        let given_up = store::is_given_up(&mut conn, desk.site.id, text).await?;
        Ok(given_up.then(|| Problem::new(key("factors-sms-refused"), "")))
    }

    async fn consult(_: &Desk<'_>, _: &Sent, _: &[Factor], _: &Fields) -> Result<(), AppError> {
        Ok(())
    }

    fn judge(
        desk: &Desk<'_>,
        asked: &Sent,
        _: &mut [Factor],
        form: &Fields,
        (): (),
    ) -> Result<Judgement, AppError> {
        Ok(sent_code::judged(desk, asked.code.as_ref(), form.get(Self::FIELD)))
    }
}

/// Reads a typed number and sends a code to it.
fn take_number(desk: &Desk<'_>, typed: &str) -> Confirmation<Pending> {
    match PhoneNumber::parse(typed) {
        Ok(number) => Confirmation::Next(send_to(desk, &number)),
        Err(fault) => {
            let problem = Problem::new(told(fault), NUMBER).keeping(NUMBER, typed);
            Confirmation::Refused { problem, result: "malformed" }
        }
    }
}

fn send_to(desk: &Desk<'_>, number: &PhoneNumber) -> Begun<Pending> {
    let number_text = Some(number.as_str().to_owned());
    let (sent, deed) = Sent::fresh(desk, number);
    let unsent = Pending { number: number_text.clone(), sent: Sent::default() };
    Begun::sending(Pending { number: number_text, sent }, deed, unsent)
}

fn page(
    slot: &Slot<'_>,
    number: &PhoneNumber,
    sent: &Sent,
    again: (&str, &'static str, &'static str),
    enrolling: bool,
) -> Result<Body, AppError> {
    let to = number.masked();
    let (title, lead) = match &sent.code {
        Some(_) => (key("factors-sms-title"), slot.lang.html1("factors-sms-lead", "to", to)),
        None => (key("factors-sent-none-title"), slot.lang.html1("factors-sms-none", "to", to)),
    };
    let has_code = sent.code.is_some();
    let page = CodePage { slot, lead, has_code, enrolling, again, another: enrolling };
    Body::new(slot.lang.say(title), &page)
}

/// The message: in one segment where it fits, with the line by which a browser finds the code.
fn words(desk: &Desk<'_>, code: &str) -> Zeroizing<String> {
    let last = text::bound_code(desk.app.config.base_url.host(), code);
    let long = desk.lang.say2("factors-sms-text", "code", code, "site", desk.site_name);
    let long = format!("{long}\n\n{last}");
    if text::length(&long).segments == 1 {
        return Zeroizing::new(long);
    }
    Zeroizing::new(format!("{}\n\n{last}", desk.lang.say1("factors-sms-text-short", "code", code)))
}

fn number_of(factor: &Factor, desk: &Desk<'_>) -> Result<PhoneNumber, AppError> {
    let bytes = factor.secret(&desk.app.vault)?;
    parsed(std::str::from_utf8(&bytes).map_err(AppError::internal)?)
}

fn parsed(number: &str) -> Result<PhoneNumber, AppError> {
    PhoneNumber::parse(number)
        .map_err(|fault| AppError::internal(anyhow::anyhow!("a stored number is none: {fault:?}")))
}

fn told(fault: NumberFault) -> Key {
    match fault {
        NumberFault::Empty => key("factors-sms-number-missing"),
        NumberFault::Character => key("factors-sms-number-character"),
        NumberFault::NoCountryCode => key("factors-sms-number-country"),
        NumberFault::TooShort => key("factors-sms-number-short"),
        NumberFault::TooLong => key("factors-sms-number-long"),
    }
}
