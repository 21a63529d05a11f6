//! How mail leaves: `VESTIBULE_SMTP_URL` and `VESTIBULE_MAIL_FROM`.

use std::fmt;
use std::net::IpAddr;

use percent_encoding::percent_decode_str;
use url::Url;
use zeroize::Zeroizing;

use crate::customers::names::Email;

/// The mail server and the sender. Without it the deployment sends none.
#[derive(Clone, Debug)]
pub struct MailConfig {
    pub server: SmtpServer,
    /// The address mails come from; the site's name stands before it.
    pub from: Email,
}

/// Where mail is handed in, and how.
#[derive(Clone)]
pub struct SmtpServer {
    /// A name or an address, as the certificate has it.
    pub host: String,
    pub port: u16,
    pub security: SmtpSecurity,
    pub login: Option<SmtpLogin>,
}

/// What protects the way there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// TLS from the first byte: `smtps://`.
    Tls,
    /// STARTTLS, or nothing is sent: `smtp://`, but for loopback.
    StartTls,
    /// Nothing: `smtp://` on loopback, elsewhere `?tls=none`.
    Plain,
}

/// Who hands it in.
#[derive(Clone)]
pub struct SmtpLogin {
    pub user: String,
    pub password: Zeroizing<String>,
}

// By hand: there may be a password.
impl fmt::Debug for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let login = self.login.as_ref().map(|_| "..");
        write!(f, "SmtpServer({}:{}, {:?}, {login:?})", self.host, self.port, self.security)
    }
}

impl SmtpServer {
    /// Reads `smtps://user:password@host:port` or `smtp://…`, with `?tls=required` or `?tls=none`;
    /// user and password percent-encoded. The error says what is wrong and holds nothing of the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|_| "is no URL")?;
        let host = url.host_str().map(|host| host.trim_matches(['[', ']']).to_owned()).unwrap_or_default();
        if host.is_empty() || !host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:".contains(c)) {
            return Err("names no host".into());
        }
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err("must end after the port (but for ?tls=)".into());
        }
        let security = security(&url, is_loopback(&host))?;
        let usual = match security {
            SmtpSecurity::Tls => 465,
            SmtpSecurity::StartTls => 587,
            SmtpSecurity::Plain => 25,
        };
        let port = url.port().unwrap_or(usual);
        if port == 0 {
            return Err("has port 0".into());
        }
        Ok(Self { host, port, security, login: login(&url)? })
    }

    /// A password and all mails in the clear, on the way to another machine.
    pub fn is_open(&self) -> bool {
        self.security == SmtpSecurity::Plain && !is_loopback(&self.host)
    }
}

fn security(url: &Url, near: bool) -> Result<SmtpSecurity, String> {
    let mut wish = None;
    for (name, value) in url.query_pairs() {
        if name != "tls" || wish.is_some() {
            return Err("has something after ? that is not one tls=".into());
        }
        wish = Some(value.into_owned());
    }
    match (url.scheme(), wish.as_deref()) {
        ("smtps", None | Some("required")) => Ok(SmtpSecurity::Tls),
        ("smtp", Some("required")) => Ok(SmtpSecurity::StartTls),
        ("smtp", Some("none")) => Ok(SmtpSecurity::Plain),
        ("smtp", None) if near => Ok(SmtpSecurity::Plain),
        ("smtp", None) => Ok(SmtpSecurity::StartTls),
        ("smtps" | "smtp", _) => Err("has a tls= other than required, or none with smtp://".into()),
        _ => Err("must start with smtps:// or smtp://".into()),
    }
}

fn login(url: &Url) -> Result<Option<SmtpLogin>, String> {
    let decode = |text: &str| {
        let text =
            percent_decode_str(text).decode_utf8().map_err(|_| "has a user or password that is no UTF-8")?;
        if text.chars().any(char::is_control) {
            return Err("has a control character in its user or password");
        }
        Ok(text.into_owned())
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None | Some("")) => Err("must have both user and password, or neither".into()),
        (user, Some(password)) => {
            Ok(Some(SmtpLogin { user: decode(user)?, password: Zeroizing::new(decode(password)?) }))
        }
    }
}

fn is_loopback(host: &str) -> bool {
    host.parse::<IpAddr>().map_or(host == "localhost" || host.ends_with(".localhost"), |ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::SmtpSecurity::{Plain, StartTls, Tls};
    use super::*;

    #[test]
    fn reads_servers() {
        for (text, host, port, security) in [
            ("smtps://mail.example.com", "mail.example.com", 465, Tls),
            ("smtps://mail.example.com:4650?tls=required", "mail.example.com", 4650, Tls),
            ("smtp://mail.example.com", "mail.example.com", 587, StartTls),
            ("smtp://mail.example.com/?tls=required", "mail.example.com", 587, StartTls),
            ("smtp://mail.example.com:2525?tls=none", "mail.example.com", 2525, Plain),
            ("smtp://localhost", "localhost", 25, Plain),
            ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, Plain),
            ("smtp://[::1]:1025", "::1", 1025, Plain),
            ("smtp://localhost:1025?tls=required", "localhost", 1025, StartTls),
            ("smtp://192.0.2.1", "192.0.2.1", 587, StartTls),
        ] {
            let server = SmtpServer::parse(text).unwrap();
            assert_eq!(
                (server.host.as_str(), server.port, server.security),
                (host, port, security),
                "{text}"
            );
            assert!(server.login.is_none());
        }
        let server = SmtpServer::parse("smtps://ada%40example.com:p%3Aw%2F%20d@mail.example.com").unwrap();
        let login = server.login.unwrap();
        assert_eq!((login.user.as_str(), login.password.as_str()), ("ada@example.com", "p:w/ d"));
    }

    #[test]
    fn refuses_what_is_unclear_and_tells_no_password() {
        for text in [
            "",
            "mail.example.com",
            "http://mail.example.com",
            "smtp://",
            "smtp://user:hunter2@",
            "smtp://ma il.example.com",
            "smtp://mail.example.com:0",
            "smtp://mail.example.com:70000",
            "smtp://mail.example.com/inbox",
            "smtp://mail.example.com?tls=opportunistic",
            "smtp://mail.example.com?tls=required&tls=none",
            "smtp://mail.example.com?starttls=1",
            "smtps://mail.example.com?tls=none",
            "smtps://user@mail.example.com",
            "smtps://:hunter2@mail.example.com",
            "smtps://user:hunter2%0d%0aQUIT@mail.example.com",
            "smtps://user:hunter2%ff@mail.example.com",
            "smtps://mail.example.com#x",
        ] {
            let wrong = SmtpServer::parse(text).unwrap_err();
            assert!(!wrong.contains("hunter2") && !wrong.is_empty(), "{text}: {wrong}");
        }
        let server = SmtpServer::parse("smtps://user:hunter2@mail.example.com").unwrap();
        assert!(!format!("{server:?}").contains("hunter2") && !format!("{server:?}").contains("user"));
    }

    #[test]
    fn in_the_clear_to_another_machine_is_told() {
        for (text, open) in [
            ("smtp://mail.example.com?tls=none", true),
            ("smtp://mail.example.com", false),
            ("smtp://127.0.0.1:1025", false),
            ("smtps://mail.example.com", false),
        ] {
            assert_eq!(SmtpServer::parse(text).unwrap().is_open(), open, "{text}");
        }
    }
}
