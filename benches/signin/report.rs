//! The figures, printed.

use crate::load::Outcome;
use crate::peer::Signs;

/// What the crypto library does on all cores at once, a second.
pub struct Raw {
    pub cores: usize,
    pub signatures: f64,
    pub argon2: f64,
}

/// What this ran on.
pub fn machine(cores: usize) {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    println!("machine       {cores} cores, {}", model.map_or("model unknown", |(_, name)| name));
}

impl Raw {
    pub fn print(&self) {
        println!("raw RSA-2048  {:8.0} signatures a second and core (openssl, SHA-256)", self.a_core());
        println!("raw argon2id  {:8.1} hashes a second on all cores (19 MiB, t=2, p=1)", self.argon2);
    }

    /// Signatures a second of one core, all being busy.
    pub fn a_core(&self) -> f64 {
        self.signatures / self.cores as f64
    }
}

/// The peer's line: exchanges a second, and its share of what its signatures alone would allow.
pub fn peer(raw: &Raw, signs: Signs, outcome: &Outcome) {
    let (what, signatures) = match signs {
        Signs::Both => ("assertion and response signed", 2.0),
        Signs::Assertion => ("its default: assertion signed", 1.0),
    };
    println!("\npeer npm samlp 8, {} processes, {what}", raw.cores);
    line(outcome, "peer");
    ratio(outcome.rate() / (raw.signatures / signatures), "of the raw signature rate, wall clock");
    let a_cpu_second = outcome.done as f64 / outcome.other_cpu.as_secs_f64();
    ratio(a_cpu_second / (raw.a_core() / signatures), "of the raw signature rate, by the peer's CPU seconds");
}

fn line(outcome: &Outcome, who: &str) {
    let ms = |share| outcome.latency(share).as_secs_f64() * 1e3;
    println!(
        "  {:8.0} a second   {} in {:.1} s; half within {:.1} ms, 99 of 100 within {:.1} ms",
        outcome.rate(),
        outcome.done,
        outcome.wall.as_secs_f64(),
        ms(0.5),
        ms(0.99),
    );
    println!(
        "  CPU seconds: {who} {:.1}, load generator {:.1}",
        outcome.other_cpu.as_secs_f64(),
        outcome.client_cpu.as_secs_f64(),
    );
}

fn ratio(value: f64, of: &str) {
    println!("  {value:8.2} {of}");
}
