//! Every function of the Postgres stores against a real database: what is kept is what is read back, and what a scope
//! does not see is not there.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::act::{Act, By, IdSource, Purpose};
use domain::audit::{AuditEntry, AuditOutcome, AuditStore, AuditSubject, ChainFault, ChainWalk, Object};
use domain::billing::{
    self, BillingStore, InvoiceDocument, InvoiceDocumentLine, InvoiceKind, NewPayment, NotTaken,
};
use domain::card::{CardKey, CardStore, WorkId};
use domain::cases::{self, CasePriority, CaseState, CaseStore, Closing, NewCase};
use domain::customers::{CustomerClass, CustomerKind, CustomerRecord, CustomerStore, Source, Taken};
use domain::event::{Event, EventStore};
use domain::fault::StoreError;
use domain::ids::*;
use domain::interactions::{
    self, CallEvent, CallEventKind, InteractionState, InteractionStore, Log, OfferState,
};
use domain::scope::{Scope, Sight};
use domain::tenant::{Commodity, TenantStore};
use domain::unit::UnitOfWork;
use domain::workforce::{self, NewGrant, PresenceState, WorkforceStore};
use infra::embedded::{EmbeddedPostgres, EmbeddedSettings};
use infra::pg::{Database, Mode, PgStore};
use infra::{answers, audit, hooks, leases, outbox};
use serde_json::json;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use tenancy::policies::PolicyStore;
use tenancy::session::{AnswerStore, KeptAnswer, Session, SessionKind, SessionStore};
use tests::{sql, stage};
use uuid::Uuid;

/// A database of their own: on the stage the programs' workers would offer and expire what a test here has waiting.
static OWN: LazyLock<EmbeddedPostgres> = LazyLock::new(|| {
    let settings = EmbeddedSettings {
        data_dir: stage().directory("stores"),
        durable: false,
        max_connections: 60,
    };
    let own = EmbeddedPostgres::start(&settings).unwrap();
    infra::migrations::up(&own.urls().owner).unwrap();
    own
});
static RUNTIME: LazyLock<Database> = LazyLock::new(|| Database::open(&OWN.urls().runtime, 8).unwrap());
static WORKER: LazyLock<Database> = LazyLock::new(|| Database::open(&OWN.urls().worker, 4).unwrap());
static COUNT: AtomicU64 = AtomicU64::new(1);

/// Ids of one instant, one after the other.
struct Ids(DateTime<Utc>);

impl IdSource for Ids {
    fn next(&mut self) -> Uuid {
        let millis = u128::try_from(self.0.timestamp_millis()).unwrap();
        Uuid::from_u128(millis << 80 | 7 << 76 | 2 << 62 | u128::from(COUNT.fetch_add(1, Ordering::Relaxed)))
    }
}

struct Utility {
    id: TenantId,
    now: DateTime<Utc>,
    ids: Ids,
    people: Vec<PersonId>,
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn utility() -> Utility {
    let now = at("2026-11-21T10:00:00Z");
    let mut ids = Ids(now);
    let id = ids.next();
    let short = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut admin = sql::connect_to(&OWN.urls().superuser);
    let run = |admin: &mut _, text: String| sql::execute(admin, &text).unwrap();
    run(&mut admin, format!(
        "insert into tenants values ('{id}', 'u{short}', 'Světlo', 'supplier', '{{electricity}}', 'CZ', '{{cs,en}}', 'Europe/Prague',
         'CZK', 'SV', 'Světlo', 'pece@svetlo.example', '{{\"mark\":\"bolt\",\"shape\":\"square\",\"solid\":\"#102030\"}}',
         '{{\"cs\":\"Dobrý den\"}}', '{now}')"
    ));
    run(
        &mut admin,
        format!("insert into case_counters select '{id}', s, 3000 from generate_series(0, 15) s"),
    );
    run(
        &mut admin,
        format!("insert into case_types values ('{id}', 'billing', 1, '{{\"cs\":\"Faktura\"}}')"),
    );
    run(
        &mut admin,
        format!("insert into wrap_up_codes values ('{id}', 'info', 1, '{{\"cs\":\"Dotaz\"}}')"),
    );
    let mut people = Vec::new();
    for number in 0..2 {
        let person = ids.next();
        run(
            &mut admin,
            format!(
                "insert into people values ('{person}', 'p{short}.{number}', 'Eva {number}', 'cs', '9{short}{number}', true, 'hash', '{now}')"
            ),
        );
        people.push(PersonId(person));
    }
    Utility {
        id: TenantId(id),
        now,
        ids,
        people,
    }
}

impl Utility {
    fn begin(&self) -> PgStore {
        RUNTIME.begin(self.id, Mode::Write).unwrap()
    }

    fn act(&mut self, by: By) -> Act<'_> {
        Act {
            tenant: self.id,
            by,
            now: self.now,
            request: RequestId(Uuid::from_u128(7)),
            purpose: None,
            ids: &mut self.ids,
        }
    }

    fn scope(&self, by: By, sight: Sight) -> Scope {
        Scope {
            tenant: self.id,
            by,
            sight,
        }
    }

    fn any(&self) -> Scope {
        self.scope(By::Person(self.people[0]), Sight::ANY)
    }

    fn grant(&mut self, person: PersonId, role: &str) {
        let granter = By::Person(self.people[1]);
        let login = self.begin().person_get(person).unwrap().unwrap().login;
        let new = NewGrant {
            person_login: login,
            role: role.into(),
            commodity: Some(Commodity::Electricity),
            languages: vec!["cs".into()],
            purpose: "stand-in".into(),
            valid_from: None,
            valid_to: None,
        };
        let mut store = self.begin();
        let scope = self.any();
        workforce::grant_give(&mut store, &mut self.act(granter), &scope, new).unwrap();
        store.commit().unwrap();
    }

    fn take(&mut self, record: &CustomerRecord) -> Taken {
        let mut store = self.begin();
        let source = Source {
            source: "cis".into(),
            source_at: self.now,
        };
        let taken = store
            .customer_take(self.id, record, &source, &mut self.ids)
            .unwrap();
        store.commit().unwrap();
        taken
    }

    fn customer(&self, text: &str) -> CustomerId {
        self.begin().customer_search(&self.any(), text, 10, None).unwrap()[0].id
    }
}

