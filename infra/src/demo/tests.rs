//! The demo is the same every time, and nothing in it contradicts itself.

use super::*;
use chrono::NaiveDate;
use domain::billing::InvoiceKind;
use domain::cases::CaseState;
use domain::normal;
use std::collections::{HashMap, HashSet};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_customers() {
    let text = |seed| {
        customers(seed, 300, today())
            .map(|c| format!("{c:?}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(text(7), text(7));
    assert_ne!(text(7), text(8));
    // The generator's numbers are part of the demo: they never change.
    let mut random = SplitMix::of(1, &[]);
    assert_eq!(
        [random.number(), random.number()],
        [0x910a_2dec_8902_5cc1, 0xbeeb_8da1_658e_ec67]
    );
}

#[test]
fn shares_add_up_and_the_well_known_are_always_there() {
    assert_eq!(
        shares(1000),
        [("vltava", 400), ("morava", 300), ("wisla", 200), ("balaton", 100)]
    );
    for (seed, total) in [(1, 0), (2, 4), (3, 1000)] {
        let all: Vec<_> = customers(seed, total, today()).collect();
        assert_eq!(all.len(), if total == 1000 { 1000 } else { 4 });
        for known in well_known() {
            let (_, customer) = all
                .iter()
                .find(|(key, c)| *key == known.tenant && c.records[0].number == known.number)
                .unwrap();
            let record = &customer.records[0];
            assert_eq!(
                (record.name.as_str(), &record.phones[..], &record.emails[..]),
                (
                    known.name,
                    &[known.phone.to_owned()][..],
                    &[known.email.to_owned()][..]
                )
            );
            assert!(
                customer.records.len() == 2
                    && !customer.invoices.is_empty()
                    && customer.interactions.len() == 3
            );
            assert!(customer.cases.iter().any(|c| c.state != CaseState::Closed));
        }
    }
}

#[test]
fn every_customer_could_have_been_imported() {
    let tenants: HashMap<String, _> = tenants().into_iter().map(|t| (t.key.clone(), t)).collect();
    let mut keys = HashSet::new();
    for (key, customer) in customers(1, 5000, today()) {
        let tenant = &tenants[key];
        for record in &customer.records {
            for (what, value) in [
                ("supply", &record.supply_code),
                ("contract", &record.contract_number),
            ] {
                assert!(
                    keys.insert((key, what, value.clone())),
                    "{key} {what} {value} twice"
                );
            }
            match record.supply_code_kind.as_str() {
                "own" => assert_eq!(key, "balaton"),
                kind => assert_eq!(
                    normal::supply_code_kind(&record.supply_code),
                    Some(kind),
                    "{}",
                    record.supply_code
                ),
            }
            for phone in &record.phones {
                assert_eq!(normal::phone(phone, &tenant.country).as_ref(), Some(phone));
            }
            for email in &record.emails {
                assert_eq!(normal::email(email).as_ref(), Some(email));
                assert!(email.ends_with(".example"));
            }
            assert_eq!(
                (&record.country, &record.number),
                (&tenant.country, &customer.records[0].number)
            );
            assert!(tenant.commodities.contains(&record.commodity));
            assert!(record.contract_from < today() && record.contract_to.is_none_or(|to| to > today()));
        }
        assert!(keys.insert((key, "customer", customer.records[0].number.clone())));
    }
}

#[test]
fn phones_match_one_several_or_none() {
    let mut owners: HashMap<(&str, String), u32> = HashMap::new();
    let mut utilities: HashMap<String, HashSet<&str>> = HashMap::new();
    for (key, customer) in customers(1, 1000, today()) {
        for phone in &customer.records[0].phones {
            *owners.entry((key, phone.clone())).or_default() += 1;
            utilities.entry(phone.clone()).or_default().insert(key);
        }
    }
    let several = owners.values().filter(|n| **n > 1).count();
    assert!((8..=40).contains(&several), "{several}");
    let of_two = utilities.values().filter(|u| u.len() == 2).count();
    assert!((8..=40).contains(&of_two), "{of_two}");
    assert!(utilities.values().all(|u| u.len() <= 2));
    for known in well_known() {
        assert_eq!(owners[&(known.tenant, known.phone.to_owned())], 1);
    }
}

#[test]
fn bills_add_up() {
    let (mut overdue, mut overpaid, mut even) = (0, 0, 0);
    for (_, customer) in customers(1, 1000, today()) {
        let mut numbers = HashSet::new();
        for invoice in &customer.invoices {
            assert!(numbers.insert(&invoice.number));
            assert_eq!(
                invoice.lines.iter().map(|l| l.net_minor).sum::<i64>(),
                invoice.net_minor
            );
            assert_eq!(
                invoice.net_minor + invoice.tax_minor - invoice.prepaid_minor + invoice.rounding_minor,
                invoice.payable_minor
            );
            assert!(invoice.rounding_minor.abs() <= 50);
            assert!(invoice.due_on.unwrap() - invoice.issued_on >= chrono::TimeDelta::days(14));
            assert!(invoice.issued_on <= today());
            for line in &invoice.lines {
                let (quantity, price): (f64, f64) = (
                    line.quantity.as_ref().unwrap().parse().unwrap(),
                    line.price.as_ref().unwrap().parse().unwrap(),
                );
                assert!(
                    (quantity * price * 100.0 - line.net_minor as f64).abs() <= 0.51,
                    "{line:?}"
                );
            }
        }
        assert!(customer.payments.iter().all(|p| p.received_on <= today()));
        let owed: i64 = customer.invoices.iter().map(|i| i.payable_minor).sum();
        let due: i64 = customer
            .invoices
            .iter()
            .filter(|i| i.due_on.unwrap() < today())
            .map(|i| i.payable_minor)
            .sum();
        let paid: i64 = customer.payments.iter().map(|p| p.amount_minor).sum();
        overdue += u32::from(due > paid);
        overpaid += u32::from(paid > owed);
        even += u32::from(paid == owed || (paid >= due && paid < owed));
        assert!(
            customer
                .invoices
                .iter()
                .any(|i| i.kind == InvoiceKind::Settlement)
                || today().day_is_early()
        );
    }
    assert!((60..=250).contains(&overdue), "{overdue} overdue");
    assert!((20..=250).contains(&overpaid), "{overpaid} overpaid");
    assert!(even > 500, "{even} even");
}

trait Early {
    fn day_is_early(&self) -> bool;
}
impl Early for NaiveDate {
    /// Before the tenth, last month's settlement has not been written yet.
    fn day_is_early(&self) -> bool {
        chrono::Datelike::day(self) < 10
    }
}

#[test]
fn contacts_use_what_the_utility_has() {
    let (mut open, mut contacts) = (0, 0);
    for (key, customer) in customers(1, 1000, today()) {
        let codes: Vec<String> = wrap_up_codes(key).into_iter().map(|c| c.0).collect();
        let types: Vec<String> = case_types(key).into_iter().map(|c| c.0).collect();
        assert_eq!((codes.len(), types.len()), (8, 10));
        contacts += customer.interactions.len();
        for contact in &customer.interactions {
            assert!(codes.iter().any(|c| c == contact.wrap_up_code));
            assert!(contact.started_at.date_naive() < today());
        }
        for case in &customer.cases {
            assert!(types.iter().any(|t| t == case.kind), "{} at {key}", case.kind);
            assert!(case.interaction < customer.interactions.len());
            open += u32::from(case.state != CaseState::Closed);
        }
    }
    assert!((700..1500).contains(&contacts), "{contacts} contacts");
    assert!((20..150).contains(&open), "{open} open");
}

#[test]
fn people_hold_the_roles_a_tour_needs() {
    let people = people();
    assert!(people.len() >= 8);
    for role in ["operator", "supervisor", "tenant_admin", "auditor"] {
        assert!(
            people.iter().any(|p| p.grants.iter().any(|g| g.role == role)),
            "{role}"
        );
    }
    let ended: Vec<_> = people
        .iter()
        .filter(|p| p.grants.iter().all(|g| g.to_days.is_some_and(|d| d < 0)))
        .collect();
    assert_eq!(ended.len(), 1);
    let logins: HashSet<_> = people.iter().map(|p| &p.person.login).collect();
    assert_eq!(logins.len(), people.len());
    for tenant in tenants() {
        for languages in [&tenant.greetings]
            .into_iter()
            .chain(case_types(&tenant.key).iter().map(|t| &t.1))
            .chain(wrap_up_codes(&tenant.key).iter().map(|t| &t.1))
        {
            assert_eq!(
                languages.keys().map(String::as_str).collect::<Vec<_>>(),
                ["cs", "en", "hu", "pl", "sk"]
            );
        }
    }
}
