//! The figures, printed.

use crate::load::Outcome;
use crate::peer::Signs;
use crate::raw::Rate;

/// What the crypto library does on all cores at once.
pub struct Raw {
    pub cores: usize,
    pub signatures: Rate,
    pub argon2: Rate,
}

/// What this ran on.
pub fn machine(cores: usize) {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("unknown").to_owned();
    println!(
        "machine  {cores} cores, {}; load before the run {load}",
        model.map_or("model unknown", |(_, name)| name)
    );
}

impl Raw {
    pub fn print(&self) {
        let line = |what: &str, rate: &Rate| {
            println!("raw      {:8.1} {what} a second on all cores, {:.1} a CPU second", rate.wall, rate.cpu);
        };
        line("RSA-2048 signatures (openssl, SHA-256)", &self.signatures);
        line("argon2id hashes (19 MiB, t=2, p=1)", &self.argon2);
    }
}

/// Password and code, whole walks.
pub fn sign_ins(raw: &Raw, outcome: &Outcome) {
    println!("\nsign-ins with password and TOTP (five requests, one argon2id, two signatures each)");
    ours(outcome);
    ratios(outcome, "argon2id rate", &raw.argon2, 1.0);
}

/// AuthnRequests of browsers that have a session.
pub fn resumed(raw: &Raw, outcome: &Outcome) {
    println!("\nSSO with an established session (one request, two signatures each)");
    ours(outcome);
    ratios(outcome, "signature rate", &raw.signatures, 2.0);
}

/// The peer's exchanges, and how we compare.
pub fn peer(raw: &Raw, signs: Signs, outcome: &Outcome, ours: Option<&Outcome>) {
    let (what, signatures) = match signs {
        Signs::Both => ("assertion and response signed, as ours", 2.0),
        Signs::Assertion => ("its default: assertion signed", 1.0),
    };
    println!("\npeer: npm samlp 8, {} processes, no database, {what}", raw.cores);
    pace(outcome);
    let cpu = outcome.other_cpu.as_secs_f64();
    println!("           CPU seconds: peer {cpu:.1}, load generator {:.1}", outcome.client_cpu.as_secs_f64());
    let rate = outcome.rate();
    ratio(rate * signatures / raw.signatures.wall, "of the raw signature rate, wall clock");
    let a_cpu_second = outcome.done as f64 / cpu;
    ratio(
        a_cpu_second * signatures / raw.signatures.cpu,
        "of the raw signature rate, by its own CPU seconds",
    );
    if let Some(ours) = ours {
        ratio(ours.rate() / rate, "times as many by Vestibule with an established session, wall clock");
    }
}

fn ours(outcome: &Outcome) {
    pace(outcome);
    let [server, postgres, client] =
        [outcome.server_cpu, outcome.other_cpu, outcome.client_cpu].map(|cpu| cpu.as_secs_f64());
    println!(
        "           CPU seconds: server {server:.1}, Postgres {postgres:.1}, load generator {client:.1}"
    );
}

fn pace(outcome: &Outcome) {
    let ms = |share| outcome.latency(share).as_secs_f64() * 1e3;
    println!(
        "  {:8.1} a second: {} in {:.1} s; half within {:.1} ms, 99 of 100 within {:.1} ms",
        outcome.rate(),
        outcome.done,
        outcome.wall.as_secs_f64(),
        ms(0.5),
        ms(0.99),
    );
    let strangers = outcome.stranger_cpu.as_secs_f64();
    if strangers > outcome.wall.as_secs_f64() * 0.1 {
        println!(
            "           NOT ALONE: others used {strangers:.1} CPU seconds meanwhile; trust no wall-clock figure"
        );
    }
}

/// `needed`: how many of the raw operations one job cannot do without.
fn ratios(outcome: &Outcome, of: &str, raw: &Rate, needed: f64) {
    let per = if needed == 1.0 { String::new() } else { format!(", {needed} each") };
    let server = outcome.server_cpu.as_secs_f64();
    let with_postgres = server + outcome.other_cpu.as_secs_f64();
    let done = outcome.done as f64;
    ratio(
        outcome.rate() * needed / raw.wall,
        &format!("of the raw {of}{per}, wall clock (client and Postgres included)"),
    );
    ratio(done / server * needed / raw.cpu, &format!("of the raw {of}{per}, by the server's CPU seconds"));
    ratio(
        done / with_postgres * needed / raw.cpu,
        &format!("of the raw {of}{per}, by the CPU seconds of server and Postgres"),
    );
}

fn ratio(value: f64, of: &str) {
    println!("  {value:8.2} {of}");
}
