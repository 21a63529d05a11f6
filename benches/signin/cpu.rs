//! CPU seconds: who used how much. Client, server and Postgres share the machine, so wall-clock
//! rates alone would blame the server for all three.

use std::time::Duration;

/// CPU time of the calling thread so far.
pub fn thread() -> Duration {
    usage(libc::RUSAGE_THREAD)
}

/// CPU time of this process so far, all threads.
pub fn process() -> Duration {
    usage(libc::RUSAGE_SELF)
}

fn usage(who: libc::c_int) -> Duration {
    // SAFETY: rusage is a plain struct of integers, for which all zeroes is a value; getrusage
    // writes it and keeps no pointer.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::getrusage(who, &mut usage);
        usage
    };
    let of = |time: libc::timeval| Duration::new(time.tv_sec as u64, time.tv_usec as u32 * 1_000);
    of(usage.ru_utime) + of(usage.ru_stime)
}

/// CPU time of process `root` and its children so far, dead ones included: a Postgres server with
/// its backends, a Node cluster with its workers. Zero where there is no such process.
pub fn family(root: u32) -> Duration {
    let Ok(processes) = std::fs::read_dir("/proc") else { return Duration::ZERO };
    let ticks: u64 = processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid: u32| Some((pid, stat(pid)?)))
        .map(|(pid, stat)| match (pid == root, stat.parent == root) {
            (true, _) => stat.own + stat.waited_for,
            (_, true) => stat.own,
            _ => 0,
        })
        .sum();
    of_ticks(ticks)
}

/// CPU time the whole machine has used so far, all cores, with what a hypervisor took (proc(5),
/// first line of `/proc/stat`; guest time is contained in user time).
pub fn machine() -> Duration {
    let text = std::fs::read_to_string("/proc/stat").unwrap_or_default();
    let fields = text.lines().next().unwrap_or_default().split_whitespace().skip(1);
    let ticks: Vec<u64> = fields.filter_map(|field| field.parse().ok()).collect();
    // user, nice, system, (idle, iowait,) irq, softirq, steal
    of_ticks([0, 1, 2, 5, 6, 7].iter().filter_map(|at| ticks.get(*at)).sum())
}

fn of_ticks(ticks: u64) -> Duration {
    // SAFETY: sysconf only reads its argument.
    let per_second = unsafe { libc::sysconf(libc::_SC_CLK_TCK) }.max(1) as u64;
    Duration::from_millis(ticks * 1_000 / per_second)
}

/// Of `/proc/<pid>/stat`, in ticks (proc(5)).
struct Stat {
    parent: u32,
    own: u64,
    waited_for: u64,
}

fn stat(pid: u32) -> Option<Stat> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The command's name stands in brackets and may hold spaces; the fields after it are counted
    // from "state", the third.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |number: usize| -> Option<u64> { fields.get(number - 3)?.parse().ok() };
    Some(Stat {
        parent: fields.get(1)?.parse().ok()?,
        own: ticks(14)? + ticks(15)?,
        waited_for: ticks(16)? + ticks(17)?,
    })
}
