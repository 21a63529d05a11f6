//! What customers read, in their language: Fluent messages in `translations/<tag>/*.ftl`, in the
//! binary. Jira's administrators read English.
//!
//! A page says `lang.say("key")`, with arguments `lang.say1("key", "name", value)`, and where a name
//! or an address stands inside a sentence `lang.html1(…)`, which escapes it and sets it apart as
//! `<bdi>`. An argument is a text, a number (which chooses the plural), a day or a moment. A message
//! may have parts (Fluent's attributes): `lang.part("key", "sentence")`, `lang.problem("key", …)`.
//! Rust that names a message for later wraps it as `key("…")`, so that
//! [`tests::every_key_is_there_and_used`] finds every use.
//!
//! A page's language is its visitor's, see [`choice`].

mod arg;
pub mod choice; // which language a visitor reads
mod lang;
mod messages; // a message, said
#[cfg(test)]
mod tests;

pub use arg::Arg;
pub use lang::Lang;
pub use messages::Problem;

/// A message's name; see the room's story for when to wrap one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(&'static str);

/// Names a message for later.
pub const fn key(name: &'static str) -> Key {
    Key(name)
}

impl From<&'static str> for Key {
    fn from(name: &'static str) -> Self {
        Self(name)
    }
}

impl From<&Self> for Key {
    fn from(key: &Self) -> Self {
        *key
    }
}
