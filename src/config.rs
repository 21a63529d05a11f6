//! The environment, read and checked once. Every value has a `VESTIBULE_` name (but the customary
//! `DATABASE_URL`); a wrong or missing one is named together with what would be right, and all
//! faults are told at once. Secrets have no `Debug`.

mod keys; // secrets of full strength only
mod mail; // the mail server and the sender
mod outside; // the servers that some methods need
mod read; // from names and texts to values and faults
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::path::PathBuf;

use ipnet::IpNet;
use url::Url;
use zeroize::Zeroizing;

use crate::factors::duo::Duo;
use crate::factors::sms::Gateway;
use crate::factors::yubikey::Validator;
use crate::vault::MasterKey;

pub use keys::{SECRET_BYTES, encode_secret};
pub use mail::{MailConfig, SmtpLogin, SmtpSecurity, SmtpServer};
pub use read::{DEFAULT_LOG, Fault, Faults, NAMES, unknown_names};

/// What the deployment was told.
#[derive(Clone)]
pub struct Config {
    /// `VESTIBULE_BASE_URL`: how browsers, Jira and Guard reach this server. An origin: https, or
    /// http on a loopback host.
    pub base_url: BaseUrl,
    /// `VESTIBULE_LISTEN`: where to listen, plain HTTP. Default 127.0.0.1:8080.
    pub listen: SocketAddr,
    /// `DATABASE_URL`: the Postgres server; without it a private cluster in `data_dir`.
    pub database_url: Option<Zeroizing<String>>,
    /// `VESTIBULE_DATABASE_CONNECTIONS`: size of the pool. Default 16.
    pub database_connections: u32,
    /// `VESTIBULE_DATA_DIR`: the private cluster's folder. Default `data`.
    pub data_dir: PathBuf,
    /// `VESTIBULE_MASTER_KEY`: 32 bytes, base64: seals secrets at rest.
    pub master_key: MasterKey,
    /// `VESTIBULE_MASTER_KEYS_PREVIOUS`: comma-separated keys that may still open what they sealed.
    pub previous_master_keys: Vec<MasterKey>,
    /// `VESTIBULE_PASSWORD_PEPPER`: 32 bytes, base64: keys the password hashes.
    pub pepper: Pepper,
    /// `VESTIBULE_TRUSTED_PROXIES`: comma-separated networks whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpNet>,
    /// `VESTIBULE_CONNECT_KEYS_URL`: where Atlassian publishes the keys of signed installs.
    pub connect_keys_url: Url,
    /// `VESTIBULE_CONNECT_SCRIPT_URL`: the bridge that pages inside Jira load.
    pub connect_script_url: Url,
    /// `VESTIBULE_APP_KEY`: the Connect app's key. Default `vestibule`.
    pub app_key: String,
    /// `VESTIBULE_MARKETPLACE_LICENCE`: the app is sold on the Marketplace, so that what Jira says
    /// of a site's licence counts (A3). Default false: a private app has no licence to lose.
    pub marketplace_licence: bool,
    /// `VESTIBULE_CREATE_IN_JIRA`: whether a customer who is added can be created in Jira as well, for which
    /// the app asks sites for the scope ADMIN. Default false.
    pub create_in_jira: bool,
    /// `VESTIBULE_HASH_WORKERS`: how many passwords are hashed at once. Default: the cores.
    pub hash_workers: usize,
    /// `VESTIBULE_SMTP_URL` and `VESTIBULE_MAIL_FROM`: without both, no mail is sent, and what needs
    /// mail is not offered.
    pub mail: Option<MailConfig>,
    /// `VESTIBULE_SMS_*`: the gateway for codes by SMS. None: the method does not exist here.
    pub sms: Option<Gateway>,
    /// `VESTIBULE_YUBIKEY_*`: the validation server for YubiKeys' OTPs. None: likewise.
    pub yubikey: Option<Validator>,
    /// `VESTIBULE_DUO_*`: the application of a Duo account. None: likewise.
    pub duo: Option<Duo>,
}

