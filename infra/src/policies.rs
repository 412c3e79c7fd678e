//! Rules of access as rows, with the epoch that tells every node when they changed.

use crate::pg::{PgStore, binds, statements};
use domain::fault::Stored;
use domain::ids::{PolicyId, TenantId};
use serde::Deserialize;
use tenancy::policies::PolicyStore;
use tenancy::policy::PolicyRow;

statements! {
    // One statement, so that rows and epoch are of one instant.
    PolicyList = "select json_build_object('epoch', coalesce((select epoch from policy_epochs where tenant_id = $1), 0),
        'rows', coalesce((select json_agg(row_to_json(p) order by p.role, p.object, p.act, p.condition, p.effect)
            from policies p where p.tenant_id = $1), '[]'))::text";
    PolicyEpoch = "select to_json(e.epoch)::text from policy_epochs e where e.tenant_id = $1";
    PolicyInsert = "insert into policies (tenant_id, id, role, object, act, condition, effect, sealed)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (tenant_id, role, object, act, condition, effect) do nothing";
    PolicyDelete = "delete from policies where tenant_id = $1 and id = $2 and not sealed";
    PolicyEpochMove = "insert into policy_epochs as e (tenant_id, epoch) values ($1, 1)
        on conflict (tenant_id) do update set epoch = e.epoch + 1";
}

#[derive(Deserialize)]
struct RuleRow {
    id: PolicyId,
    role: String,
    object: String,
    act: String,
    condition: String,
    effect: String,
    sealed: bool,
}

#[derive(Deserialize)]
struct RuleRows {
    epoch: i64,
    rows: Vec<RuleRow>,
}

impl PolicyStore for PgStore {
    fn policy_list(&mut self, tenant: TenantId) -> Stored<(i64, Vec<PolicyRow>)> {
        let found: Option<RuleRows> = self.one(PolicyList, binds![tenant])?;
        let Some(RuleRows { epoch, rows }) = found else {
            return Ok((0, Vec::new()));
        };
        let rule = |r: RuleRow| PolicyRow {
            id: r.id,
            role: r.role,
            object: r.object,
            act: r.act,
            condition: r.condition,
            effect: r.effect,
            sealed: r.sealed,
        };
        Ok((epoch, rows.into_iter().map(rule).collect()))
    }

    fn policy_epoch(&mut self, tenant: TenantId) -> Stored<i64> {
        Ok(self.one(PolicyEpoch, binds![tenant])?.unwrap_or(0))
    }

    fn policy_insert(&mut self, tenant: TenantId, row: &PolicyRow) -> Stored<bool> {
        let binds = binds![
            tenant,
            row.id,
            &row.role,
            &row.object,
            &row.act,
            &row.condition,
            &row.effect,
            row.sealed
        ];
        Ok(self.run(PolicyInsert, binds)? == 1)
    }

    fn policy_delete(&mut self, tenant: TenantId, id: PolicyId) -> Stored<()> {
        self.run(PolicyDelete, binds![tenant, id]).map(|_| ())
    }

    fn policy_epoch_move(&mut self, tenant: TenantId) -> Stored<()> {
        self.run(PolicyEpochMove, binds![tenant]).map(|_| ())
    }
}
