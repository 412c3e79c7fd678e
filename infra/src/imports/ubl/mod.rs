//! EN 16931 invoices and credit notes in UBL 2.1, read without loss: typed fields for what Busbar works with, the
//! rest by business term, and the whole element tree so that the document can be written again.

mod rules;
mod terms;

use super::tree::{self, Element, Node};
use super::{FAULTS_MAX, Place, ReadFault};
use domain::billing::{InvoiceDocument, InvoiceDocumentLine, InvoiceKind};
use domain::{money, normal};
use rules::Breach;
use sha2::{Digest, Sha256};

/// Larger files are not invoices but attachments.
const BYTES_MAX: usize = 5 * 1024 * 1024;

/// Reads one document.
///
/// Amounts come in minor units, signed as they act on the balance: those of a credit note are multiplied by -1, an
/// invoice with negative totals keeps its own signs.
///
/// # Errors
/// Every fault found, each with its place; then nothing of the file counts.
pub fn ubl(file_name: &str, bytes: &[u8]) -> Result<InvoiceDocument, Vec<ReadFault>> {
    let place = |line, element| Place {
        file: file_name.to_owned(),
        line,
        element,
    };
    if bytes.len() > BYTES_MAX {
        let reason = format!(
            "The file has {} bytes, at most {BYTES_MAX} are read.",
            bytes.len()
        );
        return Err(vec![ReadFault {
            code: "FILE_TOO_LARGE",
            place: place(None, None),
            reason,
        }]);
    }
    let root = tree::parse(bytes).map_err(|e| {
        vec![ReadFault {
            code: e.code,
            place: place(Some(e.line), None),
            reason: e.reason,
        }]
    })?;
    if root.name != "Invoice" && root.name != "CreditNote" {
        let reason = format!(
            "The root element is {}, not an Invoice or CreditNote of UBL 2.",
            root.name
        );
        return Err(vec![ReadFault {
            code: "UBL_ROOT",
            place: place(Some(root.line), Some(format!("/{}", root.name))),
            reason,
        }]);
    }
    let breaches = rules::check(&root);
    if !breaches.is_empty() {
        let fault = |breach: Breach| ReadFault {
            code: breach.code,
            place: place(Some(breach.line), Some(breach.path)),
            reason: if breach.rule.is_empty() {
                breach.reason
            } else {
                format!("{}: {}", breach.rule, breach.reason)
            },
        };
        return Err(breaches.into_iter().take(FAULTS_MAX).map(fault).collect());
    }
    document(&root, bytes).ok_or_else(|| {
        // The rules asked for every field taken below; this stands for a rule that is missing.
        let reason = "A required business term is missing or malformed.".to_owned();
        vec![ReadFault {
            code: "UBL_TERM_MISSING",
            place: place(Some(root.line), Some(format!("/{}", root.name))),
            reason,
        }]
    })
}

/// The ids of the rules that a document breaks, in the order found. For the standard's own unit tests, whose
/// documents are fragments.
///
/// # Errors
/// The sentence why it is no XML.
pub fn rule_faults(bytes: &[u8]) -> Result<Vec<&'static str>, String> {
    let root = tree::parse(bytes).map_err(|e| e.reason)?;
    Ok(rules::check(&root)
        .into_iter()
        .map(|breach| breach.rule)
        .collect())
}

/// Writes the document again as UBL: the same elements, attributes and texts in the same order.
pub fn ubl_xml(document: &InvoiceDocument) -> Option<String> {
    let mut root: Element = serde_json::from_value(document.document.get("tree")?.clone()).ok()?;
    for node in &mut root.nodes {
        if let Node::Line(position) = node {
            let index = usize::try_from(*position).ok()?.checked_sub(1)?;
            let line = document.lines.get(index)?.document.get("tree")?.clone();
            *node = Node::Element(serde_json::from_value(line).ok()?);
        }
    }
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    root.write_xml(true, &mut out);
    Some(out)
}

