//! Customers (D): the directory in three lists, what can be done for one of them, and for many at once.
//!
//! The whole state of the page is its address ([`place`]), and every answer is the page at a place:
//! whoever has toggled or edited a customer on page 40 of a search is still there.

mod list; // a page of the directory
mod place; // where in it one is
mod toggle; // D2: enable, disable

pub use list::show;
pub use toggle::submit as toggle;
