//! The laws of the house, each held by a test of its name. A law is a function that lists what breaks it; a second test
//! feeds it something broken, so that a law which sees nothing cannot pass for one that is kept.

mod catalogue;
mod errors;
mod events;
mod migrations;
mod permissions;
mod rooms;
mod schema;

use std::fs;
use std::path::{Path, PathBuf};

/// The workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A source file: its path below the workspace, its text, and its text without comments.
struct Source {
    path: String,
    text: String,
    code: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Source {
        let code = text
            .lines()
            .map(|line| line.split_once("//").map_or(line, |(code, _)| code))
            .collect::<Vec<_>>()
            .join("\n");
        Source {
            path: path.to_owned(),
            text: text.to_owned(),
            code,
        }
    }

    /// The room it stands in.
    fn room(&self) -> &str {
        self.path.split('/').next().unwrap()
    }

    /// Its code without the tests at its end.
    fn product(&self) -> &str {
        self.code
            .split_once("#[cfg(test)]")
            .map_or(self.code.as_str(), |(product, _)| product)
    }
}

/// All Rust sources of the rooms.
fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    for room in ["domain", "tenancy", "infra", "graphql", "api", "tests"] {
        walk(&root().join(room), &mut found);
    }
    assert!(found.len() > 80, "only {} sources were found", found.len());
    found
}

fn walk(directory: &Path, found: &mut Vec<Source>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "node_modules" | "target" | "dist") {
                walk(&path, found);
            }
        } else if name.ends_with(".rs") {
            let below = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            found.push(Source::new(&below, &fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Compares with a committed file below `tests/snapshots`; `UPDATE_SNAPSHOTS=1` writes it anew instead.
fn snapshot(name: &str, text: &str) {
    let path = root().join("tests/snapshots").join(name);
    #[expect(
        clippy::disallowed_methods,
        reason = "a switch of the person who runs the tests, no setting of the program"
    )]
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let differing = kept.lines().zip(text.lines()).find(|(kept, new)| kept != new);
    assert!(
        kept == text,
        "{name} is not current (UPDATE_SNAPSHOTS=1 writes it anew; read the difference first). {} lines kept, {} now, first \
         difference: {differing:?}",
        kept.lines().count(),
        text.lines().count()
    );
}

/// No fault at all, or all of them.
#[track_caller]
fn kept(law: &str, faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{law}: {} faults\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// The faults hold one that says `what`.
#[track_caller]
fn found(faults: &[String], what: &str) {
    assert!(
        faults.iter().any(|fault| fault.contains(what)),
        "the broken sample was not found: {what}\n{faults:?}"
    );
}
