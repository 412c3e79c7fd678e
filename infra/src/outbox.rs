//! Events on their way out: left by every operation in its own transaction, claimed by the worker across utilities.
//!
//! A claim is a lease: it moves `due_at` ahead and commits, so that a worker that dies loses nothing and two workers do
//! not meet. Whatever a claim causes must be recognisable when it happens twice.

use crate::pg::{Database, Mode, PgStore, binds, statements};
use chrono::{DateTime, TimeDelta, Utc};
use domain::event::{Event, EventStore};
use domain::fault::Stored;
use domain::ids::TenantId;
use serde::Deserialize;

/// How long a claimed event stays out of sight of other workers.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);

statements! {
    EventAppend = "insert into outbox (tenant_id, id, type, v, aggregate, aggregate_id, at, payload, due_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    // Events of one aggregate leave in the order of their ids. Timers stand outside of that order: one that waits for
    // its hour must not hold up what came after it.
    EventClaim = "with due as (
            select o.tenant_id, o.id from outbox o
            where o.state = 'pending' and o.due_at <= $1
                and (o.type = 'OfferDue' or not exists (select from outbox e where e.tenant_id = o.tenant_id
                    and e.aggregate_id = o.aggregate_id and e.id < o.id and e.state = 'pending' and e.type <> 'OfferDue'))
            order by o.due_at, o.id limit $2 for update of o skip locked)
        update outbox o set due_at = $3, attempts = o.attempts + 1 from due
        where o.tenant_id = due.tenant_id and o.id = due.id
        returning json_build_object('attempts', o.attempts, 'event', json_build_object('id', o.id, 'tenant', o.tenant_id,
            'kind', o.type, 'v', o.v, 'aggregate', o.aggregate, 'aggregate_id', o.aggregate_id, 'at', o.at,
            'payload', o.payload, 'due_at', o.due_at))::text";
    EventDone = "update outbox set state = 'done', done_at = now(), fault = null where tenant_id = $1 and id = $2 and state = 'pending'";
    // Only for the claim that failed: whoever claimed it later decides otherwise.
    EventLater = "update outbox set due_at = $4, fault = $5
        where tenant_id = $1 and id = $2 and attempts = $3 and state = 'pending'";
    EventDead = "update outbox set state = 'dead', done_at = now(), fault = $4
        where tenant_id = $1 and id = $2 and attempts = $3 and state = 'pending'";
    Backlog = "select json_build_object('due', count(*), 'oldest_at', min(due_at))::text
        from outbox where state = 'pending' and due_at <= $1";
}

/// An event that this worker has to itself until its lease ends.
#[derive(Clone, Debug, Deserialize)]
pub struct Claimed {
    /// The event; `due_at` is the end of the lease.
    pub event: Event,
    /// How often it was claimed, this time included.
    pub attempts: i32,
}

/// What waits although its time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Waiting {
    /// How many.
    pub due: i64,
    /// Since when the longest of them.
    pub oldest_at: Option<DateTime<Utc>>,
}

impl EventStore for PgStore {
    fn event_append(&mut self, e: &Event) -> Stored<()> {
        let binds = binds![
            e.tenant,
            e.id,
            &e.kind,
            e.v,
            &e.aggregate,
            e.aggregate_id,
            e.at,
            &e.payload,
            e.due_at
        ];
        self.run(EventAppend, binds).map(|_| ())
    }
}

/// Claims at most `limit` due events of all utilities, for [`LEASE`]; at most one per aggregate.
pub fn claim(db_worker: &Database, limit: i64, now: DateTime<Utc>) -> Stored<Vec<Claimed>> {
    let mut store = db_worker.begin(TenantId::CENTRE, Mode::Write)?;
    let mut claimed: Vec<Claimed> = store.all(EventClaim, binds![now, limit, now + LEASE])?;
    store.commit()?;
    claimed.sort_by_key(|c| c.event.id);
    Ok(claimed)
}

/// The event's work is done.
pub fn done(db_worker: &Database, claimed: &Claimed) -> Stored<()> {
    let mut store = db_worker.begin(claimed.event.tenant, Mode::Write)?;
    store.run(EventDone, binds![claimed.event.tenant, claimed.event.id])?;
    store.commit()
}

/// It did not work: again at `at`. `fault` is for the operator.
pub fn later(db_worker: &Database, claimed: &Claimed, at: DateTime<Utc>, fault: &str) -> Stored<()> {
    let mut store = db_worker.begin(claimed.event.tenant, Mode::Write)?;
    store.run(
        EventLater,
        binds![
            claimed.event.tenant,
            claimed.event.id,
            i64::from(claimed.attempts),
            at,
            fault
        ],
    )?;
    store.commit()
}

/// It will never work: what comes after it on its aggregate may go on.
pub fn dead(db_worker: &Database, claimed: &Claimed, fault: &str) -> Stored<()> {
    let mut store = db_worker.begin(claimed.event.tenant, Mode::Write)?;
    store.run(
        EventDead,
        binds![
            claimed.event.tenant,
            claimed.event.id,
            i64::from(claimed.attempts),
            fault
        ],
    )?;
    store.commit()
}

/// How much waits, for the metrics.
pub fn waiting(db_worker: &Database, now: DateTime<Utc>) -> Stored<Waiting> {
    let mut store = db_worker.begin(TenantId::CENTRE, Mode::Read)?;
    let waiting = store.one(Backlog, binds![now])?;
    store.commit()?;
    Ok(waiting.unwrap_or(Waiting {
        due: 0,
        oldest_at: None,
    }))
}
