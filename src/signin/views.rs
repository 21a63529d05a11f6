//! The pages of signing in: plain data in, HTML out; no handler, no rule, no clock. Every page
//! works without JavaScript. Addresses in `action` and `cancel` are posted to; each page has one
//! `h1`, and on an error its title begins with "Error: ", the message is announced (`role=alert`)
//! and links to the field it is about, which has the focus (WCAG 2.2, 3.3.1; G83).

mod errors;
mod notice;
#[cfg(test)]
mod tests;

use askama::Template;

use crate::factors::Problem;
use crate::factors::kind::Body;
use crate::i18n::{Key, Lang, key};
use crate::policy::Postponement;

pub use crate::web::Shell;
pub use errors::{NewPasswordError, PasswordError};
pub use notice::{Notice, NoticePage};

/// Email or username, and password, together (E2): what is known of a name is never told apart.
#[derive(Clone, Debug, Template)]
#[template(path = "signin/password.html")]
pub struct PasswordPage {
    pub shell: Shell,
    pub action: String,
    pub cancel: String,
    /// Where a forgotten password leads; none where no mail is sent.
    pub forgotten: Option<String>,
    /// What was typed before, so that it need not be typed again.
    pub name: String,
    /// Whoever it is has a session, and proves anew that it is theirs.
    pub again: bool,
    /// The whole sign-in by passkey.
    pub passkey: Option<PasskeyOffer>,
    pub error: Option<PasswordError>,
}

/// A passkey, instead of name and password.
#[derive(Clone, Debug)]
pub struct PasskeyOffer {
    /// Where its answer is posted to.
    pub action: String,
    /// What the browser is asked.
    pub options: serde_json::Value,
}

/// Why a new password is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewPasswordReason {
    /// The rules now ask for a longer one (P1).
    Longer,
    /// The portal's people asked for a change.
    Reset,
    /// It was forgotten, and a link was mailed.
    Forgotten,
    /// There was none before.
    First,
}

/// A new password, twice.
#[derive(Clone, Debug, Template)]
#[template(path = "signin/new_password.html")]
pub struct NewPasswordPage {
    pub shell: Shell,
    pub action: String,
    /// Of the link that leads here, for the form to send along.
    pub token: Option<String>,
    pub cancel: Option<String>,
    /// The customer's email or username: shown, and what a password manager files it under.
    pub account: String,
    /// The fewest characters the rules allow (P1).
    pub minimum: usize,
    pub reason: NewPasswordReason,
    pub error: Option<NewPasswordError>,
}

/// The page around a method that is set up or asked for, or around fresh backup codes.
#[derive(Template)]
#[template(path = "signin/factor.html")]
pub struct FactorPage {
    pub shell: Shell,
    pub body: Body,
    pub problem: Option<Problem>,
    /// "Try another way".
    pub others: Vec<Choice>,
    /// Where one of them posts to.
    pub choose: String,
    /// For whoever has none of them any more, at a challenge.
    pub lost: Option<String>,
    pub enrolling: bool,
    /// Offered while the site's grace period lasts (C4).
    pub skip: Option<Skip>,
    /// More than one kind is a good thing to have (C4).
    pub encourage: bool,
    /// Where fresh backup codes that are not saved now post to.
    pub later: Option<String>,
    pub cancel: String,
}

/// The methods to choose from; none: there is no way left.
#[derive(Template)]
#[template(path = "signin/choose.html")]
pub struct ChoosePage {
    pub shell: Shell,
    pub cancel: String,
    pub choose: String,
    pub enrolling: bool,
    /// One more kind is set up; how many the site asks for.
    pub another: Option<u32>,
    pub choices: Vec<Choice>,
    pub skip: Option<Skip>,
    /// For whoever has none of them any more, at a challenge.
    pub lost: Option<String>,
}

/// One method in a list.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What the form sends.
    pub word: &'static str,
    pub name: String,
    pub lead: String,
    pub recommended: bool,
    /// Others may come by it more easily (security.md C1, K1).
    pub weaker: bool,
    /// It takes a browser that runs scripts and has passkeys.
    pub scripted: bool,
}

/// The way past enrolment, for now.
#[derive(Clone, Debug)]
pub struct Skip {
    /// Where "Not now" posts to.
    pub action: String,
    pub left: Postponement,
}

impl Skip {
    fn words(&self, lang: Lang) -> String {
        match self.left {
            Postponement::Until(last) => lang.say1("signin-skip-until", "day", lang.day(last)),
            Postponement::Times(times) => lang.say1("signin-skip-times", "count", times),
        }
    }
}

/// The way back to the service provider (E4): posts itself, or by its button. Answer with
/// `Visitor::auto_post_page`.
#[derive(Clone, Debug, Template)]
#[template(path = "signin/auto_post.html")]
pub struct AutoPostPage {
    pub shell: Shell,
    pub acs_url: String,
    /// The response in base64.
    pub saml_response: String,
    /// Unchanged, also when empty (M5).
    pub relay_state: Option<String>,
}

/// The beginning of a test sign-in, or what became of its link.
#[derive(Clone, Debug, Template)]
#[template(path = "signin/trial.html")]
pub struct TrialPage {
    pub shell: Shell,
    pub action: String,
    /// The link can be used.
    pub usable: bool,
}

/// What a test sign-in came to.
#[derive(Clone, Debug, Template)]
#[template(path = "signin/trial_result.html")]
pub struct TrialResultPage {
    pub shell: Shell,
    pub outcome: super::trial::Outcome,
}

/// Asks before signing out.
#[derive(Clone, Debug, Template)]
#[template(path = "signin/sign_out.html")]
pub struct SignOutPage {
    pub shell: Shell,
    pub action: String,
    pub account: String,
}

impl NewPasswordPage {
    fn heading(&self) -> Key {
        match self.reason {
            NewPasswordReason::Longer | NewPasswordReason::Reset => key("signin-new-password-title"),
            NewPasswordReason::Forgotten => key("recovery-new-password-title"),
            NewPasswordReason::First => key("recovery-first-password-title"),
        }
    }

    fn lead(&self) -> Key {
        match self.reason {
            NewPasswordReason::Longer => key("signin-new-password-longer"),
            NewPasswordReason::Reset => key("signin-new-password-reset"),
            NewPasswordReason::Forgotten => key("recovery-new-password-lead"),
            NewPasswordReason::First => key("recovery-first-password-lead"),
        }
    }
}

impl PasswordPage {
    fn heading(&self) -> Key {
        if self.again { key("account-again-title") } else { key("signin-password-title") }
    }
}

impl FactorPage {
    /// Whether it runs our script.
    pub fn is_scripted(&self) -> bool {
        self.body.scripted || self.others.iter().any(|way| way.scripted)
    }

    fn title(&self) -> String {
        let heading = self.body.heading.clone();
        if self.problem.is_none() {
            heading
        } else {
            self.shell.lang.say1("common-error-title", "title", heading)
        }
    }
}

impl ChoosePage {
    /// Whether it runs our script.
    pub fn is_scripted(&self) -> bool {
        self.choices.iter().any(|way| way.scripted)
    }

    fn heading(&self) -> String {
        if self.another.is_some() {
            return self.shell.lang.say("signin-another-title");
        }
        self.shell.lang.say(match (self.choices.is_empty(), self.enrolling) {
            (true, _) => key("signin-no-way-left-title"),
            (false, true) => key("signin-choose-title"),
            (false, false) => key("signin-ways-title"),
        })
    }
}
