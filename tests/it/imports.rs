//! The readers of foreign files: what is valid is taken without loss, what is broken is refused with its place.

use chrono::NaiveDate;
use domain::billing::{InvoiceDocument, InvoiceKind};
use infra::imports::{Format, ReadFault, customers_csv, rule_faults, ubl, ubl_xml};
use std::path::{Path, PathBuf};

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/fixtures")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The shared EN 16931 files, where the machine has them.
fn shared(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/data/en16931-ubl")
        .join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|e| e.unwrap().path())
        .collect();
    files.sort();
    files
}

fn read(bytes: &[u8]) -> Result<InvoiceDocument, Vec<ReadFault>> {
    ubl("a.xml", bytes)
}

fn codes(faults: &[ReadFault]) -> Vec<(&'static str, Option<u32>, &str)> {
    faults
        .iter()
        .map(|f| {
            (
                f.code,
                f.place.line,
                f.place.element.as_deref().unwrap_or_default(),
            )
        })
        .collect()
}

/// Reading what was written again gives the same document, digest of the bytes aside.
fn assert_without_loss(document: &InvoiceDocument) {
    let again = read(ubl_xml(document).expect("written again").as_bytes()).expect("read again");
    assert_eq!(
        InvoiceDocument {
            digest: document.digest,
            ..again
        },
        *document
    );
}

#[test]
fn formats_have_names() {
    for format in Format::ALL {
        assert_eq!(Format::parse(format.text()), Some(*format));
    }
    assert_eq!(Format::parse("xlsx"), None);
}

#[test]
fn an_electricity_invoice_is_read_field_by_field() {
    let document = read(&fixture("ubl/electricity.xml")).unwrap();
    let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d);
    assert_eq!(document.number, "2026020001");
    assert_eq!(document.kind, InvoiceKind::Invoice);
    assert_eq!(Some(document.issued_on), day(2, 3));
    assert_eq!(document.due_on, day(2, 20));
    assert_eq!(
        (document.period_from, document.period_to),
        (day(1, 1), day(1, 31))
    );
    assert_eq!(document.currency, "CZK");
    assert_eq!((document.net_minor, document.tax_minor), (888_737, 186_635));
    assert_eq!(
        (
            document.prepaid_minor,
            document.rounding_minor,
            document.payable_minor
        ),
        (300_000, 28, 775_400)
    );
    assert_eq!(document.supply_code.as_deref(), Some("859182400100000011"));
    assert_eq!(document.customer_numbers, ["10004", "S-10004", "70004"]);
    assert_eq!(document.lines.len(), 3);
    let line = &document.lines[1];
    assert_eq!(
        (line.reference.as_str(), line.name.as_str()),
        ("2", "Distribuce elektřiny")
    );
    assert_eq!(
        (line.quantity.as_deref(), line.unit.as_deref()),
        (Some("1701"), Some("KWH"))
    );
    assert_eq!(
        (line.price.as_deref(), line.net_minor, line.tax_rate.as_deref()),
        (Some("2049.45"), 348_612, Some("21"))
    );
    assert_eq!(line.document["BT-149"]["value"], "1000");
    assert_eq!(
        document.document["BT-22"],
        "Odečet elektroměru č. 41 207 733 & odhad"
    );
    assert_eq!(document.document["BG-4"][0]["BT-27"], "Vltava Energie a.s.");
    assert_eq!(document.document["BG-4"][0]["BT-34"]["schemeID"], "0088");
    assert_without_loss(&document);
}

#[test]
fn prefixes_do_not_matter() {
    let one = read(&fixture("ubl/electricity.xml")).unwrap();
    let other = read(&fixture("ubl/other-prefixes.xml")).unwrap();
    assert_ne!(one.digest, other.digest);
    assert_eq!(
        InvoiceDocument {
            digest: one.digest,
            ..other
        },
        one
    );
}

#[test]
fn a_credit_note_acts_negatively() {
    let document = read(&fixture("ubl/credit-note.xml")).unwrap();
    assert_eq!(document.kind, InvoiceKind::CreditNote);
    assert_eq!(
        (
            document.net_minor,
            document.tax_minor,
            document.rounding_minor,
            document.payable_minor
        ),
        (-30_995, -6_509, 4, -37_500)
    );
    assert_eq!(document.lines[0].net_minor, -30_995);
    assert_without_loss(&document);
}