fn record(number: u32, name: &str, phone: &str) -> CustomerRecord {
    CustomerRecord {
        currency: None,
        number: format!("Z-{number}"),
        kind: CustomerKind::Person,
        class: CustomerClass::Household,
        name: name.into(),
        registration_number: None,
        language: "cs".into(),
        phones: vec![phone.into()],
        emails: vec![format!("C{number}@zakaznik.example")],
        account_number: format!("A{number}"),
        payment_key: format!("{number}00"),
        street: "Dlouhá".into(),
        house_number: format!("{number}"),
        city: "Praha".into(),
        postcode: "110 00".into(),
        country: "CZ".into(),
        commodity: Commodity::Electricity,
        supply_code: format!("8591824{number:011}"),
        supply_code_kind: "ean".into(),
        contract_number: format!("S{number}"),
        product: "Standard".into(),
        contract_from: day("2024-01-01"),
        contract_to: None,
        meter_serial: Some(format!("M{number}")),
        meter_kind: Some("AMM".into()),
        meter_installed_on: Some(day("2024-01-01")),
    }
}

fn invoice(number: &str, issued: &str, due: Option<&str>, payable: i64, customer: &str) -> InvoiceDocument {
    InvoiceDocument {
        number: number.into(),
        kind: if payable < 0 {
            InvoiceKind::CreditNote
        } else {
            InvoiceKind::Invoice
        },
        issued_on: day(issued),
        due_on: due.map(day),
        period_from: None,
        period_to: None,
        currency: "CZK".into(),
        net_minor: payable,
        tax_minor: 0,
        prepaid_minor: 0,
        rounding_minor: 0,
        payable_minor: payable,
        supply_code: None,
        customer_numbers: vec!["unknown".into(), customer.into()],
        lines: vec![InvoiceDocumentLine {
            reference: "1".into(),
            name: "Elektřina".into(),
            quantity: Some("12.3400".into()),
            unit: Some("KWH".into()),
            price: None,
            net_minor: payable,
            tax_rate: Some("21".into()),
            document: json!({ "BT-155": "x" }),
        }],
        document: json!({ "BT-20": "14 dní" }),
        digest: [9; 32],
    }
}

fn call(utility: &Utility, kind: CallEventKind, call_id: &str, from: &str) -> CallEvent {
    let extension = utility
        .begin()
        .person_get(utility.people[0])
        .unwrap()
        .unwrap()
        .extension;
    CallEvent {
        kind,
        source: "pbx".into(),
        call_id: call_id.into(),
        from: from.into(),
        to: "+420800100200".into(),
        direction: "in".into(),
        queue: "main".into(),
        country: "CZ".into(),
        user: extension,
        cause: Some("normal".into()),
    }
}

fn roles() -> Vec<String> {
    vec!["operator".into()]
}

