//! What may be a password (security.md P1-P5; NIST SP 800-63B-4 3.1.1.2): long enough, not on a
//! list of common ones, not a pattern, not a word from around the customer. No composition rules.

mod patterns;

use std::collections::HashSet;
use std::sync::LazyLock;

pub use patterns::is_pattern;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Bytes of a password, counted in NFC, so that no hash is asked for more: at least 64 code
/// points of any script always fit (ASVS 6.2.9).
pub const MAX_BYTES: usize = 1024;
/// Code points of the shortest password beside a second factor (NIST 3.1.1.2).
pub const WITH_SECOND_FACTOR: usize = 8;
/// Code points of the shortest password that stands alone (NIST 3.1.1.2).
pub const ALONE: usize = 15;

/// Why a password is refused; the sentence is for the person who chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    #[error("The password is too short: it needs at least {minimum} characters.")]
    TooShort { minimum: usize },
    #[error("The password is too long: it must fit into 1,024 bytes.")]
    TooLong,
    #[error(
        "The password holds a line break or another control character, which cannot be typed at sign-in."
    )]
    Control,
    #[error("This password is on a list of common passwords. Choose another.")]
    Common,
    #[error(
        "This password is a repetition, a sequence or a row of keys, which is guessed first. Choose another."
    )]
    Pattern,
    #[error(
        "This password is little more than a name or word that belongs to you or this site. Choose another."
    )]
    Context,
}

/// A password in the one form that is hashed: NFC, at most [`MAX_BYTES`], otherwise as typed
/// (never truncated, trimmed or case-folded). Wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Normalised(Zeroizing<String>);

impl Normalised {
    /// Normalises a typed password, new or to be verified. The only fault is
    /// [`PasswordFault::TooLong`].
    pub fn new(typed: &str) -> Result<Self, PasswordFault> {
        // NFC shortens by a factor of three at most, so a text longer than that cannot fit.
        if typed.len() > MAX_BYTES * 4 {
            return Err(PasswordFault::TooLong);
        }
        let mut text = Zeroizing::new(String::with_capacity(typed.len() * 3));
        text.extend(typed.nfc());
        if text.len() > MAX_BYTES { Err(PasswordFault::TooLong) } else { Ok(Self(text)) }
    }

    /// Whether it is long enough, e.g. after 2FA was switched off (security.md P1).
    pub fn is_long_enough(&self, two_factor: bool) -> bool {
        length(&self.0) >= minimum(two_factor)
    }

    /// The bytes to hash.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl std::fmt::Debug for Normalised {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Normalised(..)")
    }
}

/// Code points of a typed password in NFC: what [`minimum`] is compared with.
pub fn length(typed: &str) -> usize {
    typed.nfc().count()
}

/// Code points a password needs: fewer beside a second factor.
pub fn minimum(two_factor: bool) -> usize {
    if two_factor { WITH_SECOND_FACTOR } else { ALONE }
}

/// Whose password it is: words that must not make up most of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    pub email: &'a str,
    pub username: &'a str,
    pub given_name: &'a str,
    pub family_name: &'a str,
    /// The site's address, host or name, e.g. `https://acme.atlassian.net`.
    pub site: &'a str,
}

/// Takes a new password, or says why not.
pub fn check_new(typed: &str, two_factor: bool, context: &Context<'_>) -> Result<Normalised, PasswordFault> {
    let password = Normalised::new(typed)?;
    if password.0.chars().any(char::is_control) {
        return Err(PasswordFault::Control);
    }
    if !password.is_long_enough(two_factor) {
        return Err(PasswordFault::TooShort { minimum: minimum(two_factor) });
    }
    if is_common(&password.0) {
        return Err(PasswordFault::Common);
    }
    if patterns::is_pattern(&password.0) {
        return Err(PasswordFault::Pattern);
    }
    if is_decorated(&password.0, &context.words()) {
        return Err(PasswordFault::Context);
    }
    Ok(password)
}

static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// On the list, alone or with digits and marks around it (`Password2026!`).
fn is_common(password: &str) -> bool {
    let lower = Zeroizing::new(password.to_lowercase());
    let core = lower.trim_matches(|c: char| !c.is_alphabetic());
    COMMON.contains(lower.as_str())
        || (COMMON.contains(core) && is_weak_rest(lower.chars().count() - core.chars().count()))
}

/// Whether what is left beside a known word is too little to be a password itself.
fn is_weak_rest(chars: usize) -> bool {
    chars < WITH_SECOND_FACTOR
}

impl Context<'_> {
    /// The words, in lower case, longest first. Words of one or two letters say too little.
    fn words(&self) -> Vec<Vec<char>> {
        let (local, domain) = self.email.split_once('@').unwrap_or((self.email, ""));
        let labels = |host: &str| -> Vec<String> {
            // The last label is a top-level domain.
            let mut labels: Vec<_> = host.split('.').map(str::to_owned).collect();
            labels.truncate(labels.len().saturating_sub(1).max(1));
            labels
        };
        let mut words: Vec<String> =
            ["vestibule", "jira", "atlassian", "servicedesk", "service", "desk", "portal", "password"]
                .map(str::to_owned)
                .into();
        words.extend(
            [self.email, domain, local, self.username, self.given_name, self.family_name].map(str::to_owned),
        );
        for text in [local, self.username, self.given_name, self.family_name, self.site] {
            words.extend(text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
        }
        words.extend(labels(domain));
        words.extend(labels(self.site));
        let mut words: Vec<Vec<char>> = words
            .iter()
            .map(|word| word.nfc().collect::<String>().to_lowercase().chars().collect())
            .filter(|word: &Vec<char>| word.len() >= 3)
            .collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.dedup();
        words
    }
}

/// Whether nothing but digits and marks, and few or patterned ones, is left of the password
/// without the words; also when letters are replaced by their usual look-alikes (`J1ra`).
fn is_decorated(password: &str, words: &[Vec<char>]) -> bool {
    let typed: Zeroizing<Vec<char>> = Zeroizing::new(password.to_lowercase().chars().collect());
    [None, Some('i'), Some('l')].into_iter().any(|one| {
        let read: Zeroizing<Vec<char>> =
            Zeroizing::new(typed.iter().map(|c| one.map_or(*c, |one| look_alike(*c, one))).collect());
        let rest = without(&typed, &read, words);
        rest.len() < typed.len()
            && !rest.iter().any(|c| c.is_alphabetic())
            && (is_weak_rest(rest.len()) || patterns::is_pattern(&rest.iter().collect::<String>()))
    })
}

/// The letter a digit or mark stands for; a `1` is an i or an l.
fn look_alike(c: char, one: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' | '|' => one,
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// What of `typed` is left where `read` does not spell one of the words.
fn without(typed: &[char], read: &[char], words: &[Vec<char>]) -> Vec<char> {
    let mut rest = Vec::with_capacity(typed.len());
    let mut at = 0;
    while at < typed.len() {
        match words.iter().find(|word| read[at..].starts_with(word)) {
            Some(word) => at += word.len(),
            None => {
                rest.push(typed[at]);
                at += 1;
            }
        }
    }
    rest
}

#[cfg(test)]
mod tests;
