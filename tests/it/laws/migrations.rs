//! Each migration runs up, down and up again, and the schema is what it was.

use super::{found, kept};
use diesel::PgConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use infra::embedded::{EmbeddedPostgres, EmbeddedSettings};
use std::path::{Path, PathBuf};
use std::process::Command;
use tests::{ending, sql};

/// A database without any table of ours, and a way to print its schema.
struct Empty {
    postgres: EmbeddedPostgres,
    pg_dump: PathBuf,
}

impl Empty {
    fn start(name: &str) -> Empty {
        let settings = EmbeddedSettings {
            data_dir: ending::directory(name),
            durable: false,
            max_connections: 20,
        };
        let postgres = EmbeddedPostgres::start(&settings).unwrap();
        // The tool of the same installation: one that is older refuses, one that is newer prints differently.
        let server = std::fs::read_link(format!("/proc/{}/exe", postgres.pid())).ok();
        let beside = server
            .as_deref()
            .and_then(Path::parent)
            .map(|bin| bin.join("pg_dump"))
            .filter(|tool| tool.exists());
        Empty {
            postgres,
            pg_dump: beside.unwrap_or_else(|| PathBuf::from("pg_dump")),
        }
    }

    fn owner(&self) -> PgConnection {
        sql::connect_to(&self.postgres.urls().owner)
    }

    fn dump(&self) -> String {
        let output = Command::new(&self.pg_dump)
            .args(["--schema-only", "--dbname"])
            .arg(&self.postgres.urls().superuser)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let text = String::from_utf8(output.stdout).unwrap();
        // Newer versions fence their output with a random word.
        text.lines()
            .filter(|line| !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict"))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// Runs a migration up, down, up; gives what differs.
fn up_down_up(
    empty: &Empty,
    name: &str,
    up: &dyn Fn(&mut PgConnection),
    down: &dyn Fn(&mut PgConnection),
    before: &str,
) -> (Vec<String>, String) {
    let mut owner = empty.owner();
    let differs = |a: &str, b: &str| {
        a.lines()
            .zip(b.lines())
            .find(|(a, b)| a != b)
            .map_or_else(String::new, |(a, b)| format!("{a:?} became {b:?}"))
    };
    let mut faults = Vec::new();
    up(&mut owner);
    let first = empty.dump();
    if first == before {
        faults.push(format!("{name}: up changes nothing"));
    }
    down(&mut owner);
    let below = empty.dump();
    if below != before {
        faults.push(format!(
            "{name}: down leaves something behind: {}",
            differs(before, &below)
        ));
    }
    up(&mut owner);
    let second = empty.dump();
    if second != first {
        faults.push(format!(
            "{name}: the second up differs: {}",
            differs(&first, &second)
        ));
    }
    (faults, second)
}

#[test]
fn each_migration_runs_up_down_up_with_the_same_dump() {
    let empty = Empty::start("migrations");
    let mut migrations: Vec<Box<dyn Migration<Pg>>> = infra::migrations::MIGRATIONS.migrations().unwrap();
    migrations.sort_by_key(|m| m.name().to_string());
    assert!(migrations.len() >= 8, "{}", migrations.len());
    let mut faults = Vec::new();
    let mut dump = empty.dump();
    for migration in &migrations {
        let up = |owner: &mut PgConnection| migration.run(owner).unwrap();
        let down = |owner: &mut PgConnection| migration.revert(owner).unwrap();
        let (new, after) = up_down_up(&empty, &migration.name().to_string(), &up, &down, &dump);
        faults.extend(new);
        dump = after;
    }
    kept("migrations", &faults);
    println!("{} migrations, up, down, up", migrations.len());
}

#[test]
fn a_migration_that_leaves_something_behind_is_found() {
    let empty = Empty::start("broken-migration");
    let run = |text: &'static str| move |owner: &mut PgConnection| assert!(sql::execute(owner, text).is_ok());
    let (faults, _) = up_down_up(
        &empty,
        "forgets",
        &run("create table if not exists forgotten (id uuid)"),
        &run("select 1"),
        &empty.dump(),
    );
    found(&faults, "down leaves something behind");
    let (faults, _) = up_down_up(&empty, "idle", &run("select 1"), &run("select 1"), &empty.dump());
    found(&faults, "up changes nothing");
}
