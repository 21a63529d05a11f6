//! `vestibule sites ...`: what an operator can see and set of a site.

use std::io::Write;

use anyhow::{anyhow, bail};
use url::Url;

use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::policy;
use crate::policy::store::Saved;
use crate::sites::service_provider::{self, Fault};
use crate::sites::{Site, store};

/// The subcommands.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// List the sites: id, status, whether SAML is configured, address.
    List,
    /// Show one site, with what to enter in Atlassian Administration.
    Show {
        /// The site's id, client key or host name.
        site: String,
    },
    /// Set the SAML service provider of a site: the two values Atlassian Administration shows
    /// after the identity provider's details were saved there.
    Sp {
        /// The site's id, client key or host name.
        site: String,
        /// "SP Entity ID", e.g. https://auth.atlassian.com/saml/...
        #[arg(long)]
        entity_id: String,
        /// "SP Assertion Consumer Service URL", e.g.
        /// https://auth.atlassian.com/login/callback?connection=saml-...
        #[arg(long)]
        acs: String,
    },
    /// Switch the second factor of a site's customers on or off.
    ///
    /// Off: the password alone signs in, and one shorter than 15 characters must be replaced at the
    /// next sign-in. On: sessions made without a second factor no longer count.
    TwoFactor {
        /// The site's id, client key or host name.
        site: String,
        state: Switch,
    },
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Switch {
    On,
    Off,
}

/// Runs one, and prints what there is to say.
pub async fn run(app: &App, command: Command) -> anyhow::Result<()> {
    let text = match command {
        Command::List => list(app).await?,
        Command::Show { site } => show(app, &site).await?,
        Command::Sp { site, entity_id, acs } => set_sp(app, &site, &entity_id, &acs).await?,
        Command::TwoFactor { site, state } => set_two_factor(app, &site, state).await?,
    };
    // Not print!, which panics when the reader (`| head`) has gone.
    Ok(std::io::stdout().write_all(text.as_bytes())?)
}

/// One line a site.
pub async fn list(app: &App) -> anyhow::Result<String> {
    let sites = store::list(&mut *app.db.acquire().await?).await?;
    if sites.is_empty() {
        return Ok(format!(
            "No site yet. Install the app in Jira from {}\n",
            app.config.base_url.join("/atlassian-connect.json")
        ));
    }
    let line = |site: &Site| {
        let saml = if site.service_provider.is_some() { "saml" } else { "-" };
        format!("{}  {:<11}  {saml:<4}  {}\n", site.id, site.status.as_str(), site.base_url)
    };
    Ok(sites.iter().map(line).collect())
}

/// One site, in full but for its secrets.
pub async fn show(app: &App, site: &str) -> anyhow::Result<String> {
    Ok(describe(app, &find(app, site).await?))
}

/// Checks and stores a site's SP, with an audit event.
pub async fn set_sp(app: &App, site: &str, entity_id: &str, acs: &str) -> anyhow::Result<String> {
    let mut site = find(app, site).await?;
    let checked = service_provider::check(entity_id, acs, &app.config.base_url)
        .map_err(|faults| anyhow!("nothing was stored.\n{}", lines(&faults)))?;
    let now = app.clock.now();
    let detail = serde_json::json!({
        "entity_id": checked.service_provider.entity_id,
        "acs_url": checked.service_provider.acs_url,
    });
    let event =
        Event { detail: &detail, ..Event::new(site.id, Actor::Operator, "site.service_provider", "ok") };
    let mut tx = app.db.begin().await?;
    if !store::set_service_provider(&mut tx, now, site.id, &checked.service_provider).await? {
        bail!("the site was deleted a moment ago");
    }
    audit::record(&mut tx, now, &event).await?;
    tx.commit().await?;
    site.service_provider = Some(checked.service_provider);
    let mut text = format!("Stored.\n\n{}", describe(app, &site));
    if !checked.warnings.is_empty() {
        text.push_str(&format!("\nPlease check:\n{}\n", lines(&checked.warnings)));
    }
    Ok(text)
}

/// Switches a site's second factor, with an audit event that tells before and after.
pub async fn set_two_factor(app: &App, site: &str, state: Switch) -> anyhow::Result<String> {
    let site = find(app, site).await?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let before = policy::store::load(&mut tx, site.id).await?;
    let wanted = before.clone().switched(state == Switch::On);
    if before != wanted {
        match policy::store::save(&mut tx, site.id, &wanted, before.version, None, now).await? {
            Saved::Done(_) => {}
            Saved::Stale { .. } => bail!("somebody else changed the policy a moment ago; try again"),
        }
        let detail = policy::audit_detail(&before, &wanted);
        let event = Event { detail: &detail, ..Event::new(site.id, Actor::Operator, "policy.changed", "ok") };
        audit::record(&mut tx, now, &event).await?;
    }
    tx.commit().await?;
    let word = if wanted.two_factor { "on" } else { "off" };
    Ok(format!("Two-factor sign-in is {word} for the customers of {}.\n", site.display_url))
}

/// The site that `needle` names: an id, a client key, or the host of one of its addresses.
pub(super) async fn find(app: &App, needle: &str) -> anyhow::Result<Site> {
    let needle = needle.trim();
    let mut sites = store::list(&mut *app.db.acquire().await?).await?;
    sites.retain(|site| is_named(site, needle));
    match sites.len() {
        0 => bail!("no site has the id, client key or host {needle:?}; `vestibule sites list` shows all"),
        1 => Ok(sites.remove(0)),
        _ => {
            let ids: Vec<String> =
                sites.iter().map(|s| format!("  {}  {}", s.id, s.status.as_str())).collect();
            bail!("several sites are called {needle:?}; name one by its id:\n{}", ids.join("\n"))
        }
    }
}

fn is_named(site: &Site, needle: &str) -> bool {
    let has_host = |address: &str| {
        Url::parse(address).is_ok_and(|url| {
            let host = url.host_str().unwrap_or_default();
            host.eq_ignore_ascii_case(needle)
                || url.port().is_some_and(|port| format!("{host}:{port}").eq_ignore_ascii_case(needle))
        })
    };
    site.id.to_string().eq_ignore_ascii_case(needle)
        || site.client_key == needle
        || site.base_url == needle.trim_end_matches('/')
        || has_host(&site.base_url)
        || has_host(&site.display_url)
}

fn describe(app: &App, site: &Site) -> String {
    let (entity_id, acs) = match &site.service_provider {
        Some(sp) => (sp.entity_id.as_str(), sp.acs_url.as_str()),
        None => ("not set: see `vestibule sites sp --help`", "not set"),
    };
    let since = match site.uninstalled_at {
        Some(at) => format!("uninstalled since {at}: parked, nobody signs in"),
        None => format!("{}, first installed {}", site.status.as_str(), site.installed_at),
    };
    let saml = |what: &str| app.config.base_url.join(&format!("/sites/{}/saml/{what}", site.id));
    format!(
        "site           {}\naddress        {}\nportal         {}\nclient key     {}\nstatus         {since}\n\n\
         To enter in Atlassian Administration:\n  IdP entity ID  {}\n  SSO URL        {}\n\n\
         From Atlassian Administration:\n  SP entity ID   {entity_id}\n  ACS URL        {acs}\n",
        site.id,
        site.base_url,
        site.display_url,
        site.client_key,
        saml("metadata"),
        saml("sso"),
    )
}

fn lines(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("  {fault}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
#[path = "sites/tests.rs"]
mod tests;
