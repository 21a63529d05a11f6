//! The customer's own security page (E7): second factors, backup codes, remembered devices, sessions,
//! password and language, at `/sites/{site}/account`.
//!
//! Who it is a session says, if it meets the site's policy; without one a sign-in begins that comes
//! back here (`signin::purpose`). Looking takes no more than that. Every change of what signs the customer
//! in takes a fresh authentication (security.md S4, `rules::is_fresh`): older sessions prove anew whose
//! they are, and come back to the page that was asked for. Ending sessions and forgetting devices takes
//! none, for whoever does that is in a hurry, and neither do preferences.
//!
//! A new factor and new backup codes are set up by the sign-in's own pages, in a sign-in that begins past
//! the password and ends here. All works without scripts: a page a question, a form a button. Rows are
//! the other rooms': this one has no SQL.

pub mod add; // a factor more, new backup codes
pub mod factor; // one factor: its name, its end
pub mod here; // whose page it is
pub mod overview; // all at a glance
pub mod password; // another password
pub mod rules; // what may be done
pub mod signed_in; // sessions, remembered devices, preferences
pub mod views; // the pages
