//! Customers with accounts, supply points, contracts and meters from a CSV file, one row per supply point.

use super::{FAULTS_MAX, Place, ReadFault, codes, csv_text};
use chrono::NaiveDate;
use domain::customers::{CustomerClass, CustomerKind, CustomerRecord, address_line};
use domain::normal;
use domain::tenant::{Commodity, Tenant};
use std::collections::{HashMap, HashSet};

/// Larger files are imported in pieces.
const BYTES_MAX: usize = 256 * 1024 * 1024;
/// No field of a customer is longer.
const FIELD_MAX: usize = 300;

const REQUIRED: &[&str] = &[
    "number",
    "kind",
    "class",
    "name",
    "language",
    "account_number",
    "payment_key",
    "street",
    "house_number",
    "city",
    "postcode",
    "country",
    "commodity",
    "supply_code",
    "contract_number",
    "product",
    "contract_from",
];
const OPTIONAL: &[&str] = &[
    "registration_number",
    "phones",
    "emails",
    "currency",
    "supply_code_kind",
    "contract_to",
    "meter_serial",
    "meter_kind",
    "meter_installed_on",
];

/// Reads a whole file. Phones and e-mails of one field are separated by `|`; dates are `YYYY-MM-DD`. A customer with
/// several supply points has a row for each, with the same data about the customer.
///
/// # Errors
/// Every fault found (at most 100), each with line and column; then nothing of the file counts.
pub fn customers_csv(
    file_name: &str,
    bytes: &[u8],
    tenant: &Tenant,
) -> Result<Vec<CustomerRecord>, Vec<ReadFault>> {
    let mut faults = Faults {
        file: file_name,
        found: Vec::new(),
    };
    if bytes.len() > BYTES_MAX {
        faults.add(
            "FILE_TOO_LARGE",
            None,
            None,
            format!(
                "The file has {} bytes, at most {BYTES_MAX} are read.",
                bytes.len()
            ),
        );
        return Err(faults.found);
    }
    let text = csv_text::decode(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(csv_text::separator(&text))
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let columns = match reader.headers() {
        Ok(header) => header_columns(header, &mut faults),
        Err(e) => {
            faults.add(
                "CSV_MALFORMED",
                Some(1),
                None,
                format!("The header cannot be read: {e}."),
            );
            return Err(faults.found);
        }
    };
    if !faults.found.is_empty() {
        return Err(faults.found);
    }
    let mut records = Vec::new();
    let mut seen = Seen::default();
    for row in reader.records() {
        if faults.found.len() >= FAULTS_MAX {
            break;
        }
        let row = match row {
            Ok(row) => row,
            Err(e) => {
                let line = e.position().and_then(|p| u32::try_from(p.line()).ok());
                faults.add(
                    "CSV_MALFORMED",
                    line,
                    None,
                    format!("The row cannot be read: {e}."),
                );
                break;
            }
        };
        let line = row
            .position()
            .and_then(|p| u32::try_from(p.line()).ok())
            .unwrap_or_default();
        if row.iter().all(str::is_empty) {
            continue;
        }
        if row.len() != columns.len() {
            faults.add(
                "CSV_ROW_LENGTH",
                Some(line),
                None,
                format!("The row has {} fields, the header {}.", row.len(), columns.len()),
            );
            continue;
        }
        let mut row = Row {
            columns: &columns,
            row: &row,
            line,
            faults: &mut faults,
        };
        let read = row.record(tenant);
        if let Some(record) = read {
            seen.agree(&record, &mut row);
            records.push(record);
        }
    }
    if records.is_empty() && faults.found.is_empty() {
        faults.add(
            "CSV_EMPTY",
            None,
            None,
            "The file has no row below its header.".to_owned(),
        );
    }
    faults.found.truncate(FAULTS_MAX);
    if faults.found.is_empty() {
        Ok(records)
    } else {
        Err(faults.found)
    }
}

struct Faults<'a> {
    file: &'a str,
    found: Vec<ReadFault>,
}

