//! Gives the program a Postgres of its own, so that one command is enough to try or run Busbar on a
//! machine where nobody administers a database.
//!
//! The distribution's own server binaries are supervised as a child process: a unix socket and no TCP,
//! passwords kept beside the data, an unprivileged account when the program was started by root. The data
//! survive a `kill -9` of the program; the next start stops what was left running and takes over. A lock
//! file makes sure that one data directory never has two holders.
//!
//! [`provision`] is the other half: a Postgres that the user administers gets the same two logins.

mod account;
mod binaries;
mod logins;
mod postgres;

use std::fmt;
use std::path::{Path, PathBuf};

pub use logins::{DatabaseUrls, provision};
pub use postgres::{EmbeddedPostgres, running};

/// What the supervisor has to know before it starts a server.
#[derive(Clone, Debug)]
pub struct EmbeddedSettings {
    /// Directory of the cluster, its secrets and its lock. Created when absent.
    pub data_dir: PathBuf,
    /// `false` turns off fsync, synchronous commit and full page writes: a test runs faster and its data
    /// do not outlive a crash of the machine. Never false for data anyone wants back.
    pub durable: bool,
    /// Upper bound of connections of all logins together.
    pub max_connections: u16,
}

/// Why there is no database. The text is written for the person who started the program.
#[derive(Debug)]
pub enum EmbeddedError {
    /// No directory with `postgres` and `initdb` of a usable version was found.
    NoServer {
        /// Directories that were looked into.
        looked: Vec<PathBuf>,
        /// Major version that the existing data need, when there are data.
        wanted: Option<u32>,
    },
    /// Another program holds this data directory.
    Held {
        /// The directory that is held.
        data_dir: PathBuf,
        /// Process id of the holder, when it could be read.
        pid: Option<u32>,
    },
    /// A file or a process could not be handled.
    Io {
        /// What was being done, and to which file.
        what: String,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// No unprivileged account can run the server, or it cannot use a directory it needs.
    Account(String),
    /// The server ended while it started, or did not become ready; with the last lines that it printed.
    Start(String),
    /// The database refused a connection or a statement of the set-up.
    Database(String),
    /// The URL given for the owner cannot be used.
    Url(String),
}

impl fmt::Display for EmbeddedError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoServer { looked, wanted } => {
                match wanted {
                    Some(major) => write!(
                        out,
                        "no server binaries of PostgreSQL {major} found, the version of the existing data"
                    )?,
                    None => write!(out, "no PostgreSQL server binaries (version 14 or later) found")?,
                }
                write!(
                    out,
                    "; `make install` installs them (Debian, Ubuntu: package `postgresql`; Fedora: \
                     `postgresql-server`; Alpine, Homebrew: `postgresql`), or set DATABASE_URL. Looked in:"
                )?;
                looked
                    .iter()
                    .try_for_each(|directory| write!(out, " {}", directory.display()))
            }
            Self::Held { data_dir, pid } => {
                write!(out, "the data directory {} is in use by ", data_dir.display())?;
                match pid {
                    Some(pid) => write!(out, "process {pid}"),
                    None => write!(out, "another process"),
                }
            }
            Self::Io { what, source } => write!(out, "{what}: {source}"),
            Self::Account(text) | Self::Database(text) | Self::Url(text) => write!(out, "{text}"),
            Self::Start(text) => write!(out, "PostgreSQL did not start: {text}"),
        }
    }
}

impl std::error::Error for EmbeddedError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Turns an operating system error into one that says what was attempted on which path.
fn io(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> EmbeddedError {
    let what = format!("{what} {}", path.display());
    move |source| EmbeddedError::Io { what, source }
}
