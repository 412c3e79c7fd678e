//! The customers of a utility: who they are, how they are reached, what they have on which premises.

use crate::fault::Stored;
use crate::ids::{AccountId, ContractId, CustomerId, MeterId, SupplyPointId, TenantId};
use crate::scope::Scope;
use crate::tenant::Commodity;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

text_enum! {
    /// Person or company.
    CustomerKind {
        /// A natural person.
        Person = "person",
        /// A company or other body.
        Company = "company",
    }
}
text_enum! {
    /// The segment a customer is treated in.
    CustomerClass {
        /// Household.
        Household = "household",
        /// Business.
        Business = "business",
        /// Large off-take.
        Large = "large",
    }
}
text_enum! {
    /// How a customer is reached.
    ContactKind {
        /// Telephone, E.164.
        Phone = "phone",
        /// E-mail.
        Email = "email",
    }
}

/// From which system a row came and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The system or file.
    pub source: String,
    /// When it was taken over.
    pub source_at: DateTime<Utc>,
}

/// A customer with contact points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Id.
    pub id: CustomerId,
    /// The utility's customer number.
    pub number: String,
    /// Person or company.
    pub kind: CustomerKind,
    /// Household, business, large off-take.
    pub class: CustomerClass,
    /// Full name or firm.
    pub name: String,
    /// Company's registration number.
    pub registration_number: Option<String>,
    /// Preferred language.
    pub language: String,
    /// Phones (E.164) and e-mails, preferred first.
    pub contact_points: Vec<ContactPoint>,
    /// Where from.
    #[serde(flatten)]
    pub source: Source,
}

/// A phone or e-mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPoint {
    /// Which kind.
    pub kind: ContactKind,
    /// E.164 or e-mail as written.
    pub value: String,
    /// Whether it is the preferred one of its kind.
    pub preferred: bool,
}

/// A light customer: search hit or caller candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerHit {
    /// Id.
    pub id: CustomerId,
    /// Customer number.
    pub number: String,
    /// Name.
    pub name: String,
    /// Class.
    pub class: CustomerClass,
    /// One of the supplied addresses.
    pub address: Option<String>,
    /// Sort key of the list the hit stands in.
    pub name_norm: String,
}

/// An account with its balance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Id.
    pub id: AccountId,
    /// Whose.
    pub customer_id: CustomerId,
    /// Number.
    pub number: String,
    /// Variable symbol, individual account or payer code.
    pub payment_key: String,
    /// Currency.
    pub currency: String,
    /// Invoices less payments; positive means the customer owes.
    pub balance_minor: i64,
    /// The part of it that is past due.
    pub overdue_minor: i64,
    /// Where from.
    #[serde(flatten)]
    pub source: Source,
}

/// A meter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meter {
    /// Id.
    pub id: MeterId,
    /// Serial number.
    pub serial: String,
    /// Kind, as the utility names it.
    pub kind: String,
    /// Installed on.
    pub installed_on: Option<NaiveDate>,
    /// Where from.
    #[serde(flatten)]
    pub source: Source,
}

/// A contract of supply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Id.
    pub id: ContractId,
    /// Number.
    pub number: String,
    /// Product or tariff.
    pub product: String,
    /// From.
    pub valid_from: NaiveDate,
    /// Until.
    pub valid_to: Option<NaiveDate>,
}

/// A supply point with its address, meters and contract in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplyPoint {
    /// Id.
    pub id: SupplyPointId,
    /// EAN, EIC, PPE, POD …
    pub code: String,
    /// Which of them.
    pub code_kind: String,
    /// What is supplied.
    pub commodity: Commodity,
    /// Address in one line.
    pub address: String,
    /// Meters.
    pub meters: Vec<Meter>,
    /// The contract in force, or the last one.
    pub contract: Option<Contract>,
    /// Where from.
    #[serde(flatten)]
    pub source: Source,
}

/// One line of a customer file: a customer with account, premises, supply point and meter. Texts are already normal
/// (phones E.164, code kind proved).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRecord {
    /// Customer number: the key by which a second import finds the customer again.
    pub number: String,
    /// Person or company.
    pub kind: CustomerKind,
    /// Class.
    pub class: CustomerClass,
    /// Name.
    pub name: String,
    /// Company's registration number.
    pub registration_number: Option<String>,
    /// Language.
    pub language: String,
    /// Phones, E.164.
    pub phones: Vec<String>,
    /// E-mails.
    pub emails: Vec<String>,
    /// Account number.
    pub account_number: String,
    /// Payment key.
    pub payment_key: String,
    /// Currency of a new account; the utility's own if absent.
    pub currency: Option<String>,
    /// Street.
    pub street: String,
    /// House number.
    pub house_number: String,
    /// City.
    pub city: String,
    /// Post code.
    pub postcode: String,
    /// Country.
    pub country: String,
    /// Commodity.
    pub commodity: Commodity,
    /// Supply-point code.
    pub supply_code: String,
    /// Its kind: ean eic ppe pod gsrn own.
    pub supply_code_kind: String,
    /// Contract number.
    pub contract_number: String,
    /// Product.
    pub product: String,
    /// Contract from.
    pub contract_from: NaiveDate,
    /// Contract until.
    pub contract_to: Option<NaiveDate>,
    /// Meter's serial number.
    pub meter_serial: Option<String>,
    /// Meter's kind.
    pub meter_kind: Option<String>,
    /// Installed on.
    pub meter_installed_on: Option<NaiveDate>,
}

/// What one imported record did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// New.
    Added,
    /// Known, and something differed.
    Changed,
    /// Known and equal.
    Unchanged,
}

/// A premise as text, for one line of address.
pub fn address_line(street: &str, house_number: &str, postcode: &str, city: &str) -> String {
    format!("{street} {house_number}, {postcode} {city}")
}

/// Where customers are kept.
pub trait CustomerStore {
    /// Whether the scope sees this customer.
    fn customer_get(&mut self, scope: &Scope, id: CustomerId) -> Stored<Option<Customer>>;
    /// Customers of a phone number (E.164) or e-mail in normal form; at most `limit`.
    fn customer_by_contact(
        &mut self,
        scope: &Scope,
        value_norm: &str,
        limit: i64,
    ) -> Stored<Vec<CustomerHit>>;
    /// Customers whose number equals or whose normal name begins with the text, by name, after a name and id.
    fn customer_search(
        &mut self,
        scope: &Scope,
        text_norm: &str,
        first: i64,
        after: Option<(String, CustomerId)>,
    ) -> Stored<Vec<CustomerHit>>;
    /// A supply point.
    fn supply_point_get(&mut self, scope: &Scope, id: SupplyPointId) -> Stored<Option<SupplyPoint>>;
    /// An account.
    fn account_get(&mut self, scope: &Scope, id: AccountId, today: NaiveDate) -> Stored<Option<Account>>;
    /// Takes a record over: adds or changes customer, contact points, account, premises, supply point, contract and meter.
    fn customer_take(
        &mut self,
        tenant: TenantId,
        record: &CustomerRecord,
        source: &Source,
        ids: &mut dyn crate::act::IdSource,
    ) -> Stored<Taken>;
    /// The account a document belongs to: by supply-point code first, else by customer number; `None` if neither is known.
    fn account_find(
        &mut self,
        tenant: TenantId,
        supply_code: Option<&str>,
        customer_number: Option<&str>,
    ) -> Stored<Option<(AccountId, Option<SupplyPointId>)>>;
}
