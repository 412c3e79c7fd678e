//! The only door to Postgres: a pool whose connections are handed out inside a transaction that names its tenant.

use crate::statement::{Close, Run, Wide};
use diesel::RunQueryDsl;
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::pg::PgConnection;
use diesel::r2d2::{ConnectionManager, PooledConnection};
use diesel::result::{DatabaseErrorKind, Error, QueryResult};
use domain::fault::{StoreError, Stored};
use domain::ids::TenantId;
use domain::unit::UnitOfWork;
use serde::de::DeserializeOwned;
use std::marker::PhantomData;
use std::time::{Duration, Instant};

pub(crate) use crate::binds::{Bind, Hex, binds, first_id, scoped};
pub(crate) use crate::statement::{SeenStatement, Statement, seen_statements, statements};

/// How long an operation waits for a connection before it is told that we are full.
const WAIT: Duration = Duration::from_secs(1);

/// Whether losing the last few commits in a crash of the server is harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Only audit entries of a read: the commit does not wait for the disk.
    Read,
    /// The commit is on disk when it is answered.
    Write,
}

type Pooled = PooledConnection<ConnectionManager<PgConnection>>;

/// Connections of one login.
#[derive(Clone)]
pub struct Database {
    pool: r2d2::Pool<ConnectionManager<PgConnection>>,
}

/// Says in our log why connections cannot be made; libpq's texts name host and login, never the password.
#[derive(Debug)]
struct Complaints;

impl r2d2::HandleError<diesel::r2d2::Error> for Complaints {
    fn handle_error(&self, error: diesel::r2d2::Error) {
        tracing::warn!(%error, "no connection to Postgres");
    }
}

/// Every statement here is planned once per connection. Left to itself Postgres would plan those over the monthly
/// partitions anew each time, which takes longer than to run them, to save what is skipped at run time anyway.
#[derive(Debug)]
struct PlansOnce;

impl r2d2::CustomizeConnection<PgConnection, diesel::r2d2::Error> for PlansOnce {
    fn on_acquire(&self, connection: &mut PgConnection) -> Result<(), diesel::r2d2::Error> {
        connection
            .batch_execute("SET plan_cache_mode = force_generic_plan")
            .map_err(diesel::r2d2::Error::QueryError)
    }
}

impl Database {
    /// Opens a pool of at most `max` connections; fails if the first cannot be made within a second.
    pub fn open(url: &str, max: u32) -> Stored<Database> {
        let max = max.max(1);
        r2d2::Pool::builder()
            .max_size(max)
            .min_idle(Some(max.min(2)))
            .test_on_check_out(false)
            .connection_timeout(WAIT)
            .error_handler(Box::new(Complaints))
            .connection_customizer(Box::new(PlansOnce))
            .build(ConnectionManager::new(url))
            .map(|pool| Database { pool })
            .map_err(|_| StoreError::Unavailable)
    }

    /// Begins one transaction under one tenant, in a single round trip.
    ///
    /// A connection that died while it was idle shows here, before anything was asked: the next one is tried.
    pub fn begin(&self, tenant: TenantId, mode: Mode) -> Stored<PgStore> {
        let until = Instant::now() + WAIT;
        let batch = opening_batch(tenant, mode);
        for _ in 0..=self.pool.max_size() {
            let mut connection = self.connection(until)?;
            match AnsiTransactionManager::begin_transaction_sql(&mut *connection, &batch) {
                Ok(()) => {
                    return Ok(PgStore {
                        connection: Some(connection),
                        tenant,
                        entered: false,
                        statements: 0,
                        failed: None,
                    });
                }
                Err(error) => {
                    // BEGIN may have worked and a SET failed; diesel then believes that no transaction is open.
                    spoil(&mut connection);
                    drop(connection);
                    if !is_away(&error) {
                        return Err(fault(&error));
                    }
                }
            }
        }
        Err(StoreError::Unavailable)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one lawful place: the connection leaves in a transaction"
    )]
    fn connection(&self, until: Instant) -> Stored<Pooled> {
        let left = until
            .saturating_duration_since(Instant::now())
            .max(Duration::from_millis(1));
        self.pool.get_timeout(left).map_err(|_| StoreError::Unavailable)
    }

    /// Whether the database answers.
    pub fn ping(&self) -> bool {
        self.begin(TenantId::CENTRE, Mode::Read)
            .and_then(PgStore::commit)
            .is_ok()
    }

    /// Open connections, and how many of them are idle.
    pub fn state(&self) -> (u32, u32) {
        let state = self.pool.state();
        (state.connections, state.idle_connections)
    }
}

