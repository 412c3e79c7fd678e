//! Bills of the demo: monthly advances and a yearly settlement by real-looking tariff components, and the payments that
//! answer most of them. Every total is the sum of its lines.

use super::split_mix::SplitMix;
use chrono::{Datelike, Days, Months, NaiveDate};
use domain::billing::{InvoiceDocument, InvoiceDocumentLine, InvoiceKind};
use domain::customers::{CustomerClass, CustomerRecord};
use domain::tenant::Tenant;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::json;
use sha2::{Digest, Sha256};

/// A payment of the demo, on the customer's only account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPayment {
    /// Received on.
    pub received_on: NaiveDate,
    /// Minor units.
    pub amount_minor: i64,
    /// The matching key it carried.
    pub payment_key: String,
}

/// A component of a tariff: name, unit, share of the metered quantity in per cent (0: per month), price in 1/100,000.
type Component = (&'static str, &'static str, u32, i64);

const CZ_ELECTRICITY: &[Component] = &[
    ("Silová elektřina, vysoký tarif", "KWH", 62, 289_500),
    ("Silová elektřina, nízký tarif", "KWH", 38, 241_200),
    ("Distribuce, vysoký tarif", "KWH", 62, 221_704),
    ("Distribuce, nízký tarif", "KWH", 38, 38_511),
    ("Systémové služby", "KWH", 100, 17_092),
    ("Daň z elektřiny", "KWH", 100, 2_830),
    ("Jistič 3×25 A, měsíční plat", "MON", 0, 19_700_000),
    ("Stálý plat dodavateli", "MON", 0, 11_900_000),
];
const CZ_GAS: &[Component] = &[
    ("Zemní plyn, odebraná energie", "KWH", 100, 128_400),
    ("Distribuce, odebraná energie", "KWH", 100, 34_927),
    ("Daň ze zemního plynu", "KWH", 100, 3_060),
    ("Stálá platba za přistavenou kapacitu", "MON", 0, 16_835_000),
    ("Stálý plat dodavateli", "MON", 0, 9_900_000),
];
const PL_ELECTRICITY: &[Component] = &[
    ("Opłata sieciowa zmienna", "KWH", 100, 32_940),
    ("Opłata jakościowa", "KWH", 100, 3_314),
    ("Opłata OZE", "KWH", 100, 730),
    ("Opłata kogeneracyjna", "KWH", 100, 300),
    ("Opłata sieciowa stała", "MON", 0, 1_124_000),
    ("Opłata mocowa", "MON", 0, 1_705_000),
    ("Opłata abonamentowa", "MON", 0, 456_000),
];
const HU_WATER: &[Component] = &[
    ("Ivóvíz-szolgáltatás", "MTQ", 100, 28_460_000),
    ("Szennyvízelvezetés", "MTQ", 92, 41_290_000),
    ("Vízterhelési díj", "MTQ", 92, 1_870_000),
    ("Alapdíj", "MON", 0, 51_200_000),
];

struct Tariff {
    components: &'static [Component],
    tax_rate: i64,
    /// Yearly quantity of a household, least and most.
    yearly: (i64, i64),
    /// Totals are rounded to so many minor units.
    rounding: i64,
    advance: &'static str,
}

fn tariff(tenant: &str) -> Tariff {
    match tenant {
        "vltava" => Tariff {
            components: CZ_ELECTRICITY,
            tax_rate: 21,
            yearly: (1_100, 6_800),
            rounding: 100,
            advance: "Záloha na elektřinu",
        },
        "morava" => Tariff {
            components: CZ_GAS,
            tax_rate: 21,
            yearly: (2_500, 21_000),
            rounding: 100,
            advance: "Záloha na plyn",
        },
        "wisla" => Tariff {
            components: PL_ELECTRICITY,
            tax_rate: 23,
            yearly: (900, 4_200),
            rounding: 1,
            advance: "Prognoza opłat dystrybucyjnych",
        },
        _ => Tariff {
            components: HU_WATER,
            tax_rate: 27,
            yearly: (40, 190),
            rounding: 100,
            advance: "Részszámla vízdíjra",
        },
    }
}

/// How a customer pays.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Payer {
    Prompt,
    Late,
    Behind,
    TwiceOnce,
}

