//! The schema travels inside the program: whoever starts it with the owner's login can bring a database up to date.

use diesel::pg::{Pg, PgConnection};
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection, QueryableByName, RunQueryDsl, sql_query};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::fmt;

/// All migrations, in order of their names.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../migrations");

/// Two nodes that start at once must not migrate at once. The number means nothing.
const LOCK: i64 = 0x6275_7362_6172;

/// Why the schema could not be changed; for the operator's eyes.
#[derive(Debug)]
pub struct MigrationError(String);

impl fmt::Display for MigrationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for MigrationError {}

#[derive(QueryableByName)]
struct Missing {
    #[diesel(sql_type = Text)]
    name: String,
}

fn failed(what: &'static str) -> impl Fn(Box<dyn std::error::Error + Send + Sync>) -> MigrationError {
    move |error| MigrationError(format!("{what}: {error}"))
}

fn connect(owner_url: &str) -> Result<PgConnection, MigrationError> {
    let mut owner = PgConnection::establish(owner_url)
        .map_err(|e| MigrationError(format!("no connection as owner: {e}")))?;
    sql_query("select pg_advisory_lock($1)")
        .bind::<BigInt, _>(LOCK)
        .execute(&mut owner)
        .map_err(|e| MigrationError(format!("the lock of the migrations: {e}")))?;
    Ok(owner)
}

/// Runs what is missing; gives the names of what was run.
pub fn up(owner_url: &str) -> Result<Vec<String>, MigrationError> {
    let mut owner = connect(owner_url)?;
    let missing: Vec<Missing> = sql_query(
        "select name from (values ('busbar_runtime'), ('busbar_worker')) as wanted (name)
         where not exists (select from pg_roles where rolname = name)",
    )
    .load(&mut owner)
    .map_err(|e| MigrationError(format!("the logins cannot be looked up: {e}")))?;
    if let Some(missing) = missing.first() {
        return Err(MigrationError(format!(
            "the login {} does not exist: make the logins busbar_runtime and busbar_worker before the first migration",
            missing.name
        )));
    }
    let mut done = Vec::new();
    let pending = owner
        .pending_migrations(MIGRATIONS)
        .map_err(failed("the migrations cannot be read"))?;
    for migration in &pending {
        let name = migration.name().to_string();
        owner
            .run_migration(migration)
            .map_err(|error| MigrationError(format!("migration {name}: {error}")))?;
        done.push(name);
    }
    Ok(done)
}

/// Takes the newest migration back; gives its version.
pub fn down(owner_url: &str) -> Result<String, MigrationError> {
    let mut owner = connect(owner_url)?;
    owner
        .revert_last_migration(MIGRATIONS)
        .map(|version| version.to_string())
        .map_err(failed("taking back"))
}

/// Every migration with whether it was run.
pub fn status(owner_url: &str) -> Result<Vec<(String, bool)>, MigrationError> {
    use diesel::migration::{Migration, MigrationSource};
    let mut owner = connect(owner_url)?;
    let run = owner
        .applied_migrations()
        .map_err(failed("the migrations cannot be read"))?;
    let all: Vec<Box<dyn Migration<Pg>>> = MIGRATIONS
        .migrations()
        .map_err(failed("the migrations cannot be read"))?;
    let mut named: Vec<_> = all
        .iter()
        .map(|m| (m.name().to_string(), run.contains(&m.name().version())))
        .collect();
    named.sort();
    Ok(named)
}
