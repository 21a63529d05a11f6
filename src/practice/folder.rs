//! What the practice world keeps over restarts: small JSON files below the data folder, readable
//! by their owner alone (they hold keys).

use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The practice world's folder.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Opens `path`, making it (0700) when there is none.
    pub fn open(path: impl Into<PathBuf>) -> anyhow::Result<Self> {
        let path = path.into();
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&path)
            .with_context(|| format!("making the folder {}", path.display()))?;
        Ok(Self(path))
    }

    /// Reads `name`; `None` when it was never written.
    pub fn read<T: DeserializeOwned>(&self, name: &str) -> anyhow::Result<Option<T>> {
        let path = self.0.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(
                serde_json::from_slice(&bytes).with_context(|| format!("reading {}", path.display()))?,
            )),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
        }
    }

    /// Writes `name` as a whole (0600): a crash leaves the old file or the new one.
    pub fn write<T: Serialize>(&self, name: &str, value: &T) -> anyhow::Result<()> {
        let path = self.0.join(name);
        let temporary = self.0.join(format!("{name}.new"));
        write_file(&temporary, &serde_json::to_vec_pretty(value)?)
            .and_then(|()| fs::rename(&temporary, &path))
            .with_context(|| format!("writing {}", path.display()))
    }
}

fn write_file(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // A left-over from a crash may have other permissions: begin anew.
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_is_written_is_read_again_and_private() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::open(temporary.path().join("a/b")).unwrap();
        assert_eq!(folder.read::<Vec<u8>>("x.json").unwrap(), None);
        folder.write("x.json", &vec![1, 2]).unwrap();
        folder.write("x.json", &vec![3]).unwrap();
        assert_eq!(folder.read::<Vec<u8>>("x.json").unwrap(), Some(vec![3]));
        let mode =
            |path: &str| fs::metadata(temporary.path().join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("a/b"), mode("a/b/x.json")), (0o700, 0o600));
        fs::write(temporary.path().join("a/b/x.json"), "{").unwrap();
        assert!(folder.read::<Vec<u8>>("x.json").is_err());
    }
}
