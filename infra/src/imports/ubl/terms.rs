//! Which element is which business term of EN 16931 (syntax binding CEN/TS 16931-3-2), for the terms that have no
//! typed field of their own. What stands in no list here is in the element tree all the same.

use crate::imports::tree::Element;
use serde_json::{Map, Value};

type Terms = &'static [(&'static str, &'static str)];

const HEADER: Terms = &[
    ("BT-3", "cbc:InvoiceTypeCode"),
    ("BT-3", "cbc:CreditNoteTypeCode"),
    ("BT-6", "cbc:TaxCurrencyCode"),
    ("BT-7", "cbc:TaxPointDate"),
    ("BT-8", "cac:InvoicePeriod/cbc:DescriptionCode"),
    ("BT-10", "cbc:BuyerReference"),
    ("BT-11", "cac:ProjectReference/cbc:ID"),
    ("BT-12", "cac:ContractDocumentReference/cbc:ID"),
    ("BT-13", "cac:OrderReference/cbc:ID"),
    ("BT-14", "cac:OrderReference/cbc:SalesOrderID"),
    ("BT-15", "cac:ReceiptDocumentReference/cbc:ID"),
    ("BT-16", "cac:DespatchDocumentReference/cbc:ID"),
    ("BT-17", "cac:OriginatorDocumentReference/cbc:ID"),
    ("BT-19", "cbc:AccountingCost"),
    ("BT-20", "cac:PaymentTerms/cbc:Note"),
    ("BT-22", "cbc:Note"),
    ("BT-23", "cbc:ProfileID"),
    ("BT-24", "cbc:CustomizationID"),
    ("BT-106", "cac:LegalMonetaryTotal/cbc:LineExtensionAmount"),
    ("BT-107", "cac:LegalMonetaryTotal/cbc:AllowanceTotalAmount"),
    ("BT-108", "cac:LegalMonetaryTotal/cbc:ChargeTotalAmount"),
    ("BT-112", "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount"),
];
const ADDRESS_SELLER: Terms = &[
    ("BT-27", "cac:Party/cac:PartyLegalEntity/cbc:RegistrationName"),
    ("BT-28", "cac:Party/cac:PartyName/cbc:Name"),
    ("BT-29", "cac:Party/cac:PartyIdentification/cbc:ID"),
    ("BT-30", "cac:Party/cac:PartyLegalEntity/cbc:CompanyID"),
    ("BT-31", "cac:Party/cac:PartyTaxScheme/cbc:CompanyID"),
    ("BT-33", "cac:Party/cac:PartyLegalEntity/cbc:CompanyLegalForm"),
    ("BT-34", "cac:Party/cbc:EndpointID"),
    ("BT-35", "cac:Party/cac:PostalAddress/cbc:StreetName"),
    ("BT-36", "cac:Party/cac:PostalAddress/cbc:AdditionalStreetName"),
    ("BT-162", "cac:Party/cac:PostalAddress/cac:AddressLine/cbc:Line"),
    ("BT-37", "cac:Party/cac:PostalAddress/cbc:CityName"),
    ("BT-38", "cac:Party/cac:PostalAddress/cbc:PostalZone"),
    ("BT-39", "cac:Party/cac:PostalAddress/cbc:CountrySubentity"),
    (
        "BT-40",
        "cac:Party/cac:PostalAddress/cac:Country/cbc:IdentificationCode",
    ),
    ("BT-41", "cac:Party/cac:Contact/cbc:Name"),
    ("BT-42", "cac:Party/cac:Contact/cbc:Telephone"),
    ("BT-43", "cac:Party/cac:Contact/cbc:ElectronicMail"),
];
const ADDRESS_BUYER: Terms = &[
    ("BT-44", "cac:Party/cac:PartyLegalEntity/cbc:RegistrationName"),
    ("BT-45", "cac:Party/cac:PartyName/cbc:Name"),
    ("BT-46", "cac:Party/cac:PartyIdentification/cbc:ID"),
    ("BT-47", "cac:Party/cac:PartyLegalEntity/cbc:CompanyID"),
    ("BT-48", "cac:Party/cac:PartyTaxScheme/cbc:CompanyID"),
    ("BT-49", "cac:Party/cbc:EndpointID"),
    ("BT-50", "cac:Party/cac:PostalAddress/cbc:StreetName"),
    ("BT-51", "cac:Party/cac:PostalAddress/cbc:AdditionalStreetName"),
    ("BT-163", "cac:Party/cac:PostalAddress/cac:AddressLine/cbc:Line"),
    ("BT-52", "cac:Party/cac:PostalAddress/cbc:CityName"),
    ("BT-53", "cac:Party/cac:PostalAddress/cbc:PostalZone"),
    ("BT-54", "cac:Party/cac:PostalAddress/cbc:CountrySubentity"),
    (
        "BT-55",
        "cac:Party/cac:PostalAddress/cac:Country/cbc:IdentificationCode",
    ),
    ("BT-56", "cac:Party/cac:Contact/cbc:Name"),
    ("BT-57", "cac:Party/cac:Contact/cbc:Telephone"),
    ("BT-58", "cac:Party/cac:Contact/cbc:ElectronicMail"),
];
const REPRESENTATIVE: Terms = &[
    ("BT-62", "cac:PartyName/cbc:Name"),
    ("BT-63", "cac:PartyTaxScheme/cbc:CompanyID"),
    ("BT-69", "cac:PostalAddress/cac:Country/cbc:IdentificationCode"),
];
const PAYEE: Terms = &[
    ("BT-59", "cac:PartyName/cbc:Name"),
    ("BT-60", "cac:PartyIdentification/cbc:ID"),
    ("BT-61", "cac:PartyLegalEntity/cbc:CompanyID"),
];
const PRECEDING: Terms = &[
    ("BT-25", "cac:InvoiceDocumentReference/cbc:ID"),
    ("BT-26", "cac:InvoiceDocumentReference/cbc:IssueDate"),
];
const DELIVERY: Terms = &[
    ("BT-70", "cac:DeliveryParty/cac:PartyName/cbc:Name"),
    ("BT-71", "cac:DeliveryLocation/cbc:ID"),
    ("BT-72", "cbc:ActualDeliveryDate"),
    ("BT-75", "cac:DeliveryLocation/cac:Address/cbc:StreetName"),
    (
        "BT-76",
        "cac:DeliveryLocation/cac:Address/cbc:AdditionalStreetName",
    ),
    (
        "BT-165",
        "cac:DeliveryLocation/cac:Address/cac:AddressLine/cbc:Line",
    ),
    ("BT-77", "cac:DeliveryLocation/cac:Address/cbc:CityName"),
    ("BT-78", "cac:DeliveryLocation/cac:Address/cbc:PostalZone"),
    ("BT-79", "cac:DeliveryLocation/cac:Address/cbc:CountrySubentity"),
    (
        "BT-80",
        "cac:DeliveryLocation/cac:Address/cac:Country/cbc:IdentificationCode",
    ),
];
const PAYMENT: Terms = &[
    ("BT-81", "cbc:PaymentMeansCode"),
    ("BT-83", "cbc:PaymentID"),
    ("BT-84", "cac:PayeeFinancialAccount/cbc:ID"),
    ("BT-85", "cac:PayeeFinancialAccount/cbc:Name"),
    (
        "BT-86",
        "cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID",
    ),
    ("BT-87", "cac:CardAccount/cbc:PrimaryAccountNumberID"),
    ("BT-88", "cac:CardAccount/cbc:HolderName"),
    ("BT-89", "cac:PaymentMandate/cbc:ID"),
    ("BT-91", "cac:PaymentMandate/cac:PayerFinancialAccount/cbc:ID"),
];
const ALLOWANCE: Terms = &[
    ("BT-92", "cbc:Amount"),
    ("BT-93", "cbc:BaseAmount"),
    ("BT-94", "cbc:MultiplierFactorNumeric"),
    ("BT-95", "cac:TaxCategory/cbc:ID"),
    ("BT-96", "cac:TaxCategory/cbc:Percent"),
    ("BT-97", "cbc:AllowanceChargeReason"),
    ("BT-98", "cbc:AllowanceChargeReasonCode"),
];
const CHARGE: Terms = &[
    ("BT-99", "cbc:Amount"),
    ("BT-100", "cbc:BaseAmount"),
    ("BT-101", "cbc:MultiplierFactorNumeric"),
    ("BT-102", "cac:TaxCategory/cbc:ID"),
    ("BT-103", "cac:TaxCategory/cbc:Percent"),
    ("BT-104", "cbc:AllowanceChargeReason"),
    ("BT-105", "cbc:AllowanceChargeReasonCode"),
];
const TAX: Terms = &[
    ("BT-116", "cbc:TaxableAmount"),
    ("BT-117", "cbc:TaxAmount"),
    ("BT-118", "cac:TaxCategory/cbc:ID"),
    ("BT-119", "cac:TaxCategory/cbc:Percent"),
    ("BT-120", "cac:TaxCategory/cbc:TaxExemptionReason"),
    ("BT-121", "cac:TaxCategory/cbc:TaxExemptionReasonCode"),
];
const SUPPORTING: Terms = &[
    ("BT-122", "cbc:ID"),
    ("BT-123", "cbc:DocumentDescription"),
    ("BT-124", "cac:Attachment/cac:ExternalReference/cbc:URI"),
    ("BT-125", "cac:Attachment/cbc:EmbeddedDocumentBinaryObject"),
];
const LINE: Terms = &[
    ("BT-127", "cbc:Note"),
    ("BT-128", "cac:DocumentReference/cbc:ID"),
    ("BT-132", "cac:OrderLineReference/cbc:LineID"),
    ("BT-133", "cbc:AccountingCost"),
    ("BT-134", "cac:InvoicePeriod/cbc:StartDate"),
    ("BT-135", "cac:InvoicePeriod/cbc:EndDate"),
    ("BT-147", "cac:Price/cac:AllowanceCharge/cbc:Amount"),
    ("BT-148", "cac:Price/cac:AllowanceCharge/cbc:BaseAmount"),
    ("BT-149", "cac:Price/cbc:BaseQuantity"),
    ("BT-151", "cac:Item/cac:ClassifiedTaxCategory/cbc:ID"),
    ("BT-154", "cac:Item/cbc:Description"),
    ("BT-155", "cac:Item/cac:SellersItemIdentification/cbc:ID"),
    ("BT-156", "cac:Item/cac:BuyersItemIdentification/cbc:ID"),
    ("BT-157", "cac:Item/cac:StandardItemIdentification/cbc:ID"),
    (
        "BT-158",
        "cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode",
    ),
    ("BT-159", "cac:Item/cac:OriginCountry/cbc:IdentificationCode"),
];
const PROPERTY: Terms = &[("BT-160", "cbc:Name"), ("BT-161", "cbc:Value")];
const LINE_ALLOWANCE: Terms = &[
    ("BT-136", "cbc:Amount"),
    ("BT-137", "cbc:BaseAmount"),
    ("BT-138", "cbc:MultiplierFactorNumeric"),
    ("BT-139", "cbc:AllowanceChargeReason"),
    ("BT-140", "cbc:AllowanceChargeReasonCode"),
];
const LINE_CHARGE: Terms = &[
    ("BT-141", "cbc:Amount"),
    ("BT-142", "cbc:BaseAmount"),
    ("BT-143", "cbc:MultiplierFactorNumeric"),
    ("BT-144", "cbc:AllowanceChargeReason"),
    ("BT-145", "cbc:AllowanceChargeReasonCode"),
];

