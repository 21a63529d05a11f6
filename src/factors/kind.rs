//! What every kind of factor can do. A kind is a file (or folder) of this room that implements
//! [`Kind`], a line in [`super::registry`], and its templates in `templates/factors`.
//!
//! A kind touches neither database nor network by itself, but where a function says that it may take
//! its time: it says what is
//! to be kept, sent and shown, and the rooms around it do that in one transaction.

use serde::Serialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;
use uuid::Uuid;

use super::sms::outbox::Text;
use super::{Factor, Problem};
use crate::app::App;
use crate::customers::Customer;
use crate::error::AppError;
use crate::i18n::{Key, Lang, key};
use crate::mail::Letter;
use crate::policy::Settings;
use crate::sites::Site;
use crate::web::Visitor;

/// What is always true of a kind.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Its word in the database, in forms and in the audit trail.
    pub word: &'static str,
    /// What Jira's administrators read.
    pub label: &'static str,
    /// What customers call it, in one line.
    pub name: Key,
    /// What it takes, in one sentence.
    pub lead: Key,
    pub strength: Strength,
    /// What a response may say of it (security.md K4, M7): whether it makes a second factor for an SP
    /// that asks for one.
    pub raises: bool,
    /// A customer may have several.
    pub several: bool,
    /// What is asked is asked once: a wrong answer needs a new challenge (security.md W1).
    pub once: bool,
    /// An answer can be hit upon by trying: failures make the next one wait, and a hundred in a row put
    /// the factor off (security.md G1). A signature cannot, so counting would let strangers put off
    /// what they cannot guess (G2).
    pub guessable: bool,
    /// Customers set it up themselves, as one of the methods to choose from; else it comes with
    /// another (backup codes).
    pub chosen: bool,
}

/// How well a kind holds against guessing and phishing, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Cannot be phished.
    Strongest,
    /// Can be phished, not guessed or intercepted.
    Strong,
    /// Can be intercepted on its way, or guessed by those who know the customer.
    Weaker,
}

/// Where a kind stands while it is asked: one step of one customer's sign-in.
pub struct Desk<'a> {
    pub app: &'a App,
    pub site: &'a Site,
    /// What the site is called on its pages.
    pub site_name: &'a str,
    pub customer: &'a Customer,
    pub settings: &'a Settings,
    pub visitor: &'a Visitor,
    /// The sign-in's id: what is shown and answered belongs to it alone.
    pub ceremony: Uuid,
    pub lang: Lang,
    pub now: OffsetDateTime,
}

/// A form as a kind's page sent it.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(transparent)]
pub struct Fields(pub std::collections::BTreeMap<String, String>);

impl Fields {
    /// The field's text, trimmed; a missing one is empty.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map(|text| text.trim()).unwrap_or_default()
    }

    /// What a browser brought to the address `back`, in its query, from where it was sent.
    pub fn returned(back: String, query: String) -> Self {
        Self([(Self::BACK.to_owned(), back), (Self::QUERY.to_owned(), query)].into())
    }

    pub const BACK: &str = "back";
    pub const QUERY: &str = "query";
}

/// What a kind's page is given.
pub struct Slot<'a> {
    pub lang: Lang,
    /// Where the form posts to.
    pub action: String,
    /// Where "send it again" posts to, with [`method`](Self::method).
    pub again: String,
    /// The method's word.
    pub method: &'static str,
    /// The customer's email address, for the page to name.
    pub account: &'a str,
    pub problem: Option<&'a Problem>,
    /// "Don't ask again on this device", for so many days.
    pub remember_days: Option<u32>,
    /// That is ticked.
    pub remembers: bool,
    /// A factor is added by a customer who is signed in.
    pub adding: bool,
}

impl Slot<'_> {
    /// The address beside [`action`](Self::action) of that name.
    pub fn beside(&self, name: &str) -> String {
        let (folder, _) = self.action.rsplit_once('/').unwrap_or_default();
        format!("{folder}/{name}")
    }

    /// Whether a form is shown at all.
    pub fn can_enter(&self) -> bool {
        self.problem.is_none_or(|problem| problem.can_retry)
    }

    /// What the button of an enrolment says.
    pub fn confirm(&self) -> String {
        self.lang.say(if self.adding { key("factors-confirm-adding") } else { key("factors-confirm") })
    }

    /// What was typed into `field`, to be shown again.
    pub fn typed(&self, field: &str) -> &str {
        self.problem.map(|problem| problem.typed(field)).unwrap_or_default()
    }

    /// Whether `field`, the only or first one, has the focus: it is wrong, or nothing in particular is.
    pub fn focuses(&self, field: &str) -> bool {
        self.problem.is_none_or(|problem| problem.field.is_empty() || problem.field == field)
    }

    /// Whether `field` is the one that is wrong.
    pub fn marks(&self, field: &str) -> bool {
        self.problem.is_some_and(|problem| problem.field == field)
    }
}

/// What a kind shows: the page around it has the heading, the problem and the other ways.
pub struct Body {
    pub heading: String,
    pub html: String,
    /// It needs our script (WebAuthn).
    pub scripted: bool,
}

impl Body {
    /// A page without a script.
    pub fn new(heading: String, page: &impl askama::Template) -> Result<Self, AppError> {
        Ok(Self { heading, html: page.render().map_err(AppError::internal)?, scripted: false })
    }
}

/// What has to be sent: written as a job in the transaction that stores the state.
#[derive(Clone, Debug)]
pub enum Deed {
    /// A mail to the customer.
    Mail(Letter),
    /// A text message.
    Text(Text),
}

/// The beginning of an enrolment or a challenge: what is kept, sealed, until its answer, and what is
/// sent.
#[derive(Clone, Debug)]
pub struct Begun<S> {
    pub state: S,
    pub deed: Option<Sending<S>>,
}

