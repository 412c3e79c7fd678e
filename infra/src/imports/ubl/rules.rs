//! The business rules of EN 16931 that decide whether an invoice is taken: required terms, sums, dates, codes.
//!
//! Source: EN 16931-1:2017 with A1:2019, chapter 6.4, and the published validation artefacts for UBL. Sums are exact to
//! the cent; BR-CO-17 leaves less than one unit, as the artefacts do. BR-*-08 is exact as the standard's text has it.

use super::terms::is_charge;
use crate::imports::codes;
use crate::imports::tree::Element;
use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::HashMap;

/// A broken rule and its place.
pub(super) struct Breach {
    /// Id of the rule; empty where the syntax and no rule of the standard is broken.
    pub rule: &'static str,
    pub code: &'static str,
    pub path: String,
    pub line: u32,
    pub reason: String,
}

/// A date as UBL writes it, an appended time zone ignored.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let (day, zone) = text.trim().split_at_checked(10)?;
    let zoned = zone.is_empty()
        || zone == "Z"
        || (zone.len() == 6 && zone.starts_with(['+', '-']) && zone.as_bytes().get(3) == Some(&b':'));
    let shaped = day.bytes().enumerate().all(|(i, b)| {
        if i == 4 || i == 7 {
            b == b'-'
        } else {
            b.is_ascii_digit()
        }
    });
    if zoned && shaped {
        NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()
    } else {
        None
    }
}

/// An exact decimal as XML writes it: no exponent, no grouping.
fn decimal(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain =
        digits.bytes().any(|b| b.is_ascii_digit()) && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if plain { text.parse().ok() } else { None }
}

/// The tax total in the document's currency, or the only one.
pub(super) fn tax_total(root: &Element) -> Option<&Element> {
    let currency = root.text_at("cbc:DocumentCurrencyCode");
    let stated =
        |total: &&Element| total.at("cbc:TaxAmount").and_then(|a| a.attribute("currencyID")) == currency;
    root.all("cac:TaxTotal")
        .find(stated)
        .or_else(|| root.all("cac:TaxTotal").next())
}

/// Every rule the document breaks, with its place.
pub(super) fn check(root: &Element) -> Vec<Breach> {
    let mut paths = HashMap::new();
    root.walk(&format!("/{}", root.name), &mut |path, element| {
        paths.insert(std::ptr::from_ref(element), path.to_owned());
    });
    let mut check = Check {
        root,
        paths,
        breaches: Vec::new(),
    };
    check.required();
    check.repeated();
    check.values();
    check.lines();
    check.sums();
    check.tax();
    check.conditions();
    check.breaches
}

struct Check<'a> {
    root: &'a Element,
    paths: HashMap<*const Element, String>,
    breaches: Vec<Breach>,
}

const TOTAL: &str = "cac:LegalMonetaryTotal";

impl<'a> Check<'a> {
    fn breach(&mut self, rule: &'static str, code: &'static str, at: &Element, below: &str, reason: String) {
        let path = self
            .paths
            .get(&std::ptr::from_ref(at))
            .cloned()
            .unwrap_or_default();
        let path = if below.is_empty() {
            path
        } else {
            format!("{path}/{below}")
        };
        self.breaches.push(Breach {
            rule,
            code,
            path,
            line: at.line,
            reason,
        });
    }

    fn missing(&mut self, rule: &'static str, at: &Element, below: &str, what: &str) {
        self.breach(rule, "UBL_TERM_MISSING", at, below, format!("{what} is missing."));
    }

    /// Where below `from` the path breaks off: the deepest element that is there, and the rest of the path.
    fn require(&mut self, rule: &'static str, from: &'a Element, path: &str, what: &str) {
        if from.text_at(path).is_some() {
            return;
        }
        let (mut deepest, mut rest) = (from, path);
        while let Some(next) = deepest.all(rest.split('/').next().unwrap_or_default()).next() {
            let Some((_, tail)) = rest.split_once('/') else {
                return self.breach(rule, "UBL_TERM_MISSING", next, "", format!("{what} is empty."));
            };
            (deepest, rest) = (next, tail);
        }
        self.missing(rule, deepest, rest, what);
    }

