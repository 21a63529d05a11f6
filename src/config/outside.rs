//! The servers that some second factors need: an SMS gateway, a validation server for YubiKeys, Duo.
//! Each is off until all of its variables are there; some of them without the others are a fault.

use url::Url;
use zeroize::Zeroizing;

use super::BaseUrl;
use super::read::Reader;
use crate::factors::{duo, sms, yubikey};
use duo::Duo;
use sms::Gateway;
use yubikey::Validator;

const SMS_URL: &str = "VESTIBULE_SMS_URL";
const SMS_BODY: &str = "VESTIBULE_SMS_BODY";
const SMS_HEADERS: &str = "VESTIBULE_SMS_HEADERS";
const SMS_METHOD: &str = "VESTIBULE_SMS_METHOD";
const SMS_FROM: &str = "VESTIBULE_SMS_FROM";
const YUBIKEY_URL: &str = "VESTIBULE_YUBIKEY_URL";
const YUBIKEY_CLIENT_ID: &str = "VESTIBULE_YUBIKEY_CLIENT_ID";
const YUBIKEY_SECRET: &str = "VESTIBULE_YUBIKEY_SECRET";
const DUO_API_HOST: &str = "VESTIBULE_DUO_API_HOST";
const DUO_CLIENT_ID: &str = "VESTIBULE_DUO_CLIENT_ID";
const DUO_CLIENT_SECRET: &str = "VESTIBULE_DUO_CLIENT_SECRET";

impl Reader<'_> {
    pub(super) fn sms(&mut self, base_url: Option<&BaseUrl>) -> Option<Gateway> {
        let [url, body, headers, method, from] =
            self.together([SMS_URL, SMS_BODY, SMS_HEADERS, SMS_METHOD, SMS_FROM], &[SMS_URL, SMS_BODY])?;
        let url = self.server(SMS_URL, &url, base_url)?;
        let settings = sms::Settings { headers: &headers, body: &body, method: &method, from: &from };
        match Gateway::configure(url, settings) {
            Ok(gateway) => Some(gateway),
            Err(fault) => {
                let (name, advice) = match fault {
                    sms::SettingsFault::Url(advice) => (SMS_URL, advice),
                    sms::SettingsFault::Headers(advice) => (SMS_HEADERS, advice),
                    sms::SettingsFault::Body(advice) => (SMS_BODY, advice),
                    sms::SettingsFault::Method(advice) => (SMS_METHOD, advice),
                    sms::SettingsFault::From(advice) => (SMS_FROM, advice),
                };
                self.fault(name, &advice);
                None
            }
        }
    }

    pub(super) fn yubikey(&mut self, base_url: Option<&BaseUrl>) -> Option<Validator> {
        const YUBICO: &str = "https://api.yubico.com/wsapi/2.0/verify";
        let names = [YUBIKEY_CLIENT_ID, YUBIKEY_SECRET, YUBIKEY_URL];
        let [client_id, secret, url] = self.together(names, &names[..2])?;
        let url = if url.is_empty() { YUBICO } else { &url };
        let url = self.server(YUBIKEY_URL, url, base_url)?;
        match Validator::configure(url, &client_id, &secret) {
            Ok(validator) => Some(validator),
            Err(fault) => {
                let (name, advice) = match fault {
                    yubikey::SettingsFault::Url(advice) => (YUBIKEY_URL, advice),
                    yubikey::SettingsFault::ClientId(advice) => (YUBIKEY_CLIENT_ID, advice),
                    yubikey::SettingsFault::Secret(advice) => (YUBIKEY_SECRET, advice),
                };
                self.fault(name, &advice);
                None
            }
        }
    }

    pub(super) fn duo(&mut self, base_url: Option<&BaseUrl>) -> Option<Duo> {
        let names = [DUO_API_HOST, DUO_CLIENT_ID, DUO_CLIENT_SECRET];
        let [host, client_id, client_secret] = self.together(names, &names)?;
        let configured = Duo::api(&host).and_then(|api| {
            let duo = Duo::configure(&api, &client_id, &client_secret)?;
            Ok((api, duo))
        });
        match configured {
            Ok((api, duo)) => self.admitted(DUO_API_HOST, &api, base_url).then_some(duo),
            Err(fault) => {
                let (name, advice) = match fault {
                    duo::SettingsFault::ApiHost(advice) => (DUO_API_HOST, advice),
                    duo::SettingsFault::ClientId(advice) => (DUO_CLIENT_ID, advice),
                    duo::SettingsFault::ClientSecret(advice) => (DUO_CLIENT_SECRET, advice),
                };
                self.fault(name, &advice);
                None
            }
        }
    }

    /// The texts of variables that belong together, absent ones empty. None when there is none at
    /// all, or when a needed one is missing; the fault is noted then.
    fn together<const N: usize>(
        &mut self,
        names: [&'static str; N],
        needed: &[&'static str],
    ) -> Option<[Zeroizing<String>; N]> {
        let texts = names.map(|name| Zeroizing::new(self.text(name).unwrap_or_default()));
        let present = names.iter().zip(&texts).find(|(_, text)| !text.is_empty())?.0;
        let mut complete = true;
        for name in needed {
            let at = names.iter().position(|known| known == name);
            if at.is_some_and(|at| texts[at].is_empty()) {
                complete = false;
                self.fault(
                    name,
                    &format!("is missing, but {present} is there; right would be both, or neither"),
                );
            }
        }
        complete.then_some(texts)
    }

    /// Another party's address, https but for trying out (security.md N3).
    fn server(&mut self, name: &'static str, text: &str, base_url: Option<&BaseUrl>) -> Option<Url> {
        match Url::parse(text) {
            Ok(url) => self.admitted(name, &url, base_url).then_some(url),
            // The parser's own words are left out: an address may hold a key.
            Err(_) => {
                self.fault(name, "is not an address; right would be an https:// one");
                None
            }
        }
    }

    fn admitted(&mut self, name: &'static str, url: &Url, base_url: Option<&BaseUrl>) -> bool {
        let admitted = base_url.is_none_or(|base| base.admits(url));
        if !admitted {
            self.fault(name, "must start with https:// (http:// is for trying out on loopback hosts only)");
        }
        admitted
    }
}
