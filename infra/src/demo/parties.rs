//! Who a demo customer is, how reached, and what is supplied where: one function of seed, utility and position.

use super::codes::{landline, mobile, supply_code};
use super::names::names;
use super::split_mix::SplitMix;
use chrono::{Days, NaiveDate};
use domain::customers::{CustomerClass, CustomerKind, CustomerRecord};
use domain::normal;
use domain::tenant::{Commodity, Tenant};

/// Identity of a party, apart from what a utility knows of it.
struct Party {
    kind: CustomerKind,
    class: CustomerClass,
    name: String,
    registration_number: Option<String>,
    language: String,
    phones: Vec<String>,
    emails: Vec<String>,
    address: (String, String, String, String),
}

/// Number of a country's party: the two Czech utilities share the country's telephone numbers.
fn phone_serial(tenant: &str, position: u64) -> u64 {
    match tenant {
        "vltava" => position * 2,
        "morava" => position * 2 + 1,
        _ => position,
    }
}

fn party(seed: u64, tenant: &Tenant, position: u64) -> Party {
    let mut random = SplitMix::of(seed, &[text_number(&tenant.key), position, 1]);
    let names = names(&tenant.country);
    let address = names.address(&tenant.country, &mut random);
    let class = match random.below(1000) {
        0..=4 => CustomerClass::Large,
        5..=119 => CustomerClass::Business,
        _ => CustomerClass::Household,
    };
    let language = match (tenant.country.as_str(), random.below(100)) {
        ("CZ", 0..=3) => "sk",
        (_, 4..=5) => "en",
        _ => tenant.language(),
    };
    let serial = phone_serial(&tenant.key, position);
    // Every fiftieth shares the number of the customer before: a couple, a firm and its owner.
    let shared = position > 1 && position % 50 == 17;
    let mut phones = vec![mobile(
        &tenant.country,
        if shared {
            phone_serial(&tenant.key, position - 1)
        } else {
            serial
        },
    )];
    let (kind, name, given, surname, registration_number) = if class == CustomerClass::Household {
        let (name, given, surname) = names.person(&mut random);
        (CustomerKind::Person, name, given, surname, None)
    } else {
        let name = names.company(&address.2, &mut random);
        let number = format!("{:08}", 10_000_000 + (serial * 104_729 + 17) % 89_000_000);
        (CustomerKind::Company, name, "", "", Some(number))
    };
    if kind == CustomerKind::Company || random.percent(12) {
        phones.push(landline(&tenant.country, serial));
    }
    if random.percent(9) && kind == CustomerKind::Person {
        phones.clear();
    }
    let mut emails = Vec::new();
    if kind == CustomerKind::Company {
        emails.push(format!("kontakt@{}-{position}.example", slug(&name)));
    } else if random.percent(68) {
        let host = random.pick(match tenant.country.as_str() {
            "PL" => &["poczta.example", "skrzynka.example", "wp-poczta.example"],
            "HU" => &["posta.example", "level.example", "drotposta.example"],
            _ => &["posta.example", "schranka.example", "mejl.example"],
        });
        emails.push(format!("{}.{}{position}@{host}", slug(given), slug(surname)));
    }
    Party {
        kind,
        class,
        name,
        registration_number,
        language: language.to_owned(),
        phones,
        emails,
        address,
    }
}

/// A text's letters for an address: lower case without marks, words joined by hyphens.
fn slug(text: &str) -> String {
    normal::name(text).replace(' ', "-")
}

/// A number for a text, so that each utility has its own random stream.
pub(super) fn text_number(text: &str) -> u64 {
    text.bytes().fold(7, |sum, b| sum * 131 + u64::from(b))
}

/// The rows of a customer: one to three supply points. `position` 0 is the well-known one.
pub(super) fn records(
    seed: u64,
    tenant: &Tenant,
    position: u64,
    vltava: Option<(&Tenant, u64)>,
    today: NaiveDate,
) -> Vec<CustomerRecord> {
    let mut random = SplitMix::of(seed, &[text_number(&tenant.key), position, 2]);
    let party = match (position, vltava) {
        (0, _) => well_known_party(tenant),
        // Every twentieth gas customer is the same household as one of the electricity supplier, with the same number.
        (n, Some((other, count))) if n % 20 == 3 && n < count => party(seed, other, n),
        _ => party(seed, tenant, position),
    };
    let points = match (party.class, random.below(100)) {
        _ if position == 0 => 2,
        (CustomerClass::Household, 0..=5) => 2,
        (CustomerClass::Household, _) => 1,
        (_, 0..=29) => 3,
        (_, 30..=59) => 2,
        _ => 1,
    };
    let number = (100_000_000 + position * 10).to_string();
    let names = names(&tenant.country);
    let mut out = Vec::new();
    for point in 0..points {
        let serial = position * 3 + point;
        let (street, house_number, city, postcode) = if point == 0 {
            party.address.clone()
        } else {
            names.address(&tenant.country, &mut random)
        };
        let (supply_code, supply_code_kind) = supply_code(&tenant.key, serial);
        let age = random.below(3000) + 420;
        let from = today.checked_sub_days(Days::new(age)).unwrap_or(today);
        let installed = from
            .checked_sub_days(Days::new(random.below(1500)))
            .unwrap_or(from);
        let metered = !random.percent(2);
        let (product, meter_kind) = product(tenant, party.class, &mut random);
        out.push(CustomerRecord {
            currency: None,
            number: number.clone(),
            kind: party.kind,
            class: party.class,
            name: party.name.clone(),
            registration_number: party.registration_number.clone(),
            language: party.language.clone(),
            phones: party.phones.clone(),
            emails: party.emails.clone(),
            account_number: format!("{}{}", tenant.case_prefix, 5_000_000 + position),
            payment_key: payment_key(tenant, position),
            street,
            house_number,
            city,
            postcode,
            country: tenant.country.clone(),
            commodity: tenant
                .commodities
                .first()
                .copied()
                .unwrap_or(Commodity::Electricity),
            supply_code,
            supply_code_kind: supply_code_kind.to_owned(),
            contract_number: format!("{}-{}-{:07}", tenant.case_prefix, from.format("%y"), serial),
            product: product.to_owned(),
            contract_from: from,
            contract_to: random
                .percent(15)
                .then(|| today.checked_add_days(Days::new(90 + random.below(700))))
                .flatten(),
            meter_serial: metered.then(|| {
                format!(
                    "{}{:08}",
                    tenant.key.chars().next().unwrap_or('m').to_ascii_uppercase(),
                    30_000_000 + serial
                )
            }),
            meter_kind: metered.then(|| meter_kind.to_owned()),
            meter_installed_on: metered.then_some(installed),
        });
    }
    out
}

