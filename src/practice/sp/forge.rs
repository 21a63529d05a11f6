//! Responses made by hand for the tests: good ones, and every kind of bad one. Text is written in
//! exclusive canonical form already, so that a digest needs no canonicaliser; xmlsec, which
//! verifies, has one and would object.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use openssl::asn1::Asn1Time;
use openssl::hash::{MessageDigest, hash};
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::sign::Signer;
use openssl::x509::{X509, X509Name};

use super::request::escape;
use super::{DS, EMAIL, SAML, SAMLP};

/// A key pair and a self-signed certificate.
pub struct Key {
    private: PKey<Private>,
    pub certificate_der: Vec<u8>,
}

impl Key {
    pub fn new() -> Self {
        let private = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
        let mut name = X509Name::builder().unwrap();
        name.append_entry_by_text("CN", "forge").unwrap();
        let name = name.build();
        let mut certificate = X509::builder().unwrap();
        certificate.set_subject_name(&name).unwrap();
        certificate.set_issuer_name(&name).unwrap();
        certificate.set_pubkey(&private).unwrap();
        certificate.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
        certificate.set_not_after(&Asn1Time::days_from_now(9).unwrap()).unwrap();
        certificate.sign(&private, MessageDigest::sha256()).unwrap();
        Self { private, certificate_der: certificate.build().to_der().unwrap() }
    }
}

