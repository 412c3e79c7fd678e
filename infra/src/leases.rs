//! One runner per job: whoever holds the lease runs it, and its fence number tells a late writer from the holder.

use crate::pg::{Database, Mode, binds, statements};
use chrono::{DateTime, TimeDelta, Utc};
use domain::fault::Stored;
use domain::ids::TenantId;
use uuid::Uuid;

statements! {
    LeaseTake = "insert into leases as l (name, holder, fence, until) values ($1, $2, 1, $4)
        on conflict (name) do update set holder = excluded.holder, fence = l.fence + 1, until = excluded.until
        where l.until <= $3 or l.holder = excluded.holder returning to_json(fence)::text";
    LeaseRenew = "update leases set until = $4 where name = $1 and holder = $2 and fence = $3 and until > $5";
    LeaseRelease = "update leases set until = '-infinity' where name = $1 and holder = $2 and fence = $3";
}

/// Takes a free or lapsed lease, or one's own again; gives its fence number, `None` if another holds it.
pub fn take(
    db_worker: &Database,
    name: &str,
    holder: Uuid,
    for_seconds: i64,
    now: DateTime<Utc>,
) -> Stored<Option<i64>> {
    let mut store = db_worker.begin(TenantId::CENTRE, Mode::Write)?;
    let fence = store.one(
        LeaseTake,
        binds![name, holder, now, now + TimeDelta::seconds(for_seconds)],
    )?;
    store.commit()?;
    Ok(fence)
}

/// Keeps a lease that has not lapsed; false if it is lost.
pub fn renew(
    db_worker: &Database,
    name: &str,
    holder: Uuid,
    fence: i64,
    for_seconds: i64,
    now: DateTime<Utc>,
) -> Stored<bool> {
    let mut store = db_worker.begin(TenantId::CENTRE, Mode::Write)?;
    let kept = store.run(
        LeaseRenew,
        binds![name, holder, fence, now + TimeDelta::seconds(for_seconds), now],
    )? == 1;
    store.commit()?;
    Ok(kept)
}

/// Gives a lease back, so that the next one need not wait for its end.
pub fn release(db_worker: &Database, name: &str, holder: Uuid, fence: i64) -> Stored<()> {
    let mut store = db_worker.begin(TenantId::CENTRE, Mode::Write)?;
    store.run(LeaseRelease, binds![name, holder, fence])?;
    store.commit()
}
