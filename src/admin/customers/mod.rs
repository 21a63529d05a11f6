//! Customers (D): the directory in three lists, what can be done for one of them, and for many at once.
//!
//! The whole state of the page is its address ([`place`]), and every answer is the page at a place:
//! whoever has toggled or edited a customer on page 40 of a search is still there.

mod act; // what is done for one with a word
mod add; // D5
pub mod bulk; // D2, D4: many at once
mod dialog; // above the directory
mod edit; // D6, D7
pub mod export; // D11
pub mod groups; // D10
pub mod imports; // D9
mod list; // a page of the directory
mod place; // where in it one is
pub mod status; // D3: Fetch Status
mod toggle; // D2: enable, disable

/// Why nothing is written to anybody.
pub const NO_MAIL: &str = "This server sends no mail: whoever runs it has set up no mail server.";

pub use act::{Act, ask, submit as act};
pub use add::{ask as ask_new, submit as add};
pub use edit::{ask as ask_edit, ask_password, submit as edit, submit_password};
pub use list::show;
pub use toggle::submit as toggle;
