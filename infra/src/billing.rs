//! Invoices and payments as rows, and the one definition of balance, overdue and settled.

use crate::binds::{by_contact, customer_seen};
use crate::pg::{Hex, PgStore, binds, scoped, seen_statements, statements};
use chrono::NaiveDate;
use domain::billing::{BillingStore, Invoice, InvoiceDocument, InvoiceLine, NewPayment};
use domain::customers::Source;
use domain::fault::Stored;
use domain::ids::{AccountId, CustomerId, InvoiceId, PaymentId, SupplyPointId, TenantId};
use domain::scope::Scope;
use serde_json::{Value, json};
use uuid::Uuid;

/// SQL: the books of the accounts in the CTE `acc`. `inv` holds all their documents, each with `owed_so_far`, the
/// demands up to and including it; `sums` per account what was demanded, credited and paid.
///
/// Credit notes (negative) act like payments, whenever they come: they settle the oldest demands first.
macro_rules! books {
    () => {
        "inv as materialized (select i.id, i.account_id, acc.customer_id, i.number, i.kind, i.issued_on, i.due_on, i.period_from,
            i.period_to, i.currency, i.net_minor, i.tax_minor, i.payable_minor, i.source, i.source_at,
            sum(greatest(i.payable_minor, 0)) over (partition by i.account_id order by i.issued_on, i.id) as owed_so_far
            from acc join invoices i on i.tenant_id = $1 and i.account_id = acc.id),
         sums as materialized (select acc.id as account_id,
            coalesce((select sum(v.payable_minor) from inv v where v.account_id = acc.id), 0) as payable,
            coalesce((select -sum(least(v.payable_minor, 0)) from inv v where v.account_id = acc.id), 0) as credit,
            coalesce((select sum(y.amount_minor) from payments y where y.tenant_id = $1 and y.account_id = acc.id), 0) as paid
            from acc)"
    };
}
pub(crate) use books;

/// SQL: an account `a` with its [`books`] as domain's `Account`, at the day `$8`. Overdue are demands past due, less
/// all credit notes and payments: never more than the balance.
macro_rules! account_json {
    () => {
        "json_build_object('id', a.id, 'customer_id', a.customer_id, 'number', a.number, 'payment_key', a.payment_key,
         'currency', a.currency, 'source', a.source, 'source_at', a.source_at,
         'balance_minor', (select z.payable - z.paid from sums z where z.account_id = a.id),
         'overdue_minor', (select greatest(0, coalesce((select sum(v.payable_minor) from inv v where v.account_id = a.id
            and (v.due_on < $8 or v.payable_minor < 0)), 0) - z.paid) from sums z where z.account_id = a.id))"
    };
}
pub(crate) use account_json;

/// SQL: a document `v` of the [`books`] with its account's `z` as domain's `Invoice`.
macro_rules! invoice_json {
    () => {
        "json_build_object('id', v.id, 'account_id', v.account_id, 'customer_id', v.customer_id, 'number', v.number,
         'kind', v.kind, 'issued_on', v.issued_on, 'due_on', v.due_on, 'period_from', v.period_from, 'period_to', v.period_to,
         'currency', v.currency, 'net_minor', v.net_minor, 'tax_minor', v.tax_minor, 'payable_minor', v.payable_minor,
         'settled', v.payable_minor <= 0 or v.owed_so_far <= z.paid + z.credit, 'source', v.source, 'source_at', v.source_at)"
    };
}
pub(crate) use invoice_json;