#[test]
fn the_shared_invoices_are_read_without_loss() {
    let files = shared("valid");
    let mut lines = 0;
    for file in &files {
        let bytes = std::fs::read(file).unwrap();
        let document = read(&bytes).unwrap_or_else(|faults| panic!("{}: {faults:#?}", file.display()));
        lines += document.lines.len();
        assert_eq!(
            document.lines.iter().map(|l| l.net_minor).sum::<i64>() == document.net_minor,
            !has_document_charges(&document),
            "{}",
            file.display()
        );
        assert_without_loss(&document);
        assert_texts_kept(&bytes, &document);
    }
    if !files.is_empty() {
        assert_eq!((files.len(), lines), (9, 30));
    }
}

fn has_document_charges(document: &InvoiceDocument) -> bool {
    let sum = |term: &str| {
        document
            .document
            .get(term)
            .and_then(|v| v.as_str())
            .and_then(|v| v.parse::<f64>().ok())
            .unwrap_or_default()
    };
    sum("BT-107") != sum("BT-108")
}

/// An independent reading: each piece of text between two tags of the file is somewhere in the document.
fn assert_texts_kept(bytes: &[u8], document: &InvoiceDocument) {
    let mut file = String::from_utf8(bytes.to_vec()).unwrap();
    while let Some((before, rest)) = file.clone().split_once("<!--") {
        file = format!("{before}{}", rest.split_once("-->").unwrap().1);
    }
    let written = ubl_xml(document).unwrap();
    for piece in file
        .split('<')
        .skip(1)
        .filter_map(|p| p.split_once('>'))
        .map(|(_, text)| text.trim())
        .filter(|t| !t.is_empty())
    {
        let plain = |text: &str| text.replace("&apos;", "'").replace("&quot;", "\"");
        assert!(plain(&written).contains(&plain(piece)), "lost: {piece}");
    }
}

#[test]
fn the_standards_own_unit_tests_are_judged_alike() {
    let mut judged = 0;
    for file in shared("rules-unit") {
        let text = std::fs::read_to_string(&file).unwrap();
        let rule = file.file_stem().unwrap().to_str().unwrap();
        for test in text
            .split("<test")
            .skip(2)
            .filter_map(|t| t.split_once("</test>"))
            .map(|(t, _)| t)
        {
            let invoice = &test[test.find("<Invoice").unwrap()..];
            let invoice = invoice
                .strip_suffix(invoice.split("</Invoice>").last().unwrap())
                .unwrap();
            let broken = rule_faults(invoice.as_bytes()).unwrap();
            let times = broken.iter().filter(|r| **r == rule).count();
            if test.contains("<success>") {
                assert_eq!(times, 0, "{rule} refuses {invoice}");
            } else {
                let want = test
                    .split_once("number=\"")
                    .map_or(1, |(_, n)| n[..1].parse().unwrap());
                assert_eq!(times, want, "{rule} in {invoice}");
            }
            judged += 1;
        }
    }
    assert!(judged == 0 || judged == 66, "{judged}");
}

