//! A passkey in software, and the browser around it: for tests and for load. Honest by default;
//! [`Lies`] gets one thing wrong. Nothing of the product is used here.

use data_encoding::BASE64URL_NOPAD;
use openssl::bn::BigNumContext;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::sha::sha256;
use openssl::sign::Signer;
use serde_json::{Value, json};

/// What kind of key it makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    Es256,
    Ed25519,
    /// With so many bits.
    Rs256(u32),
    /// Not offered.
    Es384,
}

impl Algorithm {
    /// Its COSE number.
    pub fn number(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::Ed25519 => -8,
            Self::Rs256(_) => -257,
            Self::Es384 => -35,
        }
    }
}

/// What to say instead of the truth.
#[derive(Clone, Debug, Default)]
pub struct Lies {
    pub kind: Option<&'static str>,
    pub challenge: Option<&'static [u8]>,
    pub origin: Option<&'static str>,
    pub rp_id: Option<&'static str>,
    pub cross_origin: Option<bool>,
    pub top_origin: Option<&'static str>,
    /// Flags (WA 6.1) that are on, or off, against the truth.
    pub flags_on: u8,
    pub flags_off: u8,
    /// The counter to show.
    pub counter: Option<u32>,
    /// The user handle to show: none at all, or another.
    pub handle: Option<Option<&'static [u8]>>,
    /// The credential id to show in the answer.
    pub id: Option<&'static [u8]>,
    /// Sign with a fresh key of the same kind.
    pub other_key: bool,
    /// Bytes put behind the authenticator data.
    pub trailing: &'static [u8],
    /// An attestation's format, with the statement as CBOR.
    pub attestation: Option<(&'static str, &'static [u8])>,
    /// Attest by its own key ("packed"), claiming this algorithm.
    pub attest_itself_as: Option<i64>,
}

pub const USER_PRESENT: u8 = 0x01;
pub const USER_VERIFIED: u8 = 0x04;
pub const BACKUP_ELIGIBLE: u8 = 0x08;
pub const BACKED_UP: u8 = 0x10;

/// One passkey with one private key.
pub struct SoftPasskey {
    pub id: Vec<u8>,
    pub counter: u32,
    /// What it says when it is honest. Verified, and not synchronised.
    pub flags: u8,
    origin: String,
    rp_id: String,
    handle: Vec<u8>,
    algorithm: Algorithm,
    key: PKey<Private>,
}

impl SoftPasskey {
    /// What `navigator.credentials.create` with `options` does on a page of `origin`: a passkey, and
    /// the answer's JSON.
    pub fn create(options: &Value, origin: &str, algorithm: Algorithm, lies: &Lies) -> (Self, String) {
        let mut id = vec![0; 32];
        openssl::rand::rand_bytes(&mut id).unwrap();
        let passkey = Self {
            id,
            counter: 0,
            flags: USER_PRESENT | USER_VERIFIED,
            origin: origin.to_owned(),
            rp_id: options["rp"]["id"].as_str().unwrap().to_owned(),
            handle: decode(&options["user"]["id"]),
            algorithm,
            key: new_key(algorithm),
        };
        let answer = passkey.attestation(options, lies);
        (passkey, answer)
    }

    /// The answer alone, as if made anew.
    pub fn attestation(&self, options: &Value, lies: &Lies) -> String {
        let client_data = self.client_data("webauthn.create", options, lies);
        let mut data = self.authenticator_data(0x40, lies);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(self.cose_key());
        data.extend(lies.trailing);
        let (format, statement) = match (lies.attestation, lies.attest_itself_as) {
            (Some((format, statement)), _) => (format, statement.to_vec()),
            (None, Some(number)) => {
                let signature = self.sign(&data, &client_data, lies);
                ("packed", map(&[(text("alg"), integer(number)), (text("sig"), bytes(&signature))]))
            }
            (None, None) => ("none", map(&[])),
        };
        let object = map(&[
            (text("fmt"), text(format)),
            (text("attStmt"), statement),
            (text("authData"), bytes(&data)),
        ]);
        let id = BASE64URL_NOPAD.encode(lies.id.unwrap_or(&self.id));
        json!({
            "id": id, "rawId": id, "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": { "credProps": { "rk": true } },
            "response": {
                "clientDataJSON": BASE64URL_NOPAD.encode(&client_data),
                "attestationObject": BASE64URL_NOPAD.encode(&object),
                "transports": ["internal", "hybrid"],
                "publicKeyAlgorithm": self.algorithm.number(),
            },
        })
        .to_string()
    }