/// How to sign.
#[derive(Clone, Copy)]
pub struct Algorithms {
    pub signature: (&'static str, fn() -> MessageDigest),
    pub digest: (&'static str, fn() -> MessageDigest),
}

pub const SHA256: Algorithms = Algorithms {
    signature: ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", MessageDigest::sha256),
    digest: ("http://www.w3.org/2001/04/xmlenc#sha256", MessageDigest::sha256),
};
pub const SHA1_DIGEST: Algorithms =
    Algorithms { digest: ("http://www.w3.org/2000/09/xmldsig#sha1", MessageDigest::sha1), ..SHA256 };
pub const SHA1_SIGNATURE: Algorithms =
    Algorithms { signature: ("http://www.w3.org/2000/09/xmldsig#rsa-sha1", MessageDigest::sha1), ..SHA256 };

/// The `<ds:Signature>` over `canonical`, the bytes of the element called `id`.
pub fn signature(key: &Key, algorithms: Algorithms, id: &str, canonical: &str) -> String {
    let (digest_uri, digest) = algorithms.digest;
    let (signature_uri, signature) = algorithms.signature;
    let digest = STANDARD.encode(hash(digest(), canonical.as_bytes()).unwrap());
    let c14n = "http://www.w3.org/2001/10/xml-exc-c14n#";
    let info = |namespace: &str| {
        format!(
            "<ds:SignedInfo{namespace}><ds:CanonicalizationMethod Algorithm=\"{c14n}\">\
             </ds:CanonicalizationMethod><ds:SignatureMethod Algorithm=\"{signature_uri}\">\
             </ds:SignatureMethod><ds:Reference URI=\"#{id}\"><ds:Transforms>\
             <ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\">\
             </ds:Transform><ds:Transform Algorithm=\"{c14n}\"></ds:Transform></ds:Transforms>\
             <ds:DigestMethod Algorithm=\"{digest_uri}\"></ds:DigestMethod>\
             <ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
        )
    };
    let mut signer = Signer::new(signature(), &key.private).unwrap();
    signer.update(info(&format!(" xmlns:ds=\"{DS}\"")).as_bytes()).unwrap();
    let value = STANDARD.encode(signer.sign_to_vec().unwrap());
    let certificate = STANDARD.encode(&key.certificate_der);
    format!(
        "<ds:Signature xmlns:ds=\"{DS}\">{}<ds:SignatureValue>{value}</ds:SignatureValue><ds:KeyInfo>\
         <ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>\
         </ds:Signature>",
        info("")
    )
}

/// A response about to be made; the default is one the tests' SP accepts.
#[derive(Clone)]
pub struct Forge {
    pub version: &'static str,
    pub issuer: &'static str,
    pub destination: &'static str,
    pub recipient: &'static str,
    pub audience: &'static str,
    pub in_response_to: &'static str,
    pub issue_instant: &'static str,
    pub not_before: &'static str,
    pub not_on_or_after: &'static str,
    pub session_index: &'static str,
    pub name_id: &'static str,
    pub name_id_format: &'static str,
    pub name: &'static str,
    /// Nested StatusCode elements, the message after them.
    pub status: &'static str,
    /// Inside the Conditions, after the audience.
    pub more_conditions: &'static str,
    pub sign_assertion: bool,
    pub sign_response: bool,
    pub assertion: bool,
    pub algorithms: Algorithms,
}

pub const SUCCESS: &str =
    "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"></samlp:StatusCode>";

impl Default for Forge {
    fn default() -> Self {
        Self {
            version: "2.0",
            issuer: "http://localhost:8080/idp",
            destination: "http://guard.localhost:8082/login/callback?connection=saml-1",
            recipient: "http://guard.localhost:8082/login/callback?connection=saml-1",
            audience: "http://guard.localhost:8082/saml/1",
            in_response_to: "_request",
            issue_instant: "2026-11-23T12:00:00Z",
            not_before: "2026-11-23T11:57:00Z",
            not_on_or_after: "2026-11-23T12:05:00Z",
            session_index: "_session",
            name_id: "ada@example.com",
            name_id_format: EMAIL,
            name: "customer-1",
            status: SUCCESS,
            more_conditions: "",
            sign_assertion: true,
            sign_response: true,
            assertion: true,
            algorithms: SHA256,
        }
    }
}

impl Forge {
    /// The assertion `id`, signed or not.
    pub fn assertion(&self, key: &Key, id: &str) -> String {
        let Self { version, issuer, recipient, audience, in_response_to, issue_instant, .. } = self;
        let Self { not_before, not_on_or_after, name_id_format, more_conditions, .. } = self;
        let (name_id, recipient) = (escape(self.name_id), escape(recipient));
        let index = match self.session_index {
            "" => String::new(),
            index => format!(" SessionIndex=\"{index}\""),
        };
        let attributes: String = [
            ("emailaddress", self.name_id),
            ("givenname", "Ada"),
            ("name", self.name),
            ("surname", "Lace"),
        ]
        .iter()
        .map(|(name, value)| {
            format!(
                "<saml:Attribute Name=\"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/{name}\">\
                         <saml:AttributeValue>{}</saml:AttributeValue></saml:Attribute>",
                escape(value).replace("&quot;", "\"")
            )
        })
        .collect();
        let head = format!(
            "<saml:Assertion xmlns:saml=\"{SAML}\" ID=\"{id}\" IssueInstant=\"{issue_instant}\" \
             Version=\"{version}\"><saml:Issuer>{issuer}</saml:Issuer>"
        );
        let tail = format!(
            "<saml:Subject><saml:NameID Format=\"{name_id_format}\">{name_id}</saml:NameID>\
             <saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">\
             <saml:SubjectConfirmationData InResponseTo=\"{in_response_to}\" \
             NotOnOrAfter=\"{not_on_or_after}\" Recipient=\"{recipient}\"></saml:SubjectConfirmationData>\
             </saml:SubjectConfirmation></saml:Subject>\
             <saml:Conditions NotBefore=\"{not_before}\" NotOnOrAfter=\"{not_on_or_after}\">\
             <saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction>\
             {more_conditions}</saml:Conditions>\
             <saml:AuthnStatement AuthnInstant=\"{issue_instant}\"{index}><saml:AuthnContext>\
             <saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken\
             </saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>\
             <saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"
        );
        self.put_signature(key, id, &head, &tail, self.sign_assertion)
    }

    /// A response `id` around `content`, signed or not.
    pub fn response(&self, key: &Key, id: &str, content: &str) -> String {
        let Self { version, issuer, in_response_to, issue_instant, status, .. } = self;
        let head = format!(
            "<samlp:Response xmlns:samlp=\"{SAMLP}\" Destination=\"{}\" ID=\"{id}\" \
             InResponseTo=\"{in_response_to}\" IssueInstant=\"{issue_instant}\" Version=\"{version}\">\
             <saml:Issuer xmlns:saml=\"{SAML}\">{issuer}</saml:Issuer>",
            escape(self.destination)
        );
        let tail = format!("<samlp:Status>{status}</samlp:Status>{content}</samlp:Response>");
        self.put_signature(key, id, &head, &tail, self.sign_response)
    }

    fn put_signature(&self, key: &Key, id: &str, head: &str, tail: &str, sign: bool) -> String {
        let slot = match sign {
            true => signature(key, self.algorithms, id, &format!("{head}{tail}")),
            false => String::new(),
        };
        format!("{head}{slot}{tail}")
    }

    /// The whole message.
    pub fn xml(&self, key: &Key) -> String {
        let content = if self.assertion { self.assertion(key, "_assertion") } else { String::new() };
        self.response(key, "_response", &content)
    }

    /// The whole message as a browser posts it.
    pub fn message(&self, key: &Key) -> String {
        STANDARD.encode(self.xml(key))
    }
}
