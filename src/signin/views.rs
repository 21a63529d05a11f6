//! The pages of signing in: plain data in, HTML out; no handler, no rule, no clock. Every page
//! works without JavaScript. Addresses in `action` and `cancel` are posted to; each page has one
//! `h1`, and on an error its title begins with "Error: ", the message is announced (`role=alert`)
//! and links to the field it is about, which has the focus (WCAG 2.2, 3.3.1; G83).

mod errors;
mod notice;
#[cfg(test)]
mod tests;

use askama::Template;

use crate::policy::{Postponement, changes};

pub use crate::web::Shell;
pub use errors::{CodeError, NewPasswordError, PasswordError};
pub use notice::{Notice, NoticePage};

/// Email or username, and password, together (E2): what is known of a name is never told apart.
#[derive(Clone, Debug, Template)]
#[template(path = "signin/password.html")]
pub struct PasswordPage {
    pub shell: Shell,
    pub action: String,
    pub cancel: String,
    /// What was typed before, so that it need not be typed again.
    pub name: String,
    pub error: Option<PasswordError>,
}

/// Why a new password is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewPasswordReason {
    /// The rules now ask for a longer one (P1).
    Longer,
    /// The portal's people asked for a change.
    Reset,
}

/// A new password, twice.
#[derive(Clone, Debug, Template)]
#[template(path = "signin/new_password.html")]
pub struct NewPasswordPage {
    pub shell: Shell,
    pub action: String,
    pub cancel: String,
    /// The customer's email or username: shown, and what a password manager files it under.
    pub account: String,
    /// The fewest characters the rules allow (P1).
    pub minimum: usize,
    pub reason: NewPasswordReason,
    pub error: Option<NewPasswordError>,
}

/// Setting up an authenticator app, confirmed by one code (T1, T4).
#[derive(Clone, Debug, Template)]
#[template(path = "signin/enrol.html")]
pub struct EnrolPage {
    pub shell: Shell,
    pub action: String,
    pub cancel: String,
    /// Path data of `web::qr::svg_path`, and the side of its view box.
    pub qr_svg_path: String,
    pub qr_size: usize,
    /// The secret in base32, in groups of four, for typing.
    pub secret_grouped: String,
    /// The `otpauth://` address, for a phone that shows this page itself.
    pub otpauth_uri: String,
    /// The name under which the app lists it.
    pub account: String,
    /// Offered while the site's grace period lasts (C4).
    pub skip: Option<Skip>,
    pub error: Option<CodeError>,
}

/// The way past enrolment, for now.
#[derive(Clone, Debug)]
pub struct Skip {
    /// Where "Not now" posts to.
    pub action: String,
    pub left: Postponement,
}

impl Skip {
    fn words(&self) -> String {
        match self.left {
            Postponement::Until(last) => format!("You can set this up later, until {}.", changes::day(last)),
            Postponement::Times(times) => {
                format!("You can set this up later: {} left.", changes::counted(times, "time"))
            }
        }
    }
}

/// A code from the authenticator app.
#[derive(Clone, Debug, Template)]
#[template(path = "signin/code.html")]
pub struct CodePage {
    pub shell: Shell,
    pub action: String,
    pub cancel: String,
    pub account: String,
    pub error: Option<CodeError>,
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

impl EnrolPage {
    fn can_enter(&self) -> bool {
        self.error.is_none_or(CodeError::can_retry)
    }
}

impl CodePage {
    fn heading(&self) -> &'static str {
        if self.can_enter() { "Enter your code" } else { "No more codes for now" }
    }

    fn can_enter(&self) -> bool {
        self.error.is_none_or(CodeError::can_retry)
    }
}
