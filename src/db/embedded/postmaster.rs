//! The child process. It is started from, and waited for on, a thread of its own that lives as
//! long as the child: the parent-death signal comes when the *thread* that forked ends (prctl(2)).

use std::fs::File;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, mpsc};
use std::time::Duration;

use tokio::sync::watch;

/// How long a fast shutdown may take before an immediate one, and that before a kill.
const PATIENCE: [(i32, Duration); 3] = [
    (libc::SIGINT, Duration::from_secs(15)),
    (libc::SIGQUIT, Duration::from_secs(5)),
    (libc::SIGKILL, Duration::from_secs(5)),
];

/// A running postmaster; dropping it stops it and waits.
#[derive(Debug)]
pub struct Postmaster {
    pid: i32,
    shared: Arc<Shared>,
    ended: watch::Receiver<bool>,
}

#[derive(Debug, Default)]
struct Shared {
    /// Whether the child was waited for: from then on its id may be somebody else's.
    reaped: Mutex<bool>,
    changed: Condvar,
}

impl Shared {
    fn reaped(&self) -> MutexGuard<'_, bool> {
        self.reaped.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Postmaster {
    /// Starts `command` in a process group of its own, so that Ctrl-C at the terminal reaches only
    /// us, and with its output in `log`.
    pub fn start(mut command: Command, log: File) -> io::Result<Self> {
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).process_group(0);
        let parent = std::process::id();
        // SAFETY: only async-signal-safe system calls between fork and exec (signal-safety(7)).
        unsafe {
            command.pre_exec(move || {
                // Immediate shutdown: the log is replayed at the next start, nothing is lost.
                if libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGQUIT) != 0 {
                    return Err(io::Error::last_os_error());
                }
                // The program may have died before the line above.
                if libc::getppid().unsigned_abs() != parent {
                    return Err(io::Error::from_raw_os_error(libc::ESRCH));
                }
                Ok(())
            });
        }
        let shared = Arc::new(Shared::default());
        let (tell_ended, ended) = watch::channel(false);
        let (tell_started, started) = mpsc::sync_channel(1);
        let keepers = Arc::clone(&shared);
        std::thread::Builder::new().name("postmaster".into()).spawn(move || match command.spawn() {
            Ok(child) => {
                tell_started.send(Ok(child.id())).ok();
                keep(child, &keepers);
                tell_ended.send(true).ok();
            }
            Err(error) => {
                tell_started.send(Err(error)).ok();
            }
        })?;
        let pid = started.recv().map_err(io::Error::other)??.cast_signed();
        Ok(Self { pid, shared, ended })
    }

    pub fn pid(&self) -> i32 {
        self.pid
    }

    /// Ends when the process has.
    pub fn ended(&self) -> impl Future<Output = ()> + use<> {
        let mut ended = self.ended.clone();
        async move {
            ended.wait_for(|ended| *ended).await.ok();
        }
    }

    fn stop(&self) {
        for (signal, patience) in PATIENCE {
            let reaped = self.shared.reaped();
            if *reaped {
                return;
            }
            // SAFETY: the child is not reaped while the lock is held, so the id is still its own.
            unsafe { libc::kill(self.pid, signal) };
            let (reaped, _) = self
                .shared
                .changed
                .wait_timeout_while(reaped, patience, |reaped| !*reaped)
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            if *reaped {
                return;
            }
            tracing::warn!(pid = self.pid, signal, "postgres takes its time to stop");
        }
    }
}

impl Drop for Postmaster {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Waits for the child's end without reaping it, then reaps it under the lock.
fn keep(mut child: Child, shared: &Shared) {
    loop {
        // SAFETY: `info` is ours and a zeroed siginfo_t is valid; waitid only writes to it.
        let waited = unsafe {
            let mut info: libc::siginfo_t = std::mem::zeroed();
            libc::waitid(libc::P_PID, child.id(), &raw mut info, libc::WEXITED | libc::WNOWAIT)
        };
        if waited == 0 || io::Error::last_os_error().kind() != io::ErrorKind::Interrupted {
            break;
        }
    }
    let mut reaped = shared.reaped();
    match child.wait() {
        Ok(status) => tracing::debug!(%status, "postgres has ended"),
        Err(error) => tracing::error!(%error, "postgres could not be waited for"),
    }
    *reaped = true;
    shared.changed.notify_all();
}
