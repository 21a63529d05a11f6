//! From names and texts to values and faults.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use ipnet::IpNet;
use tracing_subscriber::EnvFilter;
use url::Url;
use zeroize::Zeroizing;

use super::{BaseUrl, Config, Host, Loaded, LogFormat, MailConfig, Pepper, SmtpServer, keys};
use crate::customers::names::Email;
use crate::vault::MasterKey;

/// Every variable there is, in the order of the README's table.
pub const NAMES: &[&str] = &[
    "VESTIBULE_BASE_URL",
    "VESTIBULE_LISTEN",
    "VESTIBULE_MASTER_KEY",
    "VESTIBULE_MASTER_KEYS_PREVIOUS",
    "VESTIBULE_PASSWORD_PEPPER",
    "DATABASE_URL",
    "VESTIBULE_DATABASE_CONNECTIONS",
    "VESTIBULE_DATA_DIR",
    "VESTIBULE_PG_BIN",
    "VESTIBULE_TRUSTED_PROXIES",
    "VESTIBULE_CONNECT_KEYS_URL",
    "VESTIBULE_CONNECT_SCRIPT_URL",
    "VESTIBULE_APP_KEY",
    "VESTIBULE_MARKETPLACE_LICENCE",
    "VESTIBULE_HASH_WORKERS",
    "VESTIBULE_SMTP_URL",
    "VESTIBULE_MAIL_FROM",
    "VESTIBULE_SMS_URL",
    "VESTIBULE_SMS_BODY",
    "VESTIBULE_SMS_HEADERS",
    "VESTIBULE_SMS_METHOD",
    "VESTIBULE_SMS_FROM",
    "VESTIBULE_YUBIKEY_CLIENT_ID",
    "VESTIBULE_YUBIKEY_SECRET",
    "VESTIBULE_YUBIKEY_URL",
    "VESTIBULE_DUO_API_HOST",
    "VESTIBULE_DUO_CLIENT_ID",
    "VESTIBULE_DUO_CLIENT_SECRET",
    "VESTIBULE_LOG",
    "VESTIBULE_LOG_FORMAT",
];

/// What is logged by default. Postgres's notices tell what sqlx asked for anyway.
pub const DEFAULT_LOG: &str = "info,sqlx::postgres::notice=warn";

/// One variable that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub name: &'static str,
    /// What is wrong and what would be right; never a secret's text.
    pub advice: String,
}

