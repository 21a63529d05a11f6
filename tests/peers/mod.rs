//! Judges nobody here wrote look at what the SAML room writes, and write what it reads: `xmlsec1`
//! verifies both signatures, `xmllint` holds documents against the OASIS schemas and canonicalizes
//! them, node-saml and python3-saml act as service providers. Duo's SDK and a client of Yubico's protocol try
//! the practice gateways. `script/peers` installs them.

mod gateways;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use vestibule::clock::Clock;
use vestibule::random::Random;
use vestibule::saml::authn_context::{Comparison, REFEDS_MFA, TIME_SYNC_TOKEN};
use vestibule::saml::metadata::{identity_provider, read_service_provider};
use vestibule::saml::response::{status, success};
use vestibule::saml::{
    Expected, NewKey, Refusal, RequestFault, SigningKey, Status, Subject, Success, check, new_id,
    read_redirect,
};
use vestibule::sites::SiteId;

const IDP: &str = "https://vestibule.example/sites/7/saml/metadata";
const SSO: &str = "https://vestibule.example/sites/7/saml/sso";
const SP: &str = "https://auth.atlassian.com/saml/0f3c";
const ACS: &str = "https://auth.atlassian.com/login/callback?connection=saml-0f3c";
const CLAIMS: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

/// Values that try to break out of where they stand, or to be misread.
const HOSTILE: [&str; 11] = [
    "Ada",
    "a\tb\nc\rd  e",
    "<>&\"'",
    "]]>",
    "&amp;&#65;",
    "\u{1F510} \u{1F469}\u{200D}\u{1F52C} e\u{301}",
    "\u{202E}moc.elpmaxe\u{202C} \u{05E9}\u{05DC}\u{05D5}\u{05DD}",
    "x</saml:AttributeValue></saml:Attribute><saml:Attribute Name=\"groups\"><saml:AttributeValue>admin",
    "x\" Name=\"groups",
    "<!--Ada--><?x?><![CDATA[Ada]]>",
    concat!(
        "0123456789é123456789é123456789é123456789é123456789é123456789é123456789é123456789é123456789é123456789",
        "é123456789é123456789é123456789é123456789é123456789é123456789é123456789é123456789é123456789é123456789"
    ),
];

/// One key pair for all tests: making one takes a while.
static KEY: LazyLock<(NewKey, SigningKey)> = LazyLock::new(|| {
    let random = Random::System;
    let site = SiteId(random.uuid());
    let new = NewKey::generate(site, random.uuid(), random.bytes(), Clock::System.now()).unwrap();
    let key = SigningKey::decode(&new.private_key, &new.certificate).unwrap();
    (new, key)
});

fn certificate_pem() -> String {
    let lines: Vec<&str> =
        KEY.1.certificate_base64().as_bytes().chunks(64).map(|l| std::str::from_utf8(l).unwrap()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

fn example<'a>(text: &'a str, email: &'a str, id: &'a str, now: OffsetDateTime) -> Success<'a> {
    Success {
        issuer: IDP,
        acs_url: ACS,
        audience: SP,
        in_response_to: "_request",
        response_id: id,
        assertion_id: &id[1..],
        subject: Subject { email, given_name: text, family_name: text, stable_id: text },
        session_index: "_session-1",
        authn_instant: now - Duration::minutes(1),
        authn_context: TIME_SYNC_TOKEN,
        now,
    }
}

/// A signed response whose every free value is `text`.
fn response(text: &str, now: OffsetDateTime) -> String {
    let id = format!("_a{}", new_id(&Random::System));
    // SPs have no opinion on a NameID's form but its white space, so it can be hostile too.
    success(&KEY.1, &example(text, text, &id[..], now)).unwrap()
}

/// Runs `command` with `input`; its output if it succeeds, else everything it said.
fn run(command: &mut Command, input: &[u8]) -> Result<Vec<u8>, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child =
        child.unwrap_or_else(|e| panic!("{program} does not start ({e}): run script/peers first"));
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A peer that stops reading early says why on its error output.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    if output.status.success() {
        Ok(output.stdout)
    } else {
        let said = [output.stdout, output.stderr].concat();
        Err(format!("{program} failed: {}", String::from_utf8_lossy(&said)))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// An installed peer's file.
fn peer(path: &str) -> PathBuf {
    let path = root().join("target/peers").join(path);
    assert!(path.exists(), "{} is missing: run script/peers first", path.display());
    path
}

fn xmllint(arguments: &[&str], xml: &str) -> Result<Vec<u8>, String> {
    let mut command = Command::new("xmllint");
    command.env("XML_CATALOG_FILES", root().join("tests/peers/catalog.xml")).arg("--nonet");
    run(command.args(arguments).arg("-"), xml.as_bytes())
}

/// Holds `xml` against an OASIS schema.
fn valid(schema: &str, xml: &str) -> Result<(), String> {
    let schema = format!("/usr/share/xml/opensaml/saml-schema-{schema}-2.0.xsd");
    assert!(Path::new(&schema).exists(), "{schema} is missing: run script/peers first");
    xmllint(&["--noout", "--schema", &schema], xml).map(drop)
}

/// Has xmlsec1 verify the signature of the element `node` (a local name and its namespace).
fn verified(xml: &str, (_, name): (&str, &str)) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let (pem, document) = (folder.path().join("idp.crt"), folder.path().join("response.xml"));
    std::fs::write(&pem, certificate_pem()).unwrap();
    std::fs::write(&document, xml).unwrap();
    let signature = format!(
        "//*[local-name()='{name}']/*[local-name()='Signature' and namespace-uri()='http://www.w3.org/2000/09/xmldsig#']"
    );
    let mut command = Command::new("xmlsec1");
    command.args(["--verify", "--enabled-key-data", "rsa", "--pubkey-cert-pem"]).arg(pem);
    for (namespace, name) in [RESPONSE, ASSERTION] {
        command.args(["--id-attr:ID", &format!("{namespace}:{name}")]);
    }
    command.args(["--node-xpath", &signature]).arg(document);
    run(&mut command, b"").map(drop)
}

