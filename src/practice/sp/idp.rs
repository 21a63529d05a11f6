//! The identity provider an SP trusts: as its metadata says (SAML metadata 2.4.3), or as an
//! administrator pasted it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use openssl::x509::X509;
use url::Url;

use super::{DS, MD, REDIRECT, SAMLP};
use crate::config::is_loopback;
use crate::practice::tree::Element;

/// The longest entity ID, in characters (SAML core 8.3.6).
const MAX_ENTITY_ID: usize = 1024;
const PEM_BEGIN: &str = "-----BEGIN CERTIFICATE-----";

/// What an SP is told of its identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdpSettings {
    pub entity_id: String,
    /// Single sign-on address, for Redirect and POST alike.
    pub sso_url: String,
    /// The certificates responses may be signed with: the current one, and the next when there is one.
    pub certificates_der: Vec<Vec<u8>>,
}

/// One of the values an administrator pastes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    EntityId,
    SsoUrl,
    Certificate,
}

impl IdpSettings {
    /// Takes what an administrator pasted; white space around it does not count. All faults are
    /// told at once, at most one a value, each a sentence.
    pub fn from_values(
        entity_id: &str,
        sso_url: &str,
        certificate: &str,
    ) -> Result<Self, Vec<(Value, String)>> {
        let (entity_id, sso_url) = (entity_id.trim(), sso_url.trim());
        let certificate = pasted_certificate(certificate);
        let faults: Vec<(Value, String)> = [
            (Value::EntityId, check_entity_id(entity_id).err()),
            (Value::SsoUrl, check_sso_url(sso_url).err()),
            (Value::Certificate, certificate.as_ref().err().cloned()),
        ]
        .into_iter()
        .filter_map(|(value, fault)| Some((value, fault?)))
        .collect();
        match certificate {
            Ok(der) if faults.is_empty() => {
                Ok(Self { entity_id: entity_id.into(), sso_url: sso_url.into(), certificates_der: vec![der] })
            }
            _ => Err(faults),
        }
    }

    /// Reads an EntityDescriptor. The error says what is missing.
    pub fn from_metadata(xml: &str) -> Result<Self, String> {
        let root = Element::parse(xml)?;
        if !root.is(MD, "EntityDescriptor") {
            return Err("the root is not an EntityDescriptor".into());
        }
        let entity_id = root.attribute("entityID").filter(|id| !id.is_empty()).ok_or("no entityID")?;
        let role = root
            .children(MD, "IDPSSODescriptor")
            .find(|role| {
                role.attribute("protocolSupportEnumeration")
                    .is_some_and(|protocols| protocols.split_ascii_whitespace().any(|p| p == SAMLP))
            })
            .ok_or("no IDPSSODescriptor for SAML 2.0")?;
        let sso_url = role
            .children(MD, "SingleSignOnService")
            .find(|service| service.attribute("Binding") == Some(REDIRECT))
            .and_then(|service| service.attribute("Location"))
            .ok_or("no SingleSignOnService for HTTP-Redirect")?;
        let certificates_der = role
            .children(MD, "KeyDescriptor")
            .filter(|key| matches!(key.attribute("use"), None | Some("signing")))
            .flat_map(Element::walk)
            .filter(|element| element.is(DS, "X509Certificate"))
            .map(|element| certificate(&element.text))
            .collect::<Result<Vec<_>, _>>()?;
        if certificates_der.is_empty() {
            return Err("no signing certificate".into());
        }
        Ok(Self { entity_id: entity_id.into(), sso_url: sso_url.into(), certificates_der })
    }
}

/// A base64 certificate, white space allowed, that holds an RSA key of 2,048 bits or more (M2).
fn certificate(text: &str) -> Result<Vec<u8>, String> {
    let packed: String = text.split_ascii_whitespace().collect();
    let der = STANDARD.decode(packed).map_err(|_| "a certificate that is not base64")?;
    let parsed = X509::from_der(&der).map_err(|_| "a certificate that does not parse")?;
    match check_key(&parsed) {
        Ok(()) => Ok(der),
        Err(_) => Err("a certificate whose key is not RSA of 2,048 bits or more".into()),
    }
}

fn check_entity_id(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("Enter the identity provider's entity ID.".into());
    }
    if text.chars().count() > MAX_ENTITY_ID || text.contains(char::is_whitespace) {
        return Err(format!(
            "An entity ID is an address of up to {MAX_ENTITY_ID} characters, without spaces."
        ));
    }
    Ok(())
}

