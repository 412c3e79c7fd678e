//! Makes the logins that keep row security honest: the owner migrates, the two others own nothing and
//! cannot bypass a policy. Their passwords are random and stay beside the data.

use std::fmt;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::sql_types::{Bool, Text};
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use rand::RngCore;
use rand::rngs::OsRng;

use super::{EmbeddedError, io};

/// Name of the database.
pub(super) const DATABASE: &str = "busbar";
/// Login that owns every object and runs migrations.
pub(super) const OWNER: &str = "busbar_owner";
/// Login of the server that answers people.
pub(super) const RUNTIME: &str = "busbar_runtime";
/// Login of the worker.
pub(super) const WORKER: &str = "busbar_worker";
/// Superuser of the embedded cluster.
pub(super) const SUPERUSER: &str = "postgres";

/// Where each login finds the database: `postgres://login:password@host/busbar`, the host being a
/// percent-encoded directory when the database listens on a unix socket.
#[derive(Clone)]
pub struct DatabaseUrls {
    /// Owns the schema; migrations only.
    pub owner: String,
    /// Answers people's requests; owns nothing, cannot bypass row security.
    pub runtime: String,
    /// Runs jobs; owns nothing, cannot bypass row security.
    pub worker: String,
    /// Set-up, tests and benchmarks. With a Postgres of the user's own this is the owner's URL again.
    pub superuser: String,
}

/// Prints no password.
impl fmt::Debug for DatabaseUrls {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.runtime.rsplit_once('@').map_or("", |(_, place)| place);
        write!(out, "DatabaseUrls(…@{shown})")
    }
}

impl DatabaseUrls {
    /// URLs of the embedded cluster that listens in `socket_dir`, from the secrets kept in `data_dir`;
    /// absent secrets are made.
    pub(super) fn embedded(data_dir: &Path, socket_dir: &Path) -> Result<Self, EmbeddedError> {
        let host = percent_encoded(&socket_dir.to_string_lossy());
        let url = |login: &str, database: &str| {
            let password = secret(data_dir, login)?;
            Ok(format!("postgres://{login}:{password}@{host}/{database}"))
        };
        Ok(Self {
            owner: url(OWNER, DATABASE)?,
            runtime: url(RUNTIME, DATABASE)?,
            worker: url(WORKER, DATABASE)?,
            superuser: url(SUPERUSER, DATABASE)?,
        })
    }
}

/// Reads the password of a login, or makes one of 256 random bits. Its digits are hexadecimal, so it needs
/// no quoting in a URL or a statement.
pub(super) fn secret(data_dir: &Path, login: &str) -> Result<String, EmbeddedError> {
    let directory = data_dir.join("secrets");
    let path = directory.join(login);
    match std::fs::read_to_string(&path) {
        Ok(text) if is_secret(text.trim()) => return Ok(text.trim().to_owned()),
        Ok(_) => {
            return Err(EmbeddedError::Database(format!(
                "{} does not hold a password of ours",
                path.display()
            )));
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(io("read", &path)(error)),
    }
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&directory)
        .map_err(io("create", &directory))?;
    let mut bytes = [0_u8; 32];
    OsRng.fill_bytes(&mut bytes);
    let password: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    // Written aside and renamed: a crash leaves the whole password or none.
    let aside = directory.join(format!(".{login}.{}", std::process::id()));
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&aside)?;
        file.write_all(password.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&aside, &path)
    };
    write().map_err(io("write", &path))?;
    Ok(password)
}

fn is_secret(text: &str) -> bool {
    text.len() >= 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
        encoded
    })
}

/// Makes roles, database and schema rights of an embedded cluster; changes nothing where they exist.
pub(super) fn set_up(urls: &DatabaseUrls, data_dir: &Path) -> Result<(), EmbeddedError> {
    let (server, _) = urls.superuser.rsplit_once('/').unwrap_or((&urls.superuser, ""));
    let mut admin = connect(&format!("{server}/postgres"))?;
    for login in [OWNER, RUNTIME, WORKER] {
        if !role_exists(&mut admin, login)? {
            make_login(&mut admin, login, &secret(data_dir, login)?)?;
        }
    }
    // The last step of the set-up leaves a mark, so that an ordinary start asks one question and no more.
    let done = "select exists (select from pg_database d join pg_shdescription s on s.objoid = d.oid \
                where d.datname = $1 and s.description = 'set up by busbar') as found";
    if exists(&mut admin, done, DATABASE)? {
        return Ok(());
    }
    if !exists(
        &mut admin,
        "select exists (select from pg_database where datname = $1) as found",
        DATABASE,
    )? {
        admin
            .batch_execute(&format!("create database {DATABASE} owner {OWNER}"))
            .map_err(refused("create the database"))?;
    }
    let mut inside = connect(&urls.superuser)?;
    inside
        .batch_execute(&format!(
            "alter schema public owner to {OWNER};
             revoke all on schema public from public;
             grant usage on schema public to {RUNTIME}, {WORKER};
             revoke all on database {DATABASE} from public;
             grant connect on database {DATABASE} to {RUNTIME}, {WORKER};
             comment on database {DATABASE} is 'set up by busbar'"
        ))
        .map_err(refused("set the rights of the database"))
}

