//! Duo's Universal Prompt. The browser goes to Duo with a
//! signed request, the customer answers there, and the browser comes back with a code that only this
//! server can turn into a signed result (Duo "OIDC Auth API", <https://duo.com/docs/oauthapi>; limits
//! and checks as in Duo's own SDKs, duo_universal_python 2.3 and duo_universal_nodejs).
//!
//! - [`request`]: the assertions, the address of the prompt, the forms.
//! - [`answer`]: what the browser brings back, and what the two calls answer.
//! - [`id_token`]: whether the result is genuine, for this sign-in, and an approval.
//! - [`Duo`]: the configured application, and the two calls: health before the redirect, exchange
//!   after it.
//! - [`kind`]: its place among the kinds of factor.
//!
//! Duo's SDKs pin its certificate authorities; here the system's are trusted, as for every call of
//! this server. The id token is signed under the shared secret all the same.

pub mod answer;
mod client;
pub mod id_token;
pub mod kind;
pub mod request;

pub use answer::{Return, Trouble};
pub use client::{Duo, SettingsFault};
pub use id_token::{Outcome, Refusal};
pub use request::{AskFault, Asked};
