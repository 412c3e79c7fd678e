//! Earlier contacts and cases of the demo's customers, with notes as operators write them, in the utility's language.

use super::parties::text_number;
use super::people::operators;
use super::split_mix::SplitMix;
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use domain::cases::{CasePriority, CaseState};
use domain::customers::CustomerRecord;
use domain::ids::PersonId;
use domain::interactions::Channel;
use domain::tenant::Tenant;

/// A contact of the past, closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoInteraction {
    /// Came in.
    pub started_at: DateTime<Utc>,
    /// Was answered after so many seconds.
    pub waited_seconds: i64,
    /// Lasted so many seconds.
    pub talked_seconds: i64,
    /// Way.
    pub channel: Channel,
    /// Caller, E.164.
    pub from_number: Option<String>,
    /// Who answered.
    pub person: PersonId,
    /// Why.
    pub wrap_up_code: &'static str,
    /// Result: `resolved` or `follow_up`.
    pub disposition: &'static str,
    /// Notes.
    pub note: &'static str,
}

/// A case of the past, opened in one of the contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoCase {
    /// Position of the contact in which it was opened.
    pub interaction: usize,
    /// Type key.
    pub kind: &'static str,
    /// Subject.
    pub subject: &'static str,
    /// What the customer wants.
    pub text: &'static str,
    /// State.
    pub state: CaseState,
    /// How pressing.
    pub priority: CasePriority,
    /// Opened.
    pub opened_at: DateTime<Utc>,
    /// Closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// What it came to, if it is closed.
    pub resolution: Option<&'static str>,
}

/// Wrap-up code and note.
type Note = (&'static str, &'static str);
/// Wrap-up code, type of case, subject, what is wanted, what it came to.
type Matter = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const CZ_NOTES: &[Note] = &[
    (
        "billing",
        "Zákazník se ptal, proč je vyúčtování vyšší než loni. Vysvětlena změna ceny distribuce, rozuměl.",
    ),
    (
        "billing",
        "Neviděl v zákaznickém portálu poslední fakturu. Poslána znovu e-mailem.",
    ),
    (
        "payment",
        "Ověřoval, zda dorazila platba. Připsána předevčírem, bez nedoplatku.",
    ),
    (
        "payment",
        "Ptá se na splatnost zálohy, platí složenkou. Sděleno 15. den v měsíci.",
    ),
    (
        "reading",
        "Nahlásil samoodečet, stav zapsán. Příště využije portál.",
    ),
    (
        "contract",
        "Zvažuje jinou sazbu, kupuje tepelné čerpadlo. Odeslány podmínky.",
    ),
    (
        "move",
        "Bude se na jaře stěhovat, chtěl vědět, co k přepisu potřebuje.",
    ),
    ("other", "Omyl, hledal jinou společnost. Předán správný kontakt."),
];
const PL_NOTES: &[Note] = &[
    (
        "billing",
        "Klient pytał, skąd wzięła się opłata mocowa. Wyjaśniono, przyjął do wiadomości.",
    ),
    (
        "payment",
        "Potwierdzono zaksięgowanie wpłaty z ubiegłego tygodnia.",
    ),
    ("reading", "Podał stan licznika przez telefon, zapisano."),
    (
        "fault",
        "Pytał o planowane wyłączenie na swojej ulicy. Podano termin i godziny.",
    ),
    (
        "contract",
        "Chce przejść na taryfę G12. Przesłano wniosek e-mailem.",
    ),
    ("other", "Prosił o numer do sprzedawcy energii. Podano."),
];
const HU_NOTES: &[Note] = &[
    (
        "billing",
        "Az elszámoló számla összegére kérdezett rá. Elmagyaráztam, hogy becsült leolvasás volt, megértette.",
    ),
    ("reading", "Bejelentette a vízóra állását, rögzítve."),
    ("payment", "A befizetése megérkezett, hátralék nincs."),
    (
        "fault",
        "Alacsony víznyomásra panaszkodott, délutánra helyreállt.",
    ),
    (
        "contract",
        "Csoportos beszedési megbízást szeretne, a nyomtatványt elküldtem.",
    ),
    ("other", "Ügyfélszolgálati nyitvatartásról érdeklődött."),
];
const CZ_MATTERS: &[Matter] = &[
    (
        "billing",
        "billing_complaint",
        "Nesouhlasí s odečtem ve vyúčtování",
        "Konečný stav na faktuře neodpovídá fotografii měřidla, žádá opravu vyúčtování.",
        "Odečet ověřen podle fotografie, vystaveno opravné vyúčtování.",
    ),
    (
        "payment",
        "payment_check",
        "Platba nebyla připsána",
        "Zaplatil pod chybným variabilním symbolem, žádá dohledání platby.",
        "Platba nalezena a přeúčtována na správný účet.",
    ),
    (
        "payment",
        "payment_plan",
        "Žádost o splátky nedoplatku",
        "Nedoplatek nezvládne zaplatit najednou, žádá o šest splátek.",
        "Splátkový kalendář na šest měsíců dohodnut a zaslán.",
    ),
    (
        "contract",
        "advance_change",
        "Snížení záloh",
        "Domácnost je menší než dřív, žádá nižší zálohy od příštího měsíce.",
        "Zálohy sníženy od prvního dne dalšího měsíce.",
    ),
    (
        "reading",
        "meter_exchange",
        "Měřidlo se zastavilo",
        "Podle zákazníka displej nic neukazuje, žádá výměnu.",
        "Měřidlo vyměněno, spotřeba dopočtena podle minulého roku.",
    ),
    (
        "move",
        "move_in_out",
        "Přepis na nového majitele",
        "Koupil dům, předávací protokol pošle e-mailem.",
        "Přepis dokončen ke dni předání.",
    ),
];
const PL_MATTERS: &[Matter] = &[
    (
        "billing",
        "billing_complaint",
        "Reklamacja rozliczenia",
        "Klient nie zgadza się z odczytem końcowym, przesłał zdjęcie licznika.",
        "Odczyt skorygowano, wystawiono fakturę korygującą.",
    ),
    (
        "fault",
        "voltage_quality",
        "Wahania napięcia wieczorem",
        "Od tygodnia przygasa światło, prosi o pomiar napięcia.",
        "Wykonano pomiar, przełączono odczep transformatora.",
    ),
    (
        "reading",
        "meter_exchange",
        "Licznik nie przesyła odczytów",
        "Brak zdalnych odczytów od dwóch miesięcy, prosi o sprawdzenie.",
        "Wymieniono modem licznika.",
    ),
    (
        "payment",
        "payment_check",
        "Wpłata nie została zaksięgowana",
        "Wpłata poszła na stary rachunek, prosi o wyjaśnienie.",
        "Wpłatę przeksięgowano na indywidualny rachunek klienta.",
    ),
];
const HU_MATTERS: &[Matter] = &[
    (
        "billing",
        "billing_complaint",
        "Kifogásolja az elszámoló számlát",
        "A számlán szereplő záró állás nem egyezik az óráéval, fényképet küldött.",
        "A leolvasást javítottuk, helyesbítő számla készült.",
    ),
    (
        "fault",
        "water_quality",
        "Zavaros víz",
        "Két napja sárgás a csapvíz, kivizsgálást kér.",
        "A vezetéket átöblítettük, a minta megfelelő.",
    ),
    (
        "reading",
        "meter_exchange",
        "Bepárásodott vízóra",
        "Az óra számlapja nem olvasható, cserét kér.",
        "A mérőt kicseréltük.",
    ),
    (
        "payment",
        "payment_plan",
        "Részletfizetési kérelem",
        "A hátralékot négy részletben szeretné megfizetni.",
        "A részletfizetést engedélyeztük.",
    ),
];

