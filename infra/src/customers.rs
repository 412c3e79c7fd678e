//! Customers and what they have, as rows: read for the card and the portal, written by imports.

use crate::binds::{by_contact, customer_seen};
use crate::pg::{PgStore, binds, scoped, seen_statements, statements};
use chrono::NaiveDate;
use domain::act::IdSource;
use domain::customers::{
    Account, Customer, CustomerHit, CustomerRecord, CustomerStore, Source, SupplyPoint, Taken, address_line,
};
use domain::fault::{StoreError, Stored};
use domain::ids::{AccountId, CustomerId, SupplyPointId, TenantId};
use domain::normal;
use domain::scope::Scope;
use uuid::Uuid;

/// SQL: a customer `c` as domain's `Customer`.
macro_rules! customer_json {
    () => {
        "json_build_object('id', c.id, 'number', c.number, 'kind', c.kind, 'class', c.class, 'name', c.name,
         'registration_number', c.registration_number, 'language', c.language, 'source', c.source, 'source_at', c.source_at,
         'contact_points', coalesce((select json_agg(json_build_object('kind', cp.kind, 'value', cp.value,
            'preferred', cp.preferred) order by cp.preferred desc, cp.kind desc, cp.value_norm)
            from contact_points cp where cp.tenant_id = $1 and cp.customer_id = c.id), '[]'))"
    };
}
pub(crate) use customer_json;

/// SQL: a customer `c` as domain's `CustomerHit`.
macro_rules! hit_json {
    () => {
        "json_build_object('id', c.id, 'number', c.number, 'name', c.name, 'class', c.class, 'name_norm', c.name_norm,
         'address', (select pr.street || ' ' || pr.house_number || ', ' || pr.postcode || ' ' || pr.city
            from accounts a
            join contracts k on k.tenant_id = $1 and k.account_id = a.id
            join supply_points s on s.tenant_id = $1 and s.id = k.supply_point_id
            join premises pr on pr.tenant_id = $1 and pr.id = s.premise_id
            where a.tenant_id = $1 and a.customer_id = c.id order by k.valid_from desc, k.id limit 1))"
    };
}

/// SQL: a supply point `s` on premises `pr` under a contract `k` (or none) as domain's `SupplyPoint`.
macro_rules! supply_point_json {
    () => {
        "json_build_object('id', s.id, 'code', s.code, 'code_kind', s.code_kind, 'commodity', s.commodity,
         'address', pr.street || ' ' || pr.house_number || ', ' || pr.postcode || ' ' || pr.city,
         'meters', coalesce((select json_agg(json_build_object('id', m.id, 'serial', m.serial, 'kind', m.kind,
            'installed_on', m.installed_on, 'source', m.source, 'source_at', m.source_at) order by m.installed_on desc, m.serial)
            from meters m where m.tenant_id = $1 and m.supply_point_id = s.id), '[]'),
         'contract', case when k.id is not null then json_build_object('id', k.id, 'number', k.number,
            'product', k.product, 'valid_from', k.valid_from, 'valid_to', k.valid_to) end,
         'source', s.source, 'source_at', s.source_at)"
    };
}
pub(crate) use supply_point_json;