impl Faults<'_> {
    fn add(&mut self, code: &'static str, line: Option<u32>, column: Option<&str>, reason: String) {
        let place = Place {
            file: self.file.to_owned(),
            line,
            element: column.map(str::to_owned),
        };
        self.found.push(ReadFault { code, place, reason });
    }
}

fn header_columns(header: &csv::StringRecord, faults: &mut Faults<'_>) -> Vec<String> {
    let columns: Vec<String> = header.iter().map(str::to_owned).collect();
    for (index, column) in columns.iter().enumerate() {
        if !REQUIRED.contains(&column.as_str()) && !OPTIONAL.contains(&column.as_str()) {
            let shown: String = column.chars().take(60).collect();
            faults.add(
                "CSV_COLUMN_UNKNOWN",
                Some(1),
                Some(&shown),
                format!("\"{shown}\" is no column of a customer file."),
            );
        } else if columns.iter().take(index).any(|before| before == column) {
            faults.add(
                "CSV_COLUMN_REPEATED",
                Some(1),
                Some(column),
                "The column stands twice.".to_owned(),
            );
        }
    }
    for column in REQUIRED
        .iter()
        .filter(|column| !columns.iter().any(|c| c == *column))
    {
        faults.add(
            "CSV_COLUMN_MISSING",
            Some(1),
            Some(column),
            format!("The column {column} is missing."),
        );
    }
    columns
}

struct Row<'a, 'f> {
    columns: &'a [String],
    row: &'a csv::StringRecord,
    line: u32,
    faults: &'a mut Faults<'f>,
}

impl Row<'_, '_> {
    fn fault(&mut self, code: &'static str, column: &str, reason: String) {
        self.faults.add(code, Some(self.line), Some(column), reason);
    }

    /// A field's text; empty if the column is not there.
    fn text(&self, column: &str) -> &str {
        self.columns
            .iter()
            .position(|c| c == column)
            .and_then(|index| self.row.get(index))
            .unwrap_or_default()
    }

    fn optional(&self, column: &str) -> Option<String> {
        Some(self.text(column))
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    }

    fn required(&mut self, column: &str) -> Option<String> {
        let text = self.optional(column);
        if text.is_none() {
            self.fault("CSV_VALUE_MISSING", column, format!("{column} is empty."));
        }
        text
    }

    fn parsed<T>(&mut self, column: &str, what: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.required(column)?;
        let value = parse(&text);
        if value.is_none() {
            self.fault("CSV_VALUE_MALFORMED", column, format!("\"{text}\" is no {what}."));
        }
        value
    }

    /// A date that may be empty; the outer `None` is a fault.
    fn date(&mut self, column: &str) -> Option<Option<NaiveDate>> {
        if self.text(column).is_empty() {
            Some(None)
        } else {
            self.parsed(column, "date of the form YYYY-MM-DD", date).map(Some)
        }
    }

    fn list(
        &mut self,
        column: &str,
        what: &str,
        code: &'static str,
        normal: impl Fn(&str) -> Option<String>,
    ) -> Option<Vec<String>> {
        let texts: Vec<String> = self
            .text(column)
            .split('|')
            .map(str::trim)
            .filter(|t| !t.is_empty())
            .map(str::to_owned)
            .collect();
        let mut out: Vec<String> = Vec::new();
        let before = self.faults.found.len();
        for text in texts {
            match normal(&text) {
                Some(value) if out.contains(&value) => {}
                Some(value) => out.push(value),
                None => self.fault(code, column, format!("\"{text}\" is no {what}.")),
            }
        }
        (self.faults.found.len() == before).then_some(out)
    }

