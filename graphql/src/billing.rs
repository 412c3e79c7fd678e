//! Invoices and their lines.

use crate::connection::connection;
use crate::context::Ctx;
use crate::ids::{self, Kind};
use crate::masking::{self, MaskedMoney};
use crate::scalars::{Decimal, Source, twin};
use chrono::NaiveDate;
use domain::billing as model;
use domain::ids::CustomerId;
use juniper::{ID, graphql_object};

twin! {
    /// What kind of document.
    InvoiceKind = model::InvoiceKind {
        /// Invoice.
        Invoice,
        /// Credit note; its amounts are negative.
        CreditNote,
        /// Request for an advance.
        Advance,
        /// Yearly settlement.
        Settlement,
    }
}

/// An invoice.
pub struct Invoice(pub model::Invoice);

/// An invoice or credit note as its issuer wrote it.
#[graphql_object(context = Ctx, impl = crate::node::NodeValue)]
impl Invoice {
    /// Global id.
    fn id(&self, ctx: &Ctx) -> ID {
        ids::encode(Kind::Invoice, ctx.tenant_id(), self.0.id)
    }
    /// Number.
    fn number(&self) -> &str {
        &self.0.number
    }
    /// Kind.
    fn kind(&self) -> InvoiceKind {
        self.0.kind.into()
    }
    /// Issued on.
    fn issued_on(&self) -> NaiveDate {
        self.0.issued_on
    }
    /// Due on.
    fn due_on(&self) -> Option<NaiveDate> {
        self.0.due_on
    }
    /// First day of the period.
    fn period_from(&self) -> Option<NaiveDate> {
        self.0.period_from
    }
    /// Last day of the period.
    fn period_to(&self) -> Option<NaiveDate> {
        self.0.period_to
    }
    /// Total without tax.
    fn net(&self, ctx: &Ctx) -> MaskedMoney {
        masking::money(ctx, Some(self.0.customer_id), self.0.net_minor, &self.0.currency)
    }
    /// Tax.
    fn tax(&self, ctx: &Ctx) -> MaskedMoney {
        masking::money(ctx, Some(self.0.customer_id), self.0.tax_minor, &self.0.currency)
    }
    /// What is to be paid.
    fn payable(&self, ctx: &Ctx) -> MaskedMoney {
        masking::money(
            ctx,
            Some(self.0.customer_id),
            self.0.payable_minor,
            &self.0.currency,
        )
    }
    /// Whether payments cover this and all earlier invoices of the account.
    fn settled(&self) -> bool {
        self.0.settled
    }
    /// Where these facts come from.
    fn source(&self) -> Source {
        (&self.0.source).into()
    }
}

connection! {
    /// A page of invoices.
    InvoiceConnection, InvoiceEdge, Invoice
}

/// A line with the customer it concerns and the invoice's currency.
pub struct InvoiceLine(pub model::InvoiceLine, pub CustomerId, pub String);

/// A line of an invoice.
#[graphql_object(context = Ctx)]
impl InvoiceLine {
    /// Place in the document, from 1.
    fn position(&self) -> i32 {
        self.0.position
    }
    /// What.
    fn name(&self) -> &str {
        &self.0.name
    }
    /// How much.
    fn quantity(&self) -> Option<Decimal> {
        self.0.quantity.clone().map(Decimal)
    }
    /// UN/ECE unit code.
    fn unit(&self) -> Option<&str> {
        self.0.unit.as_deref()
    }
    /// Price per unit without tax.
    fn price(&self) -> Option<Decimal> {
        self.0.price.clone().map(Decimal)
    }
    /// Amount without tax.
    fn net(&self, ctx: &Ctx) -> MaskedMoney {
        masking::money(ctx, Some(self.1), self.0.net_minor, &self.2)
    }
    /// Tax rate in per cent.
    fn tax_rate(&self) -> Option<Decimal> {
        self.0.tax_rate.clone().map(Decimal)
    }
}
