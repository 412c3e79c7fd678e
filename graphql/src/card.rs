//! The Master Card and the work list: screens that join contexts are composed here.

use crate::billing::Invoice;
use crate::cases::{Case, CasePriority};
use crate::connection::connection;
use crate::context::Ctx;
use crate::customers::{Account, Customer, CustomerHit, SupplyPoint};
use crate::error::Answer;
use crate::ids::{self, Kind};
use crate::interactions::{CallerMatch, Interaction};
use crate::tenant::Tenant;
use chrono::{DateTime, Utc};
use domain::card as model;
use domain::tenant::label;
use juniper::{GraphQLEnum, ID, graphql_object};

/// A card.
pub struct Card(pub model::Card);

/// Everything an operator or the customer needs, in one operation.
#[graphql_object(context = Ctx)]
impl Card {
    /// What the caller's number said; ONE when the card was opened by the customer.
    #[graphql(name = "match")]
    fn match_(&self) -> CallerMatch {
        self.0
            .interaction
            .as_ref()
            .map_or(CallerMatch::One, |i| i.caller.into())
    }
    /// The contact the card was opened by.
    fn interaction(&self) -> Option<Interaction> {
        self.0.interaction.clone().map(Interaction)
    }
    /// Customers of the caller's number, while nobody said which one it is.
    fn candidates(&self) -> Vec<CustomerHit> {
        self.0.candidates.iter().cloned().map(CustomerHit).collect()
    }
    /// The customer, if known.
    fn customer(&self) -> Option<Customer> {
        self.0.customer.clone().map(Customer)
    }
    /// Accounts with balances.
    fn accounts(&self) -> Vec<Account> {
        self.0.accounts.iter().cloned().map(Account).collect()
    }
    /// Supply points with meters and contracts.
    fn supply_points(&self) -> Vec<SupplyPoint> {
        let customer = self.0.customer.as_ref().map(|c| c.id);
        self.0
            .supply_points
            .iter()
            .cloned()
            .map(|s| SupplyPoint(s, customer))
            .collect()
    }
    /// The last six invoices over all accounts, newest first.
    fn invoices(&self) -> Vec<Invoice> {
        self.0.invoices.iter().cloned().map(Invoice).collect()
    }
    /// Open cases, then the last closed ones, ten at most.
    fn cases(&self) -> Vec<Case> {
        self.0.cases.iter().cloned().map(Case).collect()
    }
    /// The last five earlier contacts.
    fn interactions(&self) -> Vec<Interaction> {
        self.0.interactions.iter().cloned().map(Interaction).collect()
    }
    /// When all this was read.
    fn loaded_at(&self, ctx: &Ctx) -> DateTime<Utc> {
        ctx.now()
    }
}

/// What stands in the work list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GraphQLEnum)]
pub enum WorkKind {
    /// A contact.
    Contact,
    /// A case.
    Case,
}

/// A contact or case without personal data.
pub struct WorkItem(pub model::WorkItem);

/// A contact or case without personal data, from any utility the asking person serves.
#[graphql_object(context = Ctx)]
impl WorkItem {
    /// Global id of the contact or case.
    fn id(&self) -> ID {
        match self.0.id {
            model::WorkId::Interaction(id) => ids::encode(Kind::Interaction, self.0.tenant, id),
            model::WorkId::Case(id) => ids::encode(Kind::Case, self.0.tenant, id),
        }
    }
    /// The utility it belongs to.
    fn tenant(&self, ctx: &Ctx) -> Answer<Tenant> {
        ctx.house()
            .tenants
            .get(self.0.tenant)
            .map(Tenant)
            .ok_or_else(|| ctx.not_found())
    }
    /// Contact or case.
    fn kind(&self) -> WorkKind {
        match self.0.id {
            model::WorkId::Interaction(_) => WorkKind::Contact,
            model::WorkId::Case(_) => WorkKind::Case,
        }
    }
    /// Case number, or queue of the contact.
    fn number(&self) -> &str {
        &self.0.number
    }
    /// Case type, or channel of the contact.
    #[graphql(name = "type")]
    fn type_(&self) -> &str {
        &self.0.kind
    }
    /// State, as in the object itself.
    fn state(&self) -> String {
        self.0.state.to_uppercase()
    }
    /// How pressing.
    fn priority(&self) -> CasePriority {
        self.0.priority.into()
    }
    /// Since.
    fn since(&self) -> DateTime<Utc> {
        self.0.since
    }
    /// Label of the case type in the reader's language; for contacts the channel.
    fn type_label(&self, ctx: &Ctx) -> &str {
        let fallback = ctx.house().tenants.get(self.0.tenant);
        let found = label(
            &self.0.labels,
            ctx.locale().text(),
            fallback.as_ref().map_or("en", |t| t.language()),
        );
        if found.is_empty() { &self.0.kind } else { found }
    }
    /// Whether it is the asking person's.
    fn mine(&self) -> bool {
        self.0.mine
    }
    /// Whether anybody has it.
    fn assigned(&self) -> bool {
        self.0.assigned
    }
}

connection! {
    /// A page of the work list.
    WorkItemConnection, WorkItemEdge, WorkItem
}