    fn required(&mut self) {
        let root = self.root;
        let type_code = if root.name == "CreditNote" {
            "cbc:CreditNoteTypeCode"
        } else {
            "cbc:InvoiceTypeCode"
        };
        const SELLER: &str = "cac:AccountingSupplierParty/cac:Party";
        const BUYER: &str = "cac:AccountingCustomerParty/cac:Party";
        for (rule, path, what) in [
            (
                "BR-01",
                "cbc:CustomizationID",
                "The specification identifier (BT-24)",
            ),
            ("BR-02", "cbc:ID", "The invoice number (BT-1)"),
            ("BR-03", "cbc:IssueDate", "The issue date (BT-2)"),
            ("BR-04", type_code, "The invoice type code (BT-3)"),
            ("BR-05", "cbc:DocumentCurrencyCode", "The invoice currency (BT-5)"),
            (
                "BR-06",
                &format!("{SELLER}/cac:PartyLegalEntity/cbc:RegistrationName"),
                "The seller's name (BT-27)",
            ),
            (
                "BR-07",
                &format!("{BUYER}/cac:PartyLegalEntity/cbc:RegistrationName"),
                "The buyer's name (BT-44)",
            ),
            (
                "BR-09",
                &format!("{SELLER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode"),
                "The seller's country (BT-40)",
            ),
            (
                "BR-11",
                &format!("{BUYER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode"),
                "The buyer's country (BT-55)",
            ),
            (
                "BR-12",
                &format!("{TOTAL}/cbc:LineExtensionAmount"),
                "The sum of the line amounts (BT-106)",
            ),
            (
                "BR-13",
                &format!("{TOTAL}/cbc:TaxExclusiveAmount"),
                "The total without tax (BT-109)",
            ),
            (
                "BR-14",
                &format!("{TOTAL}/cbc:TaxInclusiveAmount"),
                "The total with tax (BT-112)",
            ),
            (
                "BR-15",
                &format!("{TOTAL}/cbc:PayableAmount"),
                "The amount due (BT-115)",
            ),
        ] {
            self.require(rule, root, path, what);
        }
        for (rule, party, what) in [
            ("BR-08", SELLER, "The seller's postal address (BG-5)"),
            ("BR-10", BUYER, "The buyer's postal address (BG-8)"),
        ] {
            if root.at(&format!("{party}/cac:PostalAddress")).is_none() {
                self.missing(rule, root, &format!("{party}/cac:PostalAddress"), what);
            }
        }
        if line_elements(root).next().is_none() {
            self.missing("BR-16", root, line_name(root), "An invoice line (BG-25)");
        }
    }

    /// What may stand once only: twice would leave open which one counts.
    fn repeated(&mut self) {
        const ONCE: &[&str] = &[
            "cbc:CustomizationID",
            "cbc:ID",
            "cbc:IssueDate",
            "cbc:DueDate",
            "cbc:InvoiceTypeCode",
            "cbc:CreditNoteTypeCode",
            "cbc:DocumentCurrencyCode",
            "cbc:TaxCurrencyCode",
            "cac:AccountingSupplierParty",
            "cac:AccountingCustomerParty",
            "cac:LegalMonetaryTotal",
            "cac:InvoicePeriod",
            "cbc:TaxAmount",
            "cbc:TaxableAmount",
            "cbc:InvoicedQuantity",
            "cbc:CreditedQuantity",
            "cbc:LineExtensionAmount",
            "cbc:PriceAmount",
            "cac:Price",
            "cac:Item",
            "cac:TaxCategory",
            "cbc:StartDate",
            "cbc:EndDate",
            "cbc:Percent",
            "cbc:TaxExclusiveAmount",
            "cbc:TaxInclusiveAmount",
            "cbc:AllowanceTotalAmount",
            "cbc:ChargeTotalAmount",
            "cbc:PrepaidAmount",
            "cbc:PayableRoundingAmount",
            "cbc:PayableAmount",
            "cbc:Amount",
            "cbc:ChargeIndicator",
        ];
        let mut elements = Vec::new();
        self.root.walk("", &mut |_, element| elements.push(element));
        for element in elements {
            for name in ONCE {
                if let Some(second) = element.all(name).nth(1) {
                    self.breach(
                        "",
                        "UBL_TERM_REPEATED",
                        second,
                        "",
                        format!("{name} may stand here once only."),
                    );
                }
            }
        }
    }

