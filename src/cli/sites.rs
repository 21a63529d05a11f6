//! `vestibule sites ...`: what an operator can see and set of a site.

use crate::app::App;

/// The subcommands.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// List the sites.
    List,
}

/// Runs one.
pub async fn run(_app: &App, _command: Command) -> anyhow::Result<()> {
    Ok(())
}
