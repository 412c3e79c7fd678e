//! A fresh utility for each test: a tenant, its people, customers and telephone number, made in the shared database
//! beside all others, so that every test exercises isolation.

use std::sync::{LazyLock, Once};

use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};
use diesel::PgConnection;
use domain::act::{By, IdSource};
use domain::billing::{BillingStore, InvoiceDocument, InvoiceDocumentLine, InvoiceKind, NewPayment};
use domain::customers::{CustomerClass, CustomerKind, CustomerRecord, CustomerStore, Source};
use domain::ids::{AccountId, CustomerId, PersonId, SessionId, TenantId};
use domain::tenant::{Brand, Commodity, Tenant};
use graphql::ids::Kind;
use infra::pg::{Database, Mode};
use tenancy::policies::{CENTRE_TEMPLATE, TENANT_TEMPLATE, Template};
use tenancy::session::{Session, SessionKind, SessionStore};
use tenancy::token::Keys;
use uuid::Uuid;

use crate::{Login, Program, sql, stage};

/// The signing key of every program that the tests start.
pub const SIGNING_KEY: &str = "4d1f6a0c9be27355aa01f39d6c8e2b7440915cfd3e6a8b1720c4d5e6f7089a1b";
/// The password of everybody made by [`person`].
pub const PASSWORD: &str = "correct horse battery";

static PASSWORD_HASH: LazyLock<String> = LazyLock::new(|| tenancy::password::hash(PASSWORD).unwrap());
static RUNTIME: LazyLock<Database> = LazyLock::new(|| Database::open(&stage().urls().runtime, 8).unwrap());
static SERVER: LazyLock<Program> = LazyLock::new(|| Program::serve(&[]));

/// The program that tests share which do not stop or starve it. Its worker runs inside.
pub fn server() -> &'static Program {
    centre();
    &SERVER
}

/// The runtime login's database, for looking through the stores.
pub fn runtime() -> &'static Database {
    &RUNTIME
}

/// The keys of [`SIGNING_KEY`].
pub fn keys() -> Keys {
    Keys::new(&api::secrets::parse(SIGNING_KEY).unwrap()).unwrap()
}

/// Now, to the microsecond.
pub fn now() -> DateTime<Utc> {
    api::clock::now().trunc_subsecs(6)
}

/// A new id.
pub fn id() -> Uuid {
    api::clock::id()
}

struct Ids;

impl IdSource for Ids {
    fn next(&mut self) -> Uuid {
        id()
    }
}

fn run(connection: &mut PgConnection, statement: &str) {
    sql::execute(connection, statement).unwrap_or_else(|error| panic!("{error} in: {statement}"));
}

fn insert_tenant(connection: &mut PgConnection, tenant: &Tenant, role: &str) {
    let list = |texts: &[String]| {
        format!(
            "array[{}]::text[]",
            texts
                .iter()
                .map(|t| format!("'{t}'"))
                .collect::<Vec<_>>()
                .join(",")
        )
    };
    let commodities: Vec<String> = tenant.commodities.iter().map(|c| c.text().to_owned()).collect();
    run(
        connection,
        &format!(
            "insert into tenants (id, key, name, role, commodities, country, languages, zone, currency, case_prefix, mail_name, \
             mail_address, brand, greetings, created_at) values ('{}', '{}', '{}', '{role}', {}, '{}', {}, '{}', '{}', '{}', '{}', '{}', \
             '{}', '{}', now()) on conflict do nothing",
            tenant.id,
            tenant.key,
            tenant.name,
            list(&commodities),
            tenant.country,
            list(&tenant.languages),
            tenant.zone,
            tenant.currency,
            tenant.case_prefix,
            tenant.mail_name,
            tenant.mail_address,
            serde_json::to_string(&tenant.brand).unwrap(),
            serde_json::to_string(&tenant.greetings).unwrap(),
        ),
    );
}

fn insert_policies(connection: &mut PgConnection, tenant: TenantId, template: &[Template]) {
    run(
        connection,
        &format!("select set_config('app.tenant', '{tenant}', false)"),
    );
    for (role, object, act, condition, sealed) in template {
        run(
            connection,
            &format!(
                "insert into policies (tenant_id, id, role, object, act, condition, effect, sealed) values ('{tenant}', '{}', '{role}', \
                 '{object}', '{act}', '{condition}', 'allow', {sealed}) on conflict do nothing",
                id()
            ),
        );
    }
    run(
        connection,
        &format!(
            "insert into policy_epochs (tenant_id, epoch) values ('{tenant}', 1) on conflict do nothing"
        ),
    );
}

