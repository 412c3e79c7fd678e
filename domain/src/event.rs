//! What happened, for the worker and for whoever listens: written to the outbox in the same transaction.

use crate::fault::Stored;
use crate::ids::{EventId, TenantId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// `{type, v, tenant, aggregate, at, payload}`; ids order the events of an aggregate. Payloads hold references only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Also the key by which a repeated delivery is recognised.
    pub id: EventId,
    /// For which utility; nil for the centre.
    pub tenant: TenantId,
    /// E.g. `CaseOpened`.
    pub kind: String,
    /// Version of the payload; versions only add.
    pub v: i16,
    /// E.g. `case`.
    pub aggregate: String,
    /// Which one.
    pub aggregate_id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// References, no personal data.
    pub payload: serde_json::Value,
    /// Not before.
    pub due_at: DateTime<Utc>,
}

/// Where events are left.
pub trait EventStore {
    /// Leaves an event in the outbox of the current transaction.
    fn event_append(&mut self, event: &Event) -> Stored<()>;
}