// By hand: `DATABASE_URL` may hold a password.
impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("base_url", &self.base_url.as_str())
            .field("listen", &self.listen)
            .field("database_url", &self.database_url.as_ref().map(|_| ".."))
            .field("data_dir", &self.data_dir)
            .field("master_key", &self.master_key)
            .field("mail", &self.mail)
            .finish_non_exhaustive()
    }
}

impl Config {
    /// Reads the configuration from `get`, which answers a variable's name with its text. Tells
    /// every fault at once; no fault holds a secret's text.
    pub fn load(get: impl Fn(&str) -> Option<String>) -> Result<Self, Faults> {
        Loaded::load(get).map(|loaded| loaded.config)
    }

    /// What is allowed but probably not meant.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if !self.listen.ip().is_loopback() && self.base_url.is_loopback_http() {
            warnings.push(format!(
                "VESTIBULE_LISTEN is {}, open to other machines in plain HTTP, while \
                 VESTIBULE_BASE_URL is {}: others can connect but not sign in. Put a TLS proxy in \
                 front and name its https:// origin, or listen on 127.0.0.1",
                self.listen,
                self.base_url.as_str()
            ));
        }
        if !self.base_url.is_loopback_http() && self.trusted_proxies.is_empty() {
            warnings.push(
                "VESTIBULE_TRUSTED_PROXIES is empty: behind a proxy all visitors seem to come from \
                 one address, so that one guesser slows down everybody. Name the proxy's address"
                    .into(),
            );
        }
        if let Some(mail) = self.mail.as_ref().filter(|mail| mail.server.is_open()) {
            warnings.push(format!(
                "VESTIBULE_SMTP_URL sends mails to {} without TLS: whoever is on the way reads codes and \
                 links. Leave out tls=none unless the network between is yours alone",
                mail.server.host
            ));
        }
        warnings
    }
}

/// What the process needs to know beside the product's [`Config`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// `VESTIBULE_PG_BIN`: the folder of `postgres` and `initdb` for the private cluster. Default:
    /// found on the `PATH`, or the newest below `/usr/lib/postgresql`.
    pub pg_bin: Option<PathBuf>,
    /// `VESTIBULE_LOG`: what is logged, as tracing-subscriber's directives.
    /// Default [`DEFAULT_LOG`].
    pub log_filter: String,
    /// `VESTIBULE_LOG_FORMAT`: `text` for people (default) or `json` for machines.
    pub log_format: LogFormat,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// All that was read from the environment.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub config: Config,
    pub host: Host,
}

/// The process's environment, for [`Config::load`].
pub fn environment(name: &str) -> Option<String> {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    std::env::var(name).ok()
}

/// The deployment's public origin, without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// Takes an https origin, or an http one on a loopback host. The error says what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|e| format!("is not a URL ({e})"))?;
        if url.path() != "/"
            || url.query().is_some()
            || url.fragment().is_some()
            || !url.username().is_empty()
        {
            return Err("must be an origin only, without path, query or user".into());
        }
        match url.scheme() {
            "https" => Ok(Self(url)),
            "http" if is_loopback(&url) => Ok(Self(url)),
            _ => Err("must start with https:// (http:// is for loopback hosts only)".into()),
        }
    }

    /// `https://host[:port]`, no trailing slash.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Its host, without a port.
    pub fn host(&self) -> &str {
        self.0.host_str().expect("an http or https URL has a host")
    }

    /// The address of `path`, which starts with a slash.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.as_str())
    }

    /// Whether this deployment itself runs on plain http, on a loopback host, for trying out.
    pub fn is_loopback_http(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// Whether another party's `url` may be used: https, or http on a loopback host when this
    /// deployment itself is reached that way (security.md N3).
    pub fn admits(&self, url: &Url) -> bool {
        url.scheme() == "https" || (self.is_loopback_http() && url.scheme() == "http" && is_loopback(url))
    }
}

/// Whether the URL's host is this machine: a loopback address, `localhost` or below it (RFC 6761).
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// The secret that keys password hashes, kept outside the database (security.md P6).
#[derive(Clone)]
pub struct Pepper(pub Zeroizing<[u8; 32]>);

impl std::fmt::Debug for Pepper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pepper(..)")
    }
}