/// Makes the centre's own rows, once per process.
pub fn centre() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let mut owner = sql::connect(Login::Owner);
        insert_tenant(&mut owner, &infra::demo::centre(), "centre");
        insert_policies(&mut owner, TenantId::CENTRE, CENTRE_TEMPLATE);
    });
}

/// A utility of one test.
pub struct Utility {
    /// It.
    pub tenant: Tenant,
    /// Its dialled number, E.164.
    pub dialled: String,
    /// The secret part of its switchboard's hook address; the switchboard is bound to it.
    pub hook: String,
}

/// Somebody who works here, with a session.
pub struct Staff {
    /// Id.
    pub id: PersonId,
    /// Login; the password is [`PASSWORD`].
    pub login: String,
    /// Extension at the switchboard.
    pub extension: String,
    /// Her session.
    pub session: SessionId,
    /// A bearer token of it.
    pub token: String,
}

/// A customer of a utility.
pub struct Household {
    /// Id.
    pub id: CustomerId,
    /// Global id.
    pub global: String,
    /// Account.
    pub account: AccountId,
    /// Record it was made from.
    pub record: CustomerRecord,
}

/// A person with a session and no grant yet.
pub fn person() -> Staff {
    centre();
    let (person, session) = (PersonId(id()), SessionId(id()));
    let short = person.0.simple().to_string();
    let short = &short[20..];
    let (login, extension) = (format!("p{short}"), format!("x{short}"));
    run(
        &mut sql::connect(Login::Owner),
        &format!(
            "insert into people (id, login, display_name, locale, extension, active, password_hash, created_at) values ('{person}', \
             '{login}', 'Person {short}', 'en', '{extension}', true, '{}', now())",
            *PASSWORD_HASH
        ),
    );
    let token = session_of(person, session);
    Staff {
        id: person,
        login,
        extension,
        session,
        token,
    }
}

/// Takes a customer record over, as an import does.
pub fn take(utility: &Utility, record: &CustomerRecord) {
    let source = Source {
        source: "crm".into(),
        source_at: now(),
    };
    let mut store = RUNTIME.begin(utility.tenant.id, Mode::Write).unwrap();
    store
        .customer_take(utility.tenant.id, record, &source, &mut Ids)
        .unwrap();
    store.commit().unwrap();
}

/// Another session of a person; gives its bearer token.
pub fn session_of(person: PersonId, session: SessionId) -> String {
    let now = now();
    let until = now + TimeDelta::hours(1);
    let mut store = RUNTIME.begin(TenantId::CENTRE, Mode::Write).unwrap();
    store
        .session_insert(
            person,
            &Session {
                id: session,
                kind: SessionKind::Bearer,
                created_at: now,
                expires_at: until,
            },
        )
        .unwrap();
    store.commit().unwrap();
    keys()
        .session_token(By::Person(person), None, session, now, until)
        .unwrap()
}