#[test]
fn one_call_from_ring_to_closed_case() {
    let mut u = utility();
    let eva = u.people[0];
    u.grant(eva, "operator");
    assert_eq!(
        u.take(&record(1, "Žofie Havlíčková", "+420224567890")),
        Taken::Added
    );
    let customer = u.customer("zofie");
    let mut store = u.begin();
    assert_eq!(store.presence_get(eva).unwrap(), None);
    workforce::presence_set(
        &mut store,
        &mut u.act(By::Person(eva)),
        PresenceState::Available,
        None,
    )
    .unwrap();
    store.commit().unwrap();

    let ring = call(&u, CallEventKind::NewCall, "c1", "224 567 890");
    let mut store = u.begin();
    let id = interactions::call_event(&mut store, &mut u.act(By::Service), &ring, &roles())
        .unwrap()
        .unwrap();
    // The same report again changes nothing.
    let again = interactions::call_event(&mut store, &mut u.act(By::Service), &ring, &roles()).unwrap();
    assert_eq!(again, Some(id));
    store.commit().unwrap();

    let mut store = u.begin();
    let offers = store.offer_live_of(u.id, eva).unwrap();
    assert_eq!((offers.len(), offers[0].interaction_id), (1, id));
    assert_eq!(store.presence_get(eva).unwrap().unwrap().held, Some((u.id, id)));
    let ringing = store.held(&[u.id], eva).unwrap();
    assert_eq!((ringing.len(), ringing[0].1.as_ref()), (1, Some(&offers[0])));
    let on_case = Sight {
        on_case: true,
        ..Sight::default()
    };
    let mine = u.scope(By::Person(eva), on_case);
    let others = u.scope(By::Person(u.people[1]), on_case);
    let before = store.statements();
    let card = store
        .card_load(&mine, CardKey::Interaction(id), day("2026-11-21"))
        .unwrap()
        .unwrap();
    assert_eq!(store.statements() - before, 1);
    assert_eq!(card.customer.as_ref().unwrap().id, customer);
    assert_eq!(card.customer.unwrap().contact_points[0].value, "+420224567890");
    assert_eq!(card.interaction.unwrap().state, InteractionState::Offered);
    assert_eq!(
        (
            card.accounts.len(),
            card.supply_points.len(),
            card.candidates.len()
        ),
        (1, 1, 0)
    );
    assert_eq!(card.supply_points[0].meters[0].serial, "M1");
    assert_eq!(card.supply_points[0].contract.as_ref().unwrap().number, "S1");
    // Positive control above; here the same card for somebody at whom it does not ring.
    assert_eq!(
        store
            .card_load(&others, CardKey::Interaction(id), day("2026-11-21"))
            .unwrap(),
        None
    );
    assert_eq!(
        store
            .card_load(&others, CardKey::Customer(customer), day("2026-11-21"))
            .unwrap(),
        None
    );
    assert!(
        store
            .card_load(&mine, CardKey::Customer(customer), day("2026-11-21"))
            .unwrap()
            .is_some()
    );
    assert_eq!(store.customer_get(&others, customer).unwrap(), None);
    assert_eq!(store.interaction_get(&others, id).unwrap(), None);

    let (offer, _) =
        interactions::offer_accept(&mut store, &mut u.act(By::Person(eva)), offers[0].id).unwrap();
    assert_eq!(offer.state, OfferState::Accepted);
    assert_eq!(store.offer_get(u.id, offer.id).unwrap().unwrap(), offer);
    assert_eq!(store.interaction_open_of(u.id, eva).unwrap().len(), 1);
    assert_eq!(store.held(&[u.id], eva).unwrap()[0].1, None);
    let work = store.work_list(&[u.id], eva, 10, None).unwrap();
    assert_eq!(
        (work.len(), work[0].id, work[0].mine),
        (1, WorkId::Interaction(id), true)
    );
    let any = u.any();
    interactions::identify(&mut store, &mut u.act(By::Person(eva)), id, customer, &any).unwrap();
    let new = NewCase {
        kind: "billing".into(),
        subject: "Faktura".into(),
        text: "Proč?".into(),
        priority: CasePriority::High,
    };
    let log = Log {
        interaction: id,
        customer: None,
        wrap_up_code: "info".into(),
        disposition: "done".into(),
        note: "volala".into(),
        case: None,
        new_case: Some(new),
    };
    let (logged, case) = interactions::log(&mut store, &mut u.act(By::Person(eva)), log, &any, &any).unwrap();
    let case = case.unwrap();
    assert_eq!(case.number, "SV-48000");
    assert_eq!(logged.state, InteractionState::Closed);
    let read = store.case_get(&any, case.id).unwrap().unwrap();
    assert_eq!(read.owner_name.as_deref(), Some("Eva 0"));
    assert_eq!(
        cases::Case {
            owner_name: None,
            ..read
        },
        case
    );
    let assigned = u.scope(
        By::Person(u.people[1]),
        Sight {
            assigned: true,
            ..Sight::default()
        },
    );
    assert_eq!(store.case_get(&assigned, case.id).unwrap(), None);
    let own = u.scope(
        By::Customer(customer),
        Sight {
            own: true,
            ..Sight::default()
        },
    );
    assert!(store.case_get(&own, case.id).unwrap().is_some());
    let strange = u.scope(
        By::Customer(CustomerId(eva.0)),
        Sight {
            own: true,
            ..Sight::default()
        },
    );
    assert_eq!(store.case_get(&strange, case.id).unwrap(), None);

    cases::note(
        &mut store,
        &mut u.act(By::Person(eva)),
        &any,
        case.id,
        "nezapomenout".into(),
    )
    .unwrap();
    let stale = cases::close(
        &mut store,
        &mut u.act(By::Person(eva)),
        &any,
        case.id,
        1,
        "hotovo".into(),
    )
    .unwrap();
    assert!(matches!(stale, Closing::Stale(_)));
    let closed = cases::close(
        &mut store,
        &mut u.act(By::Person(eva)),
        &any,
        case.id,
        2,
        "hotovo".into(),
    )
    .unwrap();
    assert!(matches!(closed, Closing::Closed(c) if c.version == 3));
    let history = store.case_entry_list(u.id, case.id, 10, None).unwrap();
    assert_eq!(history.len(), 3);
    assert_eq!(history[0].by_name.as_deref(), Some("Eva 0"));
    assert_eq!(
        store
            .case_entry_list(u.id, case.id, 10, Some(history[1].id))
            .unwrap()
            .len(),
        1
    );
    for (state, of, found) in [
        (None, None, 1),
        (Some(CaseState::Open), None, 0),
        (Some(CaseState::Closed), None, 1),
        (None, Some(customer), 1),
        (Some(CaseState::Closed), Some(customer), 1),
        (Some(CaseState::Open), Some(customer), 0),
    ] {
        assert_eq!(store.case_list(&any, state, of, 10, None).unwrap().len(), found);
    }
    assert_eq!(
        store.interaction_list(&any, Some(customer), 10, None).unwrap(),
        store.interaction_list(&any, None, 10, None).unwrap()
    );
    let card = store
        .card_load(&own, CardKey::Customer(customer), day("2026-11-21"))
        .unwrap()
        .unwrap();
    assert_eq!((card.cases.len(), card.interactions.len()), (1, 1));
    assert_eq!(
        store
            .card_load(&any, CardKey::Interaction(id), day("2026-11-21"))
            .unwrap()
            .unwrap()
            .interactions
            .len(),
        0
    );
    store.commit().unwrap();

    let mut worker = WORKER.begin(u.id, Mode::Write).unwrap();
    let read = worker.case_get(&any, case.id).unwrap().unwrap();
    cases::confirmed(&mut worker, &mut u.act(By::System), &read).unwrap();
    worker.commit().unwrap();
    let hangup = call(&u, CallEventKind::Hangup, "c1", "224 567 890");
    let mut store = u.begin();
    interactions::call_event(&mut store, &mut u.act(By::Service), &hangup, &roles()).unwrap();
    store.commit().unwrap();
}