    /// Each value by itself: dates, amounts, currencies, codes.
    fn values(&mut self) {
        let root = self.root;
        let currency = root.text_at("cbc:DocumentCurrencyCode").unwrap_or_default();
        let accounting = root.text_at("cbc:TaxCurrencyCode").unwrap_or_default();
        let mut elements = Vec::new();
        root.walk(&format!("/{}", root.name), &mut |path, element| {
            elements.push((path.to_owned(), element))
        });
        for (path, element) in elements {
            let Some(name) = element.name.strip_prefix("cbc:") else {
                continue;
            };
            let text = element.text();
            if name.ends_with("Date") && date(text).is_none() {
                self.breach(
                    "",
                    "UBL_DATE",
                    element,
                    "",
                    format!("\"{text}\" is no date of the form YYYY-MM-DD."),
                );
            } else if name.ends_with("Amount") {
                self.amount(
                    element,
                    &path,
                    name == "PriceAmount" || path.contains("/cac:Price/"),
                );
                let stated = element.attribute("currencyID");
                let in_accounting =
                    name == "TaxAmount" && !accounting.is_empty() && stated == Some(accounting);
                match stated {
                    Some(stated) if !codes::is_currency(stated) => {
                        self.breach(
                            "BR-CL-03",
                            "UBL_CODE",
                            element,
                            "@currencyID",
                            format!("{stated} is no currency of ISO 4217."),
                        );
                    }
                    Some(stated) if stated != currency && !currency.is_empty() && !in_accounting => {
                        self.breach(
                            "",
                            "UBL_CURRENCY",
                            element,
                            "@currencyID",
                            format!("The amount is in {stated}, the invoice in {currency}."),
                        );
                    }
                    None => self.breach(
                        "",
                        "UBL_CURRENCY",
                        element,
                        "@currencyID",
                        "The amount names no currency.".to_owned(),
                    ),
                    Some(_) => {}
                }
            } else if matches!(
                name,
                "InvoicedQuantity"
                    | "CreditedQuantity"
                    | "BaseQuantity"
                    | "Percent"
                    | "MultiplierFactorNumeric"
            ) {
                if decimal(text).is_none() {
                    self.breach(
                        "",
                        "UBL_NUMBER",
                        element,
                        "",
                        format!("\"{text}\" is no decimal number."),
                    );
                }
                if let Some(unit) = element.attribute("unitCode").filter(|unit| !codes::is_unit(unit)) {
                    self.breach(
                        "BR-CL-23",
                        "UBL_CODE",
                        element,
                        "@unitCode",
                        format!("{unit} is no unit code of UN/ECE Recommendation 20 or 21."),
                    );
                }
            } else if name == "IdentificationCode" && !codes::is_country(text) {
                self.breach(
                    "BR-CL-14",
                    "UBL_CODE",
                    element,
                    "",
                    format!("\"{text}\" is no country of ISO 3166-1."),
                );
            } else if name == "DocumentCurrencyCode" && !codes::is_currency(text) {
                self.breach(
                    "BR-CL-04",
                    "UBL_CODE",
                    element,
                    "",
                    format!("\"{text}\" is no currency of ISO 4217."),
                );
            } else if name == "TaxCurrencyCode" && !codes::is_currency(text) {
                self.breach(
                    "BR-CL-05",
                    "UBL_CODE",
                    element,
                    "",
                    format!("\"{text}\" is no currency of ISO 4217."),
                );
            } else if matches!(name, "InvoiceTypeCode" | "CreditNoteTypeCode")
                && !codes::is_document_type(text, name.starts_with("Credit"))
            {
                self.breach(
                    "BR-CL-01",
                    "UBL_CODE",
                    element,
                    "",
                    format!("\"{text}\" is no type of invoice that EN 16931 knows."),
                );
            } else if name == "ChargeIndicator" && !matches!(text, "true" | "false" | "1" | "0") {
                self.breach(
                    "",
                    "UBL_CODE",
                    element,
                    "",
                    format!("\"{text}\" is neither true nor false."),
                );
            }
        }
    }

