//! People of the demo's centre: operators lent to different utilities, a supervisor, admins, an auditor, and one whose
//! grant has ended.

use domain::ids::PersonId;
use domain::tenant::Commodity;
use domain::workforce::Person;
use uuid::Uuid;

/// The password of every demo person; the demo alone takes it.
pub const PASSWORD: &str = "Busbar-demo-2026";

/// A person of the demo with password and grants.
#[derive(Clone, Debug)]
pub struct DemoPerson {
    /// Who; the id is fixed.
    pub person: Person,
    /// Her password.
    pub password: &'static str,
    /// What she was granted.
    pub grants: Vec<DemoGrant>,
}

/// A grant of the demo; its days count from the day the demo is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoGrant {
    /// Key of the utility.
    pub tenant: &'static str,
    /// Role of the policies.
    pub role: &'static str,
    /// For which commodity; none means all.
    pub commodity: Option<Commodity>,
    /// Skills with their levels, 1 to 3.
    pub skills: &'static [(&'static str, u8)],
    /// In which languages.
    pub languages: &'static [&'static str],
    /// What for.
    pub purpose: &'static str,
    /// Begins so many days from now (negative: ago).
    pub from_days: i64,
    /// Ends so many days from now.
    pub to_days: Option<i64>,
}

const SERVICE: &[(&str, u8)] = &[("billing", 2), ("contracts", 2), ("faults", 1)];
const FAULTS: &[(&str, u8)] = &[("faults", 3), ("billing", 1)];
const NONE: &[(&str, u8)] = &[];
const ALL: &[&str] = &["vltava", "morava", "wisla", "balaton"];

type Entry = (
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static [(&'static str, u8)],
);

/// Login, name, locale, extension, role, utilities, languages, skills.
const PEOPLE: &[Entry] = &[
    (
        "jana",
        "Jana Novotná",
        "cs",
        Some("1001"),
        "operator",
        &["vltava", "morava"],
        &["cs", "sk", "en"],
        SERVICE,
    ),
    (
        "petr",
        "Petr Šimek",
        "cs",
        Some("1002"),
        "operator",
        &["vltava", "morava"],
        &["cs"],
        FAULTS,
    ),
    (
        "martin",
        "Martin Kováč",
        "sk",
        Some("1003"),
        "operator",
        &["morava", "vltava", "wisla"],
        &["sk", "cs", "pl"],
        SERVICE,
    ),
    (
        "pawel",
        "Paweł Zieliński",
        "pl",
        Some("1004"),
        "operator",
        &["wisla"],
        &["pl", "en"],
        FAULTS,
    ),
    (
        "eszter",
        "Molnár Eszter",
        "hu",
        Some("1005"),
        "operator",
        &["balaton", "wisla"],
        &["hu", "pl", "en"],
        SERVICE,
    ),
    (
        "lenka",
        "Lenka Procházková",
        "cs",
        Some("1010"),
        "supervisor",
        ALL,
        &["cs", "pl", "en"],
        SERVICE,
    ),
    (
        "dana",
        "Dana Veselá",
        "cs",
        None,
        "tenant_admin",
        &["vltava"],
        &["cs"],
        NONE,
    ),
    (
        "ondrej",
        "Ondřej Sedláček",
        "cs",
        None,
        "tenant_admin",
        &["morava"],
        &["cs"],
        NONE,
    ),
    (
        "katarzyna",
        "Katarzyna Lewandowska",
        "pl",
        None,
        "tenant_admin",
        &["wisla"],
        &["pl"],
        NONE,
    ),
    (
        "laszlo",
        "Farkas László",
        "hu",
        None,
        "tenant_admin",
        &["balaton"],
        &["hu"],
        NONE,
    ),
    (
        "helena",
        "Helen Archer",
        "en",
        None,
        "auditor",
        ALL,
        &["en"],
        NONE,
    ),
    (
        "milan",
        "Milan Beneš",
        "cs",
        Some("1006"),
        "operator",
        &["vltava"],
        &["cs"],
        SERVICE,
    ),
];

/// Everybody who can sign in to the demo.
pub fn people() -> Vec<DemoPerson> {
    PEOPLE
        .iter()
        .zip(1u128..)
        .map(
            |(&(login, name, locale, extension, role, utilities, languages, skills), n)| DemoPerson {
                person: Person {
                    id: person_id(n),
                    login: login.to_owned(),
                    display_name: name.to_owned(),
                    locale: locale.to_owned(),
                    extension: extension.map(str::to_owned),
                    active: true,
                },
                password: PASSWORD,
                grants: utilities
                    .iter()
                    .map(|tenant| DemoGrant {
                        tenant,
                        role,
                        commodity: None,
                        skills,
                        languages,
                        purpose: purpose(role),
                        from_days: -400,
                        // Milan shows what the end of a grant does.
                        to_days: (login == "milan").then_some(-1),
                    })
                    .collect(),
            },
        )
        .collect()
}

fn person_id(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(0x0192_0000_0000_7000_9000_0000_0000_0000 + n))
}

fn purpose(role: &str) -> &'static str {
    match role {
        "supervisor" => "Supervision of the shared operators",
        "tenant_admin" => "Administration of the utility's own settings",
        "auditor" => "Review of who saw what and why",
        _ => "Customer service under the participation agreement",
    }
}

/// Who answered this utility's contacts in the past.
pub(super) fn operators(tenant: &str) -> Vec<PersonId> {
    people()
        .into_iter()
        .filter(|p| {
            p.grants
                .iter()
                .any(|g| g.tenant == tenant && g.role == "operator")
        })
        .map(|p| p.person.id)
        .collect()
}