#[test]
fn an_offer_that_rings_out_goes_to_the_next_one() {
    let mut u = utility();
    let people = u.people.clone();
    for person in &people {
        u.grant(*person, "operator");
        let mut store = u.begin();
        workforce::presence_set(
            &mut store,
            &mut u.act(By::Person(*person)),
            PresenceState::Available,
            None,
        )
        .unwrap();
        store.commit().unwrap();
        u.now += TimeDelta::seconds(1);
    }
    let ring = call(&u, CallEventKind::NewCall, "c2", "anonymous");
    let mut store = u.begin();
    interactions::call_event(&mut store, &mut u.act(By::Service), &ring, &roles()).unwrap();
    store.commit().unwrap();
    let first = u.begin().offer_live_of(u.id, people[0]).unwrap().remove(0);
    u.now += TimeDelta::seconds(20);
    let mut store = WORKER.begin(u.id, Mode::Write).unwrap();
    assert!(interactions::offer_expire(&mut store, &mut u.act(By::System), first.id, &roles()).unwrap());
    store.commit().unwrap();
    let mut store = u.begin();
    assert_eq!(store.offer_live_of(u.id, people[0]).unwrap().len(), 0);
    let second = store.offer_live_of(u.id, people[1]).unwrap().remove(0);
    interactions::offer_decline(&mut store, &mut u.act(By::Person(people[1])), second.id, &roles()).unwrap();
    assert_eq!(store.offer_live_lock(u.id, first.interaction_id).unwrap(), None);
    store.commit().unwrap();

    // Somebody else holds the contact: nobody waits for it, nobody takes it twice.
    let mut one = u.begin();
    assert_eq!(one.interaction_waiting_lock(u.id, 20).unwrap().len(), 1);
    assert_eq!(u.begin().interaction_waiting_lock(u.id, 20).unwrap().len(), 0);
    let locked = u.begin().interaction_lock(u.id, first.interaction_id);
    assert_eq!(locked, Err(StoreError::Conflict));
    drop(one);
    assert_eq!(u.begin().interaction_waiting_lock(u.id, 20).unwrap().len(), 1);
}

#[test]
fn records_are_added_changed_or_left() {
    let mut u = utility();
    let mut r = record(5, "Jan Novák", "+420601000001");
    assert_eq!(u.take(&r), Taken::Added);
    assert_eq!(u.take(&r), Taken::Unchanged);
    r.street = "dlouhá".into();
    assert_eq!(u.take(&r), Taken::Unchanged);
    r.phones = vec!["+420601000002".into()];
    assert_eq!(u.take(&r), Taken::Changed);
    assert_eq!(u.take(&r), Taken::Unchanged);
    r.product = "Eko".into();
    r.meter_serial = None;
    assert_eq!(u.take(&r), Taken::Changed);
    let again = CustomerRecord {
        supply_code: "8591824000000009999".into(),
        contract_number: "S5b".into(),
        ..r.clone()
    };
    assert_eq!(u.take(&again), Taken::Changed);
    u.take(&record(6, "Jan Novotný", "+420601000001"));

    let any = u.any();
    let mut store = u.begin();
    let id = u.customer("jan novak");
    let customer = store.customer_get(&any, id).unwrap().unwrap();
    let points: Vec<_> = customer
        .contact_points
        .iter()
        .map(|p| (p.value.as_str(), p.preferred))
        .collect();
    assert_eq!(
        points,
        [
            ("+420601000001", true),
            ("C5@zakaznik.example", true),
            ("+420601000002", false)
        ]
    );
    assert_eq!(
        store
            .customer_by_contact(&any, "+420601000001", 10)
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        store.customer_by_contact(&any, "+420601000001", 1).unwrap().len(),
        1
    );
    assert_eq!(
        store.customer_by_contact(&any, "c5@zakaznik.example", 9).unwrap()[0]
            .address
            .as_deref(),
        Some("Dlouhá 5, 110 00 Praha")
    );
    let hits = store.customer_search(&any, "jan", 1, None).unwrap();
    let rest = store
        .customer_search(&any, "jan", 5, Some((hits[0].name_norm.clone(), hits[0].id)))
        .unwrap();
    assert_eq!((hits.len(), rest.len()), (1, 1));
    assert_eq!(store.customer_search(&any, "z 5", 5, None).unwrap()[0].id, id);
    let (account, none) = store
        .account_find(u.id, Some("no such"), Some("Z-5"))
        .unwrap()
        .unwrap();
    assert_eq!(none, None);
    let (same, point) = store
        .account_find(u.id, Some(&r.supply_code), None)
        .unwrap()
        .unwrap();
    assert_eq!(same, account);
    let point = store.supply_point_get(&any, point.unwrap()).unwrap().unwrap();
    assert_eq!(point.contract.unwrap().product, "Eko");
    let stranger = u.scope(
        By::Customer(u.customer("jan novotny")),
        Sight {
            own: true,
            ..Sight::default()
        },
    );
    assert_eq!(store.supply_point_get(&stranger, point.id).unwrap(), None);
    assert_eq!(
        store.account_get(&stranger, account, day("2026-11-21")).unwrap(),
        None
    );
    // Another utility does not see any of it.
    let v = utility();
    assert_eq!(v.begin().customer_get(&u.any(), id).unwrap(), None);
    assert_eq!(
        v.begin().customer_search(&v.any(), "jan", 5, None).unwrap().len(),
        0
    );
}

