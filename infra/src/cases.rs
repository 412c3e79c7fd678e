//! Cases and their history as rows.

use crate::binds::{by_case, customer_attended};
use crate::pg::{PgStore, binds, scoped, seen_statements, statements};
use chrono::{DateTime, Utc};
use domain::act::By;
use domain::cases::{Case, CaseEntry, CaseEntryKind, CaseState, CaseStore};
use domain::fault::{StoreError, Stored};
use domain::ids::{CaseEntryId, CaseId, CustomerId, InteractionId, PersonId, TenantId};
use domain::scope::Scope;
use domain::tenant::Labels;
use serde::Deserialize;
use uuid::Uuid;

/// SQL: a case `c` with its type `t` and owner `o` as domain's `Case`; the card reads it so too.
macro_rules! case_json {
    () => {
        "json_build_object('id', c.id, 'tenant_id', c.tenant_id, 'number', c.number, 'type', c.type, 'labels', t.labels,
         'subject', c.subject, 'state', c.state, 'priority', c.priority, 'customer_id', c.customer_id,
         'owner_id', c.owner_id, 'owner_name', o.display_name, 'version', c.version, 'opened_at', c.opened_at,
         'closed_at', c.closed_at)"
    };
}
pub(crate) use case_json;

/// SQL: what [`case_json`] needs beside `cases c`.
macro_rules! case_joins {
    () => {
        " join case_types t on t.tenant_id = $1 and t.key = c.type left join people o on o.id = c.owner_id "
    };
}
pub(crate) use case_joins;

macro_rules! case_seen {
    (wide, $rest:literal) => {
        concat!(
            "($2 or (($3 or $4) and c.owner_id = $6) or ($5 and c.customer_id = $6)) and ",
            $rest
        )
    };
    (close, $rest:literal) => {
        concat!(
            "($2 or (($3 or $4) and c.owner_id = $6) or ($5 and c.customer_id = $6) or ($4 and ",
            customer_attended!("c.customer_id"),
            ")) and ",
            $rest
        )
    };
}

macro_rules! cases_of_tenant {
    () => {
        concat!(
            "select ",
            case_json!(),
            "::text from cases c",
            case_joins!(),
            "where c.tenant_id = $1 and "
        )
    };
}

seen_statements! {
    CaseGet = [cases_of_tenant!()] case_seen "c.id = $7" => [];
    CaseLock = [cases_of_tenant!()] case_seen "c.id = $7 for update of c" => [];
    CaseList = [cases_of_tenant!()] case_seen "c.id < $7 order by c.id desc limit $8" => [];
    CaseListByState = [cases_of_tenant!()] case_seen "c.id < $7 and c.state = $9 order by c.id desc limit $8" => [];
    CaseListByCustomer = [cases_of_tenant!()] case_seen
        "c.customer_id = $9 and c.id < $7 and ($10::text is null or c.state = $10) order by c.id desc limit $8" => [];
}

statements! {
    CaseTypes = "select json_build_array(key, labels)::text from case_types where tenant_id = $1 order by position, key";
    CaseNumberTake = "update case_counters c set next = c.next + 1
        from (select f.slot from case_counters f where f.tenant_id = $1 order by f.next, f.slot limit 1
            for update skip locked) free, tenants t
        where c.tenant_id = $1 and c.slot = free.slot and t.id = $1
        returning json_build_array(t.case_prefix, (c.next - 1) * 16 + c.slot)::text";
    CaseNumberWait = "update case_counters c set next = c.next + 1
        from (select f.slot from case_counters f where f.tenant_id = $1 order by f.next, f.slot limit 1) least, tenants t
        where c.tenant_id = $1 and c.slot = least.slot and t.id = $1
        returning json_build_array(t.case_prefix, (c.next - 1) * 16 + c.slot)::text";
    CaseInsert = "insert into cases (tenant_id, id, number, type, subject, state, priority, customer_id, owner_id,
        version, opened_at, closed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    CasePut = "update cases set type = $3, subject = $4, state = $5, priority = $6, customer_id = $7, owner_id = $8,
        version = $9, closed_at = $10 where tenant_id = $1 and id = $2";
    CaseEntryInsert = "insert into case_entries (tenant_id, case_id, id, at, by_kind, by_id, kind, text, interaction_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    CaseEntryList = "select json_build_object('id', e.id, 'at', e.at, 'by_kind', e.by_kind, 'by_id', e.by_id,
        'by_name', coalesce(p.display_name, u.name), 'kind', e.kind, 'text', e.text, 'interaction', e.interaction_id)::text
        from case_entries e
        left join people p on e.by_kind = 'person' and p.id = e.by_id
        left join customers u on e.by_kind = 'customer' and u.tenant_id = $1 and u.id = e.by_id
        where e.tenant_id = $1 and e.case_id = $2 and e.id > $3 order by e.id limit $4";
}

