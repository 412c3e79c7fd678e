//! Customers, their accounts and supply points.

use crate::connection::connection;
use crate::context::Ctx;
use crate::ids::{self, Kind};
use crate::masking::{self, MaskedMoney, MaskedText};
use crate::scalars::{Commodity, Source, twin};
use chrono::NaiveDate;
use domain::customers as model;
use domain::ids::CustomerId;
use juniper::{ID, graphql_object};
use tenancy::permission::FieldClass;

twin! {
    /// Person or company.
    CustomerKind = model::CustomerKind {
        /// A natural person.
        Person,
        /// A company or other body.
        Company,
    }
}
twin! {
    /// The segment a customer is treated in.
    CustomerClass = model::CustomerClass {
        /// Household.
        Household,
        /// Business.
        Business,
        /// Large off-take.
        Large,
    }
}

/// A customer of one utility.
pub struct Customer(pub model::Customer);

/// A customer of one utility.
#[graphql_object(context = Ctx, impl = crate::node::NodeValue)]
impl Customer {
    /// Global id.
    fn id(&self, ctx: &Ctx) -> ID {
        ids::encode(Kind::Customer, ctx.tenant_id(), self.0.id)
    }
    /// The utility's customer number.
    fn number(&self) -> &str {
        &self.0.number
    }
    /// Person or company.
    fn kind(&self) -> CustomerKind {
        self.0.kind.into()
    }
    /// Household, business or large off-take.
    fn class(&self) -> CustomerClass {
        self.0.class.into()
    }
    /// Full name or firm.
    fn name(&self, ctx: &Ctx) -> MaskedText {
        masking::text(ctx, FieldClass::Identity, Some(self.0.id), &self.0.name)
    }
    /// A company's registration number.
    fn registration_number(&self, ctx: &Ctx) -> Option<MaskedText> {
        let number = self.0.registration_number.as_deref()?;
        Some(masking::text(ctx, FieldClass::Identity, Some(self.0.id), number))
    }
    /// Preferred language, ISO 639-1.
    fn language(&self) -> &str {
        &self.0.language
    }
    /// Telephone numbers, E.164, preferred first.
    fn phones(&self, ctx: &Ctx) -> Vec<MaskedText> {
        self.contacts(ctx, model::ContactKind::Phone)
    }
    /// E-mail addresses, preferred first.
    fn emails(&self, ctx: &Ctx) -> Vec<MaskedText> {
        self.contacts(ctx, model::ContactKind::Email)
    }
    /// Where these facts come from.
    fn source(&self) -> Source {
        (&self.0.source).into()
    }
}

impl Customer {
    fn contacts(&self, ctx: &Ctx, kind: model::ContactKind) -> Vec<MaskedText> {
        let of_kind = self.0.contact_points.iter().filter(|c| c.kind == kind);
        of_kind
            .map(|c| masking::text(ctx, FieldClass::Contact, Some(self.0.id), &c.value))
            .collect()
    }
}

/// A light customer: a search hit or a candidate for the caller. Reading one is no disclosure.
pub struct CustomerHit(pub model::CustomerHit);

/// A light customer: a search hit or a candidate for the caller.
#[graphql_object(context = Ctx)]
impl CustomerHit {
    /// Global id of the customer.
    fn id(&self, ctx: &Ctx) -> ID {
        ids::encode(Kind::Customer, ctx.tenant_id(), self.0.id)
    }
    /// Customer number.
    fn number(&self) -> &str {
        &self.0.number
    }
    /// Name.
    fn name(&self, ctx: &Ctx) -> MaskedText {
        masking::text(ctx, FieldClass::Identity, Some(self.0.id), &self.0.name)
    }
    /// Household, business or large off-take.
    fn class(&self) -> CustomerClass {
        self.0.class.into()
    }
    /// One of the supplied addresses.
    fn address(&self, ctx: &Ctx) -> Option<MaskedText> {
        let address = self.0.address.as_deref()?;
        Some(masking::text(ctx, FieldClass::Contact, Some(self.0.id), address))
    }
}

connection! {
    /// A page of customers.
    CustomerHitConnection, CustomerHitEdge, CustomerHit
}

/// A meter.
pub struct Meter(pub model::Meter);