#[test]
fn balance_is_the_sum_of_documents_and_payments() {
    let mut u = utility();
    u.take(&record(8, "Petr Malý", "+420601000008"));
    let customer = u.customer("petr");
    let source = Source {
        source: "billing".into(),
        source_at: u.now,
    };
    let mut store = u.begin();
    let documents = [
        invoice("1", "2026-08-01", Some("2026-08-15"), 10_000, "Z-8"),
        invoice("2", "2026-09-01", Some("2026-09-15"), 50_00, "Z-8"),
        invoice("3", "2026-10-01", None, -20_00, "Z-8"),
        invoice("4", "2026-11-20", Some("2026-12-05"), 70_00, "Z-8"),
    ];
    for document in &documents {
        assert_eq!(
            billing::invoice_take(&mut store, &mut u.act(By::System), document, &source).unwrap(),
            Ok(Taken::Added)
        );
        assert_eq!(
            billing::invoice_take(&mut store, &mut u.act(By::System), document, &source).unwrap(),
            Ok(Taken::Unchanged)
        );
    }
    let other = InvoiceDocument {
        digest: [8; 32],
        ..documents[0].clone()
    };
    assert_eq!(
        billing::invoice_take(&mut store, &mut u.act(By::System), &other, &source).unwrap(),
        Err(NotTaken::NumberTaken)
    );
    let unknown = invoice("9", "2026-08-01", None, 1, "nobody");
    assert_eq!(
        billing::invoice_take(&mut store, &mut u.act(By::System), &unknown, &source).unwrap(),
        Err(NotTaken::AccountUnknown)
    );
    let (account, _) = store.account_find(u.id, None, Some("A8")).unwrap().unwrap();
    let payment = NewPayment {
        account,
        received_on: day("2026-08-20"),
        amount_minor: 11_000,
        currency: "CZK".into(),
        payment_key: None,
    };
    store
        .payment_insert(u.id, PaymentId(u.ids.next()), &payment, &source)
        .unwrap();
    let any = u.any();
    let read = store
        .account_get(&any, account, day("2026-11-21"))
        .unwrap()
        .unwrap();
    assert_eq!((read.balance_minor, read.overdue_minor), (90_00, 20_00));
    let later = store
        .account_get(&any, account, day("2026-12-06"))
        .unwrap()
        .unwrap();
    assert_eq!((later.balance_minor, later.overdue_minor), (90_00, 90_00));
    let list = store.invoice_list(&any, account, 10, None).unwrap();
    let settled: Vec<_> = list.iter().map(|i| (i.number.as_str(), i.settled)).collect();
    assert_eq!(settled, [("4", false), ("3", true), ("2", false), ("1", true)]);
    let page = store
        .invoice_list(&any, account, 10, Some((list[1].issued_on, list[1].id)))
        .unwrap();
    assert_eq!(page, list[2..]);
    assert_eq!(
        store.invoice_get(&any, list[2].id).unwrap().as_ref(),
        Some(&list[2])
    );
    let card = store
        .card_load(&any, CardKey::Customer(customer), day("2026-11-21"))
        .unwrap()
        .unwrap();
    assert_eq!((card.accounts, card.invoices), (vec![read], list.clone()));
    let (whose, currency, lines) = store.invoice_lines(&any, list[0].id).unwrap().unwrap();
    assert_eq!((whose, currency.as_str(), lines.len()), (customer, "CZK", 1));
    assert_eq!(
        (lines[0].quantity.as_deref(), lines[0].position),
        (Some("12.3400"), 1)
    );
    let nobody = u.scope(
        By::Person(u.people[0]),
        Sight {
            assigned: true,
            ..Sight::default()
        },
    );
    assert_eq!(store.invoice_get(&nobody, list[0].id).unwrap(), None);
    assert_eq!(store.invoice_lines(&nobody, list[0].id).unwrap(), None);
    assert_eq!(store.invoice_list(&nobody, account, 10, None).unwrap(), []);
    store.commit().unwrap();
}

#[test]
fn sessions_open_end_and_lapse() {
    let mut u = utility();
    let eva = u.people[0];
    u.grant(eva, "operator");
    u.grant(eva, "auditor");
    u.take(&record(9, "Anna", "+420601000009"));
    let customer = u.customer("anna");
    let now = u.now;
    let mut store = u.begin();
    let login = store.person_get(eva).unwrap().unwrap();
    assert_eq!(store.person_by_login(&login.login).unwrap().unwrap(), login);
    assert_eq!(
        store
            .person_by_extension(login.extension.as_deref().unwrap())
            .unwrap()
            .unwrap(),
        login
    );
    let row = store.sign_in_row(&login.login).unwrap().unwrap();
    assert_eq!(
        (row.person, row.password_hash.as_str(), row.active),
        (eva, "hash", true)
    );
    assert!(store.sign_in_row("nobody").unwrap().is_none());
    let session = Session {
        id: SessionId(u.ids.next()),
        kind: SessionKind::Cookie,
        created_at: now,
        expires_at: now + TimeDelta::hours(1),
    };
    store.session_insert(eva, &session).unwrap();
    let opening = store
        .opening(u.id, By::Person(eva), Some(session.id), now)
        .unwrap();
    assert_eq!((opening.live, opening.epoch), (true, 0));
    assert_eq!(opening.roles, ["auditor", "operator"]);
    assert!(
        !store
            .opening(u.id, By::Person(u.people[1]), Some(session.id), now)
            .unwrap()
            .live
    );
    assert!(
        !store
            .opening(u.id, By::Person(eva), Some(session.id), session.expires_at)
            .unwrap()
            .live
    );
    assert!(!store.opening(u.id, By::Nobody, None, now).unwrap().live);
    store.session_end(u.id, By::Person(eva), session.id, now).unwrap();
    assert!(
        !store
            .opening(u.id, By::Person(eva), Some(session.id), now)
            .unwrap()
            .live
    );

    assert_eq!(
        store.portal_customer(u.id, "c9@zakaznik.example").unwrap(),
        Some(customer)
    );
    assert_eq!(store.portal_customer(u.id, "x@zakaznik.example").unwrap(), None);
    let link = PortalLinkId(u.ids.next());
    store
        .portal_link_insert(u.id, link, customer, &[1; 32], now, now + TimeDelta::minutes(15))
        .unwrap();
    assert!(
        !store
            .portal_link_use(u.id, link, customer, &[2; 32], now)
            .unwrap()
    );
    assert!(
        !store
            .portal_link_use(u.id, link, customer, &[1; 32], now + TimeDelta::minutes(15))
            .unwrap()
    );
    assert!(
        store
            .portal_link_use(u.id, link, customer, &[1; 32], now)
            .unwrap()
    );
    assert!(
        !store
            .portal_link_use(u.id, link, customer, &[1; 32], now)
            .unwrap()
    );
    let portal = Session {
        id: SessionId(u.ids.next()),
        kind: SessionKind::Bearer,
        ..session
    };
    store.portal_session_insert(u.id, customer, &portal).unwrap();
    let opening = store
        .opening(u.id, By::Customer(customer), Some(portal.id), now)
        .unwrap();
    assert!(opening.live && opening.roles.is_empty());
    store
        .session_end(u.id, By::Customer(customer), portal.id, now)
        .unwrap();
    assert!(
        !store
            .opening(u.id, By::Customer(customer), Some(portal.id), now)
            .unwrap()
            .live
    );

    let any = u.any();
    let grants = store.grant_list(&any, 1, None).unwrap();
    assert_eq!(grants[0].role, "auditor");
    assert_eq!(
        store.grant_list(&any, 5, Some(grants[0].id)).unwrap()[0].role,
        "operator"
    );
    assert_eq!(
        store.grant_get(&any, grants[0].id).unwrap().as_ref(),
        Some(&grants[0])
    );
    let ended = workforce::grant_end(&mut store, &mut u.act(By::Person(eva)), &any, grants[0].id).unwrap();
    assert_eq!(ended.valid_to, Some(now));
    assert_eq!(
        store.opening(u.id, By::Person(eva), None, now).unwrap().roles,
        ["operator"]
    );
    assert_eq!(store.grants_of(eva).unwrap().len(), 2);
    assert!(
        store
            .tenant_list()
            .unwrap()
            .iter()
            .any(|t| t.id == u.id && t.brand.mark == "bolt")
    );
    store.commit().unwrap();
}

