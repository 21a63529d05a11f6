//! `vestibule demo`.

use std::fmt::Write as _;

use tokio::sync::oneshot;

use super::guard::SingleSignOn;
use super::{Doors, Folder, Ports, Setup, World, people};
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
    /// Port of the practice mailbox
    #[arg(long, default_value_t = 8083)]
    mail_port: u16,
    /// Port of the practice SMS gateway, virtual YubiKeys and Duo
    #[arg(long, default_value_t = 8084)]
    gateways_port: u16,
    /// Set single sign-on up at once, instead of leaving that to a walk through the Setup page
    #[arg(long)]
    configured: bool,
}

/// Runs the real server beside a practice Jira, Guard, mailbox and gateways until told to stop, and prints
/// where to begin. Starting again finds everything as it was configured.
///
/// # Errors
/// A port that is taken, a database that does not open, a set-up step that fails: each in words.
pub async fn demo(args: DemoArgs, mut loaded: Loaded) -> anyhow::Result<()> {
    let ports = Ports {
        app: args.port,
        jira: args.jira_port,
        guard: args.guard_port,
        mail: args.mail_port,
        gateways: args.gateways_port,
    };
    let doors = Doors::open(ports).await?;
    doors.configure(&mut loaded.config)?;
    let folder = Folder::open(loaded.config.data_dir.join("practice"))?;
    let (app, cluster) = cli::open(loaded, Access::Own).await?;

    let (app_door, doors, links) = doors.split();
    let (stop, stopped) = oneshot::channel::<()>();
    let served = tokio::spawn(server::serve(app.clone(), app_door, async {
        stopped.await.ok();
    }));
    let setup = if args.configured { Setup::Done } else { Setup::Fresh };
    let open = async {
        let world = World::start(&app, doors, links, folder, setup).await?;
        world.seed_crowd(&app).await.map(|()| world)
    };
    let world = tokio::select! {
        world = open => Some(world),
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
         Practice Jira                      {}\n  \
         Practice Atlassian Administration  {}/admin\n  \
         Practice help centre               {}\n  \
         Practice mailbox                   {}\n  \
         Practice phones, YubiKeys, Duo     {}\n  \
         Vestibule                          {}\n\nMade-up customers who have a password:\n",
        links.jira, links.guard, links.guard, links.mail, links.gateways, links.app
    );
    for person in people() {
        // Writing into a String does not fail.
        let _ = writeln!(text, "  {:<24} password: {}", person.email, person.password);
    }
    text.push_str("\nA walk:\n");
    let configured = world.guard.authentication().single_sign_on == SingleSignOn::On;
    let first = if configured { sign_in_walk(world) } else { setup_walk(world) };
    let more = [
        "Sign out at the help centre, sign in again with the button ForceAuthn, and give the password and your second factor."
            .into(),
        "Try the other edges, and in the practice Jira look as somebody else, take the licence or the \
         REST API away, disable the app or rotate its secret."
            .into(),
    ];
    for (at, step) in first.into_iter().chain(more).enumerate() {
        let _ = writeln!(text, "  {}. {step}", at + 1);
    }
    text.push('\n');
    text
}

/// From an installed app to the first sign-in.
fn setup_walk(world: &World) -> Vec<String> {
    let links = &world.links;
    let mut steps = vec![
        format!(
            "Open the practice Jira, {}, then Apps > Vestibule > Setup, and follow the page.",
            links.jira
        ),
        format!(
            "What it says belongs to Atlassian Administration goes in at {}/admin; what that shows goes \
             back into the Setup page.",
            links.guard
        ),
    ];
    steps.extend(sign_in_walk(world));
    steps
}

/// The first sign-in.
fn sign_in_walk(world: &World) -> Vec<String> {
    vec![
        format!(
            "Open the help centre, {}, and sign in as {} with the password above.",
            world.links.guard,
            people()[0].email
        ),
        "Choose a passkey or an authenticator app, set it up as its page says, and save the backup codes."
            .into(),
        "Guard shows what it was told and every check it made.".into(),
        format!(
            "Look at what the customer can change: {}/sites/{}/account. Mails are in the practice mailbox, {}.",
            world.links.app, world.site, world.links.mail
        ),
    ]
}