impl Utility {
    /// A new utility in Czechia.
    pub fn fresh() -> Utility {
        centre();
        let tenant_id = TenantId(id());
        let short = tenant_id.0.simple().to_string();
        let (short, digits) = (
            short[20..].to_owned(),
            u128::from_str_radix(&short[20..], 16).unwrap() % 100_000_000,
        );
        let tenant = Tenant {
            id: tenant_id,
            key: format!("u{short}"),
            name: format!("Utility {short}"),
            commodities: vec![Commodity::Electricity],
            country: "CZ".into(),
            languages: vec!["cs".into(), "en".into()],
            zone: "Europe/Prague".into(),
            currency: "CZK".into(),
            case_prefix: format!("U{}", &short[8..].to_uppercase()),
            mail_name: format!("Utility {short}"),
            mail_address: format!("service@u{short}.example"),
            brand: Brand {
                mark: "bolt".into(),
                shape: "square".into(),
                solid: "#3d3a9c".into(),
            },
            greetings: [
                ("cs".to_owned(), "Dobrý den".to_owned()),
                ("en".to_owned(), "Good day".to_owned()),
            ]
            .into(),
        };
        let (dialled, hook) = (
            format!("+4208{digits:08}"),
            format!("hook-{short}-{}", id().simple()),
        );
        let mut owner = sql::connect(Login::Owner);
        insert_tenant(&mut owner, &tenant, "both");
        insert_policies(&mut owner, tenant_id, TENANT_TEMPLATE);
        for (position, (key, labels)) in infra::demo::case_types("vltava").iter().enumerate() {
            let labels = serde_json::to_string(labels).unwrap().replace('\'', "''");
            run(
                &mut owner,
                &format!(
                    "insert into case_types (tenant_id, key, position, labels) values ('{tenant_id}', '{key}', {position}, '{labels}')"
                ),
            );
        }
        for (position, (key, labels)) in infra::demo::wrap_up_codes("vltava").iter().enumerate() {
            let labels = serde_json::to_string(labels).unwrap().replace('\'', "''");
            run(
                &mut owner,
                &format!(
                    "insert into wrap_up_codes (tenant_id, key, position, labels) values ('{tenant_id}', '{key}', {position}, '{labels}')"
                ),
            );
        }
        run(
            &mut owner,
            &format!(
                "insert into case_counters (tenant_id, slot, next) select '{tenant_id}', slot, 100 from generate_series(0, 15) slot"
            ),
        );
        let (switchboard, digest) = (
            id(),
            tenancy::token::digest(&hook)
                .iter()
                .map(|b| format!("{b:02x}"))
                .collect::<String>(),
        );
        run(
            &mut owner,
            &format!(
                "insert into switchboards (id, name, digest, bound_tenant_id) values ('{switchboard}', 'pbx-{short}', '\\x{digest}', '{tenant_id}')"
            ),
        );
        run(
            &mut owner,
            &format!(
                "insert into dialled_numbers (tenant_id, number, switchboard_id, queue) values ('{tenant_id}', '{dialled}', '{switchboard}', 'service')"
            ),
        );
        Utility {
            tenant,
            dialled,
            hook,
        }
    }

    /// Grants a role to a person from a day ago, until `to` if given.
    pub fn grant(&self, staff: &Staff, role: &str, to: Option<DateTime<Utc>>) {
        let mut owner = sql::connect(Login::Owner);
        run(
            &mut owner,
            &format!("select set_config('app.tenant', '{}', false)", self.tenant.id),
        );
        let to = to.map_or("null".to_owned(), |to| format!("'{}'", to.to_rfc3339()));
        run(
            &mut owner,
            &format!(
                "insert into grants (tenant_id, id, person_id, role, skills, languages, purpose, valid_from, valid_to, granted_by) values \
                 ('{}', '{}', '{}', '{role}', '{{}}', array['cs'], 'test', now() - interval '1 day', {to}, '{}')",
                self.tenant.id,
                id(),
                staff.id,
                staff.id
            ),
        );
    }

    /// A person with a role here and nowhere else.
    pub fn staff(&self, role: &str) -> Staff {
        let staff = person();
        self.grant(&staff, role, None);
        staff
    }

