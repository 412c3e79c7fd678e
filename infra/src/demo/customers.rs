//! The stream of demo customers: one at a time, so that a million need no more memory than one.

use super::bills::{DemoPayment, bills};
use super::contacts::{DemoCase, DemoInteraction, contacts};
use super::parties::{records, text_number};
use super::split_mix::SplitMix;
use super::tenants::tenants;
use chrono::NaiveDate;
use domain::billing::InvoiceDocument;
use domain::customers::CustomerRecord;
use domain::tenant::Tenant;

/// A customer with everything the demo knows of it. All records are of one customer and one account.
#[derive(Clone, Debug)]
pub struct DemoCustomer {
    /// One record per supply point, at most three.
    pub records: Vec<CustomerRecord>,
    /// Bills, as documents of the same form that imports give.
    pub invoices: Vec<InvoiceDocument>,
    /// Payments on the account.
    pub payments: Vec<DemoPayment>,
    /// Earlier contacts, oldest first.
    pub interactions: Vec<DemoInteraction>,
    /// Cases from these contacts.
    pub cases: Vec<DemoCase>,
}

/// Shares of the utilities in per cent.
const SHARES: &[(&str, u64)] = &[("vltava", 40), ("morava", 30), ("wisla", 20), ("balaton", 10)];

/// How many of `total` customers each utility has, at least one each: the well-known one.
pub fn shares(total: u32) -> Vec<(&'static str, u64)> {
    let of = |percent: u64| (u64::from(total) * percent / 100).max(1);
    SHARES.iter().map(|(key, percent)| (*key, of(*percent))).collect()
}

/// The demo's customers, utility by utility, the well-known one first. Telephone numbers are unique for up to a
/// million of them.
pub fn customers(
    seed: u64,
    total: u32,
    today: NaiveDate,
) -> impl Iterator<Item = (&'static str, DemoCustomer)> {
    let tenants = tenants();
    shares(total).into_iter().flat_map(move |(key, count)| {
        let tenant = tenants.iter().find(|t| t.key == key).cloned();
        let vltava = tenants.first().cloned();
        let vltava_count = shares(total).first().map_or(0, |share| share.1);
        tenant.into_iter().flat_map(move |tenant| {
            let vltava = vltava.clone();
            (0..count).map(move |position| {
                let other = vltava
                    .as_ref()
                    .filter(|_| tenant.key == "morava")
                    .map(|v| (v, vltava_count));
                (
                    key,
                    customer(seed, &tenant, position, other, months(total), today),
                )
            })
        })
    })
}

/// Advances kept per customer: half a year, less where there are so many customers that only numbers matter.
fn months(total: u32) -> u32 {
    if total > 50_000 { 2 } else { 6 }
}

fn customer(
    seed: u64,
    tenant: &Tenant,
    position: u64,
    other: Option<(&Tenant, u64)>,
    months: u32,
    today: NaiveDate,
) -> DemoCustomer {
    let records = records(seed, tenant, position, other, today);
    let mut random = SplitMix::of(seed, &[text_number(&tenant.key), position, 3]);
    let (invoices, payments) = bills(tenant, &records, months, today, &mut random);
    let (interactions, cases) = match records.first() {
        Some(record) => contacts(seed, tenant, position, record, today),
        None => Default::default(),
    };
    DemoCustomer {
        records,
        invoices,
        payments,
        interactions,
        cases,
    }
}