/// A meter on a supply point.
#[graphql_object(context = Ctx)]
impl Meter {
    /// Global id.
    fn id(&self, ctx: &Ctx) -> ID {
        ids::encode(Kind::Meter, ctx.tenant_id(), self.0.id)
    }
    /// Serial number.
    fn serial(&self) -> &str {
        &self.0.serial
    }
    /// Kind, as the utility names it.
    fn kind(&self) -> &str {
        &self.0.kind
    }
    /// Installed on.
    fn installed_on(&self) -> Option<NaiveDate> {
        self.0.installed_on
    }
    /// Where these facts come from.
    fn source(&self) -> Source {
        (&self.0.source).into()
    }
}

/// A contract of supply.
pub struct Contract(pub model::Contract);

/// A contract of supply.
#[graphql_object(context = Ctx)]
impl Contract {
    /// Global id.
    fn id(&self, ctx: &Ctx) -> ID {
        ids::encode(Kind::Contract, ctx.tenant_id(), self.0.id)
    }
    /// Number.
    fn number(&self) -> &str {
        &self.0.number
    }
    /// Product or tariff.
    fn product(&self) -> &str {
        &self.0.product
    }
    /// In force from.
    fn valid_from(&self) -> NaiveDate {
        self.0.valid_from
    }
    /// In force until.
    fn valid_to(&self) -> Option<NaiveDate> {
        self.0.valid_to
    }
}

/// A supply point, and whose it is for the audit.
pub struct SupplyPoint(pub model::SupplyPoint, pub Option<CustomerId>);

/// The point where a commodity is handed over.
#[graphql_object(context = Ctx, impl = crate::node::NodeValue)]
impl SupplyPoint {
    /// Global id.
    fn id(&self, ctx: &Ctx) -> ID {
        ids::encode(Kind::SupplyPoint, ctx.tenant_id(), self.0.id)
    }
    /// EAN, EIC, PPE, POD or the utility's own code.
    fn code(&self) -> &str {
        &self.0.code
    }
    /// Which kind of code: ean, eic, ppe, pod, gsrn, own.
    fn code_kind(&self) -> &str {
        &self.0.code_kind
    }
    /// What is supplied.
    fn commodity(&self) -> Commodity {
        self.0.commodity.into()
    }
    /// Address in one line.
    fn address(&self, ctx: &Ctx) -> MaskedText {
        masking::text(ctx, FieldClass::Contact, self.1, &self.0.address)
    }
    /// Meters.
    fn meters(&self) -> Vec<Meter> {
        self.0.meters.iter().cloned().map(Meter).collect()
    }
    /// The contract in force, or the last one.
    fn contract(&self) -> Option<Contract> {
        self.0.contract.clone().map(Contract)
    }
    /// Where these facts come from.
    fn source(&self) -> Source {
        (&self.0.source).into()
    }
}

/// An account with its balance.
pub struct Account(pub model::Account);

/// What is invoiced and paid together.
#[graphql_object(context = Ctx, impl = crate::node::NodeValue)]
impl Account {
    /// Global id.
    fn id(&self, ctx: &Ctx) -> ID {
        ids::encode(Kind::Account, ctx.tenant_id(), self.0.id)
    }
    /// Number.
    fn number(&self) -> &str {
        &self.0.number
    }
    /// Variable symbol, individual account or payer code.
    fn payment_key(&self, ctx: &Ctx) -> MaskedText {
        masking::text(
            ctx,
            FieldClass::Financial,
            Some(self.0.customer_id),
            &self.0.payment_key,
        )
    }
    /// Invoices less payments; positive means the customer owes.
    fn balance(&self, ctx: &Ctx) -> MaskedMoney {
        masking::money(
            ctx,
            Some(self.0.customer_id),
            self.0.balance_minor,
            &self.0.currency,
        )
    }
    /// The part of the balance that is past due.
    fn overdue(&self, ctx: &Ctx) -> MaskedMoney {
        masking::money(
            ctx,
            Some(self.0.customer_id),
            self.0.overdue_minor,
            &self.0.currency,
        )
    }
    /// Where these facts come from.
    fn source(&self) -> Source {
        (&self.0.source).into()
    }
}
