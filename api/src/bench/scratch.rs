//! The private Postgres of the benches: durable, in a directory of its own that is kept for the next run.

use super::{SEED, Stop};
use crate::commands::{Ended, data};
use crate::settings::BenchSettings;
use infra::embedded::{EmbeddedPostgres, EmbeddedSettings};
use infra::migrations;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Connections of the server, as `serve` has them.
pub const CONNECTIONS: u32 = 16;

/// A running Postgres with the demo in it, and the programs that speak to it.
pub struct Scratch {
    /// Where it is kept.
    pub directory: PathBuf,
    /// The server.
    pub postgres: EmbeddedPostgres,
    /// Whether the program was told to end.
    pub stop: Stop,
    programs: PathBuf,
}

/// Login and password of a URL of the embedded Postgres.
fn login(url: &str) -> (&str, &str) {
    let authority = url
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('@'))
        .map_or("", |(login, _)| login);
    authority.split_once(':').unwrap_or((authority, ""))
}

impl Scratch {
    /// Starts it; makes it first where no earlier run of this size left one.
    pub fn open(settings: &BenchSettings, stop: Stop) -> Result<Scratch, String> {
        // One directory per size: what fits is used again.
        let directory = settings
            .data_dir
            .join("bench")
            .join(format!("customers-{}", settings.customers));
        let connections = CONNECTIONS * 2 + 24 + u32::try_from(settings.clients).unwrap_or(64);
        let embedded = EmbeddedSettings {
            data_dir: directory.clone(),
            durable: true,
            max_connections: u16::try_from(connections).unwrap_or(u16::MAX),
        };
        fs::create_dir_all(&directory)
            .map_err(|e| format!("The directory {} cannot be made: {e}.", directory.display()))?;
        let postgres = EmbeddedPostgres::start(&embedded).map_err(|e| e.to_string())?;
        // The programs of the very installation that runs, else those of the search path.
        let programs = fs::read_link(format!("/proc/{}/exe", postgres.pid()))
            .ok()
            .and_then(|server| server.parent().map(Path::to_owned))
            .unwrap_or_default();
        let scratch = Scratch {
            directory,
            postgres,
            stop,
            programs,
        };
        scratch.command("pgbench").arg("--version").stdout(Stdio::null()).status().map_err(|_| {
            "pgbench is missing; it belongs to the Postgres server (Debian, Ubuntu: package `postgresql`; Fedora: `postgresql-contrib`)."
                .to_owned()
        })?;
        let old = |e: String| {
            format!(
                "{e}\nAn older release may have left this database; remove {} and try again.",
                scratch.directory.display()
            )
        };
        migrations::up(&scratch.postgres.urls().owner).map_err(|e| old(e.to_string()))?;
        data::load_demo(scratch.postgres.urls(), settings.customers, SEED).map_err(old)?;
        Ok(scratch)
    }

    fn program(&self, name: &str) -> PathBuf {
        let beside = self.programs.join(name);
        if beside.is_file() {
            beside
        } else {
            PathBuf::from(name)
        }
    }

    /// A Postgres client program that finds the database as the runtime login.
    pub fn command(&self, name: &str) -> Command {
        self.command_as(name, &self.postgres.urls().runtime)
    }

    fn command_as(&self, name: &str, url: &str) -> Command {
        let (login, password) = login(url);
        let mut command = Command::new(self.program(name));
        command
            .env("PGHOST", self.postgres.socket_dir())
            .env("PGPORT", "5432")
            .env("PGDATABASE", "busbar")
            .env("PGUSER", login)
            .env("PGPASSWORD", password)
            .env_remove("PGSERVICE")
            .env_remove("PGOPTIONS")
            .stdin(Stdio::null());
        command
    }

    /// Runs SQL as the superuser, row security aside; gives what it printed.
    pub fn sql(&self, sql: &str) -> Result<String, String> {
        self.psql(&self.postgres.urls().superuser, sql)
    }

    /// Runs SQL as the runtime login; gives what it printed.
    pub fn sql_as_runtime(&self, sql: &str) -> Result<String, String> {
        self.psql(&self.postgres.urls().runtime, sql)
    }

    fn psql(&self, url: &str, sql: &str) -> Result<String, String> {
        self.stop.check()?;
        let failed = |e: std::io::Error| format!("psql cannot be run: {e}.");
        let mut child = self
            .command_as("psql", url)
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(sql.as_bytes()).map_err(failed)?;
        }
        let output = child.wait_with_output().map_err(failed)?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(format!(
                "psql: {}",
                String::from_utf8_lossy(&output.stderr).trim()
            ))
        }
    }

    /// How many rows each of these tables has.
    pub fn counts(&self, tables: &[&str]) -> Result<Vec<i64>, String> {
        let sql: String = tables
            .iter()
            .map(|t| format!("select count(*) from {t};\n"))
            .collect();
        self.sql(&sql)?
            .lines()
            .map(|l| l.trim().parse().map_err(|_| format!("Not a count: {l}")))
            .collect()
    }

    /// Stops the Postgres; its data stay.
    pub fn close(self) -> Ended {
        self.postgres.stop().map_err(|e| e.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::login;

    #[test]
    fn login_and_password_are_read_from_a_url() {
        assert_eq!(
            login("postgres://busbar_runtime:ab12@%2Ftmp/busbar"),
            ("busbar_runtime", "ab12")
        );
    }
}
