//! `vestibule keys`: fresh secrets as lines for `.env`; and those of the demo, kept in its data
//! folder.

use std::io::Write as _;

use zeroize::Zeroizing;

use crate::config::{SECRET_BYTES, encode_secret};
use crate::random::Random;

/// Prints both secrets.
pub fn print() -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(lines(&Random::System).as_bytes())?;
    out.flush()?;
    Ok(())
}

fn lines(random: &Random) -> Zeroizing<String> {
    let fresh = || encode_secret(&Zeroizing::new(random.bytes::<SECRET_BYTES>()));
    Zeroizing::new(format!("VESTIBULE_MASTER_KEY={}\nVESTIBULE_PASSWORD_PEPPER={}\n", *fresh(), *fresh()))
}

#[cfg(feature = "practice")]
pub use demo::load_for_demo;

#[cfg(feature = "practice")]
mod demo {
    use std::fs::{DirBuilder, File, OpenOptions};
    use std::io::{ErrorKind, Write as _};
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
    use std::path::{Path, PathBuf};

    use anyhow::Context as _;

    use super::*;
    use crate::config::{Faults, Loaded, environment};

    /// The demo's secrets, below its data folder.
    const FILE: &str = "demo-keys.env";
    /// Where the demo is reached unless the environment says otherwise.
    const BASE_URL: &str = "http://localhost:8080";

    /// The configuration for `vestibule demo`: where the environment says nothing, the base URL is
    /// a loopback one and the secrets are made once and kept in the data folder. Only the demo
    /// does so: a server whose secrets lie beside its database would have none.
    pub fn load_for_demo(random: &Random) -> anyhow::Result<Loaded> {
        let set = |name: &str| environment(name).filter(|text| !text.trim().is_empty());
        let data_dir = set("VESTIBULE_DATA_DIR").unwrap_or_else(|| "data".into());
        let both_set = set("VESTIBULE_MASTER_KEY").is_some() && set("VESTIBULE_PASSWORD_PEPPER").is_some();
        let kept = match both_set {
            true => Zeroizing::new(String::new()),
            false => keep(Path::new(data_dir.trim()), random)?,
        };
        let loaded: Result<Loaded, Faults> = Loaded::load(|name| {
            set(name).or_else(|| match name {
                "VESTIBULE_BASE_URL" => Some(BASE_URL.into()),
                _ => kept
                    .lines()
                    .find_map(|line| line.strip_prefix(name)?.strip_prefix('=').map(str::to_owned)),
            })
        });
        Ok(loaded?)
    }

    /// The kept secrets; made on first use, whole or not at all, for this user's eyes only.
    pub(super) fn keep(data_dir: &Path, random: &Random) -> anyhow::Result<Zeroizing<String>> {
        // The cluster's part of the folder must be reachable when root runs it as `postgres`.
        DirBuilder::new().recursive(true).mode(0o711).create(data_dir)?;
        let path: PathBuf = data_dir.join(FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => return Ok(Zeroizing::new(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        }
        let unfinished = path.with_extension("unfinished");
        std::fs::remove_file(&unfinished).ok();
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
        let text = lines(random);
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&unfinished, &path)?;
        File::open(data_dir)?.sync_all()?;
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn fresh_secrets_are_accepted() {
        let text = lines(&Random::seeded(7));
        assert_ne!(text, lines(&Random::seeded(8)));
        let config = Config::load(|name| match name {
            "VESTIBULE_BASE_URL" => Some("https://signin.example.com".into()),
            _ => text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('=').map(str::to_owned)),
        });
        config.unwrap();
    }

    #[cfg(feature = "practice")]
    #[test]
    fn the_demos_secrets_are_made_once_and_for_this_user_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let made = demo::keep(&data, &Random::seeded(1)).unwrap();
        let kept = demo::keep(&data, &Random::seeded(2)).unwrap();
        assert_eq!(made, kept);
        let mode = std::fs::metadata(data.join("demo-keys.env")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
