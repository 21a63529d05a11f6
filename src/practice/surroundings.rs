//! What all practice servers work with.

use crate::clock::Clock;
use crate::practice::Folder;
use crate::random::Random;

/// Cheap to clone.
#[derive(Clone)]
pub struct Surroundings {
    pub links: Links,
    pub folder: Folder,
    pub clock: Clock,
    pub random: Random,
    /// For calls to the app: time limits, no redirects.
    pub http: reqwest::Client,
}

/// Where everything is, without trailing slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    /// The app under test: Vestibule's base URL.
    pub app: String,
    /// The practice Jira for people.
    pub jira: String,
    /// The practice Jira for the server: a host name every resolver knows.
    pub jira_rest: String,
    /// The practice Guard, for browsers alone.
    pub guard: String,
    /// The practice mailbox, for browsers alone.
    pub mail: String,
    /// The practice gateways, for browsers and servers: by number, so that every resolver knows it
    /// and browsers take it for another site than `localhost`, as Duo is in life.
    pub gateways: String,
}

impl Links {
    /// On loopback. Browsers resolve `*.localhost` themselves (RFC 6761), so these are
    /// different sites to them, as in life; servers are given plain `localhost`.
    pub fn loopback(app: &str, jira_port: u16, guard_port: u16, mail_port: u16, gateways_port: u16) -> Self {
        Self {
            app: app.trim_end_matches('/').into(),
            jira: format!("http://jira.localhost:{jira_port}"),
            jira_rest: format!("http://localhost:{jira_port}"),
            guard: format!("http://guard.localhost:{guard_port}"),
            mail: format!("http://mail.localhost:{mail_port}"),
            gateways: format!("http://127.0.0.1:{gateways_port}"),
        }
    }
}

/// An error and what lies behind it, on one line.
pub fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}
