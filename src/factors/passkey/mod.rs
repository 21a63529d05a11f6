//! Passkeys: WebAuthn Level 3 ("WA" below), without a database, a clock or a page.
//!
//! A ceremony has two halves. `begin_...` gives what the browser is asked ([`options`]) and a state;
//! `finish_...` takes that state and what the browser answered ([`answer`]) and gives a verdict.
//! [`check`] holds every point of security.md W2, [`key`] the algorithms, [`ceremony`] ties them
//! together. Signatures are verified by webauthn-rs, and by OpenSSL where that cannot.
//!
//! **What the caller owes (W1).** The state is kept on the server, sealed, bound to the one sign-in
//! or session that began the ceremony, at most one at a time, and *taken* (read and deleted) before
//! the answer is looked at, in a transaction that commits whatever the verdict: a challenge is
//! answered once, rightly or wrongly. The state itself refuses to be finished after [`LIFETIME`].
//! It is never given to the browser.
//!
//! **What is stored.** A [`Passkey`], as the JSON document of its factor, and its credential id in a
//! column of its own beside it, unique per site. The row is locked while an assertion is judged, or
//! two at once could share a counter. [`kind`] ties all this to the sign-in's pages.
//!
//! The RP ID is the host of the deployment's address, for all sites (W3): the user handle is the
//! customer's id, which is unique across sites, and a credential is looked up within its site.

pub mod answer;
pub mod authenticators;
mod binary;
pub mod ceremony;
mod check;
mod key;
pub mod kind; // its place among the factors
mod library;
mod options;
mod refusal;

pub use answer::{Assertion, Attestation};
pub use ceremony::{Authenticating, Registering, Verified};
pub use refusal::Refusal;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::Duration;
use url::Url;
use uuid::Uuid;
use webauthn_rs_core::WebauthnCore;

use self::binary::Binary;
use crate::config::BaseUrl;

/// How long a ceremony may take: what the browser is told (WA recommends 5 to 10 minutes), and
/// twice that until the state is void, since the browser begins to count later (W1).
pub const TIMEOUT: Duration = Duration::minutes(5);
pub const LIFETIME: Duration = Duration::minutes(10);

/// What a passkey is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// Beside a password: holding it is enough, user verification is preferred.
    SecondFactor,
    /// Instead of one: it must have verified its user (W2).
    WholeSignIn,
}

impl Purpose {
    /// As options say it (WA 5.8.6).
    fn user_verification(self) -> &'static str {
        match self {
            Self::SecondFactor => "preferred",
            Self::WholeSignIn => "required",
        }
    }
}

/// Whom a passkey is made for.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// The user handle: the customer's id. It is all that a passkey tells about its owner.
    pub handle: Uuid,
    /// Told apart by this in the browser's list: name the site in it, since all sites of a
    /// deployment share that list. Not empty.
    pub name: &'a str,
    pub display_name: &'a str,
}

/// A registered passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// 1 to 1,023 bytes.
    pub credential_id: Vec<u8>,
    /// The signature counter; 0 for ever with most passkeys that are synchronised.
    pub counter: u32,
    pub data: Data,
}

/// The rest of a passkey, as JSON. Holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Data {
    /// The RP ID it was made for. At start, a row with another one means that the base URL changed
    /// and nobody can sign in with that passkey any more (W3).
    pub rp_id: String,
    /// The public key, COSE.
    key: Binary,
    /// The kind of authenticator; nil when it does not tell.
    pub aaguid: Uuid,
    /// How the browser may reach it: hints (WA 5.8.4).
    #[serde(default)]
    pub transports: Vec<String>,
    /// It may be synchronised between devices; never changes.
    pub backup_eligible: bool,
    /// It was synchronised when last seen.
    pub backed_up: bool,
    /// Its user was verified when it was made.
    pub user_verified: bool,
    /// Whether it is found without naming it, which a whole sign-in needs; not every browser tells.
    #[serde(default)]
    pub discoverable: Option<bool>,
}

/// The passkeys of one deployment.
#[derive(Clone, Debug)]
pub struct Passkeys {
    rp_id: String,
    rp_id_hash: [u8; 32],
    origin: String,
    library: WebauthnCore,
}

impl Passkeys {
    /// Those of the deployment at `base_url`: its host is the RP ID, its origin the only one.
    pub fn new(base_url: &BaseUrl) -> Self {
        let url = Url::parse(base_url.as_str()).expect("a base URL is a URL");
        let rp_id = url.host_str().expect("a base URL has a host").to_owned();
        let timeout = TIMEOUT.unsigned_abs();
        Self {
            rp_id_hash: Sha256::digest(&rp_id).into(),
            origin: url.origin().ascii_serialization(),
            library: WebauthnCore::new_unsafe_experts_only(&rp_id, &rp_id, vec![url], timeout, None, None),
            rp_id,
        }
    }

    /// The RP ID.
    pub fn rp_id(&self) -> &str {
        &self.rp_id
    }

    /// Whether browsers have passkeys for this host at all: not for a bare address (WA 5.1.3).
    pub fn host_has_passkeys(&self) -> bool {
        !self.rp_id.starts_with('[') && self.rp_id.parse::<std::net::Ipv4Addr>().is_err()
    }
}

#[cfg(test)]
mod tests;
