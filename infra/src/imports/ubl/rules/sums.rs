//! Rules of sums and of tax.

use super::{
    Check, Element, TOTAL, amount_at, decimal, half_up, is_charge, line_elements, line_name, minus, sum,
    tax_total,
};
use rust_decimal::Decimal;

impl Check<'_> {
    fn differs(
        &mut self,
        rule: &'static str,
        at: &Element,
        below: &str,
        what: &str,
        want: Decimal,
        is: Decimal,
    ) {
        let place = at.at(below).unwrap_or(at);
        self.breach(
            rule,
            "UBL_TOTAL_DIFFERS",
            place,
            "",
            format!("{what} {}, the document says {is}.", want.normalize()),
        );
    }

    pub(super) fn sums(&mut self) {
        let root = self.root;
        let Some(total) = root.at(TOTAL) else { return };
        let stated = |name: &str| amount_at(total, name);
        if let Some(net) = stated("cbc:LineExtensionAmount")
            && root.at(line_name(root)).is_some()
        {
            let lines = sum(line_elements(root).map(|line| amount_at(line, "cbc:LineExtensionAmount")));
            if lines != net {
                self.differs(
                    "BR-CO-10",
                    total,
                    "cbc:LineExtensionAmount",
                    "The lines add up to",
                    lines,
                    net,
                );
            }
        }
        for (rule, name, charge) in [
            ("BR-CO-11", "cbc:AllowanceTotalAmount", false),
            ("BR-CO-12", "cbc:ChargeTotalAmount", true),
        ] {
            let of_kind = root.all("cac:AllowanceCharge").filter(|e| is_charge(e) == charge);
            let added = sum(of_kind.map(|e| amount_at(e, "cbc:Amount")));
            let is = stated(name).unwrap_or_default();
            if added != is && (stated(name).is_some() || !added.is_zero()) {
                self.differs(
                    rule,
                    total,
                    name,
                    "The document's allowances or charges add up to",
                    added,
                    is,
                );
            }
        }
        if let (Some(lines), Some(net)) = (
            stated("cbc:LineExtensionAmount"),
            stated("cbc:TaxExclusiveAmount"),
        ) {
            let want = sum([
                Some(lines),
                stated("cbc:AllowanceTotalAmount").map(|a| -a),
                stated("cbc:ChargeTotalAmount"),
            ]
            .into_iter());
            if want != net {
                self.differs(
                    "BR-CO-13",
                    total,
                    "cbc:TaxExclusiveAmount",
                    "Lines less allowances plus charges are",
                    want,
                    net,
                );
            }
        }
        if let (Some(net), Some(gross)) = (stated("cbc:TaxExclusiveAmount"), stated("cbc:TaxInclusiveAmount"))
        {
            let tax = tax_total(root).and_then(|t| amount_at(t, "cbc:TaxAmount"));
            let want = sum([Some(net), tax].into_iter());
            if want != gross {
                self.differs(
                    "BR-CO-15",
                    total,
                    "cbc:TaxInclusiveAmount",
                    "Net plus tax is",
                    want,
                    gross,
                );
            }
        }
        if let (Some(gross), Some(payable)) = (stated("cbc:TaxInclusiveAmount"), stated("cbc:PayableAmount"))
        {
            let want = sum([
                Some(gross),
                stated("cbc:PrepaidAmount").map(|a| -a),
                stated("cbc:PayableRoundingAmount"),
            ]
            .into_iter());
            if want != payable {
                self.differs(
                    "BR-CO-16",
                    total,
                    "cbc:PayableAmount",
                    "Total less paid plus rounding is",
                    want,
                    payable,
                );
            }
        }
    }

    pub(super) fn tax(&mut self) {
        let root = self.root;
        if root.all_at("cac:TaxTotal/cac:TaxSubtotal").is_empty() {
            self.missing(
                "BR-CO-18",
                root,
                "cac:TaxTotal/cac:TaxSubtotal",
                "The breakdown of the tax (BG-23)",
            );
        }
        if let Some(currency) = root
            .at("cbc:TaxCurrencyCode")
            .filter(|c| Some(c.text()) != root.text_at("cbc:DocumentCurrencyCode"))
        {
            let mut totals = root.all_at("cac:TaxTotal/cbc:TaxAmount").into_iter();
            if !totals.any(|a| a.attribute("currencyID") == Some(currency.text())) {
                self.missing(
                    "BR-53",
                    root,
                    "cac:TaxTotal/cbc:TaxAmount",
                    "The tax in the accounting currency (BT-111)",
                );
            }
        }
        for total in root.all("cac:TaxTotal") {
            self.require("", total, "cbc:TaxAmount", "The tax of the document (BT-110)");
            let stated = amount_at(total, "cbc:TaxAmount");
            if let (Some(stated), true) = (stated, total.at("cac:TaxSubtotal").is_some()) {
                let added = sum(total
                    .all("cac:TaxSubtotal")
                    .map(|sub| amount_at(sub, "cbc:TaxAmount")));
                if added != stated {
                    self.differs(
                        "BR-CO-14",
                        total,
                        "cbc:TaxAmount",
                        "The tax of the categories adds up to",
                        added,
                        stated,
                    );
                }
            }
            for subtotal in total.all("cac:TaxSubtotal") {
                self.require(
                    "BR-45",
                    subtotal,
                    "cbc:TaxableAmount",
                    "The taxable amount (BT-116)",
                );
                self.require(
                    "BR-46",
                    subtotal,
                    "cbc:TaxAmount",
                    "The tax of the category (BT-117)",
                );
                self.require(
                    "BR-47",
                    subtotal,
                    "cac:TaxCategory/cbc:ID",
                    "The tax category (BT-118)",
                );
                if let Some(category) = subtotal.at("cac:TaxCategory") {
                    self.tax_category(category);
                }
                self.category_tax(subtotal);
                self.category_base(subtotal);
            }
        }
        self.category_absent();
    }

    /// BR-CO-17: taxable amount times rate, rounded half up, less than one unit off.
    fn category_tax(&mut self, subtotal: &Element) {
        let (Some(taxable), Some(tax)) = (
            amount_at(subtotal, "cbc:TaxableAmount"),
            amount_at(subtotal, "cbc:TaxAmount"),
        ) else {
            return;
        };
        let rate = amount_at(subtotal, "cac:TaxCategory/cbc:Percent").unwrap_or_default();
        let Some(want) = taxable
            .checked_mul(rate)
            .map(|p| half_up(p / Decimal::ONE_HUNDRED))
        else {
            return;
        };
        let wrong = if rate.is_zero() {
            !tax.is_zero()
        } else {
            minus(want, tax).abs() >= Decimal::ONE
        };
        if wrong {
            self.differs(
                "BR-CO-17",
                subtotal,
                "cbc:TaxAmount",
                "Taxable amount times rate is",
                want,
                tax,
            );
        }
    }

    /// BR-S-08, BR-Z-08, …: the taxable amount of a category is that of its lines, allowances and charges.
    fn category_base(&mut self, subtotal: &Element) {
        let (Some(id), Some(taxable)) = (
            subtotal.text_at("cac:TaxCategory/cbc:ID"),
            amount_at(subtotal, "cbc:TaxableAmount"),
        ) else {
            return;
        };
        let rate = amount_at(subtotal, "cac:TaxCategory/cbc:Percent");
        let mut lines = line_elements(self.root).peekable();
        if lines.peek().is_none() {
            return;
        }
        let mine = |category: Option<&Element>| {
            category.is_some_and(|c| {
                c.text_at("cbc:ID") == Some(id) && (id != "S" || amount_at(c, "cbc:Percent") == rate)
            })
        };
        let of_lines = lines
            .filter(|line| mine(line.at("cac:Item/cac:ClassifiedTaxCategory")))
            .map(|line| amount_at(line, "cbc:LineExtensionAmount"));
        let of_document = self
            .root
            .all("cac:AllowanceCharge")
            .filter(|e| mine(e.at("cac:TaxCategory")))
            .map(|e| amount_at(e, "cbc:Amount").map(|a| if is_charge(e) { a } else { -a }));
        let want = sum(of_lines.chain(of_document));
        if want != taxable {
            let rule = match id {
                "S" => "BR-S-08",
                "Z" => "BR-Z-08",
                "E" => "BR-E-08",
                "AE" => "BR-AE-08",
                "K" => "BR-IC-08",
                "G" => "BR-G-08",
                "O" => "BR-O-08",
                "L" => "BR-AF-08",
                "M" => "BR-AG-08",
                _ => "BR-B-08",
            };
            self.differs(
                rule,
                subtotal,
                "cbc:TaxableAmount",
                "The lines of this tax category add up to",
                want,
                taxable,
            );
        }
    }

    /// BR-S-01, BR-Z-01, …: a category that a line uses is broken down.
    fn category_absent(&mut self) {
        let root = self.root;
        let subtotals = root.all_at("cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory");
        for line in line_elements(root) {
            let Some(category) = line.at("cac:Item/cac:ClassifiedTaxCategory") else {
                continue;
            };
            let (id, rate) = (
                category.text_at("cbc:ID"),
                category.text_at("cbc:Percent").and_then(decimal),
            );
            let known = subtotals.iter().any(|s| {
                s.text_at("cbc:ID") == id && (id != Some("S") || amount_at(s, "cbc:Percent") == rate)
            });
            if !known && !subtotals.is_empty() {
                let reason = format!(
                    "No tax breakdown has the category {} of this line.",
                    id.unwrap_or("without id")
                );
                self.breach("BR-S-01", "UBL_TERM_MISSING", category, "", reason);
            }
        }
    }
}
