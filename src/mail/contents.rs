//! What a letter says, in the customer's language: the same parts for the HTML and for its plain
//! twin. Pure.

use time::OffsetDateTime;
use time::macros::format_description;

use super::Letter;
use crate::i18n::{Arg, Key, Lang, key};

/// A letter in words.
#[derive(Clone, PartialEq, Eq)]
pub struct Contents {
    pub subject: String,
    pub hello: String,
    pub parts: Vec<Part>,
    /// The "this was not me" link (security.md A3) and its words.
    pub freeze: Option<Freeze>,
    pub foot: Words,
}

/// A sentence for both twins: the HTML is escaped.
#[derive(Clone, PartialEq, Eq)]
pub struct Words {
    pub plain: String,
    pub html: String,
}

/// What stands between the greeting and the foot.
#[derive(Clone, PartialEq, Eq)]
pub enum Part {
    Text(Words),
    Code(String),
    Button {
        label: String,
        link: String,
    },
    /// A less important link.
    Link {
        label: String,
        link: String,
    },
    /// Lines of a name and a value.
    Facts(Vec<(String, String)>),
}

/// The way out when it was not the customer.
#[derive(Clone, PartialEq, Eq)]
pub struct Freeze {
    pub title: String,
    pub lead: Words,
    pub label: String,
    pub link: String,
}

/// Whom it is written to, and where from.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub lang: Lang,
    pub site: &'a str,
    /// The customer's first name; empty when unknown.
    pub name: &'a str,
    /// The address this copy goes to.
    pub to: &'a str,
}

impl Contents {
    /// Puts `letter` in words.
    pub fn of(letter: &Letter, context: &Context<'_>) -> Self {
        let lang = context.lang;
        let (subject, parts) = body(letter, context);
        Self {
            subject: lang.say1(subject, "site", context.site),
            hello: match context.name {
                "" => lang.say("mail-hello-anybody"),
                name => lang.say1("mail-hello", "name", name),
            },
            parts,
            freeze: letter.freeze_link(context.to).map(|link| Freeze {
                title: lang.say("mail-not-you"),
                lead: context.words(key("mail-not-you-lead")),
                label: lang.say("mail-freeze"),
                link: link.to_owned(),
            }),
            foot: context.words(key("mail-foot")),
        }
    }
}

