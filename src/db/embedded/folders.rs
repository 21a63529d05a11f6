//! Where everything of the private cluster lies, who owns it, and which program holds it.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};

use super::account::Account;

/// The cluster's folder below the data folder.
pub const CLUSTER: &str = "postgres";
const SOCKET: &str = "socket";
/// `sun_path` holds 108 bytes with the closing NUL (unix(7)); the file's name takes 14 of them.
const LONGEST_SOCKET_DIR: usize = 107 - "/.s.PGSQL.5432".len();
/// Postgres's own log starts anew when it is longer, in bytes.
const LONGEST_LOG: u64 = 10 * 1024 * 1024;

/// The places of one cluster.
#[derive(Clone, Debug)]
pub struct Folders {
    /// The data folder, absolute.
    pub root: PathBuf,
    pub cluster: PathBuf,
    pub socket_dir: PathBuf,
    pub log: PathBuf,
    pub account: Account,
}

/// Which program has the data folder.
#[derive(Debug)]
pub enum Holding {
    /// This one, for as long as the file is open.
    Ours(File),
    /// Another; its process id as it wrote it, and where its socket is.
    Theirs { pid: String, socket_dir: Option<PathBuf> },
}

impl Folders {
    /// Makes what is missing and checks that the cluster's account can reach it.
    pub fn prepare(data_dir: &Path, account: Account) -> anyhow::Result<Self> {
        // Root's data folder lets the cluster's account through to its own folders.
        let mode = if account.foreign { 0o711 } else { 0o700 };
        DirBuilder::new()
            .recursive(true)
            .mode(mode)
            .create(data_dir)
            .with_context(|| format!("the data folder {} cannot be made", data_dir.display()))?;
        let root = data_dir.canonicalize()?;
        if account.foreign {
            reachable(&root, account)?;
        }
        let socket_dir = match root.join(SOCKET) {
            near if near.as_os_str().len() <= LONGEST_SOCKET_DIR => near,
            _ => {
                let digest = Sha256::digest(root.as_os_str().as_encoded_bytes());
                let name = data_encoding::HEXLOWER.encode(&digest[..8]);
                PathBuf::from(format!("/tmp/vestibule-{}-{name}", account.uid))
            }
        };
        private(&socket_dir, account)?;
        let (cluster, log) = (root.join(CLUSTER), root.join("postgres.log"));
        Ok(Self { root, cluster, socket_dir, log, account })
    }

