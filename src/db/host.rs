//! Passkeys belong to a host name, the base URL's, for good (security.md W3; WebAuthn Level 3, "RP
//! ID"). Under another one every passkey would stop working without a word, so nothing is served.

use sqlx::PgPool;

use super::store;

/// Passkeys that were made under another host name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    pub host: String,
    pub passkeys: i64,
}

/// Why the program does not start.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(
        "VESTIBULE_BASE_URL names the host {now}, but customers have passkeys ({passkeys}) that were made \
         for {host} and work there alone. Go back to a base URL of that host; or, to move for good, delete \
         those passkeys first, as the README says: their owners sign in with another factor"
    )]
    Moved { now: String, host: String, passkeys: i64 },
}

/// The host with most passkeys of those other than `host`.
pub async fn elsewhere(pool: &PgPool, host: &str) -> sqlx::Result<Option<Elsewhere>> {
    store::passkeys_elsewhere(&mut *pool.acquire().await?, host).await
}

/// Refuses where there are any.
pub async fn prove(pool: &PgPool, host: &str) -> Result<(), Refused> {
    match elsewhere(pool, host).await? {
        Some(Elsewhere { host: there, passkeys }) => {
            Err(Refused::Moved { now: host.to_owned(), host: there, passkeys })
        }
        None => Ok(()),
    }
}
