//! Yubico OTP. A touch of the key types 44 characters; a
//! validation server, Yubico's or the operator's own, says whether they are right and new.
//!
//! - [`otp`]: what a key types, as people and keyboards hand it on.
//! - [`protocol`]: Yubico's Validation Protocol 2.0: the signed request, the answer, what it means.
//! - [`Validator`]: the configured server, and the asking.
//! - [`kind`]: its place among the kinds of factor.
//!
//! The server remembers what it has seen, and so should we: [`Touch`] holds the key's own counters,
//! which only ever grow, for a record that no other client of the same server can reset.

pub mod kind;
pub mod otp;
pub mod protocol;
mod validator;

pub use otp::Otp;
pub use protocol::{Touch, Verdict};
pub use validator::{SettingsFault, Validator};
