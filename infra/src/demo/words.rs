//! Types of cases and wrap-up codes of the demo's utilities, in five languages.

use super::tenants::labels;
use domain::tenant::Labels;

type Word = (&'static str, [&'static str; 5]);

/// en, cs, pl, hu, sk.
const CASE_TYPES: &[Word] = &[
    (
        "billing_complaint",
        [
            "Billing complaint",
            "Reklamace vyúčtování",
            "Reklamacja rozliczenia",
            "Számlareklamáció",
            "Reklamácia vyúčtovania",
        ],
    ),
    (
        "payment_check",
        [
            "Missing payment",
            "Dohledání platby",
            "Wyjaśnienie wpłaty",
            "Befizetés egyeztetése",
            "Dohľadanie platby",
        ],
    ),
    (
        "payment_plan",
        [
            "Payment in instalments",
            "Splátkový kalendář",
            "Rozłożenie na raty",
            "Részletfizetés",
            "Splátkový kalendár",
        ],
    ),
    (
        "advance_change",
        [
            "Change of advances",
            "Změna výše záloh",
            "Zmiana prognozy",
            "Részszámla módosítása",
            "Zmena výšky preddavkov",
        ],
    ),
    (
        "self_reading",
        [
            "Customer's own reading",
            "Samoodečet",
            "Podanie stanu licznika",
            "Mérőállás-bejelentés",
            "Samoodpočet",
        ],
    ),
    (
        "meter_exchange",
        [
            "Meter exchange",
            "Výměna měřidla",
            "Wymiana licznika",
            "Mérőcsere",
            "Výmena meradla",
        ],
    ),
    (
        "move_in_out",
        [
            "Change of customer",
            "Přepis odběrného místa",
            "Przepisanie licznika",
            "Felhasználóváltozás",
            "Prepis odberného miesta",
        ],
    ),
    (
        "no_supply",
        [
            "No supply",
            "Bez dodávky",
            "Brak zasilania",
            "Ellátás kimaradása",
            "Bez dodávky",
        ],
    ),
    (
        "grievance",
        [
            "Complaint about conduct",
            "Stížnost na jednání",
            "Skarga na obsługę",
            "Ügyintézést érintő panasz",
            "Sťažnosť na konanie",
        ],
    ),
];
const OWN_CASE_TYPES: &[(&str, Word)] = &[
    (
        "vltava",
        (
            "supplier_switch",
            [
                "Change of supplier",
                "Změna dodavatele",
                "Zmiana sprzedawcy",
                "Kereskedőváltás",
                "Zmena dodávateľa",
            ],
        ),
    ),
    (
        "morava",
        (
            "gas_leak",
            [
                "Gas leak",
                "Únik plynu",
                "Ulatnianie się gazu",
                "Gázszivárgás",
                "Únik plynu",
            ],
        ),
    ),
    (
        "wisla",
        (
            "voltage_quality",
            [
                "Voltage quality",
                "Kvalita napětí",
                "Jakość napięcia",
                "Feszültségminőség",
                "Kvalita napätia",
            ],
        ),
    ),
    (
        "balaton",
        (
            "water_quality",
            [
                "Water quality",
                "Kvalita vody",
                "Jakość wody",
                "Vízminőség",
                "Kvalita vody",
            ],
        ),
    ),
];
const WRAP_UP_CODES: &[Word] = &[
    (
        "billing",
        [
            "Question about a bill",
            "Dotaz k vyúčtování",
            "Pytanie o rozliczenie",
            "Számlával kapcsolatos kérdés",
            "Otázka k vyúčtovaniu",
        ],
    ),
    (
        "payment",
        [
            "Payments and arrears",
            "Platby a nedoplatky",
            "Wpłaty i zaległości",
            "Befizetések és hátralékok",
            "Platby a nedoplatky",
        ],
    ),
    (
        "reading",
        ["Meter reading", "Odečet", "Odczyt", "Leolvasás", "Odpočet"],
    ),
    (
        "fault",
        [
            "Fault or outage",
            "Porucha nebo výpadek",
            "Awaria",
            "Üzemzavar",
            "Porucha alebo výpadok",
        ],
    ),
    (
        "contract",
        [
            "Contract and tariff",
            "Smlouva a sazba",
            "Umowa i taryfa",
            "Szerződés és díjszabás",
            "Zmluva a sadzba",
        ],
    ),
    (
        "move",
        [
            "Moving in or out",
            "Stěhování",
            "Przeprowadzka",
            "Költözés",
            "Sťahovanie",
        ],
    ),
    (
        "complaint",
        [
            "Complaint",
            "Reklamace nebo stížnost",
            "Reklamacja lub skarga",
            "Panasz",
            "Reklamácia alebo sťažnosť",
        ],
    ),
    (
        "other",
        [
            "Something else",
            "Něco jiného",
            "Inna sprawa",
            "Egyéb",
            "Niečo iné",
        ],
    ),
];

fn word(&(key, [en, cs, pl, hu, sk]): &Word) -> (String, Labels) {
    (
        key.to_owned(),
        labels(&[("en", en), ("cs", cs), ("pl", pl), ("hu", hu), ("sk", sk)]),
    )
}

/// Types of cases of a utility, in order.
pub fn case_types(tenant: &str) -> Vec<(String, Labels)> {
    let own = OWN_CASE_TYPES
        .iter()
        .filter(|(key, _)| *key == tenant)
        .map(|(_, own)| own);
    CASE_TYPES.iter().chain(own).map(word).collect()
}

/// Wrap-up codes of a utility, in order; the demo's utilities share them.
pub fn wrap_up_codes(_tenant: &str) -> Vec<(String, Labels)> {
    WRAP_UP_CODES.iter().map(word).collect()
}