#[test]
fn rules_and_answers_are_kept_once() {
    let mut u = utility();
    let mut store = u.begin();
    let scope = u.any();
    let new = |act: &str| tenancy::policies::NewPolicy {
        role: "operator".into(),
        object: "case".into(),
        act: act.into(),
        condition: "any".into(),
        effect: "allow".into(),
    };
    let rule = tenancy::policies::put(&mut store, &mut u.act(By::System), &scope, new("note")).unwrap();
    assert_eq!(
        tenancy::policies::put(&mut store, &mut u.act(By::System), &scope, new("note")).unwrap(),
        rule
    );
    assert_eq!(store.policy_list(u.id).unwrap(), (1, vec![rule.clone()]));
    tenancy::policies::remove(&mut store, &mut u.act(By::System), &scope, rule.id).unwrap();
    assert_eq!(store.policy_list(u.id).unwrap(), (2, vec![]));

    let actor = u.ids.next();
    let kept = KeptAnswer {
        fingerprint: vec![3; 32],
        answer: "{\"data\":{}}".into(),
    };
    assert_eq!(store.answer_get(u.id, actor, "key-0001").unwrap(), None);
    assert!(store.answer_put(u.id, actor, "key-0001", &kept, u.now).unwrap());
    assert!(!store.answer_put(u.id, actor, "key-0001", &kept, u.now).unwrap());
    assert_eq!(store.answer_get(u.id, actor, "key-0001").unwrap(), Some(kept));
    store.commit().unwrap();
    assert_eq!(answers::forget(&WORKER, u.id, u.now).unwrap(), 0);
    assert_eq!(
        answers::forget(&WORKER, u.id, u.now + TimeDelta::seconds(1)).unwrap(),
        1
    );
}

fn entry(u: &mut Utility, subjects: Vec<AuditSubject>) -> AuditEntry {
    AuditEntry {
        id: AuditEntryId(u.ids.next()),
        tenant: u.id,
        at: u.now + TimeDelta::nanoseconds(1_234_567),
        by: By::Person(u.people[0]),
        action: "card.read".into(),
        object: Some(Object::new("customer", Uuid::from_u128(5))),
        purpose: Some(Purpose::Case(CaseId(Uuid::from_u128(6)))),
        outcome: AuditOutcome::Refused,
        request: RequestId(Uuid::from_u128(7)),
        detail: json!({ "b": 1.50, "a": [1, 1e3, "ž\u{1F4A1}"], "n": null }),
        subjects,
    }
}

