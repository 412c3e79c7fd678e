//! The Master Card: the whole customer as one read, in the order people ask. Reads many contexts, is read by none.

use crate::billing::Invoice;
use crate::cases::Case;
use crate::customers::{Account, Customer, CustomerHit, SupplyPoint};
use crate::fault::Stored;
use crate::ids::{CaseId, CustomerId, InteractionId, PersonId, TenantId};
use crate::interactions::Interaction;
use crate::scope::Scope;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// By what a card is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardKey {
    /// By the contact that rings.
    Interaction(InteractionId),
    /// By the customer.
    Customer(CustomerId),
}

/// Everything about one caller.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// The contact it was opened by.
    pub interaction: Option<Interaction>,
    /// Customers of the caller's number, while nobody said which one it is.
    pub candidates: Vec<CustomerHit>,
    /// The customer, if known.
    pub customer: Option<Customer>,
    /// Accounts with balances.
    pub accounts: Vec<Account>,
    /// Supply points.
    pub supply_points: Vec<SupplyPoint>,
    /// The last six invoices over all accounts.
    pub invoices: Vec<Invoice>,
    /// Open cases, then the last closed ones, ten at most.
    pub cases: Vec<Case>,
    /// The last five logged contacts.
    pub interactions: Vec<Interaction>,
}

/// A contact or case without personal data, as it stands in lists over all utilities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkItem {
    /// Utility.
    pub tenant: TenantId,
    /// Which.
    pub id: WorkId,
    /// Case number or queue.
    pub number: String,
    /// Case type or channel.
    pub kind: String,
    /// Labels of the case type; none for contacts.
    pub labels: crate::tenant::Labels,
    /// State.
    pub state: String,
    /// Priority.
    pub priority: crate::cases::CasePriority,
    /// Since.
    pub since: DateTime<Utc>,
    /// Whether it is the asking person's.
    pub mine: bool,
    /// Whether anybody has it.
    pub assigned: bool,
}

/// A contact or a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkId {
    /// Contact.
    Interaction(InteractionId),
    /// Case.
    Case(CaseId),
}

impl WorkId {
    /// The bare id: the key of the list.
    pub fn uuid(self) -> uuid::Uuid {
        match self {
            WorkId::Interaction(id) => id.0,
            WorkId::Case(id) => id.0,
        }
    }
}

/// Where cards and work lists are read.
pub trait CardStore {
    /// The card, in one statement; one more while nobody knows who calls. `candidates` is what the actor may see of customers; `None` if the scope sees nothing of it.
    fn card_load(&mut self, scope: &Scope, key: CardKey, today: NaiveDate) -> Stored<Option<Card>>;
    /// Contacts that fill the person's slot at these utilities (offered to her by a live offer, active or in wrap-up), with the
    /// live offer if it still rings. Runs under each utility in turn, like `work_list`.
    fn held(
        &mut self,
        tenants: &[TenantId],
        person: PersonId,
    ) -> Stored<Vec<(Interaction, Option<crate::interactions::Offer>)>>;
    /// Open contacts and cases of these utilities, oldest first, after an id. Runs under each utility in turn.
    fn work_list(
        &mut self,
        tenants: &[TenantId],
        person: PersonId,
        first: i64,
        after: Option<uuid::Uuid>,
    ) -> Stored<Vec<WorkItem>>;
}
