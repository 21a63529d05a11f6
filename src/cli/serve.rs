//! `vestibule serve`.

use anyhow::Context as _;
use tokio::net::TcpListener;

use crate::config::Loaded;
use crate::db::Access;
use crate::server;

/// Serves until told to stop, or until the private cluster ends.
pub async fn run(loaded: Loaded) -> anyhow::Result<()> {
    let address = loaded.config.listen;
    // Before the database: a port that is taken shows at once.
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("VESTIBULE_LISTEN is {address}, which cannot be listened on"))?;
    let (app, cluster) = super::open(loaded, Access::Own).await?;
    if let Err(refused) = crate::db::host::prove(&app.db, app.passkeys.rp_id()).await {
        super::close(&app, cluster).await;
        return Err(refused.into());
    }
    tracing::info!(%address, base_url = app.config.base_url.as_str(), "serving");
    let mut lost = false;
    let ended = cluster.as_ref().map(crate::db::EmbeddedCluster::ended);
    let shutdown = async {
        tokio::select! {
            () = server::told_to_stop() => {}
            () = async { match ended { Some(ended) => ended.await, None => std::future::pending().await } } => {
                lost = true;
            }
        }
        tokio::spawn(end_at_once_if_told_again());
    };
    let served = server::serve(app.clone(), listener, shutdown).await;
    super::close(&app, cluster).await;
    served?;
    anyhow::ensure!(!lost, "the private database ended by itself; postgres.log in the data folder says why");
    tracing::info!("stopped");
    Ok(())
}

async fn end_at_once_if_told_again() {
    server::told_to_stop().await;
    // The parent-death signal stops a private cluster.
    std::process::exit(130);
}
