//! A code by mail to the customer's own address. Off until switched on, and only where the deployment
//! sends mail. It raises nothing: a mailbox is opened with another password, and mail is no second
//! channel (NIST SP 800-63B-4 3.1.3.1 forbids it as one).

use serde::{Deserialize, Serialize};

use super::kind::{
    About, Begun, Body, Confirmation, Deed, Desk, Fields, Judgement, Kind, NewFactor, Slot, Strength,
};
use super::sent_code::{self, Check, CodePage, MINUTES, SentCode};
use super::{Factor, Problem};
use crate::app::App;
use crate::error::AppError;
use crate::i18n::key;
use crate::mail::{self, Letter};

/// The kind.
pub struct EmailCode;

/// What was sent, at an enrolment and at a challenge.
#[derive(Clone, Serialize, Deserialize)]
pub struct Sent {
    code: Option<SentCode>,
}

impl Sent {
    fn begin(desk: &Desk<'_>) -> Begun<Self> {
        let (code, kept) = SentCode::fresh(desk);
        let letter = Letter::EmailCode { code: code.to_string(), minutes: MINUTES };
        Begun::sending(Self { code: Some(kept) }, Deed::Mail(letter), Self { code: None })
    }

    fn page(&self, desk: &Desk<'_>, slot: &Slot<'_>, enrolling: bool) -> Result<Body, AppError> {
        let to = masked(&desk.customer.email);
        let (title, lead) = match &self.code {
            Some(_) => (key("factors-email-title"), slot.lang.html1("factors-email-lead", "to", to)),
            None => (key("factors-sent-none-title"), slot.lang.html1("factors-email-none", "to", to)),
        };
        let again = (slot.again.as_str(), "method", slot.method);
        let has_code = self.code.is_some();
        Body::new(slot.lang.say(title), &CodePage { slot, lead, has_code, enrolling, again, another: false })
    }
}

impl Kind for EmailCode {
    type Pending = Sent;
    type Asked = Sent;
    type Consulted = ();

    const ABOUT: About = About {
        word: "email_code",
        label: "Code by email",
        name: key("factors-email-name"),
        lead: key("factors-email-choice"),
        strength: Strength::Weaker,
        raises: false,
        several: false,
        once: false,
        guessable: true,
        chosen: true,
    };

    fn is_offered(app: &App) -> bool {
        app.config.mail.is_some()
    }

    fn begin(desk: &Desk<'_>, _: &[Factor]) -> Result<Begun<Sent>, AppError> {
        Ok(Sent::begin(desk))
    }

    fn enrolment(desk: &Desk<'_>, slot: &Slot<'_>, pending: &Sent) -> Result<Body, AppError> {
        pending.page(desk, slot, true)
    }

    async fn confirm(desk: &Desk<'_>, pending: Sent, form: &Fields) -> Result<Confirmation<Sent>, AppError> {
        let check = sent_code::check(desk, pending.code.as_ref(), form.get(Self::FIELD));
        let (problem, result) = sent_code::told(check);
        Ok(match check {
            Check::Right => {
                let name = desk.lang.say("factors-email-name");
                Confirmation::Done(NewFactor { name, data: serde_json::json!({}), ..NewFactor::default() })
            }
            Check::Wrong => {
                let code = pending.code.and_then(SentCode::used_up_by_one);
                let (problem, result) =
                    if code.is_some() { (problem, result) } else { sent_code::told(Check::Unsent) };
                Confirmation::Again { begun: Begun::quietly(Sent { code }), problem, result }
            }
            _ => Confirmation::Refused { problem, result },
        })
    }

    fn ask(desk: &Desk<'_>, _: &[Factor]) -> Result<Begun<Sent>, AppError> {
        Ok(Sent::begin(desk))
    }

    fn challenge(desk: &Desk<'_>, slot: &Slot<'_>, asked: &Sent, _: &[Factor]) -> Result<Body, AppError> {
        asked.page(desk, slot, false)
    }

    /// An address that takes no mail.
    async fn news(desk: &Desk<'_>, _: serde_json::Value) -> Result<Option<Problem>, AppError> {
        let mut conn = desk.app.db.acquire().await?;
        let mail = mail::of_customer(&mut conn, desk.site.id, desk.customer.id).await?;
        let refused = mail.is_some_and(|mail| mail.refusal.is_some());
        Ok(refused.then(|| Problem::new(key("factors-email-refused"), "")))
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

/// An address as a page may show it: its first letter and its domain.
fn masked(email: &str) -> String {
    let (local, domain) = email.rsplit_once('@').unwrap_or((email, ""));
    format!("{}•••@{domain}", local.chars().next().unwrap_or('•'))
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn addresses_are_masked() {
        for (email, shown) in [
            ("zoe@example.com", "z•••@example.com"),
            ("a@b", "a•••@b"),
            ("éva.o@bücher.example", "é•••@bücher.example"),
            ("\"x@y\"@example.com", "\"•••@example.com"),
        ] {
            assert_eq!(masked(email), shown);
        }
    }
}
