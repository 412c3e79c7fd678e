//! Looks into the database beside the program, as each of its logins.

use diesel::sql_types::Text;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use serde_json::Value;

use crate::stage;

/// One of the stage's logins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Login {
    /// Owns the schema; row security is forced on it too.
    Owner,
    /// What the server uses.
    Runtime,
    /// What the worker uses.
    Worker,
    /// Sees everything.
    Superuser,
}

/// A connection to the stage's database.
pub fn connect(login: Login) -> PgConnection {
    let urls = stage().urls();
    connect_to(match login {
        Login::Owner => &urls.owner,
        Login::Runtime => &urls.runtime,
        Login::Worker => &urls.worker,
        Login::Superuser => &urls.superuser,
    })
}

/// A connection to any database.
pub fn connect_to(url: &str) -> PgConnection {
    PgConnection::establish(url).unwrap_or_else(|error| panic!("no connection: {error}"))
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    row: String,
}

/// Rows of a `select`, or of a change with `returning`, one JSON object each.
pub fn rows(connection: &mut PgConnection, statement: &str) -> Vec<Value> {
    try_rows(connection, statement).unwrap_or_else(|error| panic!("{error} in: {statement}"))
}

/// As [`rows`]; `Err` is what the database said.
pub fn try_rows(connection: &mut PgConnection, statement: &str) -> Result<Vec<Value>, String> {
    let found: Vec<Row> = sql_query(format!(
        "with t as ({statement}) select row_to_json(t)::text as row from t"
    ))
    .load(connection)
    .map_err(|error| error.to_string())?;
    Ok(found
        .iter()
        .map(|row| serde_json::from_str(&row.row).unwrap())
        .collect())
}

/// The single value of the single row of a `select`.
pub fn value(connection: &mut PgConnection, statement: &str) -> Value {
    let found = rows(connection, statement);
    let [Value::Object(row)] = found.as_slice() else {
        panic!("{} rows from: {statement}", found.len())
    };
    assert_eq!(row.len(), 1, "one column expected from: {statement}");
    row.values().next().cloned().unwrap_or_default()
}

/// Runs a statement and gives the number of rows it touched; `Err` is what the database said.
pub fn execute(connection: &mut PgConnection, statement: &str) -> Result<usize, String> {
    sql_query(statement)
        .execute(connection)
        .map_err(|error| error.to_string())
}
