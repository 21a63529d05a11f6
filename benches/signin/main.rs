//! `script/bench`: how fast sign-ins are, as ratios to what the machine's crypto can do and beside
//! a peer, all from one run. Not a test: nothing is asserted but that every answer was right.

mod cpu;
mod http;
mod load;
mod peer;
mod raw;
mod report;
mod requests;
mod world;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use time::OffsetDateTime;

use http::Browser;
use load::Outcome;
use peer::{Peer, Signs};
use world::{Person, World};

const CONNECTIONS: usize = 16;
const ACS_URL: &str = "https://auth.atlassian.com/login/callback?connection=saml-bench";
const SP_ENTITY_ID: &str = "https://auth.atlassian.com/saml/bench";
/// How long each load runs at most.
const LIMIT: Duration = Duration::from_secs(15);
/// How long each raw rate is measured.
const RAW: Duration = Duration::from_secs(4);

/// Sign-ins measured: each takes a customer of its own, whose code counts once.
const SIGN_INS: usize = 600;
/// Of them, to warm up: caches, connections, the hasher's memory.
const FIRST_SIGN_INS: usize = 64;
const EXCHANGES: usize = 24_000;
const FIRST_EXCHANGES: usize = 1_000;

fn main() -> Result<()> {
    let cores = std::thread::available_parallelism()?.get();
    report::machine(cores);
    let raw =
        report::Raw { cores, signatures: raw::signatures(cores, RAW)?, argon2: raw::argon2(cores, RAW)? };
    raw.print();
    let ours = match setting("BENCH_DATABASE_URL") {
        Some(url) => Some(ours(&raw, &url)?),
        None => {
            println!("\nVestibule: left out (no BENCH_DATABASE_URL; script/bench sets it)");
            None
        }
    };
    match setting("BENCH_PEER_MODULES") {
        Some(modules) => peers(&raw, &PathBuf::from(modules), ours.as_ref()),
        None => {
            println!("\npeer: left out (its npm packages are not installed)");
            Ok(())
        }
    }
}

/// Loads our own server; the outcome with established sessions, to compare the peer with.
fn ours(raw: &report::Raw, database_url: &str) -> Result<Outcome> {
    let postgres = setting("BENCH_POSTGRES_PID").and_then(|pid| pid.parse().ok()).unwrap_or(0);
    let world = World::start(database_url)?;
    let mut browsers = (0..CONNECTIONS).map(|number| world.browser(number)).collect::<Result<Vec<_>>>()?;

    let people = world.people(SIGN_INS + FIRST_SIGN_INS)?;
    let queries = requests::prepare(&world.ends(), world.now(), "1", people.len())?;
    let walks: Vec<_> = queries.iter().zip(&people).collect();
    let walk =
        |browser: &mut Browser, (query, person): &(&String, &Person)| world.sign_in(browser, query, person);
    let (warm_up, run) = walks.split_at(FIRST_SIGN_INS);
    load::drive(&mut browsers, warm_up, LIMIT, postgres, walk).context("the first sign-ins")?;
    report::sign_ins(raw, &load::drive(&mut browsers, run, LIMIT, postgres, walk)?);

    // Every browser goes on with the session of the last person at it.
    let queries = requests::prepare(&world.ends(), world.now(), "2", EXCHANGES)?;
    let resume = |browser: &mut Browser, query: &String| world.resume(browser, query);
    let (warm_up, run) = queries.split_at(FIRST_EXCHANGES);
    load::drive(&mut browsers, warm_up, LIMIT, postgres, resume).context("the first resumed sessions")?;
    let outcome = load::drive(&mut browsers, run, LIMIT, postgres, resume)?;
    report::resumed(raw, &outcome);
    Ok(outcome)
}

/// Loads the peer with the AuthnRequests our own server gets.
fn peers(raw: &report::Raw, modules: &Path, ours: Option<&Outcome>) -> Result<()> {
    for signs in [Signs::Both, Signs::Assertion] {
        let peer = Peer::start(modules, raw.cores, ACS_URL, signs)?;
        let mut browsers = (0..CONNECTIONS)
            .map(|number| Browser::connect(peer.address, "peer", number))
            .collect::<Result<Vec<_>>>()?;
        let ends =
            requests::Ends { sso_url: "http://peer/sso", acs_url: ACS_URL, sp_entity_id: SP_ENTITY_ID };
        let queries = requests::prepare(&ends, now(), "3", EXCHANGES)?;
        let answer = |browser: &mut Browser, query: &String| {
            browser.get(&format!("/sso?{query}"))?.must_carry_a_response()
        };
        let (warm_up, run) = queries.split_at(FIRST_EXCHANGES);
        load::drive(&mut browsers, warm_up, LIMIT, peer.pid(), answer).context("the peer's warm-up")?;
        report::peer(raw, signs, &load::drive(&mut browsers, run, LIMIT, peer.pid(), answer)?, ours);
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