/// Something to send. As much as is asked for is not sent to anybody (security.md C1, G3).
#[derive(Clone, Debug)]
pub struct Sending<S> {
    pub deed: Deed,
    /// What is kept instead when it may not be sent now: a state that knows no code.
    pub unsent: S,
}

impl<S> Begun<S> {
    /// With nothing to send.
    pub fn quietly(state: S) -> Self {
        Self { state, deed: None }
    }

    /// With something to send; `unsent` is kept when it may not be sent now.
    pub fn sending(state: S, deed: Deed, unsent: S) -> Self {
        Self { state, deed: Some(Sending { deed, unsent }) }
    }

    /// The same with another kind of state.
    pub fn map<T, E>(self, to: impl Fn(S) -> Result<T, E>) -> Result<Begun<T>, E> {
        let deed = match self.deed {
            Some(Sending { deed, unsent }) => Some(Sending { deed, unsent: to(unsent)? }),
            None => None,
        };
        Ok(Begun { state: to(self.state)?, deed })
    }
}

/// Where the browser goes for its answer, when that is given elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leave {
    /// There; it comes back by itself.
    To(String),
    /// Nowhere for now.
    Not(Problem),
}

/// A confirmed factor, about to be stored.
#[derive(Clone, Debug, Default)]
pub struct NewFactor {
    /// What it is called until the customer renames it.
    pub name: String,
    /// Sealed under the factor's id before it is stored.
    pub secret: Option<zeroize::Zeroizing<Vec<u8>>>,
    pub data: serde_json::Value,
    /// What no other factor of the site may have.
    pub credential_id: Option<Vec<u8>>,
}

/// What became of an answer to an enrolment page.
#[derive(Debug)]
pub enum Confirmation<S> {
    /// It is a factor now (security.md T4).
    Done(NewFactor),
    /// One step further.
    Next(Begun<S>),
    /// Not yet, and what is kept changes by it: a try is used up.
    Again { begun: Begun<S>, problem: Problem, result: &'static str },
    /// Not yet; `result` is the audit trail's word.
    Refused { problem: Problem, result: &'static str },
}

/// What became of an answer to a challenge, before it is counted.
#[derive(Debug)]
pub enum Judgement {
    /// Right, by the factor at this place.
    Right(usize),
    /// Wrong: counts as a failure of each factor, or of the one at this place.
    Wrong { problem: Problem, result: &'static str, of: Option<usize> },
    /// Not right, but tells a guesser nothing: not counted.
    Refused { problem: Problem, result: &'static str },
}

/// A kind of factor.
pub trait Kind {
    /// What an enrolment keeps.
    type Pending: Serialize + DeserializeOwned + Send + Sync;
    /// What a challenge keeps.
    type Asked: Serialize + DeserializeOwned + Send + Sync;
    /// What [`consult`](Self::consult) learns.
    type Consulted: Serialize + DeserializeOwned + Send + Sync;

    const ABOUT: About;
    /// The id of what has the focus on its challenge's page.
    const FIELD: &'static str = "code";
    /// Whether it is answered elsewhere: [`leave`](Self::leave).
    const LEAVES: bool = false;

    /// Whether the deployment is equipped for it.
    fn is_offered(_app: &App) -> bool {
        true
    }

    /// Begins an enrolment.
    fn begin(desk: &Desk<'_>, own: &[Factor]) -> Result<Begun<Self::Pending>, AppError>;

    /// The enrolment's page.
    fn enrolment(desk: &Desk<'_>, slot: &Slot<'_>, pending: &Self::Pending) -> Result<Body, AppError>;

    /// Judges the answer to it. Runs without a connection, so it may ask others and take its time.
    fn confirm(
        desk: &Desk<'_>,
        pending: Self::Pending,
        form: &Fields,
    ) -> impl Future<Output = Result<Confirmation<Self::Pending>, AppError>> + Send;

    /// Begins a challenge of `own`, the customer's factors of this kind; at least one.
    fn ask(desk: &Desk<'_>, own: &[Factor]) -> Result<Begun<Self::Asked>, AppError>;

    /// The challenge's page.
    fn challenge(
        desk: &Desk<'_>,
        slot: &Slot<'_>,
        asked: &Self::Asked,
        own: &[Factor],
    ) -> Result<Body, AppError>;

    /// Where the browser goes to answer, from a page that has a link to it; `back` is the whole address
    /// it comes back to, by GET. What it brings is a form as any other: [`Fields::returned`].
    fn leave(
        _desk: &Desk<'_>,
        _state: serde_json::Value,
        _back: &str,
    ) -> impl Future<Output = Result<Leave, AppError>> + Send {
        async { Err(AppError::NotFound) }
    }

    /// What has become of what was sent, when its page is shown again.
    fn news(
        _desk: &Desk<'_>,
        _state: serde_json::Value,
    ) -> impl Future<Output = Result<Option<Problem>, AppError>> + Send {
        async { Ok(None) }
    }

    /// What has to be worked out or asked elsewhere before the answer can be judged: no row is locked
    /// and no connection held meanwhile.
    fn consult(
        desk: &Desk<'_>,
        asked: &Self::Asked,
        own: &[Factor],
        form: &Fields,
    ) -> impl Future<Output = Result<Self::Consulted, AppError>> + Send;

    /// Judges the answer over the usable ones of `own`, which are locked. Changes to their `data` are
    /// stored whatever the judgement.
    fn judge(
        desk: &Desk<'_>,
        asked: &Self::Asked,
        own: &mut [Factor],
        form: &Fields,
        consulted: Self::Consulted,
    ) -> Result<Judgement, AppError>;
}
