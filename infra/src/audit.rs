//! The audit as rows, the sealer that chains what was committed, and the walk that proves the chain.

use crate::cases::by_of;
use crate::pg::{Database, Hex, Mode, PgStore, binds, statements};
use chrono::{DateTime, TimeDelta, Utc};
use domain::act::Purpose;
use domain::audit::{
    AuditEntry, AuditOutcome, AuditRow, AuditStore, AuditSubject, GENESIS, Head, Object, Sealed, chain,
};
use domain::fault::{StoreError, Stored};
use domain::ids::{AuditEntryId, CaseId, CustomerId, InteractionId, RequestId, TenantId};
use domain::scope::Scope;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// Entries of one batch: one signed head for so many.
const BATCH: i64 = 1000;
/// An entry's id is older than its commit. Nothing takes as long as this from one to the other.
const LATEST_COMMIT: TimeDelta = TimeDelta::days(1);

macro_rules! entry_insert {
    () => {
        "insert into audit_entries (tenant_id, id, at, actor_kind, actor_id, action, object_kind, object_id, purpose_kind,
         purpose_id, outcome, request_id, detail) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    };
}

macro_rules! entry_json {
    () => {
        "json_build_object('tenant', e.tenant_id, 'id', e.id, 'at', e.at, 'actor_kind', e.actor_kind, 'actor_id', e.actor_id,
         'action', e.action, 'object_kind', e.object_kind, 'object_id', e.object_id, 'purpose_kind', e.purpose_kind,
         'purpose_id', e.purpose_id, 'outcome', e.outcome, 'request', e.request_id, 'detail', e.detail, 'subjects',
         coalesce((select json_agg(json_build_object('customer', u.customer_id, 'classes', u.classes) order by u.customer_id)
            from audit_subjects u where u.tenant_id = $1 and u.entry_id = e.id), '[]'))"
    };
}

macro_rules! unsealed {
    () => {
        " from audit_entries e where e.tenant_id = $1 and e.id >= $2
          and not exists (select from audit_seals s where s.tenant_id = $1 and s.entry_id = e.id) "
    };
}

