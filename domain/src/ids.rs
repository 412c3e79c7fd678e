//! Typed ids: a case's id cannot be given where a customer's is wanted. All are UUIDv7 made by the program.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl From<Uuid> for $name { fn from(id: Uuid) -> Self { Self(id) } }
        impl From<$name> for Uuid { fn from(id: $name) -> Uuid { id.0 } }
    )+};
}

ids! {
    /// A utility; the nil id is the centre itself.
    TenantId,
    /// Somebody who works for the centre or a utility.
    PersonId,
    /// A grant of a person for a utility.
    GrantId,
    /// A signed-in session, of a person or of a customer.
    SessionId,
    /// A rule of access.
    PolicyId,
    /// A customer of one utility.
    CustomerId,
    /// A phone number or e-mail address of a customer.
    ContactPointId,
    /// A customer's account: what is invoiced and paid together.
    AccountId,
    /// A place that is supplied.
    PremiseId,
    /// The point where a commodity is handed over.
    SupplyPointId,
    /// A meter on a supply point.
    MeterId,
    /// A contract of supply.
    ContractId,
    /// An invoice or credit note.
    InvoiceId,
    /// A payment received.
    PaymentId,
    /// A contact of a customer with the centre.
    InteractionId,
    /// The offer of a contact to one operator.
    OfferId,
    /// A case.
    CaseId,
    /// One entry in the history of a case.
    CaseEntryId,
    /// An entry of the audit.
    AuditEntryId,
    /// An event in the outbox.
    EventId,
    /// A sign-in link of the portal.
    PortalLinkId,
    /// One request as it travels; the same in log, audit and answer.
    RequestId,
}

impl TenantId {
    /// The centre's own scope: sign-ins, presence and their audit chain, no customer data.
    pub const CENTRE: TenantId = TenantId(Uuid::nil());
}
