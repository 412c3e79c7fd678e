//! Root fields that read. Each is one permission and one store function.

use crate::audit::{AuditEntry, AuditEntryConnection};
use crate::billing::{Invoice, InvoiceConnection, InvoiceLine};
use crate::card::{Card, WorkItem, WorkItemConnection};
use crate::cases::{Case, CaseConnection, CaseEntry, CaseEntryConnection, CaseState};
use crate::connection::Page;
use crate::context::Ctx;
use crate::customers::{CustomerHit, CustomerHitConnection};
use crate::error::{Answer, ApiError};
use crate::ids::Kind;
use crate::interactions::{Interaction, InteractionConnection};
use crate::node::{self, NodeValue};
use crate::policies::Policy;
use crate::session::Me;
use crate::tenant::{Label, Tenant};
use crate::workforce::{Grant, GrantConnection};
use chrono::NaiveDate;
use domain::act::{By, Purpose};
use domain::card::CardKey;
use domain::fault::StoreError;
use domain::ids::{AuditEntryId, CaseEntryId, CaseId, CustomerId, GrantId, InteractionId, InvoiceId};
use domain::normal;
use domain::workforce::tenants_served;
use juniper::{ID, graphql_object};
use tenancy::permission::Permission;
use uuid::Uuid;

/// Most ids that `nodes` takes.
pub const NODES_MOST: usize = 100;

/// Reads.
pub struct Query;

/// Everything that can be read. Unless said otherwise a field acts for the utility named in the `Busbar-Tenant` header.
#[graphql_object(context = Ctx)]
impl Query {
    /// The asking actor; with or without a utility.
    fn me(ctx: &Ctx) -> Answer<Me> {
        ctx.read(Permission::Me, |store, _| Me::read(ctx, store))
    }

    /// One object by its global id; null if it is not there or not yours.
    fn node(ctx: &Ctx, #[graphql(description = "Global id.")] id: ID) -> Answer<Option<NodeValue>> {
        drop(ctx.open(Permission::Node)?);
        node::read(ctx, &id)
    }

    /// Several objects by their global ids, in the same order; null for each that is not there or not yours.
    fn nodes(
        ctx: &Ctx,
        #[graphql(description = "Global ids, at most 100.")] ids: Vec<ID>,
    ) -> Answer<Vec<Option<NodeValue>>> {
        drop(ctx.open(Permission::Nodes)?);
        if ids.len() > NODES_MOST {
            return Err(ApiError::bad_input(ctx.locale(), "ids"));
        }
        ids.iter().map(|id| node::read(ctx, id)).collect()
    }

    /// The utility acted for.
    fn tenant(ctx: &Ctx) -> Answer<Tenant> {
        drop(ctx.open(Permission::Tenant)?);
        ctx.tenant().cloned().map(Tenant).ok_or_else(|| ctx.not_found())
    }

    /// A utility's looks, before sign-in; null if there is none of that key. Acts for no utility.
    fn portal_tenant(
        ctx: &Ctx,
        #[graphql(description = "Key of the utility.")] key: String,
    ) -> Answer<Option<Tenant>> {
        drop(ctx.open(Permission::PortalTenant)?);
        Ok(ctx.house().tenants.by_key(&key).map(Tenant))
    }

    /// The whole customer in one operation. Operators give the contact or the customer; a customer gives neither and gets
    /// his own. Null if it is not there or not yours.
    fn card(
        ctx: &Ctx,
        #[graphql(description = "Global id of the contact that rings.")] interaction_id: Option<ID>,
        #[graphql(description = "Global id of the customer.")] customer_id: Option<ID>,
    ) -> Answer<Option<Card>> {
        let mut opened = ctx.open(Permission::Card)?;
        let key = match (interaction_id, customer_id, ctx.actor().by) {
            (Some(id), None, _) => {
                CardKey::Interaction(ctx.local(Kind::Interaction, &id, "interactionId")?)
            }
            (None, Some(id), _) => CardKey::Customer(ctx.local(Kind::Customer, &id, "customerId")?),
            (None, None, By::Customer(own)) => CardKey::Customer(own),
            _ => return Err(ApiError::bad_input(ctx.locale(), "interactionId")),
        };
        let scope = opened.scope;
        let card = opened.store().and_then(|s| s.card_load(&scope, key, ctx.today()));
        drop(opened);
        if let CardKey::Interaction(id) = key {
            ctx.purpose(Purpose::Interaction(id));
        }
        Ok(card.map_err(|e| ctx.fault(e))?.map(Card))
    }

