//! The customer that an invoice file names, so that a demo or test has the account the file belongs to.

use chrono::{Days, NaiveDate};
use domain::billing::InvoiceDocument;
use domain::customers::{CustomerClass, CustomerKind, CustomerRecord};
use domain::normal;
use domain::tenant::Commodity;
use serde_json::Value;

/// A record of the customer that the document names: its first number, its supply point where it names one, its name
/// and address. Its account has the document's currency.
pub fn named_in_ubl(document: &InvoiceDocument) -> CustomerRecord {
    let buyer = &document.document["BG-7"][0];
    let delivery = &document.document["BG-13"][0];
    let term = |group: &Value, term: &str| text(&group[term]);
    let number = document
        .customer_numbers
        .first()
        .cloned()
        .unwrap_or_else(|| format!("UBL-{}", document.number));
    let either = |delivered: &str, bought: &str, otherwise: &str| {
        term(delivery, delivered)
            .or_else(|| term(buyer, bought))
            .unwrap_or_else(|| otherwise.to_owned())
    };
    let supply_code = document
        .supply_code
        .clone()
        .unwrap_or_else(|| format!("OWN-{number}"));
    let from = document.period_from.unwrap_or(document.issued_on);
    CustomerRecord {
        kind: CustomerKind::Company,
        class: CustomerClass::Business,
        name: term(buyer, "BT-44").unwrap_or_else(|| number.clone()),
        registration_number: term(buyer, "BT-47"),
        language: "en".to_owned(),
        phones: Vec::new(),
        emails: Vec::new(),
        account_number: format!("A-{number}"),
        payment_key: text(&document.document["BG-16"][0]["BT-83"]).unwrap_or_else(|| number.clone()),
        currency: Some(document.currency.clone()),
        street: either("BT-75", "BT-50", "Street"),
        house_number: "1".to_owned(),
        city: either("BT-77", "BT-52", "Town"),
        postcode: either("BT-78", "BT-53", "00000"),
        country: either("BT-80", "BT-55", "CZ"),
        commodity: Commodity::Electricity,
        supply_code_kind: normal::supply_code_kind(&supply_code).unwrap_or("own").to_owned(),
        supply_code,
        contract_number: text(&document.document["BT-12"]).unwrap_or_else(|| format!("C-{number}")),
        product: "Named in an invoice".to_owned(),
        contract_from: year_before(from),
        contract_to: None,
        meter_serial: None,
        meter_kind: None,
        meter_installed_on: None,
        number,
    }
}

fn year_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(365)).unwrap_or(day)
}

/// A term's text, whether it stands alone, with attributes, or first among several.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Object(object) => text(object.get("value")?),
        Value::Array(values) => text(values.first()?),
        _ => None,
    }
}