const RESPONSE: (&str, &str) = ("urn:oasis:names:tc:SAML:2.0:protocol", "Response");
const ASSERTION: (&str, &str) = ("urn:oasis:names:tc:SAML:2.0:assertion", "Assertion");

#[test]
pub fn xmlsec_verifies_both_signatures_whatever_the_values() {
    let now = Clock::System.now();
    for hostile in HOSTILE {
        let xml = response(hostile, now);
        verified(&xml, RESPONSE).unwrap_or_else(|said| panic!("{hostile:?}, response: {said}"));
        verified(&xml, ASSERTION).unwrap_or_else(|said| panic!("{hostile:?}, assertion: {said}"));
    }
    let xml = response("Ada", now);
    let renamed = xml.replacen(">Ada<", ">Eve<", 1);
    assert_ne!(xml, renamed);
    assert!(verified(&renamed, RESPONSE).is_err() && verified(&renamed, ASSERTION).is_err());
    let readdressed = xml.replacen("Destination=\"https://auth", "Destination=\"https://evil", 1);
    assert!(verified(&readdressed, RESPONSE).is_err() && verified(&readdressed, ASSERTION).is_ok());
}

#[test]
pub fn documents_are_written_in_canonical_form() {
    let now = Clock::System.now();
    let refusal = refused(Refusal::NoPassive, now);
    for xml in HOSTILE.map(|hostile| response(hostile, now)).into_iter().chain([refusal]) {
        let canonical = String::from_utf8(xmllint(&["--exc-c14n"], &xml).unwrap()).unwrap();
        assert_eq!(canonical, xml);
    }
}

#[test]
pub fn documents_are_valid_by_the_oasis_schemas() {
    let now = Clock::System.now();
    for hostile in HOSTILE {
        valid("protocol", &response(hostile, now)).unwrap_or_else(|said| panic!("{hostile:?}: {said}"));
    }
    for refusal in REFUSALS {
        valid("protocol", &refused(refusal, now)).unwrap();
    }
    let certificates = vec![KEY.0.certificate.clone(), KEY.0.certificate.clone()];
    valid("metadata", &identity_provider(IDP, SSO, &certificates).unwrap()).unwrap();
    assert!(valid("protocol", &response("Ada", now).replace("Version=\"2.0\"", "")).is_err());
}

const REFUSALS: [Refusal; 5] = [
    Refusal::NoPassive,
    Refusal::RequestDenied,
    Refusal::NoAuthnContext,
    Refusal::InvalidNameIdPolicy,
    Refusal::UnsupportedBinding,
];

fn refused(refusal: Refusal, now: OffsetDateTime) -> String {
    let status_to = Status {
        issuer: IDP,
        acs_url: ACS,
        in_response_to: "_request",
        response_id: &new_id(&Random::System),
        refusal,
        now,
    };
    status(&KEY.1, &status_to).unwrap()
}

#[test]
pub fn xmlsec_verifies_a_refusal() {
    for refusal in REFUSALS {
        verified(&refused(refusal, Clock::System.now()), RESPONSE).unwrap();
    }
}

/// A service provider: given the job as JSON, it answers in JSON.
type Provider = fn(&Value) -> Value;

fn node_saml(job: &Value) -> Value {
    let mut command = Command::new("node");
    command.env("NODE_PATH", peer("node_modules")).arg(root().join("tests/peers/node_saml.cjs"));
    answer(&mut command, job)
}

fn python3_saml(job: &Value) -> Value {
    answer(Command::new(peer("venv/bin/python")).arg(root().join("tests/peers/python3_saml.py")), job)
}

fn answer(command: &mut Command, job: &Value) -> Value {
    let output = run(command, job.to_string().as_bytes()).unwrap_or_else(|said| panic!("{said}"));
    serde_json::from_slice(&output).unwrap()
}