#[test]
fn the_chain_proves_what_was_committed() {
    let mut u = utility();
    let subject = |n| AuditSubject {
        customer: CustomerId(Uuid::from_u128(n)),
        classes: vec!["contact".into(), "financial".into()],
    };
    let first = entry(&mut u, vec![subject(9), subject(3)]);
    let late = entry(&mut u, vec![]);
    let third = entry(&mut u, vec![]);
    let mut store = u.begin();
    store.audit_append(&first).unwrap();
    store.audit_append(&third).unwrap();
    store.commit().unwrap();
    let sign = |message: &[u8]| ("k1".to_owned(), message.to_vec());
    assert_eq!(audit::unsealed(&WORKER, u.id, u.now).unwrap(), 2);
    assert_eq!(audit::seal(&WORKER, u.id, &sign, u.now).unwrap(), 2);
    // An older id that commits after a newer one was sealed is not lost.
    let mut store = u.begin();
    store.audit_append(&late).unwrap();
    store.commit().unwrap();
    assert_eq!(audit::seal(&WORKER, u.id, &sign, u.now).unwrap(), 1);
    assert_eq!(audit::seal(&WORKER, u.id, &sign, u.now).unwrap(), 0);
    let read = u.begin().audit_list(&u.any(), 10, None).unwrap();
    let places: Vec<_> = read.iter().map(|r| (r.entry.id, r.seq)).collect();
    assert_eq!(
        places,
        [(third.id, Some(2)), (late.id, Some(3)), (first.id, Some(1))]
    );
    // As it was written, but for numbers that jsonb writes its own way.
    assert_eq!(read[2].entry.subjects, vec![subject(3), subject(9)]);
    assert_eq!(read[2].entry.at, first.at - TimeDelta::nanoseconds(567));
    assert_eq!(
        (read[2].entry.by, &read[2].entry.object, read[2].entry.purpose),
        (first.by, &first.object, first.purpose)
    );
    let whole = AuditEntry {
        detail: json!({ "plain": [1, true, "x"], "z": { "y": "ž" } }),
        ..late
    };
    let id = AuditEntryId(u.ids.next());
    let mut store = u.begin();
    store.audit_append(&AuditEntry { id, ..whole.clone() }).unwrap();
    let back = store.audit_list(&u.any(), 1, None).unwrap().remove(0).entry;
    assert_eq!(back.canonical(), AuditEntry { id, ..whole }.canonical());
    drop(store);

    let prove = || {
        let (mut walk, mut found) = (ChainWalk::default(), Ok(()));
        audit::walk(&RUNTIME, u.id, &mut |place| {
            found = found.clone().and_then(|()| walk.step(&place))
        })
        .unwrap();
        let head = audit::head(&RUNTIME, u.id).unwrap();
        found
            .and_then(|()| walk.end(head.as_ref(), true))
            .map(|()| walk.proved())
    };
    assert_eq!(prove(), Ok(3));
    let mut admin = sql::connect_to(&OWN.urls().superuser);
    sql::execute(
        &mut admin,
        &format!("update audit_entries set action = 'x' where id = '{}'", third.id),
    )
    .unwrap();
    assert_eq!(prove(), Err(ChainFault::Edited { seq: 2 }));
    sql::execute(
        &mut admin,
        &format!("delete from audit_entries where id = '{}'", third.id),
    )
    .unwrap();
    assert_eq!(prove(), Err(ChainFault::Removed { seq: 2 }));
    sql::execute(
        &mut admin,
        &format!("delete from audit_seals where tenant_id = '{}' and seq = 3", u.id),
    )
    .unwrap();
    sql::execute(
        &mut admin,
        &format!("delete from audit_seals where tenant_id = '{}' and seq = 2", u.id),
    )
    .unwrap();
    assert_eq!(prove(), Err(ChainFault::Cut { found: 1, signed: 3 }));
}

#[test]
fn events_leave_in_order_and_leases_have_one_holder() {
    let mut u = utility();
    let aggregate = u.ids.next();
    // Other tests leave events too; these are due long before theirs.
    let old = at("2026-02-01T00:00:00Z");
    let event = |u: &mut Utility, kind: &str| Event {
        id: EventId(u.ids.next()),
        tenant: u.id,
        kind: kind.into(),
        v: 1,
        aggregate: "case".into(),
        aggregate_id: aggregate,
        at: old,
        payload: json!({ "a": 1 }),
        due_at: old,
    };
    let (first, timer, second) = (
        event(&mut u, "CaseOpened"),
        event(&mut u, "OfferDue"),
        event(&mut u, "CaseChanged"),
    );
    let mut store = u.begin();
    for one in [&first, &timer, &second] {
        store.event_append(one).unwrap();
    }
    store.commit().unwrap();
    let ids = |claimed: &[outbox::Claimed]| claimed.iter().map(|c| c.event.id).collect::<Vec<_>>();
    assert_eq!(
        outbox::waiting(&WORKER, old).unwrap(),
        outbox::Waiting {
            due: 3,
            oldest_at: Some(old)
        }
    );
    let claimed = outbox::claim(&WORKER, 10, old).unwrap();
    assert_eq!(ids(&claimed), [first.id, timer.id]);
    assert_eq!(
        Event {
            due_at: old,
            ..claimed[0].event.clone()
        },
        first
    );
    assert_eq!(outbox::claim(&WORKER, 10, old).unwrap().len(), 0);
    outbox::later(&WORKER, &claimed[0], old + TimeDelta::seconds(5), "away").unwrap();
    assert_eq!(outbox::claim(&WORKER, 10, old).unwrap().len(), 0);
    let again = outbox::claim(&WORKER, 10, old + TimeDelta::seconds(5)).unwrap();
    assert_eq!((ids(&again), again[0].attempts), (vec![first.id], 2));
    // The first claim is not the holder any more.
    outbox::dead(&WORKER, &claimed[0], "late").unwrap();
    assert_eq!(
        outbox::claim(&WORKER, 10, old + TimeDelta::seconds(5))
            .unwrap()
            .len(),
        0
    );
    outbox::done(&WORKER, &again[0]).unwrap();
    outbox::done(&WORKER, &claimed[1]).unwrap();
    let last = outbox::claim(&WORKER, 10, old + TimeDelta::seconds(5)).unwrap();
    assert_eq!(ids(&last), [second.id]);
    outbox::dead(&WORKER, &last[0], "never").unwrap();
    assert_eq!(
        outbox::waiting(&WORKER, old + TimeDelta::hours(1)).unwrap().due,
        0
    );

    let (a, b, name) = (u.ids.next(), u.ids.next(), format!("sealer {}", u.id));
    assert_eq!(leases::take(&WORKER, &name, a, 30, old).unwrap(), Some(1));
    assert_eq!(leases::take(&WORKER, &name, b, 30, old).unwrap(), None);
    assert!(leases::renew(&WORKER, &name, a, 1, 30, old).unwrap());
    assert_eq!(
        leases::take(&WORKER, &name, b, 30, old + TimeDelta::seconds(30)).unwrap(),
        Some(2)
    );
    assert!(!leases::renew(&WORKER, &name, a, 1, 30, old).unwrap());
    leases::release(&WORKER, &name, a, 1).unwrap();
    assert_eq!(
        leases::take(&WORKER, &name, a, 30, old + TimeDelta::seconds(30)).unwrap(),
        None
    );
    leases::release(&WORKER, &name, b, 2).unwrap();
    assert_eq!(
        leases::take(&WORKER, &name, a, 30, old + TimeDelta::seconds(30)).unwrap(),
        Some(3)
    );
}

