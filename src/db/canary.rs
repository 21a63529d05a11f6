//! One sealed value in the database proves at start that the master key is the one this database
//! was sealed with. Without it a wrong key would show later, as customers who cannot sign in.

use sqlx::PgPool;
use time::OffsetDateTime;
use uuid::Uuid;

use super::store;
use crate::vault::{Label, Unsealing, Vault};

const LABEL: Label = Label { kind: "canary", site: Uuid::nil(), owner: Uuid::nil() };
const TEXT: &[u8] = b"vestibule";

/// What the canary says of the master key.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The keys given open this database.
    Fits,
    /// Nothing was sealed here yet.
    Empty,
    /// They do not.
    Wrong(Unsealing),
}

/// Why the program does not start.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The database was sealed with another master key.
    #[error(
        "the master key does not fit this database: {0}. Start with the VESTIBULE_MASTER_KEY this database \
         was begun with (a former one may stand in VESTIBULE_MASTER_KEYS_PREVIOUS), or with an empty database"
    )]
    WrongKey(Unsealing),
}

/// Looks without writing.
pub async fn look(pool: &PgPool, vault: &Vault) -> sqlx::Result<Verdict> {
    let mut conn = pool.acquire().await?;
    let sealed = store::canary(&mut conn).await?;
    Ok(sealed.map_or(Verdict::Empty, |sealed| judge(vault, &sealed)))
}

/// Seals the canary on first use, opens it ever after. Of several instances that start at once
/// over an empty database, one writes and all open what it wrote.
pub async fn prove(pool: &PgPool, vault: &Vault, now: OffsetDateTime) -> Result<(), Refused> {
    let mut conn = pool.acquire().await?;
    let sealed = match store::canary(&mut conn).await? {
        Some(sealed) => sealed,
        None => {
            store::insert_canary(&mut conn, &vault.seal(LABEL, TEXT), now).await?;
            store::canary(&mut conn).await?.ok_or(sqlx::Error::RowNotFound)?
        }
    };
    match judge(vault, &sealed) {
        Verdict::Wrong(why) => Err(Refused::WrongKey(why)),
        Verdict::Fits | Verdict::Empty => Ok(()),
    }
}

fn judge(vault: &Vault, sealed: &[u8]) -> Verdict {
    match vault.open(LABEL, sealed) {
        Ok(text) if text.as_slice() == TEXT => Verdict::Fits,
        Ok(_) => Verdict::Wrong(Unsealing::Damaged),
        Err(why) => Verdict::Wrong(why),
    }
}
