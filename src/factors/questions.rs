//! Security questions (security.md K1-K4): the customer answers some of the site's questions, and a few
//! of them are asked, all right at once or not at all.
//!
//! The weakest kind, off until an admin switches it on: answers can be found out or guessed. So an
//! answer must not be one that everybody gives first ([`fault`]), is kept like a password, and never
//! makes more of a sign-in than its password does (`raises`). What is asked stays the same until it
//! is answered (K3): it follows from the factor's row, so that beginning anew shows the same
//! questions, and failures are counted on that row, all questions together. The password's own count
//! could not hold a guesser up: each right password clears it.

mod answer;
pub mod recommended; // the list a site begins with

use std::borrow::Cow;

use askama::Template;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::kind::{
    About, Begun, Body, Confirmation, Desk, Fields, Judgement, Kind, NewFactor, Slot, Strength,
};
use super::{Factor, Problem};
use crate::customers::hasher::SALT;
use crate::customers::password::Normalised;
use crate::error::AppError;
use crate::i18n::{Key, key};
use answer::{Around, Fault, fault, normalised};
use recommended::wording;

/// The kind.
pub struct SecurityQuestions;

/// What was answered so far, each on a page of its own.
#[derive(Serialize, Deserialize)]
pub struct Pending {
    given: Vec<Given>,
}

#[derive(Serialize, Deserialize)]
struct Given {
    question: String,
    /// Normalised. Hashed with the others at the end, since they have to differ.
    answer: Zeroizing<String>,
}

/// The questions of a challenge.
#[derive(Serialize, Deserialize)]
pub struct Asked {
    questions: Vec<String>,
}

/// What was found out before the row was locked.
#[derive(Serialize, Deserialize)]
pub struct Consulted {
    /// The hashes that were compared.
    against: Vec<String>,
    all_right: bool,
}

/// As the factor keeps them.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    questions: Vec<KeptAnswer>,
    /// Where the next questions to be asked begin; moves on with a right answer only.
    #[serde(default)]
    next: usize,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptAnswer {
    question: String,
    /// A PHC string of `customers::hasher`.
    hash: String,
}

/// Answering one.
#[derive(Template)]
#[template(path = "factors/questions_enrol.html")]
struct EnrolPage<'a> {
    slot: &'a Slot<'a>,
    choices: Vec<Choice<'a>>,
    /// Which one it is, of how many.
    number: usize,
    of: usize,
}

/// A question to choose: the text it is known by, and what the customer reads.
struct Choice<'a> {
    question: &'a str,
    wording: Cow<'a, str>,
}

/// Asking for some.
#[derive(Template)]
#[template(path = "factors/questions_ask.html")]
struct AskPage<'a> {
    slot: &'a Slot<'a>,
    rows: Vec<Row<'a>>,
}

/// One question with its field.
struct Row<'a> {
    id: &'static str,
    question: Cow<'a, str>,
    marked: bool,
    focused: bool,
}

/// Names of the fields of a challenge, which are their ids.
const ANSWERS: [&str; 5] = ["answer-1", "answer-2", "answer-3", "answer-4", "answer-5"];

impl Kept {
    fn read(factor: &Factor) -> Result<Self, AppError> {
        serde_json::from_value(factor.data.clone()).map_err(AppError::internal)
    }

    /// The questions whose turn it is.
    fn asked(&self, to_ask: usize) -> Vec<String> {
        let all = self.questions.iter().cycle().skip(self.next % self.questions.len().max(1));
        all.take(to_ask.min(self.questions.len())).map(|kept| kept.question.clone()).collect()
    }

    fn hashes(&self, questions: &[String]) -> Option<Vec<String>> {
        let hash = |question: &String| {
            self.questions.iter().find(|kept| kept.question == *question).map(|kept| kept.hash.clone())
        };
        questions.iter().map(hash).collect()
    }
}

impl Kind for SecurityQuestions {
    type Pending = Pending;
    type Asked = Asked;
    type Consulted = Option<Consulted>;

    const ABOUT: About = About {
        word: "questions",
        label: "Security questions",
        name: key("factors-questions-name"),
        lead: key("factors-questions-choice"),
        strength: Strength::Weaker,
        raises: false,
        several: false,
        once: false,
        guessable: true,
        chosen: true,
    };
    const FIELD: &'static str = ANSWERS[0];

    fn begin(_: &Desk<'_>, _: &[Factor]) -> Result<Begun<Pending>, AppError> {
        Ok(Begun::quietly(Pending { given: Vec::new() }))
    }

    fn enrolment(desk: &Desk<'_>, slot: &Slot<'_>, pending: &Pending) -> Result<Body, AppError> {
        let choice = |question| Choice { question, wording: wording(question, slot.lang) };
        let page = EnrolPage {
            slot,
            choices: left(desk, pending).into_iter().map(choice).collect(),
            number: pending.given.len() + 1,
            of: desk.settings.questions.to_set as usize,
        };
        Body::new(slot.lang.say("factors-questions-enrol-title"), &page)
    }

