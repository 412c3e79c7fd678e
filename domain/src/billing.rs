//! Billing as the centre reads it: invoices as their issuer wrote them, payments, and the balance that is their sum.

use crate::act::Act;
use crate::audit::{AuditStore, Object};
use crate::customers::{CustomerStore, Source, Taken};
use crate::event::EventStore;
use crate::fault::{Outcome, Stored};
use crate::ids::{AccountId, CustomerId, InvoiceId, SupplyPointId, TenantId};
use crate::scope::Scope;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

text_enum! {
    /// What kind of document.
    InvoiceKind {
        /// Invoice.
        Invoice = "invoice",
        /// Credit note; its amounts are negative here.
        CreditNote = "credit_note",
        /// Request for an advance.
        Advance = "advance",
        /// Yearly settlement.
        Settlement = "settlement",
    }
}

/// An invoice as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Id.
    pub id: InvoiceId,
    /// On which account.
    pub account_id: AccountId,
    /// Whose account it is.
    pub customer_id: CustomerId,
    /// Number.
    pub number: String,
    /// Kind.
    pub kind: InvoiceKind,
    /// Issued on.
    pub issued_on: NaiveDate,
    /// Due on.
    pub due_on: Option<NaiveDate>,
    /// Period from.
    pub period_from: Option<NaiveDate>,
    /// Period to.
    pub period_to: Option<NaiveDate>,
    /// Currency.
    pub currency: String,
    /// Net, minor units.
    pub net_minor: i64,
    /// Tax, minor units.
    pub tax_minor: i64,
    /// Payable, minor units.
    pub payable_minor: i64,
    /// Whether the account's payments cover this and all earlier invoices.
    pub settled: bool,
    /// Where from.
    #[serde(flatten)]
    pub source: Source,
}

/// A line of an invoice as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceLine {
    /// Place in the document, from 1.
    pub position: i32,
    /// The issuer's own reference of the line.
    pub reference: String,
    /// What.
    pub name: String,
    /// How much, exact decimal.
    pub quantity: Option<String>,
    /// UN/ECE unit code.
    pub unit: Option<String>,
    /// Price per unit, exact decimal.
    pub price: Option<String>,
    /// Net, minor units.
    pub net_minor: i64,
    /// Tax rate in per cent, exact decimal.
    pub tax_rate: Option<String>,
}

/// An invoice document as read from a file, without loss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceDocument {
    /// Number (BT-1).
    pub number: String,
    /// Kind (BT-3).
    pub kind: InvoiceKind,
    /// Issued on (BT-2).
    pub issued_on: NaiveDate,
    /// Due on (BT-9).
    pub due_on: Option<NaiveDate>,
    /// Period from (BT-73).
    pub period_from: Option<NaiveDate>,
    /// Period to (BT-74).
    pub period_to: Option<NaiveDate>,
    /// Currency (BT-5).
    pub currency: String,
    /// Total net (BT-109), signed as it acts on the balance.
    pub net_minor: i64,
    /// Total tax (BT-110).
    pub tax_minor: i64,
    /// Already paid (BT-113).
    pub prepaid_minor: i64,
    /// Rounding (BT-114).
    pub rounding_minor: i64,
    /// Payable (BT-115).
    pub payable_minor: i64,
    /// The supply point it names (GSRN, EAN …: invoiced object BT-18 or delivery location BT-71).
    pub supply_code: Option<String>,
    /// The customer numbers it names, most telling first (buyer's identifier BT-46, contract BT-12, buyer reference BT-10).
    pub customer_numbers: Vec<String>,
    /// Lines.
    pub lines: Vec<InvoiceDocumentLine>,
    /// The rest, by business term.
    pub document: serde_json::Value,
    /// SHA-256 of the file.
    pub digest: [u8; 32],
}

/// A line as read from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceDocumentLine {
    /// Line identifier (BT-126).
    pub reference: String,
    /// Item name (BT-153).
    pub name: String,
    /// Quantity (BT-129), exact decimal.
    pub quantity: Option<String>,
    /// Unit (BT-130).
    pub unit: Option<String>,
    /// Net price (BT-146), exact decimal.
    pub price: Option<String>,
    /// Line net (BT-131), signed as it acts on the balance.
    pub net_minor: i64,
    /// Tax rate (BT-152), exact decimal.
    pub tax_rate: Option<String>,
    /// The rest of the line, by business term.
    pub document: serde_json::Value,
}

