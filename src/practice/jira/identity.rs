//! Who the practice Jira is: kept over restarts, so that the app keeps knowing it.

use anyhow::Context;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use serde::{Deserialize, Serialize};

use crate::practice::{Folder, Surroundings};

const FILE: &str = "jira.json";

/// All of it.
#[derive(Clone)]
pub struct Identity {
    pub site: Site,
    pub install_key: InstallKey,
}

/// The Jira site, and what it knows of the app.
#[derive(Clone, Serialize, Deserialize)]
pub struct Site {
    pub client_key: String,
    /// The administrator who installs.
    pub account_id: String,
    /// `None` when the app is not installed.
    pub shared_secret: Option<String>,
    pub enabled: bool,
    /// The installed app's key.
    #[serde(default)]
    pub app_key: Option<String>,
}

/// The pair behind signed installs; Atlassian's are on connect-install-keys.atlassian.com.
#[derive(Clone)]
pub struct InstallKey {
    pub kid: String,
    pub private: PKey<Private>,
    pub public_pem: String,
}

/// [`Identity`] as the file holds it.
#[derive(Serialize, Deserialize)]
struct Kept {
    site: Site,
    kid: String,
    private_key_pem: String,
}

impl Identity {
    /// The kept one, or a new one that is then kept.
    pub fn open(surroundings: &Surroundings) -> anyhow::Result<Self> {
        if let Some(kept) = surroundings.folder.read::<Kept>(FILE)? {
            let private = PKey::private_key_from_pem(kept.private_key_pem.as_bytes())
                .with_context(|| format!("the private key in {FILE}"))?;
            return Ok(Self { site: kept.site, install_key: InstallKey::new(kept.kid, private)? });
        }
        let random = &surroundings.random;
        let site = Site {
            client_key: random.uuid().to_string(),
            account_id: format!("712020:{}", random.uuid()),
            shared_secret: None,
            enabled: false,
            app_key: None,
        };
        let private = PKey::from_rsa(Rsa::generate(2048)?)?;
        let identity = Self { site, install_key: InstallKey::new(random.uuid().to_string(), private)? };
        identity.keep(&surroundings.folder)?;
        Ok(identity)
    }

    /// Writes it to the folder.
    pub fn keep(&self, folder: &Folder) -> anyhow::Result<()> {
        let pem = self.install_key.private.private_key_to_pem_pkcs8()?;
        let kept = Kept {
            site: self.site.clone(),
            kid: self.install_key.kid.clone(),
            private_key_pem: String::from_utf8(pem)?,
        };
        folder.write(FILE, &kept)
    }
}

impl InstallKey {
    fn new(kid: String, private: PKey<Private>) -> anyhow::Result<Self> {
        let public_pem = String::from_utf8(private.public_key_to_pem()?)?;
        Ok(Self { kid, private, public_pem })
    }
}
