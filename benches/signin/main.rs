//! `script/bench`: how fast sign-ins are, as ratios to what the machine's crypto can do and beside
//! a peer, all from one run. Not a test: nothing is asserted but that every answer was right.

mod cpu;
mod http;
mod load;
mod peer;
mod raw;
mod report;
mod requests;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use time::OffsetDateTime;

use http::Browser;
use peer::{Peer, Signs};

const CONNECTIONS: usize = 16;
const ACS_URL: &str = "https://auth.atlassian.com/login/callback?connection=saml-bench";
const SP_ENTITY_ID: &str = "https://auth.atlassian.com/saml/bench";
/// How long each load runs at most.
const LIMIT: Duration = Duration::from_secs(15);
/// How long each raw rate is measured.
const RAW: Duration = Duration::from_secs(4);

fn main() -> Result<()> {
    let cores = std::thread::available_parallelism()?.get();
    report::machine(cores);
    let raw =
        report::Raw { cores, signatures: raw::signatures(cores, RAW)?, argon2: raw::argon2(cores, RAW)? };
    raw.print();
    peers(&raw)
}

/// Loads the peer with the AuthnRequests our own server gets.
fn peers(raw: &report::Raw) -> Result<()> {
    let Some(modules) = setting("BENCH_PEER_MODULES") else {
        println!("peer: left out (npm packages not installed)");
        return Ok(());
    };
    for signs in [Signs::Both, Signs::Assertion] {
        let peer = Peer::start(&PathBuf::from(&modules), raw.cores, ACS_URL, signs)?;
        let ends =
            requests::Ends { sso_url: "http://peer/sso", acs_url: ACS_URL, sp_entity_id: SP_ENTITY_ID };
        let queries = requests::prepare(&ends, now(), "9", 20_000)?;
        let mut browsers = (0..CONNECTIONS)
            .map(|number| Browser::connect(peer.address, "peer", number))
            .collect::<Result<Vec<_>>>()?;
        let answer = |browser: &mut Browser, query: &String| {
            browser.get(&format!("/sso?{query}"))?.must_carry_a_response()
        };
        let (warm_up, run) = queries.split_at(1_000);
        load::drive(&mut browsers, warm_up, LIMIT, peer.pid(), answer).context("the peer's warm-up")?;
        let outcome = load::drive(&mut browsers, run, LIMIT, peer.pid(), answer)?;
        report::peer(raw, signs, &outcome);
    }
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "a benchmark runs in real time")]
fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

#[allow(clippy::disallowed_methods, reason = "script/bench talks to this program alone")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
