//! Every store in one name: what infra's unit of work has to be for an operation.

use domain::audit::AuditStore;
use domain::billing::BillingStore;
use domain::card::CardStore;
use domain::cases::CaseStore;
use domain::event::EventStore;
use domain::interactions::InteractionStore;
use domain::tenant::TenantStore;
use domain::unit::UnitOfWork;
use domain::workforce::WorkforceStore;
use tenancy::policies::PolicyStore;
use tenancy::session::{AnswerStore, SessionStore};

/// Every store an operation may need; infra's unit of work implements all of them.
pub trait Store:
    TenantStore
    + AuditStore
    + EventStore
    + WorkforceStore
    + BillingStore
    + InteractionStore
    + CaseStore
    + CardStore
    + SessionStore
    + PolicyStore
    + AnswerStore
    + UnitOfWork
    + Send
{
}
impl<T> Store for T where
    T: TenantStore
        + AuditStore
        + EventStore
        + WorkforceStore
        + BillingStore
        + InteractionStore
        + CaseStore
        + CardStore
        + SessionStore
        + PolicyStore
        + AnswerStore
        + UnitOfWork
        + Send
{
}