    fn record(&mut self, tenant: &Tenant) -> Option<CustomerRecord> {
        self.shapes();
        let number = self.required("number");
        let kind = self.parsed("kind", "kind of customer (person, company)", CustomerKind::parse);
        let class = self.parsed(
            "class",
            "class (household, business, large)",
            CustomerClass::parse,
        );
        let name = self.required("name");
        let language = self.parsed("language", "language of ISO 639-1", |text| {
            (text.len() == 2 && text.bytes().all(|b| b.is_ascii_lowercase())).then(|| text.to_owned())
        });
        let country = self.parsed("country", "country of ISO 3166-1", |text| {
            codes::is_country(text).then(|| text.to_owned())
        });
        let phones = self.list("phones", "telephone number", "CSV_PHONE", |text| {
            normal::phone(text, &tenant.country)
        });
        let emails = self.list("emails", "e-mail address", "CSV_EMAIL", |text| {
            normal::email(text).map(|_| text.to_owned())
        });
        let account_number = self.required("account_number");
        let payment_key = self.required("payment_key");
        let street = self.required("street");
        let house_number = self.required("house_number");
        let city = self.required("city");
        let of_country = country.clone().unwrap_or_default();
        let postcode = self.parsed("postcode", "post code of its country", |text| {
            is_postcode(text, &of_country).then(|| text.to_owned())
        });
        let commodity = self.parsed("commodity", "commodity that this utility supplies", |text| {
            Commodity::parse(text).filter(|c| tenant.commodities.contains(c))
        });
        let code = self.supply_code();
        let contract_number = self.required("contract_number");
        let product = self.required("product");
        let contract_from = self.parsed("contract_from", "date of the form YYYY-MM-DD", date);
        let contract_to = self.date("contract_to");
        if let (Some(from), Some(Some(to))) = (contract_from, contract_to)
            && to < from
        {
            self.fault(
                "CSV_PERIOD",
                "contract_to",
                format!("The contract ends on {to} before it begins on {from}."),
            );
        }
        let meter_serial = self.optional("meter_serial");
        let meter_kind = self.optional("meter_kind");
        let meter_installed_on = self.date("meter_installed_on");
        if meter_serial.is_some() != meter_kind.is_some() {
            let column = if meter_serial.is_some() {
                "meter_kind"
            } else {
                "meter_serial"
            };
            self.fault(
                "CSV_VALUE_MISSING",
                column,
                "A meter has a serial number and a kind.".to_owned(),
            );
        }
        let currency = self.optional("currency");
        if currency.as_deref().is_some_and(|code| !codes::is_currency(code)) {
            self.fault(
                "CSV_VALUE_UNKNOWN",
                "currency",
                "The currency is no ISO 4217 code.".to_owned(),
            );
        }
        let (supply_code, supply_code_kind) = code?;
        Some(CustomerRecord {
            number: number?,
            kind: kind?,
            class: class?,
            name: name?,
            registration_number: self.optional("registration_number"),
            language: language?,
            phones: phones?,
            emails: emails?,
            account_number: account_number?,
            payment_key: payment_key?,
            currency,
            street: street?,
            house_number: house_number?,
            city: city?,
            postcode: postcode?,
            country: country?,
            commodity: commodity?,
            supply_code,
            supply_code_kind,
            contract_number: contract_number?,
            product: product?,
            contract_from: contract_from?,
            contract_to: contract_to?,
            meter_serial,
            meter_kind,
            meter_installed_on: meter_installed_on?,
        })
    }

    /// No field is endless or holds control characters.
    fn shapes(&mut self) {
        for (index, column) in self.columns.iter().enumerate() {
            let text = self.row.get(index).unwrap_or_default();
            if text.chars().count() > FIELD_MAX {
                self.fault(
                    "CSV_VALUE_MALFORMED",
                    column,
                    format!("The field is longer than {FIELD_MAX} characters."),
                );
            } else if text.chars().any(char::is_control) {
                self.fault(
                    "CSV_VALUE_MALFORMED",
                    column,
                    "The field holds a control character.".to_owned(),
                );
            }
        }
    }

