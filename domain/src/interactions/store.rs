//! What contacts and offers need of a store.

use super::model::{Call, Interaction, Offer, OfferState};
use crate::customers::CustomerStore;
use crate::fault::Stored;
use crate::ids::{CustomerId, InteractionId, OfferId, PersonId, TenantId};
use crate::routing::Candidate;
use crate::scope::Scope;
use crate::tenant::Labels;
use crate::workforce::WorkforceStore;
use chrono::{DateTime, Utc};

/// Where contacts and offers are kept.
pub trait InteractionStore: WorkforceStore + CustomerStore {
    /// The call of this id, locked; made if unknown.
    fn call_lock(
        &mut self,
        tenant: TenantId,
        source: &str,
        call_id: &str,
        now: DateTime<Utc>,
    ) -> Stored<Call>;
    /// Keeps what is known of a call.
    fn call_put(&mut self, tenant: TenantId, source: &str, call_id: &str, call: &Call) -> Stored<()>;
    /// Keeps a new contact.
    fn interaction_insert(&mut self, interaction: &Interaction) -> Stored<()>;
    /// A contact, locked.
    fn interaction_lock(&mut self, tenant: TenantId, id: InteractionId) -> Stored<Option<Interaction>>;
    /// Keeps a changed contact.
    fn interaction_put(&mut self, interaction: &Interaction) -> Stored<()>;
    /// A contact the scope sees.
    fn interaction_get(&mut self, scope: &Scope, id: InteractionId) -> Stored<Option<Interaction>>;
    /// Contacts, newest first, of one customer or all, after an id.
    fn interaction_list(
        &mut self,
        scope: &Scope,
        customer: Option<CustomerId>,
        first: i64,
        after: Option<InteractionId>,
    ) -> Stored<Vec<Interaction>>;
    /// The longest waiting contacts, locked, leaving out those somebody else holds.
    fn interaction_waiting_lock(&mut self, tenant: TenantId, limit: i64) -> Stored<Vec<Interaction>>;
    /// Contacts a person has open at a utility.
    fn interaction_open_of(&mut self, tenant: TenantId, person: PersonId) -> Stored<Vec<Interaction>>;
    /// Available people with a valid grant in one of these roles, their presence locked, leaving out those somebody else holds.
    fn candidates_lock(
        &mut self,
        tenant: TenantId,
        interaction: InteractionId,
        roles: &[String],
        now: DateTime<Utc>,
    ) -> Stored<Vec<Candidate>>;
    /// Keeps a new offer.
    fn offer_insert(&mut self, offer: &Offer) -> Stored<()>;
    /// An offer, locked.
    fn offer_lock(&mut self, tenant: TenantId, id: OfferId) -> Stored<Option<Offer>>;
    /// The live offer of a contact, locked.
    fn offer_live_lock(&mut self, tenant: TenantId, interaction: InteractionId) -> Stored<Option<Offer>>;
    /// Ends an offer.
    fn offer_end(
        &mut self,
        tenant: TenantId,
        id: OfferId,
        state: OfferState,
        at: DateTime<Utc>,
    ) -> Stored<()>;
    /// An offer.
    fn offer_get(&mut self, tenant: TenantId, id: OfferId) -> Stored<Option<Offer>>;
    /// Live offers to a person at a utility.
    fn offer_live_of(&mut self, tenant: TenantId, person: PersonId) -> Stored<Vec<Offer>>;
    /// Wrap-up codes of the utility, in order.
    fn wrap_up_codes(&mut self, tenant: TenantId) -> Stored<Vec<(String, Labels)>>;
}
