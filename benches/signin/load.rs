//! The load generator: so many browsers, each on a thread of its own, share one list of jobs.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::cpu;
use crate::http::Browser;

/// What a run came to.
pub struct Outcome {
    pub done: usize,
    pub wall: Duration,
    /// CPU time of the browsers.
    pub client_cpu: Duration,
    /// CPU time of this process without the browsers: the server's, when it runs in here.
    pub server_cpu: Duration,
    /// CPU time of the other process family watched (Postgres, or the peer).
    pub other_cpu: Duration,
    /// CPU time of everybody else on the machine: what spoils wall-clock figures.
    pub stranger_cpu: Duration,
    latencies: Vec<Duration>,
}

impl Outcome {
    /// Jobs a second of wall clock.
    pub fn rate(&self) -> f64 {
        self.done as f64 / self.wall.as_secs_f64()
    }

    /// The latency that `share` of the jobs kept below.
    pub fn latency(&self, share: f64) -> Duration {
        let at = (self.latencies.len() as f64 * share) as usize;
        self.latencies.get(at.min(self.latencies.len().saturating_sub(1))).copied().unwrap_or_default()
    }
}

/// Does every job once, or as many as fit into `limit`; stops at the first that fails.
#[allow(clippy::disallowed_methods, reason = "this measures")]
pub fn drive<J: Sync>(
    browsers: &mut [Browser],
    jobs: &[J],
    limit: Duration,
    watched: u32,
    act: impl Fn(&mut Browser, &J) -> Result<()> + Sync,
) -> Result<Outcome> {
    let (next, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
    let results = Mutex::new(Vec::new());
    let (process, family, machine) = (cpu::process(), cpu::family(watched), cpu::machine());
    let start = Instant::now();
    std::thread::scope(|scope| {
        for browser in browsers {
            scope.spawn(|| {
                let mut latencies = Vec::new();
                let mut result = Ok(());
                while start.elapsed() < limit && !failed.load(Ordering::Relaxed) {
                    let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                    let began = Instant::now();
                    result = act(browser, job);
                    if result.is_err() {
                        failed.store(true, Ordering::Relaxed);
                        break;
                    }
                    latencies.push(began.elapsed());
                }
                // A browser's thread lives for this run only: all its CPU time is the run's.
                let part = result.map(|()| (latencies, cpu::thread()));
                results.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(part);
            });
        }
    });
    let wall = start.elapsed();
    let other_cpu = cpu::family(watched).saturating_sub(family);
    let process_cpu = cpu::process() - process;
    let stranger_cpu = (cpu::machine() - machine).saturating_sub(other_cpu + process_cpu);
    let mut latencies = Vec::new();
    let mut client_cpu = Duration::ZERO;
    for part in results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        let (some, cpu) = part?;
        latencies.extend(some);
        client_cpu += cpu;
    }
    latencies.sort_unstable();
    let server_cpu = process_cpu.saturating_sub(client_cpu);
    Ok(Outcome { done: latencies.len(), wall, client_cpu, server_cpu, other_cpu, stranger_cpu, latencies })
}
