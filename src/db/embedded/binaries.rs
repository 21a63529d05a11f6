//! Where `postgres` and `initdb` are.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::bail;

use super::folders::Folders;

/// Where Debian keeps them, one folder a major version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// One installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binaries {
    pub dir: PathBuf,
    pub major: u32,
}

impl Binaries {
    /// `pg_bin` when given; otherwise what is on `path`, then Debian's, newest first. A cluster
    /// that exists needs its own major version.
    pub fn find(pg_bin: Option<&Path>, path: Option<&str>, wanted: Option<u32>) -> anyhow::Result<Self> {
        let dirs = match pg_bin {
            Some(dir) => vec![dir.to_owned()],
            None => {
                std::env::split_paths(path.unwrap_or_default()).chain(debian(Path::new(DEBIAN))).collect()
            }
        };
        let found: Vec<Self> = dirs.iter().filter_map(|dir| Self::at(dir)).collect();
        let fits = |one: &&Self| wanted.is_none_or(|major| one.major == major);
        if let Some(binaries) = found.iter().find(fits) {
            return Ok(binaries.clone());
        }
        match (wanted, found.first(), pg_bin) {
            (Some(wanted), Some(other), _) => bail!(
                "the database in the data folder was made by PostgreSQL {wanted}, but only {} is here (in {}). \
                 Install postgresql-{wanted}, or name its folder in VESTIBULE_PG_BIN",
                other.major,
                other.dir.display()
            ),
            (_, _, Some(dir)) => {
                bail!("VESTIBULE_PG_BIN is {}, which does not hold both postgres and initdb", dir.display())
            }
            _ => bail!(
                "no PostgreSQL is installed here. Install it (Debian: apt-get install postgresql), or name the \
                 folder of postgres and initdb in VESTIBULE_PG_BIN, or set DATABASE_URL to a server"
            ),
        }
    }

    /// The installation in `dir`, if both programs are there and tell a version. `initdb` finds
    /// its parts beside the real file, so links are followed.
    fn at(dir: &Path) -> Option<Self> {
        let dir = dir.join("postgres").canonicalize().ok()?.parent()?.to_owned();
        if !dir.join("initdb").is_file() {
            return None;
        }
        let output = Command::new(dir.join("postgres")).arg("--version").output().ok()?;
        Some(Self { major: major(&String::from_utf8_lossy(&output.stdout))?, dir })
    }

    /// `program` of this installation, run as the cluster's account, in its folder and with
    /// nothing of our environment: `PG*` variables would change what it does, and ours are secret.
    pub fn command(&self, program: &str, folders: &Folders) -> Command {
        let mut command = Command::new(self.dir.join(program));
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8").env("TZ", "UTC");
        command.current_dir(&folders.root);
        if folders.account.foreign {
            command.uid(folders.account.uid).gid(folders.account.gid);
        }
        command
    }
}

fn debian(root: &Path) -> Vec<PathBuf> {
    let mut majors: Vec<u32> = std::fs::read_dir(root)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .collect();
    majors.sort_unstable_by(|a, b| b.cmp(a));
    majors.iter().map(|major| root.join(major.to_string()).join("bin")).collect()
}

/// The major version in the words of `postgres --version`: `postgres (PostgreSQL) 15.18 (Debian ...)`.
fn major(words: &str) -> Option<u32> {
    let version = words.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let digits = version.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok().filter(|major| *major >= 13)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for (words, expected) in [
            ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", Some(15)),
            ("postgres (PostgreSQL) 17devel", Some(17)),
            ("postgres (PostgreSQL) 9.6.24", None),
            ("command not found", None),
            ("", None),
        ] {
            assert_eq!(major(words), expected, "{words}");
        }
    }

    #[test]
    fn the_newest_of_debian_comes_first() {
        let root = tempfile::tempdir().unwrap();
        for name in ["9", "15", "17", "common"] {
            std::fs::create_dir(root.path().join(name)).unwrap();
        }
        let expected = ["17/bin", "15/bin", "9/bin"].map(|name| root.path().join(name));
        assert_eq!(debian(root.path()), expected);
        assert!(debian(&root.path().join("nowhere")).is_empty());
    }

    #[test]
    fn says_what_to_do() {
        let empty = tempfile::tempdir().unwrap();
        let error = Binaries::find(Some(empty.path()), None, None).unwrap_err().to_string();
        assert!(error.contains("VESTIBULE_PG_BIN"), "{error}");
        let error = Binaries::find(None, None, Some(99)).unwrap_err().to_string();
        assert!(error.contains("postgresql-99") || error.contains("apt-get install postgresql"), "{error}");
    }
}
