//! From a letter's words to the message that goes over SMTP: both bodies and the headers. All of it
//! is ASCII on the way but an address with other letters before its `@`.

use std::time::SystemTime;

use askama::Template;
use lettre::Address;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use time::OffsetDateTime;
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

use super::contents::{Contents, Part};
use crate::customers::names::Email;
use crate::i18n::Lang;

/// Characters of a subject or a sender's name: longer ones are cut.
const LONGEST: usize = 150;

/// What the headers say beside the letter's words.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The outbox row: every try of a mail has the same Message-ID, so that a mail sent twice can
    /// be told.
    pub id: Uuid,
    /// Our host, for the Message-ID.
    pub host: &'a str,
    pub from: &'a Email,
    pub to: &'a Email,
    pub site: &'a str,
    pub lang: Lang,
    pub now: OffsetDateTime,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Html<'a> {
    lang: Lang,
    site: &'a str,
    contents: &'a Contents,
    copy_link: String,
}

#[derive(Template)]
#[template(path = "mail/letter.txt")]
struct Text<'a> {
    contents: &'a Contents,
}

/// Puts the message together. An error is a fault of ours: what was entered has been checked.
pub fn compose(contents: &Contents, head: &Head<'_>) -> anyhow::Result<Message> {
    let html =
        Html { lang: head.lang, site: head.site, contents, copy_link: head.lang.say("mail-copy-link") };
    let bodies = MultiPart::alternative()
        .boundary(format!("=_{}", head.id.simple()))
        .singlepart(SinglePart::plain(Text { contents }.render()?))
        .singlepart(SinglePart::html(html.render()?));
    let message = Message::builder()
        .date(SystemTime::from(head.now))
        .message_id(Some(format!("<{}@{}>", head.id, head.host)))
        .from(Mailbox::new(Some(one_line(head.site)), address(head.from)?))
        .to(Mailbox::new(None, address(head.to)?))
        .subject(one_line(&contents.subject))
        .header(AutoSubmitted)
        .header(AutoResponseSuppress)
        .header(ContentLanguage(head.lang.tag()))
        .multipart(bodies)?;
    Ok(message)
}

/// The address as it goes over the wire: the domain in ASCII (RFC 5891). Letters of other scripts
/// before the `@` stay, and need a server with SMTPUTF8 (RFC 6531).
pub fn address(email: &Email) -> anyhow::Result<Address> {
    let (local, domain) = email.as_str().rsplit_once('@').expect("an Email holds an @");
    let domain = match url::Host::parse(domain)? {
        url::Host::Domain(domain) => domain,
        url::Host::Ipv4(_) | url::Host::Ipv6(_) => anyhow::bail!("an address literal"),
    };
    // lettre's own check refuses dots in a row, which exist; `Email` admits nothing that could end
    // an SMTP command or a header.
    Ok(Address::new_dangerous(local, domain))
}

/// Text for a header: no line break, control or invisible mark, nothing that reads as encoded already,
/// of bounded length. (lettre encodes by RFC 2047 what is not ASCII, and only that.)
pub fn one_line(text: &str) -> String {
    let visible = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let text: String = text.nfc().map(|c| if visible(c) { c } else { ' ' }).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace("=?", "= ?").chars().take(LONGEST).collect()
}

/// RFC 3834: no out-of-office mail answers this.
#[derive(Clone, Copy)]
struct AutoSubmitted;

/// The same for Exchange.
#[derive(Clone, Copy)]
struct AutoResponseSuppress;

/// RFC 3282, for screen readers and translators.
#[derive(Clone, Copy)]
struct ContentLanguage(&'static str);

macro_rules! header {
    ($header:ty, $name:literal, |$this:ident| $value:expr) => {
        impl Header for $header {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Err("written, never read".into())
            }

            fn display(&self) -> HeaderValue {
                let $this = self;
                HeaderValue::new(Self::name(), $value.to_owned())
            }
        }
    };
}
header!(AutoSubmitted, "Auto-Submitted", |_this| "auto-generated");
header!(AutoResponseSuppress, "X-Auto-Response-Suppress", |_this| "All");
header!(ContentLanguage, "Content-Language", |this| this.0);

#[cfg(test)]
mod tests;
