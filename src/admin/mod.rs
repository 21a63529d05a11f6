//! The pages inside Jira, for its administrators: Setup, 2FA Configuration and Customers.
//!
//! Jira frames one small page, the [`shell`]. Third-party cookies are blocked there, so it keeps
//! none: its script takes a fresh token from the host's bridge for every request and swaps in what
//! the server answers, a *fragment*: HTML for the element `#main`, or for a part of it.
//!
//! No SQL and no rules here: handlers take a [`crate::jira::JiraAdmin`], ask the rooms, and show.
//! Neither handlers nor templates know which host frames them.

pub mod customers; // D: the directory
mod download; // tables as CSV
pub mod frame; // what surrounds every fragment
pub mod setup; // B: the wizard and its status board
pub mod shell; // the page in the frame
mod trail; // audit events
pub mod two_factor; // C: the policy
pub mod words; // times and numbers as people read them
