//! What the browser answers: the JSON of `PublicKeyCredential.toJSON` (WA 5.1.7), read within
//! bounds. Nothing here is believed yet. Members nobody asked for are passed over.

use serde::Deserialize;
use uuid::Uuid;

use super::Refusal;
use super::binary::Binary;

/// The longest answer that is looked at, in bytes. A long credential id with an RSA key is 5 KiB.
pub const LONGEST: usize = 32 * 1024;
/// WA 4, "Credential ID".
pub const LONGEST_ID: usize = 1023;
/// An honest client's are below 300 bytes.
const LONGEST_CLIENT_DATA: usize = 4096;
const LONGEST_ATTESTATION: usize = 16 * 1024;
const LONGEST_AUTHENTICATOR_DATA: usize = 4096;
/// RSA with 4,096 bits.
const LONGEST_SIGNATURE: usize = 512;
const MOST_TRANSPORTS: usize = 8;
const LONGEST_TRANSPORT: usize = 32;

/// An answer to creation options.
#[derive(Clone, Debug)]
pub struct Attestation {
    pub(super) id: Vec<u8>,
    pub(super) client_data: Vec<u8>,
    pub(super) object: Vec<u8>,
    pub(super) transports: Vec<String>,
    pub(super) discoverable: Option<bool>,
}

/// An answer to request options.
#[derive(Clone, Debug)]
pub struct Assertion {
    pub(super) id: Vec<u8>,
    pub(super) client_data: Vec<u8>,
    pub(super) authenticator_data: Vec<u8>,
    pub(super) signature: Vec<u8>,
    user_handle: Option<Vec<u8>>,
}

impl Attestation {
    /// Reads the field `credential` of a registration's form.
    pub fn read(json: &str) -> Result<Self, Refusal> {
        let read: Credential<Created> = parse(json)?;
        let Created { client_data, attestation_object, transports } = read.response;
        let transports = transports.unwrap_or_default();
        let transports = transports.into_iter().filter(|name| is_transport(name)).take(MOST_TRANSPORTS);
        Ok(Self {
            id: credential_id(&read.id, &read.raw_id)?,
            client_data: within(client_data, LONGEST_CLIENT_DATA, "clientDataJSON")?,
            object: within(attestation_object, LONGEST_ATTESTATION, "attestationObject")?,
            transports: transports.collect(),
            discoverable: read.extensions.and_then(|it| it.cred_props).and_then(|props| props.rk),
        })
    }
}

impl Assertion {
    /// Reads the field `credential` of a sign-in's form.
    pub fn read(json: &str) -> Result<Self, Refusal> {
        let read: Credential<Asserted> = parse(json)?;
        let Asserted { client_data, authenticator_data, signature, user_handle } = read.response;
        Ok(Self {
            id: credential_id(&read.id, &read.raw_id)?,
            client_data: within(client_data, LONGEST_CLIENT_DATA, "clientDataJSON")?,
            authenticator_data: within(authenticator_data, LONGEST_AUTHENTICATOR_DATA, "authenticatorData")?,
            signature: within(signature, LONGEST_SIGNATURE, "signature")?,
            user_handle: user_handle.map(|it| within(it, 64, "userHandle")).transpose()?,
        })
    }

    /// The credential to look up, within the site.
    pub fn credential_id(&self) -> &[u8] {
        &self.id
    }

    /// Whose it claims to be: `None` when the browser does not tell, nil when it is no handle of
    /// ours.
    pub fn user_handle(&self) -> Option<Uuid> {
        self.user_handle.as_ref().map(|bytes| Uuid::from_slice(bytes).unwrap_or_default())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Credential<R> {
    id: String,
    raw_id: Binary,
    #[serde(rename = "type")]
    kind: String,
    response: R,
    #[serde(rename = "clientExtensionResults")]
    extensions: Option<Extensions>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    #[serde(rename = "clientDataJSON")]
    client_data: Binary,
    attestation_object: Binary,
    transports: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asserted {
    #[serde(rename = "clientDataJSON")]
    client_data: Binary,
    authenticator_data: Binary,
    signature: Binary,
    user_handle: Option<Binary>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Extensions {
    cred_props: Option<CredProps>,
}

#[derive(Deserialize)]
struct CredProps {
    rk: Option<bool>,
}

fn parse<'a, R: Deserialize<'a>>(json: &'a str) -> Result<Credential<R>, Refusal> {
    if json.len() > LONGEST {
        return Err(Refusal::Malformed("length"));
    }
    let read: Credential<R> = serde_json::from_str(json).map_err(|_| Refusal::Malformed("json"))?;
    if read.kind != "public-key" {
        return Err(Refusal::Malformed("type"));
    }
    Ok(read)
}

fn credential_id(id: &str, raw_id: &Binary) -> Result<Vec<u8>, Refusal> {
    let fits = (1..=LONGEST_ID).contains(&raw_id.0.len());
    if fits && raw_id.text() == id { Ok(raw_id.0.clone()) } else { Err(Refusal::Malformed("id")) }
}

fn within(Binary(bytes): Binary, longest: usize, part: &'static str) -> Result<Vec<u8>, Refusal> {
    if bytes.is_empty() || bytes.len() > longest { Err(Refusal::Malformed(part)) } else { Ok(bytes) }
}

/// Hints, kept to be given back to the browser: words such as "internal", "hybrid", "smart-card".
fn is_transport(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b == b'-';
    (1..=LONGEST_TRANSPORT).contains(&name.len()) && name.bytes().all(plain)
}
