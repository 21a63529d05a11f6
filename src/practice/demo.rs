//! `vestibule demo`.

use std::fmt::Write as _;

use tokio::sync::oneshot;

use super::{Doors, Folder, Ports, World, people};
use crate::cli;
use crate::config::Loaded;
use crate::db::{Access, EmbeddedCluster};
use crate::server;

/// Flags of `vestibule demo`.
#[derive(Clone, Debug, clap::Args)]
pub struct DemoArgs {
    /// Port of Vestibule itself, on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Port of the practice Jira
    #[arg(long, default_value_t = 8081)]
    jira_port: u16,
    /// Port of the practice Guard
    #[arg(long, default_value_t = 8082)]
    guard_port: u16,
}

/// Runs the real server beside a practice Jira and a practice Guard until told to stop, and prints
/// where to begin. Starting again finds everything as it was.
///
/// # Errors
/// A port that is taken, a database that does not open, a set-up step that fails: each in words.
pub async fn demo(args: DemoArgs, mut loaded: Loaded) -> anyhow::Result<()> {
    let doors = Doors::open(Ports { app: args.port, jira: args.jira_port, guard: args.guard_port }).await?;
    doors.configure(&mut loaded.config)?;
    let folder = Folder::open(loaded.config.data_dir.join("practice"))?;
    let (app, cluster) = cli::open(loaded, Access::Own).await?;

    let (app_door, [jira_door, guard_door], links) = doors.split();
    let (stop, stopped) = oneshot::channel::<()>();
    let served = tokio::spawn(server::serve(app.clone(), app_door, async {
        stopped.await.ok();
    }));
    let world = tokio::select! {
        world = World::start(&app, jira_door, guard_door, links, folder) => Some(world),
        () = server::told_to_stop() => None,
    };
    let lost = match &world {
        Some(Ok(world)) => {
            // Not print!, which panics when the reader has gone.
            std::io::Write::write_all(&mut std::io::stdout(), walk_through(world).as_bytes())?;
            until_the_end(cluster.as_ref()).await
        }
        _ => false,
    };
    stop.send(()).ok();
    let served = served.await;
    cli::close(&app, cluster).await;
    served??;
    if let Some(world) = world {
        world?;
    }
    anyhow::ensure!(!lost, "the private database ended by itself; postgres.log in the data folder says why");
    Ok(())
}

/// Waits for a signal, or for the private cluster to end, which it should not: `true`.
async fn until_the_end(cluster: Option<&EmbeddedCluster>) -> bool {
    let ended = cluster.map(EmbeddedCluster::ended);
    let ended = async {
        match ended {
            Some(ended) => ended.await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = server::told_to_stop() => false,
        () = ended => true,
    }
}

/// What a newcomer reads on the terminal.
fn walk_through(world: &World) -> String {
    let links = &world.links;
    let mut text = format!(
        "\nVestibule's practice world is open (on this machine only; Ctrl+C closes it):\n\n  \
         Practice Guard  {}\n  Practice Jira   {}\n  Vestibule       {}\n\nMade-up customers:\n",
        links.guard, links.jira, links.app
    );
    for person in people() {
        // Writing into a String does not fail.
        let _ = writeln!(text, "  {:<24} password: {}", person.email, person.password);
    }
    let _ = write!(
        text,
        "\nA walk:\n  \
         1. Open {} and sign in as {} with the password above.\n  \
         2. Scan the QR code with an authenticator app, or type the secret, and enter its code.\n  \
         3. Guard shows what it was told and every check it made.\n  \
         4. Sign out there, sign in again with the button ForceAuthn, and give password and code.\n  \
         5. Try the other edges, and in the practice Jira disable the app or rotate its secret.\n\n",
        links.guard,
        people()[0].email
    );
    text
}
