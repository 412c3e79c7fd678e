//! Rows of customers, gathered column by column and written with one statement per table and batch.

use super::{LoadReport, RowIds, SOURCE};
use crate::demo::bills::DemoPayment;
use crate::demo::contacts::{DemoCase, DemoInteraction};
use crate::demo::customers::DemoCustomer;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::sql_types::{
    Array, BigInt, Binary, Bool, Date, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid,
};
use diesel::{PgConnection, QueryResult, RunQueryDsl, sql_query};
use domain::billing::InvoiceDocument;
use domain::customers::{CustomerRecord, address_line};
use domain::ids::PersonId;
use domain::interactions::CallerMatch;
use domain::normal;
use domain::tenant::Tenant;
use std::collections::HashMap;
use std::mem;
use uuid::Uuid;

/// Declares a table's columns as vectors, and their statement: `$1` is the tenant, `$2` source, `$3` source time where the
/// statement names them; the columns follow in order.
macro_rules! table {
    ($(#[$doc:meta])* $name:ident $sql:literal { $($column:ident : $rust:ty => $kind:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Default)]
        struct $name { $($column: Vec<$rust>),+ }
        impl $name {
            fn add(&mut self, ($($column,)+): ($($rust,)+)) {
                $(self.$column.push($column);)+
            }
            fn flush(&mut self, connection: &mut PgConnection, tenant: Uuid, at: DateTime<Utc>) -> QueryResult<()> {
                let columns = mem::take(self);
                sql_query($sql)
                    .bind::<SqlUuid, _>(tenant)
                    .bind::<Text, _>(SOURCE)
                    .bind::<Timestamptz, _>(at)
                    $(.bind::<Array<$kind>, _>(columns.$column))+
                    .execute(connection)?;
                Ok(())
            }
        }
    };
}

table! { Customers "insert into customers (tenant_id, id, number, kind, class, name, name_norm, registration_number, language, source, source_at)
    select $1, u.*, $2, $3 from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[]) u" {
    id: Uuid => SqlUuid, number: String => Text, kind: &'static str => Text, class: &'static str => Text, name: String => Text,
    name_norm: String => Text, registration_number: Option<String> => Nullable<Text>, language: String => Text,
} }
table! { ContactPoints "insert into contact_points (tenant_id, id, customer_id, kind, value, value_norm, preferred, source, source_at)
    select $1, u.*, $2, $3 from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::bool[]) u" {
    id: Uuid => SqlUuid, customer_id: Uuid => SqlUuid, kind: &'static str => Text, value: String => Text, value_norm: String => Text, preferred: bool => Bool,
} }
table! { Accounts "insert into accounts (tenant_id, id, customer_id, number, payment_key, currency, source, source_at)
    select $1, u.*, $2, $3 from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[]) u" {
    id: Uuid => SqlUuid, customer_id: Uuid => SqlUuid, number: String => Text, payment_key: String => Text, currency: String => Text,
} }
table! { Premises "insert into premises (tenant_id, id, street, house_number, city, postcode, country, address_norm, source, source_at)
    select $1, u.*, $2, $3 from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[]) u" {
    id: Uuid => SqlUuid, street: String => Text, house_number: String => Text, city: String => Text, postcode: String => Text, country: String => Text, address_norm: String => Text,
} }
table! { SupplyPoints "insert into supply_points (tenant_id, id, premise_id, commodity, code, code_kind, source, source_at)
    select $1, u.*, $2, $3 from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[]) u" {
    id: Uuid => SqlUuid, premise_id: Uuid => SqlUuid, commodity: &'static str => Text, code: String => Text, code_kind: String => Text,
} }
table! { Meters "insert into meters (tenant_id, id, supply_point_id, serial, kind, installed_on, source, source_at)
    select $1, u.*, $2, $3 from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::date[]) u" {
    id: Uuid => SqlUuid, supply_point_id: Uuid => SqlUuid, serial: String => Text, kind: String => Text, installed_on: Option<NaiveDate> => Nullable<Date>,
} }
table! { Contracts "insert into contracts (tenant_id, id, account_id, supply_point_id, number, product, valid_from, valid_to, source, source_at)
    select $1, u.*, $2, $3 from unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::date[], $10::date[]) u" {
    id: Uuid => SqlUuid, account_id: Uuid => SqlUuid, supply_point_id: Uuid => SqlUuid, number: String => Text, product: String => Text,
    valid_from: NaiveDate => Date, valid_to: Option<NaiveDate> => Nullable<Date>,
} }
table! { Invoices "insert into invoices (tenant_id, id, account_id, supply_point_id, number, kind, issued_on, due_on, period_from, period_to,
        currency, net_minor, tax_minor, prepaid_minor, rounding_minor, payable_minor, document, digest, source, source_at)
    select $1, i, a, s, n, k, d1, d2, d3, d4, c, m1, m2, m3, m4, m5, j::jsonb, g, $2, $3
    from unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::date[], $10::date[], $11::date[], $12::date[], $13::text[],
        $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::text[], $20::bytea[])
        u (i, a, s, n, k, d1, d2, d3, d4, c, m1, m2, m3, m4, m5, j, g)" {
    id: Uuid => SqlUuid, account_id: Uuid => SqlUuid, supply_point_id: Uuid => SqlUuid, number: String => Text, kind: &'static str => Text,
    issued_on: NaiveDate => Date, due_on: Option<NaiveDate> => Nullable<Date>, period_from: Option<NaiveDate> => Nullable<Date>,
    period_to: Option<NaiveDate> => Nullable<Date>, currency: String => Text, net: i64 => BigInt, tax: i64 => BigInt, prepaid: i64 => BigInt,
    rounding: i64 => BigInt, payable: i64 => BigInt, document: String => Text, digest: Vec<u8> => Binary,
} }
table! { Lines "insert into invoice_lines (tenant_id, invoice_id, position, reference, name, quantity, unit, price, net_minor, tax_rate, document)
    select $1, i, p, r, n, q::numeric, u.u, c::numeric, m, t::numeric, '{}'
    from unnest($4::uuid[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bigint[], $12::text[])
        u (i, p, r, n, q, u, c, m, t) where $2::text is not null and $3::timestamptz is not null" {
    invoice_id: Uuid => SqlUuid, position: i32 => Integer, reference: String => Text, name: String => Text, quantity: Option<String> => Nullable<Text>,
    unit: Option<String> => Nullable<Text>, price: Option<String> => Nullable<Text>, net: i64 => BigInt, tax_rate: Option<String> => Nullable<Text>,
} }
table! { Payments "insert into payments (tenant_id, id, account_id, received_on, amount_minor, currency, payment_key, source, source_at)
    select $1, u.*, $2, $3 from unnest($4::uuid[], $5::uuid[], $6::date[], $7::bigint[], $8::text[], $9::text[]) u" {
    id: Uuid => SqlUuid, account_id: Uuid => SqlUuid, received_on: NaiveDate => Date, amount: i64 => BigInt, currency: String => Text, payment_key: String => Text,
} }
table! { Interactions "insert into interactions (tenant_id, id, channel, direction, state, match, from_number, to_number, queue, source, customer_id,
        person_id, started_at, answered_at, ended_at, closed_at, end_cause, wrap_up_code, disposition, note)
    select $1, i, ch, 'in', 'closed', ma, fr, null, 'service', $2, cu, pe, t1, t2, t3, t4, ec, wr, di, nt
    from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::uuid[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[],
        $13::timestamptz[], $14::text[], $15::text[], $16::text[], $17::text[]) u (i, ch, ma, fr, cu, pe, t1, t2, t3, t4, ec, wr, di, nt)
    where $3::timestamptz is not null" {
    id: Uuid => SqlUuid, channel: &'static str => Text, caller: &'static str => Text, from_number: Option<String> => Nullable<Text>,
    customer_id: Uuid => SqlUuid, person_id: Uuid => SqlUuid, started_at: DateTime<Utc> => Timestamptz, answered_at: DateTime<Utc> => Timestamptz,
    ended_at: DateTime<Utc> => Timestamptz, closed_at: DateTime<Utc> => Timestamptz, end_cause: Option<&'static str> => Nullable<Text>,
    wrap_up_code: &'static str => Text, disposition: &'static str => Text, note: &'static str => Text,
} }
table! { Cases "insert into cases (tenant_id, id, number, type, subject, state, priority, customer_id, owner_id, version, opened_at, closed_at)
    select $1, u.* from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::uuid[], $11::uuid[], $12::int[],
        $13::timestamptz[], $14::timestamptz[]) u where $2::text is not null and $3::timestamptz is not null" {
    id: Uuid => SqlUuid, number: String => Text, kind: &'static str => Text, subject: &'static str => Text, state: &'static str => Text,
    priority: &'static str => Text, customer_id: Uuid => SqlUuid, owner_id: Uuid => SqlUuid, version: i32 => Integer,
    opened_at: DateTime<Utc> => Timestamptz, closed_at: Option<DateTime<Utc>> => Nullable<Timestamptz>,
} }
table! { CaseEntries "insert into case_entries (tenant_id, case_id, id, at, by_kind, by_id, kind, text, interaction_id)
    select $1, c, i, a, 'person', b, k, t, n from unnest($4::uuid[], $5::uuid[], $6::timestamptz[], $7::uuid[], $8::text[], $9::text[], $10::uuid[])
        u (c, i, a, b, k, t, n) where $2::text is not null and $3::timestamptz is not null" {
    case_id: Uuid => SqlUuid, id: Uuid => SqlUuid, at: DateTime<Utc> => Timestamptz, by_id: Uuid => SqlUuid, kind: &'static str => Text,
    text: &'static str => Text, interaction_id: Option<Uuid> => Nullable<SqlUuid>,
} }