/// Bills and payments of one customer up to today: `months` advances back and the last settlement.
pub(super) fn bills(
    tenant: &Tenant,
    records: &[CustomerRecord],
    months: u32,
    today: NaiveDate,
    random: &mut SplitMix,
) -> (Vec<InvoiceDocument>, Vec<DemoPayment>) {
    let Some(record) = records.first() else {
        return (Vec::new(), Vec::new());
    };
    let tariff = tariff(&tenant.key);
    let size = match record.class {
        CustomerClass::Household => 1,
        CustomerClass::Business => 6,
        CustomerClass::Large => 90,
    };
    let yearly = random.between(tariff.yearly.0, tariff.yearly.1) * size;
    let payer = match random.below(100) {
        0..=79 => Payer::Prompt,
        80..=89 => Payer::Late,
        90..=96 => Payer::Behind,
        _ => Payer::TwiceOnce,
    };
    let month = today.with_day(1).unwrap_or(today);
    // The settled year ended one to eleven months ago, on the eve of a first.
    let settled_ago = u32::try_from(random.between(1, 11)).unwrap_or(1);
    let year_end = month
        .checked_sub_months(Months::new(settled_ago))
        .unwrap_or(month);
    let year_start = year_end.checked_sub_months(Months::new(12)).unwrap_or(year_end);
    let mut invoices = Vec::new();
    let settlement_lines = lines(&tariff, yearly, 12, random);
    let gross_year = gross(&settlement_lines, tariff.tax_rate);
    // Advances were a little more or less than what the year came to.
    let advance = round_to(
        gross_year * random.between(84, 112) / 1200,
        tariff.rounding.max(100),
    );
    let serial = record
        .account_number
        .trim_start_matches(|c: char| c.is_alphabetic())
        .to_owned();
    let context = Context {
        tenant,
        record,
        tariff: &tariff,
        serial,
    };
    let settled_on = year_end.checked_add_days(Days::new(9)).unwrap_or(year_end);
    if settled_on <= today {
        let period = (year_start, year_end.pred_opt().unwrap_or(year_end));
        invoices.push(context.document(
            InvoiceKind::Settlement,
            settled_on,
            period,
            settlement_lines,
            advance * 12,
        ));
    }
    for back in (0..months).rev() {
        let first = month.checked_sub_months(Months::new(back)).unwrap_or(month);
        // Issued in the last days of the month before, due twenty days later: fourteen at least, and a few for delivery.
        let issued = first.checked_sub_days(Days::new(5)).unwrap_or(first);
        let last = first
            .checked_add_months(Months::new(1))
            .and_then(|next| next.pred_opt())
            .unwrap_or(first);
        let net = (Decimal::from(advance) * Decimal::from(100) / Decimal::from(100 + tariff.tax_rate))
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        let net = i64::try_from(net).unwrap_or_default();
        let name = format!("{} {:02}/{}", tariff.advance, first.month(), first.year());
        let line = new_line(
            1,
            name,
            "1".to_owned(),
            "C62",
            Decimal::new(net, 2).to_string(),
            net,
            tariff.tax_rate,
        );
        invoices.push(context.document(InvoiceKind::Advance, issued, (first, last), vec![line], 0));
    }
    let payments = payments(&invoices, payer, &record.payment_key, today, random);
    (invoices, payments)
}

struct Context<'a> {
    tenant: &'a Tenant,
    record: &'a CustomerRecord,
    tariff: &'a Tariff,
    serial: String,
}

impl Context<'_> {
    fn document(
        &self,
        kind: InvoiceKind,
        issued: NaiveDate,
        period: (NaiveDate, NaiveDate),
        lines: Vec<InvoiceDocumentLine>,
        prepaid: i64,
    ) -> InvoiceDocument {
        let net: i64 = lines.iter().map(|line| line.net_minor).sum();
        let tax = tax(net, self.tariff.tax_rate);
        let exact = net + tax - prepaid;
        let payable = round_to(exact, self.tariff.rounding);
        let code = if kind == InvoiceKind::Settlement { 1 } else { 2 };
        let number = format!("{}{code}{}", issued.format("%y%m"), self.serial);
        let due = issued.checked_add_days(Days::new(if kind == InvoiceKind::Settlement { 17 } else { 20 }));
        InvoiceDocument {
            digest: Sha256::digest(format!("demo {} {number}", self.tenant.key).as_bytes()).into(),
            number,
            kind,
            issued_on: issued,
            due_on: due,
            period_from: Some(period.0),
            period_to: Some(period.1),
            currency: self.tenant.currency.clone(),
            net_minor: net,
            tax_minor: tax,
            prepaid_minor: prepaid,
            rounding_minor: payable - exact,
            payable_minor: payable,
            supply_code: Some(self.record.supply_code.clone()),
            customer_numbers: vec![self.record.number.clone()],
            lines,
            document: json!({ "BT-83": self.record.payment_key }),
        }
    }
}

