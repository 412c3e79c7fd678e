//! Finds the distribution's server binaries, which most packages keep out of the search path.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::EmbeddedError;

/// The oldest major version that the migrations are tested to run on.
const OLDEST: u32 = 14;

/// One installation of the server.
#[derive(Debug)]
pub(super) struct Binaries {
    directory: PathBuf,
    pub major: u32,
}

impl Binaries {
    /// The newest installation, or the one whose major version is `wanted` (data files of one major
    /// version cannot be read by another).
    pub fn find(wanted: Option<u32>) -> Result<Self, EmbeddedError> {
        let looked = candidates();
        let mut found: Vec<Self> = looked.iter().filter_map(|directory| inspect(directory)).collect();
        // Stable: of two installations of one version the earlier candidate stays first.
        found.sort_by_key(|binaries| std::cmp::Reverse(binaries.major));
        found
            .into_iter()
            .find(|binaries| match wanted {
                Some(major) => binaries.major == major,
                None => binaries.major >= OLDEST,
            })
            .ok_or(EmbeddedError::NoServer { looked, wanted })
    }

    /// Path of one program of the installation.
    pub fn program(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }
}

fn candidates() -> Vec<PathBuf> {
    let mut all = Vec::new();
    #[expect(clippy::disallowed_methods, reason = "the search path is no setting of ours")]
    if let Some(path) = std::env::var_os("PATH") {
        all.extend(std::env::split_paths(&path));
    }
    // Debian and Ubuntu · the PGDG packages of Red Hat · Alpine · Homebrew on ARM and Intel · Postgres.app
    for (parent, prefix, tail) in [
        ("/usr/lib/postgresql", "", "bin"),
        ("/usr", "pgsql-", "bin"),
        ("/usr/libexec", "postgresql", ""),
        ("/opt/homebrew/opt", "postgresql", "bin"),
        ("/usr/local/opt", "postgresql", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
    ] {
        let Ok(entries) = std::fs::read_dir(parent) else {
            continue;
        };
        all.extend(
            entries
                .flatten()
                .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
                .map(|entry| {
                    if tail.is_empty() {
                        entry.path()
                    } else {
                        entry.path().join(tail)
                    }
                }),
        );
    }
    all.push(PathBuf::from("/usr/local/pgsql/bin"));
    let configured = Command::new("pg_config")
        .arg("--bindir")
        .stdin(Stdio::null())
        .output();
    if let Ok(output) = configured {
        all.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    }
    // Links are followed, because a relative name or a second link to the same place helps nobody.
    let mut resolved: Vec<PathBuf> = Vec::new();
    for directory in all {
        let Ok(server) = directory.join("postgres").canonicalize() else {
            continue;
        };
        if let Some(home) = server.parent()
            && home.is_absolute()
            && !resolved.iter().any(|known| known == home)
        {
            resolved.push(home.to_owned());
        }
    }
    resolved
}

/// Reads the version of an installation; `None` when it lacks a program or does not run.
fn inspect(directory: &Path) -> Option<Binaries> {
    if !directory.join("initdb").exists() {
        return None;
    }
    let output = Command::new(directory.join("postgres"))
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let version = text
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    Some(Binaries {
        directory: directory.to_owned(),
        major: digits.parse().ok()?,
    })
}