/// `SET` takes no parameters: a typed uuid is written into SQL here and in [`PgStore::under`], and nowhere else.
/// There is no query in the batch, Citus would run it before the tenant is known on its workers.
fn opening_batch(tenant: TenantId, mode: Mode) -> String {
    let commit = match mode {
        Mode::Read => "; SET LOCAL synchronous_commit = off",
        Mode::Write => "",
    };
    let tenant = tenant.0.hyphenated();
    format!(
        "BEGIN; SET LOCAL app.tenant = '{tenant}'; SET LOCAL lock_timeout = '2s'; SET LOCAL statement_timeout = '10s'{commit}"
    )
}

/// The pool throws a connection away whose state diesel calls broken.
fn spoil(connection: &mut PgConnection) {
    AnsiTransactionManager::transaction_manager_status_mut(connection).set_in_error();
}

/// One transaction under one tenant: implements every store of domain and tenancy. Dropped without
/// [`PgStore::commit`] it rolls back.
pub struct PgStore {
    connection: Option<Pooled>,
    tenant: TenantId,
    /// Whether the running part went on under another tenant.
    entered: bool,
    statements: u32,
    /// What broke the transaction: Postgres would answer a later COMMIT with a silent ROLLBACK.
    failed: Option<StoreError>,
}

impl PgStore {
    /// Commits. A transaction in which a statement failed, and was not taken back with its savepoint, is rolled back
    /// and gives that failure again.
    pub fn commit(mut self) -> Stored<()> {
        self.commit_now()
    }

    /// How many statements were run, without BEGIN, COMMIT and savepoints.
    pub fn statements(&self) -> u32 {
        self.statements
    }