    fn amount(&mut self, element: &Element, path: &str, any_decimals: bool) {
        let text = element.text();
        let Some(value) = decimal(text) else {
            return self.breach("", "UBL_AMOUNT", element, "", format!("\"{text}\" is no amount."));
        };
        // Money is kept as whole minor units of 64 bits; a thousandth of their range leaves room for every sum.
        if value.abs() > Decimal::from(i64::MAX / 100_000) {
            self.breach(
                "",
                "UBL_AMOUNT",
                element,
                "",
                format!("{text} is too large for an amount."),
            );
        } else if !any_decimals && value.normalize().scale() > 2 {
            let rule = decimals_rule(path, &element.name);
            self.breach(
                rule,
                "UBL_AMOUNT",
                element,
                "",
                format!("{text} has more than two decimals."),
            );
        }
    }
}

/// The rule that limits the decimals of an amount.
fn decimals_rule(path: &str, name: &str) -> &'static str {
    match name {
        "cbc:TaxableAmount" => "BR-DEC-19",
        "cbc:TaxAmount" if path.contains("TaxSubtotal") => "BR-DEC-20",
        "cbc:TaxAmount" => "BR-DEC-13",
        "cbc:LineExtensionAmount" if path.contains("Line[") || path.contains("Line/") => "BR-DEC-23",
        "cbc:LineExtensionAmount" => "BR-DEC-09",
        "cbc:TaxExclusiveAmount" => "BR-DEC-12",
        "cbc:TaxInclusiveAmount" => "BR-DEC-14",
        "cbc:AllowanceTotalAmount" => "BR-DEC-10",
        "cbc:ChargeTotalAmount" => "BR-DEC-11",
        "cbc:PrepaidAmount" => "BR-DEC-16",
        "cbc:PayableRoundingAmount" => "BR-DEC-17",
        "cbc:PayableAmount" => "BR-DEC-18",
        _ => "BR-DEC-01",
    }
}

fn line_name(root: &Element) -> &'static str {
    if root.name == "CreditNote" {
        "cac:CreditNoteLine"
    } else {
        "cac:InvoiceLine"
    }
}

fn line_elements(root: &Element) -> impl Iterator<Item = &Element> {
    root.all(line_name(root))
}

fn amount_at(element: &Element, path: &str) -> Option<Decimal> {
    element.text_at(path).and_then(decimal)
}

/// Sums that cannot overflow: amounts were judged before, an absurd one counts as none.
fn sum(values: impl Iterator<Item = Option<Decimal>>) -> Decimal {
    values.flatten().fold(Decimal::ZERO, |sum, value| {
        sum.checked_add(value).unwrap_or(Decimal::MAX)
    })
}

fn minus(a: Decimal, b: Decimal) -> Decimal {
    a.checked_sub(b).unwrap_or(Decimal::MAX)
}

fn half_up(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

mod lines;
mod sums;