/// Gives a Postgres of the user's own the two logins `busbar_runtime` and `busbar_worker`.
///
/// `owner_url` is a `postgres://` URL of the login that owns the database and may create roles. Passwords
/// are kept in `data_dir/secrets`. A login that exists with another password belongs to another
/// installation and is left as it is: that is an error, as is an owner who may not create roles.
pub fn provision(owner_url: &str, data_dir: &Path) -> Result<DatabaseUrls, EmbeddedError> {
    let runtime = with_login(owner_url, RUNTIME, &secret(data_dir, RUNTIME)?)?;
    let worker = with_login(owner_url, WORKER, &secret(data_dir, WORKER)?)?;
    let mut owner = connect(owner_url)?;
    for (login, url, setting) in [
        (RUNTIME, &runtime, "DATABASE_URL"),
        (WORKER, &worker, "DATABASE_WORKER_URL"),
    ] {
        if !role_exists(&mut owner, login)? {
            make_login(&mut owner, login, &secret(data_dir, login)?)?;
        }
        let database = current_database(&mut owner)?.replace('"', "\"\"");
        owner
            .batch_execute(&format!(
                "grant connect on database \"{database}\" to {login}; grant usage on schema public to {login}"
            ))
            .map_err(refused("grant the logins their rights"))?;
        connect(url).map_err(|error| {
            EmbeddedError::Database(format!(
                "the login {login} exists but not with the password kept in {}: set {setting}, or drop \
                 the role if no other installation uses it ({error})",
                data_dir.join("secrets").display()
            ))
        })?;
    }
    // Best effort: only the schema's owner may do this, and since version 15 it is the default.
    let _ = owner.batch_execute("revoke create on schema public from public");
    Ok(DatabaseUrls {
        owner: owner_url.to_owned(),
        runtime,
        worker,
        superuser: owner_url.to_owned(),
    })
}

/// The same server and database under another login.
fn with_login(url: &str, login: &str, password: &str) -> Result<String, EmbeddedError> {
    let wrong = |why: &str| {
        Err(EmbeddedError::Url(format!(
            "DATABASE_OWNER_URL {why}; expected postgres://login:password@host/name"
        )))
    };
    let Some((scheme, rest)) = url.split_once("://") else {
        return wrong("is not a URL");
    };
    if !["postgres", "postgresql"].contains(&scheme) {
        return wrong("does not begin with postgres://");
    }
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    if ["user=", "password="].iter().any(|key| tail.contains(key)) {
        return wrong("names its login behind the question mark");
    }
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    Ok(format!("{scheme}://{login}:{password}@{host}{tail}"))
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Bool)]
    found: bool,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

fn exists(connection: &mut PgConnection, question: &str, name: &str) -> Result<bool, EmbeddedError> {
    sql_query(question)
        .bind::<Text, _>(name)
        .get_result::<Found>(connection)
        .map(|row| row.found)
        .map_err(refused("look at the catalogue"))
}

fn role_exists(connection: &mut PgConnection, login: &str) -> Result<bool, EmbeddedError> {
    exists(
        connection,
        "select exists (select from pg_roles where rolname = $1) as found",
        login,
    )
}

fn current_database(connection: &mut PgConnection) -> Result<String, EmbeddedError> {
    sql_query("select current_database()::text as name")
        .get_result::<Name>(connection)
        .map(|row| row.name)
        .map_err(refused("ask for the database's name"))
}

/// `login` and `password` are ours, of letters, digits and underscores: a role cannot be a parameter.
fn make_login(connection: &mut PgConnection, login: &str, password: &str) -> Result<(), EmbeddedError> {
    connection
        .batch_execute(&format!(
            "create role {login} login noinherit password '{password}'"
        ))
        .map_err(refused("create a login; the owner needs the right CREATEROLE"))
}

pub(super) fn connect(url: &str) -> Result<PgConnection, EmbeddedError> {
    // The address of a failing connection is printed by libpq without its password.
    PgConnection::establish(url).map_err(|error| EmbeddedError::Database(format!("cannot connect: {error}")))
}

fn refused(what: &'static str) -> impl FnOnce(diesel::result::Error) -> EmbeddedError {
    move |error| EmbeddedError::Database(format!("cannot {what}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_gets_another_login() {
        let swapped = |url| with_login(url, "busbar_worker", "ab").ok();
        assert_eq!(
            swapped("postgres://owner:p%40ss@db.local:6000/busbar?sslmode=require").as_deref(),
            Some("postgres://busbar_worker:ab@db.local:6000/busbar?sslmode=require")
        );
        assert_eq!(
            swapped("postgresql://%2Frun%2Fx/busbar").as_deref(),
            Some("postgresql://busbar_worker:ab@%2Frun%2Fx/busbar")
        );
        assert_eq!(swapped("host=/run/x dbname=busbar"), None);
        assert_eq!(swapped("mysql://a@b/c"), None);
        assert_eq!(swapped("postgres://h/busbar?user=owner"), None);
    }

    #[test]
    fn debug_prints_no_password() {
        let url = "postgres://busbar_runtime:c0ffee@%2Frun/busbar".to_owned();
        let urls = DatabaseUrls {
            owner: url.clone(),
            runtime: url.clone(),
            worker: url.clone(),
            superuser: url,
        };
        assert_eq!(format!("{urls:?}"), "DatabaseUrls(…@%2Frun/busbar)");
    }
}
