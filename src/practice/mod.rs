//! The practice world (G1): a practice Jira, a practice Guard, a mailbox and practice gateways beside the
//! real server, so that a newcomer sees the whole walk without an Atlassian account. Nothing in the
//! product knows it is practice: they are reached over HTTP and SMTP, by configuration alone, and it
//! is not in the release image.
//!
//! - [`jira`]: a Jira site that installs the app by a signed install, with its own key server, and
//!   frames the app's pages in its administration.
//! - [`guard`]: Atlassian Guard's part: a help centre that signs its customers in through SAML, and
//!   the pages of Atlassian Administration where that is set up.
//! - [`gateways`]: what some second factors need outside: an SMS gateway and its phones, virtual
//!   YubiKeys and their validation server, a Duo account.
//! - [`sp`]: the strict SAML service provider behind it, a library that tests use as well.
//! - [`mailbox`]: a mail server that takes every mail, and pages that show them.
//! - [`tree`]: the XML reader of that library, apart from the product's own.
//! - [`demo()`]: `vestibule demo`: the real server and all of these, set up with each other.

mod crowd;
mod demo;
mod doors;
mod folder;
pub mod gateways;
pub mod guard;
pub mod jira;
pub mod mailbox;
mod pages;
mod setup;
pub mod sp;
mod surroundings;
pub mod tree;

#[cfg(test)]
mod testing;

pub use demo::{DemoArgs, demo};
pub use doors::{Doors, Ports, PracticeDoors};
pub use folder::Folder;
pub use gateways::Gateways;
pub use setup::{Person, Setup, World, people};
pub use surroundings::{Links, Surroundings, causes};
