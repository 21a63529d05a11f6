//! The ports of the practice world, opened before anything else: one that is taken shows at
//! once, and the addresses are known when the app is configured.

use std::net::Ipv4Addr;

use anyhow::Context;
use tokio::net::TcpListener;
use url::Url;

use super::{Gateways, Links};
use crate::config::{BaseUrl, Config, MailConfig, SmtpServer};
use crate::customers::names::Email;

/// Which ports to take on 127.0.0.1; 0 is any free one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ports {
    pub app: u16,
    pub jira: u16,
    pub guard: u16,
    /// The mailbox's pages; its mail server takes any free one.
    pub mail: u16,
    pub gateways: u16,
}

impl Ports {
    /// Any free ones, for tests.
    pub const ANY: Self = Self { app: 0, jira: 0, guard: 0, mail: 0, gateways: 0 };
}

/// The open ports.
pub struct Doors {
    pub app: TcpListener,
    pub rooms: PracticeDoors,
    pub links: Links,
}

/// The doors of everything but the app.
pub struct PracticeDoors {
    pub jira: TcpListener,
    pub guard: TcpListener,
    pub mail: TcpListener,
    /// Where mail is handed in.
    pub smtp: TcpListener,
    pub gateways: TcpListener,
}

impl Doors {
    /// Takes the ports. The error names the one that is taken and how to choose another.
    pub async fn open(ports: Ports) -> anyhow::Result<Self> {
        let app = listen(ports.app, "Vestibule", "--port").await?;
        let jira = listen(ports.jira, "the practice Jira", "--jira-port").await?;
        let guard = listen(ports.guard, "the practice Guard", "--guard-port").await?;
        let mail = listen(ports.mail, "the practice mailbox", "--mail-port").await?;
        let smtp = listen(0, "the practice mail server", "--mail-port").await?;
        let gateways = listen(ports.gateways, "the practice gateways", "--gateways-port").await?;
        let links = Links::loopback(
            &format!("http://localhost:{}", app.local_addr()?.port()),
            jira.local_addr()?.port(),
            guard.local_addr()?.port(),
            mail.local_addr()?.port(),
            gateways.local_addr()?.port(),
        );
        Ok(Self { app, rooms: PracticeDoors { jira, guard, mail, smtp, gateways }, links })
    }

    /// Tells the app where it is reached, whose install keys count, whose bridge its pages load,
    /// where its mail goes, and which gateways send and verify: all that makes it part of the
    /// practice world.
    pub fn configure(&self, config: &mut Config) -> anyhow::Result<()> {
        config.listen = self.app.local_addr()?;
        config.base_url = BaseUrl::parse(&self.links.app).map_err(anyhow::Error::msg)?;
        config.connect_keys_url = Url::parse(&format!("{}/install-keys", self.links.jira_rest))?;
        config.connect_script_url = Url::parse(&format!("{}/all.js", self.links.jira))?;
        config.mail = Some(MailConfig {
            server: SmtpServer::parse(&format!("smtp://{}", self.rooms.smtp.local_addr()?))
                .map_err(anyhow::Error::msg)?,
            from: Email::parse("signin@acme.example")?,
        });
        // So that the practice Jira can say that there is none.
        config.marketplace_licence = true;
        config.create_in_jira = true;
        Gateways::configure(config, &self.links.gateways)
    }

    /// The app's door, all others, and the addresses.
    pub fn split(self) -> (TcpListener, PracticeDoors, Links) {
        (self.app, self.rooms, self.links)
    }
}

async fn listen(port: u16, whose: &str, flag: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.with_context(|| {
        format!(
            "port {port} on 127.0.0.1, meant for {whose}, cannot be used; \
             end what uses it, or choose another with {flag}"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_port_is_named_with_its_flag() {
        let first = Doors::open(Ports::ANY).await.unwrap();
        let taken = first.rooms.jira.local_addr().unwrap().port();
        let problem = match Doors::open(Ports { jira: taken, ..Ports::ANY }).await {
            Ok(_) => panic!("the port is taken"),
            Err(error) => format!("{error:#}"),
        };
        assert!(problem.contains(&taken.to_string()) && problem.contains("--jira-port"), "{problem}");
    }
}
