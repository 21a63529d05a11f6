//! What an administrator told Guard, kept over restarts: the identity provider, and how customers
//! of the help centre log in.

use anyhow::Context;
use openssl::x509::X509;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::practice::sp::IdpSettings;
use crate::practice::{Folder, Surroundings};

const FILE: &str = "guard.json";

/// All that is kept.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Names the SAML connection, in entity ID and ACS alike.
    pub connection: Uuid,
    pub idp: Option<Idp>,
    pub authentication: Authentication,
}

/// The identity provider, and where it described itself if it was not typed in.
#[derive(Clone, Debug)]
pub struct Idp {
    pub settings: IdpSettings,
    pub metadata_url: Option<String>,
}

/// How customers log in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Authentication {
    pub single_sign_on: SingleSignOn,
    /// Login with email and password: the password that Atlassian keeps.
    pub password: bool,
}

/// Whether customers are sent to the identity provider.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SingleSignOn {
    #[default]
    Off,
    /// By the test address alone.
    Test,
    /// Everybody.
    On,
}

impl Default for Authentication {
    fn default() -> Self {
        Self { single_sign_on: SingleSignOn::Off, password: true }
    }
}

impl Authentication {
    /// As an administrator leaves it who has finished.
    pub const FINISHED: Self = Self { single_sign_on: SingleSignOn::On, password: false };

    /// Whether it may be saved: the error says why not, in a sentence.
    pub fn check(self, has_idp: bool) -> Result<(), &'static str> {
        match self.single_sign_on {
            SingleSignOn::Off if !self.password => {
                Err("Customers need one way to log in: single sign-on, or email and password.")
            }
            SingleSignOn::Off => Ok(()),
            _ if !has_idp => Err("Set up SAML single sign-on first: there is no identity provider yet."),
            SingleSignOn::Test if !self.password => {
                Err("Single sign-on can be tested only while login with email and password is enabled.")
            }
            SingleSignOn::Test | SingleSignOn::On => Ok(()),
        }
    }
}

/// [`Settings`] as the file holds them.
#[derive(Serialize, Deserialize)]
struct Kept {
    connection: Uuid,
    #[serde(default)]
    idp: Option<KeptIdp>,
    #[serde(default)]
    authentication: Authentication,
}

#[derive(Serialize, Deserialize)]
struct KeptIdp {
    entity_id: String,
    sso_url: String,
    certificates_pem: Vec<String>,
    metadata_url: Option<String>,
}

impl Settings {
    /// The kept ones, or new ones that trust nobody and are then kept.
    pub fn open(surroundings: &Surroundings) -> anyhow::Result<Self> {
        let Some(kept) = surroundings.folder.read::<Kept>(FILE)? else {
            let connection = surroundings.random.uuid();
            let settings = Self { connection, idp: None, authentication: Authentication::default() };
            settings.keep(&surroundings.folder)?;
            return Ok(settings);
        };
        let idp =
            kept.idp.map(Idp::try_from).transpose().with_context(|| format!("a certificate in {FILE}"))?;
        Ok(Self { connection: kept.connection, idp, authentication: kept.authentication })
    }

    /// Writes them to the folder.
    pub fn keep(&self, folder: &Folder) -> anyhow::Result<()> {
        let idp = self.idp.as_ref().map(KeptIdp::try_from).transpose()?;
        folder.write(FILE, &Kept { connection: self.connection, idp, authentication: self.authentication })
    }
}

impl TryFrom<KeptIdp> for Idp {
    type Error = anyhow::Error;

    fn try_from(kept: KeptIdp) -> anyhow::Result<Self> {
        let der = |pem: &String| anyhow::Ok(X509::from_pem(pem.as_bytes())?.to_der()?);
        let settings = IdpSettings {
            certificates_der: kept.certificates_pem.iter().map(der).collect::<Result<_, _>>()?,
            entity_id: kept.entity_id,
            sso_url: kept.sso_url,
        };
        Ok(Self { settings, metadata_url: kept.metadata_url })
    }
}

impl TryFrom<&Idp> for KeptIdp {
    type Error = anyhow::Error;

    fn try_from(idp: &Idp) -> anyhow::Result<Self> {
        let certificates = idp.settings.certificates_der.iter();
        Ok(Self {
            entity_id: idp.settings.entity_id.clone(),
            sso_url: idp.settings.sso_url.clone(),
            certificates_pem: certificates.map(|der| pem(der)).collect::<Result<_, _>>()?,
            metadata_url: idp.metadata_url.clone(),
        })
    }
}

/// A certificate as it is pasted (RFC 7468).
pub fn pem(der: &[u8]) -> anyhow::Result<String> {
    Ok(String::from_utf8(X509::from_der(der)?.to_pem()?)?)
}

#[cfg(test)]
mod tests {
    use super::SingleSignOn::{Off, On, Test};
    use super::*;

    #[test]
    fn which_ways_in_may_be_saved() {
        for (single_sign_on, password, has_idp, fine) in [
            (Off, true, false, true),
            (Off, false, true, false),
            (Test, true, true, true),
            (Test, true, false, false),
            (Test, false, true, false),
            (On, true, true, true),
            (On, false, true, true),
            (On, false, false, false),
        ] {
            let authentication = Authentication { single_sign_on, password };
            assert_eq!(authentication.check(has_idp).is_ok(), fine, "{authentication:?} {has_idp}");
        }
    }
}