    /// Customers by number, phone in any writing, e-mail, or the beginning of the name without diacritics.
    fn customers(
        ctx: &Ctx,
        #[graphql(description = "What the caller says; at least two characters.")] search: String,
        #[graphql(description = "How many; 20 if absent, 100 at most.")] first: Option<i32>,
        #[graphql(description = "After this cursor.")] after: Option<String>,
    ) -> Answer<CustomerHitConnection> {
        let page: Page<(String, CustomerId)> = Page::read(ctx.locale(), first, after.as_deref())?;
        let country = ctx.tenant().map_or("", |t| t.country.as_str()).to_owned();
        let contact = normal::phone(&search, &country).or_else(|| normal::email(&search));
        let text = normal::name(&search);
        if text.chars().count() < 2 {
            return Err(ApiError::bad_input(ctx.locale(), "search"));
        }
        let limit = page.limit();
        let rows = ctx.read(Permission::CustomerList, |store, scope| {
            if let (Some(contact), None) = (&contact, &page.after) {
                let hits = store.customer_by_contact(scope, contact, limit)?;
                if !hits.is_empty() {
                    return Ok(hits);
                }
            }
            store.customer_search(scope, &text, limit, page.after.clone())
        })?;
        Ok(CustomerHitConnection::of(&page, rows, |hit| {
            ((hit.name_norm.clone(), hit.id), CustomerHit(hit))
        }))
    }

    /// Invoices of an account, newest first.
    fn invoices(
        ctx: &Ctx,
        #[graphql(description = "Global id of the account.")] account_id: ID,
        #[graphql(description = "How many; 20 if absent, 100 at most.")] first: Option<i32>,
        #[graphql(description = "After this cursor.")] after: Option<String>,
    ) -> Answer<InvoiceConnection> {
        let page: Page<(NaiveDate, InvoiceId)> = Page::read(ctx.locale(), first, after.as_deref())?;
        let account = ctx.local(Kind::Account, &account_id, "accountId")?;
        let rows = ctx.read(Permission::InvoiceList, |store, scope| {
            store
                .account_get(scope, account, ctx.today())?
                .ok_or(StoreError::NotFound)?;
            store.invoice_list(scope, account, page.limit(), page.after)
        })?;
        Ok(InvoiceConnection::of(&page, rows, |i| {
            ((i.issued_on, i.id), Invoice(i))
        }))
    }

    /// Lines of an invoice.
    fn invoice_lines(
        ctx: &Ctx,
        #[graphql(description = "Global id of the invoice.")] invoice_id: ID,
    ) -> Answer<Vec<InvoiceLine>> {
        let id: InvoiceId = ctx.local(Kind::Invoice, &invoice_id, "invoiceId")?;
        let (customer, currency, lines) = ctx.read(Permission::InvoiceRead, |store, scope| {
            store.invoice_lines(scope, id)?.ok_or(StoreError::NotFound)
        })?;
        Ok(lines
            .into_iter()
            .map(|l| InvoiceLine(l, customer, currency.clone()))
            .collect())
    }

    /// Contacts, newest first.
    fn interactions(
        ctx: &Ctx,
        #[graphql(description = "Global id of a customer; all contacts if absent.")] customer_id: Option<ID>,
        #[graphql(description = "How many; 20 if absent, 100 at most.")] first: Option<i32>,
        #[graphql(description = "After this cursor.")] after: Option<String>,
    ) -> Answer<InteractionConnection> {
        let page: Page<InteractionId> = Page::read(ctx.locale(), first, after.as_deref())?;
        let customer = customer_id
            .map(|id| ctx.local(Kind::Customer, &id, "customerId"))
            .transpose()?;
        let rows = ctx.read(Permission::InteractionList, |s, scope| {
            s.interaction_list(scope, customer, page.limit(), page.after)
        })?;
        Ok(InteractionConnection::of(&page, rows, |i| (i.id, Interaction(i))))
    }

    /// Cases, newest first.
    fn cases(
        ctx: &Ctx,
        #[graphql(description = "Only in this state.")] state: Option<CaseState>,
        #[graphql(description = "Only of this customer, by global id.")] customer_id: Option<ID>,
        #[graphql(description = "How many; 20 if absent, 100 at most.")] first: Option<i32>,
        #[graphql(description = "After this cursor.")] after: Option<String>,
    ) -> Answer<CaseConnection> {
        let page: Page<CaseId> = Page::read(ctx.locale(), first, after.as_deref())?;
        let customer = customer_id
            .map(|id| ctx.local(Kind::Customer, &id, "customerId"))
            .transpose()?;
        let state = state.map(Into::into);
        let rows = ctx.read(Permission::CaseList, |s, scope| {
            s.case_list(scope, state, customer, page.limit(), page.after)
        })?;
        Ok(CaseConnection::of(&page, rows, |c| (c.id, Case(c))))
    }