    /// A household with an account, a supply point, a meter, one invoice of 1,210.00 and a payment of 1,000.00. Each call
    /// makes another one; `phone` and `email` may be shared.
    pub fn household(&self, name: &str, phone: &str, email: &str) -> Household {
        let short = id().simple().to_string();
        let digits = u128::from_str_radix(&short[18..], 16).unwrap();
        let body = format!("859182400{:08}", digits % 100_000_000);
        let record = CustomerRecord {
            currency: None,
            number: format!("C{short}"),
            kind: CustomerKind::Person,
            class: CustomerClass::Household,
            name: name.into(),
            registration_number: None,
            language: "cs".into(),
            phones: vec![phone.into()],
            emails: vec![email.into()],
            account_number: format!("A{short}"),
            payment_key: format!("{:010}", digits % 10_000_000_000),
            street: "Lipová".into(),
            house_number: short[20..].into(),
            city: "Háje".into(),
            postcode: "251 01".into(),
            country: "CZ".into(),
            commodity: Commodity::Electricity,
            supply_code: format!("{body}{}", domain::normal::gs1_digit(&body).unwrap()),
            supply_code_kind: "ean".into(),
            contract_number: format!("K{short}"),
            product: "D02d".into(),
            contract_from: NaiveDate::from_ymd_opt(2024, 1, 1).unwrap(),
            contract_to: None,
            meter_serial: Some(format!("M{short}")),
            meter_kind: Some("electronic".into()),
            meter_installed_on: NaiveDate::from_ymd_opt(2023, 5, 2),
        };
        let source = Source {
            source: "crm".into(),
            source_at: now(),
        };
        let mut store = RUNTIME.begin(self.tenant.id, Mode::Write).unwrap();
        store
            .customer_take(self.tenant.id, &record, &source, &mut Ids)
            .unwrap();
        let (account, supply_point) = store
            .account_find(self.tenant.id, Some(&record.supply_code), None)
            .unwrap()
            .unwrap();
        let document = invoice(&short, &record.supply_code);
        store
            .invoice_insert(
                self.tenant.id,
                id().into(),
                account,
                supply_point,
                &document,
                &source,
            )
            .unwrap();
        let payment = NewPayment {
            account,
            received_on: document.issued_on,
            amount_minor: 100_000,
            currency: "CZK".into(),
            payment_key: None,
        };
        store
            .payment_insert(self.tenant.id, id().into(), &payment, &source)
            .unwrap();
        store.commit().unwrap();
        let mut superuser = sql::connect(Login::Superuser);
        let found = sql::value(
            &mut superuser,
            &format!("select customer_id from accounts where id = '{account}'"),
        );
        let customer = CustomerId(found.as_str().unwrap().parse().unwrap());
        let global = graphql::ids::encode(Kind::Customer, self.tenant.id, customer).to_string();
        Household {
            id: customer,
            global,
            account,
            record,
        }
    }

    /// An open case of a household, of the given person; gives its global id.
    pub fn case_of(&self, household: &Household, owner: PersonId, subject: &str) -> String {
        let case = id();
        let statement = format!(
            "insert into cases (tenant_id, id, number, type, subject, state, priority, customer_id, owner_id, version, opened_at) \
             select tenant_id, '{case}', 'N{}', key, '{subject}', 'open', 'normal', '{}', '{owner}', 1, now() \
             from case_types where tenant_id = '{}' order by position limit 1",
            case.simple(),
            household.id,
            self.tenant.id,
        );
        run(&mut sql::connect(Login::Superuser), &statement);
        graphql::ids::encode(Kind::Case, self.tenant.id, case).to_string()
    }

    /// A session of a customer in the portal; gives its bearer token.
    pub fn portal_session(&self, customer: CustomerId) -> String {
        let (session, now) = (SessionId(id()), now());
        let until = now + TimeDelta::hours(1);
        let mut store = RUNTIME.begin(self.tenant.id, Mode::Write).unwrap();
        let kept = Session {
            id: session,
            kind: SessionKind::Bearer,
            created_at: now,
            expires_at: until,
        };
        store
            .portal_session_insert(self.tenant.id, customer, &kept)
            .unwrap();
        store.commit().unwrap();
        keys()
            .session_token(By::Customer(customer), Some(self.tenant.id), session, now, until)
            .unwrap()
    }
}

fn invoice(number: &str, supply_code: &str) -> InvoiceDocument {
    let issued_on = now().date_naive() - TimeDelta::days(40);
    InvoiceDocument {
        number: format!("F{number}"),
        kind: InvoiceKind::Invoice,
        issued_on,
        due_on: Some(issued_on + TimeDelta::days(14)),
        period_from: Some(issued_on - TimeDelta::days(31)),
        period_to: Some(issued_on - TimeDelta::days(1)),
        currency: "CZK".into(),
        net_minor: 100_000,
        tax_minor: 21_000,
        prepaid_minor: 0,
        rounding_minor: 0,
        payable_minor: 121_000,
        supply_code: Some(supply_code.into()),
        customer_numbers: vec![],
        lines: vec![InvoiceDocumentLine {
            reference: "1".into(),
            name: "Silová elektřina".into(),
            quantity: Some("250".into()),
            unit: Some("KWH".into()),
            price: Some("4.00".into()),
            net_minor: 100_000,
            tax_rate: Some("21".into()),
            document: serde_json::json!({}),
        }],
        document: serde_json::json!({}),
        digest: tenancy::token::digest(number),
    }
}
