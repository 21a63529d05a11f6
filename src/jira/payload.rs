//! The bodies of lifecycle calls, parsed and checked. Unknown fields are accepted: Atlassian adds
//! some now and then.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use url::{Host, Url};
use zeroize::Zeroizing;

use crate::config::{BaseUrl, is_loopback};
use crate::sites::installation::Installation;

const MAX_CLIENT_KEY: usize = 255;
const MAX_ADDRESS: usize = 255;
/// HS256 needs a key of at least 256 bits (RFC 7518 section 3.2); Atlassian's have 36 and more.
const SECRET: std::ops::RangeInclusive<usize> = 32..=4096;

/// Why a body is refused: a fixed sentence that names the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed(pub &'static str);

/// What every lifecycle call names.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sender {
    key: Option<String>,
    client_key: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Installed {
    shared_secret: String,
    base_url: String,
    display_url: Option<String>,
    product_type: Option<String>,
}

/// The `clientKey` of a lifecycle call for the app `app_key`.
pub fn client_key(body: &[u8], app_key: &str) -> Result<String, Malformed> {
    let sender: Sender =
        serde_json::from_slice(body).map_err(|_| Malformed("the body is no JSON with a clientKey"))?;
    if sender.key.is_some_and(|key| key != app_key) {
        return Err(Malformed("key: this is for another app"));
    }
    let fits = (1..=MAX_CLIENT_KEY).contains(&sender.client_key.len())
        && sender.client_key.bytes().all(|b| b.is_ascii_graphic());
    if fits { Ok(sender.client_key) } else { Err(Malformed("clientKey: 1-255 visible ASCII characters")) }
}

/// What an `installed` call brings; `issued_at` is its token's `iat`.
pub fn installation(
    body: &[u8],
    app_key: &str,
    own: &BaseUrl,
    issued_at: OffsetDateTime,
) -> Result<Installation, Malformed> {
    let client_key = client_key(body, app_key)?;
    let installed: Installed = serde_json::from_slice(body)
        .map_err(|_| Malformed("the body lacks sharedSecret or baseUrl, or a field has a wrong type"))?;
    if !SECRET.contains(&installed.shared_secret.len()) {
        return Err(Malformed("sharedSecret: 32-4096 bytes"));
    }
    let base_url = address(&installed.base_url, own).ok_or(Malformed("baseUrl: an https address"))?;
    let display_url = match installed.display_url.filter(|text| !text.is_empty()) {
        Some(text) => address(&text, own).ok_or(Malformed("displayUrl: an https address"))?,
        None => base_url.clone(),
    };
    let product_type = installed.product_type.unwrap_or_else(|| "jira".into());
    if product_type.len() > 64
        || !product_type.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    {
        return Err(Malformed("productType: at most 64 letters, digits, - or _"));
    }
    Ok(Installation {
        client_key,
        base_url,
        display_url,
        product_type,
        shared_secret: Zeroizing::new(installed.shared_secret),
        issued_at,
        digest: Sha256::digest(body).into(),
    })
}

/// A site's address, normalised and without a trailing slash: https on a public-looking name. An
/// IP address, a bare or internal name or an odd port would send our requests into somebody's
/// inner network (security.md N3). The practice world's loopback addresses pass when this
/// deployment is reached by one itself.
fn address(text: &str, own: &BaseUrl) -> Option<String> {
    if text.len() > MAX_ADDRESS {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let plain = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    let admitted = if is_loopback(&url) {
        own.is_loopback_http() && own.admits(&url)
    } else {
        url.scheme() == "https" && url.port().is_none() && is_public_name(&url)
    };
    (plain && admitted).then(|| url.as_str().trim_end_matches('/').to_owned())
}

fn is_public_name(url: &Url) -> bool {
    const INTERNAL: [&str; 6] = ["local", "internal", "localhost", "home", "lan", "arpa"];
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            name.rsplit_once('.').is_some_and(|(rest, top)| !rest.is_empty() && !INTERNAL.contains(&top))
        }
        _ => false,
    }
}

#[cfg(test)]
#[path = "payload/tests.rs"]
mod tests;
