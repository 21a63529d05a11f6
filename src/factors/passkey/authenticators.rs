//! What to call a new passkey until its owner gives it a name: the product that keeps it, by its
//! AAGUID, or else the browser it was made with. A proposal; nothing is decided by it, for either
//! is only what the browser says.

use uuid::{Uuid, uuid};

use crate::web::Agent;

/// A name to propose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proposal {
    /// A product's own name, the same in every language.
    Product(&'static str),
    /// To be said as "Chrome on Windows".
    Browser {
        browser: &'static str,
        system: &'static str,
    },
    Unknown,
}

/// The name for an authenticator of this kind, registered with this browser.
pub fn propose(aaguid: Uuid, agent: Option<Agent>) -> Proposal {
    let product = PRODUCTS.iter().find(|(known, _)| *known == aaguid);
    match (product, agent) {
        (Some((_, name)), _) => Proposal::Product(name),
        (None, Some(Agent { browser, system })) => Proposal::Browser { browser, system },
        (None, None) => Proposal::Unknown,
    }
}

/// From the community's list of passkey providers (github.com/passkeydeveloper/
/// passkey-authenticator-aaguids, `aaguid.json`, commit 47b6f84e of 2026-08-07), and for security
/// keys from their makers' lists ("YubiKey Hardware FIDO2 AAGUIDs" at support.yubico.com) and the
/// FIDO Metadata Service.
const PRODUCTS: &[(Uuid, &str)] = &[
    (uuid!("fbfc3007-154e-4ecc-8c0b-6e020557d7bd"), "Apple Passwords"),
    (uuid!("dd4ec289-e01d-41c9-bb89-70fa845d4bf2"), "iCloud Keychain"),
    (uuid!("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4"), "Google Password Manager"),
    (uuid!("d3452668-01fd-4c12-926c-83a4204853aa"), "Microsoft Password Manager"),
    (uuid!("08987058-cadc-4b81-b6e1-30de50dcbe96"), "Windows Hello"),
    (uuid!("9ddd1817-af5a-4672-a2b9-3e3dd95000a9"), "Windows Hello"),
    (uuid!("6028b017-b1d4-4c02-b4b3-afcdafc96bb2"), "Windows Hello"),
    (uuid!("adce0002-35bc-c60a-648b-0b25f1f05503"), "Chrome on Mac"),
    (uuid!("771b48fd-d3d4-4f74-9232-fc157ab0507a"), "Edge on Mac"),
    (uuid!("b5397666-4885-aa6b-cebf-e52262a439a2"), "Chromium"),
    (uuid!("53414d53-554e-4700-0000-000000000000"), "Samsung Pass"),
    (uuid!("bada5566-a7aa-401f-bd96-45619a55120d"), "1Password"),
    (uuid!("d548826e-79b4-db40-a3d8-11116f7e8349"), "Bitwarden"),
    (uuid!("531126d6-e717-415c-9320-3d9aa6981239"), "Dashlane"),
    (uuid!("fdb141b2-5d84-443e-8a35-4698c205a502"), "KeePassXC"),
    (uuid!("eaecdef2-1c31-5634-8639-f1cbd9c00a08"), "KeePassDX"),
    (uuid!("50726f74-6f6e-5061-7373-50726f746f6e"), "Proton Pass"),
    (uuid!("b84e4048-15dc-4dd0-8640-f4f60813c8af"), "NordPass"),
    (uuid!("0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6"), "Keeper"),
    (uuid!("b78a0a55-6ef8-d246-a042-ba0f6d55050c"), "LastPass"),
    (uuid!("f3809540-7f14-49c1-a8b3-8f813b225541"), "Enpass"),
    (uuid!("b35a26b2-8f6e-4697-ab1d-d44db4da28c6"), "Zoho Vault"),
    (uuid!("de503f9c-21a4-4f76-b4b7-558eb55c6f89"), "Devolutions"),
    (uuid!("39a5647e-1853-446c-a1f6-a79bae9f5bc7"), "IDmelon"),
    (uuid!("cb69481e-8ff7-4039-93ec-0a2729a154a8"), "YubiKey 5"),
    (uuid!("ee882879-721c-4913-9775-3dfcce97072a"), "YubiKey 5"),
    (uuid!("fa2b99dc-9e39-4257-8f92-4a30d23c4118"), "YubiKey 5 NFC"),
    (uuid!("2fc0579f-8113-47ea-b116-bb5a8db9202a"), "YubiKey 5 NFC"),
    (uuid!("c5ef55ff-ad9a-4b9f-b580-adebafe026d0"), "YubiKey 5Ci"),
    (uuid!("73bb0cd4-e502-49b8-9c6f-b59445bf720b"), "YubiKey 5 FIPS"),
    (uuid!("c1f9a0bc-1dd2-404a-b27f-8e29047a43fd"), "YubiKey 5 NFC FIPS"),
    (uuid!("d8522d9f-575b-4866-88a9-ba99fa02f35b"), "YubiKey Bio"),
    (uuid!("42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3"), "Google Titan"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_comes_before_a_browser() {
        let chrome = Some(Agent { browser: "Chrome", system: "Windows" });
        let known = uuid!("bada5566-a7aa-401f-bd96-45619a55120d");
        assert_eq!(propose(known, chrome), Proposal::Product("1Password"));
        let on_windows = Proposal::Browser { browser: "Chrome", system: "Windows" };
        assert_eq!(propose(Uuid::nil(), chrome), on_windows);
        assert_eq!(propose(Uuid::max(), chrome), on_windows);
        assert_eq!(propose(Uuid::nil(), None), Proposal::Unknown);
    }

    #[test]
    fn every_product_stands_once_in_the_list() {
        for (at, (aaguid, name)) in PRODUCTS.iter().enumerate() {
            assert!(PRODUCTS[at + 1..].iter().all(|(other, _)| other != aaguid), "{name}");
            assert!(!aaguid.is_nil() && name.len() <= 40);
        }
    }
}
