//! Rules of lines and of conditions between terms.

use super::{Check, Element, TOTAL, amount_at, date, decimal, half_up, is_charge, line_elements, minus, sum};
use crate::imports::codes;
use rust_decimal::Decimal;

impl Check<'_> {
    pub(super) fn lines(&mut self) {
        let peppol = self
            .root
            .text_at("cbc:CustomizationID")
            .is_some_and(|id| id.contains("urn:fdc:peppol.eu"));
        let quantity = if self.root.name == "CreditNote" {
            "cbc:CreditedQuantity"
        } else {
            "cbc:InvoicedQuantity"
        };
        for line in line_elements(self.root) {
            self.require("BR-21", line, "cbc:ID", "The line's identifier (BT-126)");
            self.require("BR-22", line, quantity, "The line's quantity (BT-129)");
            if let Some(quantity) = line
                .at(quantity)
                .filter(|q| q.attribute("unitCode").is_none_or(str::is_empty))
            {
                self.missing(
                    "BR-23",
                    quantity,
                    "@unitCode",
                    "The unit of the quantity (BT-130)",
                );
            }
            self.require(
                "BR-24",
                line,
                "cbc:LineExtensionAmount",
                "The line's net amount (BT-131)",
            );
            self.require("BR-25", line, "cac:Item/cbc:Name", "The item's name (BT-153)");
            self.require(
                "BR-26",
                line,
                "cac:Price/cbc:PriceAmount",
                "The item's net price (BT-146)",
            );
            self.require(
                "BR-CO-04",
                line,
                "cac:Item/cac:ClassifiedTaxCategory/cbc:ID",
                "The item's tax category (BT-151)",
            );
            if let Some(category) = line.at("cac:Item/cac:ClassifiedTaxCategory") {
                self.tax_category(category);
            }
            for (rule, path) in [
                ("BR-27", "cac:Price/cbc:PriceAmount"),
                ("BR-28", "cac:Price/cac:AllowanceCharge/cbc:BaseAmount"),
            ] {
                if let Some(price) = line
                    .at(path)
                    .filter(|p| decimal(p.text()).is_some_and(|p| p.is_sign_negative() && !p.is_zero()))
                {
                    self.breach(
                        rule,
                        "UBL_AMOUNT",
                        price,
                        "",
                        "A price is never negative; the quantity is.".to_owned(),
                    );
                }
            }
            for charge in line.all("cac:AllowanceCharge") {
                let rule = if is_charge(charge) { "BR-43" } else { "BR-41" };
                self.require(
                    rule,
                    charge,
                    "cbc:Amount",
                    "The amount of the line's allowance or charge",
                );
            }
            self.period("BR-30", line);
            if peppol {
                self.line_product(line, quantity);
            }
        }
    }

    /// PEPPOL-EN16931-R120: quantity times price is the line's amount, give or take two cents. Peppol's own rule, for
    /// documents that claim it; EN 16931 leaves the product open.
    fn line_product(&mut self, line: &Element, quantity: &str) {
        let base = amount_at(line, "cac:Price/cbc:BaseQuantity")
            .filter(|b| !b.is_zero())
            .unwrap_or(Decimal::ONE);
        let (Some(quantity), Some(price), Some(net)) = (
            amount_at(line, quantity),
            amount_at(line, "cac:Price/cbc:PriceAmount"),
            amount_at(line, "cbc:LineExtensionAmount"),
        ) else {
            return;
        };
        let extra = sum(line
            .all("cac:AllowanceCharge")
            .map(|e| amount_at(e, "cbc:Amount").map(|a| if is_charge(e) { a } else { -a })));
        let Some(product) = quantity
            .checked_mul(price)
            .and_then(|p| p.checked_div(base))
            .and_then(|p| p.checked_add(extra))
        else {
            return;
        };
        if minus(half_up(product), net).abs() > Decimal::new(2, 2) {
            let reason = format!(
                "Quantity times price is {}, the line says {net}.",
                half_up(product)
            );
            let at = line.at("cbc:LineExtensionAmount").unwrap_or(line);
            self.breach("PEPPOL-EN16931-R120", "UBL_TOTAL_DIFFERS", at, "", reason);
        }
    }

    pub(super) fn tax_category(&mut self, category: &Element) {
        if let Some(id) = category.at("cbc:ID")
            && !codes::is_tax_category(id.text())
        {
            self.breach(
                "BR-CL-17",
                "UBL_CODE",
                id,
                "",
                format!("\"{}\" is no tax category of UNTDID 5305.", id.text()),
            );
        }
        if category.at("cac:TaxScheme/cbc:ID").is_none() {
            self.missing("", category, "cac:TaxScheme/cbc:ID", "The tax scheme");
        }
        // Only what is not subject to tax has no rate (BR-48, BR-O-05).
        if category.text_at("cbc:Percent").is_none() && category.text_at("cbc:ID").is_some_and(|id| id != "O")
        {
            self.missing("BR-48", category, "cbc:Percent", "The tax rate");
        }
    }

    fn period(&mut self, rule: &'static str, of: &Element) {
        let Some(period) = of.at("cac:InvoicePeriod") else {
            return;
        };
        let at = |path| period.text_at(path).and_then(date);
        if let (Some(from), Some(to)) = (at("cbc:StartDate"), at("cbc:EndDate"))
            && to < from
        {
            self.breach(
                rule,
                "UBL_DATE",
                period,
                "cbc:EndDate",
                format!("The period ends on {to} before it begins on {from}."),
            );
        }
    }

    /// What must or must not stand together.
    pub(super) fn conditions(&mut self) {
        let root = self.root;
        self.period("BR-29", root);
        if let Some(period) = root.at("cac:InvoicePeriod/cbc:DescriptionCode")
            && root.at("cbc:TaxPointDate").is_some()
        {
            self.breach(
                "BR-CO-03",
                "UBL_TERM_CONFLICT",
                period,
                "",
                "The tax point's date (BT-7) and its code (BT-8) exclude each other.".to_owned(),
            );
        }
        let due = root
            .at("cbc:DueDate")
            .or_else(|| root.at("cac:PaymentMeans/cbc:PaymentDueDate"));
        if let Some(payable) = root.at(&format!("{TOTAL}/cbc:PayableAmount"))
            && decimal(payable.text()).is_some_and(|amount| amount > Decimal::ZERO)
            && due.is_none()
            && root.text_at("cac:PaymentTerms/cbc:Note").is_none()
            && root.name == "Invoice"
        {
            self.missing(
                "BR-CO-25",
                root,
                "cbc:DueDate",
                "Of an amount to be paid, the due date (BT-9) or the terms (BT-20)",
            );
        }
        for reference in root.all("cac:AdditionalDocumentReference") {
            self.require(
                "BR-52",
                reference,
                "cbc:ID",
                "The reference of a supporting document (BT-122)",
            );
        }
        for means in root.all("cac:PaymentMeans") {
            self.require(
                "BR-49",
                means,
                "cbc:PaymentMeansCode",
                "The kind of payment (BT-81)",
            );
        }
        for charge in root.all("cac:AllowanceCharge") {
            let (amount, category) = if is_charge(charge) {
                ("BR-36", "BR-37")
            } else {
                ("BR-31", "BR-32")
            };
            self.require(
                amount,
                charge,
                "cbc:Amount",
                "The amount of a document's allowance or charge",
            );
            self.require(
                category,
                charge,
                "cac:TaxCategory/cbc:ID",
                "The tax category of a document's allowance or charge",
            );
        }
    }
}