/// Contacts, oldest first, and the cases opened in them.
pub(super) fn contacts(
    seed: u64,
    tenant: &Tenant,
    position: u64,
    record: &CustomerRecord,
    today: NaiveDate,
) -> (Vec<DemoInteraction>, Vec<DemoCase>) {
    let mut random = SplitMix::of(seed, &[text_number(&tenant.key), position, 4]);
    let (notes, matters) = match tenant.country.as_str() {
        "PL" => (PL_NOTES, PL_MATTERS),
        "HU" => (HU_NOTES, HU_MATTERS),
        _ => (CZ_NOTES, CZ_MATTERS),
    };
    let people = operators(&tenant.key);
    // The well-known customer has something to show under every heading.
    let count = if position == 0 {
        3
    } else {
        [0, 0, 0, 1, 1, 1, 1, 2, 2, 3][usize::try_from(random.below(10)).unwrap_or_default()]
    };
    let mut times: Vec<DateTime<Utc>> = (0..count).map(|_| working_time(today, &mut random)).collect();
    times.sort();
    let (mut interactions, mut cases) = (Vec::new(), Vec::new());
    for (index, started_at) in times.into_iter().enumerate() {
        let last_of_well_known = position == 0 && index + 1 == count;
        let matter = (last_of_well_known || random.percent(22)).then(|| random.below(matters.len() as u64));
        let matter = matter
            .and_then(|m| usize::try_from(m).ok())
            .and_then(|m| matters.get(m));
        let (wrap_up_code, note) = match matter {
            Some(matter) => (matter.0, matter.3),
            None => random.pick(notes),
        };
        let by_phone = record.phones.first().filter(|_| !random.percent(12));
        let person = people.get(usize::try_from(random.below(people.len() as u64)).unwrap_or_default());
        let Some(person) = person.copied() else { continue };
        interactions.push(DemoInteraction {
            started_at,
            waited_seconds: random.between(3, 95),
            talked_seconds: random.between(70, 640),
            channel: if by_phone.is_some() {
                Channel::Voice
            } else {
                Channel::Mail
            },
            from_number: by_phone.cloned(),
            person,
            wrap_up_code,
            disposition: if matter.is_some() { "follow_up" } else { "resolved" },
            note,
        });
        if let Some(&(_, kind, subject, text, resolution)) = matter {
            let age = today.signed_duration_since(started_at.date_naive()).num_days();
            let open = last_of_well_known || age < 20 || random.percent(6);
            let closed_at = (!open).then(|| started_at + TimeDelta::hours(random.between(20, 400)));
            cases.push(DemoCase {
                interaction: index,
                kind,
                subject,
                text,
                state: match closed_at {
                    Some(_) => CaseState::Closed,
                    None if random.percent(25) => CaseState::Waiting,
                    None => CaseState::Open,
                },
                priority: if random.percent(10) {
                    CasePriority::High
                } else {
                    CasePriority::Normal
                },
                opened_at: started_at + TimeDelta::seconds(90),
                closed_at,
                resolution: (!open).then_some(resolution),
            });
        }
    }
    (interactions, cases)
}

/// A working hour of the last year and a half, yesterday at the latest.
fn working_time(today: NaiveDate, random: &mut SplitMix) -> DateTime<Utc> {
    // More contacts are recent than old.
    let days = random.below(520).min(random.below(520)) + 1;
    let mut day = today.checked_sub_days(Days::new(days)).unwrap_or(today);
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        day = day.pred_opt().unwrap_or(day);
    }
    let seconds = random.between(6 * 3600, 16 * 3600);
    day.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::seconds(seconds)
}