/// The header's terms without typed fields; repeated groups are lists of objects.
pub(super) fn header(root: &Element) -> Map<String, Value> {
    let mut out = terms(root, HEADER);
    let any = |_: &Element| true;
    group(
        &mut out,
        "BG-3",
        root.all_at("cac:BillingReference"),
        PRECEDING,
        any,
    );
    group(
        &mut out,
        "BG-4",
        root.all_at("cac:AccountingSupplierParty"),
        ADDRESS_SELLER,
        any,
    );
    group(
        &mut out,
        "BG-7",
        root.all_at("cac:AccountingCustomerParty"),
        ADDRESS_BUYER,
        any,
    );
    group(&mut out, "BG-10", root.all_at("cac:PayeeParty"), PAYEE, any);
    group(
        &mut out,
        "BG-11",
        root.all_at("cac:TaxRepresentativeParty"),
        REPRESENTATIVE,
        any,
    );
    group(&mut out, "BG-13", root.all_at("cac:Delivery"), DELIVERY, any);
    group(&mut out, "BG-16", root.all_at("cac:PaymentMeans"), PAYMENT, any);
    group(
        &mut out,
        "BG-20",
        root.all_at("cac:AllowanceCharge"),
        ALLOWANCE,
        |e| !is_charge(e),
    );
    group(
        &mut out,
        "BG-21",
        root.all_at("cac:AllowanceCharge"),
        CHARGE,
        is_charge,
    );
    group(
        &mut out,
        "BG-23",
        root.all_at("cac:TaxTotal/cac:TaxSubtotal"),
        TAX,
        any,
    );
    let object = |e: &Element| e.text_at("cbc:DocumentTypeCode") == Some("130");
    group(
        &mut out,
        "BG-24",
        root.all_at("cac:AdditionalDocumentReference"),
        SUPPORTING,
        |e| !object(e),
    );
    if let Some(id) = root
        .all("cac:AdditionalDocumentReference")
        .filter(|e| object(e))
        .find_map(|e| e.at("cbc:ID"))
    {
        out.insert("BT-18".to_owned(), value(id));
    }
    // The total in the accounting currency stands in a tax total of its own (BT-6 names the currency).
    if let Some(currency) = root.text_at("cbc:TaxCurrencyCode") {
        let accounting = root
            .all("cac:TaxTotal")
            .filter_map(|t| t.at("cbc:TaxAmount"))
            .find(|a| a.attribute("currencyID") == Some(currency));
        if let Some(amount) =
            accounting.filter(|_| root.text_at("cbc:DocumentCurrencyCode") != Some(currency))
        {
            out.insert("BT-111".to_owned(), value(amount));
        }
    }
    out
}