    /// Takes the data folder, or says who has it.
    pub fn hold(&self) -> anyhow::Result<Holding> {
        let path = self.root.join("lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .with_context(|| format!("{} cannot be opened", path.display()))?;
        match file.try_lock() {
            Ok(()) => {
                file.set_len(0)?;
                file.rewind()?;
                write!(file, "{}\n{}\n", std::process::id(), self.socket_dir.display())?;
                Ok(Holding::Ours(file))
            }
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                file.read_to_string(&mut text).ok();
                let mut lines = text.lines();
                let pid = lines.next().unwrap_or("unknown").to_owned();
                Ok(Holding::Theirs { pid, socket_dir: lines.next().map(PathBuf::from) })
            }
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("{} cannot be locked", path.display()))
            }
        }
    }

    /// The major version of the cluster that is here, if one is.
    pub fn major(&self) -> Option<u32> {
        fs::read_to_string(self.cluster.join("PG_VERSION")).ok()?.trim().parse().ok()
    }

    /// An empty folder for `initdb`; those of interrupted starts go. Call it holding the folder.
    pub fn fresh_unfinished(&self) -> anyhow::Result<PathBuf> {
        let unfinished = self.root.join(format!("{CLUSTER}.unfinished"));
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        private(&unfinished, self.account)?;
        Ok(unfinished)
    }

    /// Gives the finished cluster its name. An empty folder of that name is replaced, one that
    /// holds something is left alone: it may be somebody's.
    pub fn finish(&self, unfinished: &Path) -> anyhow::Result<()> {
        fs::rename(unfinished, &self.cluster)
            .with_context(|| format!("{} is in the way and is no database", self.cluster.display()))?;
        File::open(&self.root)?.sync_all()?;
        Ok(())
    }

    /// The process id of a postgres that still runs in the cluster's folder. As this program holds
    /// the data folder, it is the child of a program that was killed, or somebody's own.
    pub fn orphan(&self) -> Option<i32> {
        let text = fs::read_to_string(self.cluster.join("postmaster.pid")).ok()?;
        let pid: i32 = text.lines().next()?.trim().parse().ok()?;
        if !alive(pid) {
            return None;
        }
        // Postgres works in its cluster's folder. Where that cannot be seen (root without
        // CAP_SYS_PTRACE in a container), its name must do.
        let process = PathBuf::from(format!("/proc/{pid}"));
        let runs = match fs::read_link(process.join("cwd")) {
            Ok(cwd) => cwd == self.cluster,
            Err(_) => fs::read_to_string(process.join("comm")).is_ok_and(|name| name.trim() == "postgres"),
        };
        runs.then_some(pid)
    }

    /// Removes what a killed postgres left and a new one would stumble over when the process id
    /// has meanwhile gone to somebody else. Call it only when no [`orphan`](Self::orphan) runs.
    pub fn clear_leftovers(&self) -> anyhow::Result<()> {
        let leftovers = [
            self.cluster.join("postmaster.pid"),
            self.socket_dir.join(".s.PGSQL.5432"),
            self.socket_dir.join(".s.PGSQL.5432.lock"),
        ];
        for path in leftovers {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error).with_context(|| format!("{} cannot be removed", path.display()));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Postgres's log, open for appending.
    pub fn log(&self) -> anyhow::Result<File> {
        if fs::metadata(&self.log).is_ok_and(|log| log.len() > LONGEST_LOG) {
            fs::rename(&self.log, self.log.with_extension("log.1"))?;
        }
        OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            .open(&self.log)
            .with_context(|| format!("{} cannot be opened", self.log.display()))
    }

    /// The last ten lines of Postgres's log.
    pub fn log_tail(&self) -> String {
        let bytes = fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(10)..].join("\n")
    }
}

/// Whether the process runs. One that has ended and was not waited for (an orphan in a container
/// whose first process does not reap) does not: proc_pid_stat(5).
pub fn alive(pid: i32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit_once(") ").and_then(|(_, rest)| rest.chars().next());
    state.is_some_and(|state| !matches!(state, 'Z' | 'X'))
}

/// Makes `dir` for the account alone. One that exists must be the account's own, and no link:
/// below /tmp somebody else might have made it.
fn private(dir: &Path, account: Account) -> anyhow::Result<()> {
    match DirBuilder::new().mode(0o700).create(dir) {
        Ok(()) if account.foreign => std::os::unix::fs::chown(dir, Some(account.uid), Some(account.gid))?,
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let found = fs::symlink_metadata(dir)?;
            if !found.is_dir() || found.uid() != account.uid {
                bail!(
                    "{} belongs to somebody else (user {}, not {}). Remove it, or run as before, or choose \
                     another VESTIBULE_DATA_DIR",
                    dir.display(),
                    found.uid(),
                    account.uid
                );
            }
            fs::set_permissions(dir, Permissions::from_mode(0o700))?;
        }
        Err(error) => return Err(error).with_context(|| format!("{} cannot be made", dir.display())),
    }
    Ok(())
}

/// Checks that the account may pass every folder down to `root`.
fn reachable(root: &Path, account: Account) -> anyhow::Result<()> {
    for dir in root.ancestors() {
        let meta = fs::metadata(dir)?;
        let bit = if meta.uid() == account.uid {
            0o100
        } else if meta.gid() == account.gid {
            0o010
        } else {
            0o001
        };
        if meta.mode() & bit == 0 {
            bail!(
                "as root the database runs as the user postgres, which may not enter {}. Set \
                 VESTIBULE_DATA_DIR to a folder it can reach, such as /var/lib/vestibule, or run as an \
                 ordinary user",
                dir.display()
            );
        }
    }
    Ok(())
}

