//! Customers of one demo utility that published electricity invoices name (the examples of the EN 16931 and Peppol
//! communities), so that those files find their accounts: `busbar import --tenant vltava --format ubl FILE…`.

use chrono::NaiveDate;
use domain::customers::{CustomerClass, CustomerKind, CustomerRecord};
use domain::normal;
use domain::tenant::Commodity;

type Guest = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
);

/// Customer number as the invoice gives it, name, currency, street, city, postcode, country, supply point if named.
const GUESTS: &[Guest] = &[
    (
        "100206837",
        "Fastighets AB",
        "SEK",
        "Stiggatan",
        "Malmö",
        "20123",
        "SE",
        None,
    ),
    (
        "1081119",
        "Klant",
        "EUR",
        "Bedrijfslaan",
        "ONDERNEMERSTAD",
        "9999 XX",
        "NL",
        Some("871694831000290806"),
    ),
    (
        "DK87654321",
        "Company B",
        "DKK",
        "Bjerkåsholmen",
        "Slemmestad",
        "NO-3470",
        "DK",
        None,
    ),
];

/// Key of the utility and records of its guests.
pub fn guests() -> (&'static str, Vec<CustomerRecord>) {
    let record = |&(number, name, currency, street, city, postcode, country, code): &Guest| {
        let supply_code = code.map_or_else(|| format!("OWN-{number}"), str::to_owned);
        CustomerRecord {
            number: number.to_owned(),
            kind: CustomerKind::Company,
            class: CustomerClass::Business,
            name: name.to_owned(),
            registration_number: None,
            language: "en".to_owned(),
            phones: Vec::new(),
            emails: Vec::new(),
            account_number: format!("A-{number}"),
            payment_key: number.to_owned(),
            currency: Some(currency.to_owned()),
            street: street.to_owned(),
            house_number: "1".to_owned(),
            city: city.to_owned(),
            postcode: postcode.to_owned(),
            country: country.to_owned(),
            commodity: Commodity::Electricity,
            supply_code_kind: normal::supply_code_kind(&supply_code).unwrap_or("own").to_owned(),
            supply_code,
            contract_number: format!("C-{number}"),
            product: "C02d".to_owned(),
            contract_from: NaiveDate::from_ymd_opt(2012, 1, 1).unwrap_or_default(),
            contract_to: None,
            meter_serial: None,
            meter_kind: None,
            meter_installed_on: None,
        }
    };
    ("vltava", GUESTS.iter().map(record).collect())
}