statements! {
    AuditAppend = entry_insert!();
    AuditAppendDisclosing = concat!("with entry as (", entry_insert!(), ")
        insert into audit_subjects (tenant_id, entry_id, customer_id, classes)
        select $1, $2, s.customer, s.classes from jsonb_to_recordset($14) as s (customer uuid, classes text[])");
    AuditList = concat!("select json_build_object('seq', s.seq, 'entry', ", entry_json!(), ")::text
        from audit_entries e left join audit_seals s on s.tenant_id = $1 and s.entry_id = e.id
        where e.tenant_id = $1 and e.id < $2 order by e.id desc limit $3");
    LastSeal = "select json_build_object('seq', s.seq, 'entry_id', s.entry_id, 'hash', encode(s.hash, 'hex'))::text
        from audit_seals s where s.tenant_id = $1 order by s.seq desc limit 1";
    UnsealedList = concat!("select ", entry_json!(), "::text", unsealed!(), "order by e.id limit $3");
    UnsealedCount = concat!("select to_json(count(*))::text", unsealed!());
    SealInsert = "insert into audit_seals (tenant_id, seq, entry_id, hash)
        select $1, $2 + u.place, u.entry_id, u.hash from unnest($3::uuid[], $4::bytea[]) with ordinality as u (entry_id, hash, place)";
    HeadInsert = "insert into audit_heads (tenant_id, seq, hash, at, key_id, signature) values ($1, $2, $3, $4, $5, $6)";
    HeadNewest = "select json_build_object('seq', h.seq, 'hash', encode(h.hash, 'hex'), 'at', h.at, 'key_id', h.key_id,
        'signature', encode(h.signature, 'hex'))::text from audit_heads h where h.tenant_id = $1 order by h.seq desc limit 1";
    SealedPage = concat!("select json_build_object('seq', s.seq, 'entry_id', s.entry_id, 'hash', encode(s.hash, 'hex'),
        'entry', case when e.id is not null then ", entry_json!(), " end)::text
        from (select * from audit_seals a where a.tenant_id = $1 and a.seq > $2 order by a.seq limit $3) s
        left join audit_entries e on e.tenant_id = $1 and e.id = s.entry_id order by s.seq");
}

#[derive(Deserialize)]
struct SubjectRow {
    customer: CustomerId,
    classes: Vec<String>,
}

#[derive(Deserialize)]
struct EntryRow {
    tenant: TenantId,
    id: AuditEntryId,
    at: DateTime<Utc>,
    actor_kind: String,
    actor_id: Option<Uuid>,
    action: String,
    object_kind: Option<String>,
    object_id: Option<Uuid>,
    purpose_kind: Option<String>,
    purpose_id: Option<Uuid>,
    outcome: String,
    request: RequestId,
    detail: Value,
    subjects: Vec<SubjectRow>,
}

#[derive(Deserialize)]
struct ListRow {
    seq: Option<i64>,
    entry: EntryRow,
}

#[derive(Deserialize)]
struct SealRow {
    seq: i64,
    entry_id: AuditEntryId,
    hash: Hex,
    #[serde(default)]
    entry: Option<EntryRow>,
}

#[derive(Deserialize)]
struct HeadRow {
    seq: i64,
    hash: Hex,
    at: DateTime<Utc>,
    key_id: String,
    signature: Hex,
}

fn hash_of(hex: Hex) -> Stored<[u8; 32]> {
    hex.0
        .try_into()
        .map_err(|_| StoreError::Internal("a hash is not 32 bytes long".to_owned()))
}

impl TryFrom<EntryRow> for AuditEntry {
    type Error = StoreError;
    fn try_from(row: EntryRow) -> Stored<AuditEntry> {
        Ok(AuditEntry {
            id: row.id,
            tenant: row.tenant,
            at: row.at,
            by: by_of(&row.actor_kind, row.actor_id)?,
            action: row.action,
            object: row
                .object_kind
                .zip(row.object_id)
                .map(|(kind, id)| Object { kind, id }),
            purpose: match (row.purpose_kind.as_deref(), row.purpose_id) {
                (Some("interaction"), Some(id)) => Some(Purpose::Interaction(InteractionId(id))),
                (Some("case"), Some(id)) => Some(Purpose::Case(CaseId(id))),
                _ => None,
            },
            outcome: if row.outcome == AuditOutcome::Refused.text() {
                AuditOutcome::Refused
            } else {
                AuditOutcome::Done
            },
            request: row.request,
            detail: row.detail,
            subjects: row
                .subjects
                .into_iter()
                .map(|s| AuditSubject {
                    customer: s.customer,
                    classes: s.classes,
                })
                .collect(),
        })
    }
}

impl AuditStore for PgStore {
    fn audit_append(&mut self, entry: &AuditEntry) -> Stored<()> {
        let (purpose_kind, purpose_id) = match entry.purpose {
            Some(Purpose::Interaction(id)) => (Some("interaction"), Some(id.0)),
            Some(Purpose::Case(id)) => (Some("case"), Some(id.0)),
            None => (None, None),
        };
        let subjects: Value = entry
            .subjects
            .iter()
            .map(|s| json!({ "customer": s.customer, "classes": s.classes }))
            .collect();
        let all = binds![
            entry.tenant,
            entry.id,
            entry.at,
            entry.by.kind(),
            entry.by.id(),
            &entry.action,
            entry.object.as_ref().map(|o| o.kind.as_str()),
            entry.object.as_ref().map(|o| o.id),
            purpose_kind,
            purpose_id,
            entry.outcome.text(),
            entry.request,
            &entry.detail,
            &subjects
        ];
        match all.split_last() {
            Some((_, entry_only)) if entry.subjects.is_empty() => self.run(AuditAppend, entry_only)?,
            _ => self.run(AuditAppendDisclosing, all)?,
        };
        Ok(())
    }

    fn audit_list(
        &mut self,
        scope: &Scope,
        first: i64,
        after: Option<AuditEntryId>,
    ) -> Stored<Vec<AuditRow>> {
        // No condition narrows the audit: it is read whole or not at all.
        if !scope.sight.any {
            return Ok(Vec::new());
        }
        let rows: Vec<ListRow> = self.all(
            AuditList,
            binds![scope.tenant, after.map_or(Uuid::max(), |id| id.0), first],
        )?;
        rows.into_iter()
            .map(|row| {
                Ok(AuditRow {
                    entry: row.entry.try_into()?,
                    seq: row.seq,
                })
            })
            .collect()
    }
}

/// From which id on unsealed entries are looked for: well before the newest sealed one, because an older entry may
/// have been committed after it; however long the sealer slept.
fn unsealed_from(last: Option<&SealRow>, now: DateTime<Utc>) -> Uuid {
    let Some(last) = last else { return Uuid::nil() };
    let sealed_at = last
        .entry_id
        .0
        .get_timestamp()
        .and_then(|t| DateTime::from_timestamp(i64::try_from(t.to_unix().0).ok()?, 0));
    sealed_at.map_or(Uuid::nil(), |at| crate::pg::first_id(at.min(now) - LATEST_COMMIT))
}

/// Signs the message of a head: gives the key's id and the signature.
pub type SealKey<'a> = &'a dyn Fn(&[u8]) -> (String, Vec<u8>);

/// Seals what a utility has committed, batch by batch, and signs each batch's head with `keys`. Returns how many entries were sealed. The caller holds the sealer's lease; should two run
/// all the same, the place in the chain is a primary key and the second gets CONFLICT.
pub fn seal(db_worker: &Database, tenant: TenantId, keys: SealKey<'_>, now: DateTime<Utc>) -> Stored<usize> {
    let mut sealed = 0;
    loop {
        let count = seal_batch(db_worker, tenant, keys, now)?;
        sealed += count;
        if i64::try_from(count).is_ok_and(|count| count < BATCH) {
            return Ok(sealed);
        }
    }
}

fn seal_batch(
    db_worker: &Database,
    tenant: TenantId,
    keys: SealKey<'_>,
    now: DateTime<Utc>,
) -> Stored<usize> {
    let mut store = db_worker.begin(tenant, Mode::Write)?;
    let last: Option<SealRow> = store.one(LastSeal, binds![tenant])?;
    let from = unsealed_from(last.as_ref(), now);
    let entries: Vec<EntryRow> = store.all(UnsealedList, binds![tenant, from, BATCH])?;
    if entries.is_empty() {
        return Ok(0);
    }
    let (seq, mut hash) = match last {
        Some(last) => (last.seq, hash_of(last.hash)?),
        None => (0, GENESIS),
    };
    let (mut ids, mut hashes) = (
        Vec::with_capacity(entries.len()),
        Vec::with_capacity(entries.len()),
    );
    for row in entries {
        let entry = AuditEntry::try_from(row)?;
        hash = chain(&hash, &entry);
        ids.push(entry.id.0);
        hashes.push(hash.to_vec());
    }
    store.run(SealInsert, binds![tenant, seq, ids.as_slice(), hashes.as_slice()])?;
    let end = seq + i64::try_from(ids.len()).map_err(|e| StoreError::Internal(e.to_string()))?;
    let (key_id, signature) = keys(&Head::message(tenant, end, &hash));
    store.run(
        HeadInsert,
        binds![tenant, end, &hash, now, &key_id, signature.as_slice()],
    )?;
    store.commit()?;
    Ok(ids.len())
}

/// How many committed entries of a utility wait for the sealer.
pub fn unsealed(db: &Database, tenant: TenantId, now: DateTime<Utc>) -> Stored<i64> {
    let mut store = db.begin(tenant, Mode::Read)?;
    let last: Option<SealRow> = store.one(LastSeal, binds![tenant])?;
    let count = store.one(UnsealedCount, binds![tenant, unsealed_from(last.as_ref(), now)])?;
    store.commit()?;
    Ok(count.unwrap_or(0))
}

/// Shows every sealed place of a utility in order. A place whose entry was removed has none; a missing place is a gap
/// in `seq`.
pub fn walk(db: &Database, tenant: TenantId, visit: &mut dyn FnMut(Sealed)) -> Stored<()> {
    let mut seq = 0_i64;
    loop {
        // A transaction per page: proving years of entries must not hold back the cleaning of the database.
        let mut store = db.begin(tenant, Mode::Read)?;
        let page: Vec<SealRow> = store.all(SealedPage, binds![tenant, seq, BATCH])?;
        store.commit()?;
        let Some(last) = page.last() else { return Ok(()) };
        seq = last.seq;
        for row in page {
            let entry = row.entry.map(AuditEntry::try_from).transpose()?;
            visit(Sealed {
                seq: row.seq,
                entry_id: row.entry_id,
                hash: hash_of(row.hash)?,
                entry,
            });
        }
    }
}

/// The newest signed head of a utility.
pub fn head(db: &Database, tenant: TenantId) -> Stored<Option<Head>> {
    let mut store = db.begin(tenant, Mode::Read)?;
    let row: Option<HeadRow> = store.one(HeadNewest, binds![tenant])?;
    store.commit()?;
    row.map(|r| {
        Ok(Head {
            seq: r.seq,
            hash: hash_of(r.hash)?,
            at: r.at,
            key_id: r.key_id,
            signature: r.signature.0,
        })
    })
    .transpose()
}