impl Context<'_> {
    /// A sentence that may name the site.
    fn words(&self, key: Key) -> Words {
        self.words_with(key, None)
    }

    /// A sentence with a number in it.
    fn words_with(&self, key: Key, number: Option<(&'static str, u32)>) -> Words {
        let mut args: Vec<(&'static str, Arg)> = vec![("site", self.site.into())];
        args.extend(number.map(|(name, number)| (name, number.into())));
        Words { plain: self.lang.plain(key, &args), html: self.lang.html(key, &args) }
    }

    fn text(&self, key: Key) -> Part {
        Part::Text(self.words(key))
    }

    fn number(&self, key: Key, name: &'static str, number: u32) -> Part {
        Part::Text(self.words_with(key, Some((name, number))))
    }

    fn button(&self, label: Key, link: &str) -> Part {
        Part::Button { label: self.lang.say(label), link: link.to_owned() }
    }

    fn link(&self, label: Key, link: &str) -> Part {
        Part::Link { label: self.lang.say(label), link: link.to_owned() }
    }

    fn fact(&self, label: Key, value: impl Into<String>) -> (String, String) {
        (self.lang.say(label), value.into())
    }

    fn factor(&self, method: &str, name: &str) -> Part {
        let mut facts = vec![self.fact(key("mail-fact-method"), self.lang.say(method_name(method)))];
        if !name.is_empty() {
            facts.push(self.fact(key("mail-fact-name"), name));
        }
        Part::Facts(facts)
    }
}

/// The subject's key, and the parts.
fn body(letter: &Letter, c: &Context<'_>) -> (Key, Vec<Part>) {
    match letter {
        Letter::EmailCode { code, minutes } => (
            key("mail-code-subject"),
            vec![
                c.text(key("mail-code-lead")),
                Part::Code(code.clone()),
                c.number(key("mail-code-life"), "minutes", *minutes),
                c.text(key("mail-code-care")),
            ],
        ),
        Letter::ResetPassword { link, minutes } => (
            key("mail-reset-subject"),
            vec![
                c.text(key("mail-reset-lead")),
                c.button(key("mail-reset-button"), link),
                c.number(key("mail-reset-life"), "minutes", *minutes),
                c.text(key("mail-reset-care")),
            ],
        ),
        Letter::SetPassword { link, hours } => (
            key("mail-set-subject"),
            vec![
                c.text(key("mail-set-lead")),
                c.button(key("mail-set-button"), link),
                c.number(key("mail-set-life"), "hours", *hours),
            ],
        ),
        Letter::Welcome => (
            key("mail-welcome-subject"),
            vec![c.text(key("mail-welcome-lead")), c.text(key("mail-welcome-more"))],
        ),
        Letter::RecoveryStarted { .. }
        | Letter::RecoveryReady { .. }
        | Letter::RecoveryCancelled
        | Letter::Frozen => recovery(letter, c),
        _ => notice(letter, c),
    }
}

/// What happened to the account, for whoever did not do it.
fn notice(letter: &Letter, c: &Context<'_>) -> (Key, Vec<Part>) {
    match letter {
        Letter::FactorAdded { method, name, .. } => (
            key("mail-factor-added-subject"),
            vec![c.text(key("mail-factor-added-lead")), c.factor(method, name)],
        ),
        Letter::FactorRemoved { method, name, .. } => (
            key("mail-factor-removed-subject"),
            vec![c.text(key("mail-factor-removed-lead")), c.factor(method, name)],
        ),
        Letter::FactorsReset { .. } => {
            (key("mail-factors-reset-subject"), vec![c.text(key("mail-factors-reset-lead"))])
        }
        Letter::PasswordOff { .. } => (
            key("mail-password-off-subject"),
            vec![c.text(key("mail-password-off-lead")), c.text(key("mail-password-off-care"))],
        ),
        Letter::EmailChanged { old, new, .. } => (
            key("mail-email-changed-subject"),
            vec![
                c.text(key("mail-email-changed-lead")),
                Part::Facts(vec![
                    c.fact(key("mail-fact-old-address"), shown_to(c.to, old)),
                    c.fact(key("mail-fact-new-address"), shown_to(c.to, new)),
                ]),
            ],
        ),
        Letter::BackupCodeUsed { left, .. } => (
            key("mail-backup-used-subject"),
            vec![c.text(key("mail-backup-used-lead")), c.number(key("mail-backup-used-left"), "left", *left)],
        ),
        Letter::BackupCodesMade { .. } => {
            (key("mail-backup-made-subject"), vec![c.text(key("mail-backup-made-lead"))])
        }
        Letter::NewDevice { browser, network, when, .. } => {
            let mut facts =
                vec![c.fact(key("mail-fact-when"), moment(*when)), c.fact(key("mail-fact-browser"), browser)];
            facts.extend(network.as_ref().map(|network| c.fact(key("mail-fact-network"), network)));
            (key("mail-device-subject"), vec![c.text(key("mail-device-lead")), Part::Facts(facts)])
        }
        Letter::DeviceCopied { .. } => {
            (key("mail-device-copied-subject"), vec![c.text(key("mail-device-copied-lead"))])
        }
        Letter::SecondFactorFailed { when, .. } => (
            key("mail-failed-subject"),
            vec![
                c.text(key("mail-failed-lead")),
                Part::Facts(vec![c.fact(key("mail-fact-when"), moment(*when))]),
                c.text(key("mail-failed-care")),
            ],
        ),
        // The rest has gone its own way in `body`.
        _ => (key("mail-password-changed-subject"), vec![c.text(key("mail-password-changed-lead"))]),
    }
}

/// The slow way back, and the emergency brake.
fn recovery(letter: &Letter, c: &Context<'_>) -> (Key, Vec<Part>) {
    match letter {
        Letter::RecoveryStarted { cancel_link, ready_at } => (
            key("mail-recovery-started-subject"),
            vec![
                c.text(key("mail-recovery-started-lead")),
                Part::Facts(vec![c.fact(key("mail-recovery-ready-at"), moment(*ready_at))]),
                c.text(key("mail-recovery-started-care")),
                c.button(key("mail-recovery-cancel"), cancel_link),
            ],
        ),
        Letter::RecoveryReady { link, cancel_link } => (
            key("mail-recovery-ready-subject"),
            vec![
                c.text(key("mail-recovery-ready-lead")),
                c.button(key("mail-recovery-ready-button"), link),
                c.text(key("mail-recovery-ready-care")),
                c.link(key("mail-recovery-cancel"), cancel_link),
            ],
        ),
        Letter::RecoveryCancelled => {
            (key("mail-recovery-cancelled-subject"), vec![c.text(key("mail-recovery-cancelled-lead"))])
        }
        _ => (
            key("mail-frozen-subject"),
            vec![c.text(key("mail-frozen-lead")), c.text(key("mail-frozen-care"))],
        ),
    }
}

/// The name of a method by its word in the database.
fn method_name(word: &str) -> Key {
    match word {
        "passkey" => key("mail-method-passkey"),
        "totp" => key("mail-method-totp"),
        "yubikey" => key("mail-method-yubikey"),
        "duo" => key("mail-method-duo"),
        "sms" => key("mail-method-sms"),
        "email_code" => key("mail-method-email-code"),
        "questions" => key("mail-method-questions"),
        "backup_codes" => key("mail-method-backup-codes"),
        _ => key("mail-method-other"),
    }
}

/// Universal time, in digits that every language reads.
fn moment(at: OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    at.format(format_description!("[year]-[month]-[day] [hour]:[minute] UTC")).expect("a date in four digits")
}

/// An address for the reader at `to`: the own one in full, another's first letter and domain.
fn shown_to(to: &str, address: &str) -> String {
    if to == address {
        return address.to_owned();
    }
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}…@{domain}")
}

#[cfg(test)]
mod tests;