fn document(root: &Element, bytes: &[u8]) -> Option<InvoiceDocument> {
    let type_code = root
        .text_at("cbc:InvoiceTypeCode")
        .or_else(|| root.text_at("cbc:CreditNoteTypeCode"))?;
    let kind = match (root.name.as_str(), type_code) {
        ("CreditNote", _) | (_, "381") => InvoiceKind::CreditNote,
        (_, "386") => InvoiceKind::Advance,
        _ => InvoiceKind::Invoice,
    };
    let sign = if kind == InvoiceKind::CreditNote { -1 } else { 1 };
    let total = |path: &str| match root
        .at("cac:LegalMonetaryTotal")
        .and_then(|total| total.text_at(path))
    {
        Some(text) => money::minor_from_decimal(text).map(|minor| minor * sign),
        None => Some(0),
    };
    let currency = root.text_at("cbc:DocumentCurrencyCode")?;
    let tax = match rules::tax_total(root).and_then(|total| total.text_at("cbc:TaxAmount")) {
        Some(text) => money::minor_from_decimal(text)? * sign,
        None => 0,
    };
    let date = |path| root.text_at(path).and_then(rules::date);
    let mut header = root.clone();
    let mut lines = Vec::new();
    for node in &mut header.nodes {
        if let Node::Element(element) = node
            && matches!(element.name.as_str(), "cac:InvoiceLine" | "cac:CreditNoteLine")
        {
            lines.push(line(element, sign)?);
            *node = Node::Line(u32::try_from(lines.len()).ok()?);
        }
    }
    let mut rest = terms::header(root);
    rest.insert("tree".to_owned(), serde_json::to_value(&header).ok()?);
    Some(InvoiceDocument {
        number: root.text_at("cbc:ID")?.to_owned(),
        kind,
        issued_on: date("cbc:IssueDate")?,
        due_on: date("cbc:DueDate").or_else(|| date("cac:PaymentMeans/cbc:PaymentDueDate")),
        period_from: date("cac:InvoicePeriod/cbc:StartDate"),
        period_to: date("cac:InvoicePeriod/cbc:EndDate"),
        currency: currency.to_owned(),
        net_minor: total("cbc:TaxExclusiveAmount")?,
        tax_minor: tax,
        prepaid_minor: total("cbc:PrepaidAmount")?,
        rounding_minor: total("cbc:PayableRoundingAmount")?,
        payable_minor: total("cbc:PayableAmount")?,
        supply_code: supply_code(root),
        customer_numbers: customer_numbers(root),
        lines,
        document: rest.into(),
        digest: Sha256::digest(bytes).into(),
    })
}

fn line(element: &Element, sign: i64) -> Option<InvoiceDocumentLine> {
    let quantity = element
        .at("cbc:InvoicedQuantity")
        .or_else(|| element.at("cbc:CreditedQuantity"));
    let mut rest = terms::line(element);
    rest.insert("tree".to_owned(), serde_json::to_value(element).ok()?);
    Some(InvoiceDocumentLine {
        reference: element.text_at("cbc:ID")?.to_owned(),
        name: element.text_at("cac:Item/cbc:Name")?.to_owned(),
        quantity: quantity.map(|q| q.text().to_owned()),
        unit: quantity.and_then(|q| q.attribute("unitCode")).map(str::to_owned),
        price: element.text_at("cac:Price/cbc:PriceAmount").map(str::to_owned),
        net_minor: money::minor_from_decimal(element.text_at("cbc:LineExtensionAmount")?)? * sign,
        tax_rate: element
            .text_at("cac:Item/cac:ClassifiedTaxCategory/cbc:Percent")
            .map(str::to_owned),
        document: rest.into(),
    })
}

/// The supply point a document names: the invoiced object (BT-18) if it is written as one; else any reference or
/// the delivery location (BT-71) whose check digit proves it to be a supply point's code.
fn supply_code(root: &Element) -> Option<String> {
    let references: Vec<&Element> = root.all("cac:AdditionalDocumentReference").collect();
    let proved = |id: &&Element| normal::supply_code_kind(id.text()).is_some();
    let invoiced_object = references
        .iter()
        .filter(|reference| reference.text_at("cbc:DocumentTypeCode") == Some("130"))
        .filter_map(|reference| reference.at("cbc:ID"))
        // With a scheme the number is one of some register (vehicles, for instance) unless it proves itself.
        .find(|id| !id.text().is_empty() && (id.attribute("schemeID").is_none() || proved(id)));
    let location = root.all_at("cac:Delivery/cac:DeliveryLocation/cbc:ID");
    invoiced_object
        .or_else(|| {
            references
                .iter()
                .filter_map(|reference| reference.at("cbc:ID"))
                .find(|id| proved(id))
        })
        .or_else(|| location.into_iter().find(|id| proved(id)))
        .map(|id| id.text().to_owned())
}

/// The numbers by which a document names its customer, most telling first.
fn customer_numbers(root: &Element) -> Vec<String> {
    const PARTY: &str = "cac:AccountingCustomerParty/cac:Party";
    let party = |path: &str| root.all_at(&format!("{PARTY}/{path}"));
    let mut numbers: Vec<String> = Vec::new();
    let found = party("cac:PartyIdentification/cbc:ID")
        .into_iter()
        .chain(root.all_at("cac:ContractDocumentReference/cbc:ID"))
        .chain(root.all_at("cbc:BuyerReference"))
        .chain(party("cac:PartyLegalEntity/cbc:CompanyID"))
        .chain(party("cbc:EndpointID"));
    for number in found.map(Element::text) {
        // Some programs fill required fields with words that mean nothing.
        let says_nothing =
            number.is_empty() || matches!(number.to_ascii_lowercase().as_str(), "n/a" | "na" | "none" | "-");
        if !says_nothing && !numbers.iter().any(|known| known == number) {
            numbers.push(number.to_owned());
        }
    }
    numbers
}