/// A line's terms without typed fields.
pub(super) fn line(line: &Element) -> Map<String, Value> {
    let mut out = terms(line, LINE);
    group(
        &mut out,
        "BG-27",
        line.all_at("cac:AllowanceCharge"),
        LINE_ALLOWANCE,
        |e| !is_charge(e),
    );
    group(
        &mut out,
        "BG-28",
        line.all_at("cac:AllowanceCharge"),
        LINE_CHARGE,
        is_charge,
    );
    group(
        &mut out,
        "BG-32",
        line.all_at("cac:Item/cac:AdditionalItemProperty"),
        PROPERTY,
        |_| true,
    );
    out
}

/// Whether an AllowanceCharge is a charge.
pub(super) fn is_charge(element: &Element) -> bool {
    matches!(element.text_at("cbc:ChargeIndicator"), Some("true" | "1"))
}

fn terms(element: &Element, list: Terms) -> Map<String, Value> {
    let mut out = Map::new();
    for (term, path) in list {
        let mut values: Vec<Value> = element.all_at(path).into_iter().map(value).collect();
        match values.len() {
            0 => {}
            1 => {
                out.extend(values.pop().map(|value| ((*term).to_owned(), value)));
            }
            _ => {
                out.insert((*term).to_owned(), Value::Array(values));
            }
        }
    }
    out
}

fn group(
    out: &mut Map<String, Value>,
    name: &str,
    elements: Vec<&Element>,
    list: Terms,
    which: impl Fn(&Element) -> bool,
) {
    let members: Vec<Value> = elements
        .into_iter()
        .filter(|e| which(e))
        .map(|e| Value::Object(terms(e, list)))
        .collect();
    if !members.is_empty() {
        out.insert(name.to_owned(), Value::Array(members));
    }
}

/// A text, or an object of text and attributes where there are attributes that say more than the currency.
fn value(element: &Element) -> Value {
    let attributes: Map<String, Value> = element
        .attributes
        .iter()
        .filter(|(key, _)| key != "currencyID")
        .map(|(k, v)| (k.clone(), v.as_str().into()))
        .collect();
    if attributes.is_empty() {
        return element.text().into();
    }
    let mut out = attributes;
    out.insert("value".to_owned(), element.text().into());
    out.into()
}
