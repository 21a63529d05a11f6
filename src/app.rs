//! What every handler and command works with, built once.

use std::ops::Deref;
use std::sync::Arc;

use sqlx::PgPool;

use crate::clock::Clock;
use crate::config::Config;
use crate::customers::Hasher;
use crate::factors::passkey::Passkeys;
use crate::jira::{Admins, InstallKeys};
use crate::mail::{self, Mailer};
use crate::random::Random;
use crate::saml::KeyCache;
use crate::vault::Vault;

/// The running program. Cheap to clone; axum's state.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
pub struct Parts {
    pub config: Config,
    pub db: PgPool,
    pub clock: Clock,
    pub random: Random,
    pub vault: Vault,
    /// Passwords, a few at a time (security.md P7).
    pub hasher: Hasher,
    /// Outgoing HTTP: 10 s limit, no redirects (security.md N3).
    pub http: reqwest::Client,
    /// The way to the mail server; none where no mail is sent.
    pub mailer: Option<Mailer>,
    /// Atlassian's keys of signed installs, fetched once an hour at most.
    pub install_keys: InstallKeys,
    /// Who administers which site, as Jira said within the last minute.
    pub admins: Admins,
    /// WebAuthn for this deployment's address.
    pub passkeys: Passkeys,
    /// Decoded SAML signing keys.
    pub saml_keys: KeyCache,
}

/// How this server calls others: ten seconds, no redirects.
pub fn http_client() -> reqwest::Client {
    reqwest::Client::builder()
        .timeout(std::time::Duration::from_secs(10))
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("vestibule/", env!("CARGO_PKG_VERSION")))
        .build()
        .expect("a client with the ring provider installed")
}

impl App {
    /// Puts the parts together.
    pub fn new(config: Config, db: PgPool, clock: Clock, random: Random) -> Self {
        let vault =
            Vault::new(config.master_key.clone(), config.previous_master_keys.clone(), random.clone());
        // Of those who wait, the last one's turn comes after about two seconds.
        let hasher = Hasher::new(&config.pepper, config.hash_workers, 64 * config.hash_workers);
        let http = http_client();
        let mailer =
            config.mail.as_ref().map(|mail| Mailer::new(mail, config.base_url.host(), mail::smtp::TIMEOUT));
        let passkeys = Passkeys::new(&config.base_url);
        Self(Arc::new(Parts {
            config,
            db,
            clock,
            random,
            vault,
            hasher,
            http,
            mailer,
            install_keys: InstallKeys::default(),
            admins: Admins::default(),
            passkeys,
            saml_keys: KeyCache::default(),
        }))
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
