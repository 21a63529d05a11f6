//! A code by SMS. The operator names an HTTP gateway (any
//! provider's, or the company's own) by configuration; without one the method is off.
//!
//! - [`number`]: phone numbers as people type them, as E.164 has them, and as a page may show them.
//! - [`text`]: how many messages a text costs, and the line by which a browser finds the code.
//! - [`template`]: the body that a gateway takes, with values put in as its type demands.
//! - [`gateway`]: the request, the reading of its answer, and the sending.
//! - [`outbox`]: messages on their way, and how many a customer may have.
//! - [`kind`]: its place among the kinds of factor.

pub mod gateway;
pub mod kind;
pub mod number;
pub mod outbox;
mod settings;
pub mod store;
pub mod template;
pub mod text;

pub use gateway::{Gateway, Message, Sent};
pub use number::{NumberFault, PhoneNumber};
pub use settings::{Settings, SettingsFault};