fn new_line(
    position: usize,
    name: String,
    quantity: String,
    unit: &str,
    price: String,
    net_minor: i64,
    tax_rate: i64,
) -> InvoiceDocumentLine {
    InvoiceDocumentLine {
        reference: position.to_string(),
        name,
        quantity: Some(quantity),
        unit: Some(unit.to_owned()),
        price: Some(price),
        net_minor,
        tax_rate: Some(tax_rate.to_string()),
        document: json!({}),
    }
}

fn lines(tariff: &Tariff, quantity: i64, months: i64, random: &mut SplitMix) -> Vec<InvoiceDocumentLine> {
    // The share of the low tariff differs from house to house.
    let shift = random.between(-14, 14);
    let split = tariff.components.iter().any(|c| c.2 == 38);
    let mut out = Vec::new();
    for (index, (name, unit, share, price)) in tariff.components.iter().enumerate() {
        let share = i64::from(*share)
            + if !split {
                0
            } else if *share == 62 {
                shift
            } else if *share == 38 {
                -shift
            } else {
                0
            };
        let amount = if *unit == "MON" {
            months
        } else {
            quantity * share / 100
        };
        let price = Decimal::new(*price, 5).normalize();
        let net = (Decimal::from(amount) * price * Decimal::ONE_HUNDRED)
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        out.push(new_line(
            index + 1,
            (*name).to_owned(),
            amount.to_string(),
            unit,
            price.to_string(),
            i64::try_from(net).unwrap_or_default(),
            tariff.tax_rate,
        ));
    }
    out
}

fn tax(net: i64, rate: i64) -> i64 {
    let exact = Decimal::from(net) * Decimal::from(rate) / Decimal::ONE_HUNDRED;
    i64::try_from(exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)).unwrap_or_default()
}

fn gross(lines: &[InvoiceDocumentLine], rate: i64) -> i64 {
    let net = lines.iter().map(|line| line.net_minor).sum();
    net + tax(net, rate)
}

/// To whole crowns or forints, halves away from zero.
fn round_to(minor: i64, unit: i64) -> i64 {
    let half = unit / 2 * minor.signum();
    (minor + half) / unit * unit
}

fn payments(
    invoices: &[InvoiceDocument],
    payer: Payer,
    key: &str,
    today: NaiveDate,
    random: &mut SplitMix,
) -> Vec<DemoPayment> {
    let mut out = Vec::new();
    let mut twice = payer == Payer::TwiceOnce;
    let count = invoices.len();
    for (index, invoice) in invoices.iter().enumerate() {
        let Some(due) = invoice.due_on else { continue };
        // One who is behind stopped a month or two ago; an overpayment is paid back to most within the due date.
        if payer == Payer::Behind && index + 2 >= count {
            continue;
        }
        if invoice.payable_minor < 0 && random.percent(25) {
            continue;
        }
        let days = if payer == Payer::Late {
            random.between(4, 24)
        } else {
            random.between(-9, 0)
        };
        let moved = Days::new(days.unsigned_abs());
        let received = if days < 0 {
            due.checked_sub_days(moved)
        } else {
            due.checked_add_days(moved)
        }
        .unwrap_or(due);
        if received > today {
            continue;
        }
        let payment = DemoPayment {
            received_on: received,
            amount_minor: invoice.payable_minor,
            payment_key: key.to_owned(),
        };
        if twice && invoice.payable_minor > 0 {
            twice = false;
            out.push(payment.clone());
        }
        out.push(payment);
    }
    out
}