/// A path as an entry of Postgres's list settings, in which commas and blanks separate.
pub fn quoted(path: &Path) -> String {
    format!("\"{}\"", path.display().to_string().replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me() -> Account {
        // SAFETY: takes nothing, cannot fail.
        let (uid, gid) = unsafe { (libc::geteuid(), libc::getegid()) };
        Account { uid, gid, foreign: false }
    }

    #[test]
    fn a_long_data_folder_has_its_socket_elsewhere() {
        let root = tempfile::tempdir().unwrap();
        let near = Folders::prepare(&root.path().join("data"), me()).unwrap();
        assert_eq!(near.socket_dir, near.root.join("socket"));
        let far = Folders::prepare(&root.path().join("d".repeat(100)), me()).unwrap();
        assert!(far.socket_dir.starts_with("/tmp"), "{far:?}");
        assert_eq!(fs::metadata(&far.socket_dir).unwrap().mode() & 0o777, 0o700);
        fs::remove_dir(&far.socket_dir).unwrap();
    }

    #[test]
    fn a_folder_made_by_somebody_else_or_a_link_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let (real, link) = (root.path().join("real"), root.path().join("link"));
        fs::create_dir(&real).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert!(private(&link, me()).is_err());
        assert!(private(&real, Account { uid: me().uid + 1, ..me() }).is_err());
        private(&real, me()).unwrap();
        assert_eq!(fs::metadata(&real).unwrap().mode() & 0o777, 0o700);
    }

    #[test]
    fn one_program_holds_the_folder() {
        let root = tempfile::tempdir().unwrap();
        let folders = Folders::prepare(root.path(), me()).unwrap();
        let ours = folders.hold().unwrap();
        assert!(matches!(ours, Holding::Ours(_)));
        match folders.hold().unwrap() {
            Holding::Theirs { pid, socket_dir } => {
                assert_eq!(pid, std::process::id().to_string());
                assert_eq!(socket_dir, Some(folders.socket_dir.clone()));
            }
            Holding::Ours(_) => panic!("held twice"),
        }
        drop(ours);
        assert!(matches!(folders.hold().unwrap(), Holding::Ours(_)));
    }

    #[test]
    fn the_account_must_reach_the_folder() {
        let root = tempfile::tempdir().unwrap();
        fs::set_permissions(root.path(), Permissions::from_mode(0o700)).unwrap();
        let stranger = Account { uid: me().uid + 1, gid: me().gid + 1, foreign: true };
        let error = reachable(root.path(), stranger).unwrap_err().to_string();
        assert!(error.contains("VESTIBULE_DATA_DIR"), "{error}");
        fs::set_permissions(root.path(), Permissions::from_mode(0o711)).unwrap();
        reachable(root.path(), stranger).unwrap();
    }

    #[test]
    fn a_process_id_that_went_to_somebody_else_is_no_orphan() {
        let root = tempfile::tempdir().unwrap();
        let folders = Folders::prepare(root.path(), me()).unwrap();
        fs::create_dir(&folders.cluster).unwrap();
        for text in ["", "x\n", "1\n/nowhere\n", &format!("{}\n", std::process::id()), "999999999\n"] {
            fs::write(folders.cluster.join("postmaster.pid"), text).unwrap();
            assert_eq!(folders.orphan(), None, "{text}");
        }
        folders.clear_leftovers().unwrap();
        folders.clear_leftovers().unwrap();
        assert!(!folders.cluster.join("postmaster.pid").exists());
    }

    #[test]
    fn quotes_for_list_settings() {
        assert_eq!(quoted(Path::new("/a, b/\"c\"")), "\"/a, b/\"\"c\"\"\"");
    }
}
