//! Gives committed audit entries their place in the chain and signs the head. One sealer at a time, by lease.

use super::{Unfinished, Worker, blocking};
use crate::{clock, state};
use domain::ids::TenantId;
use infra::{answers, audit, leases};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

const EVERY: Duration = Duration::from_millis(400);
const LEASE_SECONDS: i64 = 10;
/// How long an answer is kept for a repeated key.
const ANSWERS_LAST: chrono::TimeDelta = chrono::TimeDelta::hours(48);

/// Seals until told to stop.
pub async fn run(worker: Arc<Worker>, mut stop: watch::Receiver<bool>) {
    let holder = clock::id();
    let mut forgotten_at = None;
    while !*stop.borrow() {
        let shared = Arc::clone(&worker);
        let forget = forgotten_at
            .is_none_or(|at: chrono::DateTime<chrono::Utc>| clock::now() - at > chrono::TimeDelta::hours(1));
        let sealed = blocking(move || round(&shared, holder, forget)).await;
        match sealed {
            Ok(true) if forget => forgotten_at = Some(clock::now()),
            Ok(_) => {}
            Err(Unfinished::Later(fault) | Unfinished::Never(fault)) => {
                tracing::warn!(fault, "the audit could not be sealed")
            }
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.changed() => {}
        }
    }
}

/// One round over all utilities; false if another worker holds the lease.
fn round(worker: &Worker, holder: uuid::Uuid, forget: bool) -> Result<bool, Unfinished> {
    let now = clock::now();
    if leases::take(&worker.database, "sealer", holder, LEASE_SECONDS, now)?.is_none() {
        return Ok(false);
    }
    let keys = &worker.house.keys;
    let sign = |message: &[u8]| (keys.id().to_owned(), keys.sign(message));
    worker
        .house
        .tenants
        .replace(state::tenant_list(&worker.database)?);
    let tenants: Vec<TenantId> = worker.house.tenants.all().iter().map(|t| t.id).collect();
    for tenant in tenants {
        audit::seal(&worker.database, tenant, &sign, now)?;
        if forget {
            answers::forget(&worker.database, tenant, now - ANSWERS_LAST)?;
        }
    }
    Ok(true)
}