    async fn confirm(
        desk: &Desk<'_>,
        mut pending: Pending,
        form: &Fields,
    ) -> Result<Confirmation<Pending>, AppError> {
        let question = form.get("question");
        let refused = |problem: Key, field, result| Confirmation::Refused {
            problem: Problem::new(problem, field).keeping("question", question),
            result,
        };
        if !left(desk, &pending).contains(&question) {
            return Ok(refused(key("factors-questions-unchosen"), "question", "malformed"));
        }
        let answer = normalised(form.get("answer"));
        let earlier = pending.given.iter().map(|given| given.answer.as_str());
        // Its words in either language answer nothing.
        let asked = format!("{question} {}", wording(question, desk.lang));
        if let Some(fault) = fault(&answer, &asked, &Around::of(desk), earlier) {
            return Ok(refused(told(fault), "answer", "weak_answer"));
        }
        pending.given.push(Given { question: question.to_owned(), answer });
        if pending.given.len() < desk.settings.questions.to_set as usize {
            return Ok(Confirmation::Next(Begun::quietly(pending)));
        }
        let mut questions = Vec::with_capacity(pending.given.len());
        for Given { question, answer } in pending.given {
            let answer = Normalised::new(&answer).map_err(AppError::internal)?;
            let hash = desk.app.hasher.hash(&answer, desk.app.random.bytes::<SALT>()).await?;
            questions.push(KeptAnswer { question, hash });
        }
        let data = serde_json::to_value(Kept { questions, next: 0 }).map_err(AppError::internal)?;
        let name = desk.lang.say("factors-questions-name");
        Ok(Confirmation::Done(NewFactor { name, data, ..NewFactor::default() }))
    }

    fn ask(desk: &Desk<'_>, own: &[Factor]) -> Result<Begun<Asked>, AppError> {
        let to_ask = desk.settings.questions.to_ask as usize;
        let kept = own.first().map(Kept::read).transpose()?;
        let questions = kept.map(|kept| kept.asked(to_ask.min(ANSWERS.len()))).unwrap_or_default();
        Ok(Begun::quietly(Asked { questions }))
    }

    fn challenge(_: &Desk<'_>, slot: &Slot<'_>, asked: &Asked, _: &[Factor]) -> Result<Body, AppError> {
        let wrong = key("factors-questions-wrong");
        // Which one was wrong is told to nobody.
        let all_wrong = slot.problem.is_some_and(|problem| problem.is(wrong));
        let rows = ANSWERS.into_iter().zip(&asked.questions).map(|(id, question)| Row {
            id,
            question: wording(question, slot.lang),
            marked: all_wrong || slot.marks(id),
            focused: slot.marks(id) || (slot.problem.is_none() && id == Self::FIELD),
        });
        let page = AskPage { slot, rows: rows.collect() };
        Body::new(slot.lang.say("factors-questions-ask-title"), &page)
    }

    /// All answers are compared, whichever is wrong, so that the time tells nothing either.
    async fn consult(
        desk: &Desk<'_>,
        asked: &Asked,
        own: &[Factor],
        form: &Fields,
    ) -> Result<Option<Consulted>, AppError> {
        // Not worth a hash: it is not looked at, or cannot be right.
        let Some(factor) = own.first().filter(|factor| factor.is_open(desk.now)) else { return Ok(None) };
        let (None, Some(against)) = (missing(asked, form), Kept::read(factor)?.hashes(&asked.questions))
        else {
            return Ok(None);
        };
        let mut all_right = true;
        for (field, hash) in ANSWERS.into_iter().zip(&against) {
            let answer = normalised(form.get(field));
            all_right &= desk.app.hasher.verify(&answer, Some(hash)).await?.matches;
        }
        Ok(Some(Consulted { against, all_right }))
    }

    fn judge(
        _: &Desk<'_>,
        asked: &Asked,
        own: &mut [Factor],
        form: &Fields,
        consulted: Option<Consulted>,
    ) -> Result<Judgement, AppError> {
        let refused =
            |message, field, result| Ok(Judgement::Refused { problem: Problem::new(message, field), result });
        if let Some(field) = missing(asked, form) {
            return refused(key("factors-questions-missing"), field, "malformed");
        }
        let Some(factor) = own.first_mut() else {
            return refused(key("factors-questions-changed"), ANSWERS[0], "changed");
        };
        let mut kept = Kept::read(factor)?;
        let now = kept.hashes(&asked.questions);
        // Set anew in another window, or the wait ended just now.
        let Some(consulted) = consulted.filter(|consulted| now.as_ref() == Some(&consulted.against)) else {
            return refused(key("factors-questions-changed"), ANSWERS[0], "changed");
        };
        if !consulted.all_right {
            let problem = Problem::new(key("factors-questions-wrong"), ANSWERS[0]);
            return Ok(Judgement::Wrong { problem, result: "wrong_answer", of: None });
        }
        if kept.asked(asked.questions.len()) == asked.questions {
            kept.next = (kept.next + asked.questions.len()) % kept.questions.len().max(1);
        }
        factor.data = serde_json::to_value(kept).map_err(AppError::internal)?;
        Ok(Judgement::Right(0))
    }
}

/// The site's questions that are not answered yet.
fn left<'a>(desk: &'a Desk<'_>, pending: &Pending) -> Vec<&'a str> {
    let is_answered = |question: &str| pending.given.iter().any(|given| given.question == question);
    desk.settings.questions.list.iter().map(String::as_str).filter(|it| !is_answered(it)).collect()
}

/// The first field that is empty.
fn missing(asked: &Asked, form: &Fields) -> Option<&'static str> {
    ANSWERS.into_iter().take(asked.questions.len()).find(|field| form.get(field).is_empty())
}

fn told(fault: Fault) -> Key {
    match fault {
        Fault::Missing => key("factors-questions-answer-missing"),
        Fault::TooShort => key("factors-questions-too-short"),
        Fault::TooLong => key("factors-questions-too-long"),
        Fault::Common => key("factors-questions-common"),
        Fault::OfTheQuestion => key("factors-questions-of-question"),
        Fault::OfTheCustomer => key("factors-questions-of-customer"),
        Fault::Again => key("factors-questions-again"),
    }
}
