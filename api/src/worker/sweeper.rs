//! Looks for contacts that wait although nothing happens: a grant that begins at its hour, an event that met locked rows.
//! One sweeper at a time, by lease; what it finds, the usual events would have found a moment later or not at all.

use super::{Unfinished, Worker, blocking, events};
use crate::clock;
use domain::ids::TenantId;
use infra::leases;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

const EVERY: Duration = Duration::from_secs(3);
const LEASE_SECONDS: i64 = 15;

/// Sweeps until told to stop.
pub async fn run(worker: Arc<Worker>, mut stop: watch::Receiver<bool>) {
    let holder = clock::id();
    while !*stop.borrow() {
        let shared = Arc::clone(&worker);
        if let Err(Unfinished::Later(fault) | Unfinished::Never(fault)) =
            blocking(move || round(&shared, holder)).await
        {
            tracing::warn!(fault, "waiting contacts could not be looked for");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.changed() => {}
        }
    }
}

fn round(worker: &Worker, holder: uuid::Uuid) -> Result<(), Unfinished> {
    if leases::take(&worker.database, "sweeper", holder, LEASE_SECONDS, clock::now())?.is_none() {
        return Ok(());
    }
    let tenants: Vec<TenantId> = worker.house.tenants.all().iter().map(|t| t.id).collect();
    let mut made = 0;
    for tenant in tenants.into_iter().filter(|t| *t != TenantId::CENTRE) {
        made += events::offer_at(worker, tenant)?;
    }
    if made > 0 {
        worker.wake.notify_one();
    }
    Ok(())
}