/// Who did something, from the two columns that keep it.
pub(crate) fn by_of(kind: &str, id: Option<Uuid>) -> Stored<By> {
    match (kind, id) {
        ("person", Some(id)) => Ok(By::Person(PersonId(id))),
        ("customer", Some(id)) => Ok(By::Customer(CustomerId(id))),
        ("service", _) => Ok(By::Service),
        ("system", _) => Ok(By::System),
        ("nobody", _) => Ok(By::Nobody),
        _ => Err(StoreError::Internal(format!("unknown kind of actor {kind}"))),
    }
}

#[derive(Deserialize)]
struct EntryRow {
    id: CaseEntryId,
    at: DateTime<Utc>,
    by_kind: String,
    by_id: Option<Uuid>,
    by_name: Option<String>,
    kind: CaseEntryKind,
    text: Option<String>,
    interaction: Option<InteractionId>,
}

impl CaseStore for PgStore {
    fn case_types(&mut self, tenant: TenantId) -> Stored<Vec<(String, Labels)>> {
        self.all(CaseTypes, binds![tenant])
    }

    fn case_number_take(&mut self, tenant: TenantId) -> Stored<String> {
        let mut taken: Option<(String, i64)> = self.one(CaseNumberTake, binds![tenant])?;
        if taken.is_none() {
            // All sixteen are held just now: stand in one queue.
            taken = self.one(CaseNumberWait, binds![tenant])?;
        }
        let (prefix, number) =
            taken.ok_or_else(|| StoreError::Internal(format!("utility {tenant} has no case counters")))?;
        Ok(format!("{prefix}-{number}"))
    }

    fn case_insert(&mut self, case: &Case) -> Stored<()> {
        let binds = binds![
            case.tenant_id,
            case.id,
            &case.number,
            &case.kind,
            &case.subject,
            case.state.text(),
            case.priority.text(),
            case.customer_id,
            case.owner_id,
            i64::from(case.version),
            case.opened_at,
            case.closed_at
        ];
        self.run(CaseInsert, binds).map(|_| ())
    }

    fn case_lock(&mut self, scope: &Scope, id: CaseId) -> Stored<Option<Case>> {
        self.one_seen(CaseLock, by_case(scope), &scoped![scope, id])
    }

    fn case_put(&mut self, case: &Case) -> Stored<()> {
        let binds = binds![
            case.tenant_id,
            case.id,
            &case.kind,
            &case.subject,
            case.state.text(),
            case.priority.text(),
            case.customer_id,
            case.owner_id,
            i64::from(case.version),
            case.closed_at
        ];
        self.run(CasePut, binds).map(|_| ())
    }

    fn case_get(&mut self, scope: &Scope, id: CaseId) -> Stored<Option<Case>> {
        self.one_seen(CaseGet, by_case(scope), &scoped![scope, id])
    }

    fn case_list(
        &mut self,
        scope: &Scope,
        state: Option<CaseState>,
        customer: Option<CustomerId>,
        first: i64,
        after: Option<CaseId>,
    ) -> Stored<Vec<Case>> {
        let before = after.map_or(Uuid::max(), |id| id.0);
        let (close, state) = (by_case(scope), state.map(CaseState::text));
        match (customer, state) {
            (Some(customer), state) => self.all_seen(
                CaseListByCustomer,
                close,
                &scoped![scope, before, first, customer, state],
            ),
            (None, Some(state)) => {
                self.all_seen(CaseListByState, close, &scoped![scope, before, first, state])
            }
            (None, None) => self.all_seen(CaseList, close, &scoped![scope, before, first]),
        }
    }

    fn case_entry_insert(&mut self, tenant: TenantId, case: CaseId, entry: &CaseEntry) -> Stored<()> {
        let (kind, by) = (entry.by.kind(), entry.by.id());
        let binds = binds![
            tenant,
            case,
            entry.id,
            entry.at,
            kind,
            by,
            entry.kind.text(),
            &entry.text,
            entry.interaction
        ];
        self.run(CaseEntryInsert, binds).map(|_| ())
    }

    fn case_entry_list(
        &mut self,
        tenant: TenantId,
        case: CaseId,
        first: i64,
        after: Option<CaseEntryId>,
    ) -> Stored<Vec<CaseEntry>> {
        let after = after.map_or(Uuid::nil(), |id| id.0);
        let rows: Vec<EntryRow> = self.all(CaseEntryList, binds![tenant, case, after, first])?;
        rows.into_iter()
            .map(|r| {
                Ok(CaseEntry {
                    id: r.id,
                    at: r.at,
                    by: by_of(&r.by_kind, r.by_id)?,
                    by_name: r.by_name,
                    kind: r.kind,
                    text: r.text,
                    interaction: r.interaction,
                })
            })
            .collect()
    }
}
