//! Who does something, for which utility, when, and why: given to every use case.

use crate::event::Event;
use crate::ids::{CaseId, CustomerId, InteractionId, PersonId, RequestId, TenantId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum By {
    /// A person of the centre or a utility.
    Person(PersonId),
    /// A customer in the portal.
    Customer(CustomerId),
    /// The switchboard or another machine.
    Service,
    /// Busbar itself.
    System,
    /// Nobody signed in.
    Nobody,
}

impl By {
    /// The kind as stored.
    pub const fn kind(self) -> &'static str {
        match self {
            By::Person(_) => "person",
            By::Customer(_) => "customer",
            By::Service => "service",
            By::System => "system",
            By::Nobody => "nobody",
        }
    }
    /// The id, where the actor has one.
    pub const fn id(self) -> Option<Uuid> {
        match self {
            By::Person(PersonId(id)) | By::Customer(CustomerId(id)) => Some(id),
            By::Service | By::System | By::Nobody => None,
        }
    }
}

/// What personal data are read or written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// An open contact.
    Interaction(InteractionId),
    /// A case.
    Case(CaseId),
}

/// Gives new ids; UUIDv7 in the program, counted ones in tests.
pub trait IdSource: Send {
    /// A new id, greater than those before it.
    fn next(&mut self) -> Uuid;
}

/// One act: tenant, actor, instant, request. `now` is read once per request.
pub struct Act<'a> {
    /// For which utility.
    pub tenant: TenantId,
    /// Who.
    pub by: By,
    /// When.
    pub now: DateTime<Utc>,
    /// In which request.
    pub request: RequestId,
    /// What for, if known.
    pub purpose: Option<Purpose>,
    /// New ids.
    pub ids: &'a mut dyn IdSource,
}

impl Act<'_> {
    /// A new typed id.
    pub fn id<T: From<Uuid>>(&mut self) -> T {
        T::from(self.ids.next())
    }

    /// An event of this act about an aggregate, due at once.
    pub fn event(
        &mut self,
        kind: &str,
        aggregate: &str,
        aggregate_id: Uuid,
        payload: serde_json::Value,
    ) -> Event {
        Event {
            id: self.id(),
            tenant: self.tenant,
            kind: kind.to_owned(),
            v: 1,
            aggregate: aggregate.to_owned(),
            aggregate_id,
            at: self.now,
            payload,
            due_at: self.now,
        }
    }
}