    /// What `navigator.credentials.get` with `options` does: the answer's JSON.
    pub fn get(&mut self, options: &Value, lies: &Lies) -> String {
        self.counter += 1;
        let client_data = self.client_data("webauthn.get", options, lies);
        let mut data = self.authenticator_data(0, lies);
        data.extend(lies.trailing);
        let signature = self.sign(&data, &client_data, lies);
        let id = BASE64URL_NOPAD.encode(lies.id.unwrap_or(&self.id));
        let handle = lies.handle.unwrap_or(Some(&self.handle)).map(|it| BASE64URL_NOPAD.encode(it));
        json!({
            "id": id, "rawId": id, "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": BASE64URL_NOPAD.encode(&client_data),
                "authenticatorData": BASE64URL_NOPAD.encode(&data),
                "signature": BASE64URL_NOPAD.encode(&signature),
                "userHandle": handle,
            },
        })
        .to_string()
    }

    fn client_data(&self, kind: &str, options: &Value, lies: &Lies) -> Vec<u8> {
        let challenge = lies.challenge.map_or_else(|| decode(&options["challenge"]), <[u8]>::to_vec);
        let mut said = json!({
            "type": lies.kind.unwrap_or(kind),
            "challenge": BASE64URL_NOPAD.encode(&challenge),
            "origin": lies.origin.unwrap_or(&self.origin),
            "crossOrigin": lies.cross_origin.unwrap_or(false),
            "other_keys_can_be_added_here": "do not compare clientDataJSON against a template",
        });
        if let Some(origin) = lies.top_origin {
            said["topOrigin"] = origin.into();
        }
        said.to_string().into_bytes()
    }

    fn authenticator_data(&self, flags: u8, lies: &Lies) -> Vec<u8> {
        let flags = (self.flags | flags | lies.flags_on) & !lies.flags_off;
        let mut data = sha256(lies.rp_id.unwrap_or(&self.rp_id).as_bytes()).to_vec();
        data.push(flags);
        data.extend(lies.counter.unwrap_or(self.counter).to_be_bytes());
        data
    }

    fn sign(&self, authenticator_data: &[u8], client_data: &[u8], lies: &Lies) -> Vec<u8> {
        let other = lies.other_key.then(|| new_key(self.algorithm));
        let key = other.as_ref().unwrap_or(&self.key);
        let message = [authenticator_data, &sha256(client_data)].concat();
        let mut signer = match self.algorithm {
            Algorithm::Ed25519 => Signer::new_without_digest(key).unwrap(),
            Algorithm::Es384 => Signer::new(MessageDigest::sha384(), key).unwrap(),
            Algorithm::Es256 | Algorithm::Rs256(_) => Signer::new(MessageDigest::sha256(), key).unwrap(),
        };
        signer.sign_oneshot_to_vec(&message).unwrap()
    }

    fn cose_key(&self) -> Vec<u8> {
        let number = integer(self.algorithm.number());
        match self.algorithm {
            Algorithm::Es256 | Algorithm::Es384 => {
                let (curve, length) = if self.algorithm == Algorithm::Es256 { (1, 32) } else { (2, 48) };
                let key = self.key.ec_key().unwrap();
                let (mut x, mut y) =
                    (openssl::bn::BigNum::new().unwrap(), openssl::bn::BigNum::new().unwrap());
                let mut context = BigNumContext::new().unwrap();
                key.public_key().affine_coordinates(key.group(), &mut x, &mut y, &mut context).unwrap();
                let coordinate = |it: &openssl::bn::BigNum| bytes(&it.to_vec_padded(length).unwrap());
                map(&[
                    (integer(1), integer(2)),
                    (integer(3), number),
                    (integer(-1), integer(curve)),
                    (integer(-2), coordinate(&x)),
                    (integer(-3), coordinate(&y)),
                ])
            }
            Algorithm::Ed25519 => map(&[
                (integer(1), integer(1)),
                (integer(3), number),
                (integer(-1), integer(6)),
                (integer(-2), bytes(&self.key.raw_public_key().unwrap())),
            ]),
            Algorithm::Rs256(_) => {
                let key = self.key.rsa().unwrap();
                map(&[
                    (integer(1), integer(3)),
                    (integer(3), number),
                    (integer(-1), bytes(&key.n().to_vec())),
                    (integer(-2), bytes(&key.e().to_vec())),
                ])
            }
        }
    }
}

fn new_key(algorithm: Algorithm) -> PKey<Private> {
    let curve = |nid| EcKey::generate(&EcGroup::from_curve_name(nid).unwrap()).and_then(PKey::from_ec_key);
    match algorithm {
        Algorithm::Es256 => curve(Nid::X9_62_PRIME256V1),
        Algorithm::Es384 => curve(Nid::SECP384R1),
        Algorithm::Ed25519 => PKey::generate_ed25519(),
        Algorithm::Rs256(bits) => Rsa::generate(bits).and_then(PKey::from_rsa),
    }
    .unwrap()
}

fn decode(text: &Value) -> Vec<u8> {
    BASE64URL_NOPAD.decode(text.as_str().unwrap().as_bytes()).unwrap()
}

/// CBOR (RFC 8949): a head of `major` with `value`.
fn head(major: u8, value: u64) -> Vec<u8> {
    let major = major << 5;
    match value {
        0..24 => vec![major | value as u8],
        24..0x100 => vec![major | 24, value as u8],
        0x100..0x1_0000 => [vec![major | 25], (value as u16).to_be_bytes().to_vec()].concat(),
        _ => [vec![major | 26], (value as u32).to_be_bytes().to_vec()].concat(),
    }
}

fn integer(value: i64) -> Vec<u8> {
    if value < 0 { head(1, value.unsigned_abs() - 1) } else { head(0, value.unsigned_abs()) }
}

fn bytes(value: &[u8]) -> Vec<u8> {
    [head(2, value.len() as u64), value.to_vec()].concat()
}

fn text(value: &str) -> Vec<u8> {
    [head(3, value.len() as u64), value.as_bytes().to_vec()].concat()
}

fn map(entries: &[(Vec<u8>, Vec<u8>)]) -> Vec<u8> {
    let mut out = head(5, entries.len() as u64);
    for (key, value) in entries {
        out.extend(key);
        out.extend(value);
    }
    out
}
