//! Many at once (D2, D4): some rows of the list, or everybody who matches it. Asked first, with how many
//! and what cannot be undone; then a page that shows how far it is ([`run`]).

mod asked; // before
pub mod run; // while and after
mod selection; // whom

pub use asked::{ask, submit};
