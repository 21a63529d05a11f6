//! The ways back, and the brake: what a customer does with a mail of ours.
//!
//! A link in a mail (`links`) leads to one page with a button; opening it changes nothing, so that a
//! mail scanner uses none up (`pages`). Behind it stands one of:
//!
//! - `new_password`: a password forgotten (`forgotten`) or never set (`invitation`). It signs nobody
//!   in and asks for the second factor as ever (security.md P8).
//! - `delayed`: whoever has lost every second factor says so after the right password (`lost`), waits
//!   a day that the true owner can use to call it off, and then begins anew.
//! - `freeze`: "this was not me". Nobody signs in until the mailbox it came from sets a new password,
//!   or an administrator decides (security.md A3).
//!
//! `notices` writes every mail about an account's safety, each with its freeze link. Where a
//! deployment sends no mail, none of this is offered. This room and `signin` know each other: a
//! recovery begins in a sign-in, and a sign-in ends one.

pub mod delayed; // a second factor lost, a day later
pub mod forgotten; // asking for a new password
pub mod freeze; // nobody signs in
pub mod invitation; // the first password
pub mod jobs; // what happens later
pub mod links; // what a mail opens
pub mod lost; // "I have none of these any more"
pub mod new_password; // a password by a link
mod notices; // mails about an account's safety
pub mod pages; // a link's page and its button
mod reset; // an administrator takes all factors away
pub mod store; // all SQL of this room
pub mod views; // the pages' data

pub use delayed::{call_off, switched_off};
pub use freeze::{tell_frozen, unfreeze};
pub use invitation::{Invited, send_first_password, send_password_link};
pub use notices::{Notice, freeze_link, notify, tell_password_off};
pub use reset::reset_mfa;
