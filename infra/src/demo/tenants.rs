//! The four invented utilities of the demo and their switchboard.

use domain::ids::TenantId;
use domain::tenant::{Brand, Commodity, Labels, Tenant};
use uuid::Uuid;

/// Labels from pairs of language and text.
pub(super) fn labels(pairs: &[(&str, &str)]) -> Labels {
    pairs
        .iter()
        .map(|(language, text)| ((*language).to_owned(), (*text).to_owned()))
        .collect()
}

struct Utility {
    id: u128,
    key: &'static str,
    name: &'static str,
    commodity: Commodity,
    country: &'static str,
    languages: &'static [&'static str],
    zone: &'static str,
    currency: &'static str,
    prefix: &'static str,
    mail: &'static str,
    brand: (&'static str, &'static str, &'static str),
}

const UTILITIES: &[Utility] = &[
    Utility {
        id: 0x0192_0000_0000_7000_8000_0000_0000_0001,
        key: "vltava",
        name: "Vltava Energie",
        commodity: Commodity::Electricity,
        country: "CZ",
        languages: &["cs", "sk", "en"],
        zone: "Europe/Prague",
        currency: "CZK",
        prefix: "VE",
        mail: "zakaznici@vltava-energie.example",
        brand: ("bolt", "square", "#3d3a9c"),
    },
    Utility {
        id: 0x0192_0000_0000_7000_8000_0000_0000_0002,
        key: "morava",
        name: "Moravský plyn",
        commodity: Commodity::Gas,
        country: "CZ",
        languages: &["cs", "sk", "en"],
        zone: "Europe/Prague",
        currency: "CZK",
        prefix: "MP",
        mail: "zakaznici@moravsky-plyn.example",
        brand: ("flame", "hexagon", "#55651a"),
    },
    Utility {
        id: 0x0192_0000_0000_7000_8000_0000_0000_0003,
        key: "wisla",
        name: "Wisła Dystrybucja",
        commodity: Commodity::Electricity,
        country: "PL",
        languages: &["pl", "en"],
        zone: "Europe/Warsaw",
        currency: "PLN",
        prefix: "WD",
        mail: "klienci@wisla-dystrybucja.example",
        brand: ("w", "circle", "#771047"),
    },
    Utility {
        id: 0x0192_0000_0000_7000_8000_0000_0000_0004,
        key: "balaton",
        name: "Balaton Víz",
        commodity: Commodity::Water,
        country: "HU",
        languages: &["hu", "en"],
        zone: "Europe/Budapest",
        currency: "HUF",
        prefix: "BV",
        mail: "ugyfel@balaton-viz.example",
        brand: ("drop", "drop", "#0b7389"),
    },
];

/// The utilities of the demo, their ids fixed.
pub fn tenants() -> Vec<Tenant> {
    UTILITIES
        .iter()
        .map(|u| Tenant {
            id: TenantId(Uuid::from_u128(u.id)),
            key: u.key.to_owned(),
            name: u.name.to_owned(),
            commodities: vec![u.commodity],
            country: u.country.to_owned(),
            languages: u.languages.iter().map(|l| (*l).to_owned()).collect(),
            zone: u.zone.to_owned(),
            currency: u.currency.to_owned(),
            case_prefix: u.prefix.to_owned(),
            mail_name: u.name.to_owned(),
            mail_address: u.mail.to_owned(),
            brand: Brand {
                mark: u.brand.0.to_owned(),
                shape: u.brand.1.to_owned(),
                solid: u.brand.2.to_owned(),
            },
            greetings: greetings(u.name),
        })
        .collect()
}

/// The centre itself, under the nil id.
pub fn centre() -> Tenant {
    Tenant {
        id: TenantId::CENTRE,
        key: "centre".to_owned(),
        name: "Busbar".to_owned(),
        commodities: Vec::new(),
        country: "CZ".to_owned(),
        languages: ["cs", "pl", "hu", "sk", "en"].map(str::to_owned).to_vec(),
        zone: "Europe/Prague".to_owned(),
        currency: "CZK".to_owned(),
        case_prefix: "C".to_owned(),
        mail_name: "Busbar".to_owned(),
        mail_address: "centre@busbar.example".to_owned(),
        brand: Brand {
            mark: "busbar".to_owned(),
            shape: "square".to_owned(),
            solid: "#333b45".to_owned(),
        },
        greetings: greetings("Busbar"),
    }
}

/// What a utility is by European unbundling: `distributor`, `supplier`, or `centre`.
pub fn tenant_role(key: &str) -> &'static str {
    match key {
        "centre" => "centre",
        "wisla" | "balaton" => "distributor",
        _ => "supplier",
    }
}

fn greetings(name: &str) -> Labels {
    labels(&[
        ("cs", &format!("Dobrý den, {name}, co pro vás mohu udělat?")),
        ("en", &format!("{name}, good day, how can I help you?")),
        ("hu", &format!("Jó napot kívánok, {name}, miben segíthetek?")),
        ("pl", &format!("Dzień dobry, {name}, w czym mogę pomóc?")),
        ("sk", &format!("Dobrý deň, {name}, čo pre vás môžem urobiť?")),
    ])
}

/// The demo's switchboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoSwitchboard {
    /// Its name.
    pub name: &'static str,
    /// The secret part of its hook's address; the database keeps the SHA-256 of it.
    pub token: &'static str,
    /// Key of the utility, dialled number (E.164), queue.
    pub numbers: &'static [(&'static str, &'static str, &'static str)],
}

/// The switchboard that serves all four utilities.
pub fn switchboard() -> DemoSwitchboard {
    DemoSwitchboard {
        name: "demo-pbx",
        token: "demo-switchboard-not-a-secret",
        numbers: &[
            ("vltava", "+420800100100", "service"),
            ("vltava", "+420800100112", "faults"),
            ("morava", "+420800200200", "service"),
            ("morava", "+420800200239", "emergency"),
            ("wisla", "+48800300300", "service"),
            ("wisla", "+48800300991", "faults"),
            ("balaton", "+3680400400", "service"),
            ("balaton", "+3680400405", "faults"),
        ],
    }
}