seen_statements! {
    CustomerGet = ["select ", customer_json!(), "::text from customers c where c.tenant_id = $1 and c.id = $7 and "]
        customer_seen "c.id" => [];
    CustomerByContact = ["select ", hit_json!(), "::text from customers c
        where c.tenant_id = $1 and c.id in (select cp.customer_id from contact_points cp
            where cp.tenant_id = $1 and cp.value_norm = $7) and "] customer_seen "c.id" => ["
        order by c.name_norm, c.id limit $8"];
    // A number may be anything, so it is looked up apart; both ways keep the list's order and place. The beginning of the
    // names is the place `$10, $11` too: of two lower bounds Postgres would begin at the wrong one.
    CustomerSearch = ["with found as (
            (select c.id from customers c where c.tenant_id = $1 and c.number = any ($9)
                and (c.name_norm, c.id) > ($7, $8) and "] customer_seen "c.id" [")
            union
            (select c.id from customers c where c.tenant_id = $1 and (c.name_norm, c.id) > ($10, $11)
                and c.name_norm < $12 and "] customer_seen "c.id" => ["
                order by c.name_norm, c.id limit $13))
        select ", hit_json!(), "::text from found f join customers c on c.tenant_id = $1 and c.id = f.id
        order by c.name_norm, c.id limit $13"];
    // The contract shown is one that the scope sees: who moved out does not read her successor's.
    SupplyPointGet = ["select ", supply_point_json!(), "::text from supply_points s
        join premises pr on pr.tenant_id = $1 and pr.id = s.premise_id
        left join lateral (select k.* from contracts k join accounts a on a.tenant_id = $1 and a.id = k.account_id
            where k.tenant_id = $1 and k.supply_point_id = s.id and "] customer_seen "a.customer_id" => ["
            order by (k.valid_from <= current_date and (k.valid_to is null or current_date <= k.valid_to)) desc,
                k.valid_from desc, k.id limit 1) k on true
        where s.tenant_id = $1 and s.id = $7 and ($2 or k.id is not null)"];
    AccountGet = ["with acc as (select a.* from accounts a where a.tenant_id = $1 and a.id = $7 and "]
        customer_seen "a.customer_id" => ["), ", crate::billing::books!(), "
        select ", crate::billing::account_json!(), "::text from acc a"];
}

statements! {
    AccountBySupplyCode = "select json_build_array(k.account_id, s.id)::text from supply_points s
        join contracts k on k.tenant_id = $1 and k.supply_point_id = s.id
        where s.tenant_id = $1 and s.code = $2 order by k.valid_from desc, k.id limit 1";
    // Documents name the customer by one of three numbers. A customer with several accounts is not enough to tell which.
    AccountByNumber = "select json_build_array(found.account_id, found.supply_point_id)::text from (
            select 1 as rank, min(a.id::text)::uuid as account_id, null::uuid as supply_point_id from customers c
                join accounts a on a.tenant_id = $1 and a.customer_id = c.id
                where c.tenant_id = $1 and c.number = $2 having count(*) = 1
            union all select 2, a.id, null from accounts a where a.tenant_id = $1 and a.number = $2
            union all select 3, k.account_id, k.supply_point_id from contracts k where k.tenant_id = $1 and k.number = $2
        ) found order by found.rank limit 1";
    // The whole record in one round trip. A row that is there and equal is not touched (`is distinct from`), so each step
    // falls back on the row it found. Rows come back as they were before the statement: what a step added is told by its id.
    CustomerTake = "with
        customer_put as (insert into customers as x (tenant_id, id, number, kind, class, name, name_norm,
                registration_number, language, source, source_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (tenant_id, number) do update set kind = excluded.kind, class = excluded.class, name = excluded.name,
                name_norm = excluded.name_norm, registration_number = excluded.registration_number,
                language = excluded.language, source = excluded.source, source_at = excluded.source_at
            where (x.kind, x.class, x.name, x.name_norm, x.registration_number, x.language) is distinct from
                (excluded.kind, excluded.class, excluded.name, excluded.name_norm, excluded.registration_number, excluded.language)
            returning x.id),
        customer as (select id from customer_put union all select x.id from customers x
            where x.tenant_id = $1 and x.number = $3 and not exists (select from customer_put)),
        points as (select * from unnest($12::uuid[], $13::text[], $14::text[], $15::text[])
            with ordinality as u (id, kind, value, value_norm, place)),
        point_put as (insert into contact_points (tenant_id, id, customer_id, kind, value, value_norm, preferred, source, source_at)
            select $1, u.id, c.id, u.kind, u.value, u.value_norm,
                u.place = (select min(f.place) from points f where f.kind = u.kind)
                    and not exists (select from contact_points p where p.tenant_id = $1 and p.customer_id = c.id
                        and p.kind = u.kind and p.preferred), $10, $11
            from points u cross join customer c
            on conflict (tenant_id, customer_id, kind, value_norm) do nothing returning id),
        account_put as (insert into accounts as x (tenant_id, id, customer_id, number, payment_key, currency, source, source_at)
            select $1, $16, c.id, $17, $18, coalesce($39, t.currency), $10, $11 from customer c, tenants t where t.id = $1
            on conflict (tenant_id, number) do update set customer_id = excluded.customer_id,
                payment_key = excluded.payment_key, source = excluded.source, source_at = excluded.source_at
            where (x.customer_id, x.payment_key) is distinct from (excluded.customer_id, excluded.payment_key)
            returning x.id),
        account as (select id from account_put union all select x.id from accounts x
            where x.tenant_id = $1 and x.number = $17 and not exists (select from account_put)),
        -- Premises are the same when their normal address is: spelling that varies from line to line is no change.
        premise_put as (insert into premises (tenant_id, id, street, house_number, city, postcode, country, address_norm, source, source_at)
            values ($1, $19, $20, $21, $22, $23, $24, $25, $10, $11)
            on conflict (tenant_id, address_norm) do nothing returning id),
        premise as (select id from premise_put union all select x.id from premises x
            where x.tenant_id = $1 and x.address_norm = $25 and not exists (select from premise_put)),
        supply_put as (insert into supply_points as x (tenant_id, id, premise_id, commodity, code, code_kind, source, source_at)
            select $1, $26, p.id, $27, $28, $29, $10, $11 from premise p
            on conflict (tenant_id, code) do update set premise_id = excluded.premise_id, commodity = excluded.commodity,
                code_kind = excluded.code_kind, source = excluded.source, source_at = excluded.source_at
            where (x.premise_id, x.commodity, x.code_kind) is distinct from
                (excluded.premise_id, excluded.commodity, excluded.code_kind)
            returning x.id),
        supply as (select id from supply_put union all select x.id from supply_points x
            where x.tenant_id = $1 and x.code = $28 and not exists (select from supply_put)),
        contract_put as (insert into contracts as x (tenant_id, id, account_id, supply_point_id, number, product, valid_from,
                valid_to, source, source_at)
            select $1, $30, a.id, s.id, $31, $32, $33, $34, $10, $11 from account a, supply s
            on conflict (tenant_id, number) do update set account_id = excluded.account_id,
                supply_point_id = excluded.supply_point_id, product = excluded.product, valid_from = excluded.valid_from,
                valid_to = excluded.valid_to, source = excluded.source, source_at = excluded.source_at
            where (x.account_id, x.supply_point_id, x.product, x.valid_from, x.valid_to) is distinct from
                (excluded.account_id, excluded.supply_point_id, excluded.product, excluded.valid_from, excluded.valid_to)
            returning x.id),
        meter_put as (insert into meters as x (tenant_id, id, supply_point_id, serial, kind, installed_on, source, source_at)
            select $1, $35, s.id, $36, coalesce($37, ''), $38, $10, $11 from supply s where $36 is not null
            on conflict (tenant_id, serial) do update set supply_point_id = excluded.supply_point_id, kind = excluded.kind,
                installed_on = excluded.installed_on, source = excluded.source, source_at = excluded.source_at
            where (x.supply_point_id, x.kind, x.installed_on) is distinct from
                (excluded.supply_point_id, excluded.kind, excluded.installed_on)
            returning x.id)
        select json_build_array(exists (select from customer_put where id = $2),
            exists (select from customer_put) or exists (select from point_put) or exists (select from account_put)
            or exists (select from premise_put) or exists (select from supply_put) or exists (select from contract_put)
            or exists (select from meter_put))::text
        where exists (select from customer) and exists (select from account) and exists (select from supply)";
}

impl CustomerStore for PgStore {
    fn customer_get(&mut self, scope: &Scope, id: CustomerId) -> Stored<Option<Customer>> {
        self.one_seen(CustomerGet, by_contact(scope), &scoped![scope, id])
    }

    fn customer_by_contact(
        &mut self,
        scope: &Scope,
        value_norm: &str,
        limit: i64,
    ) -> Stored<Vec<CustomerHit>> {
        self.all_seen(
            CustomerByContact,
            by_contact(scope),
            &scoped![scope, value_norm, limit],
        )
    }

    fn customer_search(
        &mut self,
        scope: &Scope,
        text_norm: &str,
        first: i64,
        after: Option<(String, CustomerId)>,
    ) -> Stored<Vec<CustomerHit>> {
        // The normal form of a text has lost the case and the dashes that a number may have.
        let upper = text_norm.to_uppercase();
        let numbers = [
            text_norm.to_owned(),
            text_norm.replace(' ', "-"),
            upper.replace(' ', "-"),
            upper.replace(' ', ""),
            upper,
        ];
        // No normal text sorts between a name that begins so and the highest character after the same beginning.
        let end = format!("{text_norm}\u{10FFFF}");
        let (after_name, after_id) = after.map_or((String::new(), Uuid::nil()), |(name, id)| (name, id.0));
        let (from_name, from_id) = std::cmp::max((after_name.as_str(), after_id), (text_norm, Uuid::nil()));
        let binds = scoped![
            scope,
            &after_name,
            after_id,
            numbers.as_slice(),
            from_name,
            from_id,
            &end,
            first
        ];
        self.all_seen(CustomerSearch, by_contact(scope), &binds)
    }

    fn supply_point_get(&mut self, scope: &Scope, id: SupplyPointId) -> Stored<Option<SupplyPoint>> {
        self.one_seen(SupplyPointGet, by_contact(scope), &scoped![scope, id])
    }

    fn account_get(&mut self, scope: &Scope, id: AccountId, today: NaiveDate) -> Stored<Option<Account>> {
        self.one_seen(AccountGet, by_contact(scope), &scoped![scope, id, today])
    }

    fn customer_take(
        &mut self,
        tenant: TenantId,
        record: &CustomerRecord,
        source: &Source,
        ids: &mut dyn IdSource,
    ) -> Stored<Taken> {
        let r = record;
        let phones = r.phones.iter().map(|phone| ("phone", phone, phone.clone()));
        let emails = r
            .emails
            .iter()
            .filter_map(|email| Some(("email", email, normal::email(email)?)));
        let (mut point_ids, mut kinds, mut values, mut norms) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::<String>::new());
        for (kind, value, norm) in phones.chain(emails) {
            if !norms.contains(&norm) {
                point_ids.push(ids.next());
                kinds.push(kind.to_owned());
                values.push(value.clone());
                norms.push(norm);
            }
        }
        let name_norm = normal::name(&r.name);
        let address = address_line(&r.street, &r.house_number, &r.postcode, &r.city);
        let address_norm = normal::name(&format!("{address} {}", r.country));
        let binds = binds![
            tenant,
            ids.next(),
            &r.number,
            r.kind.text(),
            r.class.text(),
            &r.name,
            &name_norm,
            &r.registration_number,
            &r.language,
            &source.source,
            source.source_at,
            point_ids.as_slice(),
            kinds.as_slice(),
            values.as_slice(),
            norms.as_slice(),
            ids.next(),
            &r.account_number,
            &r.payment_key,
            ids.next(),
            &r.street,
            &r.house_number,
            &r.city,
            &r.postcode,
            &r.country,
            &address_norm,
            ids.next(),
            r.commodity.text(),
            &r.supply_code,
            &r.supply_code_kind,
            ids.next(),
            &r.contract_number,
            &r.product,
            r.contract_from,
            r.contract_to,
            ids.next(),
            &r.meter_serial,
            &r.meter_kind,
            r.meter_installed_on,
            &r.currency
        ];
        // Nothing comes back if another import added one of the rows meanwhile: try the record again.
        let (added, touched): (bool, bool) = self.one(CustomerTake, binds)?.ok_or(StoreError::Conflict)?;
        Ok(match (added, touched) {
            (true, _) => Taken::Added,
            (false, true) => Taken::Changed,
            (false, false) => Taken::Unchanged,
        })
    }

    fn account_find(
        &mut self,
        tenant: TenantId,
        supply_code: Option<&str>,
        customer_number: Option<&str>,
    ) -> Stored<Option<(AccountId, Option<SupplyPointId>)>> {
        if let Some(code) = supply_code
            && let Some(found) = self.one(AccountBySupplyCode, binds![tenant, code])?
        {
            return Ok(Some(found));
        }
        match customer_number {
            Some(number) => self.one(AccountByNumber, binds![tenant, number]),
            None => Ok(None),
        }
    }
}