/// Variable symbol in Czechia, individual account in Poland, payer code in Hungary.
fn payment_key(tenant: &Tenant, position: u64) -> String {
    match tenant.country.as_str() {
        "PL" => format!(
            "{:02}19401076{:016}",
            10 + position * 7 % 88,
            30_000_000_000_u64 + position
        ),
        "HU" => format!("F{:09}", 200_000_000 + position),
        _ => (5_100_000_000 + position * 10 + if tenant.key == "morava" { 5 } else { 0 }).to_string(),
    }
}

/// Tariff and kind of meter.
fn product(tenant: &Tenant, class: CustomerClass, random: &mut SplitMix) -> (&'static str, &'static str) {
    match (tenant.key.as_str(), class) {
        ("vltava", CustomerClass::Household) => (
            random.pick_frequent(&["D02d", "D25d", "D57d", "D01d", "D26d", "D45d"]),
            "přímé měření, dvoutarif",
        ),
        ("vltava", CustomerClass::Business) => (
            random.pick_frequent(&["C02d", "C25d", "C03d", "C62d"]),
            "přímé měření",
        ),
        ("vltava", CustomerClass::Large) => ("VN B", "měření A, průběhové"),
        ("morava", CustomerClass::Household) => (
            random.pick_frequent(&["Domov", "Domov Fix 24", "Topení", "Vaření"]),
            "membránový G4",
        ),
        ("morava", _) => (
            random.pick_frequent(&["Podnikatel", "Podnikatel Fix 24"]),
            "membránový G16",
        ),
        ("wisla", CustomerClass::Household) => (
            random.pick_frequent(&["G11", "G12", "G12w"]),
            "licznik zdalnego odczytu",
        ),
        ("wisla", CustomerClass::Business) => (
            random.pick_frequent(&["C11", "C12a", "C21"]),
            "licznik zdalnego odczytu",
        ),
        ("wisla", CustomerClass::Large) => ("B23", "układ pośredni"),
        (_, CustomerClass::Household) => ("Lakossági", "szárnykerekes DN20"),
        _ => ("Közületi", "szárnykerekes DN40"),
    }
}

/// One customer of each utility that never changes: key, name, phone, e-mail, address.
const WELL_KNOWN: &[(&str, &str, &str, &str, [&str; 4])] = &[
    (
        "vltava",
        "Alena Havlíčková",
        "+420777000184",
        "alena.havlickova@posta.example",
        ["Lipová", "12", "Dolní Lipnice nad Borovou", "251 01"],
    ),
    (
        "morava",
        "Radek Vaněk",
        "+420777000285",
        "radek.vanek@posta.example",
        ["Mlýnská", "7", "Lukovec na Hané", "783 78"],
    ),
    (
        "wisla",
        "Agnieszka Wiśniewska",
        "+48501000384",
        "agnieszka.wisniewska@poczta.example",
        ["ul. Lipowa", "4/11", "Lipowo Dolne", "09-115"],
    ),
    (
        "balaton",
        "Kovács Ilona",
        "+36205000485",
        "kovacs.ilona@posta.example",
        ["Nádas sor", "21", "Balatonszelíd", "8201"],
    ),
];

fn well_known_party(tenant: &Tenant) -> Party {
    let (_, name, phone, email, [street, house, city, postcode]) = WELL_KNOWN
        .iter()
        .find(|w| w.0 == tenant.key)
        .copied()
        .unwrap_or(("", "Nobody", "", "", [""; 4]));
    Party {
        kind: CustomerKind::Person,
        class: CustomerClass::Household,
        name: name.to_owned(),
        registration_number: None,
        language: tenant.language().to_owned(),
        phones: vec![phone.to_owned()],
        emails: vec![email.to_owned()],
        address: (
            street.to_owned(),
            house.to_owned(),
            city.to_owned(),
            postcode.to_owned(),
        ),
    }
}

/// The fixed customers that tests, pages and the README name, whatever the seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WellKnown {
    /// Key of the utility.
    pub tenant: &'static str,
    /// Customer number.
    pub number: String,
    /// Name.
    pub name: &'static str,
    /// Phone, E.164.
    pub phone: &'static str,
    /// E-mail.
    pub email: &'static str,
}

/// One fixed customer of each utility.
pub fn well_known() -> Vec<WellKnown> {
    WELL_KNOWN
        .iter()
        .map(|&(tenant, name, phone, email, _)| WellKnown {
            tenant,
            number: 100_000_000.to_string(),
            name,
            phone,
            email,
        })
        .collect()
}
