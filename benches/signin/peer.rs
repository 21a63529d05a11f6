//! The peer: npm `samlp` in as many processes as there are cores (`benches/peer`).

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use openssl::asn1::Asn1Time;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::x509::{X509, X509NameBuilder};

/// A running peer; ends when dropped.
pub struct Peer {
    process: Child,
    pub address: SocketAddr,
}

/// What the peer signs.
#[derive(Clone, Copy, Debug)]
pub enum Signs {
    /// Its default: one signature.
    Assertion,
    /// As we do: two.
    Both,
}

impl Peer {
    /// Starts the peer with the modules installed in `modules`.
    pub fn start(modules: &Path, workers: usize, acs_url: &str, signs: Signs) -> Result<Self> {
        let (key, certificate) = key_and_certificate()?;
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peer/server.js");
        let mut process = Command::new("node")
            // samlp uses `new Buffer`; Node says so on every start.
            .args(["--no-deprecation", script])
            .env("NODE_PATH", modules)
            .env("NODE_ENV", "production")
            .env("PEER_KEY", key)
            .env("PEER_CERT", certificate)
            .env("PEER_ACS", acs_url)
            .env("PEER_WORKERS", workers.to_string())
            .env("PEER_SIGN", if matches!(signs, Signs::Both) { "both" } else { "assertion" })
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start node")?;
        let stdout = process.stdout.take().context("the peer has no output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let port = line.trim().strip_prefix("ready ").and_then(|port| port.parse().ok());
        let port: u16 = port.context("the peer did not start; its error is above")?;
        Ok(Self { process, address: ([127, 0, 0, 1], port).into() })
    }

    /// The primary's process id; the workers are its children.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Closing its standard input asks it to stop.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

fn key_and_certificate() -> Result<(String, String)> {
    let key = PKey::from_rsa(Rsa::generate(2048)?)?;
    let mut name = X509NameBuilder::new()?;
    name.append_entry_by_text("CN", "peer")?;
    let name = name.build();
    let mut certificate = X509::builder()?;
    certificate.set_subject_name(&name)?;
    certificate.set_issuer_name(&name)?;
    certificate.set_pubkey(&key)?;
    certificate.set_not_before(&*Asn1Time::days_from_now(0)?)?;
    certificate.set_not_after(&*Asn1Time::days_from_now(1)?)?;
    certificate.sign(&key, MessageDigest::sha256())?;
    let certificate = certificate.build().to_pem()?;
    Ok((String::from_utf8(key.private_key_to_pem_pkcs8()?)?, String::from_utf8(certificate)?))
}
