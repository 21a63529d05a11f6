//! The practice world put together around a running app, through the doors that are there in life:
//! Jira installs; then either a visitor walks the Setup page, or it is all done at once: the operator
//! enters Guard's values, Guard's administrator copies the metadata. Every step looks first, so that
//! starting again changes nothing.

use anyhow::{Context, anyhow};
use tokio::net::TcpListener;
use zeroize::Zeroizing;

use super::guard::Guard;
use super::jira::{Act, Jira};
use super::mailbox::Mailbox;
use super::{Folder, Gateways, Links, PracticeDoors, Surroundings, crowd};
use crate::app::App;
use crate::audit::Actor;
use crate::cli;
use crate::customers::{self, AddForm, names};
use crate::sites::{self, ServiceProvider, Site, SiteId, SiteStatus};

/// A made-up customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    pub email: &'static str,
    pub given_name: &'static str,
    pub family_name: &'static str,
    pub username: Option<&'static str>,
    pub password: &'static str,
}

/// The made-up customers. Their passwords are no secret: they open nothing but a demo.
pub fn people() -> [Person; 3] {
    [
        Person {
            email: "mira@customer.example",
            given_name: "Mira",
            family_name: "Okafor",
            username: Some("mira.okafor"),
            password: "nine violet lanterns",
        },
        Person {
            email: "jonas@customer.example",
            given_name: "Jonas",
            family_name: "Lindqvist",
            username: None,
            password: "salt under the bridge",
        },
        Person {
            email: "aiko@customer.example",
            given_name: "愛子",
            family_name: "O'Brien & Söhne",
            username: None,
            password: "paper kites at noon",
        },
    ]
}

/// How far the world is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setup {
    /// Single sign-on works.
    Done,
    /// The app is installed and has its customers; the rest is the visitor's.
    Fresh,
}

/// The practice world, running.
pub struct World {
    pub links: Links,
    pub jira: Jira,
    pub guard: Guard,
    pub mailbox: Mailbox,
    pub gateways: Gateways,
    pub site: SiteId,
    folder: Folder,
}

impl World {
    /// Starts the practice Jira, Guard, mailbox and gateways on their doors (they run until the process or runtime
    /// ends) and makes them and `app`, which is served already, known to each other, as far as
    /// `setup` says. `folder` keeps who they are and what was configured.
    pub async fn start(
        app: &App,
        doors: PracticeDoors,
        links: Links,
        folder: Folder,
        setup: Setup,
    ) -> anyhow::Result<Self> {
        let surroundings = Surroundings {
            links: links.clone(),
            folder: folder.clone(),
            clock: app.clock.clone(),
            random: app.random.clone(),
            http: app.http.clone(),
        };
        let jira = Jira::open(surroundings.clone())?;
        let guard = Guard::open(surroundings.clone())?;
        let mailbox = Mailbox::new(surroundings.clone());
        let gateways = Gateways::open(surroundings)?;
        serve(doors.jira, jira.router());
        serve(doors.guard, guard.router());
        serve(doors.mail, mailbox.router());
        serve(doors.gateways, gateways.router());
        tokio::spawn(mailbox.clone().receive(doors.smtp));

        let site = installed(app, &jira).await?;
        if setup == Setup::Done {
            trust_guard(app, &site, &guard).await?;
            let metadata = format!("{}/sites/{}/saml/metadata", links.app, site.id);
            let read = guard.read_metadata(&metadata).await;
            read.map_err(|problem| anyhow!("the practice Guard: {problem}"))?;
        }
        seed_customers(app, site.id, &people()).await?;
        Ok(Self { links, jira, guard, mailbox, gateways, site: site.id, folder })
    }

    /// Fills the directory with a few hundred customers more; once, however often it is asked.
    pub async fn seed_crowd(&self, app: &App) -> anyhow::Result<()> {
        crowd::seed(app, self.site, &self.folder).await
    }
}

fn serve(listener: TcpListener, router: axum::Router) {
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "a practice server ended");
        }
    });
}

/// The practice Jira's site, installed unless it is already.
async fn installed(app: &App, jira: &Jira) -> anyhow::Result<Site> {
    let client_key = jira.client_key().await;
    let find = async || {
        let mut conn = app.db.acquire().await?;
        sites::store::find_by_client_key(&mut conn, &client_key).await
    };
    match find().await? {
        Some(site) if site.status == SiteStatus::Installed && jira.is_installed().await => Ok(site),
        _ => {
            jira.act(Act::Install).await.map_err(|problem| anyhow!("the practice Jira: {problem}"))?;
            find().await?.context("the app accepted the practice Jira's install but has no such site")
        }
    }
}

/// Stores Guard's two values, as `vestibule sites sp` does.
async fn trust_guard(app: &App, site: &Site, guard: &Guard) -> anyhow::Result<()> {
    let wanted = ServiceProvider { entity_id: guard.entity_id(), acs_url: guard.acs_url() };
    if site.service_provider.as_ref() != Some(&wanted) {
        cli::sites::set_sp(app, &site.id.to_string(), &wanted.entity_id, &wanted.acs_url).await?;
    }
    Ok(())
}

/// Adds those of `people` that the site's directory lacks.
async fn seed_customers(app: &App, site: SiteId, people: &[Person]) -> anyhow::Result<()> {
    for person in people {
        let known = {
            let mut conn = app.db.acquire().await?;
            customers::store::find_for_sign_in(&mut conn, site, &names::login_key(person.email)).await?
        };
        if known.is_some() {
            continue;
        }
        let form = AddForm {
            email: person.email.into(),
            username: person.username.map(Into::into),
            given_name: person.given_name.into(),
            family_name: person.family_name.into(),
            password: Some(Zeroizing::new(person.password.into())),
        };
        customers::add(app, site, form, Actor::System)
            .await
            .with_context(|| format!("adding the made-up customer {}", person.email))?;
    }
    Ok(())
}
