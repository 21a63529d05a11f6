//! Handing mails to the configured server: lettre's client, spoken step by step, since it matters at
//! which step a server says no.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::address::Address;
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};

use super::verdict::{Answer, Stage, Verdict, verdict};
use crate::config::{MailConfig, SmtpSecurity, SmtpServer};

/// For one mail, from the connection to the last answer (RFC 5321 4.5.3.2 allows more; a worker has
/// better to do).
pub const TIMEOUT: Duration = Duration::from_secs(45);
/// Connections kept for the next mail; as many as workers send at once.
const KEPT: usize = 4;

/// The way to the mail server. Keeps a few connections open.
pub struct Mailer {
    server: SmtpServer,
    from: Address,
    hello: ClientId,
    timeout: Duration,
    idle: Mutex<Vec<AsyncSmtpConnection>>,
}

/// How handing a mail in ended. The texts hold codes and no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The server answers for it now.
    Sent(String),
    Not(Verdict, String),
}

/// What `vestibule check` tells of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hearing {
    pub encrypted: bool,
    pub logged_in: bool,
    /// Addresses with letters other than ASCII before the `@` can be mailed.
    pub utf8: bool,
}

/// Where it went wrong: an answer in numbers, or words of our own side.
struct Broken {
    stage: Stage,
    verdict: Verdict,
    said: String,
}

impl Mailer {
    /// A mailer for `config`, which calls itself `host` (our own name). Connects to nothing yet.
    pub fn new(config: &MailConfig, host: &str, timeout: Duration) -> Self {
        Self {
            server: config.server.clone(),
            from: super::message::address(&config.from).expect("a sender checked when it was read"),
            hello: ClientId::Domain(host.to_owned()),
            timeout,
            idle: Mutex::default(),
        }
    }

    /// Hands one message in, to one address.
    pub async fn send(&self, to: &Address, message: &[u8]) -> Delivery {
        let sent = tokio::time::timeout(self.timeout, self.try_send(to, message)).await;
        let broken = match sent {
            Ok(Ok(answer)) => return Delivery::Sent(answer.to_string()),
            Ok(Err(broken)) => broken,
            Err(_) => return Delivery::Not(Verdict::Later, "no answer in time".into()),
        };
        Delivery::Not(broken.verdict, format!("{}: {}", broken.stage, broken.said))
    }

    /// Says hello, TLS and login included, and sends nothing. The error is for the operator.
    pub async fn hear(&self) -> Result<Hearing, String> {
        match tokio::time::timeout(self.timeout, self.connect()).await {
            Ok(Ok(mut connection)) => {
                let hearing = Hearing {
                    encrypted: connection.is_encrypted(),
                    logged_in: self.server.login.is_some(),
                    utf8: connection.server_info().supports_feature(Extension::SmtpUtfEight),
                };
                connection.abort().await;
                Ok(hearing)
            }
            Ok(Err(broken)) => Err(format!("{}: {}", broken.stage, broken.said)),
            Err(_) => Err("no answer in time".into()),
        }
    }

    async fn try_send(&self, to: &Address, message: &[u8]) -> Result<Answer, Broken> {
        let mut connection = self.connection().await?;
        let sent = self.speak(&mut connection, to, message).await;
        match &sent {
            Ok(_) => self.keep(connection),
            // In the middle of a mail; QUIT ends that in good order where the server still listens.
            Err(_) => connection.abort().await,
        }
        sent
    }

    /// MAIL, RCPT, DATA.
    async fn speak(
        &self,
        connection: &mut AsyncSmtpConnection,
        to: &Address,
        message: &[u8],
    ) -> Result<Answer, Broken> {
        let offers = |extension| connection.server_info().supports_feature(extension);
        let mut options = Vec::new();
        if !AsRef::<str>::as_ref(to).is_ascii() {
            if !offers(Extension::SmtpUtfEight) {
                let said = "the mail server does not take such an address (no SMTPUTF8)".into();
                return Err(Broken { stage: Stage::Recipient, verdict: Verdict::Refused, said });
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        if !message.is_ascii() && offers(Extension::EightBitMime) {
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let mail = Mail::new(Some(self.from.clone()), options);
        connection.command(mail).await.map_err(|error| broken(Stage::Sender, &error))?;
        let rcpt = Rcpt::new(to.clone(), vec![]);
        connection.command(rcpt).await.map_err(|error| broken(Stage::Recipient, &error))?;
        connection.command(Data).await.map_err(|error| broken(Stage::Contents, &error))?;
        let answer = connection.message(message).await.map_err(|error| broken(Stage::Contents, &error))?;
        Ok(Answer::new(answer.code().into(), answer.first_line().unwrap_or_default()))
    }

    /// A kept connection that still answers, or a new one.
    async fn connection(&self) -> Result<AsyncSmtpConnection, Broken> {
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(mut connection) = kept {
            if connection.test_connected().await {
                return Ok(connection);
            }
            connection.abort().await;
        }
        self.connect().await
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT && !connection.has_broken() {
            idle.push(connection);
        }
    }

    /// Connection, greeting, TLS, login.
    async fn connect(&self) -> Result<AsyncSmtpConnection, Broken> {
        let server = &self.server;
        let tls = || TlsParameters::new(server.host.clone()).map_err(|error| broken(Stage::Connect, &error));
        let wrapper = if server.security == SmtpSecurity::Tls { Some(tls()?) } else { None };
        let place = (server.host.as_str(), server.port);
        let connecting =
            AsyncSmtpConnection::connect_tokio1(place, Some(self.timeout), &self.hello, wrapper, None);
        let mut connection = connecting.await.map_err(|error| broken(Stage::Connect, &error))?;
        if server.security == SmtpSecurity::StartTls {
            let upgraded = connection.starttls(tls()?, &self.hello).await;
            upgraded.map_err(|error| broken(Stage::Connect, &error))?;
        }
        if let Some(login) = &server.login {
            let credentials = Credentials::new(login.user.clone(), login.password.to_string());
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            let accepted = connection.auth(&mechanisms, &credentials).await;
            accepted.map_err(|error| broken(Stage::Login, &error))?;
        }
        Ok(connection)
    }
}

/// What an error of lettre's means at `stage`. Of a server's reply only the numbers are kept; other
/// errors are our side's own words.
fn broken(stage: Stage, error: &smtp::Error) -> Broken {
    let Some(code) = error.status() else {
        // An answer that cannot be read is not repeated either.
        let said = if error.is_response() { "broke off".into() } else { error.to_string() };
        return Broken { stage, verdict: Verdict::Later, said };
    };
    let text = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let answer = Answer::new(code.into(), &text);
    Broken { stage, verdict: verdict(stage, answer), said: answer.to_string() }
}