seen_statements! {
    InvoiceGet = ["with acc as (select a.* from accounts a where a.tenant_id = $1
            and a.id = (select i.account_id from invoices i where i.tenant_id = $1 and i.id = $7) and "]
        customer_seen "a.customer_id" => ["), ", books!(), "
        select ", invoice_json!(), "::text from inv v join sums z on z.account_id = v.account_id where v.id = $7"];
    InvoiceList = ["with acc as (select a.* from accounts a where a.tenant_id = $1 and a.id = $7 and "]
        customer_seen "a.customer_id" => ["), ", books!(), "
        select ", invoice_json!(), "::text from inv v join sums z on z.account_id = v.account_id
        where (v.issued_on, v.id) < ($8, $9) order by v.issued_on desc, v.id desc limit $10"];
    InvoiceLines = ["select json_build_array(a.customer_id, i.currency,
            coalesce((select json_agg(json_build_object('position', l.position, 'reference', l.reference, 'name', l.name,
                'quantity', l.quantity::text, 'unit', l.unit, 'price', l.price::text, 'net_minor', l.net_minor,
                'tax_rate', l.tax_rate::text) order by l.position)
                from invoice_lines l where l.tenant_id = $1 and l.invoice_id = i.id), '[]'))::text
        from invoices i join accounts a on a.tenant_id = $1 and a.id = i.account_id
        where i.tenant_id = $1 and i.id = $7 and "] customer_seen "a.customer_id" => [];
}

statements! {
    InvoiceDigest = "select to_json(encode(digest, 'hex'))::text from invoices
        where tenant_id = $1 and account_id = $2 and number = $3";
    AccountCurrency = "select to_json(currency)::text from accounts where tenant_id = $1 and id = $2";
    InvoiceInsert = "with head as (insert into invoices (tenant_id, id, account_id, supply_point_id, number, kind, issued_on,
            due_on, period_from, period_to, currency, net_minor, tax_minor, prepaid_minor, rounding_minor, payable_minor,
            document, digest, source, source_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20))
        insert into invoice_lines (tenant_id, invoice_id, position, reference, name, quantity, unit, price, net_minor,
            tax_rate, document)
        select $1, $2, l.place, l.line ->> 'reference', l.line ->> 'name', (l.line ->> 'quantity')::numeric,
            l.line ->> 'unit', (l.line ->> 'price')::numeric, (l.line ->> 'net_minor')::bigint,
            (l.line ->> 'tax_rate')::numeric, l.line -> 'document'
        from jsonb_array_elements($21) with ordinality as l (line, place)";
    PaymentInsert = "insert into payments (tenant_id, id, account_id, received_on, amount_minor, currency, payment_key, source,
        source_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}

impl BillingStore for PgStore {
    fn invoice_get(&mut self, scope: &Scope, id: InvoiceId) -> Stored<Option<Invoice>> {
        self.one_seen(InvoiceGet, by_contact(scope), &scoped![scope, id])
    }

    fn invoice_list(
        &mut self,
        scope: &Scope,
        account: AccountId,
        first: i64,
        after: Option<(NaiveDate, InvoiceId)>,
    ) -> Stored<Vec<Invoice>> {
        // The last day Postgres and chrono both know.
        let newest = || NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or_default();
        let (before_on, before) = after.map_or((newest(), Uuid::max()), |(on, id)| (on, id.0));
        self.all_seen(
            InvoiceList,
            by_contact(scope),
            &scoped![scope, account, before_on, before, first],
        )
    }

    fn invoice_lines(
        &mut self,
        scope: &Scope,
        id: InvoiceId,
    ) -> Stored<Option<(CustomerId, String, Vec<InvoiceLine>)>> {
        self.one_seen(InvoiceLines, by_contact(scope), &scoped![scope, id])
    }

    fn invoice_digest(
        &mut self,
        tenant: TenantId,
        account: AccountId,
        number: &str,
    ) -> Stored<Option<Vec<u8>>> {
        let digest: Option<Hex> = self.one(InvoiceDigest, binds![tenant, account, number])?;
        Ok(digest.map(|d| d.0))
    }

    fn account_currency(&mut self, tenant: TenantId, account: AccountId) -> Stored<Option<String>> {
        self.one(AccountCurrency, binds![tenant, account])
    }

    fn invoice_insert(
        &mut self,
        tenant: TenantId,
        id: InvoiceId,
        account: AccountId,
        supply_point: Option<SupplyPointId>,
        document: &InvoiceDocument,
        source: &Source,
    ) -> Stored<()> {
        let d = document;
        let lines: Value = d
            .lines
            .iter()
            .map(|l| {
                json!({ "reference": l.reference, "name": l.name, "quantity": l.quantity, "unit": l.unit, "price": l.price,
                        "net_minor": l.net_minor, "tax_rate": l.tax_rate, "document": l.document })
            })
            .collect();
        let binds = binds![
            tenant,
            id,
            account,
            supply_point,
            &d.number,
            d.kind.text(),
            d.issued_on,
            d.due_on,
            d.period_from,
            d.period_to,
            &d.currency,
            d.net_minor,
            d.tax_minor,
            d.prepaid_minor,
            d.rounding_minor,
            d.payable_minor,
            &d.document,
            &d.digest,
            &source.source,
            source.source_at,
            &lines
        ];
        self.run(InvoiceInsert, binds).map(|_| ())
    }

    fn payment_insert(
        &mut self,
        tenant: TenantId,
        id: PaymentId,
        payment: &NewPayment,
        source: &Source,
    ) -> Stored<()> {
        let binds = binds![
            tenant,
            id,
            payment.account,
            payment.received_on,
            payment.amount_minor,
            &payment.currency,
            &payment.payment_key,
            &source.source,
            source.source_at
        ];
        self.run(PaymentInsert, binds).map(|_| ())
    }
}
