//! Who the cluster runs as: this user, or `postgres` when this user is root.

use anyhow::Context as _;

/// A user and its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    pub uid: u32,
    pub gid: u32,
    /// Whether the program must change to it (it runs as root).
    pub foreign: bool,
}

/// The account for this process.
pub fn current() -> anyhow::Result<Account> {
    // SAFETY: both calls take nothing, cannot fail and touch no memory of ours.
    let (uid, gid) = unsafe { (libc::geteuid(), libc::getegid()) };
    if uid != 0 {
        return Ok(Account { uid, gid, foreign: false });
    }
    let passwd = std::fs::read_to_string("/etc/passwd").context("/etc/passwd cannot be read")?;
    named(&passwd, "postgres").context(
        "Postgres refuses to run as root, and there is no user named postgres to run it as. Install \
         Debian's postgresql package, or run this program as an ordinary user, or set DATABASE_URL",
    )
}

fn named(passwd: &str, name: &str) -> Option<Account> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        if fields.next()? != name {
            return None;
        }
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        Some(Account { uid, gid, foreign: true })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_passwd() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\npostgresql:x:7:7::/:\npostgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(named(passwd, "postgres"), Some(Account { uid: 101, gid: 104, foreign: true }));
        for broken in ["", "postgres", "postgres:x", "postgres:x:a:b:", "postgres:x:1"] {
            assert_eq!(named(broken, "postgres"), None, "{broken}");
        }
    }
}