fn job(responses: &[Value]) -> Value {
    let sp = json!({
        "entityId": SP, "acs": ACS, "ssoUrl": SSO, "idp": IDP, "certificate": KEY.1.certificate_base64(),
    });
    json!({ "sp": sp, "responses": responses })
}

fn case(name: &str, xml: &str) -> Value {
    json!({ "name": name, "response": BASE64.encode(xml), "requestId": "_request" })
}

#[test]
pub fn node_saml_reads_exactly_what_was_written() {
    reads_exactly_what_was_written(node_saml);
}

#[test]
pub fn python3_saml_reads_exactly_what_was_written() {
    reads_exactly_what_was_written(python3_saml);
}

fn reads_exactly_what_was_written(provider: Provider) {
    let now = Clock::System.now();
    let cases = HOSTILE.map(|hostile| case(hostile, &response(hostile, now)));
    let answer = provider(&job(&cases));
    let verdicts = answer["verdicts"].as_array().unwrap();
    assert_eq!(verdicts.len(), HOSTILE.len());
    for (verdict, hostile) in verdicts.iter().zip(HOSTILE) {
        let claims = ["givenname", "surname", "name", "emailaddress"];
        let attributes: serde_json::Map<String, Value> =
            claims.iter().map(|claim| (format!("{CLAIMS}{claim}"), json!([hostile]))).collect();
        let wanted = json!({
            "name": hostile, "ok": true, "nameId": hostile, "sessionIndex": "_session-1",
            "attributes": attributes,
        });
        assert_eq!(*verdict, wanted);
    }
}

#[test]
pub fn node_saml_refuses_what_is_not_genuine() {
    refuses_what_is_not_genuine(node_saml);
}

#[test]
pub fn python3_saml_refuses_what_is_not_genuine() {
    refuses_what_is_not_genuine(python3_saml);
}

/// The judges judge: what must be refused is.
fn refuses_what_is_not_genuine(provider: Provider) {
    let now = Clock::System.now();
    let genuine = response("Ada", now);
    let with = |name, more: Value| {
        let mut case = case(name, &genuine);
        case.as_object_mut().unwrap().append(&mut more.as_object().unwrap().clone());
        case
    };
    let answer = provider(&job(&[
        case("genuine", &genuine),
        with("another audience", json!({ "audience": "https://other.example/" })),
        with("another request", json!({ "requestId": "_other" })),
        case("tampered name", &genuine.replacen(">Ada<", ">Eve<", 1)),
        case(
            "tampered destination",
            &genuine.replacen("Destination=\"https://auth", "Destination=\"https://evil", 1),
        ),
        case("expired", &response("Ada", now - Duration::hours(1))),
        case("not yet valid", &response("Ada", now + Duration::hours(1))),
        case("no passive", &refused(Refusal::NoPassive, now)),
        case("no context", &refused(Refusal::NoAuthnContext, now)),
    ]));
    for verdict in answer["verdicts"].as_array().unwrap() {
        assert_eq!(verdict["ok"], verdict["name"] == "genuine", "{verdict}");
    }
    let no_passive = &answer["verdicts"][7]["error"];
    assert!(no_passive.as_str().is_some_and(|e| e.contains("NoPassive")), "{no_passive}");
}

#[test]
pub fn node_samls_messages_are_read() {
    messages_are_read(node_saml);
}

#[test]
pub fn python3_samls_messages_are_read() {
    messages_are_read(python3_saml);
}

/// The other way round: metadata, and three AuthnRequests: plain, forced, and passive with a wish for MFA.
fn messages_are_read(provider: Provider) {
    let now = Clock::System.now();
    let answer = provider(&job(&[]));
    let requests: Vec<&str> =
        answer["requests"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let metadata = read_service_provider(answer["metadata"].as_str().unwrap()).unwrap();
    assert_eq!((metadata.entity_id.as_str(), metadata.acs_url.as_str()), (SP, ACS));
    let [plain, forced, passive] = requests[..] else { panic!("{answer}") };
    let expected = Expected { entity_id: SP, acs_url: ACS, destination: SSO };
    for request in [plain, forced, passive] {
        let request = read_redirect(request).unwrap();
        assert_eq!(check(&request, &expected, now), Ok(()), "{request:?}");
        let elsewhere = Expected { acs_url: "https://other.example/acs", ..expected };
        assert!(matches!(check(&request, &elsewhere, now), Err(RequestFault::Acs(_))));
    }
    let [plain, forced, passive] = [plain, forced, passive].map(|request| read_redirect(request).unwrap());
    assert!(!plain.force_authn && !plain.is_passive && plain.requested_contexts.is_some());
    assert!(forced.force_authn && forced.requested_contexts.is_none() && forced.name_id_format.is_none());
    let contexts = passive.requested_contexts.unwrap();
    assert!(passive.is_passive && contexts.comparison == Comparison::Minimum);
    assert_eq!(contexts.classes, [REFEDS_MFA]);
}