/// Why a document was not taken although it is well-formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// Neither supply point nor customer number is known at this utility.
    AccountUnknown,
    /// The same number with other contents is there already.
    NumberTaken,
    /// The document's currency is not the account's.
    CurrencyDiffers {
        /// The account's currency.
        account: String,
    },
}

/// A payment to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPayment {
    /// On which account.
    pub account: AccountId,
    /// Received on.
    pub received_on: NaiveDate,
    /// Minor units.
    pub amount_minor: i64,
    /// Currency.
    pub currency: String,
    /// The matching key it carried.
    pub payment_key: Option<String>,
}

/// Where invoices and payments are kept.
pub trait BillingStore: CustomerStore + AuditStore + EventStore {
    /// One invoice.
    fn invoice_get(&mut self, scope: &Scope, id: InvoiceId) -> Stored<Option<Invoice>>;
    /// Invoices of an account, newest first, after a date and id.
    fn invoice_list(
        &mut self,
        scope: &Scope,
        account: AccountId,
        first: i64,
        after: Option<(NaiveDate, InvoiceId)>,
    ) -> Stored<Vec<Invoice>>;
    /// Lines of an invoice the scope sees, in order, with the customer it concerns and the currency; `None` if not seen.
    fn invoice_lines(
        &mut self,
        scope: &Scope,
        id: InvoiceId,
    ) -> Stored<Option<(CustomerId, String, Vec<InvoiceLine>)>>;
    /// Digest kept under this number on the account, if there is one.
    fn invoice_digest(
        &mut self,
        tenant: TenantId,
        account: AccountId,
        number: &str,
    ) -> Stored<Option<Vec<u8>>>;
    /// The account's currency.
    fn account_currency(&mut self, tenant: TenantId, account: AccountId) -> Stored<Option<String>>;
    /// Keeps a document with all lines.
    fn invoice_insert(
        &mut self,
        tenant: TenantId,
        id: InvoiceId,
        account: AccountId,
        supply_point: Option<SupplyPointId>,
        document: &InvoiceDocument,
        source: &Source,
    ) -> Stored<()>;
    /// Keeps a payment.
    fn payment_insert(
        &mut self,
        tenant: TenantId,
        id: crate::ids::PaymentId,
        payment: &NewPayment,
        source: &Source,
    ) -> Stored<()>;
}

/// Takes an invoice document into the account it belongs to. The same document again changes nothing.
pub fn invoice_take(
    store: &mut (impl BillingStore + ?Sized),
    act: &mut Act<'_>,
    document: &InvoiceDocument,
    source: &Source,
) -> Outcome<Result<Taken, NotTaken>> {
    let mut found = store.account_find(act.tenant, document.supply_code.as_deref(), None)?;
    for number in &document.customer_numbers {
        if found.is_none() {
            found = store.account_find(act.tenant, None, Some(number))?;
        }
    }
    let Some((account, supply_point)) = found else {
        return Ok(Err(NotTaken::AccountUnknown));
    };
    if let Some(digest) = store.invoice_digest(act.tenant, account, &document.number)? {
        return Ok(if digest == document.digest {
            Ok(Taken::Unchanged)
        } else {
            Err(NotTaken::NumberTaken)
        });
    }
    let currency = store.account_currency(act.tenant, account)?.unwrap_or_default();
    if currency != document.currency {
        return Ok(Err(NotTaken::CurrencyDiffers { account: currency }));
    }
    let id: InvoiceId = act.id();
    store.invoice_insert(act.tenant, id, account, supply_point, document, source)?;
    act.audit(
        store,
        "invoice.take",
        Object::new("invoice", id),
        json!({ "account": account }),
    )?;
    let event = act.event("InvoiceTaken", "invoice", id.0, json!({ "account": account }));
    store.event_append(&event)?;
    Ok(Ok(Taken::Added))
}