#[test]
fn the_dialled_number_names_the_utility() {
    let u = utility();
    let digest = |n: u8| [n, u.id.0.as_bytes()[15]].repeat(16);
    let mut admin = sql::connect_to(&OWN.urls().superuser);
    let board = Uuid::from_u128(u.id.0.as_u128() + (1 << 60));
    let hex: String = digest(1).iter().map(|b| format!("{b:02x}")).collect();
    sql::execute(
        &mut admin,
        &format!("insert into switchboards values ('{board}', 'pbx', '\\x{hex}', null)"),
    )
    .unwrap();
    sql::execute(
        &mut admin,
        &format!(
            "insert into dialled_numbers values ('{}', '+420800100200', '{board}', 'main')",
            u.id
        ),
    )
    .unwrap();
    let token: [u8; 32] = digest(1).try_into().unwrap();
    let wrong: [u8; 32] = digest(2).try_into().unwrap();
    assert_eq!(
        hooks::dialled(&RUNTIME, &token, "+420800100200").unwrap(),
        [(u.id, "main".to_owned(), "pbx".to_owned())]
    );
    assert_eq!(hooks::dialled(&RUNTIME, &token, "+420800100201").unwrap(), []);
    assert_eq!(hooks::dialled(&RUNTIME, &wrong, "+420800100200").unwrap(), []);
    assert_eq!(
        hooks::switchboard_known(&RUNTIME, &token).unwrap().as_deref(),
        Some("pbx")
    );
    assert_eq!(hooks::switchboard_known(&RUNTIME, &wrong).unwrap(), None);
}

#[test]
fn a_refused_part_is_taken_back_and_a_broken_transaction_is_not_committed() {
    let u = utility();
    let mut v = utility();
    v.take(&record(3, "Eliška", "+420601000003"));
    let customer = v.customer("eliska");
    let mut store = u.begin();
    store.savepoint().unwrap();
    let taken = store.case_number_take(u.id).unwrap();
    store.savepoint_undo().unwrap();
    store.savepoint().unwrap();
    assert_eq!(store.case_number_take(u.id).unwrap(), taken);
    store.savepoint_keep().unwrap();
    store.savepoint().unwrap();
    let double = Session {
        id: SessionId(u.people[0].0),
        kind: SessionKind::Cookie,
        created_at: u.now,
        expires_at: u.now,
    };
    store.session_insert(u.people[0], &double).unwrap();
    assert_eq!(
        store.session_insert(u.people[0], &double),
        Err(StoreError::Conflict)
    );
    store.savepoint_undo().unwrap();
    // A part may go on under another utility; afterwards the operation is at home again.
    for keep in [true, false] {
        store.savepoint().unwrap();
        assert_eq!(store.customer_get(&v.any(), customer).unwrap(), None);
        store.tenant_enter(v.id).unwrap();
        assert!(store.customer_get(&v.any(), customer).unwrap().is_some());
        if keep {
            store.savepoint_keep().unwrap()
        } else {
            store.savepoint_undo().unwrap()
        }
        assert_eq!(store.customer_get(&v.any(), customer).unwrap(), None);
    }
    store.commit().unwrap();
    assert_ne!(u.begin().case_number_take(u.id).unwrap(), taken);

    let mut store = u.begin();
    store.session_insert(u.people[0], &double).unwrap();
    assert_eq!(
        store.session_insert(u.people[0], &double),
        Err(StoreError::Conflict)
    );
    assert_eq!(store.commit(), Err(StoreError::Conflict));
    let mut store = u.begin();
    let mut other = utility();
    // A row of another utility is refused by the database itself.
    let mut act = other.act(By::System);
    let refused = act.audit(&mut store, "x", Object::new("x", Uuid::nil()), json!({}));
    assert!(matches!(refused, Err(StoreError::Internal(why)) if why.contains("row-level security")));
}

#[test]
fn dead_connections_are_not_handed_out() {
    let u = utility();
    let name = format!("doomed-{}", u.id);
    let db = Database::open(&format!("{}?application_name={name}", OWN.urls().runtime), 3).unwrap();
    let kill = |state: &str| {
        let select = format!(
            "select count(pg_terminate_backend(pid, 5000)) as n from pg_stat_activity
             where application_name = '{name}' and state = '{state}'"
        );
        sql::value(&mut sql::connect_to(&OWN.urls().superuser), &select)
            .as_i64()
            .unwrap()
    };
    let mut held: Vec<_> = (0..3).map(|_| db.begin(u.id, Mode::Write).unwrap()).collect();
    assert_eq!(db.begin(u.id, Mode::Write).err(), Some(StoreError::Unavailable));
    assert_eq!(kill("idle in transaction"), 3);
    assert_eq!(held[0].tenant_list().err(), Some(StoreError::Unavailable));
    assert_eq!(held.pop().unwrap().commit(), Err(StoreError::Unavailable));
    drop(held);
    assert!(db.ping());
    assert!(kill("idle") >= 1);
    assert!(db.begin(u.id, Mode::Write).unwrap().tenant_list().is_ok());
    assert!(db.state().0 <= 3);
    assert!(Database::open("postgres://nobody@%2Fnowhere/x", 1).is_err());
}