    /// The code and its kind: what the check digit proves, or `own` if the file says so.
    fn supply_code(&mut self) -> Option<(String, String)> {
        let code = self.required("supply_code")?;
        let claimed = self.optional("supply_code_kind");
        let proved = normal::supply_code_kind(&code);
        match (claimed.as_deref(), proved) {
            (Some("own"), _) => Some((code, "own".to_owned())),
            (None, Some(kind)) => Some((code, kind.to_owned())),
            (Some(claimed), Some(kind)) if claimed == kind => Some((code, kind.to_owned())),
            (None, None) => {
                self.fault(
                    "CSV_SUPPLY_CODE",
                    "supply_code",
                    format!("\"{code}\" has no kind that its check digit proves."),
                );
                None
            }
            (Some(claimed), _) if !["ean", "eic", "ppe", "pod", "gsrn"].contains(&claimed) => {
                self.fault(
                    "CSV_VALUE_MALFORMED",
                    "supply_code_kind",
                    format!("\"{claimed}\" is no kind of supply-point code."),
                );
                None
            }
            (Some(claimed), _) => {
                self.fault(
                    "CSV_SUPPLY_CODE",
                    "supply_code",
                    format!("\"{code}\" is no valid code of the kind {claimed}."),
                );
                None
            }
        }
    }
}

/// What the rows before said, so that no two contradict each other.
#[derive(Default)]
struct Seen {
    customers: HashMap<String, (u32, CustomerRecord)>,
    owners: HashMap<(&'static str, String), (u32, String)>,
    rows: HashSet<(String, String)>,
}

impl Seen {
    fn agree(&mut self, record: &CustomerRecord, row: &mut Row<'_, '_>) {
        match self.customers.get(&record.number) {
            Some((line, first)) => {
                for (column, same) in [
                    ("kind", first.kind == record.kind),
                    ("class", first.class == record.class),
                    ("name", first.name == record.name),
                    (
                        "registration_number",
                        first.registration_number == record.registration_number,
                    ),
                    ("language", first.language == record.language),
                    ("phones", first.phones == record.phones),
                    ("emails", first.emails == record.emails),
                ] {
                    if !same {
                        let reason =
                            format!("Customer {} has another {column} in line {line}.", record.number);
                        row.fault("CSV_ROWS_DISAGREE", column, reason);
                    }
                }
            }
            None => {
                self.customers
                    .insert(record.number.clone(), (row.line, record.clone()));
            }
        }
        let address = address_line(
            &record.street,
            &record.house_number,
            &record.postcode,
            &record.city,
        );
        self.one(
            row,
            "account_number",
            &record.account_number,
            record.number.clone(),
            "of another customer",
        );
        self.one(
            row,
            "payment_key",
            &record.account_number,
            record.payment_key.clone(),
            "of an account with another one",
        );
        self.one(
            row,
            "supply_code",
            &record.supply_code,
            format!("{address} {}", record.commodity.text()),
            "at another address or of another commodity",
        );
        let party = format!("{} {}", record.account_number, record.supply_code);
        self.one(
            row,
            "contract_number",
            &record.contract_number,
            party,
            "of another account or supply point",
        );
        if let Some(serial) = &record.meter_serial {
            self.one(
                row,
                "meter_serial",
                serial,
                record.supply_code.clone(),
                "on another supply point",
            );
        }
        if !self
            .rows
            .insert((record.supply_code.clone(), record.contract_number.clone()))
        {
            let reason = format!(
                "Supply point {} stands in the file already with this contract.",
                record.supply_code
            );
            row.fault("CSV_ROW_REPEATED", "supply_code", reason);
        }
    }

    /// A key belongs to one thing only.
    fn one(
        &mut self,
        row: &mut Row<'_, '_>,
        column: &'static str,
        key: &str,
        owner: String,
        otherwise: &str,
    ) {
        let known = self
            .owners
            .entry((column, key.to_owned()))
            .or_insert((row.line, owner.clone()));
        if known.1 != owner {
            let reason = format!("{key} is in line {} {otherwise}.", known.0);
            row.fault("CSV_ROWS_DISAGREE", column, reason);
        }
    }
}

/// Four digits, hyphen, two, hyphen, two: chrono alone would take "2024-1-5".
fn date(text: &str) -> Option<NaiveDate> {
    if text.len() == 10 {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
    } else {
        None
    }
}

/// Whether the post code has its country's shape; other countries' are not judged.
fn is_postcode(text: &str, country: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '9' } else { c })
        .collect();
    match country {
        "CZ" | "SK" => shape == "99999" || shape == "999 99",
        "PL" => shape == "99-999",
        "HU" => shape == "9999",
        _ => true,
    }
}
