//! What both workloads stand on: the bench's operators, ids by arithmetic (pgbench has no other), and the check that
//! both contenders write the same.

use super::Bench;
use crate::commands::Ended;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The first 24 characters of ids made at an instant, to which twelve digits are added.
pub fn prefix(at: DateTime<Utc>) -> String {
    let millis = format!("{:012x}", at.timestamp_millis());
    let (high, low) = millis.split_at_checked(8).unwrap_or(("00000000", "0000"));
    format!("{high}-{low}-7000-8000-")
}

/// The first 24 characters of the ids of the bench's operators.
pub const PERSON: &str = "0192f000-0000-7000-a000-";

/// An id of a prefix.
pub fn id(prefix: &str, number: u64) -> Uuid {
    format!("{prefix}{number:012x}").parse().unwrap_or_default()
}

/// Takes away what an earlier run left and makes the operators.
pub fn prepare(bench: &Bench<'_>) -> Ended {
    let sql = include_str!("setup.sql")
        .replace("{person}", PERSON)
        .replace("{clients}", &bench.settings.clients.to_string());
    bench.scratch.sql(&sql).map(|_| ())
}

/// Refuses to time contenders that do not write the same numbers of rows.
pub fn same_rows(before: &[i64], between: &[i64], after: &[i64]) -> Ended {
    let grown = |a: &[i64], b: &[i64]| a.iter().zip(b).map(|(a, b)| b - a).collect::<Vec<_>>();
    let (busbar, limit) = (grown(before, between), grown(between, after));
    if busbar == limit {
        Ok(())
    } else {
        Err(format!(
            "Busbar and pgbench do not write the same, so nothing was timed: {busbar:?} and {limit:?} rows."
        ))
    }
}