fn check_sso_url(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("Enter the identity provider's SSO URL.".into());
    }
    match Url::parse(text) {
        Ok(url) if url.scheme() == "https" => Ok(()),
        // In the practice world alone.
        Ok(url) if url.scheme() == "http" && is_loopback(&url) => Ok(()),
        Ok(_) => Err("The SSO URL must start with https://.".into()),
        Err(_) => Err("This is not a URL.".into()),
    }
}

/// One certificate in PEM (RFC 7468), as DER.
fn pasted_certificate(text: &str) -> Result<Vec<u8>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("Enter the identity provider's public x509 certificate.".into());
    }
    if text.contains("PRIVATE KEY-----") {
        return Err("This is a private key, which nobody else may see. Enter the certificate.".into());
    }
    if !text.starts_with(PEM_BEGIN) {
        return Err(format!("The certificate must be in PEM format: its first line is {PEM_BEGIN}."));
    }
    let not_read = "This is not a certificate in PEM format: part of it is missing or changed.";
    let found = X509::stack_from_pem(text.as_bytes()).map_err(|_| not_read)?;
    match found.as_slice() {
        [one] => check_key(one).map(|()| one.to_der())?.map_err(|_| not_read.into()),
        [] => Err(not_read.into()),
        several => Err(format!("These are {} certificates. Enter one.", several.len())),
    }
}

/// RSA of 2,048 bits or more (M2).
fn check_key(certificate: &X509) -> Result<(), String> {
    match certificate.public_key() {
        Ok(key) if key.rsa().is_ok() && key.bits() >= 2048 => Ok(()),
        _ => Err("The certificate's key is not RSA of 2,048 bits or more.".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::sp::forge::Key;

    fn pem() -> String {
        let der = Key::new().certificate_der;
        String::from_utf8(X509::from_der(&der).unwrap().to_pem().unwrap()).unwrap()
    }

    #[test]
    fn pasted_values_are_those_of_the_metadata() {
        let pem = pem();
        let text = format!("\n  {}\n ", pem.replace('\n', "\r\n"));
        let settings =
            IdpSettings::from_values(" https://idp.example/x ", "https://idp.example/sso\n", &text);
        let settings = settings.unwrap();
        assert_eq!(
            (settings.entity_id.as_str(), settings.sso_url.as_str()),
            ("https://idp.example/x", "https://idp.example/sso")
        );
        assert_eq!(settings.certificates_der, [X509::from_pem(pem.as_bytes()).unwrap().to_der().unwrap()]);
    }

    #[test]
    fn rubbish_is_refused_beside_its_field() {
        use Value::{Certificate, EntityId, SsoUrl};
        let good = pem();
        let (id, sso) = ("https://idp.example/x", "https://idp.example/sso");
        let key = openssl::pkey::PKey::from_rsa(openssl::rsa::Rsa::generate(2048).unwrap()).unwrap();
        let key = String::from_utf8(key.private_key_to_pem_pkcs8().unwrap()).unwrap();
        let cut = good.replacen('M', "", 1);
        let bare: String = good.lines().filter(|line| !line.starts_with('-')).collect();
        let two = good.repeat(2);
        let cases: [(&str, &str, &str, &[Value], &str); 11] = [
            ("", sso, &good, &[EntityId], "Enter"),
            ("two words", sso, &good, &[EntityId], "spaces"),
            (id, "", &good, &[SsoUrl], "Enter"),
            (id, "sso", &good, &[SsoUrl], "not a URL"),
            (id, "http://idp.example/sso", &good, &[SsoUrl], "https://"),
            (id, sso, "", &[Certificate], "Enter"),
            (id, sso, &key, &[Certificate], "private key"),
            (id, sso, &bare, &[Certificate], "PEM format"),
            (id, sso, &cut, &[Certificate], "missing or changed"),
            (id, sso, &two, &[Certificate], "2 certificates"),
            ("", "", "", &[EntityId, SsoUrl, Certificate], "Enter"),
        ];
        for (entity_id, sso_url, certificate, fields, words) in cases {
            let faults = IdpSettings::from_values(entity_id, sso_url, certificate).unwrap_err();
            assert_eq!(faults.iter().map(|(value, _)| *value).collect::<Vec<_>>(), fields, "{words}");
            assert!(faults.iter().all(|(_, fault)| fault.contains(words)), "{faults:?} lacks {words}");
        }
        assert!(IdpSettings::from_values(id, "http://localhost:8080/sso", &good).is_ok());
    }
}
