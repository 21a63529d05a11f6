//! A real mail server beside a story: aiosmtpd, which behaves as it is told (tests/peers).

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use base64::Engine as _;
use mail_parser::MessageParser;
use serde_json::Value;
use vestibule::config::{MailConfig, SmtpServer};
use vestibule::customers::names::Email;

pub struct MailServer {
    child: Child,
    taken: Receiver<String>,
    pub port: u16,
}

/// A mail as it arrived.
#[derive(Debug)]
pub struct Arrived {
    pub envelope: Value,
    pub raw: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

impl MailServer {
    /// Starts one that behaves as `mode` (and more) says.
    pub fn start(mode: &[&str]) -> Self {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut child = Command::new(root.join("target/peers/venv/bin/python"))
            .arg(root.join("tests/peers/smtp_server.py"))
            .args(mode)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("no mail server ({error}): run script/peers first"));
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let port = line.trim().parse().unwrap_or_else(|_| panic!("no port but {line:?}: run script/peers"));
        // Read at once: a full pipe would hold the server up.
        let (say, taken) = channel();
        std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| say.send(line)));
        Self { child, taken, port }
    }

    /// How a deployment reaches it; `more` follows the port.
    pub fn config(&self, login: &str, more: &str) -> Option<MailConfig> {
        config(&format!("smtp://{login}localhost:{}{more}", self.port))
    }

    /// The next mail it took.
    pub fn next(&self) -> Arrived {
        // The mail is there, or on its way through a pipe.
        arrived(&self.taken.recv_timeout(Duration::from_secs(30)).expect("a mail arrived"))
    }

    /// Ends it; the mails it took that nobody asked for.
    pub fn rest(mut self) -> Vec<Arrived> {
        drop(self.child.stdin.take());
        self.taken.iter().map(|line| arrived(&line)).collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A deployment's mail, by that server.
pub fn config(url: &str) -> Option<MailConfig> {
    let from = Email::parse("signin@2fa.example.com").unwrap();
    Some(MailConfig { server: SmtpServer::parse(url).unwrap(), from })
}

fn arrived(line: &str) -> Arrived {
    let envelope: Value = serde_json::from_str(line).unwrap();
    let data = envelope["data"].as_str().unwrap();
    let raw = base64::engine::general_purpose::STANDARD.decode(data).unwrap();
    let mail = MessageParser::default().parse(&raw).unwrap();
    Arrived {
        subject: mail.subject().unwrap().to_owned(),
        text: mail.body_text(0).unwrap().into_owned(),
        html: mail.body_html(0).unwrap().into_owned(),
        raw: String::from_utf8(raw.clone()).unwrap(),
        envelope,
    }
}