    /// The tenant the transaction was begun for.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// All rows of a statement.
    pub(crate) fn all<S: Statement, T: DeserializeOwned>(
        &mut self,
        _: S,
        binds: &[Bind<'_>],
    ) -> Stored<Vec<T>> {
        self.statements += 1;
        let rows: QueryResult<Vec<String>> = {
            let Some(connection) = &mut self.connection else {
                return Err(gone());
            };
            Run::<S> {
                binds,
                statement: PhantomData,
            }
            .load(&mut **connection)
        };
        rows.map_err(|error| self.fail(&error))?
            .iter()
            .map(|row| {
                serde_json::from_str(row)
                    .map_err(|e| StoreError::Internal(format!("row not as expected: {e}")))
            })
            .collect()
    }

    /// The first row of a statement, if there is one.
    pub(crate) fn one<S: Statement, T: DeserializeOwned>(
        &mut self,
        statement: S,
        binds: &[Bind<'_>],
    ) -> Stored<Option<T>> {
        Ok(self.all(statement, binds)?.pop())
    }

    /// All rows that a scope sees, by the form of the statement it needs.
    pub(crate) fn all_seen<S: SeenStatement, T: DeserializeOwned>(
        &mut self,
        _: S,
        close: bool,
        binds: &[Bind<'_>],
    ) -> Stored<Vec<T>> {
        if close {
            self.all(Close::<S>(PhantomData), binds)
        } else {
            self.all(Wide::<S>(PhantomData), binds)
        }
    }

    /// The first row that a scope sees.
    pub(crate) fn one_seen<S: SeenStatement, T: DeserializeOwned>(
        &mut self,
        statement: S,
        close: bool,
        binds: &[Bind<'_>],
    ) -> Stored<Option<T>> {
        Ok(self.all_seen(statement, close, binds)?.pop())
    }

    /// Runs a statement; gives how many rows it touched.
    pub(crate) fn run<S: Statement>(&mut self, _: S, binds: &[Bind<'_>]) -> Stored<usize> {
        self.statements += 1;
        let done = {
            let Some(connection) = &mut self.connection else {
                return Err(gone());
            };
            Run::<S> {
                binds,
                statement: PhantomData,
            }
            .execute(&mut **connection)
        };
        done.map_err(|error| self.fail(&error))
    }

    /// Sets another tenant inside the transaction: for the lists that a person has over several utilities, which read
    /// no personal data.
    pub(crate) fn under(&mut self, tenant: TenantId) -> Stored<()> {
        let tenant = tenant.0.hyphenated();
        self.batch(|connection| connection.batch_execute(&format!("SET LOCAL app.tenant = '{tenant}'")))
    }

    fn batch(&mut self, act: impl FnOnce(&mut PgConnection) -> QueryResult<()>) -> Stored<()> {
        let done = {
            let Some(connection) = &mut self.connection else {
                return Err(gone());
            };
            act(&mut *connection)
        };
        done.map_err(|error| self.fail(&error))
    }

    fn fail(&mut self, error: &Error) -> StoreError {
        let failure = fault(error);
        if is_away(error)
            && let Some(connection) = &mut self.connection
        {
            spoil(connection);
        }
        self.failed.get_or_insert_with(|| failure.clone());
        failure
    }
}

impl UnitOfWork for PgStore {
    fn savepoint(&mut self) -> Stored<()> {
        self.batch(AnsiTransactionManager::begin_transaction)
    }

    fn savepoint_keep(&mut self) -> Stored<()> {
        self.batch(AnsiTransactionManager::commit_transaction)?;
        // Unlike taking back, keeping a part keeps its settings too.
        if std::mem::take(&mut self.entered) {
            self.under(self.tenant)
        } else {
            Ok(())
        }
    }

    fn savepoint_undo(&mut self) -> Stored<()> {
        self.batch(AnsiTransactionManager::rollback_transaction)?;
        self.failed = None;
        self.entered = false;
        Ok(())
    }

    fn tenant_enter(&mut self, tenant: TenantId) -> Stored<()> {
        self.entered = true;
        self.under(tenant)
    }

    fn commit_now(&mut self) -> Stored<()> {
        if let Some(failed) = &self.failed {
            return Err(failed.clone());
        }
        let Some(mut connection) = self.connection.take() else {
            return Err(gone());
        };
        AnsiTransactionManager::commit_transaction(&mut *connection).map_err(|error| {
            spoil(&mut connection);
            fault(&error)
        })
    }

    fn statements_run(&self) -> u32 {
        self.statements
    }
}

impl Drop for PgStore {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else {
            return;
        };
        // In a panic nobody knows what the connection is in the middle of; the pool drops it then.
        if std::thread::panicking() {
            spoil(&mut connection);
            return;
        }
        while AnsiTransactionManager::transaction_manager_status_mut(&mut *connection)
            .transaction_depth()
            .is_ok_and(|depth| depth.is_some())
        {
            if AnsiTransactionManager::rollback_transaction(&mut *connection).is_err() {
                spoil(&mut connection);
                return;
            }
        }
    }
}

fn gone() -> StoreError {
    StoreError::Internal("the transaction is over".to_owned())
}

/// Whether the connection is lost.
fn is_away(error: &Error) -> bool {
    match error {
        Error::BrokenTransactionManager => true,
        Error::DatabaseError(
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
            _,
        ) => true,
        Error::DatabaseError(_, why) => [
            "terminating connection",
            "server closed the connection",
            "no connection to the server",
        ]
        .iter()
        .any(|text| why.message().contains(text)),
        _ => false,
    }
}

/// What the caller may know. diesel hides SQLSTATE, hence the texts (the cluster's messages are English).
pub(crate) fn fault(error: &Error) -> StoreError {
    if is_away(error) {
        return StoreError::Unavailable;
    }
    match error {
        Error::NotFound => StoreError::NotFound,
        Error::DatabaseError(kind, why) => {
            let says = |texts: &[&str]| texts.iter().any(|text| why.message().contains(text));
            match kind {
                DatabaseErrorKind::UniqueViolation
                | DatabaseErrorKind::ForeignKeyViolation
                | DatabaseErrorKind::SerializationFailure => StoreError::Conflict,
                DatabaseErrorKind::ReadOnlyTransaction => StoreError::Unavailable,
                _ if says(&[
                    "due to lock timeout",
                    "deadlock detected",
                    "could not obtain lock",
                ]) =>
                {
                    StoreError::Conflict
                }
                _ if says(&[
                    "canceling statement",
                    "No space left",
                    "out of memory",
                    "out of shared memory",
                ]) =>
                {
                    StoreError::Unavailable
                }
                _ => StoreError::Internal(format!("{kind:?}: {}", why.message())),
            }
        }
        other => StoreError::Internal(other.to_string()),
    }
}