/// All variables that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration cannot be used:")?;
        for fault in &self.0 {
            write!(f, "\n  {} {}", fault.name, fault.advice)?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// Those of `present` that look like ours but are none: most likely misspelt.
pub fn unknown_names(present: impl Iterator<Item = String>) -> Vec<String> {
    let mut unknown: Vec<String> =
        present.filter(|name| name.starts_with("VESTIBULE_") && !NAMES.contains(&name.as_str())).collect();
    unknown.sort();
    unknown
}

impl Loaded {
    /// Reads all there is; see [`Config::load`].
    pub fn load(get: impl Fn(&str) -> Option<String>) -> Result<Self, Faults> {
        let mut reader = Reader { get: &get, faults: Vec::new() };
        let config = reader.config();
        let host = reader.host();
        match config {
            Some(config) if reader.faults.is_empty() => Ok(Self { config, host }),
            _ => Err(Faults(reader.faults)),
        }
    }
}

pub(super) struct Reader<'a> {
    get: &'a dyn Fn(&str) -> Option<String>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    /// `None` when something that has no default is missing; the fault is noted then.
    fn config(&mut self) -> Option<Config> {
        let base_url = self.required(
            "VESTIBULE_BASE_URL",
            "the https:// origin by which browsers reach this server, such as \
             https://signin.example.com",
            BaseUrl::parse,
        );
        let listen = self.parsed(
            "VESTIBULE_LISTEN",
            "127.0.0.1:8080",
            "an IP address and a port, such as 127.0.0.1:8080",
        );
        let master_key = self.secret("VESTIBULE_MASTER_KEY");
        let previous = self.previous_keys();
        let pepper = self.secret("VESTIBULE_PASSWORD_PEPPER");
        if let (Some(master), Some(pepper)) = (&master_key, &pepper)
            && **master == **pepper
        {
            self.fault("VESTIBULE_PASSWORD_PEPPER", "is the master key again: each must be drawn by itself");
        }
        let database_url = self.database_url();
        let database_connections = self.number("VESTIBULE_DATABASE_CONNECTIONS", 16, 2, 1_000);
        let data_dir = self.text("VESTIBULE_DATA_DIR").map_or_else(|| PathBuf::from("data"), PathBuf::from);
        let trusted_proxies = self.trusted_proxies();
        let connect_keys_url = self.connect_url(
            "VESTIBULE_CONNECT_KEYS_URL",
            "https://connect-install-keys.atlassian.com",
            base_url.as_ref(),
        );
        let connect_script_url = self.connect_url(
            "VESTIBULE_CONNECT_SCRIPT_URL",
            "https://connect-cdn.atl-paas.net/all.js",
            base_url.as_ref(),
        );
        let app_key = self.app_key();
        let marketplace_licence =
            self.parsed("VESTIBULE_MARKETPLACE_LICENCE", "false", "true or false").unwrap_or_default();
        let create_in_jira =
            self.parsed("VESTIBULE_CREATE_IN_JIRA", "false", "true or false").unwrap_or_default();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let hash_workers = self.number("VESTIBULE_HASH_WORKERS", cores, 1, 1_024);
        let mail = self.mail();
        let sms = self.sms(base_url.as_ref());
        let yubikey = self.yubikey(base_url.as_ref());
        let duo = self.duo(base_url.as_ref());
        Some(Config {
            base_url: base_url?,
            listen: listen?,
            database_url,
            database_connections,
            data_dir,
            master_key: MasterKey::new(*master_key?),
            previous_master_keys: previous,
            pepper: Pepper(pepper?),
            trusted_proxies,
            connect_keys_url: connect_keys_url?,
            connect_script_url: connect_script_url?,
            app_key,
            marketplace_licence,
            create_in_jira,
            hash_workers,
            mail,
            sms,
            yubikey,
            duo,
        })
    }

    /// Both or neither.
    fn mail(&mut self) -> Option<MailConfig> {
        const SERVER: &str = "VESTIBULE_SMTP_URL";
        const FROM: &str = "VESTIBULE_MAIL_FROM";
        if self.text(SERVER).is_none() && self.text(FROM).is_none() {
            return None;
        }
        let server = self.required(
            SERVER,
            "smtps://user:password@mail.example.com (percent-encoded)",
            SmtpServer::parse,
        );
        let from = self.required(FROM, "an address such as signin@example.com", |text| {
            let email = Email::parse(text).map_err(|_| "is no mail address")?;
            // Not every server takes the others, and this one stands in every mail.
            if email.as_str().is_ascii() { Ok(email) } else { Err("must be in ASCII".to_owned()) }
        });
        Some(MailConfig { server: server?, from: from? })
    }

    fn host(&mut self) -> Host {
        let log_filter = self.text("VESTIBULE_LOG").unwrap_or_else(|| DEFAULT_LOG.into());
        if EnvFilter::builder().parse(&log_filter).is_err() {
            self.fault("VESTIBULE_LOG", "is no filter; right would be info, debug, or info,vestibule=debug");
        }
        let log_format = match self.text("VESTIBULE_LOG_FORMAT").as_deref() {
            None | Some("text") => LogFormat::Text,
            Some("json") => LogFormat::Json,
            Some(_) => {
                self.fault("VESTIBULE_LOG_FORMAT", "must be text or json");
                LogFormat::Text
            }
        };
        Host { pg_bin: self.text("VESTIBULE_PG_BIN").map(PathBuf::from), log_filter, log_format }
    }

    fn secret(&mut self, name: &'static str) -> Option<Zeroizing<[u8; keys::SECRET_BYTES]>> {
        self.required(name, "32 random bytes in base64; `vestibule keys` makes one", keys::parse)
    }

    fn previous_keys(&mut self) -> Vec<MasterKey> {
        const NAME: &str = "VESTIBULE_MASTER_KEYS_PREVIOUS";
        let mut previous = Vec::new();
        for (at, text) in self.list(NAME).iter().enumerate() {
            match keys::parse(text) {
                Ok(key) => previous.push(MasterKey::new(*key)),
                Err(wrong) => self.fault(
                    NAME,
                    &format!(
                        "number {} {wrong}; right would be the former master keys, separated by commas",
                        at + 1
                    ),
                ),
            }
        }
        previous
    }

    fn database_url(&mut self) -> Option<Zeroizing<String>> {
        let text = Zeroizing::new(self.text("DATABASE_URL")?);
        // The parser's own words are left out: the text holds a password.
        let right = Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "postgres" | "postgresql"));
        if !right {
            self.fault("DATABASE_URL", "must look like postgres://user:password@host:5432/database");
        }
        Some(text)
    }

    fn trusted_proxies(&mut self) -> Vec<IpNet> {
        const NAME: &str = "VESTIBULE_TRUSTED_PROXIES";
        let mut networks = Vec::new();
        for text in self.list(NAME) {
            let network =
                text.parse::<IpNet>().or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from));
            match network {
                Ok(network) if network.prefix_len() > 0 => networks.push(network),
                Ok(_) => self.fault(NAME, &format!("trusts everybody with {}; name only your proxies", *text)),
                Err(_) => self.fault(
                    NAME,
                    &format!("has {:?}, which is no network; right would be 10.0.0.0/8 or 192.0.2.1, separated by commas", *text),
                ),
            }
        }
        networks
    }

    /// One of Atlassian's addresses, which only a try-out replaces.
    fn connect_url(
        &mut self,
        name: &'static str,
        default: &'static str,
        base_url: Option<&BaseUrl>,
    ) -> Option<Url> {
        let url: Url = self.parsed(name, default, &format!("an https:// address, such as {default}"))?;
        if base_url.is_some_and(|base| !base.admits(&url)) {
            self.fault(name, "must start with https:// (http:// is for trying out on loopback hosts only)");
        }
        Some(url)
    }

    fn app_key(&mut self) -> String {
        let key = self.text("VESTIBULE_APP_KEY").unwrap_or_else(|| "vestibule".into());
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        if key.len() > 64 || !key.bytes().all(allowed) {
            self.fault("VESTIBULE_APP_KEY", "must be up to 64 letters, digits, dots, dashes and underscores");
        }
        key
    }

    /// The variable's text; white space around it does not count, and nothing is like absence.
    pub(super) fn text(&self, name: &'static str) -> Option<String> {
        (self.get)(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn list(&self, name: &'static str) -> Vec<Zeroizing<String>> {
        let text = Zeroizing::new(self.text(name).unwrap_or_default());
        let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        entries.map(|entry| Zeroizing::new(entry.to_owned())).collect()
    }

    fn required<T>(
        &mut self,
        name: &'static str,
        right: &str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let Some(text) = self.text(name).map(Zeroizing::new) else {
            self.fault(name, &format!("is missing; right would be {right}"));
            return None;
        };
        match parse(&text) {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.fault(name, &format!("{wrong}; right would be {right}"));
                None
            }
        }
    }

    fn parsed<T: FromStr>(&mut self, name: &'static str, default: &str, right: &str) -> Option<T> {
        let text = self.text(name).unwrap_or_else(|| default.to_owned());
        match text.parse() {
            Ok(value) => Some(value),
            Err(_) => {
                self.fault(name, &format!("cannot be read; right would be {right}"));
                None
            }
        }
    }

    fn number<T>(&mut self, name: &'static str, default: T, least: T, most: T) -> T
    where
        T: FromStr + PartialOrd + Copy + fmt::Display,
    {
        let Some(text) = self.text(name) else { return default };
        match text.parse() {
            Ok(number) if number >= least && number <= most => number,
            _ => {
                self.fault(name, &format!("must be a number from {least} to {most}"));
                default
            }
        }
    }

    pub(super) fn fault(&mut self, name: &'static str, advice: &str) {
        self.faults.push(Fault { name, advice: advice.to_owned() });
    }
}
