//! What a customer is called: email, username, first and last name, as an operator, an admin or
//! an import enters them. Everything is trimmed and brought to NFC first, so that one name has
//! one spelling; everything that passes here can be written into XML 1.0 and shown on a page.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// Characters of a group's name.
pub const GROUP_CHARS: usize = 200;

/// Bytes of an email address: RFC 5321 4.5.3.1.3 as corrected by RFC 3696 erratum 1690.
const EMAIL_BYTES: usize = 254;
/// Bytes before the `@`: RFC 5321 4.5.3.1.1.
const LOCAL_BYTES: usize = 64;
/// Bytes of one label of a domain: RFC 1035 2.3.4.
const LABEL_BYTES: usize = 63;
const USERNAME_CHARS: usize = 100;
const NAME_CHARS: usize = 200;

/// A character that must not stand in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadCharacter {
    /// A control character, a line break included: pages, logs and XML cannot carry it.
    Control(char),
    /// A code point that is no character (U+FFFE and its kin): XML 1.0 cannot carry it.
    NotACharacter(char),
    /// An override or isolate of the writing direction: it makes a name look like another.
    Direction(char),
    /// Nothing to see, in an address or username, where two that look alike must be equal.
    Invisible(char),
}

impl fmt::Display for BadCharacter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (c, what) = match self {
            Self::Control(c) => (c, "is a control character"),
            Self::NotACharacter(c) => (c, "is no character at all"),
            Self::Direction(c) => (c, "changes the direction of the text around it"),
            Self::Invisible(c) => (c, "cannot be seen"),
        };
        write!(f, "U+{:04X}, which {what}", u32::from(*c))
    }
}

/// Why an email address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailFault {
    #[error("The email address is missing.")]
    Missing,
    #[error("The email address is longer than 254 bytes.")]
    TooLong,
    #[error("The email address must have one @ with something before and after it.")]
    At,
    #[error("The part before the @ is longer than 64 bytes or holds a character that cannot stand there.")]
    Local,
    #[error("The part after the @ is not a domain name such as example.com.")]
    Domain,
    #[error("The email address holds {0}.")]
    Character(BadCharacter),
}

/// Why a username is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UsernameFault {
    #[error("The username is longer than 100 characters.")]
    TooLong,
    #[error("The username holds an @ but is not the customer's own email address.")]
    At,
    #[error("The username holds {0}.")]
    Character(BadCharacter),
}

/// Why a first or last name is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    #[error("A first name or a last name is missing: at least one is needed.")]
    Missing,
    #[error("A name is longer than 200 characters.")]
    TooLong,
    #[error("The name holds {0}.")]
    Character(BadCharacter),
}

/// An email address: the NameID of the customer's assertions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Takes an address as people write them: no quoted local part, no IP literal, a domain with
    /// a dot; letters of any script on both sides (RFC 6531).
    pub fn parse(text: &str) -> Result<Self, EmailFault> {
        let text = tidy(text, EMAIL_BYTES).ok_or(EmailFault::TooLong)?;
        if text.is_empty() {
            return Err(EmailFault::Missing);
        }
        if text.len() > EMAIL_BYTES {
            return Err(EmailFault::TooLong);
        }
        strict_characters(&text).map_err(EmailFault::Character)?;
        let (local, domain) = text.split_once('@').ok_or(EmailFault::At)?;
        if local.is_empty() || domain.is_empty() || domain.contains('@') {
            return Err(EmailFault::At);
        }
        if local.len() > LOCAL_BYTES || local.contains(|c: char| c.is_whitespace() || SPECIALS.contains(c)) {
            return Err(EmailFault::Local);
        }
        if !domain.contains('.') || !domain.split('.').all(is_label) {
            return Err(EmailFault::Domain);
        }
        Ok(Self(text))
    }

    /// As entered, trimmed and in NFC.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is unique per site, and what a typed sign-in name is compared with.
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

/// RFC 5322 3.2.3 `specials` that an unquoted local part cannot hold (dots may stand anywhere:
/// addresses with two in a row exist).
const SPECIALS: &str = "()<>[]:;@\\,\"";

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= LABEL_BYTES
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .chars()
            .all(|c| c == '-' || c.is_ascii_alphanumeric() || (!c.is_ascii() && !c.is_whitespace()))
}