/// The first number that the counters give.
const FIRST_CASE: i64 = 6250 * 16;

/// One utility's rows on their way.
pub(super) struct Batch<'a> {
    tenant: &'a Tenant,
    at: DateTime<Utc>,
    report: LoadReport,
    /// Premises already made, by normal address: neighbours in one house share theirs.
    known_premises: HashMap<String, Uuid>,
    customers: Customers,
    contact_points: ContactPoints,
    accounts: Accounts,
    premises: Premises,
    supply_points: SupplyPoints,
    meters: Meters,
    contracts: Contracts,
    invoices: Invoices,
    lines: Lines,
    payments: Payments,
    interactions: Interactions,
    cases: Cases,
    case_entries: CaseEntries,
}

impl<'a> Batch<'a> {
    pub(super) fn new(tenant: &'a Tenant, at: DateTime<Utc>) -> Batch<'a> {
        Batch {
            tenant,
            at,
            report: LoadReport::default(),
            known_premises: HashMap::new(),
            customers: Customers::default(),
            contact_points: ContactPoints::default(),
            accounts: Accounts::default(),
            premises: Premises::default(),
            supply_points: SupplyPoints::default(),
            meters: Meters::default(),
            contracts: Contracts::default(),
            invoices: Invoices::default(),
            lines: Lines::default(),
            payments: Payments::default(),
            interactions: Interactions::default(),
            cases: Cases::default(),
            case_entries: CaseEntries::default(),
        }
    }

    pub(super) fn customers(&self) -> u64 {
        self.report.customers
    }

    pub(super) fn report(&self) -> LoadReport {
        self.report
    }

    /// Adds a customer's rows.
    pub(super) fn add(&mut self, customer: &DemoCustomer, ids: &mut RowIds) {
        let Some(first) = customer.records.first() else {
            return;
        };
        let at = self.at;
        let customer_id = ids.at(at);
        self.report.customers += 1;
        self.customers.add((
            customer_id,
            first.number.clone(),
            first.kind.text(),
            first.class.text(),
            first.name.clone(),
            normal::name(&first.name),
            first.registration_number.clone(),
            first.language.clone(),
        ));
        for (index, phone) in first.phones.iter().enumerate() {
            self.contact_points.add((
                ids.at(at),
                customer_id,
                "phone",
                phone.clone(),
                phone.clone(),
                index == 0,
            ));
        }
        for (index, email) in first.emails.iter().enumerate() {
            self.contact_points.add((
                ids.at(at),
                customer_id,
                "email",
                email.clone(),
                normal::email(email).unwrap_or_else(|| email.clone()),
                index == 0,
            ));
        }
        let account_id = ids.at(at);
        self.accounts.add((
            account_id,
            customer_id,
            first.account_number.clone(),
            first.payment_key.clone(),
            self.tenant.currency.clone(),
        ));
        let mut first_point = None;
        for record in &customer.records {
            let point = self.supply_point(record, account_id, ids);
            first_point = first_point.or(Some(point));
        }
        for invoice in &customer.invoices {
            self.invoice(invoice, account_id, first_point.unwrap_or_default(), ids);
        }
        for payment in &customer.payments {
            self.payment(payment, account_id, ids);
        }
        let mut contacts = Vec::new();
        for contact in &customer.interactions {
            contacts.push((self.interaction(contact, customer_id, ids), contact.person));
        }
        for case in &customer.cases {
            if let Some((interaction, person)) = contacts.get(case.interaction) {
                self.case(case, customer_id, *interaction, *person, ids);
            }
        }
    }

    fn supply_point(&mut self, r: &CustomerRecord, account_id: Uuid, ids: &mut RowIds) -> Uuid {
        let at = self.at;
        let address = address_line(&r.street, &r.house_number, &r.postcode, &r.city);
        let address_norm = normal::name(&format!("{address} {}", r.country));
        let premise_id = match self.known_premises.get(&address_norm) {
            Some(id) => *id,
            None => {
                let id = ids.at(at);
                self.premises.add((
                    id,
                    r.street.clone(),
                    r.house_number.clone(),
                    r.city.clone(),
                    r.postcode.clone(),
                    r.country.clone(),
                    address_norm.clone(),
                ));
                self.known_premises.insert(address_norm, id);
                id
            }
        };
        let id = ids.at(at);
        self.report.supply_points += 1;
        self.supply_points.add((
            id,
            premise_id,
            r.commodity.text(),
            r.supply_code.clone(),
            r.supply_code_kind.clone(),
        ));
        if let (Some(serial), Some(kind)) = (&r.meter_serial, &r.meter_kind) {
            self.meters
                .add((ids.at(at), id, serial.clone(), kind.clone(), r.meter_installed_on));
        }
        self.contracts.add((
            ids.at(at),
            account_id,
            id,
            r.contract_number.clone(),
            r.product.clone(),
            r.contract_from,
            r.contract_to,
        ));
        id
    }

    fn invoice(&mut self, d: &InvoiceDocument, account_id: Uuid, supply_point: Uuid, ids: &mut RowIds) {
        let id = ids.at(instant(d.issued_on));
        self.report.invoices += 1;
        self.invoices.add((
            id,
            account_id,
            supply_point,
            d.number.clone(),
            d.kind.text(),
            d.issued_on,
            d.due_on,
            d.period_from,
            d.period_to,
            d.currency.clone(),
            d.net_minor,
            d.tax_minor,
            d.prepaid_minor,
            d.rounding_minor,
            d.payable_minor,
            d.document.to_string(),
            d.digest.to_vec(),
        ));
        for (position, l) in (1..).zip(&d.lines) {
            self.lines.add((
                id,
                position,
                l.reference.clone(),
                l.name.clone(),
                l.quantity.clone(),
                l.unit.clone(),
                l.price.clone(),
                l.net_minor,
                l.tax_rate.clone(),
            ));
        }
    }

    fn payment(&mut self, payment: &DemoPayment, account_id: Uuid, ids: &mut RowIds) {
        self.report.payments += 1;
        let id = ids.at(instant(payment.received_on));
        self.payments.add((
            id,
            account_id,
            payment.received_on,
            payment.amount_minor,
            self.tenant.currency.clone(),
            payment.payment_key.clone(),
        ));
    }

    fn interaction(&mut self, c: &DemoInteraction, customer_id: Uuid, ids: &mut RowIds) -> Uuid {
        // The table is partitioned by id: the id carries the contact's own instant.
        let id = ids.at(c.started_at);
        self.report.interactions += 1;
        let caller = if c.from_number.is_some() {
            CallerMatch::One
        } else {
            CallerMatch::None
        };
        let answered = c.started_at + TimeDelta::seconds(c.waited_seconds);
        let ended = answered + TimeDelta::seconds(c.talked_seconds);
        let cause = c.from_number.as_ref().map(|_| "normal");
        self.interactions.add((
            id,
            c.channel.text(),
            caller.text(),
            c.from_number.clone(),
            customer_id,
            c.person.0,
            c.started_at,
            answered,
            ended,
            ended + TimeDelta::seconds(45),
            cause,
            c.wrap_up_code,
            c.disposition,
            c.note,
        ));
        id
    }

    fn case(
        &mut self,
        c: &DemoCase,
        customer_id: Uuid,
        interaction: Uuid,
        person: PersonId,
        ids: &mut RowIds,
    ) {
        let id = ids.at(c.opened_at);
        let number = FIRST_CASE + i64::try_from(self.report.cases).unwrap_or_default();
        self.report.cases += 1;
        let version = if c.closed_at.is_some() { 2 } else { 1 };
        self.cases.add((
            id,
            format!("{}-{number}", self.tenant.case_prefix),
            c.kind,
            c.subject,
            c.state.text(),
            c.priority.text(),
            customer_id,
            person.0,
            version,
            c.opened_at,
            c.closed_at,
        ));
        self.case_entries.add((
            id,
            ids.at(c.opened_at),
            c.opened_at,
            person.0,
            "opened",
            c.text,
            Some(interaction),
        ));
        if let (Some(closed_at), Some(resolution)) = (c.closed_at, c.resolution) {
            self.case_entries.add((
                id,
                ids.at(closed_at),
                closed_at,
                person.0,
                "closed",
                resolution,
                None,
            ));
        }
    }

    /// Writes what was gathered, parents first.
    pub(super) fn flush(&mut self, connection: &mut PgConnection) -> QueryResult<()> {
        let (tenant, at) = (self.tenant.id.0, self.at);
        self.customers.flush(connection, tenant, at)?;
        self.contact_points.flush(connection, tenant, at)?;
        self.accounts.flush(connection, tenant, at)?;
        self.premises.flush(connection, tenant, at)?;
        self.supply_points.flush(connection, tenant, at)?;
        self.meters.flush(connection, tenant, at)?;
        self.contracts.flush(connection, tenant, at)?;
        self.invoices.flush(connection, tenant, at)?;
        self.lines.flush(connection, tenant, at)?;
        self.payments.flush(connection, tenant, at)?;
        self.interactions.flush(connection, tenant, at)?;
        self.cases.flush(connection, tenant, at)?;
        self.case_entries.flush(connection, tenant, at)
    }

    /// Moves the utility's counters past the numbers used.
    pub(super) fn counters_put(&self, connection: &mut PgConnection) -> QueryResult<()> {
        let next = FIRST_CASE / 16 + i64::try_from(self.report.cases).unwrap_or_default() / 16 + 1;
        sql_query("update case_counters set next = greatest(next, $2) where tenant_id = $1")
            .bind::<SqlUuid, _>(self.tenant.id.0)
            .bind::<BigInt, _>(next)
            .execute(connection)?;
        Ok(())
    }
}

/// A day's morning.
fn instant(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::hours(6)
}