/// Each broken variant of a valid invoice is refused with a place, or says something else and is read as it says.
#[test]
fn broken_variants_are_refused_with_their_place() {
    let text = String::from_utf8(fixture("ubl/electricity.xml")).unwrap();
    let whole = read(text.as_bytes()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mut variants = 0;
    let mut refused = |variant: &str, what: &str, must: bool| {
        variants += 1;
        match ubl("broken.xml", variant.as_bytes()) {
            Err(faults) => {
                assert!(!faults.is_empty(), "{what}");
                for fault in faults {
                    assert_eq!(fault.place.file, "broken.xml");
                    assert!(fault.place.line.is_some(), "{what}: {fault}");
                    assert!(
                        fault.reason.len() > 10 && fault.reason.ends_with('.'),
                        "{what}: {fault}"
                    );
                }
            }
            Ok(document) => {
                assert!(!must, "{what} was taken:\n{variant}");
                assert_ne!(document, whole, "{what}");
                assert_without_loss(&document);
            }
        }
    };
    // Without each element that stands on a line of its own; without what the standard requires it is refused.
    const OPTIONAL: &[&str] = &[
        "cbc:ProfileID",
        "cbc:Note",
        "cbc:DueDate",
        "cbc:StartDate",
        "cbc:EndDate",
        "cac:ContractDocumentReference",
        "cbc:DocumentTypeCode",
        "cbc:EndpointID",
        "cbc:StreetName",
        "cbc:CityName",
        "cbc:PostalZone",
        "cbc:CompanyID",
        "cac:PartyIdentification",
        "cbc:PaymentID",
        "cac:TaxScheme><cbc:ID>VAT",
        "cbc:BaseQuantity",
    ];
    for (index, line) in lines.iter().enumerate() {
        let name = line.trim_start().trim_start_matches('<');
        if line.contains("</") && line.trim_start().starts_with("<c") {
            let optional = OPTIONAL.iter().any(|o| name.starts_with(o));
            let without: Vec<&str> = lines
                .iter()
                .enumerate()
                .filter(|(i, _)| *i != index)
                .map(|(_, l)| *l)
                .collect();
            refused(
                &without.join("\n"),
                &format!("without line {}: {name}", index + 1),
                !optional,
            );
        }
    }
    // Each amount one hundredth up; a price may say what it likes as long as the product holds.
    for (index, line) in lines.iter().enumerate().filter(|(_, l)| l.contains("currencyID")) {
        let (before, rest) = line.split_once('>').unwrap();
        let (amount, after) = rest.split_once('<').unwrap();
        let (units, decimals) = amount.split_once('.').unwrap();
        let more = format!("{units}.{:02}", decimals[..2].parse::<u32>().unwrap() + 1);
        let changed = format!("{before}>{more}<{after}");
        let variant: Vec<&str> = lines
            .iter()
            .enumerate()
            .map(|(i, l)| if i == index { changed.as_str() } else { l })
            .collect();
        refused(
            &variant.join("\n"),
            &format!("line {}: {changed}", index + 1),
            !line.contains("PriceAmount"),
        );
    }
    // Each date, currency and code spoilt.
    for (good, bad) in [
        ("2026-02-03", "2026-02-30"),
        ("2026-02-20", "20.2.2026"),
        ("2026-01-01", "2026-1-1"),
        ("2026-01-31", "2025-01-31"),
        (">CZK<", ">CZE<"),
        ("\"CZK\"", "\"EUR\""),
        (">380<", ">999<"),
        (">CZ<", ">CC1<"),
        ("\"KWH\"", "\"kilowatt\""),
        (">S<", ">Q<"),
        (">1701<", ">1 701<"),
        (">21<", ">21%<"),
        (">5272.25<", ">5272,25<"),
        (">5272.25<", ">5272.250001<"),
        ("CommonBasicComponents-2", "CommonBasicComponents-3"),
        ("Invoice-2", "Invoice-3"),
        ("&amp;", "&nbsp;"),
        ("&amp;", "&"),
        ("<!--", "<!DOCTYPE Invoice [<!ENTITY a 'b'>]><!--"),
        ("UTF-8", "ISO-8859-2"),
        (
            "<cac:LegalMonetaryTotal>",
            "<cac:LegalMonetaryTotal/><cac:LegalMonetaryTotal>",
        ),
    ] {
        assert!(text.contains(good), "{good}");
        refused(&text.replace(good, bad), &format!("{good} → {bad}"), true);
    }
    // Cut off at every 200 bytes.
    for end in (0..text.len() - 2)
        .step_by(200)
        .map(|end| (end..).find(|e| text.is_char_boundary(*e)).unwrap())
    {
        refused(&text[..end], &format!("cut at {end}"), true);
    }
    assert!(variants >= 100, "{variants}");
}

#[test]
fn hostile_files_are_refused() {
    for (bytes, code) in [
        (b"\xff\xfe<\0I\0n\0".to_vec(), "XML_ENCODING"),
        (b"".to_vec(), "XML_MALFORMED"),
        (b"<a/><b/>".to_vec(), "XML_MALFORMED"),
        (b"<a>&#0;</a>".to_vec(), "XML_MALFORMED"),
        (b"<x:a/>".to_vec(), "XML_MALFORMED"),
        (b"<Invoice/>".to_vec(), "UBL_TERM_MISSING"),
        (b"<Order/>".to_vec(), "UBL_ROOT"),
        ("<a>".repeat(100_000).into_bytes(), "XML_MALFORMED"),
        (vec![b' '; 6 * 1024 * 1024], "FILE_TOO_LARGE"),
        (b"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>".to_vec(), "XML_DTD"),
    ] {
        let faults = read(&bytes).expect_err(code);
        assert_eq!(faults[0].code, code, "{faults:?}");
    }
}

fn vltava() -> domain::tenant::Tenant {
    infra::demo::tenants()
        .into_iter()
        .find(|t| t.key == "vltava")
        .unwrap()
}

#[test]
fn customers_are_read_in_every_encoding() {
    let records = customers_csv("v.csv", &fixture("customers/vltava.csv"), &vltava()).unwrap();
    assert_eq!(records.len(), 3);
    let (first, third) = (&records[0], &records[2]);
    assert_eq!(first.name, "Pekárna Borová, s.r.o.");
    assert_eq!(first.phones, ["+420321000104", "+420777000105"]);
    assert_eq!(first.emails, ["pekarna@borova.example"]);
    assert_eq!(
        (first.supply_code.as_str(), first.supply_code_kind.as_str()),
        ("859182400100000011", "ean")
    );
    assert_eq!(records[1].supply_code_kind, "ean");
    assert_eq!(records[1].contract_to, NaiveDate::from_ymd_opt(2027, 2, 28));
    assert_eq!(
        (records[1].meter_serial.as_deref(), records[1].number.as_str()),
        (None, "10004")
    );
    assert_eq!(
        (third.name.as_str(), third.supply_code_kind.as_str()),
        ("Žofie Havlíčková-Šťastná", "own")
    );
    for other in ["customers/vltava-bom.csv", "customers/vltava-windows-1250.csv"] {
        assert_eq!(
            customers_csv("v.csv", &fixture(other), &vltava()).unwrap(),
            records,
            "{other}"
        );
    }
}

#[test]
fn broken_customer_files_are_refused_with_line_and_column() {
    let faults = customers_csv("v.csv", &fixture("customers/broken.csv"), &vltava()).unwrap_err();
    assert_eq!(
        codes(&faults),
        [
            ("CSV_ROWS_DISAGREE", Some(3), "name"),
            ("CSV_PHONE", Some(4), "phones"),
            ("CSV_VALUE_MALFORMED", Some(5), "contract_from"),
            ("CSV_SUPPLY_CODE", Some(6), "supply_code"),
            ("CSV_SUPPLY_CODE", Some(7), "supply_code"),
            ("CSV_VALUE_MALFORMED", Some(8), "commodity"),
            ("CSV_VALUE_MALFORMED", Some(9), "postcode"),
            ("CSV_ROWS_DISAGREE", Some(10), "supply_code"),
            ("CSV_EMAIL", Some(11), "emails"),
            ("CSV_ROW_LENGTH", Some(12), ""),
        ]
    );
    let faults = customers_csv("v.csv", &fixture("customers/columns.csv"), &vltava()).unwrap_err();
    assert_eq!(
        codes(&faults),
        [
            ("CSV_COLUMN_UNKNOWN", Some(1), "colour"),
            ("CSV_COLUMN_REPEATED", Some(1), "street"),
            ("CSV_COLUMN_MISSING", Some(1), "payment_key"),
            ("CSV_COLUMN_MISSING", Some(1), "city"),
        ]
    );
    assert_eq!(
        customers_csv("v.csv", b"", &vltava()).unwrap_err()[0].code,
        "CSV_COLUMN_MISSING"
    );
    let header = String::from_utf8(fixture("customers/vltava.csv"))
        .unwrap()
        .lines()
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(
        customers_csv("v.csv", header.as_bytes(), &vltava()).unwrap_err()[0].code,
        "CSV_EMPTY"
    );
    let endless = format!("{header}\n{}", "a\n".repeat(1000));
    assert_eq!(
        customers_csv("v.csv", endless.as_bytes(), &vltava())
            .unwrap_err()
            .len(),
        100
    );
}
