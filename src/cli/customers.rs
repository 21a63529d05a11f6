//! `vestibule customers ...`: adding customers from the shell.

use crate::app::App;

/// The subcommands.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// List customers.
    List,
}

/// Runs one.
pub async fn run(_app: &App, _command: Command) -> anyhow::Result<()> {
    Ok(())
}