    /// History of a case, oldest first.
    fn case_entries(
        ctx: &Ctx,
        #[graphql(description = "Global id of the case.")] case_id: ID,
        #[graphql(description = "How many; 20 if absent, 100 at most.")] first: Option<i32>,
        #[graphql(description = "After this cursor.")] after: Option<String>,
    ) -> Answer<CaseEntryConnection> {
        let page: Page<CaseEntryId> = Page::read(ctx.locale(), first, after.as_deref())?;
        let id: CaseId = ctx.local(Kind::Case, &case_id, "caseId")?;
        let (customer, rows) = ctx.read(Permission::CaseRead, |store, scope| {
            let case = store.case_get(scope, id)?.ok_or(StoreError::NotFound)?;
            Ok((
                case.customer_id,
                store.case_entry_list(scope.tenant, id, page.limit(), page.after)?,
            ))
        })?;
        ctx.purpose(Purpose::Case(id));
        Ok(CaseEntryConnection::of(&page, rows, |e| {
            (e.id, CaseEntry(e, customer))
        }))
    }

    /// Types of cases of the utility.
    fn case_types(ctx: &Ctx) -> Answer<Vec<Label>> {
        Ok(Label::list(
            ctx,
            ctx.read(Permission::CaseTypeList, |s, scope| s.case_types(scope.tenant))?,
        ))
    }

    /// Reasons for contacts of the utility.
    fn wrap_up_codes(ctx: &Ctx) -> Answer<Vec<Label>> {
        Ok(Label::list(
            ctx,
            ctx.read(Permission::WrapUpList, |s, scope| s.wrap_up_codes(scope.tenant))?,
        ))
    }

    /// Open contacts and cases over all utilities the asking person serves, without personal data. Acts for no utility.
    fn work_list(
        ctx: &Ctx,
        #[graphql(description = "How many; 20 if absent, 100 at most.")] first: Option<i32>,
        #[graphql(description = "After this cursor.")] after: Option<String>,
    ) -> Answer<WorkItemConnection> {
        let page: Page<Uuid> = Page::read(ctx.locale(), first, after.as_deref())?;
        let rows = ctx.read(Permission::WorkList, |store, _| {
            let Some(person) = ctx.actor().person() else {
                return Ok(Vec::new());
            };
            let tenants = tenants_served(&store.grants_of(person)?, ctx.now());
            store.work_list(&tenants, person, page.limit(), page.after)
        })?;
        Ok(WorkItemConnection::of(&page, rows, |w| {
            (w.id.uuid(), WorkItem(w))
        }))
    }

    /// Grants of the utility, newest first.
    fn grants(
        ctx: &Ctx,
        #[graphql(description = "How many; 20 if absent, 100 at most.")] first: Option<i32>,
        #[graphql(description = "After this cursor.")] after: Option<String>,
    ) -> Answer<GrantConnection> {
        let page: Page<GrantId> = Page::read(ctx.locale(), first, after.as_deref())?;
        let rows = ctx.read(Permission::GrantList, |s, scope| {
            s.grant_list(scope, page.limit(), page.after)
        })?;
        Ok(GrantConnection::of(&page, rows, |g| (g.id, Grant(g))))
    }

    /// Rules of access of the utility.
    fn policies(ctx: &Ctx) -> Answer<Vec<Policy>> {
        let (_, rows) = ctx.read(Permission::PolicyList, |s, scope| s.policy_list(scope.tenant))?;
        Ok(rows.into_iter().map(Policy).collect())
    }

    /// The audit of the utility, newest first.
    fn audit_entries(
        ctx: &Ctx,
        #[graphql(description = "How many; 20 if absent, 100 at most.")] first: Option<i32>,
        #[graphql(description = "After this cursor.")] after: Option<String>,
    ) -> Answer<AuditEntryConnection> {
        let page: Page<AuditEntryId> = Page::read(ctx.locale(), first, after.as_deref())?;
        let rows = ctx.read(Permission::AuditList, |s, scope| {
            s.audit_list(scope, page.limit(), page.after)
        })?;
        Ok(AuditEntryConnection::of(&page, rows, |r| {
            (r.entry.id, AuditEntry(r))
        }))
    }
}
