//! Answers kept for a repeated key, so that a repetition changes nothing and says the same.

use crate::pg::{Database, Hex, Mode, PgStore, binds, statements};
use chrono::{DateTime, Utc};
use domain::fault::Stored;
use domain::ids::TenantId;
use serde::Deserialize;
use tenancy::session::{AnswerStore, KeptAnswer};
use uuid::Uuid;

statements! {
    AnswerGet = "select json_build_object('fingerprint', encode(fingerprint, 'hex'), 'answer', answer)::text
        from idempotency_keys where tenant_id = $1 and actor_id = $2 and key = $3";
    AnswerPut = "insert into idempotency_keys (tenant_id, actor_id, key, fingerprint, answer, at)
        values ($1, $2, $3, $4, $5, $6) on conflict (tenant_id, actor_id, key) do nothing";
    AnswerForget = "delete from idempotency_keys where tenant_id = $1 and at < $2";
}

#[derive(Deserialize)]
struct AnswerRow {
    fingerprint: Hex,
    answer: String,
}

impl AnswerStore for PgStore {
    fn answer_get(&mut self, tenant: TenantId, actor: Uuid, key: &str) -> Stored<Option<KeptAnswer>> {
        let row: Option<AnswerRow> = self.one(AnswerGet, binds![tenant, actor, key])?;
        Ok(row.map(|row| KeptAnswer {
            fingerprint: row.fingerprint.0,
            answer: row.answer,
        }))
    }

    fn answer_put(
        &mut self,
        tenant: TenantId,
        actor: Uuid,
        key: &str,
        kept: &KeptAnswer,
        at: DateTime<Utc>,
    ) -> Stored<bool> {
        let fingerprint = kept.fingerprint.as_slice();
        Ok(self.run(
            AnswerPut,
            binds![tenant, actor, key, fingerprint, &kept.answer, at],
        )? == 1)
    }
}

/// Forgets the answers of a utility that are older; returns how many. With the worker's login.
pub fn forget(db_worker: &Database, tenant: TenantId, older_than: DateTime<Utc>) -> Stored<usize> {
    let mut store = db_worker.begin(tenant, Mode::Write)?;
    let forgotten = store.run(AnswerForget, binds![tenant, older_than])?;
    store.commit()?;
    Ok(forgotten)
}