/// A username. It never holds an `@`, so that no username equals another customer's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Username(String);

impl Username {
    /// Takes a username; `None` for an empty one and for the customer's own email address, which
    /// signs in anyway.
    pub fn parse(text: &str, email: &Email) -> Result<Option<Self>, UsernameFault> {
        // An address used as a username may be longer than a username.
        let text = tidy(text, EMAIL_BYTES.max(USERNAME_CHARS * 4)).ok_or(UsernameFault::TooLong)?;
        if text.is_empty() || fold(&text) == email.key() {
            return Ok(None);
        }
        strict_characters(&text).map_err(UsernameFault::Character)?;
        if text.contains('@') {
            return Err(UsernameFault::At);
        }
        if text.chars().count() > USERNAME_CHARS {
            return Err(UsernameFault::TooLong);
        }
        Ok(Some(Self(text)))
    }

    /// As entered, trimmed and in NFC.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is unique per site, and what a typed sign-in name is compared with.
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

/// First and last name. One may be empty: not everybody has two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName {
    pub given: String,
    pub family: String,
}

impl PersonName {
    /// Takes a name in any script, with emoji, joiners, `<>&"'` and `]]>`: whoever writes it out
    /// escapes it.
    pub fn parse(given: &str, family: &str) -> Result<Self, NameFault> {
        let part = |text: &str| -> Result<String, NameFault> {
            let text = tidy(text, NAME_CHARS * 4).ok_or(NameFault::TooLong)?;
            characters(&text).map_err(NameFault::Character)?;
            if text.chars().count() > NAME_CHARS { Err(NameFault::TooLong) } else { Ok(text) }
        };
        let name = Self { given: part(given)?, family: part(family)? };
        if name.given.is_empty() && name.family.is_empty() {
            return Err(NameFault::Missing);
        }
        Ok(name)
    }
}

/// How a typed sign-in name is normalised before lookup: as [`Email::key`] and [`Username::key`].
/// Never fails: what cannot be a name simply finds nobody. U+0000, which Postgres refuses in
/// text, becomes U+FFFD.
pub fn login_key(typed: &str) -> String {
    fold(&trimmed(typed).nfc().collect::<String>()).replace('\0', "\u{FFFD}")
}

/// Trimmed and in NFC; `None` when far too long to be worth the work. NFC may shorten a text
/// that came decomposed, to no less than a quarter of its bytes.
fn tidy(text: &str, bytes: usize) -> Option<String> {
    let text = trimmed(text);
    (text.len() <= bytes * 4).then(|| text.nfc().collect())
}

/// Copying from a mail or a sheet brings invisible characters along at both ends.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}'))
}

/// NFC, full lower case; both lower-case sigmas alike, since which one lower-casing gives depends
/// on what follows.
fn fold(text: &str) -> String {
    text.to_lowercase().replace('ς', "σ").nfc().collect()
}

/// Whether a text can be shown and stays within its line: no control character, none that turns the
/// direction of the text around it, none that Unicode says is no character.
pub fn characters(text: &str) -> Result<(), BadCharacter> {
    text.chars().try_for_each(|c| match c {
        '\u{2028}' | '\u{2029}' => Err(BadCharacter::Control(c)),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Err(BadCharacter::Direction(c)),
        '\u{FDD0}'..='\u{FDEF}' => Err(BadCharacter::NotACharacter(c)),
        c if u32::from(c) & 0xFFFE == 0xFFFE => Err(BadCharacter::NotACharacter(c)),
        c if c.is_control() => Err(BadCharacter::Control(c)),
        _ => Ok(()),
    })
}

/// As [`characters`], and nothing invisible: the common ones of Unicode's
/// Default_Ignorable_Code_Point and the direction marks.
fn strict_characters(text: &str) -> Result<(), BadCharacter> {
    characters(text)?;
    text.chars().try_for_each(|c| match c {
        '\u{00AD}'
        | '\u{034F}'
        | '\u{061C}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}' => Err(BadCharacter::Invisible(c)),
        _ => Ok(()),
    })
}

#[cfg(test)]
mod tests;
