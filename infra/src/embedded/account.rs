//! Finds who runs the server: PostgreSQL refuses to run as root, so a program started by root needs an
//! unprivileged account for it, and directories which that account can enter.

use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::EmbeddedError;

/// Accounts that may run the server, best first. `postgres` comes with the distribution's package.
const ACCOUNTS: [&str; 3] = ["postgres", "busbar", "nobody"];

/// The user and group under which the server runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Account {
    pub uid: u32,
    pub gid: u32,
    /// Whether the program runs as root and steps down to this account for the server.
    pub steps_down: bool,
}

impl Account {
    /// The program's own account, or the unprivileged one when the program runs as root. An existing
    /// cluster keeps the account that owns it.
    pub fn choose(cluster: &Path) -> Result<Self, EmbeddedError> {
        let (uid, gid) = (
            rustix::process::geteuid().as_raw(),
            rustix::process::getegid().as_raw(),
        );
        if uid != 0 {
            return Ok(Self {
                uid,
                gid,
                steps_down: false,
            });
        }
        if let Ok(found) = std::fs::metadata(cluster)
            && found.uid() != 0
        {
            return Ok(Self {
                uid: found.uid(),
                gid: found.gid(),
                steps_down: true,
            });
        }
        if let Some(account) = ACCOUNTS[..2].iter().find_map(|name| look_up(name)) {
            return Ok(account);
        }
        // A failure here is not the end: an account of every system remains, `nobody`.
        for (program, arguments) in [
            (
                "useradd",
                &[
                    "--system",
                    "--no-create-home",
                    "--shell",
                    "/usr/sbin/nologin",
                    "busbar",
                ][..],
            ),
            ("adduser", &["-S", "-D", "-H", "busbar"][..]),
        ] {
            let made = Command::new(program)
                .args(arguments)
                .stdin(Stdio::null())
                .output();
            if made.is_ok_and(|output| output.status.success()) {
                break;
            }
        }
        ACCOUNTS[1..]
            .iter()
            .find_map(|name| look_up(name))
            .ok_or_else(|| {
                EmbeddedError::Account(
                    "PostgreSQL refuses to run as root and there is no account `postgres`, `busbar` or \
                 `nobody` to run it; create one (useradd --system busbar) or start as an ordinary user"
                        .to_owned(),
                )
            })
    }

    /// Makes a command run under this account, in a directory that any account can enter.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").stdin(Stdio::null());
        if self.steps_down {
            // `uid` also gives up root's supplementary groups.
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// Whether this account can enter `directory`, ancestors included. Tried rather than computed, because
    /// access lists and security modules have a say too.
    pub fn can_enter(&self, directory: &Path) -> bool {
        !self.steps_down
            || self
                .command(Path::new("/bin/sh"))
                .args(["-c", "cd -- \"$1\"", "sh"])
                .arg(directory)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
    }

    /// Gives a file or directory to this account.
    pub fn give(&self, path: &Path) -> Result<(), EmbeddedError> {
        if !self.steps_down {
            return Ok(());
        }
        std::os::unix::fs::chown(path, Some(self.uid), Some(self.gid)).map_err(super::io("hand over", path))
    }
}

/// User and group id of an account, from the password file or what the system uses in its place.
fn look_up(name: &str) -> Option<Account> {
    let line = std::fs::read_to_string("/etc/passwd")
        .ok()
        .and_then(|text| {
            text.lines()
                .find(|line| line.split(':').next() == Some(name))
                .map(str::to_owned)
        })
        .or_else(|| {
            let output = Command::new("getent")
                .args(["passwd", name])
                .stdin(Stdio::null())
                .output()
                .ok()?;
            String::from_utf8(output.stdout).ok()
        })?;
    let mut fields = line.trim().split(':').skip(2);
    let uid = fields.next()?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    (uid != 0).then_some(Account {
        uid,
        gid,
        steps_down: true,
    })
}
