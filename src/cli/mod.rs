//! The command line: parse, load the environment, then one function a command.

mod check; // what is wrong with this deployment?
pub mod customers;
pub mod keys; // fresh secrets
mod logs; // where log lines go
mod migrate;
mod serve;
pub mod sites;

use std::process::ExitCode;

use clap::Parser;

use crate::app::App;
use crate::clock::Clock;
use crate::config::{self, Loaded};
use crate::db::{self, Access, EmbeddedCluster};
use crate::random::Random;

/// Vestibule, the second door for Jira Service Management portal customers.
///
/// It is the SAML identity provider that Atlassian Guard trusts for portal-only customers: they
/// sign in with a password and an authenticator app.
#[derive(Debug, Parser)]
#[command(name = "vestibule", version, after_long_help = AFTER)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const AFTER: &str = "\
Configuration comes from the environment and from a file .env in the working folder (what the \
environment says wins). Needed:
  VESTIBULE_BASE_URL         how browsers reach the server, such as https://signin.example.com
  VESTIBULE_MASTER_KEY       seals secrets at rest      (make both with: vestibule keys)
  VESTIBULE_PASSWORD_PEPPER  keys the password hashes
Often set:
  DATABASE_URL               a PostgreSQL server; without it a private one runs in the data folder
  VESTIBULE_LISTEN           default 127.0.0.1:8080, plain HTTP for a TLS proxy in front
  VESTIBULE_TRUSTED_PROXIES  whose X-Forwarded-For counts
  VESTIBULE_SMTP_URL, VESTIBULE_MAIL_FROM   the mail server and the sender; without them, no mail
  VESTIBULE_LOG, VESTIBULE_LOG_FORMAT   such as info,vestibule=debug and text or json
The README holds the whole table.

Examples:
  vestibule keys >> .env     make the two secrets; keep them safe, a database is useless without them
  vestibule check            say what is wrong before anybody else does
  vestibule serve            migrate the schema, then serve until SIGINT or SIGTERM";

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Serve sign-ins, after bringing the database's schema up to date
    ///
    /// Stops at SIGINT or SIGTERM: accepts no more, finishes answers under way within 20 seconds. A
    /// second signal ends it at once. /health/live and /health/ready answer supervisors.
    Serve,
    /// Bring the database's schema up to date, and nothing else
    ///
    /// `serve` does so too; use this where the server's database user may not change tables.
    Migrate,
    /// Say what is right and wrong with this deployment; changes nothing
    ///
    /// Looks at the configuration, the database, its schema, the master key, the clock, the base URL
    /// and the mail server, to which it says hello and sends nothing. Exits with 1 when something must be put right.
    Check,
    /// Print fresh secrets as lines for .env
    ///
    /// Example: vestibule keys >> .env
    Keys,
    /// Try it all out: this server beside a practice Jira, a practice Guard and a mailbox
    ///
    /// Needs no configuration: the database and the secrets are kept in the data folder.
    #[cfg(feature = "practice")]
    Demo(crate::practice::DemoArgs),
    /// See and set what belongs to a site
    #[command(subcommand)]
    Sites(sites::Command),
    /// Add and list a site's customers, and decide for one about 2FA
    #[command(subcommand)]
    Customers(customers::Command),
}

/// Runs the program. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration.
pub fn run() -> ExitCode {
    let command = Cli::parse().command;
    rustls::crypto::ring::default_provider().install_default().ok();
    if let Err(error) = read_env_file() {
        eprintln!("vestibule: {error}");
        return ExitCode::from(2);
    }
    match execute(command) {
        Ok(code) => code,
        Err(error) if error.is::<config::Faults>() => {
            eprintln!("vestibule: {error}\nThe README explains each. Fresh secrets: vestibule keys");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("vestibule: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn execute(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Keys => keys::print()?,
        Command::Check => return check::run().await,
        #[cfg(feature = "practice")]
        Command::Demo(args) => {
            let loaded = keys::load_for_demo(&Random::System)?;
            logs::start(&loaded.host);
            crate::practice::demo(args, loaded).await?;
        }
        Command::Serve => serve::run(load()?).await?,
        Command::Migrate => migrate::run(load()?).await?,
        Command::Sites(command) => {
            with_app(load()?, async |app| sites::run(app, command).await).await?;
        }
        Command::Customers(command) => {
            with_app(load()?, async |app| customers::run(app, command).await).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// `.env` in the working folder. What the environment says wins.
fn read_env_file() -> Result<(), String> {
    match dotenvy::from_path(".env") {
        Ok(()) => Ok(()),
        Err(dotenvy::Error::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        // The line itself is left out: it may hold a secret.
        Err(dotenvy::Error::LineParse(..)) => Err(".env has a line that is not NAME=value; a value with \
             blanks, # or $ needs single quotes"
            .into()),
        Err(_) => Err(".env cannot be read".into()),
    }
}

/// The configuration, with logging started and warnings told.
fn load() -> anyhow::Result<Loaded> {
    let loaded = Loaded::load(config::environment)?;
    logs::start(&loaded.host);
    for warning in warnings(&loaded) {
        tracing::warn!("{warning}");
    }
    Ok(loaded)
}

fn warnings(loaded: &Loaded) -> Vec<String> {
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let unknown = config::unknown_names(names)
        .into_iter()
        .map(|name| format!("{name} is no setting of this release: is it misspelt?"));
    loaded.config.warnings().into_iter().chain(unknown).collect()
}

/// Opens the database, brings it up to date and proves the master key. Stop the cluster, if there
/// is one, when the app is done: [`close`].
pub async fn open(loaded: Loaded, access: Access) -> anyhow::Result<(App, Option<EmbeddedCluster>)> {
    let (pool, cluster) = db::open(&loaded.config, &loaded.host, access).await?;
    db::migrate(&pool).await?;
    let app = App::new(loaded.config, pool, Clock::System, Random::System);
    db::canary::prove(&app.db, &app.vault, app.clock.now()).await?;
    crate::customers::fold(&app.db).await?;
    Ok((app, cluster))
}

/// Ends what [`open`] began.
pub async fn close(app: &App, cluster: Option<EmbeddedCluster>) {
    app.db.close().await;
    if let Some(cluster) = cluster {
        cluster.stop().await;
    }
}

async fn with_app(loaded: Loaded, work: impl AsyncFnOnce(&App) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let (app, cluster) = open(loaded, Access::Join).await?;
    let done = work(&app).await;
    close(&app, cluster).await;
    done
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound_and_its_help_names_what_is_needed() {
        Cli::command().debug_assert();
        let help = Cli::command().render_long_help().to_string();
        for name in
            ["VESTIBULE_BASE_URL", "VESTIBULE_MASTER_KEY", "VESTIBULE_PASSWORD_PEPPER", "DATABASE_URL"]
        {
            assert!(help.contains(name), "{name}");
        }
    }
}
