//! What an `installed` call does to the directory of sites: pure rules.
//!
//! Atlassian calls `installed` not once but again on upgrade, secret rotation, rename and site
//! import, repeats it when an answer got lost, and may deliver calls out of order. The rules:
//!
//! - **The same `clientKey` is the same site**, whatever else changed: a rename brings a new
//!   address, a rotation a new secret, a reinstall after uninstall finds the parked data again.
//! - **A new `clientKey` at the address of an installed site is that site after an import**: an
//!   import brings no `uninstalled`. The site keeps its id and data. A *parked* site is not taken
//!   over this way: its address may have been given to another company since, and to start empty
//!   is an inconvenience where to inherit a stranger's customers would be a breach. The old key
//!   names no site from then on.
//! - **Newer wins.** A call's token says when it was issued (`iat`); one older than the newest
//!   install or uninstall applied is refused, so that a late or replayed call can't bring back an
//!   old secret, an old address or a parked site.
//! - **One token carries one body.** A token does not cover the body, so whoever overheard one
//!   could send it again with a secret of their own while it lives (minutes). A second install
//!   issued in the same second must therefore have the same body, and then changes nothing.

use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::{SiteId, SiteStatus};

/// What a verified `installed` call says.
#[derive(Clone)]
pub struct Installation {
    pub client_key: String,
    pub base_url: String,
    pub display_url: String,
    pub product_type: String,
    pub shared_secret: Zeroizing<String>,
    /// The token's `iat`.
    pub issued_at: OffsetDateTime,
    /// SHA-256 of the body.
    pub digest: [u8; 32],
}

/// What is known of a site an installation may be for.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: SiteId,
    pub status: SiteStatus,
    /// The `iat` of the newest install or uninstall applied.
    pub lifecycle_iat: OffsetDateTime,
    /// The digest of the newest install applied.
    pub install_digest: Option<Vec<u8>>,
}

/// What to do with an installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// A site never seen.
    Create,
    /// A known site: upgrade, rotation, rename.
    Renew(SiteId),
    /// A parked site comes back.
    Revive(SiteId),
    /// A site import: the site continues under a new client key.
    Adopt(SiteId),
    /// The newest install once more: nothing changes.
    Repeat(SiteId),
    /// Older than what was applied, or one token with two bodies: refused.
    Superseded(SiteId),
}

impl Plan {
    /// The audit event's result.
    pub fn result(self) -> &'static str {
        match self {
            Self::Create => "created",
            Self::Renew(_) => "renewed",
            Self::Revive(_) => "revived",
            Self::Adopt(_) => "adopted",
            Self::Repeat(_) => "repeated",
            Self::Superseded(_) => "superseded",
        }
    }
}

/// Decides, given the site of the same client key and the newest site at the same address.
pub fn plan(same_key: Option<&Known>, same_address: Option<&Known>, install: &Installation) -> Plan {
    if let Some(known) = same_key {
        let parked = known.status == SiteStatus::Uninstalled;
        let same_body = known.install_digest.as_deref() == Some(&install.digest);
        return match install.issued_at.cmp(&known.lifecycle_iat) {
            std::cmp::Ordering::Less => Plan::Superseded(known.id),
            std::cmp::Ordering::Equal if !same_body => Plan::Superseded(known.id),
            std::cmp::Ordering::Equal if !parked => Plan::Repeat(known.id),
            _ if parked => Plan::Revive(known.id),
            _ => Plan::Renew(known.id),
        };
    }
    match same_address {
        Some(known) if known.status != SiteStatus::Uninstalled => {
            if install.issued_at < known.lifecycle_iat {
                Plan::Superseded(known.id)
            } else {
                Plan::Adopt(known.id)
            }
        }
        _ => Plan::Create,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use SiteStatus::{Disabled, Installed, Uninstalled};
    use uuid::Uuid;

    fn at(second: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(second).unwrap()
    }

    fn known(status: SiteStatus) -> Known {
        Known {
            id: SiteId(Uuid::from_u128(1)),
            status,
            lifecycle_iat: at(100),
            install_digest: Some(vec![1; 32]),
        }
    }

    fn install(second: i64, digest: u8) -> Installation {
        Installation {
            client_key: "key".into(),
            base_url: "https://acme.atlassian.net".into(),
            display_url: "https://acme.atlassian.net".into(),
            product_type: "jira".into(),
            shared_secret: Zeroizing::new("s".repeat(32)),
            issued_at: at(second),
            digest: [digest; 32],
        }
    }

    #[test]
    fn the_same_key_is_the_same_site() {
        let id = SiteId(Uuid::from_u128(1));
        for (status, second, digest, expected) in [
            (Installed, 101, 2, Plan::Renew(id)),
            (Installed, 101, 1, Plan::Renew(id)),
            (Disabled, 101, 2, Plan::Renew(id)),
            (Installed, 100, 1, Plan::Repeat(id)),
            (Disabled, 100, 1, Plan::Repeat(id)),
            (Installed, 100, 2, Plan::Superseded(id)),
            (Installed, 99, 1, Plan::Superseded(id)),
            (Installed, 99, 2, Plan::Superseded(id)),
            (Uninstalled, 101, 2, Plan::Revive(id)),
            (Uninstalled, 100, 1, Plan::Revive(id)),
            (Uninstalled, 100, 2, Plan::Superseded(id)),
            (Uninstalled, 99, 1, Plan::Superseded(id)),
        ] {
            let plan = plan(Some(&known(status)), Some(&known(status)), &install(second, digest));
            assert_eq!(plan, expected, "{status:?} at {second} with body {digest}");
        }
    }

    #[test]
    fn a_new_key_adopts_the_installed_site_at_its_address_only() {
        let id = SiteId(Uuid::from_u128(1));
        for (status, second, expected) in [
            (Installed, 101, Plan::Adopt(id)),
            (Installed, 100, Plan::Adopt(id)),
            (Disabled, 101, Plan::Adopt(id)),
            (Installed, 99, Plan::Superseded(id)),
            (Uninstalled, 101, Plan::Create),
            (Uninstalled, 99, Plan::Create),
        ] {
            let plan = plan(None, Some(&known(status)), &install(second, 2));
            assert_eq!(plan, expected, "{status:?} at {second}");
        }
        assert_eq!(plan(None, None, &install(1, 1)), Plan::Create);
    }
}
