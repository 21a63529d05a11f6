//! `vestibule migrate`.

use crate::config::Loaded;
use crate::db::Access;

/// Brings the schema up to date and proves the master key.
pub async fn run(loaded: Loaded) -> anyhow::Result<()> {
    let (app, cluster) = super::open(loaded, Access::Join).await?;
    super::close(&app, cluster).await;
    println!("the schema is up to date");
    Ok(())
}
